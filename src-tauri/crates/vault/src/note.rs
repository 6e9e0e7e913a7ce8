//! Attorney's notes: what a client said in confidence. Never an input of a rule, on no paper.

use jiff::Timestamp;
use rusqlite::params;

use crate::client::ClientId;
use crate::door::{Tx, View};
use crate::people::PersonId;
use crate::time::{stamp, stamped};
use crate::{Error, Result};

/// One note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Number, never used twice.
    pub id: i64,
    /// When it was written or last changed.
    pub at: Timestamp,
    /// By whom.
    pub person: PersonId,
    /// The text.
    pub text: String,
}

impl View<'_> {
    /// A client's notes, oldest first. Who may see them is the caller's check.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn notes(&self, client: &ClientId) -> Result<Vec<Note>> {
        let sql = "SELECT id, at, person, text FROM note WHERE client = ?1 ORDER BY id";
        self.of_client(client, sql, |row| {
            Ok(Note {
                id: row.get(0)?,
                at: stamped(&row.get::<_, String>(1)?)?,
                person: PersonId(row.get(2)?),
                text: row.get(3)?,
            })
        })
    }
}

impl Tx<'_> {
    /// Writes a note and gives its number.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn add_note(&mut self, client: &ClientId, text: &str) -> Result<i64> {
        let seq = self.concerns(client)?;
        self.conn
            .prepare_cached("INSERT INTO note (client, at, person, text, uid) VALUES (?1, ?2, ?3, ?4, lower(hex(randomblob(8))))")?
            .execute(params![seq, stamp(self.at), self.person.0, text])?;
        let id = self.conn.last_insert_rowid();
        self.touch(seq)?;
        Ok(id)
    }

    /// Changes a note's text.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NoSuchClient`], or the database's.
    pub fn set_note(&mut self, client: &ClientId, note: i64, text: &str) -> Result<()> {
        let seq = self.concerns(client)?;
        let changed = self
            .conn
            .prepare_cached(
                "UPDATE note SET at = ?3, person = ?4, text = ?5 WHERE client = ?1 AND id = ?2",
            )?
            .execute(params![seq, note, stamp(self.at), self.person.0, text])?;
        if changed == 0 {
            return Err(Error::NotFound { what: "note" });
        }
        self.touch(seq)
    }
}
