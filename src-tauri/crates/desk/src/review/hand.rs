//! Decisions by hand, and results that are opened again.

use std::path::PathBuf;

use ::review::determination::Determination;
use ::review::{DECISIONS, open};
use vault::{Act, Operation};

use super::room::{Finished, On};
use super::unfinished::{Locked, Note};
use crate::view::{DecideByHand, ReviewView, ReviewWhose, ReviewedPerson};
use crate::{Desk, Error, Moment, Result};

impl Desk {
    /// Decides on a conviction by hand, or takes a decision back that the tables do not have yet. It stands at once in a file among the
    /// results, in the shape of the review queue.
    ///
    /// # Errors
    /// [`Error::NoReview`], [`Error::ReviewLocked`]; the table was changed, or the file cannot be written.
    pub fn decide_by_hand(&mut self, ask: &DecideByHand) -> Result<ReviewedPerson> {
        self.needs(Act::Review)?;
        let by = self.vault.me().name.clone();
        let number = ask.number as usize;
        let mut room = self.room().state();
        let finished = room.finished()?;
        let said = finished.pages()?.one(number)?.ok_or(Error::NoReview)?;
        let mut hands = finished.hands.clone();
        match &ask.determination {
            Some(key) => {
                let determination = Determination::of(key).ok_or(Error::NotAnswerable)?;
                hands.give(&said, determination, &by, &ask.note);
            }
            None => hands.take_back(number),
        }
        // What is not on the disk was not decided.
        let about = &finished.about;
        hands.write(&about.folder, about.lock.as_ref())?;
        finished.hands = hands;
        finished.look_again();
        let person = u32::try_from(said.person).unwrap_or(u32::MAX);
        drop(room);
        self.review_person(&ReviewWhose { person })
    }

    /// Reviews again with what people decided, so that the tables have it.
    ///
    /// # Errors
    /// [`Error::NoReview`]; [`Error::ReviewLocked`] where the results are locked; [`Error::NoFiles`] where the export is no longer there.
    pub fn write_review_again(&mut self, now: Moment) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let (note, policy) = {
            let mut room = self.room().state();
            let finished = room.finished()?;
            let about = &finished.about;
            if about.locked {
                return Err(Error::ReviewLocked);
            }
            if about.files.is_empty() || !about.files.iter().all(|path| path.is_file()) {
                return Err(Error::NoFiles);
            }
            // Earlier decisions that lay elsewhere stand in the same file from now on.
            finished.hands.write(&about.folder, None)?;
            let about = about.clone();
            let parquet = about.folder.join("determinations.parquet").is_file();
            let file = room.texts.iter().find(|(id, ..)| *id == about.policy.id);
            let note = Note {
                county: about.county,
                as_of: about.as_of.parse().map_err(|_| Error::NotADay)?,
                policy: about.policy.id.clone(),
                policy_title: about.policy.title.clone(),
                policy_file: match (
                    file,
                    self.packs
                        .iter()
                        .any(|p| p.policy(&about.policy.id).is_some()),
                ) {
                    (Some((_, name, text)), _) => Some((name.clone(), text.clone())),
                    (None, true) => None,
                    (None, false) => Some((about.policy.title.clone(), about.policy.text())),
                },
                decisions: Some(about.folder.join(DECISIONS)),
                files: about.files,
                folder: about.folder,
                parquet,
                lock: Locked::Open,
            };
            (note, about.policy)
        };
        self.start(note, policy, None, now)?;
        self.review()
    }

    /// Opens the results of a review from their folder.
    ///
    /// # Errors
    /// [`Error::ReviewRuns`]; there are none that can be opened, or somebody changed them.
    pub fn open_review(&mut self, folder: PathBuf, now: Moment) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        if self.room().state().goes_on() {
            return Err(Error::ReviewRuns);
        }
        let mut kept = open(&folder, self.packs)?;
        // A preset that was another when these results were made is another policy.
        let preset = self
            .packs
            .iter()
            .find_map(|pack| pack.policy(&kept.policy.id));
        if preset.is_some_and(|preset| *preset != kept.policy) {
            kept.policy.id.push_str(" (of then)");
            kept.policy.title.push_str(" (of then)");
        }
        self.vault.transact(Operation::Review, now.at, |_| Ok(()))?;
        self.note_place().looked_at(&folder);
        let finished = Finished::opened(kept, folder)?;
        let mut room = self.room().state();
        let policy = &finished.about.policy;
        if preset != Some(policy) && room.own.iter().all(|known| known != policy) {
            room.own.retain(|known| known.id != policy.id);
            let text = (policy.id.clone(), policy.title.clone(), policy.text());
            room.texts.retain(|(id, ..)| *id != policy.id);
            room.texts.push(text);
            room.own.push(policy.clone());
        }
        room.after.forget();
        room.on = On::Done(Box::new(finished));
        drop(room);
        self.review()
    }

    /// The same for those that were looked at last.
    ///
    /// # Errors
    /// [`Error::NoReview`]; or those of opening.
    pub fn open_last_review(&mut self, now: Moment) -> Result<ReviewView> {
        let last = self.note_place().last().ok_or(Error::NoReview)?;
        self.open_review(last, now)
    }
}
