//! Places of a sheet that a person compared with the original: who, when, and what was said. Nothing else makes a place compared.

use jiff::Timestamp;
use rusqlite::params;
use serde_json::Value;

use crate::client::{self, ClientId};
use crate::door::{Tx, View};
use crate::hex;
use crate::people::PersonId;
use crate::time::{stamp, stamped};
use crate::{Error, Result};

/// What was said of a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It was understood as it is printed, or there is nothing in it for the record.
    Confirmed,
    /// It says this instead; null where the original cannot be read either.
    Corrected(Value),
}

impl Verdict {
    fn name(&self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Corrected(_) => "corrected",
        }
    }
}

/// A place that was compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// SHA-256 of the sheet's file.
    pub sheet: [u8; 32],
    /// The place: a name of the caller's, the same for the same place when the sheet is read again.
    pub place: String,
    /// What was said.
    pub verdict: Verdict,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub person: PersonId,
}

impl View<'_> {
    /// What was said of a client's sheets, oldest first. Of one place the last word counts.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn checks(&self, client: &ClientId) -> Result<Vec<Check>> {
        const STORED: Error = Error::Stored {
            what: "check of a sheet",
        };
        let sql = "SELECT sheet, place, verdict, value, at, person FROM sheet_check
                   WHERE client = ?1 ORDER BY id";
        self.of_client(client, sql, |row| {
            let value = serde_json::from_str(&row.get::<_, String>(3)?).map_err(|_| STORED)?;
            Ok(Check {
                sheet: hex::decode(&row.get::<_, String>(0)?)
                    .and_then(|hash| hash.try_into().ok())
                    .ok_or(STORED)?,
                place: row.get(1)?,
                verdict: match row.get::<_, String>(2)?.as_str() {
                    "confirmed" => Verdict::Confirmed,
                    "corrected" => Verdict::Corrected(value),
                    _ => return Err(STORED),
                },
                at: stamped(&row.get::<_, String>(4)?)?,
                person: PersonId(row.get(5)?),
            })
        })
    }
}

impl Tx<'_> {
    /// Writes down what a person said of a place, in the stead of what was said before.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn add_check(
        &mut self,
        client: &ClientId,
        sheet: &[u8; 32],
        place: &str,
        verdict: &Verdict,
    ) -> Result<()> {
        self.forget_check(client, sheet, place)?;
        let seq = client::seq(self.conn, client)?;
        let value = match verdict {
            Verdict::Confirmed => &Value::Null,
            Verdict::Corrected(value) => value,
        };
        self.conn
            .prepare_cached(
                "INSERT INTO sheet_check (client, uid, sheet, place, verdict, value, at, person)
                 VALUES (?1, lower(hex(randomblob(8))), ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                seq,
                hex::encode(sheet),
                place,
                verdict.name(),
                value.to_string(),
                stamp(self.at),
                self.person.0
            ])?;
        Ok(())
    }

    /// Takes back what was said of a place: it is to be compared again.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn forget_check(&mut self, client: &ClientId, sheet: &[u8; 32], place: &str) -> Result<()> {
        let seq = self.concerns(client)?;
        self.conn
            .prepare_cached(
                "DELETE FROM sheet_check WHERE client = ?1 AND sheet = ?2 AND place = ?3",
            )?
            .execute(params![seq, hex::encode(sheet), place])?;
        self.touch(seq)
    }
}
