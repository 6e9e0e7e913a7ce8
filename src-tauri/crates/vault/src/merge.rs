//! One client on several laptops: whose value is newer, and what was changed on both.
//!
//! A client is a map from fields to values ([`Document`]). Each value carries the laptop that wrote it and that laptop's counter (a
//! *dot*), and the client carries, for each laptop, up to which counter everything of it was seen. Merging two copies keeps a value that
//! both have, and one that the other side has never seen; what the other side saw and no longer has was overwritten there. So newer means
//! *written by somebody who had seen the other value*. No clock is asked. Values written without knowledge of each other stay side by
//! side, a conflict, until a person chooses. (The method is the dotted version vector of multi-value registers.)
//!
//! Merging is commutative, associative and idempotent: laptops that saw the same edits hold the same, in whatever order they met.
//!
//! **What is disputed is unknown.** As long as nobody chose, a disputed fact stands in the record as not known, the reading that promises
//! the client nothing. Only what must never vanish (a name, a note, a filing, a case that somebody still works on) shows one of its values.

mod siblings;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::siblings::Siblings;

/// A client as fields: key to value. What is not there is not known, or was removed.
pub(crate) type Document = BTreeMap<String, Value>;

/// Who wrote a value: the laptop, and how many values it had written by then.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// The laptop's id.
    pub laptop: String,
    /// Its counter.
    pub counter: u64,
}

impl fmt::Display for Dot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.laptop, self.counter)
    }
}

impl FromStr for Dot {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once(':')
            .and_then(|(laptop, counter)| {
                Some(Self {
                    laptop: laptop.to_owned(),
                    counter: counter.parse().ok()?,
                })
            })
            .ok_or(crate::Error::NotFound { what: "version" })
    }
}

/// Two laptops wrote different values under one dot: one folder was copied and both copies went on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Copied;

/// One client's fields with their versions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// For each laptop: up to which counter its values for this client were seen.
    seen: BTreeMap<String, u64>,
    fields: BTreeMap<String, Siblings>,
}

/// A field that two laptops changed without knowing of each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// The field's key, such as `person/born` or `count/k1/k1c1/level`.
    pub field: String,
    /// The values with their versions; `null` where it was removed.
    pub values: Vec<(Dot, Value)>,
}

impl State {
    /// Writes down what changed since: every field whose value is not what the state says gets a new version of this laptop's, one that
    /// has seen all the others. Those named in `first` come first, in that order: versions tell the order of cases.
    pub(crate) fn note(
        &mut self,
        now: &Document,
        first: &[String],
        laptop: &str,
        counter: &mut u64,
    ) {
        // Nearly always: nothing was touched since.
        if self.all_shown().eq(now) {
            return;
        }
        let all: BTreeSet<&String> = self.fields.keys().chain(now.keys()).collect();
        let rest = all
            .iter()
            .filter(|key| !first.contains(key))
            .map(|key| (*key).clone());
        let keys: Vec<String> = first.iter().cloned().chain(rest).collect();
        for key in keys {
            let value = now.get(&key);
            if self.shown(&key) != value {
                self.write(&key, value.cloned().unwrap_or_default(), laptop, counter);
            }
        }
    }

    /// One value in the place of all that a field has.
    pub(crate) fn write(&mut self, key: &str, value: Value, laptop: &str, counter: &mut u64) {
        *counter += 1;
        let dot = Dot {
            laptop: laptop.to_owned(),
            counter: *counter,
        };
        self.fields
            .insert(key.to_owned(), Siblings::one(dot, value));
        self.seen.insert(laptop.to_owned(), *counter);
    }

    /// Takes another copy in. After an error this one is of no use any more.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Copied> {
        let Self { seen, fields } = self;
        for (key, mine) in fields.iter_mut() {
            let Some(theirs) = other.fields.get(key) else {
                mine.retain(|dot| !knows(&other.seen, dot));
                continue;
            };
            // Most fields of most clients: nobody touched them since the last meeting.
            if mine == theirs {
                continue;
            }
            let differs = |(dot, value): &(Dot, Value)| theirs.get(dot).is_some_and(|v| v != value);
            if mine.iter().any(differs) {
                return Err(Copied);
            }
            mine.retain(|dot| theirs.get(dot).is_some() || !knows(&other.seen, dot));
            for (dot, value) in theirs.iter() {
                if mine.get(dot).is_none() && !knows(seen, dot) {
                    mine.insert(dot.clone(), value.clone());
                }
            }
        }
        for (key, theirs) in &other.fields {
            if !fields.contains_key(key) {
                let mut new = theirs.clone();
                new.retain(|dot| !knows(seen, dot));
                fields.insert(key.clone(), new);
            }
        }
        for (laptop, counter) in &other.seen {
            let mine = seen.entry(laptop.clone()).or_default();
            *mine = (*mine).max(*counter);
        }
        Ok(())
    }

    /// The client as it is shown: undisputed values, and of disputed ones what the module's text says.
    pub(crate) fn document(&self) -> Document {
        self.all_shown()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    fn all_shown(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.fields
            .iter()
            .filter_map(|(key, siblings)| Some((key, shown(key, siblings)?)))
    }

    /// What nobody has chosen between yet.
    pub(crate) fn conflicts(&self) -> Vec<Conflict> {
        self.fields
            .iter()
            .filter(|(_, siblings)| siblings.distinct().nth(1).is_some())
            .map(|(key, siblings)| Conflict {
                field: key.clone(),
                values: siblings.iter().cloned().collect(),
            })
            .collect()
    }

    /// The value of a field under a version.
    pub(crate) fn value(&self, key: &str, dot: &Dot) -> Option<&Value> {
        self.fields.get(key)?.get(dot)
    }

    /// A number for the order in which fields came to be, the same on every laptop.
    pub(crate) fn age(&self, key: &str) -> Option<(u64, &str)> {
        let dot = self
            .fields
            .get(key)?
            .iter()
            .map(|(dot, _)| dot)
            .min_by_key(|dot| (dot.counter, &dot.laptop))?;
        Some((dot.counter, &dot.laptop))
    }

    #[cfg(test)]
    fn has_seen(&self, dot: &Dot) -> bool {
        knows(&self.seen, dot)
    }

    fn shown(&self, key: &str) -> Option<&Value> {
        shown(key, self.fields.get(key)?)
    }
}

/// What of a field's values is shown.
fn shown<'a>(key: &str, siblings: &'a Siblings) -> Option<&'a Value> {
    let mut values = siblings.distinct();
    let first = values.next()?;
    let one = if values.next().is_none() {
        first
    } else if never_vanishes(key) {
        siblings.distinct().find(|value| !value.is_null())?
    } else if key.starts_with("clearance/") {
        // A clearance that one laptop withdrew is withdrawn.
        siblings
            .distinct()
            .find(|value| !value["withdrawn"].is_null())?
    } else {
        return None;
    };
    Some(one).filter(|value| !value.is_null())
}

/// Whether somebody who saw this much has seen a version.
fn knows(seen: &BTreeMap<String, u64>, dot: &Dot) -> bool {
    seen.get(&dot.laptop)
        .is_some_and(|seen| *seen >= dot.counter)
}

/// Fields of which a value is shown also while it is disputed.
fn never_vanishes(key: &str) -> bool {
    let whole = ["person/name", "status"];
    let parts = [
        "note/", "filing/", "paper/", "sheet/", "from/", "case/", "count/",
    ];
    // `case/k1` says that the case is there, `case/k1/number` is a fact of it.
    let is_fact = match key.split('/').next() {
        Some("case") => key.matches('/').count() > 1,
        Some("count") => key.matches('/').count() > 2,
        _ => false,
    };
    whole.contains(&key) || (!is_fact && parts.iter().any(|part| key.starts_with(part)))
}

#[cfg(test)]
mod tests;
