//! Lines whose breaks were lost.

use super::super::clean::{is_speck, value};
use super::super::dates;
use super::keywords::near_remark;

/// A line whose breaks were lost, taken apart before a disposition, a level and a sentence. A remark may speak of anything.
pub(super) fn apart(text: &str) -> Vec<&str> {
    const KEYS: [&str; 4] = ["*DISPO:", " DISPO:", " CONV STATUS:", " SEN:"];
    let mut parts = Vec::new();
    let mut rest = text;
    // `COM: CNT 02 CHRG 11360(A) HS COM: SEN-2 YEARS PRISON`: two remarks.
    while is_remark(rest)
        && let Some((part, after)) = rest
            .find(" COM:")
            .filter(|at| *at > 0)
            .and_then(|at| rest.split_at_checked(at))
    {
        parts.push(part.trim());
        rest = after.trim();
    }
    while !is_remark(rest) {
        // An update's date stands before its disposition.
        let dated = dates::leading(rest).map_or(0, |(_, after)| rest.len() - after.len());
        let own = rest.len() - rest.trim_start_matches(is_speck).len();
        let found = KEYS
            .iter()
            .flat_map(|key| rest.match_indices(key).map(|(at, _)| at))
            .filter(|at| {
                let before = rest.get(..*at).unwrap_or_default();
                *at > own.max(dated)
                    && before
                        .get(dated..)
                        .is_some_and(|before| before.contains(char::is_alphanumeric))
            })
            .min()
            // `PER 1203.4 PC 20040301 DISPO:SEALED`: the day is that of what follows.
            .map(|at| day_before(rest, at).unwrap_or(at));
        let Some((part, after)) = found.and_then(|at| rest.split_at_checked(at)) else {
            break;
        };
        parts.push(part.trim());
        rest = after.trim();
    }
    // `SEN: 24 MONTHS PROBATION 20040201`: the day of what stands on the next line.
    match day_before(rest, rest.len()).and_then(|at| rest.split_at_checked(at)) {
        Some((part, day)) if !is_remark(rest) && is_terms(part) => {
            parts.extend([part.trim(), day.trim()]);
        }
        _ => parts.push(rest),
    }
    parts
}

/// Where a day begins that stands right before a place in a text, behind other words.
fn day_before(text: &str, place: usize) -> Option<usize> {
    let before = text.get(..place)?.trim_end();
    let at = before.rfind(' ')? + 1;
    let day = before.get(at..)?;
    (day.len() == 8 && dates::calendar(day).is_some()).then_some(at)
}

/// A level or a sentence, which end in no day.
fn is_terms(text: &str) -> bool {
    ["SEN", "CONV STATUS"]
        .iter()
        .any(|word| value(text, word).is_some())
}

fn is_remark(text: &str) -> bool {
    value(text, "COM").is_some() || near_remark(text).is_some()
}
