//! The tables: every row of the export with what was decided, the same shortened, the decisions alone, and what a person must look at.

mod line;

use std::borrow::Cow;

use reading::export::{Row, column as col, text};

use self::line::Line;
use crate::batch::{Batch, Key};
use crate::columns;
use crate::csv;
use crate::decisions::Decisions;
use crate::determination::Determination;
use crate::digest::Chunk;
use crate::tally::{self, Tally};
use crate::whole::{About, Asked, Decided, Reviewed};

/// What we say beside a row.
pub(crate) const SAID: [&str; columns::SAID.len()] = columns::names(&columns::SAID);
/// What stands before it in the table of decisions.
pub(crate) const WHOSE: [&str; columns::WHOSE.len()] = columns::names(&columns::WHOSE);

/// What a person fills in, behind what the queue shows.
pub(crate) const QUEUE: [&str; 14] = [
    "subject_id",
    "count",
    "name",
    "born",
    "case_number",
    "section",
    "level",
    "convicted_on",
    "reason",
    "questions",
    "doubts",
    "decision",
    "decided_by",
    "note",
];

/// The bytes of every table for some persons, in the order of the tables.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) full: Vec<u8>,
    pub(crate) short: Vec<u8>,
    pub(crate) decided: Vec<u8>,
    pub(crate) queue: Vec<u8>,
    pub(crate) unread: Vec<u8>,
    pub(crate) digest: Vec<u8>,
    pub(crate) tally: Tally,
    /// Which batch, and the bytes of the export that are done with it.
    pub(crate) number: u64,
    pub(crate) upto: u64,
}

impl Written {
    /// The tables that are published, in their order.
    pub(crate) fn tables(&self) -> [&Vec<u8>; 5] {
        [
            &self.full,
            &self.short,
            &self.decided,
            &self.queue,
            &self.unread,
        ]
    }

    /// The same, to be written to.
    pub(crate) fn tables_mut(&mut self) -> [&mut Vec<u8>; 5] {
        [
            &mut self.full,
            &mut self.short,
            &mut self.decided,
            &mut self.queue,
            &mut self.unread,
        ]
    }

    /// Takes everything out and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.full.clear();
        self.short.clear();
        self.decided.clear();
        self.queue.clear();
        self.unread.clear();
        self.digest.clear();
        self.tally = Tally::default();
    }
}

/// Writes persons.
pub(crate) struct Writer<'p, 'q> {
    asked: &'p Asked<'p>,
    book: reading::export::Book<'p>,
    decisions: &'q Decisions,
    files: Cow<'q, [String]>,
    // The facts of a batch's persons, where they are kept.
    chunk: Option<Chunk>,
}

impl<'p, 'q> Writer<'p, 'q> {
    pub(crate) fn new(
        asked: &'p Asked<'p>,
        decisions: &'q Decisions,
        files: impl Into<Cow<'q, [String]>>,
        facts: bool,
    ) -> Self {
        Self {
            chunk: facts.then(Chunk::default),
            book: asked.book(),
            asked,
            decisions,
            files: files.into(),
        }
    }

    /// Names a file, where they are not known from the start.
    pub(crate) fn name(&mut self, file: u16, name: &str) {
        let n = usize::from(file);
        if self.files.get(n).is_none_or(|known| known != name) {
            let files = self.files.to_mut();
            files.resize_with(files.len().max(n + 1), String::new);
            name.clone_into(&mut files[n]);
        }
    }

    /// Reviews the persons of a batch and writes their rows.
    pub(crate) fn write(&mut self, batch: &Batch, out: &mut Written) {
        let mut first = 0;
        while first < batch.len() {
            let key = batch.key(first);
            let mut end = first + 1;
            while end < batch.len() && key != Key::Nobody && batch.key(end) == key {
                end += 1;
            }
            self.person(batch, first, end, key, out);
            first = end;
        }
        if let Some(chunk) = &mut self.chunk {
            out.digest = std::mem::take(chunk).bytes();
        }
    }

    fn person(&mut self, batch: &Batch, first: usize, end: usize, key: Key<'_>, out: &mut Written) {
        let places = &batch.places()[first..end];
        out.tally.rows += places.len() as u64;
        let mut rows = Vec::with_capacity(end - first);
        let mut at = Vec::with_capacity(end - first);
        for n in first..end {
            let place = batch.places()[n];
            match place.problem {
                None => {
                    rows.push(batch.row(n));
                    at.push(n);
                    out.tally.rows_of_county += u64::from(self.asked.in_county(&batch.row(n)));
                }
                Some(problem) => {
                    out.tally.rows_not_used += 1;
                    let file = self.file(place.file);
                    csv::line(
                        &mut out.unread,
                        [file, &place.line.to_string(), &problem.to_string()],
                    );
                }
            }
        }
        if key == Key::Nobody || rows.is_empty() {
            return;
        }
        let about = About {
            unread: rows.len() < end - first,
            keyless: matches!(key, Key::Number(_)),
            shared: places.iter().any(|place| place.shared),
        };
        let asked = self.asked;
        let mut reviewed = asked.review(&rows, about, &mut self.book);
        if !self.decisions.is_empty() {
            for (n, fact) in reviewed.facts.each.iter_mut().enumerate() {
                let counted = &reviewed.person.counts[reviewed.of_count[n]];
                let order = reviewed.person.order(counted);
                let name = text(reviewed.person.rows[counted.first].field(col::PRI_NAME));
                let section = counted.known.charged.section.as_ref();
                let section = section.map_or("", |section| section.as_str());
                fact.hand = self.decisions.of(key, order, &name, section).cloned();
            }
        }
        let reviewed = reviewed;
        // Where each decision stands among the rows as they came.
        let mut said: Vec<Option<Vec<u8>>> = Vec::new();
        let mut counted = Vec::new();
        for decided in &reviewed.decided {
            let counted_here = &reviewed.person.counts[decided.count];
            let line = Line::of(asked, &reviewed, decided);
            let row = counted_here.first;
            let came = reviewed.person.places[row] as usize;
            said.resize_with(rows.len(), || None);
            let ours = line.ours();
            self.decision(batch, at[came], &reviewed, decided, &line, key, out);
            out.decided.extend_from_slice(&ours);
            out.decided.push(b'\n');
            said[came] = Some(ours);
            counted.push(tally::Counted {
                conviction: decided.verdict.conviction,
                determination: line.determination,
                decided_by: line.decided_by,
                reason: line.reason,
            });
        }
        out.tally.people += 1;
        if let Some(chunk) = &mut self.chunk {
            chunk.person(&reviewed.facts);
        }
        out.tally.person(&reviewed.facts, &counted, asked.ask.as_of);
        for (n, (row, at)) in rows.iter().zip(&at).enumerate() {
            let ours = said.get(n).and_then(Option::as_deref);
            whole_row(&mut out.full, row, batch.raw(*at));
            short_row(&mut out.short, row);
            for table in [&mut out.full, &mut out.short] {
                match ours {
                    Some(ours) => table.extend_from_slice(ours),
                    None => table.extend_from_slice(&[b','; SAID.len()]),
                }
                table.push(b'\n');
            }
        }
    }

    fn file(&self, n: u16) -> &str {
        self.files.get(usize::from(n)).map_or("", String::as_str)
    }

    #[expect(clippy::too_many_arguments, reason = "one call")]
    fn decision(
        &self,
        batch: &Batch,
        at: usize,
        reviewed: &Reviewed<'_, '_>,
        decided: &Decided<'_>,
        line: &Line,
        key: Key<'_>,
        out: &mut Written,
    ) {
        let counted = &reviewed.person.counts[decided.count];
        let row = &reviewed.person.rows[counted.first];
        let place = batch.places()[at];
        let order = text(reviewed.person.order(counted));
        let of = |column| text(row.field(column));
        let subject = match key {
            Key::Subject(key) | Key::Number(key) => text(key),
            Key::Nobody => "".into(),
        };
        let whose = [
            &*subject,
            &*order,
            &*of(col::CII_NUMBER),
            &*of(col::PRI_NAME),
            &*of(col::PRI_DOB),
            &*of(col::GENDER),
            &*of(col::RACE_DESCR),
            &*of(col::CITIZENSHIP_LIST),
            &*of(col::STP_ORI_DESCR),
            self.file(place.file),
            &place.line.to_string(),
            &line.proof,
            &line.verification,
            if counted.known.charged.attempt {
                "yes"
            } else {
                ""
            },
        ];
        for (n, value) in whose.into_iter().enumerate() {
            csv::field(&mut out.decided, n == 0, value.as_bytes());
        }
        if line.determination == Determination::Review {
            csv::line(
                &mut out.queue,
                [
                    &*subject,
                    &*order,
                    &*of(col::PRI_NAME),
                    &*of(col::PRI_DOB),
                    &line.case_number,
                    if line.section.is_empty() {
                        &line.base
                    } else {
                        &line.section
                    },
                    &line.level,
                    &line.convicted_on,
                    &line.reason,
                    &line.questions,
                    &line.doubts,
                    "",
                    "",
                    "",
                ],
            );
        }
    }
}

// The row as it came; written anew only where a field would be a formula.
fn whole_row(out: &mut Vec<u8>, row: &Row<'_>, raw: &[u8]) {
    let columns = col::NAMES.len();
    let safe = !row.all().any(csv::is_formula)
        && !raw.ends_with(b",")
        && memchr::memchr(b'\r', raw).is_none();
    if safe {
        out.extend_from_slice(raw);
        return;
    }
    for column in 0..columns {
        csv::field(out, column == 0, row.raw(column));
    }
}

fn short_row(out: &mut Vec<u8>, row: &Row<'_>) {
    for (n, column) in col::SHORT.into_iter().enumerate() {
        csv::field(out, n == 0, row.raw(column));
    }
}
