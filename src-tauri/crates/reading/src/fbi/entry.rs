//! One arrest with what the record tells of its courts and its custody, and the cases it makes.

use record::PartialDate;

use super::agency::Agency;
use crate::sheet::marks::Marks;
use crate::text::RawLine;
use crate::unproved::{Arrest, Case, Count, Ending, Noted};
use crate::{OtherEvent, OtherKind};

/// An entry, or a cycle.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) header: usize,
    /// A cycle, in which every charge has fields of its own.
    pub(super) cycle: bool,
    /// What it is where it is no arrest.
    pub(super) other: Option<OtherKind>,
    pub(super) agency: Agency,
    pub(super) number: Option<Noted<String>>,
    pub(super) date: Option<Noted<PartialDate>>,
    pub(super) counts: Vec<Count>,
    pub(super) courts: Vec<Court>,
    /// Parts that are kept as text: corrections, supervision.
    pub(super) kept: Vec<(OtherKind, Vec<usize>)>,
    pub(super) lines: Vec<usize>,
}

/// What one court made of it.
#[derive(Debug, Default)]
pub(super) struct Court {
    pub(super) line: usize,
    pub(super) agency: Agency,
    pub(super) number: Option<Noted<String>>,
    pub(super) date: Option<Noted<PartialDate>>,
    pub(super) counts: Vec<Count>,
    /// Endings printed before any count.
    pub(super) endings: Vec<Ending>,
}

impl Entry {
    /// Its parts that make no case.
    pub(super) fn others(&self, raw: &[RawLine], cycle: usize) -> Vec<OtherEvent> {
        let event = |kind: OtherKind, lines: &[usize]| {
            let text: Vec<String> = lines
                .iter()
                .filter_map(|line| raw.get(*line))
                .map(|line| line.text.clone())
                .collect();
            OtherEvent {
                kind,
                header: text
                    .first()
                    .map(|line| line.trim().to_owned())
                    .unwrap_or_default(),
                date: self
                    .date
                    .as_ref()
                    .filter(|_| self.other.is_some())
                    .and_then(|date| {
                        let date = date.value;
                        (date.earliest() == date.latest()).then(|| date.earliest())
                    }),
                agency: self.agency.name.as_ref().map(|name| name.value.clone()),
                cycle,
                first_line: lines.first().copied().unwrap_or(self.header),
                text,
            }
        };
        let whole = self.other.map(|kind| event(kind, &self.lines));
        whole
            .into_iter()
            .chain(self.kept.iter().map(|(kind, lines)| event(*kind, lines)))
            .collect()
    }

    /// A case for each court number; one of the arrest where no court is told of.
    pub(super) fn cases(self, marks: &mut Marks) -> Vec<Case> {
        if self.other.is_some() {
            return Vec::new();
        }
        let Self {
            header,
            agency,
            number,
            date,
            mut counts,
            courts,
            ..
        } = self;
        let arrest = Arrest {
            line: header,
            agency: agency.name,
            number,
            date,
        };
        let mut courts = together(courts);
        // A court that names no charge of its own judged that of the arrest, where there was one alone. Of several it is not known which.
        if let [court] = courts.as_mut_slice()
            && court.counts.is_empty()
        {
            court.counts = std::mem::take(&mut counts);
            match court.counts.as_mut_slice() {
                [one] => one.endings.append(&mut court.endings),
                _ => {
                    for ending in &court.endings {
                        marks.unread(ending.outcome.line);
                    }
                }
            }
        }
        if courts.is_empty() {
            return vec![Case {
                jurisdiction: agency.jurisdiction,
                arrests: vec![arrest],
                counts,
                ..Case::default()
            }];
        }
        for count in &counts {
            marks.used(count.line);
        }
        courts
            .into_iter()
            .map(|court| {
                marks.used(court.line);
                Case {
                    court: court.agency.name,
                    jurisdiction: court.agency.jurisdiction,
                    number: court.number,
                    arrests: vec![arrest.clone()],
                    counts: court.counts,
                    ..Case::default()
                }
            })
            .collect()
    }
}

/// Parts of the same court number as one; the day of a part is that of its endings which have none.
fn together(parts: Vec<Court>) -> Vec<Court> {
    let mut courts: Vec<Court> = Vec::new();
    for mut part in parts {
        let day = part.date.clone();
        let own = part.counts.iter_mut().flat_map(|count| &mut count.endings);
        for ending in own.chain(&mut part.endings) {
            ending.date = ending.date.take().or_else(|| day.clone());
        }
        let squeezed = |court: &Court| {
            let number = court.number.as_ref()?;
            Some(
                number
                    .value
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect::<String>(),
            )
        };
        let known = courts.iter_mut().find(|court| {
            // What names no number goes on with the court before it.
            let same = squeezed(court) == squeezed(&part);
            same || squeezed(&part).is_none() && part.counts.is_empty()
        });
        match known {
            Some(court) => join(court, part),
            None => courts.push(part),
        }
    }
    courts
}

fn join(court: &mut Court, part: Court) {
    if court.agency.name.is_none() {
        court.agency = part.agency;
    }
    court.endings.extend(part.endings);
    for count in part.counts {
        let same = |known: &&mut Count| known.printed.is_some() && known.printed == count.printed;
        match court.counts.iter_mut().find(same) {
            Some(known) => known.endings.extend(count.endings),
            None => court.counts.push(count),
        }
    }
}
