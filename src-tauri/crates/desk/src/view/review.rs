//! The mass review: what is chosen, and how far it is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Refusal;

mod after;
mod numbers;
mod people;
mod policy;

pub use after::*;
pub use numbers::*;
pub use people::*;
pub use policy::*;

/// What was chosen for a review, and what can be.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewView {
    /// The files of the export.
    pub files: Vec<ReviewFile>,
    /// The folder for the results.
    pub folder: Option<ReviewFolder>,
    /// A file of decisions that people made on an earlier queue.
    pub decisions: Option<String>,
    /// The counties there are.
    pub counties: Vec<String>,
    /// The policies there are: the program's, then those that were read from files.
    pub policies: Vec<ReviewPolicy>,
    /// A review that an earlier start of the program did not end.
    pub unfinished: Option<Unfinished>,
    /// Where the results lie that were looked at last.
    pub last: Option<String>,
    /// What comes after a review, and how far that is.
    pub after: AfterRun,
    /// How far a review is.
    pub run: ReviewRun,
}

/// A file, and what a first look at it found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewFile {
    /// Its name, without the folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// What it looks like.
    pub found: FileFound,
    /// Rows looked at.
    pub looked: u32,
    /// Those of them that cannot be used.
    pub broken: u32,
    /// Columns of its first row, where it is something else.
    pub columns: u32,
    /// The file it is the same as.
    pub same_as: Option<String>,
}

/// What a first look at a file found.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileFound {
    /// Rows of the export.
    Rows,
    /// Rows of the export, some of them broken.
    Broken,
    /// No export.
    Other,
    /// No row.
    Empty,
    /// It cannot be read.
    Unread,
    /// The same bytes as another file that was chosen: it counts once.
    Twin,
}

/// Where the results go.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewFolder {
    /// Its path.
    pub path: String,
    /// Results of an earlier review lie there and will be replaced.
    pub holds_results: bool,
}

/// A policy.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewPolicy {
    /// Names it in commands.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Where it is known from.
    pub source: String,
    /// It was read from a file.
    pub own: bool,
}

/// A review that did not end.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Unfinished {
    /// The county.
    pub county: String,
    /// The day asked about.
    #[ts(type = "string")]
    pub as_of: Date,
    /// The policy's name for people.
    pub policy: String,
    /// How many files.
    pub files: u32,
    /// Where its results go.
    pub folder: String,
    /// Its results are to be locked: with what must be said again.
    pub lock: ResultsLock,
}

/// Goes on with a review that did not end.
#[derive(Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GoOn {
    /// The keys or the passphrase; empty where the results lie open.
    pub secret: String,
}

/// How far a review is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewRun {
    /// What goes on.
    pub phase: RunPhase,
    /// Bytes of the export that are done.
    pub bytes: u64,
    /// Bytes in all; twice the files' where persons' rows lie apart.
    pub of_bytes: u64,
    /// People decided on.
    pub people: u64,
    /// The county, where a review was begun.
    pub county: String,
    /// The policy's name for people.
    pub policy: String,
    /// Its id.
    pub policy_id: String,
    /// The day asked about; empty where none was begun.
    pub as_of: String,
    /// Where the results go.
    pub folder: String,
    /// They are locked.
    pub locked: bool,
    /// The files written.
    pub written: Vec<String>,
    /// Files that were left out because another has the same bytes.
    pub twice: Vec<String>,
    /// Lines of the file of decisions that are about no conviction of these files.
    pub unused: Vec<String>,
    /// It went on where an earlier one had stopped.
    pub resumed: bool,
    /// Decisions that people gave and that the tables do not have yet.
    pub given: u32,
    /// The files of the export are there, so that the tables can be written again.
    pub again: bool,
    /// Why it did not end well.
    pub trouble: Option<Refusal>,
}

/// What goes on.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunPhase {
    /// Nothing.
    None,
    /// A review runs.
    Running,
    /// It waits.
    Paused,
    /// It was told to stop and is about to.
    Ending,
    /// It is done.
    Done,
    /// It was stopped, and what is done is kept.
    Kept,
    /// It was stopped, and nothing is kept.
    Cancelled,
    /// It could not be done.
    Failed,
}

/// Chooses something by its place in a list.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NthFile {
    /// From 0.
    pub nth: u32,
}

/// Begins a review.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BeginReview {
    /// The county.
    pub county: String,
    /// The day asked about.
    pub as_of: String,
    /// The policy, by id.
    pub policy: String,
    /// The large tables are written as Parquet too.
    pub parquet: bool,
    /// How the results lie in their folder.
    pub lock: ResultsLock,
    /// Keys or the passphrase; empty where the results lie open.
    pub secret: String,
}

/// How the results lie in their folder.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResultsLock {
    /// For everybody to read who has the folder.
    Open,
    /// For the holders of keys.
    Keys,
    /// For whoever knows a passphrase.
    Passphrase,
}

/// Makes a review wait or go on.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PauseReview {
    /// It waits.
    pub paused: bool,
}

/// Stops a review.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StopReview {
    /// What is done is kept, and the same review goes on from there.
    pub keep: bool,
}
