//! The table of decisions read back, row by row: what the lists, the motion and the comparisons are made from.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Reader, ReaderBuilder};
use reading::export::text;

use crate::csv::is_formula;
use crate::job::TABLES;
use crate::{ReviewError, determination::Determination};

/// The columns of a table that somebody chose, as its first row names them.
///
/// # Errors
/// It cannot be read.
pub fn columns(path: &Path) -> Result<Vec<String>, ReviewError> {
    Table::open(path).map(|table| table.heads)
}

/// Bytes in which the first line ends.
const HEAD: u64 = 1 << 16;

/// Rows of a table with a header, fields by name.
pub(crate) struct Table {
    path: PathBuf,
    reader: Reader<File>,
    heads: Vec<String>,
    record: ByteRecord,
    // Lines end in two signs, of which the reader takes the second for the next row's.
    crlf: bool,
}

impl Table {
    /// Opens a table; its first row names the columns.
    pub(crate) fn open(path: &Path) -> Result<Self, ReviewError> {
        let mut file = File::open(path).map_err(ReviewError::io(path))?;
        let mut begin = Vec::new();
        let looked = Read::by_ref(&mut file)
            .take(HEAD)
            .read_to_end(&mut begin)
            .and_then(|_| file.rewind());
        looked.map_err(ReviewError::io(path))?;
        let crlf = memchr::memchr(b'\n', &begin).is_some_and(|at| begin[..at].ends_with(b"\r"));
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(file);
        let heads = reader
            .byte_headers()
            .map_err(|error| unreadable(path, &error))?;
        let heads = heads
            .iter()
            .map(|head| {
                let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
                text(head.trim_ascii()).into_owned()
            })
            .collect();
        Ok(Self {
            path: path.to_owned(),
            reader,
            heads,
            record: ByteRecord::new(),
            crlf,
        })
    }

    /// The place of a column.
    pub(crate) fn column(&self, name: &str) -> Result<usize, ReviewError> {
        let found = self.heads.iter().position(|head| head == name);
        found.ok_or_else(|| ReviewError::Column {
            path: self.path.clone(),
            name: name.to_owned(),
            known: self.heads.join(", "),
        })
    }

    /// How many columns there are.
    pub(crate) fn width(&self) -> usize {
        self.heads.len()
    }

    /// How many fields the row has.
    pub(crate) fn fields(&self) -> usize {
        self.record.len()
    }

    /// Goes to the next row; its line, from 1.
    pub(crate) fn next(&mut self) -> Result<Option<u64>, ReviewError> {
        let read = self.reader.read_byte_record(&mut self.record);
        let more = read.map_err(|error| unreadable(&self.path, &error))?;
        let line = self.record.position().map_or(0, csv::Position::line);
        Ok(more.then_some(line + u64::from(self.crlf)))
    }

    /// A field of the row, without blanks around it and without the sign that keeps a spreadsheet from reading a formula.
    pub(crate) fn field(&self, column: usize) -> String {
        let bytes = self.record.get(column).unwrap_or_default();
        let bytes = match bytes.split_first() {
            Some((b'\'', rest)) if is_formula(rest) => rest,
            _ => bytes,
        };
        text(bytes.trim_ascii()).into_owned()
    }
}

/// A number in comparable form: spaces, dashes and capitals make no other case.
pub(crate) fn plain(number: &str) -> String {
    let signs = number.chars().filter(|c| c.is_alphanumeric());
    signs.flat_map(char::to_uppercase).collect()
}

fn unreadable(path: &Path, error: &csv::Error) -> ReviewError {
    ReviewError::Table {
        path: path.to_owned(),
        line: error.position().map_or(0, csv::Position::line),
    }
}

/// The columns that are read back.
const COLUMNS: [&str; 21] = [
    "subject_id",
    "count",
    "cii_number",
    "name",
    "born",
    "court",
    "attempt",
    "verification",
    "determination",
    "decided_by",
    "reason",
    "citation",
    "law_says",
    "questions",
    "case_number",
    "section",
    "level",
    "convicted_on",
    "relief",
    "sentence_running",
    "citizenship",
];

/// One conviction of the table of decisions.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) determination: Determination,
    pub(crate) deceased: bool,
    fields: Vec<String>,
}

impl Row {
    /// A field by its column's name.
    pub(crate) fn get(&self, name: &str) -> &str {
        let at = COLUMNS.iter().position(|column| *column == name);
        at.and_then(|at| self.fields.get(at))
            .map_or("", String::as_str)
    }
}

/// The decisions of a review, one after another; the rows of a person stand together.
pub(crate) struct DecidedRows {
    table: Table,
    columns: Vec<usize>,
    deceased: usize,
}

impl DecidedRows {
    /// The decisions in the folder of a review.
    pub(crate) fn open(review: &Path) -> Result<Self, ReviewError> {
        let table = Table::open(&review.join(TABLES[2]))?;
        let columns = COLUMNS
            .iter()
            .map(|name| table.column(name))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            deceased: table.column("deceased")?,
            columns,
            table,
        })
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<Row>, ReviewError> {
        let Some(line) = self.table.next()? else {
            return Ok(None);
        };
        let fields: Vec<String> = self
            .columns
            .iter()
            .map(|at| self.table.field(*at))
            .collect();
        let determination = Determination::of(&fields[8]).ok_or_else(|| ReviewError::Table {
            path: self.table.path.clone(),
            line,
        })?;
        Ok(Some(Row {
            line,
            determination,
            deceased: self.table.field(self.deceased) == "yes",
            fields,
        }))
    }
}
