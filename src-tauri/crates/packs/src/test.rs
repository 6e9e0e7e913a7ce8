//! Tests: the closed list of questions that a rule may put to a record.

mod words;

use std::cell::Cell;

use jiff::civil::Date;
use record::{DispositionKind, Effect, Level, PartKind, Plea};
use serde::Deserialize;
use toml::Spanned;

use crate::door::Anchor;
use crate::error::{LoadError, Problem};
use crate::fact::Circumstance;
use crate::file::TextFile;
use crate::limit::{Limits, ScaleId};
use crate::offense::{ListId, Offenses, charge};
use crate::section::{Charge, Codes};

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
    /// Whether it asks if an offense stands on a list, or what came later: both can be questions of law.
    #[must_use]
    pub fn asks_a_list(&self) -> bool {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().any(Self::asks_a_list),
            Self::Not(test) | Self::AnyCount(_, test) => test.asks_a_list(),
            Self::One(leaf) => matches!(
                leaf,
                Leaf::Prior { .. }
                    | Leaf::Companion(_)
                    | Leaf::Listed(_)
                    | Leaf::Ever(_)
                    | Leaf::Pattern(_)
                    | Leaf::Since(_)
            ),
        }
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

/// A test as it is written. Several keys in one table must all hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTest {
    all: Option<Vec<RawTest>>,
    any: Option<Vec<RawTest>>,
    not: Option<Box<RawTest>>,
    court: Option<Vec<String>>,
    outcome: Option<Vec<DispositionKind>>,
    granted: Option<RawGranted>,
    offense_from: Option<Date>,
    attempt: Option<bool>,
    conduct: Option<Vec<Spanned<String>>>,
    amount: Option<Vec<Spanned<String>>>,
    circumstance: Option<Circumstance>,
    prior: Option<RawPrior>,
    companion: Option<Spanned<String>>,
    registered: Option<RawRegistered>,
    elsewhere_before: Option<bool>,
    elsewhere: Option<bool>,
    undated: Option<bool>,
    died: Option<bool>,
    any_count: Option<Box<RawTest>>,
    level: Option<Vec<Level>>,
    listed: Option<Spanned<String>>,
    code: Option<Vec<Spanned<String>>>,
    sentence: Option<PartKind>,
    violated: Option<bool>,
    plea: Option<Vec<Plea>>,
    serving: Option<bool>,
    now: Option<Now>,
    judged_from: Option<Date>,
    arrested_from: Option<Date>,
    under: Option<u8>,
    ever: Option<Spanned<String>>,
    since: Option<Since>,
    pattern: Option<RawPattern>,
    citizen: Option<bool>,
    juvenile: Option<bool>,
    duty: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPattern {
    #[serde(rename = "in")]
    list: Spanned<String>,
    convictions: usize,
    arrests: usize,
    years: i16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGranted {
    #[serde(default)]
    by: Vec<Spanned<String>>,
    #[serde(default)]
    not_by: Vec<Spanned<String>>,
    #[serde(default)]
    effect: Vec<Effect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPrior {
    #[serde(rename = "in")]
    list: Spanned<String>,
    #[serde(default = "one")]
    at_least: usize,
}

fn one() -> usize {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRegistered {
    section: Spanned<String>,
    explained_by: Spanned<String>,
}

/// What tests refer to.
pub(crate) struct Terms<'a> {
    pub(crate) file: &'a TextFile,
    pub(crate) codes: &'a Codes,
    pub(crate) limits: &'a Limits,
    pub(crate) offenses: &'a Offenses,
    /// How many questions about several counts were met.
    pub(crate) quantified: Cell<usize>,
}

impl RawTest {
    pub(crate) fn resolve(self, terms: &Terms<'_>) -> Result<Test, LoadError> {
        let Terms {
            file,
            codes,
            limits,
            offenses,
            quantified,
        } = terms;
        let mut tests = Vec::new();
        let many = |raw: Vec<RawTest>| {
            raw.into_iter()
                .map(|test| test.resolve(terms))
                .collect::<Result<Vec<_>, _>>()
        };
        if let Some(raw) = self.all {
            tests.push(Test::All(many(raw)?));
        }
        if let Some(raw) = self.any {
            tests.push(Test::Any(many(raw)?));
        }
        if let Some(raw) = self.not {
            tests.push(Test::Not(Box::new(raw.resolve(terms)?)));
        }
        if let Some(raw) = self.any_count {
            let number = quantified.get();
            quantified.set(number + 1);
            tests.push(Test::AnyCount(number, Box::new(raw.resolve(terms)?)));
        }
        let mut leaf = |leaf: Leaf, wanted: bool| {
            let test = Test::One(leaf);
            tests.push(if wanted {
                test
            } else {
                Test::Not(Box::new(test))
            });
        };
        if let Some(courts) = self.court {
            leaf(Leaf::Court(courts), true);
        }
        if let Some(kinds) = self.outcome {
            leaf(Leaf::Outcome(kinds), true);
        }
        if let Some(granted) = self.granted {
            let sections = |all: &[Spanned<String>]| {
                all.iter()
                    .map(|s| charge(file, codes, s))
                    .collect::<Result<Vec<_>, _>>()
            };
            leaf(
                Leaf::Granted {
                    by: sections(&granted.by)?,
                    not_by: sections(&granted.not_by)?,
                    effect: granted.effect,
                },
                true,
            );
        }
        if let Some(day) = self.offense_from {
            leaf(Leaf::OffenseFrom(day), true);
        }
        if let Some(wanted) = self.attempt {
            leaf(Leaf::Attempt, wanted);
        }
        if let Some(classes) = self.conduct {
            leaf(Leaf::Conduct(limits.conduct_classes(file, &classes)?), true);
        }
        if let Some(classes) = self.amount
            && let Some((scale, mask)) = limits.amount_classes(file, &classes)?
        {
            leaf(Leaf::Amount(scale, mask), true);
        }
        if let Some(circumstance) = self.circumstance {
            leaf(Leaf::Circumstance(circumstance), true);
        }
        if let Some(prior) = self.prior {
            let list = offenses.resolve_list(file, &prior.list)?;
            leaf(
                Leaf::Prior {
                    list,
                    at_least: prior.at_least,
                },
                true,
            );
        }
        if let Some(list) = self.companion {
            leaf(Leaf::Companion(offenses.resolve_list(file, &list)?), true);
        }
        if let Some(registered) = self.registered {
            let section = charge(file, codes, &registered.section)?;
            let explained_by = offenses.resolve_list(file, &registered.explained_by)?;
            leaf(
                Leaf::Registered {
                    section,
                    explained_by,
                },
                true,
            );
        }
        if let Some(wanted) = self.elsewhere_before {
            leaf(Leaf::ElsewhereBefore, wanted);
        }
        if let Some(wanted) = self.elsewhere {
            leaf(Leaf::Elsewhere, wanted);
        }
        if let Some(wanted) = self.undated {
            leaf(Leaf::Undated, wanted);
        }
        if let Some(wanted) = self.died {
            leaf(Leaf::Died, wanted);
        }
        if let Some(levels) = self.level {
            let mask = levels.iter().fold(0, |mask, l| mask | level_bit(*l));
            leaf(Leaf::Level(mask), true);
        }
        if let Some(list) = self.listed {
            leaf(Leaf::Listed(offenses.resolve_list(file, &list)?), true);
        }
        if let Some(names) = self.code {
            for name in &names {
                if !codes.has(name.get_ref()) {
                    let mut known: Vec<&str> = codes.names().collect();
                    known.sort_unstable();
                    let problem = Problem::unknown("the code", name.get_ref(), known);
                    return Err(file.error_at(name, problem));
                }
            }
            let names = names.into_iter().map(Spanned::into_inner).collect();
            leaf(Leaf::CodeOf(names), true);
        }
        if let Some(part) = self.sentence {
            leaf(Leaf::Sentence(part), true);
        }
        if let Some(wanted) = self.violated {
            leaf(Leaf::Violated, wanted);
        }
        if let Some(pleas) = self.plea {
            leaf(Leaf::Plea(pleas), true);
        }
        if let Some(wanted) = self.serving {
            leaf(Leaf::Serving, wanted);
        }
        if let Some(now) = self.now {
            leaf(Leaf::Now(now), true);
        }
        if let Some(day) = self.judged_from {
            leaf(Leaf::EventFrom(Anchor::Judged, day), true);
        }
        if let Some(day) = self.arrested_from {
            leaf(Leaf::EventFrom(Anchor::Arrested, day), true);
        }
        if let Some(age) = self.under {
            leaf(Leaf::Under(age), true);
        }
        if let Some(list) = self.ever {
            leaf(Leaf::Ever(offenses.resolve_list(file, &list)?), true);
        }
        if let Some(since) = self.since {
            leaf(Leaf::Since(since), true);
        }
        if let Some(raw) = self.pattern {
            let pattern = Pattern {
                list: offenses.resolve_list(file, &raw.list)?,
                convictions: raw.convictions,
                arrests: raw.arrests,
                years: raw.years,
            };
            leaf(Leaf::Pattern(pattern), true);
        }
        if let Some(wanted) = self.citizen {
            leaf(Leaf::Citizen, wanted);
        }
        if let Some(wanted) = self.juvenile {
            leaf(Leaf::Juvenile, wanted);
        }
        if let Some(section) = self.duty {
            leaf(Leaf::Duty(charge(file, codes, &section)?), true);
        }
        match (tests.pop(), tests.is_empty()) {
            (None, _) => Err(file.error(0..0, Problem::Value("a test asks nothing".to_owned()))),
            (Some(only), true) => Ok(only),
            (Some(last), false) => {
                tests.push(last);
                Ok(Test::All(tests))
            }
        }
    }
}
