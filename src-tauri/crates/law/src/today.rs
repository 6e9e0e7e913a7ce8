//! What the same conduct would be under the law of the day asked about, and whether that is less.

use packs::fact::{Circumstance, Class};
use packs::offense::OffenseId;
use packs::route::{Row, Rules};
use record::findings::Code;
use record::findings::Status;
use smallvec::{SmallVec, smallvec};

use crate::fact::{Atom, Fact, Part};
use crate::run::{ATTORNEY, Outcome, Run, plain};
use crate::trace::{Says, Trace};
use crate::truth::Truth;

/// The rows of the table that are left.
type Rows<'a> = SmallVec<[&'a Row; 16]>;

/// The rows for what was done, how old the person was and how much it was, and whether conduct and amount told them apart.
#[derive(Clone)]
pub(crate) struct Left<'a> {
    rows: Rows<'a>,
    by_conduct: bool,
    by_amount: bool,
}

impl<'a> Run<'a> {
    pub(crate) fn today(&mut self, rules: &'a Rules, offense: OffenseId) -> Outcome {
        let Some(numbers) = rules.rows_of.get(&offense) else {
            return ATTORNEY;
        };
        let as_of = Some(self.docket.as_of);
        let mut rows: Rows<'a> = numbers
            .iter()
            .map(|n| &rules.rows[*n])
            .filter(|row| row.law_on(as_of))
            .collect();
        self.by_age(rules, &mut rows);
        let acts = self.acts(offense, &rows);
        if let [act] = acts.as_slice() {
            let left = self.left(rows, *act, offense);
            self.memo.left = Some((self.place(offense), left.clone()));
            return self.among(rules, left);
        }
        let mut worst: Option<(Judged<'a>, Trace<'a>)> = None;
        for act in acts {
            let before = self.trace.clone();
            let left = self.left(rows.clone(), act, offense);
            let judged = self.row(rules, left);
            let after = std::mem::replace(&mut self.trace, before);
            if worst
                .as_ref()
                .is_none_or(|(other, _)| other.better_than(&judged))
            {
                worst = Some((judged, after));
            }
        }
        let Some((judged, trace)) = worst else {
            return ATTORNEY;
        };
        self.trace = trace;
        self.judged(rules, judged)
    }

    /// Goes on with the rows that are left.
    pub(crate) fn among(&mut self, rules: &'a Rules, left: Left<'a>) -> Outcome {
        let judged = self.row(rules, left);
        self.judged(rules, judged)
    }

    pub(crate) fn judged(&mut self, rules: &'a Rules, judged: Judged<'a>) -> Outcome {
        match judged {
            Judged::Stop(outcome) => {
                if outcome.status != Status::NotEligible {
                    self.trace.something_to_lose();
                }
                outcome
            }
            Judged::Class(class, row) => self.compare(rules, class, row),
        }
    }

    pub(crate) fn by_age(&mut self, rules: &'a Rules, rows: &mut Rows<'a>) {
        let possible = self.age_possible(rules);
        let masks = |row: &Row| row.bands;
        if rows.iter().all(|row| masks(row) & possible == possible) {
            return;
        }
        let band = if possible.count_ones() == 1 {
            possible
        } else {
            1 << self.choices.choose(Atom::Age, possible)
        };
        rows.retain(|row| masks(row) & band != 0);
    }

    // The classes of conduct to judge: those on record, or the one that this reading takes.
    pub(crate) fn acts(&mut self, offense: OffenseId, rows: &[&'a Row]) -> SmallVec<[u16; 4]> {
        let limits = &self.docket.pack.limits;
        let all = limits.all_conduct();
        if rows.iter().all(|row| row.conduct & all == all) {
            return smallvec![1];
        }
        let known = self.count().conduct.as_deref().unwrap_or_default();
        let known = known
            .iter()
            .fold(0, |mask, act| mask | limits.conduct(*act));
        if known != 0 {
            return (0..16)
                .map(|n| 1 << n)
                .filter(|bit| known & bit != 0)
                .collect();
        }
        let possible = all & self.docket.pack.offenses.get(offense).conduct;
        smallvec![1 << self.choices.choose(Atom::Conduct, possible)]
    }

    // The rows for one class of conduct and the amounts.
    pub(crate) fn left(&mut self, mut rows: Rows<'a>, act: u16, offense: OffenseId) -> Left<'a> {
        let by_conduct = rows.iter().any(|row| row.conduct & act == 0);
        rows.retain(|row| row.conduct & act != 0);
        let by_amount = self.by_amount(&mut rows, offense);
        Left {
            rows,
            by_conduct,
            by_amount,
        }
    }

    // The one row of the table, what it says, and the exceptions that attach to it.
    pub(crate) fn row(&mut self, rules: &'a Rules, left: Left<'a>) -> Judged<'a> {
        let Left {
            mut rows,
            by_conduct,
            by_amount,
        } = left;
        let turns = |row: &&Row| row.with | row.without;
        let any = rows.iter().fold(0, |bits, row| bits | turns(row));
        let mut asked: SmallVec<[Circumstance; 8]> = SmallVec::new();
        for circumstance in Circumstance::ALL {
            let bit = circumstance.bit();
            if any & bit != 0 && rows.iter().any(|row| turns(row) & bit != 0) {
                let present = self.circumstance(circumstance);
                rows.retain(|row| {
                    if present {
                        row.without & bit == 0
                    } else {
                        row.with & bit == 0
                    }
                });
                asked.push(circumstance);
            }
        }
        let Some(row) = rows.first().copied() else {
            return Judged::Stop(ATTORNEY);
        };
        if let Some(watch) = self.docket.watch {
            watch.used(row);
        }
        self.say_row(row, by_conduct, by_amount, &asked);
        let class = match row.or {
            None => row.is,
            Some(other) if self.choices.choose(Atom::Doubt(row.of[0].index()), 0b11) == 1 => other,
            Some(_) => row.is,
        };
        self.trace.review(row.review.as_ref());
        let stopped = if class >= Class::Misdemeanor {
            self.excepted(rules, row)
        } else {
            None
        };
        match stopped {
            Some(outcome) => Judged::Stop(outcome),
            None => Judged::Class(class, row),
        }
    }

    // A certain bar weighs more than a question of law, wherever it stands in the row.
    pub(crate) fn excepted(&mut self, rules: &'a Rules, row: &'a Row) -> Option<Outcome> {
        let mut arguable = None;
        for number in &row.unless {
            let except = &rules.excepts[*number];
            self.trace.begin();
            let truth = self.ask(&except.test);
            let open = self.trace.is_open();
            let holds = match truth {
                Truth::Yes if !open => Some(true),
                Truth::No if !open => Some(false),
                _ => None,
            };
            self.trace.say(&except.id, &except.say, holds, Says::Plain);
            if open {
                self.trace.perhaps(except.open_review.as_ref());
            }
            match truth {
                Truth::No => {}
                Truth::Yes if except.then.status == Status::NotEligible => {
                    if !open {
                        self.trace.review(except.then.review.as_ref());
                    }
                    return Some(Outcome::stop(&except.then));
                }
                Truth::Yes => {
                    self.trace.review(except.then.review.as_ref());
                    arguable = Some(Outcome::stop(&except.then));
                }
                Truth::Arguable | Truth::Unknown => {
                    self.trace.review(Some(&except.arguable_review));
                    arguable = Some(ATTORNEY);
                }
            }
        }
        arguable
    }

    pub(crate) fn by_amount(&mut self, rows: &mut Rows<'a>, offense: OffenseId) -> bool {
        let Some((scale, _)) = rows.iter().find_map(|row| row.amount) else {
            return false;
        };
        let possible = self.amounts_possible(scale, offense);
        let mask = |row: &Row| row.amount.map_or(u16::MAX, |(_, mask)| mask);
        if rows.iter().all(|row| mask(row) & possible == possible) {
            return true;
        }
        let class = if possible.count_ones() == 1 {
            possible
        } else {
            1 << self.choices.choose(Atom::Amount, possible)
        };
        rows.retain(|row| mask(row) & class != 0);
        true
    }

    // The reasons of a row: each column that it was picked by, then what it says.
    pub(crate) fn say_row(
        &mut self,
        row: &'a Row,
        by_conduct: bool,
        by_amount: bool,
        asked: &[Circumstance],
    ) {
        if !self.trace.is_on() {
            return;
        }
        let mut open = false;
        if row.by_age {
            self.trace.begin();
            self.trace.read(Fact::Born);
            self.days_read();
            if self.record().person.born.is_none() && self.juvenile() {
                self.trace.read(Fact::Juvenile(self.k));
            }
            let unknown = self.choices.value(Atom::Age).is_some();
            open |= unknown;
            self.trace.say(
                "age",
                &row.say,
                (!unknown).then_some(true),
                Says::Age(self.ages()),
            );
        }
        if by_conduct {
            self.trace.begin();
            self.trace.read(self.part(Part::Conduct));
            let unknown = self.choices.value(Atom::Conduct).is_some();
            open |= unknown;
            self.trace.say(
                "conduct",
                &row.say,
                (!unknown).then_some(true),
                Says::Conduct,
            );
        }
        if by_amount {
            self.trace.begin();
            self.trace.read(self.part(Part::Amounts));
            let unknown = self.choices.value(Atom::Amount).is_some();
            open |= unknown;
            self.trace
                .say("amount", &row.say, (!unknown).then_some(true), Says::Amount);
        }
        for circumstance in asked {
            self.trace.begin();
            let present = self.circumstance(*circumstance);
            let unknown = self.trace.is_open();
            open |= unknown;
            self.trace.say(
                circumstance.key(),
                &row.say,
                (!unknown).then_some(present),
                Says::Own(circumstance.key()),
            );
        }
        self.trace.begin();
        self.trace.say(
            &row.say.text,
            &row.say,
            (!open).then_some(true),
            Says::Plain,
        );
    }

    pub(crate) fn compare(&mut self, rules: &'a Rules, class: Class, row: &'a Row) -> Outcome {
        self.trace.begin();
        self.trace.read(self.part(Part::Level));
        let level = if class == Class::Lawful {
            None
        } else {
            Some(self.level())
        };
        let less = level.is_none_or(|level| class.below(level));
        let open = self.choices.value(Atom::Level).is_some();
        if open {
            self.trace.opened();
        }
        let shown = level.or(self.count().level);
        self.trace.say(
            "lesser",
            &rules.lesser,
            (!open).then_some(less),
            Says::Levels(shown, class),
        );
        if !less {
            self.trace.review(row.same_review.as_ref());
            self.point_out(rules.notices.iter().filter(|notice| notice.no_lesser));
            return plain(Status::NotEligible, Some(Code::NoLesserOffense));
        }
        self.trace.something_to_lose();
        self.open(rules, class)
    }
}

pub(crate) enum Judged<'a> {
    Stop(Outcome),
    Class(Class, &'a Row),
}

impl Judged<'_> {
    fn better_than(&self, other: &Self) -> bool {
        let rank = |judged: &Self| match judged {
            Judged::Class(class, _) => *class as u8,
            Judged::Stop(outcome) if outcome.status == Status::NeedsAttorney => 10,
            Judged::Stop(_) => 11,
        };
        rank(self) < rank(other)
    }
}
