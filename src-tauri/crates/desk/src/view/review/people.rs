//! The people of a review and what was decided, and what a person decides by hand.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::CountOf;

/// Asks for decisions that fit.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewFind {
    /// The determination.
    pub determination: Option<String>,
    /// The section, without subdivisions.
    pub section: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// A question that is open.
    pub question: Option<String>,
    /// Words that stand in the row.
    pub words: Option<String>,
    /// From the so many-th that fits, from 0.
    pub from: u32,
}

/// Some of the decisions that fit.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewPage {
    /// So many fit.
    pub of: u64,
    /// Decisions that are not in the list, because there are too many.
    pub left_out: u64,
    /// Those asked for.
    pub rows: Vec<ReviewRow>,
    /// Sections to choose from.
    pub sections: Vec<CountOf>,
    /// Questions to choose from.
    pub questions: Vec<CountOf>,
}

/// One decision in the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewRow {
    /// Its number.
    pub number: u32,
    /// Whose it is.
    pub person: u32,
    /// The name in the file.
    pub name: String,
    /// What the list shows until asked.
    pub initials: String,
    /// The birth date in the file.
    pub born: String,
    /// The case number.
    pub case_number: String,
    /// The section.
    pub section: String,
    /// The level.
    pub level: String,
    /// The day of the conviction, as far as it is known.
    pub convicted_on: String,
    /// What comes of it.
    pub determination: String,
    /// Who decided.
    pub decided_by: String,
    /// Why.
    pub reason: String,
    /// A person decided it since the tables were written.
    pub given: bool,
}

/// Opens a person.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewWhose {
    /// As a row says.
    pub person: u32,
}

/// A person with every decision.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewedPerson {
    /// The name in the file.
    pub name: String,
    /// The person's key in the file.
    pub subject: String,
    /// The state's number.
    pub cii: String,
    /// The birth date.
    pub born: String,
    /// The sex.
    pub sex: String,
    /// The race.
    pub race: String,
    /// Registered under these sections.
    pub registered: String,
    /// The file says that the person died.
    pub deceased: bool,
    /// Convictions in the files, also of other sections.
    pub convictions: String,
    /// Felonies among them.
    pub felonies: String,
    /// The decisions.
    pub decisions: Vec<ReviewedCount>,
}

/// One decision with its reasons.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewedCount {
    /// What the list shows of it.
    pub row: ReviewRow,
    /// The count's digits.
    pub count: String,
    /// The court.
    pub court: String,
    /// Years since the conviction.
    pub years: String,
    /// Years since the last conviction of anything.
    pub years_any: String,
    /// What the reason rests on.
    pub citation: String,
    /// The relief that the law names, where every reading of what is open gives the same.
    pub relief: String,
    /// What a lawyer must look at.
    pub review_points: String,
    /// Whether the sentence still runs: `yes`, `unknown`, or empty where the rows have it over.
    pub sentence_running: String,
    /// What the law says by itself.
    pub law_says: String,
    /// Why.
    pub law_reason: String,
    /// What the policy says.
    pub policy_says: String,
    /// Questions that are open.
    pub questions: Vec<String>,
    /// What in the rows is doubtful.
    pub doubts: Vec<String>,
    /// Another of these sections that the comment names.
    pub also_mentioned: String,
    /// Every step of the law's answer.
    pub proof: Vec<ProofStep>,
    /// How sure the rule is.
    pub verification: String,
    /// The file the row stands in, and the line.
    pub file: String,
    /// The line.
    pub line: String,
}

/// A step of the law's answer.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct ProofStep {
    /// The condition's name in the pack.
    pub id: String,
    /// It holds, does not, or is open.
    pub holds: Option<bool>,
    /// What it rests on.
    pub cite: String,
}

/// Decides on a conviction by hand.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DecideByHand {
    /// The decision, as its row says.
    pub number: u32,
    /// What is to be asked for, as the tables name it; nothing takes a decision back that the tables do not have yet.
    pub determination: Option<String>,
    /// Why: what the person looked at.
    pub note: String,
}
