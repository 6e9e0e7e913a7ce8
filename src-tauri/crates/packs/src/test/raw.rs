//! Tests as they are written in a file, and what they refer to.

use std::cell::Cell;

use jiff::civil::Date;
use record::{DispositionKind, Effect, Level, PartKind, Plea};
use serde::Deserialize;
use toml::Spanned;

use super::{Leaf, Now, Pattern, Since, Test, level_bit};
use crate::door::Anchor;
use crate::error::{LoadError, Problem};
use crate::fact::Circumstance;
use crate::file::TextFile;
use crate::limit::Limits;
use crate::offense::{Offenses, charge};
use crate::section::Codes;

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
    completed_from: Option<Date>,
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
        if let Some(day) = self.completed_from {
            leaf(Leaf::EventFrom(Anchor::Completed, day), true);
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
