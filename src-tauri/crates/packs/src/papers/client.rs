//! Words of the sheet a client takes home.

use std::collections::HashMap;

use record::findings::Relief;
use serde::Deserialize;

use super::{DateWords, Phrase};

/// Everything one `client.<language>.toml` says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one sentence of the sheet, named by what it is"
)]
pub struct ClientTexts {
    pub title: Phrase,
    pub for_whom: Phrase,
    pub made: Phrase,
    pub what: Phrase,
    pub case: Phrase,
    pub case_no_number: Phrase,
    pub case_no_county: Phrase,
    pub case_unknown: Phrase,
    pub offense: Phrase,
    pub description: Phrase,
    pub year: Phrase,
    pub offense_unknown: Phrase,
    pub or_instead: Phrase,
    pub presumed: Phrase,
    pub may: Phrase,
    pub lawyer_first: Phrase,
    pub nothing: Phrase,
    pub not_now: Phrase,
    pub next: Phrase,
    pub know: Phrase,
    pub call: Phrase,
    pub call_no_phone: Phrase,
    pub times: Phrase,
    pub from_day: Phrase,
    pub law: Phrase,
    pub and: String,
    pub comma: String,
    pub dates: DateWords,
    pub ask: HashMap<Relief, Phrase>,
    pub alternative: HashMap<Relief, Phrase>,
    pub status: StatusTexts,
    pub hold: HoldTexts,
    pub step: Vec<Step>,
    pub aside: Vec<Aside>,
}

/// Why there is no paper for a conviction.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by the answer")]
pub struct StatusTexts {
    pub already_granted: Phrase,
    pub likely_done: Phrase,
    pub not_yet: Phrase,
    pub not_yet_unknown: Phrase,
    pub not_eligible: Phrase,
    pub needs_facts: Phrase,
    pub needs_attorney: Phrase,
    pub path: Phrase,
    pub no_words: Phrase,
    pub no_paper: Phrase,
    pub besides: Phrase,
}

/// What a person reads for whom nothing may be filed yet.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldTexts {
    /// Heading.
    pub heading: Phrase,
    /// Paragraphs.
    pub text: Vec<Phrase>,
}

/// A numbered step.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its words.
    pub text: Phrase,
    /// What it says besides where no paper of the client's has a time that the law counts.
    #[serde(default)]
    pub no_time: Option<Phrase>,
}

/// A warning in plain words.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aside {
    /// The warning of the findings that it puts in plain words.
    pub code: String,
    /// It stands on every sheet.
    #[serde(default)]
    pub always: bool,
    /// Another that says all that this one says: where that one stands, this one does not.
    #[serde(default)]
    pub within: Option<String>,
    /// Its words.
    pub text: Phrase,
}
