//! Names of cases and counts: kept while the record is edited, and never the same for two different ones, also where two laptops add
//! to one client without knowing of each other.
//!
//! A hand-over merges what has the same name. A counter would name the second case of one laptop as the second of another, and the two
//! would be mixed. So a name is made of what tells a case from others, its court and number, and is the same wherever the same case is
//! read; where nothing tells it from others, it is random.

use record::{Case, CaseId, Count, CountId, Record};
use sha2::{Digest, Sha256};

use crate::Result;

/// Bytes of a hash or of randomness in a name: within one client, 40 bits never meet by chance.
const BYTES: usize = 5;

/// Names every case and count that has no name.
///
/// # Errors
/// The system gives no random numbers.
pub(crate) fn identify(record: &mut Record) -> Result<()> {
    let mut taken: Vec<String> = record
        .cases
        .iter()
        .filter_map(|case| case.id.as_ref())
        .map(|id| id.0.clone())
        .collect();
    for case in &mut record.cases {
        let id = match &case.id {
            Some(id) => id.0.clone(),
            None => {
                let id = free("k", told(case), &mut taken)?;
                case.id = Some(CaseId(id.clone()));
                id
            }
        };
        let before = format!("{id}c");
        let mut counted: Vec<String> = case
            .counts
            .iter()
            .filter_map(|count| count.id.as_ref())
            .map(|id| id.0.clone())
            .collect();
        for count in &mut case.counts {
            if count.id.is_none() {
                count.id = Some(CountId(free(&before, told_count(count), &mut counted)?));
            }
        }
    }
    Ok(())
}

/// A name that is not taken: of what tells the thing from others, with a number from the second such thing on, or random.
fn free(before: &str, told: Option<String>, taken: &mut Vec<String>) -> Result<String> {
    let hash = match &told {
        Some(told) => hex(&Sha256::digest(told)),
        None => {
            let mut random = [0; BYTES];
            getrandom::fill(&mut random).map_err(vault::Error::from)?;
            hex(&random)
        }
    };
    let mut id = format!("{before}{hash}");
    let mut nth = 1;
    while taken.contains(&id) {
        nth += 1;
        id = format!("{before}{hash}-{nth}");
    }
    taken.push(id.clone());
    Ok(id)
}

/// What tells a case from others: its court and number; without a number, the arrest that it began with.
fn told(case: &Case) -> Option<String> {
    let court = plain(&case.court.county).or_else(|| plain(&case.court.name));
    if let Some(number) = plain(&case.number) {
        return Some(format!("case/{}/{number}", court.unwrap_or_default()));
    }
    let arrest = case.arrests.as_ref()?.first()?;
    let number = plain(&arrest.number)?;
    let agency = plain(&arrest.agency).unwrap_or_default();
    let day = arrest.date.map(|day| day.to_string()).unwrap_or_default();
    Some(format!("arrest/{agency}/{number}/{day}"))
}

/// What tells a count from others of its case: the section and the day of the offense.
fn told_count(count: &Count) -> Option<String> {
    let section = count.section.as_ref()?.to_string();
    let day = count.offense_date.map(|day| day.to_string());
    Some(format!("{section}/{}", day.unwrap_or_default()))
}

/// Letters and digits alone, in capitals: how a sheet spells a number is no difference.
pub(crate) fn plain(text: &Option<String>) -> Option<String> {
    let plain: String = text
        .as_deref()?
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    Some(plain).filter(|plain| !plain.is_empty())
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().take(BYTES);
    digits.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use record::Person;
    use serde_json::json;

    use super::*;

    fn named(cases: serde_json::Value) -> Vec<(String, Vec<String>)> {
        let mut record = Record::new(Person::default());
        record.cases = serde_json::from_value(cases).unwrap();
        identify(&mut record).unwrap();
        let before = record.clone();
        identify(&mut record).unwrap();
        assert_eq!(record, before, "names are kept");
        let names = record.cases.into_iter().map(|case| {
            let counts = case.counts.into_iter().map(|count| count.id.unwrap().0);
            (case.id.unwrap().0, counts.collect())
        });
        names.collect()
    }

    #[test]
    fn the_same_case_has_one_name_wherever_it_is_read() {
        let count = |section: &str| json!({"section": section, "offense_date": "2009-05-01"});
        let one = named(json!([
            {"court": {"county": "Alpine"}, "number": "05F-01234", "counts": [count("PC 1"), count("PC 2")]},
        ]));
        let other = named(json!([
            {"court": {}, "number": "7", "counts": []},
            {"court": {"county": "ALPINE"}, "number": "05f01234", "counts": [count("PC 2"), count("PC 3")]},
        ]));
        assert_eq!(one[0].0, other[1].0);
        assert_eq!(one[0].1[1], other[1].1[0]);
        assert_ne!(one[0].1[0], other[1].1[1]);
        assert_ne!(other[0].0, other[1].0);
    }

    #[test]
    fn what_nothing_tells_from_others_is_never_named_twice() {
        let empty = json!([{"court": {}, "counts": [{}]}]);
        assert_ne!(named(empty.clone()), named(empty));
        let twice = named(json!([
            {"court": {}, "number": "7", "counts": [{"section": "PC 1"}, {"section": "PC 1"}]},
            {"court": {}, "number": "7", "counts": []},
        ]));
        assert_eq!(twice[1].0, format!("{}-2", twice[0].0));
        assert_eq!(twice[0].1[1], format!("{}-2", twice[0].1[0]));
    }
}
