//! The published blanks, where the folder of facts is at hand: identified, filled in every field, read back with poppler.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::path::{Path, PathBuf};

use forms::{Blank, Fill, Given, Kind, Known, Library, Values, identify};
use libtest_mimic::{Arguments, Failed, Trial};
use packs::Packs;
use packs::forms::FormSheet;

use support::{heard, ink, read};

fn main() {
    let args = Arguments::from_args();
    let folder = std::env::var_os("RELIEF_FACTS").map(|facts| PathBuf::from(facts).join("forms"));
    let folder = folder.filter(|folder| folder.is_dir());
    let skipped = folder.is_none();
    let folder = folder.unwrap_or_default();
    let trial = |name: &str, run: fn(&Path) -> Result<(), Failed>| {
        let folder = folder.clone();
        Trial::test(name.to_owned(), move || run(&folder)).with_ignored_flag(skipped)
    };
    let tests = vec![
        trial("every_blank_is_known_for_what_it_is", known),
        trial("every_value_of_every_field_is_read_back", every_value),
        trial("every_value_of_a_form_with_tags_is_heard", every_heard),
        trial("names_of_every_script_are_read_back", scripts),
        trial("every_box_shows_ink_and_only_where_it_is_ticked", boxes),
        trial("captions_of_later_pages_repeat_the_first", captions),
        trial("a_whole_folder_is_a_library", library),
        trial("damaged_blanks_never_panic", damaged),
    ];
    libtest_mimic::run(&args, tests).exit();
}

fn sheets() -> Vec<&'static FormSheet> {
    Packs::builtin()
        .unwrap()
        .iter()
        .flat_map(|pack| &pack.forms)
        .collect()
}

fn open(folder: &Path, file: &str) -> (Vec<u8>, Blank) {
    let bytes = std::fs::read(folder.join(file)).unwrap();
    let blank = Blank::open(&bytes).unwrap();
    (bytes, blank)
}

const BLANKS: [&str; 4] = [
    "cr-180_2024-01-01_decrypted.pdf",
    "cr-400_2017-07-01_damaged.pdf",
    "fw-001_2018-03-02_refielded.pdf",
    "mc-031_2005-07-01.pdf",
];

fn known(folder: &Path) -> Result<(), Failed> {
    for (file, number, day, known) in [
        (BLANKS[0], "CR-180", "2024-01-01", Known::Mapped),
        (BLANKS[1], "CR-400", "2017-07-01", Known::Mapped),
        (BLANKS[2], "FW-001", "2018-03-02", Known::Mapped),
        (BLANKS[3], "MC-031", "2005-07-01", Known::Mapped),
    ] {
        let (mut bytes, blank) = open(folder, file);
        for changed in [false, true] {
            if changed {
                // One more byte at the end: another file, the same form.
                bytes.push(b'\n');
            }
            let found = identify(&bytes, &blank, &sheets());
            assert_eq!(found.number.as_deref(), Some(number), "{file} {changed}");
            assert_eq!(
                found.revision.map(|day| day.to_string()).as_deref(),
                Some(day),
                "{file}"
            );
            assert_eq!(found.known, known, "{file}: {:?}", found.missing);
        }
    }
    Ok(())
}

/// A short value for each field of text and a tick for each box.
fn every(blank: &Blank) -> Values {
    let mut values = Values::new();
    for (n, field) in blank.fields().iter().enumerate() {
        let given = match field.kind {
            Kind::Text => {
                let long = format!("V{n}");
                Given::Text(long.chars().take(field.max_len.unwrap_or(9)).collect())
            }
            Kind::Check => Given::Tick(true),
            _ => continue,
        };
        values.insert(field.name.clone(), given);
    }
    values
}

fn every_heard(folder: &Path) -> Result<(), Failed> {
    let (_, blank) = open(folder, BLANKS[0]);
    let values = every(&blank);
    let filled = blank.fill(&values, &Fill::default()).unwrap();
    let words = heard(&filled.filing);
    assert!(words.contains("Document"), "the form has tags: {words}");
    let texts = values.values().filter_map(|given| match given {
        Given::Text(text) => Some(text),
        Given::Tick(_) => None,
    });
    let lacking: Vec<&String> = texts.filter(|text| !words.contains(*text)).collect();
    assert!(lacking.is_empty(), "{lacking:?} in {words}");
    Ok(())
}

fn every_value(folder: &Path) -> Result<(), Failed> {
    for file in BLANKS {
        let (_, blank) = open(folder, file);
        let values = every(&blank);
        let filled = blank
            .fill(
                &values,
                &Fill {
                    editable: true,
                    ..Fill::default()
                },
            )
            .unwrap();
        assert_eq!(filled.refused, [], "{file}");
        let again = blank
            .fill(
                &values,
                &Fill {
                    editable: true,
                    ..Fill::default()
                },
            )
            .unwrap();
        assert_eq!(
            filled.filing, again.filing,
            "{file}: the same values, the same bytes"
        );
        support::keep(file, &filled.filing);
        for bytes in [&filled.filing, filled.editable.as_ref().unwrap()] {
            support::sound(bytes);
            let text = read(bytes);
            for (name, value) in &values {
                if let Given::Text(value) = value {
                    assert!(text.contains(value.as_str()), "{file}: {name} = {value}");
                }
            }
        }
        let flat = Blank::open(&filled.filing).unwrap();
        assert_eq!(
            flat.fields().len(),
            0,
            "{file}: the filing copy has no fields"
        );
        assert!(
            !support::holds(&filled.filing, b"/XFA")
                && !support::holds(&filled.filing, b"/JavaScript")
        );
    }
    Ok(())
}

fn scripts(folder: &Path) -> Result<(), Failed> {
    let (_, blank) = open(folder, BLANKS[0]);
    let field = "CR-180[0].Page1[0].P1Caption[0].TitlePartyName[0].Defendant[0]";
    for name in support::NAMES {
        for count in [1, 3, 10, 40, 200] {
            let long: String = name.chars().cycle().take(count).collect();
            let long = long.trim();
            let values = Values::from([(field.to_owned(), Given::Text(long.to_owned()))]);
            let filled = blank.fill(&values, &Fill::default()).unwrap();
            assert_eq!(filled.refused, []);
            support::same(&read(&filled.filing), long);
        }
    }
    Ok(())
}

fn boxes(folder: &Path) -> Result<(), Failed> {
    for file in BLANKS {
        let (_, blank) = open(folder, file);
        let empty = blank.fill(&Values::new(), &Fill::default()).unwrap();
        let before = ink(&empty.filing);
        let checks = blank
            .fields()
            .iter()
            .filter(|field| field.kind == Kind::Check);
        for check in checks.step_by(5) {
            let values = Values::from([(check.name.clone(), Given::Tick(true))]);
            let filled = blank.fill(&values, &Fill::default()).unwrap();
            let more = ink(&filled.filing) - before;
            assert!(
                (5..200).contains(&more),
                "{file}: {} drew {more} dark points",
                check.name
            );
        }
    }
    Ok(())
}

fn captions(folder: &Path) -> Result<(), Failed> {
    let (_, blank) = open(folder, BLANKS[0]);
    let first = "CR-180[0].Page1[0].P1Caption[0].";
    let values = Values::from([
        (
            format!("{first}TitlePartyName[0].Defendant[0]"),
            Given::Text("Luke Skywalker".to_owned()),
        ),
        (
            format!("{first}HeaderSub[0].Stmp[0].CaseNumber[0].CaseNumber1[0]"),
            Given::Text("05F01234".to_owned()),
        ),
    ]);
    let filled = blank.fill(&values, &Fill::default()).unwrap();
    assert_eq!(filled.repeated.len(), 4);
    let text = read(&filled.filing);
    assert_eq!(
        (
            text.matches("Luke Skywalker").count(),
            text.matches("05F01234").count()
        ),
        (3, 3)
    );
    Ok(())
}

fn library(folder: &Path) -> Result<(), Failed> {
    let sheets = sheets();
    let library = Library::open(folder, Packs::builtin().unwrap()).unwrap();
    assert_eq!((library.entries().len(), library.rejected().len()), (4, 0));
    let sheet = sheets
        .iter()
        .find(|sheet| sheet.number == "CR-400")
        .unwrap();
    let day = |day: &str| day.parse().unwrap();
    assert!(library.find(sheet, day("2026-11-21")).is_some());
    assert!(
        library.find(sheet, day("2017-06-30")).is_none(),
        "not before it is in use"
    );
    Ok(())
}

fn damaged(folder: &Path) -> Result<(), Failed> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % (below.max(1) as u64)).unwrap()
    };
    let mut opened = 0;
    for file in BLANKS {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        for round in 0..25 {
            let mut damaged = bytes.clone();
            if round % 3 == 0 {
                damaged.truncate(random(bytes.len()));
            } else {
                for _ in 0..=random(3) {
                    damaged[random(bytes.len())] = u8::try_from(random(256)).unwrap();
                }
            }
            if let Ok(blank) = Blank::open(&damaged) {
                opened += 1;
                let _ = identify(&damaged, &blank, &sheets());
                let _ = blank.fill(&every(&blank), &Fill::default());
            }
        }
    }
    // Most of a real blank is packed, and a packed part that one byte is wrong in is no longer whole.
    assert!(opened > 5, "the damage must leave some to fill: {opened}");
    Ok(())
}
