//! The rules of a policy, as the window shows and changes them. What they mean: `packs::policy`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The rules of a policy, from the top: the first whose conditions all hold says what is asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PolicyRules {
    /// What a disqualification by law does: `law`, `review` or `policy`.
    pub disqualified: String,
    /// The sections it is about.
    pub sections: Vec<String>,
    /// The rules.
    pub rules: Vec<PolicyRule>,
}

/// One rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PolicyRule {
    /// Its conditions; all must hold.
    pub when: PolicyWhen,
    /// `dismiss`, `reduce`, `review` or `nothing`.
    pub then: String,
    /// The reason, in words.
    pub say: String,
}

/// Conditions; what is not set is not asked.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyWhen {
    /// It is a felony, or is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub felony: Option<bool>,
    /// It is of one of these sections.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub section: Option<Vec<String>>,
    /// It is of a companion section, or is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub companion: Option<bool>,
    /// A count of the policy's sections stands in the same cycle.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub beside_covered: Option<bool>,
    /// Of this day or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub convicted_from: Option<String>,
    /// Under this age on the day of the conviction.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub under_at_conviction: Option<u8>,
    /// At least this age on the day asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub age: Option<u8>,
    /// At least so many years since the conviction.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub years_since: Option<u8>,
    /// More than so many years since any conviction.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub years_clean: Option<u8>,
    /// Every conviction of the person is of these sections, or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub only_covered: Option<bool>,
    /// The person died, or did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub died: Option<bool>,
    /// More than one conviction, or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub several: Option<bool>,
    /// Its sentence has ended, or has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sentence_ended: Option<bool>,
    /// The sentences of all of these convictions have ended, or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sentences_ended: Option<bool>,
    /// A conviction on this list came before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub listed_before: Option<String>,
    /// A duty to register under this section began before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub registered_before: Option<String>,
    /// At least so many earlier convictions of the same section.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub same_section_before: Option<u8>,
}

/// Keeps a policy with changed rules beside the others, until the program ends.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepPolicy {
    /// The policy whose rules were changed, by id.
    pub policy: String,
    /// Its new name for people.
    pub title: String,
    /// The rules.
    pub edited: PolicyRules,
}
