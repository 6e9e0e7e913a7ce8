//! Locked or open: the one enum everything hangs on. What is locked has no clients, by type.

use std::mem;
use std::path::Path;

use desk::view::{
    ClientId, Create, Created, DestroyedView, Language, Recover, Restore, Restored, Unlock,
};
use desk::{Desk, Door, Moment, view};

use crate::error::{Error, Result};

/// The state of the office in this program.
pub(crate) enum Session {
    /// Nobody is in; there are no keys in memory.
    Locked(Door),
    /// Somebody unlocked it.
    Open(Box<Desk>),
}

impl Session {
    /// What the window shows first.
    pub(crate) fn state(&mut self, now: Moment) -> Result<view::Session> {
        Ok(match self {
            Self::Locked(door) => {
                // A training office is made when its first window asks.
                door.begin_training(now)?;
                door.session(now)?
            }
            Self::Open(desk) => desk.session(now),
        })
    }

    /// The open desk.
    ///
    /// # Errors
    /// [`Error::Locked`].
    pub(crate) fn desk(&mut self) -> Result<&mut Desk> {
        match self {
            Self::Open(desk) => Ok(desk),
            Self::Locked(_) => Err(Error::Locked),
        }
    }

    fn door(&mut self) -> Result<&mut Door> {
        match self {
            Self::Locked(door) => Ok(door),
            Self::Open(_) => Err(Error::AlreadyOpen),
        }
    }

    /// Makes a new office and enters it.
    pub(crate) fn create(&mut self, ask: &Create, now: Moment) -> Result<Created> {
        let (desk, created) = self.door()?.create(ask, now)?;
        *self = Self::Open(Box::new(desk));
        Ok(created)
    }

    /// Enters with a passphrase.
    pub(crate) fn unlock(&mut self, ask: &Unlock, now: Moment) -> Result<view::Session> {
        let desk = self.door()?.unlock(ask, now)?;
        *self = Self::Open(Box::new(desk));
        self.state(now)
    }

    /// Enters with the recovery code.
    pub(crate) fn recover(&mut self, ask: &Recover, now: Moment) -> Result<view::Session> {
        let desk = self.door()?.recover(ask, now)?;
        *self = Self::Open(Box::new(desk));
        self.state(now)
    }

    /// Refuses before a dialog comes up.
    pub(crate) fn may_restore(&mut self, ask: &Restore) -> Result<()> {
        Ok(self.door()?.may_restore(ask)?)
    }

    /// Brings an office back from a backup. Nobody is in afterwards.
    pub(crate) fn restore(&mut self, file: &Path, ask: &Restore, now: Moment) -> Result<Restored> {
        Ok(self.door()?.restore(file, ask, now)?)
    }

    /// Closes the office and drops the desk, and with it every key. True where it was open.
    pub(crate) fn lock(&mut self, now: Moment) -> bool {
        let Self::Open(desk) = self else {
            return false;
        };
        let door = Self::Locked(desk.door());
        if let Self::Open(desk) = mem::replace(self, door) {
            desk.lock(now);
        }
        true
    }

    /// Destroys a client's record. The office has another key afterwards; where the disk refuses halfway it is closed, and whole.
    pub(crate) fn destroy(&mut self, id: &ClientId, now: Moment) -> Result<DestroyedView> {
        self.desk()?.may_destroy(id)?;
        self.anew(|desk| desk.destroy(id, now))
    }

    /// Changes the key of the database.
    pub(crate) fn change_key(&mut self, now: Moment) -> Result<view::Session> {
        self.desk()?.may_change_keys()?;
        self.anew(|desk| Ok((desk.change_key(now)?, ())))?;
        self.state(now)
    }

    /// An act that takes the desk and gives one back. After an error there is none: the office is closed.
    fn anew<T>(&mut self, act: impl FnOnce(Desk) -> desk::Result<(Desk, T)>) -> Result<T> {
        let door = Self::Locked(self.desk()?.door());
        let Self::Open(desk) = mem::replace(self, door) else {
            return Err(Error::Locked);
        };
        let (desk, done) = act(*desk)?;
        *self = Self::Open(Box::new(desk));
        Ok(done)
    }

    /// Writes the day's backup where the office has a folder for it and one is due.
    pub(crate) fn end_of_day(&mut self, now: Moment) {
        if let Self::Open(desk) = self {
            // Nobody is there to be told; the reminder is there in the days after.
            let _ = desk.end_of_day(now);
        }
    }

    /// Chooses the language of words.
    pub(crate) fn speak(&mut self, language: Language) {
        match self {
            Self::Locked(door) => door.speak(language),
            Self::Open(desk) => desk.speak(language),
        }
    }
}
