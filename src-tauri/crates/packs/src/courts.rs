//! Courts as data: from what a record sheet prints to the county whose court sits there now, and what a filing there needs.
//!
//! A name that the table does not hold stays unknown. There is no matching by beginnings: two counties share too many of them.

mod agency;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use record::clinic::UploadRule;
use record::findings::RouteId;
use serde::Deserialize;

pub use agency::{Agency, AgencyKind};

/// The courts of one jurisdiction.
#[derive(Debug, Clone)]
pub struct Courts {
    jurisdiction: String,
    caption: String,
    counties: Vec<County>,
    prefixes: HashMap<String, AgencyKind>,
    upload: UploadRule,
    abbreviations: BTreeMap<String, Vec<String>>,
    branch_words: Vec<String>,
    places: HashMap<String, usize>,
}

/// One county: its court's building and how papers are filed and served there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct County {
    /// Name, without the word county.
    pub name: String,
    /// Name of the main criminal courthouse, where it has one.
    pub courthouse: Option<String>,
    /// Its address, line by line.
    pub address: Vec<String>,
    /// Other criminal courthouses.
    #[serde(default)]
    pub other_sites: Vec<String>,
    /// How sure the address is.
    pub confidence: Confidence,
    /// How the prosecutor takes papers; empty means ask.
    #[serde(default)]
    pub serve: Vec<ServiceWay>,
    /// Probation is served too.
    #[serde(default)]
    pub serve_probation: bool,
    /// The agency that made the arrest is served too.
    #[serde(default)]
    pub serve_arresting: bool,
    /// Routes for which it wants a noticed motion on pleading paper in place of a form.
    #[serde(default)]
    pub noticed: Vec<RouteId>,
    /// How the court takes papers.
    pub filing: Filing,
    /// What a file that is uploaded there must keep to, as far as it is known.
    #[serde(default)]
    pub upload: UploadRule,
    /// Copies beside the original; unknown means ask the clerk.
    pub extra_copies: Option<u8>,
    /// Where the prosecutor takes service.
    #[serde(default)]
    pub contact: Vec<String>,
    /// What else a filer must know.
    pub note: Option<String>,
    /// Names of its cities, branches and former courts.
    #[serde(default)]
    pub places: Vec<String>,
}

/// How sure an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// An official address, or two sources agree.
    Confirmed,
    /// One source only.
    OneSource,
    /// A change of building is suspected: confirm with the court.
    Verify,
}

/// A way to hand papers to the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceWay {
    /// By e-mail.
    EMail,
    /// By fax.
    Fax,
    /// By post.
    Mail,
}

/// How a court takes papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Filing {
    /// On paper.
    Paper,
    /// Through an electronic filing service.
    EFile,
    /// By e-mail to the clerk.
    EMail,
}

/// A table of courts that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CourtsError {
    /// Not the expected shape.
    #[error("the table of courts is not readable: {0}")]
    Shape(#[from] toml::de::Error),
    /// One place in two counties would make the answer depend on their order.
    #[error(
        "`{place}` stands under both {first} and {second}: a place may stand in one county only"
    )]
    Ambiguous {
        /// The place.
        place: String,
        /// The county that has it already.
        first: String,
        /// The county that claims it again.
        second: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    jurisdiction: String,
    caption: String,
    #[serde(default)]
    upload: UploadRule,
    branch_words: Vec<String>,
    prefix: Vec<Prefix>,
    abbreviations: BTreeMap<String, Vec<String>>,
    county: Vec<County>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prefix {
    letters: String,
    kind: AgencyKind,
}

/// More readings of one name than this are not tried: a line of short forms only is no courthouse.
const MAX_READINGS: usize = 64;
/// Words of a court's name that name no place.
const COURT_WORDS: [&str; 21] = [
    "SUPERIOR",
    "SUP",
    "COURT",
    "CRT",
    "CT",
    "COURTS",
    "COUNTY",
    "CO",
    "CNTY",
    "CITY",
    "OF",
    "THE",
    "IN",
    "AND",
    "FOR",
    "STATE",
    "MUNICIPAL",
    "MUNI",
    "JUSTICE",
    "JUDICIAL",
    "DISTRICT",
];
/// Longer texts are no courthouse.
const MAX_WORDS: usize = 12;

impl Courts {
    /// Reads a table of courts.
    ///
    /// # Errors
    /// The text is no such table, or a place stands in two counties.
    pub fn parse(text: &str) -> Result<Self, CourtsError> {
        let table: Table = toml::from_str(text)?;
        let mut places: HashMap<String, usize> = HashMap::new();
        for (index, county) in table.county.iter().enumerate() {
            for place in std::iter::once(&county.name).chain(&county.places) {
                let first = *places.entry(key(place)).or_insert(index);
                if let Some(other) = table.county.get(first).filter(|_| first != index) {
                    return Err(CourtsError::Ambiguous {
                        place: place.clone(),
                        first: other.name.clone(),
                        second: county.name.clone(),
                    });
                }
            }
        }
        Ok(Self {
            jurisdiction: table.jurisdiction,
            caption: table.caption,
            upload: table.upload,
            counties: table.county,
            prefixes: table
                .prefix
                .into_iter()
                .map(|prefix| (prefix.letters, prefix.kind))
                .collect(),
            abbreviations: table.abbreviations,
            branch_words: table.branch_words,
            places,
        })
    }

    /// The jurisdiction's id.
    #[must_use]
    pub fn jurisdiction(&self) -> &str {
        &self.jurisdiction
    }

    /// Every county, in the table's order.
    #[must_use]
    pub fn counties(&self) -> &[County] {
        &self.counties
    }

    /// What a file that is uploaded is held to where nobody knows a county's own rule.
    #[must_use]
    pub fn upload(&self) -> &UploadRule {
        &self.upload
    }

    /// A county by its name, without regard to capitals.
    #[must_use]
    pub fn county(&self, name: &str) -> Option<&County> {
        self.counties
            .iter()
            .find(|county| county.name.eq_ignore_ascii_case(name.trim()))
    }

    /// The court's name as it stands in a caption.
    #[must_use]
    pub fn caption(&self, county: &County) -> String {
        self.caption
            .replace("{COUNTY}", &county.name.to_uppercase())
    }

    /// What a printed agency or courthouse is: four letters that say which kind, then the place.
    #[must_use]
    pub fn agency(&self, printed: &str) -> Agency<'_> {
        let upper: String = printed
            .chars()
            .flat_map(char::to_uppercase)
            .filter(|c| *c != '\'')
            .collect();
        // A point may be noise inside a word or stand for a blank.
        let found = self.agency_of(&upper.replace('.', ""));
        if found.county.is_none() && upper.contains('.') {
            return self.agency_of(&upper);
        }
        found
    }

    /// Whether a word of a court's name says nothing about the place: `SUPERIOR`, `COURT`, the letters before a place.
    #[must_use]
    pub fn is_generic(&self, word: &str) -> bool {
        let word = word.to_uppercase();
        let caption = self.caption.to_uppercase();
        let mut caption = caption.split(|c: char| !c.is_alphanumeric());
        self.prefixes.contains_key(&word)
            || COURT_WORDS.contains(&word.as_str())
            || caption.any(|own| own == word)
    }

    fn agency_of(&self, upper: &str) -> Agency<'_> {
        let mut words: Vec<&str> = upper
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let kind = self.take_prefix(&mut words);
        let county = match kind {
            Some(kind) if !kind.is_local() => None,
            _ if words.len() > MAX_WORDS => None,
            _ => self.place(&words).or_else(|| {
                // A former municipal court may be printed with MC before its place, with or without a blank.
                let first = words.first()?.strip_prefix("MC")?;
                let mut rest = words.clone();
                if first.is_empty() {
                    rest.remove(0);
                } else if let Some(slot) = rest.first_mut() {
                    *slot = first;
                }
                self.place(&rest)
            }),
        };
        Agency { kind, county }
    }

    fn take_prefix(&self, words: &mut Vec<&str>) -> Option<AgencyKind> {
        let first = *words.first()?;
        if let Some(kind) = self.prefixes.get(first) {
            words.remove(0);
            return Some(*kind);
        }
        // The blank after the four letters gets lost.
        let (letters, rest) = first.split_at_checked(4)?;
        let kind = self.prefixes.get(letters)?;
        *words.first_mut()? = rest;
        Some(*kind)
    }

    fn place(&self, words: &[&str]) -> Option<&County> {
        let mut found = None;
        for reading in self.readings(words) {
            let Some(index) = self.place_of(&reading) else {
                continue;
            };
            // Short forms with two meanings must agree on the county.
            if found.is_some_and(|other| other != index) {
                return None;
            }
            found = Some(index);
        }
        self.counties.get(found?)
    }

    /// Every spelling out of the short forms; the words as printed come first.
    fn readings(&self, words: &[&str]) -> Vec<Vec<String>> {
        let mut readings: Vec<Vec<String>> = vec![Vec::new()];
        for word in words {
            let long = self.abbreviations.get(*word).map_or(&[][..], Vec::as_slice);
            let mut next = Vec::with_capacity(readings.len() * (long.len() + 1));
            for reading in &readings {
                for option in std::iter::once(*word).chain(long.iter().map(String::as_str)) {
                    let mut reading = reading.clone();
                    reading.extend(option.split(' ').map(str::to_owned));
                    next.push(reading);
                }
            }
            next.truncate(MAX_READINGS);
            readings = next;
        }
        readings
    }

    fn place_of(&self, words: &[String]) -> Option<usize> {
        let is_branch = |word: &String| self.branch_words.contains(word);
        let mut end = words.len();
        // Words at the end that only name a branch are dropped one by one.
        loop {
            let head = words.get(..end)?;
            if head.is_empty() {
                return None;
            }
            if let Some(index) = self.whole(head) {
                return Some(index);
            }
            if !head.last().is_some_and(is_branch) {
                break;
            }
            end -= 1;
        }
        let head = words.get(..end)?;
        // A direction before a county. Before a mere place it could be another town.
        let lead = head.iter().take_while(|word| is_branch(word)).count();
        if let Some(index) = (lead > 0)
            .then(|| self.whole(head.get(lead..)?))
            .flatten()
            .filter(|index| self.is_county_name(*index, head.get(lead..).unwrap_or_default()))
        {
            return Some(index);
        }
        // A county, then one of its own places.
        (1..head.len()).find_map(|split| {
            let (county, place) = head.split_at_checked(split)?;
            let index = self.whole(county)?;
            (self.is_county_name(index, county) && self.whole(place) == Some(index))
                .then_some(index)
        })
    }

    fn whole(&self, words: &[String]) -> Option<usize> {
        self.places.get(&words.concat()).copied()
    }

    fn is_county_name(&self, index: usize, words: &[String]) -> bool {
        self.counties
            .get(index)
            .is_some_and(|county| key(&county.name) == words.concat())
    }
}

/// Capitals and digits only: blanks come and go in print.
fn key(place: &str) -> String {
    place
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}
