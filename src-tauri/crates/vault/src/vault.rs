//! The vault: locked or open, and the one door for writes.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use record::clinic::Clinic;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::audit::{self, AuditHead, AuditRow, Operation};
use crate::backup::Opener;
use crate::client::{self, ClientId};
use crate::cost::Cost;
use crate::folder::{Folder, Hold};
use crate::keys::{Holder, KeyFile};
use crate::people::{Person, PersonId, Role};
use crate::recovery::RecoveryCode;
use crate::secret::{Key, Passphrase};
use crate::{Error, Result, store};

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

/// A vault that nobody has opened: what may be seen before a passphrase.
#[derive(Debug, Clone)]
pub struct Locked {
    folder: Folder,
    keys: KeyFile,
}

/// An open vault. It holds the folder: a second opening is refused while it lives. Dropping it drops and wipes the keys.
pub struct Vault {
    // Fields drop in this order: the database closes (and folds its WAL in) before the folder is let go.
    conn: Connection,
    data_key: Key,
    keys: KeyFile,
    me: Person,
    folder: Folder,
    _hold: Hold,
}

/// Reading. Cannot write: the connection refuses, not only the type.
#[derive(Clone, Copy)]
pub struct View<'a> {
    conn: &'a Connection,
    vault: &'a [u8; 16],
}

/// The inside of [`Vault::transact`]: reading and writing, all of it kept or none.
pub struct Tx<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) person: &'a PersonId,
    pub(crate) operation: Operation,
    pub(crate) at: Timestamp,
    vault: &'a [u8; 16],
    concerned: BTreeMap<ClientId, i64>,
}

impl Vault {
    /// Makes a vault in a new or empty folder and opens it. The recovery code is shown now and never again.
    ///
    /// # Errors
    /// [`Error::NotEmpty`], [`Error::NameEmpty`], or the disk's. After an error no vault is there; a started database may lie in the
    /// folder, with nothing in it.
    pub fn create(dir: &Path, create: &Create<'_>) -> Result<(Self, RecoveryCode)> {
        for (name, what) in [
            (create.clinic.name.as_str(), "clinic's name"),
            (create.person, "person's name"),
        ] {
            if name.trim().is_empty() {
                return Err(Error::NameEmpty { what });
            }
        }
        let folder = Folder::at(dir);
        folder.make()?;
        let hold = folder.hold()?;
        let data_key = Key::random()?;
        let code = RecoveryCode::random()?;
        let mut keys = KeyFile::new(&create.clinic.name, create.at)?;
        let holder = Holder::Person {
            name: create.person.trim().to_owned(),
            roles: vec![Role::Administrator, Role::Attorney],
        };
        let id = keys.add(holder, create.passphrase.bytes(), create.cost, &data_key)?;
        keys.add(Holder::RecoveryCode, code.bytes(), create.cost, &data_key)?;
        let me = person(&keys, &id)?;
        let conn = store::create(&folder.database(), &data_key)?;
        let bytes = keys.sealed(&data_key);
        let mut vault = Self {
            conn,
            data_key,
            keys,
            me,
            folder,
            _hold: hold,
        };
        vault.transact(Operation::Create, create.at, |tx| {
            tx.set_clinic(create.clinic)
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
        Ok(Locked { folder, keys })
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
        View {
            conn: &self.conn,
            vault: &self.keys.vault,
        }
    }

    /// The one door for writes. What `work` writes is kept with an audit row for each client it concerns (one row without a client
    /// if it concerns none), or, if it fails, nothing is.
    ///
    /// # Errors
    /// Whatever `work` returns, or the database's.
    pub fn transact<T>(
        &mut self,
        operation: Operation,
        at: Timestamp,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        let _writable = Writable::on(&self.conn)?;
        let transaction = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
        let mut tx = Tx {
            conn: &transaction,
            person: &self.me.id,
            operation,
            at,
            vault: &self.keys.vault,
            concerned: BTreeMap::new(),
        };
        let result = work(&mut tx);
        // A page that was not whole is zeros to whoever read it: then neither the result nor the error means anything.
        store::sound(&transaction)?;
        let result = result?;
        let concerned: Vec<_> = tx.concerned.into_keys().map(Some).collect();
        let rows = if concerned.is_empty() {
            vec![None]
        } else {
            concerned
        };
        for client in rows {
            audit::write(
                &transaction,
                &self.keys.vault,
                at,
                &self.me.id,
                operation,
                client.as_ref(),
            )?;
        }
        store::sound(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Changes the clinic, and its name on the unlock screen with it.
    ///
    /// # Errors
    /// [`Error::NameEmpty`], or the disk's.
    pub fn set_clinic(&mut self, clinic: &Clinic, at: Timestamp) -> Result<()> {
        if clinic.name.trim().is_empty() {
            return Err(Error::NameEmpty {
                what: "clinic's name",
            });
        }
        self.transact(Operation::ChangeSettings, at, |tx| tx.set_clinic(clinic))?;
        if clinic.name != self.keys.clinic {
            let mut keys = self.keys.clone();
            keys.clinic.clone_from(&clinic.name);
            self.folder.write_keys(&keys.sealed(&self.data_key))?;
            self.keys = keys;
        }
        Ok(())
    }

    /// Locks: notes it, closes the database, wipes the keys.
    ///
    /// # Errors
    /// The database's; the vault is locked and the keys are gone all the same.
    pub fn lock(mut self, at: Timestamp) -> Result<Locked> {
        self.transact(Operation::Lock, at, |_| Ok(()))?;
        let Self {
            conn, keys, folder, ..
        } = self;
        conn.close().map_err(|(_, error)| error)?;
        Ok(Locked { folder, keys })
    }

    pub(crate) fn parts(&self) -> (&Connection, &Key, &KeyFile) {
        (&self.conn, &self.data_key, &self.keys)
    }
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
    /// [`Error::InUse`], [`Error::UnknownPerson`], [`Error::WrongPassphrase`], [`Error::KeysDamaged`], [`Error::KeysTampered`],
    /// [`Error::DatabaseMissing`], [`Error::DatabaseDamaged`], [`Error::SchemaNewer`], or the disk's.
    pub fn unlock(
        &self,
        person_id: &PersonId,
        passphrase: &Passphrase,
        at: Timestamp,
    ) -> Result<Vault> {
        let (hold, keys) = self.take()?;
        let data_key = keys.unlock(person_id, passphrase.bytes())?;
        let me = person(&keys, person_id)?;
        self.opened(hold, keys, data_key, me, Operation::Unlock, at)
    }

    /// Opens the vault with the recovery code, and gives a person a new passphrase. The code stays good.
    ///
    /// # Errors
    /// As [`Locked::unlock`], with [`Error::WrongCode`] for the passphrase's.
    pub fn recover(
        &self,
        code: &RecoveryCode,
        person_id: &PersonId,
        passphrase: &Passphrase,
        cost: Cost,
        at: Timestamp,
    ) -> Result<Vault> {
        let (hold, mut keys) = self.take()?;
        let data_key = keys.recover(code.bytes())?;
        keys.renew(person_id, passphrase.bytes(), cost, &data_key)?;
        let me = person(&keys, person_id)?;
        let bytes = keys.sealed(&data_key);
        let vault = self.opened(hold, keys, data_key, me, Operation::Recover, at)?;
        // After the database opened: a folder that cannot be opened is left as it is.
        self.folder.write_keys(&bytes)?;
        Ok(vault)
    }

    /// Opens the vault with the recovery code and changes no passphrase: for backups and exports when nobody is there.
    ///
    /// # Errors
    /// As [`Locked::recover`].
    pub fn unlock_with_code(&self, code: &RecoveryCode, at: Timestamp) -> Result<Vault> {
        let (hold, keys) = self.take()?;
        let data_key = keys.recover(code.bytes())?;
        self.opened(hold, keys, data_key, nobody(), Operation::Recover, at)
    }

    /// A folder that was just filled from a backup.
    pub(crate) fn of(folder: Folder, keys: KeyFile) -> Self {
        Self { folder, keys }
    }

    /// Opens with a data key that `opener` gave, without asking it again.
    pub(crate) fn open_with(
        &self,
        opener: Opener<'_>,
        data_key: Key,
        at: Timestamp,
    ) -> Result<Vault> {
        let (hold, keys) = self.take()?;
        let (me, operation) = match opener {
            Opener::Passphrase(id, _) => (person(&keys, id)?, Operation::Unlock),
            Opener::Code(_) => (nobody(), Operation::Recover),
        };
        self.opened(hold, keys, data_key, me, operation, at)
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
        data_key: Key,
        me: Person,
        operation: Operation,
        at: Timestamp,
    ) -> Result<Vault> {
        let (conn, upgraded) = store::open(&self.folder, &data_key)?;
        let mut vault = Vault {
            conn,
            data_key,
            keys,
            me,
            folder: self.folder.clone(),
            _hold: hold,
        };
        if upgraded {
            vault.transact(Operation::Upgrade, at, |_| Ok(()))?;
        }
        vault.transact(operation, at, |_| Ok(()))?;
        Ok(vault)
    }
}

impl<'a> View<'a> {
    /// Reading of an open database, the vault's own or a copy.
    pub(crate) fn of(conn: &'a Connection, vault: &'a [u8; 16]) -> Self {
        Self { conn, vault }
    }
}

impl View<'_> {
    /// The only way to the connection. What was read counts only if every page behind it was whole: SQLCipher answers a page whose
    /// HMAC fails with zeros, and a query that ends on such a page would return them without an error.
    pub(crate) fn look<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let found = read(self.conn);
        store::sound(self.conn)?;
        found
    }

    /// Audit rows after a number, oldest first, at most `limit`.
    ///
    /// # Errors
    /// The database's.
    pub fn audit(&self, after: i64, limit: u32) -> Result<Vec<AuditRow>> {
        self.look(|conn| audit::rows(conn, after, limit))
    }

    /// The end of the audit log.
    ///
    /// # Errors
    /// The database's.
    pub fn audit_head(&self) -> Result<AuditHead> {
        self.look(|conn| audit::head(conn, self.vault))
    }

    pub(crate) fn audit_broken(&self) -> Result<Option<i64>> {
        self.look(|conn| audit::broken(conn, self.vault))
    }
}

impl<'a> Tx<'a> {
    /// For reading what is there, this transaction's own changes included.
    #[must_use]
    pub fn read(&self) -> View<'a> {
        View {
            conn: self.conn,
            vault: self.vault,
        }
    }

    /// Names a client this operation is about, for the audit log. Every write to a client does it by itself; an operation that only
    /// looks (opening, printing, exporting) calls it.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn about(&mut self, client: &ClientId) -> Result<()> {
        self.concerns(client).map(|_| ())
    }

    pub(crate) fn concerns(&mut self, client: &ClientId) -> Result<i64> {
        if let Some(seq) = self.concerned.get(client) {
            return Ok(*seq);
        }
        let seq = client::seq(self.conn, client)?;
        self.concerned.insert(client.clone(), seq);
        Ok(seq)
    }
}

/// Writing is on while this lives, and off again however the door is left.
struct Writable<'a>(&'a Connection);

impl<'a> Writable<'a> {
    fn on(conn: &'a Connection) -> Result<Self> {
        store::query_only(conn, false)?;
        Ok(Self(conn))
    }
}

impl Drop for Writable<'_> {
    fn drop(&mut self) {
        // Setting a flag of the connection does not fail; if it did, the next door would open all the same.
        let _ = store::query_only(self.0, true);
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(open)")
    }
}

/// Whoever holds the paper with the code: may keep the vault, is nobody's attorney.
fn nobody() -> Person {
    Person {
        id: PersonId("recovery-code".to_owned()),
        name: "Recovery code".to_owned(),
        roles: vec![Role::Administrator],
    }
}

fn person(keys: &KeyFile, id: &PersonId) -> Result<Person> {
    keys.people()
        .into_iter()
        .find(|person| person.id == *id)
        .ok_or(Error::UnknownPerson)
}
