//! The sheets a record was read from: the very bytes, and what became of each line.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::client::{self, ClientId};
use crate::door::{Tx, View};
use crate::people::PersonId;
use crate::time::{stamp, stamped};
use crate::{Error, Result};

/// A sheet to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewSheet<'a> {
    /// The file's name, without its folder.
    pub name: &'a str,
    /// The file.
    pub bytes: &'a [u8],
    /// Its lines and their fates: the reader's own document.
    pub lines: &'a Value,
    /// Events on it that are no case: the reader's own document.
    pub other_events: &'a Value,
}

/// A sheet that was read in, without its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Number, never used twice.
    pub id: i64,
    /// The file's name.
    pub name: String,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// When it was read in.
    pub at: Timestamp,
    /// By whom.
    pub person: PersonId,
    /// Its lines and their fates, as given.
    pub lines: Value,
    /// Events that are no case, as given.
    pub other_events: Value,
}

impl View<'_> {
    /// A client's sheets, oldest first.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn sheets(&self, client: &ClientId) -> Result<Vec<Sheet>> {
        let sql = "SELECT id, name, sha256, at, person, lines, other_events FROM sheet
                   WHERE client = ?1 ORDER BY id";
        self.of_client(client, sql, |row| {
            Ok(Sheet {
                id: row.get(0)?,
                name: row.get(1)?,
                sha256: row.get(2)?,
                at: stamped(&row.get::<_, String>(3)?)?,
                person: PersonId(row.get(4)?),
                lines: json(&row.get::<_, String>(5)?)?,
                other_events: json(&row.get::<_, String>(6)?)?,
            })
        })
    }

    /// The bytes of one of a client's sheets; wiped when dropped.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NoSuchClient`], or the database's.
    pub fn sheet_bytes(&self, client: &ClientId, sheet: i64) -> Result<Zeroizing<Vec<u8>>> {
        self.look(|conn| {
            let seq = client::seq(conn, client)?;
            conn.prepare_cached("SELECT bytes FROM sheet WHERE client = ?1 AND id = ?2")?
                .query_row([seq, sheet], |row| row.get(0))
                .optional()?
                .map(Zeroizing::new)
                .ok_or(Error::NotFound { what: "sheet" })
        })
    }
}

impl Tx<'_> {
    /// Keeps a sheet and gives its number. The same file read in twice is kept once, with the newer lines.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn add_sheet(&mut self, client: &ClientId, sheet: &NewSheet<'_>) -> Result<i64> {
        let seq = self.concerns(client)?;
        let hash: [u8; 32] = Sha256::digest(sheet.bytes).into();
        let (lines, other) = (sheet.lines.to_string(), sheet.other_events.to_string());
        let known: Option<i64> = self
            .conn
            .prepare_cached("SELECT id FROM sheet WHERE client = ?1 AND sha256 = ?2")?
            .query_row(params![seq, hash], |row| row.get(0))
            .optional()?;
        self.touch(seq)?;
        if let Some(id) = known {
            self.conn
                .prepare_cached(
                    "UPDATE sheet SET name = ?2, lines = ?3, other_events = ?4 WHERE id = ?1",
                )?
                .execute(params![id, sheet.name, lines, other])?;
            return Ok(id);
        }
        self.conn
            .prepare_cached(
                "INSERT INTO sheet (client, name, sha256, at, person, lines, other_events, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                seq,
                sheet.name,
                hash,
                stamp(self.at),
                self.person.0,
                lines,
                other,
                sheet.bytes
            ])?;
        Ok(self.conn.last_insert_rowid())
    }
}

fn json(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|_| Error::Stored { what: "sheet" })
}
