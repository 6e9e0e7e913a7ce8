//! The list of clients, found as one types.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use serde::Serialize;

use crate::client::ClientId;
use crate::door::View;
use crate::time::stamped;
use crate::{Error, Result, search};

/// A client as the list shows one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClientRow {
    /// The id.
    pub id: ClientId,
    /// The name as it is spoken.
    pub name: String,
    /// How many cases the record holds.
    pub cases: u32,
    /// Their counties, each once, in the record's order.
    pub counties: Vec<String>,
    /// Where the client is in the day: a word of the caller's.
    pub status: String,
    /// Counts the record's changes; only grows.
    pub version: u64,
    /// When the client was added.
    pub added: Timestamp,
    /// When anything about the client last changed.
    pub changed: Timestamp,
}

const ROW: &str = "SELECT id, name, cases, counties, status, version, added, changed FROM client";

impl View<'_> {
    /// Clients that match what was typed, by name; with nothing typed, the last changed first. At most `limit`.
    ///
    /// # Errors
    /// The database's.
    pub fn clients(&self, typed: &str, limit: u32) -> Result<Vec<ClientRow>> {
        self.look(|conn| match search::question(typed) {
            None => last_changed(conn, limit),
            Some(question) => {
                let places = first_by_name(conn, matches(conn, &question)?, limit as usize)?;
                let mut statement = conn.prepare_cached(&format!("{ROW} WHERE seq = ?1"))?;
                places
                    .into_iter()
                    .map(|seq| statement.query_row([seq], |row| Ok(client_row(row)))?)
                    .collect()
            }
        })
    }

    /// How many clients there are.
    ///
    /// # Errors
    /// The database's.
    pub fn count(&self) -> Result<u64> {
        self.look(|conn| {
            let count: i64 = conn.query_row("SELECT count(*) FROM client", [], |row| row.get(0))?;
            Ok(count as u64)
        })
    }

    /// One client's row.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn client(&self, id: &ClientId) -> Result<ClientRow> {
        self.look(|conn| {
            let mut statement = conn.prepare_cached(&format!("{ROW} WHERE id = ?1"))?;
            let mut rows = statement.query([id.as_str()])?;
            match rows.next()? {
                Some(row) => client_row(row),
                None => Err(Error::NoSuchClient(id.clone())),
            }
        })
    }
}

fn last_changed(conn: &Connection, limit: u32) -> Result<Vec<ClientRow>> {
    let sql = format!("{ROW} ORDER BY changed DESC, seq DESC LIMIT ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(client_row(row)?);
    }
    Ok(found)
}

fn matches(conn: &Connection, question: &str) -> Result<HashSet<i64>> {
    let sql = "SELECT rowid FROM client_words WHERE client_words MATCH ?1";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([question], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The first of these by name. One letter can match half the office, and SQLite would sort it all, paying for locked and wiped memory
/// row by row: so many matches are met by walking the index of names until there are enough; few are looked up and sorted here.
fn first_by_name(conn: &Connection, matched: HashSet<i64>, limit: usize) -> Result<Vec<i64>> {
    if matched.len() > limit.saturating_mul(4) {
        let mut statement = conn.prepare_cached("SELECT seq FROM client ORDER BY sort, seq")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::with_capacity(limit);
        while found.len() < limit
            && let Some(row) = rows.next()?
        {
            let seq = row.get(0)?;
            if matched.contains(&seq) {
                found.push(seq);
            }
        }
        return Ok(found);
    }
    let mut statement = conn.prepare_cached("SELECT sort FROM client WHERE seq = ?1")?;
    let mut named = matched
        .into_iter()
        .map(|seq| {
            Ok((
                statement.query_row(params![seq], |row| row.get::<_, String>(0))?,
                seq,
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    named.sort_unstable();
    Ok(named.into_iter().take(limit).map(|(_, seq)| seq).collect())
}

fn client_row(row: &Row<'_>) -> Result<ClientRow> {
    Ok(ClientRow {
        id: ClientId(row.get(0)?),
        name: row.get(1)?,
        cases: row.get(2)?,
        counties: serde_json::from_str(&row.get::<_, String>(3)?).map_err(|_| Error::Stored {
            what: "list of counties",
        })?,
        status: row.get(4)?,
        version: row.get::<_, i64>(5)? as u64,
        added: stamped(&row.get::<_, String>(6)?)?,
        changed: stamped(&row.get::<_, String>(7)?)?,
    })
}
