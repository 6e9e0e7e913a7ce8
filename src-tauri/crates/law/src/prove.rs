//! The prover: whether a pack may be believed, before anybody is told anything by it.
//!
//! Much is proved when a pack is read: rows that exclude each other, citations and texts that resolve, offenses that are one thing on
//! one day. [`check`] proves the rest by running the pack's worked cases and by changing their facts: that every question was seen
//! answered yes, no and unknown; that every limit has cases below, at and above it; that lists are law as long as the routes that name
//! them; that a fact which a route does not read changes nothing; that knowing more never contradicts.

mod bounds;
mod cases;
pub(crate) mod leaves;
mod mutate;
pub(crate) mod refine;

use std::fmt;

use packs::case::WorkedCase;
use packs::{LoadError, Pack, Packs, Place};

pub use cases::differences;
pub use mutate::{Mutations, mutate};
pub use refine::still_true;

use crate::watch::Watch;

/// What does not hold, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file and line.
    pub place: Place,
    /// What is wrong there.
    pub text: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.text)
    }
}

/// What a proof covered, for whoever reads that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Covered {
    /// Worked cases run.
    pub cases: usize,
    /// Questions, each with every answer that it can have.
    pub questions: usize,
    /// Rows that decided some case.
    pub rows: usize,
    /// Limits with cases on both sides and at them.
    pub limits: usize,
    /// Facts that were hidden or changed to see whether an answer stays true.
    pub changes: usize,
}

/// Proves every pack; the faults found, none where all hold.
///
/// # Errors
/// A pack's worked cases cannot be read.
pub fn check(packs: &Packs) -> Result<(Covered, Vec<Fault>), LoadError> {
    let mut covered = Covered::default();
    let mut faults = Vec::new();
    for pack in packs.iter() {
        let cases = pack.worked_cases()?;
        covered.cases += cases.len();
        let watch = Watch::default();
        for case in &cases {
            faults.extend(cases::run(packs, pack, case, Some(&watch)));
        }
        let proof = Proof {
            packs,
            pack,
            cases: &cases,
            watch: &watch,
        };
        leaves::check(&proof, &mut covered, &mut faults);
        bounds::check(&proof, &mut covered, &mut faults);
        refine::check(&proof, &mut covered, &mut faults);
    }
    faults.sort();
    faults.dedup();
    Ok((covered, faults))
}

/// What a worked case expects and does not get; nothing where all of it is so.
#[must_use]
pub fn expectations(packs: &Packs, pack: &Pack, case: &WorkedCase) -> Vec<Fault> {
    cases::run(packs, pack, case, None)
}

struct Proof<'a> {
    packs: &'a Packs,
    pack: &'a Pack,
    cases: &'a [WorkedCase],
    watch: &'a Watch,
}

impl Proof<'_> {
    fn fault(&self, route: &str, kind: &str, number: usize, text: String) -> Fault {
        Fault {
            place: self.pack.place(route, kind, number),
            text,
        }
    }
}
