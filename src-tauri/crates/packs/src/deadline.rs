//! Deadlines: days that are counted from what happens to a paper once it is filed.
//!
//! They decide no answer. A pack says who has to act, from which event the days run, what ends them, and what silence does; a pure
//! function of `law` turns the days on which things happened into due days.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::Deserialize;

use crate::route::Say;

/// One deadline of a route.
#[derive(Debug, Clone)]
pub struct Deadline {
    /// Its id in the route.
    pub id: String,
    /// Who has to act.
    pub who: Who,
    /// What the days run from.
    pub from: Start,
    /// How long.
    pub plus: Term,
    /// Counted back from the event: the last day before it.
    pub before: bool,
    /// The event that meets it.
    pub met_by: Event,
    /// It does not run, or no longer, once this has happened.
    pub unless: Option<Event>,
    /// What follows when nobody acts.
    pub silence: Option<Silence>,
    /// What it says.
    pub say: Say,
}

/// Who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The person who asks, or the clinic for them.
    Applicant,
    /// The prosecutor.
    Prosecutor,
    /// The court.
    Court,
}

/// What can happen to a paper, each on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was filed with the court.
    Filed,
    /// It was served on the other side.
    Served,
    /// The other side answered.
    Answered,
    /// The court hears it.
    Hearing,
    /// The court decided.
    Decided,
}

impl Event {
    /// Every event, in the order in which they come.
    pub const ALL: [Self; 5] = [
        Self::Filed,
        Self::Served,
        Self::Answered,
        Self::Hearing,
        Self::Decided,
    ];

    /// Its name in a pack's file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Served => "served",
            Self::Answered => "answered",
            Self::Hearing => "hearing",
            Self::Decided => "decided",
        }
    }
}

/// What a deadline runs from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// An event.
    Event(Event),
    /// The end of another deadline, by its number among those of the route; always an earlier number.
    Deadline(usize),
}

/// What silence does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The court has to grant what was asked.
    Granted,
    /// What was asked counts as refused.
    Denied,
}

/// A time to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// Days of the calendar.
    Days(u16),
    /// Months; the last day of a shorter month where there is no such day.
    Months(u16),
    /// Years; likewise.
    Years(u16),
}

/// The longest time that is a deadline, in its unit: more is a mistake.
const LONGEST: u16 = 3660;

impl Term {
    /// Reads `60 days`, `1 month`, `2 years`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.split_once(' ')?;
        let number: u16 = number.parse().ok().filter(|n| (1..=LONGEST).contains(n))?;
        match unit {
            "day" | "days" => Some(Self::Days(number)),
            "month" | "months" => Some(Self::Months(number)),
            "year" | "years" => Some(Self::Years(number)),
            _ => None,
        }
    }

    fn span(self) -> Span {
        match self {
            Self::Days(n) => i32::from(n).days(),
            Self::Months(n) => i32::from(n).months(),
            Self::Years(n) => i32::from(n).years(),
        }
    }

    /// The day so long after a day, which itself does not count; none beyond the calendar.
    #[must_use]
    pub fn after(self, day: Date) -> Option<Date> {
        day.checked_add(self.span()).ok()
    }

    /// The day so long before a day.
    #[must_use]
    pub fn before(self, day: Date) -> Option<Date> {
        day.checked_sub(self.span()).ok()
    }
}

/// What the law presumes of a conviction once it is asked to clear it.
#[derive(Debug, Clone)]
pub struct Presumption {
    /// Its id, which is that of the reason it gives.
    pub id: String,
    /// The day whose law is presumed to make the conduct no crime.
    pub law_of: Date,
    /// From which event on it is presumed.
    pub from: Event,
    /// What the record would have to show for nobody to be able to rebut it.
    pub test: crate::test::Test,
    /// Who may rebut it.
    pub by: Who,
    /// By which standard of proof.
    pub standard: Standard,
    /// What it says.
    pub say: Say,
    /// The point for a lawyer where the record itself shows what would rebut it.
    pub review: Say,
}

/// How strongly something has to be proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standard {
    /// More likely than not.
    Preponderance,
    /// Clear and convincing evidence.
    ClearAndConvincing,
}
