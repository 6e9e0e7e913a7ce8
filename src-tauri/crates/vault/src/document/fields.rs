//! A record as fields, and back: cases and counts by their ids, sources by paths of ids.

use record::Record;
use serde_json::{Map, Value, json};

use super::{clean, parsed, put_all, taken, unclean, with_prefix};
use crate::merge::{Document, State};
use crate::{Error, Result};

pub(super) fn of_record(record: &Record, fields: &mut Document) -> Result<Vec<String>> {
    let mut order = Vec::new();
    let mut whole = parsed(&record.to_json())?;
    let mut part = |key: &str| whole.get_mut(key).map(Value::take).unwrap_or_default();
    put_all(fields, "person", part("person"));
    for key in ["now", "reading"] {
        let value = part(key);
        if !value.is_null() {
            fields.insert(key.into(), value);
        }
    }
    let named = ids(record);
    match (&named, part("cases")) {
        (Some(ids), Value::Array(cases)) => {
            for ((case, counts), value) in ids.iter().zip(cases) {
                of_case(case, counts, value, fields, &mut order);
            }
        }
        (_, cases) => {
            fields.insert("cases".into(), cases);
        }
    }
    let Value::Object(provenance) = part("provenance") else {
        return Ok(order);
    };
    for (path, sources) in provenance {
        let path = match &named {
            Some(ids) => by_ids(&path, ids),
            None => path,
        };
        fields.insert(format!("from/{}", clean(&path)), sources);
    }
    Ok(order)
}

fn of_case(
    case: &str,
    counts: &[String],
    mut value: Value,
    fields: &mut Document,
    order: &mut Vec<String>,
) {
    let list = value.get_mut("counts").map(Value::take);
    let before = format!("case/{}", clean(case));
    put_named(fields, order, before, value);
    if let Some(Value::Array(list)) = list {
        for (count, value) in counts.iter().zip(list) {
            let before = format!("count/{}/{}", clean(case), clean(count));
            put_named(fields, order, before, value);
        }
    }
}

/// That it is there, and its facts.
fn put_named(fields: &mut Document, order: &mut Vec<String>, name: String, value: Value) {
    put_all(fields, &name, value);
    fields.remove(&format!("{name}/id"));
    fields.insert(name.clone(), json!(true));
    order.push(name);
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
pub(super) fn record_of(fields: &Document, state: &State) -> Result<Record> {
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
