//! Setting one fact of a record, with who said so.

use jiff::civil::Date;
use record::{FactPath, Record, Source, SourceBy};
use serde_json::Value;

use crate::named::identify;
use crate::{Error, Result};

/// Lists that grow by one when the place after their end is set.
const LISTS: &[&str] = &["cases", "counts", "arrests"];

/// The record with one fact as the client said it. What a sheet said before stays visible as the difference.
///
/// # Errors
/// The path is the program's own, names no place, or the value does not fit it.
pub(crate) fn answered(record: &Record, path: &FactPath, value: Value, on: Date) -> Result<Record> {
    if !is_answerable(path.as_str()) {
        return Err(Error::NotAnswerable);
    }
    let before = record.fact(path);
    let mut changed = match grown(record, path, &value) {
        Some((list, longer)) => record.with_fact(&list, longer)?,
        None => record.with_fact(path, value)?,
    };
    identify(&mut changed)?;
    if changed.fact(path) == before {
        return Ok(record.clone());
    }
    let sources = changed
        .provenance
        .get_or_insert_default()
        .entry(path.clone())
        .or_default();
    // What a sheet said is the other side of a difference: the value before, where a sheet said it or agreed to it, and an answer
    // that is corrected keeps the sheet's word.
    let sheet_agreed = sources.iter().any(|source| source.by == SourceBy::Sheet);
    let was = match sources.last() {
        Some(last) if last.by != SourceBy::Sheet => {
            last.was.clone().or(before.filter(|_| sheet_agreed))
        }
        _ => before,
    };
    sources.push(Source {
        by: SourceBy::Client,
        file: None,
        page: None,
        line: None,
        frame: None,
        confidence: None,
        was,
        on: Some(on),
    });
    Ok(changed)
}

/// The record with one fact as a person read it on the sheet, in the place of what was understood there. Somebody's own answer stands;
/// then only what the sheet says beside it is put right.
///
/// # Errors
/// As for [`answered`].
pub(crate) fn corrected(
    record: &Record,
    path: &FactPath,
    value: Value,
    mut printed: Source,
) -> Result<Record> {
    if !is_answerable(path.as_str()) {
        return Err(Error::NotAnswerable);
    }
    let before = record.fact(path).unwrap_or_default();
    let known = record.provenance.as_ref().and_then(|all| all.get(path));
    let answered = known
        .and_then(|sources| sources.last())
        .is_some_and(|last| last.by != SourceBy::Sheet);
    let mut changed = record.clone();
    if !answered {
        if before == value {
            return Ok(changed);
        }
        changed = record.with_fact(path, value.clone())?;
        identify(&mut changed)?;
    }
    let sources = changed
        .provenance
        .get_or_insert_default()
        .entry(path.clone())
        .or_default();
    if answered {
        // The value must fit the fact, also where it only stands beside an answer.
        record.with_fact(path, value.clone())?;
        if let Some(last) = sources.last_mut() {
            last.was = Some(value);
        }
        return Ok(changed);
    }
    let place = |source: &Source| (source.by, source.file.clone(), source.page, source.line);
    sources.retain(|source| place(source) != place(&printed));
    printed.was = Some(before);
    sources.push(printed);
    Ok(changed)
}

/// Facts about the person, the standing and the cases are anybody's to answer; the format, ids and sources are the program's.
fn is_answerable(path: &str) -> bool {
    let starts = ["person.", "now.", "cases["];
    let whole = ["now", "cases"];
    let last = path.rsplit('.').next().unwrap_or_default();
    (starts.iter().any(|start| path.starts_with(start)) || whole[..1].contains(&path))
        && last != "id"
}

/// Setting the place after a list's end makes the list longer by one.
fn grown(record: &Record, path: &FactPath, value: &Value) -> Option<(FactPath, Value)> {
    let (list, index) = path.as_str().strip_suffix(']')?.rsplit_once('[')?;
    let name = list.rsplit('.').next()?;
    let index: usize = index.parse().ok()?;
    if !LISTS.contains(&name) || value.is_null() {
        return None;
    }
    let list = FactPath::from(list);
    let mut items = match record.fact(&list) {
        Some(Value::Array(items)) => items,
        Some(_) => return None,
        // A list nobody knows anything of begins with its first item.
        None => Vec::new(),
    };
    (items.len() == index).then(|| {
        items.push(value.clone());
        (list, Value::Array(items))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use record::Person;
    use serde_json::json;

    use super::*;

    const DAY: Date = date(2026, 11, 21);

    fn say(record: &Record, path: &str, value: Value) -> Result<Record> {
        answered(record, &path.into(), value, DAY)
    }

    fn somebody() -> Record {
        Record::new(Person::default())
    }

    #[test]
    fn an_answer_keeps_who_said_it() {
        let record = say(&somebody(), "person.born", json!("1975-05")).unwrap();
        assert_eq!(record.fact(&"person.born".into()), Some(json!("1975-05")));
        let source = &record.provenance.unwrap()["person.born"][0];
        assert_eq!((source.by, source.on), (SourceBy::Client, Some(DAY)));
    }

    #[test]
    fn a_case_and_a_count_can_be_added_by_hand_and_get_names() {
        let record = say(
            &somebody(),
            "cases[0]",
            json!({"court": {}, "counts": [{}]}),
        )
        .unwrap();
        let record = say(&record, "cases[0].counts[1]", json!({})).unwrap();
        let record = say(&record, "cases[0].arrests[0]", json!({"date": "2004"})).unwrap();
        let case = record.cases[0].id.clone().unwrap().0;
        assert!(case.starts_with('k') && case.len() == 11, "{case}");
        let ids: Vec<_> = record.cases[0]
            .counts
            .iter()
            .map(|c| c.id.clone().unwrap().0)
            .collect();
        assert!(
            ids.iter().all(|id| id.starts_with(&format!("{case}c"))),
            "{ids:?}"
        );
        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn the_programs_own_facts_are_not_answered() {
        for path in [
            "schema",
            "provenance",
            "reading.share",
            "cases",
            "cases[0].id",
            "person",
        ] {
            assert!(
                matches!(
                    say(&somebody(), path, json!("x")),
                    Err(Error::NotAnswerable)
                ),
                "{path}"
            );
        }
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused_and_nothing_is_lost() {
        let record = say(&somebody(), "person.born", json!("1975")).unwrap();
        assert!(matches!(
            say(&record, "person.born", json!("19820002")),
            Err(Error::Fact(_))
        ));
        assert_eq!(record.fact(&"person.born".into()), Some(json!("1975")));
    }

    #[test]
    fn saying_the_same_twice_changes_nothing() {
        let once = say(&somebody(), "person.citizenship", json!("citizen")).unwrap();
        assert_eq!(
            say(&once, "person.citizenship", json!("citizen")).unwrap(),
            once
        );
    }
}
