//! Days as these papers print them: `1998/06/09`, `1998-06-09`, `06/09/1998`, `06-09-98`, `JUN 9, 1998`, `19980609`.

use std::ops::Range;

use record::PartialDate;

use super::{Noted, noted};
use crate::FlagKind;
use crate::sheet::dates;
use crate::sheet::marks::Marks;

/// A day found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    /// As far as it is printed.
    Known(PartialDate),
    /// Month, day and the last two digits of the year.
    Short(i8, i8, i16),
    /// The calendar has no such day.
    Impossible,
}

impl Day {
    /// The date. Two digits are the first such year from `from` on; without it they are not known to be any.
    pub(crate) fn date(self, from: Option<i16>) -> Option<PartialDate> {
        match self {
            Self::Known(date) => Some(date),
            Self::Short(month, day, year) => {
                let from = from?;
                let year = from + (year - from).rem_euclid(100);
                jiff::civil::Date::new(year, month, day)
                    .ok()
                    .map(PartialDate::from)
            }
            Self::Impossible => None,
        }
    }

    /// The date on its line. What the calendar does not have, and two digits of a year that nothing stands beside, are left unknown and
    /// shown; a year of two digits is shown either way.
    pub(crate) fn on(
        self,
        line: usize,
        from: Option<i16>,
        marks: &mut Marks,
    ) -> Option<Noted<PartialDate>> {
        let date = self.date(from);
        let doubt = match self {
            Self::Impossible => Some(FlagKind::ImpossibleDate),
            Self::Short(..) => Some(FlagKind::DoubtfulDate),
            Self::Known(_) => None,
        };
        if let Some(doubt) = doubt {
            marks.flag(doubt, None, line, "", None);
        }
        Some(noted(date?, line))
    }
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

/// The first day in a text, and where it stands.
pub(crate) fn first(text: &str) -> Option<(Range<usize>, Day)> {
    let mut start = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let at = start + word.len() - bare.len();
        let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
        start += piece.len();
        if let Some(day) = of_word(bare) {
            return Some((at..at + bare.len(), day));
        }
        if let Some((length, day)) = spelled(text.get(at..).unwrap_or_default()) {
            return Some((at..at + length, day));
        }
    }
    None
}

/// A text without the first day in it, and that day.
pub(crate) fn taken(text: &str) -> (String, Option<Day>) {
    let Some((place, day)) = first(text) else {
        return (text.to_owned(), None);
    };
    let before = text.get(..place.start).unwrap_or_default();
    let after = text.get(place.end..).unwrap_or_default();
    let signs = [' ', ',', ';', '-', ':', '.'];
    // `CONVICTED ON 07/20/1998`, `(CONVICTED 1998-07-20; ...)`: the word and the signs round the day go with it.
    let before = before.trim_end_matches(signs);
    let before = [" ON", " DATED", " DATE"]
        .iter()
        .find_map(|word| before.strip_suffix(word))
        .unwrap_or(before);
    let after = after.trim_start_matches(signs);
    let gap = if before.is_empty() || after.is_empty() {
        ""
    } else {
        " "
    };
    (format!("{before}{gap}{after}"), Some(day))
}

fn of_word(word: &str) -> Option<Day> {
    if word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit()) {
        return dates::calendar(word).map(|day| Day::Known(day.into()));
    }
    let mut parts = word.split(['/', '-']);
    let three = (parts.next()?, parts.next()?, parts.next()?);
    let (a, b, c) = three;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || ![a, b, c].into_iter().all(digits) {
        return None;
    }
    // Signs that differ divide no date: `98-1/2`.
    if word.contains('/') && word.contains('-') {
        return None;
    }
    match (a.len(), b.len(), c.len()) {
        (4, 2, 2) => Some(numbered(a, b, c)),
        (1..=2, 1..=2, 4) => Some(numbered(c, a, b)),
        (1..=2, 1..=2, 2) => Some(match (a.parse::<i8>(), b.parse::<i8>(), c.parse::<i16>()) {
            (Ok(month @ 1..=12), Ok(day @ 1..=31), Ok(year)) => Day::Short(month, day, year),
            _ => Day::Impossible,
        }),
        _ => None,
    }
}

fn numbered(year: &str, month: &str, day: &str) -> Day {
    let digits = format!("{year}{month:0>2}{day:0>2}");
    dates::calendar(&digits)
        .map(PartialDate::from)
        .or_else(|| dates::before_zeros(&digits))
        .map_or(Day::Impossible, Day::Known)
}

/// `JUNE 9, 1998` at the start of a text, and how long it is.
fn spelled(text: &str) -> Option<(usize, Day)> {
    let month = MONTHS
        .iter()
        .position(|month| text.get(..3).is_some_and(|own| own == *month))?;
    let name = text.find(|c: char| !c.is_alphabetic())?;
    let (day, behind) = number(text, name)?;
    let (year, end) = number(text, behind)?;
    (day.len() <= 2 && year.len() == 4 && name <= 9).then(|| {
        let month = (month + 1).to_string();
        (end, numbered(year, &month, day))
    })
}

/// The digits behind blanks, points and commas from a place on, and where they end.
fn number(text: &str, from: usize) -> Option<(&str, usize)> {
    let rest = text.get(from..)?;
    let digits = rest.trim_start_matches([' ', '.', ',']);
    let at = from + rest.len() - digits.len();
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    (length > 0 && at > from)
        .then(|| Some((text.get(at..at + length)?, at + length)))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_wherever_they_stand() {
        for (text, rest, day) in [
            ("1998/06/09", "", Some("1998-06-09")),
            ("ARRESTED 1998-06-09 BY", "ARRESTED BY", Some("1998-06-09")),
            ("06/09/1998 CONVICTED", "CONVICTED", Some("1998-06-09")),
            ("6/9/1998", "", Some("1998-06-09")),
            (
                "07-20-98 CONVICTED-3 YRS",
                "CONVICTED-3 YRS",
                Some("1998-07-20"),
            ),
            ("CONVICTED ON JUNE 9, 1998", "CONVICTED", Some("1998-06-09")),
            ("JUN. 9 1998 - X", "X", Some("1998-06-09")),
            ("19980609", "", Some("1998-06-09")),
            ("1998/06/00", "", Some("1998-06")),
            ("1998/00/00 X", "X", Some("1998")),
            ("1998/02/30", "", None),
            ("02/30/1998", "", None),
            ("13-40-98", "", None),
        ] {
            let (left, found) = taken(text);
            assert_eq!(left, rest, "{text}");
            let found = found.unwrap();
            let date = found.date(Some(1998)).map(|date| date.to_string());
            assert_eq!(date.as_deref(), day, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_days() {
        for text in [
            "98-012345",
            "664/459 PC",
            "1-2-3-4",
            "5'04\"",
            "MARCH",
            "MAY 11357",
            "98-1/2-00",
            "AUGUST 5",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn two_digits_are_a_year_only_beside_another() {
        let (_, day) = first("06-09-02").unwrap();
        assert_eq!(day.date(None), None);
        for (from, year) in [
            (1998, "2002-06-09"),
            (2002, "2002-06-09"),
            (1901, "1902-06-09"),
            (2003, "2102-06-09"),
        ] {
            assert_eq!(day.date(Some(from)).unwrap().to_string(), year);
        }
    }
}
