//! Findings as they were shown, with the versions of the packs that answered. Never recomputed here.

use jiff::Timestamp;
use record::findings::Findings;
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
