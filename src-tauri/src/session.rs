//! Locked or open: the one enum everything hangs on. What is locked has no clients, by type.

use std::mem;

use desk::view::{Create, Created, Language, Recover, Unlock};
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

    /// Chooses the language of words.
    pub(crate) fn speak(&mut self, language: Language) {
        match self {
            Self::Locked(door) => door.speak(language),
            Self::Open(desk) => desk.speak(language),
        }
    }
}
