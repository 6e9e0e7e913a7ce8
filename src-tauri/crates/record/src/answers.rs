//! The answers a person gave about one client's papers. What is absent was not asked, and stays blank on every paper.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clinic::Language;

/// What was asked and answered for the papers of one client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Answers {
    /// Name and version of this format.
    pub schema: AnswersSchema,
    /// How to reach the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// An attorney's clearance of the immigration question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub immigration: Option<ImmigrationClearance>,
    /// Choices that give something up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elections: Option<Elections>,
    /// Declarations that an attorney chose, in the client's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declare: Option<Vec<Declare>>,
}

/// Name and version of the answers' format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, TS)]
#[ts(export)]
pub enum AnswersSchema {
    /// The first version.
    #[default]
    #[serde(rename = "relief-desk/answers/1")]
    V1,
}

/// How to reach the client, and in which language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Contact {
    /// Address, one line an item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Vec<String>>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The client's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The client reads large print: the sheet to take home is made in it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large_print: Option<bool>,
}

/// An attorney's word that filing papers may be made for a person not known to be a citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ImmigrationClearance {
    /// Who: name and State Bar number.
    pub by: String,
    /// When.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// Choices about the papers that only people can make; `None` was not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Elections {
    /// Give up the hearing by the judge who sentenced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waive_original_judge: Option<bool>,
    /// Give up coming in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waive_appearance: Option<bool>,
    /// Who files and signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<Signer>,
    /// Papers that are made only where somebody asks for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Vec<Also>>,
}

/// A paper that is made only where somebody asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Also {
    /// A letter to a company that still reports what an order has changed; it needs an order in the record.
    Dispute,
    /// What to bring where fingerprints are taken for a copy of one's own record.
    LiveScan,
    /// A letter that asks for that copy without its fee.
    FeeWaiver,
    /// A paper that asks a court for what it was to do by itself: somebody looked, and it was not done.
    NotDone,
}

/// Who files and signs what goes to the court. Where nobody said, the one attorney a clinic names signs, the client where it names none;
/// among several nobody is presumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "as", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Signer {
    /// An attorney of the clinic.
    Attorney {
        /// The name, as the clinic's settings have it.
        name: String,
    },
    /// The client, in person.
    Client,
    /// Not decided: name and signature stay blank, and the packet is not ready.
    Open,
}

/// One declaration: about which count, and the client's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Declare {
    /// Index of the case in the record.
    pub case: usize,
    /// Index of the count in the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// The client's words.
    pub text: String,
    /// The language they are in, by its English name, where it is not English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Their English translation; paragraph stands beside paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english: Option<String>,
    /// Who translated them; absent leaves a line for the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<String>,
}
