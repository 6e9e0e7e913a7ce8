//! What the log last told of each client: one hash over everything that is kept of it.
//!
//! Each page of the database proves that it was written under the key, not that it is the newest of its place. Whoever copied the folder once
//! and can write to it later can put single pages of that day back, each of them whole: a decision, an answer, a conviction of then. The log
//! cannot be taken along unless all that was done since is, so each row about a client says what was kept of it afterwards, and the next
//! operation about the client begins with a look at whether that is so.
//!
//! Not covered: what is typed and not yet taken over (`draft`), the way back (`undo`), and the index of words, which holds no fact. Settings
//! and other vaults' keys are no client's; `SECURITY.md` says so.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use crate::audit::Operation;
use crate::client::{self, ClientId};
use crate::door::View;
use crate::rights::Act;
use crate::vault::Vault;
use crate::{Error, Result};

/// Every table that keeps something of a client, with the columns that count and the order of its rows. Long values that never change in
/// their row are there by their hash or their length. A column added later may be empty without changing what older rows come to.
const KEPT: &[(&str, &str, &str)] = &[
    (
        "client",
        "id, name, sort, cases, counties, status, version, added, changed",
        "seq",
    ),
    ("client_record", "record", "client"),
    ("client_state", "state", "client"),
    ("contact", "contact", "client"),
    (
        "sheet",
        "id, name, sha256, at, person, lines, other_events",
        "id",
    ),
    (
        "sheet_check",
        "uid, sheet, place, verdict, value, at, person",
        "id",
    ),
    ("elections", "elections", "client"),
    (
        "declaration",
        "uid, case_id, count_id, text, at, person, language, english, interpreter, told, day, waiting",
        "id",
    ),
    ("note", "uid, at, person, text", "id"),
    (
        "clearance",
        "uid, by_name, on_day, reason, at, person, withdrawn",
        "id",
    ),
    (
        "shown",
        "id, at, person, as_of, packs, octet_length(findings) AS findings",
        "id",
    ),
    (
        "filing",
        "case_id, count_id, step, day, at, person",
        "case_id, count_id, step",
    ),
    (
        "paper",
        "uid, at, person, way, kind, file, sha256, pages",
        "id",
    ),
    ("retention", "decision, rule, reason, at, person", "client"),
    (
        "sign_off",
        "uid, at, person, by_name, on_day, said, reason, papers, facts, ended, ended_by, changed",
        "id",
    ),
];

/// The hash of each client as its last row in the log told it.
#[derive(Default)]
pub(crate) struct Told(BTreeMap<ClientId, [u8; 32]>);

impl Told {
    /// Reads the log from its first row to its last, by the table itself: an index could be put back as any page can.
    ///
    /// # Errors
    /// [`Error::DatabaseDamaged`] where a row is missing in between, or the database's.
    pub(crate) fn read(conn: &Connection) -> Result<Self> {
        let mut told = Self::default();
        let mut statement =
            conn.prepare("SELECT seq, client, kept FROM audit NOT INDEXED ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let mut before = 0;
        while let Some(row) = rows.next()? {
            before += 1;
            if row.get::<_, i64>(0)? != before {
                return Err(Error::DatabaseDamaged);
            }
            if let Some(client) = row.get(1)? {
                told.note(&ClientId(client), row.get(2)?);
            }
        }
        Ok(told)
    }

    /// Notes what a row told; `None` for a client that is gone.
    pub(crate) fn note(&mut self, client: &ClientId, kept: Option<[u8; 32]>) {
        match kept {
            Some(kept) => self.0.insert(client.clone(), kept),
            None => self.0.remove(client),
        };
    }

    /// Whether what is kept of a client is what the log told of it. A client that only older versions told of is believed.
    ///
    /// # Errors
    /// [`Error::PutBack`], or the database's.
    pub(crate) fn holds(&self, conn: &Connection, client: &ClientId, seq: i64) -> Result<()> {
        match self.0.get(client) {
            Some(kept) if *kept != of(conn, seq)? => Err(Error::PutBack),
            _ => Ok(()),
        }
    }
}

/// One hash over all that is kept of a client. Of each value its column's name counts, its kind and its length, so that no two clients read
/// the same.
pub(crate) fn of(conn: &Connection, seq: i64) -> Result<[u8; 32]> {
    let mut hash = Sha256::new().chain_update(b"relief-desk/kept/1");
    for (table, columns, order) in KEPT {
        let key = if *table == "client" { "seq" } else { "client" };
        let sql = format!("SELECT {columns} FROM {table} WHERE {key} = ?1 ORDER BY {order}");
        let mut statement = conn.prepare_cached(&sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params![seq])?;
        while let Some(row) = rows.next()? {
            put(&mut hash, b'r', table.as_bytes());
            for at in 0..columns {
                let value = row.get_ref(at)?;
                if value != ValueRef::Null {
                    let name = row.as_ref().column_name(at)?;
                    put(&mut hash, b'n', name.as_bytes());
                }
                match value {
                    ValueRef::Null => {}
                    ValueRef::Integer(number) => put(&mut hash, b'i', &number.to_le_bytes()),
                    ValueRef::Real(number) => put(&mut hash, b'f', &number.to_le_bytes()),
                    ValueRef::Text(text) => put(&mut hash, b't', text),
                    ValueRef::Blob(bytes) => put(&mut hash, b'b', bytes),
                }
            }
        }
    }
    Ok(hash.finalize().into())
}

fn put(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

impl Vault {
    /// Takes a client as it stands, though that is not what the log last told: somebody compared all of it. The log says who.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::NoSuchClient`], or the database's.
    pub fn as_it_stands(&mut self, client: &ClientId, at: Timestamp) -> Result<()> {
        self.needs(Act::Resolve)?;
        self.transact(Operation::AsItStands, at, |tx| tx.about(client))
    }
}

impl View<'_> {
    /// How many clients are not as the log last told.
    pub(crate) fn put_back(&self, told: &Told) -> Result<usize> {
        self.look(|conn| {
            let mut others = 0;
            for id in told.0.keys() {
                // One that is missing altogether is told of elsewhere.
                if let Ok(seq) = client::seq(conn, id) {
                    match told.holds(conn, id, seq) {
                        Err(Error::PutBack) => others += 1,
                        held => held?,
                    }
                }
            }
            Ok(others)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::secret::Key;
    use crate::store;

    /// A table or a column that is added to the schema is either hashed or named here.
    #[test]
    fn everything_of_a_client_counts() {
        let dir = tempfile::tempdir().unwrap();
        let conn = store::create(&dir.path().join("vault.db"), &Key::random().unwrap()).unwrap();
        let of = |sql: &str| -> BTreeSet<String> {
            let mut statement = conn.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            rows.map(|row| row.unwrap()).collect()
        };
        let mut tables = of(
            "SELECT m.name FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
                             WHERE f.\"table\" = 'client'",
        );
        tables.insert("client".into());
        for apart in ["draft", "undo"] {
            assert!(tables.remove(apart), "{apart}");
        }
        let hashed: BTreeSet<String> = KEPT.iter().map(|(table, ..)| (*table).to_owned()).collect();
        assert_eq!(tables, hashed);

        for (table, columns, _) in KEPT {
            let mut there = of(&format!("SELECT name FROM pragma_table_info('{table}')"));
            for column in columns.split(", ") {
                let column = column.rsplit(' ').next().unwrap();
                assert!(there.remove(column), "{table}.{column}");
            }
            let apart: &[&str] = match *table {
                "client" => &["seq"],
                "sheet" => &["bytes", "client"],
                // What a row is called across laptops is its uid, where it has one.
                "sheet_check" | "declaration" | "note" | "clearance" | "paper" | "sign_off" => {
                    &["client", "id"]
                }
                _ => &["client"],
            };
            assert_eq!(there.iter().collect::<Vec<_>>(), apart, "{table}");
        }
    }
}
