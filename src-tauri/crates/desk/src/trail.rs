//! From a fact back to the lines of the sheet it was read from.

use std::collections::BTreeMap;

use record::{FactPath, Record, Source, SourceBy};

use crate::view::LineRef;

/// The lines behind some facts, each once, in order.
pub(crate) fn lines(
    record: &Record,
    sheets: &BTreeMap<String, i64>,
    facts: &[FactPath],
) -> Vec<LineRef> {
    let mut lines: Vec<_> = facts
        .iter()
        .flat_map(|fact| sources(record, fact.as_str()))
        .filter(|source| source.by == SourceBy::Sheet)
        .filter_map(|source| {
            Some(LineRef {
                sheet: *sheets.get(source.file.as_deref()?)?,
                page: source.page?,
                line: source.line?,
            })
        })
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Where a fact came from: its own sources and those of its parts; where there are none, those of what holds it.
pub(crate) fn sources<'a>(record: &'a Record, fact: &str) -> Vec<&'a Source> {
    let Some(known) = &record.provenance else {
        return Vec::new();
    };
    let own: Vec<_> = known
        .iter()
        .filter(|(path, _)| is_within(path.as_str(), fact))
        .flat_map(|(_, sources)| sources)
        .collect();
    if !own.is_empty() {
        return own;
    }
    let holder = known
        .iter()
        .filter(|(path, _)| is_within(fact, path.as_str()))
        .max_by_key(|(path, _)| path.as_str().len());
    holder
        .map(|(_, sources)| sources.iter().collect())
        .unwrap_or_default()
}

/// Whether a path is another one or a part of it.
pub(crate) fn is_within(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_within_its_whole_and_a_namesake_is_not() {
        assert!(is_within(
            "cases[1].counts[0].section",
            "cases[1].counts[0]"
        ));
        assert!(is_within("person.born", "person.born"));
        assert!(!is_within("cases[10].number", "cases[1"));
        assert!(!is_within("person.born_again", "person.born"));
    }
}
