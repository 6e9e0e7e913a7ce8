//! The proof of service.

use serde::Deserialize;

use crate::papers::Phrase;

/// Words of the proof of service.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one part of the paper, named by what it is"
)]
pub struct ServiceTexts {
    pub title: Phrase,
    pub footer: String,
    pub who: Phrase,
    pub name: Phrase,
    pub address: Phrase,
    pub papers: Phrase,
    pub persons: Phrase,
    pub prosecutor: Phrase,
    pub prosecutor_known: Phrase,
    pub probation: Phrase,
    pub arresting: Phrase,
    pub arresting_known: Phrase,
    pub person: Phrase,
    pub place: Phrase,
    pub how: Phrase,
    pub perjury: Phrase,
    pub date: Phrase,
    pub print: Phrase,
    pub method: Vec<Method>,
}

/// A way of serving.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// What the server says.
    pub text: Phrase,
    /// What the server fills.
    pub fill: Vec<Phrase>,
}
