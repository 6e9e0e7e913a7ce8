//! The clinic: whose name and habits stand on the papers.

use std::num::NonZeroU32;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A clinic, as the papers and the screens need it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Clinic {
    /// Name and version of this format.
    pub schema: ClinicSchema,
    /// The clinic's name.
    pub name: String,
    /// Address, one line an item.
    #[serde(default)]
    pub address: Vec<String>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The language it works in when the client has not chosen one.
    #[serde(default)]
    pub language: Language,
    /// Its attorneys. Who of several signs is said in the answers. Empty: the client files in person.
    #[serde(default)]
    pub attorneys: Vec<Attorney>,
    /// What it knows about counties.
    #[serde(default)]
    pub counties: Vec<CountyHabit>,
    /// Nothing is printed before an attorney signed it off.
    #[serde(default)]
    pub require_sign_off: bool,
}

/// Name and version of the clinic's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, TS)]
#[ts(export)]
pub enum ClinicSchema {
    /// The first version.
    #[default]
    #[serde(rename = "relief-desk/clinic/1")]
    V1,
}

/// A language of the program.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

/// An attorney of the clinic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Attorney {
    /// Name.
    pub name: String,
    /// State Bar number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bar: Option<String>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// What the clinic knows about one county's habits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct CountyHabit {
    /// County, without the word.
    pub county: String,
    /// Copies besides the original.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// Probation is served too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serve_probation: Option<bool>,
    /// What a file that is uploaded to its court must keep to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<UploadRule>,
    /// The day somebody last made sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null", optional)]
    pub confirmed: Option<Date>,
    /// Where papers go by post there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<PostalAddress>>")]
    pub addresses: Vec<PostalAddress>,
}

/// What a file that is uploaded to a court must keep to, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct UploadRule {
    /// The largest file it takes, in megabytes of a million bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub megabytes: Option<NonZeroU32>,
    /// How a file is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<FileNameRule>,
}

/// How a file is named: letters, digits, `-`, `_` and `.`, and places in braces for what tells files apart: `{order}` (01, 02,
/// ...), `{number}` (of the case), `{paper}` (petition, order, ...), `{family}` (the client's family name).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
#[ts(export, type = "string")]
pub struct FileNameRule(String);

/// A rule for file names that cannot be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a rule for file names is letters, digits, `-`, `_`, `.`, and {{order}}, {{number}}, {{paper}} or {{family}}; it needs {{paper}}, as files of one name would take each other's place"
)]
pub struct FileNameRuleError;

impl FileNameRule {
    /// The rule with its places filled in.
    #[must_use]
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        let mut name = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (place, behind) = after.split_once('}').unwrap_or((after, ""));
            name.push_str(before);
            name.push_str(&value(place));
            rest = behind;
        }
        name + rest
    }
}

impl TryFrom<String> for FileNameRule {
    type Error = FileNameRuleError;

    fn try_from(rule: String) -> Result<Self, FileNameRuleError> {
        let mut plain = rule.clone();
        for place in ["{order}", "{number}", "{paper}", "{family}"] {
            plain = plain.replace(place, "");
        }
        let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if !rule.contains("{paper}") || !plain.chars().all(letter) || rule.starts_with('.') {
            return Err(FileNameRuleError);
        }
        Ok(Self(rule))
    }
}

impl From<FileNameRule> for String {
    fn from(rule: FileNameRule) -> Self {
        rule.0
    }
}

/// Where somebody gets papers by post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PostalAddress {
    /// Whose it is.
    pub to: Addressee,
    /// Its lines, the name first, as they stand on the envelope.
    pub lines: Vec<String>,
    /// The day somebody last made sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null", optional)]
    pub confirmed: Option<Date>,
}

/// Who gets papers by post in a county.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Addressee {
    /// The clerk of the court.
    Court,
    /// The prosecuting agency.
    Prosecutor,
    /// The probation department.
    Probation,
    /// The agency that made an arrest.
    ArrestingAgency,
}

#[cfg(test)]
mod tests {
    use super::FileNameRule;

    #[test]
    fn a_rule_for_file_names_is_followed_or_refused() {
        let rule = FileNameRule::try_from("{order}-{number}_{paper}.v1".to_owned()).unwrap();
        let name = rule.fill(|place| format!("<{place}>"));
        assert_eq!(name, "<order>-<number>_<paper>.v1");
        for wrong in [
            "",
            "{number}",
            "{paper}/x",
            "../{paper}",
            "{paper} {born}",
            "{paper}{",
            ".{paper}",
        ] {
            assert!(FileNameRule::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
