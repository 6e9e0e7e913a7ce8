//! What merging keeps, adds and shows as a difference.

use record::Record;
use serde_json::json;

use super::*;
use crate::conflicts::conflicts;
use crate::facts::answered;

const DAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// As a sheet that was never read before.
fn merged(ours: &Record, theirs: &Record) -> Result<Merged> {
    super::merged(ours, theirs, None)
}

fn record(value: &Value) -> Record {
    let mut whole = json!({"schema": "relief-desk/record/1", "person": {"name": {}}});
    for (key, part) in value.as_object().unwrap() {
        whole[key] = part.clone();
    }
    Record::from_json(&whole.to_string()).unwrap()
}

/// A draft as the reader makes one: every fact with its file, page and line.
fn sheet(file: &str, section: &str, born: &str) -> Record {
    let at = |line: u32| json!([{"by": "sheet", "file": file, "page": 1, "line": line}]);
    record(&json!({
        "person": {"name": {"given": "Jo", "family": "Poe"}, "born": born, "aliases": [{"family": "Roe"}]},
        "cases": [{
            "id": "s1",
            "court": {"county": "Alpine"}, "number": "05-F 1",
            "counts": [{"id": "s1c1", "section": section, "disposition": {"kind": "convicted", "date": "2005"}}]
        }],
        "provenance": {
            "person.name": at(1), "person.born": at(2), "person.aliases": at(3),
            "cases[0]": at(4),
            "cases[0].counts[0].section": at(5), "cases[0].counts[0].disposition": at(6)
        }
    }))
}

fn known() -> Record {
    record(&json!({"person": {"name": {"given": "Jo", "family": "Poe"}}}))
}

#[test]
fn an_empty_record_takes_everything_with_its_sources() {
    let merged = merged(&known(), &sheet("a.txt", "PC 1", "1975")).unwrap();
    let record = merged.record;
    assert_eq!(record.cases[0].number.as_deref(), Some("05-F 1"));
    let (case, count) = (&record.cases[0].id, &record.cases[0].counts[0].id);
    let (case, count) = (&case.as_ref().unwrap().0, &count.as_ref().unwrap().0);
    assert!(count.starts_with(&format!("{case}c")), "{case} {count}");
    let sources = record.provenance.as_ref().unwrap();
    assert_eq!(sources["cases[0].counts[0].section"][0].line, Some(5));
    assert!(conflicts(&record).is_empty());
}

#[test]
fn reading_the_same_sheet_again_changes_nothing() {
    let draft = sheet("a.txt", "PC 1", "1975");
    let once = merged(&known(), &draft).unwrap().record;
    assert_eq!(merged(&once, &draft).unwrap().record, once);
}

#[test]
fn an_answer_beats_the_sheet_before_and_after_and_the_difference_stays_visible() {
    let draft = sheet("a.txt", "PC 1", "1975");
    let read = merged(&known(), &draft).unwrap().record;
    let said = answered(&read, &"person.born".into(), json!("1976-02-03"), DAY).unwrap();
    let again = merged(&said, &draft).unwrap().record;
    assert_eq!(again.fact(&"person.born".into()), Some(json!("1976-02-03")));

    let first = answered(&known(), &"person.born".into(), json!("1976-02-03"), DAY).unwrap();
    let then = merged(&first, &draft).unwrap().record;
    for record in [&said, &again, &then] {
        let seen = conflicts(record);
        assert_eq!(seen.len(), 1, "{seen:?}");
        assert_eq!(
            (seen[0].path.as_str(), seen[0].ours_by.as_str()),
            ("person.born", "client")
        );
        assert_eq!(
            (&seen[0].ours, &seen[0].theirs),
            (&json!("1976-02-03"), &json!("1975"))
        );
        assert_eq!(seen[0].theirs_from, "a.txt");
    }
}

#[test]
fn taking_the_sheets_word_ends_the_difference() {
    let first = answered(&known(), &"person.born".into(), json!("1976-02-03"), DAY).unwrap();
    let then = merged(&first, &sheet("a.txt", "PC 1", "1975"))
        .unwrap()
        .record;
    let agreed = answered(&then, &"person.born".into(), json!("1975"), DAY).unwrap();
    assert!(conflicts(&agreed).is_empty());
}

#[test]
fn a_corrected_section_survives_reading_again() {
    let draft = sheet("a.txt", "PC 1", "1975");
    let read = merged(&known(), &draft).unwrap().record;
    let path = "cases[0].counts[0].section";
    let said = answered(&read, &path.into(), json!("PC 2"), DAY).unwrap();
    let again = merged(&said, &draft).unwrap().record;
    assert_eq!(again.cases[0].counts.len(), 1);
    assert_eq!(again.fact(&path.into()), Some(json!("PC 2")));
    assert_eq!(conflicts(&again).len(), 1);
}

#[test]
fn two_sheets_that_differ_are_seen_to_differ() {
    let one = merged(&known(), &sheet("a.txt", "PC 1", "1975"))
        .unwrap()
        .record;
    let both = merged(&one, &sheet("b.txt", "PC 1", "1974"))
        .unwrap()
        .record;
    let seen = conflicts(&both);
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0].ours, json!("1975"));
    assert_eq!(seen[0].theirs, json!("1974"));
    assert_eq!(
        both.person.aliases.as_ref().unwrap().len(),
        1,
        "the same alias once"
    );
}

#[test]
fn a_name_gains_a_missing_part_and_another_name_is_a_difference() {
    let mut draft = sheet("a.txt", "PC 1", "1975");
    draft.person.name.given = Some("JO".into());
    draft.person.name.middle = Some("LEE-ANN O'DEA".into());
    let record = merged(&known(), &draft).unwrap().record;
    assert_eq!(record.person.name.full(), "Jo Lee-Ann O'Dea Poe");
    assert!(conflicts(&record).is_empty());

    draft.person.name.given = Some("Mo".into());
    let record = merged(&known(), &draft).unwrap().record;
    assert_eq!(record.person.name.full(), "Jo Poe");
    assert_eq!(conflicts(&record)[0].path, "person.name");
}

#[test]
fn another_case_comes_after_and_its_lines_follow_it() {
    let one = merged(&known(), &sheet("a.txt", "PC 1", "1975"))
        .unwrap()
        .record;
    let mut other = sheet("b.txt", "PC 9", "1975");
    other.cases[0].number = Some("99M2".into());
    let both = merged(&one, &other).unwrap();
    assert_eq!(
        both.place("cases[0].counts[0].section"),
        "cases[1].counts[0].section"
    );
    assert_eq!(both.place("person.born"), "person.born");
    let record = both.record;
    assert_eq!(record.cases.len(), 2);
    assert_ne!(record.cases[1].id, record.cases[0].id);
    let sources = &record.provenance.unwrap()["cases[1].counts[0].section"];
    assert_eq!(sources[0].file.as_deref(), Some("b.txt"));
}

#[test]
fn what_was_not_read_on_any_sheet_stays_in_sight() {
    let unread = |line: u32, share: &str| {
        let mut sheet = sheet("a.txt", "PC 1", "1975");
        sheet.reading = Some(
            serde_json::from_value(json!({
                "share": share, "engine": "text",
                "unread": [{"page": 1, "line": line, "text": "?"}]
            }))
            .unwrap(),
        );
        sheet
    };
    let one = merged(&known(), &unread(3, "0.9")).unwrap().record;
    let both = merged(&one, &unread(8, "0.95")).unwrap().record;
    let again = merged(&both, &unread(8, "0.95")).unwrap().record;
    let reading = again.reading.unwrap();
    assert_eq!(
        reading.unread.iter().map(|l| l.line).collect::<Vec<_>>(),
        [3, 8]
    );
    assert_eq!(reading.share.to_string(), "0.9");
}

#[test]
fn a_case_from_a_scrap_of_paper_is_the_sheets_case_where_nothing_speaks_against_it() {
    let typed = |case: Value| record(&json!({"person": {"name": {}}, "cases": [case]}));
    let scrap = |number: &str, filed: Value, court: Value| {
        typed(json!({"number": number, "filed": filed, "court": court, "counts": [{}]}))
    };
    let drawn = |filed: Value| {
        let mut sheet = value(&sheet("a.txt", "PC 1", "1975")).unwrap();
        sheet["cases"][0]["filed"] = filed;
        sheet["provenance"]["cases[0].filed"] =
            json!([{"by": "sheet", "file": "a.txt", "page": 1, "line": 4}]);
        Record::from_json(&sheet.to_string()).unwrap()
    };
    // The number alone; with a year that fits; with the county as well.
    for ours in [
        scrap("05F1", Value::Null, json!({})),
        scrap("05f-1", json!("2005"), json!({})),
        scrap("05-F 1", json!("2005"), json!({"county": "ALPINE"})),
    ] {
        let merged = merged(&ours, &drawn(json!("2005-03-02"))).unwrap().record;
        assert_eq!(merged.cases.len(), 1, "{ours:?}");
        assert_eq!(merged.cases[0].counts.len(), 1);
        let section = merged.cases[0].counts[0].section.as_ref();
        assert_eq!(section.map(ToString::to_string).as_deref(), Some("PC 1"));
        assert_eq!(
            merged.cases[0]
                .court
                .county
                .as_deref()
                .map(str::to_lowercase)
                .as_deref(),
            Some("alpine")
        );
        // What was typed otherwise stands, and the sheet's word stays in sight.
        let year = merged.cases[0].filed.unwrap().to_string();
        let differs = conflicts(&merged);
        assert_eq!(
            year == "2005",
            differs.iter().any(|known| known.path == "cases[0].filed"),
            "{year}"
        );
    }
    // Another year, another county, another law: another case.
    for ours in [
        scrap("05F1", json!("1985"), json!({})),
        scrap("05F1", Value::Null, json!({"county": "Butte"})),
        scrap("05F2", json!("2005"), json!({})),
    ] {
        let merged = merged(&ours, &drawn(json!("2005-03-02"))).unwrap().record;
        assert_eq!(merged.cases.len(), 2, "{ours:?}");
    }
}

#[test]
fn of_two_cases_that_it_may_be_none_is_taken() {
    let scrap = |county: Value| json!({"number": "05F1", "court": {"name": county}, "counts": []});
    let ours = record(&json!({"cases": [scrap(json!("East")), scrap(json!("West"))]}));
    let merged = merged(&ours, &sheet("a.txt", "PC 1", "1975")).unwrap();
    assert_eq!(merged.record.cases.len(), 3);
}

#[test]
fn counts_in_another_order_are_the_same_counts() {
    let case = |counts: Value| {
        record(
            &json!({"cases": [{"number": "1", "court": {"county": "Alpine"}, "counts": counts}]}),
        )
    };
    let ours = case(json!([
        {"section": "PC 459", "level": "felony"},
        {"section": "PC 484", "offense_date": "2005", "level": "misdemeanor"},
    ]));
    let theirs = case(json!([
        {"section": "PC 484", "offense_date": "2005-01-02", "level": "misdemeanor"},
        {"section": "PC 459", "offense_date": "2005-01-02", "level": "misdemeanor"},
        {"section": "PC 602"},
    ]));
    let merged = merged(&ours, &theirs).unwrap().record;
    let counts = &merged.cases[0].counts;
    let sections: Vec<_> = counts
        .iter()
        .map(|c| c.section.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(sections, ["PC 459", "PC 484", "PC 602"]);
    assert_eq!(counts[0].offense_date.unwrap().to_string(), "2005-01-02");
    // Only the level of the first is told otherwise, and the day of the second is told nearer.
    let paths: Vec<_> = conflicts(&merged)
        .into_iter()
        .map(|known| known.path)
        .collect();
    assert!(
        !paths.iter().any(|path| path.ends_with("counts[1].level")),
        "{paths:?}"
    );
}

/// What the reader makes of a paper, under the name of its file.
fn read(file: &str, text: &str) -> Record {
    let packs = packs::Packs::builtin().unwrap();
    let mut draft = reading::read(text.as_bytes(), packs).unwrap();
    draft.set_file(file);
    draft.record
}

const STATES: &str = "\
CII/A90000201
DOB/19740506 SEX/F
FBI/900001ZZ9
NAM/01 TESTPERSON,ROSA MAE
* * * *
ARR/DET/CITE:         NAM:01
19980609  CAPD FRESNO
CNT:01     #98-4411
  11359 HS-POSSESS MARIJUANA FOR SALE
- - - -
COURT:                NAM:01
19980720  CASC FRESNO
CNT:01     #F98123456
  11359 HS-POSSESS MARIJUANA FOR SALE
*DISPO:CONVICTED
   CONV STATUS:FELONY
* * * *
ARR/DET/CITE:         NAM:01
20010304  CASO FRESNO
CNT:01     #01-77
  459 PC-BURGLARY
- - - -
COURT:                NAM:01
20010501  CASC FRESNO
CNT:01     #F01000077
  459 PC-BURGLARY
*DISPO:CONVICTED
   CONV STATUS:MISDEMEANOR
* * * END OF MESSAGE * * *
";

const FBIS: &str = "\
- FBI IDENTIFICATION RECORD -
NAME                     FBI NO.       DATE REQUESTED
TESTPERSON,ROSA MAE      900001ZZ9     2026/03/02
1-ARRESTED OR RECEIVED 1998/06/09
 AGENCY-POLICE DEPARTMENT FRESNO (CA0100500)
 AGENCY CASE-98-4411
 CHARGE 1-POSS MARIJUANA FOR SALE
 COURT-SUPERIOR COURT FRESNO (CA010013J)
 COURT CASE-F98123456
 CHARGE-POSS MARIJUANA FOR SALE
 SENTENCE-
 1998/07/21 CONVICTED-90 DAYS JAIL
2-ARRESTED OR RECEIVED 2001/03/04
 AGENCY-SHERIFFS OFFICE FRESNO (CA0100000)
 AGENCY CASE-0177
 CHARGE 1-BURGLARY
 DISPOSITION-DISMISSED 2001/05/01
3-ARRESTED OR RECEIVED 2005/01/02
 AGENCY-POLICE DEPARTMENT RENO (NV0160200)
 AGENCY CASE-01-77
 CHARGE 1-BURGLARY
 DISPOSITION-CONVICTED 2005/02/03
END OF RECORD
";

#[test]
fn an_fbi_record_lands_on_the_cases_of_the_states_sheet_and_each_difference_is_shown() {
    let (states, fbis) = (read("state.txt", STATES), read("fbi.txt", FBIS));
    for (first, second) in [(&states, &fbis), (&fbis, &states)] {
        let once = merged(&Record::new(record::Person::default()), first)
            .unwrap()
            .record;
        let both = merged(&once, second).unwrap().record;
        // One by the court's number, one by the day and number of the arrest; what another state judged stands by itself.
        assert_eq!(both.cases.len(), 3, "{:?}", both.cases);
        let of = |number: &str| {
            let found = both
                .cases
                .iter()
                .find(|case| case.number.as_deref() == Some(number));
            found.unwrap()
        };
        let (by_number, by_arrest) = (of("F98123456"), of("F01000077"));
        for (case, section) in [(by_number, "HS 11359"), (by_arrest, "PC 459")] {
            assert_eq!(case.counts.len(), 1, "{case:?}");
            let known = case.counts[0].section.as_ref().map(ToString::to_string);
            assert_eq!(known.as_deref(), Some(section));
        }
        assert!(
            by_number.counts[0].sentence.is_some(),
            "what one of them shows is taken"
        );
        let other = both
            .cases
            .iter()
            .find(|case| case.number.is_none())
            .unwrap();
        assert_eq!(other.court.jurisdiction.as_deref(), Some("us-nv"));

        let paths: Vec<String> = conflicts(&both)
            .into_iter()
            .map(|known| known.path)
            .collect();
        let shown = |case: &Case, fact: &str| {
            let k = both.cases.iter().position(|one| one == case).unwrap();
            paths.contains(&format!("cases[{k}].counts[0].disposition.{fact}"))
        };
        assert!(shown(by_number, "date"), "{paths:?}");
        assert!(shown(by_arrest, "kind"), "{paths:?}");
        // The first word stands until a person says otherwise.
        let kind = by_arrest.counts[0].disposition.as_ref().unwrap().kind;
        let wanted = if std::ptr::eq(first, &states) {
            record::DispositionKind::Convicted
        } else {
            record::DispositionKind::Dismissed
        };
        assert_eq!(kind, wanted);
        assert_eq!(
            merged(&both, second).unwrap().record,
            both,
            "the same paper again"
        );
    }
}

#[test]
fn an_arrest_that_two_cases_share_joins_neither() {
    let arrest = json!([{"agency": "CAPD FRESNO", "number": "98-4411", "date": "1998-06-09"}]);
    let case = |number: &str| json!({"number": number, "court": {"county": "Fresno"}, "arrests": arrest, "counts": [{}]});
    let ours = record(&json!({"cases": [case("F1"), case("F2")]}));
    let both = merged(&ours, &read("fbi.txt", FBIS)).unwrap().record;
    let joined = |number: &str| {
        both.cases
            .iter()
            .filter(|case| case.number.as_deref() == Some(number))
            .count()
    };
    assert_eq!((both.cases.len(), joined("F1"), joined("F2")), (5, 1, 1));
    // Another day, or another number, is another arrest.
    for (date, number) in [("1998-06-10", "98-4411"), ("1998-06-09", "98-4412")] {
        let ours = record(
            &json!({"cases": [{"court": {}, "arrests": [{"number": number, "date": date}], "counts": []}]}),
        );
        let both = merged(&ours, &read("fbi.txt", FBIS)).unwrap().record;
        assert_eq!(both.cases.len(), 4, "{date} {number}");
    }
}
