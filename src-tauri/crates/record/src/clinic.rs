//! The clinic: whose name and habits stand on the papers.

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
