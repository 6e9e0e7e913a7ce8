//! A review from files to tables: one thread reads, the others review, one writes; whole persons travel together, so what each sees
//! never depends on how many there are.
//!
//! The first pass takes the files as they usually are, the rows of a person together. Should a person come again, it stops
//! deciding and only looks who comes apart; the second pass puts those rows aside until all files are read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use jiff::civil::Date;
use packs::Packs;
use packs::policy::Policy;
use reading::export::{JURISDICTION, column as col};
use record::findings::RouteId;

use crate::csv;
use crate::decisions::Decisions;
use crate::held::Held;
use crate::input::{Batch, Files, Key, Rows};
use crate::seen::Seen;
use crate::table::{QUEUE, SAID, WHOSE, Writer, Written};
use crate::tally::Tally;
use crate::whole::{Asked, question};
use crate::{ReviewError, summary};

/// Bytes of rows that travel together.
const BATCH: usize = 1 << 20;
/// What a run needs beside the rows it puts aside.
const BASE: usize = 96 << 20;

/// What is asked of a review.
pub struct Job<'j> {
    /// The files of the export.
    pub files: &'j [PathBuf],
    /// The county, in any capitals.
    pub county: &'j str,
    /// The day asked about.
    pub as_of: Date,
    /// The policy.
    pub policy: Policy,
    /// Decisions of people.
    pub decisions: Decisions,
    /// Memory in bytes; the rows put aside beyond it go to disk, encrypted.
    pub memory: usize,
    /// Threads that review.
    pub threads: usize,
}

/// What has been done so far; readable while it runs.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes read.
    pub bytes: AtomicU64,
    /// Bytes that will be read, as far as is known: twice the files' where persons come apart.
    pub of_bytes: AtomicU64,
    /// People decided.
    pub people: AtomicU64,
    /// Set to stop the run.
    pub stop: AtomicBool,
}

/// What a review came to.
#[derive(Debug)]
pub struct Done {
    /// The numbers.
    pub tally: Tally,
    /// Files left out because another has the same bytes.
    pub twice: Vec<(PathBuf, PathBuf)>,
    /// Bytes put aside on disk.
    pub spilled: u64,
    /// Times the files were read.
    pub passes: u32,
    /// The tables written.
    pub written: Vec<PathBuf>,
}

/// The tables, by name.
pub const TABLES: [&str; 5] = [
    "full.csv",
    "condensed.csv",
    "determinations.csv",
    "review-queue.csv",
    "rows-not-used.csv",
];
/// The numbers.
pub const SUMMARY: &str = "summary.json";
/// The numbers, for people.
pub const REPORT: &str = "report.txt";

/// Reviews an export and writes the tables into a folder. They appear by rename when all are complete; a run that was killed leaves
/// nothing but a folder that the next run removes, and running again gives the same bytes.
///
/// # Errors
/// The county is none, has no row, or a file cannot be read or written. Nothing is written then.
pub fn run(
    job: Job<'_>,
    packs: &Packs,
    out: &Path,
    progress: &Progress,
) -> Result<Done, ReviewError> {
    let pack = packs.pack(JURISDICTION).ok_or(ReviewError::Pack)?;
    let courts = pack.courts.as_ref().ok_or(ReviewError::Pack)?;
    let route = pack.route(&job.policy.route).ok_or(ReviewError::Pack)?;
    let county = courts
        .county(job.county)
        .ok_or_else(|| ReviewError::County {
            name: job.county.to_owned(),
            nearest: nearest(
                job.county,
                courts.counties().iter().map(|c| c.name.as_str()),
            ),
        })?;
    let files = Files::new(job.files)?;
    progress.of_bytes.store(files.bytes, Ordering::Relaxed);
    let asked = Asked {
        packs,
        pack,
        since: route.from,
        county: county.name.clone(),
        ask: question(job.as_of, RouteId(format!("{}/{}", pack.id, route.id))),
        policy: job.policy,
    };
    let stage = Stage::new(out)?;
    let names: Vec<String> = files
        .paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let review = Review {
        asked: &asked,
        decisions: &job.decisions,
        files: &files,
        names: &names,
        memory: job.memory.saturating_sub(BASE).max(8 << 20),
        threads: job.threads.max(1),
        progress,
    };
    let mut apart = Seen::new();
    let mut passes = 1;
    let (mut tally, mut spilled) = review.pass(&stage, None, &mut apart)?;
    if !apart.is_empty() {
        passes = 2;
        progress.of_bytes.store(2 * files.bytes, Ordering::Relaxed);
        (tally, spilled) = review.pass(&stage, Some(&apart), &mut Seen::new())?;
    }
    if tally.rows_of_county == 0 {
        return Err(ReviewError::NoRows {
            county: county.name.clone(),
        });
    }
    let summary = summary::Summary::new(&asked, &tally, &names, &files);
    stage.whole(SUMMARY, summary.json().as_bytes())?;
    stage.whole(REPORT, summary.report().as_bytes())?;
    let written = stage.publish(out)?;
    Ok(Done {
        tally,
        twice: files.twice,
        spilled,
        passes,
        written,
    })
}

struct Review<'r, 'p> {
    asked: &'p Asked<'p>,
    decisions: &'r Decisions,
    files: &'r Files,
    names: &'r [String],
    memory: usize,
    threads: usize,
    progress: &'r Progress,
}

impl<'p> Review<'_, 'p> {
    // One pass over the files. `apart`: the persons whose rows lie apart, once they are known. `found`: where the first pass puts them.
    fn pass(
        &self,
        stage: &Stage,
        apart: Option<&Seen>,
        found: &mut Seen,
    ) -> Result<(Tally, u64), ReviewError> {
        let (to_workers, from_reader) = sync_channel::<(u64, Batch)>(2);
        let (to_writer, from_workers) = sync_channel::<(u64, Written)>(2);
        let from_reader = Mutex::new(from_reader);
        let failed = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                let to_writer = to_writer.clone();
                let from_reader = &from_reader;
                scope.spawn(move || self.work(from_reader, &to_writer));
            }
            drop(to_writer);
            let failed = &failed;
            let writer = scope.spawn(move || {
                let written = self.write(stage, &from_workers);
                failed.store(written.is_err(), Ordering::Relaxed);
                // Whoever still sends must not wait for ever.
                for _ in from_workers {}
                written
            });
            let read = self.read(stage, apart, found, to_workers, failed);
            let written = writer.join().unwrap_or(Err(ReviewError::Stopped));
            let spilled = read?;
            Ok((written?, spilled))
        })
    }

    fn work(
        &self,
        from_reader: &Mutex<Receiver<(u64, Batch)>>,
        to_writer: &SyncSender<(u64, Written)>,
    ) {
        let mut writer: Writer<'p, '_> = Writer::new(self.asked, self.decisions, self.names);
        loop {
            let next = match from_reader.lock() {
                Ok(from_reader) => from_reader.recv(),
                Err(_) => return,
            };
            let Ok((n, batch)) = next else { return };
            let written = writer.write(&batch);
            self.progress
                .people
                .fetch_add(written.tally.people, Ordering::Relaxed);
            if to_writer.send((n, written)).is_err() {
                return;
            }
        }
    }

    // Writes what comes in the order it was read.
    fn write(
        &self,
        stage: &Stage,
        from_workers: &Receiver<(u64, Written)>,
    ) -> Result<Tally, ReviewError> {
        let mut tables = stage.tables()?;
        let mut waiting: BTreeMap<u64, Written> = BTreeMap::new();
        let (mut next, mut tally) = (0, Tally::default());
        for (n, written) in from_workers {
            waiting.insert(n, written);
            while let Some(written) = waiting.remove(&next) {
                tables.write(&written)?;
                tally.merge(written.tally);
                next += 1;
            }
        }
        tables.finish()?;
        Ok(tally)
    }

    fn read(
        &self,
        stage: &Stage,
        apart: Option<&Seen>,
        found: &mut Seen,
        to_workers: SyncSender<(u64, Batch)>,
        failed: &AtomicBool,
    ) -> Result<u64, ReviewError> {
        let mut rows = Rows::new(&self.files.paths);
        let mut seen = Seen::new();
        let mut held = Held::new(&stage.part, self.memory)?;
        let mut batch = Batch::default();
        let mut last: Vec<u8> = Vec::new();
        let mut whose = Whose::Nobody;
        let mut hash = 0;
        let mut aside = false;
        let mut sent = 0;
        let before = self.progress.bytes.load(Ordering::Relaxed);
        while rows.next(&mut batch)? {
            let n = batch.len() - 1;
            let key = batch.key(n);
            let (kind, bytes) = match key {
                Key::Subject(bytes) => (Whose::Subject, bytes),
                Key::Number(bytes) => (Whose::Number, bytes),
                Key::Nobody => (Whose::Nobody, &b""[..]),
            };
            if kind != whose || bytes != last {
                last.clear();
                last.extend_from_slice(bytes);
                whose = kind;
                if kind == Whose::Nobody {
                    aside = false;
                } else {
                    hash = key.hash();
                    match apart {
                        Some(apart) => aside = apart.contains(hash),
                        None => {
                            if seen.insert(hash) {
                                found.insert(hash);
                            }
                        }
                    }
                }
                if self.progress.stop.load(Ordering::Relaxed) || failed.load(Ordering::Relaxed) {
                    return Err(ReviewError::Stopped);
                }
                if batch.size() > BATCH {
                    self.progress
                        .bytes
                        .store(before + rows.read, Ordering::Relaxed);
                    // The row of the next person stays behind.
                    let mut next = Batch::default();
                    if !aside {
                        next.push(&batch.row(n), batch.raw(n), batch.places()[n]);
                    } else {
                        held.push(hash, &batch, n)?;
                    }
                    batch.pop();
                    if apart.is_some() || found.is_empty() {
                        let full = std::mem::replace(&mut batch, next);
                        if to_workers.send((sent, full)).is_err() {
                            return Err(ReviewError::Stopped);
                        }
                        sent += 1;
                    } else {
                        batch = next;
                    }
                    continue;
                }
            }
            if aside {
                held.push(hash, &batch, n)?;
                batch.pop();
            } else if apart.is_none() && !found.is_empty() && batch.len() > 1 {
                // Nothing of this pass is kept: only who comes apart.
                batch.clear();
            }
        }
        self.progress
            .bytes
            .store(before + rows.read, Ordering::Relaxed);
        if apart.is_none() && !found.is_empty() {
            return Ok(0);
        }
        let mut send = |batch: Batch| -> Result<(), ReviewError> {
            if to_workers.send((sent, batch)).is_err() {
                return Err(ReviewError::Stopped);
            }
            sent += 1;
            Ok(())
        };
        send(batch)?;
        held.drain(&mut send)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Subject,
    Number,
    Nobody,
}

// A folder beside the tables in which they grow.
struct Stage {
    part: PathBuf,
}

impl Stage {
    fn new(out: &Path) -> Result<Self, ReviewError> {
        fs::create_dir_all(out).map_err(ReviewError::io(out))?;
        let part = out.join(".review.part");
        // What a killed run left behind.
        if part.exists() {
            fs::remove_dir_all(&part).map_err(ReviewError::io(&part))?;
        }
        fs::create_dir(&part).map_err(ReviewError::io(&part))?;
        Ok(Self { part })
    }

    fn tables(&self) -> Result<Tables, ReviewError> {
        let open = |name: &str| {
            let path = self.part.join(name);
            let file = File::create(&path).map_err(ReviewError::io(&path))?;
            Ok((path, BufWriter::with_capacity(1 << 16, file)))
        };
        let [full, short, decided, queue, unread] = TABLES;
        let mut tables = Tables {
            full: open(full)?,
            short: open(short)?,
            decided: open(decided)?,
            queue: open(queue)?,
            unread: open(unread)?,
        };
        let mut heads = Written::default();
        csv::line(&mut heads.full, col::NAMES.into_iter().chain(SAID));
        csv::line(
            &mut heads.short,
            col::SHORT.into_iter().map(|n| col::NAMES[n]).chain(SAID),
        );
        csv::line(&mut heads.decided, WHOSE.into_iter().chain(SAID));
        csv::line(&mut heads.queue, QUEUE);
        csv::line(&mut heads.unread, ["file", "line", "problem"]);
        tables.write(&heads)?;
        Ok(tables)
    }

    fn whole(&self, name: &str, bytes: &[u8]) -> Result<(), ReviewError> {
        let path = self.part.join(name);
        fs::write(&path, bytes).map_err(ReviewError::io(&path))
    }

    fn publish(self, out: &Path) -> Result<Vec<PathBuf>, ReviewError> {
        let mut written = Vec::new();
        for name in TABLES.into_iter().chain([SUMMARY, REPORT]) {
            let to = out.join(name);
            fs::rename(self.part.join(name), &to).map_err(ReviewError::io(&to))?;
            written.push(to);
        }
        Ok(written)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What was published is no longer in it.
        let _ = fs::remove_dir_all(&self.part);
    }
}

type Table = (PathBuf, BufWriter<File>);

struct Tables {
    full: Table,
    short: Table,
    decided: Table,
    queue: Table,
    unread: Table,
}

impl Tables {
    fn write(&mut self, written: &Written) -> Result<(), ReviewError> {
        for ((path, table), bytes) in [
            (&mut self.full, &written.full),
            (&mut self.short, &written.short),
            (&mut self.decided, &written.decided),
            (&mut self.queue, &written.queue),
            (&mut self.unread, &written.unread),
        ] {
            table
                .write_all(bytes)
                .map_err(ReviewError::io(path.as_path()))?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), ReviewError> {
        for (path, mut table) in [self.full, self.short, self.decided, self.queue, self.unread] {
            table.flush().map_err(ReviewError::io(path))?;
        }
        Ok(())
    }
}

// The name with the most letters in common from the start; nothing where none has any.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let name = name.trim().to_lowercase();
    let alike = |other: &str| {
        let other = other.to_lowercase();
        name.chars()
            .zip(other.chars())
            .take_while(|(a, b)| a == b)
            .count()
    };
    known
        .map(|other| (alike(other), other))
        .filter(|(n, _)| *n > 1)
        .max_by_key(|(n, other)| (*n, std::cmp::Reverse(other.len())))
        .map(|(_, other)| other.to_owned())
}
