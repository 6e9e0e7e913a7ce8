//! Values put into the pack's sentences, each remembered with where it came from.

use std::collections::BTreeMap;

use packs::papers::{Phrase, Slot};
use serde::Serialize;

use crate::{Mark, PaperError};

/// A stretch of text, or a line to write on, as the layouts take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Run {
    /// Text. It is never read as anything but text.
    Text {
        t: String,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        b: bool,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        i: bool,
    },
    /// A line to write on, in points.
    Rule { rule: u16 },
}

impl Run {
    pub(crate) fn text(words: impl Into<String>) -> Self {
        Self::Text {
            t: words.into(),
            b: false,
            i: false,
        }
    }
}

/// A value and the facts it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) from: Vec<String>,
}

impl Value {
    /// A value from one fact.
    pub(crate) fn new(text: impl Into<String>, from: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            from: vec![from.into()],
        }
    }

    /// A word of the pack: no fact of anybody's.
    pub(crate) fn word(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            from: Vec::new(),
        }
    }
}

/// Values by the name a sentence uses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values(BTreeMap<&'static str, Value>);

impl Values {
    pub(crate) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.0.insert(name, value);
        self
    }
}

/// Writes sentences and remembers every value written.
#[derive(Debug, Default)]
pub(crate) struct Ink {
    marks: Vec<Mark>,
}

impl Ink {
    /// A sentence with its values, as runs.
    ///
    /// # Errors
    /// The sentence names a value that is not given here.
    pub(crate) fn runs(
        &mut self,
        phrase: &Phrase,
        values: &Values,
    ) -> Result<Vec<Run>, PaperError> {
        phrase
            .pieces()
            .iter()
            .map(|piece| {
                let t = match &piece.slot {
                    Slot::Text(words) => words.clone(),
                    Slot::Value(name) => self.value(phrase, name, values, str::to_owned)?,
                    Slot::Capitals(name) => self.value(phrase, name, values, str::to_uppercase)?,
                    Slot::Capitalised(name) => self.value(phrase, name, values, capitalised)?,
                };
                Ok(Run::Text {
                    t,
                    b: false,
                    i: piece.italic,
                })
            })
            .collect()
    }

    /// A sentence with its values, as plain text.
    ///
    /// # Errors
    /// The sentence names a value that is not given here.
    pub(crate) fn text(&mut self, phrase: &Phrase, values: &Values) -> Result<String, PaperError> {
        Ok(self.runs(phrase, values)?.iter().map(plain).collect())
    }

    /// Writes a value that stands alone.
    pub(crate) fn put(&mut self, what: &str, value: &Value) -> String {
        self.remember(what, &value.text, &value.from);
        value.text.clone()
    }

    /// Takes over what another wrote.
    pub(crate) fn join(&mut self, other: Self) {
        self.marks.extend(other.marks);
    }

    /// Everything written so far, each value once.
    pub(crate) fn marks(mut self) -> Vec<Mark> {
        self.marks.sort();
        self.marks.dedup();
        self.marks
    }

    fn value(
        &mut self,
        phrase: &Phrase,
        name: &str,
        values: &Values,
        shape: impl Fn(&str) -> String,
    ) -> Result<String, PaperError> {
        let value = values.0.get(name).ok_or_else(|| PaperError::Slot {
            text: phrase.as_str().to_owned(),
            slot: name.to_owned(),
        })?;
        let text = shape(&value.text);
        self.remember(name, &text, &value.from);
        Ok(text)
    }

    fn remember(&mut self, what: &str, value: &str, from: &[String]) {
        if !from.is_empty() && !value.is_empty() {
            self.marks.push(Mark {
                what: what.replace('_', " "),
                value: value.to_owned(),
                from: from.to_vec(),
            });
        }
    }
}

fn plain(run: &Run) -> &str {
    match run {
        Run::Text { t, .. } => t,
        Run::Rule { .. } => "",
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

impl Run {
    /// Its words, if it has any.
    pub(crate) fn words(&self) -> Option<&str> {
        match self {
            Self::Text { t, .. } => Some(t),
            Self::Rule { .. } => None,
        }
    }
}
