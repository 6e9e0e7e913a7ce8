//! Sections of law, for whoever types a record in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for the sections that fit what was typed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindStatutes {
    /// Whose law the court applies, as records name it; `null` where that is not known.
    pub jurisdiction: Option<String>,
    /// What was typed: a number in any spelling, or a word of the offense's name.
    pub typed: String,
}

/// The sections that fit.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct StatutesFound {
    /// The best first, a few of them.
    pub found: Vec<StatuteView>,
    /// The one section whose number was typed as a whole, in the record's form.
    pub exact: Option<String>,
    /// The same, where its code was typed too: then it needs no choice.
    pub sure: Option<String>,
    /// Whether the rules know the section that was typed; absent where what was typed names none, or where no rules are asked.
    pub known: Option<bool>,
}

/// One section.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct StatuteView {
    /// In the record's form.
    pub section: String,
    /// Whose law it is.
    pub jurisdiction: String,
    /// What it was called, and when; several where the number changed its meaning.
    pub names: Vec<StatuteName>,
}

/// What a section was called, by the day of the offense.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct StatuteName {
    /// The name, in the language of the session.
    pub name: String,
    /// First day; open where absent.
    pub from: Option<String>,
    /// First day on which it no longer was.
    pub until: Option<String>,
}
