//! What another policy would come to, at once: the facts that a run gathered are asked again, and no file is read.

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use packs::Packs;
use packs::policy::Policy;
use packs::section::Charge;
use reading::export::JURISDICTION;

use crate::ReviewError;
use crate::digest::persons;
use crate::job::{DIGEST, TABLES};
use crate::pages::{Pages, Source};
use crate::stage::Stage;
use crate::tally::{Counted, Tally};
use crate::whole::Asked;

enum Held {
    Memory(Vec<u8>),
    // The folder goes with this value.
    File(Arc<Stage>),
}

/// More bytes of facts than this stay in their file.
const MOST_HELD: u64 = 32 << 20;

/// The facts of everybody in a review: in memory, or in a file that goes with this value.
pub struct Digest {
    about: About,
    held: Held,
    decisions: Source,
}

/// What must be known to ask about facts.
pub(crate) struct About {
    as_of: Date,
    reach: Vec<Charge>,
    // The numbers that no policy changes.
    rows: Tally,
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digest").finish_non_exhaustive()
    }
}

impl Digest {
    /// Takes what is small into memory, and lets the folder go unless the decisions lie nowhere else in a form that can be read.
    pub(crate) fn new(
        stage: Stage,
        about: About,
        written: &[PathBuf],
    ) -> Result<Self, ReviewError> {
        let path = stage.part.join(DIGEST);
        let size = std::fs::metadata(&path).map_err(ReviewError::io(&path))?;
        let stage = Arc::new(stage);
        let published = written.iter().find(|path| path.ends_with(TABLES[2]));
        let decisions = match published {
            Some(path) => Source::Open(path.clone()),
            None => Source::Stage(Arc::clone(&stage)),
        };
        let held = if size.len() <= MOST_HELD {
            let mut bytes = Vec::new();
            stage
                .read(DIGEST)?
                .read_to_end(&mut bytes)
                .map_err(ReviewError::io(&path))?;
            Held::Memory(bytes)
        } else {
            Held::File(stage)
        };
        Ok(Self {
            about,
            held,
            decisions,
        })
    }

    /// The decisions of the run, to be looked through page by page. Reads their table once.
    ///
    /// # Errors
    /// The table cannot be read, or is not as the run wrote it.
    pub fn pages(&self) -> Result<Pages, ReviewError> {
        Pages::new(self.decisions.clone())
    }

    /// The numbers of a full run under another policy.
    ///
    /// # Errors
    /// The policy asks the law about other sections than the run did, or the digest's file cannot be read.
    pub fn what_if(&self, policy: &Policy, packs: &Packs) -> Result<Tally, ReviewError> {
        match &self.held {
            Held::Memory(bytes) => self.about.numbers(policy, packs, &mut bytes.as_slice()),
            Held::File(stage) => self.about.numbers(policy, packs, &mut *stage.read(DIGEST)?),
        }
    }
}

impl About {
    pub(crate) fn new(asked: &Asked<'_>, tally: &Tally) -> Self {
        Self {
            as_of: asked.ask.as_of,
            reach: reach(&asked.policy),
            rows: tally.rows(),
        }
    }

    /// The numbers under a policy, from the facts.
    pub(crate) fn numbers(
        &self,
        policy: &Policy,
        packs: &Packs,
        file: &mut dyn Read,
    ) -> Result<Tally, ReviewError> {
        let pack = packs.pack(JURISDICTION).ok_or(ReviewError::Pack)?;
        if reach(policy) != self.reach {
            return Err(ReviewError::OtherSections {
                policy: policy.title.clone(),
            });
        }
        let mut tally = self.rows.clone();
        let mut chunk = Vec::new();
        loop {
            let mut length = [0; 4];
            if !next(file, &mut length).map_err(ReviewError::io(DIGEST))? {
                return Ok(tally);
            }
            chunk.clear();
            let length = u64::from(u32::from_le_bytes(length));
            (&mut *file)
                .take(length)
                .read_to_end(&mut chunk)
                .map_err(ReviewError::io(DIGEST))?;
            if chunk.len() as u64 != length {
                return Err(ReviewError::Changed);
            }
            persons(&chunk, &mut |facts| {
                facts.under(policy);
                let counted: Vec<Counted> = facts
                    .wanted()
                    .map(|n| {
                        let verdict = facts.decide(policy, n, self.as_of, pack);
                        let (determination, decided_by) = facts.last_word(&verdict);
                        Counted {
                            conviction: n,
                            determination,
                            decided_by,
                            reason: facts.reason(&verdict),
                        }
                    })
                    .collect();
                tally.person(facts, &counted, self.as_of);
            })?;
        }
    }
}

// Four bytes, or the end of the file before the first.
fn next(file: &mut dyn Read, length: &mut [u8; 4]) -> std::io::Result<bool> {
    match file.read(&mut length[..1])? {
        0 => Ok(false),
        _ => file.read_exact(&mut length[1..]).map(|()| true),
    }
}

/// The sections that the law is asked about under a policy, in an order of their own.
pub(crate) fn reach(policy: &Policy) -> Vec<Charge> {
    let mut all: Vec<Charge> = policy
        .sections
        .iter()
        .chain(&policy.also)
        .cloned()
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
