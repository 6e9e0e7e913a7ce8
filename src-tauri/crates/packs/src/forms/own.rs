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
        let refuse = |problem| Err(file.error(0..0, problem));
        let number = sheet.number.trim();
        if number.is_empty() || number != sheet.number {
            let problem = "`number` is the form's number as it prints it, without blanks around it";
            return refuse(Problem::Value(problem.to_owned()));
        }
        let known = || self.iter().flat_map(|pack| &pack.forms);
        let same = |known: &&FormSheet| known.number.eq_ignore_ascii_case(number);
        let by_name = |known: &FormSheet| known.number == number && !known.mapped();
        if let Some(known) = known().find(same)
            && !by_name(known)
        {
            let problem = format!("the program describes the form {} already", known.number);
            return refuse(Problem::Value(problem));
        }
        let sums = |sheet: &'_ FormSheet| -> Vec<String> {
            let sums = sheet.edition.iter().flat_map(|edition| &edition.sha256);
            sums.map(|sum| sum.to_ascii_lowercase()).collect()
        };
        let own = sums(&sheet);
        let theirs = known().find(|known| sums(known).iter().any(|sum| own.contains(sum)));
        if let Some(theirs) = theirs {
            let problem = format!("a `sha256` here is that of the form {}", theirs.number);
            return refuse(Problem::Value(problem));
        }
        if !sheet.mapped() {
            let problem = format!(
                "no field of the form {} has a fact: a description needs `[edition.text]`",
                sheet.number
            );
            return refuse(Problem::Value(problem));
        }
        let routes = self.iter().flat_map(|pack| {
            let ids = pack.routes.iter();
            ids.map(move |route| format!("{}/{}", pack.id, route.id))
        });
        let routes: Vec<String> = routes.collect();
        for edition in &sheet.edition {
            if let Some(problem) = self.unfit(edition, &routes) {
                return refuse(problem);
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
                return refuse(Problem::Value(problem));
            }
        }
        for serves in &sheet.serves {
            if !routes.contains(&serves.route) {
                let all = routes.iter().map(String::as_str);
                return refuse(Problem::unknown("the route", &serves.route, all));
            }
        }
        let courts = || self.iter().filter_map(|pack| pack.courts.as_ref());
        let counties = || courts().flat_map(|courts| courts.counties());
        for county in &sheet.counties {
            if !counties().any(|known| known.name == *county) {
                let all = counties().map(|known| known.name.as_str());
                return refuse(Problem::unknown("the county", county, all));
            }
        }
        Ok(sheet)
    }

    /// What an office's description may not say.
    fn unfit(&self, edition: &Edition, routes: &[String]) -> Option<Problem> {
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
            return Some(Problem::Value(format!("`{field}`: {why}")));
        }
        let known = |id: &RouteId| routes.contains(&id.0);
        edition.tick.values().find_map(|when| match when {
            When::Route(id) | When::Mode(id, _) | When::Sentence(id, _) if !known(id) => {
                let all = routes.iter().map(String::as_str);
                Some(Problem::unknown("the route", &id.0, all))
            }
            When::Section { code, base } if !self.names(code, base) => {
                Some(Problem::Value(format!(
                    "no pack knows the section `{code} {base}`: write the code as records do, and the number without a subdivision"
                )))
            }
            _ => None,
        })
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
            ("person.name", "words I waive it", "words of its own"),
            ("person.name", "attachment.body", "no attachment"),
            (
                "\"section HS 11360\"",
                "\"route us-ca/prop-65\"",
                "`us-ca/prop-64`",
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
            ("LOC-7\"", " \"", "without blanks around it"),
            (
                "2027-11-01\"",
                "2027-11-01\"\nsha256 = [\"06C1B64315EBD5C7F8260D7169ABC2392D6373A202DC39F4788CB8A8C98BBDBE\"]",
                "is that of the form CR-180",
            ),
            (
                "us-ca/prop-64",
                "us-ca/prop-65",
                "the nearest is `us-ca/prop-64`",
            ),
            ("\"Alameda\"", "\"Alamida\"", "the nearest is `Alameda`"),
            ("LOC-7\"", "CR-400\"", "describes the form CR-400 already"),
            (
                "\"Defendant\" = \"person.name\"",
                "",
                "no field of the form LOC-7 has a fact",
            ),
            ("person.name", "person.nmae", "nmae"),
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
