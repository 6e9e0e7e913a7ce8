//! The numbers of a review under a policy.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PolicyRules, ReviewPolicy};

/// Asks for the numbers under a policy.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewUnder {
    /// The policy, by id.
    pub policy: String,
    /// With these rules in the place of its own.
    pub edited: Option<PolicyRules>,
}

/// The numbers of a review under a policy.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewNumbers {
    /// The policy.
    pub policy: ReviewPolicy,
    /// The tables in the folder are under this policy and have every decision.
    pub written: bool,
    /// Rows read.
    pub rows: u64,
    /// Rows that could not be used.
    pub rows_not_used: u64,
    /// Rows of the county.
    pub rows_of_county: u64,
    /// People in the files.
    pub people: u64,
    /// Convictions decided on.
    pub all: Outcomes,
    /// Felonies that are dismissed or made less.
    pub felonies_cleared: u64,
    /// The earliest conviction decided on.
    pub earliest: Option<String>,
    /// What is left of people's records if everything asked for is granted.
    pub left: PeopleLeft,
    /// The same if every one of these convictions were dismissed.
    pub if_all: PeopleLeft,
    /// By section, the largest first.
    pub sections: Vec<OutcomesOf>,
    /// By decade of the conviction.
    pub decades: Vec<OutcomesOf>,
    /// By who decided.
    pub deciders: Vec<CountOf>,
    /// By reason, the most frequent first.
    pub reasons: Vec<CountOf>,
    /// By age, race and sex.
    pub groups: Vec<ReviewGroups>,
}

/// Convictions by what comes of them.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, TS)]
pub struct Outcomes {
    /// Ask for dismissal.
    pub dismiss: u64,
    /// Ask for a lesser offense.
    pub reduce: u64,
    /// A person must look.
    pub review: u64,
    /// Nothing can be asked for.
    pub not_eligible: u64,
    /// Done before.
    pub already_granted: u64,
}

/// The same for some of them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutcomesOf {
    /// Which.
    pub name: String,
    /// Theirs.
    pub outcomes: Outcomes,
}

/// How many of something.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CountOf {
    /// Of what.
    pub name: String,
    /// So many.
    pub n: u64,
}

/// People before and after.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PeopleLeft {
    /// People with a conviction that was decided on.
    pub people: u64,
    /// Some conviction of theirs is dismissed or reduced.
    pub some_relief: u64,
    /// Had a felony.
    pub felony_before: u64,
    /// Have one afterwards.
    pub felony_after: u64,
    /// Had a conviction in the last seven years.
    pub seven_before: u64,
    /// Have one afterwards.
    pub seven_after: u64,
    /// Had any conviction.
    pub any_before: u64,
    /// Have one afterwards.
    pub any_after: u64,
}

/// Groups of people by one thing that the file says of them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewGroups {
    /// `age`, `race` or `sex`.
    pub kind: String,
    /// The groups.
    pub groups: Vec<ReviewGroup>,
}

/// A group beside everybody.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewGroup {
    /// What the file says; empty where it says nothing.
    pub name: String,
    /// People with a conviction that was decided on.
    pub people: u64,
    /// Those with a felony before.
    pub felony_before: u64,
    /// Those with one afterwards.
    pub felony_after: u64,
    /// Share with a felony before, in percent.
    pub before: Option<f64>,
    /// Share afterwards, in percent.
    pub after: Option<f64>,
    /// The share before, as a multiple of everybody's.
    pub times_before: Option<f64>,
    /// The same afterwards.
    pub times_after: Option<f64>,
}
