//! What the law says, one card per conviction: the answer first, in a sentence.

use jiff::civil::Date;
use record::findings::{Finding, Warning};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{ClientId, Text};

/// Asks what the law says.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The day asked about; absent is today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<String>,
}

/// What the law says about one client on one day.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Results {
    /// The day.
    #[ts(type = "string")]
    pub as_of: Date,
    /// The rule packs that answered, `us-ca 2026.11`.
    pub packs: Vec<String>,
    /// One entry per court case, in the record's order.
    pub cases: Vec<CaseResult>,
    /// Answers about the person and no one conviction (a certificate of rehabilitation), strongest first.
    pub person: Vec<Alternative>,
    /// The question that decides most counts.
    pub first_question: Option<QuestionView>,
    /// What the screening could not answer for this day, in words.
    pub notes: Vec<String>,
}

/// One court case.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseResult {
    /// Index in the record.
    pub case: usize,
    /// The court's number.
    pub number: Option<String>,
    /// The county or other place of the court.
    pub county: Option<String>,
    /// The year it was filed or judged.
    pub year: Option<String>,
    /// One card per count.
    pub cards: Vec<Card>,
    /// Answers about the whole case (sealing an arrest), strongest first.
    pub whole: Vec<Alternative>,
}

/// One conviction and what can be done about it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Card {
    /// Index of the count.
    pub count: usize,
    /// The plain name before the section: `marijuana, transport`.
    pub description: Option<String>,
    /// The section, `HS 11360(a)`.
    pub section: Option<String>,
    /// The shape and word of the answer.
    pub status: CardStatus,
    /// The answer in a sentence.
    pub headline: Text,
    /// "Because ...": the reasons that carry the answer, shortest form.
    pub because: Option<Text>,
    /// How to ask for it: which paper, what it costs, whether there is a hearing.
    pub how: Option<Text>,
    /// What it does once granted, and what it does not; absent where it cannot be had.
    pub effect: Option<Text>,
    /// True when the answer rests on what the other side has not shown: say "ask for", never "you get".
    pub ask_for: bool,
    /// Every test of the answer, in order.
    pub reasons: Vec<ReasonView>,
    /// What would have to change for a better answer.
    pub change: Vec<Text>,
    /// Questions that can be answered here.
    pub questions: Vec<QuestionView>,
    /// What a lawyer should still look at.
    pub review: Vec<ReasonView>,
    /// Warnings that go with the answer.
    pub warnings: Vec<Warning>,
    /// Other ways, strongest first.
    pub alternatives: Vec<Alternative>,
    /// The finding behind the headline; absent where no route concerns the count.
    pub finding: Option<Finding>,
}

/// The shape and word of an answer. Seven shapes, not seven colors.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardStatus {
    /// Can be asked for now.
    Eligible,
    /// Can be asked for from a date on.
    NotYet,
    /// Turns on a fact that is not known.
    NeedsFacts,
    /// The law is unsettled, or it is a judgment call.
    NeedsAttorney,
    /// Cannot be asked for.
    NotEligible,
    /// The court did it already.
    AlreadyGranted,
    /// Should have been done automatically: check first.
    LikelyDone,
    /// No route that is screened concerns this count.
    NotScreened,
}

/// One test and its outcome.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReasonView {
    /// In words.
    pub text: String,
    /// The outcome; absent is "not known".
    pub holds: Option<bool>,
    /// The citation.
    pub cite: Option<String>,
    /// Facts it read, by path.
    pub facts: Vec<String>,
    /// The lines of a sheet those facts came from.
    pub lines: Vec<LineRef>,
}

/// A line of a sheet.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize, TS)]
pub struct LineRef {
    /// The sheet.
    pub sheet: i64,
    /// Page, from 1.
    pub page: u32,
    /// Line, from 1.
    pub line: u32,
}

/// A question that can be answered in place.
#[derive(Clone, Debug, Serialize, TS)]
pub struct QuestionView {
    /// The fact by its path: goes back in `answer`.
    pub fact: String,
    /// The question in words.
    pub ask: String,
    /// Where the answer can be found.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// What kind of answer fits.
    pub kind: QuestionKind,
    /// How many counts it decides.
    pub decides: u32,
    /// What each answer would lead to; empty where the answers are too many to list.
    pub leads: Vec<LeadView>,
}

/// One answer to a question, and what would follow.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LeadView {
    /// The answer in words: "Yes", "More than 28.5 g of flower".
    pub answer: Text,
    /// The answer as it goes back in `answer`, where it is one value.
    #[ts(type = "unknown")]
    pub value: Option<Value>,
    /// What the cards would say then: on a card one entry, at the first question one for each different answer.
    pub then: Vec<ThenView>,
}

/// What some cards would say.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ThenView {
    /// How many cards.
    pub counts: u32,
    /// The shape and word of their answer.
    pub status: CardStatus,
    /// Their answer in a sentence.
    pub headline: Text,
    /// "Because ...", in its shortest form.
    pub because: Option<Text>,
}

/// What kind of answer fits a question.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", content = "of")]
pub enum QuestionKind {
    /// `true`, `false` or not known.
    YesNo,
    /// A date as far as known.
    Date,
    /// A list of amounts with unit and bound.
    Amounts,
    /// One of these words of the contract.
    OneOf(Vec<String>),
    /// Any of these words of the contract.
    AnyOf(Vec<String>),
    /// Something else: on the record screen.
    OnRecord,
}

/// Another way for the same count.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Alternative {
    /// The route's name in words.
    pub name: Text,
    /// The answer in a sentence.
    pub headline: Text,
    /// "Because ...": the reasons that carry the answer, shortest form.
    pub because: Option<Text>,
    /// How to ask for it: which paper, what it costs, whether there is a hearing.
    pub how: Option<Text>,
    /// What it does once granted, and what it does not; absent where it cannot be had.
    pub effect: Option<Text>,
    /// What would have to change for a better answer; a wait is one.
    pub change: Vec<Text>,
    /// Questions that can be answered here.
    pub questions: Vec<QuestionView>,
    /// Shape and word.
    pub status: CardStatus,
    /// The finding behind it.
    pub finding: Finding,
}
