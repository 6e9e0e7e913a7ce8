//! `relief forms`: which official form a PDF is, and filling one by its fields' names.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use forms::{Blank, Fill, Given, Identity, Known, Values, identify};
use jiff::civil::Date;
use packs::forms::{Edition, Fact, FormSheet};
use packs::{Pack, Packs};
use serde_json::{Map, Value, json};

use crate::args::{self, Forms, day};
use crate::report::Report;
use crate::whole;

pub(crate) fn run(args: &Forms, report: &mut Report) {
    let packs = match Packs::builtin() {
        Ok(packs) => packs,
        Err(error) => return report.refuse(Path::new("<built-in packs>"), 1, error),
    };
    match args {
        Forms::Identify { files, as_of } => {
            let day = day(*as_of);
            for file in files {
                say(file, day, packs, report);
            }
        }
        Forms::Fill(args) => fill(args, packs, report),
    }
}

/// A form of a pack, with the revision where it is known.
type Place<'a> = (&'a Pack, &'a FormSheet, Option<&'a Edition>);

fn place<'a>(packs: &'a Packs, identity: &Identity) -> Option<Place<'a>> {
    let number = identity.number.as_deref()?;
    packs.iter().find_map(|pack| {
        let sheet = pack.forms.iter().find(|sheet| sheet.number == number)?;
        Some((pack, sheet, identity.described(sheet)))
    })
}

fn sheets(packs: &Packs) -> Vec<&FormSheet> {
    packs.iter().flat_map(|pack| &pack.forms).collect()
}

fn say(file: &Path, day: Date, packs: &Packs, report: &mut Report) {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return report.refuse(file, 1, error),
    };
    let blank = match Blank::open(&bytes) {
        Ok(blank) => blank,
        Err(error) => return report.refuse(file, 1, error),
    };
    let found = identify(&bytes, &blank, &sheets(packs));
    let place = place(packs, &found);
    let edition = place.and_then(|(_, _, edition)| edition);
    let map = place.zip(edition).filter(|_| found.known == Known::Mapped);
    let map = map.map(|((pack, sheet, _), edition)| {
        format!(
            "{}/{}/{}",
            pack.id,
            sheet.number.to_lowercase(),
            edition.date
        )
    });
    let document = json!({
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
        "pages": blank.pages(),
        "fields": blank.fields().len(),
        "encrypted": blank.was_encrypted(),
        "xfa": blank.had_xfa(),
        "answered": found.answered,
        "missing": found.missing,
    });
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
                "{printed} is known, but this copy lacks {} fields of the published one, such as {}: get the published file",
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
        if edition.check_by <= day {
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

fn fill(args: &args::Fill, packs: &Packs, report: &mut Report) {
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => return report.refuse(&args.file, 1, error),
    };
    let Some(values) = values(&args.values, report) else {
        return;
    };
    let blank = match Blank::open(&bytes) {
        Ok(blank) => blank,
        Err(error) => return report.refuse(&args.file, 1, error),
    };
    let how = how(&bytes, &blank, &values, packs, args.editable.is_some());
    let filled = match blank.fill(&values, &how) {
        Ok(filled) => filled,
        Err(error) => return report.refuse(&args.file, 1, error),
    };
    for refused in &filled.refused {
        report.refuse(
            &args.values,
            1,
            format_args!("`{}`: {}", refused.field, refused.why),
        );
    }
    for moved in &filled.moved {
        report.note(
            &args.values,
            1,
            format_args!(
                "`{}` does not fit: it stands on the continuation page as item {}",
                moved.field, moved.number
            ),
        );
    }
    if !filled.cleared.is_empty() {
        report.note(
            &args.file,
            1,
            format_args!(
                "{} fields held an answer already that nobody gave here; they are left blank",
                filled.cleared.len()
            ),
        );
    }
    let mut outputs = vec![(&args.out, &filled.filing)];
    outputs.extend(args.editable.as_ref().zip(filled.editable.as_ref()));
    for (path, bytes) in outputs {
        if let Err(error) = whole::write(path, bytes) {
            report.refuse(
                path,
                1,
                format_args!("the form could not be written: {error}"),
            );
        }
    }
}

/// The form's name and whose case it is, for a continuation page.
fn how(
    bytes: &[u8],
    blank: &Blank,
    values: &Values,
    packs: &Packs,
    editable: bool,
) -> Fill<'static> {
    let found = identify(bytes, blank, &sheets(packs));
    let edition = place(packs, &found).and_then(|(_, _, edition)| edition);
    let mut heading = Vec::new();
    for (wanted, words) in [(Fact::PersonName, ""), (Fact::CaseNumber, "Case No. ")] {
        let bound = edition.into_iter().flat_map(|edition| {
            edition
                .text
                .iter()
                .map(move |(name, fact)| (edition.field(name), fact))
        });
        let given = bound
            .filter(|(_, fact)| **fact == wanted)
            .find_map(|(field, _)| values.get(&field));
        if let Some(Given::Text(text)) = given {
            heading.push(format!("{words}{text}"));
        }
    }
    Fill {
        form: found.number.unwrap_or_default(),
        heading,
        editable,
        ..Fill::default()
    }
}

/// Reads `{"field name": "text" or true}`.
fn values(file: &Path, report: &mut Report) -> Option<Values> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            report.refuse(file, 1, error);
            return None;
        }
    };
    let map: Map<String, Value> = match serde_json::from_str(&text) {
        Ok(map) => map,
        Err(error) => {
            let words = "this is not a JSON object of field names with a text or true";
            report.refuse(file, error.line().max(1), words);
            return None;
        }
    };
    let mut values = Values::new();
    for (name, value) in map {
        let given = match value {
            Value::String(text) => Given::Text(text),
            Value::Bool(tick) => Given::Tick(tick),
            Value::Null => continue,
            Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                report.refuse(
                    file,
                    1,
                    format_args!("`{name}`: give a text in quotes, true or false"),
                );
                continue;
            }
        };
        values.insert(name, given);
    }
    Some(values)
}
