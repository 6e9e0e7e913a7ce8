//! Beginning a review, stopping it, going on with one that did not end.

use std::path::PathBuf;
use std::thread;

use ::review::{Decisions, Format, Job, Lock};
use jiff::civil::Date;
use packs::policy::Policy;
use vault::{Act, Operation};

use super::room::{About, On};
use super::unfinished::{Locked, Note};
use super::{pack, read_policy};
use crate::view::{BeginReview, FileFound, GoOn, PauseReview, ResultsLock, ReviewView, StopReview};
use crate::{Desk, Error, Moment, Result};

/// Memory for rows that wait, in bytes; what does not fit waits on disk, encrypted.
const MEMORY: usize = 256 << 20;

impl Desk {
    /// Begins a review of the files that were chosen, into the folder that was chosen.
    ///
    /// # Errors
    /// [`Error::ReviewRuns`], [`Error::NoFiles`], [`Error::NotTheExport`], [`Error::NoFolder`], [`Error::NotADay`]; the county, the
    /// policy or the lock is none.
    pub fn begin_review(&mut self, ask: &BeginReview, now: Moment) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let policy = self.review_policy(&ask.policy)?;
        let as_of: Date = ask.as_of.parse().map_err(|_| Error::NotADay)?;
        let locked = match ask.lock {
            ResultsLock::Open => Locked::Open,
            ResultsLock::Passphrase => Locked::Passphrase,
            ResultsLock::Keys => {
                let keys = ask.secret.split_whitespace().map(str::to_owned);
                Locked::Keys(keys.collect())
            }
        };
        let lock = match &locked {
            Locked::Open => None,
            Locked::Keys(keys) => Some(Lock::to(keys)?),
            Locked::Passphrase => Some(Lock::by(&ask.secret)?),
        };
        let note = {
            let room = self.room().state();
            let usable =
                |found| matches!(found, FileFound::Rows | FileFound::Broken | FileFound::Twin);
            if room.files.is_empty() {
                return Err(Error::NoFiles);
            }
            if let Some(other) = room.files.iter().find(|file| !usable(file.view.found)) {
                return Err(Error::NotTheExport {
                    file: other.view.name.clone(),
                });
            }
            let file = room.texts.iter().find(|(id, ..)| *id == policy.id);
            Note {
                files: room.files.iter().map(|file| file.path.clone()).collect(),
                county: ask.county.clone(),
                as_of,
                policy: policy.id.clone(),
                policy_title: policy.title.clone(),
                policy_file: file.map(|(_, name, text)| (name.clone(), text.clone())),
                decisions: room.decisions.clone(),
                folder: room.folder.clone().ok_or(Error::NoFolder)?,
                parquet: ask.parquet,
                lock: locked,
            }
        };
        self.start(note, policy, lock, now)?;
        self.review()
    }

    /// Goes on with a review that did not end. What changed since, a file for example, begins it anew.
    ///
    /// # Errors
    /// [`Error::NoReview`] if there is none; or those of beginning one.
    pub fn go_on_with_review(&mut self, ask: &GoOn, now: Moment) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let note = self.unfinished_review().ok_or(Error::NoReview)?;
        let lock = match &note.lock {
            Locked::Open => None,
            Locked::Passphrase => Some(Lock::by(&ask.secret)?),
            Locked::Keys(keys) => Some(Lock::to(keys)?.with_secret(&ask.secret)?),
        };
        let policy = match &note.policy_file {
            Some((name, text)) => {
                let policy = read_policy(name, text, pack(self.packs)?)?;
                let mut room = self.room().state();
                if room.own.iter().all(|known| known.id != policy.id) {
                    let text = (policy.id.clone(), name.clone(), text.clone());
                    room.texts.push(text);
                    room.own.push(policy.clone());
                }
                policy
            }
            None => self.review_policy(&note.policy)?,
        };
        // They stand in the window as if they had been chosen now.
        let looking = self.review_files(note.files.clone())?;
        let looked = super::Looking {
            known: Vec::new(),
            ..looking
        };
        {
            let files = looked.look().0;
            let mut room = self.room().state();
            room.files = files;
            room.folder = Some(note.folder.clone());
            room.decisions.clone_from(&note.decisions);
        }
        self.start(note, policy, lock, now)?;
        self.review()
    }

    /// Gives a review up that did not end, and removes what it left in its folder.
    ///
    /// # Errors
    /// The role's.
    pub fn forget_unfinished_review(&mut self) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        if !self.room().state().goes_on()
            && let Some(note) = self.unfinished_review()
        {
            note.clear();
            self.note_place().remove();
        }
        self.review()
    }

    /// Makes a review wait, or go on.
    ///
    /// # Errors
    /// The role's.
    pub fn pause_review(&self, ask: &PauseReview) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        self.room().state().pause(ask.paused);
        self.review()
    }

    /// Stops a review.
    ///
    /// # Errors
    /// The role's.
    pub fn stop_review(&self, ask: &StopReview) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let mut room = self.room().state();
        room.stop(ask.keep);
        drop(room);
        self.review()
    }

    /// Lets go of a review that is done, to begin another. Its results stay in their folder.
    ///
    /// # Errors
    /// The role's.
    pub fn leave_review(&self) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let mut room = self.room().state();
        if !room.goes_on() {
            room.on = On::Nothing;
            room.after.forget();
        }
        drop(room);
        self.review()
    }

    pub(super) fn start(
        &mut self,
        note: Note,
        policy: Policy,
        lock: Option<Lock>,
        now: Moment,
    ) -> Result<()> {
        let courts = pack(self.packs)?.courts.as_ref().ok_or(Error::Packs)?;
        if courts.county(&note.county).is_none() {
            return Err(Error::Review(::review::ReviewError::County {
                name: note.county,
                nearest: None,
            }));
        }
        if self.room().state().goes_on() {
            return Err(Error::ReviewRuns);
        }
        let decisions = match &note.decisions {
            Some(path) => Decisions::read(path)?,
            None => Decisions::default(),
        };
        self.vault.transact(Operation::Review, now.at, |_| Ok(()))?;
        let place = self.note_place();
        if let Some(older) = place.read().filter(|older| older.folder != note.folder) {
            older.clear();
        }
        place.write(&note);
        let about = About {
            county: note.county.clone(),
            as_of: note.as_of.to_string(),
            policy: policy.clone(),
            folder: note.folder.clone(),
            files: note.files.clone(),
            before: decisions.clone(),
            lock: lock.clone(),
            locked: lock.is_some(),
        };
        let packs = self.packs;
        let work = move |watch: &::review::Progress| {
            let Note { files, county, .. } = &note;
            let files: &[PathBuf] = files;
            let job = Job {
                files,
                county,
                as_of: note.as_of,
                policy,
                decisions,
                memory: MEMORY,
                threads: thread::available_parallelism().map_or(2, usize::from),
                format: match note.parquet {
                    true => Format::Both,
                    false => Format::Csv,
                },
                lock,
                facts: true,
                what_if: Vec::new(),
                figures: true,
            };
            ::review::run(job, packs, &note.folder, watch)
        };
        self.room().begin(about, place, Box::new(work))
    }
}
