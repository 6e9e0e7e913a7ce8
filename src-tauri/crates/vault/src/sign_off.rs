//! An attorney's word on a client's papers: signed off, bound to the very bytes, or sent back with a reason.
//!
//! A sign-off ends with the first edit after it and stays on file with what changed. Whether something changed is the caller's to
//! find out: the vault makes no papers.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::client::ClientId;
use crate::door::{Tx, View};
use crate::people::PersonId;
use crate::time::{day, stamp, stamped};
use crate::{Error, Result};

/// What an attorney said of the papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// They may leave as they are.
    Approved,
    /// They may not; the reason says why.
    SentBack,
}

impl Said {
    const fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::SentBack => "sent_back",
        }
    }
}

/// One paper of a sign-off.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SignedPaper {
    /// The file's name in the packet.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// A sign-off to write down.
#[derive(Debug, Clone, Copy)]
pub struct NewSignOff<'a> {
    /// The attorney's name, and bar number where there is one.
    pub by: &'a str,
    /// The civil day; the papers are those of this day.
    pub on: Date,
    /// Every paper that was looked at.
    pub papers: &'a [SignedPaper],
    /// What they were made from, as JSON.
    pub facts: &'a str,
}

/// An attorney's word as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// When.
    pub at: Timestamp,
    /// Who was in.
    pub person: PersonId,
    /// The attorney's name, and bar number where there is one.
    pub by: String,
    /// The civil day.
    pub on: Date,
    /// What was said.
    pub said: Said,
    /// Why they were sent back; empty for a sign-off.
    pub reason: String,
    /// The papers; empty where they were sent back.
    pub papers: Vec<SignedPaper>,
    /// What they were made from, as JSON.
    pub facts: String,
    /// What ended it; none while it stands.
    pub ended: Option<Ended>,
}

/// How a sign-off ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// By whose hand.
    pub person: PersonId,
    /// What changed: paths of facts, or names of what else the papers rest on.
    pub changed: Vec<String>,
}

impl View<'_> {
    /// The last word on a client's papers, also where it ended.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn sign_off(&self, client: &ClientId) -> Result<Option<SignOff>> {
        let sql = "SELECT at, person, by_name, on_day, said, reason, papers, facts, ended, ended_by, changed
                   FROM sign_off WHERE client = ?1 ORDER BY id DESC LIMIT 1";
        Ok(self.of_client(client, sql, read)?.pop())
    }
}

fn read(row: &Row<'_>) -> Result<SignOff> {
    const STORED: Error = Error::Stored { what: "sign-off" };
    let said: String = row.get(4)?;
    let ended: Option<String> = row.get(8)?;
    let ended = ended
        .map(|at| -> Result<_> {
            let changed: Option<String> = row.get(10)?;
            Ok(Ended {
                at: stamped(&at)?,
                person: PersonId(row.get::<_, Option<String>>(9)?.unwrap_or_default()),
                changed: serde_json::from_str(changed.as_deref().unwrap_or("[]"))
                    .map_err(|_| STORED)?,
            })
        })
        .transpose()?;
    Ok(SignOff {
        at: stamped(&row.get::<_, String>(0)?)?,
        person: PersonId(row.get(1)?),
        by: row.get(2)?,
        on: day(&row.get::<_, String>(3)?)?,
        said: [Said::Approved, Said::SentBack]
            .into_iter()
            .find(|known| known.name() == said)
            .ok_or(STORED)?,
        reason: row.get(5)?,
        papers: serde_json::from_str(&row.get::<_, String>(6)?).map_err(|_| STORED)?,
        facts: row.get(7)?,
        ended,
    })
}

impl Tx<'_> {
    /// Writes down that an attorney signed the papers off. Whether the person is an attorney is the caller's check.
    ///
    /// # Errors
    /// [`Error::NameEmpty`] without a name, [`Error::NoSuchClient`], or the database's.
    pub fn approve(&mut self, client: &ClientId, new: &NewSignOff<'_>) -> Result<()> {
        let papers =
            serde_json::to_string(new.papers).map_err(|_| Error::Stored { what: "sign-off" })?;
        self.say(
            client,
            Said::Approved,
            (new.by, new.on),
            "",
            (&papers, new.facts),
        )
    }

    /// Writes down that an attorney sent the papers back; ends a sign-off that stood.
    ///
    /// # Errors
    /// [`Error::NameEmpty`] without a name or a reason, [`Error::NoSuchClient`], or the database's.
    pub fn send_back(&mut self, client: &ClientId, by: &str, on: Date, reason: &str) -> Result<()> {
        if reason.trim().is_empty() {
            return Err(Error::NameEmpty { what: "reason" });
        }
        self.say(client, Said::SentBack, (by, on), reason, ("[]", "{}"))
    }

    /// Ends the sign-off that stands, if one does, because something changed after it.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn end_sign_off(&mut self, client: &ClientId, changed: &[String]) -> Result<()> {
        let seq = self.concerns(client)?;
        let changed =
            serde_json::to_string(changed).map_err(|_| Error::Stored { what: "sign-off" })?;
        self.conn
            .prepare_cached(
                "UPDATE sign_off SET ended = ?2, ended_by = ?3, changed = ?4
                 WHERE client = ?1 AND said = 'approved' AND ended IS NULL",
            )?
            .execute(params![seq, stamp(self.at), self.person.0, changed])?;
        self.touch(seq)
    }

    fn say(
        &mut self,
        client: &ClientId,
        said: Said,
        (by, on): (&str, Date),
        reason: &str,
        (papers, facts): (&str, &str),
    ) -> Result<()> {
        if by.trim().is_empty() {
            return Err(Error::NameEmpty {
                what: "attorney's name",
            });
        }
        self.end_sign_off(client, &[])?;
        let seq = self.concerns(client)?;
        self.conn
            .prepare_cached(
                "INSERT INTO sign_off (client, uid, at, person, by_name, on_day, said, reason, papers, facts)
                 VALUES (?1, lower(hex(randomblob(8))), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                seq,
                stamp(self.at),
                self.person.0,
                by,
                on.to_string(),
                said.name(),
                reason.trim(),
                papers,
                facts
            ])?;
        self.touch(seq)
    }
}
