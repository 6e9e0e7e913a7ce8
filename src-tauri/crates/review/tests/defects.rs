//! The reproduced defects of the archived programs, one test each: ours has none of them.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use jiff::civil::date;
use reading::export::column as col;
use review::ReviewError;
use support::{Ask, Fields, csv, options};

fn felony(order: &str, offense: &str) -> Fields {
    Fields::conviction("1", order, offense, "FELONY", "20010601")
}

const SALE: &str = "11359 HS-POSSESS MARIJUANA FOR SALE";

fn determination(policy: Ask, rows: &[Fields]) -> (String, String) {
    let only = policy.rows(rows).only();
    (only["determination"].clone(), only["decided_by"].clone())
}

fn is(found: (String, String), determination: &str, by: &str) {
    assert_eq!((found.0.as_str(), found.1.as_str()), (determination, by));
}

#[test]
fn e01_a_missing_birth_date_is_no_age() {
    let age = || Ask {
        policy: options(r#"{"additionalRelief": {"subjectAgeThreshold": 50}}"#),
        ..Ask::default()
    };
    for born in ["", "x", "19550000"] {
        let row = felony("101001001000", SALE).set(col::PRI_DOB, born);
        let expected = if born == "19550000" {
            "dismiss"
        } else {
            "review"
        };
        assert_eq!(determination(age(), &[row]).0, expected, "born `{born}`");
    }
    // Some day of 1970: fifty or not, nobody can say.
    let row = felony("101001001000", SALE).set(col::PRI_DOB, "19700000");
    is(determination(age(), &[row]), "review", "data");
}

#[test]
fn e02_a_partial_date_is_a_span_and_no_year_one() {
    let policy = || Ask {
        policy: options(r#"{"additionalRelief": {"yearsSinceConvictionThreshold": 10}}"#),
        ..Ask::default()
    };
    let row = |on| felony("101001001000", SALE).set(col::STP_EVENT_DATE, on);
    is(
        determination(policy(), &[row("20010000")]),
        "dismiss",
        "policy",
    );
    is(
        determination(policy(), &[row("20100000")]),
        "review",
        "data",
    );
    is(determination(policy(), &[row("x")]), "review", "data");
    let reviewed = policy().rows(&[row("20100000")]);
    assert_eq!(reviewed.only()["convicted_on"], "2010");
    assert_eq!(
        reviewed.done.tally.earliest_conviction.as_deref(),
        Some("2010")
    );
    assert_eq!(
        policy().rows(&[row("x")]).done.tally.earliest_conviction,
        None
    );
}

#[test]
fn e03_sections_are_compared_whole() {
    for other in [
        "11357.5 HS-SYNTHETIC",
        "111357 HS-NOTHING",
        "496 PC-RECEIVE",
    ] {
        let row = felony("101001001000", other).set(col::COMMENT_TEXT, "CALL 5551113570");
        let reviewed = Ask::default().rows(&[row]);
        assert!(reviewed.determined().is_empty(), "{other}");
        assert!(reviewed.table("full.csv")[0]["also_mentioned"].is_empty());
    }
    for graver in [
        "11359(C)(3) HS-SALE TO MINOR",
        "11359(D) HS-MINOR HELPS",
        "11358(D) HS-CULTIVATE",
    ] {
        is(
            determination(Ask::default(), &[felony("101001001000", graver)]),
            "review",
            "law",
        );
    }
}

#[test]
fn e04_a_hyphen_in_an_attempt_and_a_loose_comment_are_read() {
    let attempt = Ask::default()
        .rows(&[felony("101001001000", "664-11358 HS-ATT CULTIVATE")])
        .only();
    assert_eq!(attempt["section"], "HS 11358");
    let comment =
        felony("101001001000", "SEE COM FOR CHRG").set(col::COMMENT_TEXT, "CHRG 11358 HS");
    let only = Ask::default().rows(&[comment]).only();
    assert_eq!(only["section"], "HS 11358");
    assert!(only["doubts"].contains("comment"));
    let loose =
        felony("101001001000", "SEE COMMENT FOR CHARGE").set(col::COMMENT_TEXT, "CASE-11358");
    is(determination(Ask::default(), &[loose]), "review", "data");
}

#[test]
fn e05_what_the_person_was_convicted_of_decides() {
    let better = felony("101001001000", "11378 HS-POSSESS FOR SALE")
        .set(col::CONV_OFFENSE_DESCR, "11357(B) HS-POSSESS");
    let only = Ask::default().rows(&[better]).only();
    assert_eq!(only["section"], "HS 11357(b)");
    assert!(only["doubts"].contains("charged with another section"));
    let worse =
        felony("101001001000", SALE).set(col::CONV_OFFENSE_DESCR, "11378 HS-POSSESS FOR SALE");
    assert!(Ask::default().rows(&[worse]).determined().is_empty());
}

#[test]
fn e06_levels_are_trimmed_and_a_blank_one_is_unknown() {
    let policy = || Ask {
        policy: options(r#"{"baselineEligibility": {"reduce": ["11359"]}}"#),
        ..Ask::default()
    };
    for (status, toc, level) in [
        ("FELONY ", "", "felony"),
        ("", " F", "felony"),
        ("", "", "unknown"),
        ("  -  ", "M", "misdemeanor"),
    ] {
        let row = felony("101001001000", SALE)
            .set(col::CONV_STAT_DESCR, status)
            .set(col::OFFENSE_TOC, toc);
        let only = policy().rows(&[row]).only();
        assert_eq!(only["level"], level, "`{status}` `{toc}`");
        let dismissed = only["determination"] == "dismiss";
        assert_eq!(
            dismissed,
            level == "misdemeanor",
            "`{status}` `{toc}`: {only:?}"
        );
    }
}

#[test]
fn e07_earlier_relief_is_seen() {
    let row = felony("101001001000", SALE);
    let order = felony("101002001000", SALE)
        .set(col::STP_EVENT_DATE, "20180301")
        .set(col::DISP_DESCR, "CONV SET ASIDE & DISM PER 11361.8 HS");
    let reviewed = Ask::default().rows(&[row.clone(), order]);
    assert_eq!(reviewed.only()["determination"], "already_granted");
    assert_eq!(reviewed.done.tally.people_left.felony_before, 0);
    let bare = felony("101002001000", SALE)
        .set(col::STP_EVENT_DATE, "20180301")
        .set(col::DISP_DESCR, "DISMISSED");
    is(
        determination(Ask::default(), &[row, bare]),
        "review",
        "data",
    );
}

#[test]
fn e08_convictions_after_the_act_are_not_cleared() {
    let arrest = felony("101001001000", SALE)
        .set(col::STP_TYPE_DESCR, "ARREST/DETAINED/CITED")
        .set(col::DISP_DESCR, "")
        .set(col::STP_EVENT_DATE, "20161020");
    let late = felony("101002001000", SALE).set(col::STP_EVENT_DATE, "20170601");
    let all = || Ask {
        policy: options(r#"{"baselineEligibility": {"dismiss": ["11359"]}}"#),
        ..Ask::default()
    };
    // The offense came before the Act: the day of the offense decides, not that of the conviction.
    is(
        determination(all(), &[arrest.clone(), late.clone()]),
        "dismiss",
        "policy",
    );
    // Whether it did cannot be told without the arrest.
    is(
        determination(all(), std::slice::from_ref(&late)),
        "review",
        "data",
    );
    let before = Ask {
        as_of: date(2017, 1, 1),
        ..all()
    };
    is(determination(before, &[arrest, late]), "review", "data");
}

#[test]
fn e09_e10_disqualifiers_are_the_statutes() {
    let prior = |order, on| Fields::conviction("1", order, "187(A) PC-MURDER", "FELONY", on);
    let all = || Ask {
        policy: options(r#"{"baselineEligibility": {"dismiss": ["11359"]}}"#),
        ..Ask::default()
    };
    let arrest = felony("102001001000", SALE)
        .set(col::STP_TYPE_DESCR, "ARREST/DETAINED/CITED")
        .set(col::DISP_DESCR, "")
        .set(col::STP_EVENT_DATE, "20010301");
    is(
        determination(
            all(),
            &[
                prior("101001001000", "19900101"),
                arrest,
                felony("102002001000", SALE),
            ],
        ),
        "not_eligible",
        "law",
    );
    // Without the arrest nobody can say that the case was charged after it.
    is(
        determination(
            all(),
            &[
                prior("101001001000", "19900101"),
                felony("102001001000", SALE),
            ],
        ),
        "review",
        "data",
    );
    // A later one is no prior.
    is(
        determination(
            all(),
            &[
                felony("101001001000", SALE),
                prior("102001001000", "20150101"),
            ],
        ),
        "dismiss",
        "policy",
    );
    let los_angeles = |rows: &[Fields]| determination(Ask::of("los-angeles"), rows);
    let duty = Fields::conviction("1", "102001001000", "290 PC-REGISTRATION", "", "20100101")
        .set(col::STP_TYPE_DESCR, "REGISTRATION")
        .set(col::DISP_DESCR, "");
    // A duty that began after the conviction is for an attorney to explain, and never a refusal.
    assert_ne!(
        los_angeles(&[felony("101001001000", SALE), duty]).0,
        "not_eligible"
    );
    // Two counts of one earlier case are one prior case.
    let two = [
        Fields::conviction("1", "101001001000", SALE, "FELONY", "19950101"),
        Fields::conviction("1", "101001002000", SALE, "FELONY", "19950101"),
        felony("102001001000", SALE),
    ];
    let reviewed = Ask::of("los-angeles").rows(&two);
    let last = &reviewed.determined()[&("1".to_owned(), "102001001000".to_owned())];
    assert!(!last["policy_says"].contains("Two earlier"), "{last:?}");
}

#[test]
fn e11_every_conviction_has_an_answer_and_a_reason() {
    let reviewed = Ask {
        policy: options("{}"),
        ..Ask::default()
    }
    .rows(&[felony("101001001000", SALE)]);
    let only = reviewed.only();
    assert_eq!(only["determination"], "reduce");
    assert!(!only["reason"].is_empty() && !only["citation"].is_empty());
}

#[test]
fn e12_the_words_say_what_the_rule_means() {
    let policy = || Ask {
        policy: options(r#"{"additionalRelief": {"subjectUnder21AtConviction": true}}"#),
        ..Ask::default()
    };
    let row = |born| felony("101001001000", "11358 HS-CULTIVATE").set(col::PRI_DOB, born);
    // 21 on the very day is not under 21.
    let only = policy().rows(&[row("19800602")]).only();
    assert!(only["policy_says"].contains("Under 21"), "{only:?}");
    assert!(policy().rows(&[row("19800601")]).only()["policy_says"].is_empty());
}

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
    let reviewed = Ask::of("los-angeles").rows(&rows);
    let all = reviewed.determined();
    assert_eq!(all.len(), 2);
    assert_eq!(reviewed.done.tally.rows, 3);
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

#[test]
fn e19_e20_e21_a_bad_row_spoils_no_other() {
    let good = felony("101001001000", SALE);
    let short = Fields::conviction("2", "1001", SALE, "FELONY", "20010601");
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend_from_slice(col::NAMES.join(",").as_bytes());
    bytes.extend_from_slice(b",\r\n");
    bytes.extend(csv(&[good]));
    bytes.extend(csv(&[short]));
    bytes.extend_from_slice(b"one,two,three\n");
    bytes.extend_from_slice(b"3,x,\"never closed\n");
    bytes.extend(csv(&[Fields::conviction(
        "4",
        "101001001000",
        SALE,
        "FELONY",
        "20010601",
    )
    .set(col::PRI_NAME, "MU\u{d1}OZ,ANA")]));
    let reviewed = Ask::default().run(&[bytes]).unwrap();
    let unread = reviewed.table("rows-not-used.csv");
    let lines: Vec<&str> = unread.iter().map(|row| row["line"].as_str()).collect();
    assert_eq!(lines, ["3", "4", "5"], "{unread:#?}");
    assert_eq!(reviewed.determined().len(), 2);
    assert!(reviewed.table("full.csv").len() >= 2);
}

#[test]
fn e21_a_wrong_county_is_an_error() {
    let rows = csv(&[felony("101001001000", SALE)]);
    let ask = |county| Ask {
        county,
        ..Ask::default()
    };
    assert!(ask("sacramento").run(std::slice::from_ref(&rows)).is_ok());
    let error = ask("Sacremento")
        .run(std::slice::from_ref(&rows))
        .err()
        .expect("refused");
    assert!(
        matches!(&error, ReviewError::County { nearest: Some(n), .. } if n == "Sacramento"),
        "{error}"
    );
    let error = ask("Fresno").run(&[rows]).err().expect("refused");
    assert!(matches!(error, ReviewError::NoRows { .. }));
    // Nothing half-written stays behind.
}

#[test]
fn e23_the_queue_comes_back_with_decisions() {
    let row = felony("101001001000", "11359(D) HS-MINOR HELPS");
    let first = Ask::default().rows(std::slice::from_ref(&row));
    let queue = String::from_utf8(first.bytes("review-queue.csv")).unwrap();
    assert_eq!(queue.lines().count(), 2);
    let filled = queue.trim_end().strip_suffix(",,,").unwrap().to_owned()
        + ",reduce,\"A. Lee, DDA\",read the file\n";
    let again = Ask {
        decisions: Some(filled.into_bytes()),
        ..Ask::default()
    }
    .rows(&[row]);
    let only = again.only();
    assert_eq!(
        (only["determination"].as_str(), only["decided_by"].as_str()),
        ("reduce", "hand")
    );
    assert!(only["reason"].contains("A. Lee"));
    assert_eq!(again.table("review-queue.csv").len(), 0);
}
