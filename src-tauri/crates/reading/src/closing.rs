//! The last step of every reading, whatever its format: what is known of pages goes to their lines, and the draft is put together.

use std::collections::{BTreeMap, BTreeSet};

use record::{FactPath, Reading, ReadingEngine, Record, Source, UnreadLine};

use crate::book::{self, Book};
use crate::draft::share;
use crate::sheet::marks::Marks;
use crate::text::RawLine;
use crate::{Draft, Fate, Flag, FlagKind, Ignored, OtherEvent, PagePicture, SourceLine, pdf};

/// What stands for pages, or parts of them, that were not read.
pub(crate) fn is_gap(line: &str) -> bool {
    line == book::MISSING_PAGE || pdf::is_gap(line)
}

/// What a book tells beside its lines.
pub(crate) struct Rest {
    doubles: BTreeSet<u32>,
    notes: Vec<(u32, FlagKind, Option<String>)>,
    pictures: Vec<PagePicture>,
}

impl Rest {
    /// The lines of a book, and what else it tells.
    pub(crate) fn of(book: Book) -> (Vec<RawLine>, Self) {
        let rest = Self {
            doubles: book.doubles,
            notes: book.notes,
            pictures: book.pictures,
        };
        (book.lines, rest)
    }

    /// The line stands on a page that says the same as another: what stands twice is read once.
    pub(crate) fn is_double(&self, line: &RawLine) -> bool {
        self.doubles.contains(&line.page)
    }

    /// The draft of a record that was put together from these lines.
    pub(crate) fn close(
        self,
        mut record: Record,
        by_path: BTreeMap<FactPath, Vec<Source>>,
        mut marks: Marks,
        other_events: Vec<OtherEvent>,
        raw: Vec<RawLine>,
    ) -> Draft {
        for (at, line) in (0..).zip(&raw).filter(|(_, line)| self.is_double(line)) {
            let blank = line.text.trim().is_empty();
            marks.ignored(
                at,
                if blank {
                    Ignored::Blank
                } else {
                    Ignored::DoublePage
                },
            );
        }
        for (page, kind, more) in self.notes {
            let first = raw
                .iter()
                .position(|line| line.page == page)
                .unwrap_or_default();
            marks.flag(kind, None, first, "", more);
        }
        let engine = if self.pictures.is_empty() {
            ReadingEngine::Text
        } else {
            ReadingEngine::Ocr
        };
        let (lines, mut flags) = marks.finish(raw);
        point_flags(&mut flags, &lines);
        record.provenance = Some(by_path);
        record.reading = Some(Reading {
            share: share(&lines),
            unread: lines
                .iter()
                .filter(|line| line.fate == Fate::Unread)
                .map(|line| UnreadLine {
                    page: line.page,
                    line: line.line,
                    text: line.text.clone(),
                })
                .collect(),
            engine,
        });
        Draft {
            record,
            lines,
            other_events,
            flags,
            pictures: self.pictures,
        }
    }
}

/// A flag raised while a line was read gets the path of the fact that the line came to carry, and the line's words.
fn point_flags(flags: &mut [Flag], lines: &[SourceLine]) {
    let at: BTreeMap<(u32, u32), &SourceLine> = lines
        .iter()
        .map(|line| ((line.page, line.line), line))
        .collect();
    for flag in flags.iter_mut() {
        let Some(line) = at.get(&(flag.page, flag.line)) else {
            continue;
        };
        if flag.text.is_empty() {
            line.text.trim().clone_into(&mut flag.text);
        }
        if let (None, Fate::Used { facts }) = (&flag.path, &line.fate) {
            let dated = matches!(flag.kind, FlagKind::ImpossibleDate | FlagKind::DoubtfulDate);
            let ending = match flag.kind {
                _ if dated => ".date",
                FlagKind::DoubtfulLevel => ".level",
                FlagKind::DoubtfulSection | FlagKind::RepairedCode | FlagKind::SecondCharge => {
                    ".section"
                }
                _ => "",
            };
            flag.path = facts
                .iter()
                .find(|path| path.as_str().ends_with(ending))
                .cloned();
        }
    }
}
