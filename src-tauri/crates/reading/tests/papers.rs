//! Which of the formats a file is, and what holds for every fact of those whose layout is not proved.

#![allow(
    clippy::unwrap_used,
    reason = "a test program: without a harness clippy does not know it as one"
)]

use std::fs;
use std::path::Path;

use packs::Packs;
use reading::{Draft, Fate, FlagKind, ReadError};

fn try_read(text: &str) -> Result<Draft, ReadError> {
    reading::read(text.as_bytes(), Packs::builtin().unwrap())
}

fn read(text: &str) -> Draft {
    try_read(text).unwrap()
}

fn unproved(draft: &Draft) -> bool {
    draft
        .flags
        .iter()
        .any(|flag| flag.kind == FlagKind::UnprovedLayout)
}

fn unread(draft: &Draft) -> Vec<&str> {
    let lines = draft.lines.iter();
    lines
        .filter(|line| line.fate == Fate::Unread)
        .map(|line| line.text.trim())
        .collect()
}

const SHEET: &str = "CII/A12345678\nDOB/19700304 SEX/F\nNAM/01 DOE,JANE\n* * * *\nCOURT:          NAM:01\n20020202  CASC FRESNO\n\nCNT:01 #F1\n  11357 HS-POSSESS\n*DISPO:CONVICTED\n* * * END OF MESSAGE * * *\n";
const FBI: &str = "1-ARRESTED OR RECEIVED 1998/06/09\nAGENCY-POLICE DEPARTMENT FRESNO (CA0100500)\nAGENCY CASE-98-1\nCHARGE 1-11357 HS-POSSESS\nEND OF RECORD\n";
const DOCKET: &str =
    "CASE NUMBER: F1\nDEFENDANT: DOE, JANE\nCOUNT 1: HS 11357\nDISPOSITION: CONVICTED 02/02/2002\n";

#[test]
fn every_sheet_of_the_corpus_is_read_as_what_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/cases/sheets");
    let mut others = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "txt") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let other = name.starts_with("fbi-") || name.starts_with("docket-");
        others += usize::from(other);
        let draft = read(&fs::read_to_string(&path).unwrap());
        assert_eq!(unproved(&draft), other, "{name}");
    }
    assert_eq!(others, 4);
}

#[test]
fn no_paper_is_taken_for_another() {
    for (text, other) in [
        (SHEET.to_owned(), false),
        (FBI.to_owned(), true),
        (DOCKET.to_owned(), true),
        // Papers that name each other's words.
        (
            format!("CASE NUMBER: 1\nCOUNT 1: X\nDISPOSITION: Y\n{SHEET}"),
            false,
        ),
        (
            format!("FBI IDENTIFICATION RECORD REQUESTED\n{SHEET}"),
            false,
        ),
        (format!("COURT: FRESNO\n{DOCKET}"), true),
        (
            DOCKET.replace("DOE, JANE", "ARRESTED OR RECEIVED, ANN"),
            true,
        ),
    ] {
        assert_eq!(unproved(&read(&text)), other, "{text}");
    }
    for text in [
        "CASE NUMBER: F1\nDEFENDANT: DOE, JANE\n",
        "COUNT 1: HS 11357\nDISPOSITION: CONVICTED\n",
        "DEAR CLERK, CASE NUMBER F1 AND COUNT 1 ARE MEANT\n",
        "1-RECEIVED YOUR LETTER OF 1998/06/09\n",
    ] {
        assert_eq!(try_read(text).err(), Some(ReadError::NotASheet), "{text}");
    }
    let head = "FBI IDENTIFICATION RECORD\nNAME  FBI NO.  DATE REQUESTED\nDOE,JANE  900001ZZ9  2026/03/02\n";
    assert_eq!(try_read(head).err(), Some(ReadError::NoEntries));
}

#[test]
fn nothing_of_them_is_sure_and_each_fact_is_to_be_confirmed() {
    for text in [FBI, DOCKET] {
        let draft = read(text);
        let sources = draft.record.provenance.as_ref().unwrap();
        assert!(sources.len() > 4, "{sources:?}");
        for (path, sources) in sources {
            let half = rust_decimal::Decimal::new(5, 1);
            assert!(
                sources.iter().all(|source| source.confidence <= Some(half)),
                "{path}"
            );
            let flagged = |flag: &&reading::Flag| {
                flag.kind == FlagKind::UnprovedLayout && flag.path.as_ref() == Some(path)
            };
            assert_eq!(draft.flags.iter().filter(flagged).count(), 1, "{path}");
        }
        // What they do not show is not known to be none.
        assert!(
            draft
                .record
                .counts()
                .all(|(_, _, _, count)| count.relief_granted.is_none())
        );
        assert_eq!(draft.record.person.registrations, None);
    }
}

#[test]
fn another_paper_behind_the_end_is_listed_and_not_read() {
    let entry = FBI.lines().next().unwrap();
    // The state's answer with the FBI's below it.
    let draft = read(&format!("{SHEET}{FBI}"));
    assert!(!unproved(&draft) && draft.record.cases.len() == 1);
    assert!(unread(&draft).contains(&entry), "{:?}", unread(&draft));
    // Two answers of the FBI in one file.
    let draft = read(&format!("{FBI}{}", FBI.replace("1998", "2003")));
    assert_eq!(draft.record.cases.len(), 1);
    assert_eq!(unread(&draft).len(), 5, "{:?}", unread(&draft));
    // The head of somebody else, before the end.
    let head = |name: &str, number: &str| {
        format!("NAME   FBI NO.   DATE REQUESTED\n{name}   {number}   2026/03/02\n")
    };
    let own = FBI.replace("END OF RECORD\n", "");
    let text = format!(
        "{}{own}{}{own}",
        head("DOE,JANE", "900001ZZ9"),
        head("ROE,JIM", "900002ZZ9")
    );
    let draft = read(&text);
    assert_eq!(
        (
            draft.record.cases.len(),
            draft.record.person.aliases.as_ref()
        ),
        (1, None)
    );
    assert!(
        draft
            .flags
            .iter()
            .any(|flag| flag.kind == FlagKind::UnknownEntry)
    );
}

/// What the ending of each count was taken for: `section|words outcome day`.
fn counts(draft: &Draft) -> Vec<String> {
    let counts = draft.record.counts();
    counts
        .map(|(_, _, _, count)| {
            let section = count.section.as_ref().map(ToString::to_string);
            let ended = count.disposition.as_ref();
            let kind = ended.map_or("-".to_owned(), |ended| {
                format!("{:?}", ended.kind).to_lowercase()
            });
            let day = ended
                .and_then(|ended| ended.date)
                .map_or("-".to_owned(), |day| day.to_string());
            format!(
                "{} {kind} {day}",
                section.or(count.description.clone()).unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn an_ending_is_that_of_its_own_count_alone() {
    let fbi = |lines: &str| FBI.replace("CHARGE 1-11357 HS-POSSESS\n", lines);
    let docket = |lines: &str| {
        DOCKET.replace(
            "COUNT 1: HS 11357\nDISPOSITION: CONVICTED 02/02/2002\n",
            lines,
        )
    };
    for (text, wanted, left) in [
        (
            fbi("CHARGE 1-THEFT\nDISPOSITION-CONVICTED 1998/07/01\n"),
            vec!["THEFT convicted 1998-07-01"],
            0,
        ),
        (
            fbi("CHARGE 1-THEFT\nCHARGE 2-FRAUD\nDISPOSITION-CONVICTED\n"),
            vec!["THEFT - -", "FRAUD - -"],
            1,
        ),
        (
            fbi("CHARGE 1-THEFT\nCOURT-\nSENTENCE-\n07-01-98 CONVICTED-5 DS JAIL\n"),
            vec!["THEFT convicted 1998-07-01"],
            0,
        ),
        (
            fbi(
                "CHARGE 1-THEFT\nCHARGE 2-FRAUD\nCOURT-\nSENTENCE-\n07-01-98 CONVICTED-5 DS JAIL\n",
            ),
            vec!["THEFT - -", "FRAUD - -"],
            1,
        ),
        // A sentence alone is no conviction, and a day that two digits leave open is none.
        (
            fbi("CHARGE 1-THEFT\nSENTENCE-5 DS JAIL\n"),
            vec!["THEFT - -"],
            0,
        ),
        (
            fbi("CHARGE 1-THEFT\nDISPOSITION-CONVICTED 1998/02/30\n"),
            vec!["THEFT convicted -"],
            0,
        ),
        (
            docket("COUNT 1: PC 484\nCOUNT 2: PC 459\nDISPOSITION: CONVICTED\n"),
            vec!["PC 484 - -", "PC 459 - -"],
            1,
        ),
        (
            docket(
                "COUNT 1: PC 484\nDISPOSITION: DISMISSED\nCOUNT 2: PC 459\nDISPOSITION: CONVICTED\n",
            ),
            vec!["PC 484 dismissed -", "PC 459 convicted -"],
            0,
        ),
        (
            docket("DISPOSITION: DISMISSED 03/04/2002\nCOUNT 1: PC 484\nCOUNT 2: PC 459\n"),
            vec!["PC 484 dismissed 2002-03-04", "PC 459 dismissed 2002-03-04"],
            0,
        ),
        (
            docket("COUNT 1: PC 484\nPLEA: GUILTY\nDISPOSITION DATE: 03/04/02\n"),
            vec!["PC 484 - -"],
            0,
        ),
        (
            docket("COUNT 1: PC 484\nDISPOSITION DATE: 03/04/2002\nDISPOSITION: CONVICTED\n"),
            vec!["PC 484 convicted 2002-03-04"],
            0,
        ),
    ] {
        let draft = read(&text);
        assert_eq!(counts(&draft), wanted, "{text}");
        assert_eq!(unread(&draft).len(), left, "{text}{:?}", unread(&draft));
    }
}

/// A defendant stands above a case's number, below it, or below the counts; nothing of another one is read, nor of a case that names
/// nobody behind one of another's.
#[test]
fn cases_of_another_defendant_are_not_read() {
    let (jane, bo) = ("DEFENDANT: DOE, JANE\n", "DEFENDANT: CHEN, BO\n");
    let case = |number: u8| {
        (
            format!("CASE NUMBER: F{number}\n"),
            format!("COUNT 1: PC 48{number}\n"),
        )
    };
    let ((f1, c1), (f2, c2), (f3, c3)) = (case(1), case(2), case(3));
    for (text, wanted) in [
        (
            format!("{f1}{jane}{c1}{f2}{bo}{c2}{f3}{jane}{c3}"),
            vec!["PC 481", "PC 483"],
        ),
        (
            format!("{jane}{f1}{c1}{bo}{f2}{c2}{jane}{f3}{c3}"),
            vec!["PC 481", "PC 483"],
        ),
        // One heading over several cases.
        (
            format!("{jane}{f1}{c1}{bo}{f2}{c2}{f3}{c3}"),
            vec!["PC 481"],
        ),
        (
            format!("{jane}{f1}{c1}{f2}{c2}{bo}{f3}{c3}"),
            vec!["PC 481"],
        ),
        // Whose the second is, nobody can tell.
        (
            format!("{f1}{jane}{c1}{f2}{c2}{bo}{f3}{c3}{jane}"),
            vec!["PC 481"],
        ),
        // A page's heading is repeated; two are charged in one case.
        (
            format!("{f1}{jane}{c1}{f1}{jane}COUNT 2: PC 489\n{f2}{jane}{bo}{c2}"),
            vec!["PC 481", "PC 489"],
        ),
    ] {
        let draft = read(&text);
        let sections = draft.record.counts();
        let sections: Vec<_> = sections
            .filter_map(|(_, _, _, count)| Some(count.section.as_ref()?.to_string()))
            .collect();
        assert_eq!(sections, wanted, "{text}");
        let listed = unread(&draft);
        for line in [&c1, &c2, &c3].map(|line| line.trim()) {
            let read = wanted.iter().any(|section| line.ends_with(section));
            let there = text.contains(line);
            assert_eq!(listed.contains(&line), there && !read, "{line} of {text}");
        }
    }
}

#[test]
fn a_place_is_taken_from_what_is_printed_alone() {
    for (agency, law) in [
        ("POLICE DEPARTMENT FRESNO (CA0100500)", Some("us-ca")),
        ("POLICE DEPARTMENT RENO (NV0160200)", Some("us-nv")),
        ("DRUG ENFORCEMENT (NVDEA0100)", Some("us")),
        ("POLICE DEPARTMENT FRESNO", None),
        ("STATE POLICE (ILISP0000)", None),
    ] {
        let text = FBI.replace("POLICE DEPARTMENT FRESNO (CA0100500)", agency);
        let court = &read(&text).record.cases[0].court;
        assert_eq!(court.jurisdiction.as_deref(), law, "{agency}");
    }
    // A court without its signs is not placed by the agency that made the arrest; sections of other states are words.
    let text = format!(
        "{}COURT-SUPERIOR COURT FRESNO\nCHARGE-THEFT\n",
        FBI.replace("END OF RECORD\n", "")
    );
    assert_eq!(read(&text).record.cases[0].court.jurisdiction, None);
    let text = FBI
        .replace("(CA0100500)", "(TX1010000)")
        .replace("11357 HS-", "22.01 PC-");
    assert_eq!(counts(&read(&text)), ["22.01 PC-POSSESS - -"]);
    for (court, county, law) in [
        (
            "COURT: SUPERIOR COURT OF CALIFORNIA, COUNTY OF FRESNO",
            Some("Fresno"),
            Some("us-ca"),
        ),
        ("COUNTY: ORANGE", Some("Orange"), None),
        ("COURT: SUPERIOR COURT", None, None),
    ] {
        let case = &read(&format!("{court}\n{DOCKET}")).record.cases[0];
        assert_eq!(
            (
                case.court.county.as_deref(),
                case.court.jurisdiction.as_deref()
            ),
            (county, law),
            "{court}"
        );
    }
}
