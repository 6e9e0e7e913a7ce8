//! Buffers that go round: what one thread has emptied another fills again, so that memory is asked for once and not a megabyte at a time.

use std::sync::{Mutex, PoisonError};

/// Emptied values for the next who needs one.
#[derive(Default)]
pub(crate) struct Pool<T>(Mutex<Vec<T>>);

impl<T: Default> Pool<T> {
    /// One with nothing in it.
    pub(crate) fn take(&self) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.pop().unwrap_or_default()
    }

    /// Gives back one that its owner has emptied.
    pub(crate) fn give(&self, emptied: T) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(emptied);
    }
}
