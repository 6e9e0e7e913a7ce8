//! One row's fields: padded, blank in several spellings, dates that may be partial, bytes that may not be UTF-8.

use std::borrow::Cow;

use jiff::civil::Date;
use record::{Level, PartialDate};

/// Marks, among the bits of a field's end, a field that stands between quotes.
pub const QUOTED: u32 = 1 << 31;

/// A row of the export: its fields with one byte between each two, and where each ends.
///
/// So the bytes of a row as it stands in the file are a row, unless a field has a quote inside.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The fields, one byte between each two.
    pub bytes: &'a [u8],
    /// The end of each field in `bytes`; with [`QUOTED`], a quote stands at either end and belongs to neither.
    pub ends: &'a [u32],
}

impl<'a> Row<'a> {
    /// A field as it stands; empty beyond the last.
    #[must_use]
    pub fn raw(&self, column: usize) -> &'a [u8] {
        let Some(end) = self.ends.get(column) else {
            return b"";
        };
        let before = column.checked_sub(1).and_then(|n| self.ends.get(n));
        let start = before.map_or(0, |end| (end & !QUOTED) as usize + 1);
        self.between(start, *end)
    }

    /// Whether every field is the same.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self.ends.len() == other.ends.len() && self.all().eq(other.all())
    }

    /// The fields as they stand, one after another.
    pub fn all(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let (row, mut start) = (*self, 0);
        row.ends.iter().map(move |end| {
            let field = row.between(start, *end);
            start = (end & !QUOTED) as usize + 1;
            field
        })
    }

    fn between(&self, start: usize, end: u32) -> &'a [u8] {
        let (quote, end) = (usize::from(end & QUOTED != 0), (end & !QUOTED) as usize);
        let field = self.bytes.get(start + quote..end.saturating_sub(quote));
        field.unwrap_or_default()
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
        let bytes = b"  -  ,NULL  ,\"x\",FELONY ,\"\"";
        let row = Row {
            bytes,
            ends: &[5, 12, 16 | QUOTED, 24, 27 | QUOTED],
        };
        let all: Vec<&[u8]> = (0..5).map(|n| row.raw(n)).collect();
        assert_eq!(all, row.all().collect::<Vec<_>>());
        assert_eq!(all, [&b"  -  "[..], b"NULL  ", b"x", b"FELONY ", b""]);
        assert_eq!(
            (row.field(0), row.field(1), row.field(2)),
            (&b""[..], &b""[..], &b"x"[..])
        );
        assert_eq!(level(row.field(3)), Some(Level::Felony));
        assert_eq!(row.field(9), b"");
        assert_eq!(text(b"MU\xd1OZ"), "MU\u{d1}OZ");
    }
}
