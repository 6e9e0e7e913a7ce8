//! Which facts of the record a test reads, and which to ask for where it is open.

use packs::offense::ListId;
use packs::test::Leaf;

use crate::fact::{Atom, Fact, Part};
use crate::run::Run;
use crate::truth::Truth;

impl Run<'_> {
    pub(super) fn reads(&mut self, leaf: &Leaf) {
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
            Leaf::Registered { .. } | Leaf::Duty(_) => self.trace.read(Fact::Registrations),
            Leaf::ElsewhereBefore | Leaf::Elsewhere => {}
            Leaf::Undated => self.days_read(),
            Leaf::Died => self.trace.read(Fact::Died),
            Leaf::Level(_) => self.trace.read(self.part(Part::Level)),
            Leaf::Listed(list) => {
                self.trace
                    .rests_on(self.docket.pack.offenses.list(*list).cite);
                self.trace.read(self.part(Part::Section));
            }
            Leaf::CodeOf(_) => self.trace.read(self.part(Part::Section)),
            Leaf::Sentence(_) => self.trace.read(self.part(Part::SentenceParts)),
            Leaf::Violated => self.trace.read(self.part(Part::Violated)),
            Leaf::Plea(_) => self.trace.read(self.part(Part::Plea)),
            Leaf::Serving => self.trace.read(self.part(Part::SentenceStatus)),
            Leaf::Now(now) => self.trace.read(self.now_fact(*now)),
            Leaf::EventFrom(event, _) => self.trace.read(self.anchor_fact(*event)),
            Leaf::Under(_) => {
                self.trace.read(Fact::Born);
                self.days_read();
            }
            Leaf::Ever(list) => {
                self.trace
                    .rests_on(self.docket.pack.offenses.list(*list).cite);
                for (k, c, _) in self.docket.entries() {
                    if self.docket.listed(k, c, *list) != Truth::No {
                        self.trace.read(Fact::Count(k, c, Part::Section));
                    }
                }
            }
            Leaf::Since(since) => {
                self.trace.read(self.anchor_fact(since.after));
                for (k, c, entry) in self.docket.entries() {
                    if (k, c) != (self.k, self.c) && entry.outcome != Truth::No {
                        self.trace.read(Fact::Count(k, c, Part::DispositionDate));
                    }
                }
            }
            Leaf::Pattern(pattern) => {
                self.trace
                    .rests_on(self.docket.pack.offenses.list(pattern.list).cite);
            }
            Leaf::Citizen => self.trace.read(Fact::Citizenship),
            Leaf::Juvenile => self.trace.read(Fact::Juvenile(self.k)),
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
                    let entry = self.docket.entry(self.k, c);
                    let convicted = entry.outcome != Truth::Unknown;
                    let relief = self.case().counts[c].relief_granted.is_none();
                    entry.unnamed(list).unwrap_or(match convicted && relief {
                        true => Part::ReliefGranted,
                        false => Part::Disposition,
                    })
                };
                counts.map(|c| Fact::Count(self.k, c, part(c))).collect()
            }
            Atom::Registered(_) | Atom::Duty => vec![Fact::Registrations],
            Atom::Sentence(_) => part(Part::SentenceParts),
            Atom::Violated => part(Part::Violated),
            Atom::Plea => part(Part::Plea),
            Atom::Now(now) => vec![self.now_fact(now)],
            Atom::OffenseSide(_) => part(Part::OffenseDate),
            Atom::EventSide(event, _) => vec![self.anchor_fact(event)],
            Atom::Under(_) => self.age_facts(),
            Atom::Listed(list) => {
                let open = self.entry().unnamed(list).unwrap_or(Part::Section);
                part(open)
            }
            Atom::Code => part(Part::Section),
            Atom::Ever(list) => self.open_listed_facts(list),
            Atom::Since(since) => self.since_facts(since),
            Atom::Pattern(list) => self.pattern_facts(list),
            Atom::Juvenile => vec![Fact::Juvenile(self.k)],
            Atom::Some(_) | Atom::Wait(_) => {
                let known = self.memo.open.iter().find(|(open, _)| *open == atom);
                known.map_or(Vec::new(), |(_, facts)| facts.clone())
            }
            Atom::Doubt(_) => Vec::new(),
        }
    }

    // A pattern is open because of what is listed, or of its days.
    fn pattern_facts(&self, list: ListId) -> Vec<Fact> {
        let mut facts = self.open_listed_facts(list);
        for (k, c, entry) in self.docket.entries() {
            let listed = self.docket.on_list(k, c, list) != Truth::No;
            if listed && entry.days.first != entry.days.last {
                facts.push(Fact::Count(k, c, Part::OffenseDate));
            }
        }
        facts
    }

    fn open_listed_facts(&self, list: ListId) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (k, c, entry) in self.docket.entries() {
            if self.docket.on_list(k, c, list) == Truth::No {
                continue;
            }
            if let Some(part) = entry.unnamed(list) {
                facts.push(Fact::Count(k, c, part));
            } else if entry.outcome == Truth::Unknown {
                facts.push(Fact::Count(k, c, Part::Disposition));
            } else if self.docket.ours(k) == Truth::Unknown {
                facts.push(Fact::Jurisdiction(k));
            }
        }
        facts
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
            } else if listed == Truth::Unknown && count.relief_granted.is_none() {
                facts.push(Fact::Count(k, c, Part::ReliefGranted));
            } else if dated {
                facts.push(Fact::Filed(self.k));
            } else {
                facts.push(Fact::Count(k, c, Part::DispositionDate));
            }
        }
        facts
    }
}
