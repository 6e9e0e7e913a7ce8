//! Rows out of files: quotes, line ends, byte order marks, headers; a row that is broken spoils no other.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use csv_core::{ReadRecordResult, Reader};
use reading::export::column as col;

use crate::ReviewError;
use crate::batch::{Batch, COLUMNS, Key, Place, Problem, key};
use crate::fields::whole_line;

/// Bytes read at a time.
const BLOCK: usize = 1 << 18;
/// A row longer than this is a quote that was never closed.
const LONGEST: usize = 1 << 20;
/// A row whose first field is this, in any capitals, is a header.
const HEADER: &[u8] = b"RECORD_ID";
/// More columns than this are not told apart.
const MOST_COLUMNS: usize = 1024;

/// Reads the rows of all files, one after another.
pub(crate) struct Rows<'f> {
    files: &'f [PathBuf],
    next_file: usize,
    open: Option<Open>,
    // Bytes read so far.
    read: u64,
}

struct Open {
    file: Box<dyn Read + Send>,
    block: Vec<u8>,
    at: usize,
    filled: usize,
    ended: bool,
    // Plain rows are read the quick way; the tests compare.
    quick: bool,
    core: Reader,
    // What `careful` unquotes, and where fields end in it.
    out: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
    first: bool,
}

impl<'f> Rows<'f> {
    pub(crate) fn new(files: &'f [PathBuf]) -> Self {
        Self {
            files,
            next_file: 0,
            open: None,
            read: 0,
        }
    }

    /// Bytes up to the end of the last row.
    pub(crate) fn at(&self) -> u64 {
        let ahead = self.open.as_ref().map_or(0, |open| open.filled - open.at);
        self.read - ahead as u64
    }

    /// Puts the next row at the end of the batch; false at the end of all files.
    pub(crate) fn next(&mut self, batch: &mut Batch) -> Result<bool, ReviewError> {
        loop {
            let Some(open) = &mut self.open else {
                let Some(path) = self.files.get(self.next_file) else {
                    return Ok(false);
                };
                let file = File::open(path).map_err(ReviewError::io(path))?;
                self.open = Some(Open::new(Box::new(file)));
                self.next_file += 1;
                continue;
            };
            let file = self.next_file - 1;
            let number = u16::try_from(file).unwrap_or(u16::MAX);
            let path = &self.files[file];
            match open.row(batch, number, &mut self.read) {
                Ok(true) => return Ok(true),
                Ok(false) => self.open = None,
                Err(error) => return Err(ReviewError::io(path)(error)),
            }
        }
    }
}

impl Open {
    fn new(file: Box<dyn Read + Send>) -> Self {
        Self {
            file,
            block: vec![0; 2 * BLOCK],
            at: 0,
            filled: 0,
            ended: false,
            quick: true,
            core: Reader::new(),
            out: Vec::new(),
            ends: Vec::new(),
            line: 1,
            first: true,
        }
    }

    // Moves what is left to the front and reads more behind it.
    fn fill(&mut self, read: &mut u64) -> std::io::Result<()> {
        self.block.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        if self.block.len() - self.filled < BLOCK {
            self.block.resize(self.block.len() + BLOCK, 0);
        }
        let end = self.filled + BLOCK;
        loop {
            match self.file.read(&mut self.block[self.filled..end]) {
                Ok(0) => self.ended = true,
                Ok(n) => {
                    self.filled += n;
                    *read += n as u64;
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            return Ok(());
        }
    }

    fn row(&mut self, batch: &mut Batch, file: u16, read: &mut u64) -> std::io::Result<bool> {
        if self.first {
            self.fill(read)?;
            while self.filled < 16 && !self.ended {
                self.fill(read)?;
            }
            if self.block[..self.filled].starts_with(b"\xef\xbb\xbf") {
                self.at = 3;
            }
        }
        loop {
            // Line ends before the row are not its own.
            loop {
                match self.block[self.at..self.filled].first() {
                    Some(b'\n') => {
                        self.line += 1;
                        self.at += 1;
                    }
                    Some(b'\r') => self.at += 1,
                    Some(_) => break,
                    None if self.ended => return Ok(false),
                    None => self.fill(read)?,
                }
            }
            if self.one(batch, file, read)? {
                self.first = false;
                // Files that were joined have a header between their rows too.
                let header = !batch.rows.is_empty() && {
                    let row = batch.row(batch.len() - 1);
                    row.field(0).eq_ignore_ascii_case(HEADER)
                };
                if header {
                    batch.pop();
                    continue;
                }
                return Ok(true);
            }
        }
    }

    // One row from `at`, which is no line end. False when there was none after all.
    fn one(&mut self, batch: &mut Batch, file: u16, read: &mut u64) -> std::io::Result<bool> {
        let plain = self.quick && self.plain(batch, file, read)?;
        Ok(plain || self.careful(batch, file, read)?)
    }

    // A row that is a line of as many fields as there are columns; false for any other.
    fn plain(&mut self, batch: &mut Batch, file: u16, read: &mut u64) -> std::io::Result<bool> {
        let end = loop {
            let rest = &self.block[self.at..self.filled];
            match memchr::memchr(b'\n', rest) {
                Some(end) => break end,
                None if self.ended => break rest.len(),
                None if rest.len() > LONGEST => return Ok(false),
                None => self.fill(read)?,
            }
        };
        let line = &self.block[self.at..self.at + end];
        if !whole_line(batch, line, Place::new(file, self.line)) {
            return Ok(false);
        }
        // The line's end is passed over, and counted, before the next row.
        self.at += end;
        check(batch);
        Ok(true)
    }

    // A row of any kind, sign by sign.
    fn careful(&mut self, batch: &mut Batch, file: u16, read: &mut u64) -> std::io::Result<bool> {
        self.core.reset();
        let (mut used, mut out, mut fields) = (0, 0, 0);
        let mut longest = false;
        let done = loop {
            // Room for what is read: a row grows no longer by unquoting. Most rows are shorter than a kilobyte.
            let room = self.filled - self.at - used + 2;
            let room = room.min(1 << 10);
            self.out.resize(out + room, 0);
            self.ends.resize(fields + COLUMNS + 2, 0);
            let input = &self.block[self.at + used..self.filled];
            if input.is_empty() && !self.ended {
                self.fill(read)?;
                continue;
            }
            let (result, taken, wrote, ended) =
                self.core
                    .read_record(input, &mut self.out[out..], &mut self.ends[fields..]);
            used += taken;
            out += wrote;
            fields += ended;
            match result {
                ReadRecordResult::Record => break true,
                ReadRecordResult::End => break fields > 0,
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull => {}
                ReadRecordResult::OutputEndsFull => {
                    if fields > MOST_COLUMNS {
                        longest = true;
                        break true;
                    }
                }
            }
            if used > LONGEST {
                longest = true;
                break true;
            }
        };
        self.ends.truncate(fields);
        if !done {
            self.at += used;
            return Ok(false);
        }
        let whole = self.block[self.at..self.at + used].trim_ascii_end();
        let mut length = self.block[self.at..self.at + used]
            .iter()
            .rposition(|byte| !matches!(byte, b'\r' | b'\n'))
            .map_or(0, |last| last + 1);
        let inner = memchr::memchr(b'\n', &whole[..whole.len().min(length)]);
        // The header of real files ends in one comma too many; so may a row.
        if fields == COLUMNS + 1 && self.ends[COLUMNS] == self.ends[COLUMNS - 1] {
            self.ends.truncate(COLUMNS);
        }
        let columns = self.ends.len();
        let mut place = Place::new(file, self.line);
        let mut next = used;
        if longest || columns != COLUMNS {
            place.problem = Some(match longest {
                true => Problem::Long,
                false => Problem::Columns(columns),
            });
            // A quote swallowed the lines behind it: they are read anew.
            if let Some(line_end) = inner {
                place.problem = Some(Problem::OpenQuote);
                length = line_end;
                next = line_end;
                let kept = self.ends.iter().take_while(|end| **end <= line_end).count();
                self.ends.truncate(kept);
            }
        }
        let ended = self.ended && self.at + used == self.filled;
        if ended && is_open(&self.block[self.at..self.filled]) {
            place.problem = Some(Problem::OpenQuote);
        }
        let (out, mut start) = (&self.out, 0);
        let fields = self.ends.iter().map(|end| {
            let field = &out[start..*end];
            start = *end;
            field
        });
        batch.fields(fields, &self.block[self.at..self.at + length], place);
        self.line +=
            memchr::memchr_iter(b'\n', &self.block[self.at..self.at + next]).count() as u64;
        self.at += next;
        if longest && inner.is_none() {
            self.pass_line(read)?;
        }
        check(batch);
        Ok(true)
    }

    // Goes to the end of a line that is too long: the rest of it is no row.
    fn pass_line(&mut self, read: &mut u64) -> std::io::Result<()> {
        loop {
            let rest = &self.block[self.at..self.filled];
            if let Some(end) = memchr::memchr(b'\n', rest) {
                self.at += end;
                return Ok(());
            }
            self.at = self.filled;
            if self.ended {
                return Ok(());
            }
            self.fill(read)?;
        }
    }
}

// Whether the last row of a file ends inside a quote: then a line's end behind it does not end it.
fn is_open(row: &[u8]) -> bool {
    let mut core = Reader::new();
    let (mut out, mut ends) = (vec![0; row.len() + 1], vec![0; row.len() + 2]);
    for piece in [row, b"\n"] {
        let (result, ..) = core.read_record(piece, &mut out, &mut ends);
        if result == ReadRecordResult::Record {
            return false;
        }
    }
    true
}

// What every row must have beside its columns.
fn check(batch: &mut Batch) {
    let n = batch.len() - 1;
    let row = batch.row(n);
    let key = key(&row);
    let order = row.field(col::CNT_ORDER);
    let whole = order.len() == 12 && order.iter().all(u8::is_ascii_digit);
    let problem = match key {
        Key::Nobody => Some(Problem::NoPerson),
        Key::Subject(_) | Key::Number(_) if !whole => Some(Problem::Order),
        Key::Subject(_) | Key::Number(_) => None,
    };
    let keyless = matches!(key, Key::Number(_));
    let place = &mut batch.rows[n];
    place.keyless = keyless;
    place.problem = place.problem.or(problem);
}

#[cfg(test)]
mod fuzz;
