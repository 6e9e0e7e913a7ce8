//! The lines of one entry: each label with its value, and what goes on without one.

use super::super::agency;
use super::super::head;
use super::super::words::{Kind, LABELS, WITHIN};
use super::{Goes, Part, Walker};
use crate::Ignored;
use crate::sheet::clean::Line;
use crate::sheet::marks::Marks;
use crate::sheet::sentence;
use crate::unproved::labels::{self, Sign};
use crate::unproved::{charge, day, noted};

impl Walker<'_> {
    pub(super) fn labelled_parts(&mut self, at: usize, line: &Line, marks: &mut Marks) {
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
    pub(super) fn one(&mut self, at: usize, text: &str, marks: &mut Marks) {
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
                let date = day::first(value).and_then(|(_, found)| found.on(at, None, marks));
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
}
