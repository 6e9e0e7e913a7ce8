//! Levels of charges: the type of a charge (`TOC:F`), and the words of a conviction's status.

use record::Level;

/// What a `TOC:x` says of the charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toc {
    /// Its level.
    Level(Level),
    /// `N`: no type.
    NoType,
    /// A letter that is none of the four, or none at all.
    Misread,
}

/// A line without its `TOC:x`.
pub(super) fn without_toc(text: &str) -> (String, Option<Toc>) {
    // Any sign for the colon, but a letter behind it that stands alone.
    let found = text.match_indices("TOC").map(|(at, _)| at).find(|at| {
        let behind = text.get(at + 3..).unwrap_or_default();
        let own = text
            .get(..*at)
            .is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let alone = behind.trim_matches(|c: char| c == ' ' || c.is_ascii_punctuation());
        behind.starts_with([':', ';'])
            || (own && behind.trim_start().starts_with([':', ';']))
            || (own
                && behind.starts_with(|c: char| c.is_ascii_punctuation() || c == ' ')
                && alone.len() == 1
                && "FMIN".contains(alone))
    });
    let Some(at) = found else {
        return match misread_toc(text) {
            Some(before) => (before.to_owned(), Some(Toc::Misread)),
            None => (text.to_owned(), None),
        };
    };
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let after = after.get(3..).unwrap_or_default().trim_start();
    let after = after
        .strip_prefix(|c: char| c.is_ascii_punctuation())
        .unwrap_or(after)
        .trim_start();
    let mut letters = after.chars();
    let toc = match letters.next() {
        Some('N') => Toc::NoType,
        letter => letter
            .and_then(|c| level_of(&c.to_string()))
            .map_or(Toc::Misread, Toc::Level),
    };
    let rest = letters
        .as_str()
        .trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let joined = format!(
        "{} {}",
        before.trim_end(),
        rest.trim_start_matches(['.', ' '])
    );
    (joined, Some(toc))
}

/// What stands before a `T0C:M`, `IOC:M` at the end of a line: the keyword with one misread letter.
fn misread_toc(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['.', ' ']);
    let (before, letter) = text.rsplit_once(':')?;
    let at = before.rfind(' ').map_or(0, |at| at + 1);
    let (before, word) = before.split_at_checked(at)?;
    let differ = word.chars().zip("TOC".chars()).filter(|(a, b)| a != b);
    (word.len() == 3 && differ.count() == 1 && matches!(letter, "F" | "M" | "I" | "N"))
        .then_some(before)
}

fn level_of(text: &str) -> Option<Level> {
    match text.chars().next()? {
        'F' => Some(Level::Felony),
        'M' => Some(Level::Misdemeanor),
        'I' => Some(Level::Infraction),
        _ => None,
    }
}

/// The level that a word says, and whether it was printed so. A misread letter or two still leave only one of three words.
pub(super) fn printed_level(word: &str) -> Option<(Level, bool)> {
    const WORDS: [(&str, Level); 3] = [
        ("FELONY", Level::Felony),
        ("MISDEMEANOR", Level::Misdemeanor),
        ("INFRACTION", Level::Infraction),
    ];
    let word = word.split([' ', '.', ',', '/']).next().unwrap_or_default();
    let exact = WORDS
        .iter()
        .find(|(name, _)| !word.is_empty() && name.starts_with(word));
    if let Some((_, level)) = exact {
        return Some((*level, true));
    }
    let near = WORDS.iter().find(|(name, _)| {
        let differ = name
            .chars()
            .zip(word.chars())
            .filter(|(a, b)| a != b)
            .count();
        name.len() == word.chars().count() && differ <= 2
    });
    near.map(|(_, level)| (*level, false))
}

/// `FELONY/MISDEMEANOR`: no level.
pub(super) fn names_two_levels(words: &str) -> bool {
    let levels = ["FEL", "MISD", "INFR"];
    levels
        .iter()
        .filter(|level| words.contains(**level))
        .count()
        > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_of_charge_is_cut_out_of_its_line() {
        let felony = Some(Toc::Level(Level::Felony));
        for (text, left, toc) in [
            ("DUI TOC:F", "DUI ", felony),
            ("DUI TOC :F", "DUI ", felony),
            ("TOC: F", " ", felony),
            ("TOC F", " ", felony),
            ("TOC.F", " ", felony),
            ("DUI TOC:N", "DUI ", Some(Toc::NoType)),
            ("DUI TOC:1", "DUI ", Some(Toc::Misread)),
            ("STOCK FRAUD", "STOCK FRAUD", None),
            ("TOC FRAUD", "TOC FRAUD", None),
        ] {
            assert_eq!(without_toc(text), (left.to_owned(), toc), "{text}");
        }
    }
}
