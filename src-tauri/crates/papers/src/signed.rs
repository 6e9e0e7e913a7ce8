//! An attorney's sign-off, as the sheets that are never filed name it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use packs::papers::{DateWords, Phrase};

use crate::ink::{Ink, Value, Values};
use crate::{PaperError, words};

/// Who signed a packet off, and when. It is no part of the papers it is about: what it says stands on the cover and on the sheets of
/// a print job, whose bytes nobody signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The attorney's name, and bar number where there is one.
    pub by: String,
    /// The civil day.
    pub on: Date,
    /// The moment.
    pub at: Timestamp,
}

impl Signed {
    /// In a pack's words.
    pub(crate) fn told(&self, phrase: &Phrase, dates: &DateWords) -> Result<String, PaperError> {
        let values = Values::default()
            .with("by", Value::word(&self.by))
            .with("date", Value::word(words::date(dates, self.on.into())?))
            .with("time", Value::word(self.time()));
        Ink::default().text(phrase, &values)
    }

    /// The time in UTC, and its day where that is another than the civil one: late in the day it is tomorrow there.
    fn time(&self) -> String {
        let there = self.at.to_zoned(TimeZone::UTC).date();
        let format = if there == self.on {
            "%H:%M UTC"
        } else {
            "%Y-%m-%d %H:%M UTC"
        };
        self.at.strftime(format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_time_on_another_day_in_utc_says_its_day() {
        let signed = |at: &str| Signed {
            by: "Ada Quill".to_owned(),
            on: date(2026, 11, 21),
            at: at.parse().unwrap(),
        };
        assert_eq!(signed("2026-11-21T19:05:00Z").time(), "19:05 UTC");
        assert_eq!(
            signed("2026-11-22T03:05:00Z").time(),
            "2026-11-22 03:05 UTC"
        );
    }
}
