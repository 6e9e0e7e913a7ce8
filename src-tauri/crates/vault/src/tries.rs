//! Wrong passphrases, counted beside the vault: each after the second makes the next try wait longer. Nothing is ever wiped.
//!
//! The count is on the disk before anybody is told that a passphrase was wrong, so ending the program in the middle teaches nothing, and
//! starting it again forgets nothing. It slows whoever sits at this laptop; a thief with a copy of the folder deletes the file. A clock moved back does
//! not end the waiting: it begins again from the clock's new time.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::folder::{self, Folder};
use crate::foreign::Foreign;
use crate::people::PersonId;
use crate::{Error, Result};

const FORMAT: &str = "relief-desk/vault-tries/1";
const DOING: &str = "counting tries at a passphrase";

/// So many may be wrong before anybody waits: fingers slip.
const FREE: u32 = 2;
const LONGEST: i64 = 300;

/// The wrong tries of each person since that person last came in.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Tries {
    format: String,
    people: BTreeMap<PersonId, Wrong>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Wrong {
    times: u32,
    last: Timestamp,
}

impl Tries {
    /// What is known; a file that is missing or damaged knows of none, for whoever could damage it could remove it.
    pub(crate) fn read(folder: &Folder) -> Self {
        Foreign::Tries
            .bytes(&folder.tries())
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok())
            .filter(|tries| tries.format == FORMAT)
            .unwrap_or_default()
    }

    /// How long the person still has to wait.
    pub(crate) fn wait(&self, person: &PersonId, at: Timestamp) -> SignedDuration {
        let Some(wrong) = self.people.get(person) else {
            return SignedDuration::ZERO;
        };
        // With the clock behind the last try nobody knows how long ago it was.
        let since = at.duration_since(wrong.last).max(SignedDuration::ZERO);
        (delay(wrong.times) - since).max(SignedDuration::ZERO)
    }

    /// Refuses a try that comes too soon; gives how many were wrong before it.
    ///
    /// # Errors
    /// [`Error::TooSoon`], or the disk's.
    pub(crate) fn check(
        &mut self,
        folder: &Folder,
        person: &PersonId,
        at: Timestamp,
    ) -> Result<u32> {
        let wait = self.wait(person, at);
        let Some(wrong) = self.people.get_mut(person) else {
            return Ok(0);
        };
        let times = wrong.times;
        if at < wrong.last {
            wrong.last = at;
            self.keep(folder)?;
        }
        if wait > SignedDuration::ZERO {
            let seconds = (wait.as_millis() as u64).div_ceil(1000);
            return Err(Error::TooSoon { seconds });
        }
        Ok(times)
    }

    /// Counts a wrong try, for good before this returns.
    pub(crate) fn wrong(
        &mut self,
        folder: &Folder,
        person: &PersonId,
        at: Timestamp,
    ) -> Result<()> {
        let times = self.people.get(person).map_or(0, |wrong| wrong.times);
        let wrong = Wrong {
            times: times.saturating_add(1),
            last: at,
        };
        self.people.insert(person.clone(), wrong);
        self.keep(folder)
    }

    /// Forgets a person's wrong tries.
    pub(crate) fn right(&mut self, folder: &Folder, person: &PersonId) -> Result<()> {
        match self.people.remove(person) {
            Some(_) => self.keep(folder),
            None => Ok(()),
        }
    }

    fn keep(&mut self, folder: &Folder) -> Result<()> {
        if self.people.is_empty() {
            return folder::remove(&folder.tries());
        }
        FORMAT.clone_into(&mut self.format);
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        folder::replace(&folder.tries(), &bytes, DOING)
    }
}

/// 0, 0, 2, 4, 8 ... seconds, at most five minutes.
fn delay(times: u32) -> SignedDuration {
    if times <= FREE {
        return SignedDuration::ZERO;
    }
    let seconds = 1_i64.checked_shl(times - FREE).unwrap_or(LONGEST);
    SignedDuration::from_secs(seconds.clamp(1, LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).unwrap()
    }

    #[test]
    fn each_wrong_try_after_the_second_waits_longer_also_after_a_restart_and_a_clock_moved_back() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let (ana, bo) = (PersonId("ana".into()), PersonId("bo".into()));
        let mut now = 0;
        for wait in [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            let mut tries = Tries::read(&folder);
            if wait > 0 {
                let early = tries.check(&folder, &ana, at(now + wait - 1));
                assert!(
                    matches!(early, Err(Error::TooSoon { seconds: 1 })),
                    "{early:?}"
                );
            }
            now += wait;
            tries.check(&folder, &ana, at(now)).unwrap();
            tries.wrong(&folder, &ana, at(now)).unwrap();
            assert!(
                tries.check(&folder, &bo, at(now)).is_ok(),
                "only who was wrong waits"
            );
        }
        // The clock goes back by a day: the wait begins again, and ends.
        let back = now - 86_400;
        assert!(Tries::read(&folder).check(&folder, &ana, at(back)).is_err());
        assert!(
            Tries::read(&folder)
                .check(&folder, &ana, at(back + 299))
                .is_err()
        );
        let mut tries = Tries::read(&folder);
        assert_eq!(tries.check(&folder, &ana, at(back + 300)).unwrap(), 13);
        tries.right(&folder, &ana).unwrap();
        assert!(!folder.tries().exists());
    }
}
