//! Rows of whole persons on their way, and where each stood.

use reading::export::{Row, column as col};
use sha2::{Digest, Sha256};

/// Columns of a row.
pub(crate) const COLUMNS: usize = col::NAMES.len();

/// Rows of one or more whole persons, in the order they came.
#[derive(Debug, Default, Clone)]
pub(crate) struct Batch {
    /// The fields of rows that are not plain.
    bytes: Vec<u8>,
    pub(crate) ends: Vec<u32>,
    pub(crate) raw: Vec<u8>,
    pub(crate) rows: Vec<Place>,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    bytes: (usize, usize),
    pub(crate) ends: (usize, usize),
    pub(crate) raw: (usize, usize),
    pub(crate) file: u16,
    pub(crate) line: u64,
    pub(crate) problem: Option<Problem>,
    /// The rows have no person key, and the state's number was taken.
    pub(crate) keyless: bool,
    /// The row's fields are read where they stand in the file's bytes.
    pub(crate) plain: bool,
    /// The person's number of the state stands under another person key too.
    pub(crate) shared: bool,
}

/// Why a row was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    Columns(usize),
    OpenQuote,
    Long,
    Order,
    NoPerson,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Columns(n) => write!(f, "{n} columns; a row has {COLUMNS}"),
            Self::OpenQuote => write!(f, "a quote that is not closed"),
            Self::Long => write!(f, "longer than any row of such an export"),
            Self::Order => write!(
                f,
                "CNT_ORDER is not twelve digits; a spreadsheet may have cut its leading zeros"
            ),
            Self::NoPerson => write!(
                f,
                "no SUBJECT_ID and no CII_NUMBER: whose row it is cannot be told"
            ),
        }
    }
}

impl Batch {
    /// Takes everything out and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.raw.clear();
        self.rows.clear();
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn size(&self) -> usize {
        self.raw.len()
    }

    pub(crate) fn places(&self) -> &[Place] {
        &self.rows
    }

    pub(crate) fn row(&self, n: usize) -> Row<'_> {
        let place = &self.rows[n];
        let bytes = match place.plain {
            true => self.raw(n),
            false => &self.bytes[place.bytes.0..place.bytes.1],
        };
        Row {
            bytes,
            ends: &self.ends[place.ends.0..place.ends.1],
        }
    }

    /// The row as it stood in the file, without its line end.
    pub(crate) fn raw(&self, n: usize) -> &[u8] {
        let place = &self.rows[n];
        &self.raw[place.raw.0..place.raw.1]
    }

    /// Whose row it is.
    pub(crate) fn key(&self, n: usize) -> Key<'_> {
        key(&self.row(n))
    }

    /// Says of every row of some persons that their number of the state stands under another key too.
    pub(crate) fn share(&mut self, is: impl Fn(Key<'_>) -> bool) {
        for n in 0..self.len() {
            self.rows[n].shared = is(self.key(n));
        }
    }

    /// Takes the last row out again.
    pub(crate) fn pop(&mut self) {
        if let Some(place) = self.rows.pop() {
            if !place.plain {
                self.bytes.truncate(place.bytes.0);
            }
            self.ends.truncate(place.ends.0);
            self.raw.truncate(place.raw.0);
        }
    }

    /// Puts a row behind the others.
    pub(crate) fn push(&mut self, row: &Row<'_>, raw: &[u8], place: Place) {
        let (bytes, ends, at) = (self.bytes.len(), self.ends.len(), self.raw.len());
        if !place.plain {
            self.bytes.extend_from_slice(row.bytes);
        }
        self.ends.extend_from_slice(row.ends);
        self.raw.extend_from_slice(raw);
        self.rows.push(Place {
            bytes: (bytes, self.bytes.len()),
            ends: (ends, self.ends.len()),
            raw: (at, self.raw.len()),
            ..place
        });
    }
}

impl Batch {
    /// Puts a row behind the others whose fields cannot be read where they stand.
    pub(crate) fn fields<'a>(
        &mut self,
        fields: impl Iterator<Item = &'a [u8]>,
        raw: &[u8],
        place: Place,
    ) {
        let (bytes, ends, at) = (self.bytes.len(), self.ends.len(), self.raw.len());
        for field in fields {
            self.bytes.extend_from_slice(field);
            let end = self.bytes.len() - bytes;
            self.ends.push(u32::try_from(end).unwrap_or_default());
            self.bytes.push(b',');
        }
        self.raw.extend_from_slice(raw);
        self.rows.push(Place {
            bytes: (bytes, self.bytes.len()),
            ends: (ends, self.ends.len()),
            raw: (at, self.raw.len()),
            plain: false,
            ..place
        });
    }

    /// Puts a row behind the others whose ends stand behind theirs already.
    pub(crate) fn plain(&mut self, ends: usize, raw: &[u8], place: Place) {
        let at = self.raw.len();
        self.raw.extend_from_slice(raw);
        self.rows.push(Place {
            bytes: (0, 0),
            ends: (ends, self.ends.len()),
            raw: (at, self.raw.len()),
            plain: true,
            ..place
        });
    }
}

/// Whose row: the person key, or else the state's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key<'a> {
    Subject(&'a [u8]),
    Number(&'a [u8]),
    Nobody,
}

fn hash(kind: &[u8], key: &[u8]) -> u64 {
    let digest = Sha256::new()
        .chain_update(kind)
        .chain_update(key)
        .finalize();
    let eight = digest.iter().take(8);
    eight.fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// The hash of a number of the state, whoever carries it; other than that of the same number as a person key.
pub(crate) fn hash_of_number(number: &str) -> u64 {
    hash(b"c", number.as_bytes())
}

impl Key<'_> {
    /// The same for the same person on every machine and in every version.
    pub(crate) fn hash(self) -> u64 {
        match self {
            Self::Subject(key) => hash(b"s", key),
            Self::Number(key) => hash(b"n", key),
            Self::Nobody => hash(b"", b""),
        }
    }
}

pub(crate) fn key<'a>(row: &Row<'a>) -> Key<'a> {
    let subject = row.field(col::SUBJECT_ID);
    if !subject.is_empty() {
        return Key::Subject(subject);
    }
    match row.field(col::CII_NUMBER) {
        b"" => Key::Nobody,
        number => Key::Number(number),
    }
}

impl Place {
    /// A place in a file, before it is known where the row stands in a batch.
    pub(crate) fn new(file: u16, line: u64) -> Self {
        Self {
            bytes: (0, 0),
            ends: (0, 0),
            raw: (0, 0),
            file,
            line,
            problem: None,
            keyless: false,
            plain: false,
            shared: false,
        }
    }

    /// The place of a row that was put aside and comes back.
    pub(crate) fn held(file: u16, line: u64, keyless: bool, problem: u64) -> Self {
        Self {
            keyless,
            problem: match problem {
                0 => None,
                1 => Some(Problem::OpenQuote),
                2 => Some(Problem::Order),
                3 => Some(Problem::NoPerson),
                4 => Some(Problem::Long),
                n => Some(Problem::Columns(usize::try_from(n - 5).unwrap_or_default())),
            },
            ..Self::new(file, line)
        }
    }
}
