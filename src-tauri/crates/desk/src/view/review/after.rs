//! What comes after a review: papers, the comparison with the office's own list, and the court's answers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CountOf, Refusal};

/// What comes after a review.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AfterKind {
    /// Motion, order, schedules, orders for each person, and the lists.
    Papers,
    /// Comparison with the office's own list of cases.
    Compare,
    /// What the court did.
    Track,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AfterPhase {
    /// Nothing was asked for.
    None,
    /// It goes on.
    Running,
    /// It is done.
    Done,
    /// It was stopped, and nothing is left of it.
    Cancelled,
    /// It could not be done.
    Failed,
}

/// What comes after a review, and how far it is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AfterRun {
    /// What.
    pub kind: AfterKind,
    /// How far.
    pub phase: AfterPhase,
    /// Rows that are done.
    pub done: u64,
    /// Rows in all.
    pub of: u64,
    /// The folder it was written into.
    pub folder: String,
    /// Its numbers, by name.
    pub counts: Vec<CountOf>,
    /// Other numbers: the export's side of a comparison.
    pub beside: Vec<CountOf>,
    /// A sentence for the public.
    pub sentence: String,
    /// What is still missing before the papers can be filed.
    pub missing: Vec<String>,
    /// Why it could not be done.
    pub trouble: Option<Refusal>,
    /// The table that was chosen to compare with.
    pub list: Option<ListFound>,
    /// The folder of papers whose answers are read.
    pub papers: Option<String>,
    /// Attorneys who can sign.
    pub attorneys: Vec<String>,
    /// Whoever is in may clear the question of immigration.
    pub may_clear: bool,
}

/// A table that was chosen, and what its columns seem to be.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ListFound {
    /// Its name, without the folder.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The columns that look like case numbers, CII numbers, names, birth dates, outcomes and days; empty where none does.
    pub guess: Vec<String>,
}

/// Makes the papers of a review.
#[derive(Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MakePapers {
    /// Who signs; empty stays open.
    pub signer: String,
    /// Why an attorney clears the question of immigration; empty where none does.
    pub clearance: String,
}

/// Compares a list with the review, or reads the court's answers.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CompareList {
    /// Which of the two.
    pub kind: AfterKind,
    /// The column of case numbers; empty where there is none.
    pub case: String,
    /// The column of CII numbers.
    pub cii: String,
    /// The column of names.
    pub name: String,
    /// The column of birth dates.
    pub born: String,
    /// The column of answers.
    pub outcome: String,
    /// The column of the answers' days.
    pub on: String,
    /// In figures for the public, a number below this is not said.
    pub hide: u32,
}
