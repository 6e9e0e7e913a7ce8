//! The open vault, and how one is made.

use std::path::Path;

use jiff::Timestamp;
use record::clinic::Clinic;
use rusqlite::Connection;

use crate::audit::{Hand, Operation};
use crate::cost::Cost;
use crate::door::{self, Tx, View};
use crate::folder::{Folder, Hold, Place};
use crate::keys::{Holder, KeyFile};
use crate::locked::Locked;
use crate::people::{Person, PersonId, Role};
use crate::recovery::RecoveryCode;
use crate::secret::{Key, Passphrase};
use crate::signing::Signer;
use crate::told::Told;
use crate::{Error, Result, index, name, store};

/// What a new vault needs.
#[derive(Debug)]
pub struct Create<'a> {
    /// The clinic. Its name also stands in clear in `vault.keys`, for the unlock screen.
    pub clinic: &'a Clinic,
    /// The first person's name: administrator and attorney.
    pub person: &'a str,
    /// That person's passphrase.
    pub passphrase: &'a Passphrase,
    /// What one try at a passphrase costs: [`Cost::tuned`].
    pub cost: Cost,
    /// Now.
    pub at: Timestamp,
}

/// An open vault. It holds the folder: a second opening is refused while it lives. Dropping it drops and wipes the keys.
pub struct Vault {
    // Fields drop in this order: the database closes (and folds its WAL in) before the folder is let go.
    pub(crate) conn: Connection,
    /// What the log told of the clients.
    pub(crate) told: Told,
    /// It was opened as it stands, over older parts.
    pub(crate) stood: bool,
    /// Whether the index of words is the one that was kept, or was made anew.
    pub(crate) index_fits: bool,
    pub(crate) data_key: Key,
    pub(crate) keys: KeyFile,
    pub(crate) me: Person,
    pub(crate) signer: Signer,
    pub(crate) folder: Folder,
    pub(crate) place: Place,
    /// Kept to be let go of last.
    pub(crate) hold: Hold,
}

impl Vault {
    /// Makes a vault in a new or empty folder and opens it. The recovery code is shown now and never again.
    ///
    /// # Errors
    /// [`Error::NotEmpty`], [`Error::NameEmpty`], [`Error::NameUnfit`], [`Error::PassphraseWeak`], or the disk's. After an error no vault is there; a started database may lie in the
    /// folder, with nothing in it.
    pub fn create(dir: &Path, create: &Create<'_>) -> Result<(Self, RecoveryCode)> {
        let clinic = named(create.clinic)?;
        let name = name::of_person(create.person)?;
        create.passphrase.strong_enough(&[name, &clinic.name])?;
        let folder = Folder::at(dir);
        folder.make()?;
        let hold = folder.hold()?;
        let data_key = Key::random()?;
        let code = RecoveryCode::random()?;
        let mut keys = KeyFile::new(&clinic.name, create.at)?;
        let holder = Holder::Person {
            name: name.to_owned(),
            roles: vec![Role::Administrator, Role::Attorney],
            must_change: false,
        };
        let (id, signer) = keys.add(holder, create.passphrase.bytes(), create.cost, &data_key)?;
        keys.add(Holder::RecoveryCode, code.bytes(), create.cost, &data_key)?;
        let me = person(&keys, &id)?;
        let conn = store::create(&folder.database(), &data_key)?;
        let bytes = keys.sealed(&data_key);
        let mut vault = Self {
            conn,
            told: Told::default(),
            stood: false,
            index_fits: true,
            data_key,
            keys,
            me,
            signer,
            place: Place::of(&folder)?,
            folder,
            hold,
        };
        vault.transact(Operation::Create, create.at, |tx| {
            tx.set_clinic(&clinic)?;
            tx.keep_keys(&bytes)
        })?;
        // Last: without vault.keys there is no vault, so a crash before this line leaves nothing that looks like one.
        vault.folder.write_keys(&bytes)?;
        Ok((vault, code))
    }

    /// Looks at a vault without opening it.
    ///
    /// # Errors
    /// [`Error::NoVault`], [`Error::KeysDamaged`], [`Error::KeysNewer`], or the disk's.
    pub fn open(dir: &Path) -> Result<Locked> {
        let folder = Folder::at(dir);
        let keys = KeyFile::parse(&folder.read_keys()?)?;
        Ok(Locked::of(folder, keys))
    }

    /// Gives the folder of a closed vault, whole or damaged, another name. Nothing in it changes.
    ///
    /// # Errors
    /// [`Error::InUse`] while a program has it open, [`Error::Exists`], or the disk's.
    pub fn set_aside(dir: &Path, aside: &Path) -> Result<()> {
        if std::fs::exists(aside).map_err(Error::io("putting a vault aside"))? {
            return Err(Error::Exists);
        }
        // Let go of before the rename: some systems rename no folder with an open file in it.
        drop(Folder::at(dir).hold()?);
        crate::folder::rename(dir, aside)
    }

    /// Who opened it.
    #[must_use]
    pub fn me(&self) -> &Person {
        &self.me
    }

    /// Everybody who can open it.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        self.keys.people()
    }

    /// For reading.
    #[must_use]
    pub fn read(&self) -> View<'_> {
        View::of(&self.conn, &self.keys.vault)
    }

    /// The one door for writes. What `work` writes is kept with an audit row for each client it concerns (one row without a client
    /// if it concerns none), or, if it fails, nothing is.
    ///
    /// # Errors
    /// Whatever `work` returns, [`Error::MustChangePassphrase`], [`Error::FolderGone`] (the only one after which the step may have been
    /// kept all the same, in a folder that is elsewhere), or the database's.
    pub fn transact<T>(
        &mut self,
        operation: Operation,
        at: Timestamp,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        let before_all = [
            Operation::Unlock,
            Operation::Recover,
            Operation::WrongTries,
            Operation::Upgrade,
            Operation::MakeIndex,
            Operation::ChangePassphrase,
            Operation::Lock,
        ];
        if self.me.must_change && !before_all.contains(&operation) {
            return Err(Error::MustChangePassphrase);
        }
        let hand = Hand {
            person: &self.me.id,
            signer: &self.signer,
        };
        self.place.still_there()?;
        let (conn, vault, told) = (&self.conn, &self.keys.vault, &mut self.told);
        let done = door::transact(conn, vault, &hand, operation, at, told, work)?;
        // Again: only what is in the folder now is told to be kept.
        self.place.still_there()?;
        Ok(done)
    }

    /// Changes the clinic, and its name on the unlock screen with it.
    ///
    /// # Errors
    /// [`Error::NameEmpty`], [`Error::NameUnfit`], or the disk's.
    pub fn set_clinic(&mut self, clinic: &Clinic, at: Timestamp) -> Result<()> {
        // An older version may have kept a name that this one would refuse: the rest of the clinic still changes.
        if clinic.name == self.keys.clinic {
            return self.transact(Operation::ChangeSettings, at, |tx| tx.set_clinic(clinic));
        }
        let clinic = &named(clinic)?;
        let mut keys = self.keys.clone();
        keys.clinic.clone_from(&clinic.name);
        let file = keys.sealed(&self.data_key);
        self.transact(Operation::ChangeSettings, at, |tx| {
            tx.set_clinic(clinic)?;
            tx.keep_keys(&file)
        })?;
        self.put_keys(keys)
    }

    /// Writes the same rows into a new file, in clear or under a raw key (`x'...'`), so that what encryption costs can be measured.
    /// Exists only with the feature `weak-cost`, which only `[dev-dependencies]` name.
    ///
    /// # Errors
    /// The database's.
    #[cfg(feature = "weak-cost")]
    pub fn twin(&self, file: &Path, key: Option<&str>) -> Result<()> {
        store::twin(&self.conn, file, key)
    }

    /// Locks: notes it, closes the database, wipes the keys.
    ///
    /// # Errors
    /// The database's; the vault is locked and the keys are gone all the same.
    pub fn lock(mut self, at: Timestamp) -> Result<Locked> {
        let fits = self.index_fits;
        self.transact(Operation::Lock, at, |tx| match fits {
            true => index::keep(tx),
            false => Ok(()),
        })?;
        let Self {
            conn, keys, folder, ..
        } = self;
        conn.close().map_err(|(_, error)| error)?;
        Ok(Locked::of(folder, keys))
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(open)")
    }
}

/// A clinic with its name as it is kept.
fn named(clinic: &Clinic) -> Result<Clinic> {
    Ok(Clinic {
        name: name::of_clinic(&clinic.name)?.to_owned(),
        ..clinic.clone()
    })
}

pub(crate) fn person(keys: &KeyFile, id: &PersonId) -> Result<Person> {
    keys.people()
        .into_iter()
        .find(|person| person.id == *id)
        .ok_or(Error::UnknownPerson)
}

#[cfg(test)]
mod tests;
