//! A county's docket text in its clear form: labels with a colon, each with its value, one case after the other.
//!
//! Known from what courts publish of single cases, which no two print alike, so nothing of it is sure (see [`crate::unproved`]). What
//! is labelled is read; every other line is listed as unread. A disposition below a list of counts is said of nobody knows which, and
//! is listed too. A case whose defendant has another name than the first is not read.

mod walk;
mod words;

use crate::book::Book;
use crate::closing::Rest;
use crate::sheet::clean::Line;
use crate::sheet::marks::Marks;
use crate::sheet::person::masked;
use crate::unproved::labels::{self, Sign};
use crate::unproved::paper::{self, Tables};
use crate::{Draft, ReadError};
use words::{Kind, LABELS};

/// The lines are a docket: a case number, and a count or how one ended.
pub(crate) fn is_one(lines: &[Line]) -> bool {
    let labelled = |kinds: &[Kind]| {
        lines.iter().any(|line| {
            labels::at_start(&line.text, &LABELS, Sign::Colon).is_some_and(|found| {
                kinds.contains(&found.kind) && (found.number.is_some() || !found.value.is_empty())
            })
        })
    };
    labelled(&[Kind::Number]) && labelled(&[Kind::Count, Kind::Ended])
}

/// Reads the lines of a docket.
///
/// # Errors
/// Reading takes longer than the limit.
pub(crate) fn read(book: Book, lines: &[Line], tables: Tables<'_>) -> Result<Draft, ReadError> {
    let (mut raw, rest) = Rest::of(book);
    let mut marks = Marks::new(&raw);
    let (person, cases) = walk::Walker::new(lines).walk(&mut marks)?;
    for line in &mut raw {
        // A case number may have nine digits too.
        let said = line.text.to_uppercase();
        line.text = masked(&line.text, said.contains("SSN") || said.contains("SOC"));
    }
    let read = paper::Read {
        person,
        cases,
        others: Vec::new(),
    };
    Ok(paper::draft(read, marks, raw, rest, tables))
}
