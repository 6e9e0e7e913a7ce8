//! Small sheets that once were read wrong without a word: persons, charges, later entries.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test: a panic is its failure"
)]

#[path = "support/brief.rs"]
mod brief;

use brief::{bare, entry, flags, read, said};

const CONVICTED: &str = "CNT:01 #FR1\n  459 PC-BURGLARY\n*DISPO:CONVICTED\n   CONV STATUS:FELONY\n";
const END: &str = "     *    *    *    END OF MESSAGE    *    *    *\n";

#[test]
fn a_notice_of_death_hides_no_personal_block() {
    let block = "CII/A12345678\nDOB/19570119 SEX/M\nNAM/01 DOE,JANE\n";
    for above in [
        "**DECEASED 20200101\n",
        "DECEASED 20200101\n",
        "**DECEASED HOMICIDE\n",
    ] {
        let draft = bare(&format!("{above}{block}{}{END}", entry(CONVICTED)));
        let person = &draft.record.person;
        assert_eq!(person.name.family.as_deref(), Some("DOE"), "{above}");
        assert_eq!(
            person.born.map(|day| day.to_string()).as_deref(),
            Some("1957-01-19")
        );
        assert_eq!(person.identifiers.as_ref().map(Vec::len), Some(1));
        assert!(flags(&draft).contains(&"deceased".to_owned()), "{above}");
    }
    let line = "CII/A12345678 DOB/19570119 SEX/M NAM/01 DOE,JANE\n";
    let draft = bare(&format!("{line}{}{END}", entry(CONVICTED)));
    assert_eq!(draft.record.person.name.given.as_deref(), Some("JANE"));
    assert!(draft.record.person.born.is_some());
}

#[test]
fn the_name_of_the_record_is_number_one() {
    let draft = bare(&format!(
        "CII/A12345678\nNAM/02 DOE,JANE\n    01 ROE,JANE\n    03 POE,JANE\n{}{END}",
        entry(CONVICTED)
    ));
    let person = &draft.record.person;
    assert_eq!(person.name.family.as_deref(), Some("ROE"));
    let others: Vec<_> = person
        .aliases
        .iter()
        .flatten()
        .map(|n| n.family.as_deref())
        .collect();
    assert_eq!(others, [Some("DOE"), Some("POE")]);
}

#[test]
fn the_sheet_of_another_person_is_not_read_into_this_one() {
    let second = "CII/A99999999\nDOB/19800101\nNAM/01 OTHER,PERSON\n";
    let draft = read(&format!(
        "{}{second}{}",
        entry(CONVICTED),
        entry("CNT:01 #X9\n  211 PC-ROBBERY\n*DISPO:CONVICTED\n")
    ));
    assert_eq!(said(&draft), ["FR1: PC 459 felony convicted"]);
    assert!(flags(&draft).contains(&"unknown_entry".to_owned()));
    let unread = &draft.record.reading.as_ref().unwrap().unread;
    assert!(unread.iter().any(|line| line.text.contains("211 PC")));
    assert_eq!(draft.record.person.registrations, None);
    // The same number again is a page's head.
    let again = read(&format!(
        "{}CII/A12345678\n{}",
        entry(CONVICTED),
        entry("CNT:01 #X9\n  211 PC-ROBBERY\n*DISPO:CONVICTED\n")
    ));
    assert_eq!(said(&again).len(), 2);
}

#[test]
fn attempts_are_attempts_however_printed() {
    for charge in [
        "664(A)/187(A) PC-MURDER",
        "187(A)/664(A) PC-MURDER",
        "187(A)/664 PC-MURDER",
        "187(A) PC/664 PC-MURDER",
        "187(A) PC/664(A) PC",
    ] {
        let draft = read(&entry(&format!(
            "CNT:01 #1\n  {charge}\n*DISPO:CONVICTED\n"
        )));
        assert_eq!(
            said(&draft),
            ["1: attempted PC 187(a) - convicted"],
            "{charge}"
        );
    }
}

#[test]
fn a_section_flagged_as_unknown_is_unknown() {
    for (charge, proposal) in [
        ("646.9(8) PC-STALKING", Some("PC 646.9(b)")),
        ("273.5(A)(I) PC-INFLICT INJURY", None),
    ] {
        let draft = read(&entry(&format!(
            "CNT:01 #1\n  {charge}\n*DISPO:CONVICTED\n"
        )));
        assert_eq!(said(&draft), ["1: - - convicted"], "{charge}");
        let flag = draft
            .flags
            .iter()
            .find(|flag| flag.proposal.as_deref() == proposal);
        assert!(flag.is_some(), "{charge}: {:?}", draft.flags);
        assert_eq!(flags(&draft), ["doubtful_section"], "{charge}");
    }
}

#[test]
fn a_registration_without_its_section_is_not_none() {
    for count in [
        "CNT:01 #R\n  SEX OFFENDER REGISTRATION\n",
        "CNT:01 #R\n",
        "",
    ] {
        let draft = read(&format!(
            "* * * *\nREGISTRATION:   NAM:01\n20010101  CAPD FRESNO\n{count}{}",
            entry(CONVICTED)
        ));
        assert_eq!(draft.record.person.registrations, None, "{count}");
        assert!(
            flags(&draft).contains(&"doubtful_section".to_owned()),
            "{count}"
        );
    }
}

#[test]
fn relief_in_a_later_entry_has_its_date() {
    let later = "* * * *\nCOURT:  NAM:01\n20190303  CASC FRESNO\nCNT:01 #FR1\n  459 PC-BURGLARY\n DISPO:DISMISSED PER 1203.4 PC\n";
    let draft = read(&format!("{}{later}", entry(CONVICTED)));
    let count = draft.record.cases.first().unwrap().counts.first().unwrap();
    let relief = count.relief_granted.as_ref().unwrap().first().unwrap();
    assert_eq!(
        relief.date.map(|day| day.to_string()).as_deref(),
        Some("2019-03-03")
    );
}
