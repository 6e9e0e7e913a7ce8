//! Eight-digit dates as sheets print them: `19820915`, with dots anywhere (`198201.02`).

use jiff::civil::Date;
use record::PartialDate;

/// Years before this are no dates of a sheet.
const FIRST_YEAR: i16 = 1880;
/// Years after this are no dates of a sheet.
const LAST_YEAR: i16 = 2100;

/// A date at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrintedDate {
    /// The day; none where the calendar has no such day or letters stand among the digits.
    pub(crate) day: Option<Date>,
    /// As far as the date is known: the day, or the year or month that stands before zeros (`20050300`).
    pub(crate) known: Option<PartialDate>,
    /// What letters among the digits probably stand for.
    pub(crate) likely: Option<Date>,
    /// As printed.
    pub(crate) printed: String,
}

/// The date at the start of `text`, and what follows it.
pub(super) fn leading(text: &str) -> Option<(PrintedDate, &str)> {
    let text = text.trim_start_matches([' ', '.', '\'', '·', '•']);
    let (mut digits, mut letters, mut end) = (String::new(), 0, 0);
    for (at, c) in text.char_indices() {
        if digits.len() == 8 {
            break;
        }
        let digit = match c {
            '0'..='9' => c,
            '.' if !digits.is_empty() => continue,
            _ => {
                letters += 1;
                as_digit(c)?
            }
        };
        digits.push(digit);
        end = at + c.len_utf8();
    }
    let rest = text.get(end..)?.trim_start_matches('.');
    // Eight signs and then a blank, the end, or a keyword: longer runs are other numbers.
    if digits.len() != 8 || rest.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '/') {
        return None;
    }
    if letters > 0 && (letters > 2 || rest.starts_with(|c: char| c.is_alphanumeric())) {
        return None;
    }
    let day = calendar(&digits);
    if letters > 0 && day.is_none() {
        return None;
    }
    let date = PrintedDate {
        day: day.filter(|_| letters == 0),
        known: day
            .map(PartialDate::from)
            .or_else(|| before_zeros(&digits))
            .filter(|_| letters == 0),
        likely: day.filter(|_| letters > 0),
        printed: text.get(..end)?.to_owned(),
    };
    Some((date, rest))
}

/// A line of its own that was a date: `2O1O06O7`, `2003-06-07`, `20030607:`. Its day is at most a proposal.
pub(super) fn broken(text: &str) -> Option<PrintedDate> {
    let (mut digits, mut plain) = (String::new(), 0);
    for c in text.chars() {
        match c {
            '0'..='9' => {
                plain += 1;
                digits.push(c);
            }
            ' ' | '.' | ':' | ';' | ',' | '-' | '/' | '\'' | '_' | '·' | '•' => {}
            _ => digits.push(as_digit(c)?),
        }
    }
    (plain >= 4 && (6..=10).contains(&digits.len())).then(|| PrintedDate {
        day: None,
        known: None,
        likely: calendar(&digits).filter(|_| digits.len() == 8),
        printed: text.to_owned(),
    })
}

/// The first valid date anywhere in a text, standing by itself.
pub(super) fn anywhere(text: &str) -> Option<Date> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit()))
        .find_map(calendar)
}

/// `yyyymmdd` as a day of the calendar.
pub(crate) fn calendar(digits: &str) -> Option<Date> {
    let number: u32 = digits.parse().ok()?;
    let year = i16::try_from(number / 10_000).ok()?;
    let month = i8::try_from(number / 100 % 100).ok()?;
    let day = i8::try_from(number % 100).ok()?;
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// `20050300`, `20050000`: zeros are how sheets print a day, or a month, that nobody knew.
pub(crate) fn before_zeros(digits: &str) -> Option<PartialDate> {
    let (known, day) = digits.split_at_checked(6)?;
    let (year, month) = known.split_at_checked(4)?;
    // The year must be one of a sheet, which the calendar check knows.
    calendar(&format!("{year}0101"))?;
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    match (month, day) {
        (0, "00") => PartialDate::year(year).ok(),
        (_, "00") => PartialDate::month(year, month).ok(),
        _ => None,
    }
}

/// The digit that a letter is commonly mistaken for.
pub(super) fn as_digit(c: char) -> Option<char> {
    Some(match c {
        'O' | 'Q' | 'D' => '0',
        'I' | 'L' | '|' | '!' => '1',
        'Z' => '2',
        'S' => '5',
        'G' => '6',
        'B' => '8',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_let_pass_and_impossible_days_are_unknown() {
        for (text, day, rest) in [
            (
                "19820915  CASC LOS ANGELES",
                Some("1982-09-15"),
                "  CASC LOS ANGELES",
            ),
            ("198201.02", Some("1982-01-02"), ""),
            (".20040.102 DISPO:X", Some("2004-01-02"), " DISPO:X"),
            ("19820002 CAPD X", None, " CAPD X"),
            ("19990229", None, ""),
            ("20000229", Some("2000-02-29"), ""),
        ] {
            let (date, after) = leading(text).unwrap();
            assert_eq!(date.day.map(|d| d.to_string()).as_deref(), day, "{text}");
            assert_eq!(after, rest);
        }
    }

    #[test]
    fn zeros_leave_the_year_or_the_month_known() {
        for (text, known) in [
            ("20050300", Some("2005-03")),
            ("20050000", Some("2005")),
            ("20050002", None),
            ("20051300", None),
            ("00000000", None),
            ("20050231", None),
            ("20050301", Some("2005-03-01")),
        ] {
            let (date, _) = leading(text).unwrap();
            assert_eq!(
                date.known.map(|d| d.to_string()).as_deref(),
                known,
                "{text}"
            );
        }
    }

    #[test]
    fn letters_among_digits_are_only_a_proposal() {
        let (date, _) = leading("2OO40103 CASO X").unwrap();
        assert_eq!(
            (date.day, date.likely.map(|d| d.to_string()).as_deref()),
            (None, Some("2004-01-03"))
        );
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in [
            "123456789",
            "1982",
            "11357 HS",
            "2004-01-03",
            "OBSOLETE",
            "DISPO:",
            "BOLDGILD X",
        ] {
            assert_eq!(leading(text), None, "{text}");
        }
    }
}
