//! Small sheets that once were read wrong without a word: what is not sure must be unknown or flagged, and nothing may be lost.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test: a panic is its failure"
)]

#[path = "support/brief.rs"]
mod brief;

use brief::{entry, flags, read, said};

const CONVICTED: &str = "*DISPO:CONVICTED\n   CONV STATUS:FELONY\n";

#[test]
fn a_disposition_below_a_numbered_count_is_no_case_number() {
    for between in ["", "\n", "PAGE 3 OF 4\n"] {
        let draft = read(&entry(&format!("CNT:01     #FR1\n{between}{CONVICTED}")));
        assert_eq!(said(&draft), ["FR1: - felony convicted"], "{between:?}");
        assert!(flags(&draft).contains(&"doubtful_section".to_owned()));
    }
    let draft = read(&entry(&format!(
        "CNT:01     #FR1\n  459 PC-BURGLARY\n{CONVICTED}CNT:02\n{CONVICTED}"
    )));
    assert_eq!(
        said(&draft),
        ["FR1: PC 459 felony convicted", "FR1: - felony convicted"]
    );
}

#[test]
fn a_charge_on_or_below_the_number_is_no_part_of_it() {
    for (text, number) in [
        ("CNT:01 #1  459 PC-BURGLARY\n", "1"),
        ("CNT:01 #FR1\n  *459 PC-BURGLARY\n", "FR1"),
        ("CNT:01\n  *459 PC-BURGLARY\n", "?"),
        ("CNT:01\n  #459 PC-BURGLARY\n", "?"),
        ("CNT:01 #45 6  459 PC-BURGLARY\n", "45 6"),
    ] {
        let draft = read(&entry(&format!("{text}{CONVICTED}")));
        assert_eq!(
            said(&draft),
            [format!("{number}: PC 459 felony convicted")],
            "{text}"
        );
    }
    let draft = read(&entry(&format!(
        "CNT:01\n  *89096\n  459 PC-BURGLARY\n{CONVICTED}"
    )));
    assert_eq!(said(&draft), ["89096: PC 459 felony convicted"]);
}

#[test]
fn a_registration_with_a_star_is_one() {
    let draft = read(
        "* * * *\nREGISTRATION:   NAM:01\n20010101  CAPD FRESNO\nCNT:01\n  *290 PC-REGISTRATION OF SEX OFFENDER\n",
    );
    let list = draft.record.person.registrations.unwrap();
    assert_eq!(
        list.first().map(|one| one.section.to_string()).as_deref(),
        Some("PC 290")
    );
}

#[test]
fn a_type_of_charge_belongs_to_the_count_of_its_line() {
    let dispo = "*DISPO:CONVICTED\n";
    let draft = read(&entry(&format!(
        "CNT:01 #FR1 TOC:M\n  459 PC-BURGLARY\n{dispo}CNT:02 TOC:F\n  460 PC-BURGLARY\n{dispo}CNT:03 TOC:I\n  461 PC-BURGLARY\n{dispo}"
    )));
    assert_eq!(
        said(&draft),
        [
            "FR1: PC 459 misdemeanor convicted",
            "FR1: PC 460 felony convicted",
            "FR1: PC 461 infraction convicted"
        ]
    );
    let two = read(&entry(&format!(
        "CNT:01 #FR1 TOC:M\n  459 PC-BURGLARY TOC:F\n{dispo}"
    )));
    assert!(flags(&two).contains(&"doubtful_level".to_owned()));
}

#[test]
fn lines_that_lost_their_breaks_are_taken_apart() {
    for text in [
        "CNT:01 #FR1\n  459 PC-BURGLARY *DISPO:CONVICTED\n   CONV STATUS:FELONY\n   SEN: 2 YEARS PRISON\n",
        "CNT:01 #FR1\n  459 PC-BURGLARY\n*DISPO:CONVICTED CONV STATUS:FELONY SEN: 2 YEARS PRISON\n",
        "CNT:01 #FR1\n  459 PC-BURGLARY\n*DISPO:CONVICTED\n   CONV STATUS:FELONY SEN: 2 YEARS PRISON\n",
        "CNT:01 #FR1\n-WARRANT 459 PC-BURGLARY\n*DISPO:CONVICTED\n   CONV STATUS:FELONY\n   SEN: 2 YEARS PRISON\n",
    ] {
        let draft = read(&entry(text));
        assert_eq!(
            said(&draft),
            ["FR1: PC 459 felony convicted prison"],
            "{text}"
        );
    }
    let draft = read(&entry(
        "CNT:01 #FR1\n-ATTEMPTED 484 PC-THEFT DISPO:DISMISSED/FURTHERANCE OF JUSTICE\n",
    ));
    assert_eq!(said(&draft), ["FR1: attempted PC 484 - dismissed"]);
}

const COUNT: &str = "CNT:01 #FR1\n  459 PC-BURGLARY\n";

#[test]
fn an_ending_refused_or_taken_back_is_none() {
    for words in [
        "DISMISSAL DENIED",
        "MOTION TO DISMISS DENIED",
        "MTN TO DISMISS",
        "TO BE DISMISSED",
        "ACQUITTAL MOTION DENIED",
        "DIVERSION REFUSED",
        "DEFERRED ENTRY OF JUDGMENT DENIED",
        "DISMISSAL SET ASIDE",
        "CONVICTED PC 1000 DIVERSION",
    ] {
        let draft = read(&entry(&format!("{COUNT} DISPO:{words}\n")));
        assert_eq!(said(&draft), ["FR1: PC 459 - other"], "{words}");
        assert!(
            flags(&draft).contains(&"unknown_disposition".to_owned()),
            "{words}"
        );
    }
    for (words, kind) in [
        ("DISMISSED-MOTION OF PEOPLE", "dismissed"),
        ("MOTION TO DISMISS GRANTED", "dismissed"),
        ("PLEA WITHDRAWN-DISMISSED", "dismissed"),
        ("DISMISSED/WARRANT RECALLED", "dismissed"),
        ("DIVERSION PC 1000", "diverted"),
        ("ACQUITTED", "acquitted"),
    ] {
        let draft = read(&entry(&format!("{COUNT} DISPO:{words}\n")));
        assert_eq!(said(&draft), [format!("FR1: PC 459 - {kind}")], "{words}");
    }
    let draft = read(&entry(&format!(
        "{COUNT} DISPO:DISMISSED/FURTHERANCE OF JUSTICE\n20030303\n DISPO:DISMISSAL VACATED\n"
    )));
    assert_eq!(said(&draft), ["FR1: PC 459 - -"]);
    assert!(flags(&draft).contains(&"unknown_disposition".to_owned()));
}

/// Relief of the first count: none where it is not known.
fn relief(draft: &reading::Draft) -> Option<usize> {
    let count = draft.record.cases.first()?.counts.first()?;
    count.relief_granted.as_ref().map(Vec::len)
}

#[test]
fn relief_taken_back_is_not_granted() {
    for words in [
        "1203.4 PC DISMISSAL VACATED",
        "1203.4 PC ORDER SET ASIDE",
        "DISMISSAL PER 1203.4 PC REVERSED",
        "VACATE 1203.4 PC DISMISSAL",
        "DISREGARD CONV SET ASIDE & DISM PER 1203.4 PC",
        "DISMISSAL 1203.4 PC SET ASIDE",
        "1203.4 PC DISM OVERTURNED",
        "1203.4 PC DISM CANCELLED",
        "1203.4 PC DISM VOIDED",
        "1203.4 PC DISM RECALLED",
        "1203.425 RELIEF NULLIFIED",
        "1203.4 PC RELIEF REVOKED",
    ] {
        for granted in ["", "20040404\n DISPO:CONV SET ASIDE & DISM PER 1203.4 PC\n"] {
            let draft = read(&entry(&format!(
                "{COUNT}{CONVICTED}{granted}20050505\n DISPO:{words}\n"
            )));
            assert_eq!(relief(&draft), None, "{granted}{words}");
            assert!(
                flags(&draft).contains(&"relief_undone".to_owned()),
                "{words}"
            );
        }
    }
    for words in [
        "DISMISSED & SET ASIDE PER 1203.4 PC",
        "CONV SET ASIDE & DISM PER 1203.4 PC",
        "PLEA VACATED AND DISM PER 1203.4 PC",
        "DISM PER 1203.4 PC, PROB TERMINATED",
    ] {
        let draft = read(&entry(&format!(
            "{COUNT}{CONVICTED}20050505\n DISPO:{words}\n"
        )));
        assert!(relief(&draft) >= Some(1), "{words}");
    }
}

#[test]
fn relief_to_come_or_of_another_case_is_not_granted() {
    for words in [
        "IF PROB COMPLETED TO BE DISM PER 1203.4 PC",
        "DA OBJECTS TO DISM PER 1203.4 PC",
        "CONV SHALL BE DISM PER 1203.4 PC IN 2030",
        "CASE FR0099 DISM PER 1203.4 PC",
        "CASE #FR0099 DISM PER 1203.4 PC",
        "MAY BE REDUCED TO MISDEMEANOR ON COMPLETION",
        "REDUCED TO MISD UPON COMPLETION OF PROB",
        "CONV STATUS WILL BE REDUCED TO MISD IF PROB COMPLETED",
        "MAY APPLY FOR RECORD SEALED",
    ] {
        let draft = read(&entry(&format!("{COUNT}{CONVICTED}   COM: {words}\n")));
        assert_eq!(relief(&draft), None, "{words}");
        assert!(
            flags(&draft).contains(&"relief_mentioned".to_owned()),
            "{words}"
        );
    }
    let own = read(&entry(&format!(
        "{COUNT}{CONVICTED}   COM: CASE #FR1 DISM PER 1203.4 PC\n"
    )));
    assert_eq!(relief(&own), Some(1));
}

#[test]
fn relief_without_blanks_is_read_or_told() {
    let draft = read(&entry(&format!(
        "{COUNT}{CONVICTED}20050505\n DISPO:CONVSETASIDE&DISMPER1203.4PC\n"
    )));
    assert_eq!(relief(&draft), Some(1));
    for update in ["DISPO:CONVGONE1203.4PC", "SOMETHING THAT NOBODY KNOWS"] {
        let draft = read(&entry(&format!("{COUNT}{CONVICTED}20050505 {update}\n")));
        assert_eq!(relief(&draft), None, "{update}");
    }
}

#[test]
fn an_acquittal_behind_a_conviction_is_told_as_a_reversal() {
    let draft = read(&entry(&format!(
        "{COUNT}{CONVICTED}20050505\n DISPO:ACQUITTED\n"
    )));
    assert_eq!(said(&draft), ["FR1: PC 459 felony convicted"]);
    assert_eq!(flags(&draft), ["reversed"]);
    assert_eq!(relief(&draft), None);
}
