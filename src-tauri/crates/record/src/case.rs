//! Cases: what one court (or one arrest) made of one charge sheet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Count, PartialDate};

/// A name for a case that stays the same while the record is edited.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(transparent)]
#[ts(export)]
pub struct CaseId(pub String);

/// One case: the arrest and court events of one cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Case {
    /// Stable name of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CaseId>,
    /// The court, and under whose law it sits.
    pub court: Court,
    /// The court's case (docket) number, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The prosecuting agency, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prosecutor: Option<String>,
    /// A juvenile court case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub juvenile: Option<bool>,
    /// The day the case was charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed: Option<PartialDate>,
    /// The arrests that led to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrests: Option<Vec<Arrest>>,
    /// Its counts.
    #[serde(default)]
    pub counts: Vec<Count>,
}

/// A court and the law it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Court {
    /// The jurisdiction's id: `us-ca`, ..., `us` (federal), `tribal`, `military`, `foreign`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
    /// County, without the word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county: Option<String>,
    /// The court's name as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// An arrest: by whom, under which number, when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Arrest {
    /// The arresting agency as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The agency's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The day of the arrest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
}
