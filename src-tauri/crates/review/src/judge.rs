//! A policy's answer for one conviction, in three values: what is not known is never taken for a yes or a no.

use std::sync::Arc;

use jiff::civil::Date;
use packs::Pack;
use packs::offense::{Counts, Entry};
use packs::policy::{Asked, Policy, Rule, When};
use packs::section::{Charge, Fit};
use record::{Level, PartialDate, Registration};

/// What a policy says of a conviction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said<'p> {
    /// A rule answers.
    Rule(&'p Rule),
    /// The rules that could answer ask for different things, and these facts would decide.
    Open(Vec<&'static str>),
    /// No rule applies.
    Silent,
}

impl Said<'_> {
    /// What is asked for, where a rule answers.
    #[must_use]
    pub fn asked(&self) -> Option<Asked> {
        match self {
            Self::Rule(rule) => Some(rule.then),
            Self::Open(_) | Self::Silent => None,
        }
    }
}

/// A conviction as policies see it.
#[derive(Debug, Clone)]
pub struct Conviction {
    /// The section that it is, or probably is.
    pub charge: Option<Arc<Charge>>,
    /// An attempt.
    pub attempt: bool,
    /// Its level.
    pub level: Option<Level>,
    /// Its day.
    pub on: Option<PartialDate>,
    /// Which case: convictions of one case have the same number.
    pub case: usize,
    /// The first and the last day its sentence can have ended; none where a length cannot be read or the day is not known.
    pub ended: Option<(Date, Date)>,
    /// It is of the policy's sections.
    pub covered: bool,
    /// It is of the policy's companion sections.
    pub companion: bool,
    /// A count of the policy's sections stands in the same cycle.
    pub beside_covered: bool,
}

/// What policies ask about the person.
#[derive(Debug, Clone)]
pub struct Whole {
    /// All convictions.
    pub convictions: Vec<Conviction>,
    /// Birth.
    pub born: Option<PartialDate>,
    /// A row says that the person died.
    pub died: bool,
    /// Duties to register.
    pub registrations: Vec<Registration>,
}

/// Asks a policy about one of a person's convictions.
#[must_use]
pub fn ask<'p>(policy: &'p Policy, whole: &Whole, n: usize, as_of: Date, pack: &Pack) -> Said<'p> {
    let Some(conviction) = whole.convictions.get(n) else {
        return Said::Silent;
    };
    let asking = Asking {
        whole,
        conviction,
        n,
        as_of,
        pack,
    };
    let mut possible: Option<&Rule> = None;
    let mut facts: Vec<&'static str> = Vec::new();
    let mut differ = false;
    for rule in &policy.rules {
        let (holds, open) = asking.holds(&rule.when);
        if holds == Some(false) {
            continue;
        }
        differ |= possible.is_some_and(|other| other.then != rule.then);
        possible = possible.or(Some(rule));
        if holds == Some(true) {
            return match differ {
                true => Said::Open(facts),
                false => Said::Rule(rule),
            };
        }
        for fact in open {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    // Silence is an answer of its own.
    match possible {
        Some(_) => Said::Open(facts),
        None => Said::Silent,
    }
}

struct Asking<'a> {
    whole: &'a Whole,
    conviction: &'a Conviction,
    n: usize,
    as_of: Date,
    pack: &'a Pack,
}

type Answer = Option<bool>;

impl Asking<'_> {
    // The person's convictions as they stood on the day asked about, each with its place. The one asked about is always among them.
    fn convictions(&self) -> impl Iterator<Item = (usize, &Conviction)> {
        let all = self.whole.convictions.iter().enumerate();
        all.filter(|(n, other)| {
            let later = other.on.is_some_and(|on| on.earliest() > self.as_of);
            *n == self.n || !later
        })
    }

    // Whether all conditions hold, and the facts that leave it open.
    fn holds(&self, when: &When) -> (Answer, Vec<&'static str>) {
        let is =
            |wanted: Option<bool>, known: Answer| wanted.map(|w| known.map(|known| known == w));
        let years = |years: Option<u8>, of: &dyn Fn(u8) -> Answer| years.map(of);
        let conviction = self.conviction;
        let felony = conviction.level.map(|level| level == Level::Felony);
        let conditions = [
            ("level", is(when.felony, felony)),
            (
                "section",
                (!when.section.is_empty()).then(|| self.section(&when.section)),
            ),
            ("section", is(when.companion, Some(conviction.companion))),
            (
                "section",
                is(when.beside_covered, Some(conviction.beside_covered)),
            ),
            (
                "disposition.date",
                when.convicted_from.map(|day| self.convicted_from(day)),
            ),
            (
                "born",
                years(when.under_at_conviction, &|n| self.under_at_conviction(n)),
            ),
            ("born", years(when.age, &|n| self.age(n))),
            (
                "disposition.date",
                years(when.years_since, &|n| self.years_since(n)),
            ),
            (
                "dates of all convictions",
                years(when.years_clean, &|n| self.years_clean(n)),
            ),
            (
                "sections of all convictions",
                is(when.only_covered, self.only_covered()),
            ),
            ("died", is(when.died, Some(self.whole.died))),
            (
                "convictions",
                is(when.several, Some(self.convictions().count() > 1)),
            ),
            (
                "sentence.completed",
                is(when.sentence_ended, self.ended(conviction)),
            ),
            (
                "sentence.completed",
                is(when.sentences_ended, self.all_ended()),
            ),
            (
                "dates of all convictions",
                when.listed_before.as_deref().map(|list| self.listed(list)),
            ),
            (
                "registrations",
                when.registered_before
                    .as_ref()
                    .map(|duty| self.registered(duty)),
            ),
            (
                "dates of all convictions",
                years(when.same_section_before, &|n| self.same_section(n)),
            ),
        ];
        let mut all = Some(true);
        let mut open = Vec::new();
        for (fact, condition) in conditions {
            match condition {
                None | Some(Some(true)) => {}
                Some(Some(false)) => return (Some(false), Vec::new()),
                Some(None) => {
                    all = None;
                    open.push(fact);
                }
            }
        }
        (all, open)
    }

    fn section(&self, forms: &[Charge]) -> Answer {
        let charge = self.conviction.charge.as_ref()?;
        let best = forms.iter().map(|form| charge.fits(form)).max();
        match best {
            Some(Fit::Yes) => Some(true),
            Some(Fit::Perhaps) => None,
            Some(Fit::No) | None => Some(false),
        }
    }

    fn convicted_from(&self, day: Date) -> Answer {
        let on = self.conviction.on?;
        between(on.earliest() >= day, on.latest() < day)
    }

    fn under_at_conviction(&self, years: u8) -> Answer {
        let (born, on) = (self.whole.born?, self.conviction.on?);
        between(
            later(born.earliest(), years) > on.latest(),
            later(born.latest(), years) <= on.earliest(),
        )
    }

    fn age(&self, years: u8) -> Answer {
        let born = self.whole.born?;
        between(
            later(born.latest(), years) <= self.as_of,
            later(born.earliest(), years) > self.as_of,
        )
    }

    fn years_since(&self, years: u8) -> Answer {
        let (on, day) = (self.conviction.on?, earlier(self.as_of, years));
        between(on.latest() <= day, on.earliest() > day)
    }

    fn years_clean(&self, years: u8) -> Answer {
        let day = earlier(self.as_of, years);
        let each = self.convictions().map(|(_, conviction)| {
            let on = conviction.on?;
            between(on.latest() < day, on.earliest() >= day)
        });
        every(each)
    }

    fn only_covered(&self) -> Answer {
        every(self.convictions().map(|(_, conviction)| {
            conviction.charge.as_ref()?;
            Some(conviction.covered)
        }))
    }

    fn ended(&self, conviction: &Conviction) -> Answer {
        let (first, last) = conviction.ended?;
        between(last < self.as_of, first >= self.as_of)
    }

    fn all_ended(&self) -> Answer {
        let covered = self.convictions().filter(|(_, c)| c.covered);
        every(covered.map(|(_, conviction)| self.ended(conviction)))
    }

    fn before(&self, on: Option<PartialDate>) -> Answer {
        let (other, own) = (on?, self.conviction.on?);
        between(
            other.latest() < own.earliest(),
            other.earliest() >= own.latest(),
        )
    }

    fn listed(&self, list: &str) -> Answer {
        let others = self.convictions();
        any(others.filter(|(n, _)| *n != self.n).map(|(_, other)| {
            let listed = other.charge.as_ref().map(|charge| {
                let entries = self.pack.offenses.listing(charge);
                let fits = entries.filter(|(id, ..)| self.pack.offenses.list(*id).id == list);
                // What only a lawyer can call a member is no more than perhaps one.
                let sure = |entry: &Entry| entry.itself == Counts::Yes && !other.attempt;
                fits.map(|(_, entry, fit)| {
                    if sure(entry) {
                        fit
                    } else {
                        fit.min(Fit::Perhaps)
                    }
                })
                .max()
                .unwrap_or(Fit::No)
            });
            match listed {
                Some(Fit::No) => Some(false),
                Some(Fit::Yes) => self.before(other.on),
                _ if self.before(other.on) == Some(false) => Some(false),
                _ => None,
            }
        }))
    }

    fn registered(&self, duty: &Charge) -> Answer {
        any(self.whole.registrations.iter().map(|registration| {
            let charge = self.pack.codes.charge(registration.section.as_str());
            match charge.map(|charge| charge.fits(duty)) {
                Some(Fit::Yes) => self.before(registration.date),
                Some(Fit::No) => Some(false),
                Some(Fit::Perhaps) | None => None,
            }
        }))
    }

    fn same_section(&self, least: u8) -> Answer {
        let own = self.conviction.charge.as_ref()?;
        let mut cases: Vec<(usize, Answer)> = Vec::new();
        for (_, other) in self.convictions() {
            let same = other
                .charge
                .as_ref()
                .is_some_and(|charge| (&charge.code, &charge.base) == (&own.code, &own.base));
            if same
                && other.case != self.conviction.case
                && !cases.iter().any(|(case, _)| *case == other.case)
            {
                cases.push((other.case, self.before(other.on)));
            }
        }
        let sure = cases
            .iter()
            .filter(|(_, before)| *before == Some(true))
            .count();
        let open = cases.iter().filter(|(_, before)| before.is_none()).count();
        between(sure >= usize::from(least), sure + open < usize::from(least))
    }
}

fn between(yes: bool, no: bool) -> Answer {
    match (yes, no) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}

fn every(answers: impl Iterator<Item = Answer>) -> Answer {
    let mut all = Some(true);
    for answer in answers {
        match answer {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

fn any(answers: impl Iterator<Item = Answer>) -> Answer {
    every(answers.map(|answer| answer.map(|yes| !yes))).map(|all| !all)
}

/// The same day so many years on; February 29 becomes March 1 of a common year.
pub(crate) fn later(day: Date, years: u8) -> Date {
    moved(day, i16::from(years)).unwrap_or(Date::MAX)
}

/// The same day so many years before; February 29 becomes March 1 of a common year.
fn earlier(day: Date, years: u8) -> Date {
    moved(day, -i16::from(years)).unwrap_or(Date::MIN)
}

fn moved(day: Date, years: i16) -> Option<Date> {
    let year = day.year().saturating_add(years);
    let on = |month, of| Date::new(year, month, of).ok();
    on(day.month(), day.day()).or_else(|| on(3, 1))
}
