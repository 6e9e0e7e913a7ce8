//! Whose sheet it is: before a sheet is kept with a client, it is held against that client and against all others.
//!
//! A sheet in the wrong folder shows one client's record to another. Names are compared as the search folds them, other names
//! included; numbers of the state and of the FBI count more than names; a birth date that is known on one side only decides nothing.

use reading::Draft;
use record::{Identifier, IdentifierKind, Name, PartialDate, Person, Record};
use vault::ClientId;

use crate::clients::row_of;
use crate::view::{Doubt, Imported};
use crate::{Desk, Moment, Result};

/// So many of a sheet's names and numbers are looked for; the first are those that it was asked for by.
const MOST_LOOKED_FOR: usize = 12;
/// So many clients are named at once: more would be read by nobody.
const MOST_NAMED: u32 = 5;

impl Desk {
    /// Reads a sheet into a client's record, unless it may be of somebody else: then nothing is kept, and the doubt is told.
    ///
    /// # Errors
    /// The bytes are no sheet, with what to do about it; or there is no such client.
    pub fn import_asking(
        &mut self,
        id: ClientId,
        name: &str,
        bytes: &[u8],
        now: Moment,
    ) -> Result<Imported> {
        let draft = reading::read(bytes, self.packs)?;
        self.keep_if_sure(id, name, bytes, draft, false, now)
    }

    /// Keeps a sheet that was read with a client, unless it may be of somebody else and nobody is sure that it is not.
    pub(crate) fn keep_if_sure(
        &mut self,
        id: ClientId,
        name: &str,
        bytes: &[u8],
        draft: Draft,
        sure: bool,
        now: Moment,
    ) -> Result<Imported> {
        let doubt = if sure {
            None
        } else {
            self.doubt(&id, &draft.record.person)?
        };
        match doubt {
            Some(doubt) => Ok(Imported::Doubtful(Box::new(doubt))),
            None => self
                .keep_sheet(id, name, bytes, draft, now)
                .map(Imported::kept),
        }
    }

    fn doubt(&self, id: &ClientId, sheet: &Person) -> Result<Option<Doubt>> {
        let ours = self.vault.read().record(id)?;
        let fits = fit(&ours.person, sheet);
        // The same number is the same person, whatever the names say.
        if fits == Fit::Number {
            return Ok(None);
        }
        let mut others: Vec<vault::ClientRow> = Vec::new();
        for words in looked_for(sheet) {
            for row in self.vault.read().clients(&words, 4 * MOST_NAMED)? {
                if row.id == *id || others.iter().any(|other| other.id == row.id) {
                    continue;
                }
                let record: Record = self.vault.read().record(&row.id)?;
                if fit(&record.person, sheet) > fits.max(Fit::Open) {
                    others.push(row);
                }
            }
        }
        others.truncate(MOST_NAMED as usize);
        let somebody_else = fits == Fit::No;
        Ok((somebody_else || !others.is_empty()).then(|| Doubt {
            name: sheet.name.full(),
            born: sheet.born.map(|born| born.to_string()),
            somebody_else,
            others: others.into_iter().map(row_of).collect(),
        }))
    }
}

/// How well a sheet fits a client, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Neither name nor birth date are the client's.
    No,
    /// Too little is known, or one of the two differs: an alias, a married name, a birth date given otherwise.
    Open,
    /// Name and birth date are the client's.
    Name,
    /// A number of the state or of the FBI is the client's.
    Number,
}

fn fit(client: &Person, sheet: &Person) -> Fit {
    let numbers = numbers(client);
    if self::numbers(sheet)
        .iter()
        .any(|number| numbers.contains(number))
    {
        return Fit::Number;
    }
    let named = names(client).any(|mine| names(sheet).any(|theirs| same_name(mine, theirs)));
    let nameless = client.name.full().is_empty() || sheet.name.full().is_empty();
    match (named, same_day(client.born, sheet.born)) {
        (true, Some(true)) => Fit::Name,
        (false, Some(true)) | (true, _) => Fit::Open,
        (false, _) if nameless => Fit::Open,
        (false, _) => Fit::No,
    }
}

fn names(person: &Person) -> impl Iterator<Item = &Name> {
    std::iter::once(&person.name).chain(person.aliases.iter().flatten())
}

// The same family name, and the same given name where both have one; a middle name is often left out.
fn same_name(mine: &Name, theirs: &Name) -> bool {
    let part = |part: &Option<String>| {
        let folded = vault::fold(part.as_deref().unwrap_or_default());
        folded.split_whitespace().collect::<String>()
    };
    let (family, given) = (part(&mine.family), part(&mine.given));
    let whole = |name: &Name| part(&name.given) + &part(&name.family);
    let same = |a: &str, b: &str| !a.is_empty() && a == b;
    if family.is_empty() || part(&theirs.family).is_empty() {
        return same(&whole(mine), &whole(theirs));
    }
    same(&family, &part(&theirs.family)) && same(&given, &part(&theirs.given))
}

// None where one of the two is not known.
fn same_day(mine: Option<PartialDate>, theirs: Option<PartialDate>) -> Option<bool> {
    let (mine, theirs) = mine.zip(theirs)?;
    Some(mine.earliest() <= theirs.latest() && theirs.earliest() <= mine.latest())
}

// Numbers that one person alone has: letters and digits only, since sheets print them with and without marks.
fn numbers(person: &Person) -> Vec<(bool, String)> {
    let all = person.identifiers.iter().flatten();
    let whose = |known: &Identifier| match known.kind {
        IdentifierKind::Cii => Some(true),
        IdentifierKind::Fbi => Some(false),
        _ => None,
    };
    let plain = |value: &str| -> String {
        let kept = value.chars().filter(char::is_ascii_alphanumeric);
        kept.collect::<String>().to_ascii_uppercase()
    };
    all.filter_map(|known| Some((whose(known)?, plain(&known.value))))
        .filter(|(_, number)| !number.is_empty())
        .collect()
}

// What other clients are looked for by.
fn looked_for(sheet: &Person) -> Vec<String> {
    let numbers = sheet.identifiers.iter().flatten();
    let numbers = numbers
        .filter(|known| matches!(known.kind, IdentifierKind::Cii | IdentifierKind::Fbi))
        .map(|known| known.value.clone());
    let names = names(sheet).map(|name| {
        let parts = [&name.given, &name.family].into_iter().flatten();
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    });
    let mut all: Vec<String> = names
        .chain(numbers)
        .filter(|words| !words.trim().is_empty())
        .collect();
    all.dedup();
    all.truncate(MOST_LOOKED_FOR);
    all
}

#[cfg(test)]
mod tests {
    use super::{Fit, fit};
    use record::{Identifier, IdentifierKind, Name, Person};

    fn person(given: &str, family: &str, born: Option<&str>) -> Person {
        Person {
            name: Name {
                given: Some(given.to_owned()),
                family: Some(family.to_owned()),
                ..Name::default()
            },
            born: born.and_then(|born| born.parse().ok()),
            ..Person::default()
        }
    }

    #[test]
    fn whose_sheet_it_is_by_name_and_birth_date() {
        let client = person("Ana", "De la Cruz", Some("1980-05-05"));
        for (given, family, born, expected) in [
            ("ANA", "DELACRUZ", Some("1980-05-05"), Fit::Name),
            ("ANA", "DE LA CRUZ", Some("1980"), Fit::Name),
            ("ANA", "DE LA CRUZ", None, Fit::Open),
            ("ANA", "DE LA CRUZ", Some("1981-05-05"), Fit::Open),
            ("ANA", "MILLER", Some("1980-05-05"), Fit::Open),
            ("ANA", "MILLER", Some("1981-05-05"), Fit::No),
            ("ANA", "MILLER", None, Fit::No),
            ("OSCAR", "DE LA CRUZ", Some("1958-01-01"), Fit::No),
        ] {
            let sheet = person(given, family, born);
            assert_eq!(fit(&client, &sheet), expected, "{given} {family} {born:?}");
        }
        assert_eq!(fit(&client, &Person::default()), Fit::Open);
    }

    #[test]
    fn a_number_counts_more_than_a_name_and_other_names_count_as_names() {
        let numbered = |kind, value: &str, mut person: Person| {
            let value = value.to_owned();
            person.identifiers = Some(vec![Identifier { kind, value }]);
            person
        };
        let ana = || person("Ana", "Lopez", None);
        let mary = || person("Mary", "Smith", None);
        let client = numbered(IdentifierKind::Cii, "A01 234 567", ana());
        let cii = |value: &str| numbered(IdentifierKind::Cii, value, mary());
        assert_eq!(fit(&client, &cii("a01234567")), Fit::Number);
        assert_eq!(fit(&client, &cii("A01234568")), Fit::No);
        let fbi = numbered(IdentifierKind::Fbi, "A01234567", mary());
        assert_eq!(fit(&client, &fbi), Fit::No, "another agency's number");
        let mut married = mary();
        married.aliases = Some(vec![ana().name]);
        assert_eq!(fit(&client, &married), Fit::Open);
    }
}
