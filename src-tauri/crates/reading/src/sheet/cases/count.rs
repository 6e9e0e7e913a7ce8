//! The counts of a case: what each charges, and what became of it.

use record::{Count as RecordCount, CountId, DispositionKind, PartialDate};

use super::super::entry::{Count, Entry, Noted, Outcome, noted};
use super::super::fold;
use super::super::headers::Kind;
use super::{Cases, Docket};
use crate::FlagKind;

impl Cases<'_, '_> {
    pub(super) fn counts(&mut self, docket: Docket<'_>) {
        let Some(case_index) = self.cases.len().checked_sub(1) else {
            return;
        };
        let mut counts: Vec<RecordCount> = Vec::new();
        for places in docket {
            let Some((_, first)) = places.first() else {
                continue;
            };
            // A range or a list is as many like counts.
            for _ in 0..first.times() {
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
        // A finding that only juvenile courts make says what court it was.
        let juvenile = all == 0
            && counts.iter().any(|count| {
                count
                    .disposition
                    .as_ref()
                    .is_some_and(|d| d.kind == DispositionKind::Adjudicated)
            });
        if let Some(case) = self.cases.last_mut() {
            if juvenile {
                case.juvenile = Some(true);
            }
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

    pub(super) fn count(&mut self, places: &[(&Entry, &Count)], path: &str) -> RecordCount {
        let mut count = RecordCount::default();
        let mut doubtful_relief = false;
        for (place, (entry, read)) in places.iter().enumerate() {
            self.to.marks.fact(read.line, path);
            if count.section.is_none() && count.description.is_none() {
                self.charge(&mut count, read, path);
            }
            let outcomes: Vec<(&Outcome, Option<Noted<PartialDate>>)> = read
                .outcomes
                .iter()
                .chain(&entry.outcomes)
                .map(|outcome| {
                    let date = entry
                        .date
                        .as_ref()
                        .and_then(|date| Some(noted(date.value.known?, date.line)));
                    (outcome, date)
                })
                .collect();
            doubtful_relief |= fold::fold(
                &mut count,
                &outcomes,
                path,
                self.wordings,
                &mut self.to,
                place > 0,
            );
            if let Some(date) = entry
                .date
                .as_ref()
                .filter(|date| date.value.known.is_none())
            {
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
                    let level = format!("{path}.level");
                    let convicted = count
                        .disposition
                        .as_ref()
                        .is_some_and(|d| d.kind == DispositionKind::Convicted);
                    // The type of the charge: that the conviction had it is only likely.
                    if convicted {
                        self.to.doubtful(&level, toc.line, None);
                    } else {
                        self.to.note(&level, toc.line);
                    }
                } else {
                    self.to.marks.used(toc.line);
                }
            }
        }
        // A count that was judged, and of what is printed nowhere.
        if count.section.is_none()
            && count.description.is_none()
            && count.disposition.is_some()
            && let Some((entry, read)) = places.first()
            && entry.kind == Kind::Court
            && read.charge.is_none()
        {
            let path = format!("{path}.section");
            self.to
                .flag(FlagKind::DoubtfulSection, &path, read.line, "", None);
        }
        doubtful_relief |= places.iter().any(|(_, read)| read.unread_update);
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
                None if read.doubted || charge.doubtful => {
                    self.to.doubtful(&section_path, *line, None)
                }
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
