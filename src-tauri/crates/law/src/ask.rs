//! Tests put to a count: first with what is known, then by choosing what is not.

mod facts;
mod person;
mod priors;

use jiff::civil::Date;
use packs::section::Fit;
use packs::test::{Leaf, Test};
use record::{Citizenship, DispositionKind, SentencePart};

use crate::age::Days;
use crate::docket::offense_named;
use crate::door::chosen;
use crate::fact::{Atom, Fact};
use crate::run::{Law, Run};
use crate::truth::Truth;

impl Run<'_> {
    /// What a test says in this run. Unknowns get a value only where the rest does not decide.
    pub(crate) fn ask(&mut self, test: &Test) -> Truth {
        match self.known(test) {
            Truth::Unknown => self.settle(test),
            decided => {
                self.note(test);
                decided
            }
        }
    }

    fn settle(&mut self, test: &Test) -> Truth {
        match test {
            Test::All(tests) => {
                let mut all = Truth::Yes;
                for test in tests {
                    all = all.and(self.ask(test));
                    if all == Truth::No {
                        break;
                    }
                }
                all
            }
            Test::Any(tests) => {
                let mut any = Truth::No;
                for test in tests {
                    any = any.or(self.ask(test));
                    if any == Truth::Yes {
                        break;
                    }
                }
                any
            }
            Test::Not(test) => !self.ask(test),
            Test::AnyCount(number, inner) => {
                let mut facts = Vec::new();
                self.each_count(|run| {
                    facts.extend(run.open_facts(inner));
                    run.note(inner);
                });
                self.trace.opened();
                let possible = if arguable(inner) { 0b111 } else { 0b11 };
                self.choose_about(Atom::Some(*number), facts, possible)
            }
            Test::One(leaf) => {
                self.reads(leaf);
                self.choose(leaf)
            }
        }
    }

    // Without choosing anything new: what the record and the choices made so far say.
    pub(crate) fn known(&mut self, test: &Test) -> Truth {
        match test {
            Test::All(tests) => tests
                .iter()
                .fold(Truth::Yes, |all, test| all.and(self.known(test))),
            Test::Any(tests) => tests
                .iter()
                .fold(Truth::No, |any, test| any.or(self.known(test))),
            Test::Not(test) => !self.known(test),
            Test::AnyCount(number, inner) => {
                if let Some(value) = self.choices.value(Atom::Some(*number)) {
                    return chosen(value);
                }
                let mut any = Truth::No;
                self.each_count(|run| any = any.or(run.known(inner)));
                any
            }
            Test::One(leaf) => {
                let truth = self.leaf(leaf);
                if let Some(watch) = self.docket.watch {
                    watch.saw(leaf, truth);
                    // What has a value in this reading only, the record leaves open.
                    let carried = match leaf {
                        Leaf::OffenseFrom(_) => Some(Atom::Era),
                        leaf => atom(leaf),
                    };
                    if carried.is_some_and(|atom| self.choices.value(atom).is_some()) {
                        watch.saw(leaf, Truth::Unknown);
                    }
                }
                truth
            }
        }
    }

    /// The facts that leave a test open for this count.
    pub(crate) fn open_facts(&mut self, test: &Test) -> Vec<Fact> {
        if self.known(test) != Truth::Unknown {
            return Vec::new();
        }
        match test {
            Test::All(tests) | Test::Any(tests) => tests
                .iter()
                .flat_map(|test| self.open_facts(test))
                .collect(),
            Test::Not(test) => self.open_facts(test),
            Test::AnyCount(_, inner) => {
                let mut facts = Vec::new();
                self.each_count(|run| facts.extend(run.open_facts(inner)));
                facts
            }
            Test::One(Leaf::OffenseFrom(day)) => self.unknown_facts(Atom::OffenseSide(*day)),
            Test::One(leaf) => atom(leaf).map_or(Vec::new(), |atom| self.unknown_facts(atom)),
        }
    }

    pub(crate) fn note(&mut self, test: &Test) {
        if !self.trace.is_on() {
            return;
        }
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| self.note(test)),
            Test::Not(test) => self.note(test),
            Test::AnyCount(_, inner) => self.each_count(|run| run.note(inner)),
            Test::One(leaf) => {
                let chosen = match leaf {
                    // The span of days that this reading took may decide what the record leaves open.
                    Leaf::OffenseFrom(day) => side(self.entry().days, *day) == Truth::Unknown,
                    leaf => atom(leaf).is_some_and(|atom| self.choices.value(atom).is_some()),
                };
                if chosen {
                    self.trace.opened();
                }
                self.reads(leaf);
            }
        }
    }

    fn leaf(&mut self, leaf: &Leaf) -> Truth {
        if let Some(value) = atom(leaf).and_then(|atom| self.choices.value(atom)) {
            return match leaf {
                Leaf::Conduct(mask) | Leaf::Amount(_, mask) => (mask & 1 << value != 0).into(),
                Leaf::Level(mask) => (mask & self.levels_possible() != 0).into(),
                Leaf::Listed(_) | Leaf::Ever(_) | Leaf::Since(_) => chosen(value),
                _ => (value == 1).into(),
            };
        }
        match leaf {
            Leaf::Court(ids) => {
                let court = self.case().court.jurisdiction.as_ref();
                court.map(|court| ids.contains(court)).into()
            }
            Leaf::Outcome(kinds) => match self.count().disposition.as_ref().map(|d| d.kind) {
                None | Some(DispositionKind::Other) => Truth::Unknown,
                Some(kind) => kinds.contains(&kind).into(),
            },
            Leaf::Granted { by, not_by, effect } => self.granted(by, not_by, effect),
            Leaf::OffenseFrom(day) => match self.choices.value(Atom::OffenseSide(*day)) {
                Some(value) => (value == 1).into(),
                None => side(self.days(), *day),
            },
            Leaf::Attempt => self.entry().attempt.into(),
            Leaf::Conduct(mask) => {
                let limits = &self.docket.pack.limits;
                let known = self.count().conduct.as_deref().unwrap_or_default();
                match known.iter().fold(0, |all, act| all | limits.conduct(*act)) {
                    0 => Truth::Unknown,
                    all => (all & mask != 0).into(),
                }
            }
            Leaf::Amount(scale, mask) => {
                // A door does not ask which offense it is: the section speaks for itself.
                let named = || {
                    let charge = self.entry().charge.as_ref()?;
                    offense_named(self.docket.pack, charge)
                };
                let Some(offense) = self.offense.or_else(named) else {
                    return Truth::Unknown;
                };
                let possible = self.amounts_possible(*scale, offense);
                if possible & mask == 0 {
                    Truth::No
                } else if possible & !mask == 0 {
                    Truth::Yes
                } else {
                    Truth::Unknown
                }
            }
            Leaf::Circumstance(circumstance) => {
                let known = self
                    .count()
                    .circumstances
                    .as_ref()
                    .and_then(|all| circumstance.of(all));
                known.into()
            }
            Leaf::Prior { list, at_least } => self.prior(*list, *at_least),
            Leaf::Companion(list) => {
                let others = (0..self.case().counts.len()).filter(|c| *c != self.c);
                others.fold(Truth::No, |any, c| {
                    any.or(self.docket.listed(self.k, c, *list))
                })
            }
            Leaf::Registered {
                section,
                explained_by,
            } => self.registered(section, *explained_by),
            Leaf::ElsewhereBefore => self.elsewhere(true),
            Leaf::Elsewhere => self.elsewhere(false),
            Leaf::Undated => self.count().offense_date.is_none().into(),
            Leaf::Died => self.record().person.died.is_some().into(),
            Leaf::Level(mask) => match self.levels_possible() {
                possible if possible & mask == 0 => Truth::No,
                possible if possible & !mask == 0 => Truth::Yes,
                _ => Truth::Unknown,
            },
            Leaf::Listed(list) => self.docket.on_list(self.k, self.c, *list),
            Leaf::CodeOf(names) => {
                let charge = self.entry().charge.as_ref();
                charge.map(|charge| names.contains(&charge.code)).into()
            }
            Leaf::Sentence(kind) => {
                let sentence = self.count().sentence.as_ref();
                let parts = sentence.and_then(|s| s.parts.as_deref());
                let imposed = |part: &SentencePart| part.kind == *kind && person::imposed(part);
                parts.map(|parts| parts.iter().any(imposed)).into()
            }
            Leaf::Violated => self
                .count()
                .sentence
                .as_ref()
                .and_then(|s| s.violated)
                .into(),
            Leaf::Plea(pleas) => {
                let plea = self.count().disposition.as_ref().and_then(|d| d.plea);
                plea.map(|plea| pleas.contains(&plea)).into()
            }
            Leaf::Serving => self.serving_known(),
            Leaf::Now(now) => self.now(*now),
            Leaf::EventFrom(event, day) => side(self.anchor(*event), *day),
            Leaf::Under(age) => {
                let ages = self.ages();
                if ages.most < *age || self.juvenile() {
                    Truth::Yes
                } else if ages.least >= *age {
                    Truth::No
                } else {
                    Truth::Unknown
                }
            }
            Leaf::Ever(list) => self.docket.entries().fold(Truth::No, |any, (k, c, _)| {
                any.or(self.docket.listed(k, c, *list))
            }),
            Leaf::Since(since) => self.since(*since),
            Leaf::Pattern(pattern) => self.pattern(*pattern),
            Leaf::Citizen => {
                (self.record().person.citizenship == Some(Citizenship::Citizen)).into()
            }
            Leaf::Duty(section) => {
                let registrations = self.record().person.registrations.as_deref();
                let codes = &self.docket.pack.codes;
                registrations
                    .map(|all| {
                        all.iter().any(|duty| {
                            let charge = codes.charge(duty.section.as_str());
                            charge.is_some_and(|charge| charge.fits(section) == Fit::Yes)
                        })
                    })
                    .into()
            }
            // No sheet marks an adult's case as one: a conviction is an adult's, and so is what somebody of age did.
            Leaf::Juvenile => match self.case().juvenile {
                _ if self.juvenile_case() => Truth::Yes,
                None if self.ages().least < 18 && !self.convicted_here() => Truth::Unknown,
                _ => Truth::No,
            },
        }
    }

    fn choose(&mut self, leaf: &Leaf) -> Truth {
        self.trace.opened();
        let yes_or_no = |run: &mut Self, atom| Truth::from(run.choices.choose(atom, 0b11) == 1);
        match leaf {
            Leaf::OffenseFrom(day) if matches!(self.law, Law::Door(_)) => {
                yes_or_no(self, Atom::OffenseSide(*day))
            }
            Leaf::Listed(list) => chosen(self.choices.choose(Atom::Listed(*list), 0b111)),
            Leaf::Ever(list) => chosen(self.choices.choose(Atom::Ever(*list), 0b111)),
            Leaf::Since(since) => {
                let possible = if self.undone_elsewhere() { 0b111 } else { 0b11 };
                chosen(self.choices.choose(Atom::Since(*since), possible))
            }
            Leaf::Level(mask) => {
                self.choices.choose(Atom::Level, 0b111);
                (mask & self.levels_possible() != 0).into()
            }
            Leaf::OffenseFrom(_) => {
                self.era();
                self.leaf(leaf)
            }
            Leaf::Conduct(mask) => {
                let offense = self
                    .offense
                    .map(|id| self.docket.pack.offenses.get(id).conduct);
                let possible = self.docket.pack.limits.all_conduct() & offense.unwrap_or(u16::MAX);
                (mask & 1 << self.choices.choose(Atom::Conduct, possible) != 0).into()
            }
            Leaf::Amount(scale, mask) => (self.amount_class(*scale) & mask != 0).into(),
            Leaf::Circumstance(circumstance) => self.circumstance(*circumstance).into(),
            // A note for a lawyer only: it never needs a choice.
            Leaf::ElsewhereBefore
            | Leaf::Elsewhere
            | Leaf::Undated
            | Leaf::Died
            | Leaf::Citizen => Truth::No,
            other => match atom(other) {
                Some(atom) => yes_or_no(self, atom),
                None => Truth::No,
            },
        }
    }
}

// What a question has to choose where it is open; none where another unknown carries it.
fn atom(leaf: &Leaf) -> Option<Atom> {
    Some(match leaf {
        Leaf::Court(_) => Atom::Court,
        Leaf::Outcome(_) => Atom::Outcome,
        Leaf::Granted { .. } => Atom::Relief,
        Leaf::Attempt => Atom::Attempt,
        Leaf::Conduct(_) => Atom::Conduct,
        Leaf::Amount(..) => Atom::Amount,
        Leaf::Circumstance(circumstance) => Atom::Circumstance(*circumstance),
        Leaf::Prior { list, .. } => Atom::Prior(*list),
        Leaf::Companion(list) => Atom::Companion(*list),
        Leaf::Registered { explained_by, .. } => Atom::Registered(*explained_by),
        Leaf::Level(_) => Atom::Level,
        Leaf::Listed(list) => Atom::Listed(*list),
        Leaf::CodeOf(_) => Atom::Code,
        Leaf::Sentence(kind) => Atom::Sentence(*kind),
        Leaf::Violated => Atom::Violated,
        Leaf::Plea(_) => Atom::Plea,
        Leaf::Serving => Atom::Standing,
        Leaf::Now(now) => Atom::Now(*now),
        Leaf::EventFrom(event, day) => Atom::EventSide(*event, *day),
        Leaf::Under(age) => Atom::Under(*age),
        Leaf::Ever(list) => Atom::Ever(*list),
        Leaf::Since(since) => Atom::Since(*since),
        Leaf::Pattern(pattern) => Atom::Pattern(pattern.list),
        Leaf::Juvenile => Atom::Juvenile,
        Leaf::Duty(_) => Atom::Duty,
        Leaf::OffenseFrom(_)
        | Leaf::ElsewhereBefore
        | Leaf::Elsewhere
        | Leaf::Undated
        | Leaf::Died
        | Leaf::Citizen => return None,
    })
}

// Whether something was on a day or later.
fn side(days: Days, day: Date) -> Truth {
    if days.first.is_some_and(|first| first >= day) {
        Truth::Yes
    } else if days.last.is_some_and(|last| last < day) {
        Truth::No
    } else {
        Truth::Unknown
    }
}

// Whether a test can end as a question of law: what stands on a list can, and so can a later conviction that was undone.
fn arguable(test: &Test) -> bool {
    test.asks(&mut |leaf| matches!(leaf, Leaf::Listed(_) | Leaf::Ever(_) | Leaf::Since(_)))
}
