//! One run of a route's rules over one count, with every unknown that matters given a value.

use jiff::civil::Date;
use packs::age_mask;
use packs::fact::{Ages, Circumstance, Class};
use packs::limit::{Amounts, ScaleId, Span};
use packs::offense::{Form, ListId, OffenseId};
use packs::route::{Gate, Row, Rules, Stop, Target};
use packs::section::Fit;
use record::findings::{Code, Status};
use record::{Amount, Bound, Case, Count, DispositionKind, Effect, Level, Record, SentenceStatus};

use crate::age::{Days, ages};
use crate::docket::{Docket, Entry, offense_named};
use crate::fact::{Atom, Fact, Part};
use crate::reading::Choices;
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
}

impl Outcome {
    fn stop(stop: &Stop) -> Self {
        Self {
            status: stop.status,
            code: stop.code,
            class: None,
            serving: None,
        }
    }
}

/// One run.
pub(crate) struct Run<'a> {
    pub(crate) docket: &'a Docket<'a>,
    pub(crate) rules: &'a Rules,
    pub(crate) k: usize,
    pub(crate) c: usize,
    pub(crate) choices: Choices,
    pub(crate) trace: Trace<'a>,
    /// The offense that this run took the section for.
    pub(crate) offense: Option<OffenseId>,
    days: Days,
    levels: u16,
    memo: Memo,
}

/// What does not change from run to run.
#[derive(Default)]
struct Memo {
    passed: Option<(OffenseId, u16)>,
    amounts: Vec<(OffenseId, ScaleId, u16)>,
    priors: Vec<(ListId, usize, Truth)>,
}

const LEVELS: [Level; 3] = [Level::Infraction, Level::Misdemeanor, Level::Felony];

impl<'a> Run<'a> {
    pub(crate) fn new(docket: &'a Docket<'a>, rules: &'a Rules, k: usize, c: usize) -> Self {
        Self {
            docket,
            rules,
            k,
            c,
            choices: Choices::default(),
            trace: Trace::default(),
            offense: None,
            days: Days::default(),
            levels: 0,
            memo: Memo::default(),
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
        let rules = self.rules;
        // What was passed without a choice is passed in every run; only the run that is shown goes through it again.
        if let Some((offense, levels)) = self.memo.passed.filter(|_| !self.trace.is_on()) {
            self.offense = Some(offense);
            self.levels = levels;
            return self.today(offense);
        }
        for gate in &rules.gates {
            if let Some(outcome) = self.gate(gate) {
                return outcome;
            }
        }
        match self.reach() {
            Reach::Stop(outcome) => outcome,
            Reach::Open(class) => self.open(class),
            Reach::On(offense) => {
                if let Some(outcome) = self.barred() {
                    return outcome;
                }
                if self.choices.len() == 0 {
                    self.memo.passed = Some((offense, self.levels));
                }
                self.today(offense)
            }
        }
    }

    fn gate(&mut self, gate: &'a Gate) -> Option<Outcome> {
        self.trace.begin();
        let truth = self.ask(&gate.test);
        let stop = match truth {
            Truth::Yes => gate.then.as_ref(),
            Truth::No => gate.otherwise.as_ref(),
            // No gate asks a question of law; were one to, a lawyer would have to answer it.
            Truth::Arguable | Truth::Unknown => {
                self.trace.say(&gate.id, &gate.say, None, Says::Plain);
                return Some(ATTORNEY);
            }
        };
        let holds = (!self.trace.is_open()).then_some(truth == Truth::Yes);
        self.trace.say(&gate.id, &gate.say, holds, Says::Plain);
        let stop = stop?;
        self.trace.review(stop.review.as_ref());
        Some(Outcome::stop(stop))
    }

    fn reach(&mut self) -> Reach {
        self.trace.begin();
        self.trace.read(self.part(Part::Section));
        let rules = self.rules;
        // Without a section the count may be any offense, or another: nothing is said of it.
        if self.entry().charge.is_none() {
            self.trace.opened();
            self.trace
                .say("reached", &rules.not_reached, None, Says::Section);
            let reached = self.choices.choose(Atom::Section, 0b11) == 0;
            return Reach::Stop(if reached { OPEN } else { NOT_COVERED });
        }
        let Some(offense) = self.identify() else {
            return self.not_reached();
        };
        self.offense = Some(offense);
        let Some(numbers) = rules.reached_by.get(&offense) else {
            return self.not_reached();
        };
        let mut rows: Vec<_> = numbers.iter().map(|n| &rules.reached[*n]).collect();
        if rows.iter().any(|row| row.target.is_some()) {
            let target = self.target();
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
        let holds = (!self.trace.is_open()).then_some(true);
        self.trace.say("reached", &row.say, holds, Says::Section);
        let Some(stop) = &row.then else {
            return Reach::On(offense);
        };
        // What is not refused waits for the bars all the same: an earlier order, and the day of the offense, still decide.
        if stop.status != Status::NotEligible
            && let Some(outcome) = self.barred()
        {
            return Reach::Stop(outcome);
        }
        self.trace.review(stop.review.as_ref());
        match (stop.status, stop.class) {
            (Status::Eligible, Some(class)) => Reach::Open(class),
            _ => Reach::Stop(Outcome::stop(stop)),
        }
    }

    fn barred(&mut self) -> Option<Outcome> {
        let rules = self.rules;
        rules.bars.iter().find_map(|bar| self.gate(bar))
    }

    fn not_reached(&mut self) -> Reach {
        let holds = (!self.trace.is_open()).then_some(true);
        self.trace
            .say("reached", &self.rules.not_reached, holds, Says::Section);
        Reach::Stop(NOT_COVERED)
    }

    // Which offense the section was: by spelling, then by day, then by what the record shows of it.
    fn identify(&mut self) -> Option<OffenseId> {
        let pack = self.docket.pack;
        let charge = self.entry().charge.as_ref()?;
        if self.entry().behind.is_some() {
            let named = offense_named(pack, charge);
            self.levels = named.map_or(0b111, |id| levels(&pack.offenses.get(id).forms));
            return named;
        }
        let forms: Vec<_> = pack.offenses.matching(charge).collect();
        if forms
            .iter()
            .any(|(_, form, _)| form.from.is_some() || form.until.is_some())
        {
            self.era();
        }
        let on_that_day = |form: &Form| self.days.within(form.from, form.until).is_some();
        let mut fits: Vec<_> = forms
            .into_iter()
            .filter(|(_, form, _)| on_that_day(form))
            .collect();
        if let Some(most) = fits
            .iter()
            .filter(|(_, _, fit)| *fit == Fit::Yes)
            .map(|(_, form, _)| form.charge.subdivisions.len())
            .max()
        {
            fits.retain(|(_, form, fit)| {
                *fit == Fit::Yes && form.charge.subdivisions.len() == most
            });
        } else if !fits.is_empty() {
            return self.unnamed(&fits, pack.offenses.complete(charge));
        }
        let (id, form, _) = fits.first()?;
        self.levels = levels(std::slice::from_ref(*form));
        Some(*id)
    }

    // The sheet leaves out the subdivision: every one is possible that does not contradict the record.
    fn unnamed(&mut self, fits: &[(OffenseId, &Form, Fit)], complete: bool) -> Option<OffenseId> {
        let fitting: Vec<_> = fits
            .iter()
            .filter(|(id, form, _)| self.agrees(*id, form))
            .collect();
        let fits: Vec<_> = if fitting.is_empty() {
            fits.iter().collect()
        } else {
            fitting
        };
        let count = fits.len() + usize::from(!complete);
        let mask = mask(count);
        let at = if mask.count_ones() == 1 {
            0
        } else {
            self.trace.opened();
            usize::from(self.choices.choose(Atom::Section, mask))
        };
        let (id, form, _) = fits.get(at)?;
        self.levels = levels(std::slice::from_ref(*form));
        Some(*id)
    }

    fn agrees(&self, id: OffenseId, form: &Form) -> bool {
        let level = self
            .count()
            .level
            .is_none_or(|level| form.levels.is_empty() || form.levels.contains(&level));
        let proves = &self.docket.pack.offenses.get(id).proves;
        let amounts = match self.count().amounts.as_deref() {
            None | Some([]) => true,
            Some(amounts) => {
                let weighed = weighed(amounts);
                let meets = |a: Option<Span>, b: Span| a.is_none_or(|a| a.both(&b).is_some());
                meets(proves.flower, weighed.flower)
                    && meets(proves.concentrate, weighed.concentrate)
                    && meets(proves.plants, weighed.plants)
            }
        };
        level && amounts
    }

    fn target(&mut self) -> Target {
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
                    let mut rows = self.rules.reached_by.get(&id).into_iter().flatten();
                    rows.any(|n| self.rules.reached[*n].then.is_none())
                }),
        };
        if reached {
            Target::Reached
        } else {
            Target::Other
        }
    }

    /// Narrows the days of the offense to one span between changes of law.
    pub(crate) fn era(&mut self) {
        if self.days.first.is_some() && self.days.first == self.days.last {
            self.days_read();
            return;
        }
        let mut edges: Vec<Date> = self.rules.offense_edges().collect();
        if let Some(charge) = &self.entry().charge {
            let forms = self.docket.pack.offenses.matching(charge);
            edges.extend(
                forms
                    .flat_map(|(_, form, _)| [form.from, form.until])
                    .flatten(),
            );
        }
        edges.sort_unstable();
        edges.dedup();
        let entry = self.entry();
        let spans = |n: usize| {
            let from = n.checked_sub(1).and_then(|n| edges.get(n)).copied();
            entry.days.within(from, edges.get(n).copied())
        };
        let possible = (0..=edges.len())
            .filter(|n| spans(*n).is_some())
            .fold(0, |mask, n| mask | 1 << n);
        self.days_read();
        let era = if u16::count_ones(possible) <= 1 {
            possible.trailing_zeros() as usize
        } else {
            self.trace.opened();
            usize::from(self.choices.choose(Atom::Era, possible))
        };
        self.days = spans(era).unwrap_or(self.days);
    }

    // Which places of the record say when the offense was.
    pub(crate) fn days_read(&mut self) {
        if self.count().offense_date.is_some() {
            self.trace.read(self.part(Part::OffenseDate));
            return;
        }
        for (known, fact) in [
            (
                self.count().disposition.is_some(),
                self.part(Part::DispositionDate),
            ),
            (self.case().filed.is_some(), Fact::Filed(self.k)),
            (self.case().arrests.is_some(), Fact::Arrests(self.k)),
        ] {
            if known {
                self.trace.read(fact);
            }
        }
        self.trace.read(self.part(Part::OffenseDate));
        if let Some(limitation) = self.docket.pack.limits.limitation() {
            self.trace.rests_on(limitation.cite);
        }
    }

    fn today(&mut self, offense: OffenseId) -> Outcome {
        let Some(rows) = self.rules.rows_of.get(&offense) else {
            return ATTORNEY;
        };
        let as_of = Some(self.docket.as_of);
        let mut rows: Vec<&'a Row> = rows
            .iter()
            .map(|n| &self.rules.rows[*n])
            .filter(|row| row.law_on(as_of))
            .collect();
        self.by_age(&mut rows);
        let acts = self.acts(offense, &rows);
        if let [act] = acts.as_slice() {
            let judged = self.row(rows, *act, offense);
            return self.judged(judged);
        }
        let mut worst: Option<(Judged<'a>, Trace<'a>)> = None;
        for act in acts {
            let before = self.trace.clone();
            let judged = self.row(rows.clone(), act, offense);
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
        self.judged(judged)
    }

    fn judged(&mut self, judged: Judged<'a>) -> Outcome {
        match judged {
            Judged::Stop(outcome) => outcome,
            Judged::Class(class, row) => self.compare(class, row),
        }
    }

    fn by_age(&mut self, rows: &mut Vec<&'a Row>) {
        let possible = self.age_possible();
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

    /// The ages that the record leaves possible on the day of the offense.
    pub(crate) fn ages(&self) -> Ages {
        let born = self.record().person.born;
        let span = Days {
            first: born.map(|b| b.earliest()),
            last: born.map(|b| b.latest()),
        };
        ages(span, self.days)
    }

    fn age_possible(&self) -> u16 {
        let bands = &self.rules.age_bands;
        let possible = age_mask(bands, &self.ages());
        match self.rules.juvenile_age.filter(|_| self.juvenile()) {
            Some(age) if age_mask(bands, &age) & possible != 0 => possible & age_mask(bands, &age),
            _ => possible,
        }
    }

    fn juvenile(&self) -> bool {
        self.case().juvenile == Some(true)
            || self.count().disposition.as_ref().map(|d| d.kind)
                == Some(DispositionKind::Adjudicated)
    }

    // The classes of conduct to judge: those on record, or the one that this reading takes.
    fn acts(&mut self, offense: OffenseId, rows: &[&'a Row]) -> Vec<u16> {
        let limits = &self.docket.pack.limits;
        let all = limits.all_conduct();
        if rows.iter().all(|row| row.conduct & all == all) {
            return vec![1];
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
        vec![1 << self.choices.choose(Atom::Conduct, possible)]
    }

    // The one row of the table, what it says, and the exceptions that attach to it.
    fn row(&mut self, mut rows: Vec<&'a Row>, act: u16, offense: OffenseId) -> Judged<'a> {
        let by_conduct = rows.iter().any(|row| row.conduct & act == 0);
        rows.retain(|row| row.conduct & act != 0);
        let by_amount = self.by_amount(&mut rows, offense);
        let mut asked: Vec<Circumstance> = Vec::new();
        for circumstance in Circumstance::ALL {
            let bit = circumstance.bit();
            if rows.iter().any(|row| (row.with | row.without) & bit != 0) {
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
        self.say_row(row, by_conduct, by_amount, &asked);
        let class = match row.or {
            None => row.is,
            Some(other) if self.choices.choose(Atom::Doubt(row.of[0].index()), 0b11) == 1 => other,
            Some(_) => row.is,
        };
        self.trace.review(row.review.as_ref());
        let stopped = if class >= Class::Misdemeanor {
            self.excepted(row)
        } else {
            None
        };
        match stopped {
            Some(outcome) => Judged::Stop(outcome),
            None => Judged::Class(class, row),
        }
    }

    // A certain bar weighs more than a question of law, wherever it stands in the row.
    fn excepted(&mut self, row: &'a Row) -> Option<Outcome> {
        let mut arguable = None;
        for number in &row.unless {
            let except = &self.rules.excepts[*number];
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
                self.trace.review(except.open_review.as_ref());
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

    fn by_amount(&mut self, rows: &mut Vec<&'a Row>, offense: OffenseId) -> bool {
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

    /// The classes of a scale that the record and the conviction leave possible.
    pub(crate) fn amounts_possible(&mut self, scale: ScaleId, offense: OffenseId) -> u16 {
        let mut memo = self.memo.amounts.iter();
        if let Some((.., mask)) = memo.find(|(o, s, _)| (*o, *s) == (offense, scale)) {
            return *mask;
        }
        let classes = self.docket.pack.limits.scale(scale);
        let mask = classes.possible(&self.amounts(offense));
        self.memo.amounts.push((offense, scale, mask));
        mask
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

    /// What the record and the conviction itself say about amounts.
    pub(crate) fn amounts(&self, offense: OffenseId) -> Amounts {
        let proves = &self.docket.pack.offenses.get(offense).proves;
        let proved = |span: Option<Span>| span.unwrap_or(Span::ANY);
        let listed = self.count().amounts.as_deref().unwrap_or_default();
        // No conviction rests on nothing: an empty list says that the record shows no amount.
        if listed.is_empty() {
            return Amounts {
                flower: proved(proves.flower),
                concentrate: proved(proves.concentrate),
                plants: proved(proves.plants),
            };
        }
        let weighed = weighed(listed);
        let both = |proves: Option<Span>, weighed: Span| match proves {
            None => weighed,
            // Of what the conviction proves there was some, a list that is silent about it leaves the amount open.
            Some(proves) if weighed == Span::NONE => proves,
            Some(proves) => proves.both(&weighed).unwrap_or(weighed),
        };
        Amounts {
            flower: both(proves.flower, weighed.flower),
            concentrate: both(proves.concentrate, weighed.concentrate),
            plants: both(proves.plants, weighed.plants),
        }
    }

    /// The class that an amount has in this run, and whether that is a choice.
    pub(crate) fn amount_class(&mut self, scale: ScaleId) -> u16 {
        let Some(offense) = self.offense else {
            return 0;
        };
        let possible = self.amounts_possible(scale, offense);
        self.trace.read(self.part(Part::Amounts));
        if possible.count_ones() == 1 {
            return possible;
        }
        self.trace.opened();
        1 << self.choices.choose(Atom::Amount, possible)
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

    // The reasons of a row: each column that it was picked by, then what it says.
    fn say_row(&mut self, row: &'a Row, by_conduct: bool, by_amount: bool, asked: &[Circumstance]) {
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

    fn compare(&mut self, class: Class, row: &'a Row) -> Outcome {
        self.trace.begin();
        self.trace.read(self.part(Part::Level));
        let level = if class == Class::Lawful {
            None
        } else {
            Some(self.level())
        };
        let less = level.is_none_or(|level| class.below(level));
        let open = self.choices.value(Atom::Level).is_some();
        let shown = level.or(self.count().level);
        self.trace.say(
            "lesser",
            &self.rules.lesser,
            (!open).then_some(less),
            Says::Levels(shown, class),
        );
        if !less {
            self.trace.review(row.same_review.as_ref());
            let code = Some(Code::NoLesserOffense);
            return Outcome {
                status: Status::NotEligible,
                code,
                class: None,
                serving: None,
            };
        }
        self.open(class)
    }

    // An open answer, and by which way in.
    fn open(&mut self, class: Class) -> Outcome {
        self.trace.begin();
        let serving = self.serving();
        let open = self.choices.value(Atom::Standing).is_some();
        let results = if serving {
            &self.rules.serving
        } else {
            &self.rules.completed
        };
        self.trace.say(
            "standing",
            &results.say,
            (!open).then_some(!serving),
            Says::Own("standing"),
        );
        self.trace
            .say("way-in", &results.say, (!open).then_some(true), Says::Plain);
        // Points for a lawyer change no answer: they are looked for in the run that is shown.
        let notices = if self.trace.is_on() {
            self.rules.notices.as_slice()
        } else {
            &[]
        };
        for notice in notices {
            if self.known(&notice.test) == Truth::Yes {
                self.trace.review(Some(&notice.review));
            }
        }
        Outcome {
            status: Status::Eligible,
            code: None,
            class: Some(class),
            serving: Some(serving),
        }
    }

    // The level of the conviction as it stands: reductions that were granted are taken off.
    fn level(&mut self) -> Level {
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
    fn serving(&mut self) -> bool {
        let sentence = self.count().sentence.as_ref();
        let ended = sentence.and_then(|s| s.completed);
        self.trace.read(self.part(Part::SentenceStatus));
        if ended.is_some() {
            self.trace.read(self.part(Part::SentenceCompleted));
        }
        match sentence.and_then(|s| s.status) {
            Some(SentenceStatus::Serving) => return true,
            Some(SentenceStatus::Completed) => {
                return ended.is_some_and(|ended| ended.earliest() > self.docket.as_of);
            }
            None => {}
        }
        if ended.is_some_and(|ended| ended.latest() <= self.docket.as_of) {
            return false;
        }
        self.trace.read(Fact::Supervised);
        let now = self.record().now.as_ref();
        if now.is_some_and(|now| now.serving == Some(false) && now.supervised == Some(false)) {
            return false;
        }
        self.trace.opened();
        self.choices.choose(Atom::Standing, 0b11) == 1
    }
}

enum Reach {
    Stop(Outcome),
    Open(Class),
    On(OffenseId),
}

enum Judged<'a> {
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

const fn plain(status: Status, code: Option<Code>) -> Outcome {
    Outcome {
        status,
        code,
        class: None,
        serving: None,
    }
}

pub(crate) const ATTORNEY: Outcome = plain(Status::NeedsAttorney, None);
const OPEN: Outcome = plain(Status::NeedsFacts, None);
const NOT_COVERED: Outcome = plain(Status::NotEligible, Some(Code::NotCovered));

fn mask(n: usize) -> u16 {
    (0..n.min(16)).fold(0, |mask, bit| mask | 1 << bit)
}

fn levels(forms: &[Form]) -> u16 {
    let mask = forms
        .iter()
        .flat_map(|form| &form.levels)
        .fold(0, |mask, level| {
            mask | LEVELS
                .iter()
                .position(|l| l == level)
                .map_or(0, |bit| 1 << bit)
        });
    if mask == 0 { 0b111 } else { mask }
}

// The range of each form. Of a form that nobody named it may all be of either kind.
fn weighed(amounts: &[Amount]) -> Amounts {
    let mut all = Amounts {
        flower: Span::NONE,
        concentrate: Span::NONE,
        plants: Span::NONE,
    };
    for amount in amounts {
        let value = amount.grams().unwrap_or(amount.value());
        let span = match amount.bound() {
            Bound::Exact => Span {
                least: value,
                most: Some(value),
            },
            Bound::AtMost => Span {
                least: rust_decimal::Decimal::ZERO,
                most: Some(value),
            },
            Bound::AtLeast => Span {
                least: value,
                most: None,
            },
        };
        let up_to = Span {
            least: rust_decimal::Decimal::ZERO,
            ..span
        };
        match amount.form() {
            record::Form::Flower => all.flower = all.flower.plus(&span),
            record::Form::Concentrate => all.concentrate = all.concentrate.plus(&span),
            record::Form::Plants => all.plants = all.plants.plus(&span),
            record::Form::Other => {
                all.flower = all.flower.plus(&up_to);
                all.concentrate = all.concentrate.plus(&up_to);
                all.plants = all.plants.plus(&up_to);
            }
        }
    }
    all
}
