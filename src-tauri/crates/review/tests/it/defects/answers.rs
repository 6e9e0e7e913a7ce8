//! Wrong answers.

use jiff::civil::date;
use reading::export::column as col;

use super::{SALE, determination, felony};
use crate::support::{Ask, Fields, options};

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
