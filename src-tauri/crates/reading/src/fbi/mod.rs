//! The FBI's record of a person: the "identification record" of old, the Identity History Summary of now, and the record in cycles
//! that states and the FBI answer each other with.
//!
//! Known from public descriptions alone, so nothing of it is sure (see [`crate::unproved`]). The record abbreviates: a charge is mostly
//! a few words without a section, a court is often missing, and what became of a count often too. None of it is concluded. Each
//! agency and court carries the signs that the FBI knows it by, and those say which state's it is ([`agency`]); charges of other states
//! and of the federal government keep that place, so that no rule touches them.
//!
//! The way of the data: [`head`] reads whom it is about, [`walk`] divides the lines into [`entry`]s, those become cases.

mod agency;
mod entry;
mod head;
mod walk;
mod words;

use record::IdentifierKind;

use crate::book::Book;
use crate::closing::Rest;
use crate::sheet::clean::Line;
use crate::sheet::marks::Marks;
use crate::sheet::person::masked;
use crate::unproved::paper::{self, Tables};
use crate::{Draft, ReadError};

/// Words that only the head of such a record has.
const TITLES: [&str; 3] = [
    "FBI IDENTIFICATION RECORD",
    "IDENTITY HISTORY SUMMARY",
    "FBI CRIMINAL HISTORY RECORD",
];

/// The lines are an FBI record.
pub(crate) fn is_one(lines: &[Line]) -> bool {
    let any = |test: &dyn Fn(&str) -> bool| lines.iter().any(|line| test(&line.text));
    let titled = any(&|text| TITLES.iter().any(|title| text.contains(title)));
    let cycles = any(&|text| words::cycle(text))
        && any(&|text| text.starts_with("ARREST DATE") || text.starts_with("EARLIEST EVENT DATE"));
    titled || cycles || any(&is_entry)
}

/// `1-ARRESTED OR RECEIVED 1998/06/09`: an entry begins.
pub(crate) fn is_entry(text: &str) -> bool {
    words::header(text).is_some_and(|(words, _)| words.starts_with("ARRESTED OR RECEIVED"))
}

/// Reads the lines of a record.
///
/// # Errors
/// It has no entry, or reading takes longer than the limit.
pub(crate) fn read(book: Book, lines: &[Line], tables: Tables<'_>) -> Result<Draft, ReadError> {
    let (mut raw, rest) = Rest::of(book);
    let mut marks = Marks::new(&raw);
    let walked = walk::Walker::new(lines).walk(&mut marks)?;
    if walked.entries.is_empty() {
        return Err(ReadError::NoEntries);
    }
    for (at, line) in raw.iter_mut().enumerate() {
        // The person's block holds numbers of every kind; that of the FBI may be nine digits too, and is shown.
        let known = walked
            .person
            .numbers
            .iter()
            .any(|number| number.line == at && number.value.kind != IdentifierKind::SsnLast4);
        line.text = masked(&line.text, at < walked.first_entry && !known);
    }
    let (mut cases, mut others) = (Vec::new(), Vec::new());
    for (cycle, entry) in walked.entries.into_iter().enumerate() {
        others.extend(entry.others(&raw, cycle));
        cases.extend(entry.cases(&mut marks));
    }
    let read = paper::Read {
        person: walked.person,
        cases,
        others,
    };
    Ok(paper::draft(read, marks, raw, rest, tables))
}
