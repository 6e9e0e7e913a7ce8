//! What is asked for is named: which relief, what a lawyer must look at, who still serves; and a decision is used or told of.

use std::path::Path;

use crate::support::{Ask, Fields, Reviewed, csv, policy, table};
use jiff::civil::{Date, date};
use packs::Packs;
use reading::export::column as col;
use record::clinic::Clinic;
use review::filing::{Papers, file};
use review::{Decisions, Format, Job, Progress, ReviewError};

const COUNT: &str = "101002001000";
const SALE: &str = "11359 HS-SALE";

fn sale(born: &str) -> Fields {
    Fields::conviction("1", COUNT, SALE, "FELONY", "20050601").set(col::PRI_DOB, born)
}

fn lists(reviewed: &Reviewed) -> std::path::PathBuf {
    let clinic = serde_json::json!({
        "schema": "relief-desk/clinic/1",
        "name": "Office of the District Attorney",
        "address": ["901 G Street", "Sacramento, California 95814"],
        "phone": "(916) 555-0100",
        "attorneys": [{"name": "Ottoline Example", "bar": "999001"}],
    });
    let clinic = Clinic::from_json(&clinic.to_string()).unwrap();
    let out = reviewed.dir.path().join("papers");
    let papers = Papers {
        review: &reviewed.dir.path().join("out"),
        clinic: &clinic,
        answers: None,
        as_of: date(2020, 7, 2),
        out: &out,
        watch: &Progress::default(),
    };
    file(&papers, Packs::builtin().unwrap()).unwrap();
    out
}

// HSC 11359(a), (b): an infraction under 18, a misdemeanor from then on.
#[test]
fn a_lesser_offense_is_named_where_every_reading_gives_the_same() {
    for (born, arrested, relief, upload) in [
        (
            "19700515",
            Some("20050211"),
            "redesignate_misdemeanor",
            "reduce_to_misdemeanor",
        ),
        (
            "19880515",
            Some("20050211"),
            "redesignate_infraction",
            "reduce_to_infraction",
        ),
        // Nineteen at the arrest: the day of the offense is not known, and may lie before the birthday.
        ("19860115", Some("20050211"), "", "reduce"),
        ("19700515", None, "", "reduce"),
    ] {
        let court = sale(born);
        let rows: Vec<_> = arrested
            .map(|on| court.arrest(on))
            .into_iter()
            .chain([court])
            .collect();
        let reviewed = Ask::default().rows(&rows);
        let said = reviewed.only();
        assert_eq!(said["determination"], "reduce", "{born}");
        assert_eq!(said["relief"], relief, "{born}");
        let under_18 = said["reason"].contains("under 18");
        assert_eq!(
            under_18,
            relief == "redesignate_infraction",
            "{}",
            said["reason"]
        );
        let list = table(&lists(&reviewed).join("court-upload.csv"));
        assert_eq!(list[0]["relief"], upload, "{born}");
    }
}

#[test]
fn a_dismissal_of_the_statute_is_named_and_one_of_the_policy_is_not() {
    let row = Fields::conviction("1", COUNT, "11357(B) HS-POSSESS", "MISDEMEANOR", "20050601");
    let said = Ask::default().rows(&[row.arrest("20050211"), row]).only();
    assert_eq!(
        (said["determination"].as_str(), said["relief"].as_str()),
        ("dismiss", "dismiss_and_seal")
    );
    let said = Ask::of("sacramento").rows(&[sale("19700515")]).only();
    assert_eq!(
        (said["determination"].as_str(), said["relief"].as_str()),
        ("dismiss", "")
    );
}

// PC 664: no published case says that an attempt is treated like the offense.
#[test]
fn what_a_lawyer_must_look_at_stands_in_a_column_of_its_own() {
    let said = |offense: &str| {
        let row = sale("19700515").set(col::OFFENSE_DESCR, offense);
        let rows = [row.arrest("20050211"), row];
        Ask::default().rows(&rows).only()["review_points"].clone()
    };
    assert!(said("664/11359 HS-SALE").contains("PC 664"));
    assert_eq!(said(SALE), "", "what every row raises is no point");
}

// HSC 11361.8(a), (b): who still serves asks by petition, and the court weighs a danger; (e), (f) are for a sentence completed.
#[test]
fn who_still_serves_is_in_no_motion() {
    for (years, running, listed) in [("9", "yes", 0), ("2", "", 1)] {
        let row = sale("19700515")
            .set(col::STP_EVENT_DATE, "20160601")
            .set(col::SENT_LOC_DESCR, "PRISON")
            .set(col::SENT_LENGTH, years)
            .set(col::SENT_TIME_CODE, "Y");
        let reviewed = Ask::default().rows(&[row.arrest("20160211"), row]);
        let said = reviewed.only();
        assert_eq!(said["determination"], "reduce");
        assert_eq!(said["sentence_running"], running);
        let papers = lists(&reviewed);
        assert_eq!(table(&papers.join("court-upload.csv")).len(), listed);
        let left = table(&papers.join("left-out.csv"));
        assert_eq!(left.len(), 1 - listed);
        assert!(left.iter().all(|row| row["why"].contains("still runs")));
    }
}

// Both readings of an unknown day refuse, each for another reason: neither is stated as true.
#[test]
fn a_refusal_on_every_reading_says_so() {
    let row = sale("19700515")
        .set(col::STP_EVENT_DATE, "20180301")
        .set(col::CONV_STAT_DESCR, "MISDEMEANOR")
        .set(col::OFFENSE_TOC, "M");
    let said = Ask::default().rows(&[row.arrest("20180101"), row]).only();
    assert_eq!(said["determination"], "not_eligible");
    assert!(
        said["reason"].starts_with("Refused whatever the export leaves open"),
        "{}",
        said["reason"]
    );
}

#[test]
fn a_decision_about_nobody_is_told_with_its_line() {
    let queue = format!(
        "subject_id,count,decision,decided_by,note\r\n1,{COUNT},dismiss,A. Lee,\r\n2,{COUNT},dismiss,A. Lee,\r\n"
    );
    let ask = Ask {
        decisions: Some(queue.into_bytes()),
        ..Ask::default()
    };
    let done = ask.rows(&[sale("19700515")]).done;
    assert_eq!(done.unused, [3]);
}

#[test]
fn a_queue_that_was_filled_in_is_never_written_over() {
    let reviewed = Ask::default().rows(&[sale("")]);
    let out = reviewed.dir.path().join("out");
    let queue = out.join("review-queue.csv");
    let filled = std::fs::read_to_string(&queue).unwrap();
    let filled = filled.trim_end().strip_suffix(",,,").unwrap().to_owned() + ",dismiss,A. Lee,\n";
    let run = |decisions: &Path| {
        let files = [reviewed.dir.path().join("0.dat")];
        let job = Job {
            files: &files,
            county: "Sacramento",
            as_of: crate::support::AS_OF,
            policy: policy("statewide"),
            decisions: Decisions::read(decisions).unwrap(),
            memory: 0,
            threads: 1,
            format: Format::default(),
            lock: None,
            facts: false,
            what_if: Vec::new(),
            figures: false,
        };
        review::run(job, Packs::builtin().unwrap(), &out, &Progress::default())
    };
    run(&queue).unwrap();
    std::fs::write(&queue, &filled).unwrap();
    assert!(matches!(
        run(&queue),
        Err(ReviewError::DecisionsThere { .. })
    ));
    assert_eq!(std::fs::read_to_string(&queue).unwrap(), filled);
    let moved = reviewed.dir.path().join("filled.csv");
    std::fs::rename(&queue, &moved).unwrap();
    run(&moved).unwrap();
}

// The decision tables count back from the day asked about; February 29 becomes March 1 of a common year.
#[test]
fn years_are_counted_back_from_the_day_asked_about() {
    let said = |as_of: Date, on: &str| {
        let options = r#"{"baselineEligibility":{"dismiss":[],"reduce":["11357","11358","11359","11360"]},
            "additionalRelief":{"yearsSinceConvictionThreshold":5}}"#;
        let ask = Ask {
            as_of,
            policy: crate::support::options(options),
            ..Ask::default()
        };
        ask.rows(&[sale("19700515").set(col::STP_EVENT_DATE, on)])
            .only()["determination"]
            .clone()
    };
    assert_eq!(said(date(2020, 2, 29), "20150301"), "dismiss");
    assert_eq!(said(date(2020, 2, 29), "20150302"), "reduce");
    assert_eq!(said(date(2021, 2, 28), "20160229"), "reduce");
    assert_eq!(said(date(2021, 3, 1), "20160229"), "dismiss");
}

#[test]
fn a_line_without_an_end_in_sight_is_one_row_that_cannot_be_used() {
    let good = csv(&[sale("19700515")]);
    let mut file = good.clone();
    file.extend(std::iter::repeat_n(b'x', 5 << 20));
    file.push(b'\n');
    file.extend(std::iter::repeat_n(b',', 3000));
    file.extend(b"\n\"");
    file.extend(std::iter::repeat_n(b'y', 3 << 20));
    file.extend(b"\"\n");
    file.extend(
        String::from_utf8(good)
            .unwrap()
            .replacen("1,", "2,", 1)
            .bytes(),
    );
    let reviewed = Ask::default().run(&[file]).unwrap();
    let unused = reviewed.table("rows-not-used.csv");
    let lines: Vec<_> = unused.iter().map(|row| row["line"].as_str()).collect();
    assert_eq!(lines, ["2", "3", "4"]);
    assert_eq!(reviewed.done.tally.rows, 5);
}
