//! The report with plots, made from the summary alone: it says nothing that the summary does not.

mod figures;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use crate::ReviewError;
use crate::job::SUMMARY;
use crate::tally::Determined;

/// The report, in the folder of a review.
pub const FIGURES: &str = "report.pdf";

/// What the report takes from a summary.
#[derive(Debug, Deserialize)]
pub(crate) struct Numbers {
    pub(crate) county: String,
    pub(crate) as_of: Date,
    pack: String,
    route: String,
    policy_title: String,
    policy_source: String,
    #[serde(default)]
    files_left_out_as_the_same: Vec<String>,
    rows: u64,
    rows_not_used: u64,
    rows_of_county: u64,
    people: u64,
    people_with_convictions_decided: u64,
    /// By section and level.
    convictions: BTreeMap<String, BTreeMap<String, Determined>>,
    by_decade: BTreeMap<String, BTreeMap<String, u64>>,
    by_reason: BTreeMap<String, u64>,
    people_left: Left,
    people_left_if_all_dismissed: Left,
    groups: BTreeMap<String, BTreeMap<String, Left>>,
    earliest_conviction: Option<String>,
}

/// People before and after, as `tally::Left` writes them.
#[derive(Debug, Default, Deserialize)]
struct Left {
    people: u64,
    some_relief: u64,
    felony_before: u64,
    felony_after: u64,
    last_seven_years_before: u64,
    last_seven_years_after: u64,
    conviction_after: u64,
    no_felony: u64,
    no_conviction_in_seven_years: u64,
    no_conviction: u64,
}

/// The report of a summary.
pub(crate) fn printed(summary: &[u8]) -> Result<Vec<u8>, ReviewError> {
    Numbers::of(summary, Path::new(SUMMARY))?.printed()
}

impl Numbers {
    fn printed(&self) -> Result<Vec<u8>, ReviewError> {
        let printed = papers::figures::figures(&self.figures(), self.as_of);
        Ok(printed.map_err(ReviewError::Report)?.bytes)
    }

    fn of(summary: &[u8], path: &Path) -> Result<Self, ReviewError> {
        let path = path.to_owned();
        serde_json::from_slice(summary).map_err(|_| ReviewError::Folder { path })
    }

    /// The summary of the review that stands in a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, ReviewError> {
        let path = folder.join(SUMMARY);
        match fs::read(&path) {
            Ok(text) => Self::of(&text, &path),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                match path.with_extension("json.age").exists() {
                    true => Err(ReviewError::NotKept { path, locked: true }),
                    false => Err(ReviewError::Folder { path }),
                }
            }
            Err(error) => Err(ReviewError::io(path)(error)),
        }
    }

    /// The pack that answered, without its version.
    pub(crate) fn pack_id(&self) -> &str {
        self.pack.split(' ').next().unwrap_or_default()
    }
}
