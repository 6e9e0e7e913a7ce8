//! One run of a route's rules over one count, with every unknown that matters given a value.

use packs::door::Door;
use packs::fact::Class;
use packs::limit::ScaleId;
use packs::offense::{ListId, OffenseId};
use packs::route::{Gate, Notice, Rules, Say, Stop, Target};
use record::findings::{Code, Mode, Path, Relief, Status};
use record::{Case, Count, Level, Record};
use smallvec::SmallVec;

use crate::age::Days;
use jiff::civil::Date;

use crate::docket::{Docket, Entry};
use crate::fact::{Atom, Fact, Part};
use crate::reading::Choices;
use crate::today::Left;
use crate::trace::{Says, Trace};
use crate::truth::Truth;

/// What one reading comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) status: Status,
    pub(crate) code: Option<Code>,
    /// For an open answer: what the conviction would become.
    pub(crate) class: Option<Class>,
    /// For an open answer: whether the sentence is still served.
    pub(crate) serving: Option<bool>,
    /// For a door: what is granted.
    pub(crate) grant: Option<Granted>,
    /// For a door that is not open yet: the first day on which it is.
    pub(crate) earliest: Option<Date>,
}

/// What a door grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Granted {
    pub(crate) relief: Option<Relief>,
    pub(crate) mode: Option<Mode>,
    pub(crate) path: Option<Path>,
}

/// The law that a run follows.
#[derive(Clone, Copy)]
pub(crate) enum Law<'a> {
    /// Gates, a table of today's law, and a comparison.
    Table(&'a Rules),
    /// Gates, waits, and what is granted.
    Door(&'a Door),
}

impl Outcome {
    pub(crate) fn stop(stop: &Stop) -> Self {
        plain(stop.status, stop.code)
    }
}

/// One run.
pub(crate) struct Run<'a> {
    pub(crate) docket: &'a Docket<'a>,
    pub(crate) law: Law<'a>,
    pub(crate) k: usize,
    pub(crate) c: usize,
    pub(crate) choices: Choices,
    pub(crate) trace: Trace<'a>,
    /// The offense that this run took the section for.
    pub(crate) offense: Option<OffenseId>,
    pub(crate) days: Days,
    pub(crate) levels: u16,
    pub(crate) memo: Memo<'a>,
    /// For a door: the latest day found so far before which it is closed.
    pub(crate) earliest: Option<Date>,
    /// For a door: a gate that a lawyer has to judge was met.
    pub(crate) judgment: bool,
    /// For a door: the latest day of a wait that is arguably for a count.
    pub(crate) doubted: Option<Date>,
    /// What was arguable on the way, in the words of each reading.
    pub(crate) arguable: SmallVec<[&'a Say; 2]>,
    /// For a door: what is presumed of facts that the record leaves open.
    pub(crate) presumed: Vec<Fact>,
}

/// A place that a run came through.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    // How many choices were made before it.
    choices: usize,
    offense: OffenseId,
    levels: u16,
    days: Days,
}

/// What does not change from run to run, or not before another choice is taken.
#[derive(Default)]
pub(crate) struct Memo<'a> {
    // Behind the gates and bars.
    passed: Option<Place>,
    /// Before the circumstances, with the rows that are left there.
    pub(crate) left: Option<(Place, Left<'a>)>,
    pub(crate) amounts: Vec<(OffenseId, ScaleId, u16)>,
    pub(crate) priors: Vec<(ListId, usize, Truth)>,
    /// What is open in a question about several counts, or in a wait.
    pub(crate) open: Vec<(Atom, Vec<Fact>)>,
}

impl Memo<'_> {
    // Forgets the places that rest on a choice which changed.
    fn forget(&mut self, unchanged: usize) {
        self.passed = self.passed.filter(|at| at.choices <= unchanged);
        self.left = self.left.take_if(|(at, _)| at.choices <= unchanged);
    }
}

pub(crate) const LEVELS: [Level; 3] = [Level::Infraction, Level::Misdemeanor, Level::Felony];

impl<'a> Run<'a> {
    pub(crate) fn new(docket: &'a Docket<'a>, law: Law<'a>, k: usize, c: usize) -> Self {
        Self {
            docket,
            law,
            k,
            c,
            choices: Choices::default(),
            trace: Trace::default(),
            offense: None,
            days: Days::default(),
            levels: 0,
            memo: Memo::default(),
            earliest: None,
            judgment: false,
            doubted: None,
            arguable: SmallVec::new(),
            presumed: Vec::new(),
        }
    }

    pub(crate) fn record(&self) -> &'a Record {
        self.docket.record
    }

    pub(crate) fn case(&self) -> &'a Case {
        &self.docket.record.cases[self.k]
    }

    pub(crate) fn count(&self) -> &'a Count {
        &self.case().counts[self.c]
    }

    pub(crate) fn entry(&self) -> &'a Entry {
        self.docket.entry(self.k, self.c)
    }

    pub(crate) fn days(&self) -> Days {
        self.days
    }

    pub(crate) fn part(&self, part: Part) -> Fact {
        Fact::Count(self.k, self.c, part)
    }

    /// Gates, the offense, bars, today's law, the comparison: in that order.
    pub(crate) fn evaluate(&mut self) -> Outcome {
        self.offense = None;
        self.days = self.entry().days;
        self.levels = 0b111;
        self.arguable.clear();
        let rules = match self.law {
            Law::Table(rules) => rules,
            Law::Door(door) => return self.through(door),
        };
        // What comes before the choice that is new was passed already; only the run that is shown goes through it again.
        if !self.trace.is_on() {
            if let Some((at, left)) = self.memo.left.take() {
                self.resume(at);
                let outcome = self.among(rules, left.clone());
                self.memo.left = Some((at, left));
                return outcome;
            }
            if let Some(at) = self.memo.passed {
                let offense = self.resume(at);
                return self.today(rules, offense);
            }
        }
        for gate in &rules.gates {
            if let Some(outcome) = self.gate(gate) {
                return outcome;
            }
        }
        match self.reach(rules) {
            Reach::Stop(outcome) => outcome,
            Reach::Open(class) => self.open(rules, class),
            Reach::On(offense) => {
                if let Some(outcome) = self.barred(rules) {
                    return outcome;
                }
                self.memo.passed = Some(self.place(offense));
                self.today(rules, offense)
            }
        }
    }

    /// Prepares the next run; false when all have been made.
    pub(crate) fn next(&mut self) -> bool {
        let more = self.choices.next();
        self.memo.forget(self.choices.unchanged());
        more
    }

    /// Where this run stands.
    pub(crate) fn place(&self, offense: OffenseId) -> Place {
        Place {
            choices: self.choices.len(),
            offense,
            levels: self.levels,
            days: self.days,
        }
    }

    // Goes on from a place that an earlier run came through with the same choices.
    fn resume(&mut self, at: Place) -> OffenseId {
        self.choices.repeat(at.choices);
        self.offense = Some(at.offense);
        self.levels = at.levels;
        self.days = at.days;
        at.offense
    }

    pub(crate) fn gate(&mut self, gate: &'a Gate) -> Option<Outcome> {
        self.trace.begin();
        let truth = self.ask(&gate.test);
        let stop = match truth {
            Truth::Yes => gate.then.as_ref(),
            Truth::No => gate.otherwise.as_ref(),
            // A question of law: a lawyer has to answer it, unless every reading is refused further on.
            Truth::Arguable | Truth::Unknown => {
                self.trace.say(&gate.id, &gate.say, None, Says::Plain);
                self.arguable.extend(gate.arguable.as_ref());
                return self.attorney();
            }
        };
        let holds = (!self.trace.is_open()).then_some(truth == Truth::Yes);
        self.trace.say(&gate.id, &gate.say, holds, Says::Plain);
        let stop = stop?;
        if matches!(self.law, Law::Door(_))
            && matches!(stop.code, Some(Code::Serving | Code::Supervised))
            && let Some(end) = self.bar_ends()
        {
            // A bar whose end the record states closes the door until then, and no longer.
            self.earliest = self.earliest.max(Some(end));
            return None;
        }
        self.trace.review(stop.review.as_ref());
        if stop.status == Status::NeedsAttorney {
            return self.attorney();
        }
        Some(Outcome::stop(stop))
    }

    // At a door a question of law waits for what is certain: a later gate may refuse all the same.
    fn attorney(&mut self) -> Option<Outcome> {
        if matches!(self.law, Law::Door(_)) {
            self.judgment = true;
            return None;
        }
        Some(self.for_a_lawyer())
    }

    /// The answer that a lawyer has to give, with the readings of what was arguable.
    pub(crate) fn for_a_lawyer(&mut self) -> Outcome {
        for say in std::mem::take(&mut self.arguable) {
            self.trace.review(Some(say));
        }
        ATTORNEY
    }

    fn reach(&mut self, rules: &'a Rules) -> Reach {
        self.trace.begin();
        self.trace.read(self.part(Part::Section));
        // Without a section the count may be any offense, or another: nothing is said of it.
        if self.entry().charge.is_none() {
            self.trace.opened();
            self.trace
                .say("reached", &rules.not_reached, None, Says::Section);
            let reached = self.choices.choose(Atom::Section, 0b11) == 0;
            return Reach::Stop(if reached { OPEN } else { NOT_COVERED });
        }
        let Some(offense) = self.identify() else {
            return self.not_reached(rules);
        };
        self.offense = Some(offense);
        let Some(numbers) = rules.reached_by.get(&offense) else {
            return self.not_reached(rules);
        };
        let mut rows: Vec<_> = numbers.iter().map(|n| &rules.reached[*n]).collect();
        if rows.iter().any(|row| row.target.is_some()) {
            let target = self.target(rules);
            rows.retain(|row| row.target.is_none_or(|wanted| wanted == target));
        }
        if rows.iter().any(|row| row.serving.is_some()) {
            let serving = self.serving();
            rows.retain(|row| row.serving.is_none_or(|wanted| wanted == serving));
        }
        if rows.iter().any(|row| !row.levels.is_empty()) {
            let level = self.level();
            rows.retain(|row| row.levels.is_empty() || row.levels.contains(&level));
        }
        let Some(row) = rows.first() else {
            return Reach::Stop(ATTORNEY);
        };
        if let Some(watch) = self.docket.watch {
            watch.used(*row);
        }
        let holds = (!self.trace.is_open()).then_some(true);
        self.trace.say("reached", &row.say, holds, Says::Section);
        let Some(stop) = &row.then else {
            return Reach::On(offense);
        };
        // What is not refused waits for the bars all the same: an earlier order, and the day of the offense, still decide.
        if stop.status != Status::NotEligible
            && let Some(outcome) = self.barred(rules)
        {
            return Reach::Stop(outcome);
        }
        self.trace.review(stop.review.as_ref());
        match (stop.status, stop.class) {
            (Status::Eligible, Some(class)) => Reach::Open(class),
            _ => Reach::Stop(Outcome::stop(stop)),
        }
    }

    fn barred(&mut self, rules: &'a Rules) -> Option<Outcome> {
        rules.bars.iter().find_map(|bar| self.gate(bar))
    }

    fn not_reached(&mut self, rules: &'a Rules) -> Reach {
        let holds = (!self.trace.is_open()).then_some(true);
        self.trace
            .say("reached", &rules.not_reached, holds, Says::Section);
        Reach::Stop(NOT_COVERED)
    }

    fn target(&mut self, rules: &'a Rules) -> Target {
        self.trace.read(self.part(Part::Target));
        let reached = match &self.entry().target {
            None => {
                self.trace.opened();
                self.choices.choose(Atom::Target, 0b11) == 0
            }
            Some(target) => self
                .docket
                .pack
                .offenses
                .matching(target)
                .any(|(id, _, _)| {
                    let mut rows = rules.reached_by.get(&id).into_iter().flatten();
                    rows.any(|n| rules.reached[*n].then.is_none())
                }),
        };
        if reached {
            Target::Reached
        } else {
            Target::Other
        }
    }

    // An open answer, and by which way in.
    pub(crate) fn open(&mut self, rules: &'a Rules, class: Class) -> Outcome {
        self.trace.begin();
        let serving = self.serving();
        let open = self.choices.value(Atom::Standing).is_some();
        let results = if serving {
            &rules.serving
        } else {
            &rules.completed
        };
        self.trace.say(
            "standing",
            &results.say,
            (!open).then_some(!serving),
            Says::Own("standing"),
        );
        self.trace
            .say("way-in", &results.say, (!open).then_some(true), Says::Plain);
        self.point_out(rules.notices.iter());
        Outcome {
            status: Status::Eligible,
            code: None,
            class: Some(class),
            serving: Some(serving),
            grant: None,
            earliest: None,
        }
    }

    // Points for a lawyer change no answer: they are looked for in the run that is shown.
    pub(crate) fn point_out(&mut self, notices: impl Iterator<Item = &'a Notice>) {
        if !self.trace.is_on() {
            return;
        }
        for notice in notices {
            if self.known(&notice.test) == Truth::Yes {
                self.trace.review(Some(&notice.review));
            }
        }
    }
}

enum Reach {
    Stop(Outcome),
    Open(Class),
    On(OffenseId),
}

pub(crate) const fn plain(status: Status, code: Option<Code>) -> Outcome {
    Outcome {
        status,
        code,
        class: None,
        serving: None,
        grant: None,
        earliest: None,
    }
}

pub(crate) const ATTORNEY: Outcome = plain(Status::NeedsAttorney, None);
const OPEN: Outcome = plain(Status::NeedsFacts, None);
const NOT_COVERED: Outcome = plain(Status::NotEligible, Some(Code::NotCovered));
