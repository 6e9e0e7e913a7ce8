//! The mass review: what is chosen, how far it is, what it came to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Refusal;

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
    /// It went on where an earlier one had stopped.
    pub resumed: bool,
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

/// Asks for the numbers under a policy.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewUnder {
    /// The policy, by id.
    pub policy: String,
}

/// The numbers of a review under a policy.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewNumbers {
    /// The policy.
    pub policy: ReviewPolicy,
    /// The tables in the folder are under this policy.
    pub written: bool,
    /// Rows read.
    pub rows: u64,
    /// Rows that could not be used.
    pub rows_not_used: u64,
    /// Rows of the county.
    pub rows_of_county: u64,
    /// People in the files.
    pub people: u64,
    /// Convictions decided on.
    pub all: Outcomes,
    /// Felonies that are dismissed or made less.
    pub felonies_cleared: u64,
    /// The earliest conviction decided on.
    pub earliest: Option<String>,
    /// What is left of people's records if everything asked for is granted.
    pub left: PeopleLeft,
    /// The same if every one of these convictions were dismissed.
    pub if_all: PeopleLeft,
    /// By section, the largest first.
    pub sections: Vec<OutcomesOf>,
    /// By decade of the conviction.
    pub decades: Vec<OutcomesOf>,
    /// By who decided.
    pub deciders: Vec<CountOf>,
    /// By reason, the most frequent first.
    pub reasons: Vec<CountOf>,
    /// By age, race and sex.
    pub groups: Vec<ReviewGroups>,
}

/// Convictions by what comes of them.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, TS)]
pub struct Outcomes {
    /// Ask for dismissal.
    pub dismiss: u64,
    /// Ask for a lesser offense.
    pub reduce: u64,
    /// A person must look.
    pub review: u64,
    /// Nothing can be asked for.
    pub not_eligible: u64,
    /// Done before.
    pub already_granted: u64,
}

/// The same for some of them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutcomesOf {
    /// Which.
    pub name: String,
    /// Theirs.
    pub outcomes: Outcomes,
}

/// How many of something.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CountOf {
    /// Of what.
    pub name: String,
    /// So many.
    pub n: u64,
}

/// People before and after.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PeopleLeft {
    /// People with a conviction that was decided on.
    pub people: u64,
    /// Some conviction of theirs is dismissed or reduced.
    pub some_relief: u64,
    /// Had a felony.
    pub felony_before: u64,
    /// Have one afterwards.
    pub felony_after: u64,
    /// Had a conviction in the last seven years.
    pub seven_before: u64,
    /// Have one afterwards.
    pub seven_after: u64,
    /// Had any conviction.
    pub any_before: u64,
    /// Have one afterwards.
    pub any_after: u64,
}

/// Groups of people by one thing that the file says of them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewGroups {
    /// `age`, `race` or `sex`.
    pub kind: String,
    /// The groups.
    pub groups: Vec<ReviewGroup>,
}

/// A group beside everybody.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewGroup {
    /// What the file says; empty where it says nothing.
    pub name: String,
    /// People with a conviction that was decided on.
    pub people: u64,
    /// Those with a felony before.
    pub felony_before: u64,
    /// Those with one afterwards.
    pub felony_after: u64,
    /// Share with a felony before, in percent.
    pub before: Option<f64>,
    /// Share afterwards, in percent.
    pub after: Option<f64>,
    /// The share before, as a multiple of everybody's.
    pub times_before: Option<f64>,
    /// The same afterwards.
    pub times_after: Option<f64>,
}

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
