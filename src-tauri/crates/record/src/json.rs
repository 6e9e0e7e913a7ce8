//! JSON in, with the path of what was refused.

use serde::de::DeserializeOwned;

use crate::Record;
use crate::answers::Answers;
use crate::clinic::Clinic;
use crate::findings::Findings;

/// A JSON document that is not what it should be.
///
/// The text names places and keys, which are the format's own; a refused *value* may be somebody's data, so it is not repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: at `{path}`: {problem}")]
pub struct JsonError {
    /// Line of the document, from 1.
    pub line: usize,
    /// Path of the refused part, such as `cases[0].counts[1].section`.
    pub path: String,
    /// What is wrong there.
    pub problem: String,
}

impl JsonError {
    fn new(path: &serde_path_to_error::Path, error: &serde_json::Error) -> Self {
        let text = error.to_string();
        // serde_json ends with the place, which we say ourselves.
        let problem = text
            .rsplit_once(" at line ")
            .map_or(text.as_str(), |(what, _)| what);
        Self {
            line: error.line(),
            path: path.to_string(),
            problem: without_value(problem),
        }
    }
}

/// Takes the refused value out of a message such as ``invalid type: string "..", expected ..``; keys stay.
fn without_value(problem: &str) -> String {
    for kind in ["invalid type", "invalid value", "unknown variant"] {
        if problem.starts_with(kind)
            && let Some((_, expected)) = problem.rsplit_once(", expected ")
        {
            return format!("{kind}, expected {expected}");
        }
    }
    problem.to_owned()
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    // Keeping the path costs a third of the reading: it is looked for only where something is refused.
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|e| JsonError::new(e.path(), e.inner()))?;
    json.end().map_err(|e| JsonError {
        line: e.line(),
        path: ".".into(),
        problem: "there is more text after the document".into(),
    })?;
    Ok(value)
}

macro_rules! documents {
    ($($document:ty),*) => {$(
        impl $document {
            /// Reads one JSON document.
            ///
            /// # Errors
            /// The text is no JSON, a key is not known, or a value is not valid; the error names the place.
            pub fn from_json(text: &str) -> Result<Self, JsonError> {
                parse(text)
            }

            /// Writes one JSON document on one line.
            #[must_use]
            pub fn to_json(&self) -> String {
                // Our own types have string keys and no fallible parts: writing them cannot fail.
                serde_json::to_string(self).unwrap_or_default()
            }

            /// Writes one JSON document on one line, and its end, behind what a buffer holds.
            pub fn write_json_line(&self, buffer: &mut Vec<u8>) {
                // Nor can a buffer in memory refuse them.
                let _ = serde_json::to_writer(&mut *buffer, self);
                buffer.push(b'\n');
            }
        }
    )*};
}

documents!(Record, Findings, Clinic, Answers);
