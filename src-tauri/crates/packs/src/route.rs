//! Routes: one door to relief each, with its gates, tables, exceptions, results, procedure and warnings.

mod asked;

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::Level;
use record::findings::{Code, Mode, Path, Relief, Status};
use serde::Deserialize;

use crate::deadline::Deadline;
use crate::door::{Door, Scope};
use crate::fact::{Ages, Bearer, Circumstance, Class};
use crate::limit::ScaleId;
use crate::offense::OffenseId;
use crate::section::Charge;
use crate::source::Cite;
use crate::test::{Leaf, Test};

pub use asked::Asked;

/// One door to relief.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its id in the pack.
    pub id: String,
    /// The first day it existed.
    pub from: Date,
    /// The first day it no longer existed; none while it does.
    pub until: Option<Date>,
    /// Answers for every count, or only for those whose offense it reaches.
    pub every_count: bool,
    /// Its place in the order of work: 1 is done first.
    pub order: u32,
    /// How it decides.
    pub kind: Kind,
    /// Forms for an adult's case.
    pub forms: Vec<String>,
    /// Forms for a juvenile's case.
    pub juvenile_forms: Vec<String>,
    /// Where and how to ask; none for a route that nobody asks for.
    pub procedure: Option<Procedure>,
    /// What has to happen by when once it is filed; none runs from a later one.
    pub deadlines: Vec<Deadline>,
    /// What the client must be told.
    pub warnings: Vec<Warning>,
}

/// How a route decides.
#[derive(Debug, Clone)]
pub enum Kind {
    /// By its own rules.
    Rules(Box<Rules>),
    /// By questions in order, without a table.
    Door(Box<Door>),
    /// By the rules of another route, without anybody asking, by a day.
    Automatic(Automatic),
}

/// A day by which relief should come by itself, as long as that day was the law.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// The day.
    pub day: Date,
    /// The first day on which the law named another; none where it still stands.
    pub until: Option<Date>,
}

impl Automatic {
    /// The day by which relief should come by itself, as the law stood on a day.
    #[must_use]
    pub fn due_on(&self, as_of: Date) -> Date {
        let held = |due: &&Due| due.until.is_none_or(|until| as_of < until);
        let due = self.due.iter().find(held).or(self.due.last());
        due.map_or(as_of, |due| due.day)
    }
}

/// Relief that comes by itself to those whom another route would help.
#[derive(Debug, Clone)]
pub struct Automatic {
    /// The number of the other route in the pack.
    pub like: usize,
    /// The days by which it should have happened, as the law stood from time to time: oldest first, each but the last with
    /// the first day on which it no longer held.
    pub due: Vec<Due>,
    /// It looks at what was decided before this day; at everything where there is none.
    pub judged_before: Option<Date>,
    /// The offenses it looks at.
    pub only: Vec<OffenseId>,
    /// Whether it looks at juvenile cases.
    pub juvenile: bool,
    /// What it says.
    pub say: Say,
}

/// Words with the authority behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// The key of the text.
    pub text: String,
    /// The authority.
    pub cite: Cite,
}

/// The rules of a route.
#[derive(Debug, Clone)]
pub struct Rules {
    /// What comes before the question which offense it is, in order.
    pub gates: Vec<Gate>,
    /// Which offenses the route reaches, and those that need a word of their own.
    pub reached: Vec<ReachRow>,
    /// Offense to the rows that name it, in order.
    pub reached_by: BTreeMap<OffenseId, Vec<usize>>,
    /// What an offense in no row is told.
    pub not_reached: Say,
    /// What stops an offense that is reached, in order.
    pub bars: Vec<Gate>,
    /// What the conduct would be under the law asked about.
    pub rows: Vec<Row>,
    /// Offense to its rows.
    pub rows_of: BTreeMap<OffenseId, Vec<usize>>,
    /// Named exceptions to rows.
    pub excepts: Vec<Except>,
    /// First ages of the bands that the rows tell apart, from 0.
    pub age_bands: Vec<u8>,
    /// The age that a juvenile court's case stands for where the birth date is unknown.
    pub juvenile_age: Option<Ages>,
    /// Facts that the other side bears, beside circumstances.
    pub opponent_conduct: bool,
    /// Likewise the amounts.
    pub opponent_amount: bool,
    /// Circumstances that the other side bears, as bits.
    pub opponent: u16,
    /// What says that the other side must disprove the better case, where something does.
    pub presumption: Option<Say>,
    /// Compares the conviction with today's law.
    pub lesser: Say,
    /// For a completed sentence.
    pub completed: Results,
    /// For a sentence that is being served.
    pub serving: Results,
    /// Points for a lawyer that hang on the record, not on a row.
    pub notices: Vec<Notice>,
}

/// A test before or after the offense is known, and what follows.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Its id.
    pub id: String,
    /// What is asked.
    pub test: Test,
    /// What follows if it holds.
    pub then: Option<Stop>,
    /// What follows if it does not.
    pub otherwise: Option<Stop>,
    /// Where it is a question of law: the readings between which a lawyer decides.
    pub arguable: Option<Say>,
    /// What it says.
    pub say: Say,
}

/// An answer that ends the evaluation.
#[derive(Debug, Clone)]
pub struct Stop {
    /// The answer.
    pub status: Status,
    /// Why not.
    pub code: Option<Code>,
    /// For an answer that is open: the class the conviction would get.
    pub class: Option<Class>,
    /// A point for a lawyer.
    pub review: Option<Say>,
}

/// Whether the offense behind another is one that the route reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// It is.
    Reached,
    /// It is another.
    Other,
}

/// Which offenses a route reaches.
#[derive(Debug, Clone)]
pub struct ReachRow {
    /// The offenses.
    pub of: Vec<OffenseId>,
    /// For an offense about another: which.
    pub target: Option<Target>,
    /// Only while serving, or only when completed.
    pub serving: Option<bool>,
    /// Only at these levels; any where none is named.
    pub levels: Vec<Level>,
    /// An answer of its own; none goes on to the table.
    pub then: Option<Stop>,
    /// What it says.
    pub say: Say,
}

/// One row of a decision table.
#[derive(Debug, Clone)]
pub struct Row {
    /// The offenses.
    pub of: Vec<OffenseId>,
    /// Full years of age on the offense date.
    pub age: Ages,
    /// The age bands that the row covers, as bits.
    pub bands: u16,
    /// Whether the row asks for the age at all.
    pub by_age: bool,
    /// Classes of conduct, as bits.
    pub conduct: u16,
    /// Classes of amount on a scale; any where none is named.
    pub amount: Option<(ScaleId, u16)>,
    /// Circumstances that must be present, as bits.
    pub with: u16,
    /// Circumstances that must be absent, as bits.
    pub without: u16,
    /// Days asked about on which the row is law.
    pub from: Option<Date>,
    /// First day on which it no longer is.
    pub until: Option<Date>,
    /// What the conduct would be.
    pub is: Class,
    /// What it would be on the other arguable reading.
    pub or: Option<Class>,
    /// The exceptions that can make it a felony, by number.
    pub unless: Vec<usize>,
    /// What it says.
    pub say: Say,
    /// A point for a lawyer, always.
    pub review: Option<Say>,
    /// A point for a lawyer where the conviction is no graver than today's law.
    pub same_review: Option<Say>,
}

/// A named exception to rows.
#[derive(Debug, Clone)]
pub struct Except {
    /// Its id.
    pub id: String,
    /// When it holds.
    pub test: Test,
    /// What follows.
    pub then: Stop,
    /// What it says.
    pub say: Say,
    /// A point for a lawyer where the facts leave it open.
    pub open_review: Option<Say>,
    /// A point for a lawyer where whether it holds is a question of law.
    pub arguable_review: Say,
}

/// What can be asked for, by the class of today's law.
#[derive(Debug, Clone)]
pub struct Results {
    /// The way in.
    pub path: Path,
    /// Whether it is owed.
    pub mode: Mode,
    /// Where the conduct is no offense today.
    pub lawful: Relief,
    /// Where it is an infraction.
    pub infraction: Relief,
    /// Where it is a misdemeanor.
    pub misdemeanor: Relief,
    /// What it says.
    pub say: Say,
}

impl Results {
    /// The relief for a class; none for a felony.
    #[must_use]
    pub fn relief(&self, class: Class) -> Option<Relief> {
        match class {
            Class::Lawful => Some(self.lawful),
            Class::Infraction => Some(self.infraction),
            Class::Misdemeanor => Some(self.misdemeanor),
            Class::Felony => None,
        }
    }
}

/// A point for a lawyer that hangs on the record.
#[derive(Debug, Clone)]
pub struct Notice {
    /// When it is due.
    pub test: Test,
    /// Whether it is pointed out on a refusal too, where today's law leaves no lesser offense.
    pub no_lesser: bool,
    /// The point.
    pub review: Say,
}

/// Where and how to ask.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// Key of the word for the fee.
    pub fee: String,
    /// The court's form by which a person who cannot pay asks to be let off; none where no fee is known.
    pub fee_form: Option<String>,
    /// Who is served.
    pub serve: Vec<String>,
    /// Days of notice; none where the law names none.
    pub notice_days: Option<u32>,
    /// The levels that the law names them for; all where it names none.
    pub notice_levels: Vec<Level>,
}

/// A warning and when it is due. Conditions that are left out do not matter.
#[derive(Debug, Clone)]
pub struct Warning {
    /// Its code, and the key of its text.
    pub code: String,
    /// The authority.
    pub cite: Cite,
    /// On these answers.
    pub status: Vec<Status>,
    /// On this code.
    pub because: Option<Code>,
    /// Only for a person not known to be a citizen.
    pub noncitizen: bool,
    /// Only where a sentence is, or may be, still served.
    pub serving: bool,
    /// Only where the result, or what remains of it, can be one of these classes.
    pub classes: Vec<Class>,
    /// Only for a conviction that is, or may be, of one of these levels.
    pub levels: Vec<Level>,
    /// Only for a person with a duty to register under this section.
    pub registered: Option<Charge>,
    /// Only where that automatic route looks at the count too, by number.
    pub automatic: Option<usize>,
    /// Only for a year in jail, to the day, imposed before this day.
    pub full_year_before: Option<Date>,
}

impl Rules {
    /// The days on which a bar begins to ask otherwise about the offense date.
    pub fn offense_edges(&self) -> impl Iterator<Item = Date> {
        self.bars.iter().filter_map(|bar| match bar.test {
            Test::One(Leaf::OffenseFrom(day)) => Some(day),
            _ => None,
        })
    }

    /// Who bears a circumstance.
    #[must_use]
    pub fn bearer(&self, circumstance: Circumstance) -> Bearer {
        if self.opponent & circumstance.bit() != 0 {
            Bearer::Opponent
        } else {
            Bearer::Record
        }
    }
}

impl Route {
    /// Whether the route existed on a day.
    #[must_use]
    pub fn exists(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// The first day of an offense for which it refuses because the offense came too late.
    #[must_use]
    pub fn closes_for_offenses_from(&self) -> Option<Date> {
        let (gates, bars): (&[Gate], &[Gate]) = match &self.kind {
            Kind::Door(door) => (&door.gates, &[]),
            Kind::Rules(rules) => (&rules.gates, &rules.bars),
            Kind::Automatic(_) => (&[], &[]),
        };
        let refuses = |gate: &&Gate| {
            let then = gate.then.as_ref();
            then.is_some_and(|stop| stop.status == Status::NotEligible)
        };
        let closing = gates.iter().chain(bars).filter(refuses);
        let days = closing.filter_map(|gate| match gate.test {
            Test::One(Leaf::OffenseFrom(day)) => Some(day),
            _ => None,
        });
        days.min()
    }

    /// What one answer of it is about.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match &self.kind {
            Kind::Door(door) => door.scope,
            Kind::Rules(_) | Kind::Automatic(_) => Scope::Count,
        }
    }

    /// The rules that decide, where they are its own.
    #[must_use]
    pub fn rules(&self) -> Option<&Rules> {
        match &self.kind {
            Kind::Rules(rules) => Some(rules),
            Kind::Automatic(_) | Kind::Door(_) => None,
        }
    }
}
