//! Waits, and years that begin with an event: each with cases on the day before it ends, on the day, and after.

use packs::door::{Door, Wait};
use packs::route::{Kind, Route};
use packs::test::Since;
use record::findings::Status;

use super::{Asked, NEAR_DAYS, Sides, asked, days};
use crate::docket::Docket;
use crate::door::anniversary;
use crate::prove::Proof;
use crate::run::{Law, Run};
use crate::truth::Truth;

/// Where the days asked about lie from the end of a wait, for the counts that it is for and whose event is known to the day.
pub(super) fn sides(proof: &Proof<'_>, route: &Route, door: &Door, wait: &Wait) -> Sides {
    let mut sides = Sides::default();
    for asked in asked(proof, route) {
        let Some(answer) = asked.answer else {
            continue;
        };
        let due = with_run(proof, Law::Door(door), &asked, |run| {
            let mine = wait.test.as_ref().map_or(Truth::Yes, |t| run.known(t));
            let due = run.due(wait);
            let day = due.first.filter(|_| due.first == due.last);
            day.filter(|_| mine == Truth::Yes)
        });
        let Some(due) = due else {
            continue;
        };
        let distance = days(due, asked.case.as_of);
        // On the day before, the answer names the day; afterwards this wait holds nobody up.
        let told = if wait.lawyer {
            answer.status == Status::NeedsAttorney
        } else {
            answer.status == Status::NotYet && answer.earliest == Some(due)
        };
        let closed = [Status::NotYet, Status::NotEligible];
        let asked = wait.lawyer && answer.status == Status::NeedsAttorney;
        let through = !(asked || closed.contains(&answer.status));
        if (distance < 0 && told) || (distance >= 0 && through) {
            sides.see(distance, NEAR_DAYS);
        }
    }
    sides
}

/// Where later convictions lie from the end of the years after an event.
pub(super) fn since(proof: &Proof<'_>, route: &Route, since: Since, years: i16) -> Sides {
    let mut sides = Sides::default();
    let Kind::Door(door) = &route.kind else {
        return sides;
    };
    for asked in asked(proof, route) {
        let end = with_run(proof, Law::Door(door), &asked, |run| {
            let from = run.anchor(since.after);
            let day = from.first.filter(|_| from.first == from.last)?;
            anniversary(day, years)
        });
        let Some(end) = end else {
            continue;
        };
        for (k, c, _, count) in asked.case.record.counts() {
            let judged = count.disposition.as_ref().and_then(|d| d.date);
            let date = if since.by_offense {
                count.offense_date
            } else {
                judged
            };
            if let Some(day) = date.and_then(|date| date.exact())
                && (k, c) != (asked.k, asked.c)
            {
                sides.see(days(end, day), NEAR_DAYS);
            }
        }
    }
    sides
}

pub(super) fn with_run<T>(
    proof: &Proof<'_>,
    law: Law<'_>,
    asked: &Asked<'_>,
    what: impl FnOnce(&mut Run<'_>) -> T,
) -> T {
    let docket = Docket::new(&asked.case.record, proof.pack, asked.case.as_of);
    let mut run = Run::new(&docket, law, asked.k, asked.c);
    run.days = run.entry().days;
    what(&mut run)
}
