//! One hash over what is kept of a client, and one over what the office keeps beside its clients.

use std::sync::LazyLock;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params};
use sha2::{Digest, Sha256};

use crate::Result;

/// A table, the columns that count, and the order of its rows.
type Table = (&'static str, &'static str, &'static str);

/// Every table that keeps something of a client, with the columns that count and the order of its rows. Long values that never change in
/// their row are there by their hash or their length. A column added later may be empty without changing what older rows come to.
const KEPT: &[Table] = &[
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

/// Every table that is no client's. Apart are the log, which tells of these, the keys that sign it, without which its rows do not hold, the
/// index of words, and what is typed and not yet taken over.
const OFFICE: &[Table] = &[
    ("setting", "name, value", "name"),
    ("laptop", "seq, id, counter, signing, age, retired", "seq"),
    (
        "known_vault",
        "id, name, recipient, signing, confirmed, person",
        "id",
    ),
    ("elsewhere", "person, name, vault", "person"),
    (
        "handover_out",
        "id, vault, sequence, manifest, moving, at, person, receipt",
        "id",
    ),
    (
        "handover_client",
        "handover, client, state, taken",
        "handover, client",
    ),
    (
        "handover_in",
        "vault, sequence, manifest, at, person, receipt",
        "vault, sequence",
    ),
    ("gone", "client, why, reason, at, person", "client"),
    ("backup_made", "id, at, file, audit_rows", "id"),
    ("blank", "sha256", "sha256"),
    ("belonging_keys", "file", "one"),
];

/// What the index of words keeps its words in.
const INDEX: &[Table] = &[
    ("client_words_config", "k, v", "k"),
    ("client_words_data", "id, block", "id"),
    ("client_words_docsize", "id, sz, origin", "id"),
    ("client_words_idx", "segid, term, pgno", "segid, term"),
];

/// The question for each table's rows, written once: a hand-over asks all of them for each of its clients.
static OF_A_CLIENT: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    questions(KEPT, |table| {
        let key = if table == "client" { "seq" } else { "client" };
        format!("WHERE {key} = ?1 ")
    })
});
static OF_THE_OFFICE: LazyLock<Vec<(&str, String)>> =
    LazyLock::new(|| questions(OFFICE, |_| String::new()));
static OF_THE_INDEX: LazyLock<Vec<(&str, String)>> =
    LazyLock::new(|| questions(INDEX, |_| String::new()));

fn questions(
    tables: &'static [Table],
    which: impl Fn(&str) -> String,
) -> Vec<(&'static str, String)> {
    let question = |(table, columns, order): &Table| {
        let which = which(table);
        (
            *table,
            format!("SELECT {columns} FROM {table} {which}ORDER BY {order}"),
        )
    };
    tables.iter().map(question).collect()
}

/// One hash over all that is kept of a client, by its row's number.
pub(crate) fn of_client(conn: &Connection, seq: i64) -> Result<[u8; 32]> {
    let mut hash = Sha256::new().chain_update(b"relief-desk/kept/1");
    for (table, sql) in OF_A_CLIENT.iter() {
        rows(conn, &mut hash, table, sql, [seq])?;
    }
    Ok(hash.finalize().into())
}

/// One hash over all that the office keeps beside its clients.
pub(crate) fn of_office(conn: &Connection) -> Result<[u8; 32]> {
    let mut hash = Sha256::new().chain_update(b"relief-desk/office/1");
    for (table, sql) in OF_THE_OFFICE.iter() {
        rows(conn, &mut hash, table, sql, [])?;
    }
    Ok(hash.finalize().into())
}

/// One hash over the index of words, as it lies in its tables.
pub(crate) fn of_index(conn: &Connection) -> Result<[u8; 32]> {
    let mut hash = Sha256::new().chain_update(b"relief-desk/index/1");
    for (table, sql) in OF_THE_INDEX.iter() {
        rows(conn, &mut hash, table, sql, [])?;
    }
    Ok(hash.finalize().into())
}

/// The hash of a `vault.keys`.
pub(crate) fn of_keys(file: &[u8]) -> [u8; 32] {
    Sha256::digest(file).into()
}

/// Of each value its column's name counts, its kind and its length, so that no two rows read the same.
fn rows(
    conn: &Connection,
    hash: &mut Sha256,
    table: &str,
    sql: &str,
    which: impl Params,
) -> Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(which)?;
    while let Some(row) = rows.next()? {
        put(hash, b'r', table.as_bytes());
        for at in 0..columns {
            let value = row.get_ref(at)?;
            if value != ValueRef::Null {
                put(hash, b'n', row.as_ref().column_name(at)?.as_bytes());
            }
            match value {
                ValueRef::Null => {}
                ValueRef::Integer(number) => put(hash, b'i', &number.to_le_bytes()),
                ValueRef::Real(number) => put(hash, b'f', &number.to_le_bytes()),
                ValueRef::Text(text) => put(hash, b't', text),
                ValueRef::Blob(bytes) => put(hash, b'b', bytes),
            }
        }
    }
    Ok(())
}

fn put(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::secret::Key;
    use crate::store;

    /// A table or a column that is added to the schema is either hashed or named here.
    #[test]
    fn everything_that_is_kept_counts() {
        let dir = tempfile::tempdir().unwrap();
        let conn = store::create(&dir.path().join("vault.db"), &Key::random().unwrap()).unwrap();
        let of = |sql: &str| -> BTreeSet<String> {
            let mut statement = conn.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            rows.map(|row| row.unwrap()).collect()
        };
        let mut tables = of("SELECT name FROM sqlite_schema WHERE type = 'table'
                             AND name NOT LIKE 'sqlite_%'");
        for apart in ["draft", "undo", "audit", "signer", "client_words"] {
            assert!(tables.remove(apart), "{apart}");
        }
        let hashed: BTreeSet<String> = (KEPT.iter().chain(OFFICE).chain(INDEX))
            .map(|(table, ..)| (*table).to_owned())
            .collect();
        assert_eq!(tables, hashed);

        for (table, columns, _) in KEPT.iter().chain(OFFICE).chain(INDEX) {
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
                "blank" => &["bytes"],
                "belonging_keys" => &["one"],
                table if (OFFICE.iter().chain(INDEX)).any(|(whole, ..)| *whole == table) => &[],
                _ => &["client"],
            };
            assert_eq!(there.iter().collect::<Vec<_>>(), apart, "{table}");
        }
    }
}
