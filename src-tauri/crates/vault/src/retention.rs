//! Keep or destroy: what was decided for a client, who still holds copies, and destroying.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::audit::Operation;
use crate::client::{self, ClientId};
use crate::door::{Tx, View};
use crate::filing::Step;
use crate::people::PersonId;
use crate::rights::Act;
use crate::time::{stamp, stamped};
use crate::vault::Vault;
use crate::{Error, Result, folder};

/// What happens to a record in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It is kept.
    Keep,
    /// It is to be destroyed.
    Destroy,
}

/// A decision as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// What was decided.
    pub decision: Decision,
    /// The clinic's rule that it follows.
    pub rule: String,
    /// Why, for this client.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub person: PersonId,
}

/// Something outside this vault that holds a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Holder {
    /// A backup that this vault wrote.
    Backup {
        /// The file's name.
        file: String,
        /// When it was written.
        at: Timestamp,
    },
    /// A vault to which the client was handed over.
    HandOver {
        /// The vault's name, or its id where it is not known any more.
        vault: String,
        /// When it was written.
        at: Timestamp,
        /// Whether a receipt says that it was taken in.
        taken: bool,
    },
}

impl View<'_> {
    /// What was decided for a client, if anything.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn retention(&self, client: &ClientId) -> Result<Option<Retention>> {
        let sql = "SELECT decision, rule, reason, at, person FROM retention WHERE client = ?1";
        let found = self.of_client(client, sql, |row| {
            Ok(Retention {
                decision: match row.get::<_, String>(0)?.as_str() {
                    "destroy" => Decision::Destroy,
                    _ => Decision::Keep,
                },
                rule: row.get(1)?,
                reason: row.get(2)?,
                at: stamped(&row.get::<_, String>(3)?)?,
                person: PersonId(row.get(4)?),
            })
        })?;
        Ok(found.into_iter().next())
    }

    /// Whether a client was destroyed here.
    fn is_destroyed(&self, client: &ClientId) -> Result<bool> {
        self.look(|conn| Ok(destroyed(conn, client)?))
    }

    /// Backups and hand-overs of this vault that still hold a client, or one that was destroyed, as far as it can know: a file deleted since is still listed.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn holders(&self, client: &ClientId) -> Result<Vec<Holder>> {
        self.look(|conn| {
            if !destroyed(conn, client)? {
                client::seq(conn, client)?;
            }
            let mut found = Vec::new();
            let mut statement = conn.prepare_cached(
                "SELECT file, at FROM backup_made
                 WHERE audit_rows >= (SELECT min(seq) FROM audit WHERE client = ?1) ORDER BY id",
            )?;
            let mut rows = statement.query([client.as_str()])?;
            while let Some(row) = rows.next()? {
                found.push(Holder::Backup {
                    file: row.get(0)?,
                    at: stamped(&row.get::<_, String>(1)?)?,
                });
            }
            let mut statement = conn.prepare_cached(
                "SELECT ifnull(name, vault), at, taken & 1 FROM handover_client
                 JOIN handover_out ON handover_out.id = handover LEFT JOIN known_vault ON known_vault.id = vault
                 WHERE client = ?1 ORDER BY handover",
            )?;
            let mut rows = statement.query([client.as_str()])?;
            while let Some(row) = rows.next()? {
                found.push(Holder::HandOver {
                    vault: row.get(0)?,
                    at: stamped(&row.get::<_, String>(1)?)?,
                    taken: row.get(2)?,
                });
            }
            Ok(found)
        })
    }

    /// Whether a count of the client's was filed and no court has decided yet.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn has_open_filing(&self, client: &ClientId) -> Result<bool> {
        let all = self.filings(client)?;
        let decided = |case, count| {
            all.iter().any(|other| {
                (&other.case, &other.count) == (case, count)
                    && matches!(other.step, Step::Granted | Step::Denied)
            })
        };
        Ok(all
            .iter()
            .any(|filing| !decided(&filing.case, &filing.count)))
    }
}

impl Tx<'_> {
    /// Decides whether a client's record is kept or destroyed. Who may is the caller's check: [`Act::Retain`].
    ///
    /// # Errors
    /// [`Error::NameEmpty`] without rule or reason, [`Error::NoSuchClient`], or the database's.
    pub fn set_retention(
        &mut self,
        client: &ClientId,
        decision: Decision,
        rule: &str,
        reason: &str,
    ) -> Result<()> {
        for (text, what) in [(rule, "clinic's rule"), (reason, "reason")] {
            if text.trim().is_empty() {
                return Err(Error::NameEmpty { what });
            }
        }
        let seq = self.concerns(client)?;
        let word = match decision {
            Decision::Keep => "keep",
            Decision::Destroy => "destroy",
        };
        self.conn
            .prepare_cached(
                "INSERT INTO retention (client, decision, rule, reason, at, person) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (client) DO UPDATE SET decision = ?2, rule = ?3, reason = ?4, at = ?5, person = ?6",
            )?
            .execute(params![seq, word, rule, reason, stamp(self.at), self.person.0])?;
        Ok(())
    }
}

impl Vault {
    /// Destroys a client's record: deletes and overwrites its rows, empties the write-ahead log, removes the copies that upgrades put
    /// aside, and changes the data key. Gives the vault back, and who still holds copies.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::NotDecided`], [`Error::FilingOpen`], [`Error::NoSuchClient`], or the disk's; [`Error::DestroyedUnderOldKey`]
    /// where the record is gone and the key could not be changed: destroying it again goes on from there.
    pub fn destroy(mut self, client: &ClientId, at: Timestamp) -> Result<(Self, Vec<Holder>)> {
        self.needs(Act::Destroy)?;
        let read = self.read();
        if read.is_destroyed(client)? {
            // Begun before, and cut short.
            return self.wiped(client, at);
        }
        let decided = read
            .retention(client)?
            .filter(|r| r.decision == Decision::Destroy);
        let rule = decided.ok_or(Error::NotDecided)?.rule;
        if read.has_open_filing(client)? {
            return Err(Error::FilingOpen);
        }
        self.transact(Operation::Destroy, at, |tx| {
            let seq = tx.concerns(client)?;
            tx.forget(client, seq, "destroyed", &rule)
        })?;
        self.wiped(client, at)
    }

    /// What a destruction is not done without: nothing is left in the log of writes, no copy beside, and the key is another.
    fn wiped(self, client: &ClientId, at: Timestamp) -> Result<(Self, Vec<Holder>)> {
        let unfinished = |error| Error::DestroyedUnderOldKey(Box::new(error));
        let holders = self.read().holders(client)?;
        self.fold().map_err(unfinished)?;
        for copy in self.folder.copies_of_upgrades() {
            folder::remove(&copy).map_err(unfinished)?;
        }
        let vault = self.change_data_key(at).map_err(unfinished)?;
        Ok((vault, holders))
    }

    /// When the last backup was written, and how many rows the log has grown since.
    ///
    /// # Errors
    /// The database's.
    pub fn last_backup(&self) -> Result<Option<(Timestamp, i64)>> {
        let rows = self.read().audit_head()?.rows;
        let last: Option<(String, i64)> = self.read().look(|conn| {
            Ok(conn
                .prepare_cached("SELECT at, audit_rows FROM backup_made ORDER BY id DESC LIMIT 1")?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?)
        })?;
        last.map(|(at, then)| Ok((stamped(&at)?, rows - then)))
            .transpose()
    }

    /// What to say about backups, if anything: when there is none, or the last is `days` old and the vault was used since.
    ///
    /// # Errors
    /// The database's.
    pub fn backup_reminder(&self, days: i64, at: Timestamp) -> Result<Option<String>> {
        let Some((last, since)) = self.last_backup()? else {
            let any = self.read().count()? > 0;
            return Ok(
                any.then(|| "there is no backup yet. Write one today, to another disk".to_owned())
            );
        };
        let old = at.duration_since(last).as_hours() / 24;
        if old < 0 {
            return Ok(Some(
                "the clock is behind the last backup. Set it right, then write a backup".to_owned(),
            ));
        }
        // Opening and locking alone need no backup.
        let due = old >= days && since > 3;
        Ok(due.then(|| {
            format!("the last backup is {old} days old. Write one today, to another disk")
        }))
    }
}

fn destroyed(conn: &Connection, client: &ClientId) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM gone WHERE client = ?1 AND why = 'destroyed')",
    )?
    .query_row([client.as_str()], |row| row.get(0))
}
