//! The schedule of cases: a table of one volume.

use serde::Serialize;

use super::{Asked, Basis, Bulk, BulkPaper, BulkRow, VOLUME};
use crate::ink::{Ink, Value, Values};
use crate::press::{self, Layout};
use crate::{PaperError, pleading, words};

/// Data of `schedule.typ`.
#[derive(Serialize)]
struct Schedule {
    training: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    across: Option<String>,
    day: [i16; 3],
    title: String,
    volume: String,
    court: String,
    note: String,
    footer: String,
    columns: [String; 7],
    rows: Vec<[String; 7]>,
}

impl Bulk<'_> {
    /// One volume of the schedule, from 1, with its rows.
    ///
    /// # Errors
    /// A character that cannot be printed, a pack whose words do not fit, or more rows than a volume holds.
    pub fn schedule(&self, volume: u64, rows: &[BulkRow]) -> Result<BulkPaper, PaperError> {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return Err(PaperError::Mismatch);
        };
        if rows.len() > VOLUME {
            return Err(PaperError::Mismatch);
        }
        let (words, mut ink) = (self.words, Ink::default());
        let number = |n: u64| Value::word(n.to_string());
        let values = Values::default()
            .with("volume", number(volume))
            .with("volumes", number(self.totals.volumes()))
            .with("first", number(first.number))
            .with("last", number(last.number));
        let county = Values::default().with("county", Value::new(self.county, "summary.county"));
        let title = ink.text(&words.schedule_title, &values)?;
        let data = Schedule {
            training: false,
            across: (!self.cleared).then(|| words.draft.clone()),
            day: pleading::day(self.as_of),
            volume: ink.text(&words.schedule_volume, &values)?,
            court: ink.text(&self.filing.court.title, &county)?,
            note: ink.text(&words.schedule_note, &values)?,
            footer: words.footer.clone(),
            columns: words.schedule_columns.clone(),
            rows: rows
                .iter()
                .map(|row| self.row(row, &mut ink))
                .collect::<Result<_, _>>()?,
            title: title.clone(),
        };
        let printed = press::print(Layout::Schedule, &data, self.as_of)?;
        Ok(BulkPaper {
            title,
            bytes: printed.bytes,
            pages: printed.pages,
            blanks: Vec::new(),
            marks: ink.marks(),
        })
    }

    fn row(&self, row: &BulkRow, ink: &mut Ink) -> Result<[String; 7], PaperError> {
        let mut put = |what: &str, text: String, column: &str| {
            ink.put(what, &Value::new(text, row.path(column)))
        };
        let name = put("name", row.name.clone(), "name");
        let number = put("number", row.case_number.clone(), "case_number");
        let convicted = match row.convicted_on {
            Some(on) => {
                let text = words::date(&self.filing.dates, on)?;
                put("conviction date", text, "convicted_on")
            }
            None => String::new(),
        };
        let asked = match row.asked {
            Asked::Dismiss => &self.words.asked.dismiss,
            Asked::Misdemeanor => &self.words.asked.misdemeanor,
            Asked::Infraction => &self.words.asked.infraction,
            Asked::Lesser => &self.words.asked.lesser,
        };
        let asked = put("relief asked", asked.clone(), "determination");
        let part = match row.basis {
            Basis::Law => "A",
            Basis::Office => "B",
        };
        let part = put("part", part.to_owned(), "law_says");
        // Written out as on the orders.
        let each =
            packs::papers::Phrase::parse("{offense}{level}").map_err(|_| PaperError::Mismatch)?;
        let offense = ink.text(&each, &self.offense(row)?)?;
        Ok([
            row.number.to_string(),
            name,
            number,
            offense,
            convicted,
            asked,
            part,
        ])
    }
}
