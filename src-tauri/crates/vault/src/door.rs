//! The door: reading that cannot write, and writing that is all kept, with its audit row, or not at all.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, TransactionBehavior};

use crate::audit::{self, AuditHead, AuditRow, Hand, Kept, Look, Operation};
use crate::client::{self, ClientId};
use crate::people::PersonId;
use crate::told::{Told, hash};
use crate::{Error, Result, index, store};

/// Reading. Cannot write: the connection refuses, not only the type.
#[derive(Clone, Copy)]
pub struct View<'a> {
    conn: &'a Connection,
    vault: &'a [u8; 16],
}

/// The inside of [`crate::Vault::transact`]: reading and writing, all of it kept or none.
pub struct Tx<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) person: &'a PersonId,
    pub(crate) operation: Operation,
    pub(crate) at: Timestamp,
    vault: &'a [u8; 16],
    told: &'a Told,
    concerned: BTreeMap<ClientId, i64>,
    subject: Option<String>,
    /// What clients are found by, of those that changed. It goes into the index when all else is done: between other statements the index
    /// writes a page of its own for every client, and a hand-over takes more than twice as long.
    pub(crate) words: BTreeMap<i64, String>,
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

    /// Every row that a statement gives for one client.
    pub(crate) fn of_client<T>(
        &self,
        client: &ClientId,
        sql: &str,
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.look(|conn| {
            let seq = client::seq(conn, client)?;
            let mut statement = conn.prepare_cached(sql)?;
            let mut rows = statement.query([seq])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(read(row)?);
            }
            Ok(found)
        })
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

    /// Whether the log still holds a head that was noted elsewhere: in a backup, a receipt, on a printed day sheet. A log that was cut
    /// or written anew does not.
    ///
    /// # Errors
    /// The database's.
    pub fn audit_holds(&self, noted: &AuditHead) -> Result<bool> {
        let hash = self.look(|conn| audit::hash_at(conn, self.vault, noted.rows))?;
        Ok(hash == Some(noted.hash))
    }

    pub(crate) fn audit_broken(&self, look: Look) -> Result<Option<i64>> {
        self.look(|conn| audit::broken(conn, self.vault, look))
    }
}

impl<'a> Tx<'a> {
    /// For reading what is there, this transaction's own changes included; by words a client is found as it was before.
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
    /// [`crate::Error::NoSuchClient`], [`crate::Error::PutBack`], or the database's.
    pub fn about(&mut self, client: &ClientId) -> Result<()> {
        self.concerns(client).map(|_| ())
    }

    /// Says what the operation is about where that is no client: an id, a number or a hash, never a name.
    pub(crate) fn subject(&mut self, subject: impl Into<String>) {
        self.subject = Some(subject.into());
    }

    /// Has the log tell of a client, here or gone, as it stands.
    pub(crate) fn tell_of(&mut self, client: &ClientId) {
        // Its number is asked for anew when the row is written.
        self.concerned.insert(client.clone(), 0);
    }

    pub(crate) fn concerns(&mut self, client: &ClientId) -> Result<i64> {
        if let Some(seq) = self.concerned.get(client) {
            return Ok(*seq);
        }
        let seq = client::seq(self.conn, client)?;
        if self.operation != Operation::AsItStands {
            self.told.holds(self.conn, client, seq)?;
        }
        self.concerned.insert(client.clone(), seq);
        Ok(seq)
    }
}

/// Runs `work` inside one transaction with its audit rows: see [`crate::Vault::transact`], the only caller.
pub(crate) fn transact<T>(
    conn: &Connection,
    vault: &[u8; 16],
    hand: &Hand<'_>,
    operation: Operation,
    at: Timestamp,
    told: &mut Told,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<T> {
    let _writable = Writable::on(conn)?;
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    let mut tx = Tx {
        conn: &transaction,
        person: hand.person,
        operation,
        at,
        vault,
        told,
        concerned: BTreeMap::new(),
        subject: None,
        words: BTreeMap::new(),
    };
    let result = work(&mut tx);
    // A page that was not whole is zeros to whoever read it: then neither the result nor the error means anything.
    store::sound(&transaction)?;
    let result = result?;
    index::write(&transaction, &tx.words)?;
    let subject = tx.subject;
    // A copy out of an older backup is written to before it is brought up to date: its log has no room for this.
    let schema = store::schema(&transaction)?;
    let tells = schema >= store::TOLD;
    let office = tells.then(|| hash::of_office(&transaction)).transpose()?;
    let keys = if schema >= store::KEYS_TOLD {
        View::of(&transaction, vault).belonging_keys()?
    } else {
        None
    };
    let keys = keys.map(|file| hash::of_keys(&file));
    let mut kept = BTreeMap::new();
    for client in tx.concerned.into_keys() {
        let now = match client::seq(&transaction, &client) {
            Ok(seq) if tells => Some(hash::of_client(&transaction, seq)?),
            Ok(_) | Err(Error::NoSuchClient(_)) => None,
            Err(error) => return Err(error),
        };
        kept.insert(client, now);
    }
    let subject = subject.as_deref();
    let row = |client, kept| {
        let kept = office.map(|office| Kept {
            client: kept,
            office,
            keys,
        });
        let about = (client, subject);
        audit::write(
            &transaction,
            vault,
            at,
            hand,
            operation,
            about,
            kept.as_ref(),
        )
    };
    if kept.is_empty() {
        row(None, None)?;
    }
    for (client, kept) in &kept {
        row(Some(client), *kept)?;
    }
    store::sound(&transaction)?;
    transaction.commit()?;
    if let Some(office) = office {
        told.note_office(office, keys);
        for (client, kept) in kept {
            told.note(client, kept);
        }
    }
    Ok(result)
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
