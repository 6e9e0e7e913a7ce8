//! Rows of whole persons decided, and what the tables will hold of them said as lines.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use packs::Packs;
use packs::policy::Policy;
use reading::export::column as col;

use super::line::{Lines, escaped, fields, number, place, record, unescaped};
use super::numbers::{MARK, said};
use super::split::OUT;
use crate::asked::asked;
use crate::batch::{Batch, COLUMNS, Place};
use crate::fields::whole_row;
use crate::numbers::Carrier;
use crate::table::{Writer, Written};
use crate::{Decisions, ReviewError};

/// What is asked about the rows.
pub struct Decide<'d> {
    /// The county, in any capitals.
    pub county: &'d str,
    /// The day asked about.
    pub as_of: jiff::civil::Date,
    /// The policy.
    pub policy: Policy,
    /// Decisions of people.
    pub decisions: Decisions,
}

/// The tables by the words that begin their lines, in the order of the tables.
pub(super) const TAGS: [&str; 5] = ["full", "condensed", "determinations", "queue", "not-used"];
/// Begins the line of a person.
pub(super) const PERSON: &str = "person";
/// Begins the line of who carries a number of the state, and whether it was told that the number stands under another key too.
pub(super) const NUMBER: &str = "number";
/// Begins the line of the numbers: how many lines of each kind there are, and the tally.
pub(super) const TALLY: &str = "tally";
/// Kinds of lines that are counted: those of the tables, of persons, of who carries a number.
pub(super) const KINDS: usize = TAGS.len() + 2;
/// The place of persons among them.
pub(super) const PERSONS: usize = TAGS.len();
/// The place of who carries a number.
pub(super) const NUMBERS: usize = TAGS.len() + 1;

/// Decides on the persons whose rows are the lines of `input`, sorted by their bytes. All rows of a person must be among them, and so
/// must what [`super::same`] said of them.
///
/// # Errors
/// The county is none, a line is no row of ours or not in order, or `out` cannot be written to.
pub fn decide(
    ask: Decide<'_>,
    packs: &Packs,
    input: impl BufRead,
    out: &mut (impl Write + ?Sized),
) -> Result<(), ReviewError> {
    let asked = asked(ask.county, ask.as_of, ask.policy, packs)?;
    let mut say = Say {
        writer: Writer::new(&asked, &ask.decisions, Vec::new(), false),
        batch: Batch::default(),
        key: Vec::new(),
        written: Written::default(),
        said: [0; KINDS],
        told: Vec::new(),
        line: Vec::new(),
        out,
    };
    let mut lines = Lines::new(input, "<standard input>".to_owned());
    // Key, file and line: all that a line is sorted by.
    let mut before: Vec<u8> = Vec::new();
    while lines.next()? {
        if let Some([key, MARK]) = fields::<2>(lines.line()) {
            if lines.line() < before.as_slice() {
                return Err(lines.refuse(UNSORTED));
            }
            if key != say.key {
                say.person()?;
            }
            say.told.clear();
            say.told.extend_from_slice(key);
            before.clear();
            before.extend_from_slice(lines.line());
            continue;
        }
        let read = fields::<6>(lines.line());
        let [key, file, line, problem, path, row] =
            read.ok_or_else(|| lines.refuse("not a row, as `spread split` says them"))?;
        let sorted = &lines.line()[..key.len() + file.len() + line.len() + 2];
        if sorted <= before.as_slice() {
            return Err(lines.refuse(UNSORTED));
        }
        let taken = say.row(key, file, line, problem, path, row)?;
        taken.ok_or_else(|| lines.refuse("not a row, as `spread split` says them"))?;
        before.clear();
        before.extend_from_slice(sorted);
    }
    say.person()?;
    say.tally()
}

const UNSORTED: &str = "not sorted: rows come by their bytes, and each once";

struct Say<'s, 'p, W: ?Sized> {
    writer: Writer<'p, 's>,
    // The rows of the person that is being read.
    batch: Batch,
    key: Vec<u8>,
    written: Written,
    // Lines said of each kind.
    said: [u64; KINDS],
    // The last person whose number stands under another key too.
    told: Vec<u8>,
    line: Vec<u8>,
    out: &'s mut W,
}

impl<W: Write + ?Sized> Say<'_, '_, W> {
    fn row(
        &mut self,
        key: &[u8],
        file: &[u8],
        line: &[u8],
        problem: &[u8],
        path: &[u8],
        row: &[u8],
    ) -> Result<Option<()>, ReviewError> {
        // Rows of nobody are nobody's together.
        if key != self.key || key == b"-" {
            self.person()?;
            self.key.extend_from_slice(key);
        }
        Ok(self.take(key, file, line, problem, path, row))
    }

    fn take(
        &mut self,
        key: &[u8],
        file: &[u8],
        line: &[u8],
        problem: &[u8],
        path: &[u8],
        row: &[u8],
    ) -> Option<()> {
        let (file, line): (u16, u64) = (number(file)?, number(line)?);
        let path = String::from_utf8(unescaped(path)?).ok()?;
        self.writer.name(file, &path);
        let (kind, key) = key.split_first()?;
        let (key, raw) = (unescaped(key)?, unescaped(row)?);
        let problem: u64 = number(problem)?;
        let place = Place::held(file, line, *kind == b'n', problem);
        if problem == 0 {
            return whole_row(&mut self.batch, &raw, place);
        }
        // Only whose it is counts of a row that is not used; where it broke, that cannot be read from the row alone.
        let column = match kind {
            b's' => col::SUBJECT_ID,
            b'n' => col::CII_NUMBER,
            _ => COLUMNS,
        };
        let fields = (0..COLUMNS).map(|n| if n == column { &key[..] } else { b"" });
        self.batch.fields(fields, &raw, place);
        Some(())
    }

    // Says what is decided on the person whose rows are complete.
    fn person(&mut self) -> Result<(), ReviewError> {
        if self.batch.len() == 0 {
            return Ok(());
        }
        let first = self.batch.places()[0];
        let shared = self.told == self.key;
        self.batch.share(|_| shared);
        let whole = (0..self.batch.len()).filter(|n| self.batch.places()[*n].problem.is_none());
        let carriers: BTreeSet<_> = whole
            .filter_map(|n| Carrier::of(&self.batch.row(n)))
            .collect();
        self.writer.write(&self.batch, &mut self.written);
        self.batch.clear();
        self.line.clear();
        if self.key != b"-" {
            self.line.extend_from_slice(PERSON.as_bytes());
            self.line.push(b'\t');
            self.line.extend_from_slice(&self.key);
            self.line.push(b'\n');
            self.said[PERSONS] += 1;
            for carrier in &carriers {
                self.line.extend_from_slice(NUMBER.as_bytes());
                self.line.push(b'\t');
                said(&mut self.line, &self.key, carrier);
                self.line
                    .extend_from_slice(if shared { b"\t1\n" } else { b"\t0\n" });
                self.said[NUMBERS] += 1;
            }
        }
        self.key.clear();
        for (t, (tag, table)) in TAGS.iter().zip(self.written.tables()).enumerate() {
            for (n, one) in records(table).enumerate() {
                self.said[t] += 1;
                self.line.extend_from_slice(tag.as_bytes());
                self.line.push(b'\t');
                place(&mut self.line, first.file, first.line);
                self.line.push(b'\t');
                record(&mut self.line, n);
                self.line.push(b'\t');
                escaped(&mut self.line, one);
                self.line.push(b'\n');
            }
        }
        for table in self.written.tables_mut() {
            table.clear();
        }
        self.out.write_all(&self.line).map_err(ReviewError::io(OUT))
    }

    fn tally(&mut self) -> Result<(), ReviewError> {
        let text = serde_json::to_vec(&self.written.tally).unwrap_or_default();
        self.line.clear();
        self.line.extend_from_slice(TALLY.as_bytes());
        for said in self.said {
            self.line.extend_from_slice(format!("\t{said}").as_bytes());
        }
        self.line.push(b'\t');
        escaped(&mut self.line, &text);
        self.line.push(b'\n');
        self.out.write_all(&self.line).map_err(ReviewError::io(OUT))
    }
}

// The records of a table, without their ends: a line that ends inside quotes is not one yet. Where a quote stands in the middle of
// a field two records travel as one, and come out as the same bytes.
fn records(table: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = table;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut quoted = false;
        let end = memchr::memchr2_iter(b'"', b'\n', rest).find(|at| {
            quoted ^= rest[*at] == b'"';
            rest[*at] == b'\n' && !quoted
        });
        let end = end.unwrap_or(rest.len());
        let one = &rest[..end];
        let one = if end == rest.len() {
            one.strip_suffix(b"\n").unwrap_or(one)
        } else {
            one
        };
        rest = rest.get(end + 1..).unwrap_or_default();
        Some(one)
    })
}
