//! From lines to entries: numbered ones (`1-ARRESTED OR RECEIVED 1998/06/09`) and cycles (`=== CYCLE 001 ===`).
//!
//! Here the record is divided: where it ends, where an entry begins, what belongs to no entry. The lines of an entry go to
//! [`labelled`], which hands each label's value to [`charges`], [`court`] or [`disposition`].

mod charges;
mod court;
mod disposition;
mod labelled;

use std::time::{Duration, Instant};

use super::entry::Entry;
use super::head::Head;
use super::words::{HEAD, Kind, WITHIN, bare, cycle, header};
use crate::closing::is_gap;
use crate::sheet::clean::Line;
use crate::sheet::marks::Marks;
use crate::sheet::notices;
use crate::unproved::Person;
use crate::unproved::day;
use crate::unproved::labels::{self, Sign};
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
            entry.date = found.on(at, None, marks);
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

    fn year(&self) -> Option<i16> {
        let date = self.entry.as_ref()?.date.as_ref()?;
        Some(date.value.earliest().year())
    }
}
