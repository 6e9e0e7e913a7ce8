//! What another policy would come to, at once: the facts that a run gathered are asked again, and no file is read.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::PathBuf;

use jiff::civil::Date;
use packs::Packs;
use packs::policy::Policy;
use packs::section::Charge;
use reading::export::JURISDICTION;

use crate::ReviewError;
use crate::digest::persons;
use crate::run::DIGEST;
use crate::stage::Stage;
use crate::tally::{Counted, Tally};
use crate::whole::Asked;

/// More bytes of facts than this stay in their file.
const MOST_HELD: u64 = 32 << 20;

/// The facts of everybody in a review: in memory, or in a file that goes with this value.
pub struct Digest {
    as_of: Date,
    reach: Vec<Charge>,
    // The numbers that no policy changes.
    rows: Tally,
    held: Option<Vec<u8>>,
    path: PathBuf,
    _stage: Option<Stage>,
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digest").finish_non_exhaustive()
    }
}

impl Digest {
    pub(crate) fn new(stage: &Stage, asked: &Asked<'_>, tally: &Tally) -> Self {
        Self {
            as_of: asked.ask.as_of,
            reach: reach(&asked.policy),
            rows: tally.rows(),
            held: None,
            path: stage.part.join(DIGEST),
            _stage: None,
        }
    }

    /// Takes what is small into memory, and lets the folder go.
    pub(crate) fn settle(mut self, stage: Stage) -> Result<Self, ReviewError> {
        let io = || ReviewError::io(&self.path);
        if std::fs::metadata(&self.path).map_err(io())?.len() <= MOST_HELD {
            self.held = Some(std::fs::read(&self.path).map_err(io())?);
        } else {
            self._stage = Some(stage);
        }
        Ok(self)
    }

    /// The numbers of a full run under another policy.
    ///
    /// # Errors
    /// The policy asks the law about other sections than the run did, or the digest's file cannot be read.
    pub fn what_if(&self, policy: &Policy, packs: &Packs) -> Result<Tally, ReviewError> {
        let pack = packs.pack(JURISDICTION).ok_or(ReviewError::Pack)?;
        if reach(policy) != self.reach {
            return Err(ReviewError::OtherSections {
                policy: policy.title.clone(),
            });
        }
        let mut tally = self.rows.clone();
        let mut file: Box<dyn Read> = match &self.held {
            Some(bytes) => Box::new(bytes.as_slice()),
            None => {
                let file = File::open(&self.path).map_err(ReviewError::io(&self.path))?;
                Box::new(BufReader::with_capacity(1 << 18, file))
            }
        };
        let mut chunk = Vec::new();
        loop {
            let mut length = [0; 4];
            if !next(&mut file, &mut length).map_err(ReviewError::io(&self.path))? {
                return Ok(tally);
            }
            chunk.clear();
            let length = u64::from(u32::from_le_bytes(length));
            (&mut file)
                .take(length)
                .read_to_end(&mut chunk)
                .map_err(ReviewError::io(&self.path))?;
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
fn next(file: &mut impl Read, length: &mut [u8; 4]) -> std::io::Result<bool> {
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
