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

/// How sure the first count's fact of this name is, in tenths; none where it is not known.
fn sure(draft: &reading::Draft, fact: &str) -> Option<String> {
    let path = format!("cases[0].counts[0].{fact}");
    let sources = draft
        .record
        .provenance
        .as_ref()?
        .get(&record::FactPath::from(path.as_str()))?;
    let least = sources
        .iter()
        .filter_map(|source| source.confidence)
        .min()?;
    Some(least.normalize().to_string())
}

#[test]
fn a_section_put_right_from_odd_signs_is_never_sure() {
    for printed in [
        "|1359 HS-POSS",
        "!1359 HS-POSS",
        "[1359 HS-POSS",
        "/1359 HS-POSS",
        "SEE COMMENT FOR CHARGE\n   COM: CHRG-|1357(B) HS-POSS",
        "113.59 HS-POSS",
        "113-59 HS-POSS",
        "11,357(A) HS-POSS",
        "49.0.2 PC-THEFT",
        "11360(4) HS-SELL",
        "11357(6) HS-POSS",
        "243(D.) PC-BATTERY",
        "243(D,) PC-BATTERY",
        "664111360(A) HS-SELL",
        "6641459 PC-BURGLARY",
        "FC 459-BURGLARY",
        "G64-459 PC-BURGLARY",
    ] {
        let draft = read(&entry(&format!("CNT:01 #FR1\n  {printed}\n{CONVICTED}")));
        let count = draft.record.cases.first().unwrap().counts.first().unwrap();
        assert!(
            count.section.is_none() || sure(&draft, "section").as_deref() == Some("0.5"),
            "{printed}: {:?}",
            count.section
        );
        let told = ["doubtful_section", "repaired_code"];
        assert!(
            flags(&draft)
                .iter()
                .any(|flag| told.contains(&flag.as_str())),
            "{printed}"
        );
    }
    // What is plainly right raises nothing.
    for (printed, section) in [
        (".496. PC-RECEIVE", "PC 496"),
        ("490,2 PC-THEFT", "PC 490.2"),
        ("664487(A) PC-THEFT", "PC 487(a)"),
        ("66411360(A) HS-SELL", "HS 11360(a)"),
        ("484-487(A) PC-THEFT", "PC 484-487(a)"),
        ("12022.53(B) PC-GUN", "PC 12022.53(b)"),
        ("*459 PC-BURGLARY", "PC 459"),
    ] {
        let draft = read(&entry(&format!("CNT:01 #FR1\n  {printed}\n{CONVICTED}")));
        let count = draft.record.cases.first().unwrap().counts.first().unwrap();
        let read = count.section.as_ref().map(ToString::to_string);
        assert_eq!(read.as_deref(), Some(section), "{printed}");
        assert!(flags(&draft).is_empty(), "{printed}: {:?}", flags(&draft));
    }
}

#[test]
fn what_stands_under_a_broken_date_has_no_date_of_another() {
    let revoked = "20040201\n DISPO:PROBATION REVOKED\n";
    for date in [
        "2O1O06O7",
        "100607",
        ":20100607",
        "20100607-",
        "2010-06-07",
        "2010 0607",
    ] {
        for between in [" ", "\n "] {
            let draft = read(&entry(&format!(
                "{COUNT}{CONVICTED}{revoked}{date}{between}DISPO:CONV SET ASIDE & DISM PER 1203.4 PC\n"
            )));
            let count = draft.record.cases.first().unwrap().counts.first().unwrap();
            let granted = count.relief_granted.as_ref().unwrap().first().unwrap();
            assert_eq!(granted.date, None, "{date}{between:?}");
            let told = ["impossible_date", "doubtful_date"];
            assert!(
                flags(&draft)
                    .iter()
                    .any(|flag| told.contains(&flag.as_str())),
                "{date}{between:?}"
            );
        }
    }
    let draft = read(&entry(&format!(
        "{COUNT} DISPO:DIVERSION 1000 PC\n2003-06-07\n DISPO:CONVICTED\n"
    )));
    let count = draft.record.cases.first().unwrap().counts.first().unwrap();
    assert_eq!(count.disposition.as_ref().unwrap().date, None);
}

#[test]
fn a_conviction_of_another_section_is_not_one_of_the_charge() {
    for words in ["*DISPO:CONVICTED OF 415 PC\n", "*DISPO:CONVICTED-415 PC\n"] {
        let draft = read(&entry(&format!("CNT:01 #FR1\n  242 PC-BATTERY\n{words}")));
        assert_eq!(said(&draft), ["FR1: PC 415 - convicted"], "{words}");
        assert!(
            flags(&draft).contains(&"lesser_offense".to_owned()),
            "{words}"
        );
    }
    for words in ["CONVICTED OF 415 PC", "AMENDED TO 415 PC", "PLED TO 415 PC"] {
        let draft = read(&entry(&format!(
            "CNT:01 #FR1\n  242 PC-BATTERY\n{CONVICTED}   COM: {words}\n"
        )));
        assert_eq!(sure(&draft, "section").as_deref(), Some("0.5"), "{words}");
        assert_eq!(flags(&draft), ["second_charge"], "{words}");
    }
    let same = read(&entry(&format!("{COUNT}*DISPO:CONVICTED OF 459 PC\n")));
    assert!(!flags(&same).contains(&"lesser_offense".to_owned()));
}

#[test]
fn one_ending_on_two_days_is_told() {
    for ending in [CONVICTED, " DISPO:DISMISSED\n"] {
        let text = entry(&format!("{COUNT}{ending}"));
        let again = text.replace("20020202", "20030303");
        let draft = read(&format!("{text}{again}"));
        assert_eq!(draft.record.cases.len(), 1);
        assert!(
            flags(&draft).contains(&"doubtful_date".to_owned()),
            "{ending}"
        );
        assert_eq!(sure(&draft, "disposition.date").as_deref(), Some("0.5"));
        let twice = read(&format!("{text}{text}"));
        assert!(
            !flags(&twice).contains(&"doubtful_date".to_owned()),
            "{ending}"
        );
    }
}

#[test]
fn a_line_with_an_unknown_keyword_is_unread() {
    for text in [
        format!("{COUNT}   DSPO: CONVICTED\n"),
        format!("{COUNT}   FOO: BAR BAZ\n{CONVICTED}"),
        format!("{COUNT}*DISPO:CONVICTED\n   FOO: BAR BAZ\n"),
        format!("{COUNT}{CONVICTED}20030303\n DISPO:PROBATION REVOKED\n   S:EN: 2 YEARS PRISON\n"),
        format!("{COUNT}{CONVICTED}20030303\n DISPO:PROBATION REVOKED\n   SN: 16 MONTHS PRISON\n"),
        format!("CNT:01 #FR1\n   -XYZZY\n  459 PC-BURGLARY\n{CONVICTED}"),
        format!("CNT:01 #FR1\n   -ATIEMPTED\n  459 PC-BURGLARY\n{CONVICTED}"),
    ] {
        let draft = read(&entry(&text));
        assert_eq!(
            draft.record.reading.as_ref().unwrap().unread.len(),
            1,
            "{text}"
        );
        assert!(said(&draft).first().unwrap().contains("PC 459"), "{text}");
    }
}

#[test]
fn a_level_or_a_sentence_of_nobody_knows_what_is_told() {
    for (text, flag) in [
        (
            format!("{COUNT}   CONV STATUS:MISDEMEANOR\n*DISPO:CONVICTED\n"),
            "doubtful_level",
        ),
        (
            format!("{COUNT}   CONV STATUS:MISDEMEANOR\n   SEN: FINE\n"),
            "doubtful_level",
        ),
        (
            format!("{COUNT}*DISPO:CONVICTED\n   CONV STATUS:MISDEMEANOR\n   CONV STATUS:FELONY\n"),
            "doubtful_level",
        ),
        (
            format!("{COUNT}{CONVICTED}   COM: CNT 02 SEN-2 YEARS PRISON\n"),
            "doubtful_sentence",
        ),
        (
            format!("{COUNT}{CONVICTED}   COM: SEN-2 YEARS PRlSON\n"),
            "doubtful_sentence",
        ),
        (
            format!("{COUNT}{CONVICTED}   SEN: |6 MONTHS PROBATION\n"),
            "doubtful_sentence",
        ),
        (
            format!("{COUNT}{CONVICTED}CNT:004 006\n  211 PC-ROBBERY\n"),
            "doubtful_count_number",
        ),
        (
            format!("{COUNT}{CONVICTED}20100607\n DISPO:CONV SET ASIDE & DISM PER 12O3.4 PC\n"),
            "relief_unnamed",
        ),
    ] {
        let draft = read(&entry(&text));
        assert!(
            flags(&draft).contains(&flag.to_owned()),
            "{text}: {:?}",
            flags(&draft)
        );
    }
    let charged = read(&entry(
        "CNT:01 #FR1\n  459 PC-BURGLARY TOC:F\n*DISPO:CONVICTED\n",
    ));
    assert_eq!(sure(&charged, "level").as_deref(), Some("0.5"));
    let named = read(&entry(&format!(
        "{COUNT}{CONVICTED}CNT:02\n  211 PC-ROBBERY\n{CONVICTED}   COM: CNT 01 SEN-2 YEARS PRISON\n"
    )));
    assert_eq!(
        said(&named),
        [
            "FR1: PC 459 felony convicted prison",
            "FR1: PC 211 felony convicted"
        ]
    );
}

#[test]
fn an_entry_does_not_go_on_over_a_missing_page() {
    let first = entry(COUNT);
    let third = "*DISPO:DISMISSED\n20090909\n DISPO:CONVICTED\n";
    for divider in ["", "\u{c}"] {
        let draft = read(&format!(
            "PAGE 1 OF 3\n{first}{divider}PAGE 3 OF 3\n{third}"
        ));
        assert_eq!(said(&draft), ["FR1: PC 459 - -"], "{divider:?}");
        assert!(flags(&draft).contains(&"page_missing".to_owned()));
        assert_eq!(relief(&draft), None);
    }
    let alone = brief::bare(&format!(
        "PAGE 1 OF 3\nNAM/01 DOE,JANE\n{}",
        entry(&format!("{COUNT}{CONVICTED}"))
    ));
    let missing = |flag: &&String| *flag == "page_missing";
    assert_eq!(flags(&alone).iter().filter(missing).count(), 2);
    let pages = [
        format!("PAGE 1 OF 2\n{first}"),
        format!("PAGE 2 OF 2\n{CONVICTED}"),
    ];
    for order in [[0, 1], [1, 0]] {
        let [a, b] = order.map(|at| pages.get(at).unwrap().as_str());
        let draft = brief::bare(&format!("{a}\u{c}{b}"));
        assert_eq!(said(&draft), ["FR1: PC 459 felony convicted"], "{order:?}");
    }
}

#[test]
fn another_persons_sheet_adds_nothing() {
    let other = "RESTRICTED-DO NOT USE\n*  *  *  *  *  *  *  *  *  *  *  *  *  *  *\n** PALM PRINT ON FILE\nIII CALIFORNIA ONLY SOURCE RECORD\nCII/A88888888\nDOB/19810303 SEX/M\nNAM/01 OTHER,PERSON\n";
    let draft = read(&format!(
        "{}{other}{}",
        entry(&format!("{COUNT}{CONVICTED}")),
        entry(&format!("CNT:01 #ZZ9\n  211 PC-ROBBERY\n{CONVICTED}"))
    ));
    assert_eq!(said(&draft), ["FR1: PC 459 felony convicted"]);
    assert!(flags(&draft).contains(&"unknown_entry".to_owned()));
}

#[test]
fn a_court_whose_header_is_half_lost_is_one() {
    let draft = read(&format!(
        "{}- - - -\nC0URI:                NAM:01\n20040405  CASC FRESNO\n\nCNT:01 #Z2\n  211 PC-ROBBERY\n{CONVICTED}",
        entry(&format!("{COUNT}{CONVICTED}"))
    ));
    assert_eq!(
        said(&draft),
        [
            "FR1: PC 459 felony convicted",
            "Z2: PC 211 felony convicted"
        ]
    );
    assert!(flags(&draft).contains(&"repaired_header".to_owned()));
}

#[test]
fn who_supervises_the_person_is_told_without_an_end() {
    let draft = brief::bare(&format!(
        "CII/A12345678\nNAM/01 DOE,JANE\nPROBATION:\n   CAPR NAPA           #X5523\n{}",
        entry(&format!("{COUNT}{CONVICTED}"))
    ));
    assert!(flags(&draft).contains(&"supervision".to_owned()));
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
