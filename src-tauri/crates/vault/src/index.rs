//! The index of words, by which clients are found.
//!
//! It holds no fact: all that is in it stands in the records. But a search asks it alone, and one with a page of another day in it leaves
//! somebody out, or refuses every new client. No row of the log can tell what is in it: a save would wait for a hash over all of it. So what
//! it came to is kept with the office when the vault is locked, and an opening that finds another one makes it anew from the records.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::audit::Operation;
use crate::client;
use crate::door::Tx;
use crate::told::hash;
use crate::vault::Vault;
use crate::{Error, Result, hex, search, store};

/// The office's setting with what the index came to when the vault was last locked.
const KEPT: &str = "index_of_words";

/// Writes the words of clients that are still there into the index.
pub(crate) fn write(conn: &Connection, words: &BTreeMap<i64, String>) -> Result<()> {
    for (seq, words) in words {
        conn.prepare_cached("DELETE FROM client_words WHERE rowid = ?1")?
            .execute([seq])?;
        let there = conn
            .prepare_cached("SELECT 1 FROM client WHERE seq = ?1")?
            .exists([seq])?;
        if there {
            add(conn, *seq, words)?;
        }
    }
    Ok(())
}

/// Takes a client out, and merges the index: that drops what it still held of the client's words.
pub(crate) fn forget(conn: &Connection, seq: i64) -> Result<()> {
    conn.prepare_cached("DELETE FROM client_words WHERE rowid = ?1")?
        .execute([seq])?;
    conn.execute(
        "INSERT INTO client_words (client_words) VALUES ('optimize')",
        [],
    )?;
    Ok(())
}

/// Notes what the index comes to now. One that cannot be read is not noted: the next opening finds that.
pub(crate) fn keep(tx: &mut Tx<'_>) -> Result<()> {
    let now = match hash::of_index(tx.conn) {
        Err(Error::DatabaseDamaged) => return Ok(()),
        now => hex::encode(&now?),
    };
    if tx.read().text(KEPT)?.as_ref() == Some(&now) {
        return Ok(());
    }
    tx.set_text(KEPT, &now)
}

/// Makes the index of the records that are here. One that cannot be read is found by the name on the list.
fn anew(conn: &Connection) -> Result<()> {
    conn.execute(
        "INSERT INTO client_words (client_words) VALUES ('delete-all')",
        [],
    )?;
    let mut statement = conn.prepare("SELECT seq, name FROM client ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let seq = row.get(0)?;
        let words = match client::record_of(conn, seq) {
            Ok(record) => search::words_of(&record),
            Err(_) => search::fold(&row.get::<_, String>(1)?),
        };
        add(conn, seq, &words)?;
    }
    // What was added waits in memory for the end of the transaction, and is to be read before.
    conn.execute(
        "INSERT INTO client_words (client_words) VALUES ('flush')",
        [],
    )?;
    Ok(())
}

fn add(conn: &Connection, seq: i64, words: &str) -> Result<()> {
    conn.prepare_cached("INSERT INTO client_words (rowid, words) VALUES (?1, ?2)")?
        .execute(params![seq, words])?;
    Ok(())
}

impl Vault {
    /// Makes the index anew where it is not the one that was kept: after a kill, after an upgrade, and where pages of it were put back. The
    /// log says so. In a database whose pages do not belong together it stays as it is, and `verify` says so: emptying it gives its pages
    /// free, and none of them may be another table's.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn indexed(&mut self, office_is_told: bool, at: Timestamp) -> Result<()> {
        match self.index_that_fits(office_is_told, at) {
            Err(Error::DatabaseDamaged) => {
                self.index_fits = false;
                Ok(())
            }
            done => done,
        }
    }

    fn index_that_fits(&mut self, office_is_told: bool, at: Timestamp) -> Result<()> {
        let read = self.read();
        let kept = read.text(KEPT)?.filter(|_| office_is_told);
        if kept == Some(hex::encode(&read.look(hash::of_index)?)) {
            return Ok(());
        }
        read.look(store::belongs_together)?;
        self.transact(Operation::MakeIndex, at, |tx| {
            anew(tx.conn)?;
            keep(tx)
        })
    }
}
