//! Small sheets whose custody and probation entries once lost a conviction, a sentence or a violation without a word.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test: a panic is its failure"
)]

#[path = "support/brief.rs"]
mod brief;

use brief::{entry, flags, read, said};

const COURT: &str = "CNT:01 #F1\n  459 PC-BURGLARY\n*DISPO:CONVICTED\n   CONV STATUS:FELONY\n";

fn custody(counts: &str) -> String {
    format!("- - - -\nCUSTODY:CDC NAM:01\n20020401 CASD CORRECTIONS\n{counts}")
}

#[test]
fn a_count_that_the_known_case_lacks_is_told() {
    let draft = read(&format!(
        "{}{}",
        entry(COURT),
        custody(
            "CNT:01 #K\n  459 PC-BURGLARY\nCNT:02\n  211 PC-ROBBERY\n   SEN FROM: FRESNO CO CRT #F1\n   SEN: 6 YEARS PRISON\n"
        )
    ));
    assert!(said(&draft).contains(&"F1: PC 459 felony convicted".to_owned()));
    assert!(flags(&draft).contains(&"conviction_without_court".to_owned()));
    let unread = &draft.record.reading.as_ref().unwrap().unread;
    assert!(unread.iter().any(|line| line.text.contains("211 PC")));
}

#[test]
fn a_count_whose_line_is_lost_is_one_of_its_own() {
    for lost in ["", "\n", "ONT:02\n", "C0T:02\n", "- 02\n"] {
        let draft = read(&format!(
            "* * * *\n{}",
            custody(&format!(
                "CNT:01 #K\n  459 PC-BURGLARY\n   SEN FROM: FRESNO CO CRT #F900\n   SEN: 2 YEARS PRISON\n{lost}  187(A) PC-MURDER\n   SEN: 16 YEARS PRISON\n"
            ))
        ));
        assert!(
            flags(&draft).contains(&"doubtful_count_number".to_owned()),
            "{lost}"
        );
        let years: Vec<u16> = draft
            .record
            .counts()
            .flat_map(|(_, _, _, count)| count.sentence.iter())
            .flat_map(|sentence| sentence.parts.iter().flatten())
            .filter_map(|part| part.years)
            .collect();
        assert_eq!(years, [2, 16], "{lost}: {:?}", said(&draft));
    }
}

#[test]
fn a_sentence_that_only_custody_shows_is_taken_with_doubt() {
    for number in ["", "   SEN FROM: FRESNO CO CRT #F1\n"] {
        let draft = read(&format!(
            "{}{}",
            entry(COURT),
            custody(&format!(
                "CNT:01 #K\n  459 PC-BURGLARY\n{number}   SEN: 2 YEARS PRISON\n"
            ))
        ));
        assert_eq!(
            said(&draft),
            ["F1: PC 459 felony convicted prison"],
            "{number}"
        );
        assert!(flags(&draft).contains(&"doubtful_sentence".to_owned()));
    }
}

#[test]
fn a_revoked_probation_of_its_own_entry_is_a_violation() {
    let draft = read(&format!(
        "{}- - - -\nPROBATION: NAM:01\n20030401 CAPR FRESNO\nCNT:01 #P\n  459 PC-BURGLARY\n DISPO:PROBATION REVOKED\n",
        entry(&format!("{COURT}   SEN: 3 YEARS PROBATION\n"))
    ));
    let count = draft.record.cases.first().unwrap().counts.first().unwrap();
    assert_eq!(count.sentence.as_ref().unwrap().violated, Some(true));
}

#[test]
fn counts_of_two_courts_become_two_cases() {
    let draft = read(&format!(
        "* * * *\n{}",
        custody(
            "CNT:01 #K\n  211 PC-ROBBERY\n   SEN FROM: LOS ANGELES CO CRT #BA1\n   SEN: 5 YEARS PRISON\nCNT:02\n  459 PC-BURGLARY\n   SEN FROM: ORANGE CO CRT #OR77\n   SEN: 6 YEARS PRISON\n"
        )
    ));
    assert_eq!(
        said(&draft),
        [
            "BA1: PC 211 - convicted prison",
            "OR77: PC 459 - convicted prison"
        ]
    );
    let counties: Vec<_> = draft
        .record
        .cases
        .iter()
        .map(|case| case.court.county.as_deref())
        .collect();
    assert_eq!(counties, [Some("Los Angeles"), Some("Orange")]);
    assert_eq!(draft.other_events.len(), 1);
}
