//! Official forms: what each revision is called, how it is known, and which fact stands in which of its fields.
//!
//! A pack keeps one file a form in its `forms` folder. No form itself is part of a pack: the office adds the published blank.
//! A field that no fact is bound to stays blank; `blank` says of some why, for the list of what is left to people.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use record::findings::Path;
use serde::Deserialize;
use serde_with_str::from_str;

use crate::error::LoadError;
use crate::file::Files;

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
    /// Its revisions, the oldest first.
    pub edition: Vec<Edition>,
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
}

impl Edition {
    /// Whether its fields are described, so that it can be filled from a record.
    #[must_use]
    pub fn mapped(&self) -> bool {
        !self.text.is_empty()
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

/// What stands in a field of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// State Bar number of the attorney who files.
    FilerBar,
    /// Who files.
    FilerName,
    /// The filing attorney's office.
    FilerFirm,
    /// Street of whoever files.
    FilerStreet,
    /// City of whoever files.
    FilerCity,
    /// State of whoever files.
    FilerState,
    /// ZIP code of whoever files.
    FilerZip,
    /// Telephone of whoever files.
    FilerPhone,
    /// E-mail of whoever files.
    FilerEmail,
    /// Whom the attorney files for.
    FilerFor,
    /// Name beside the signature line.
    SignerName,
    /// County of the court.
    CourtCounty,
    /// Street of the court.
    CourtStreet,
    /// City and ZIP code of the court.
    CourtCity,
    /// The case's number.
    CaseNumber,
    /// The client's name.
    PersonName,
}

const FACTS: [(&str, Fact); 16] = [
    ("filer.bar", Fact::FilerBar),
    ("filer.name", Fact::FilerName),
    ("filer.firm", Fact::FilerFirm),
    ("filer.street", Fact::FilerStreet),
    ("filer.city", Fact::FilerCity),
    ("filer.state", Fact::FilerState),
    ("filer.zip", Fact::FilerZip),
    ("filer.phone", Fact::FilerPhone),
    ("filer.email", Fact::FilerEmail),
    ("filer.for", Fact::FilerFor),
    ("signer.name", Fact::SignerName),
    ("court.county", Fact::CourtCounty),
    ("court.street", Fact::CourtStreet),
    ("court.city", Fact::CourtCity),
    ("case.number", Fact::CaseNumber),
    ("person.name", Fact::PersonName),
];

impl FromStr for Fact {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = FACTS.iter().find(|(name, _)| *name == text);
        found.map(|(_, fact)| fact.clone()).ok_or_else(|| {
            let known: Vec<&str> = FACTS.iter().map(|(name, _)| *name).collect();
            format!(
                "the fact `{text}` is not known; known are {}",
                known.join(", ")
            )
        })
    }
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_str(deserializer)
    }
}

/// When a box is ticked. What is not known does not tick it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// The paper asks under this path.
    Path(Path),
    /// The paper asks about a conviction of this section, whatever its subdivision, as a completed offense.
    Section {
        /// The code, as records write it.
        code: String,
        /// The section's number without a subdivision.
        base: String,
    },
    /// The client was asked and chose it.
    Chosen(Choice),
}

/// A choice that only the client makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Gives up that the judge of the sentence hears the matter.
    OriginalJudge,
    /// Gives up to be there.
    Appearance,
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["path", "petition"] => Ok(Self::Path(Path::Petition)),
            ["path", "application"] => Ok(Self::Path(Path::Application)),
            ["section", code, base] => Ok(Self::Section {
                code: (*code).to_owned(),
                base: (*base).to_owned(),
            }),
            ["chosen", "waive_original_judge"] => Ok(Self::Chosen(Choice::OriginalJudge)),
            ["chosen", "waive_appearance"] => Ok(Self::Chosen(Choice::Appearance)),
            _ => Err(format!(
                "`{text}` is no condition; write `path petition`, `path application`, `section CODE NUMBER`, `chosen \
                 waive_original_judge` or `chosen waive_appearance`"
            )),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_str(deserializer)
    }
}

mod serde_with_str {
    use serde::Deserialize;

    pub(super) fn from_str<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        T: std::str::FromStr<Err = String>,
        D: serde::Deserializer<'de>,
    {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
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
        let sheet: FormSheet = file.parse()?;
        let refuse = |problem: String| file.error(0..0, crate::Problem::Value(problem));
        if sheets.iter().any(|other| other.number == sheet.number) {
            return Err(refuse(format!(
                "the form {} stands in two files",
                sheet.number
            )));
        }
        let dates: Vec<Date> = sheet.edition.iter().map(|edition| edition.date).collect();
        if dates.is_empty() || !dates.is_sorted_by(|a, b| a < b) {
            return Err(refuse(format!(
                "the form {} needs its revisions, the oldest first and none twice",
                sheet.number
            )));
        }
        for edition in &sheet.edition {
            let hash = |sum: &String| sum.len() == 64 && sum.bytes().all(|b| b.is_ascii_hexdigit());
            if !edition.sha256.iter().all(hash) || edition.check_by <= edition.checked {
                return Err(refuse(format!(
                    "the revision {} of {}: a SHA-256 has 64 digits, and `check_by` comes after `checked`",
                    edition.date, sheet.number
                )));
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}
