//! Findings: what each route says about each count, with its proof.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::lead::Lead;
use crate::{CaseId, CountId, FactPath};

/// All that was found for one record on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Findings {
    /// Name and version of this format.
    pub schema: FindingsSchema,
    /// The day asked about.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub as_of: Date,
    /// The rule packs that answered.
    pub packs: Vec<PackVersion>,
    /// One finding for every route and count whose offense the route could concern.
    pub findings: Vec<Finding>,
}

/// Name and version of the findings' format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, TS)]
#[ts(export)]
pub enum FindingsSchema {
    /// The first version.
    #[default]
    #[serde(rename = "relief-desk/findings/1")]
    V1,
}

/// Which version of a rule pack answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PackVersion {
    /// The pack's id, such as `us-ca`.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// The id of a route: pack and door, `us-ca/prop-64`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(transparent)]
#[ts(export)]
pub struct RouteId(pub String);

/// What one route says about one count (or one case, or the person).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Finding {
    /// The route.
    pub route: RouteId,
    /// Index of the case; `None` for the whole person.
    pub case: Option<usize>,
    /// Index of the count in the case; `None` for the whole case.
    pub count: Option<usize>,
    /// The case's stable name.
    #[serde(default)]
    pub case_id: Option<CaseId>,
    /// The count's stable name.
    #[serde(default)]
    pub count_id: Option<CountId>,
    /// The answer.
    pub status: Status,
    /// Why not, for `not_eligible`.
    pub code: Option<Code>,
    /// The best result to ask for.
    pub relief: Option<Relief>,
    /// The result if what is presumed is disproved; `None` when that would be nothing, or nothing is presumed.
    pub fallback: Option<Relief>,
    /// Facts taken in the client's favour because nobody has shown otherwise.
    pub presumes: Vec<FactPath>,
    /// Whether the court must, may, or did it by itself; `None` while unknown facts leave it open.
    pub mode: Option<Mode>,
    /// Petition or application, where the statute splits them; `None` while open.
    pub path: Option<Path>,
    /// The first day it opens, for `not_yet`.
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null")]
    pub earliest: Option<Date>,
    /// What to ask, the question that decides most counts first.
    pub questions: Vec<Question>,
    /// The proof tree, in order. Left out in the short form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<Reason>>,
    /// Points a lawyer should still look at though an answer is given.
    pub review: Vec<Review>,
    /// What the client must be told.
    pub warnings: Vec<Warning>,
    /// Where and how to ask. Left out in the short form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<Procedure>,
    /// The official forms of this route.
    pub forms: Vec<String>,
    /// Order of work among the open routes of a count: 1 is done first.
    pub rank: Option<u32>,
    /// The lowest standing among the citations used.
    pub verification: Verification,
}

/// The answers a route can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Status {
    /// Open now.
    Eligible,
    /// Opens on a day that can be named.
    NotYet,
    /// Not open.
    NotEligible,
    /// Turns on a fact of the record that is not known.
    NeedsFacts,
    /// The law is unsettled, or the call is a judgment.
    NeedsAttorney,
    /// It was given before.
    AlreadyGranted,
    /// An automatic process should have done it: check first.
    LikelyDone,
}

/// Why a route is not open; the first that applies, in this order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Code {
    /// Another jurisdiction's conviction.
    OtherJurisdiction,
    /// No conviction.
    NotAConviction,
    /// The route does not reach this offense.
    NotCovered,
    /// The offense came after the act.
    AfterTheAct,
    /// A prior or a circumstance bars it.
    Disqualified,
    /// Today's law has no lesser offense for it.
    NoLesserOffense,
    /// The offense is excluded by name.
    ExcludedOffense,
    /// The sentence was of another kind.
    WrongSentence,
    /// Still serving.
    Serving,
    /// Still supervised.
    Supervised,
    /// Charged with an offense.
    Charged,
}

/// What a court can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(
    missing_docs,
    reason = "the names are the contract's and say what they are"
)]
pub enum Relief {
    DismissAndSeal,
    RedesignateMisdemeanor,
    RedesignateInfraction,
    RecallAndDismiss,
    ResentenceMisdemeanor,
    ResentenceInfraction,
    Dismiss,
    ReduceToMisdemeanor,
    ReduceToInfraction,
    SealArrest,
    SealRecord,
    DestroyRecords,
    SetAside,
    Vacate,
    Expunge,
    Pardon,
    Certificate,
    EndProbation,
}

/// Whether relief is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Mode {
    /// The court must grant it.
    Entitled,
    /// The court may grant it.
    Discretionary,
    /// It happens without asking.
    Automatic,
}

/// The two ways in, where the statute splits them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Path {
    /// For a person still serving.
    Petition,
    /// For a completed sentence.
    Application,
}

/// A fact that is missing, and how to ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Question {
    /// The fact.
    pub fact: FactPath,
    /// The question in words. Left out in the short form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// Where the answer is found. Left out in the short form.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What each answer would come to, where that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leads: Vec<Lead>,
}

/// One test of the proof tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Reason {
    /// The test's id.
    pub id: String,
    /// Its outcome; `None` is unknown.
    pub holds: Option<bool>,
    /// What it says, in the language asked for.
    pub text: String,
    /// Its citation; a group has none of its own.
    pub cite: Option<String>,
    /// The facts it read.
    pub from: Vec<FactPath>,
}

/// A point a lawyer should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Review {
    /// The point.
    pub text: String,
    /// Its citation.
    pub cite: String,
}

/// A warning for the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Warning {
    /// Which warning: `immigration`, `check_first`, `danger_test`, ...
    pub code: String,
    /// The words.
    pub text: String,
    /// Its citation.
    #[serde(default)]
    pub cite: Option<String>,
}

/// Where and how to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Procedure {
    /// The court to file in.
    pub court: Option<String>,
    /// Who must be served.
    pub serve: Vec<String>,
    /// Days of notice before a hearing; `None` where the law names none.
    pub notice_days: Option<u32>,
    /// The fee, in words: `none` where there is none.
    pub fee: Option<String>,
    /// Copies besides the original, where known.
    pub copies: Option<u32>,
}

/// How well the law behind a finding was checked; the lowest of the citations used.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Verification {
    /// Not checked against the official text.
    Unverified,
    /// The official text was read.
    Read,
    /// An attorney approved it.
    AttorneyApproved,
}
