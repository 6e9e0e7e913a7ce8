//! A client as fields, for `merge`: out of the tables and back into them.
//!
//! | field | what |
//! |---|---|
//! | `person/KEY`, `now`, `reading` | of the record |
//! | `case/ID`, `case/ID/KEY`, `count/CASE/ID`, `count/CASE/ID/KEY` | that it is there, and its facts |
//! | `cases` | all of them as one value, where some have no id of their own |
//! | `from/PATH` | the sources of a fact, its path by ids |
//! | `contact/KEY`, `elections/KEY`, `status` | as they are |
//! | `declaration/UID`, `note/UID`, `clearance/UID`, `paper/UID`, `sign_off/UID`, `sheet_check/UID` | rows, by a name that is the same on every laptop |
//! | `filing/CASE/COUNT/STEP`, `sheet/SHA256` | likewise |
//!
//! Drafts, undo steps and findings that were shown stay on their laptop: findings are made again where the client is screened.

mod fields;

use std::collections::BTreeMap;

use record::Record;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value, json};

use self::fields::{of_record, record_of};
use crate::client::ClientId;
use crate::door::Tx;
use crate::merge::{Document, State};
use crate::{Error, Result};

/// Rows with a uid: table, its columns as they stand in a field, and columns that came later. Those are left out where they are empty, so
/// that a row from before them is the same field as ever.
const ROWS: &[(&str, &[&str], &[&str])] = &[
    (
        "declaration",
        &["case_id", "count_id", "text", "at", "person"],
        &[
            "language",
            "english",
            "interpreter",
            "told",
            "day",
            "waiting",
        ],
    ),
    ("note", &["at", "person", "text"], &[]),
    (
        "clearance",
        &["by_name", "on_day", "reason", "at", "person", "withdrawn"],
        &[],
    ),
    (
        "paper",
        &["at", "person", "way", "kind", "file", "hash", "pages"],
        &[],
    ),
    (
        "sign_off",
        &[
            "at", "person", "by_name", "on_day", "said", "reason", "papers", "facts", "ended",
            "ended_by", "changed",
        ],
        &[],
    ),
    (
        "sheet_check",
        &["sheet", "place", "verdict", "value", "at", "person"],
        &[],
    ),
];

/// A client as it stands in the tables.
pub(crate) struct Standing {
    /// Everything that travels.
    pub(crate) fields: Document,
    /// The keys of its cases and counts, in the record's order.
    pub(crate) order: Vec<String>,
    record: Record,
    text: String,
}

/// Reads a client's tables.
pub(crate) fn read(conn: &Connection, seq: i64) -> Result<Standing> {
    let mut fields = Document::new();
    let text: String = conn
        .prepare_cached("SELECT record FROM client_record WHERE client = ?1")?
        .query_row([seq], |row| row.get(0))?;
    let record = Record::from_json(&text).map_err(|_| Error::Stored { what: "record" })?;
    let order = of_record(&record, &mut fields)?;
    let status: String = conn
        .prepare_cached("SELECT status FROM client WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))?;
    fields.insert("status".into(), json!(status));
    for table in ["contact", "elections"] {
        let text: Option<String> = conn
            .prepare_cached(&format!("SELECT {table} FROM {table} WHERE client = ?1"))?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        if let Some(text) = text {
            put_all(&mut fields, table, parsed(&text)?);
        }
    }
    for (table, columns, later) in ROWS {
        let object = |columns: &[&str]| {
            let pairs = columns.iter().map(|c| format!("'{c}', {}", read_as(c)));
            format!("json_object({})", pairs.collect::<Vec<_>>().join(", "))
        };
        // A patch has no key for what is null in it.
        let whole = match later {
            [] => object(columns),
            later => format!("json_patch({}, {})", object(columns), object(later)),
        };
        let sql = format!("SELECT uid, {whole} FROM {table} WHERE client = ?1");
        rows(conn, seq, &sql, |key, value| {
            fields.insert(format!("{table}/{key}"), value)
        })?;
    }
    let sql = "SELECT json_array(case_id, count_id, step), json_object('day', day, 'at', at, 'person', person)
               FROM filing WHERE client = ?1";
    rows(conn, seq, sql, |key, value| {
        let [case, count, step]: [String; 3] = serde_json::from_str(&key).unwrap_or_default();
        fields.insert(
            format!("filing/{}/{}/{step}", clean(&case), clean(&count)),
            value,
        )
    })?;
    let sql = "SELECT lower(hex(sha256)), json_object('name', name, 'at', at, 'person', person,
               'lines', json(lines), 'other_events', json(other_events)) FROM sheet WHERE client = ?1";
    rows(conn, seq, sql, |key, value| {
        fields.insert(format!("sheet/{key}"), value)
    })?;
    Ok(Standing {
        fields,
        order,
        record,
        text,
    })
}

impl Tx<'_> {
    /// Brings a client's tables in line with a state. Bytes of new sheets come with the hand-over.
    pub(crate) fn write_document(
        &mut self,
        id: &ClientId,
        old: &Standing,
        state: &State,
        sheets: &BTreeMap<String, Vec<u8>>,
    ) -> Result<()> {
        let fields = state.document();
        let seq = self.concerns(id)?;
        let record = record_of(&fields, state)?;
        self.exchange_record(seq, (&old.record, &old.text), &record)?;
        self.write_rest(seq, &old.fields, &fields, sheets)?;
        self.touch(seq)
    }

    /// Adds a client of another laptop, as its state has it.
    pub(crate) fn add_document(
        &mut self,
        id: &ClientId,
        state: &State,
        sheets: &BTreeMap<String, Vec<u8>>,
    ) -> Result<i64> {
        let fields = state.document();
        let seq = self.add_with_id(id, &record_of(&fields, state)?)?;
        self.write_rest(seq, &Document::default(), &fields, sheets)?;
        Ok(seq)
    }

    /// Everything but the record. What is as before is not written again: most of most clients.
    fn write_rest(
        &self,
        seq: i64,
        old: &Document,
        new: &Document,
        sheets: &BTreeMap<String, Vec<u8>>,
    ) -> Result<()> {
        let status = new.get("status");
        if let Some(word) = status.and_then(Value::as_str)
            && status != old.get("status")
        {
            self.write_status(seq, word)?;
        }
        for table in ["contact", "elections"] {
            if same(old, new, table) {
                continue;
            }
            let value = taken(new, table);
            self.conn
                .prepare_cached(&format!("DELETE FROM {table} WHERE client = ?1"))?
                .execute([seq])?;
            if !value.is_empty() {
                self.conn
                    .prepare_cached(&format!(
                        "INSERT INTO {table} (client, {table}) VALUES (?1, ?2)"
                    ))?
                    .execute(params![seq, Value::Object(value).to_string()])?;
            }
        }
        for (table, columns, later) in ROWS {
            if !same(old, new, table) {
                let columns = [*columns, *later].concat();
                self.write_rows(seq, table, &columns, &taken(new, table))?;
            }
        }
        if !same(old, new, "filing") {
            self.write_filings(seq, new)?;
        }
        if !same(old, new, "sheet") {
            self.write_sheets(seq, &taken(new, "sheet"), sheets)?;
        }
        Ok(())
    }

    fn write_rows(
        &self,
        seq: i64,
        table: &str,
        columns: &[&str],
        new: &Map<String, Value>,
    ) -> Result<()> {
        self.conn
            .prepare_cached(&format!(
                "DELETE FROM {table} WHERE client = ?1 AND uid NOT IN (SELECT value FROM json_each(?2))"
            ))?
            .execute(params![seq, json!(new.keys().collect::<Vec<_>>()).to_string()])?;
        let names: Vec<_> = columns
            .iter()
            .map(|c| if *c == "hash" { "sha256" } else { c })
            .collect();
        let values: Vec<_> = columns.iter().map(|c| write_as(c)).collect();
        let sets: Vec<_> = names
            .iter()
            .map(|n| format!("{n} = excluded.{n}"))
            .collect();
        let sql = format!(
            "INSERT INTO {table} (client, uid, {}) VALUES (?1, ?2, {}) ON CONFLICT (client, uid) DO UPDATE SET {}",
            names.join(", "),
            values.join(", "),
            sets.join(", ")
        );
        let mut insert = self.conn.prepare_cached(&sql)?;
        for (uid, value) in new {
            insert.execute(params![seq, uid, value.to_string()])?;
        }
        Ok(())
    }

    fn write_filings(&self, seq: i64, fields: &Document) -> Result<()> {
        self.conn
            .prepare_cached("DELETE FROM filing WHERE client = ?1")?
            .execute([seq])?;
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO filing (client, case_id, count_id, step, day, at, person)
             VALUES (?1, ?2, ?3, ?4, ?5 ->> 'day', ?5 ->> 'at', ?5 ->> 'person')",
        )?;
        for (key, value) in with_prefix(fields, "filing/") {
            if let [case, count, step] = key.split('/').collect::<Vec<_>>().as_slice() {
                insert.execute(params![
                    seq,
                    unclean(case),
                    unclean(count),
                    step,
                    value.to_string()
                ])?;
            }
        }
        Ok(())
    }

    fn write_sheets(
        &self,
        seq: i64,
        new: &Map<String, Value>,
        bytes: &BTreeMap<String, Vec<u8>>,
    ) -> Result<()> {
        for (hash, value) in new {
            let text = value.to_string();
            let known = self
                .conn
                .prepare_cached(
                    "UPDATE sheet SET name = ?3 ->> 'name', lines = ?3 -> 'lines', other_events = ?3 -> 'other_events'
                     WHERE client = ?1 AND sha256 = unhex(?2)",
                )?
                .execute(params![seq, hash, text])?;
            if let (0, Some(bytes)) = (known, bytes.get(hash)) {
                self.conn
                    .prepare_cached(
                        "INSERT INTO sheet (client, sha256, name, at, person, lines, other_events, bytes)
                         VALUES (?1, unhex(?2), ?3 ->> 'name', ?3 ->> 'at', ?3 ->> 'person', ?3 -> 'lines',
                                 ?3 -> 'other_events', ?4)",
                    )?
                    .execute(params![seq, hash, text, bytes])?;
            }
        }
        Ok(())
    }
}

fn read_as(column: &str) -> &str {
    if column == "hash" {
        "lower(hex(sha256))"
    } else {
        column
    }
}

fn write_as(column: &str) -> String {
    let value = format!("?3 ->> '{column}'");
    if column == "hash" {
        format!("unhex({value})")
    } else {
        value
    }
}

fn rows<T>(
    conn: &Connection,
    seq: i64,
    sql: &str,
    mut each: impl FnMut(String, Value) -> T,
) -> Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([seq])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, parsed(&row.get::<_, String>(1)?)?);
    }
    Ok(())
}

fn parsed(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|_| Error::Stored { what: "field" })
}

fn put_all(fields: &mut Document, before: &str, value: Value) {
    let Value::Object(parts) = value else { return };
    for (key, part) in parts {
        if !part.is_null() {
            fields.insert(format!("{before}/{}", clean(&key)), part);
        }
    }
}

fn with_prefix<'a>(
    fields: &'a Document,
    before: &'a str,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    fields
        .range(before.to_owned()..)
        .map_while(move |(key, value)| Some((key.strip_prefix(before)?, value)))
}

/// The fields of one group, without its name.
fn taken(fields: &Document, group: &str) -> Map<String, Value> {
    with_prefix(fields, &format!("{group}/"))
        .map(|(key, value)| (unclean(key), value.clone()))
        .collect()
}

/// Whether two documents have the same fields of a group.
fn same(old: &Document, new: &Document, group: &str) -> bool {
    let before = format!("{group}/");
    with_prefix(old, &before).eq(with_prefix(new, &before))
}

/// A part of a key: no slash in it.
fn clean(part: &str) -> String {
    part.replace('%', "%25").replace('/', "%2F")
}

fn unclean(part: &str) -> String {
    part.replace("%2F", "/").replace("%25", "%")
}
