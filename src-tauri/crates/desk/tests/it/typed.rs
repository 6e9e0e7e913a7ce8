//! A record that is typed in, without any sheet, and the sheet that comes later.

use crate::support::{NOW, add};
use desk::Desk;
use desk::view::{Answer, Client, ClientId, FindStatutes, Screen, StatutesFound};
use serde_json::{Value, json};

fn office() -> (tempfile::TempDir, Desk, ClientId) {
    let (folder, mut desk) = crate::support::office();
    let id = add(&mut desk, "Ines", "Post", None);
    (folder, desk, id)
}

fn say(desk: &mut Desk, id: &ClientId, path: &str, value: Value) -> Client {
    let answer = Answer {
        id: id.clone(),
        path: path.into(),
        value,
    };
    desk.answer(answer, NOW).unwrap()
}

fn find(desk: &Desk, jurisdiction: Option<&str>, typed: &str) -> StatutesFound {
    let ask = FindStatutes {
        jurisdiction: jurisdiction.map(Into::into),
        typed: typed.into(),
    };
    desk.statutes(&ask).unwrap()
}

#[test]
fn a_number_and_a_year_are_a_case_of_which_nothing_else_is_known() {
    let (_folder, mut desk, id) = office();
    let typed = json!({"number": "85-1234", "filed": "1985", "court": {}, "counts": [{}]});
    let client = say(&mut desk, &id, "cases[0]", typed);
    let case = serde_json::to_value(&client.record.cases[0]).unwrap();
    let mut known: Vec<_> = case.as_object().unwrap().keys().collect();
    known.sort();
    assert_eq!(known, ["counts", "court", "filed", "id", "number"]);
    let count = case["counts"][0].as_object().unwrap();
    assert_eq!(count.keys().collect::<Vec<_>>(), ["id"]);
    // What is not known decides nothing: it is asked for.
    let screen = Screen {
        id: id.clone(),
        as_of: None,
    };
    let results = desk.screen(&screen, NOW).unwrap();
    assert!(results.first_question.is_some());
}

#[test]
fn sections_are_found_in_the_rules_of_the_court_or_of_all() {
    let (_folder, desk, _) = office();
    let found = find(&desk, None, "11357a");
    assert_eq!(found.exact.as_deref(), Some("HS 11357(a)"));
    // A number alone is offered, and taken only by a choice.
    assert_eq!((found.sure, found.known), (None, None));
    let found = find(&desk, Some("us-ca"), "hs 11357(A)");
    assert_eq!(found.sure.as_deref(), Some("HS 11357(a)"));
    assert_eq!(found.found[0].jurisdiction, "us-ca");
    assert!(found.found[0].names.len() > 1 && found.found.len() <= 8);
    assert_eq!(find(&desk, None, "ZZ 99").known, Some(false));
    assert_eq!(find(&desk, None, "PC 459").known, Some(true));
    // Of a court that no rules answer for nothing is said.
    let elsewhere = find(&desk, Some("tribal"), "PC 459");
    assert_eq!((elsewhere.found.len(), elsewhere.known), (0, None));
    let michigan = find(&desk, Some("us-mi"), "333.7453");
    assert_eq!(michigan.exact.as_deref(), Some("MCL 333.7453"));
}

#[test]
fn the_sheet_that_comes_later_fills_the_typed_case_and_doubles_nothing() {
    let sheet = include_bytes!("../../../../../tests/cases/first/sheet.txt");
    let (_folder, mut desk, id) = office();
    let alone = desk.import(id, "sheet.txt", sheet, NOW).unwrap().record;
    let first = &alone.cases[0];
    let number = first.number.clone().unwrap();

    let (_folder, mut desk, id) = office();
    let typed =
        json!({"number": number.to_lowercase().replace('-', " "), "court": {}, "counts": [{}]});
    say(&mut desk, &id, "cases[0]", typed);
    let both = desk
        .import(id.clone(), "sheet.txt", sheet, NOW)
        .unwrap()
        .record;
    assert_eq!(both.cases.len(), alone.cases.len());
    assert_eq!(both.cases[0].counts.len(), first.counts.len());
    assert_eq!(both.cases[0].counts[0].section, first.counts[0].section);
    assert_eq!(both.cases[0].court.county, first.court.county);

    // The same words in a second file, as another agency may print them: the same cases, each with both files as its source.
    let again = desk.import(id, "other.txt", &[b"\n\n", sheet.as_slice()].concat(), NOW);
    let again = again.unwrap();
    assert_eq!(again.record.cases.len(), alone.cases.len());
    assert_eq!(again.sheets.len(), 2);
    for (case, before) in again.record.cases.iter().zip(&both.cases) {
        assert_eq!(case.counts.len(), before.counts.len());
    }
    // The name and the number were typed otherwise; of the rest both files say the same.
    let differ = again.conflicts.iter().map(|known| known.path.as_str());
    assert_eq!(
        differ.collect::<Vec<_>>(),
        ["cases[0].number", "person.name"]
    );
}
