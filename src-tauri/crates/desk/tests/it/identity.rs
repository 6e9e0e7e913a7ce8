//! A sheet that may be of somebody else is asked about before it is kept, and nothing of it is kept until a person is sure.

use crate::support::{NOW, add, office};
use desk::Desk;
use desk::view::{ClientId, Doubt, Imported, List};

/// Made up: Hester Tarragon, born March 12, 1976.
const SHEET: &[u8] = include_bytes!("../../../../../tests/cases/first/sheet.txt");

fn doubt(desk: &mut Desk, id: &ClientId) -> Option<Doubt> {
    match desk
        .import_asking(id.clone(), "sheet.txt", SHEET, NOW)
        .unwrap()
    {
        Imported::Doubtful(doubt) => Some(*doubt),
        Imported::Kept { .. } => None,
    }
}

#[test]
fn the_clients_own_sheet_is_kept_at_once() {
    for born in [Some("1976-03-12"), None, Some("1977-03-12")] {
        let (_folder, mut desk) = office();
        let id = add(&mut desk, "Hester", "Tarragon", born);
        assert!(doubt(&mut desk, &id).is_none(), "{born:?}");
        assert_eq!(desk.open(id.clone(), NOW).unwrap().sheets.len(), 1);
        // Whose number it has is known now: the same sheet for another would be that client's.
        let other = add(&mut desk, "Hester", "Tarragon", born);
        let told = doubt(&mut desk, &other).unwrap();
        assert!(told.others.iter().any(|row| row.id == id));
        assert!(!told.somebody_else);
    }
}

#[test]
fn a_strangers_sheet_is_asked_about_and_nothing_of_it_is_kept() {
    let (_folder, mut desk) = office();
    let hester = add(&mut desk, "Hester", "Tarragon", Some("1976-03-12"));
    let oscar = add(&mut desk, "Oscar", "Villanueva", Some("1958-01-01"));
    let told = doubt(&mut desk, &oscar).unwrap();
    assert!(told.somebody_else);
    let named: Vec<_> = told.others.iter().map(|row| row.id.clone()).collect();
    assert_eq!(named, [hester]);
    assert_eq!(told.born.as_deref(), Some("1976-03-12"));

    let kept = desk.open(oscar.clone(), NOW).unwrap();
    assert!(kept.sheets.is_empty() && kept.record.cases.is_empty());
    let all = desk
        .list(&List {
            query: "Tarragon".into(),
        })
        .unwrap();
    assert_eq!(all.len(), 1, "no name of the sheet came to Oscar");

    // A person says that it is his all the same: an alias, a nickname.
    let client = desk.import(oscar, "sheet.txt", SHEET, NOW).unwrap();
    assert_eq!(client.sheets.len(), 1);
}
