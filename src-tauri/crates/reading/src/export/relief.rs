//! Relief that later rows tell of, brought to the conviction it is about.
//!
//! A row that cannot be brought to one conviction for certain makes all that it may be about doubtful: their relief is then
//! unknown, and the law asks.

use packs::wordings::Relief;
use record::{Effect, ReliefGranted};

use super::book::Book;
use super::column as col;
use super::count::{Conflict, Counted, Step};
use super::field::text;
use super::person::Person;

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
                if ends_the_case(relief) {
                    undone_later(person, n);
                }
            } else if said.undoes {
                undone_later(person, n);
            }
            // A comment speaks of its own count, unless it names another.
            let comment = row.field(col::COMMENT_TEXT);
            if !comment.is_empty()
                && let Some(relief) = &book.ending(comment).relief
            {
                match names_a_count(&text(comment)) {
                    true => give(person, n, at, &Relief::Mentioned),
                    false => give(person, n, at, relief),
                }
            }
        }
    }
}

// A dismissal in the interests of justice, or after diversion, behind a conviction: it is no relief from one, and what it did to the
// conviction a person must read.
fn ends_the_case(relief: &Relief) -> bool {
    let Relief::Granted { grants, .. } = relief else {
        return false;
    };
    let section = |authority: &str| {
        let number = authority.rsplit(' ').next().unwrap_or_default();
        let base = number.split(['(', '.']).next().unwrap_or_default();
        matches!(base, "1385" | "1000" | "1001")
    };
    grants
        .iter()
        .any(|grant| grant.authority.as_deref().is_some_and(section))
}

fn give(person: &mut Person<'_>, n: usize, at: usize, relief: &Relief) {
    let date = person.rows[at].date(col::STP_EVENT_DATE).known();
    let (targets, sure) = targets(person, n);
    for target in targets {
        let count = &mut person.counts[target];
        match relief {
            Relief::Granted { grants, .. } if sure => {
                // What a pardon leaves to be asked for, a lawyer must say.
                if grants.iter().any(|grant| grant.effect == Effect::Pardoned) {
                    doubt(count);
                }
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

// `COUNT 2`, `CNT 002`, `CT 3`: by which numbers, the export does not say.
fn names_a_count(comment: &str) -> bool {
    let upper = comment.to_ascii_uppercase();
    let mut words = upper
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        let named = matches!(word, "COUNT" | "COUNTS" | "CNT" | "CNTS" | "CT" | "CTS");
        let number = |next: &&str| next.starts_with(|c: char| c.is_ascii_digit());
        if named && words.peek().is_some_and(number) {
            return true;
        }
    }
    false
}

// Dismissed, acquitted or reversed in a later step than its conviction, and nothing says under which section.
fn undone_later(person: &mut Person<'_>, n: usize) {
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
            doubt(&mut person.counts[other]);
        }
    }
}

fn doubt(count: &mut Counted) {
    count.relief_doubt = true;
    count.conflicts.push(Conflict::DismissedLater);
    count.conflicts.sort_unstable();
    count.conflicts.dedup();
}
