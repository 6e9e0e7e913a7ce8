//! Chains of entries to cases: one for each court case number, one for each arrest without a court.

mod count;
mod custody;
mod docket;
mod place;

use std::collections::HashMap;

use packs::courts::Courts;
use packs::wordings::{Outcome as Meaning, Wordings};
use record::{Case, DispositionKind};

use super::entry::{Count, Entry, Noted};
use super::headers::Kind;
use super::source::Sources;
use crate::FlagKind;
pub(super) use custody::by_court;
pub(super) use docket::squeezed;
use docket::{Docket, dockets};

pub(super) struct Cases<'a, 'm> {
    pub(super) entries: &'a [Entry],
    complete: bool,
    pub(super) courts: &'a Courts,
    pub(super) wordings: &'a Wordings,
    pub(super) to: Sources<'m>,
    pub(super) cases: Vec<Case>,
    /// Court and number to the chain they stood in.
    numbers: HashMap<(String, String), usize>,
}

impl<'a, 'm> Cases<'a, 'm> {
    /// `complete`: the sheet's end was seen, so relief that it does not show is known not to be on it.
    pub(super) fn new(
        entries: &'a [Entry],
        complete: bool,
        courts: &'a Courts,
        wordings: &'a Wordings,
        to: Sources<'m>,
    ) -> Self {
        Self {
            entries,
            complete,
            courts,
            wordings,
            to,
            cases: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    /// Adds the cases of one chain.
    pub(super) fn add_chain(&mut self, index: usize, chain: &[usize]) {
        let entries: Vec<&Entry> = chain
            .iter()
            .filter_map(|at| self.entries.get(*at))
            .collect();
        let arrests: Vec<&Entry> = entries
            .iter()
            .copied()
            .filter(|entry| entry.is_arrest())
            .collect();
        let courts: Vec<&Entry> = entries
            .iter()
            .copied()
            .filter(|entry| entry.kind == Kind::Court)
            .collect();
        let (with_counts, without): (Vec<&Entry>, Vec<&Entry>) = courts
            .into_iter()
            .partition(|court| !court.counts.is_empty());
        if with_counts.is_empty() {
            self.arrest_cases(&arrests, without.first().copied());
            return;
        }
        for (number, docket) in dockets(&with_counts) {
            self.court_case(index, number, docket, &arrests);
        }
    }

    fn convicts(&self, entry: &Entry, count: &Count) -> bool {
        count.outcomes.iter().chain(&entry.outcomes).any(|outcome| {
            self.wordings.outcome(&outcome.text) == Meaning::Is(DispositionKind::Convicted)
        })
    }

    /// Arrests without a court: each is a case, a supplemental one belongs to the arrest before.
    fn arrest_cases(&mut self, arrests: &[&'a Entry], court: Option<&'a Entry>) {
        let mut groups: Vec<Vec<&Entry>> = Vec::new();
        for arrest in arrests {
            match groups.last_mut() {
                Some(group) if arrest.kind == Kind::SupplementalArrest || court.is_some() => {
                    group.push(arrest)
                }
                _ => groups.push(vec![arrest]),
            }
        }
        if groups.is_empty() && court.is_some() {
            groups.push(Vec::new());
        }
        for group in groups {
            let docket: Docket<'_> = group
                .iter()
                .flat_map(|entry| entry.counts.iter().map(|count| vec![(*entry, count)]))
                .collect();
            self.begin(court.or(group.first().copied()));
            self.arrests(&group);
            self.counts(docket);
        }
    }

    fn court_case(
        &mut self,
        chain: usize,
        number: Option<Noted<String>>,
        docket: Docket<'a>,
        arrests: &[&'a Entry],
    ) {
        // A case that was sent up has the number of both courts: the one that convicted is its court.
        let places = || docket.iter().flatten();
        let court = places()
            .find(|(entry, count)| self.convicts(entry, count))
            .or_else(|| places().next())
            .map(|(entry, _)| *entry);
        let path = self.begin(court);
        if let Some(number) = number {
            self.to.note(&format!("{path}.number"), number.line);
            let agency = court
                .and_then(|court| court.agency.as_ref())
                .map_or("", |agency| agency.value.as_str());
            let key = (agency.to_owned(), squeezed(&number.value));
            if *self.numbers.entry(key).or_insert(chain) != chain {
                self.to.flag(
                    FlagKind::SameNumber,
                    &format!("{path}.number"),
                    number.line,
                    &number.value,
                    None,
                );
            }
            if let Some(case) = self.cases.last_mut() {
                case.number = Some(number.value);
            }
        }
        self.arrests(arrests);
        self.counts(docket);
    }
}
