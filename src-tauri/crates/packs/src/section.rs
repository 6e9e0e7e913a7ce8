//! Sections of law made comparable, whatever the spelling of the sheet.
//!
//! `AB 123(b)`, `ABC 123 (B)` and `123(b) AB` are one section. A subdivision is compared part by part and a number as a
//! whole, so `AB 123` reaches `AB 123(b)` and never `AB 123.5`.

use std::collections::HashMap;
use std::fmt;

/// A section in comparable parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Charge {
    /// The code by its one name, in capitals: `HS`.
    pub code: String,
    /// The number without subdivisions, in small letters: `123`, `123a`.
    pub base: String,
    /// The subdivisions in order, in small letters.
    pub subdivisions: Vec<String>,
}

/// Whether a section is one of those that a form names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is another section.
    No,
    /// The sheet leaves out the subdivision that would decide.
    Perhaps,
    /// It is.
    Yes,
}

/// The names that a jurisdiction's codes go by: each spelling to the one name; and the names of sections that orders rest on.
#[derive(Debug, Clone, Default)]
pub struct Codes(HashMap<String, String>, HashMap<String, String>);

impl Codes {
    /// With names that orders use for a section, such as the title of an act.
    pub(crate) fn with_authorities<'a>(
        mut self,
        names: impl IntoIterator<Item = (&'a str, &'a [String])>,
    ) -> Self {
        for (section, spellings) in names {
            for spelling in spellings {
                self.1.insert(squeeze(spelling), section.to_owned());
            }
        }
        self
    }

    /// The sections that an order names as its authority.
    #[must_use]
    pub fn authorities(&self, printed: &str) -> Vec<Charge> {
        let section = self.1.get(&squeeze(printed));
        self.charges(section.map_or(printed, String::as_str))
    }

    pub(crate) fn new<'a>(names: impl IntoIterator<Item = (&'a str, &'a [String])>) -> Self {
        let mut all = HashMap::new();
        for (name, spellings) in names {
            all.insert(squeeze(name), name.to_owned());
            for spelling in spellings {
                all.insert(squeeze(spelling), name.to_owned());
            }
        }
        Self(all, HashMap::new())
    }

    /// The charges that a printed section names: more than one for a compound such as `PC 664/187(a)`.
    #[must_use]
    pub fn charges(&self, printed: &str) -> Vec<Charge> {
        let Some((mut code, number)) = self.split(printed) else {
            return Vec::new();
        };
        let mut charges: Vec<Charge> = Vec::new();
        for piece in number.split(['/', ',']) {
            // `HS 11359/PC 32`: a piece may have a code of its own, which holds for those behind it.
            let letters = piece.find(|c: char| !c.is_ascii_alphabetic());
            let (own, number) = piece.split_at(letters.unwrap_or_default());
            let known = self.0.get(&squeeze(own)).filter(|_| !own.is_empty());
            let piece = known.map_or(piece, |_| number);
            if let Some(known) = known {
                code.clone_from(known);
            }
            let (base, rest) = piece.split_once('(').unwrap_or((piece, ""));
            // `123(a)/(b)`: the second piece keeps the number of the first.
            let base = match (base, charges.last()) {
                ("", Some(before)) => before.base.clone(),
                ("", None) => continue,
                (base, _) => base.to_owned(),
            };
            let subdivisions = rest
                .split(['(', ')'])
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect();
            charges.push(Charge {
                code: code.clone(),
                base,
                subdivisions,
            });
        }
        charges
    }

    /// The one charge that a printed section names, where it is one.
    #[must_use]
    pub fn charge(&self, printed: &str) -> Option<Charge> {
        self.charges(printed).into_iter().next()
    }

    /// The codes that have a spelling which begins so.
    pub(crate) fn beginning(&self, typed: &str) -> Vec<String> {
        let typed = squeeze(typed);
        let mut all: Vec<String> = if typed.is_empty() {
            Vec::new()
        } else if let Some(one) = self.0.get(&typed) {
            vec![one.clone()]
        } else {
            let fits = |(spelling, _): &(&String, &String)| {
                // `H & S` and `H S` are both written for `H&S`.
                spelling.starts_with(&typed) || spelling.replace('&', "") == typed
            };
            self.0
                .iter()
                .filter(fits)
                .map(|(_, one)| one.clone())
                .collect()
        };
        all.sort();
        all.dedup();
        all
    }

    /// The code of a whole spelling.
    pub(crate) fn whole(&self, typed: &str) -> Option<String> {
        let typed = squeeze(typed);
        let plain = typed.replace('&', "");
        let close = || {
            self.0
                .iter()
                .find(|(spelling, _)| !plain.is_empty() && spelling.replace('&', "") == plain)
        };
        self.0
            .get(&typed)
            .or_else(|| close().map(|(_, one)| one))
            .cloned()
    }

    /// The number and the code that stands close behind it: `123bpc` is `123b` and `PC`.
    pub(crate) fn behind(&self, number: &str) -> Option<(String, String)> {
        // The longest spelling: what is left is a number.
        let fits = self.0.iter().filter_map(|(spelling, one)| {
            let rest = number.strip_suffix(&spelling.replace('&', "").to_lowercase())?;
            rest.starts_with(|c: char| c.is_ascii_digit())
                .then(|| (rest.to_owned(), one.clone()))
        });
        fits.min_by_key(|(rest, _)| rest.len())
    }

    /// Whether a name is the one name of a code.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.get(&squeeze(name)).is_some_and(|one| one == name)
    }

    /// The one name of each code.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    // Code and number: the code stands before the number or, on sheets, after it.
    fn split(&self, printed: &str) -> Option<(String, String)> {
        let words: Vec<&str> = printed.split_whitespace().collect();
        let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        let (first, rest) = words.split_first()?;
        let trailing = words
            .last()
            .filter(|last| is_number(first) && self.0.contains_key(&squeeze(last)));
        let (code, number) = if let Some(last) = trailing {
            ((*last).to_owned(), words.get(..words.len() - 1)?.concat())
        } else {
            let at = 1 + rest.iter().position(is_number)?;
            (words.get(..at)?.join(" "), words.get(at..)?.concat())
        };
        let code = self
            .0
            .get(&squeeze(&code))
            .cloned()
            .unwrap_or_else(|| code.to_uppercase());
        Some((code, number.to_lowercase()))
    }
}

fn squeeze(code: &str) -> String {
    if code.is_ascii() {
        let kept = code
            .bytes()
            .filter(|b| b.is_ascii_alphanumeric() || *b == b'&');
        return kept.map(|b| char::from(b.to_ascii_uppercase())).collect();
    }
    code.chars()
        .filter(|c| c.is_alphanumeric() || *c == '&')
        .flat_map(char::to_uppercase)
        .collect()
}

impl fmt::Display for Charge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.base)?;
        self.subdivisions
            .iter()
            .try_for_each(|part| write!(f, "({part})"))
    }
}

impl Charge {
    /// How this charge fits a form: the form's subdivisions are a beginning of the charge's.
    #[must_use]
    pub fn fits(&self, form: &Charge) -> Fit {
        if self.code != form.code {
            return Fit::No;
        }
        // A form without a number is a whole code.
        if form.base.is_empty() {
            return Fit::Yes;
        }
        if self.base != form.base {
            return Fit::No;
        }
        let both = self.subdivisions.len().min(form.subdivisions.len());
        if self
            .subdivisions
            .iter()
            .zip(&form.subdivisions)
            .take(both)
            .any(|(a, b)| a != b)
        {
            Fit::No
        } else if form.subdivisions.len() <= self.subdivisions.len() {
            Fit::Yes
        } else {
            Fit::Perhaps
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> Codes {
        let hs = ["HSC".to_owned(), "H&S".to_owned()];
        Codes::new([("HS", hs.as_slice()), ("PC", [].as_slice())])
    }

    fn fit(charge: &str, form: &str) -> Fit {
        let codes = codes();
        codes
            .charge(charge)
            .unwrap()
            .fits(&codes.charge(form).unwrap())
    }

    #[test]
    fn spelling_does_not_matter_and_the_boundary_does() {
        for same in [
            "HS 11357(b)",
            "HSC 11357(B)",
            "11357(b) HS",
            "H&S 11357 (b)",
            "hs 11357(b)(2)",
        ] {
            assert_eq!(fit(same, "HS 11357(b)"), Fit::Yes, "{same}");
        }
        for other in [
            "HS 11357.5",
            "HS 11357(a)",
            "PC 11357(b)",
            "HS 1135(b)",
            "HS 113577",
        ] {
            assert_eq!(fit(other, "HS 11357(b)"), Fit::No, "{other}");
        }
        assert_eq!(fit("HS 11357.5", "HS 11357"), Fit::No);
        assert_eq!(fit("HS 11357", "HS 11357(b)"), Fit::Perhaps);
        assert_eq!(fit("PC 288a", "PC 288(a)"), Fit::No);
    }

    #[test]
    fn compounds_come_apart() {
        let bases = |printed: &str| {
            codes()
                .charges(printed)
                .iter()
                .map(|c| c.base.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(bases("PC 664/187(a)"), ["664", "187"]);
        assert_eq!(bases("664/187(A) PC"), ["664", "187"]);
        assert_eq!(codes().charges("HS 11357(a)/(b)")[1].subdivisions, ["b"]);
        assert_eq!(
            codes().charges("HS 11359(a)/(b)(2)")[1].subdivisions,
            ["b", "2"]
        );
        let own = |printed: &str| {
            let charges = codes().charges(printed).into_iter();
            charges
                .map(|c| format!("{} {}", c.code, c.base))
                .collect::<Vec<_>>()
        };
        assert_eq!(own("HS 11359/PC 32"), ["HS 11359", "PC 32"]);
        assert_eq!(own("PC 664/HS 11359(a)"), ["PC 664", "HS 11359"]);
        assert_eq!(own("PC 182/187"), ["PC 182", "PC 187"]);
        assert!(codes().charges("PC").is_empty());
        assert_eq!(codes().charge("21 USC 844(a)").unwrap().code, "21 USC");
    }
}
