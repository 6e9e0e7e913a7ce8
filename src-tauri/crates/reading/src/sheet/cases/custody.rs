//! Convictions that only a custody or probation entry shows.
//!
//! Nobody serves a sentence without a conviction, and one that is left out would be a prior that nobody sees. So it becomes a case: its
//! count convicted on a day that is not known, in a court only as far as the entry names it, every fact doubtful and flagged. A youth
//! commitment may rest on a juvenile finding; an entry that may belong to a conviction elsewhere on the sheet would count it twice; and
//! one beside a court's own conviction may only repeat what the arrest was for: those stay unread lines with a flag.

use packs::courts::AgencyKind;
use packs::wordings::Later;
use record::{Count as RecordCount, CountId, Disposition, DispositionKind};

use super::super::entry::{Count, Entry, Lead};
use super::super::headers::Kind;
use super::super::sentence;
use super::{Cases, squeezed};
use crate::FlagKind;

/// Years between a conviction and the custody that may follow from it.
const NEAR_YEARS: i16 = 3;

impl<'a> Cases<'a, '_> {
    /// Adds what the custody and probation entries of a chain show alone. To be called when all courts' cases are there.
    pub(in super::super) fn add_custody(&mut self, chain: &[usize]) {
        let members: Vec<&'a Entry> = chain
            .iter()
            .filter_map(|at| self.entries.get(*at))
            .collect();
        for entry in &members {
            let serves = matches!(entry.kind, Kind::Custody | Kind::Probation)
                && (entry.sentenced || entry.court_number.is_some());
            if !serves && entry.prison {
                self.prison_alone(entry, &members);
            }
            if self.known(entry, &members) || !serves {
                continue;
            }
            self.without_section(entry);
            let alone: Vec<&Count> = entry
                .counts
                .iter()
                .filter(|count| count.charge.is_some() && !self.shown(count, &members))
                .collect();
            if alone.is_empty() {
                continue;
            }
            let doubtful = entry.youth
                || self.is_youth(entry)
                || (entry.court_number.is_none()
                    && (self.judged(&members)
                        || alone.iter().any(|count| self.elsewhere(entry, count))));
            if doubtful {
                for count in alone {
                    self.left_unread(count);
                }
            } else {
                self.convicted(entry, &alone);
            }
        }
    }

    /// A prison entry that prints neither sentence nor court: what it was for is only told, where no court shows it.
    fn prison_alone(&mut self, entry: &Entry, chain: &[&Entry]) {
        for count in &entry.counts {
            let known = count.charge.is_some()
                && (self.shown(count, chain) || self.elsewhere(entry, count));
            if !known {
                let section = count.charge.as_ref().and_then(|charge| {
                    let section = charge.value.section.as_ref()?;
                    Some(section.to_string())
                });
                let line = count
                    .charge
                    .as_ref()
                    .map_or(count.line, |charge| charge.line);
                self.to
                    .marks
                    .flag(FlagKind::ConvictionWithoutCourt, None, line, "", section);
            }
        }
    }

    /// A sentence for a charge whose section is not known, another state's say: no case can be made of it, and it must be seen.
    fn without_section(&mut self, entry: &Entry) {
        let unknown = entry.counts.iter().filter(|count| count.charge.is_none());
        let mut lines: Vec<usize> = unknown
            .map(|count| count.words.as_ref().map_or(count.line, |words| words.line))
            .collect();
        if entry.counts.is_empty() {
            lines.push(entry.header);
        }
        for line in lines {
            self.to.marks.unread(line);
            self.to
                .marks
                .flag(FlagKind::ConvictionWithoutCourt, None, line, "", None);
        }
    }

    /// Takes what an entry adds to a case that is known by its number, or to the one conviction of the chain that it can mean.
    /// False where the case is not known by its number.
    fn known(&mut self, entry: &Entry, chain: &[&Entry]) -> bool {
        if !matches!(entry.kind, Kind::Custody | Kind::Probation) {
            return false;
        }
        let numbered: Option<Vec<usize>> = entry.court_number.as_ref().map(|number| {
            let own = squeezed(&number.value);
            let known = (0_usize..).zip(&self.cases).filter(|(_, case)| {
                case.number
                    .as_deref()
                    .is_some_and(|other| squeezed(other) == own)
            });
            known.map(|(at, _)| at).collect()
        });
        let by_number = numbered.as_ref().is_some_and(|cases| !cases.is_empty());
        for count in &entry.counts {
            let Some(base) = base(count) else { continue };
            let found: Vec<(usize, usize)> = (0_usize..)
                .zip(&self.cases)
                .filter(|(at, _)| !by_number || numbered.iter().flatten().any(|own| own == at))
                .flat_map(|(at, case)| {
                    (0_usize..)
                        .zip(&case.counts)
                        .filter(|(_, one)| one.section.as_ref().is_some_and(|s| s.base() == base))
                        .map(move |(count, _)| (at, count))
                })
                .collect();
            match found.as_slice() {
                // The court shows no such count: it must not vanish.
                [] if by_number => self.left_unread(count),
                [one] if by_number || (numbered.is_none() && self.shown(count, chain)) => {
                    self.serves(*one, entry, count);
                }
                _ => {}
            }
        }
        by_number
    }

    /// A sentence, and that it was violated, which only the entry of who carried it out shows.
    fn serves(&mut self, (case, at): (usize, usize), entry: &Entry, read: &Count) {
        let path = format!("cases[{case}].counts[{at}].sentence");
        let wordings = self.wordings;
        let Some(count) = self
            .cases
            .get_mut(case)
            .and_then(|case| case.counts.get_mut(at))
        else {
            return;
        };
        for outcome in read.outcomes.iter().chain(&entry.outcomes) {
            let known = count.sentence.as_ref().and_then(|s| s.parts.as_ref());
            if let Some(printed) = outcome.sentence.as_ref().filter(|_| known.is_none()) {
                let terms = sentence::terms(&printed.value);
                count.sentence.get_or_insert_default().parts = Some(terms.parts);
                self.to.doubtful(&path, printed.line, None);
                let kind = FlagKind::DoubtfulSentence;
                self.to
                    .flag(kind, &path, printed.line, &printed.value, None);
            }
            if wordings.later(&outcome.text) == Some(Later::Violated)
                && entry.kind == Kind::Probation
            {
                count.sentence.get_or_insert_default().violated = Some(true);
                self.to.note(&format!("{path}.violated"), outcome.line);
            }
        }
    }

    fn is_youth(&self, entry: &Entry) -> bool {
        let kind = entry
            .agency
            .as_ref()
            .and_then(|agency| self.courts.agency(&agency.value).kind);
        kind == Some(AgencyKind::YouthAuthority)
    }

    /// A court of the same chain convicted of the section.
    fn shown(&self, count: &Count, chain: &[&Entry]) -> bool {
        let base = base(count);
        let charged = chain
            .iter()
            .filter(|entry| entry.kind == Kind::Court)
            .flat_map(|entry| &entry.counts)
            .any(|other| base.is_some() && self::base(other) == base);
        charged && self.convictions(base).next().is_some()
    }

    /// A court of the same chain convicted of something.
    fn judged(&self, chain: &[&Entry]) -> bool {
        chain
            .iter()
            .filter(|entry| entry.kind == Kind::Court)
            .flat_map(|entry| &entry.counts)
            .any(|count| self.convictions(base(count)).next().is_some())
    }

    /// Another chain has a conviction of the section shortly before.
    fn elsewhere(&self, entry: &Entry, count: &Count) -> bool {
        let Some(day) = entry.day() else {
            return self.convictions(base(count)).next().is_some();
        };
        self.convictions(base(count)).any(|convicted| {
            convicted
                .disposition
                .as_ref()
                .and_then(|disposition| disposition.date)
                .is_none_or(|date| {
                    date.earliest() <= day && day.year() - date.earliest().year() <= NEAR_YEARS
                })
        })
    }

    fn convictions(&self, base: Option<&str>) -> impl Iterator<Item = &RecordCount> {
        self.cases
            .iter()
            .flat_map(|case| &case.counts)
            .filter(move |count| {
                let section = count.section.as_ref().map(|section| section.base());
                let convicted = count
                    .disposition
                    .as_ref()
                    .is_some_and(|disposition| disposition.kind == DispositionKind::Convicted);
                convicted && section.is_some() && section == base
            })
    }

    fn left_unread(&mut self, count: &Count) {
        let Some(charge) = &count.charge else { return };
        self.to.marks.unread(charge.line);
        let proposal = charge.value.section.as_ref().map(ToString::to_string);
        self.to.marks.flag(
            FlagKind::ConvictionWithoutCourt,
            None,
            charge.line,
            "",
            proposal,
        );
    }

    fn convicted(&mut self, entry: &'a Entry, counts: &[&'a Count]) {
        let index = self.cases.len();
        let path = self.begin(Some(entry));
        let place = entry.sentenced_in.as_ref().and_then(|place| {
            let county = self
                .courts
                .agency(&format!("CASC {}", place.value))
                .county?;
            Some((county.name.clone(), place.line))
        });
        if let Some((_, line)) = &place {
            self.to
                .doubtful(&format!("{path}.court.county"), *line, None);
            self.to
                .doubtful(&format!("{path}.court.jurisdiction"), *line, None);
        }
        if let Some(number) = &entry.court_number {
            self.to
                .doubtful(&format!("{path}.number"), number.line, None);
        }
        let mut made = Vec::new();
        for count in counts {
            for _ in 0..count.times() {
                let path = format!("{path}.counts[{}]", made.len());
                let mut one = self.count(&[(entry, count)], &path);
                let implied = one
                    .disposition
                    .as_ref()
                    .is_none_or(|d| d.kind == DispositionKind::Other);
                if implied {
                    one.disposition = Some(Disposition {
                        kind: DispositionKind::Convicted,
                        date: None,
                        plea: None,
                    });
                    let line = count
                        .charge
                        .as_ref()
                        .map_or(count.line, |charge| charge.line);
                    let path = format!("{path}.disposition");
                    self.to.forget(&path);
                    self.to.doubtful(&path, line, None);
                    self.to
                        .flag(FlagKind::ConvictionWithoutCourt, &path, line, "", None);
                }
                one.id = Some(CountId(format!("k{}c{}", index + 1, made.len() + 1)));
                made.push(one);
            }
        }
        let jurisdiction = self.courts.jurisdiction().to_owned();
        if let Some(case) = self.cases.last_mut() {
            if let Some((county, _)) = place {
                case.court.county = Some(county);
                case.court.jurisdiction = Some(jurisdiction);
            }
            case.number = entry
                .court_number
                .as_ref()
                .map(|number| number.value.clone());
            case.counts = made;
        }
    }
}

/// An entry whose counts name several courts becomes one for each; what names none is of none of them.
pub(in super::super) fn by_court(entry: Entry) -> Vec<Entry> {
    let number = |count: &Count| {
        count
            .court
            .as_ref()
            .map(|(_, number)| squeezed(&number.value))
    };
    let mut numbers: Vec<Option<String>> = Vec::new();
    for count in &entry.counts {
        let own = number(count);
        if !numbers.contains(&own) {
            numbers.push(own);
        }
    }
    let serves = matches!(entry.kind, Kind::Custody | Kind::Probation);
    if !serves || numbers.iter().flatten().count() < 2 {
        return vec![entry];
    }
    (0_usize..)
        .zip(numbers)
        .map(|(at, own)| {
            let mut one = entry.clone();
            one.counts.retain(|count| number(count) == own);
            let court = one.counts.first().and_then(|count| count.court.clone());
            (one.sentenced_in, one.court_number) = match court {
                Some((place, number)) => (place, Some(number)),
                None => (None, None),
            };
            // The text of the entry is shown once.
            if at > 0 {
                (one.lines, one.strike, one.lead) = (Vec::new(), None, Lead::Dashes);
            }
            one
        })
        .collect()
}

fn base(count: &Count) -> Option<&str> {
    Some(count.charge.as_ref()?.value.section.as_ref()?.base())
}
