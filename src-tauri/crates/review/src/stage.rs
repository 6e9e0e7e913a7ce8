//! The folder beside the tables in which they grow, and what is noted there so that a killed run can go on.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use reading::export::column as col;
use serde::{Deserialize, Serialize};

use crate::ReviewError;
use crate::csv;
use crate::run::{DIGEST, TABLES};
use crate::table::{QUEUE, SAID, WHOSE, Written};
use crate::tally::Tally;

/// Where it is noted how far a run came.
const STATE: &str = "state.json";

/// A folder that vanishes with this value, unless it is kept.
pub(crate) struct Stage {
    pub(crate) part: PathBuf,
    keep: bool,
}

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
#[derive(Serialize, Deserialize, Clone, Copy)]
struct Mark {
    length: u64,
    crc: u32,
}

impl Stage {
    /// The folder, and how far an earlier run of the same question came.
    pub(crate) fn new(out: &Path, asked: &str) -> Result<(Self, Option<State>), ReviewError> {
        fs::create_dir_all(out).map_err(ReviewError::io(out))?;
        let part = out.join(".review.part");
        let stage = Self { part, keep: false };
        let state = stage.state(asked);
        if state.is_none() && stage.part.exists() {
            // What a killed run of another question left behind.
            fs::remove_dir_all(&stage.part).map_err(ReviewError::io(&stage.part))?;
        }
        fs::create_dir_all(&stage.part).map_err(ReviewError::io(&stage.part))?;
        stage.tidy()?;
        Ok((stage, state))
    }

    // Only what can be used: the same question, and tables that hold what was noted.
    fn state(&self, asked: &str) -> Option<State> {
        let text = fs::read(self.part.join(STATE)).ok()?;
        let state: State = serde_json::from_slice(&text).ok()?;
        let names = names();
        let whole = |(name, mark): (&str, &Mark)| checked(&self.part.join(name), *mark).is_some();
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
            let mut options = OpenOptions::new();
            options.create(true).append(true);
            let file = match mark {
                Some(mark) => options.open(&path).and_then(|file| {
                    file.set_len(mark.length)?;
                    Ok(file)
                }),
                None => File::create(&path),
            };
            tables.push(Table {
                file: BufWriter::with_capacity(1 << 16, file.map_err(ReviewError::io(&path))?),
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
        fs::write(&new, text).map_err(ReviewError::io(&new))?;
        fs::rename(&new, &path).map_err(ReviewError::io(&path))
    }

    pub(crate) fn whole(&self, name: &str, bytes: &[u8]) -> Result<(), ReviewError> {
        let path = self.part.join(name);
        fs::write(&path, bytes).map_err(ReviewError::io(&path))
    }

    /// Moves the files to where they belong.
    pub(crate) fn publish(&self, out: &Path, names: &[&str]) -> Result<Vec<PathBuf>, ReviewError> {
        let mut written = Vec::new();
        for name in names {
            let to = out.join(name);
            fs::rename(self.part.join(name), &to).map_err(ReviewError::io(&to))?;
            written.push(to);
        }
        Ok(written)
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

// The file holds at least what was noted, byte for byte.
fn checked(path: &Path, mark: Mark) -> Option<()> {
    let mut file = File::open(path).ok()?.take(mark.length);
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
    file: BufWriter<File>,
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

    pub(crate) fn finish(mut self) -> Result<(), ReviewError> {
        self.marks().map(drop)
    }
}
