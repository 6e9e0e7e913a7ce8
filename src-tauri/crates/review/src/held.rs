//! Rows of persons whose rows lie apart, kept until all files are read: in memory up to a limit, beyond it on disk, encrypted under
//! a key that never leaves the memory.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use reading::export::Row;
use zeroize::Zeroizing;

use crate::ReviewError;
use crate::batch::{Batch, Place};

const PARTS: usize = 64;
const PART_BITS: u32 = 6;
/// Bytes of rows given back at a time.
const PIECE: usize = 1 << 20;

/// The rows put aside.
pub(crate) struct Held {
    dir: PathBuf,
    limit: usize,
    used: usize,
    level: u32,
    name: String,
    parts: Vec<Part>,
    seal: XChaCha20Poly1305,
    key: Zeroizing<[u8; 32]>,
    /// Bytes that went to disk.
    pub(crate) spilled: u64,
}

#[derive(Default)]
struct Part {
    bytes: Vec<u8>,
    file: Option<File>,
    path: PathBuf,
    chunks: Vec<(u64, u32)>,
    size: u64,
}

impl Held {
    /// An empty store that puts files into `dir`, named after it, once more than `limit` bytes are held.
    pub(crate) fn new(dir: &Path, name: &str, limit: usize) -> Result<Self, ReviewError> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *key)
            .map_err(|error| ReviewError::io(dir)(std::io::Error::other(error.to_string())))?;
        Ok(Self::with(dir, limit, 0, name.to_owned(), key))
    }

    fn with(dir: &Path, limit: usize, level: u32, name: String, key: Zeroizing<[u8; 32]>) -> Self {
        Self {
            dir: dir.to_owned(),
            limit,
            used: 0,
            level,
            name,
            parts: (0..PARTS).map(|_| Part::default()).collect(),
            seal: XChaCha20Poly1305::new(&Key::from(*key)),
            key,
            spilled: 0,
        }
    }

    /// Puts a row aside.
    pub(crate) fn push(&mut self, hash: u64, batch: &Batch, n: usize) -> Result<(), ReviewError> {
        let (row, raw, place) = (batch.row(n), batch.raw(n), batch.places()[n]);
        let bytes = if place.plain { b"" } else { row.bytes };
        let mut entry = Vec::with_capacity(raw.len() + bytes.len() + 4 * row.ends.len() + 64);
        let mut number = |n: u64| entry.extend_from_slice(&n.to_le_bytes());
        number(hash);
        number(place.line);
        let flags = u64::from(place.keyless) << 16 | u64::from(place.plain) << 17;
        number(u64::from(place.file) | flags);
        number(problem_code(place));
        number(raw.len() as u64);
        number(bytes.len() as u64);
        number(row.ends.len() as u64);
        entry.extend_from_slice(raw);
        entry.extend_from_slice(bytes);
        for end in row.ends {
            entry.extend_from_slice(&end.to_le_bytes());
        }
        self.add(hash, &entry)
    }

    fn add(&mut self, hash: u64, entry: &[u8]) -> Result<(), ReviewError> {
        let shift = 64 - PART_BITS * (self.level + 1);
        let part = usize::try_from(hash >> shift).unwrap_or_default() % PARTS;
        self.parts[part].bytes.extend_from_slice(entry);
        self.used += entry.len();
        if self.used > self.limit {
            for n in 0..PARTS {
                self.spill(n)?;
            }
            self.used = 0;
        }
        Ok(())
    }

    fn spill(&mut self, n: usize) -> Result<(), ReviewError> {
        let path = self.dir.join(format!("{}-{n}", self.name));
        let part = &mut self.parts[n];
        if part.bytes.is_empty() {
            return Ok(());
        }
        if part.file.is_none() {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create_new(true);
            part.file = Some(options.open(&path).map_err(ReviewError::io(&path))?);
            part.path.clone_from(&path);
        }
        let nonce = nonce(self.level, n, part.chunks.len());
        let bytes = std::mem::take(&mut part.bytes);
        let sealed = self
            .seal
            .encrypt(&nonce, bytes.as_slice())
            .map_err(|_| ReviewError::Changed)?;
        drop(Zeroizing::new(bytes));
        if let Some(file) = &mut part.file {
            file.write_all(&sealed).map_err(ReviewError::io(&path))?;
        }
        let length = u32::try_from(sealed.len()).map_err(|_| ReviewError::Changed)?;
        part.chunks.push((part.size, length));
        part.size += u64::from(length);
        self.spilled += u64::from(length);
        Ok(())
    }

    /// Gives back all rows, whole persons together in an order that depends on the persons alone.
    pub(crate) fn drain(
        mut self,
        each: &mut dyn FnMut(Batch) -> Result<(), ReviewError>,
    ) -> Result<u64, ReviewError> {
        let mut spilled = self.spilled;
        for n in 0..PARTS {
            let mut part = std::mem::take(&mut self.parts[n]);
            let size = usize::try_from(part.size).unwrap_or(usize::MAX) + part.bytes.len();
            if size == 0 {
                continue;
            }
            let deeper = self.level < 8 && size > self.limit / 8 && part.file.is_some();
            let mut split = deeper.then(|| {
                let name = format!("{}-{n}", self.name);
                Self::with(
                    &self.dir,
                    self.limit,
                    self.level + 1,
                    format!("{name}x"),
                    self.fresh(n),
                )
            });
            let mut all = Vec::new();
            for (chunk, (at, length)) in part.chunks.iter().enumerate() {
                let mut sealed = vec![0; *length as usize];
                if let Some(file) = &mut part.file {
                    let path = &part.path;
                    file.seek(SeekFrom::Start(*at))
                        .map_err(ReviewError::io(path))?;
                    file.read_exact(&mut sealed)
                        .map_err(ReviewError::io(path))?;
                }
                let opened = self
                    .seal
                    .decrypt(&nonce(self.level, n, chunk), sealed.as_slice())
                    .map_err(|_| ReviewError::Changed)?;
                match &mut split {
                    Some(split) => split.take(&opened)?,
                    None => all.extend_from_slice(&opened),
                }
            }
            match &mut split {
                Some(split) => split.take(&part.bytes)?,
                None => all.extend_from_slice(&part.bytes),
            }
            if part.file.take().is_some() {
                std::fs::remove_file(&part.path).map_err(ReviewError::io(&part.path))?;
            }
            match split {
                Some(split) => spilled += split.drain(each)?,
                None => batches(&all, each)?,
            }
        }
        Ok(spilled)
    }

    // A key of its own for each store inside: no nonce is used twice under one key.
    fn fresh(&self, n: usize) -> Zeroizing<[u8; 32]> {
        use sha2::{Digest, Sha256};
        let mut sha = Sha256::new();
        sha.update(*self.key);
        sha.update([u8::try_from(n).unwrap_or_default()]);
        Zeroizing::new(sha.finalize().into())
    }

    fn take(&mut self, entries: &[u8]) -> Result<(), ReviewError> {
        let mut rest = entries;
        while !rest.is_empty() {
            let entry = Entry::read(rest)?;
            let (one, after) = rest.split_at(entry.length);
            self.add(entry.hash, one)?;
            rest = after;
        }
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        for part in &mut self.parts {
            if part.file.take().is_some() {
                // What cannot be removed is unreadable without the key.
                let _ = std::fs::remove_file(&part.path);
            }
        }
    }
}

fn nonce(level: u32, part: usize, chunk: usize) -> XNonce {
    let mut nonce = [0; 24];
    nonce[..4].copy_from_slice(&level.to_le_bytes());
    nonce[4..12].copy_from_slice(&(part as u64).to_le_bytes());
    nonce[12..20].copy_from_slice(&(chunk as u64).to_le_bytes());
    nonce.into()
}

struct Entry<'a> {
    hash: u64,
    line: u64,
    file: u16,
    keyless: bool,
    plain: bool,
    problem: u64,
    raw: &'a [u8],
    bytes: &'a [u8],
    ends: Vec<u32>,
    length: usize,
}

impl<'a> Entry<'a> {
    fn read(all: &'a [u8]) -> Result<Self, ReviewError> {
        let number = |n: usize| {
            let eight = all.get(8 * n..8 * n + 8)?;
            Some(u64::from_le_bytes(eight.try_into().ok()?))
        };
        let read = || {
            let size = |n| number(n).and_then(|n| usize::try_from(n).ok());
            let (raw, bytes, ends) = (size(4)?, size(5)?, size(6)?);
            let (a, b, c) = (56 + raw, 56 + raw + bytes, 56 + raw + bytes + 4 * ends);
            let ends = all.get(b..c)?.chunks_exact(4);
            Some(Self {
                hash: number(0)?,
                line: number(1)?,
                file: u16::try_from(number(2)? & 0xffff).ok()?,
                keyless: number(2)? >> 16 & 1 == 1,
                plain: number(2)? >> 17 & 1 == 1,
                problem: number(3)?,
                raw: all.get(56..a)?,
                bytes: all.get(a..b)?,
                ends: ends
                    .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
                    .collect(),
                length: c,
            })
        };
        read().ok_or(ReviewError::Changed)
    }
}

// The rows of whole persons, in pieces of some size.
fn batches(
    entries: &[u8],
    each: &mut dyn FnMut(Batch) -> Result<(), ReviewError>,
) -> Result<(), ReviewError> {
    let mut all = Vec::new();
    let mut rest = entries;
    while !rest.is_empty() {
        let entry = Entry::read(rest)?;
        rest = &rest[entry.length..];
        all.push(entry);
    }
    all.sort_by_key(|entry| (entry.hash, entry.file, entry.line));
    let mut batch = Batch::default();
    let mut last = None;
    for entry in &all {
        if last != Some(entry.hash) && batch.size() > PIECE {
            each(std::mem::take(&mut batch))?;
        }
        last = Some(entry.hash);
        let row = Row {
            bytes: entry.bytes,
            ends: &entry.ends,
        };
        let mut place = Place::held(entry.file, entry.line, entry.keyless, entry.problem);
        place.plain = entry.plain;
        batch.push(&row, entry.raw, place);
    }
    each(batch)
}

/// The problem as a number; [`Place::held`] reads it back.
pub(crate) fn problem_code(place: Place) -> u64 {
    use crate::batch::Problem;
    match place.problem {
        None => 0,
        Some(Problem::OpenQuote) => 1,
        Some(Problem::Order) => 2,
        Some(Problem::NoPerson) => 3,
        Some(Problem::Long) => 4,
        Some(Problem::Columns(n)) => 5 + n as u64,
    }
}
