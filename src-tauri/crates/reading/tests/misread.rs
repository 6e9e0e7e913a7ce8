//! Sheets with one or two misread signs, lost lines or doubled lines: what may be wrong is never stated as certain.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test: a panic is its failure"
)]

#[path = "support/brief.rs"]
mod brief;

use brief::{entry, flags, read, said};

const CONVICTED: &str = "*DISPO:CONVICTED\n   CONV STATUS:FELONY\n";
const COUNT: &str = "CNT:01 #FR1\n  459 PC-BURGLARY\n";

/// How sure the first source of a fact is.
fn sure(draft: &reading::Draft, path: &str) -> Option<String> {
    let sources = draft.record.provenance.as_ref()?.get(path)?;
    Some(sources.first()?.confidence?.to_string())
}

#[test]
fn sections_that_look_like_far_more_common_ones_are_doubted() {
    for (printed, section, proposed) in [
        ("484(4) PC-THEFT", "PC 484(4)", "PC 484(a)"),
        ("594(R) PC-VANDALISM", "PC 594(r)", "PC 594(a)"),
        ("243(O) PC-BATTERY", "PC 243(o)", "PC 243(d)"),
        ("490.1 FC-PETTY THEFT", "FC 490.1", "PC 490.1"),
        (
            "484-487(A) FC-GRAND THEFT",
            "FC 484-487(a)",
            "PC 484-487(a)",
        ),
        ("22-350 VC-UNSAFE SPEED", "VC 22-350", "VC 22350"),
    ] {
        let draft = read(&entry(&format!("CNT:01 #FR1\n  {printed}\n{CONVICTED}")));
        assert_eq!(said(&draft), [format!("FR1: {section} felony convicted")]);
        assert_eq!(
            sure(&draft, "cases[0].counts[0].section").as_deref(),
            Some("0.5"),
            "{printed}"
        );
        let proposals: Vec<_> = draft
            .flags
            .iter()
            .filter_map(|f| f.proposal.clone())
            .collect();
        assert_eq!(proposals, [proposed], "{printed}");
    }
    // In a remark that names the charge of a count to come it is the same.
    let draft = read(&entry(&format!(
        "CNT:01 #FR1\n  459 PC-BURGLARY\n   COM: CNT 02 CHRG 11360(R) HS\n{CONVICTED}CNT:02\n  SEE COMMENT FOR CHARGE\n{CONVICTED}"
    )));
    assert!(flags(&draft).contains(&"doubtful_section".to_owned()));
    for printed in [
        "484(A)-488 PC-PETTY THEFT",
        "602(L) PC-TRESPASS",
        "1006 FC-SOME OFFENSE",
        "23152(A)-23153 VC-DUI",
        "32/11360 PC-ACCESSORY",
    ] {
        let draft = read(&entry(&format!("CNT:01 #FR1\n  {printed}\n{CONVICTED}")));
        assert_eq!(flags(&draft), [""; 0], "{printed}");
    }
}

#[test]
fn a_flag_of_an_attempt_is_never_lost_nor_given_to_another_count() {
    let draft = read(&entry(&format!(
        "CNT:01     #FR1 -ATTEMPTED -WARRANT\n  459 PC-BURGLARY\n{CONVICTED}"
    )));
    assert_eq!(said(&draft), ["FR1: attempted PC 459 felony convicted"]);
    // Above the count's own line it is of a count that nobody knows.
    let draft = read(&entry(&format!("-ATTEMPTED\n{COUNT}{CONVICTED}")));
    assert!(flags(&draft).contains(&"doubtful_section".to_owned()));
    let draft = read(&entry(&format!(
        "{COUNT}{CONVICTED}   -ATTEMPTED\nCNT:02\n  211 PC-ROBBERY\n{CONVICTED}"
    )));
    assert!(!said(&draft).iter().any(|count| count.contains("attempted")));
    assert!(flags(&draft).contains(&"doubtful_section".to_owned()));
}

#[test]
fn misread_words_of_an_order_are_doubted() {
    let relieved = |words: &str| {
        read(&entry(&format!(
            "{COUNT}{CONVICTED}20100607\n DISPO:{words}\n"
        )))
    };
    for words in [
        "CONV DISMISSED AND SFALED PER 11361.8 HS",
        "CONV DISMISSED AND SEALEO PER 11361.8 HS",
        "CONV OISMISSED AND SEALED PER 11361.8 HS",
        "CONV DIS MISSED AND SEALED PER 11361.8 HS",
        "CONV DISMIS5ED AND SE4LED PER 11361.8 HS",
        "REDUCED TO MISDEMEANOR PER 17(8) PC",
        "REDUCED TO MISDEMEANOR PER 17(B) PQ",
        "CONV SET ASIDE & DISM PER |203.4 PC",
    ] {
        let draft = relieved(words);
        assert!(
            flags(&draft).contains(&"relief_unnamed".to_owned()),
            "{words}"
        );
        assert_eq!(
            sure(&draft, "cases[0].counts[0].relief_granted[0]").as_deref(),
            Some("0.5"),
            "{words}"
        );
    }
    for words in [
        "CONV DISMISSED AND SEALED PER 11361.8 HS",
        "REDUCED TO MISDEMEANOR",
        "CONV SET ASIDE & DISM PER 1203.4 PC",
        "CONV SET ASIDE &\nDISM PER 1203.4 PC",
    ] {
        let draft = relieved(words);
        assert_eq!(flags(&draft), [""; 0], "{words}");
    }
    let again = relieved("CONVICTION SET ASIDE AND NEW TRIAL ORDERED");
    assert_eq!(said(&again), ["FR1: PC 459 felony convicted"]);
    assert!(flags(&again).contains(&"reversed".to_owned()));
    assert_eq!(again.record.cases[0].counts[0].relief_granted, None);
}

#[test]
fn a_date_below_which_nothing_stands_is_told() {
    for text in [
        " DISPO:CONV SET ASIDE & DISM PER 1203.4 PC\n20100607\n",
        "20040201\n20040301 DISPO:SEALED PER 851.91 PC\n",
        "20030607\n   CONV STATUS:FELONY\n",
    ] {
        let draft = read(&entry(&format!("{COUNT}{CONVICTED}{text}")));
        assert!(
            flags(&draft).contains(&"doubtful_date".to_owned()),
            "{text}"
        );
    }
    // Behind a sentence that lost its line break, or an order, the day is that of what follows.
    let draft = read(&entry(&format!(
        "{COUNT}{CONVICTED}20040201\n DISPO:CONV SET ASIDE & DISM PER 1203.4 PC 20040301 DISPO:SEALED PER 851.91 PC\n"
    )));
    let relief = draft.record.cases[0].counts[0]
        .relief_granted
        .clone()
        .unwrap();
    let days: Vec<_> = relief
        .iter()
        .map(|one| one.date.unwrap().to_string())
        .collect();
    assert_eq!(days, ["2004-02-01", "2004-03-01"]);
    let draft = read(&entry(&format!(
        "{COUNT}{CONVICTED}   SEN: 2 YEARS PROBATION 20040201\n DISPO:CONV SET ASIDE & DISM PER 1203.4 PC\n"
    )));
    let relief = draft.record.cases[0].counts[0]
        .relief_granted
        .clone()
        .unwrap();
    assert_eq!(
        relief.first().unwrap().date.unwrap().to_string(),
        "2004-02-01"
    );
}

#[test]
fn misread_words_of_a_sentence_are_doubted() {
    for sentence in [
        "3 YEARS PRO BATION",
        "3 YEARS PROBATIO N",
        "3 YEARS PRO-BATION",
        "3 YEARS P,ROBATION",
        "3 Y,EARS PROBATION",
        "24 MOMTNS PROBATION",
        "3 YEARS FROBATIQN",
        "2 YEARS JAIL, 1 YEAR MAMDATORY SUPERVISION",
        "3 YE~ARS PROBATION",
    ] {
        let draft = read(&entry(&format!("{COUNT}{CONVICTED}   SEN: {sentence}\n")));
        assert!(
            flags(&draft).contains(&"doubtful_sentence".to_owned()),
            "{sentence}"
        );
    }
    for remark in [
        "5EN-2 YEARS PRISON",
        "SEM-2 YEARS PRISON",
        "SEN_2 YEARS PRISON",
    ] {
        let draft = read(&entry(&format!("{COUNT}{CONVICTED}   COM: {remark}\n")));
        assert!(
            flags(&draft).contains(&"doubtful_sentence".to_owned()),
            "{remark}"
        );
    }
    let twice = "   SEN: 2 YEARS PRISON\n   SEN: 2 YEARS PRISON\n";
    let draft = read(&entry(&format!("{COUNT}{CONVICTED}{twice}")));
    assert_eq!(said(&draft), ["FR1: PC 459 felony convicted prison"]);
    assert!(flags(&draft).contains(&"doubtful_sentence".to_owned()));
}

#[test]
fn a_misread_keyword_of_a_level_leaves_a_flag() {
    for status in [
        "CO:NV STATUS:FELONY",
        "CONV ST:ATUS:FELONY",
        "CONV :STATUS:FELONY",
        "CONY STATUS FELONY",
    ] {
        let draft = read(&entry(&format!("{COUNT}*DISPO:CONVICTED\n   {status}\n")));
        assert_eq!(said(&draft), ["FR1: PC 459 felony convicted"], "{status}");
        assert!(flags(&draft).contains(&"doubtful_level".to_owned()));
    }
    for toc in ["T0C:M", "IOC:M", "TOG:M", "TOO:M"] {
        let draft = read(&entry(&format!("CNT:01 #FR1\n  484 PC-THEFT {toc}\n")));
        assert!(
            flags(&draft).contains(&"doubtful_level".to_owned()),
            "{toc}"
        );
        let count = &draft.record.cases[0].counts[0];
        assert_eq!(count.description.as_deref(), Some("THEFT"), "{toc}");
    }
    let draft = read(&entry(&format!("  TOC:M\n{COUNT} DISPO:DISMISSED\n")));
    assert_eq!(said(&draft), ["FR1: PC 459 - dismissed"]);
    assert!(flags(&draft).contains(&"doubtful_level".to_owned()));
}

#[test]
fn a_line_printed_twice_is_no_second_count() {
    let draft = read(&entry(&format!("CNT:01 #FR1\n{COUNT}{CONVICTED}")));
    assert!(flags(&draft).contains(&"doubtful_count_number".to_owned()));
    let draft = read(&format!(
        "* * * *\nARR/DET/CITE: NAM:01\n20020101  CAPD FRESNO\nCNT:01 #A1\n  459 PC-BURGLARY\n- - - -\nCOURT:  NAM:01\n{}",
        entry(&format!("{COUNT}{CONVICTED}")).replace("* * * *\n", "")
    ));
    assert_eq!(said(&draft), ["FR1: PC 459 felony convicted"]);
    assert!(flags(&draft).contains(&"repaired_header".to_owned()));
    let draft = read(&entry(&format!("{COUNT}*DISPO:CONVICTED\n{CONVICTED}")));
    assert_eq!(said(&draft), ["FR1: PC 459 felony convicted"]);
}

#[test]
fn a_ruler_at_the_end_of_another_line_still_divides() {
    let draft = read(&format!(
        "* * * *\nARR/DET/CITE: NAM:01\n20020101  CAPD FRESNO\nCNT:01 #A1\n  459 PC-BURGLARY TOC:F {}",
        entry(&format!("CNT:01 #FR1\n  484 PC-THEFT\n{CONVICTED}"))
    ));
    assert_eq!(
        said(&draft),
        ["?: PC 459 felony -", "FR1: PC 484 felony convicted"]
    );
}

#[test]
fn a_misread_sign_of_a_courts_number_keeps_the_sentence() {
    for key in ["CRI #:F920", "CRT *:F920", "ORT #:F920"] {
        let draft = read(&format!(
            "* * * *\nCUSTODY:JAIL NAM:01\n20020401 CASO FRESNO\nCNT:01 #K\n  459 PC-BURGLARY\n   {key}\n   SEN: 90 DAYS JAIL\n"
        ));
        assert_eq!(said(&draft), ["F920: PC 459 - convicted jail"], "{key}");
        assert!(flags(&draft).contains(&"repaired_header".to_owned()));
    }
}
