//! Small readings of a body's lines: levels, count numbers, keywords.

use record::Level;

use super::super::clean::{is_speck, value};

/// Words alone: no keyword with its colon, no number sign, no charge.
pub(super) fn is_place(text: &str) -> bool {
    text.split_whitespace().any(|word| word.len() >= 3)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || " .,'&/-".contains(c))
}

/// The words of `DISPO:...`, also of `DISP:` and where the colon is lost.
pub(super) fn disposition_words(text: &str) -> Option<&str> {
    // With the misreadings of its letters that engines make.
    [
        "DISPO",
        "DISPOSITION",
        "DISP",
        "DISP0",
        "DISPQ",
        "D1SPO",
        "DLSPO",
        "OISPO",
    ]
    .iter()
    .find_map(|word| value(text, word))
    .or_else(|| {
        let rest = text.trim_start_matches(is_speck).strip_prefix("DISPO")?;
        rest.starts_with(' ').then(|| rest.trim())
    })
}

/// `CMT:02`: three letters that begin like a count's and two digits.
pub(super) fn garbled_count(text: &str) -> Option<&str> {
    const OTHERS: [&str; 5] = ["COM", "CRT", "CII", "CDL", "CDC"];
    let (word, rest) = text.split_at_checked(3)?;
    let rest = rest.strip_prefix([':', ';'])?;
    let letters = word.starts_with('C') && word.chars().all(|c| c.is_ascii_alphabetic());
    let digits = rest
        .trim_start()
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    (letters && !OTHERS.contains(&word) && (2..=3).contains(&digits)).then_some(rest)
}

/// A line without its `TOC:x`; the inner option is none for `N`, no type.
pub(super) fn without_toc(text: &str) -> (String, Option<Option<Level>>) {
    // Any sign for the colon, but a letter behind it that stands alone.
    let found = text.match_indices("TOC").map(|(at, _)| at).find(|at| {
        let mut behind = text.get(at + 3..).unwrap_or_default().chars();
        let own = text
            .get(..*at)
            .is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let sign = behind.next();
        matches!(sign, Some(':' | ';'))
            || (own
                && sign.is_some_and(|c| c.is_ascii_punctuation() || c == ' ')
                && behind.as_str().trim().len() == 1
                && "FMIN".contains(behind.as_str().trim()))
    });
    let Some(at) = found else {
        return (text.to_owned(), None);
    };
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let after = after.get(4..).unwrap_or_default().trim_start();
    let mut letters = after.chars();
    let level = letters.next();
    let rest = letters
        .as_str()
        .trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let joined = format!(
        "{} {}",
        before.trim_end(),
        rest.trim_start_matches(['.', ' '])
    );
    (joined, Some(level.and_then(|c| level_of(&c.to_string()))))
}

pub(super) fn level_of(text: &str) -> Option<Level> {
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

/// `01`, `003-005`, `0    1`; and digits behind them that are no count number.
pub(super) fn count_numbers(text: &str) -> Option<(u16, u16, String)> {
    let text = text.trim_matches(|c: char| is_speck(c));
    // `-1`, `1`: one digit is no count number.
    let number = |text: &str| -> Option<u16> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let fits = (2..=3).contains(&digits.len());
        digits.parse().ok().filter(|n| fits && *n > 0)
    };
    if let Some((first, last)) = text.split_once('-') {
        let (first, last) = (number(first)?, number(last)?);
        return (first <= last).then_some((first, last, String::new()));
    }
    let mut words = text.split_whitespace();
    let first = words.next()?;
    if let Some(n) = number(first) {
        return Some((n, n, words.collect::<Vec<_>>().join(" ")));
    }
    let n = number(text)?;
    Some((n, n, String::new()))
}
