//! One number of the state under two person keys: whoever carries it may be one person, and what stands under one key is not seen under
//! the other. Which of both it is, no row says; so a person must look.
//!
//! The number alone makes nobody the same: a name or a birth must agree, or one of them must be missing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use reading::export::{Row, column as col, text};

use crate::ReviewError;
use crate::batch::{Batch, Place, hash_of_number};
use crate::held::Held;
use crate::who::Who;

/// What a row says of who carries its number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Carrier {
    pub(crate) number: String,
    /// Family and given name.
    pub(crate) name: Option<String>,
    pub(crate) born: Option<Date>,
}

impl Carrier {
    /// Nothing where the row has no number.
    pub(crate) fn of(row: &Row<'_>) -> Option<Self> {
        let [number, name, born] = printed(row).map(text);
        let who = Who::new(&number, &name, &born);
        let number = who.number();
        (!number.is_empty()).then(|| Self {
            number,
            name: who.named(),
            born: who.day(),
        })
    }
}

/// The fields that [`Carrier::of`] reads.
pub(crate) fn printed<'a>(row: &Row<'a>) -> [&'a [u8]; 3] {
    [col::CII_NUMBER, col::PRI_NAME, col::PRI_DOB].map(|column| row.field(column))
}

/// All that carry one number.
#[derive(Debug)]
pub(crate) struct Group<K> {
    each: BTreeSet<(K, Option<String>, Option<Date>)>,
}

impl<K> Default for Group<K> {
    fn default() -> Self {
        let each = BTreeSet::new();
        Self { each }
    }
}

impl<K: Ord + Clone> Group<K> {
    pub(crate) fn take(&mut self, key: K, name: Option<String>, born: Option<Date>) {
        self.each.insert((key, name, born));
    }

    /// The keys that may stand for one person with another of them.
    pub(crate) fn shared(&self) -> BTreeSet<K> {
        // Who is not known by name and birth may be any of the others.
        let open = self
            .each
            .iter()
            .any(|(_, name, born)| name.is_none() || born.is_none());
        let mut alike: BTreeMap<_, BTreeSet<&K>> = BTreeMap::new();
        for (key, name, born) in &self.each {
            let says = match open {
                true => [(None, None); 2],
                false => [(name.as_deref(), None), (None, *born)],
            };
            for one in says {
                alike.entry(one).or_default().insert(key);
            }
        }
        let several = alike.into_values().filter(|keys| keys.len() > 1);
        several.flatten().cloned().collect()
    }
}

/// The carriers of all numbers that were perhaps met under two keys; kept like the rows that are put aside.
pub(crate) struct Numbers {
    held: Held,
    one: Batch,
}

impl Numbers {
    /// None yet; files go into `dir` once more than `limit` bytes are held.
    pub(crate) fn new(dir: &Path, limit: usize) -> Result<Self, ReviewError> {
        Ok(Self {
            held: Held::new(dir, "held-numbers", limit)?,
            one: Batch::default(),
        })
    }

    pub(crate) fn take(&mut self, person: u64, carrier: &Carrier) -> Result<(), ReviewError> {
        let (person, born) = (person.to_string(), carrier.born.map(|day| day.to_string()));
        let name = carrier.name.as_deref().unwrap_or_default();
        let fields = [
            &carrier.number,
            &*person,
            name,
            born.as_deref().unwrap_or_default(),
        ];
        let fields = fields.into_iter().map(str::as_bytes);
        self.one.fields(fields, b"", Place::new(0, 0));
        let number = hash_of_number(&carrier.number);
        self.held.push(number, &self.one, 0)?;
        self.one.clear();
        Ok(())
    }

    /// The persons that carry one number and may be one.
    pub(crate) fn shared(self) -> Result<BTreeSet<u64>, ReviewError> {
        let mut shared = BTreeSet::new();
        self.held.drain(&mut |batch| {
            let mut groups: BTreeMap<String, Group<u64>> = BTreeMap::new();
            for n in 0..batch.len() {
                let row = batch.row(n);
                let said = |field: usize| text(row.raw(field)).into_owned();
                let name = Some(said(2)).filter(|name| !name.is_empty());
                let person = said(1).parse().map_err(|_| ReviewError::Changed)?;
                let group = groups.entry(said(0)).or_default();
                group.take(person, name, said(3).parse().ok());
            }
            shared.extend(groups.values().flat_map(Group::shared));
            Ok(())
        })?;
        Ok(shared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(carriers: &[(u8, &str, &str)]) -> Vec<u8> {
        let mut group = Group::default();
        for (key, name, born) in carriers {
            let name = (!name.is_empty()).then(|| (*name).to_owned());
            group.take(*key, name, born.parse().ok());
        }
        group.shared().into_iter().collect()
    }

    #[test]
    fn a_name_or_a_birth_must_agree_or_be_missing() {
        let (one, other) = ("1970-05-15", "1981-02-03");
        for (carriers, expected) in [
            (vec![(1, "A,B", one)], vec![]),
            (vec![(1, "A,B", one), (1, "A,C", other)], vec![]),
            (vec![(1, "A,B", one), (2, "A,B", one)], vec![1, 2]),
            (vec![(1, "A,B", one), (2, "A,B", other)], vec![1, 2]),
            (vec![(1, "A,B", one), (2, "A,C", one)], vec![1, 2]),
            (vec![(1, "A,B", one), (2, "A,C", other)], vec![]),
            (vec![(1, "A,B", one), (2, "A,C", "")], vec![1, 2]),
            (vec![(1, "A,B", one), (2, "", other)], vec![1, 2]),
            // The second carries two names; one of them is the first's.
            (
                vec![(1, "A,B", one), (2, "A,C", other), (2, "A,B", other)],
                vec![1, 2],
            ),
            (
                vec![(1, "A,B", one), (2, "A,C", other), (3, "A,C", one)],
                vec![1, 2, 3],
            ),
            (
                vec![(1, "A,B", one), (2, "A,B", one), (3, "X,Y", other)],
                vec![1, 2],
            ),
        ] {
            assert_eq!(shared(&carriers), expected, "{carriers:?}");
        }
    }

    #[test]
    fn what_goes_to_disk_and_comes_back_says_the_same() {
        let said = |limit| {
            let dir = tempfile::tempdir().unwrap();
            let mut numbers = Numbers::new(dir.path(), limit).unwrap();
            for person in 0..2000_u64 {
                let carrier = Carrier {
                    number: (person % 700).to_string(),
                    name: Some(format!("A,{}", person % 3)),
                    born: "1970-01-01".parse().ok().filter(|_| person % 5 != 0),
                };
                numbers.take(person, &carrier).unwrap();
            }
            numbers.shared().unwrap()
        };
        let all = said(1 << 30);
        assert!(all.len() > 100, "{}", all.len());
        assert_eq!(said(10_000), all);
    }
}
