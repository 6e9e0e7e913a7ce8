//! Which case and which count of a record a sheet's case and count are.
//!
//! A case is known by its number, its court and its dates, as far as both sides have them: what is known on one side only speaks neither
//! for nor against. Where two cases of the record would do, none is taken: a case that stands twice is seen, a wrong one is not.

use std::collections::BTreeSet;

use record::{Case, Count, PartialDate, Record, SourceBy};

use crate::named::plain;
use crate::trail::is_within;

/// The case whose counts stand on the same lines of this sheet as those of the draft's case.
pub(super) fn on_the_same_lines(
    ours: &Record,
    theirs: &Record,
    k: usize,
    sheet: &str,
) -> Option<usize> {
    let lines = |record: &Record, case: usize| -> BTreeSet<(Option<u32>, Option<u32>)> {
        let counts = format!("cases[{case}].counts");
        let known = record.provenance.iter().flatten();
        known
            .filter(|(path, _)| is_within(path.as_str(), &counts))
            .flat_map(|(_, sources)| sources)
            .filter(|source| source.by == SourceBy::Sheet && source.file.as_deref() == Some(sheet))
            .map(|source| (source.page, source.line))
            .collect()
    };
    let wanted = lines(theirs, k);
    let shared = |i: &usize| lines(ours, *i).intersection(&wanted).count();
    (0..ours.cases.len())
        .max_by_key(shared)
        .filter(|i| shared(i) > 0)
}

/// The one case of the record that a sheet's case is, among those that nothing of the sheet was found in yet.
pub(super) fn same_case(ours: &[Case], met: &[bool], case: &Case) -> Option<usize> {
    let open = |i: &usize| !met[*i];
    let all = 0..met.len();
    all.clone()
        .filter(open)
        .find(|i| is_same_case(&ours[*i], case))
        .or_else(|| {
            let mut perhaps = all.filter(open).filter(|i| may_be_same(&ours[*i], case));
            perhaps.next().filter(|_| perhaps.next().is_none())
        })
}

/// The same court and number; or, where neither has a number, the same arrest; or the same charges on the same days.
fn is_same_case(a: &Case, b: &Case) -> bool {
    let court = |case: &Case| plain(&case.court.county).or_else(|| plain(&case.court.name));
    match (plain(&a.number), plain(&b.number)) {
        (Some(one), Some(other)) => one == other && court(a) == court(b),
        (None, None) => {
            let arrest = |case: &Case| {
                let first = case.arrests.as_ref()?.first()?;
                Some((plain(&first.agency), plain(&first.number), first.date))
            };
            match (arrest(a), arrest(b)) {
                (Some(one), Some(other)) => one == other && charges(a) == charges(b),
                (None, None) => court(a) == court(b) && charges(a) == charges(b),
                _ => false,
            }
        }
        _ => false,
    }
}

// The same number, where the court or its county is known on one side only, and no date says otherwise; or the same arrest, where the
// court's number is known on one side only.
fn may_be_same(a: &Case, b: &Case) -> bool {
    let number = match (plain(&a.number), plain(&b.number)) {
        (Some(one), Some(other)) => one == other,
        _ => same_arrest(a, b),
    };
    let courts = match (plain(&a.court.county), plain(&b.court.county)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let law = match (&a.court.jurisdiction, &b.court.jurisdiction) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    number && courts && law && agree(a.filed, b.filed)
}

/// An arrest of both on the same day under the same number of the agency. Each source calls the agency otherwise: `CAPD FRESNO`,
/// `POLICE DEPARTMENT FRESNO`. So its name speaks neither for nor against.
fn same_arrest(a: &Case, b: &Case) -> bool {
    let arrests = |case: &Case| -> Vec<(String, PartialDate)> {
        let known = case.arrests.iter().flatten();
        known
            .filter_map(|arrest| plain(&arrest.number).zip(arrest.date))
            .collect()
    };
    let theirs = arrests(b);
    arrests(a).iter().any(|arrest| theirs.contains(arrest))
}

// As far as both go: a year agrees with each of its days.
fn agree(a: Option<PartialDate>, b: Option<PartialDate>) -> bool {
    a.zip(b)
        .is_none_or(|(a, b)| a.earliest() <= b.latest() && b.earliest() <= a.latest())
}

fn charges(case: &Case) -> Vec<(Option<String>, Option<record::PartialDate>)> {
    let counts = case.counts.iter();
    counts
        .map(|count| {
            (
                count.section.as_ref().map(ToString::to_string),
                count.offense_date,
            )
        })
        .collect()
}

/// For each count of a sheet, the count of the record that it is; none where it is new.
pub(super) fn same_counts(ours: &[Count], theirs: &[Count]) -> Vec<Option<usize>> {
    let mut at: Vec<Option<usize>> = vec![None; theirs.len()];
    let same = |a: &Count, b: &Count| a.section == b.section && a.offense_date == b.offense_date;
    let close = |a: &Count, b: &Count| {
        a.section.is_some() && a.section == b.section && agree(a.offense_date, b.offense_date)
    };
    // The same number of counts is the same list, also where an answer corrected a section.
    let same_length = ours.len() == theirs.len();
    let mut pass = |fits: &dyn Fn(usize, usize) -> bool| {
        for c in 0..theirs.len() {
            let taken = |j: usize| at.contains(&Some(j));
            if at[c].is_none() {
                // Of two that are alike, the one in the same place.
                let places = std::iter::once(c).chain(0..ours.len());
                let found = places
                    .filter(|j| *j < ours.len())
                    .find(|j| !taken(*j) && fits(*j, c));
                at[c] = found;
            }
        }
    };
    pass(&|j, c| same(&ours[j], &theirs[c]));
    pass(&|j, c| close(&ours[j], &theirs[c]));
    pass(&|j, c| same_length && j == c);
    // Somebody wrote down that there is a count, and nothing of it.
    pass(&|j, _| is_blank(&ours[j]));
    at
}

fn is_blank(count: &Count) -> bool {
    let id = count.id.clone();
    *count
        == Count {
            id,
            ..Count::default()
        }
}
