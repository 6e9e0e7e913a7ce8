//! Where an entry begins: rulers and headers.

use super::super::body::Body;
use super::super::clean::Line;
use super::super::entry::{Entry, Lead};
use super::super::headers::{self, Kind};
use super::super::marks::Marks;
use super::super::rulers::{self, Ruler};
use super::super::{dates, notices};
use super::Walker;
use super::lost::names_a_code;
use crate::{FlagKind, Ignored, limits};

impl Walker<'_> {
    /// Rulers and headers.
    pub(super) fn boundary(&mut self, at: usize, line: &Line, marks: &mut Marks) -> bool {
        let text = line.text.as_str();
        if text.is_empty() {
            return false;
        }
        if rulers::is_strike(text) {
            marks.used(at);
            if let Some(body) = &mut self.body {
                body.strike(at);
            } else if let Some(entry) = self.entries.last_mut() {
                entry.strike = Some(at);
            }
            return true;
        }
        let Some(ruler) = rulers::of(text) else {
            self.pieces.clear();
            return self.header(at, text, marks);
        };
        match ruler {
            Ruler::Cycle => self.stars(at, marks),
            Ruler::PerhapsCycle if self.header_follows(at) => self.stars(at, marks),
            // Within the personal block a lone star row is a frame; among entries four of them are a ruler.
            Ruler::Pieces(stars) if self.begun.is_some() || self.header_follows(at) => {
                marks.ignored(at, Ignored::Ruler);
                self.pieces.extend(std::iter::repeat_n(at, stars));
                if self.pieces.len() >= 3 && self.header_follows(at) {
                    self.pieces.clear();
                    self.stars(at, marks);
                }
            }
            Ruler::Entry if self.begun.is_some() => {
                marks.used(at);
                // Stars already announced a new chain; dashes after them take nothing back.
                if self.body.is_some() || self.lead == Lead::Nothing {
                    self.close(marks);
                    self.lead = Lead::Dashes;
                }
            }
            Ruler::Frame if self.begun.is_some() => {
                marks.ignored(at, Ignored::Ruler);
                self.in_frame = !self.in_frame;
            }
            Ruler::PerhapsCycle | Ruler::Pieces(_) | Ruler::Entry | Ruler::Frame => {
                if self.begun.is_some() {
                    marks.ignored(at, Ignored::Ruler);
                } else {
                    return false;
                }
            }
        }
        true
    }

    pub(super) fn stars(&mut self, at: usize, marks: &mut Marks) {
        marks.used(at);
        self.close(marks);
        self.begin(at);
        self.lead = Lead::Stars;
    }

    fn header_follows(&self, at: usize) -> bool {
        let next = self.next.get(at).copied().flatten();
        next.and_then(|next| Some((next, self.lines.get(next)?)))
            .is_some_and(|(next, line)| {
                headers::of(&line.text, self.then_date(next)).is_some() || names_a_code(&line.text)
            })
    }

    fn header(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let then_date = self.then_date(at);
        let found =
            headers::of(text, then_date).map(|header| (header.kind, header.rest, header.sure));
        // Right after a ruler, a line that is no known header but behaves like one is an entry of unknown kind.
        let fresh = self.begun.is_some() && self.body.is_none();
        let (kind, rest, sure) = match found {
            Some(found) => found,
            None if fresh
                && !notices::is_notice(text)
                && !(self.lost && dates::leading(text).is_none()) =>
            {
                match self.headless(at, text, then_date) {
                    Some(found) => found,
                    None => return false,
                }
            }
            None => match self.lost_header(text) {
                Some(kind) => (kind, text, false),
                None => return false,
            },
        };
        // Above the first entry it is the summary of who supervises the person now.
        let summary = kind == Kind::Probation && self.begun.is_none() && self.preamble.found;
        if summary && !then_date && rest.trim().is_empty() {
            return false;
        }
        // The same header once more, with nothing between: one of the two is a mistake.
        let again = self
            .body
            .as_ref()
            .is_some_and(|body| body.kind() == kind && body.is_bare());
        if again && rest.trim_start().starts_with("NAM") {
            marks.used(at);
            marks.flag(FlagKind::RepairedHeader, None, at, text, None);
            return true;
        }
        self.close(marks);
        self.begin(at);
        self.lost = false;
        marks.used(at);
        if !sure {
            marks.flag(FlagKind::RepairedHeader, None, at, text, None);
        }
        if kind == Kind::Unknown {
            marks.flag(FlagKind::UnknownEntry, None, at, text, None);
        }
        let entry = Entry::new(kind, self.lead, at);
        self.lead = Lead::Nothing;
        let mut body = Body::new(
            entry,
            self.courts,
            self.wordings,
            limits::COUNTS.saturating_sub(self.counts),
        );
        body.head(at, rest, marks);
        self.body = Some(body);
        true
    }
}
