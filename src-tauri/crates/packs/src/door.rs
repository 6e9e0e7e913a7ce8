//! Doors: routes that ask their questions in order and then grant, with no table of what the conduct would be today.
//!
//! Gates come first, in the order in which a refusal is named; then waits, each for its own kind of sentence; then what is
//! granted, by the first row whose test holds. The scope says what one answer is about.

use jiff::civil::Date;
use record::findings::{Mode, Path, Relief, Status};

use crate::deadline::Presumption;
use crate::route::{Gate, Notice, Say};
use crate::test::Test;

/// What one answer of a route is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One count.
    #[default]
    Count,
    /// One case with all its counts.
    Case,
    /// The person with all cases.
    Person,
}

/// A route that asks its questions and grants.
#[derive(Debug, Clone)]
pub struct Door {
    /// What one answer is about.
    pub scope: Scope,
    /// What is asked, in order.
    pub gates: Vec<Gate>,
    /// How long it is closed, by kind of sentence. For a case or a person they run for every count that they fit.
    pub waits: Vec<Wait>,
    /// What is granted: the first row whose test holds.
    pub grants: Vec<Grant>,
    /// What the law presumes once it is asked for.
    pub presumed: Option<Presumption>,
    /// Points for a lawyer that hang on the record.
    pub notices: Vec<Notice>,
}

/// A time before which a door is closed.
#[derive(Debug, Clone)]
pub struct Wait {
    /// Its id.
    pub id: String,
    /// For whom it is; for all where nothing is asked.
    pub test: Option<Test>,
    /// Its terms, one at least: the first that is over opens the door.
    pub terms: Vec<Term>,
    /// What it says.
    pub say: Say,
    /// Both readings in words, where whom it is for can be a question of law; without them it then counts as running, which promises
    /// less.
    pub arguable: Option<Say>,
    /// Whether it closes the door at all is a question of law: until it is over a lawyer has to answer.
    pub lawyer: bool,
}

/// Full years from an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// From which day it runs.
    pub from: Anchor,
    /// Full years; the anniversary is the first day on which the door is open.
    pub years: i16,
}

/// A day that a wait or a comparison starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The day the count was decided: judgment, dismissal.
    Judged,
    /// The day the sentence was over, all of it.
    Completed,
    /// The day of the offense, as far as it is known.
    Offense,
    /// The last arrest of the case.
    Arrested,
    /// Birth.
    Born,
    /// A day of the calendar.
    #[serde(skip)]
    Day(Date),
}

/// What a door grants.
#[derive(Debug, Clone)]
pub struct Grant {
    /// For whom; for the rest where nothing is asked.
    pub test: Option<Test>,
    /// The answer: open, done by itself, or for a lawyer.
    pub status: Status,
    /// What can be asked for; none where a lawyer must say.
    pub relief: Option<Relief>,
    /// Whether it is owed.
    pub mode: Option<Mode>,
    /// The way in, where the law splits them.
    pub path: Option<Path>,
    /// What it says.
    pub say: Say,
    /// A point for a lawyer.
    pub review: Option<Say>,
}
