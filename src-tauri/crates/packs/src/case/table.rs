//! Tables of cases: one base record, and rows that each change a few of its facts.
//!
//! A row is a worked case of its own, with its own id and line. It names facts by the paths of the contract, such as
//! `cases[0].counts[0].level`; what is changed must lie in the base record, and must be changed by it.

use jiff::civil::Date;
use record::Record;
use serde::Deserialize;
use toml::{Spanned, Table, Value};

use super::{Expected, WorkedCase};
use crate::error::{LoadError, Problem};
use crate::file::TextFile;
use crate::offense::twice;
use crate::place::Place;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTable {
    id: String,
    title: String,
    as_of: Date,
    record: Table,
    row: Vec<Spanned<RawRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    id: Spanned<String>,
    why: String,
    cite: String,
    as_of: Option<Date>,
    /// Facts that are other than in the base record, by path.
    #[serde(default)]
    set: Table,
    /// Facts that the row's record does not have, by path.
    #[serde(default)]
    drop: Vec<String>,
    #[serde(default)]
    expect: Vec<Expected>,
    #[serde(default)]
    absent: Vec<String>,
}

/// The rows of a table as worked cases.
pub(super) fn cases(file: &TextFile, table: RawTable) -> Result<Vec<WorkedCase>, LoadError> {
    let mut seen: Vec<(String, Date, Value)> = Vec::new();
    let mut cases = Vec::new();
    for row in table.row {
        let at = row.span();
        let row = row.into_inner();
        let wrong = |problem: String| file.error(at.clone(), Problem::Value(problem));
        let name = row.id.get_ref().clone();
        let mut facts = Value::Table(table.record.clone());
        for path in &row.drop {
            remove(&mut facts, path).map_err(&wrong)?;
        }
        for (path, value) in row.set {
            put(&mut facts, &path, value).map_err(&wrong)?;
        }
        let as_of = row.as_of.unwrap_or(table.as_of);
        if seen.iter().any(|(other, ..)| *other == name) {
            return Err(twice(file, "the row", &row.id));
        }
        let equal = |(_, day, other): &&(String, Date, Value)| *day == as_of && *other == facts;
        if let Some((other, ..)) = seen.iter().find(equal) {
            let problem = format!("`{name}` asks what `{other}` asks; one row can expect both");
            return Err(wrong(problem));
        }
        let record = Record::deserialize(facts.clone())
            .map_err(|error| file.error(at.clone(), Problem::shape(error.message())))?;
        let mut expect = row.expect;
        for expected in &mut expect {
            expected.first = true;
        }
        cases.push(WorkedCase {
            id: format!("{}/{name}", table.id),
            title: format!("{}: {name}", table.title),
            why: row.why,
            cite: row.cite,
            as_of,
            record,
            expect,
            absent: row.absent,
            place: Place {
                file: file.name.clone(),
                line: file.line(at.start),
            },
        });
        seen.push((name, as_of, facts));
    }
    Ok(cases)
}

enum Step<'a> {
    Key(&'a str),
    Number(usize),
}

fn steps(path: &str) -> Result<Vec<Step<'_>>, String> {
    let mut steps = Vec::new();
    for piece in path.split('.') {
        let (key, number) = match piece.split_once('[') {
            None => (piece, None),
            Some((key, rest)) => {
                let number = rest.strip_suffix(']').and_then(|n| n.parse().ok());
                (key, Some(number.ok_or_else(|| no_path(path))?))
            }
        };
        if key.is_empty() {
            return Err(no_path(path));
        }
        steps.push(Step::Key(key));
        steps.extend(number.map(Step::Number));
    }
    Ok(steps)
}

fn no_path(path: &str) -> String {
    format!("`{path}` is no path: write `cases[0].counts[0].level`")
}

fn nowhere(path: &str) -> String {
    format!("`{path}` is nowhere in the base record")
}

// The place that holds what a path names, and the last step to it.
fn holder<'a, 'p>(
    facts: &'a mut Value,
    path: &'p str,
) -> Result<(&'a mut Value, Step<'p>), String> {
    let mut steps = steps(path)?;
    let last = steps.pop().ok_or_else(|| no_path(path))?;
    let mut place = facts;
    for step in steps {
        let next = match step {
            Step::Key(key) => place.get_mut(key),
            Step::Number(n) => place.get_mut(n),
        };
        place = next.ok_or_else(|| nowhere(path))?;
    }
    Ok((place, last))
}

fn put(facts: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let same = || format!("`{path}` is so in the base record already");
    match holder(facts, path)? {
        (Value::Table(table), Step::Key(key)) => {
            if table.get(key) == Some(&value) {
                return Err(same());
            }
            table.insert(key.to_owned(), value);
        }
        (Value::Array(all), Step::Number(n)) if n == all.len() => all.push(value),
        (Value::Array(all), Step::Number(n)) => match all.get_mut(n) {
            Some(old) if *old == value => return Err(same()),
            Some(old) => *old = value,
            None => return Err(nowhere(path)),
        },
        _ => return Err(nowhere(path)),
    }
    Ok(())
}

fn remove(facts: &mut Value, path: &str) -> Result<(), String> {
    let found = match holder(facts, path)? {
        (Value::Table(table), Step::Key(key)) => table.remove(key).is_some(),
        (Value::Array(all), Step::Number(n)) if n < all.len() => {
            all.remove(n);
            true
        }
        _ => false,
    };
    if found { Ok(()) } else { Err(nowhere(path)) }
}
