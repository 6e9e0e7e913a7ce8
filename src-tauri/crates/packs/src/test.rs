//! Tests: the closed list of questions that a rule may put to a record.

mod raw;
mod words;

use jiff::civil::Date;
use record::{DispositionKind, Effect, Level, PartKind, Plea};
use serde::Deserialize;

use crate::door::Anchor;
use crate::fact::Circumstance;
use crate::limit::ScaleId;
use crate::offense::ListId;
use crate::section::Charge;

pub(crate) use raw::{RawTest, Terms};

/// A test, or tests together.
#[derive(Debug, Clone)]
pub enum Test {
    /// Every one holds; none at all holds.
    All(Vec<Test>),
    /// At least one holds; none at all does not.
    Any(Vec<Test>),
    /// The other does not hold.
    Not(Box<Test>),
    /// It holds for some count of the case, or of all cases where the answer is about the person. None at all does not.
    AnyCount(usize, Box<Test>),
    /// One question.
    One(Leaf),
}

impl Test {
    /// Every question in it, in the order of writing.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Leaf> {
        let mut all = Vec::new();
        self.asks(&mut |leaf| {
            all.push(leaf);
            false
        });
        all
    }

    /// Whether some question in it is one of those.
    pub fn asks<'a>(&'a self, is: &mut impl FnMut(&'a Leaf) -> bool) -> bool {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().any(|test| test.asks(is)),
            Self::Not(test) | Self::AnyCount(_, test) => test.asks(is),
            Self::One(leaf) => is(leaf),
        }
    }

    /// Whether it asks if an offense stands on a list, or what came later: both can be questions of law.
    #[must_use]
    pub fn asks_a_list(&self) -> bool {
        self.asks(&mut |leaf| {
            matches!(
                leaf,
                Leaf::Prior { .. }
                    | Leaf::Companion(_)
                    | Leaf::Listed(_)
                    | Leaf::Ever(_)
                    | Leaf::Pattern(_)
                    | Leaf::Since(_)
            )
        })
    }
}

/// One question.
#[derive(Debug, Clone)]
pub enum Leaf {
    /// The judgment is of a court of one of these jurisdictions.
    Court(Vec<String>),
    /// The count ended in one of these ways.
    Outcome(Vec<DispositionKind>),
    /// Earlier relief: given under one of these sections (any, where none is named), with one of these effects (likewise).
    Granted {
        /// The sections.
        by: Vec<Charge>,
        /// Sections that do not count; none where all do.
        not_by: Vec<Charge>,
        /// The effects.
        effect: Vec<Effect>,
    },
    /// The offense was on this day or later.
    OffenseFrom(Date),
    /// The offense is an attempt.
    Attempt,
    /// The conduct's class is one of these.
    Conduct(u16),
    /// The amount's class is one of these.
    Amount(ScaleId, u16),
    /// A circumstance is present.
    Circumstance(Circumstance),
    /// Convictions on a list that came before this case was charged, at least so many, in other cases.
    Prior {
        /// The list.
        list: ListId,
        /// How many.
        at_least: usize,
    },
    /// A conviction on a list in this very case.
    Companion(ListId),
    /// A duty to register is on record and no conviction of a list explains it, or nothing is known of registrations.
    ///
    /// Never certain: it says that a listed conviction may be missing from the record.
    Registered {
        /// The section of the duty.
        section: Charge,
        /// The convictions that bring it.
        explained_by: ListId,
    },
    /// A conviction of another jurisdiction that came before this case was charged.
    ElsewhereBefore,
    /// A conviction of another jurisdiction, whenever it came.
    Elsewhere,
    /// The record gives no date of the offense.
    Undated,
    /// The person has died.
    Died,
    /// The conviction as it stands is of one of these levels; as bits, infraction first.
    Level(u8),
    /// The count's own section is on a list.
    Listed(ListId),
    /// The count's section is of one of these codes.
    CodeOf(Vec<String>),
    /// The sentence has a part of this kind that was not suspended.
    Sentence(PartKind),
    /// The conditions of the sentence were broken.
    Violated,
    /// The conviction came by one of these pleas.
    Plea(Vec<Plea>),
    /// This count's sentence is still being served.
    Serving,
    /// What the person is under on the day asked about.
    Now(Now),
    /// An event, the judgment or the arrest, was on this day or later.
    EventFrom(Anchor, Date),
    /// The person was under this age on the day of the offense.
    Under(u8),
    /// A conviction on a list anywhere in the record, whenever it came.
    Ever(ListId),
    /// A later conviction than this one.
    Since(Since),
    /// A pattern: so many convictions or arrests of a list on separate occasions within so many years.
    Pattern(Pattern),
    /// The person is known to be a citizen.
    Citizen,
    /// It is a juvenile court's case.
    Juvenile,
    /// The person has a duty to register under this section.
    Duty(Charge),
}

/// What a person can be under on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Now {
    /// Serving a sentence in custody.
    Serving,
    /// On probation.
    Probation,
    /// On supervision after release to a county.
    Prcs,
    /// On parole, or on supervision that is a part of the sentence.
    Parole,
    /// Under any supervision.
    Supervised,
    /// Charged with an offense.
    Charged,
}

/// A later conviction in another case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// Only a felony.
    #[serde(default)]
    pub felony: bool,
    /// No infraction.
    #[serde(default)]
    pub not_infraction: bool,
    /// After which day: of the judgment, or of the end of the sentence.
    pub after: Anchor,
    /// Within so many years of it; ever, where none is named.
    pub within: Option<i16>,
    /// The offense must be later; otherwise the conviction.
    #[serde(default)]
    pub by_offense: bool,
}

/// A pattern of listed convictions or arrests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// The list.
    pub list: ListId,
    /// So many convictions are one.
    pub convictions: usize,
    /// So many arrests are one.
    pub arrests: usize,
    /// Within so many years.
    pub years: i16,
}

/// The bit of a level; a violation stands with infractions.
#[must_use]
pub fn level_bit(level: Level) -> u8 {
    match level {
        Level::Violation | Level::Infraction => 1,
        Level::Misdemeanor => 2,
        Level::Felony => 4,
    }
}
