//! Counts: one charge, what became of it, and what the court's record shows about it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, PartialDate, Section};

/// A name for a count that stays the same while the record is edited.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(transparent)]
#[ts(export)]
pub struct CountId(pub String);

/// One count of a case.
///
/// `conduct`, `amounts` and `circumstances` hold only what the court's record shows or the other side can prove; what a
/// client says in confidence has no place here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Count {
    /// Stable name of the count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CountId>,
    /// The section charged or convicted of, without an attempt's own section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// The offense in the sheet's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// An attempt to commit the section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<bool>,
    /// The offense behind an accessory, conspiracy or attempt count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Section>,
    /// Level of the conviction, or of the charge where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The day of the offense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offense_date: Option<PartialDate>,
    /// What became of it; unknown when the record does not show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Disposition>,
    /// The sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<Sentence>,
    /// What was done, where the section covers several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conduct: Option<Vec<Conduct>>,
    /// How much; a list that is present is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amounts: Option<Vec<Amount>>,
    /// Facts that make the offense graver or milder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circumstances: Option<Circumstances>,
    /// Relief already given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relief_granted: Option<Vec<ReliefGranted>>,
}

/// How grave an offense is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Level {
    /// Below an infraction: a civil matter.
    Violation,
    /// Punished by a fine.
    Infraction,
    /// Up to a year in jail.
    Misdemeanor,
    /// Graver.
    Felony,
}

/// What became of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Disposition {
    /// Which outcome.
    pub kind: DispositionKind,
    /// Its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// The plea or verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plea: Option<Plea>,
}

/// The kinds of outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DispositionKind {
    /// A conviction.
    Convicted,
    /// Dismissed.
    Dismissed,
    /// Found not guilty.
    Acquitted,
    /// Never charged: released, rejected, detention only.
    NotFiled,
    /// Diverted or deferred.
    Diverted,
    /// A juvenile court's finding.
    Adjudicated,
    /// Not decided yet.
    Pending,
    /// Something else the sheet names.
    Other,
}

/// How a conviction came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Plea {
    /// A guilty plea.
    Guilty,
    /// No contest.
    NoContest,
    /// A verdict after trial.
    Trial,
}

/// A sentence in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Sentence {
    /// Its parts; a list that is present is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<SentencePart>>,
    /// Whether it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<SentenceStatus>,
    /// The day it was completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<PartialDate>,
    /// Whether its conditions were broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub violated: Option<bool>,
}

/// One part of a sentence; its length as far as it is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct SentencePart {
    /// What kind.
    pub kind: PartKind,
    /// Whole years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u16>,
    /// Whole months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u16>,
    /// Whole days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// Execution or imposition was suspended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<bool>,
}

/// The kinds of sentence part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PartKind {
    /// State or federal prison.
    Prison,
    /// County jail.
    Jail,
    /// Probation.
    Probation,
    /// Mandatory supervision.
    MandatorySupervision,
    /// Parole.
    Parole,
    /// A fine.
    Fine,
    /// Restitution.
    Restitution,
    /// Community service.
    CommunityService,
    /// Something else.
    Other,
}

/// Whether a sentence is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SentenceStatus {
    /// Over.
    Completed,
    /// Still running.
    Serving,
}

/// What the person did, where one section covers several acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Conduct {
    /// Had it.
    Possess,
    /// Grew it.
    Cultivate,
    /// Had it for sale.
    PossessForSale,
    /// Sold it.
    Sell,
    /// Supplied it.
    Furnish,
    /// Gave it away.
    Give,
    /// Moved it.
    Transport,
    /// Moved it for sale.
    TransportForSale,
    /// Brought it into the state.
    Import,
    /// Took it out of the state.
    Export,
}

/// Facts about how an offense was done; each true, false or unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Circumstances {
    /// The buyer was under 18, and the seller knew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer_under_18: Option<bool>,
    /// The one who was given it was under 21.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_under_21: Option<bool>,
    /// Someone under 21 was knowingly employed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employed_under_21: Option<bool>,
    /// On school grounds while school was open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_grounds: Option<bool>,
    /// It left the state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_state: Option<bool>,
    /// A listed harm to water, land or wildlife.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environmental_harm: Option<bool>,
    /// The rules for growing at home were broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grow_rules_broken: Option<bool>,
    /// The person was a victim of human trafficking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trafficking_victim: Option<bool>,
    /// In a jail or prison.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_custody_facility: Option<bool>,
    /// What was taken or written was worth more than 950 dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_over_950: Option<bool>,
    /// The sentence was served, in good standing, on a fire crew or in an institution's firehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fire_crew: Option<bool>,
}

/// Relief that was already given on a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ReliefGranted {
    /// The section, or the office, that gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// What it did.
    pub effect: Effect,
    /// Its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
}

/// What a granted relief did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Effect {
    /// The conviction was dismissed.
    Dismissed,
    /// It became a misdemeanor.
    ReducedToMisdemeanor,
    /// It became an infraction.
    ReducedToInfraction,
    /// The record was sealed.
    Sealed,
    /// The judgment was vacated.
    Vacated,
    /// The person was pardoned.
    Pardoned,
}
