//! Looks on while a pack's worked cases run: which questions were answered how, and which parts were used.
//!
//! A part is known by where it lies in memory: the pack stays where it is while it is proved, and no id can be forgotten.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::truth::Truth;

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    answers: RefCell<HashMap<usize, u8>>,
    used: RefCell<HashSet<usize>>,
}

fn address<T>(part: &T) -> usize {
    std::ptr::from_ref(part).addr()
}

fn bit(truth: Truth) -> u8 {
    match truth {
        Truth::Yes => 1,
        Truth::No => 2,
        Truth::Unknown => 4,
        Truth::Arguable => 8,
    }
}

impl Watch {
    /// A question was answered.
    pub(crate) fn saw<T>(&self, question: &T, truth: Truth) {
        *self
            .answers
            .borrow_mut()
            .entry(address(question))
            .or_default() |= bit(truth);
    }

    /// A part decided.
    pub(crate) fn used<T>(&self, part: &T) {
        self.used.borrow_mut().insert(address(part));
    }

    /// Whether a question was ever answered so.
    pub(crate) fn has_seen<T>(&self, question: &T, truth: Truth) -> bool {
        let answers = self.answers.borrow();
        answers
            .get(&address(question))
            .is_some_and(|seen| seen & bit(truth) != 0)
    }

    /// Whether a part ever decided.
    pub(crate) fn has_used<T>(&self, part: &T) -> bool {
        self.used.borrow().contains(&address(part))
    }
}
