//! Rows out of files: quotes, line ends, byte order marks, headers; a row that is broken spoils no other.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use csv_core::{ReadRecordResult, Reader};
use reading::export::column as col;
use sha2::{Digest, Sha256};

use crate::ReviewError;
use crate::batch::{Batch, COLUMNS, Key, Place, Problem, key};

/// Bytes read at a time.
const BLOCK: usize = 1 << 18;
/// A row longer than this is a quote that was never closed.
const LONGEST: usize = 1 << 20;
/// A file whose first field is this has a header.
const HEADER: &[u8] = b"RECORD_ID";
/// More columns than this are not told apart.
const MOST_COLUMNS: usize = 1024;

/// The files of a review: each once.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) paths: Vec<PathBuf>,
    /// Files left out because another has the same bytes: which, and the other.
    pub(crate) twice: Vec<(PathBuf, PathBuf)>,
    /// Bytes in all.
    pub(crate) bytes: u64,
}

impl Files {
    /// Looks at the files: they must be there, and each is taken once.
    pub(crate) fn new(paths: &[PathBuf]) -> Result<Self, ReviewError> {
        let mut by_size: HashMap<u64, Vec<PathBuf>> = HashMap::new();
        let mut all = Self {
            paths: Vec::new(),
            twice: Vec::new(),
            bytes: 0,
        };
        for path in paths {
            let size = std::fs::metadata(path)
                .map_err(ReviewError::io(path))?
                .len();
            let alike = by_size.entry(size).or_default();
            // Only files of one size can have the same bytes.
            let mut same = None;
            for other in alike.iter() {
                if digest(other)? == digest(path)? {
                    same = Some(other.clone());
                    break;
                }
            }
            match same {
                Some(other) => all.twice.push((path.clone(), other)),
                None => {
                    alike.push(path.clone());
                    all.paths.push(path.clone());
                    all.bytes += size;
                }
            }
        }
        Ok(all)
    }
}

fn digest(path: &Path) -> Result<[u8; 32], ReviewError> {
    let mut file = File::open(path).map_err(ReviewError::io(path))?;
    let mut sha = Sha256::new();
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block).map_err(ReviewError::io(path))? {
            0 => return Ok(sha.finalize().into()),
            n => sha.update(&block[..n]),
        }
    }
}

/// Reads the rows of all files, one after another.
pub(crate) struct Rows<'f> {
    files: &'f [PathBuf],
    next_file: usize,
    open: Option<Open>,
    // Bytes read so far.
    read: u64,
}

struct Open {
    file: File,
    block: Vec<u8>,
    at: usize,
    filled: usize,
    ended: bool,
    core: Reader,
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
                self.open = Some(Open::new(file));
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
    fn new(file: File) -> Self {
        Self {
            file,
            block: vec![0; 2 * BLOCK],
            at: 0,
            filled: 0,
            ended: false,
            core: Reader::new(),
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
                let header = std::mem::take(&mut self.first)
                    && batch
                        .rows
                        .last()
                        .is_some_and(|_| batch.row(batch.len() - 1).field(0) == HEADER);
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
        let (bytes, ends, at) = (batch.bytes.len(), batch.ends.len(), batch.raw.len());
        self.core.reset();
        let (mut used, mut out, mut fields) = (0, 0, 0);
        let mut longest = false;
        let done = loop {
            // Room for what is read: a row grows no longer by unquoting. Most rows are shorter than a kilobyte.
            let room = self.filled - self.at - used + 2;
            let room = room.min(1 << 10);
            batch.bytes.resize(bytes + out + room, 0);
            batch.ends.resize(ends + fields + COLUMNS + 2, 0);
            let input = &self.block[self.at + used..self.filled];
            let input = if input.is_empty() && !self.ended {
                self.fill(read)?;
                continue;
            } else {
                input
            };
            let mut spans = [0_usize; COLUMNS + 2];
            let (result, taken, wrote, ended) =
                self.core
                    .read_record(input, &mut batch.bytes[bytes + out..], &mut spans);
            used += taken;
            out += wrote;
            for end in &spans[..ended] {
                batch.ends[ends + fields] = u32::try_from(*end).unwrap_or(u32::MAX);
                fields += 1;
            }
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
        batch.bytes.truncate(bytes + out);
        batch.ends.truncate(ends + fields);
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
        let columns = match (fields, batch.ends.last()) {
            // The header of real files ends in one comma too many; so may a row.
            (n, Some(last))
                if n == COLUMNS + 1 && Some(last) == batch.ends.get(ends + COLUMNS - 1) =>
            {
                batch.ends.truncate(ends + COLUMNS);
                COLUMNS
            }
            (n, _) => n,
        };
        let mut problem = None;
        let mut next = used;
        if longest || columns != COLUMNS {
            problem = Some(Problem::Columns(columns));
            // A quote swallowed the lines behind it: they are read anew.
            if let Some(line_end) = inner {
                problem = Some(Problem::OpenQuote);
                length = line_end;
                next = line_end;
                let kept = batch.ends[ends..]
                    .iter()
                    .take_while(|end| (**end as usize) <= line_end)
                    .count();
                batch.ends.truncate(ends + kept);
                let last = batch.ends[ends..].last().map_or(0, |end| *end as usize);
                batch.bytes.truncate(bytes + last);
            }
        }
        batch
            .raw
            .extend_from_slice(&self.block[self.at..self.at + length]);
        let line = self.line;
        self.line +=
            memchr::memchr_iter(b'\n', &self.block[self.at..self.at + next]).count() as u64;
        self.at += next;
        batch.rows.push(Place {
            bytes: (bytes, batch.bytes.len()),
            ends: (ends, batch.ends.len()),
            raw: (at, batch.raw.len()),
            file,
            line,
            problem,
            keyless: false,
        });
        check(batch);
        Ok(true)
    }
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
