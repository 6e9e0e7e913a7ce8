//! Numbers of counts: lists, ranges, and what misreadings leave of them.

use super::super::clean::is_speck;
use super::super::dates::as_digit;

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
