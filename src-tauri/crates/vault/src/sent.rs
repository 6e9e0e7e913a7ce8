//! What went out and came in, for a screen: hand-overs sent and taken in, clients with disputed fields, the log from its end.

use jiff::Timestamp;

use crate::audit::{self, AuditRow};
use crate::client::ClientId;
use crate::door::View;
use crate::laptop;
use crate::merge::State;
use crate::time::stamped;
use crate::{Error, Result};

/// A hand-over that this vault wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The receiving vault's name, or its id where it is not known any more.
    pub vault: String,
    /// Its number.
    pub sequence: i64,
    /// When it was written.
    pub at: Timestamp,
    /// Whether the clients were to leave this vault.
    pub moving: bool,
    /// Whether the receiver's signed receipt was read in.
    pub receipt: bool,
    /// Its clients, and of each whether the receipt names it and it did not come back since. A client may be gone from here since.
    pub clients: Vec<(ClientId, bool)>,
}

/// A hand-over that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The sender's name, or its id where it is not known any more.
    pub vault: String,
    /// The sender's number for it.
    pub sequence: i64,
    /// When it was taken in.
    pub at: Timestamp,
}

impl View<'_> {
    /// Hand-overs that this vault wrote, newest first.
    ///
    /// # Errors
    /// [`Error::Stored`], or the database's.
    pub fn sent(&self, limit: u32) -> Result<Vec<Sent>> {
        self.look(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT handover_out.id, ifnull(name, vault), sequence, at, moving, receipt IS NOT NULL
                 FROM handover_out LEFT JOIN known_vault ON known_vault.id = vault
                 ORDER BY handover_out.id DESC LIMIT ?1",
            )?;
            let mut clients = conn.prepare_cached(
                "SELECT client, taken = 1 FROM handover_client WHERE handover = ?1 ORDER BY rowid",
            )?;
            let mut rows = statement.query([limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let number: i64 = row.get(0)?;
                let of = clients.query_map([number], |row| Ok((ClientId(row.get(0)?), row.get(1)?)))?;
                found.push(Sent {
                    vault: row.get(1)?,
                    sequence: row.get(2)?,
                    at: stamped(&row.get::<_, String>(3)?)?,
                    moving: row.get(4)?,
                    receipt: row.get(5)?,
                    clients: of.collect::<rusqlite::Result<_>>()?,
                });
            }
            Ok(found)
        })
    }

    /// Hand-overs that were taken in, newest first.
    ///
    /// # Errors
    /// [`Error::Stored`], or the database's.
    pub fn received(&self, limit: u32) -> Result<Vec<Received>> {
        self.look(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT ifnull(name, vault), sequence, at FROM handover_in
                 LEFT JOIN known_vault ON known_vault.id = vault ORDER BY at DESC, sequence DESC LIMIT ?1",
            )?;
            let mut rows = statement.query([limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(Received {
                    vault: row.get(0)?,
                    sequence: row.get(1)?,
                    at: stamped(&row.get::<_, String>(2)?)?,
                });
            }
            Ok(found)
        })
    }

    /// Clients with fields that two laptops changed without knowing of each other, and how many fields.
    ///
    /// # Errors
    /// [`Error::Stored`], or the database's.
    pub fn disputed(&self) -> Result<Vec<(ClientId, usize)>> {
        // A first look in each state's text; only what may be disputed is compared with what stands in the record now.
        let maybe: Vec<ClientId> = self.look(|conn| {
            let mut statement = conn.prepare(
                "SELECT client.id, state FROM client_state JOIN client ON client.seq = client ORDER BY sort, client",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let state: State = serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or_default())
                    .map_err(|_| Error::Stored { what: "version" })?;
                if !state.conflicts().is_empty() {
                    found.push(ClientId(row.get(0)?));
                }
            }
            Ok(found)
        })?;
        let mut found = Vec::new();
        for id in maybe {
            let fields = self.conflicts(&id)?.len();
            if fields > 0 {
                found.push((id, fields));
            }
        }
        Ok(found)
    }

    /// What versions written here are told by; `None` before the first hand-over.
    ///
    /// # Errors
    /// The database's.
    pub fn laptop_id(&self) -> Result<Option<String>> {
        self.look(|conn| Ok(laptop::newest(conn)?.map(|laptop| laptop.id)))
    }

    /// Rows of the log before a number, or its last ones; newest first, at most `limit`.
    ///
    /// # Errors
    /// The database's.
    pub fn audit_before(&self, before: Option<i64>, limit: u32) -> Result<Vec<AuditRow>> {
        let last = before.map_or(self.audit_head()?.rows, |before| before - 1);
        let after = (last - i64::from(limit)).max(0);
        let count = u32::try_from(last - after).unwrap_or(limit).min(limit);
        let mut rows = self.look(|conn| audit::rows(conn, after, count))?;
        rows.reverse();
        Ok(rows)
    }
}
