//! From lines to entries: where each begins, which ruler stood before it, and which lines are its own.
//!
//! Here is the way over all lines, with the sheet's end and other persons' sheets behind it; [`boundary`] knows the rulers and
//! headers that divide entries, [`lost`] tells an entry whose header is lost or garbled.

mod boundary;
mod lost;

use std::time::{Duration, Instant};

use packs::courts::Courts;
use packs::wordings::Wordings;

use super::body::Body;
use super::clean::Line;
use super::dates;
use super::entry::{Entry, Lead};
use super::headers;
use super::marks::Marks;
use super::preamble::Preamble;
use super::{notices, preamble, rulers};
use crate::{FlagKind, Ignored, ReadError, limits};

/// What a walk over all lines finds.
pub(super) struct Walked {
    pub(super) preamble: Preamble,
    pub(super) entries: Vec<Entry>,
    /// First line that is no longer personal data.
    pub(super) first_entry: usize,
    /// The sheet's end was seen.
    pub(super) ended: bool,
}

pub(super) struct Walker<'a> {
    lines: &'a [Line],
    /// For each line the next one that is not blank, ruler or page mark.
    next: Vec<Option<usize>>,
    courts: &'a Courts,
    wordings: &'a Wordings,
    preamble: Preamble,
    entries: Vec<Entry>,
    body: Option<Body<'a>>,
    lead: Lead,
    /// The personal block is over.
    begun: Option<usize>,
    /// Stars of a ruler broken over lines.
    pieces: Vec<usize>,
    in_frame: bool,
    counts: usize,
    /// A page was lost and no header came since: what stands here belongs to nobody knows what.
    lost: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(lines: &'a [Line], courts: &'a Courts, wordings: &'a Wordings) -> Self {
        let mut next = vec![None; lines.len()];
        let mut following = None;
        for (at, line) in lines.iter().enumerate().rev() {
            if let Some(slot) = next.get_mut(at) {
                *slot = following;
            }
            let text = line.text.as_str();
            if !text.is_empty() && rulers::of(text).is_none() && !notices::is_page_mark(text) {
                following = Some(at);
            }
        }
        Self {
            lines,
            next,
            courts,
            wordings,
            preamble: Preamble::default(),
            entries: Vec::new(),
            body: None,
            lead: Lead::Nothing,
            begun: None,
            pieces: Vec::new(),
            in_frame: false,
            counts: 0,
            lost: false,
        }
    }

    /// Walks over all lines.
    ///
    /// # Errors
    /// It takes longer than the limit.
    pub(super) fn walk(mut self, marks: &mut Marks) -> Result<Walked, ReadError> {
        let deadline = Instant::now() + Duration::from_secs(limits::SECONDS);
        let lines = self.lines;
        let (mut ended, mut resumed, mut whole) = (false, false, true);
        for (at, line) in lines.iter().enumerate() {
            if at % 256 == 0 && Instant::now() > deadline {
                return Err(ReadError::TooSlow {
                    seconds: limits::SECONDS,
                });
            }
            let text = line.text.as_str();
            if crate::closing::is_gap(&line.printed) {
                // It stays unread, and no entry goes on behind it.
                self.close(marks);
                self.lead = Lead::Nothing;
                self.lost = self.begun.is_some();
            } else if line.printed == crate::pdf::LEFT_OUT {
                // It stays unread, and what it stood across goes on.
            } else if ended && (resumed || self.resumes(at, text)) {
                // A second message in the same file: it is not read, and must not look as if it were.
                resumed = true;
                if text.is_empty() {
                    marks.ignored(at, Ignored::Blank);
                }
            } else if ended {
                let reason = if text.is_empty() {
                    Ignored::Blank
                } else {
                    Ignored::AfterEnd
                };
                marks.ignored(at, reason);
            } else if notices::is_page_mark(text) {
                marks.ignored(at, Ignored::Page);
            } else if notices::is_browser_print(text) {
                marks.ignored(at, Ignored::BrowserPrint);
            } else if rulers::is_end(text) || (line.recognised && rulers::is_recognised_end(text)) {
                marks.used(at);
                self.close(marks);
                ended = true;
            } else if self.names_another(at, text) {
                // Another person's sheet without the end of this one: nothing of it may land in this record.
                self.close(marks);
                marks.flag(FlagKind::UnknownEntry, None, at, text, None);
                (ended, resumed, whole) = (true, true, false);
            } else {
                self.return_to_person(text, marks);
                // `TOC:M * * * *`: the ruler's own line was lost.
                let parted = rulers::at_the_end(text).filter(|_| self.body.is_some());
                let before = parted.map(|text| Line {
                    text: text.to_owned(),
                    ..line.clone()
                });
                let own = before.as_ref().unwrap_or(line);
                if !self.boundary(at, own, marks) {
                    self.content(at, own, marks);
                }
                if parted.is_some() {
                    self.stars(at, marks);
                }
            }
        }
        self.close(marks);
        Ok(Walked {
            first_entry: self.begun.unwrap_or(lines.len()),
            preamble: self.preamble,
            entries: self.entries,
            ended: ended && whole,
        })
    }

    /// Entries after the end of the message.
    fn resumes(&self, at: usize, text: &str) -> bool {
        text.starts_with("CNT:")
            || text.starts_with("CII/")
            || crate::fbi::is_entry(text)
            || headers::of(text, self.then_date(at)).is_some()
    }

    /// A number that is not this person's at the head of a line, where entries stand.
    fn names_another(&self, at: usize, text: &str) -> bool {
        // In a frame stand other numbers of the same person; a person's own block goes on with a name.
        let block = || {
            let following = self.lines.iter().skip(at + 1).take(5);
            following.clone().any(|line| line.text.starts_with("NAM/"))
                && following.clone().any(|line| line.text.starts_with("DOB/"))
        };
        self.begun.is_some()
            && (!self.in_frame || block())
            && preamble::cii(text).is_some_and(|number| self.preamble.is_not(number))
    }

    /// A personal block behind what looked like an entry and has no counts: the block was still to come.
    fn return_to_person(&mut self, text: &str, marks: &mut Marks) {
        let block = preamble::cii(text).is_some() || text.starts_with("NAM/");
        if block
            && self.begun.is_some()
            && !self.preamble.found
            && self.counts == 0
            && !self.in_frame
        {
            let counted = self.body.as_ref().is_some_and(Body::has_counts);
            if !counted {
                self.close(marks);
                self.begun = None;
                self.lead = Lead::Nothing;
            }
        }
    }

    fn close(&mut self, marks: &mut Marks) {
        if let Some(body) = self.body.take() {
            let entry = body.finish(marks);
            self.counts += entry.counts.len();
            self.entries.push(entry);
        }
    }

    /// No header came after dashes: they divided nothing, and the entry goes on.
    fn reopen(&mut self) {
        if let Some(entry) = self.entries.pop() {
            self.counts -= entry.counts.len();
            let room = limits::COUNTS.saturating_sub(self.counts + entry.counts.len());
            self.body = Some(Body::reopen(entry, self.courts, self.wordings, room));
            self.lead = Lead::Nothing;
        }
    }

    fn begin(&mut self, at: usize) {
        self.begun.get_or_insert(at);
        self.in_frame = false;
    }

    fn then_date(&self, at: usize) -> bool {
        let next = self.next.get(at).copied().flatten();
        next.and_then(|next| self.lines.get(next))
            .is_some_and(|line| dates::leading(&line.text).is_some())
    }

    fn content(&mut self, at: usize, line: &Line, marks: &mut Marks) {
        let text = line.text.as_str();
        if self.begun.is_none() {
            self.preamble.line(at, line, marks);
            return;
        }
        if text.is_empty() {
            marks.ignored(at, Ignored::Blank);
            if let Some(body) = &mut self.body {
                body.blank();
            }
            return;
        }
        if text.starts_with("**")
            || notices::is_notice(text)
            || (self.in_frame && (self.body.is_none() || text.starts_with("CII/")))
        {
            if text.contains("**DECEASED") {
                marks.flag(FlagKind::Deceased, Some("person.died"), at, text, None);
            }
            marks.ignored(at, Ignored::Notice);
            return;
        }
        if self.body.is_none() && self.lead == Lead::Dashes {
            self.reopen();
        }
        match &mut self.body {
            Some(body) => {
                // A frame that was never closed must not hide counts.
                self.in_frame = false;
                body.line(at, line, marks);
            }
            // The name's code may stand before the header.
            None if headers::is_name_code(text) => marks.used(at),
            None => marks.unread(at),
        }
    }
}
