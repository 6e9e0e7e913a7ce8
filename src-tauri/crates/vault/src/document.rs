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

use std::collections::BTreeMap;

use record::Record;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value, json};

use crate::client::{self, ClientId};
use crate::door::Tx;
use crate::merge::{Document, State};
use crate::{Error, Result};

/// Rows with a uid: table, and its columns as they stand in a field.
const ROWS: &[(&str, &[&str])] = &[
    (
        "declaration",
        &["case_id", "count_id", "text", "at", "person"],
    ),
    ("note", &["at", "person", "text"]),
    (
        "clearance",
        &["by_name", "on_day", "reason", "at", "person", "withdrawn"],
    ),
    (
        "paper",
        &["at", "person", "way", "kind", "file", "hash", "pages"],
    ),
    (
        "sign_off",
        &[
            "at", "person", "by_name", "on_day", "said", "reason", "papers", "facts", "ended",
            "ended_by", "changed",
        ],
    ),
    (
        "sheet_check",
        &["sheet", "place", "verdict", "value", "at", "person"],
    ),
];

/// Everything about a client that travels, and the keys of its cases and counts in the record's order.
pub(crate) fn read(conn: &Connection, seq: i64) -> Result<(Document, Vec<String>)> {
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
            put_all(&mut fields, table, &parsed(&text)?);
        }
    }
    for (table, columns) in ROWS {
        let pairs: Vec<_> = columns
            .iter()
            .map(|c| format!("'{c}', {}", read_as(c)))
            .collect();
        let sql = format!(
            "SELECT uid, json_object({}) FROM {table} WHERE client = ?1",
            pairs.join(", ")
        );
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
    Ok((fields, order))
}

impl Tx<'_> {
    /// Brings a client's tables in line with a state. Bytes of new sheets come with the hand-over.
    pub(crate) fn write_document(
        &mut self,
        id: &ClientId,
        state: &State,
        sheets: &BTreeMap<String, Vec<u8>>,
    ) -> Result<()> {
        let fields = state.document();
        let seq = client::seq(self.conn, id)?;
        self.set_record(id, &record_of(&fields, state)?)?;
        if let Some(status) = fields.get("status").and_then(Value::as_str) {
            self.set_status(id, status)?;
        }
        for table in ["contact", "elections"] {
            let value = taken(&fields, table);
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
        for (table, columns) in ROWS {
            self.write_rows(seq, table, columns, &taken(&fields, table))?;
        }
        self.write_filings(seq, &fields)?;
        self.write_sheets(seq, &taken(&fields, "sheet"), sheets)?;
        self.touch(seq)
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

fn put_all(fields: &mut Document, before: &str, value: &Value) {
    for (key, part) in value.as_object().into_iter().flatten() {
        if !part.is_null() {
            fields.insert(format!("{before}/{}", clean(key)), part.clone());
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

/// A part of a key: no slash in it.
fn clean(part: &str) -> String {
    part.replace('%', "%25").replace('/', "%2F")
}

fn unclean(part: &str) -> String {
    part.replace("%2F", "/").replace("%25", "%")
}

fn of_record(record: &Record, fields: &mut Document) -> Result<Vec<String>> {
    let mut order = Vec::new();
    let whole = parsed(&record.to_json())?;
    put_all(fields, "person", &whole["person"]);
    for key in ["now", "reading"] {
        if let Some(value) = whole.get(key).filter(|value| !value.is_null()) {
            fields.insert(key.into(), value.clone());
        }
    }
    let named = ids(record);
    if let Some(ids) = &named {
        for (k, (case, counts)) in ids.iter().enumerate() {
            let value = &whole["cases"][k];
            let before = format!("case/{}", clean(case));
            fields.insert(before.clone(), json!(true));
            order.push(before.clone());
            put_all(fields, &before, value);
            fields.remove(&format!("{before}/counts"));
            fields.remove(&format!("{before}/id"));
            for (c, count) in counts.iter().enumerate() {
                let before = format!("count/{}/{}", clean(case), clean(count));
                fields.insert(before.clone(), json!(true));
                order.push(before.clone());
                put_all(fields, &before, &value["counts"][c]);
                fields.remove(&format!("{before}/id"));
            }
        }
    } else {
        fields.insert("cases".into(), whole["cases"].clone());
    }
    for (path, sources) in whole["provenance"].as_object().into_iter().flatten() {
        let path = match &named {
            Some(ids) => by_ids(path, ids),
            None => path.clone(),
        };
        fields.insert(format!("from/{}", clean(&path)), sources.clone());
    }
    Ok(order)
}

type Ids = Vec<(String, Vec<String>)>;

/// The ids of all cases and their counts, if every one has its own.
fn ids(record: &Record) -> Option<Ids> {
    let mut found = Ids::new();
    for case in &record.cases {
        let id = case.id.as_ref()?.0.clone();
        let counts: Option<Vec<_>> = case
            .counts
            .iter()
            .map(|c| Some(c.id.as_ref()?.0.clone()))
            .collect();
        let counts = counts?;
        let twice = |list: &[String], id: &String| list.iter().filter(|i| *i == id).count() > 1;
        if found.iter().any(|(known, _)| *known == id) || counts.iter().any(|c| twice(&counts, c)) {
            return None;
        }
        found.push((id, counts));
    }
    Some(found)
}

/// `cases[0].counts[1].level` with the ids in the place of the numbers.
fn by_ids(path: &str, ids: &Ids) -> String {
    let named = || {
        let (k, rest) = numbered(path, "cases[")?;
        let (case, counts) = ids.get(k)?;
        Some(
            match numbered(rest, ".counts[").and_then(|(c, rest)| Some((counts.get(c)?, rest))) {
                Some((count, rest)) => format!("cases/{}/{}/{rest}", clean(case), clean(count)),
                None => format!("cases/{}//{rest}", clean(case)),
            },
        )
    };
    named().unwrap_or_else(|| path.to_owned())
}

/// Back to the numbers; `None` where the case or count is not there any more.
fn by_numbers(path: &str, ids: &Ids) -> Option<String> {
    let Some(rest) = path.strip_prefix("cases/") else {
        return Some(path.to_owned());
    };
    let mut parts = rest.splitn(3, '/');
    let (case, count, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let k = ids.iter().position(|(id, _)| *id == unclean(case))?;
    if count.is_empty() {
        return Some(format!("cases[{k}]{rest}"));
    }
    let c = ids.get(k)?.1.iter().position(|id| *id == unclean(count))?;
    Some(format!("cases[{k}].counts[{c}]{rest}"))
}

fn numbered<'a>(path: &'a str, before: &str) -> Option<(usize, &'a str)> {
    let (number, rest) = path.strip_prefix(before)?.split_once(']')?;
    Some((number.parse().ok()?, rest))
}

/// The record of a client's fields. Cases and counts stand in the order in which they were first written down.
fn record_of(fields: &Document, state: &State) -> Result<Record> {
    let mut whole = json!({"schema": "relief-desk/record/1", "person": taken(fields, "person")});
    for key in ["now", "reading"] {
        if let Some(value) = fields.get(key) {
            whole[key] = value.clone();
        }
    }
    let mut found = Ids::new();
    let mut cases = Vec::new();
    for case in named(fields, "case/", 0, state) {
        let mut value = facts(fields, &format!("case/{case}/"), &case);
        let mut counts = Vec::new();
        let mut list = Vec::new();
        for count in named(fields, &format!("count/{case}/"), 0, state) {
            list.push(Value::Object(facts(
                fields,
                &format!("count/{case}/{count}/"),
                &count,
            )));
            counts.push(unclean(&count));
        }
        value.entry("court").or_insert_with(|| json!({}));
        value.insert("counts".into(), list.into());
        cases.push(Value::Object(value));
        found.push((unclean(&case), counts));
    }
    if let (true, Some(unnamed)) = (cases.is_empty(), fields.get("cases")) {
        whole["cases"] = unnamed.clone();
    } else {
        whole["cases"] = cases.into();
    }
    let mut sources = Map::new();
    for (path, value) in with_prefix(fields, "from/") {
        if let Some(path) = by_numbers(&unclean(path), &found) {
            sources.insert(path, value.clone());
        }
    }
    if !sources.is_empty() {
        whole["provenance"] = sources.into();
    }
    Record::from_json(&whole.to_string()).map_err(|_| Error::Stored { what: "record" })
}

/// The names directly under a group, in the order in which they came to be.
fn named(fields: &Document, before: &str, depth: usize, state: &State) -> Vec<String> {
    let mut names: Vec<String> = with_prefix(fields, before)
        .filter(|(key, _)| key.matches('/').count() == depth)
        .map(|(key, _)| key.to_owned())
        .collect();
    names.sort_by_cached_key(|name| {
        state
            .age(&format!("{before}{name}"))
            .map(|(n, l)| (n, l.to_owned()))
    });
    names
}

fn facts(fields: &Document, before: &str, id: &str) -> Map<String, Value> {
    let mut value: Map<_, _> = with_prefix(fields, before)
        .filter(|(key, _)| !key.contains('/'))
        .map(|(key, value)| (unclean(key), value.clone()))
        .collect();
    value.insert("id".into(), json!(unclean(id)));
    value
}
