//! The California record sheet ("RAP sheet") as text: lines in, a draft out.
//!
//! The way of the data: [`clean`] makes a line comparable; [`walk`] finds rulers ([`rulers`]) and headers ([`headers`]) and gives
//! every line before the first entry to [`preamble`], every other to the entry's [`body`], which knows the charge line ([`charge`]),
//! dates and sentences; [`chain`] puts entries together; [`cases`] makes cases of them and [`fold`]s what became of each count.
//! [`marks`] keeps what became of every line; [`letters`] and [`plausible`] doubt what an engine recognised.
//!
//! Nothing here is guessed silently: what could change a section, a date or a level is a flag with a proposal.

mod body;
mod cases;
mod chain;
pub(crate) mod charge;
pub(crate) mod clean;
pub(crate) mod dates;
pub(crate) mod entry;
pub(crate) mod fold;
mod headers;
pub(crate) mod letters;
pub(crate) mod marks;
pub(crate) mod notices;
pub(crate) mod person;
pub(crate) mod plausible;
pub(crate) mod preamble;
mod rulers;
pub(crate) mod sentence;
pub(crate) mod source;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use packs::courts::Courts;
use packs::wordings::Wordings;
use record::{FactPath, Record, Section, Source};
use rust_decimal::Decimal;

use crate::book::Book;
use crate::closing::{Rest, is_gap};
use crate::text::RawLine;
use crate::{Draft, FlagKind, OtherEvent, OtherKind, ReadError};
use cases::Cases;
use clean::Line;
use entry::Entry;
use headers::Kind;
use marks::Marks;
use source::Sources;

/// The jurisdiction whose sheets have this format.
pub(crate) const JURISDICTION: &str = "us-ca";

/// The lines carry signs that no other paper has.
pub(crate) fn is_marked(lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        let text = line.text.as_str();
        text.contains("ARR/DET/CITE")
            || ["CNT:", "CII/", "NAM/", "TOC:"]
                .iter()
                .any(|sign| text.starts_with(sign))
            || text
                .strip_prefix("COURT:")
                .is_some_and(|rest| headers::is_name_code(rest.trim_start()))
    })
}

/// Reads the lines of a sheet. `knows` says whether the rules have anything to say of a section.
pub(crate) fn read(
    book: Book,
    lines: &[Line],
    courts: &Courts,
    wordings: &Wordings,
    knows: &dyn Fn(&Section) -> bool,
) -> Result<Draft, ReadError> {
    let incomplete = book.incomplete;
    let (mut raw, rest) = Rest::of(book);
    let mut marks = Marks::new(&raw);
    let walked = walk::Walker::new(lines, courts, wordings).walk(&mut marks)?;
    if walked.entries.is_empty() {
        return Err(no_entries(lines, walked.preamble.found));
    }
    // A free text with one line that happens to look like a header is no sheet.
    let counts = walked.entries.iter().any(|entry| !entry.counts.is_empty());
    let dated = walked.entries.iter().any(|entry| entry.date.is_some());
    if !walked.preamble.found && !counts && !dated {
        return Err(no_entries(lines, false));
    }
    person::mask(&mut raw, walked.first_entry, &walked.preamble);

    // A page that is only a picture may hold a registration or a dismissal: what is not seen is not known to be none.
    let whole = walked.ended && !incomplete && !raw.iter().any(|line| is_gap(&line.text));
    let entries: Vec<Entry> = walked
        .entries
        .into_iter()
        .flat_map(cases::by_court)
        .collect();
    let chains = chain::returned(&entries, chain::chains(&entries), |court, number| {
        let agency = &court.agency.as_ref()?.value;
        let place = courts
            .agency(agency)
            .county
            .map_or(agency, |county| &county.name);
        Some((place.clone(), cases::squeezed(number)))
    });
    let to = Sources {
        marks: &mut marks,
        by_path: BTreeMap::new(),
    };
    let mut cases = Cases::new(&entries, whole, courts, wordings, to);
    for (index, chain) in chains.iter().enumerate() {
        cases.add_chain(index, chain);
    }
    for chain in &chains {
        cases.add_custody(chain);
    }
    let (case_list, mut to) = (cases.cases, cases.to);
    let mut record = Record::new(person::person(
        &walked.preamble,
        &entries,
        whole,
        wordings,
        &mut to,
    ));
    record.cases = case_list;
    record.now = person::standing(&walked.preamble, &mut to);
    let mut by_path = to.by_path;
    letters::weigh(&raw, &mut by_path, &mut marks);
    doubt_damaged(&raw, &mut by_path);
    letters::compare(&record, &by_path, &mut marks);
    let made = walked.preamble.made.as_ref().map(|made| made.value);
    plausible::doubt(&record, made, knows, &mut by_path, &mut marks);

    let other_events = others(&entries, &chains, &raw);
    for entry in entries
        .iter()
        .filter(|entry| entry.kind == Kind::CompactParolee)
    {
        out_of_state(entry, &raw, &mut marks);
    }
    for entry in &entries {
        if let Some(line) = entry.strike {
            marks.flag(FlagKind::Strike, None, line, "", None);
        }
    }
    Ok(rest.close(record, by_path, marks, other_events, raw))
}

/// Nothing on a page of which a part is lost, or whose order is not understood, is sure: what it says may be joined wrongly.
fn doubt_damaged(raw: &[RawLine], by_path: &mut BTreeMap<FactPath, Vec<Source>>) {
    let pages: BTreeSet<u32> = raw
        .iter()
        .filter(|line| {
            [crate::pdf::DAMAGED_PAGE, crate::pdf::UNCLEAR_PAGE].contains(&line.text.as_str())
        })
        .map(|line| line.page)
        .collect();
    let half = Decimal::new(5, 1);
    for source in by_path.values_mut().flatten() {
        if source.page.is_some_and(|page| pages.contains(&page)) {
            source.confidence = source.confidence.map(|sure| sure.min(half));
        }
    }
}

/// Whom another state paroled was convicted there, which counts as a prior: nothing of it may look as if it were in the record.
fn out_of_state(entry: &Entry, raw: &[RawLine], marks: &mut Marks) {
    let text = |at: &usize| raw.get(*at).map_or("", |line| line.text.trim());
    let of = |at: &&usize| text(at).to_uppercase().starts_with("CONV OF");
    let mut after = entry.lines.iter().skip_while(|at| !of(at)).peekable();
    let first = after.peek().copied();
    // The offense stands behind the words or below them, up to the next line with a keyword of its own.
    let offense: Vec<usize> = after
        .enumerate()
        .take_while(|(place, at)| *place == 0 || !text(at).contains(':'))
        .map(|(_, at)| *at)
        .collect();
    for at in &offense {
        marks.unread(*at);
    }
    let words: Vec<&str> = offense.iter().map(text).collect();
    let line = first.copied().unwrap_or(entry.header);
    marks.flag(FlagKind::OutOfState, None, line, &words.join(" "), None);
}

fn no_entries(lines: &[Line], personal_block: bool) -> ReadError {
    let error_reply = lines
        .iter()
        .any(|line| line.text.contains("RECORD ERROR") && line.text.contains("REFER TO"));
    if error_reply {
        ReadError::RecordError
    } else if personal_block {
        ReadError::NoEntries
    } else {
        ReadError::NotASheet
    }
}

fn others(entries: &[Entry], chains: &[Vec<usize>], raw: &[RawLine]) -> Vec<OtherEvent> {
    let mut events = Vec::new();
    for (cycle, chain) in chains.iter().enumerate() {
        let whole = |entry: &&Entry| !entry.lines.is_empty();
        for entry in chain.iter().filter_map(|at| entries.get(*at)).filter(whole) {
            let kind = match entry.kind {
                Kind::Arrest | Kind::SupplementalArrest | Kind::Court => continue,
                Kind::Custody => OtherKind::Custody,
                Kind::Applicant => OtherKind::Applicant,
                Kind::Registration => OtherKind::Registration,
                Kind::Probation => OtherKind::Probation,
                Kind::MentalHealth => OtherKind::MentalHealth,
                Kind::Deceased => OtherKind::Deceased,
                Kind::CompactParolee => OtherKind::CompactParolee,
                Kind::Unknown => OtherKind::Unknown,
            };
            let text: Vec<String> = entry
                .lines
                .iter()
                .filter_map(|line| raw.get(*line))
                .map(|line| line.text.clone())
                .collect();
            events.push(OtherEvent {
                kind,
                header: text
                    .first()
                    .map(|line| line.trim().to_owned())
                    .unwrap_or_default(),
                date: entry.day(),
                agency: entry.agency.as_ref().map(|agency| agency.value.clone()),
                cycle,
                first_line: entry.header,
                text,
            });
        }
    }
    events
}
