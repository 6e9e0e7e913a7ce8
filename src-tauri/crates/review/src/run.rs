//! A review from files to tables: one thread reads, the others review, one writes; whole persons travel together, so what each sees
//! never depends on how many there are.
//!
//! The first pass takes the files as they usually are, the rows of a person together. Should a person come again, or a number of the
//! state under another key, it stops deciding and only looks who comes apart; the second pass puts those rows aside until all files
//! are read.
//!
//! How files are cut into batches depends on their bytes alone. So a run that was killed goes on by reading again from the start and
//! passing over the batches that are in the tables already.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use packs::Packs;
use reading::export::JURISDICTION;

use crate::asked::{asked, identity};
use crate::batch::Batch;
use crate::decisions::Decisions;
use crate::feed::{Feed, Sent};
use crate::files::Files;
use crate::hands::{DECISIONS, Hands};
use crate::job::{Beside, DIGEST, Done, Job, REPORT, SUMMARY, TABLES, UNUSED, WHAT_IF, pieces};
use crate::pool::Pool;
use crate::report::{self, FIGURES};
use crate::seen::Seen;
use crate::stage::{Stage, State};
use crate::table::{Writer, Written};
use crate::tally::Tally;
use crate::watch::{At, Watch};
use crate::what_if::{About, Digest, reach};
use crate::whole::Asked;
use crate::{ReviewError, kept, side, summary};

/// What a run needs beside the rows it puts aside.
const BASE: usize = 96 << 20;
/// After so many batches it is noted how far the run is.
const NOTED: u64 = 4;

/// Reviews an export and writes the tables into a folder. They appear by rename when all are complete. A run that was killed leaves a
/// folder beside them; the same review asked for again goes on from there and gives the same bytes, and any other removes it.
///
/// # Errors
/// The county is none, has no row, or a file cannot be read or written. Nothing is published then.
pub fn run(
    job: Job<'_>,
    packs: &Packs,
    out: &Path,
    watch: &dyn Watch,
) -> Result<Done, ReviewError> {
    let reached = reach(&job.policy);
    if let Some(other) = job.what_if.iter().find(|other| reach(other) != reached) {
        return Err(ReviewError::OtherSections {
            policy: other.title.clone(),
        });
    }
    let files = Files::new(job.files)?;
    kept_by_hand(out, job.lock.is_some())?;
    let pack = packs.pack(JURISDICTION).ok_or(ReviewError::Pack)?;
    let identity = identity(&job, pack, &files)?;
    let asked = asked(job.county, job.as_of, job.policy, packs)?;
    let (mut stage, state) = Stage::new(out, &identity, job.lock.as_ref())?;
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
        identity: &identity,
        facts: job.facts || !job.what_if.is_empty(),
        memory: job.memory.saturating_sub(BASE).max(8 << 20),
        threads: job.threads.max(1),
        watch,
    };
    let resumed = state.as_ref().map_or(0, |state| state.batches);
    let passed = review.passes(&stage, state);
    if matches!(passed, Err(ReviewError::Later)) {
        stage.keep();
    }
    let Passed {
        tally,
        spilled,
        passes,
    } = passed?;
    numbers(&stage, &asked, &tally, &names, &files, job.figures)?;
    let about = About::new(&asked, &tally);
    let mut what_if = Vec::new();
    for other in &job.what_if {
        what_if.push(about.numbers(other, &Hands::default(), packs, &mut *stage.read(DIGEST)?)?);
    }
    if !what_if.is_empty() {
        let others = job.what_if.iter().zip(&what_if);
        let all: Vec<_> = std::iter::once((&asked.policy, &tally))
            .chain(others)
            .collect();
        let [json, csv] = WHAT_IF;
        stage.whole(json, side::json(&asked, &all).as_bytes())?;
        stage.whole(csv, &side::csv(&all))?;
    }
    let unused = match job.decisions.is_empty() {
        true => Vec::new(),
        false => {
            let lines = job.decisions.unused(stage.read(TABLES[2])?);
            lines.map_err(|_| ReviewError::Changed)?
        }
    };
    let beside = Beside {
        what_if: !what_if.is_empty(),
        figures: job.figures,
        facts: job.facts,
        decisions: !job.decisions.is_empty(),
    };
    let begin = match beside.facts {
        true => kept::write(&stage, &asked, &tally, &files.paths)?,
        false => 0,
    };
    if beside.decisions {
        let decisions = Hands::new(job.decisions.clone());
        stage.whole(DECISIONS, &decisions.csv())?;
    }
    let pieces = pieces(job.format, beside);
    let published = stage.publish(out, &pieces, job.lock.as_ref(), &|| watch.go().into());
    if matches!(published, Err(ReviewError::Later)) {
        stage.keep();
    }
    let written = published?;
    Ok(Done {
        tally,
        twice: files.twice,
        unused,
        spilled,
        passes,
        resumed,
        what_if,
        digest: match job.facts {
            true => Some(Digest::new(stage, about, &written, begin)?),
            false => None,
        },
        written,
    })
}

/// Writes the numbers of a review.
pub(crate) fn numbers(
    stage: &Stage,
    asked: &Asked<'_>,
    tally: &Tally,
    names: &[String],
    files: &Files,
    figures: bool,
) -> Result<(), ReviewError> {
    if tally.rows > 0 && tally.rows_not_used == tally.rows {
        return Err(ReviewError::NoneUsed {
            rows: tally.rows,
            first: first_unused(stage),
        });
    }
    if tally.rows_of_county == 0 {
        return Err(ReviewError::NoRows {
            county: asked.county.clone(),
        });
    }
    let summary = summary::Summary::new(asked, tally, names, files);
    stage.whole(SUMMARY, summary.json().as_bytes())?;
    stage.whole(REPORT, summary.report().as_bytes())?;
    match figures {
        true => stage.whole(FIGURES, &report::printed(summary.json().as_bytes())?),
        false => Ok(()),
    }
}

// What people filled in stands in no other file: it is not written over, and not left open beside locked results.
fn kept_by_hand(out: &Path, locked: bool) -> Result<(), ReviewError> {
    let queue = out.join(TABLES[3]);
    let filled = queue.exists() && Decisions::filled_in(&queue);
    let decided = out.join(DECISIONS);
    let path = match (filled, locked && decided.exists()) {
        (true, _) => queue,
        (_, true) => decided,
        _ => return Ok(()),
    };
    Err(ReviewError::DecisionsThere { path })
}

// The first row that could not be used: file, line and reason.
fn first_unused(stage: &Stage) -> String {
    let read = || -> Option<String> {
        let unused = stage.read(UNUSED).ok()?;
        let mut lines = ::csv::Reader::from_reader(unused);
        let line = lines.records().next()?.ok()?;
        Some(format!(
            "{}:{}: {}",
            line.get(0)?,
            line.get(1)?,
            line.get(2)?
        ))
    };
    read().unwrap_or_default()
}

struct Review<'r, 'p> {
    asked: &'p Asked<'p>,
    decisions: &'r Decisions,
    files: &'r Files,
    names: &'r [String],
    identity: &'r str,
    facts: bool,
    memory: usize,
    threads: usize,
    watch: &'r dyn Watch,
}

struct Passed {
    tally: Tally,
    spilled: u64,
    passes: u32,
}

// One time through the files.
struct Pass<'s> {
    number: u32,
    // The persons whose rows lie apart, and the numbers met under more than one key, once they are known.
    apart: Option<&'s Seen>,
    // How far an earlier run came in this pass.
    state: Option<State>,
    // Nothing is decided: it is only looked for who comes apart.
    look: bool,
    of_bytes: u64,
}

impl<'p> Review<'_, 'p> {
    fn passes(&self, stage: &Stage, state: Option<State>) -> Result<Passed, ReviewError> {
        let second = state.as_ref().is_some_and(|state| state.pass == 2);
        let (first, second_state) = match second {
            true => (None, state),
            false => (state, None),
        };
        let mut apart = Seen::new();
        let pass = Pass {
            number: 1,
            apart: None,
            state: first,
            look: second,
            of_bytes: self.files.bytes * if second { 2 } else { 1 },
        };
        let (tally, spilled) = self.pass(stage, pass, &mut apart)?;
        if apart.is_empty() {
            return Ok(Passed {
                tally,
                spilled,
                passes: 1,
            });
        }
        let pass = Pass {
            number: 2,
            apart: Some(&apart),
            state: second_state,
            look: false,
            of_bytes: self.files.bytes * 2,
        };
        let (tally, spilled) = self.pass(stage, pass, &mut Seen::none())?;
        Ok(Passed {
            tally,
            spilled,
            passes: 2,
        })
    }

    // `found`: where the first pass puts the persons whose rows lie apart.
    fn pass(
        &self,
        stage: &Stage,
        mut pass: Pass<'_>,
        found: &mut Seen,
    ) -> Result<(Tally, u64), ReviewError> {
        let (to_workers, from_reader) = sync_channel::<Sent>(2);
        let (to_writer, from_workers) = sync_channel::<Written>(2);
        let from_reader = Mutex::new(from_reader);
        let failed = AtomicBool::new(false);
        let (batches, buffers) = (Pool::default(), Pool::default());
        let state = pass.state.take();
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                let to_writer = to_writer.clone();
                let from_reader = &from_reader;
                let pools = (&batches, &buffers);
                scope.spawn(move || self.work(from_reader, &to_writer, pools));
            }
            drop(to_writer);
            let (failed, pass, buffers) = (&failed, &pass, &buffers);
            let mut feed = Feed::new(self.files, self.memory, to_workers, &batches);
            feed.skip = match pass.look {
                true => u64::MAX,
                false => state.as_ref().map_or(0, |state| state.batches),
            };
            let writer = scope.spawn(move || {
                let written = match pass.look {
                    true => Ok(Tally::default()),
                    false => self.write(stage, pass, state, &from_workers, buffers),
                };
                failed.store(written.is_err(), Ordering::Relaxed);
                // Whoever still sends must not wait for ever.
                for _ in from_workers {}
                written
            });
            let before = self.files.bytes * u64::from(pass.number - 1);
            let read = feed.read(stage, pass.apart, found, &|bytes, counts| {
                if failed.load(Ordering::Relaxed) {
                    return Err(ReviewError::Stopped);
                }
                if let Some(bytes) = bytes.filter(|_| !counts || pass.look) {
                    self.watch.at(At {
                        bytes: before + bytes,
                        of_bytes: pass.of_bytes.max(2 * self.files.bytes),
                        people: 0,
                    });
                }
                self.watch.go().into()
            });
            drop(feed);
            let written = writer.join().unwrap_or(Err(ReviewError::Stopped));
            // Why the writer failed says more than that the reader was stopped by it.
            match (read, written) {
                (Err(ReviewError::Stopped), Err(why)) => Err(why),
                (Err(why), _) | (Ok(_), Err(why)) => Err(why),
                (Ok(spilled), Ok(tally)) => Ok((tally, spilled)),
            }
        })
    }

    fn work(
        &self,
        from_reader: &Mutex<Receiver<Sent>>,
        to_writer: &SyncSender<Written>,
        (batches, buffers): (&Pool<Batch>, &Pool<Written>),
    ) {
        let mut writer: Writer<'p, '_> =
            Writer::new(self.asked, self.decisions, self.names, self.facts);
        loop {
            let next = match from_reader.lock() {
                Ok(from_reader) => from_reader.recv(),
                Err(_) => return,
            };
            let Ok(mut sent) = next else { return };
            let mut written = buffers.take();
            writer.write(&sent.batch, &mut written);
            sent.batch.clear();
            batches.give(sent.batch);
            (written.number, written.upto) = (sent.number, sent.upto);
            if to_writer.send(written).is_err() {
                return;
            }
        }
    }

    // Writes what comes in the order it was read.
    fn write(
        &self,
        stage: &Stage,
        pass: &Pass<'_>,
        state: Option<State>,
        from_workers: &Receiver<Written>,
        buffers: &Pool<Written>,
    ) -> Result<Tally, ReviewError> {
        let mut tables = stage.tables(state.as_ref())?;
        if state.is_none() {
            let none = Tally::default();
            stage.note(&mut tables, self.identity, pass.number, 0, &none)?;
        }
        let (mut next, mut tally) =
            state.map_or_else(Default::default, |state| (state.batches, state.tally));
        let before = self.files.bytes * u64::from(pass.number - 1);
        let mut waiting: BTreeMap<u64, Written> = BTreeMap::new();
        for written in from_workers {
            waiting.insert(written.number, written);
            while let Some(mut written) = waiting.remove(&next) {
                tables.write(&written)?;
                tally.merge(std::mem::take(&mut written.tally));
                next += 1;
                self.watch.at(At {
                    bytes: before + written.upto,
                    of_bytes: pass.of_bytes,
                    people: tally.people,
                });
                written.clear();
                buffers.give(written);
                if next.is_multiple_of(NOTED) {
                    stage.note(&mut tables, self.identity, pass.number, next, &tally)?;
                }
            }
        }
        stage.note(&mut tables, self.identity, pass.number, next, &tally)?;
        stage.complete(tables)?;
        Ok(tally)
    }
}
