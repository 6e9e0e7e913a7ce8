//! Looking on while a review runs: how far it is, and whether it goes on.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// How far a review is. What is counted here is done and written, not only read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct At {
    /// Bytes of the export whose rows are done.
    pub bytes: u64,
    /// Bytes in all, as far as is known: twice the files' once persons were found whose rows lie apart.
    pub of_bytes: u64,
    /// People decided on.
    pub people: u64,
}

/// Whether a review goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// It goes on.
    On,
    /// It stops; the same review asked for again goes on from here.
    Later,
    /// It stops, and nothing is kept.
    Never,
}

/// Somebody who looks on. Both are called from the review's own threads.
pub trait Watch: Sync {
    /// Told about every megabyte.
    fn at(&self, at: At);

    /// Asked about every megabyte; who waits with the answer makes the review pause.
    fn go(&self) -> Go;
}

/// A watch that can be looked at and switched from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    bytes: AtomicU64,
    of_bytes: AtomicU64,
    people: AtomicU64,
    paused: Mutex<bool>,
    changed: Condvar,
    /// Set to stop the run; nothing is kept.
    pub stop: AtomicBool,
    /// Set to stop the run and keep what is done.
    pub later: AtomicBool,
}

impl Progress {
    /// How far it is.
    #[must_use]
    pub fn now(&self) -> At {
        At {
            bytes: self.bytes.load(Ordering::Relaxed),
            of_bytes: self.of_bytes.load(Ordering::Relaxed),
            people: self.people.load(Ordering::Relaxed),
        }
    }

    /// Makes it wait, or go on. Stopping wants it to go on.
    pub fn pause(&self, paused: bool) {
        *self.paused.lock().unwrap_or_else(PoisonError::into_inner) = paused;
        self.changed.notify_all();
    }
}

impl Watch for Progress {
    fn at(&self, at: At) {
        self.bytes.store(at.bytes, Ordering::Relaxed);
        self.of_bytes.store(at.of_bytes, Ordering::Relaxed);
        self.people.store(at.people, Ordering::Relaxed);
    }

    fn go(&self) -> Go {
        let paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.changed.wait_while(paused, |paused| *paused));
        if self.stop.load(Ordering::Relaxed) {
            Go::Never
        } else if self.later.load(Ordering::Relaxed) {
            Go::Later
        } else {
            Go::On
        }
    }
}
