//! Finding a client as one types: names, aliases, case numbers, identifiers, by the beginnings of words.
//!
//! Both sides are folded the same way: small letters, no accents, apostrophes closed up. A field is indexed by its words and by its
//! words run together from each on (`De La Cruz`: de, la, cruz, delacruz, lacruz; `05-F-01234`: 05f01234, f01234, ...), `Mc` also as
//! `Mac` and back. A question is answered by all of its words in any order, or by the words run together.

use record::{Name, Record};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that belong to the next one in a family name.
const PARTICLES: &[&str] = &[
    "al", "da", "de", "del", "dela", "der", "di", "du", "el", "la", "le", "los", "mac", "mc", "o",
    "san", "st", "van", "von",
];

/// Nobody types more, and a question must not grow into a heavy one.
const MOST_WORDS: usize = 8;
const LONGEST_WORD: usize = 40;

/// Small letters without accents; apostrophes gone; everything else that is no letter or digit a space: how names are compared.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{60}' | '\u{b4}' => {}
            // Letters that Unicode does not take apart.
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'þ' | 'Þ' => folded.push_str("th"),
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => folded.push(' '),
        }
    }
    folded
}

/// The key by which the list is sorted: family, given, middle.
pub(crate) fn sort_key(name: &Name) -> String {
    let parts = [&name.family, &name.given, &name.middle, &name.suffix];
    let text = parts
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    fold(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything a record can be found by, folded, for the index.
pub(crate) fn words_of(record: &Record) -> String {
    let person = &record.person;
    let names = std::iter::once(&person.name).chain(person.aliases.iter().flatten());
    let mut words = Vec::new();
    for name in names {
        for part in [&name.given, &name.middle, &name.family]
            .into_iter()
            .flatten()
        {
            let start = words.len();
            add(&mut words, part);
            let scots: Vec<_> = words[start..].iter().filter_map(|w| mc_or_mac(w)).collect();
            words.extend(scots);
        }
    }
    for identifier in person.identifiers.iter().flatten() {
        add(&mut words, &identifier.value);
    }
    for number in record.cases.iter().filter_map(|case| case.number.as_ref()) {
        add(&mut words, number);
    }
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// A field's words, and its words run together from each on.
fn add(words: &mut Vec<String>, field: &str) {
    let folded = fold(field);
    let parts: Vec<_> = folded.split_whitespace().collect();
    for (i, part) in parts.iter().enumerate() {
        words.push((*part).to_owned());
        if i + 1 < parts.len() {
            words.push(parts[i..].concat());
        }
    }
}

fn mc_or_mac(word: &str) -> Option<String> {
    let (other, rest) = match (word.strip_prefix("mac"), word.strip_prefix("mc")) {
        (Some(rest), _) => ("mc", rest),
        (_, Some(rest)) => ("mac", rest),
        _ => return None,
    };
    (rest.chars().count() >= 3).then(|| format!("{other}{rest}"))
}

/// The question in FTS5's language; `None` when nothing to look for was typed.
pub(crate) fn question(typed: &str) -> Option<String> {
    let words: Vec<Vec<String>> = typed
        .split_whitespace()
        .map(|word| {
            let parts = fold(word);
            parts
                .split_whitespace()
                .map(|part| part.chars().take(LONGEST_WORD).collect())
                .collect()
        })
        .filter(|parts: &Vec<String>| !parts.is_empty())
        .take(MOST_WORDS)
        .collect();
    if words.is_empty() {
        return None;
    }
    let each = words
        .iter()
        .map(|parts| term(parts))
        .collect::<Vec<_>>()
        .join(" AND ");
    let together: Vec<_> = words.iter().map(|parts| parts.concat()).collect();
    let mut ways = vec![each];
    if together.len() > 1 {
        ways.push(particles_joined(&together));
        ways.push(prefix(&together.concat()));
    }
    ways.dedup();
    Some(
        ways.iter()
            .map(|way| format!("({way})"))
            .collect::<Vec<_>>()
            .join(" OR "),
    )
}

/// One typed word: its parts run together, or each of them.
fn term(parts: &[String]) -> String {
    match parts {
        [one] => prefix(one),
        several => {
            let each: Vec<_> = several.iter().map(|part| prefix(part)).collect();
            format!(
                "({} OR ({}))",
                prefix(&several.concat()),
                each.join(" AND ")
            )
        }
    }
}

fn particles_joined(words: &[String]) -> String {
    let mut joined = Vec::new();
    let mut held = String::new();
    for word in words {
        held.push_str(word);
        if !PARTICLES.contains(&word.as_str()) {
            joined.push(prefix(&std::mem::take(&mut held)));
        }
    }
    if !held.is_empty() {
        joined.push(prefix(&held));
    }
    joined.join(" AND ")
}

/// A word's beginning. Folded words hold letters and digits only, so the quotes cannot be broken out of.
fn prefix(word: &str) -> String {
    format!("\"{word}\"*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_accents_apostrophes_and_signs() {
        for (text, folded) in [
            ("José", "jose"),
            ("Núñez-Łukasz", "nunez lukasz"),
            ("O\u{2019}Brien", "obrien"),
            ("Straße", "strasse"),
            ("ŞAHİN", "sahin"),
            ("Nguyễn", "nguyen"),
            ("عمر", "عمر"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn a_question_never_holds_more_than_letters_and_digits_in_quotes() {
        for typed in [
            "\"",
            "a\" OR \"b",
            "NEAR(a b)",
            "x* AND y",
            "col:val",
            "-a ^b",
            "'; DROP",
        ] {
            let asked = question(typed).unwrap_or_default();
            for (i, inside) in asked.split('"').enumerate() {
                if i % 2 == 1 {
                    assert!(
                        inside.chars().all(char::is_alphanumeric),
                        "{typed}: {asked}"
                    );
                }
            }
        }
    }

    #[test]
    fn nothing_typed_asks_nothing() {
        assert_eq!(question("  -  ' "), None);
    }
}
