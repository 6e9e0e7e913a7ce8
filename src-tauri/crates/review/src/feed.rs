//! The reader's part: rows in, batches of whole persons out, and the rows of persons that come apart put aside; so are those whose
//! number of the state comes again under another key.

use std::sync::mpsc::SyncSender;

use crate::ReviewError;
use crate::batch::{Batch, Key, hash_of_number};
use crate::files::Files;
use crate::held::Held;
use crate::input::Rows;
use crate::numbers::{Carrier, Numbers, printed};
use crate::pool::Pool;
use crate::seen::Seen;
use crate::stage::Stage;
use crate::watch::Go;

/// Bytes of rows that travel together.
const BATCH: usize = 1 << 20;

/// A batch on its way.
pub(crate) struct Sent {
    pub(crate) number: u64,
    pub(crate) batch: Batch,
    /// Bytes of the files that are done with it, less those of rows put aside.
    pub(crate) upto: u64,
}

/// Reads all files once.
pub(crate) struct Feed<'f> {
    files: &'f Files,
    memory: usize,
    to_workers: SyncSender<Sent>,
    pool: &'f Pool<Batch>,
    /// Batches that an earlier run did.
    pub(crate) skip: u64,
    number: u64,
    // Bytes of rows put aside that have not come back.
    aside: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Subject,
    Number,
    Nobody,
}

/// Called about every megabyte, with the bytes read and whether what is read is also decided on.
type Each<'e> = &'e dyn Fn(Option<u64>, bool) -> Result<(), ReviewError>;

impl From<Go> for Result<(), ReviewError> {
    fn from(go: Go) -> Self {
        match go {
            Go::On => Ok(()),
            Go::Later => Err(ReviewError::Later),
            Go::Never => Err(ReviewError::Stopped),
        }
    }
}

impl<'f> Feed<'f> {
    pub(crate) fn new(
        files: &'f Files,
        memory: usize,
        to_workers: SyncSender<Sent>,
        pool: &'f Pool<Batch>,
    ) -> Self {
        Self {
            pool,
            files,
            memory,
            to_workers,
            skip: 0,
            number: 0,
            aside: 0,
        }
    }

    fn send(&mut self, batch: Batch, upto: u64) -> Result<(), ReviewError> {
        let sent = Sent {
            number: self.number,
            batch,
            upto: upto.saturating_sub(self.aside),
        };
        self.number += 1;
        if sent.number < self.skip {
            self.give(sent.batch);
            return Ok(());
        }
        self.to_workers.send(sent).map_err(|_| ReviewError::Stopped)
    }

    fn give(&self, mut batch: Batch) {
        batch.clear();
        self.pool.give(batch);
    }

    /// Bytes that went to disk. `found` takes the persons and the numbers that come again; with `apart`, their rows are put aside to
    /// the end.
    pub(crate) fn read(
        &mut self,
        stage: &Stage,
        apart: Option<&Seen>,
        found: &mut Seen,
        each: Each<'_>,
    ) -> Result<u64, ReviewError> {
        let mut rows = Rows::new(&self.files.paths);
        let mut seen = if apart.is_none() {
            Seen::new()
        } else {
            Seen::none()
        };
        let mut held = Held::new(&stage.part, "held", self.memory / 8 * 7)?;
        let mut numbers = Numbers::new(&stage.part, self.memory / 8)?;
        let mut batch = Batch::default();
        // Where the person's rows begin in the batch.
        let mut first = 0;
        let mut before = Before::default();
        let mut last: Vec<u8> = Vec::new();
        let mut whose = Whose::Nobody;
        let (mut hash, mut aside) = (0, false);
        // Whether what is read is decided on: not any more once somebody came again in the first pass.
        let mut decides = true;
        each(None, decides)?;
        while rows.next(&mut batch)? {
            let n = batch.len() - 1;
            let key = batch.key(n);
            let (kind, bytes) = match key {
                Key::Subject(bytes) => (Whose::Subject, bytes),
                Key::Number(bytes) => (Whose::Number, bytes),
                Key::Nobody => (Whose::Nobody, &b""[..]),
            };
            let new = kind != whose || bytes != last;
            if new {
                last.clear();
                last.extend_from_slice(bytes);
                whose = kind;
                aside = false;
                first = n;
                before = Before::default();
                if kind != Whose::Nobody {
                    hash = key.hash();
                    match apart {
                        Some(apart) => aside = apart.contains(hash),
                        None if seen.insert(hash) => {
                            found.insert(hash);
                            decides = false;
                        }
                        None => {}
                    }
                }
            }
            if let Some(carrier) = before.next(&batch, n) {
                let number = hash_of_number(&carrier.number);
                match apart {
                    Some(apart) if apart.contains(number) => {
                        aside = true;
                        numbers.take(hash, &carrier)?;
                    }
                    Some(_) => {}
                    None if before.other(number) && seen.insert(number) => {
                        found.insert(number);
                        decides = false;
                    }
                    None => {}
                }
            }
            if new && batch.size() > BATCH {
                each(Some(rows.at()), decides)?;
                // The row of the next person stays behind.
                let mut next = self.pool.take();
                first = 0;
                if aside {
                    self.put_aside(&mut held, hash, &batch, n)?;
                } else {
                    next.push(&batch.row(n), batch.raw(n), batch.places()[n]);
                }
                let own = batch.raw(n).len() as u64 + 1;
                batch.pop();
                let full = std::mem::replace(&mut batch, next);
                if decides {
                    self.send(full, rows.at().saturating_sub(own))?;
                } else {
                    self.give(full);
                }
            } else if aside {
                // Those before it too, where this row is the first to tell.
                for n in first..=n {
                    self.put_aside(&mut held, hash, &batch, n)?;
                }
                while batch.len() > first {
                    batch.pop();
                }
            }
        }
        each(Some(rows.at()), decides)?;
        if !decides {
            return Ok(0);
        }
        let upto = self.files.bytes;
        self.send(batch, upto)?;
        let shared = numbers.shared()?;
        held.drain(&mut |mut batch: Batch| {
            each(None, true)?;
            if !shared.is_empty() {
                batch.share(|key| shared.contains(&key.hash()));
            }
            self.aside = self
                .aside
                .saturating_sub(batch.size() as u64 + batch.len() as u64);
            self.send(batch, upto)
        })
    }

    fn put_aside(
        &mut self,
        held: &mut Held,
        hash: u64,
        batch: &Batch,
        n: usize,
    ) -> Result<(), ReviewError> {
        self.aside += batch.raw(n).len() as u64 + 1;
        held.push(hash, batch, n)
    }
}

/// What the last row of a person printed of its number's carrier.
#[derive(Default)]
struct Before {
    printed: [Vec<u8>; 3],
    number: Option<u64>,
}

impl Before {
    // What a row says of its number's carrier, unless the row before said the same; nothing of a row that is not whole.
    fn next(&mut self, batch: &Batch, n: usize) -> Option<Carrier> {
        if batch.places()[n].problem.is_some() {
            return None;
        }
        let row = batch.row(n);
        let now = printed(&row);
        if now[0].is_empty() || self.printed.iter().eq(now) {
            return None;
        }
        for (before, now) in self.printed.iter_mut().zip(now) {
            now.clone_into(before);
        }
        Carrier::of(&row)
    }

    // Whether the number is another than before.
    fn other(&mut self, number: u64) -> bool {
        self.number.replace(number) != Some(number)
    }
}
