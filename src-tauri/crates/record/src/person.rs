//! Who the record is about, and how the person stands today.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PartialDate, Section};

/// The person a record is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Person {
    /// The name the papers use.
    pub name: Name,
    /// Other names the record was kept under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aliases: Option<Vec<Name>>,
    /// Day of birth, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<PartialDate>,
    /// Day of death, if the person has died.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died: Option<PartialDate>,
    /// Citizenship. Anything but `citizen` stops filing papers until an attorney clears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizenship: Option<Citizenship>,
    /// Numbers that agencies know the person by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifiers: Option<Vec<Identifier>>,
    /// Every duty to register that the record shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registrations: Option<Vec<Registration>>,
}

/// A person's name in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Name {
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// Middle names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub middle: Option<String>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Suffix such as Jr. or III.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
}

impl Name {
    /// The name as it is spoken: given, middle, family, suffix. Empty when no part is known.
    #[must_use]
    pub fn full(&self) -> String {
        [&self.given, &self.middle, &self.family, &self.suffix]
            .into_iter()
            .flatten()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Whether the person is a citizen of the United States, where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Citizenship {
    /// A citizen.
    Citizen,
    /// Not a citizen: a filing can do harm.
    Noncitizen,
}

/// A number that an agency knows the person by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Identifier {
    /// Whose number.
    pub kind: IdentifierKind,
    /// The number as printed.
    pub value: String,
}

/// Whose number an [`Identifier`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum IdentifierKind {
    /// The state's criminal identification number.
    Cii,
    /// The FBI's number.
    Fbi,
    /// Driver's licence.
    Cdl,
    /// The last four digits of a social security number; more is never kept.
    SsnLast4,
    /// A prison or jail number.
    Inmate,
    /// Any other.
    Other,
}

/// A duty to register, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Registration {
    /// The section that makes the duty.
    pub section: Section,
    /// Day of registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
}

/// The person's standing on one day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Standing {
    /// The day these facts are about; missing means the day asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null", optional)]
    pub on: Option<Date>,
    /// Serving a sentence in custody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serving: Option<bool>,
    /// Under any supervision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervised: Option<bool>,
    /// Which supervision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervision: Option<Vec<Supervision>>,
    /// Charged with an offense that is not decided yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charged: Option<bool>,
}

/// A kind of supervision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Supervision {
    /// Probation, formal or informal.
    Probation,
    /// Parole.
    Parole,
    /// Post-release community supervision.
    Prcs,
    /// Mandatory supervision after a split sentence.
    MandatorySupervision,
}
