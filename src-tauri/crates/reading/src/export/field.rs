//! One row's fields: padded, blank in several spellings, dates that may be partial, bytes that may not be UTF-8.

use std::borrow::Cow;

use jiff::civil::Date;
use record::{Level, PartialDate};

/// A row of the export: the unescaped fields one after another, and where each ends.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The fields' bytes, without separators.
    pub bytes: &'a [u8],
    /// The end of each field in `bytes`.
    pub ends: &'a [u32],
}

impl<'a> Row<'a> {
    /// A field as it stands; empty beyond the last.
    #[must_use]
    pub fn raw(&self, column: usize) -> &'a [u8] {
        let end = |n: usize| self.ends.get(n).map(|end| *end as usize);
        let start = match column.checked_sub(1) {
            Some(before) => end(before),
            None => Some(0),
        };
        start
            .zip(end(column))
            .and_then(|(start, end)| self.bytes.get(start..end))
            .unwrap_or_default()
    }

    /// A field without padding; empty where it is blank in any of the export's spellings: nothing, dashes, `NULL`.
    #[must_use]
    pub fn field(&self, column: usize) -> &'a [u8] {
        let field = self.raw(column).trim_ascii();
        let blank = field.iter().all(|byte| *byte == b'-') || field == b"NULL";
        if blank { b"" } else { field }
    }

    /// The same as text; bytes that are not UTF-8 are read as Latin-1, the encoding such files have.
    #[must_use]
    pub fn text(&self, column: usize) -> Option<Cow<'a, str>> {
        let field = self.field(column);
        (!field.is_empty()).then(|| text(field))
    }

    /// A date; an error where something stands that is none.
    #[must_use]
    pub fn date(&self, column: usize) -> Dated {
        date(self.field(column))
    }
}

/// Bytes as text: UTF-8, or else Latin-1.
#[must_use]
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()),
    }
}

/// What a date field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// Nothing.
    Blank,
    /// Something that is no date.
    Unreadable,
    /// A day, or a year or month whose rest is zeros.
    On(PartialDate),
}

impl Dated {
    /// The date, where there is one.
    #[must_use]
    pub fn known(self) -> Option<PartialDate> {
        match self {
            Self::On(date) => Some(date),
            Self::Blank | Self::Unreadable => None,
        }
    }
}

/// `YYYYMMDD`; zeros for a month or a day mean that it is not known.
#[must_use]
pub fn date(field: &[u8]) -> Dated {
    if field.is_empty() || field.iter().all(|byte| *byte == b'0') {
        return Dated::Blank;
    }
    let number = |from: usize, to: usize| {
        let digits = field.get(from..to)?;
        digits.iter().all(u8::is_ascii_digit).then(|| {
            digits
                .iter()
                .fold(0_i16, |n, d| n * 10 + i16::from(d - b'0'))
        })
    };
    let small = |from, to| number(from, to).and_then(|n| i8::try_from(n).ok());
    let parts = (field.len() == 8)
        .then(|| Some((number(0, 4)?, small(4, 6)?, small(6, 8)?)))
        .flatten();
    let read = match parts {
        None => None,
        Some((year, 0, _)) => PartialDate::year(year).ok(),
        Some((year, month, 0)) => PartialDate::month(year, month).ok(),
        Some((year, month, day)) => Date::new(year, month, day)
            .ok()
            .filter(|day| (1800..2200).contains(&day.year()))
            .map(PartialDate::from),
    };
    read.map_or(Dated::Unreadable, Dated::On)
}

/// Felony, misdemeanor, infraction, spelt out or by its letter.
#[must_use]
pub fn level(field: &[u8]) -> Option<Level> {
    let field: Vec<u8> = field.to_ascii_uppercase();
    match field.as_slice() {
        b"FELONY" | b"F" => Some(Level::Felony),
        b"MISDEMEANOR" | b"M" => Some(Level::Misdemeanor),
        b"INFRACTION" | b"I" => Some(Level::Infraction),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match date(text.as_bytes()) {
            Dated::Blank => "blank".into(),
            Dated::Unreadable => "unreadable".into(),
            Dated::On(date) => date.to_string(),
        }
    }

    #[test]
    fn dates_are_whole_partial_or_nothing() {
        for (field, said) in [
            ("20050211", "2005-02-11"),
            ("20050200", "2005-02"),
            ("20050000", "2005"),
            ("", "blank"),
            ("00000000", "blank"),
            ("x", "unreadable"),
            ("20050231", "unreadable"),
            ("2005-02-11", "unreadable"),
            ("00010101", "unreadable"),
            ("2005021", "unreadable"),
        ] {
            assert_eq!(read(field), said, "{field}");
        }
    }

    #[test]
    fn blanks_come_in_several_spellings() {
        let bytes = b"  -  NULL  x FELONY ";
        let row = Row {
            bytes,
            ends: &[5, 11, 13, 20],
        };
        assert_eq!(
            (row.field(0), row.field(1), row.field(2)),
            (&b""[..], &b""[..], &b"x"[..])
        );
        assert_eq!(level(row.field(3)), Some(Level::Felony));
        assert_eq!(row.field(9), b"");
        assert_eq!(text(b"MU\xd1OZ"), "MU\u{d1}OZ");
    }
}
