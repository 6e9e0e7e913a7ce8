//! What a paper may ask for in the alternative where a bar is not known, and the findings promise nothing.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::civil::date;
use law::{Ask, Detail, Screening, screen};
use packs::Packs;
use record::Record;
use record::clinic::Language;
use record::findings::{Relief, RouteId, Status};
use serde_json::{Value, json};

fn screened(count: Value, standing: Value) -> Screening {
    let record = json!({
        "schema": "relief-desk/record/1",
        "person": {"name": {}, "born": "1970-05-05", "citizenship": "citizen", "registrations": []},
        "now": standing,
        "cases": [{
            "court": {"jurisdiction": "us-ca", "county": "Fresno"}, "juvenile": false, "filed": "2005-02-20", "counts": [count],
        }],
    });
    let record = Record::from_json(&record.to_string()).unwrap();
    let ask = Ask {
        as_of: date(2026, 11, 22),
        routes: Some(vec![RouteId("us-ca/prop-64".into())]),
        detail: Detail::Full,
        lang: Language::En,
    };
    screen(&record, &ask, Packs::builtin().unwrap())
}

fn growing(level: &str, section: &str) -> Value {
    json!({
        "section": section, "attempt": false, "level": level, "offense_date": "2005-02-11",
        "disposition": {"kind": "convicted", "date": "2005-06-01"},
        "sentence": {"status": "completed", "completed": "2008-06-01"}, "relief_granted": [],
    })
}

fn free() -> Value {
    json!({"serving": false, "supervised": false, "charged": false})
}

#[test]
fn plants_of_unknown_number_are_pleaded_down_though_a_bar_is_not_known() {
    // Table T5.8: dismissal, in the alternative redesignation; what the other side could prove besides is a bar (Q7).
    let all = screened(growing("felony", "HS 11358"), free());
    let finding = &all.findings.findings[0];
    assert_eq!(finding.status, Status::Eligible);
    assert_eq!(finding.relief, Some(Relief::DismissAndSeal));
    assert_eq!(finding.fallback, None, "the contract names the worst");
    assert_eq!(all.alternatives.of(0), Some(Relief::RedesignateMisdemeanor));
}

#[test]
fn a_known_fallback_needs_no_other_and_a_sure_result_none_at_all() {
    let mut known = growing("felony", "HS 11358");
    known["circumstances"] = json!({"environmental_harm": false, "grow_rules_broken": false});
    let all = screened(known.clone(), free());
    assert_eq!(
        all.findings.findings[0].fallback,
        Some(Relief::RedesignateMisdemeanor)
    );
    assert_eq!(all.alternatives.of(0), None);
    known["amounts"] = json!([{"form": "plants", "value": "4", "unit": "plant", "bound": "exact"}]);
    let all = screened(known, free());
    assert_eq!(all.findings.findings[0].fallback, None);
    assert_eq!(all.alternatives.of(0), None);
}

#[test]
fn where_the_lesser_reading_gives_nothing_nothing_is_pleaded_besides() {
    // Table T1.7: a misdemeanor of concentrate is no less today above eight grams.
    let all = screened(growing("misdemeanor", "HS 11357(a)"), free());
    assert_eq!(
        all.findings.findings[0].relief,
        Some(Relief::DismissAndSeal)
    );
    assert_eq!(all.alternatives.of(0), None);
    // Table T1.7, the felony.
    let all = screened(growing("felony", "HS 11357(a)"), free());
    let asked = all.findings.findings[0].fallback.or(all.alternatives.of(0));
    assert_eq!(asked, Some(Relief::RedesignateMisdemeanor));
}

#[test]
fn whoever_still_serves_asks_for_a_lesser_sentence() {
    let serving = json!({"serving": true, "supervised": true, "charged": false});
    let mut count = growing("felony", "HS 11358");
    count["sentence"] = json!({"status": "serving"});
    let all = screened(count, serving);
    assert_eq!(
        all.alternatives.of(0),
        Some(Relief::ResentenceMisdemeanor),
        "{:?}",
        all.findings.findings[0]
    );
}
