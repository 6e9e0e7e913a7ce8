//! Relief that later rows tell of, brought to the conviction it is about.
//!
//! A row that cannot be brought to one conviction for certain makes all that it may be about doubtful: their relief is then
//! unknown, and the law asks.

use packs::wordings::Relief;
use record::{DispositionKind, ReliefGranted};

use super::book::Book;
use super::column as col;
use super::person::{Conflict, Counted, Person, Step};

/// Finds relief in dispositions and comments and gives it to the convictions.
pub(super) fn attach(person: &mut Person<'_>, book: &mut Book<'_>) {
    let reached =
        |count: &Counted| count.convicted() && (count.known.reached || count.known.weighs);
    if !person.counts.iter().any(reached) {
        return;
    }
    for n in 0..person.counts.len() {
        let rows = person.counts[n].first..person.counts[n].end;
        for at in rows {
            let row = person.rows[at];
            let said = book.ending(row.field(col::DISP_DESCR));
            if let Some(relief) = &said.relief {
                give(person, n, at, relief);
            } else if said.kind == Some(DispositionKind::Dismissed) {
                dismissed_later(person, n);
            }
            // A comment speaks of its own count.
            let comment = row.field(col::COMMENT_TEXT);
            if person.counts[n].convicted()
                && person.counts[n].known.reached
                && !comment.is_empty()
                && let Some(relief) = &book.ending(comment).relief
            {
                give(person, n, at, relief);
            }
        }
    }
}

fn give(person: &mut Person<'_>, n: usize, at: usize, relief: &Relief) {
    let date = person.rows[at].date(col::STP_EVENT_DATE).known();
    let (targets, sure) = targets(person, n);
    for target in targets {
        let count = &mut person.counts[target];
        match relief {
            Relief::Granted { grants, .. } if sure => {
                for grant in grants {
                    let granted = ReliefGranted {
                        authority: grant.authority.clone(),
                        effect: grant.effect,
                        date,
                    };
                    if !count.granted.contains(&granted) {
                        count.granted.push(granted);
                    }
                }
            }
            Relief::Granted { .. } | Relief::Mentioned | Relief::Undone => {
                count.relief_doubt = true;
            }
        }
    }
}

// The convictions that a row about relief can be about, and whether that is certain.
fn targets(person: &Person<'_>, n: usize) -> (Vec<usize>, bool) {
    let own = &person.counts[n];
    if own.convicted() {
        return (vec![n], true);
    }
    let convictions: Vec<usize> = (0..person.counts.len())
        .filter(|other| person.counts[*other].convicted())
        .collect();
    let section = own.known.charged.section.as_ref();
    let same_section = |other: &usize| {
        section.is_some() && person.counts[*other].known.charged.section.as_ref() == section
    };
    let number = person.rows[own.first].field(col::OFN);
    let same_case = |other: &usize| {
        let count = &person.counts[*other];
        person.cycle(count) == person.cycle(own)
            || !number.is_empty() && person.rows[count.first].field(col::OFN) == number
    };
    let here: Vec<usize> = convictions
        .iter()
        .copied()
        .filter(|o| same_case(o))
        .collect();
    let exact: Vec<usize> = here.iter().copied().filter(|o| same_section(o)).collect();
    if !exact.is_empty() {
        let sure = exact.len() == 1;
        return (exact, sure);
    }
    if !here.is_empty() {
        let sure = here.len() == 1 && section.is_none();
        return (here, sure);
    }
    let elsewhere: Vec<usize> = convictions
        .into_iter()
        .filter(|o| same_section(o))
        .collect();
    (elsewhere, false)
}

// Dismissed in a later step than its conviction, and nothing says under which section.
fn dismissed_later(person: &mut Person<'_>, n: usize) {
    let own = &person.counts[n];
    if own.convicted() || own.step == Step::Arrest {
        return;
    }
    let (cycle, step) = (person.cycle(own).to_vec(), person.step(own).to_vec());
    let section = own.known.charged.section.clone();
    for other in 0..person.counts.len() {
        let count = &person.counts[other];
        let later = count.convicted()
            && person.cycle(count) == cycle.as_slice()
            && person.step(count) < step.as_slice()
            && section.is_some()
            && count.known.charged.section == section;
        if later {
            let count = &mut person.counts[other];
            count.relief_doubt = true;
            count.conflicts.push(Conflict::DismissedLater);
            count.conflicts.sort_unstable();
            count.conflicts.dedup();
        }
    }
}
