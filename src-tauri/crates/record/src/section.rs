//! Sections of law as records print them: a code and a number, `HS 11357(b)`.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A section of law: code, number, subdivisions, in normal form.
///
/// Normal form is `CODE number(sub)(sub)`: the code in capitals, one blank, the rest without blanks. Which offense a section
/// was on a given day is the packs' business, not this type's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(export, type = "string")]
pub struct Section {
    text: String,
    code_len: usize,
}

/// A text that names no section.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a section of law: write the code, a blank and the number, such as `HS 11357(b)`")]
pub struct SectionError;

/// Longer texts are no section but a mistake.
const MAX_LEN: usize = 60;

impl Section {
    /// The code: `HS`, `PC`, `RCW`.
    #[must_use]
    pub fn code(&self) -> &str {
        self.text.get(..self.code_len).unwrap_or_default()
    }

    /// Everything after the code: `11357(b)`.
    #[must_use]
    pub fn number(&self) -> &str {
        self.text.get(self.code_len + 1..).unwrap_or_default()
    }

    /// The number without its subdivisions: `11357`.
    #[must_use]
    pub fn base(&self) -> &str {
        let number = self.number();
        number.split_once('(').map_or(number, |(base, _)| base)
    }

    /// The subdivisions in order: `b`, then `1`.
    pub fn subdivisions(&self) -> impl Iterator<Item = &str> {
        self.number()
            .split('(')
            .skip(1)
            .map(|s| s.trim_end_matches(')'))
    }

    /// The whole text in normal form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Section {
    type Err = SectionError;

    fn from_str(text: &str) -> Result<Self, SectionError> {
        let text = text.trim();
        let (code, number) = text.split_once(char::is_whitespace).ok_or(SectionError)?;
        let number: String = number.split_whitespace().collect();
        let allowed = |c: char| c.is_alphanumeric() || "().-/:,§&".contains(c);
        if text.len() > MAX_LEN
            || code.is_empty()
            || number.is_empty()
            || !code
                .chars()
                .all(|c| c.is_alphanumeric() || ".&".contains(c))
            || !number.chars().all(allowed)
        {
            return Err(SectionError);
        }
        let code = code.to_uppercase();
        Ok(Self {
            code_len: code.len(),
            text: format!("{code} {number}"),
        })
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Section {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Section {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Section {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Section".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "maxLength": MAX_LEN,
            "description": "A section of law: code, blank, number with subdivisions, such as HS 11357(b)"
        })
    }
}
