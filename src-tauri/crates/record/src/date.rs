//! Civil dates that may be known only in part.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A day, or *some day in* a month or a year.
///
/// Written as far as it is known: `2008-03-14`, `2008-03`, `2008`. A partly known date is a range of days; whoever compares
/// it must say what happens when the range straddles the limit, so there is deliberately no ordering here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, TS)]
#[ts(export, type = "string")]
pub struct PartialDate(Known);

// The order is only for sorted containers; it says nothing about which day came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Known {
    Year(Date),
    Month(Date),
    Day(Date),
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date: write 2008-03-14, or 2008-03 or 2008 when the rest is not known")]
pub struct DateError;

impl PartialDate {
    /// Some day of a year, 1800 to 2199.
    ///
    /// # Errors
    /// The year is outside that span.
    pub fn year(year: i16) -> Result<Self, DateError> {
        Ok(Self(Known::Year(civil(year, 1, 1)?)))
    }

    /// Some day of a month.
    ///
    /// # Errors
    /// There is no such month.
    pub fn month(year: i16, month: i8) -> Result<Self, DateError> {
        Ok(Self(Known::Month(civil(year, month, 1)?)))
    }

    /// The day itself, if it is known.
    #[must_use]
    pub fn exact(self) -> Option<Date> {
        match self.0 {
            Known::Day(day) => Some(day),
            Known::Month(_) | Known::Year(_) => None,
        }
    }

    /// The first day it can be.
    #[must_use]
    pub fn earliest(self) -> Date {
        match self.0 {
            Known::Day(day) | Known::Month(day) | Known::Year(day) => day,
        }
    }

    /// The last day it can be.
    #[must_use]
    pub fn latest(self) -> Date {
        match self.0 {
            Known::Day(day) => day,
            Known::Month(first) => first.last_of_month(),
            Known::Year(first) => first.last_of_year(),
        }
    }
}

impl From<Date> for PartialDate {
    fn from(day: Date) -> Self {
        Self(Known::Day(day))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Known::Day(d) => write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
            Known::Month(d) => write!(f, "{:04}-{:02}", d.year(), d.month()),
            Known::Year(d) => write!(f, "{:04}", d.year()),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let mut parts = text.split('-');
        let year = number(parts.next(), 4)?;
        let month = parts.next();
        let day = parts.next();
        if parts.next().is_some() {
            return Err(DateError);
        }
        let small =
            |part| number(Some(part), 2).and_then(|n| i8::try_from(n).map_err(|_| DateError));
        match (month, day) {
            (None, _) => Self::year(year),
            (Some(month), None) => Self::month(year, small(month)?),
            (Some(month), Some(day)) => Ok(civil(year, small(month)?, small(day)?)?.into()),
        }
    }
}

fn number(text: Option<&str>, digits: usize) -> Result<i16, DateError> {
    let text = text.ok_or(DateError)?;
    if text.len() != digits || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateError);
    }
    text.parse().map_err(|_| DateError)
}

fn civil(year: i16, month: i8, day: i8) -> Result<Date, DateError> {
    if !(1800..2200).contains(&year) {
        return Err(DateError);
    }
    Date::new(year, month, day).map_err(|_| DateError)
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for PartialDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PartialDate".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
            "description": "A civil date as far as it is known: 2008-03-14, 2008-03 or 2008"
        })
    }
}
