//! Paths of single facts in a record, and setting one.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{JsonError, Record};

/// The path of a fact in the record's JSON: `person.born`, `cases[0].counts[1].amounts`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(transparent)]
#[ts(export)]
pub struct FactPath(String);

/// Why a fact could not be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// The path names nothing in this record.
    #[error("there is no `{0}` in this record")]
    NoSuchPlace(FactPath),
    /// The value does not fit the place.
    #[error(transparent)]
    Refused(#[from] JsonError),
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl FactPath {
    /// The path's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn steps(&self) -> Option<Vec<Step<'_>>> {
        let mut steps = Vec::new();
        for part in self.0.split('.') {
            let mut pieces = part.split('[');
            steps.push(Step::Key(pieces.next().filter(|key| !key.is_empty())?));
            for index in pieces {
                steps.push(Step::Index(index.strip_suffix(']')?.parse().ok()?));
            }
        }
        Some(steps)
    }
}

impl From<String> for FactPath {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for FactPath {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl FromStr for FactPath {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

impl Borrow<str> for FactPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Record {
    /// What the record holds at a path; `None` is unknown.
    #[must_use]
    pub fn fact(&self, path: &FactPath) -> Option<Value> {
        let mut at = serde_json::to_value(self).ok()?;
        for step in path.steps()? {
            at = match step {
                Step::Key(key) => at.get_mut(key)?.take(),
                Step::Index(index) => at.get_mut(index)?.take(),
            };
        }
        Some(at).filter(|value| !value.is_null())
    }

    /// The record with one fact set; `null` makes it unknown. The whole record is checked again.
    ///
    /// # Errors
    /// The path names no place (a list index beyond its end, a key the format does not have), or the value does not fit it.
    pub fn with_fact(&self, path: &FactPath, value: Value) -> Result<Self, FactError> {
        let missing = || FactError::NoSuchPlace(path.clone());
        let mut whole = serde_json::to_value(self).map_err(|_| missing())?;
        let mut at = &mut whole;
        for step in path.steps().ok_or_else(missing)? {
            at = match step {
                Step::Key(key) => {
                    if at.is_null() {
                        *at = Value::Object(serde_json::Map::new());
                    }
                    at.as_object_mut()
                        .ok_or_else(missing)?
                        .entry(key)
                        .or_insert(Value::Null)
                }
                Step::Index(index) => at.get_mut(index).ok_or_else(missing)?,
            };
        }
        *at = value;
        Ok(Self::from_json(&whole.to_string())?)
    }
}
