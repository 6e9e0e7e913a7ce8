//! The court entries of one chain sorted by case number.

use super::super::entry::{Count, Entry, Noted};

/// The counts of one case: for each, where they stand (an entry and a count of it), the earliest first.
pub(in super::super) type Docket<'a> = Vec<Vec<(&'a Entry, &'a Count)>>;

/// The court entries of a chain by case number, in the order of the sheet. A count without a number has that of the count before.
pub(super) fn dockets<'a>(courts: &[&'a Entry]) -> Vec<(Option<Noted<String>>, Docket<'a>)> {
    let mut dockets: Vec<(Option<Noted<String>>, Docket<'a>)> = Vec::new();
    for court in courts {
        let mut current: Option<usize> = None;
        for count in &court.counts {
            if let Some(number) = &count.number {
                let known = dockets.iter().position(|(other, _)| {
                    other
                        .as_ref()
                        .is_some_and(|other| squeezed(&other.value) == squeezed(&number.value))
                });
                current = Some(known.unwrap_or(dockets.len()));
            }
            let at = *current.get_or_insert(dockets.len());
            if at == dockets.len() {
                dockets.push((count.number.clone(), Vec::new()));
            }
            let Some((_, docket)) = dockets.get_mut(at) else {
                continue;
            };
            // The same count in a later entry of the same case goes on the earlier one.
            let earlier = docket.iter_mut().find(|places| {
                places
                    .iter()
                    .all(|(entry, _)| !std::ptr::eq(*entry, *court))
                    && places.first().is_some_and(|(_, first)| same(first, count))
            });
            match earlier {
                Some(places) => places.push((court, count)),
                None => docket.push(vec![(court, count)]),
            }
        }
    }
    dockets
}

fn same(a: &Count, b: &Count) -> bool {
    let section = |count: &Count| {
        count
            .charge
            .as_ref()
            .and_then(|charge| charge.value.section.clone())
    };
    a.ranges().eq(b.ranges()) && section(a).is_some() && section(a) == section(b)
}

/// Case numbers are compared without blanks: print and recognition put them in and leave them out.
pub(in super::super) fn squeezed(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).collect()
}
