//! Words that no keyword leads.

use super::super::charge;

/// Words alone: no keyword with its colon, no number sign, no charge.
pub(super) fn is_place(text: &str) -> bool {
    text.split_whitespace().any(|word| word.len() >= 3)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || " .,'&/-".contains(c))
}

/// Three letters in a row, or signs for such that could not be read: more than a speck.
pub(super) fn has_words(text: &str) -> bool {
    text.split(|c: char| !(c.is_alphabetic() || c == '▯'))
        .any(|word| word.chars().count() >= 3)
}

/// `1  459 PC-BURGLARY`: other words and the charge behind them; none where there is no charge, or more than one reading.
pub(super) fn charge_behind(text: &str) -> Option<(&str, &str)> {
    let charged = |rest: &str| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && charge::parse(rest).is_some_and(|charge| charge.description.is_some())
    };
    let mut found = text
        .match_indices(' ')
        .filter_map(|(at, _)| text.split_at_checked(at + 1))
        .filter(|(before, rest)| !before.trim().is_empty() && charged(rest));
    let one = found.next()?;
    // `#45 6 459 PC-X`: where the section begins is told by the wider gap alone.
    let wide = |(before, _): &(&str, &str)| before.ends_with("  ");
    match found.next() {
        None => Some(one),
        Some(two) if wide(&two) && !wide(&one) => Some(two),
        Some(two) if wide(&one) && !wide(&two) => Some(one),
        Some(_) => None,
    }
}
