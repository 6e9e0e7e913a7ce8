//! Spans of days within which every day answers the same.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use packs::Pack;
use packs::door::Anchor;
use packs::route::Kind;
use packs::test::Leaf;
use record::findings::Finding;
use record::lead::{DaySpan, Reply};
use record::{PartialDate, Record};

use super::replies::{About, Place, Try};
use crate::docket::Docket;
use crate::screen;

/// Nobody's record begins earlier in a life than this, or ends later, in years: bounds for a birth that is not known.
const YOUNGEST: i32 = 8;
const OLDEST: i32 = 90;
/// How far back of what followed it an event without a day is looked for, in years.
const BACK: i32 = 40;

// What is said on a day; none where the day fits no place.
type Said = Option<Vec<Finding>>;

impl About<'_> {
    /// Each span of days, with a record for its first day and one for its last.
    pub(super) fn day_tries(&self, packs: &[&Pack]) -> Vec<Try> {
        let Some((known, first, last)) = packs.first().and_then(|pack| self.range(pack)) else {
            return Vec::new();
        };
        let mut days = vec![first, last];
        // A year's steps find every change that lasts as long; the calendar's own days those that do not. An age is full years.
        let years =
            (1..).map_while(|n| first.checked_add(n.years()).ok().filter(|day| *day < last));
        days.extend(years);
        let calendar = match Place::of(self.fact) {
            Some(Place::Person(_)) => Vec::new(),
            _ => packs.iter().flat_map(|pack| calendar(pack)).collect(),
        };
        for day in calendar.into_iter().chain([self.ask.as_of]) {
            days.extend(
                [day.yesterday(), Ok(day), day.tomorrow()]
                    .into_iter()
                    .flatten(),
            );
        }
        days.retain(|day| (first..=last).contains(day));
        days.sort_unstable();
        days.dedup();
        let said: Vec<_> = days.iter().map(|day| (*day, self.answers(*day))).collect();
        let mut spans: Vec<(Date, Date)> = Vec::new();
        let mut start = first;
        for pair in said.windows(2) {
            let ((a, before), (b, after)) = (&pair[0], &pair[1]);
            // Several counts can part within one step: each edge is looked for from the one before it.
            let (mut at, mut said) = (*a, before.clone());
            while said != *after {
                let edge = self.edge(at, &said, *b);
                spans.push((start, edge.yesterday().unwrap_or(start)));
                (start, at) = (edge, edge);
                said = self.answers(edge);
            }
        }
        spans.push((start, last));
        let tries = spans.iter().filter_map(|(from, to)| {
            Some(Try {
                reply: Reply::Days(DaySpan {
                    from: Some(*from).filter(|from| known || *from != first),
                    to: Some(*to).filter(|to| known || *to != last),
                }),
                record: self.on(*from)?,
                far: self.on(*to),
            })
        });
        tries.collect()
    }

    // The first day after `a` that no longer answers as `a` does, where `b` does not.
    fn edge(&self, mut a: Date, before: &Said, mut b: Date) -> Date {
        loop {
            let days = a.until((Unit::Day, b)).map_or(0, |span| span.get_days());
            let middle = a.checked_add((days / 2).days());
            let Some(middle) = middle.ok().filter(|_| days > 1) else {
                return b;
            };
            if self.answers(middle) == *before {
                a = middle;
            } else {
                b = middle;
            }
        }
    }

    // What the routes that ask say if it was on this day; a waiting time that moves with the day is the same answer.
    fn answers(&self, day: Date) -> Said {
        let record = self.on(day)?;
        let findings = screen(&record, self.ask, self.packs).findings;
        let said = findings.findings.into_iter().map(|f| Finding {
            earliest: None,
            presumes: Vec::new(),
            review: Vec::new(),
            warnings: Vec::new(),
            forms: Vec::new(),
            questions: f
                .questions
                .into_iter()
                .filter(|question| question.fact == *self.fact)
                .collect(),
            ..f
        });
        Some(said.collect())
    }

    // The record with the event on a day.
    fn on(&self, day: Date) -> Option<Record> {
        let mut record = self.record.clone();
        let date = Some(PartialDate::from(day));
        match Place::of(self.fact)? {
            Place::Person("born") => record.person.born = date,
            Place::Case(k, "filed") => record.cases.get_mut(k)?.filed = date,
            Place::Count(k, c, part) => {
                let count = record.cases.get_mut(k)?.counts.get_mut(c)?;
                match part {
                    "offense_date" => count.offense_date = date,
                    "disposition.date" => count.disposition.as_mut()?.date = date,
                    "sentence.completed" => count.sentence.get_or_insert_default().completed = date,
                    _ => return None,
                }
            }
            _ => return None,
        }
        Some(record)
    }

    // The days that are possible, and whether both ends are known.
    fn range(&self, pack: &Pack) -> Option<(bool, Date, Date)> {
        let known: Option<PartialDate> = self
            .record
            .fact(self.fact)
            .and_then(|value| value.as_str()?.parse().ok());
        if let Some(date) = known {
            return Some((true, date.earliest(), date.latest()));
        }
        let as_of = self.ask.as_of;
        let docket = Docket::new(self.record, pack, as_of);
        let back = |day: Date, years: i32| day.checked_sub(years.years()).ok();
        let offenses = || docket.entries().filter_map(|(.., entry)| entry.days.last);
        let (first, last) = match Place::of(self.fact)? {
            Place::Person("born") => {
                let first = offenses().min().unwrap_or(as_of);
                (back(first, OLDEST)?, back(first, YOUNGEST)?)
            }
            Place::Case(k, "filed") => {
                let case = self.record.cases.get(k)?;
                let judged = case
                    .counts
                    .iter()
                    .filter_map(|c| c.disposition.as_ref()?.date);
                let last = judged.map(PartialDate::latest).min().unwrap_or(as_of);
                let counts = 0..case.counts.len();
                let first = counts.filter_map(|c| docket.entry(k, c).days.first).max();
                (first.or_else(|| back(last, BACK))?, last)
            }
            Place::Count(k, c, part) => {
                let count = self.record.cases.get(k)?.counts.get(c)?;
                let days = docket.entry(k, c).days;
                let judged = count.disposition.as_ref().and_then(|d| d.date);
                let ended = count.sentence.as_ref().and_then(|s| s.completed);
                match part {
                    "offense_date" => {
                        let last = days.last.unwrap_or(as_of);
                        (days.first.or_else(|| back(last, BACK))?, last)
                    }
                    "disposition.date" => {
                        let last = ended.map_or(as_of, PartialDate::latest);
                        (days.first.or_else(|| back(last, BACK))?, last)
                    }
                    "sentence.completed" => {
                        let first = judged.map(PartialDate::earliest).or(days.first);
                        (first.or_else(|| back(as_of, BACK))?, as_of)
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        (first < last).then_some((false, first, last))
    }
}

// Every day of the calendar that a pack's law names.
fn calendar(pack: &Pack) -> Vec<Date> {
    let mut days = Vec::new();
    for route in &pack.routes {
        for asked in route.tests() {
            days.extend(asked.test.leaves().iter().filter_map(|leaf| match leaf {
                Leaf::OffenseFrom(day) | Leaf::EventFrom(_, day) => Some(*day),
                _ => None,
            }));
        }
        if let Kind::Door(door) = &route.kind {
            let terms = door.waits.iter().flat_map(|wait| &wait.terms);
            days.extend(terms.filter_map(|term| match term.from {
                Anchor::Day(day) => Some(day),
                _ => None,
            }));
        }
    }
    let forms = pack.offenses.iter().flat_map(|(_, offense)| &offense.forms);
    days.extend(forms.flat_map(|form| [form.from, form.until]).flatten());
    let entries = pack.offenses.lists().flat_map(|list| &list.entries);
    days.extend(
        entries
            .flat_map(|entry| [entry.from, entry.until])
            .flatten(),
    );
    days
}
