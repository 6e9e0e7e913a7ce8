//! The office's blanks of official forms.

use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;

/// Every form that is known, and what the office has.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FormsView {
    /// The folder they lie in.
    pub folder: String,
    /// Every form that the packs know or the office describes.
    pub forms: Vec<FormView>,
    /// Files of the folder that are not used.
    pub rejected: Vec<RejectedForm>,
}

/// One form.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FormView {
    /// Its number, as printed.
    pub number: String,
    /// Its title, as printed.
    pub title: String,
    /// A court may insist on it; else a paper of ours stands for it.
    pub mandatory: bool,
    /// The packs, or the office, say what its fields mean.
    pub fills: bool,
    /// The office describes it itself.
    pub own: bool,
    /// The counties whose courts alone take it; none where all do.
    pub counties: Vec<String>,
    /// The newest revision the packs know.
    #[ts(type = "string | null")]
    pub newest: Option<Date>,
    /// The blanks the office has; several revisions live side by side.
    pub blanks: Vec<FormStanding>,
}

/// One blank.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FormStanding {
    /// The day printed as its revision.
    #[ts(type = "string | null")]
    pub revision: Option<Date>,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// New papers are made on it.
    pub used: bool,
    /// It can be filled from a record.
    pub fills: bool,
    /// From this day somebody must look whether there is a newer revision.
    #[ts(type = "string | null")]
    pub check_by: Option<Date>,
    /// That day has come.
    pub overdue: bool,
}

/// A file that is not used.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RejectedForm {
    /// Its name.
    pub file: String,
    /// Why, in words.
    pub why: String,
}
