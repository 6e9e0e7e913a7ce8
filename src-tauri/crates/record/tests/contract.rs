//! The JSON contract: what is read is what was written, and what is not in the contract is refused by name.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use record::{
    Amount, AmountError, Bound, FactError, FactPath, Form, PartialDate, Record, Section, Unit,
};
use rust_decimal::Decimal;
use serde_json::json;

const SMALL: &str = r#"{
  "schema": "relief-desk/record/1",
  "person": {"name": {"given": "Ana", "family": "Ruiz"}, "born": "1979-05", "registrations": []},
  "cases": [{
    "court": {"jurisdiction": "us-ca", "county": "Butte"},
    "number": "10F05576",
    "counts": [{
      "section": "HS 11358", "level": "felony", "offense_date": "2010-07-20",
      "disposition": {"kind": "convicted", "date": "2010-10-05"},
      "amounts": [{"form": "plants", "value": "9", "unit": "plant", "bound": "exact"}]
    }]
  }]
}"#;

fn small() -> Record {
    Record::from_json(SMALL).unwrap()
}

#[test]
fn a_record_reads_back_as_it_was_written() {
    let record = small();
    assert_eq!(Record::from_json(&record.to_json()).unwrap(), record);
}

#[test]
fn a_missing_list_is_unknown_and_an_empty_one_is_known() {
    let record = small();
    assert_eq!(record.person.registrations, Some(vec![]));
    assert_eq!(record.person.aliases, None);
    assert!(!record.to_json().contains("aliases"));
    assert!(record.to_json().contains(r#""registrations":[]"#));
}

#[test]
fn null_is_unknown() {
    let with_null = SMALL.replace(r#""level": "felony""#, r#""level": null"#);
    assert_eq!(
        Record::from_json(&with_null).unwrap().cases[0].counts[0].level,
        None
    );
}

#[test]
fn an_unknown_key_is_refused_with_its_name_and_path() {
    let typo = SMALL.replace(r#""level""#, r#""levle""#);
    let error = Record::from_json(&typo).unwrap_err();
    assert_eq!(error.path, "cases[0].counts[0].levle");
    assert!(error.problem.contains("unknown field `levle`"), "{error}");
    assert_eq!(error.line, 8);
}

#[test]
fn a_refused_value_is_not_repeated() {
    let bad = SMALL.replace(r#""felony""#, r#""Ana Ruiz's secret""#);
    let error = Record::from_json(&bad).unwrap_err().to_string();
    assert!(!error.contains("secret"), "{error}");
    assert!(
        error.contains("cases[0].counts[0].level") && error.contains("`felony`"),
        "{error}"
    );
}

#[test]
fn another_version_and_trailing_text_are_refused() {
    assert!(Record::from_json(&SMALL.replace("record/1", "record/2")).is_err());
    assert!(Record::from_json(&format!("{SMALL} {{}}")).is_err());
}

#[test]
fn an_amount_is_a_decimal_string_never_a_float() {
    for bad in ["9", "9.5", "-1", "\"-1\"", "\"9.5\"", "\"nine\"", "null"] {
        let text = SMALL.replace(r#""value": "9""#, &format!(r#""value": {bad}"#));
        assert!(Record::from_json(&text).is_err(), "{bad}");
    }
}

#[test]
fn amounts_carry_a_unit_that_measures_their_form() {
    let amount =
        |form, value: &str, unit| Amount::new(form, value.parse().unwrap(), unit, Bound::Exact);
    assert_eq!(amount(Form::Plants, "6", Unit::G), Err(AmountError::Unit));
    assert_eq!(
        amount(Form::Flower, "6", Unit::Plant),
        Err(AmountError::Unit)
    );
    assert_eq!(
        amount(Form::Plants, "6.5", Unit::Plant),
        Err(AmountError::PartOfAPlant)
    );
    assert_eq!(
        amount(Form::Flower, "-0.1", Unit::G),
        Err(AmountError::Negative)
    );
    assert_eq!(
        amount(Form::Flower, "1", Unit::Oz).unwrap().grams(),
        Some("28.349523125".parse::<Decimal>().unwrap())
    );
    assert_eq!(
        amount(Form::Flower, "1", Unit::Lb).unwrap().grams(),
        Some("453.59237".parse::<Decimal>().unwrap())
    );
    assert_eq!(
        amount(Form::Plants, "6", Unit::Plant).unwrap().grams(),
        None
    );
}

#[test]
fn sections_are_brought_to_normal_form() {
    for (written, normal) in [
        ("HS 11357(b)", "HS 11357(b)"),
        ("hs 11357 (b)", "HS 11357(b)"),
        ("RCW 69.50.4014", "RCW 69.50.4014"),
        ("21 USC 844(a)", "21 USC 844(a)"),
        ("MGL 94C 34", "MGL 94C 34"),
        ("HS 11357 (b) (2)", "HS 11357(b)(2)"),
        ("PC 667(e)(2)(C)(iv)", "PC 667(e)(2)(C)(iv)"),
    ] {
        assert_eq!(written.parse::<Section>().unwrap().as_str(), normal);
    }
    for bad in [
        "",
        "11357",
        "HS",
        "HS <script>",
        "HS 11357\u{202e}",
        &format!("HS {}", "1".repeat(99)),
    ] {
        assert!(bad.parse::<Section>().is_err(), "{bad}");
    }
    let section: Section = "PC 667.5(b)(2)".parse().unwrap();
    assert_eq!((section.code(), section.base()), ("PC", "667.5"));
    assert_eq!(section.subdivisions().collect::<Vec<_>>(), ["b", "2"]);
}

#[test]
fn a_partial_date_is_a_range_of_days() {
    let range = |text: &str| {
        let date: PartialDate = text.parse().unwrap();
        (date.earliest(), date.latest())
    };
    assert_eq!(range("2008-03-14"), (date(2008, 3, 14), date(2008, 3, 14)));
    assert_eq!(range("2008-02"), (date(2008, 2, 1), date(2008, 2, 29)));
    assert_eq!(range("2100-02"), (date(2100, 2, 1), date(2100, 2, 28)));
    assert_eq!(range("2008"), (date(2008, 1, 1), date(2008, 12, 31)));
    for bad in [
        "",
        "20080314",
        "2008-13",
        "2008-02-30",
        "08",
        "2008-3-1",
        "2008-03-14 ",
        "1982-00-02",
        "+008",
        "0001",
    ] {
        assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
    }
}

#[test]
fn a_single_fact_is_found_and_set_by_its_path() {
    let record = small();
    let level: FactPath = "cases[0].counts[0].level".into();
    assert_eq!(record.fact(&level), Some(json!("felony")));
    let changed = record.with_fact(&level, json!("misdemeanor")).unwrap();
    assert_eq!(changed.fact(&level), Some(json!("misdemeanor")));
    assert_eq!(
        record.with_fact(&level, json!(null)).unwrap().fact(&level),
        None
    );

    let new: FactPath = "cases[0].counts[0].circumstances.buyer_under_18".into();
    assert_eq!(record.fact(&new), None);
    assert_eq!(
        record.with_fact(&new, json!(false)).unwrap().fact(&new),
        Some(json!(false))
    );
}

#[test]
fn a_fact_that_does_not_fit_is_refused_and_the_record_stays() {
    let record = small();
    for path in [
        "cases[7].number",
        "cases[0].counts[0].section.deep",
        "",
        "cases[x]",
        "cases[0",
    ] {
        let refused = record.with_fact(&path.into(), json!("1"));
        assert!(
            matches!(refused, Err(FactError::NoSuchPlace(_))),
            "{path}: {refused:?}"
        );
    }
    for path in ["nonsense", "person.born", "cases[0].counts[0].amounts"] {
        let refused = record.with_fact(&path.into(), json!("not that"));
        assert!(
            matches!(refused, Err(FactError::Refused(_))),
            "{path}: {refused:?}"
        );
    }
}

proptest! {
    #[test]
    fn every_civil_day_reads_back(days in 0i32..140_000) {
        let day: Date = date(1800, 1, 1) + jiff::Span::new().days(days);
        let partial = PartialDate::from(day);
        prop_assert_eq!(partial.to_string().parse::<PartialDate>().unwrap(), partial);
        prop_assert_eq!(partial.exact(), Some(day));
        let month = PartialDate::month(day.year(), day.month()).unwrap();
        prop_assert!(month.earliest() <= day && day <= month.latest());
        let year = PartialDate::year(day.year()).unwrap();
        prop_assert!(year.earliest() <= month.earliest() && month.latest() <= year.latest());
    }

    #[test]
    fn a_section_in_normal_form_stays_as_it_is(text in "[A-Z]{2,4} [0-9]{1,5}(\\.[0-9]{1,2})?(\\([a-z0-9]\\)){0,3}") {
        let section: Section = text.parse().unwrap();
        prop_assert_eq!(section.as_str(), &text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
        let _ = Record::from_json(&text);
        let _ = text.parse::<Section>();
        let _ = text.parse::<PartialDate>();
        let _ = small().with_fact(&text.as_str().into(), json!(1));
    }
}

#[test]
fn the_derived_schemas_close_every_object() {
    fn walk(value: &serde_json::Value, path: &str) {
        if let Some(object) = value.as_object() {
            if object.get("properties").is_some() {
                assert_eq!(
                    object.get("additionalProperties"),
                    Some(&json!(false)),
                    "{path}"
                );
            }
            for (key, inner) in object {
                walk(inner, &format!("{path}/{key}"));
            }
        }
    }
    walk(schemars::schema_for!(Record).as_value(), "record");
    walk(
        schemars::schema_for!(record::findings::Findings).as_value(),
        "findings",
    );
    walk(
        schemars::schema_for!(record::clinic::Clinic).as_value(),
        "clinic",
    );
    walk(
        schemars::schema_for!(record::answers::Answers).as_value(),
        "answers",
    );
}
