//! Findings as they were shown, with the versions of the packs that answered. Never recomputed here.

use jiff::Timestamp;
use record::findings::{Findings, PackVersion};
use rusqlite::params;

use crate::client::ClientId;
use crate::door::{Tx, View};
use crate::people::PersonId;
use crate::time::{stamp, stamped};
use crate::{Error, Result};

/// Findings that somebody was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// When.
    pub at: Timestamp,
    /// To whom.
    pub person: PersonId,
    /// What, with day and pack versions.
    pub findings: Findings,
}

impl View<'_> {
    /// What was last shown for a client.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn shown(&self, client: &ClientId) -> Result<Option<Shown>> {
        let sql =
            "SELECT at, person, findings FROM shown WHERE client = ?1 ORDER BY id DESC LIMIT 1";
        let last = self.of_client(client, sql, |row| {
            Ok(Shown {
                at: stamped(&row.get::<_, String>(0)?)?,
                person: PersonId(row.get(1)?),
                findings: Findings::from_json(&row.get::<_, String>(2)?)
                    .map_err(|_| Error::Stored { what: "finding" })?,
            })
        })?;
        Ok(last.into_iter().next())
    }
}

impl View<'_> {
    /// The versions of packs under which clients were last shown findings, and how many clients each.
    ///
    /// # Errors
    /// [`Error::Stored`], or the database's.
    pub fn shown_under(&self) -> Result<Vec<(Vec<PackVersion>, u64)>> {
        self.look(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT packs, count(*) FROM shown WHERE id IN (SELECT max(id) FROM shown GROUP BY client)
                 GROUP BY packs ORDER BY packs",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let packs = serde_json::from_str(&row.get::<_, String>(0)?)
                    .map_err(|_| Error::Stored { what: "finding" })?;
                found.push((packs, row.get::<_, i64>(1)?.unsigned_abs()));
            }
            Ok(found)
        })
    }

    /// The clients who were ever shown findings, by their ids: at most `most` of those that come after one of them.
    ///
    /// # Errors
    /// The database's.
    pub fn shown_after(&self, after: Option<&ClientId>, most: u32) -> Result<Vec<ClientId>> {
        self.look(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT id FROM client WHERE id > ?1 AND seq IN (SELECT client FROM shown) ORDER BY id LIMIT ?2",
            )?;
            let after = after.map_or("", ClientId::as_str);
            let rows = statement.query_map(params![after, most], |row| row.get(0).map(ClientId))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

impl Tx<'_> {
    /// Keeps what is shown. The same findings as last time are not kept again; says whether they were new.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn show(&mut self, client: &ClientId, findings: &Findings) -> Result<bool> {
        let seq = self.concerns(client)?;
        let text = findings.to_json();
        let same: bool = self
            .conn
            .prepare_cached(
                "SELECT ifnull((SELECT findings FROM shown WHERE client = ?1 ORDER BY id DESC LIMIT 1) = ?2, 0)",
            )?
            .query_row(params![seq, text], |row| row.get(0))?;
        if same {
            return Ok(false);
        }
        self.conn
            .prepare_cached(
                "INSERT INTO shown (client, at, person, as_of, packs, findings) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                seq,
                stamp(self.at),
                self.person.0,
                findings.as_of.to_string(),
                serde_json::to_string(&findings.packs).unwrap_or_default(),
                text
            ])?;
        Ok(true)
    }
}
