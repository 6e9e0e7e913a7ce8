//! Where two sources say different things about one fact: the answer stands, the difference stays visible.
//!
//! A difference is kept in the fact's sources: the last source is whose word stands, and its `was` is what the other one says.

use record::{Record, Source, SourceBy};
use serde_json::Value;

use crate::view::Conflict;

/// Every difference, in the order of the facts.
pub(crate) fn conflicts(record: &Record) -> Vec<Conflict> {
    let known = record.provenance.iter().flatten();
    known
        .filter_map(|(path, sources)| {
            let (last, earlier) = sources.split_last()?;
            let theirs = last.was.clone()?;
            let other = earlier.iter().rfind(|source| is_another(source, last))?;
            let ours = record.fact(path).unwrap_or(Value::Null);
            (ours != theirs).then(|| Conflict {
                path: path.to_string(),
                ours,
                ours_by: by(last.by).to_owned(),
                theirs,
                theirs_from: other
                    .file
                    .clone()
                    .unwrap_or_else(|| by(other.by).to_owned()),
            })
        })
        .collect()
}

/// A repair within one sheet is no difference between two sources.
fn is_another(source: &Source, last: &Source) -> bool {
    source.by == SourceBy::Sheet && (last.by != SourceBy::Sheet || source.file != last.file)
}

fn by(by: SourceBy) -> &'static str {
    match by {
        SourceBy::Sheet => "sheet",
        SourceBy::Client => "client",
        SourceBy::Attorney => "attorney",
        SourceBy::Court => "court",
    }
}
