//! Chains of entries to cases: one for each court case number, one for each arrest without a court.

use std::collections::HashMap;

use packs::courts::{AgencyKind, Courts};
use packs::wordings::Wordings;
use record::{
    Arrest, Case, CaseId, Count as RecordCount, CountId, Court, DispositionKind, PartialDate,
};

use super::entry::{Count, Entry, Noted, Outcome, noted};
use super::fold;
use super::headers::Kind;
use super::source::Sources;
use crate::FlagKind;

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

/// The counts of one case: for each, where they stand (an entry and a count of it), the earliest first.
type Docket<'a> = Vec<Vec<(&'a Entry, &'a Count)>>;

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
        let court = docket
            .first()
            .and_then(|places| places.first())
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

    /// Opens a case with its court; gives its path.
    fn begin(&mut self, place: Option<&Entry>) -> String {
        let index = self.cases.len();
        let path = format!("cases[{index}]");
        let mut case = Case {
            id: Some(CaseId(format!("k{}", index + 1))),
            ..Case::default()
        };
        if let Some(entry) = place {
            self.to.marks.fact(entry.header, &path);
            if let Some(printed) = &entry.agency {
                case.court = self.court(entry, printed, &path);
                case.juvenile = (self.courts.agency(&printed.value).kind
                    == Some(AgencyKind::Juvenile))
                .then_some(true);
            }
        }
        self.cases.push(case);
        path
    }

    fn court(&mut self, entry: &Entry, printed: &Noted<String>, path: &str) -> Court {
        let agency = self.courts.agency(&printed.value);
        let county = agency.county.map(|county| county.name.clone());
        let is_court = entry.kind == Kind::Court;
        let jurisdiction = match agency.kind {
            Some(AgencyKind::Federal | AgencyKind::FederalPrison) => Some("us".to_owned()),
            Some(_) => Some(self.courts.jurisdiction().to_owned()),
            None => None,
        };
        if county.is_some() {
            let county_path = format!("{path}.court.county");
            // Where an arrest was made is only likely to be where its court would sit.
            if is_court {
                self.to.note(&county_path, printed.line);
            } else {
                self.to.doubtful(&county_path, printed.line, None);
            }
        } else if is_court && agency.kind != Some(AgencyKind::Federal) {
            let county_path = format!("{path}.court.county");
            let likely = self.courts.agency(&as_letters(&printed.value)).county;
            self.to.flag(
                FlagKind::UnknownCourt,
                &county_path,
                printed.line,
                &printed.value,
                likely.map(|county| county.name.clone()),
            );
        }
        if jurisdiction.is_some() {
            self.to
                .note(&format!("{path}.court.jurisdiction"), printed.line);
        }
        if is_court {
            self.to.note(&format!("{path}.court.name"), printed.line);
        }
        Court {
            jurisdiction,
            county,
            name: is_court.then(|| printed.value.clone()),
        }
    }

    fn arrests(&mut self, arrests: &[&Entry]) {
        let Some(path) = self
            .cases
            .len()
            .checked_sub(1)
            .map(|index| format!("cases[{index}]"))
        else {
            return;
        };
        let mut list = Vec::new();
        for (index, entry) in arrests.iter().enumerate() {
            let path = format!("{path}.arrests[{index}]");
            self.to.note(&path, entry.header);
            let number = entry.counts.iter().find_map(|count| count.number.as_ref());
            let places = [
                ("agency", entry.agency.as_ref().map(|agency| agency.line)),
                ("number", number.map(|number| number.line)),
                (
                    "date",
                    entry
                        .date
                        .as_ref()
                        .filter(|date| date.value.day.is_some())
                        .map(|date| date.line),
                ),
            ];
            for (name, line) in places {
                if let Some(line) = line {
                    self.to.note(&format!("{path}.{name}"), line);
                }
            }
            if let Some(date) = entry.date.as_ref().filter(|date| date.value.day.is_none()) {
                self.to.marks.fact(date.line, &format!("{path}.date"));
            }
            list.push(Arrest {
                agency: entry.agency.as_ref().map(|agency| agency.value.clone()),
                number: number.map(|number| number.value.clone()),
                date: entry.day().map(PartialDate::from),
            });
        }
        if let Some(case) = self.cases.last_mut()
            && !list.is_empty()
        {
            case.arrests = Some(list);
        }
    }

    fn counts(&mut self, docket: Docket<'_>) {
        let Some(case_index) = self.cases.len().checked_sub(1) else {
            return;
        };
        let mut counts: Vec<RecordCount> = Vec::new();
        for places in docket {
            let Some((_, first)) = places.first() else {
                continue;
            };
            // A range is as many like counts.
            for _ in first.first..=first.last {
                let path = format!("cases[{case_index}].counts[{}]", counts.len());
                let mut count = self.count(&places, &path);
                count.id = Some(CountId(format!("k{}c{}", case_index + 1, counts.len() + 1)));
                counts.push(count);
            }
        }
        let convicted = |count: &&RecordCount| {
            count
                .disposition
                .as_ref()
                .is_some_and(|d| d.kind == DispositionKind::Convicted)
        };
        let all = counts.iter().filter(convicted).count();
        let relieved: Vec<usize> = (0_usize..)
            .zip(&counts)
            .filter(|(_, count)| {
                convicted(count)
                    && count
                        .relief_granted
                        .as_ref()
                        .is_some_and(|list| !list.is_empty())
            })
            .map(|(index, _)| index)
            .collect();
        if let ([one], 2..) = (relieved.as_slice(), all) {
            let path = format!("cases[{case_index}].counts[{one}].relief_granted");
            let line = self.line_of(&format!("{path}[0]"));
            self.to.flag(
                FlagKind::ReliefOnOneCount,
                &path,
                line.unwrap_or_default(),
                "",
                None,
            );
        }
        if let Some(case) = self.cases.last_mut() {
            // A conviction is an adult court's: a juvenile finding is not called so.
            if case.juvenile.is_none() && all > 0 && case.court.name.is_some() {
                case.juvenile = Some(false);
            }
            case.counts = counts;
        }
    }

    fn line_of(&self, path: &str) -> Option<usize> {
        self.to
            .by_path
            .get(path)?
            .first()
            .and_then(|source| self.to.marks.index_of(source.page?, source.line?))
    }

    fn count(&mut self, places: &[(&Entry, &Count)], path: &str) -> RecordCount {
        let mut count = RecordCount::default();
        let mut doubtful_relief = false;
        for (entry, read) in places {
            self.to.marks.fact(read.line, path);
            if count.section.is_none() && count.description.is_none() {
                self.charge(&mut count, read, path);
            }
            let outcomes: Vec<(&Outcome, Option<Noted<PartialDate>>)> = read
                .outcomes
                .iter()
                .chain(&entry.outcomes)
                .map(|outcome| {
                    let date = entry.date.as_ref().and_then(|date| {
                        Some(noted(PartialDate::from(date.value.day?), date.line))
                    });
                    (outcome, date)
                })
                .collect();
            doubtful_relief |= fold::fold(&mut count, &outcomes, path, self.wordings, &mut self.to);
            if let Some(date) = entry.date.as_ref().filter(|date| date.value.day.is_none()) {
                self.to
                    .marks
                    .fact(date.line, &format!("{path}.disposition.date"));
            }
            if let Some(line) = read.realigned {
                self.to.marks.fact(line, &format!("{path}.sentence"));
                self.to.flag(
                    FlagKind::Realignment,
                    &format!("{path}.sentence"),
                    line,
                    "",
                    None,
                );
            }
            if let Some(toc) = read.toc.as_ref().or(entry.toc.as_ref()) {
                if count.level.is_none() {
                    count.level = Some(toc.value);
                    self.to.note(&format!("{path}.level"), toc.line);
                } else {
                    self.to.marks.used(toc.line);
                }
            }
        }
        if self.complete && !doubtful_relief {
            count.relief_granted.get_or_insert_default();
        }
        count
    }

    fn charge(&mut self, count: &mut RecordCount, read: &Count, path: &str) {
        let section_path = format!("{path}.section");
        if let Some(words) = &read.words {
            count.description = Some(words.value.clone());
            self.to.note(&format!("{path}.description"), words.line);
        }
        let Some(Noted {
            value: charge,
            line,
        }) = &read.charge
        else {
            return;
        };
        if charge.section.is_some() {
            match &charge.repaired {
                Some(was) => self.to.doubtful(&section_path, *line, Some(was)),
                None => self.to.note(&section_path, *line),
            }
        } else {
            self.to.marks.fact(*line, &section_path);
        }
        count.section.clone_from(&charge.section);
        let attempt = charge.attempt || read.attempted;
        count.attempt = Some(attempt);
        count.target = charge
            .target
            .clone()
            .or_else(|| charge.section.clone().filter(|_| attempt));
        if let Some(description) = &charge.description {
            self.to.note(&format!("{path}.description"), *line);
            // The words on the charge's own line are the sheet's name for it; a remark's repeat them at best.
            count.description.get_or_insert_with(|| description.clone());
        }
    }
}

/// The court entries of a chain by case number, in the order of the sheet. A count without a number has that of the count before.
fn dockets<'a>(courts: &[&'a Entry]) -> Vec<(Option<Noted<String>>, Docket<'a>)> {
    let mut dockets: Vec<(Option<Noted<String>>, Docket<'a>)> = Vec::new();
    for court in courts {
        let mut current: Option<usize> = None;
        for count in &court.counts {
            if let Some(number) = &count.number {
                let known = dockets.iter().position(|(other, _)| {
                    other
                        .as_ref()
                        .is_some_and(|other| squeezed(&other.value) == squeezed(&number.value))
                });
                current = Some(known.unwrap_or(dockets.len()));
            }
            let at = *current.get_or_insert(dockets.len());
            if at == dockets.len() {
                dockets.push((count.number.clone(), Vec::new()));
            }
            let Some((_, docket)) = dockets.get_mut(at) else {
                continue;
            };
            // The same count in a later entry of the same case goes on the earlier one.
            let earlier = docket.iter_mut().find(|places| {
                places
                    .iter()
                    .all(|(entry, _)| !std::ptr::eq(*entry, *court))
                    && places.first().is_some_and(|(_, first)| same(first, count))
            });
            match earlier {
                Some(places) => places.push((court, count)),
                None => docket.push(vec![(court, count)]),
            }
        }
    }
    dockets
}

fn same(a: &Count, b: &Count) -> bool {
    let section = |count: &Count| {
        count
            .charge
            .as_ref()
            .and_then(|charge| charge.value.section.clone())
    };
    (a.first, a.last) == (b.first, b.last) && section(a).is_some() && section(a) == section(b)
}

/// Case numbers are compared without blanks: print and recognition put them in and leave them out.
pub(super) fn squeezed(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Digits among a place's letters read as the letters they look like.
fn as_letters(place: &str) -> String {
    let letter = |c| match c {
        '0' => 'O',
        '1' => 'I',
        '5' => 'S',
        '8' => 'B',
        c => c,
    };
    place.chars().map(letter).collect()
}
