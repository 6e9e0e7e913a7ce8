//! What another policy would come to, at once: the facts that a run gathered are asked again, and no file is read.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use packs::policy::Policy;
use packs::section::Charge;
use packs::{Pack, Packs};
use reading::export::JURISDICTION;

use crate::ReviewError;
use crate::digest::persons;
use crate::hands::Hands;
use crate::job::{DIGEST, TABLES};
use crate::kept::FACTS;
use crate::pages::{Pages, Source};
use crate::stage::Stage;
use crate::tally::{Counted, Tally};
use crate::whole::Asked;

enum Held {
    Memory(Vec<u8>),
    // The folder goes with this value.
    Stage(Arc<Stage>),
    // Among the results, behind so many bytes.
    File(PathBuf, u64),
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
    // The policy that the tables are under.
    policy: Policy,
    // The numbers that no policy changes.
    rows: Tally,
    // The rules that gave the law's answers.
    rules: String,
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digest").finish_non_exhaustive()
    }
}

impl Digest {
    /// Takes what is small into memory, and lets the folder go unless what is needed lies nowhere else in a form that can be read.
    /// `begin` is where the facts begin in their file among the results.
    pub(crate) fn new(
        stage: Stage,
        about: About,
        written: &[PathBuf],
        begin: u64,
    ) -> Result<Self, ReviewError> {
        let path = stage.part.join(DIGEST);
        let size = std::fs::metadata(&path).map_err(ReviewError::io(&path))?;
        let stage = Arc::new(stage);
        let published = |name: &str| written.iter().find(|path| path.ends_with(name));
        let decisions = match published(TABLES[2]) {
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
        } else if let Some(path) = published(FACTS) {
            Held::File(path.clone(), begin)
        } else {
            Held::Stage(stage)
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

    /// The facts among the results of a review.
    pub(crate) fn open(about: About, path: PathBuf, begin: u64, decisions: PathBuf) -> Self {
        Self {
            about,
            held: Held::File(path, begin),
            decisions: Source::Open(decisions),
        }
    }

    /// The numbers of a full run under another policy.
    ///
    /// # Errors
    /// The policy asks the law about other sections than the run did, other rules gave its answers, or the digest's file cannot be read.
    pub fn what_if(&self, policy: &Policy, packs: &Packs) -> Result<Tally, ReviewError> {
        self.with(policy, &Hands::default(), packs)
    }

    /// The same with decisions of people that the tables do not have yet.
    ///
    /// # Errors
    /// As [`Digest::what_if`].
    pub fn with(
        &self,
        policy: &Policy,
        hands: &Hands,
        packs: &Packs,
    ) -> Result<Tally, ReviewError> {
        let numbers = |file: &mut dyn Read| self.about.numbers(policy, hands, packs, file);
        match &self.held {
            Held::Memory(bytes) => numbers(&mut bytes.as_slice()),
            Held::Stage(stage) => numbers(&mut *stage.read(DIGEST)?),
            Held::File(path, begin) => {
                let mut file = File::open(path).map_err(ReviewError::io(path))?;
                file.seek(SeekFrom::Start(*begin))
                    .map_err(ReviewError::io(path))?;
                numbers(&mut BufReader::with_capacity(1 << 18, file))
            }
        }
    }
}

/// Names the rules of a pack.
pub(crate) fn rules(pack: &Pack) -> String {
    format!("{} {}", pack.id, pack.version)
}

impl About {
    pub(crate) fn new(asked: &Asked<'_>, tally: &Tally) -> Self {
        let policy = asked.policy.clone();
        Self::of(asked.ask.as_of, policy, tally, rules(asked.pack))
    }

    pub(crate) fn of(as_of: Date, policy: Policy, tally: &Tally, rules: String) -> Self {
        Self {
            as_of,
            policy,
            rows: tally.rows(),
            rules,
        }
    }

    /// The numbers under a policy, from the facts.
    pub(crate) fn numbers(
        &self,
        policy: &Policy,
        hands: &Hands,
        packs: &Packs,
        file: &mut dyn Read,
    ) -> Result<Tally, ReviewError> {
        let pack = packs.pack(JURISDICTION).ok_or(ReviewError::Pack)?;
        if rules(pack) != self.rules {
            return Err(ReviewError::OtherRules);
        }
        if reach(policy) != reach(&self.policy) {
            return Err(ReviewError::OtherSections {
                policy: policy.title.clone(),
            });
        }
        let mut tally = self.rows.clone();
        // Persons and their decisions stand in the order of the table.
        let mut row = 0;
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
                if !hands.is_empty() {
                    facts.under(&self.policy);
                    for n in facts.wanted().collect::<Vec<_>>() {
                        if let Some(hand) = hands.hand(row) {
                            facts.each[n].hand = Some(hand.clone());
                        }
                        row += 1;
                    }
                }
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
