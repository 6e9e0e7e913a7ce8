//! Wrong counts.

use jiff::civil::date;
use packs::Packs;
use reading::export::column as col;

use super::{SALE, felony};
use crate::support::{Ask, Fields, csv, options};

#[test]
fn e13_a_person_in_two_files_is_one_and_a_file_given_twice_counts_once() {
    let other = Fields::conviction("2", "101001001000", "211 PC-ROBBERY", "FELONY", "20050101");
    let (a, b) = (
        csv(&[felony("101001001000", SALE)]),
        csv(&[
            other,
            Fields::conviction("1", "102001001000", "211 PC-ROBBERY", "FELONY", "20050101"),
        ]),
    );
    let reviewed = Ask::default().run(&[a.clone(), b]).unwrap();
    assert_eq!((reviewed.done.tally.people, reviewed.done.passes), (2, 2));
    assert_eq!(reviewed.done.tally.people_left.felony_after, 1);
    assert_eq!(reviewed.only()["felonies"], "2");
    let twice = Ask::default().run(&[a.clone(), a]).unwrap();
    assert_eq!((twice.done.tally.rows, twice.done.twice.len()), (1, 1));
}

#[test]
fn e14_seven_years_end_on_the_day_asked_about() {
    let policy = || Ask {
        policy: options(r#"{"baselineEligibility": {"dismiss": ["11359"]}}"#),
        ..Ask::default()
    };
    let row = felony("101001001000", SALE).set(col::STP_EVENT_DATE, "20140601");
    let at = |as_of| {
        Ask { as_of, ..policy() }
            .rows(std::slice::from_ref(&row))
            .done
            .tally
            .people_left
            .no_conviction_in_seven_years
    };
    assert_eq!((at(date(2020, 7, 1)), at(date(2022, 7, 1))), (1, 0));
}

#[test]
fn e15_what_a_county_has_not_has_no_date() {
    // A row of the county without a conviction that anybody asks about.
    let reviewed = Ask::default().rows(&[felony("101001001000", "459 PC-BURGLARY")]);
    assert_eq!(reviewed.done.tally.rows_of_county, 1);
    assert_eq!(reviewed.done.tally.earliest_conviction, None);
    let summary: serde_json::Value =
        serde_json::from_slice(&reviewed.bytes("summary.json")).unwrap();
    assert!(summary["earliest_conviction"].is_null());
    let report = String::from_utf8(reviewed.bytes("report.txt")).unwrap();
    assert!(!report.contains("earliest"), "{report}");
}

#[test]
fn e16_a_sentence_part_belongs_to_its_count() {
    let part = |order: &str, length: &str| {
        felony(order, SALE)
            .set(col::SENT_LOC_DESCR, "JAIL")
            .set(col::SENT_LENGTH, length)
            .set(col::SENT_TIME_CODE, "Y")
    };
    // Thirty years on the first count, its second part behind another count's row.
    let rows = [
        part("101001001000", "1"),
        part("101001002000", "1"),
        part("101001001000", "30"),
    ];
    let pack = Packs::builtin().unwrap().iter().next().unwrap();
    let policy = pack
        .read_policy(
            "over.toml",
            r#"
id = "over"
title = "Over"
source = "made up"
route = "prop-64"
sections = ["HS 11359"]
[[rule]]
when = { sentence_ended = true }
then = "dismiss"
say = "The sentence is over"
[[rule]]
when = {}
then = "review"
say = "It is not"
"#,
        )
        .unwrap();
    let reviewed = Ask {
        policy,
        ..Ask::default()
    }
    .rows(&rows);
    let said: Vec<(String, String)> = reviewed
        .determined()
        .into_iter()
        .map(|((_, count), row)| (count, row["policy_says"].clone()))
        .collect();
    assert_eq!(
        said,
        [
            ("101001001000".to_owned(), "review: It is not".to_owned()),
            (
                "101001002000".to_owned(),
                "dismiss: The sentence is over".to_owned()
            ),
        ]
    );
}

#[test]
fn e17_rows_without_a_person_key_merge_nobody() {
    let nobody = |cii: &str| {
        felony("101001001000", SALE)
            .set(col::SUBJECT_ID, "  -  ")
            .set(col::CII_NUMBER, cii)
    };
    let reviewed = Ask::default().rows(&[nobody("A1"), nobody("A2"), nobody("")]);
    assert_eq!(
        (
            reviewed.done.tally.people,
            reviewed.done.tally.rows_not_used
        ),
        (2, 1)
    );
    assert!(
        reviewed
            .determined()
            .values()
            .all(|row| row["determination"] == "review")
    );
    assert!(reviewed.table("rows-not-used.csv")[0]["problem"].contains("no SUBJECT_ID"));
}

#[test]
fn e18_a_literal_null_is_no_case_number() {
    let row = felony("101001001000", SALE).set(col::OFN, "NULL  ");
    assert_eq!(Ask::default().rows(&[row]).only()["case_number"], "");
    let row = felony("101001001000", SALE).set(col::OFN, "12  140189-B");
    assert_eq!(
        Ask::default().rows(&[row]).only()["case_number"],
        "12 140189-B"
    );
}
