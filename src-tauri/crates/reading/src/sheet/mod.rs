//! The California record sheet ("RAP sheet") as text: lines in, a draft out.
//!
//! The way of the data: [`clean`] makes a line comparable; [`walk`] finds rulers ([`rulers`]) and headers ([`headers`]) and gives
//! every line before the first entry to [`preamble`], every other to the entry's [`body`], which knows the charge line ([`charge`]),
//! dates and sentences; [`chain`] puts entries together; [`cases`] makes cases of them and [`fold`]s what became of each count.
//! [`marks`] keeps what became of every line.
//!
//! Nothing here is guessed silently: what could change a section, a date or a level is a flag with a proposal.

mod body;
mod cases;
mod chain;
mod charge;
mod clean;
mod dates;
mod entry;
mod fold;
mod headers;
mod marks;
mod notices;
mod person;
mod preamble;
mod rulers;
mod sentence;
mod source;
mod walk;

use std::collections::BTreeMap;

use packs::courts::Courts;
use packs::wordings::Wordings;
use record::{DispositionKind, Reading, ReadingEngine, Record, Section, UnreadLine};

use crate::draft::share;
use crate::text::RawLine;
use crate::{Draft, Fate, Flag, FlagKind, OtherEvent, OtherKind, ReadError, SourceLine};
use cases::Cases;
use clean::Line;
use entry::Entry;
use headers::Kind;
use marks::Marks;
use source::Sources;

/// The jurisdiction whose sheets have this format.
pub(crate) const JURISDICTION: &str = "us-ca";

/// Reads the lines of a sheet.
pub(crate) fn read(
    mut raw: Vec<RawLine>,
    courts: &Courts,
    wordings: &Wordings,
) -> Result<Draft, ReadError> {
    let lines: Vec<Line> = raw.iter().map(Line::of).collect();
    let mut marks = Marks::new(&raw);
    let walked = walk::Walker::new(&lines, courts, wordings).walk(&mut marks)?;
    if walked.entries.is_empty() {
        return Err(no_entries(&lines, walked.preamble.found));
    }
    // A free text with one line that happens to look like a header is no sheet.
    let counts = walked.entries.iter().any(|entry| !entry.counts.is_empty());
    let dated = walked.entries.iter().any(|entry| entry.date.is_some());
    if !walked.preamble.found && !counts && !dated {
        return Err(no_entries(&lines, false));
    }
    person::mask(&mut raw, walked.first_entry, &walked.preamble);

    // A page that is only a picture may hold a registration or a dismissal: what is not seen is not known to be none.
    let whole = walked.ended && !raw.iter().any(|line| line.text == crate::pdf::PICTURE_PAGE);
    let entries = walked.entries;
    let chains = chain::chains(&entries);
    let to = Sources {
        marks: &mut marks,
        by_path: BTreeMap::new(),
    };
    let mut cases = Cases::new(&entries, whole, courts, wordings, to);
    for (index, chain) in chains.iter().enumerate() {
        cases.add_chain(index, chain);
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
    let by_path = to.by_path;

    unproven(&entries, &chains, &record, &mut marks);
    let other_events = others(&entries, &chains, &raw);
    for entry in &entries {
        if let Some(line) = entry.strike {
            marks.flag(FlagKind::Strike, None, line, "", None);
        }
    }
    let (lines, mut flags) = marks.finish(raw);
    point_flags(&mut flags, &lines);
    record.provenance = Some(by_path);
    record.reading = Some(Reading {
        share: share(&lines),
        unread: lines
            .iter()
            .filter(|line| line.fate == Fate::Unread)
            .map(|line| UnreadLine {
                page: line.page,
                line: line.line,
                text: line.text.clone(),
            })
            .collect(),
        engine: ReadingEngine::Text,
    });
    Ok(Draft {
        record,
        lines,
        other_events,
        flags,
    })
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

/// Custody and probation prove a conviction. One that no court entry shows is not in the record: its line stays unread and says so.
fn unproven(entries: &[Entry], chains: &[Vec<usize>], record: &Record, marks: &mut Marks) {
    let numbers: Vec<String> = record
        .cases
        .iter()
        .filter_map(|case| case.number.as_deref().map(cases::squeezed))
        .collect();
    for chain in chains {
        let members: Vec<&Entry> = chain.iter().filter_map(|at| entries.get(*at)).collect();
        let convicted: Vec<&Section> = members
            .iter()
            .filter(|entry| entry.kind == Kind::Court)
            .flat_map(|entry| &entry.counts)
            .filter_map(|count| count.charge.as_ref()?.value.section.as_ref())
            .filter(|section| {
                record.counts().any(|(_, _, _, count)| {
                    count.section.as_ref() == Some(section)
                        && count
                            .disposition
                            .as_ref()
                            .is_some_and(|d| d.kind == DispositionKind::Convicted)
                })
            })
            .collect();
        for entry in members
            .iter()
            .filter(|entry| matches!(entry.kind, Kind::Custody | Kind::Probation))
        {
            let known_case = entry
                .court_number
                .as_deref()
                .is_some_and(|number| numbers.contains(&cases::squeezed(number)));
            if known_case || !(entry.sentenced || entry.court_number.is_some()) {
                continue;
            }
            for charge in entry
                .counts
                .iter()
                .filter_map(|count| count.charge.as_ref())
            {
                let section = charge.value.section.as_ref();
                let shown = section
                    .is_some_and(|section| convicted.iter().any(|c| c.base() == section.base()));
                if !shown {
                    marks.unread(charge.line);
                    let proposal = section.map(ToString::to_string);
                    marks.flag(
                        FlagKind::ConvictionWithoutCourt,
                        None,
                        charge.line,
                        "",
                        proposal,
                    );
                }
            }
        }
    }
}

fn others(entries: &[Entry], chains: &[Vec<usize>], raw: &[RawLine]) -> Vec<OtherEvent> {
    let mut events = Vec::new();
    for (cycle, chain) in chains.iter().enumerate() {
        for entry in chain.iter().filter_map(|at| entries.get(*at)) {
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

/// A flag raised while a line was read gets the path of the fact that the line came to carry, and the line's words.
fn point_flags(flags: &mut [Flag], lines: &[SourceLine]) {
    let at: BTreeMap<(u32, u32), &SourceLine> = lines
        .iter()
        .map(|line| ((line.page, line.line), line))
        .collect();
    for flag in flags.iter_mut() {
        let Some(line) = at.get(&(flag.page, flag.line)) else {
            continue;
        };
        if flag.text.is_empty() {
            line.text.trim().clone_into(&mut flag.text);
        }
        if let (None, Fate::Used { facts }) = (&flag.path, &line.fate) {
            let dated = matches!(flag.kind, FlagKind::ImpossibleDate | FlagKind::DoubtfulDate);
            let ending = match flag.kind {
                _ if dated => ".date",
                FlagKind::DoubtfulLevel => ".level",
                FlagKind::DoubtfulSection | FlagKind::RepairedCode | FlagKind::SecondCharge => {
                    ".section"
                }
                _ => "",
            };
            flag.path = facts
                .iter()
                .find(|path| path.as_str().ends_with(ending))
                .cloned();
        }
    }
}
