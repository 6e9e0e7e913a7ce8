//! Official forms: what each revision is called, how it is known, and which fact stands in which of its fields.
//!
//! A pack keeps one file a form in its `forms` folder. No form itself is part of a pack: the office adds the published blank.
//! A field that no fact is bound to stays blank; `blank` says of some why, for the list of what is left to people.
//!
//! An office may describe a form that no pack does, in a file of the same shape: see [`Packs::form`](crate::Packs::form).

mod fact;
mod own;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use record::findings::RouteId;
use serde::{Deserialize, Serialize};

use crate::error::{LoadError, Problem};
use crate::file::{Files, TextFile};

pub use fact::{Choice, Column, Fact, Held, When};

/// One official form, in all its revisions that the pack knows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSheet {
    /// Its number, as printed.
    pub number: String,
    /// Its title, as printed.
    pub title: String,
    /// Whether a court may insist on it.
    #[serde(rename = "use")]
    pub obligation: Obligation,
    /// Papers of ours that it can stand for.
    #[serde(default)]
    pub serves: Vec<Serves>,
    /// Counties whose courts alone take it: a local form. Empty: every court of its jurisdiction.
    #[serde(default)]
    pub counties: Vec<String>,
    /// Its revisions, the oldest first. Copies of one revision whose fields others named anew stand one behind another.
    pub edition: Vec<Edition>,
    /// The pack's file that describes it.
    #[serde(skip)]
    pub file: String,
}

impl FormSheet {
    /// Whether the courts of a county take it; of one that is not known only a form that all take.
    #[must_use]
    pub fn taken_in(&self, county: Option<&str>) -> bool {
        let all = self.counties.is_empty();
        all || county.is_some_and(|county| self.counties.iter().any(|own| own == county))
    }

    /// Whether any of its revisions is described, so that it can be filled from a record.
    #[must_use]
    pub fn mapped(&self) -> bool {
        self.edition.iter().any(Edition::mapped)
    }

    /// The newest revision in use on a day, where it is newer than this one.
    #[must_use]
    pub fn newer(&self, than: Date, on: Date) -> Option<Date> {
        let dates = self.edition.iter().map(|edition| edition.date);
        dates.filter(|date| *date <= on && *date > than).max()
    }
}

/// Whether a court may insist on a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Obligation {
    /// A paper of one's own serves as well.
    Optional,
    /// Nothing else is taken.
    Mandatory,
}

/// A paper that a form can stand for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Serves {
    /// The route whose paper it is.
    pub route: String,
    /// Which of its papers.
    pub paper: Role,
    /// For juvenile cases, or for others.
    #[serde(default)]
    pub juvenile: bool,
    /// On a proof of service: how many persons served it has room for.
    #[serde(default = "one")]
    pub persons: u8,
}

fn one() -> u8 {
    1
}

/// A paper's part in a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The paper that asks.
    Motion,
    /// The proposed order.
    Order,
    /// The proof of service.
    Service,
}

/// One revision of a form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The day printed as its revision, from which it is used.
    pub date: Date,
    /// The last day on which it was looked at whether a newer one exists.
    pub checked: Date,
    /// From this day somebody must look again.
    pub check_by: Date,
    /// SHA-256 of the published file, where it is known, in hexadecimal digits.
    #[serde(default)]
    pub sha256: Vec<String>,
    /// The names of its fields say nothing of what they are, so it is known by its bytes alone.
    #[serde(default)]
    pub by_bytes_alone: bool,
    /// Put before every field's name below.
    #[serde(default)]
    pub prefix: String,
    /// Text: field to fact.
    #[serde(default)]
    pub text: BTreeMap<String, Fact>,
    /// Boxes: field to the condition under which it is ticked.
    #[serde(default)]
    pub tick: BTreeMap<String, When>,
    /// Fields left to people or the court, and why.
    #[serde(default)]
    pub blank: BTreeMap<String, String>,
    /// What some of the fields in `blank` are called in a list of what is blank, and when they matter at all.
    #[serde(default)]
    pub item: BTreeMap<String, Item>,
    /// Where it is signed: a field that stands beside the line, and who signs there. Judges sign on no list of ours.
    #[serde(default)]
    pub sign: BTreeMap<String, SignedBy>,
    /// On which line of the pack's file each field's name stands, from 1.
    #[serde(skip)]
    pub lines: BTreeMap<String, usize>,
}

/// Who signs a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignedBy {
    /// Whoever files: an attorney, or the client in person.
    Filer,
    /// The client, who swears to it.
    Client,
    /// Whoever serves the papers.
    Server,
    /// An interpreter.
    Interpreter,
    /// The judge, who signs when the court decides.
    Judge,
}

/// A field that people fill, as a list of them names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its item on the form. Empty: the list says it in other words already.
    pub label: String,
    /// It matters only where the paper asks by this route.
    #[serde(default)]
    pub route: Option<RouteId>,
    /// It matters only where this does not hold.
    #[serde(default)]
    pub unless: Option<When>,
}

impl Edition {
    /// How many of the table's rows for convictions it describes.
    #[must_use]
    pub fn rows(&self) -> u8 {
        let rows = self.text.values().filter_map(|fact| match fact {
            Fact::Row(row, _) => Some(*row),
            _ => None,
        });
        rows.max().unwrap_or_default()
    }

    /// The line of the pack's file on which a field is described, given its full name.
    #[must_use]
    pub fn line(&self, field: &str) -> usize {
        let short = field.strip_prefix(&self.prefix).unwrap_or(field);
        self.lines.get(short).copied().unwrap_or(1)
    }

    /// Whether its fields are described, so that it can be filled from a record.
    #[must_use]
    pub fn mapped(&self) -> bool {
        !self.text.is_empty()
    }

    /// The full names of the fields for a fact.
    pub fn fields_for(&self, fact: &Fact) -> impl Iterator<Item = String> {
        let bound = self.text.iter().filter(move |(_, bound)| *bound == fact);
        bound.map(|(name, _)| self.field(name))
    }

    /// Every described field by its full name.
    pub fn fields(&self) -> impl Iterator<Item = String> {
        let names = self
            .text
            .keys()
            .chain(self.tick.keys())
            .chain(self.blank.keys());
        names.map(|name| self.field(name))
    }

    /// The full name of a described field.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}

impl fmt::Display for Obligation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Optional => "optional",
            Self::Mandatory => "mandatory",
        })
    }
}

/// Reads a pack's `forms` folder.
pub(crate) fn load(files: &Files) -> Result<Vec<FormSheet>, LoadError> {
    let mut sheets: Vec<FormSheet> = Vec::new();
    for file in files.under("forms") {
        let sheet = read(file)?;
        if sheets.iter().any(|other| other.number == sheet.number) {
            let problem = format!("the form {} stands in two files", sheet.number);
            return Err(file.error(0..0, Problem::Value(problem)));
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Reads one form's file.
fn read(file: &TextFile) -> Result<FormSheet, LoadError> {
    let mut sheet: FormSheet = file.parse()?;
    sheet.file.clone_from(&file.name);
    let refuse = |problem: String| file.error(0..0, Problem::Value(problem));
    let dates: Vec<Date> = sheet.edition.iter().map(|edition| edition.date).collect();
    if dates.is_empty() || !dates.is_sorted() {
        return Err(refuse(format!(
            "the form {} needs its revisions, the oldest first",
            sheet.number
        )));
    }
    for edition in &sheet.edition {
        let of = format!("the revision {} of {}", edition.date, sheet.number);
        let hash = |sum: &String| sum.len() == 64 && sum.bytes().all(|b| b.is_ascii_hexdigit());
        let mut items = edition.item.keys();
        if let Some(name) = items.find(|name| !edition.blank.contains_key(*name)) {
            return Err(refuse(format!(
                "{of}: `{name}` has an item and is not among what stays blank"
            )));
        }
        let described =
            |name: &String| edition.blank.contains_key(name) || edition.text.contains_key(name);
        if let Some(name) = edition.sign.keys().find(|name| !described(name)) {
            return Err(refuse(format!(
                "{of}: `{name}` is signed and is not among its fields"
            )));
        }
        if !edition.sha256.iter().all(hash) || edition.check_by <= edition.checked {
            return Err(refuse(format!(
                "{of}: a SHA-256 has 64 digits, and `check_by` comes after `checked`"
            )));
        }
    }
    for (edition, lines) in sheet.edition.iter_mut().zip(lines(&file.text)) {
        edition.lines = lines;
    }
    Ok(sheet)
}

/// Where the names of fields stand in a file: for each revision the line of every quoted key, from 1.
fn lines(text: &str) -> Vec<BTreeMap<String, usize>> {
    let mut all: Vec<BTreeMap<String, usize>> = Vec::new();
    for (line, words) in (1..).zip(text.lines()) {
        let words = words.trim_start();
        if words.starts_with("[[edition]]") {
            all.push(BTreeMap::new());
        }
        let key = words
            .strip_prefix('"')
            .and_then(|rest| rest.split_once('"'));
        if let (Some((key, _)), Some(lines)) = (key, all.last_mut()) {
            lines.entry(key.to_owned()).or_insert(line);
        }
    }
    all
}
