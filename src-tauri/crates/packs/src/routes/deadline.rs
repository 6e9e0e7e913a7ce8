//! Resolves deadlines and the presumption of a door.

use jiff::civil::Date;
use serde::Deserialize;

use crate::deadline::{Deadline, Event, Presumption, Silence, Standard, Start, Term, Who};
use crate::error::{LoadError, Problem};
use crate::test::RawTest;

use super::Around;
use super::raw::Word;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeadline {
    id: Word,
    who: Who,
    from: Word,
    plus: Option<Word>,
    minus: Option<Word>,
    met_by: Event,
    unless: Option<Event>,
    silence: Option<Silence>,
    say: Word,
    cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDoorPresumption {
    id: Word,
    law_of: Date,
    from: Event,
    test: RawTest,
    rebut: RawRebut,
    say: Word,
    review: Word,
    cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRebut {
    by: Who,
    standard: Standard,
}

pub(super) fn presumption(
    around: &Around<'_>,
    raw: RawDoorPresumption,
) -> Result<Presumption, LoadError> {
    Ok(Presumption {
        law_of: raw.law_of,
        from: raw.from,
        test: raw.test.resolve(&around.terms)?,
        by: raw.rebut.by,
        standard: raw.rebut.standard,
        say: around.say(&raw.say, &raw.cite)?,
        review: around.review(&raw.review, &raw.cite)?,
        id: raw.id.into_inner(),
    })
}

/// The deadlines in an order in which none runs from a later one.
pub(super) fn deadlines(
    around: &Around<'_>,
    raw: Vec<RawDeadline>,
) -> Result<Vec<Deadline>, LoadError> {
    let file = around.terms.file;
    for (n, one) in raw.iter().enumerate() {
        if raw
            .iter()
            .take(n)
            .any(|other| other.id.get_ref() == one.id.get_ref())
        {
            return Err(crate::offense::twice(file, "the deadline", &one.id));
        }
    }
    let ids: Vec<String> = raw.iter().map(|one| one.id.get_ref().clone()).collect();
    let event = |word: &Word| {
        Event::ALL
            .into_iter()
            .find(|event| event.key() == word.get_ref())
    };
    let mut open: Vec<RawDeadline> = raw;
    let mut done: Vec<Deadline> = Vec::new();
    while !open.is_empty() {
        let ready = open.iter().position(|one| {
            event(&one.from).is_some() || done.iter().any(|other| &other.id == one.from.get_ref())
        });
        let Some(ready) = ready else {
            let one = &open[0];
            let waits = ids.contains(one.from.get_ref());
            let problem = if waits {
                let round: Vec<&str> = open.iter().map(|one| one.id.get_ref().as_str()).collect();
                Problem::Cycle {
                    kind: "deadlines",
                    round: round.join(", "),
                }
            } else {
                let events = Event::ALL.iter().map(|event| event.key());
                let known = events.chain(ids.iter().map(String::as_str));
                Problem::unknown("the event or deadline", one.from.get_ref(), known)
            };
            return Err(file.error_at(&one.from, problem));
        };
        let one = open.remove(ready);
        let from = match event(&one.from) {
            Some(event) => Start::Event(event),
            None => {
                let number = done
                    .iter()
                    .position(|other| &other.id == one.from.get_ref());
                Start::Deadline(number.unwrap_or_default())
            }
        };
        done.push(deadline(around, one, from)?);
    }
    Ok(done)
}

fn deadline(around: &Around<'_>, raw: RawDeadline, from: Start) -> Result<Deadline, LoadError> {
    let file = around.terms.file;
    let (text, before) = match (&raw.plus, &raw.minus) {
        (Some(plus), None) => (plus, false),
        (None, Some(minus)) => (minus, true),
        _ => {
            let problem = "a deadline is `plus` or `minus` a time, one of them".to_owned();
            return Err(file.error_at(&raw.id, Problem::Value(problem)));
        }
    };
    let plus = Term::parse(text.get_ref()).ok_or_else(|| {
        let problem = format!(
            "`{}` is no time: write `60 days`, `2 months` or `1 year`",
            text.get_ref()
        );
        file.error_at(text, Problem::Value(problem))
    })?;
    Ok(Deadline {
        who: raw.who,
        from,
        plus,
        before,
        met_by: raw.met_by,
        unless: raw.unless,
        silence: raw.silence,
        say: around.say(&raw.say, &raw.cite)?,
        id: raw.id.into_inner(),
    })
}
