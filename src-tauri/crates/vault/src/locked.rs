//! The locked vault: what may be seen before a passphrase, and the ways in.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::audit::{Look, Operation};
use crate::backup::Opener;
use crate::belonging::belonging;
use crate::cost::Cost;
use crate::door::View;
use crate::folder::{Folder, Hold, Place};
use crate::keys::{Came, KeyFile, Opened};
use crate::people::{Person, PersonId, Role};
use crate::recovery::RecoveryCode;
use crate::secret::{Key, Passphrase};
use crate::signing::Signer;
use crate::told::Told;
use crate::tries::Tries;
use crate::vault::{Vault, person};
use crate::{Error, Result, store};

/// A vault that nobody has opened: what may be seen before a passphrase.
#[derive(Debug, Clone)]
pub struct Locked {
    folder: Folder,
    keys: KeyFile,
}

/// What an opening finds in the database.
struct Found {
    /// It was brought up to date.
    upgraded: bool,
    /// Parts of it are of an older copy.
    older: bool,
    told: Told,
}

impl Locked {
    /// The clinic's name.
    #[must_use]
    pub fn clinic(&self) -> &str {
        &self.keys.clinic
    }

    /// Everybody who can open it.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        self.keys.people()
    }

    /// Opens the vault with a person's passphrase. Takes about a second, by design.
    ///
    /// # Errors
    /// [`crate::Error::InUse`], [`crate::Error::UnknownPerson`], [`crate::Error::WrongPassphrase`], [`crate::Error::TooSoon`], [`crate::Error::KeysDamaged`], [`crate::Error::KeysTampered`],
    /// [`crate::Error::KeysReplaced`], [`crate::Error::DatabaseMissing`], [`crate::Error::DatabaseDamaged`], [`crate::Error::SchemaNewer`], or the disk's.
    pub fn unlock(
        &self,
        person_id: &PersonId,
        passphrase: &Passphrase,
        at: Timestamp,
    ) -> Result<Vault> {
        let (hold, keys) = self.take()?;
        person(&keys, person_id)?;
        let mut tries = Tries::read(&self.folder);
        let wrong = tries.check(&self.folder, person_id, at)?;
        let opened = match keys.unlock(person_id, passphrase.bytes()) {
            Err(Error::WrongPassphrase) => {
                tries.wrong(&self.folder, person_id, at)?;
                return Err(Error::WrongPassphrase);
            }
            opened => opened?,
        };
        tries.right(&self.folder, person_id)?;
        let came = Came::Person(person_id);
        let mut vault = self.opened(hold, keys, opened, came, at)?;
        if wrong > 0 {
            vault.transact(Operation::WrongTries, at, |tx| {
                tx.subject(wrong.to_string());
                Ok(())
            })?;
        }
        Ok(vault)
    }

    /// How many seconds this person has to wait before the next try, after wrong ones.
    #[must_use]
    pub fn seconds_to_wait(&self, person: &PersonId, at: Timestamp) -> u64 {
        let wait = Tries::read(&self.folder).wait(person, at);
        (wait.as_millis() as u64).div_ceil(1000)
    }

    /// Opens the vault with the recovery code, and gives a person a new passphrase. The code stays good.
    ///
    /// # Errors
    /// As [`Locked::unlock`], with [`crate::Error::WrongCode`] for the passphrase's, and [`crate::Error::PassphraseWeak`].
    pub fn recover(
        &self,
        code: &RecoveryCode,
        person_id: &PersonId,
        passphrase: &Passphrase,
        cost: Cost,
        at: Timestamp,
    ) -> Result<Vault> {
        let (hold, keys) = self.take()?;
        let me = person(&keys, person_id)?;
        passphrase.strong_enough(&[&me.name, &keys.clinic])?;
        let Opened { data_key, .. } = keys.recover(code.bytes())?;
        // First the database: a folder that cannot be opened is left as it is.
        let (conn, found) = self.database(&keys.vault, &data_key, Came::Code)?;
        let mut keys = belonging(
            &conn,
            &self.folder,
            keys,
            &data_key,
            Came::Code,
            found.older,
        )?;
        let signer = keys.renew(person_id, passphrase.bytes(), cost, &data_key, false)?;
        keys.sealed(&data_key);
        let me = person(&keys, person_id)?;
        let Found {
            upgraded,
            older,
            told,
        } = found;
        let mut vault = self.vault((conn, told), hold, keys.clone(), data_key, me, signer)?;
        vault.came_in(upgraded, Operation::Recover, at)?;
        vault.indexed(!older, at)?;
        if older {
            vault.office_as_it_stands(at)?;
        }
        vault.put_keys(keys)?;
        Tries::read(&self.folder).right(&self.folder, person_id)?;
        Ok(vault)
    }

    /// Opens the vault with the recovery code and changes no passphrase: for backups and exports when nobody is there.
    ///
    /// # Errors
    /// As [`Locked::recover`].
    pub fn unlock_with_code(&self, code: &RecoveryCode, at: Timestamp) -> Result<Vault> {
        let (hold, keys) = self.take()?;
        let opened = keys.recover(code.bytes())?;
        self.opened(hold, keys, opened, Came::Code, at)
    }

    /// Every key that a passphrase leads to: what it is taken to, the slot's secret, the signing seed, and the data key. For the search of a
    /// locked program's memory. Exists only with the feature `weak-cost`, which only `[dev-dependencies]` name.
    ///
    /// # Errors
    /// As [`Locked::unlock`].
    #[cfg(feature = "weak-cost")]
    pub fn every_key(&self, person: &PersonId, passphrase: &Passphrase) -> Result<[[u8; 32]; 4]> {
        self.keys.every_key(person, passphrase.bytes())
    }

    /// A folder that was just filled from a backup.
    pub(crate) fn of(folder: Folder, keys: KeyFile) -> Self {
        Self { folder, keys }
    }

    /// Opens with the keys that `opener` gave, without asking it again.
    pub(crate) fn open_with(
        &self,
        opener: Opener<'_>,
        opened: Opened,
        at: Timestamp,
    ) -> Result<Vault> {
        let (hold, keys) = self.take()?;
        let came = match opener {
            Opener::Passphrase(id, _) => Came::Person(id),
            Opener::Code(_) => Came::Code,
        };
        self.opened(hold, keys, opened, came, at)
    }

    /// Holds the folder and reads the keys again: another program may have changed them since the screen was drawn.
    fn take(&self) -> Result<(Hold, KeyFile)> {
        // First, so that no lock file appears in a folder that holds no vault.
        self.folder.read_keys()?;
        let hold = self.folder.hold()?;
        Ok((hold, KeyFile::parse(&self.folder.read_keys()?)?))
    }

    fn opened(
        &self,
        hold: Hold,
        keys: KeyFile,
        opened: Opened,
        came: Came<'_>,
        at: Timestamp,
    ) -> Result<Vault> {
        let Opened { data_key, signer } = opened;
        let (conn, found) = self.database(&keys.vault, &data_key, came)?;
        let keys = belonging(&conn, &self.folder, keys, &data_key, came, found.older)?;
        let (me, operation) = match came {
            Came::Person(id) => (person(&keys, id)?, Operation::Unlock),
            Came::Code => (nobody(), Operation::Recover),
        };
        let Found {
            upgraded,
            older,
            told,
        } = found;
        let mut vault = self.vault((conn, told), hold, keys, data_key, me, signer)?;
        vault.came_in(upgraded, operation, at)?;
        vault.indexed(!older, at)?;
        if older {
            vault.office_as_it_stands(at)?;
        }
        Ok(vault)
    }

    /// Opens the database. Older parts in it open with the code alone: then whoever has the paper takes the office as it stands.
    fn database(
        &self,
        vault: &[u8; 16],
        data_key: &Key,
        came: Came<'_>,
    ) -> Result<(Connection, Found)> {
        let killed = self.folder.has_wal();
        let (conn, upgraded) = store::open(&self.folder, data_key)?;
        // Files that were copied one after the other while a vault was in use may be of different moments. Each page is whole, but what
        // they come to together is nothing that ever was: the log's chain has a gap then.
        if killed && View::of(&conn, vault).audit_broken(Look::Chain)?.is_some() {
            return Err(Error::DatabaseDamaged);
        }
        let told = Told::read(&conn)?;
        // Before anything is taken as it stands: with older keys a person who was removed would have one again, or a code that was replaced.
        let keys = View::of(&conn, vault).belonging_keys()?;
        if !told.are_keys(keys.as_deref()) {
            return Err(Error::KeysUntold);
        }
        let older = match (told.opens(&conn), came) {
            (Err(Error::OlderParts), Came::Code) => true,
            (opens, _) => {
                opens?;
                false
            }
        };
        store::sound(&conn)?;
        let found = Found {
            upgraded,
            older,
            told,
        };
        Ok((conn, found))
    }

    /// Opens again what this program closed a moment ago under another key: nobody came in.
    pub(crate) fn reopened(
        &self,
        hold: Hold,
        keys: KeyFile,
        data_key: Key,
        me: Person,
        signer: Signer,
    ) -> Result<Vault> {
        let (conn, _) = store::open(&self.folder, &data_key)?;
        let told = Told::read(&conn)?;
        self.vault((conn, told), hold, keys, data_key, me, signer)
    }

    fn vault(
        &self,
        (conn, told): (Connection, Told),
        hold: Hold,
        keys: KeyFile,
        data_key: Key,
        me: Person,
        signer: Signer,
    ) -> Result<Vault> {
        Ok(Vault {
            conn,
            told,
            stood: false,
            index_fits: true,
            data_key,
            keys,
            me,
            signer,
            place: Place::of(&self.folder)?,
            folder: self.folder.clone(),
            hold,
        })
    }
}

impl Vault {
    /// Notes that somebody came in, and the keys that this was done with: what older versions kept has none.
    fn came_in(&mut self, upgraded: bool, operation: Operation, at: Timestamp) -> Result<()> {
        if upgraded {
            self.transact(Operation::Upgrade, at, |_| Ok(()))?;
        }
        let file = self.keys.text();
        self.transact(operation, at, |tx| tx.keep_keys(&file))
    }
}

/// Whoever holds the paper with the code: may keep the vault, is nobody's attorney.
pub(crate) fn nobody() -> Person {
    Person {
        id: PersonId("recovery-code".to_owned()),
        name: "Recovery code".to_owned(),
        roles: vec![Role::Administrator],
        must_change: false,
    }
}
