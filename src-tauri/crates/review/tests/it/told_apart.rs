//! Persons, sections and sentences that look like others: each is told apart, or goes to a person with the reason.

use crate::support::{Ask, Fields};
use reading::export::column as col;
use review::Lock;

const SALE: &str = "11359 HS-POSSESS MARIJUANA FOR SALE";
const COUNT: &str = "101002001000";

fn sale() -> Fields {
    Fields::conviction("1", COUNT, SALE, "FELONY", "20100601").set(col::OFN, "10F1")
}

fn arrest() -> Fields {
    sale().arrest("20100211").set(col::OFN, "A1")
}

fn prior(offense: &str) -> Fields {
    Fields::conviction("1", "001002001000", offense, "FELONY", "19990601")
}

fn under(policy: &str, rows: &[Fields]) -> String {
    let all = Ask::of(policy).rows(rows).determined();
    let found = all.iter().find(|((_, count), _)| count == COUNT);
    found.map_or("nothing".to_owned(), |(_, row)| {
        row["determination"].clone()
    })
}

fn by_law(rows: &[Fields]) -> String {
    under("statewide", rows)
}

#[test]
fn rows_of_two_persons_under_one_key_are_for_a_person() {
    let other = prior("459 PC-BURGLARY");
    assert_eq!(by_law(&[arrest(), sale(), other.clone()]), "reduce");
    assert_eq!(
        by_law(&[arrest(), sale(), other.clone().set(col::CII_NUMBER, "A999")]),
        "review"
    );
    // Without a number to go by, the name must do.
    let unnumbered = other.set(col::CII_NUMBER, "");
    assert_eq!(by_law(&[arrest(), sale(), unnumbered.clone()]), "reduce");
    assert_eq!(
        by_law(&[arrest(), sale(), unnumbered.set(col::PRI_NAME, "SOLO,HAN")]),
        "review"
    );
}

fn of_other(row: Fields, key: &str) -> Fields {
    row.set(col::SUBJECT_ID, key)
}

// What stands under the other key may bar relief, or be another's: no row says which.
#[test]
fn one_number_under_two_keys_is_for_a_person() {
    let [own, grave] = [sale(), prior("187(A) PC-MURDER")];
    let both = |grave: Fields| {
        let all = Ask::of("statewide").rows(&[arrest(), own.clone(), grave]);
        let passes = all.done.passes;
        let said = all.determined()[&("1".to_owned(), COUNT.to_owned())].clone();
        assert_eq!(
            said["determination"] == "review",
            said["doubts"].contains("another person key"),
            "{said:?}"
        );
        (said["determination"].clone(), passes)
    };
    let (review, reduce) = ("review".to_owned(), "reduce".to_owned());
    for key in ["2", ""] {
        let grave = of_other(grave.clone(), key).set(col::CII_NUMBER, "A1");
        assert_eq!(both(grave.clone()), (review.clone(), 2), "{key}");
        for (column, value) in [
            (col::PRI_NAME, "SOLO,HAN"),
            (col::PRI_DOB, "19710203"),
            (col::CII_NUMBER, "a 1"),
        ] {
            let grave = grave.clone().set(column, value);
            assert_eq!(both(grave), (review.clone(), 2), "{key} {value}");
        }
        // By name and birth another person: a number that was mistyped.
        let mistyped = grave
            .clone()
            .set(col::PRI_NAME, "SOLO,HAN")
            .set(col::PRI_DOB, "19710203");
        assert_eq!(both(mistyped.clone()), (reduce.clone(), 2), "{key}");
        assert_eq!(both(mistyped.set(col::PRI_NAME, "")), (review.clone(), 2));
    }
    let own_number = of_other(grave, "2").set(col::CII_NUMBER, "A2");
    assert_eq!(both(own_number), (reduce, 1));
}

// The number may be missing on the first of a person's rows, and stand on a later one.
#[test]
fn a_number_on_a_later_row_counts() {
    let other = of_other(prior("187(A) PC-MURDER"), "2").set(col::CII_NUMBER, "A1");
    let blank = |row: Fields| row.set(col::CII_NUMBER, "");
    let later = sale().set(col::CNT_ORDER, "103002001000");
    for rows in [
        [blank(arrest()), blank(sale()), later.clone(), other.clone()],
        [other.clone(), blank(arrest()), blank(sale()), later.clone()],
        [blank(arrest()), other.clone(), later.clone(), blank(sale())],
    ] {
        assert_eq!(by_law(&rows), "review");
    }
}

// DOJ's own short shape: `11357A HS`. Another section has letters of its own: PC 288a is not 288(a).
#[test]
fn letters_without_brackets_are_subdivisions() {
    for letter in ["11357A", "11357B", "11357C", "11357D", "11360B", "11358B"] {
        let row = sale().set(col::OFFENSE_DESCR, &format!("{letter} HS-X"));
        assert_ne!(by_law(&[arrest(), row]), "nothing", "{letter}");
    }
    for grave in [
        "187A PC",
        "288B PC",
        "647.6A PC",
        "209A PC",
        "187,459 PC",
        "187 & 12022 PC",
        "664/187,211 PC",
    ] {
        let said = by_law(&[prior(grave), arrest(), sale()]);
        assert!(
            ["review", "not_eligible"].contains(&said.as_str()),
            "{grave}: {said}"
        );
        let said = under("los-angeles", &[prior(grave), arrest(), sale()]);
        assert!(
            ["review", "not_eligible"].contains(&said.as_str()),
            "{grave}: {said}"
        );
    }
}

// No single section is convicted of, or it is of another offense: what it was, a person must say.
#[test]
fn compounds_are_lost_by_nobody_and_decided_by_nobody() {
    for text in [
        "11359/182 PC",
        "182(A)(1) PC/11359 HS",
        "11359/186.22(B)(1) PC",
        "11358 & 11359 HS",
        "11357,11358 HS",
        "664.11357",
        "32 PC/11359 HS",
        "11359/12022 PC",
        "11359/11379 HS",
        "11359/11366.5 HS",
        "11361/11359 HS",
        "11359 HS-CONSPIRACY TO POSSESS",
        "11359 HS-ATTEMPTED POSSESSION",
        "11357(F) HS-X",
        "11360(C) HS-X",
    ] {
        assert_eq!(
            by_law(&[arrest(), sale().set(col::OFFENSE_DESCR, text)]),
            "review",
            "{text}"
        );
    }
    for convicted in ["182(A)(1) PC-CONSPIRACY", "32 PC-ACCESSORY"] {
        let row = sale().set(col::CONV_OFFENSE_DESCR, convicted);
        assert_eq!(by_law(&[arrest(), row]), "review", "{convicted}");
    }
}

// HSC 11358(c) is more than six plants: six or fewer are not presumed.
#[test]
fn todays_subdivision_on_an_older_offense_is_no_small_garden() {
    let row = sale().set(col::OFFENSE_DESCR, "11358(C) HS-CULTIVATE");
    assert_eq!(by_law(&[arrest(), row.clone()]), "reduce");
    let misdemeanor = row
        .set(col::CONV_STAT_DESCR, "MISDEMEANOR")
        .set(col::OFFENSE_TOC, "M");
    assert_eq!(by_law(&[arrest(), misdemeanor]), "not_eligible");
}

#[test]
fn a_dismissal_that_is_no_relief_is_for_a_person() {
    let later = |ending: &str| {
        sale()
            .set(col::CNT_ORDER, "101003001000")
            .set(col::STP_EVENT_DATE, "20120301")
            .set(col::DISP_DESCR, ending)
            .set(col::CONV_STAT_DESCR, "")
    };
    for ending in [
        "DISMISSED PER 1385 PC",
        "DISMISSED PER 1000.3 PC",
        "DEFERRED ENTRY OF JUDGMENT",
    ] {
        assert_eq!(
            by_law(&[arrest(), sale(), later(ending)]),
            "review",
            "{ending}"
        );
    }
}

fn sentenced(row: Fields, years: &str) -> Fields {
    row.set(col::SENT_ORDER, "1")
        .set(col::SENT_LOC_DESCR, "PROBATION")
        .set(col::SENT_LENGTH, years)
        .set(col::SENT_TIME_CODE, "Y")
}

#[test]
fn a_sentence_that_was_revoked_is_not_over_by_its_first_rows() {
    let first = sentenced(sale().set(col::STP_EVENT_DATE, "20150601"), "3");
    assert_eq!(under("sacramento", &[arrest(), first.clone()]), "dismiss");
    let revoked = sentenced(first.clone(), "8")
        .set(col::CNT_ORDER, "101003001000")
        .set(col::STP_EVENT_DATE, "20170101")
        .set(col::DISP_DESCR, "PROBATION REVOKED")
        .set(col::SENT_LOC_DESCR, "PRISON");
    let rows = [arrest(), first, revoked];
    assert_ne!(under("sacramento", &rows), "dismiss");
    let said = Ask::default().rows(&rows).determined();
    let row = &said[&("1".to_owned(), COUNT.to_owned())];
    assert_eq!(row["sentence_running"], "unknown");
}

#[test]
fn a_part_delivered_again_is_one_part() {
    let row = sentenced(sale().set(col::STP_EVENT_DATE, "20160601"), "3");
    let again = row.clone().set(col::CYC_AGE, "61");
    assert_eq!(under("sacramento", &[arrest(), row.clone()]), "dismiss");
    assert_eq!(under("sacramento", &[arrest(), row, again]), "dismiss");
}

#[test]
fn a_decision_is_about_the_person_and_the_offense_that_its_line_shows() {
    let file = |name: &str, section: &str| {
        let head = "subject_id,count,name,section,decision,decided_by,note";
        format!("{head}\n1,{COUNT},\"{name}\",{section},not_eligible,A. Lee,\n")
    };
    for (name, section, used) in [
        ("SKYWALKER,LUKE J", "HS 11359", true),
        ("SKYWALKER,LUKE J", "unknown", true),
        ("SOLO,HAN", "HS 11359", false),
        ("SKYWALKER,LUKE J", "HS 11357(b)", false),
    ] {
        let ask = Ask {
            decisions: Some(file(name, section).into_bytes()),
            ..Ask::default()
        };
        let reviewed = ask.rows(&[arrest(), sale()]);
        let by = &reviewed.only()["decided_by"];
        assert_eq!(by == "hand", used, "{name} {section}");
        assert_eq!(reviewed.done.unused.is_empty(), used, "{name} {section}");
    }
}

#[test]
fn a_file_with_other_separators_says_what_to_do() {
    for file in [
        "subject_id;count;decision;decided_by;note\n1;2;dismiss;A;\n",
        "subject_id\tcount\tdecision\tdecided_by\tnote\n",
    ] {
        let ask = Ask {
            decisions: Some(file.as_bytes().to_vec()),
            ..Ask::default()
        };
        let error = ask
            .run(&[crate::support::csv(&[sale()])])
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains("save it as CSV with commas"), "{error}");
    }
}

#[test]
fn locked_results_leave_none_of_an_earlier_review_in_clear() {
    let ask = |lock| Ask {
        lock,
        figures: true,
        ..Ask::default()
    };
    let first = ask(None).rows(&[arrest(), sale()]);
    let out = first.dir.path().join("out");
    assert!(out.join("determinations.csv").exists());
    let files = [first.dir.path().join("0.dat")];
    let job = review::Job {
        files: &files,
        county: "Sacramento",
        as_of: crate::support::AS_OF,
        policy: crate::support::policy("statewide"),
        decisions: review::Decisions::default(),
        memory: 0,
        threads: 1,
        format: review::Format::default(),
        lock: Some(Lock::by("correct horse battery staple").unwrap()),
        facts: false,
        what_if: Vec::new(),
        figures: true,
    };
    review::run(
        job,
        packs::Packs::builtin().unwrap(),
        &out,
        &review::Progress::default(),
    )
    .unwrap();
    for entry in std::fs::read_dir(&out).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.ends_with(".age"), "{name}");
    }
}
