//! Clients and their records, with the way back.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use record::Record;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::audit::Operation;
use crate::door::{Tx, View};
use crate::people::PersonId;
use crate::time::{stamp, stamped};
use crate::{Error, Result, index, name, search};

/// How many changes of one record can be taken back.
pub const UNDO_DEPTH: u32 = 200;

/// A client's id: 80 random bits in sixteen letters and digits, without meaning, never used twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientId(pub(crate) String);

impl ClientId {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

    fn random() -> Result<Self> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)?;
        let digits = bytes.map(|b| char::from(Self::DIGITS[usize::from(b % 32)]));
        Ok(Self(digits.iter().collect()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ClientId {
    type Err = Error;

    /// Takes an id; anything of another shape is no client's.
    fn from_str(text: &str) -> Result<Self> {
        if text.len() == 16 && text.bytes().all(|b| Self::DIGITS.contains(&b)) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Error::NotFound { what: "client" })
        }
    }
}

impl TryFrom<String> for ClientId {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<ClientId> for String {
    fn from(id: ClientId) -> Self {
        id.0
    }
}

/// A change that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UndoStep {
    /// What was done: [`crate::Operation::name`].
    pub operation: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub person: PersonId,
}

impl View<'_> {
    /// A client's record.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn record(&self, id: &ClientId) -> Result<Record> {
        self.look(|conn| {
            let seq = seq(conn, id)?;
            record_of(conn, seq)
        })
    }

    /// How many records this program cannot read.
    pub(crate) fn unreadable_records(&self) -> Result<u64> {
        self.look(|conn| {
            let mut statement = conn.prepare("SELECT record FROM client_record")?;
            let mut rows = statement.query([])?;
            let mut unreadable = 0;
            while let Some(row) = rows.next()? {
                unreadable += u64::from(parse(&row.get::<_, String>(0)?).is_err());
            }
            Ok(unreadable)
        })
    }

    /// The change that [`Tx::undo`] would take back.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn undoable(&self, id: &ClientId) -> Result<Option<UndoStep>> {
        let sql =
            "SELECT operation, at, person FROM undo WHERE client = ?1 ORDER BY seq DESC LIMIT 1";
        let last = self.of_client(id, sql, |row| {
            Ok(UndoStep {
                operation: row.get(0)?,
                at: stamped(&row.get::<_, String>(1)?)?,
                person: PersonId(row.get(2)?),
            })
        })?;
        Ok(last.into_iter().next())
    }
}

impl Tx<'_> {
    /// Adds a client with a record.
    ///
    /// # Errors
    /// [`Error::NameEmpty`], [`Error::NameUnfit`], or the database's.
    pub fn add_client(&mut self, record: &Record) -> Result<ClientId> {
        self.takes_name(record)?;
        let id = ClientId::random()?;
        self.add_with_id(&id, record)?;
        Ok(id)
    }

    /// Refuses a name that somebody typed and that cannot be kept. What a sheet prints stays as the sheet has it.
    fn takes_name(&self, record: &Record) -> Result<()> {
        match self.operation {
            Operation::Import => Ok(()),
            _ => name::of_client(&record.person.name),
        }
    }

    /// Adds a client of another laptop under the id that it has there.
    pub(crate) fn add_with_id(&mut self, id: &ClientId, record: &Record) -> Result<i64> {
        let seq = self.insert(id, record)?;
        self.describe(seq, record)?;
        self.concerns(id)
    }

    fn insert(&self, id: &ClientId, record: &Record) -> Result<i64> {
        let at = stamp(self.at);
        self.conn
            .prepare_cached(
                "INSERT INTO client (id, name, sort, cases, counties, status, version, added, changed)
                 VALUES (?1, '', '', 0, '[]', 'intake', 0, ?2, ?2)",
            )?
            .execute(params![id.as_str(), at])?;
        let seq = self.conn.last_insert_rowid();
        self.conn
            .prepare_cached("INSERT INTO client_record (client, record) VALUES (?1, ?2)")?
            .execute(params![seq, record.to_json()])?;
        Ok(seq)
    }

    /// Puts a changed record in the place of the one before, which is kept for [`Tx::undo`]. An equal record changes nothing.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::NameEmpty`] or [`Error::NameUnfit`] for a changed name, or the database's.
    pub fn set_record(&mut self, id: &ClientId, record: &Record) -> Result<()> {
        let seq = self.concerns(id)?;
        let new = record.to_json();
        let old: String = self
            .conn
            .prepare_cached("SELECT record FROM client_record WHERE client = ?1")?
            .query_row([seq], |row| row.get(0))?;
        if old == new {
            return Ok(());
        }
        // An older version may have kept such a name: everything else of its record still changes.
        let takes = self.takes_name(record);
        if takes.is_err() && parse(&old)?.person.name != record.person.name {
            return takes;
        }
        self.keep_for_undo(seq, &old)?;
        self.replace(seq, &new, record)
    }

    /// The same where the record before is at hand, with its text.
    pub(crate) fn exchange_record(
        &mut self,
        seq: i64,
        (old, text): (&Record, &str),
        record: &Record,
    ) -> Result<()> {
        let new = record.to_json();
        if text == new {
            return Ok(());
        }
        self.keep_for_undo(seq, text)?;
        self.write_record(seq, &new)?;
        self.list(seq, record)?;
        // Most changes touch no name and no number, and the index of words is the dearest to write.
        let words = search::words_of(record);
        if words != search::words_of(old) {
            self.words.insert(seq, words);
        }
        Ok(())
    }

    fn keep_for_undo(&self, seq: i64, old: &str) -> Result<()> {
        self.conn
            .prepare_cached("INSERT INTO undo (client, at, person, operation, record) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![seq, stamp(self.at), self.person.0, self.operation.name(), old])?;
        self.conn
            .prepare_cached(
                "DELETE FROM undo WHERE client = ?1 AND seq <=
                 (SELECT seq FROM undo WHERE client = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)",
            )?
            .execute(params![seq, UNDO_DEPTH])?;
        Ok(())
    }

    /// Takes the last change of a record back and returns the record as it is now.
    ///
    /// # Errors
    /// [`Error::NothingToUndo`], [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn undo(&mut self, id: &ClientId) -> Result<Record> {
        let seq = self.concerns(id)?;
        let (step, text) = self
            .conn
            .prepare_cached(
                "SELECT seq, record FROM undo WHERE client = ?1 ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([seq], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?
            .ok_or(Error::NothingToUndo)?;
        let record = parse(&text)?;
        self.conn
            .prepare_cached("DELETE FROM undo WHERE seq = ?1")?
            .execute([step])?;
        self.replace(seq, &text, &record)?;
        Ok(record)
    }

    /// Says where the client is in the day: a word of the caller's.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn set_status(&mut self, id: &ClientId, status: &str) -> Result<()> {
        let seq = self.concerns(id)?;
        self.write_status(seq, status)?;
        self.touch(seq)
    }

    pub(crate) fn write_status(&self, seq: i64, status: &str) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE client SET status = ?2 WHERE seq = ?1")?
            .execute(params![seq, status])?;
        Ok(())
    }

    fn replace(&mut self, seq: i64, text: &str, record: &Record) -> Result<()> {
        self.write_record(seq, text)?;
        self.describe(seq, record)
    }

    fn write_record(&self, seq: i64, text: &str) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE client_record SET record = ?2 WHERE client = ?1")?
            .execute(params![seq, text])?;
        Ok(())
    }

    /// Brings the list's columns and the search words in line with the record, and counts the change.
    fn describe(&mut self, seq: i64, record: &Record) -> Result<()> {
        self.list(seq, record)?;
        self.words.insert(seq, search::words_of(record));
        Ok(())
    }

    fn list(&self, seq: i64, record: &Record) -> Result<()> {
        let mut counties: Vec<&str> = Vec::new();
        for county in record
            .cases
            .iter()
            .filter_map(|case| case.court.county.as_deref())
        {
            if !counties.contains(&county) {
                counties.push(county);
            }
        }
        self.conn
            .prepare_cached(
                "UPDATE client SET name = ?2, sort = ?3, cases = ?4, counties = ?5, version = version + 1, changed = ?6
                 WHERE seq = ?1",
            )?
            .execute(params![
                seq,
                record.person.name.full(),
                search::sort_key(&record.person.name),
                record.cases.len() as i64,
                serde_json::to_string(&counties).unwrap_or_default(),
                stamp(self.at)
            ])?;
        Ok(())
    }

    /// Notes that something about the client changed now.
    pub(crate) fn touch(&self, seq: i64) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE client SET changed = ?2 WHERE seq = ?1")?
            .execute(params![seq, stamp(self.at)])?;
        Ok(())
    }
}

/// The row number behind an id: that of the client's own row. An index alone could name one that is there no more, where pages of an older
/// copy were put back.
pub(crate) fn seq(conn: &Connection, id: &ClientId) -> Result<i64> {
    conn.prepare_cached("SELECT seq, version FROM client WHERE id = ?1")?
        .query_row([id.as_str()], |row| {
            row.get::<_, i64>(1)?;
            row.get(0)
        })
        .optional()?
        .ok_or_else(|| Error::NoSuchClient(id.clone()))
}

/// Deletes everything about a client but its audit rows.
pub(crate) fn forget(conn: &Connection, seq: i64) -> Result<()> {
    conn.prepare_cached("DELETE FROM client WHERE seq = ?1")?
        .execute([seq])?;
    index::forget(conn, seq)
}

pub(crate) fn record_of(conn: &Connection, seq: i64) -> Result<Record> {
    let text: String = conn
        .prepare_cached("SELECT record FROM client_record WHERE client = ?1")?
        .query_row([seq], |row| row.get(0))?;
    parse(&text)
}

fn parse(text: &str) -> Result<Record> {
    Record::from_json(text).map_err(|_| Error::Stored { what: "record" })
}
