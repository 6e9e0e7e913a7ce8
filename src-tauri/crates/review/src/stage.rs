//! The folder beside the tables in which they grow, and what is noted there so that a killed run can go on.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use reading::export::column as col;
use serde::{Deserialize, Serialize};

use crate::ReviewError;
use crate::csv;
use crate::hands::DECISIONS;
use crate::job::{DIGEST, REPORT, SUMMARY, TABLES, WHAT_IF};
use crate::kept::FACTS;
use crate::locked::Lock;
use crate::report::FIGURES;
use crate::seal::Seal;
use crate::table::{QUEUE, SAID, WHOSE, Written};
use crate::tally::Tally;

/// Where it is noted how far a run came.
const STATE: &str = "state.json";
/// Where a sealed folder's key lies, locked.
const KEY: &str = "key.age";

/// A folder that vanishes with this value, unless it is kept.
pub(crate) struct Stage {
    pub(crate) part: PathBuf,
    keep: bool,
    // Where nothing may lie open while it grows.
    seal: Option<Seal>,
    // What the tables are when they are complete.
    complete: Mutex<Vec<Mark>>,
}

/// A file to be published.
pub(crate) struct Piece {
    /// The name that it grew under.
    pub(crate) from: &'static str,
    /// Written anew as Parquet.
    pub(crate) parquet: bool,
}

impl Piece {
    fn name(&self) -> String {
        match self.parquet {
            true => self.from.replace(".csv", ".parquet"),
            false => self.from.to_owned(),
        }
    }
}

/// Called before each piece of work that takes a while.
pub(crate) type Go<'g> = &'g dyn Fn() -> Result<(), ReviewError>;

/// How far a run came: the tables up to these lengths, and the numbers that belong to them.
#[derive(Serialize, Deserialize)]
pub(crate) struct State {
    /// What was asked; another question begins anew.
    asked: String,
    pub(crate) pass: u32,
    /// Batches written.
    pub(crate) batches: u64,
    pub(crate) tally: Tally,
    tables: Vec<Mark>,
}

/// A table's length and the checksum of what stands there.
#[derive(Serialize, Deserialize, Clone, Copy, Default)]
pub(crate) struct Mark {
    pub(crate) length: u64,
    pub(crate) crc: u32,
}

impl Stage {
    /// The folder, and how far an earlier run of the same question came.
    ///
    /// A sealed folder's key lies in it, locked as the results will be: what a killed run left is lost to whoever cannot open that.
    pub(crate) fn new(
        out: &Path,
        asked: &str,
        lock: Option<&Lock>,
    ) -> Result<(Self, Option<State>), ReviewError> {
        fs::create_dir_all(out).map_err(ReviewError::io(out))?;
        let part = out.join(".review.part");
        let seal = match lock {
            Some(lock) => {
                let before = fs::read(part.join(KEY))
                    .ok()
                    .and_then(|key| lock.open(&key));
                let before = before.and_then(|key| Seal::known(&key)).map(Ok);
                Some(
                    before
                        .unwrap_or_else(Seal::new)
                        .map_err(ReviewError::io(out))?,
                )
            }
            None => None,
        };
        let stage = Self {
            part,
            keep: false,
            seal,
            complete: Mutex::default(),
        };
        let state = stage.state(asked);
        if state.is_none() && stage.part.exists() {
            // What a killed run of another question left behind.
            fs::remove_dir_all(&stage.part).map_err(ReviewError::io(&stage.part))?;
        }
        fs::create_dir_all(&stage.part).map_err(ReviewError::io(&stage.part))?;
        stage.tidy()?;
        if let (None, Some(seal), Some(lock)) = (&state, &stage.seal, lock) {
            let path = stage.part.join(KEY);
            let write = || {
                let mut out = lock.wrap(File::create(&path)?)?;
                out.write_all(seal.key())?;
                out.finish().map(drop)
            };
            write().map_err(ReviewError::io(&path))?;
        }
        Ok((stage, state))
    }

    // Only what can be used: the same question, and tables that hold what was noted.
    fn state(&self, asked: &str) -> Option<State> {
        let mut text = Vec::new();
        self.read(STATE).ok()?.read_to_end(&mut text).ok()?;
        let state: State = serde_json::from_slice(&text).ok()?;
        let names = names();
        let whole = |(name, mark): (&str, &Mark)| {
            let file = self.read(name).ok();
            file.and_then(|file| checked(file, *mark)).is_some()
        };
        (state.asked == asked
            && state.tables.len() == names.len()
            && names.into_iter().zip(&state.tables).all(whole))
        .then_some(state)
    }

    // Rows put aside cannot be read by another run: their key is gone.
    fn tidy(&self) -> Result<(), ReviewError> {
        for entry in fs::read_dir(&self.part).map_err(ReviewError::io(&self.part))? {
            let path = entry.map_err(ReviewError::io(&self.part))?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            if name.is_some_and(|name| name.starts_with("held")) {
                fs::remove_file(&path).map_err(ReviewError::io(&path))?;
            }
        }
        Ok(())
    }

    /// The folder stays when this value goes.
    pub(crate) fn keep(&mut self) {
        self.keep = true;
    }

    /// The tables: empty but for their heads, or as an earlier run left them.
    pub(crate) fn tables(&self, state: Option<&State>) -> Result<Tables, ReviewError> {
        let mut tables = Vec::new();
        for (n, name) in names().into_iter().enumerate() {
            let path = self.part.join(name);
            let mark = state.and_then(|state| state.tables.get(n).copied());
            let file = match mark {
                Some(mark) => self.grown(name, mark),
                None => self.create(name),
            };
            tables.push(Table {
                file: file.map_err(ReviewError::io(&path))?,
                path,
                length: mark.map_or(0, |mark| mark.length),
                crc: crc32fast::Hasher::new_with_initial(mark.map_or(0, |mark| mark.crc)),
            });
        }
        let mut tables = Tables(tables);
        if state.is_none() {
            tables.write(&heads())?;
        }
        Ok(tables)
    }

    /// Notes how far the run is. Whoever is killed before this is whole has the note before it.
    pub(crate) fn note(
        &self,
        tables: &mut Tables,
        asked: &str,
        pass: u32,
        batches: u64,
        tally: &Tally,
    ) -> Result<(), ReviewError> {
        let state = State {
            asked: asked.to_owned(),
            pass,
            batches,
            tally: tally.clone(),
            tables: tables.marks()?,
        };
        let (path, new) = (self.part.join(STATE), self.part.join("state.new"));
        let text = serde_json::to_vec(&state).unwrap_or_default();
        let write = || {
            let mut file: Box<dyn Write> = match &self.seal {
                Some(seal) => Box::new(seal.create(&new, number(STATE))?),
                None => Box::new(File::create(&new)?),
            };
            file.write_all(&text)?;
            file.flush()
        };
        write().map_err(ReviewError::io(&new))?;
        fs::rename(&new, &path).map_err(ReviewError::io(&path))
    }

    /// The tables are complete.
    pub(crate) fn complete(&self, tables: Tables) -> Result<(), ReviewError> {
        let marks = tables.finish()?;
        *self.complete.lock().unwrap_or_else(PoisonError::into_inner) = marks;
        Ok(())
    }

    /// What a table is, now that it is complete.
    pub(crate) fn mark(&self, name: &str) -> Mark {
        let marks = self.complete.lock().unwrap_or_else(PoisonError::into_inner);
        let at = names().into_iter().position(|known| known == name);
        at.and_then(|at| marks.get(at).copied()).unwrap_or_default()
    }

    /// A new file of the folder.
    pub(crate) fn create(&self, name: &str) -> io::Result<Box<dyn Write + Send>> {
        let path = self.part.join(name);
        Ok(match &self.seal {
            Some(seal) => Box::new(seal.create(&path, number(name))?),
            None => Box::new(BufWriter::with_capacity(1 << 16, File::create(path)?)),
        })
    }

    // A table as an earlier run left it, cut to what was noted.
    fn grown(&self, name: &str, mark: Mark) -> io::Result<Box<dyn Write + Send>> {
        let path = self.part.join(name);
        if let Some(seal) = &self.seal {
            return Ok(Box::new(seal.grown(&path, number(name), mark.length)?));
        }
        let file = OpenOptions::new().append(true).open(path)?;
        file.set_len(mark.length)?;
        Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
    }

    /// A file of the folder, read.
    pub(crate) fn read(&self, name: &str) -> Result<Box<dyn Read + '_>, ReviewError> {
        let path = self.part.join(name);
        let file = || -> io::Result<Box<dyn Read>> {
            Ok(match &self.seal {
                Some(seal) => Box::new(seal.open(&path, number(name))?),
                None => Box::new(BufReader::with_capacity(1 << 18, File::open(&path)?)),
            })
        };
        file().map_err(ReviewError::io(&path))
    }

    pub(crate) fn whole(&self, name: &str, bytes: &[u8]) -> Result<(), ReviewError> {
        let write = || {
            let mut file = self.create(name)?;
            file.write_all(bytes)?;
            file.flush()
        };
        write().map_err(ReviewError::io(self.part.join(name)))
    }

    /// Moves the pieces to where they belong, locked where there is a lock; all are complete before the first is moved.
    pub(crate) fn publish(
        &self,
        out: &Path,
        pieces: &[Piece],
        lock: Option<&Lock>,
        go: Go<'_>,
    ) -> Result<Vec<PathBuf>, ReviewError> {
        let mut ready = Vec::new();
        for piece in pieces {
            go()?;
            let name = match lock {
                Some(_) => piece.name() + ".age",
                None => piece.name(),
            };
            let path = self.part.join(&name);
            let io = ReviewError::io(path.clone());
            match lock {
                None if !piece.parquet => {}
                None => {
                    let file = File::create(&path).map_err(io)?;
                    crate::parquet::write(self.read(piece.from)?, file, &path, go)?;
                }
                Some(lock) => self.locked(piece, lock, &path, go)?,
            }
            ready.push((path, out.join(name)));
        }
        for (from, to) in &ready {
            fs::rename(from, to).map_err(ReviewError::io(to))?;
        }
        let written: Vec<PathBuf> = ready.into_iter().map(|(_, to)| to).collect();
        remove_earlier(out, &written)?;
        Ok(written)
    }

    fn locked(
        &self,
        piece: &Piece,
        lock: &Lock,
        path: &Path,
        go: Go<'_>,
    ) -> Result<(), ReviewError> {
        let io = || ReviewError::io(path);
        let file = BufWriter::with_capacity(1 << 16, File::create(path).map_err(io())?);
        let mut out = lock.wrap(file).map_err(io())?;
        let mut from = self.read(piece.from)?;
        match piece.parquet {
            true => crate::parquet::write(from, &mut out, path, go)?,
            false => {
                io::copy(&mut from, &mut out).map_err(io())?;
            }
        }
        let mut file = out.finish().map_err(io())?;
        file.flush().map_err(io())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.keep {
            // What was published is no longer in it.
            let _ = fs::remove_dir_all(&self.part);
        }
    }
}

// Results of an earlier review in the same folder, in clear or of other questions, would be taken for this one's. What people decided
// by hand stays.
fn remove_earlier(out: &Path, written: &[PathBuf]) -> Result<(), ReviewError> {
    let all = TABLES.into_iter().chain([SUMMARY, REPORT, FIGURES, FACTS]);
    for from in all.chain(WHAT_IF) {
        for parquet in [false, true] {
            let name = Piece { from, parquet }.name();
            for name in [name.clone() + ".age", name] {
                let path = out.join(name);
                if written.contains(&path) {
                    continue;
                }
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(ReviewError::io(path)(error));
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

fn names() -> Vec<&'static str> {
    TABLES.into_iter().chain([DIGEST]).collect()
}

fn heads() -> Written {
    let mut heads = Written::default();
    csv::line(&mut heads.full, col::NAMES.into_iter().chain(SAID));
    let short = col::SHORT.into_iter().map(|n| col::NAMES[n]);
    csv::line(&mut heads.short, short.chain(SAID));
    csv::line(&mut heads.decided, WHOSE.into_iter().chain(SAID));
    csv::line(&mut heads.queue, QUEUE);
    csv::line(&mut heads.unread, ["file", "line", "problem"]);
    heads
}

// A number of its own for each file of the folder.
fn number(name: &str) -> u64 {
    let all = names()
        .into_iter()
        .chain([SUMMARY, REPORT, FIGURES])
        .chain(WHAT_IF)
        .chain([FACTS, DECISIONS, STATE]);
    all.into_iter()
        .position(|one| one == name)
        .map_or(u64::MAX, |n| n as u64)
}

/// The file holds at least what was noted, byte for byte.
pub(crate) fn checked(file: impl Read, mark: Mark) -> Option<()> {
    let mut file = file.take(mark.length);
    let mut crc = crc32fast::Hasher::new();
    let mut block = vec![0; 1 << 18];
    let mut length = 0;
    loop {
        match file.read(&mut block).ok()? {
            0 => break,
            n => {
                crc.update(&block[..n]);
                length += n as u64;
            }
        }
    }
    (length == mark.length && crc.finalize() == mark.crc).then_some(())
}

struct Table {
    path: PathBuf,
    file: Box<dyn Write + Send>,
    length: u64,
    crc: crc32fast::Hasher,
}

/// The tables while they grow.
pub(crate) struct Tables(Vec<Table>);

impl Tables {
    pub(crate) fn write(&mut self, written: &Written) -> Result<(), ReviewError> {
        for (table, bytes) in self.0.iter_mut().zip([
            &written.full,
            &written.short,
            &written.decided,
            &written.queue,
            &written.unread,
            &written.digest,
        ]) {
            table
                .file
                .write_all(bytes)
                .map_err(ReviewError::io(&table.path))?;
            table.crc.update(bytes);
            table.length += bytes.len() as u64;
        }
        Ok(())
    }

    fn marks(&mut self) -> Result<Vec<Mark>, ReviewError> {
        let each = self.0.iter_mut().map(|table| {
            table.file.flush().map_err(ReviewError::io(&table.path))?;
            Ok(Mark {
                length: table.length,
                crc: table.crc.clone().finalize(),
            })
        });
        each.collect()
    }

    pub(crate) fn finish(mut self) -> Result<Vec<Mark>, ReviewError> {
        self.marks()
    }
}
