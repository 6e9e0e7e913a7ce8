//! Saved findings held against those of today's pack: who gains and who loses what.
//!
//! The saved findings keep the version of the pack that made them. Nothing is recomputed here: the same record is screened with the
//! new pack, and [`compare`] says what differs.

use record::findings::{Finding, Findings, Relief, RouteId, Status};

use crate::prove::refine::rank;

/// Which way an answer changed, from the client's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A door opened, or opens with more certainty or sooner.
    Gains,
    /// A door closed, or promises less.
    Loses,
    /// It changed, and neither is plainly better: a person must look.
    Differs,
}

/// One answer that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The route.
    pub route: RouteId,
    /// The case; none for an answer about the person.
    pub case: Option<usize>,
    /// The count; none for an answer about a case.
    pub count: Option<usize>,
    /// Which way.
    pub way: Way,
    /// What was said, and the relief named; none where the route said nothing.
    pub was: Option<(Status, Option<Relief>)>,
    /// What is said now.
    pub is: Option<(Status, Option<Relief>)>,
}

/// What differs between findings about one record, in the order of the saved ones, new ones last.
#[must_use]
pub fn compare(saved: &Findings, now: &Findings) -> Vec<Change> {
    let place = |f: &Finding| (f.route.clone(), f.case, f.count);
    let find = |all: &Findings, one: &Finding| {
        let mut same = all.findings.iter().filter(|f| place(f) == place(one));
        same.next().cloned()
    };
    let mut changes = Vec::new();
    for was in &saved.findings {
        changes.extend(change(Some(was), find(now, was).as_ref()));
    }
    for is in &now.findings {
        if find(saved, is).is_none() {
            changes.extend(change(None, Some(is)));
        }
    }
    changes
}

fn change(was: Option<&Finding>, is: Option<&Finding>) -> Option<Change> {
    let answer = |f: &Finding| {
        (
            f.status, f.code, f.relief, f.fallback, f.mode, f.path, f.earliest,
        )
    };
    if was.map(answer) == is.map(answer) {
        return None;
    }
    let one = was.or(is)?;
    let way = match (was.map_or(0, standing), is.map_or(0, standing)) {
        (a, b) if a < b => Way::Gains,
        (a, b) if a > b => Way::Loses,
        _ => match (was.and_then(|f| f.earliest), is.and_then(|f| f.earliest)) {
            (Some(a), Some(b)) if b < a => Way::Gains,
            (Some(a), Some(b)) if b > a => Way::Loses,
            _ => by_relief(was, is),
        },
    };
    let said = |f: &Finding| (f.status, f.relief);
    // A route that says nothing and one that says no are one answer to the client.
    (standing_or_none(was) > 0 || standing_or_none(is) > 0).then(|| Change {
        route: one.route.clone(),
        case: one.case,
        count: one.count,
        way,
        was: was.map(said),
        is: is.map(said),
    })
}

// The better relief is the lower rank; then what is left if the other side proves its case.
fn by_relief(was: Option<&Finding>, is: Option<&Finding>) -> Way {
    let ranks = |f: &Finding| (f.relief.and_then(rank), f.fallback.and_then(rank));
    match (was.map(ranks), is.map(ranks)) {
        (Some((Some(a), _)), Some((Some(b), _))) if b < a => Way::Gains,
        (Some((Some(a), _)), Some((Some(b), _))) if b > a => Way::Loses,
        (Some((_, Some(a))), Some((_, Some(b)))) if b < a => Way::Gains,
        (Some((_, Some(a))), Some((_, Some(b)))) if b > a => Way::Loses,
        _ => Way::Differs,
    }
}

fn standing_or_none(finding: Option<&Finding>) -> u8 {
    finding.map_or(0, standing)
}

// How much an answer holds out.
fn standing(finding: &Finding) -> u8 {
    match finding.status {
        Status::NotEligible => 0,
        Status::NeedsFacts | Status::NeedsAttorney => 1,
        Status::NotYet => 2,
        Status::Eligible => 3,
        Status::LikelyDone => 4,
        Status::AlreadyGranted => 5,
    }
}
