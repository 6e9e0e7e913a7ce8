//! Sections of law as records print them: a code and a number, `HS 11357(b)`.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A section of law: code, number, subdivisions, in normal form.
///
/// Normal form is `CODE number(sub)(sub)`: the code in capitals, one blank, the number, its subdivisions close to it. Which offense a section
/// was on a given day is the packs' business, not this type's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(export, type = "string")]
pub struct Section {
    text: String,
    code_len: usize,
}

/// A text that names no section.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a section of law: write the code, a blank and the number, such as `PC 100(b)`")]
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
        let mut words: Vec<&str> = text.split_whitespace().collect();
        // The number is where digits begin after the first word: a federal code has a title before it, `21 USC 844(a)`.
        let digits = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        // Sheets print the code behind the number: `100(b) PC`.
        let behind = words.len() > 1 && !words.iter().skip(1).any(digits);
        if behind && words.first().is_some_and(digits) {
            words.rotate_left(1);
        }
        let at = words
            .iter()
            .skip(1)
            .position(digits)
            .map_or(1, |skipped| skipped + 1);
        let (code, number) = words.split_at_checked(at).ok_or(SectionError)?;
        // Subdivisions stand close; a chapter and its section stand apart, `MGL 94C 34`.
        let (code, number) = (code.join(" "), number.join(" ").replace(" (", "("));
        if text.len() > MAX_LEN
            || number.is_empty()
            || !code
                .chars()
                .all(|c| c.is_alphanumeric() || " .&".contains(c))
            || !number
                .chars()
                .all(|c| c.is_alphanumeric() || " ().-/:,§&".contains(c))
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
            "description": "A section of law: code, blank, number with subdivisions, such as PC 100(b)"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Section;

    #[test]
    fn both_orders_are_one_section() {
        for (printed, normal) in [
            ("PC 100(b)", "PC 100(b)"),
            ("100(b) PC", "PC 100(b)"),
            ("100(b) pen code", "PEN CODE 100(b)"),
            ("21 USC 844(a)", "21 USC 844(a)"),
            ("MGL 94C 34", "MGL 94C 34"),
        ] {
            let section: Section = printed.parse().unwrap();
            assert_eq!(section.as_str(), normal, "{printed}");
        }
        for wrong in ["100(b)", "PC", "", "100 PC-THEFT"] {
            assert!(wrong.parse::<Section>().is_err(), "{wrong}");
        }
    }
}
