//! Declarations, and what a client is asked for one.

use record::clinic::Language;
use record::findings::RouteId;
use serde::Deserialize;

use crate::papers::Phrase;

/// Words of declarations.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one part of the paper, named by what it is"
)]
pub struct DeclarationTexts {
    pub title: Phrase,
    pub under: Phrase,
    pub footer: String,
    pub opening: Phrase,
    pub about: Phrase,
    pub about_case: Phrase,
    pub perjury: Phrase,
    pub date: Phrase,
    pub own_words: Phrase,
    pub english: Phrase,
    pub interpreter_heading: Phrase,
    pub interpreter: Phrase,
    pub interpreter_read: Phrase,
    /// What a client is asked, one after the other, in the order of the paper.
    pub prompt: Vec<Prompt>,
}

/// One thing to ask a client for a declaration. No answer is suggested, and nobody has to answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// Its name, for what is kept.
    pub key: String,
    /// The routes it is asked for; none for all.
    #[serde(default)]
    pub routes: Vec<RouteId>,
    /// In English.
    pub en: String,
    /// In Spanish.
    pub es: String,
}

impl Prompt {
    /// The question in a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Es => &self.es,
        }
    }

    /// Whether it is asked where one of these routes is.
    #[must_use]
    pub fn is_for(&self, routes: &[RouteId]) -> bool {
        self.routes.is_empty() || self.routes.iter().any(|route| routes.contains(route))
    }
}
