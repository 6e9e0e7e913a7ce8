//! An attorney's sign-off, as the sheets that are never filed name it.

use jiff::Timestamp;
use jiff::civil::Date;

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
            .with(
                "time",
                Value::word(self.at.strftime("%H:%M UTC").to_string()),
            );
        Ink::default().text(phrase, &values)
    }
}
