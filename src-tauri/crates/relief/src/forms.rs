//! `relief forms`: which official form a PDF is, and filling one by its fields' names.

mod fill;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use forms::{Blank, Identity, Known, Library, identify};
use jiff::civil::Date;
use packs::forms::{Edition, FormSheet};
use packs::{Pack, Packs};
use serde_json::json;

use crate::args::{Forms, day};
use crate::packet::library;
use crate::report::Report;

pub(crate) fn run(args: &Forms, report: &mut Report) {
    let packs = match Packs::builtin() {
        Ok(packs) => packs,
        Err(error) => return report.refuse(Path::new("<built-in packs>"), 1, error),
    };
    match args {
        Forms::Identify {
            files,
            forms,
            as_of,
            fields,
        } => {
            let library = forms.as_ref().map(|folder| library(folder, packs, report));
            let known = Sheets::of(packs, library.as_ref());
            for file in files {
                say(file, day(*as_of), *fields, &known, report);
            }
        }
        Forms::Fill(args) => fill::run(args, packs, report),
    }
}

/// A form, who describes it, and the revision where it is known.
type Place<'a> = (&'a str, &'a FormSheet, Option<&'a Edition>);

/// Every form that is described: by the office, else by a pack.
struct Sheets<'a> {
    packs: &'a Packs,
    all: Vec<&'a FormSheet>,
}

impl<'a> Sheets<'a> {
    fn of(packs: &'a Packs, library: Option<&'a Library>) -> Self {
        let of_packs = packs.iter().flat_map(|pack| &pack.forms);
        let all = match library {
            Some(library) => library.sheets(of_packs),
            None => of_packs.collect(),
        };
        Self { packs, all }
    }

    fn place(&self, identity: &Identity) -> Option<Place<'a>> {
        let number = identity.number.as_deref()?;
        let sheet = *self.all.iter().find(|sheet| sheet.number == number)?;
        let of = |pack: &&Pack| pack.forms.iter().any(|own| std::ptr::eq(own, sheet));
        let pack = self.packs.iter().find(of);
        let by = pack.map_or("own", |pack| pack.id.as_str());
        Some((by, sheet, identity.described(sheet)))
    }
}

fn say(file: &Path, day: Date, fields: bool, known: &Sheets<'_>, report: &mut Report) {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return report.refuse_file(file, &error),
    };
    let blank = match Blank::open(&bytes) {
        Ok(blank) => blank,
        Err(error) => return report.refuse(file, 1, error),
    };
    let found = identify(&bytes, &blank, &known.all);
    let place = known.place(&found);
    let edition = place.and_then(|(_, _, edition)| edition);
    let map = place.zip(edition).filter(|_| found.known == Known::Mapped);
    let map = map.map(|((by, sheet, _), edition)| {
        format!("{by}/{}/{}", sheet.number.to_lowercase(), edition.date)
    });
    let mut document = json!({
        "file": file.display().to_string(),
        "sha256": found.sha256,
        "form": found.number,
        "title": found.title,
        "revision": found.revision,
        "use": place.map(|(_, sheet, _)| sheet.obligation.to_string()),
        "known": found.known.as_str(),
        "by": found.by.map(forms::By::as_str),
        "map": map,
        "check_by": edition.map(|edition| edition.check_by),
        "newer": place.zip(edition).and_then(|((_, sheet, _), edition)| sheet.newer(edition.date, day)),
        "pages": blank.pages(),
        "fields": blank.fields().len(),
        "encrypted": blank.was_encrypted(),
        "xfa": blank.had_xfa(),
        "answered": found.answered,
        "missing": found.missing,
    });
    if fields {
        let names = blank.fields().iter().map(|field| {
            json!({"name": field.name, "kind": field.kind.as_str(), "label": field.label, "page": field.page()})
        });
        document["names"] = names.collect();
    }
    report.output(writeln!(std::io::stdout(), "{document}"));
    judge(file, day, &blank, &found, place, report);
}

/// What a person must know before using the form.
fn judge(
    file: &Path,
    day: Date,
    blank: &Blank,
    found: &Identity,
    place: Option<Place<'_>>,
    report: &mut Report,
) {
    if blank.fields().is_empty() {
        report.refuse(file, 1, forms::FormError::NoFields);
    }
    let printed = found.number.as_deref().unwrap_or("this form");
    match (found.known, place) {
        (Known::Mapped, _) => {}
        // The published file itself: it is the pack's description that is wrong.
        (Known::Unmapped, Some((_, sheet, Some(edition)))) if found.by == Some(forms::By::Bytes) && !found.missing.is_empty() => {
            for field in &found.missing {
                report.refuse(
                    Path::new(&sheet.file),
                    edition.line(field),
                    format_args!("the field `{field}` is not in the published {printed}"),
                );
            }
        }
        (Known::Unmapped, _) if found.missing.is_empty() => report.note(
            file,
            1,
            format_args!("{printed} is known, but not what its fields mean: it can be filled by its fields' names only"),
        ),
        (Known::Unmapped, _) => report.note(
            file,
            1,
            format_args!(
                "{printed} is known, but this copy has other fields than the one that is described: {} are not here, such as {}. It can be filled by \
                 its fields' names, not from a record; look for the newest published file",
                found.missing.len(),
                found.missing.first().map_or("", String::as_str)
            ),
        ),
        (Known::Revision, Some((_, sheet, _))) => {
            let known: BTreeSet<String> = sheet.edition.iter().map(|edition| edition.date.to_string()).collect();
            let known: Vec<String> = known.into_iter().collect();
            let says = found.revision.map_or_else(|| "no revision that could be read".to_owned(), |day| format!("its revision is {day}"));
            report.refuse(
                file,
                1,
                format_args!(
                    "{printed} is known, but not in this revision: {says}; known are {}. It can be filled by its fields' names, \
                     not from a record",
                    known.join(", ")
                ),
            );
        }
        (Known::Revision | Known::Form, _) => report.refuse(
            file,
            1,
            format_args!("no pack knows this form ({printed}): it can be filled by its fields' names, not from a record"),
        ),
    }
    if found.answered > 0 {
        report.refuse(
            file,
            1,
            format_args!(
                "this is not blank: {} of its fields hold an answer already",
                found.answered
            ),
        );
    }
    if let Some((_, _, Some(edition))) = place {
        if edition.date > day {
            report.note(
                file,
                1,
                format_args!("this revision is in use from {}", edition.date),
            );
        }
        let newer = place.and_then(|(_, sheet, _)| sheet.newer(edition.date, day));
        if let Some(newer) = newer {
            report.note(
                file,
                1,
                format_args!(
                    "this is the revision of {}, and there is one of {newer}: it may still be filed where the court's rules allow it, but \
                     get the newest blank",
                    edition.date
                ),
            );
        } else if edition.check_by <= day {
            report.note(
                file,
                1,
                format_args!(
                    "nobody has looked since {} whether this is still the newest revision: look before filing",
                    edition.checked
                ),
            );
        }
    }
}
