//! Level, sentence, circumstances and priors in one run.

use jiff::civil::Date;
use packs::fact::Circumstance;
use packs::offense::ListId;
use packs::test::level_bit;
use record::{Effect, Level, PartialDate, SentenceStatus};

use crate::fact::{Atom, Fact, Part};
use crate::run::{LEVELS, Run};
use crate::truth::Truth;

impl<'a> Run<'a> {
    // The level of the conviction as it stands: reductions that were granted are taken off.
    pub(crate) fn level(&mut self) -> Level {
        self.trace.read(self.part(Part::Level));
        let granted = self.count().relief_granted.as_deref().unwrap_or_default();
        let cap = granted.iter().fold(Level::Felony, |cap, relief| {
            cap.min(match relief.effect {
                Effect::ReducedToMisdemeanor => Level::Misdemeanor,
                Effect::ReducedToInfraction => Level::Infraction,
                Effect::Dismissed | Effect::Sealed | Effect::Vacated | Effect::Pardoned => {
                    Level::Felony
                }
            })
        });
        if cap < Level::Felony {
            self.trace.read(self.part(Part::ReliefGranted));
        }
        let level = match self.count().level {
            Some(level) => level,
            None if self.levels.count_ones() == 1 => LEVELS[self.levels.trailing_zeros() as usize],
            None => {
                self.trace.opened();
                LEVELS[usize::from(self.choices.choose(Atom::Level, self.levels))]
            }
        };
        level.min(cap)
    }

    // The contract's "standing of a count"; a sentence that ends after the day asked about is still served on that day.
    pub(crate) fn serving(&mut self) -> bool {
        self.trace.read(self.part(Part::SentenceStatus));
        if self.ended().is_some() {
            self.trace.read(self.part(Part::SentenceCompleted));
        }
        if let Some(known) = self.standing() {
            return known;
        }
        self.trace.read(Fact::Supervised);
        if self.settled_by_now() {
            return false;
        }
        self.trace.opened();
        self.choices.choose(Atom::Standing, 0b11) == 1
    }

    fn ended(&self) -> Option<PartialDate> {
        self.count().sentence.as_ref().and_then(|s| s.completed)
    }

    // What the sentence's own words say.
    fn standing(&self) -> Option<bool> {
        let ended = self.ended();
        match self.count().sentence.as_ref().and_then(|s| s.status) {
            Some(SentenceStatus::Serving) => return Some(true),
            Some(SentenceStatus::Completed) => {
                return Some(ended.is_some_and(|ended| ended.earliest() > self.docket.as_of));
            }
            None => {}
        }
        ended
            .is_some_and(|ended| ended.latest() <= self.docket.as_of)
            .then_some(false)
    }

    fn settled_by_now(&self) -> bool {
        let now = self.record().now.as_ref();
        now.is_some_and(|now| {
            now.serving == Some(false) && now.supervised == Some(false) && self.speaks(now.on)
        })
    }

    /// Whether this count's sentence is still being served, as far as the record tells.
    pub(crate) fn serving_known(&self) -> Truth {
        match self.standing() {
            Some(known) => known.into(),
            None if self.settled_by_now() => Truth::No,
            None => Truth::Unknown,
        }
    }

    /// The levels that the conviction can have as it stands, as bits.
    pub(crate) fn levels_possible(&self) -> u8 {
        let granted = self.count().relief_granted.as_deref().unwrap_or_default();
        let cap = granted
            .iter()
            .fold(Level::Felony, |cap, relief| match relief.effect {
                Effect::ReducedToMisdemeanor => cap.min(Level::Misdemeanor),
                Effect::ReducedToInfraction => cap.min(Level::Infraction),
                _ => cap,
            });
        let chosen = self
            .choices
            .value(Atom::Level)
            .map(|n| LEVELS[usize::from(n)]);
        match self.count().level.or(chosen) {
            Some(level) => level_bit(level.min(cap)),
            None => LEVELS
                .iter()
                .fold(0, |mask, level| mask | level_bit((*level).min(cap))),
        }
    }

    // Whether the standing of one day settles that this sentence was over on the day asked about: it was said after the
    // judgment and not after that day. What was said of another time says nothing.
    fn speaks(&self, on: Option<Date>) -> bool {
        let Some(on) = on.filter(|on| *on != self.docket.as_of) else {
            return true;
        };
        let judged = self.count().disposition.as_ref().and_then(|d| d.date);
        on < self.docket.as_of && judged.is_some_and(|judged| judged.latest() <= on)
    }

    /// Whether a circumstance is present in this run.
    pub(crate) fn circumstance(&mut self, circumstance: Circumstance) -> bool {
        self.trace.read(self.part(Part::Circumstance(circumstance)));
        let known = self
            .count()
            .circumstances
            .as_ref()
            .and_then(|all| circumstance.of(all));
        known.unwrap_or_else(|| {
            self.trace.opened();
            self.choices.choose(Atom::Circumstance(circumstance), 0b11) == 1
        })
    }

    /// Whether enough convictions on a list are priors.
    pub(crate) fn prior(&mut self, list: ListId, at_least: usize) -> Truth {
        let mut memo = self.memo.priors.iter();
        if let Some((.., truth)) = memo.find(|(l, n, _)| (*l, *n) == (list, at_least)) {
            return *truth;
        }
        let truth = self.priors(list, at_least);
        self.memo.priors.push((list, at_least, truth));
        truth
    }
}
