//! Keywords of dispositions, levels, sentences, remarks and court numbers, also with a letter or sign that an engine misread.

use super::super::clean::{is_speck, value};
use super::levels::printed_level;

/// The words of `DISPO:...`, also of `DISP:` and where the colon is lost.
pub(super) fn disposition_words(text: &str) -> Option<&str> {
    // With the misreadings of its letters that engines make.
    [
        "DISPO",
        "DISPOSITION",
        "DISP",
        "DISPO0",
        "DISPOO",
        "DISP0",
        "DISPQ",
        "D1SPO",
        "DLSPO",
        "OISPO",
        "DI5PO",
    ]
    .iter()
    .find_map(|word| value(text, word))
    .or_else(|| {
        let rest = text.trim_start_matches(is_speck).strip_prefix("DISPO")?;
        rest.starts_with([' ', '.'])
            .then(|| rest.trim_start_matches(['.', ' ']).trim_end())
    })
}

/// The number behind `CRI #:`, `CRT *:`: the keyword of a court's number with one misread sign.
pub(super) fn misread_court_number(text: &str) -> Option<&str> {
    let (words, number) = text.split_once(':')?;
    let signs: Vec<char> = words.chars().filter(|c| *c != ' ').collect();
    let differ = "CRT#".chars().zip(&signs).filter(|(a, b)| a != *b);
    let number = number.trim();
    (signs.len() == 4
        && words.contains(' ')
        && differ.count() <= 1
        && number.contains(|c: char| c.is_ascii_digit()))
    .then_some(number)
}

/// A keyword that begins a line of its own.
pub(super) fn is_keyword(text: &str) -> bool {
    disposition_words(text).is_some()
        || ["SEN", "COM", "CONV STATUS"]
            .iter()
            .any(|word| value(text, word).is_some())
}

/// `C0M:...`, `COM. CHRG-...`: the words of a remark whose sign or letter is misread.
pub(super) fn near_remark(text: &str) -> Option<&str> {
    value(text, "C0M").or_else(|| {
        let rest = text.strip_prefix("COM")?;
        let words = rest.trim_start_matches(['.', ' ']);
        (rest.len() > words.len() && words.starts_with("CHRG")).then_some(words)
    })
}

/// `5EN: 16 MONTHS PRISON`, `SEN. FINE`: the words behind a sentence's keyword with one misread sign.
pub(super) fn near_sentence(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once([':', ';', '.', '-', '_'])?;
    let word = word.trim_end();
    let differ = word.chars().zip("SEN".chars()).filter(|(a, b)| a != b);
    (word.len() == 3 && differ.count() <= 1).then_some(rest.trim())
}

/// `C0NV 5TATUS:FELONY`: the keyword with a misread letter or two; what follows it.
pub(super) fn near_status(text: &str) -> Option<&str> {
    const KEYWORD: &str = "CONVSTATUS";
    let signs = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
    let words: Vec<(usize, char)> = signs.take(KEYWORD.len()).collect();
    let differ = KEYWORD
        .chars()
        .zip(&words)
        .filter(|(a, (_, b))| a != b)
        .count();
    let (last, sign) = words.last()?;
    let rest = text.get(last + sign.len_utf8()..)?;
    if words.len() != KEYWORD.len() || differ > 2 {
        return None;
    }
    // The colon may be lost or stand elsewhere; then the word behind must be a level.
    let level = |rest: &str| printed_level(rest.trim_start_matches(|c: char| !c.is_alphabetic()));
    match rest.trim_start().strip_prefix([':', ';']) {
        Some(rest) => Some(rest),
        None => (rest.starts_with(|c: char| !c.is_alphanumeric()) && level(rest).is_some())
            .then_some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misread_keyword_still_gives_its_level() {
        assert_eq!(near_status("C0NV 5TATUS:FELONY"), Some("FELONY"));
        assert_eq!(near_status("COMV STATUS: FELONY"), Some(" FELONY"));
        assert_eq!(near_status("COM: STATUS"), None);
        assert_eq!(near_status("C0NV 5TATU5:FELONY"), None);
        assert_eq!(
            near_sentence("5EN: 16 MONTHS PRISON"),
            Some("16 MONTHS PRISON")
        );
        assert_eq!(near_sentence("SEN. FINE"), Some("FINE"));
        assert_eq!(near_sentence("SCN:123"), Some("123"));
        assert_eq!(near_sentence("ADR:1 MAIN"), None);
        assert_eq!(near_remark("COM. CHRG-459 PC"), Some("CHRG-459 PC"));
        assert_eq!(near_remark("COMMITTED TO PRISON"), None);
        assert_eq!(disposition_words("DISPO.DISMISSED"), Some("DISMISSED"));
        assert_eq!(disposition_words("DI SP O0:CONVICTED"), Some("CONVICTED"));
    }
}
