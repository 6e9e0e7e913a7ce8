//! An office's own description of a form that no pack describes: a local form, or one whose fields nobody here had seen.

use record::Section;
use record::findings::RouteId;

use super::{Edition, Fact, FormSheet, Role, When};
use crate::Packs;
use crate::error::{LoadError, Problem};
use crate::file::TextFile;

impl Packs {
    /// Reads an office's description of a form: the shape of a pack's file, with facts of the record alone. Words of its own have no
    /// place in a field, and what a form has no room for goes on no form that an office describes. That a box says what its
    /// condition says is for whoever describes it to answer for.
    ///
    /// # Errors
    /// It is not of that shape; it describes no field, or a form or a published file that the program describes; it names a route,
    /// a section or a county that no pack knows; it stands for a paper that asks and has no place for a conviction.
    pub fn form(&self, name: &str, bytes: &[u8]) -> Result<FormSheet, LoadError> {
        let file = TextFile::of(name.to_owned(), bytes)?;
        let sheet = super::read(&file)?;
        let number = sheet.number.as_str();
        let refuse = |word: &str, problem| Err(file.error_at_quoted(word, problem));
        let value = |word: &str, problem: String| refuse(word, Problem::Value(problem));
        if !is_number(number) {
            let problem = "`number` is the form's number as it prints it: at most 30 of A to Z, digits, blanks and `-./#`";
            return value(number, problem.to_owned());
        }
        if let Some(odd) = words(&sheet).find(|words| !is_plain(words)) {
            let shown: String = odd.chars().filter(|&c| is_printed(c)).take(40).collect();
            let problem = format!(
                "“{shown}”: titles and reasons are one line of at most {LONGEST} letters, digits and signs"
            );
            return value(odd, problem);
        }
        let known = || self.iter().flat_map(|pack| &pack.forms);
        let same = |known: &&FormSheet| key(&known.number) == key(number);
        let by_name = |known: &FormSheet| known.number == number && !known.mapped();
        if let Some(known) = known().find(same)
            && !by_name(known)
        {
            let problem = if known.mapped() {
                format!("the program describes the form {} already", known.number)
            } else {
                format!("this form's number is written `{}`", known.number)
            };
            return value(number, problem);
        }
        let published = |sum: &String| {
            known().find(|known| sums(known).any(|own| own.eq_ignore_ascii_case(sum)))
        };
        if let Some((sum, theirs)) = sums(&sheet).find_map(|sum| Some((sum, published(sum)?))) {
            let problem = format!("this `sha256` is that of the form {}", theirs.number);
            return value(sum, problem);
        }
        if !sheet.mapped() {
            let problem = format!(
                "no field of the form {} has a fact: a description needs `[edition.text]`",
                sheet.number
            );
            return value(number, problem);
        }
        let routes = self.iter().flat_map(|pack| {
            let ids = pack.routes.iter();
            ids.map(move |route| format!("{}/{}", pack.id, route.id))
        });
        let routes: Vec<String> = routes.collect();
        for edition in &sheet.edition {
            if let Some((field, problem)) = self.unfit(edition, &routes) {
                return refuse(field, problem);
            }
            let asks = sheet
                .serves
                .iter()
                .any(|serves| serves.paper == Role::Motion);
            if asks && edition.mapped() && !names_convictions(edition) {
                let problem = format!(
                    "the revision {} stands for a paper that asks, and has no box for a section and no row for a conviction",
                    edition.date
                );
                return value(&edition.date.to_string(), problem);
            }
        }
        for serves in &sheet.serves {
            if !routes.contains(&serves.route) {
                let all = routes.iter().map(String::as_str);
                return refuse(
                    &serves.route,
                    Problem::unknown("the route", &serves.route, all),
                );
            }
        }
        let courts = || self.iter().filter_map(|pack| pack.courts.as_ref());
        let counties = || courts().flat_map(|courts| courts.counties());
        for county in &sheet.counties {
            if !counties().any(|known| known.name == *county) {
                let all = counties().map(|known| known.name.as_str());
                return refuse(county, Problem::unknown("the county", county, all));
            }
        }
        Ok(sheet)
    }

    /// What an office's description may not say, and of which field.
    fn unfit<'a>(&self, edition: &'a Edition, routes: &[String]) -> Option<(&'a str, Problem)> {
        let filled = |field: &&String| edition.text.contains_key(*field);
        let mut twice = edition
            .tick
            .keys()
            .chain(edition.blank.keys())
            .filter(filled);
        let both = |field: &&String| edition.tick.contains_key(*field);
        if let Some(field) = twice.next().or_else(|| edition.blank.keys().find(both)) {
            let word = field.clone();
            return Some((
                field,
                Problem::Twice {
                    kind: "the field",
                    word,
                },
            ));
        }
        for (field, fact) in &edition.text {
            let why = match fact {
                Fact::Words(_) => "words of its own have no place in an office's description",
                Fact::AttachmentBody
                | Fact::AttachmentNumber
                | Fact::AttachmentPage
                | Fact::AttachmentPages
                | Fact::DeclarationBody => "an office describes no attachment and no declaration",
                _ => continue,
            };
            return Some((field, Problem::Value(format!("`{field}`: {why}"))));
        }
        let known = |id: &RouteId| routes.contains(&id.0);
        let unknown = |id: &RouteId| {
            let all = routes.iter().map(String::as_str);
            Problem::unknown("the route", &id.0, all)
        };
        let only = edition.item.iter().find_map(|(field, item)| {
            let route = item.route.as_ref().filter(|id| !known(id))?;
            Some((field.as_str(), unknown(route)))
        });
        let items = edition.item.iter();
        let unless = items.filter_map(|(field, item)| Some((field, item.unless.as_ref()?)));
        let wrong = edition.tick.iter().chain(unless).find_map(|(field, when)| {
            let problem = match when {
                When::Route(id) | When::Mode(id, _) | When::Sentence(id, _) if !known(id) => {
                    unknown(id)
                }
                When::Section { code, base } if !self.names(code, base) => {
                    Problem::Value(format!(
                        "no pack knows the section `{code} {base}`: write the code as records do, and the number without a subdivision"
                    ))
                }
                _ => return None,
            };
            Some((field.as_str(), problem))
        });
        wrong.or(only)
    }

    /// Whether a pack knows a section, written so.
    fn names(&self, code: &str, base: &str) -> bool {
        let section: Result<Section, _> = format!("{code} {base}").parse();
        section.is_ok_and(|section| {
            let same = section.code() == code && section.base() == base;
            same && self.iter().any(|pack| pack.knows(&section))
        })
    }
}

/// The longest title or reason, in letters.
const LONGEST: usize = 300;

/// What a form's editions are known by.
fn sums(sheet: &FormSheet) -> impl Iterator<Item = &String> {
    sheet.edition.iter().flat_map(|edition| &edition.sha256)
}

/// A form's number as courts print them, so that no other one looks like it.
fn is_number(number: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphanumeric() || " -./#".contains(c);
    let whole = number.trim() == number && !key(number).is_empty();
    whole && number.len() <= 30 && number.chars().all(sign)
}

/// What two spellings of a form's number have in common: its letters and digits.
fn key(number: &str) -> String {
    let letters = number.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_uppercase()).collect()
}

/// What a description has people read.
fn words(sheet: &FormSheet) -> impl Iterator<Item = &str> {
    let said = sheet.edition.iter().flat_map(|edition| {
        let labels = edition.item.values().map(|item| item.label.as_str());
        edition.blank.values().map(String::as_str).chain(labels)
    });
    std::iter::once(sheet.title.as_str()).chain(said)
}

/// Whether words are one line that prints as it reads: nothing unseen, nothing that turns the letters around it.
fn is_plain(words: &str) -> bool {
    words.chars().count() <= LONGEST && words.chars().all(is_printed)
}

fn is_printed(c: char) -> bool {
    c.is_alphanumeric() || c.is_ascii_graphic() || " “”‘’–—§¿¡".contains(c)
}

/// Whether a form has a place for a conviction.
fn names_convictions(edition: &Edition) -> bool {
    let facts = || edition.text.values();
    let boxes = || edition.tick.values();
    boxes().any(|when| matches!(when, When::Section { .. }))
        || facts().any(|fact| matches!(fact, Fact::Row(..) | Fact::ArrestOffenses))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESCRIBED: &str = r#"
number = "LOC-7"
title = "Local Petition"
use = "optional"
serves = [{ route = "us-ca/prop-64", paper = "motion" }]
counties = ["Alameda"]

[[edition]]
date = "2025-07-01"
checked = "2026-11-01"
check_by = "2027-11-01"

[edition.text]
"Defendant" = "person.name"

[edition.tick]
"Sale" = "section HS 11360"
"#;

    fn read(text: &str) -> Result<FormSheet, String> {
        let packs = Packs::builtin().unwrap();
        let read = packs.form("loc-7.toml", text.as_bytes());
        read.map_err(|error| error.to_string())
    }

    #[test]
    fn a_local_form_is_taken_in_its_county_alone() {
        let sheet = read(DESCRIBED).unwrap();
        assert_eq!((sheet.number.as_str(), sheet.edition.len()), ("LOC-7", 1));
        assert!(sheet.taken_in(Some("Alameda")));
        assert!(!sheet.taken_in(Some("Fresno")) && !sheet.taken_in(None));
    }

    #[test]
    fn what_does_not_hold_is_refused_with_the_nearest_word() {
        for (from, to, says) in [
            (
                "person.name",
                "words I waive it",
                "loc-7.toml:14: `Defendant`: words of its own",
            ),
            ("person.name", "attachment.body", "no attachment"),
            (
                "\n[edition.tick]",
                "\n[edition.blank]\n\"Sale\" = \"by hand\"\n[edition.tick]",
                "loc-7.toml:17: the field `Sale` stands twice",
            ),
            (
                "\n[edition.tick]",
                "\n[edition.blank]\nDate = \"by hand\"\n[edition.item]\nDate = { label = \"Date\", route = \"us-ca/prop-6\" }\n[edition.tick]",
                "the route `us-ca/prop-6` is not known",
            ),
            (
                "\"section HS 11360\"",
                "\"route us-ca/prop-65\"",
                "loc-7.toml:17: the route `us-ca/prop-65` is not known; the nearest is `us-ca/prop-64`",
            ),
            (
                "HS 11360",
                "hs 11360",
                "no pack knows the section `hs 11360`",
            ),
            ("HS 11360", "HS 11360(a)", "without a subdivision"),
            ("HS 11360", "HS 99999", "no pack knows the section"),
            (
                "section HS 11360",
                "path application",
                "no row for a conviction",
            ),
            ("LOC-7\"", "cr-400\"", "describes the form CR-400 already"),
            (
                "LOC-7\"",
                " LOC-7\"",
                "loc-7.toml:2: `number` is the form's number",
            ),
            ("LOC-7\"", "\"", "`number` is the form's number"),
            (
                "LOC-7\"",
                "CR\u{2011}400\"",
                "`number` is the form's number",
            ),
            (
                "Petition\"",
                "Petition\\u202E\"",
                "“Local Petition”: titles",
            ),
            (
                "\"Alameda\"",
                "\"ALAMEDA\"",
                "loc-7.toml:6: the county `ALAMEDA` is not known; the nearest is `Alameda`",
            ),
            (
                "2027-11-01\"",
                "2027-11-01\"\nsha256 = [\"06C1B64315EBD5C7F8260D7169ABC2392D6373A202DC39F4788CB8A8C98BBDBE\"]",
                "is that of the form CR-180",
            ),
            (
                "us-ca/prop-64",
                "us-ca/prop-65",
                "loc-7.toml:5: the route `us-ca/prop-65` is not known; the nearest is `us-ca/prop-64`",
            ),
            ("\"Alameda\"", "\"Alamida\"", "the nearest is `Alameda`"),
            ("LOC-7\"", "jv 744\"", "is written `JV-744`"),
            ("LOC-7\"", "CR 400\"", "describes the form CR-400 already"),
            (
                "\"Defendant\" = \"person.name\"",
                "",
                "no field of the form LOC-7 has a fact",
            ),
            (
                "person.name",
                "person.nmae",
                "loc-7.toml:14: the fact `person.nmae` is not known; the nearest is `person.name`",
            ),
            (
                "2027-11-01",
                "2026-11-01",
                "`check_by` comes after `checked`",
            ),
            ("title =", "tile =", "the nearest is `title`"),
        ] {
            assert!(DESCRIBED.contains(from), "{from}");
            let refused = read(&DESCRIBED.replace(from, to)).unwrap_err();
            assert!(
                refused.starts_with("loc-7.toml:") && refused.contains(says),
                "{refused}"
            );
        }
        let packs = Packs::builtin().unwrap();
        assert!(packs.form("x.toml", &[0xff, 0xfe]).is_err());
        assert!(packs.form("x.toml", &vec![b' '; 2 << 20]).is_err());
    }
}
