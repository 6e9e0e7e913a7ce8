//! Times and days as the database keeps them: one width, so that their text sorts as they do.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Error, Result};

/// RFC 3339 in UTC with milliseconds.
pub(crate) fn stamp(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// Reads what [`stamp`] wrote.
pub(crate) fn stamped(text: &str) -> Result<Timestamp> {
    text.parse().map_err(|_| Error::Stored { what: "time" })
}

/// Reads a civil day.
pub(crate) fn day(text: &str) -> Result<Date> {
    text.parse().map_err(|_| Error::Stored { what: "day" })
}
