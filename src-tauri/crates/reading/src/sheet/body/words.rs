//! Small readings of a body's lines: levels, count numbers, keywords.

use record::Level;

use super::super::charge;
use super::super::clean::{is_speck, value};
use super::super::dates::{self, as_digit};

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

/// `CNT 02 #A1`, `CNT.02`: the colon is lost. Words behind the number mean running text.
pub(super) fn without_colon(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("CNT")?.trim_start_matches(is_speck);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest.get(digits..)?.trim_start();
    ((2..=3).contains(&digits) && (after.is_empty() || after.starts_with(['#', '*'])))
        .then_some(rest)
}

/// `O1 #A7`: letters in a count's number put right; none where there are none, or where no digit says that it is a number.
pub(super) fn with_digits(text: &str) -> Option<String> {
    let end = text.find([' ', '#']).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    // Two or three signs a number, and a digit that says it is one.
    let short = number.split(['-', ',']).all(|part| part.len() <= 3);
    if !short || !number.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let put_right: Option<String> = number
        .chars()
        .map(|c| match c {
            '0'..='9' | '-' | '.' | ',' => Some(c),
            _ => as_digit(c),
        })
        .collect();
    put_right
        .filter(|right| right != number)
        .map(|right| format!("{right}{rest}"))
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

/// A line whose breaks were lost, taken apart before a disposition, a level and a sentence. A remark may speak of anything.
pub(super) fn apart(text: &str) -> Vec<&str> {
    const KEYS: [&str; 4] = ["*DISPO:", " DISPO:", " CONV STATUS:", " SEN:"];
    let mut parts = Vec::new();
    let mut rest = text;
    // `COM: CNT 02 CHRG 11360(A) HS COM: SEN-2 YEARS PRISON`: two remarks.
    while is_remark(rest)
        && let Some((part, after)) = rest
            .find(" COM:")
            .filter(|at| *at > 0)
            .and_then(|at| rest.split_at_checked(at))
    {
        parts.push(part.trim());
        rest = after.trim();
    }
    while !is_remark(rest) {
        // An update's date stands before its disposition.
        let dated = dates::leading(rest).map_or(0, |(_, after)| rest.len() - after.len());
        let own = rest.len() - rest.trim_start_matches(is_speck).len();
        let found = KEYS
            .iter()
            .flat_map(|key| rest.match_indices(key).map(|(at, _)| at))
            .filter(|at| {
                let before = rest.get(..*at).unwrap_or_default();
                *at > own.max(dated)
                    && before
                        .get(dated..)
                        .is_some_and(|before| before.contains(char::is_alphanumeric))
            })
            .min()
            // `PER 1203.4 PC 20040301 DISPO:SEALED`: the day is that of what follows.
            .map(|at| day_before(rest, at).unwrap_or(at));
        let Some((part, after)) = found.and_then(|at| rest.split_at_checked(at)) else {
            break;
        };
        parts.push(part.trim());
        rest = after.trim();
    }
    // `SEN: 24 MONTHS PROBATION 20040201`: the day of what stands on the next line.
    match day_before(rest, rest.len()).and_then(|at| rest.split_at_checked(at)) {
        Some((part, day)) if !is_remark(rest) && is_terms(part) => {
            parts.extend([part.trim(), day.trim()]);
        }
        _ => parts.push(rest),
    }
    parts
}

/// Where a day begins that stands right before a place in a text, behind other words.
fn day_before(text: &str, place: usize) -> Option<usize> {
    let before = text.get(..place)?.trim_end();
    let at = before.rfind(' ')? + 1;
    let day = before.get(at..)?;
    (day.len() == 8 && dates::calendar(day).is_some()).then_some(at)
}

/// A level or a sentence, which end in no day.
fn is_terms(text: &str) -> bool {
    ["SEN", "CONV STATUS"]
        .iter()
        .any(|word| value(text, word).is_some())
}

fn is_remark(text: &str) -> bool {
    value(text, "COM").is_some() || near_remark(text).is_some()
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

/// `FELONY/MISDEMEANOR`: no level.
pub(super) fn names_two_levels(words: &str) -> bool {
    let levels = ["FEL", "MISD", "INFR"];
    levels
        .iter()
        .filter(|level| words.contains(**level))
        .count()
        > 1
}

/// Count numbers as ranges, and digits behind them that are no count number.
pub(super) type Numbers = (Vec<(u16, u16)>, String);

/// `01,03`, `01, 03-05 & 07`: a list of numbers, and what follows it; none where it is no list.
pub(super) fn count_list(text: &str) -> Option<(Numbers, &str)> {
    let (mut ranges, mut rest) = (Vec::new(), text.trim_start_matches(is_speck));
    loop {
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '-'))
            .unwrap_or(rest.len());
        let (item, after) = rest.split_at_checked(end)?;
        let (first, last) = item.split_once('-').unwrap_or((item, item));
        let (first, last) = (count_number(first)?, count_number(last)?);
        if first > last {
            return None;
        }
        ranges.push((first, last));
        let after = after.trim_start();
        let next = after.trim_start_matches(['&', ',', ' ']);
        if next.len() == after.len() || !next.starts_with(|c: char| c.is_ascii_digit()) {
            rest = after.trim_start_matches(',');
            break;
        }
        rest = next;
    }
    // One number twice, or a list that goes back, is a case number that lost its sign.
    let rising = ranges.windows(2).all(|two| match two {
        [(_, before), (after, _)] => before < after,
        _ => true,
    });
    (ranges.len() > 1 && rising && !rest.starts_with(char::is_alphanumeric))
        .then_some(((ranges, String::new()), rest))
}

/// One digit is no count number: `-1`, `1`.
fn count_number(text: &str) -> Option<u16> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let fits = (2..=3).contains(&digits.len());
    digits.parse().ok().filter(|n| fits && *n > 0)
}

/// `01`, `003-005`, `0    1`.
pub(super) fn count_numbers(text: &str) -> Option<Numbers> {
    let text = text.trim_matches(|c: char| is_speck(c));
    if let Some((first, last)) = text.split_once('-') {
        let (first, last) = (count_number(first)?, count_number(last)?);
        return (first <= last).then(|| (vec![(first, last)], String::new()));
    }
    let mut words = text.split_whitespace();
    let first = words.next()?;
    if let Some(n) = count_number(first) {
        return Some((vec![(n, n)], words.collect::<Vec<_>>().join(" ")));
    }
    let n = count_number(text)?;
    Some((vec![(n, n)], String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_counts_are_told_from_case_numbers() {
        for (text, ranges, rest) in [
            ("01,03  #137", Some(vec![(1, 1), (3, 3)]), "#137"),
            ("01, 03-05 & 07", Some(vec![(1, 1), (3, 5), (7, 7)]), ""),
            ("001,002,003 #5", Some(vec![(1, 1), (2, 2), (3, 3)]), "#5"),
            ("01 388555,89894371", None, ""),
            ("01, #388555,89894371", None, ""),
            ("01  #5", None, ""),
            ("02,01 #5", None, ""),
            ("1,2 #5", None, ""),
        ] {
            let found = count_list(text);
            assert_eq!(
                found.as_ref().map(|((ranges, _), _)| ranges.clone()),
                ranges,
                "{text}"
            );
            assert_eq!(found.map_or("", |(_, rest)| rest), rest, "{text}");
        }
    }

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
        assert_eq!(disposition_words("DI SP O0:CONVICTED"), Some("CONVICTED"));
    }

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
    }

    #[test]
    fn letters_in_a_count_number_are_put_right() {
        for (text, right) in [
            ("O1     #01-2233", Some("01     #01-2233")),
            ("0l", Some("01")),
            ("01 #5", None),
            ("II", None),
            ("SOLD1", None),
            ("01A", None),
        ] {
            let text = text.to_uppercase();
            assert_eq!(with_digits(&text).as_deref(), right, "{text}");
        }
        assert_eq!(
            without_colon("CNT 01     #01-2233"),
            Some("01     #01-2233")
        );
        assert_eq!(without_colon("CNT.02"), Some("02"));
        assert_eq!(without_colon("CNT 02 DISMISSED"), None);
        assert_eq!(without_colon("CNTS 02"), None);
    }
}
