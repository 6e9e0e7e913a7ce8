//! Resolves a door from its file.

use record::findings::Status;

use crate::door::{Anchor, Door, Grant, Scope, Term, Wait};
use crate::error::{LoadError, Problem};

use super::Around;
use super::deadline::{RawDoorPresumption, presumption};
use super::raw::{RawGate, RawGrant, RawNotice, RawWait, Word};

/// What stands in a door's file.
pub(super) struct Parts {
    pub(super) gates: Vec<RawGate>,
    pub(super) waits: Vec<RawWait>,
    pub(super) grants: Vec<RawGrant>,
    pub(super) notices: Vec<RawNotice>,
    pub(super) presumed: Option<RawDoorPresumption>,
}

pub(super) fn door(around: &Around<'_>, scope: Scope, parts: Parts) -> Result<Door, LoadError> {
    let file = around.terms.file;
    let mut grants = Vec::new();
    let last = parts.grants.len().checked_sub(1);
    for (n, raw) in parts.grants.into_iter().enumerate() {
        let open = matches!(
            raw.status,
            Status::Eligible | Status::LikelyDone | Status::NeedsAttorney
        );
        if !open {
            let problem = "a grant is `eligible`, `likely_done` or `needs_attorney`".to_owned();
            return Err(file.error_at(&raw.say, Problem::Value(problem)));
        }
        if raw.test.is_none() != (Some(n) == last) {
            let problem =
                "the last grant, and only the last, has no test: it is for the rest".to_owned();
            return Err(file.error_at(&raw.say, Problem::Value(problem)));
        }
        grants.push(grant(around, raw)?);
    }
    Ok(Door {
        scope,
        gates: parts
            .gates
            .into_iter()
            .map(|gate| around.gate(gate))
            .collect::<Result<_, _>>()?,
        waits: parts
            .waits
            .into_iter()
            .map(|raw| wait(around, raw))
            .collect::<Result<_, _>>()?,
        grants,
        presumed: parts
            .presumed
            .map(|raw| presumption(around, raw))
            .transpose()?,
        notices: around.notices(parts.notices)?,
    })
}

fn grant(around: &Around<'_>, raw: RawGrant) -> Result<Grant, LoadError> {
    let review = raw
        .review
        .as_ref()
        .map(|text| around.review(text, &raw.cite))
        .transpose()?;
    Ok(Grant {
        test: raw
            .test
            .map(|test| test.resolve(&around.terms))
            .transpose()?,
        status: raw.status,
        relief: raw.relief,
        mode: raw.mode,
        path: raw.path,
        say: around.say(&raw.say, &raw.cite)?,
        review,
    })
}

fn wait(around: &Around<'_>, raw: RawWait) -> Result<Wait, LoadError> {
    let from = match (raw.from, raw.day) {
        (Some(anchor), None) => anchor,
        (None, Some(day)) => Anchor::Day(day),
        _ => {
            let problem = "a wait runs `from` an event or to a `day`, one of them".to_owned();
            return Err(around.terms.file.error_at(&raw.id, Problem::Value(problem)));
        }
    };
    let whole = raw.plus.as_ref();
    let mut terms = vec![Term {
        from,
        years: whole.map_or(Ok(0), |plus| years(around, plus))?,
    }];
    if let Some(other) = raw.or {
        terms.push(Term {
            from: other.from,
            years: years(around, &other.plus)?,
        });
    }
    let arguable = raw.arguable.as_ref();
    let test = raw
        .test
        .map(|test| test.resolve(&around.terms))
        .transpose()?;
    if arguable.is_none() && raw.lawyer {
        let problem =
            "a `lawyer` is asked between what: `arguable` names the text with both readings"
                .to_owned();
        return Err(around.terms.file.error_at(&raw.id, Problem::Value(problem)));
    }
    Ok(Wait {
        terms,
        lawyer: raw.lawyer,
        test,
        arguable: arguable
            .map(|text| around.review(text, &raw.cite))
            .transpose()?,
        say: around.say(&raw.say, &raw.cite)?,
        id: raw.id.into_inner(),
    })
}

// `1 year`, `2 years`.
fn years(around: &Around<'_>, plus: &Word) -> Result<i16, LoadError> {
    let text = plus.get_ref();
    let number = text
        .strip_suffix(" years")
        .or_else(|| text.strip_suffix(" year"))
        .and_then(|number| number.parse::<i16>().ok())
        .filter(|years| (0..=100).contains(years));
    number.ok_or_else(|| {
        let problem = format!("`{text}` is no time: write `1 year` or `2 years`");
        around.terms.file.error_at(plus, Problem::Value(problem))
    })
}
