//! From lines to entries: numbered ones (`1-ARRESTED OR RECEIVED 1998/06/09`) and cycles (`=== CYCLE 001 ===`).

use std::time::{Duration, Instant};

use record::{Level, PartialDate};

use super::agency;
use super::entry::{Court, Entry};
use super::head::{self, Head};
use super::words::{HEAD, Kind, LABELS, WITHIN, bare, cycle, header};
use crate::closing::is_gap;
use crate::sheet::clean::Line;
use crate::sheet::marks::Marks;
use crate::sheet::{notices, sentence};
use crate::unproved::day::{self, Day};
use crate::unproved::labels::{self, Sign};
use crate::unproved::{Count, Noted, Person, charge, noted};
use crate::{FlagKind, Ignored, OtherKind, ReadError, limits};

/// What a walk over all lines finds.
pub(super) struct Walked {
    pub(super) person: Person,
    pub(super) entries: Vec<Entry>,
    pub(super) first_entry: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Arrest,
    Court,
    Kept,
}

/// What an unlabelled line goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    Nothing,
    /// Dispositions and sentences, a day before each.
    Ended,
}

pub(super) struct Walker<'a> {
    lines: &'a [Line],
    person: Person,
    head: Head,
    entries: Vec<Entry>,
    entry: Option<Entry>,
    part: Part,
    goes: Goes,
    first_entry: Option<usize>,
    counts: usize,
    /// A label of an ending stands alone on its line: what it said comes on the next.
    begun: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(lines: &'a [Line]) -> Self {
        Self {
            lines,
            person: Person::default(),
            head: Head::default(),
            entries: Vec::new(),
            entry: None,
            part: Part::Arrest,
            goes: Goes::Nothing,
            first_entry: None,
            counts: 0,
            begun: false,
        }
    }

    /// Walks over all lines.
    ///
    /// # Errors
    /// It takes longer than the limit.
    pub(super) fn walk(mut self, marks: &mut Marks) -> Result<Walked, ReadError> {
        let deadline = Instant::now() + Duration::from_secs(limits::SECONDS);
        let lines = self.lines;
        // Behind the end another answer may stand: it is not read, and must not look as if it were.
        let end = lines
            .iter()
            .position(|line| bare(&line.text).starts_with("END OF RECORD"));
        let begins = |line: &Line| header(&line.text).is_some() || cycle(&line.text);
        let more = end.is_some_and(|end| lines.iter().skip(end).any(begins));
        let (mut stopped, mut index) = (None, false);
        for (at, line) in lines.iter().enumerate() {
            if at % 256 == 0 && Instant::now() > deadline {
                return Err(ReadError::TooSlow {
                    seconds: limits::SECONDS,
                });
            }
            let text = line.text.as_str();
            if text.is_empty() {
                marks.ignored(at, Ignored::Blank);
                self.head.blank();
                continue;
            }
            if stopped.is_some() {
                if stopped == Some(false) {
                    marks.ignored(at, Ignored::AfterEnd);
                }
                continue;
            }
            if is_gap(&line.printed) {
                // It stays unread, and nothing goes on behind it.
                self.close();
            } else if line.printed == crate::pdf::LEFT_OUT {
                // It stays unread.
            } else if notices::is_page_mark(text) {
                marks.ignored(at, Ignored::Page);
            } else if notices::is_browser_print(text) {
                marks.ignored(at, Ignored::BrowserPrint);
            } else if Some(at) == end {
                marks.used(at);
                self.close();
                stopped = Some(more);
            } else if self.names_another(at, text) {
                self.close();
                marks.flag(FlagKind::UnknownEntry, None, at, text, None);
                stopped = Some(true);
            } else if bare(text).is_empty() {
                marks.ignored(at, Ignored::Ruler);
            } else if bare(text) == "INDEX OF AGENCIES" {
                marks.ignored(at, Ignored::Notice);
                self.close();
                index = true;
            } else if index {
                // Names and addresses of the agencies above.
                marks.ignored(at, Ignored::Remark);
            } else if self.begins(at, text, marks) {
                // An entry; its line is told of there.
            } else if self.entry.is_some() {
                self.labelled_parts(at, line, marks);
            } else {
                let title =
                    ["INTRODUCTION", "IDENTIFICATION", "CRIMINAL HISTORY"].contains(&bare(text));
                if title {
                    marks.ignored(at, Ignored::Ruler);
                } else {
                    self.head.line(at, line, &mut self.person, marks);
                }
            }
        }
        self.close();
        Ok(Walked {
            first_entry: self.first_entry.unwrap_or(lines.len()),
            person: self.person,
            entries: self.entries,
        })
    }

    /// The head of a record with another number, where entries stand: nothing of it may land in this record.
    fn names_another(&self, at: usize, text: &str) -> bool {
        if self.first_entry.is_none() {
            return false;
        }
        let ours = |text: &str| {
            self.person.numbers.iter().any(|number| {
                text.split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == number.value.value)
            })
        };
        if Head::is_title(text) {
            let next = self
                .lines
                .iter()
                .skip(at + 1)
                .find(|line| !line.text.is_empty());
            return next.is_none_or(|next| !ours(&next.text));
        }
        let labelled = labels::at_start(text, &HEAD, Sign::Any);
        labelled.is_some_and(|found| {
            found.kind == Kind::FbiNumber && !found.value.is_empty() && !ours(text)
        })
    }

    fn close(&mut self) {
        self.entries.extend(self.entry.take());
        (self.part, self.goes) = (Part::Arrest, Goes::Nothing);
    }

    fn begins(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let numbered = header(text);
        if numbered.is_none() && !cycle(text) {
            return false;
        }
        self.close();
        self.first_entry.get_or_insert(at);
        marks.used(at);
        let mut entry = Entry {
            header: at,
            lines: vec![at],
            cycle: numbered.is_none(),
            ..Entry::default()
        };
        let Some((words, _)) = numbered else {
            self.entry = Some(entry);
            return true;
        };
        let (own, next) = labels::cut(words, &WITHIN);
        if let Some((_, found)) = day::first(own) {
            entry.date = self.dated(found, at, None, marks);
        }
        if words.starts_with("APPLICANT") || words.starts_with("CIVIL") {
            entry.other = Some(OtherKind::Applicant);
        } else if words.starts_with("REGIST") {
            entry.other = Some(OtherKind::Registration);
        } else if words.starts_with("INQUIRY") {
            entry.other = Some(OtherKind::Unknown);
        }
        self.entry = Some(entry);
        if let Some(next) = next {
            self.one(at, next, marks);
        }
        true
    }

    /// A date; what the calendar does not have, and two digits of a year that nothing stands beside, are left unknown and shown.
    fn dated(
        &self,
        day: Day,
        at: usize,
        from: Option<i16>,
        marks: &mut Marks,
    ) -> Option<Noted<PartialDate>> {
        let date = day.date(from);
        match (date, day) {
            (None, Day::Impossible) => marks.flag(FlagKind::ImpossibleDate, None, at, "", None),
            (None, _) | (_, Day::Short(..)) => {
                marks.flag(FlagKind::DoubtfulDate, None, at, "", None)
            }
            _ => {}
        }
        Some(noted(date?, at))
    }

    fn year(&self) -> Option<i16> {
        let date = self.entry.as_ref()?.date.as_ref()?;
        Some(date.value.earliest().year())
    }

    fn labelled_parts(&mut self, at: usize, line: &Line, marks: &mut Marks) {
        if let Some(entry) = &mut self.entry {
            if head::is_notice(&line.text) {
                marks.ignored(at, Ignored::Notice);
                self.goes = Goes::Nothing;
                return;
            }
            entry.lines.push(at);
            if entry.other.is_some() {
                marks.used(at);
                return;
            }
        }
        let mut rest = Some(line.text.as_str());
        while let Some(text) = rest {
            let (own, next) = labels::cut(text, &WITHIN);
            self.one(at, own, marks);
            rest = next;
        }
    }

    /// One label with its value, or a line without any.
    fn one(&mut self, at: usize, text: &str, marks: &mut Marks) {
        let Some(found) = labels::at_start(text, &LABELS, Sign::Any) else {
            self.unlabelled(at, text, marks);
            return;
        };
        let segment = matches!(found.kind, Kind::Court | Kind::Kept(_) | Kind::ArrestDate);
        if self.part == Part::Kept && !segment {
            self.keep(at, marks);
            return;
        }
        (self.goes, self.begun) = (Goes::Nothing, false);
        let value = found.value;
        match found.kind {
            Kind::Kept(kind) => {
                self.part = Part::Kept;
                if let Some(entry) = &mut self.entry {
                    entry.kept.push((kind, Vec::new()));
                }
                self.keep(at, marks);
            }
            Kind::Name if value.contains(',') => {
                marks.used(at);
                self.person.named(value, at, marks);
            }
            Kind::StateNumber => {
                let line = Line::default();
                head::labelled(found.kind, value, at, &line, &mut self.person, marks);
            }
            Kind::Name | Kind::Nothing | Kind::Born | Kind::FbiNumber => marks.used(at),
            Kind::ArrestDate => {
                self.part = Part::Arrest;
                let date =
                    day::first(value).and_then(|(_, found)| self.dated(found, at, None, marks));
                marks.used(at);
                if let Some(entry) = &mut self.entry {
                    entry.date = date;
                }
            }
            Kind::ArrestNumber | Kind::Agency => {
                let read = agency::read(value, at);
                if let Some(entry) = self.entry.as_mut().filter(|_| !value.is_empty()) {
                    if found.kind == Kind::Agency {
                        entry.agency = read;
                    } else {
                        entry.number = Some(noted(value.to_owned(), at));
                    }
                }
                marks.used(at);
            }
            Kind::Charge => self.charge(at, found.number, value, marks),
            Kind::Literal => self.words(at, value, marks),
            Kind::Statute => self.statute(at, value, marks),
            Kind::Level => self.level(at, charge::labelled_level(value), marks),
            Kind::Court => self.court(at, text, value, marks),
            Kind::CourtName | Kind::CourtNumber | Kind::CourtDate => {
                self.of_court(found.kind, at, value, marks)
            }
            Kind::Ended | Kind::Sentenced => {
                self.goes = Goes::Ended;
                self.begun = value.is_empty();
                marks.used(at);
                self.ended(at, value, found.kind == Kind::Sentenced, marks);
            }
        }
    }

    fn keep(&mut self, at: usize, marks: &mut Marks) {
        marks.used(at);
        let kept = self.entry.as_mut().and_then(|entry| entry.kept.last_mut());
        if let Some((_, lines)) = kept {
            lines.push(at);
        }
    }

    fn unlabelled(&mut self, at: usize, text: &str, marks: &mut Marks) {
        if self.part == Part::Kept {
            self.keep(at, marks);
        } else if self.goes == Goes::Ended
            && (day::first(text).is_some() || sentence::is_sentence(text) || self.begun)
        {
            self.ended(at, text, false, marks);
        }
    }

    /// Where counts stand now: with the court, or with the arrest.
    fn counts(&mut self) -> Option<&mut Vec<Count>> {
        let entry = self.entry.as_mut()?;
        Some(match self.part {
            Part::Court => &mut entry.courts.last_mut()?.counts,
            Part::Arrest | Part::Kept => &mut entry.counts,
        })
    }

    fn law(&self) -> Option<&str> {
        let entry = self.entry.as_ref()?;
        let court = entry.courts.last().filter(|_| self.part == Part::Court);
        let of_court = court.and_then(|court| court.agency.jurisdiction.as_ref());
        let law = of_court.or(entry.agency.jurisdiction.as_ref())?;
        Some(law.value.as_str())
    }

    /// The codes of sections that the reader knows are those of one state.
    fn knows_codes(&self) -> bool {
        self.law()
            .is_none_or(|law| law == crate::sheet::JURISDICTION)
    }

    fn charge(&mut self, at: usize, number: Option<u16>, value: &str, marks: &mut Marks) {
        let sections = self.knows_codes();
        if self.counts >= limits::COUNTS {
            return;
        }
        self.counts += 1;
        marks.used(at);
        let Some(counts) = self.counts() else { return };
        let mut count = Count {
            line: at,
            printed: number,
            ..Count::default()
        };
        if !value.is_empty() {
            charge::read(&mut count, value, at, sections);
        }
        counts.push(count);
    }

    fn words(&mut self, at: usize, value: &str, marks: &mut Marks) {
        let sections = self.knows_codes();
        let Some(count) = self.counts().and_then(|counts| counts.last_mut()) else {
            return;
        };
        marks.used(at);
        if !value.is_empty() {
            charge::read(count, value, at, sections && count.charge.is_none());
        }
    }

    /// `11357(B) HS`, `HS 11357(B)`; of other states it is kept with the words.
    fn statute(&mut self, at: usize, value: &str, marks: &mut Marks) {
        let sections = self.knows_codes();
        let Some(count) = self.counts().and_then(|counts| counts.last_mut()) else {
            return;
        };
        marks.used(at);
        let read = crate::sheet::charge::parse(value).filter(|_| sections);
        match read {
            Some(charge) => count.charge = Some(noted(charge, at)),
            None if !value.is_empty() => {
                let words = count.words.take().map(|words| format!("{} ", words.value));
                count.words = Some(noted(format!("{}{value}", words.unwrap_or_default()), at));
            }
            None => {}
        }
    }

    fn level(&mut self, at: usize, level: Option<Level>, marks: &mut Marks) {
        let count = self.counts().and_then(|counts| counts.last_mut());
        if let (Some(count), Some(level)) = (count, level) {
            marks.used(at);
            count.level = Some(noted(level, at));
        }
    }

    /// `COURT-SUPERIOR COURT ...`, or the title of a part in a cycle.
    fn court(&mut self, at: usize, text: &str, value: &str, marks: &mut Marks) {
        marks.used(at);
        self.part = Part::Court;
        let titled = value.is_empty()
            || value.starts_with('(')
            || text.starts_with("SENTENCING")
            || text.starts_with("COURT DISPOSITION");
        let agency = if titled {
            agency::Agency::default()
        } else {
            agency::read(value, at)
        };
        if let Some(entry) = &mut self.entry {
            entry.courts.push(Court {
                line: at,
                agency,
                ..Court::default()
            });
        }
    }

    fn of_court(&mut self, kind: Kind, at: usize, value: &str, marks: &mut Marks) {
        let from = self.year();
        let found = day::first(value).map(|(_, found)| found);
        let date = found.filter(|_| kind == Kind::CourtDate);
        let date = date.and_then(|found| self.dated(found, at, from, marks));
        let Some(entry) = self.entry.as_mut().filter(|_| !value.is_empty()) else {
            marks.used(at);
            return;
        };
        marks.used(at);
        if self.part != Part::Court {
            self.part = Part::Court;
            entry.courts.push(Court {
                line: at,
                ..Court::default()
            });
        }
        let Some(court) = entry.courts.last_mut() else {
            return;
        };
        match kind {
            Kind::CourtName => court.agency = agency::read(value, at),
            Kind::CourtNumber => court.number = Some(noted(value.to_owned(), at)),
            _ => court.date = date,
        }
    }

    /// `07-20-98 CONVICTED-3 YRS PROB`; a line without a day goes on the one before.
    fn ended(&mut self, at: usize, value: &str, sentenced: bool, marks: &mut Marks) {
        let (text, found) = day::taken(value);
        let text = text.trim_matches([' ', '(', ')', ';']);
        if text.is_empty() {
            return;
        }
        if self.goes_on(at) {
            self.begun = false;
        }
        let from = self.year();
        let dated = found.is_some();
        let date = found.and_then(|found| self.dated(found, at, from, marks));
        let follows = !dated && !sentenced && self.goes_on(at);
        let in_court = self.part == Part::Court;
        let Some(entry) = &mut self.entry else { return };
        let cycle = entry.cycle;
        let (counts, court) = match entry.courts.last_mut() {
            Some(court) if in_court => (&mut court.counts, Some(&mut court.endings)),
            _ => (&mut entry.counts, None),
        };
        // Charges in a list and one ending below: whether it is said of all of them or of the last, nothing tells.
        let listed = !cycle
            && counts
                .iter()
                .rev()
                .nth(1)
                .is_some_and(|before| before.endings.is_empty());
        let endings = counts.last_mut().map(|count| &mut count.endings).or(court);
        let Some(endings) = endings.filter(|_| !listed) else {
            marks.unread(at);
            if listed {
                marks.flag(FlagKind::UnknownDisposition, None, at, "", None);
            }
            return;
        };
        if let Some(last) = endings.last_mut().filter(|_| follows) {
            // The line before was cut where the paper ended.
            let whole = format!("{} {text}", last.outcome.text);
            let (line, day) = (last.outcome.line, last.date.take());
            *last = charge::ending(&whole, line, day);
            last.outcome.sentence_goes_on.push(at);
            marks.used(at);
            return;
        }
        marks.used(at);
        endings.push(charge::ending(text, at, date));
    }

    /// No label stands on the line itself.
    fn goes_on(&self, at: usize) -> bool {
        self.lines
            .get(at)
            .is_some_and(|line| labels::at_start(&line.text, &LABELS, Sign::Any).is_none())
    }
}
