//! Tests put to a count: first with what is known, then by choosing what is not.

use packs::offense::ListId;
use packs::section::Charge;
use packs::test::{Leaf, Test};
use record::{DispositionKind, Effect, ReliefGranted};

use crate::fact::{Atom, Fact, Part};
use crate::run::Run;
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
            Test::One(leaf) => self.leaf(leaf),
        }
    }

    fn note(&mut self, test: &Test) {
        if !self.trace.is_on() {
            return;
        }
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| self.note(test)),
            Test::Not(test) => self.note(test),
            Test::One(leaf) => {
                if atom(leaf).is_some_and(|atom| self.choices.value(atom).is_some()) {
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
            Leaf::Granted { by, effect } => self.granted(by, effect),
            Leaf::OffenseFrom(day) => {
                let days = self.days();
                if days.first.is_some_and(|first| first >= *day) {
                    Truth::Yes
                } else if days.last.is_some_and(|last| last < *day) {
                    Truth::No
                } else {
                    Truth::Unknown
                }
            }
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
                let Some(offense) = self.offense else {
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
            Leaf::ElsewhereBefore => self.elsewhere_before(),
            Leaf::Undated => self.count().offense_date.is_none().into(),
            Leaf::Died => self.record().person.died.is_some().into(),
        }
    }

    fn choose(&mut self, leaf: &Leaf) -> Truth {
        self.trace.opened();
        let yes_or_no = |run: &mut Self, atom| Truth::from(run.choices.choose(atom, 0b11) == 1);
        match leaf {
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
            Leaf::ElsewhereBefore | Leaf::Undated | Leaf::Died => Truth::No,
            other => match atom(other) {
                Some(atom) => yes_or_no(self, atom),
                None => Truth::No,
            },
        }
    }

    fn granted(&self, by: &[Charge], effect: &[Effect]) -> Truth {
        let Some(granted) = &self.count().relief_granted else {
            return Truth::Unknown;
        };
        let codes = &self.docket.pack.codes;
        granted
            .iter()
            .filter(|relief| effect.is_empty() || effect.contains(&relief.effect))
            .fold(Truth::No, |any, relief: &ReliefGranted| {
                let given = match &relief.authority {
                    _ if by.is_empty() => Truth::Yes,
                    None => Truth::Unknown,
                    Some(authority) => {
                        let charges = codes.charges(authority);
                        let fits = |charge: &Charge| {
                            by.iter()
                                .any(|form| charge.fits(form) == packs::section::Fit::Yes)
                        };
                        charges.iter().any(fits).into()
                    }
                };
                any.or(given)
            })
    }

    pub(crate) fn priors(&self, list: ListId, at_least: usize) -> Truth {
        let charged = self.docket.charged(self.k, self.c);
        let (mut certain, mut open, mut arguable) = (0, 0, 0);
        for (k, c, _) in self.docket.entries().filter(|(k, ..)| *k != self.k) {
            let listed = self.docket.listed(k, c, list);
            if listed == Truth::No {
                continue;
            }
            match listed.and(self.docket.before((k, c), charged)) {
                Truth::Yes => certain += 1,
                Truth::Unknown => open += 1,
                Truth::Arguable => arguable += 1,
                Truth::No => {}
            }
        }
        if certain >= at_least {
            Truth::Yes
        } else if certain + open >= at_least {
            Truth::Unknown
        } else if certain + open + arguable >= at_least {
            Truth::Arguable
        } else {
            Truth::No
        }
    }

    fn registered(&self, section: &Charge, explained_by: ListId) -> Truth {
        let Some(registrations) = &self.record().person.registrations else {
            return Truth::Unknown;
        };
        let codes = &self.docket.pack.codes;
        let duty = registrations.iter().any(|registration| {
            let charge = codes.charge(registration.section.as_str());
            charge.is_some_and(|charge| charge.fits(section) == packs::section::Fit::Yes)
        });
        let explained = self
            .docket
            .entries()
            .any(|(k, c, _)| self.docket.listed(k, c, explained_by) == Truth::Yes);
        if duty && !explained {
            Truth::Unknown
        } else {
            Truth::No
        }
    }

    fn elsewhere_before(&self) -> Truth {
        let charged = self.docket.charged(self.k, self.c);
        let any = self.docket.entries().any(|(k, c, entry)| {
            k != self.k
                && self.docket.ours(k) == Truth::No
                && entry.outcome == Truth::Yes
                && self.docket.before((k, c), charged) != Truth::No
        });
        any.into()
    }

    // The places of the record that a question reads.
    fn reads(&mut self, leaf: &Leaf) {
        if !self.trace.is_on() {
            return;
        }
        match leaf {
            Leaf::Court(_) => self.trace.read(Fact::Jurisdiction(self.k)),
            Leaf::Outcome(_) => self.trace.read(self.part(Part::Disposition)),
            Leaf::Granted { .. } => self.trace.read(self.part(Part::ReliefGranted)),
            Leaf::OffenseFrom(_) => self.days_read(),
            Leaf::Attempt => self.trace.read(self.part(Part::Attempt)),
            Leaf::Conduct(_) => self.trace.read(self.part(Part::Conduct)),
            Leaf::Amount(..) => self.trace.read(self.part(Part::Amounts)),
            Leaf::Circumstance(c) => self.trace.read(self.part(Part::Circumstance(*c))),
            Leaf::Prior { list, .. } => {
                let cite = self.docket.pack.offenses.list(*list).cite;
                self.trace.rests_on(cite);
                for fact in self.prior_facts(*list) {
                    self.trace.read(fact);
                }
            }
            Leaf::Companion(list) => {
                let cite = self.docket.pack.offenses.list(*list).cite;
                self.trace.rests_on(cite);
                for c in (0..self.case().counts.len()).filter(|c| *c != self.c) {
                    if self.docket.listed(self.k, c, *list) != Truth::No {
                        self.trace.read(Fact::Count(self.k, c, Part::Section));
                    }
                }
            }
            Leaf::Registered { .. } => self.trace.read(Fact::Registrations),
            Leaf::ElsewhereBefore => {}
            Leaf::Undated => self.days_read(),
            Leaf::Died => self.trace.read(Fact::Died),
        }
    }

    /// What decides whether the convictions on a list are priors: their dates and outcomes, and the day of the charge.
    pub(crate) fn prior_facts(&self, list: ListId) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (k, c, entry) in self.docket.entries().filter(|(k, ..)| *k != self.k) {
            if self.docket.listed(k, c, list) == Truth::No {
                continue;
            }
            facts.push(match entry.outcome {
                Truth::Unknown => Fact::Count(k, c, Part::Disposition),
                _ => Fact::Count(k, c, Part::DispositionDate),
            });
        }
        if !facts.is_empty() {
            facts.push(Fact::Filed(self.k));
        }
        facts
    }

    // A sentence counts as completed when the person is neither supervised nor serving; where one of these is so, it may be for
    // another case, and only the sentence's own status tells. What is known already is not asked again.
    fn standing_fact(&self) -> Fact {
        let now = self.record().now.as_ref();
        let supervised = now.and_then(|now| now.supervised);
        let serving = now.and_then(|now| now.serving);
        match (supervised, serving) {
            (None, None | Some(false)) => Fact::Supervised,
            (Some(false), None) => Fact::Serving,
            (Some(_), Some(_)) | (Some(true), None) | (None, Some(true)) => {
                self.part(Part::SentenceStatus)
            }
        }
    }

    /// The places to ask about for something that this run had to choose.
    pub(crate) fn unknown_facts(&self, atom: Atom) -> Vec<Fact> {
        let part = |part| vec![self.part(part)];
        match atom {
            Atom::Court => vec![Fact::Jurisdiction(self.k)],
            Atom::Relief => part(Part::ReliefGranted),
            Atom::Outcome => part(Part::Disposition),
            Atom::Section => part(Part::Section),
            Atom::Target => part(Part::Target),
            Atom::Era => part(Part::OffenseDate),
            Atom::Attempt => part(Part::Attempt),
            Atom::Age => self.age_facts(),
            Atom::Level => part(Part::Level),
            Atom::Standing => vec![self.standing_fact()],
            Atom::Conduct => part(Part::Conduct),
            Atom::Amount => part(Part::Amounts),
            Atom::Circumstance(c) => part(Part::Circumstance(c)),
            Atom::Prior(list) => self.open_prior_facts(list),
            Atom::Companion(list) => {
                let open = |c: &usize| {
                    *c != self.c && self.docket.listed(self.k, *c, list) == Truth::Unknown
                };
                let counts = (0..self.case().counts.len()).filter(open);
                let part = |c| {
                    self.docket
                        .entry(self.k, c)
                        .unnamed(list)
                        .unwrap_or(Part::Disposition)
                };
                counts.map(|c| Fact::Count(self.k, c, part(c))).collect()
            }
            Atom::Registered(_) => vec![Fact::Registrations],
            Atom::Doubt(_) => Vec::new(),
        }
    }

    // An age is open because of the birth, the day of the offense, or both.
    fn age_facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let offense = self.count().offense_date;
        let exact = offense.is_some_and(|date| date.exact().is_some());
        let born = self.record().person.born;
        if born.is_none_or(|born| born.exact().is_none()) || exact {
            facts.push(Fact::Born);
        }
        if !exact {
            facts.push(self.part(Part::OffenseDate));
        }
        facts
    }

    fn open_prior_facts(&self, list: ListId) -> Vec<Fact> {
        let charged = self.docket.charged(self.k, self.c);
        let mut facts = Vec::new();
        for (k, c, entry) in self.docket.entries().filter(|(k, ..)| *k != self.k) {
            let listed = self.docket.listed(k, c, list);
            let before = self.docket.before((k, c), charged);
            if listed.and(before) != Truth::Unknown {
                continue;
            }
            let count = &self.record().cases[k].counts[c];
            let dated = count
                .disposition
                .as_ref()
                .and_then(|d| d.date)
                .is_some_and(|d| d.exact().is_some());
            if self.docket.ours(k) == Truth::Unknown {
                facts.push(Fact::Jurisdiction(k));
            } else if let Some(part) = entry.unnamed(list) {
                facts.push(Fact::Count(k, c, part));
            } else if entry.outcome == Truth::Unknown {
                facts.push(Fact::Count(k, c, Part::Disposition));
            } else if dated {
                facts.push(Fact::Filed(self.k));
            } else {
                facts.push(Fact::Count(k, c, Part::DispositionDate));
            }
        }
        facts
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
        Leaf::OffenseFrom(_) | Leaf::ElsewhereBefore | Leaf::Undated | Leaf::Died => return None,
    })
}
