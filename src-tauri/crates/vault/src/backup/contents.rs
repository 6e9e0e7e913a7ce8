//! What a database holds, table by table, in a form that two of them can be compared by.

use hmac::Mac as _;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use crate::Result;
use crate::keys;
use crate::secret::Key;

/// Each table's name, rows, and SHA-256 over its values in the order of its rows.
pub(super) type Contents = Vec<(String, u64, [u8; 32])>;

pub(super) fn of(conn: &Connection) -> Result<Contents> {
    let mut statement = conn.prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )?;
    let names = statement
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    names
        .into_iter()
        .map(|name| {
            // A table's name of our own, in quotes all the same. The first column orders what has no row number.
            let mut statement = conn.prepare(&format!("SELECT * FROM \"{name}\" ORDER BY 1, 2"))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            let (mut hash, mut count) = (Sha256::new(), 0);
            while let Some(row) = rows.next()? {
                count += 1;
                for column in 0..columns {
                    let value = row.get_ref(column)?;
                    let (kind, bytes): (u8, &[u8]) = match &value {
                        ValueRef::Null => (0, &[]),
                        ValueRef::Integer(number) => (1, &number.to_le_bytes()),
                        ValueRef::Real(number) => (2, &number.to_le_bytes()),
                        ValueRef::Text(text) => (3, text),
                        ValueRef::Blob(blob) => (4, blob),
                    };
                    hash.update([kind]);
                    hash.update((bytes.len() as u64).to_le_bytes());
                    hash.update(bytes);
                }
            }
            Ok((name, count, hash.finalize().into()))
        })
        .collect()
}

pub(super) fn tag(data_key: &Key, vault: &[u8; 16], contents: &Contents) -> [u8; 32] {
    let mut mac = keys::mac(data_key, vault, b"relief-desk/vault/1 backup contents");
    for (name, rows, hash) in contents {
        mac.update(&(name.len() as u64).to_le_bytes());
        mac.update(name.as_bytes());
        mac.update(&rows.to_le_bytes());
        mac.update(hash);
    }
    mac.finalize().into_bytes().into()
}
