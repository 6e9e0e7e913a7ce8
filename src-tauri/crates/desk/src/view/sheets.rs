//! Sheets: what was read, the places that a person compares with the original, and the reading of pictures page by page.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ClientId;

/// A sheet that was read.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Sheet {
    /// Names the sheet within the client.
    pub id: i64,
    /// The file's name as it was given.
    pub name: String,
    /// When it was read, in UTC.
    pub at: String,
    /// The share of lines that was understood or set aside for a reason, `0.97`.
    pub share: String,
    /// Every line, in order.
    pub lines: Vec<SheetLine>,
    /// Pages that were read from their pictures.
    pub pictures: Vec<u32>,
    /// What a person must compare with the original: lines that were not understood first, then the reader's doubts.
    pub places: Vec<SheetPlace>,
    /// Somebody said that the whole sheet was compared; absent while a place is open.
    pub verified: Option<Checked>,
}

/// A place on a sheet that a person must compare with the original.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct SheetPlace {
    /// Names the place within the sheet; the same when it is read again.
    pub key: String,
    /// What the reader doubts, as it names it: `impossible_date`, `unknown_court`, ...; absent for a line that was not understood.
    pub doubt: Option<String>,
    /// The facts it concerns: several where one line carries the same for several counts.
    pub facts: Vec<String>,
    /// Page of the line, from 1.
    pub page: u32,
    /// Line of the page, from 1.
    pub line: u32,
    /// The sheet's own words.
    pub text: String,
    /// What the sheet may mean; nothing was changed for it.
    pub proposal: Option<String>,
    /// What a person said; absent while nobody did.
    pub checked: Option<Checked>,
}

/// A person's word on a place or a whole sheet.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Checked {
    /// Whose.
    pub by: String,
    /// When, in UTC.
    pub at: String,
    /// The place says something else than was understood.
    pub corrected: bool,
}

/// Says of a place what the original says.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckPlace {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The sheet.
    pub sheet: i64,
    /// The place by its key; `whole` for the sheet as a whole, once every place is done.
    pub place: String,
    /// What it says.
    pub said: PlaceSaid,
}

/// What a person says of a place.
#[derive(Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlaceSaid {
    /// It was understood as it is printed, or there is nothing in it for the record.
    Confirmed,
    /// It says this instead.
    Corrected {
        /// The fact as the contract writes it; `null` where the original cannot be read either.
        #[ts(type = "unknown")]
        value: serde_json::Value,
    },
    /// It is to be compared again.
    Open,
}

/// Asks for a sheet's file as it was given.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Original {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The sheet.
    pub sheet: i64,
}

/// Asks for the picture of a page as its letters were recognised.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PageOf {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The sheet.
    pub sheet: i64,
    /// The page, from 1.
    pub page: u32,
}

/// How far the reading of a file is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReadStep {
    /// The letters of this page's picture are to be recognised.
    Picture {
        /// The page, from 1.
        page: u32,
        /// How many there are.
        pages: u32,
    },
    /// Everything was read; nothing is kept yet.
    Read,
}

/// Keeps what was read.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepRead {
    /// A person said that it is this client's sheet.
    pub sure: bool,
}

/// One line of a sheet.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct SheetLine {
    /// From 1.
    pub page: u32,
    /// From 1 within the page.
    pub line: u32,
    /// The line as it was read.
    pub text: String,
    /// What became of it.
    pub fate: LineFate,
    /// Why it was set aside, where it was.
    pub why: Option<String>,
    /// The facts of the record that rest on this line, by path.
    pub facts: Vec<String>,
    /// Where it stands on the page's picture in pixels: left, top, right, bottom. Absent where the text was there.
    pub frame: Option<[u32; 4]>,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineFate {
    /// Facts came from it.
    Used,
    /// Set aside for a reason from a closed list.
    Ignored,
    /// Not understood: somebody must look.
    Unread,
}
