//! What may be a name: of a person, of the clinic, of a client. One that holds what nobody sees could read as another's, and a line break or a
//! control character would forge lines in a terminal, in a list and on paper. Letters of every script are letters.

use record::Name;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::error::Unfit;
use crate::{Error, Result};

/// Nobody's name is longer, and a longer one fits no list and no paper.
pub(crate) const LONGEST: usize = 200;

/// What the log writes in a person's place where somebody came with the recovery code.
const RESERVED: &str = "recovery code";

/// A person's name as it is kept.
///
/// # Errors
/// [`Error::NameEmpty`], [`Error::NameUnfit`].
pub(crate) fn of_person(name: &str) -> Result<&str> {
    let what = "person's name";
    let name = plain(name, what)?;
    if key(&name.replace(['-', '_'], " ")) == RESERVED {
        let why = Unfit::Reserved;
        return Err(Error::NameUnfit { what, why });
    }
    Ok(name)
}

/// A clinic's name as it is kept.
///
/// # Errors
/// [`Error::NameEmpty`], [`Error::NameUnfit`].
pub(crate) fn of_clinic(name: &str) -> Result<&str> {
    plain(name, "clinic's name")
}

/// Refuses a client's name that cannot be kept. A part of it may be missing, not all.
///
/// # Errors
/// [`Error::NameEmpty`], [`Error::NameUnfit`].
pub(crate) fn of_client(name: &Name) -> Result<()> {
    let what = "client's name";
    if name.full().is_empty() {
        return Err(Error::NameEmpty { what });
    }
    [&name.given, &name.middle, &name.family, &name.suffix]
        .into_iter()
        .flatten()
        .filter(|part| !part.trim().is_empty())
        .try_for_each(|part| plain(part, what).map(drop))
}

/// Whether two names are one to whoever reads them: written otherwise in Unicode, in large or small letters, with other spaces.
pub(crate) fn same(one: &str, other: &str) -> bool {
    key(one) == key(other)
}

fn plain<'a>(name: &'a str, what: &'static str) -> Result<&'a str> {
    let unfit = |why| Err(Error::NameUnfit { what, why });
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::NameEmpty { what });
    }
    if name.chars().count() > LONGEST {
        return unfit(Unfit::TooLong);
    }
    let before = std::iter::once(' ').chain(name.chars());
    match before.zip(name.chars()).find(|(b, c)| !stands(*b, *c)) {
        Some((_, c)) => unfit(Unfit::Unseen(c)),
        None => Ok(name),
    }
}

/// Whether a character may stand in a name behind another one.
fn stands(before: char, c: char) -> bool {
    if joiner(c) {
        // After a sign that takes a vowel away, and between Arabic letters, they are part of how a name is written.
        canonical_combining_class(before) == 9 || matches!(before, '\u{620}'..='\u{6ff}')
    } else if variant(c) {
        !before.is_ascii()
    } else {
        !unseen(c)
    }
}

fn joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Says which form of the character before it is meant.
fn variant(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Characters that nobody sees, or that turn what stands around them: a name that holds one could read as another's.
pub(crate) fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Equal for names that are the same: compatible forms are one (NFKC), large and small letters are one, and what only says how a letter
/// is drawn is left out.
fn key(name: &str) -> String {
    let folded: String = name
        .nfkc()
        .filter(|c| !joiner(*c) && !variant(*c) && !unseen(*c))
        // By way of the large letter: `ß` is `SS`, both small sigmas are one.
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfkc()
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_script_stand_and_what_nobody_sees_does_not() {
        for name in [
            "Ann",
            "O'Brien",
            "O\u{2019}Brien",
            "Anne-Marie",
            "Jr.",
            "José Núñez",
            "Re\u{301}my",
            "Đặng Thị Hương",
            "Иван Петров",
            "李小龍",
            "葛\u{e0100}城",
            "عبد الرحمن",
            "علی\u{200c}رضا",
            "ශ්\u{200d}රී",
            "राज् \u{915}\u{94d}\u{200d}\u{937}",
            "שָׁלוֹם",
            "김민준",
            "Ŋũgĩ",
            "Nʻahulu",
            "ಶ್ರೀ",
            "X",
            "Ana 2",
        ] {
            assert!(of_person(name).is_ok(), "{name}: {:?}", of_person(name));
        }
        for (name, c) in [
            ("A\nB", '\n'),
            ("A\tB", '\t'),
            ("\u{202e}evil", '\u{202e}'),
            ("Ann\u{200b}", '\u{200b}'),
            ("\u{1b}[31mAnn", '\u{1b}'),
            ("A\u{9b}1m", '\u{9b}'),
            ("Ann\u{200d}", '\u{200d}'),
            ("An\u{200c}n", '\u{200c}'),
            ("Ann\u{fe0f}", '\u{fe0f}'),
            ("Ann\u{3164}", '\u{3164}'),
            ("A\u{e0041}", '\u{e0041}'),
            ("A\u{ad}nn", '\u{ad}'),
            ("A\0nn", '\0'),
            ("A\u{2028}B", '\u{2028}'),
            ("\u{feff}A", '\u{feff}'),
        ] {
            let refused = of_person(name);
            assert!(
                matches!(refused, Err(Error::NameUnfit { why: Unfit::Unseen(found), .. }) if found == c),
                "{name:?}: {refused:?}"
            );
            assert!(of_clinic(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_name_is_one_however_it_is_written() {
        for (one, other) in [
            ("Ann", "ann"),
            ("Ann", "\u{ff21}\u{ff4e}\u{ff4e}"),
            ("R\u{e9}my", "Re\u{301}my"),
            ("Ann  Lee", " ann\u{a0}lee "),
            ("Straße", "STRASSE"),
            ("Ann", "Ann\u{200b}"),
            ("ΣΑΣ", "σας"),
            ("علی\u{200c}رضا", "علیرضا"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("Ann", "Anne"),
            ("Rémy", "Remy"),
            ("O'Brien", "OBrien"),
            ("李", "季"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn the_longest_name_stands_and_the_logs_own_word_does_not() {
        assert!(of_person(&"é".repeat(LONGEST)).is_ok());
        let long = of_person(&"é".repeat(LONGEST + 1)).map(str::to_owned);
        assert!(matches!(
            long,
            Err(Error::NameUnfit {
                why: Unfit::TooLong,
                ..
            })
        ));
        for name in [
            "recovery-code",
            "Recovery code",
            " RECOVERY_CODE ",
            "\u{ff52}ecovery-code",
        ] {
            let refused = of_person(name);
            assert!(
                matches!(
                    refused,
                    Err(Error::NameUnfit {
                        why: Unfit::Reserved,
                        ..
                    })
                ),
                "{name}: {refused:?}"
            );
        }
        assert!(of_clinic("Recovery Code Clinic").is_ok() && of_person("Cody Recovery").is_ok());
        assert_eq!(of_person("  Ann ").unwrap(), "Ann");
        assert!(matches!(of_person(" \n"), Err(Error::NameEmpty { .. })));
    }
}
