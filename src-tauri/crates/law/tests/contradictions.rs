//! Facts that exclude each other: a warning names both, what turns on them is asked, the rest is answered.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::civil::date;
use law::{Ask, Detail, Screening, screen};
use packs::Packs;
use record::Record;
use record::clinic::Language;
use record::findings::{Finding, RouteId, Status};
use serde_json::{Value, json};

fn record() -> Value {
    json!({
        "schema": "relief-desk/record/1",
        "person": {"name": {}, "born": "1980-05-05", "citizenship": "citizen", "registrations": []},
        "now": {"serving": false, "supervised": false, "charged": false},
        "cases": [
            {"court": {"jurisdiction": "us-ca", "county": "Fresno"}, "juvenile": false, "filed": "2005-02-20", "counts": [{
                "section": "HS 11358", "attempt": false, "level": "felony", "offense_date": "2005-02-11",
                "disposition": {"kind": "convicted", "date": "2005-06-01"},
                "sentence": {"status": "completed", "completed": "2008-06-01"},
                "amounts": [{"form": "plants", "value": "4", "unit": "plant", "bound": "exact"}],
                "circumstances": {"grow_rules_broken": false}, "relief_granted": [],
            }]},
            {"court": {"jurisdiction": "us-ca", "county": "Fresno"}, "juvenile": false, "filed": "2010-02-20", "counts": [{
                "section": "HS 11357(c)", "attempt": false, "level": "misdemeanor", "offense_date": "2010-02-11",
                "disposition": {"kind": "convicted", "date": "2010-06-01"},
                "sentence": {"status": "completed"}, "relief_granted": [],
            }]},
        ],
    })
}

fn screened(record: &Value) -> Screening {
    let record = Record::from_json(&record.to_string()).unwrap();
    let ask = Ask {
        as_of: date(2026, 11, 21),
        routes: Some(vec![RouteId("us-ca/prop-64".into())]),
        detail: Detail::Full,
        lang: Language::En,
    };
    screen(&record, &ask, Packs::builtin().unwrap())
}

fn texts(finding: &Finding) -> Vec<&str> {
    let all = finding
        .warnings
        .iter()
        .filter(|w| w.code == "contradiction");
    all.map(|w| w.text.as_str()).collect()
}

#[test]
fn a_sound_record_is_not_warned_of() {
    let all = screened(&record());
    assert_eq!(all.findings.findings[0].status, Status::Eligible);
    assert!(all.findings.findings.iter().all(|f| texts(f).is_empty()));
}

#[test]
fn each_contradiction_names_both_facts_and_only_there() {
    let count = "/cases/0/counts/0";
    for (path, value, words) in [
        (
            "/disposition/date",
            json!("2027-01-01"),
            vec!["2027-01-01", "2026-11-21"],
        ),
        (
            "/offense_date",
            json!("2005-07-01"),
            vec!["offense is dated 2005-07-01", "judgment of 2005-06-01"],
        ),
        (
            "/offense_date",
            json!("2005-02-21"),
            vec!["offense is dated 2005-02-21", "charged on 2005-02-20"],
        ),
        (
            "/offense_date",
            json!("2030"),
            vec!["offense is dated 2030", "2026-11-21"],
        ),
        (
            "/sentence/completed",
            json!("2004-01-01"),
            vec!["judgment is dated 2005-06-01", "completed on 2004-01-01"],
        ),
        (
            "/sentence/status",
            json!("serving"),
            vec!["being served", "completed on 2008-06-01"],
        ),
        (
            "/relief_granted",
            json!([{"effect": "dismissed", "date": "2001-01-01"}]),
            vec!["2005-06-01", "granted on 2001-01-01"],
        ),
        (
            "/relief_granted",
            json!([{"effect": "dismissed", "authority": "HS 11361.8", "date": "2031-01-01"}]),
            vec!["2031-01-01", "2026-11-21"],
        ),
        (
            "/offense_date",
            json!("1979"),
            vec!["born on 1980-05-05", "offense of 1979"],
        ),
        (
            "/offense_date",
            json!("1985-05-04"),
            vec!["under 5", "1985-05-04"],
        ),
    ] {
        let mut record = record();
        let (parent, key) = path.rsplit_once('/').unwrap();
        record.pointer_mut(&format!("{count}{parent}")).unwrap()[key] = value;
        let all = screened(&record);
        let [first, second] = all.findings.findings.as_slice() else {
            panic!("two findings")
        };
        for word in words {
            assert!(
                texts(first).iter().any(|text| text.contains(word)),
                "{path}: {:?}",
                texts(first)
            );
        }
        // Another count is answered as before, unless it is the birth that is not believed.
        let birth = texts(first).iter().any(|text| text.contains("born on"));
        assert_eq!(texts(second).is_empty(), !birth, "{path}");
        assert_eq!(second.status == Status::NotEligible, !birth, "{path}");
    }
}

#[test]
fn what_turns_on_a_contradiction_is_asked() {
    // The age decides between no crime and an infraction, and neither date is believed.
    let mut young = record();
    young["person"]["born"] = json!("2006-01-01");
    young["cases"][0]["counts"][0]["offense_date"] = json!("2005-02-11");
    let all = screened(&young);
    let first = &all.findings.findings[0];
    assert!(!texts(first).is_empty());
    assert_eq!(first.status, Status::Eligible);
    assert!(
        first.fallback.is_some() && !first.presumes.is_empty(),
        "{first:?}"
    );

    let mut later = record();
    later["cases"][0]["counts"][0]["disposition"]["date"] = json!("2031-01-01");
    let all = screened(&later);
    assert_eq!(all.findings.findings[0].status, Status::NeedsFacts);
    assert_eq!(
        all.findings.findings[0].questions[0].fact.as_str(),
        "cases[0].counts[0].disposition"
    );
}

#[test]
fn no_supervision_and_a_kind_of_it_are_not_both_believed() {
    let mut both = record();
    both["now"]["supervision"] = json!(["probation"]);
    let all = screened(&both);
    for finding in &all.findings.findings {
        let said = texts(finding);
        assert!(
            said.iter().any(|text| text.contains("no supervision")),
            "{said:?}"
        );
    }
}

#[test]
fn a_day_at_the_limit_is_no_contradiction() {
    for (path, value) in [
        ("/cases/0/counts/0/offense_date", json!("2005-02-20")),
        ("/cases/0/counts/0/disposition/date", json!("2008-06-01")),
        ("/cases/0/counts/0/sentence/completed", json!("2005-06-01")),
        ("/cases/0/counts/0/offense_date", json!("1985-05-05")),
        ("/cases/0/counts/0/disposition/date", json!("2026-11-21")),
    ] {
        let mut record = record();
        record["cases"][0]["counts"][0]["sentence"] =
            json!({"status": "completed", "completed": "2008-06-01"});
        if path.ends_with("disposition/date") {
            record["cases"][0]["counts"][0]["sentence"] = json!({"status": "completed"});
        }
        *record.pointer_mut(path).unwrap() = value.clone();
        let all = screened(&record);
        assert!(
            texts(&all.findings.findings[0]).is_empty(),
            "{path} {value}: {:?}",
            texts(&all.findings.findings[0])
        );
    }
}

#[test]
fn a_juvenile_court_does_not_judge_what_was_done_at_25() {
    for (born, warned) in [
        ("1980-02-11", true),
        ("1980-02-10", true),
        ("1980-05-05", false),
        ("1988-01-01", false),
    ] {
        let mut record = record();
        record["person"]["born"] = json!(born);
        record["cases"][0]["juvenile"] = json!(true);
        record["cases"][0]["counts"][0]["offense_date"] = json!("2005-02-12");
        let all = screened(&record);
        assert_eq!(
            !texts(&all.findings.findings[0]).is_empty(),
            warned,
            "{born}"
        );
    }
}
