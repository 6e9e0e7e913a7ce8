//! Every made-up sheet of the project, read as text and as PDF, against its expected record; and the outside sheets, where they
//! are at hand (`RELIEF_FACTS`).

#![allow(
    clippy::unwrap_used,
    reason = "a test program: without a harness clippy does not know it as one"
)]

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use packs::Packs;
use reading::{Draft, Fate, Ignored};
use record::Record;
use serde::Deserialize;

#[path = "support/pdf.rs"]
mod pdf;

/// What a sheet must give. Written beside each sheet as `<name>.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// The record without provenance and reading.
    record: serde_json::Value,
    /// The unread lines, trimmed.
    unread: Vec<String>,
    /// The kinds of flags, in order.
    flags: Vec<String>,
    /// The kinds of entries kept as text, in order.
    other: Vec<String>,
}

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/cases/sheets");
    let mut sheets: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the project's sheets")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    sheets.sort();
    assert!(
        sheets.len() >= 49,
        "sheets are missing from {}",
        folder.display()
    );
    for sheet in sheets {
        let name = sheet.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&sheet).unwrap();
        let ascii = text.is_ascii();
        for (kind, test) in [
            ("text", as_text as fn(&Path) -> Result<(), Failed>),
            ("crlf", as_crlf),
            ("pdf", as_pdf),
            ("bare", as_bare_lines),
        ] {
            let sheet = sheet.clone();
            // The fonts built into PDF readers have no letters beyond Latin-1: those sheets are read as text only.
            if kind == "pdf" && !ascii {
                continue;
            }
            // Their lines run on by their indent alone, or only rulers keep together what has no readable date.
            let by_print = ["comments", "lines-wrapped", "letters-for-digits"];
            if kind == "bare" && by_print.contains(&name.as_str()) {
                continue;
            }
            trials.push(Trial::test(format!("{name}::{kind}"), move || test(&sheet)));
        }
    }
    trials.extend(outside());
    libtest_mimic::run(&arguments, trials).exit();
}

fn read(bytes: &[u8]) -> Result<Draft, Failed> {
    Ok(reading::read(bytes, Packs::builtin()?)?)
}

fn expected(sheet: &Path) -> Result<Expected, Failed> {
    Ok(serde_json::from_str(&fs::read_to_string(
        sheet.with_extension("json"),
    )?)?)
}

fn bare(record: &Record) -> Record {
    Record {
        provenance: None,
        reading: None,
        ..record.clone()
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), Failed> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}\n   found: {found:#?}\nexpected: {expected:#?}").into())
}

fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

fn as_text(sheet: &Path) -> Result<(), Failed> {
    let (draft, expected) = (read(&fs::read(sheet)?)?, expected(sheet)?);
    let wanted = Record::from_json(&expected.record.to_string())?;
    same("record", bare(&draft.record), wanted)?;
    let unread: Vec<String> = draft
        .lines
        .iter()
        .filter(|line| line.fate == Fate::Unread)
        .map(|line| line.text.trim().to_owned())
        .collect();
    same("unread", unread, expected.unread)?;
    same(
        "flags",
        draft.flags.iter().map(|flag| word(&flag.kind)).collect(),
        expected.flags,
    )?;
    same(
        "other",
        draft
            .other_events
            .iter()
            .map(|event| word(&event.kind))
            .collect(),
        expected.other,
    )?;
    sound(&draft)
}

/// What holds for every draft.
fn sound(draft: &Draft) -> Result<(), Failed> {
    let record = &draft.record;
    let json = record.to_json();
    same("round trip", &Record::from_json(&json)?, record)?;
    let reading = record.reading.as_ref().ok_or("no reading")?;
    same("share", reading.share, draft.share())?;
    for line in &draft.lines {
        let blank = line.fate
            == Fate::Ignored {
                reason: Ignored::Blank,
            };
        same(
            &format!("blank {:?}", line.text),
            blank,
            line.text.trim().is_empty(),
        )?;
    }
    // Every source names a line that knows of the fact, and every fact that has a value is there.
    let provenance = record.provenance.as_ref().ok_or("no provenance")?;
    for (path, sources) in provenance {
        for source in sources {
            let line = draft
                .lines
                .iter()
                .find(|line| (Some(line.page), Some(line.line)) == (source.page, source.line))
                .ok_or_else(|| format!("{path}: no such line"))?;
            let knows = matches!(&line.fate, Fate::Used { facts } if facts.contains(path));
            same(&format!("{path} on {:?}", line.text), knows, true)?;
        }
        if record.fact(path).is_none() {
            return Err(format!("{path} has a source and no value").into());
        }
    }
    for (case, count, _, read) in record.counts() {
        for (field, known) in [
            ("section", read.section.is_some()),
            ("level", read.level.is_some()),
            ("disposition", read.disposition.is_some()),
            (
                "sentence",
                read.sentence.as_ref().is_some_and(|s| s.parts.is_some()),
            ),
        ] {
            let path = format!("cases[{case}].counts[{count}].{field}");
            if known && !provenance.contains_key(path.as_str()) {
                return Err(format!("{path} has a value and no source").into());
            }
        }
    }
    // A whole social security number stands nowhere.
    for ssn in ["900000201", "987650001", "987650002", "987650003"] {
        let lines = draft.lines.iter().any(|line| line.text.contains(ssn));
        same(
            "a number in full",
            (lines, json.contains(ssn)),
            (false, false),
        )?;
    }
    Ok(())
}

fn as_crlf(sheet: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(sheet)?;
    let (a, b) = (
        read(text.as_bytes())?,
        read(text.replace('\n', "\r\n").as_bytes())?,
    );
    same("record", b.record, a.record)
}

/// What bad recognition leaves: no rulers, no indents, no blank lines. The cases must still be the same.
fn as_bare_lines(sheet: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(sheet)?;
    let bare: Vec<&str> = text
        .split('\n')
        .map(str::trim)
        .filter(|line| line.chars().any(|c| !" *-.,·'".contains(c)))
        .collect();
    let (a, b) = (read(text.as_bytes())?, read(bare.join("\n").as_bytes())?);
    same("cases", b.record.cases, a.record.cases)?;
    same("person", b.record.person, a.record.person)
}

fn as_pdf(sheet: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(sheet)?;
    let (a, b) = (read(text.as_bytes())?, read(&pdf::of_text(&text))?);
    same("record", bare(&b.record), bare(&a.record))?;
    let kinds = |draft: &Draft| {
        draft
            .flags
            .iter()
            .map(|flag| word(&flag.kind))
            .collect::<Vec<_>>()
    };
    same("flags", kinds(&b), kinds(&a))?;
    sound(&b)
}

/// Counts of each outside sheet: case number, section, disposition, as the sheet's own lines say.
fn outside() -> Vec<Trial> {
    let folder = std::env::var_os("RELIEF_FACTS")
        .map(|facts| PathBuf::from(facts).join("fixtures/rap-sheets"));
    let tables: [(&str, &[&str]); 4] = [
        (
            "skywalker_ineligible.txt",
            &["1234567 PC 496 convicted felony"],
        ),
        (
            "skywalker_rap_sheet_page_1.txt",
            &[
                "84321 PC 537e(a) dismissed -",
                "84321 PC 496.1 dismissed -",
                "84321 PC 192.3(a) convicted -",
                "31134000 PC 245(a)(1) dismissed -",
                "A395487 PC 455 other -",
                "- HS 11350 - -",
                "- PC 496 - -",
                "X99999 HS 11350 - -",
                "X99999 PC 55555 convicted felony",
                "19514114 PC 602(l) dismissed -",
                "19514114 HS 11357 convicted misdemeanor",
            ],
        ),
        (
            "skywalker_rap_sheet_page_2.txt",
            &[
                "- PC 211 - -",
                "99999988887777 PC 496(a) convicted felony",
                "44050 PC 487.2 dismissed -",
                "44050 PC 487.1 dismissed -",
                "44050 PC 453(a) convicted felony",
                "44050 PC 487(d) convicted felony",
                // Known from the entry of its custody alone, as is the one below.
                "XR09005 PC 187(a) convicted -",
            ],
        ),
        (
            "skywalker_rap_sheet_shorter.txt",
            &[
                "300000 HS 11357 convicted misdemeanor",
                "300000 PC 496 convicted misdemeanor",
                "- PC 211 - -",
                "44050 PC 487.2 dismissed -",
                "44050 PC 487.1 dismissed -",
                "44050 PC 451(a) convicted felony",
                "44050 PC 487(d) convicted felony",
                "XR09005 PC 187(a) convicted -",
            ],
        ),
    ];
    tables
        .into_iter()
        .map(|(name, wanted)| {
            let folder = folder.clone();
            let missing = folder.is_none();
            Trial::test(format!("outside::{name}"), move || {
                let folder = folder.ok_or("RELIEF_FACTS is not set")?;
                let draft = read(&fs::read(folder.join(name))?)?;
                let counts: Vec<String> = draft
                    .record
                    .counts()
                    .map(|(_, _, case, count)| {
                        let number = case.number.as_deref().unwrap_or("-");
                        let section = count
                            .section
                            .as_ref()
                            .map_or("-", |section| section.as_str());
                        let kind = count
                            .disposition
                            .as_ref()
                            .map_or("-".into(), |d| word(&d.kind));
                        let level = count.level.map_or("-".into(), |level| word(&level));
                        format!("{number} {section} {kind} {level}")
                    })
                    .collect();
                same(
                    "counts",
                    counts,
                    wanted.iter().map(|line| (*line).to_owned()).collect(),
                )?;
                sound(&draft)
            })
            .with_ignored_flag(missing)
        })
        .collect()
}
