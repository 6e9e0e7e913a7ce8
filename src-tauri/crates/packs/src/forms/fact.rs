//! What stands in a field of a form, and when a box of it is ticked.

use std::str::FromStr;

use record::findings::{Mode, Path, RouteId};
use serde::Deserialize;

use crate::error::Problem;

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
    /// The attorney who files; nothing where the client does.
    AttorneyName,
    /// Name, office, address, telephone and State Bar number of the attorney who files, in one line.
    AttorneyLine,
    /// Name beside the signature line.
    SignerName,
    /// Street of the client.
    ClientStreet,
    /// City of the client.
    ClientCity,
    /// State of the client.
    ClientState,
    /// ZIP code of the client.
    ClientZip,
    /// City, state and ZIP code of the client in one line.
    ClientCityLine,
    /// Telephone of the client.
    ClientPhone,
    /// County of the court.
    CourtCounty,
    /// Street of the court.
    CourtStreet,
    /// City and ZIP code of the court.
    CourtCity,
    /// County, street, city and ZIP code of the court, each on its line.
    CourtBlock,
    /// The case's number.
    CaseNumber,
    /// The client's name.
    PersonName,
    /// The client's given name.
    PersonGiven,
    /// The client's middle name.
    PersonMiddle,
    /// The client's family name.
    PersonFamily,
    /// The client's birth date, where the form asks for it.
    PersonBorn,
    /// The day or days of the judgment.
    JudgmentDate,
    /// The day of the arrest.
    ArrestDate,
    /// The agency that arrested.
    ArrestAgency,
    /// The agency's number of the arrest.
    ArrestNumber,
    /// The offenses of the arrest.
    ArrestOffenses,
    /// On a form that takes what others have no room for: the text itself.
    AttachmentBody,
    /// Which attachment of its form it is.
    AttachmentNumber,
    /// Which page of the attachment it is.
    AttachmentPage,
    /// How many pages the attachment has.
    AttachmentPages,
    /// On a form for a declaration that is attached to another: the client's own words.
    DeclarationBody,
    /// A cell of the table of convictions: its row, from 1.
    Row(u8, Column),
    /// Words of the pack, with the client's name for `{name}`.
    Words(String),
}

/// A column of a table of convictions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The code.
    Code,
    /// The section.
    Section,
    /// Felony, misdemeanor or infraction.
    Level,
    /// Whether a felony may be reduced to a misdemeanor: `yes` where the paper asks for it, else left blank.
    Misdemeanor,
    /// Whether a misdemeanor may be reduced to an infraction: likewise.
    Infraction,
}

const COLUMNS: [(&str, Column); 5] = [
    ("code", Column::Code),
    ("section", Column::Section),
    ("level", Column::Level),
    ("misdemeanor", Column::Misdemeanor),
    ("infraction", Column::Infraction),
];

const FACTS: [(&str, Fact); 39] = [
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
    ("attorney.name", Fact::AttorneyName),
    ("attorney.line", Fact::AttorneyLine),
    ("signer.name", Fact::SignerName),
    ("client.street", Fact::ClientStreet),
    ("client.city", Fact::ClientCity),
    ("client.state", Fact::ClientState),
    ("client.zip", Fact::ClientZip),
    ("client.city_line", Fact::ClientCityLine),
    ("client.phone", Fact::ClientPhone),
    ("court.county", Fact::CourtCounty),
    ("court.street", Fact::CourtStreet),
    ("court.city", Fact::CourtCity),
    ("court.block", Fact::CourtBlock),
    ("case.number", Fact::CaseNumber),
    ("person.name", Fact::PersonName),
    ("person.given", Fact::PersonGiven),
    ("person.middle", Fact::PersonMiddle),
    ("person.family", Fact::PersonFamily),
    ("person.born", Fact::PersonBorn),
    ("judgment.date", Fact::JudgmentDate),
    ("arrest.date", Fact::ArrestDate),
    ("arrest.agency", Fact::ArrestAgency),
    ("arrest.number", Fact::ArrestNumber),
    ("arrest.offenses", Fact::ArrestOffenses),
    ("attachment.body", Fact::AttachmentBody),
    ("attachment.number", Fact::AttachmentNumber),
    ("attachment.page", Fact::AttachmentPage),
    ("attachment.pages", Fact::AttachmentPages),
    ("declaration.body", Fact::DeclarationBody),
];

impl Fact {
    /// Its name in packs; of cells and words what they are.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let named = FACTS.iter().find(|(_, fact)| fact == self);
        named.map_or_else(
            || match self {
                Self::Row(..) => "row",
                _ => "words",
            },
            |(name, _)| *name,
        )
    }
}

impl FromStr for Fact {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(words) = text.strip_prefix("words ") {
            return Ok(Self::Words(words.to_owned()));
        }
        let row = text.strip_prefix("row.").and_then(|cell| {
            let (row, column) = cell.split_once('.')?;
            let row: u8 = row.parse().ok().filter(|row| *row > 0)?;
            let (_, column) = COLUMNS.iter().find(|(name, _)| *name == column)?;
            Some(Self::Row(row, *column))
        });
        let known = FACTS.iter().find(|(name, _)| *name == text);
        row.or_else(|| known.map(|(_, fact)| fact.clone()))
            .ok_or_else(|| {
                let cells = COLUMNS.map(|(column, _)| format!("row.1.{column}"));
                let facts = FACTS.iter().map(|(name, _)| *name);
                let known = facts.chain(cells.iter().map(String::as_str));
                Problem::unknown("the fact", text, known).to_string()
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
    /// The paper asks for relief by this route.
    Route(RouteId),
    /// The paper asks by this route, and whether the court must grant it is known to be so.
    Mode(RouteId, Mode),
    /// The paper asks by this route about a conviction with this sentence.
    Sentence(RouteId, Held),
}

/// What a sentence held, as forms tell sentences apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Jail, and a part of it under mandatory supervision.
    Split,
    /// Jail without mandatory supervision.
    Jail,
    /// State prison.
    Prison,
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
        let route = |name: &str| RouteId(name.to_owned());
        match words.as_slice() {
            ["path", "petition"] => Ok(Self::Path(Path::Petition)),
            ["path", "application"] => Ok(Self::Path(Path::Application)),
            ["section", code, base] => Ok(Self::Section {
                code: (*code).to_owned(),
                base: (*base).to_owned(),
            }),
            ["chosen", "waive_original_judge"] => Ok(Self::Chosen(Choice::OriginalJudge)),
            ["chosen", "waive_appearance"] => Ok(Self::Chosen(Choice::Appearance)),
            ["route", name] => Ok(Self::Route(route(name))),
            ["mode", name, "entitled"] => Ok(Self::Mode(route(name), Mode::Entitled)),
            ["mode", name, "discretionary"] => Ok(Self::Mode(route(name), Mode::Discretionary)),
            ["sentence", name, "split"] => Ok(Self::Sentence(route(name), Held::Split)),
            ["sentence", name, "jail"] => Ok(Self::Sentence(route(name), Held::Jail)),
            ["sentence", name, "prison"] => Ok(Self::Sentence(route(name), Held::Prison)),
            _ => Err(format!(
                "`{text}` is no condition; write `path petition` or `path application`, `section CODE NUMBER`, `chosen \
                 waive_original_judge` or `chosen waive_appearance`, `route ROUTE`, `mode ROUTE entitled` or `mode ROUTE \
                 discretionary`, `sentence ROUTE split`, `sentence ROUTE jail` or `sentence ROUTE prison`"
            )),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_str(deserializer)
    }
}

fn from_str<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err = String>,
    D: serde::Deserializer<'de>,
{
    String::deserialize(deserializer)?
        .parse()
        .map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_that_an_office_may_write_stands_in_the_readme() {
        let readme = include_str!("../../../../../README.md");
        let own =
            |name: &str| !name.starts_with("attachment.") && !name.starts_with("declaration.");
        let facts = FACTS.iter().map(|(name, _)| *name).filter(|name| own(name));
        let missing: Vec<&str> = facts
            .chain(COLUMNS.iter().map(|(name, _)| *name))
            .filter(|name| !readme.contains(&format!("`{name}`")))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
