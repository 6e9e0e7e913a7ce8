//! Doors: gates, waits, and what is granted, in that order.

use jiff::civil::Date;
use packs::deadline::Presumption;
use packs::door::{Anchor, Door, Scope, Term, Wait};
use record::findings::Status;

use crate::age::Days;
use crate::fact::{Atom, Fact, Part};
use crate::run::{ATTORNEY, Granted, Law, Outcome, Run, plain};
use crate::trace::Says;
use crate::truth::Truth;

/// Where a wait stands on the day asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// It is over, since this day where that is known.
    Over(Option<Date>),
    /// It runs; the door opens on this day.
    Until(Date),
    /// Nobody can say from the record.
    Open,
}

/// Where a wait stands for all counts that it is for.
#[derive(Default)]
struct Running {
    /// It is for one of them at least.
    concerned: bool,
    /// It is over, the last since this day.
    over: Option<Date>,
    /// It runs until then.
    until: Option<Date>,
    /// It runs until then, if it is for a count at all: a question of law.
    doubted: Option<Date>,
    /// What leaves it open.
    open: Vec<Fact>,
}

impl<'a> Run<'a> {
    /// All steps of a door.
    pub(crate) fn through(&mut self, door: &'a Door) -> Outcome {
        self.earliest = None;
        self.judgment = false;
        self.doubted = None;
        self.presumed.clear();
        for gate in &door.gates {
            if let Some(outcome) = self.gate(gate) {
                return outcome;
            }
        }
        for (n, wait) in door.waits.iter().enumerate() {
            if let Some(outcome) = self.wait(door, n, wait) {
                return outcome;
            }
        }
        let waits = self.earliest.is_some_and(|day| day > self.docket.as_of);
        if self.judgment || (self.doubted.is_some() && !waits) {
            return self.for_a_lawyer();
        }
        // Another wait runs in any case: the latest of all days is told.
        self.earliest = self.earliest.max(self.doubted);
        let mut open = false;
        for grant in &door.grants {
            self.trace.begin();
            // Rows stand with the weaker grant first: where a row's test is a question of law, the weaker is promised.
            let truth = grant
                .test
                .as_ref()
                .map_or(Truth::Yes, |test| self.ask(test));
            // What an open question left for a later row holds only if the question goes that way.
            open |= self.trace.is_open();
            if truth == Truth::No {
                continue;
            }
            let holds = (!open).then_some(true);
            let id = grant.say.text.as_str();
            self.trace.say(id, &grant.say, holds, Says::Plain);
            self.trace.review(grant.review.as_ref());
            if let Some(presumed) = &door.presumed {
                self.presume(presumed);
            }
            self.point_out(door.notices.iter());
            let closed = self.earliest.filter(|day| *day > self.docket.as_of);
            return Outcome {
                grant: Some(Granted {
                    relief: grant.relief,
                    mode: grant.mode,
                    path: grant.path,
                }),
                earliest: closed,
                ..plain(closed.map_or(grant.status, |_| Status::NotYet), None)
            };
        }
        ATTORNEY
    }

    // What the law presumes closes nothing: what the record leaves open is presumed, what it shows against it is pointed out.
    fn presume(&mut self, presumed: &'a Presumption) {
        self.trace.begin();
        self.note(&presumed.test);
        let truth = self.known(&presumed.test);
        let holds = match truth {
            Truth::Yes => Some(true),
            Truth::No => Some(false),
            Truth::Unknown | Truth::Arguable => None,
        };
        if truth == Truth::Unknown {
            self.presumed = self.open_facts(&presumed.test);
        }
        self.trace.say(
            &presumed.id,
            &presumed.say,
            holds,
            Says::Day(presumed.law_of),
        );
        self.trace
            .review((truth == Truth::No).then_some(&presumed.review));
    }

    fn wait(&mut self, door: &Door, n: usize, wait: &'a Wait) -> Option<Outcome> {
        self.trace.begin();
        let mut found = Running::default();
        if door.scope == Scope::Count {
            let truth = wait.test.as_ref().map_or(Truth::Yes, |test| self.ask(test));
            if truth == Truth::No {
                return None;
            }
            found.concerned = true;
            self.running(wait, truth, &mut found);
        } else {
            self.each_count(|run| {
                let truth = wait.test.as_ref().map_or(Truth::Yes, |t| run.known(t));
                if truth != Truth::No {
                    found.concerned = true;
                    run.running(wait, truth, &mut found);
                }
            });
            if !found.concerned {
                return None;
            }
        }
        self.earliest = self.earliest.max(found.until);
        if found.doubted.is_some() {
            self.doubted = self.doubted.max(found.doubted);
            self.arguable.extend(wait.arguable.as_ref());
        }
        let mut ran = None;
        if !found.open.is_empty() {
            self.trace.opened();
            ran = Some(self.choose_about(Atom::Wait(n), found.open, 0b11));
        }
        let holds = match ran {
            None if found.doubted.is_none() => Some(found.until.is_none()),
            _ => None,
        };
        let day = found.until.or(found.doubted).or(found.over);
        let says = day.filter(|_| ran.is_none()).map_or(Says::Plain, Says::Day);
        self.trace.say(&wait.id, &wait.say, holds, says);
        (ran == Some(Truth::No)).then_some(plain(Status::NotYet, None))
    }

    // Where a wait stands for one count, which it is for, may be for, or is arguably for.
    fn running(&mut self, wait: &Wait, truth: Truth, found: &mut Running) {
        match self.clock(wait) {
            Clock::Over(day) => found.over = found.over.max(day),
            Clock::Until(day) => match truth {
                Truth::Arguable if wait.arguable.is_some() => {
                    found.doubted = found.doubted.max(Some(day))
                }
                Truth::Yes if wait.lawyer => found.doubted = found.doubted.max(Some(day)),
                Truth::Unknown => {
                    let test = wait.test.as_ref();
                    let facts = test.map_or(Vec::new(), |test| self.open_facts(test));
                    found.open.extend(facts);
                }
                Truth::Yes | Truth::Arguable | Truth::No => {
                    found.until = found.until.max(Some(day));
                }
            },
            Clock::Open => self.open_terms(wait, &mut found.open),
        }
    }

    fn clock(&mut self, wait: &Wait) -> Clock {
        for term in &wait.terms {
            self.trace.read(self.anchor_fact(term.from));
        }
        let as_of = self.docket.as_of;
        let Days { first, last } = self.due(wait);
        match (first, last) {
            (_, Some(last)) if last <= as_of => Clock::Over(Some(last)),
            (Some(first), Some(last)) if first > as_of => Clock::Until(last),
            _ => Clock::Open,
        }
    }

    /// The days on which a wait can end: with the first of its terms.
    pub(crate) fn due(&self, wait: &Wait) -> Days {
        let all = wait.terms.iter().map(|term| self.term(term));
        let sooner = |a: Days, b: Days| Days {
            first: a.first.zip(b.first).map(|(a, b)| a.min(b)),
            last: a.last.into_iter().chain(b.last).min(),
        };
        all.reduce(sooner).unwrap_or_default()
    }

    fn term(&self, term: &Term) -> Days {
        let days = self.anchor(term.from);
        let due = |day: Option<Date>| day.and_then(|day| anniversary(day, term.years));
        Days {
            first: due(days.first),
            last: due(days.last),
        }
    }

    // The events whose days leave a wait open.
    fn open_terms(&self, wait: &Wait, open: &mut Vec<Fact>) {
        let unsure = wait.terms.iter().filter(|term| {
            let days = self.term(term);
            days.last.is_none() || days.first != days.last
        });
        open.extend(unsure.map(|term| self.anchor_fact(term.from)));
    }

    /// The days on which an event can have been.
    pub(crate) fn anchor(&self, anchor: Anchor) -> Days {
        let count = self.count();
        let sentence = count.sentence.as_ref();
        let span = |date: Option<record::PartialDate>| Days {
            first: date.map(|date| date.earliest()),
            last: date.map(|date| date.latest()),
        };
        let judged = || {
            let date = count.disposition.as_ref().and_then(|d| d.date);
            let mut days = span(date);
            if date.is_none() {
                // A judgment comes after the offense and before its sentence is over.
                days.first = self.days.first;
                let ended = sentence.and_then(|s| s.completed);
                days.last = ended.map(|ended| ended.latest());
            }
            days
        };
        match anchor {
            Anchor::Judged => judged(),
            Anchor::Completed => match sentence.and_then(|s| s.completed) {
                Some(date) => span(Some(date)),
                None => Days {
                    first: judged().first,
                    last: None,
                },
            },
            Anchor::Offense => self.days,
            Anchor::Arrested => {
                let arrests = self.case().arrests.as_deref().unwrap_or_default();
                let dates: Option<Vec<_>> = arrests.iter().map(|arrest| arrest.date).collect();
                match dates {
                    Some(dates) if !dates.is_empty() => Days {
                        first: dates.iter().map(|date| date.earliest()).max(),
                        last: dates.iter().map(|date| date.latest()).max(),
                    },
                    // An arrest comes after the offense and before the charge.
                    _ => Days {
                        first: self.days.first,
                        last: self.case().filed.map(|filed| filed.latest()),
                    },
                }
            }
            // Nobody is born after the day of what they did.
            Anchor::Born => match self.record().person.born {
                Some(born) => span(Some(born)),
                None => Days {
                    first: None,
                    last: self.days.last,
                },
            },
            Anchor::Day(day) => Days {
                first: Some(day),
                last: Some(day),
            },
        }
    }

    /// The place of the record that gives an event's day.
    pub(crate) fn anchor_fact(&self, anchor: Anchor) -> Fact {
        match anchor {
            Anchor::Judged => self.part(Part::DispositionDate),
            Anchor::Completed => self.part(Part::SentenceCompleted),
            Anchor::Offense | Anchor::Day(_) => self.part(Part::OffenseDate),
            Anchor::Arrested => Fact::Arrests(self.k),
            Anchor::Born => Fact::Born,
        }
    }

    /// Runs something for every count that the answer is about.
    pub(crate) fn each_count(&mut self, mut what: impl FnMut(&mut Self)) {
        let (k, c, days) = (self.k, self.c, self.days);
        let scope = match self.law {
            Law::Door(door) => door.scope,
            Law::Table(_) => Scope::Case,
        };
        let cases = match scope {
            Scope::Count | Scope::Case => k..k + 1,
            Scope::Person => 0..self.record().cases.len(),
        };
        for case in cases {
            for count in 0..self.record().cases[case].counts.len() {
                (self.k, self.c) = (case, count);
                self.days = self.entry().days;
                what(self);
            }
        }
        (self.k, self.c, self.days) = (k, c, days);
    }

    /// Chooses yes or no about something whose open facts are gathered here.
    pub(crate) fn choose_about(
        &mut self,
        atom: Atom,
        mut facts: Vec<Fact>,
        possible: u16,
    ) -> Truth {
        if !self.memo.open.iter().any(|(known, _)| *known == atom) {
            let mut once = Vec::new();
            facts.retain(|fact| {
                let new = !once.contains(fact);
                once.push(*fact);
                new
            });
            self.memo.open.push((atom, facts));
        }
        chosen(self.choices.choose(atom, possible))
    }
}

/// What a choice says: no, yes, or a question of law.
pub(crate) fn chosen(value: u8) -> Truth {
    match value {
        0 => Truth::No,
        1 => Truth::Yes,
        _ => Truth::Arguable,
    }
}

/// The same day so many years later. February 29 has its anniversary in a common year on March 1: no text says which of the two
/// days it is, and the later promises less.
pub(crate) fn anniversary(day: Date, years: i16) -> Option<Date> {
    let year = day.year().checked_add(years)?;
    Date::new(year, day.month(), day.day())
        .or_else(|_| Date::new(year, 3, 1))
        .ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::anniversary;

    fn any_day() -> impl Strategy<Value = Date> {
        let mixed = (1930_i16..2090, 1_i8..=12, 1_i8..=31);
        let leap = (0_i16..40).prop_map(|n| (1932 + 4 * n, 2, 29));
        prop_oneof![4 => mixed, 1 => leap]
            .prop_filter_map("a day of the calendar", |(y, m, d)| Date::new(y, m, d).ok())
    }

    proptest! {
        // The oracle walks the calendar day by day; the rule compares fields.
        #[test]
        fn an_anniversary_is_found_by_walking_the_calendar(day in any_day(), years in 0_i16..12) {
            let found = anniversary(day, years).unwrap();
            let mut walked = day;
            while walked.year() < day.year() + years
                || (walked.month(), walked.day()) < (day.month(), day.day())
            {
                walked = walked.tomorrow().unwrap();
            }
            prop_assert_eq!(found, walked);
        }
    }

    #[test]
    fn month_ends_and_leap_days() {
        assert_eq!(anniversary(date(2024, 2, 29), 1), Some(date(2025, 3, 1)));
        assert_eq!(anniversary(date(2024, 2, 29), 4), Some(date(2028, 2, 29)));
        assert_eq!(anniversary(date(2023, 2, 28), 1), Some(date(2024, 2, 28)));
        assert_eq!(anniversary(date(2020, 12, 31), 3), Some(date(2023, 12, 31)));
    }
}
