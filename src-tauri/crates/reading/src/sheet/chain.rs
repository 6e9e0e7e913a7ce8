//! Which entries belong together: the chain from an arrest to its court and custody.

use std::collections::HashMap;

use super::entry::{Entry, Lead};
use super::headers::Kind;

/// Years between an arrest and a court entry that may still belong to it where nothing else tells.
const NEAR_YEARS: i16 = 2;

/// Chains of entries, each a list of indices in order. Rulers decide where they stand; where they are lost, the headers do.
pub(super) fn chains(entries: &[Entry]) -> Vec<Vec<usize>> {
    let mut chains: Vec<Vec<usize>> = Vec::new();
    let stars_kept = entries
        .iter()
        .filter(|entry| entry.lead == Lead::Stars)
        .count()
        > 1;
    for (index, entry) in entries.iter().enumerate() {
        let joins = match (entry.lead, chains.last()) {
            (Lead::Stars, _) | (_, None) => false,
            (Lead::Dashes, Some(_)) => true,
            (Lead::Nothing, Some(chain)) => {
                let members: Vec<&Entry> = chain.iter().filter_map(|at| entries.get(*at)).collect();
                joins(entry, &members, stars_kept)
            }
        };
        match chains.last_mut().filter(|_| joins) {
            Some(chain) => chain.push(index),
            None => chains.push(vec![index]),
        }
    }
    chains
}

/// Chains whose court cases all stand in an earlier chain go on that chain: a case that came back to court is still one case.
pub(super) fn returned(
    entries: &[Entry],
    chains: Vec<Vec<usize>>,
    key: impl Fn(&Entry, &str) -> Option<(String, String)>,
) -> Vec<Vec<usize>> {
    let keys = |chain: &[usize]| -> Option<Vec<(String, String)>> {
        let courts = chain
            .iter()
            .filter_map(|at| entries.get(*at))
            .filter(|entry| entry.kind == Kind::Court);
        let mut keys = Vec::new();
        for court in courts {
            let numbers = court
                .counts
                .iter()
                .filter_map(|count| count.number.as_ref());
            let before = keys.len();
            for number in numbers {
                keys.push(key(court, &number.value)?);
            }
            // A court entry without a number belongs to no case that could be known.
            if keys.len() == before && !court.counts.is_empty() {
                return None;
            }
        }
        (!keys.is_empty()).then_some(keys)
    };
    // The chains so far, and in which of them each key stands.
    let mut known: Vec<(Vec<(String, String)>, usize)> = Vec::new();
    let mut by_key: HashMap<(String, String), Vec<usize>> = HashMap::new();
    let mut joined: Vec<Vec<usize>> = Vec::new();
    for chain in chains {
        let own = keys(&chain);
        let earlier = own.as_ref().and_then(|own| {
            let with_first = by_key.get(own.first()?)?;
            with_first
                .iter()
                .filter_map(|at| known.get(*at))
                .find(|(theirs, _)| own.iter().all(|one| theirs.contains(one)))
                .map(|(_, at)| *at)
        });
        match earlier.and_then(|at| joined.get_mut(at)) {
            Some(before) => before.extend(chain),
            None => {
                for key in own.iter().flatten() {
                    let chains = by_key.entry(key.clone()).or_default();
                    if chains.last() != Some(&known.len()) {
                        chains.push(known.len());
                    }
                }
                known.extend(own.map(|own| (own, joined.len())));
                joined.push(chain);
            }
        }
    }
    joined
}

/// Without a ruler: does the entry go on the chain, or begin one?
fn joins(entry: &Entry, chain: &[&Entry], stars_kept: bool) -> bool {
    let last = chain.last().map(|entry| entry.kind);
    match entry.kind {
        // These always begin something. Joined by mistake, an arrest would lose its own counts.
        Kind::Arrest | Kind::Applicant | Kind::CompactParolee | Kind::Deceased | Kind::Unknown => {
            false
        }
        Kind::SupplementalArrest => chain.iter().any(|entry| entry.is_arrest()),
        Kind::Registration => last == Some(Kind::Registration),
        Kind::Court => court_joins(entry, chain, stars_kept),
        Kind::Custody | Kind::Probation | Kind::MentalHealth => chain
            .iter()
            .any(|entry| entry.makes_a_case() || entry.kind == Kind::Custody),
    }
}

fn court_joins(court: &Entry, chain: &[&Entry], stars_kept: bool) -> bool {
    let arrests: Vec<&&Entry> = chain.iter().filter(|entry| entry.is_arrest()).collect();
    if arrests.is_empty() {
        return false;
    }
    let arrested = arrests.iter().filter_map(|arrest| arrest.day()).min();
    if let (Some(arrested), Some(judged)) = (arrested, court.day())
        && judged < arrested
    {
        return false;
    }
    let shares = chain
        .iter()
        .any(|entry| bases(entry).any(|base| bases(court).any(|other| other == base)));
    let near = match (arrested, court.day()) {
        (Some(arrested), Some(judged)) => judged.year() - arrested.year() <= NEAR_YEARS,
        // Without both days nothing tells that they belong together, and an arrest joined wrongly loses its counts.
        _ => false,
    };
    // Where other chains still have their stars, it is the dashes that were lost here.
    let near = near || stars_kept;
    let first_court = !chain.iter().any(|entry| entry.kind == Kind::Court);
    shares || (first_court && near)
}

fn bases(entry: &Entry) -> impl Iterator<Item = &str> {
    entry
        .counts
        .iter()
        .filter_map(|count| Some(count.charge.as_ref()?.value.section.as_ref()?.base()))
}
