//! A draft into a record: what was unknown is taken, what was answered stands, every difference stays visible.

mod names;
mod same;

use std::collections::BTreeMap;

use record::{Case, FactPath, Reading, Record, Source, SourceBy};
use serde_json::{Map, Value};

use crate::named::identify;
use crate::trail::is_within;
use crate::{Error, Result};

use names::{is_same_name, longer};
use same::{on_the_same_lines, same_case, same_counts};

/// Lists of the person that two sources add to rather than contradict.
const ADDED: &[&str] = &[
    "person.aliases",
    "person.identifiers",
    "person.registrations",
];

type Sources = BTreeMap<FactPath, Vec<Source>>;

/// A record with a draft in it, and where the draft's cases and counts came to stand.
pub(crate) struct Merged {
    pub(crate) record: Record,
    moved: Vec<(String, String)>,
}

impl Merged {
    /// The place in the record of a place in the draft.
    pub(crate) fn place(&self, of_draft: &str) -> String {
        let best = self
            .moved
            .iter()
            .filter(|(from, _)| is_within(of_draft, from))
            .max_by_key(|(from, _)| from.len());
        match best.and_then(|(from, to)| Some((to, of_draft.strip_prefix(from.as_str())?))) {
            Some((to, rest)) => format!("{to}{rest}"),
            None => of_draft.to_owned(),
        }
    }
}

/// The record with everything a draft adds. Reading the same sheet again adds nothing; no answer is overwritten.
///
/// `again` is the name of the sheet where it was read before: then a case is known by its lines too, whatever a person corrected in it.
///
/// # Errors
/// The result is no valid record, which would be a mistake of this program.
pub(crate) fn merged(ours: &Record, theirs: &Record, again: Option<&str>) -> Result<Merged> {
    let mut merge = Merge {
        moved: Vec::new(),
        whole: value(ours)?,
        sources: ours.provenance.clone().unwrap_or_default(),
        theirs: theirs.provenance.clone().unwrap_or_default(),
    };
    let draft = value(theirs)?;
    merge.take("person", "person", &draft["person"]);
    merge.take("now", "now", &draft["now"]);

    // The cases so far, and those this draft already met: no case of the draft lands on one twice.
    let mut met = vec![false; ours.cases.len()];
    let mut count = ours.cases.len();
    for (k, case) in theirs.cases.iter().enumerate() {
        let from = format!("cases[{k}]");
        let at = again
            .and_then(|sheet| on_the_same_lines(ours, theirs, k, sheet))
            .filter(|i| !met[*i])
            .or_else(|| same_case(&ours.cases, &met, case));
        match at {
            Some(i) => {
                met[i] = true;
                merge.take_case(&ours.cases[i], i, case, &from, &draft["cases"][k]);
            }
            None => {
                let mut new = draft["cases"][k].clone();
                forget_ids(&mut new);
                merge.append(&format!("cases[{count}]"), &from, new);
                count += 1;
            }
        }
    }
    merge.finish(theirs)
}

struct Merge {
    moved: Vec<(String, String)>,
    whole: Value,
    sources: Sources,
    theirs: Sources,
}

impl Merge {
    fn take_case(&mut self, known: &Case, i: usize, case: &Case, from: &str, draft: &Value) {
        let to = format!("cases[{i}]");
        self.moved.push((from.to_owned(), to.clone()));
        for (key, part) in object(draft) {
            if key != "counts" && key != "id" {
                self.take(&format!("{to}.{key}"), &format!("{from}.{key}"), part);
            }
        }
        let mut count = known.counts.len();
        for (c, at) in same_counts(&known.counts, &case.counts)
            .into_iter()
            .enumerate()
        {
            let from = format!("{from}.counts[{c}]");
            let draft = &draft["counts"][c];
            if let Some(j) = at {
                self.moved.push((from.clone(), format!("{to}.counts[{j}]")));
                for (key, part) in object(draft) {
                    if key != "id" {
                        let to = format!("{to}.counts[{j}].{key}");
                        self.take(&to, &format!("{from}.{key}"), part);
                    }
                }
            } else {
                let mut new = draft.clone();
                forget_ids(&mut new);
                self.append(&format!("{to}.counts[{count}]"), &from, new);
                count += 1;
            }
        }
    }

    /// Takes one fact, or the parts of one: unknown is filled, equal is confirmed, different is kept beside ours.
    fn take(&mut self, to: &str, from: &str, theirs: &Value) {
        if theirs.is_null() {
            return;
        }
        let ours = self.at(to).map(|place| place.clone()).unwrap_or_default();
        let nothing = ours.is_null() || ours.as_object().is_some_and(Map::is_empty);
        // A person looked and said that it is not known: no reading knows better.
        let said = self.sources.get(to).and_then(|sources| sources.last());
        let unsaid = said.is_none_or(|last| last.on.is_none());
        match (&ours, theirs) {
            _ if nothing && unsaid => {
                if let Some(place) = self.at(to) {
                    *place = theirs.clone();
                }
                self.confirm(to, from);
            }
            _ if ours == *theirs => self.confirm(to, from),
            // A name is one fact: only a part that is missing from the same name is added to it.
            (Value::Object(known), Value::Object(_)) if to == "person.name" => {
                if is_same_name(known, theirs) {
                    let all = longer(known, theirs);
                    if let Some(place) = self.at(to) {
                        *place = all;
                    }
                    self.confirm(to, from);
                } else {
                    self.differ(to, from, theirs);
                }
            }
            (Value::Object(_), Value::Object(parts)) => {
                for (key, part) in parts {
                    self.take(&format!("{to}.{key}"), &format!("{from}.{key}"), part);
                }
            }
            (Value::Array(known), Value::Array(more)) if ADDED.contains(&to) => {
                let mut all = known.clone();
                all.extend(more.iter().filter(|item| !known.contains(item)).cloned());
                if let Some(place) = self.at(to) {
                    *place = Value::Array(all);
                }
                self.confirm(to, from);
            }
            _ => self.differ(to, from, theirs),
        }
    }

    fn append(&mut self, to: &str, from: &str, item: Value) {
        self.moved.push((from.to_owned(), to.to_owned()));
        let list = to.rsplit_once('[').map_or(to, |(list, _)| list);
        if let Some(place) = self.at(list) {
            match place {
                Value::Array(items) => items.push(item),
                other => *other = Value::Array(vec![item]),
            }
        }
        self.confirm(to, from);
    }

    /// Adds the draft's sources of a fact and its parts, before whose word stands already.
    fn confirm(&mut self, to: &str, from: &str) {
        for (path, sources) in self.sources_of(from) {
            let path = FactPath::from(format!(
                "{to}{}",
                path.as_str().strip_prefix(from).unwrap_or_default()
            ));
            let known = self.sources.entry(path).or_default();
            for source in sources {
                add(known, source);
            }
        }
    }

    fn differ(&mut self, to: &str, from: &str, theirs: &Value) {
        let mut said: Vec<Source> = self
            .sources_of(from)
            .into_iter()
            .flat_map(|(_, s)| s)
            .collect();
        said.truncate(1);
        // A sheet may name one source for a whole: it is that of each part too.
        if said.is_empty() {
            said.extend(holder(&self.theirs, from));
        }
        // Without any, the fact was typed in at the table.
        let holder = holder(&self.sources, to).unwrap_or_else(|| bare(SourceBy::Client));
        let known = self
            .sources
            .entry(FactPath::from(to.to_owned()))
            .or_default();
        if known.is_empty() {
            known.push(holder);
        }
        for source in said {
            add(known, source);
        }
        if let Some(last) = known.last_mut() {
            last.was = Some(theirs.clone());
        }
    }

    fn sources_of(&self, from: &str) -> Vec<(FactPath, Vec<Source>)> {
        self.theirs
            .iter()
            .filter(|(path, _)| is_within(path.as_str(), from))
            .map(|(path, sources)| (path.clone(), sources.clone()))
            .collect()
    }

    fn at(&mut self, path: &str) -> Option<&mut Value> {
        let mut at = &mut self.whole;
        for part in path.split('.') {
            let mut pieces = part.split('[');
            let key = pieces.next()?;
            if at.is_null() {
                *at = Value::Object(Map::new());
            }
            at = at.as_object_mut()?.entry(key).or_insert(Value::Null);
            for index in pieces {
                let index: usize = index.strip_suffix(']')?.parse().ok()?;
                at = at.get_mut(index)?;
            }
        }
        Some(at)
    }

    fn finish(mut self, theirs: &Record) -> Result<Merged> {
        self.whole["provenance"] = serde_json::to_value(&self.sources).map_err(|_| invalid())?;
        let mut record =
            Record::from_json(&self.whole.to_string()).map_err(record::FactError::from)?;
        record.reading = together(record.reading.take(), theirs.reading.as_ref());
        identify(&mut record)?;
        Ok(Merged {
            record,
            moved: self.moved,
        })
    }
}

/// The source of the nearest whole that a fact is part of.
fn holder(sources: &Sources, fact: &str) -> Option<Source> {
    sources
        .iter()
        .filter(|(path, _)| is_within(fact, path.as_str()))
        .max_by_key(|(path, _)| path.as_str().len())
        .and_then(|(_, sources)| sources.last().cloned())
}

/// Puts a source before the one whose word stands, once.
fn add(known: &mut Vec<Source>, source: Source) {
    let same = |other: &Source| {
        (other.by, &other.file, other.page, other.line)
            == (source.by, &source.file, source.page, source.line)
    };
    if known.iter().any(same) {
        return;
    }
    let end = known.len().saturating_sub(1);
    known.insert(end, source);
}

fn bare(by: SourceBy) -> Source {
    Source {
        by,
        file: None,
        page: None,
        line: None,
        frame: None,
        confidence: None,
        was: None,
        on: None,
    }
}

/// What is still unread on any of the sheets, and the share of the one that was read worst.
fn together(ours: Option<Reading>, theirs: Option<&Reading>) -> Option<Reading> {
    let (Some(mut ours), Some(theirs)) = (ours.clone(), theirs) else {
        return ours.or(theirs.cloned());
    };
    for line in &theirs.unread {
        if !ours.unread.contains(line) {
            ours.unread.push(line.clone());
        }
    }
    ours.share = ours.share.min(theirs.share);
    ours.engine = theirs.engine;
    Some(ours)
}

/// A sheet's own names for its cases are not ours: `identify` gives new ones.
fn forget_ids(case: &mut Value) {
    if let Some(object) = case.as_object_mut() {
        object.remove("id");
        if let Some(Value::Array(counts)) = object.get_mut("counts") {
            counts.iter_mut().for_each(forget_ids);
        }
    }
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn value(record: &Record) -> Result<Value> {
    serde_json::to_value(record).map_err(|_| invalid())
}

fn invalid() -> Error {
    // Our own types have string keys and no fallible parts; this is for the type checker.
    Error::NotAnswerable
}

#[cfg(test)]
mod tests;
