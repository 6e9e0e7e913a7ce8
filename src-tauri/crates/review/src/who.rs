//! Whether two rows tell of one person.

use std::collections::BTreeSet;

use record::PartialDate;

use crate::decided::plain;

/// What a row says of a person, as it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    pub(crate) cii: String,
    pub(crate) name: String,
    pub(crate) born: String,
}

/// What two rows say about one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Is {
    Same,
    Other,
    /// One of them does not say.
    Unknown,
}

/// Two rows compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) cii: Is,
    pub(crate) name: Is,
    pub(crate) born: Is,
}

impl Compared {
    /// The number of the state, or name and day of birth together: that is one person.
    pub(crate) fn one(self) -> bool {
        self.cii == Is::Same || self.name == Is::Same && self.born == Is::Same
    }

    /// Something speaks for another person.
    pub(crate) fn other(self) -> bool {
        self.each().iter().any(|(_, is)| *is == Is::Other)
    }

    /// Something speaks for the same one.
    pub(crate) fn same(self) -> bool {
        self.each().iter().any(|(_, is)| *is == Is::Same)
    }

    /// By name, as tables say it.
    pub(crate) fn each(self) -> [(&'static str, Is); 3] {
        [
            ("CII", self.cii),
            ("name", self.name),
            ("birth date", self.born),
        ]
    }
}

impl Who {
    pub(crate) fn new(cii: &str, name: &str, born: &str) -> Self {
        Self {
            cii: cii.to_owned(),
            name: name.to_owned(),
            born: born.to_owned(),
        }
    }

    pub(crate) fn compare(&self, other: &Self) -> Compared {
        let same = |same: bool| if same { Is::Same } else { Is::Other };
        let cii = match (number(&self.cii), number(&other.cii)) {
            (a, b) if a.is_empty() || b.is_empty() => Is::Unknown,
            (a, b) => same(a == b),
        };
        let name = match (Name::read(&self.name), Name::read(&other.name)) {
            (Some(a), Some(b)) => same(a.is(&b)),
            _ => Is::Unknown,
        };
        let born = match (born(&self.born), born(&other.born)) {
            (Some(a), Some(b)) => match a.exact().zip(b.exact()) {
                Some((a, b)) => same(a == b),
                // A year alone can only speak against.
                None if a.latest() < b.earliest() || b.latest() < a.earliest() => Is::Other,
                None => Is::Unknown,
            },
            _ => Is::Unknown,
        };
        Compared { cii, name, born }
    }

    /// The number of the state as it is compared; empty where there is none.
    pub(crate) fn number(&self) -> String {
        number(&self.cii)
    }

    /// Family and first given name, where both can be told.
    pub(crate) fn named(&self) -> Option<String> {
        let name = Name::read(&self.name)?;
        Some(format!("{},{}", name.family, name.given))
    }

    /// The day of birth, where it is whole.
    pub(crate) fn day(&self) -> Option<jiff::civil::Date> {
        born(&self.born).and_then(PartialDate::exact)
    }

    /// What can be looked for: the number of the state; the family name with the day of birth.
    pub(crate) fn keys(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let cii = self.number();
        if !cii.is_empty() {
            keys.insert(format!("c{cii}"));
        }
        if let (Some(name), Some(day)) = (Name::read(&self.name), self.day()) {
            keys.insert(format!("n{} {day}", name.family));
        }
        keys
    }
}

/// Spaces, dashes, capitals and leading zeros make no other number of the state.
fn number(text: &str) -> String {
    let plain = plain(text);
    plain.trim_start_matches('0').to_owned()
}

/// A day or less in the spellings of lists; nothing where it cannot be told for certain.
pub(crate) fn born(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if let Some(date) = reading::export::date(text.as_bytes()).known() {
        return Some(date);
    }
    if let Ok(date) = text.parse::<PartialDate>() {
        return Some(date);
    }
    let parts: Vec<&str> = text.split('/').collect();
    let [month, day, year] = parts.as_slice() else {
        return None;
    };
    let digits = year.len() == 4
        && [month, day]
            .iter()
            .all(|part| (1..=2).contains(&part.len()));
    digits
        .then(|| format!("{year}-{month:0>2}-{day:0>2}").parse().ok())
        .flatten()
}

struct Name {
    family: String,
    given: String,
    middle: Option<char>,
}

impl Name {
    /// `FAMILY,GIVEN MIDDLE`, or without a comma `Given Middle Family`.
    fn read(text: &str) -> Option<Self> {
        let words = |text: &str| -> Vec<String> {
            let words = text.split_whitespace().map(plain);
            words.filter(|word| !word.is_empty()).collect()
        };
        let (family, given) = match text.split_once(',') {
            Some((family, given)) => (words(family).concat(), words(given)),
            None => {
                let mut all = words(text);
                (all.pop()?, all)
            }
        };
        let mut given = given.into_iter();
        let first = given.next()?;
        (!family.is_empty()).then(|| Self {
            family,
            given: first,
            middle: given.next().and_then(|word| word.chars().next()),
        })
    }

    // A middle name that only one has says nothing.
    fn is(&self, other: &Self) -> bool {
        let middle = self.middle.zip(other.middle);
        self.family == other.family
            && self.given == other.given
            && middle.is_none_or(|(a, b)| a == b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_births_are_read_in_the_spellings_of_lists() {
        let is = |a: &str, b: &str| Who::new("", a, "").compare(&Who::new("", b, "")).name;
        for (a, b, said) in [
            ("O'NEIL,ANA M", "Ana Maria O'Neil", Is::Same),
            ("DE LA CRUZ,ANA", "De La Cruz, Ana B.", Is::Same),
            ("SMITH,ANA M", "SMITH, ANA B", Is::Other),
            ("SMITH,ANA", "SMITH, ANNA", Is::Other),
            ("SMITH,ANA", "", Is::Unknown),
            ("SMITH", "SMITH,ANA", Is::Unknown),
        ] {
            assert_eq!(is(a, b), said, "{a} / {b}");
        }
        let is = |a: &str, b: &str| Who::new("", "", a).compare(&Who::new("", "", b)).born;
        for (a, b, said) in [
            ("19800203", "2/3/1980", Is::Same),
            ("19800203", "1980-02-03", Is::Same),
            ("19800203", "1980-02-04", Is::Other),
            ("19800000", "1980-02-04", Is::Unknown),
            ("19800000", "1981-02-04", Is::Other),
            ("19800203", "3.2.1980", Is::Unknown),
            ("19800203", "2/3/80", Is::Unknown),
        ] {
            assert_eq!(is(a, b), said, "{a} / {b}");
        }
        let is = |a: &str, b: &str| Who::new(a, "", "").compare(&Who::new(b, "", "")).cii;
        assert_eq!(is("A-00123", "a00123"), Is::Same);
        assert_eq!(is("0000123", "123"), Is::Same);
        assert_eq!(is("A1", ""), Is::Unknown);
    }
}
