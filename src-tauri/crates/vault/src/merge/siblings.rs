//! The values of one field side by side, and their versions as JSON.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::Dot;

/// The values of one field that nobody has seen overwritten, in the order of their versions. `Null` says that it was removed.
///
/// Nearly always it is one: a list is smaller than a map, and a hand-over makes hundreds of thousands of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Siblings(Vec<(Dot, Value)>);

impl Siblings {
    pub(super) fn one(dot: Dot, value: Value) -> Self {
        Self(vec![(dot, value)])
    }

    pub(super) fn get(&self, dot: &Dot) -> Option<&Value> {
        self.iter().find(|(own, _)| own == dot).map(|(_, v)| v)
    }

    /// Puts a value at its version's place, or in the place of the one there.
    pub(super) fn insert(&mut self, dot: Dot, value: Value) {
        match self.0.binary_search_by(|(own, _)| own.cmp(&dot)) {
            Ok(there) => self.0[there].1 = value,
            Err(place) => self.0.insert(place, (dot, value)),
        }
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&Dot) -> bool) {
        self.0.retain(|(dot, _)| keep(dot));
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, (Dot, Value)> {
        self.0.iter()
    }

    /// The values, each once.
    pub(super) fn distinct(&self) -> impl Iterator<Item = &Value> {
        self.iter().enumerate().filter_map(|(n, (_, value))| {
            let before = &self.0[..n];
            (!before.iter().any(|(_, known)| known == value)).then_some(value)
        })
    }
}

impl Serialize for Siblings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(dot, value)| (dot, value)))
    }
}

impl<'de> Deserialize<'de> for Siblings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Values;

        impl<'de> Visitor<'de> for Values {
            type Value = Siblings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values by their versions")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Siblings, A::Error> {
                let mut all = Siblings::default();
                while let Some((dot, value)) = map.next_entry()? {
                    all.insert(dot, value);
                }
                Ok(all)
            }
        }

        deserializer.deserialize_map(Values)
    }
}

impl Serialize for Dot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Dot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Dot;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a version: laptop, colon, counter")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Dot, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}
