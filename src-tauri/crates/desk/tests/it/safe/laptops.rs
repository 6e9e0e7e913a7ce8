//! Two laptops: clients travel, cases are not mixed, and nobody leaves before the receipt.

use std::path::{Path, PathBuf};

use desk::Desk;
use desk::view::{ClientId, Confirm, HandOver, LostVault, Purge, Resolve, TakenOutcome};
use serde_json::json;

use super::{at, case, client, code, day, office, say};

/// Two laptops with confirmed cards, and one client that the first sent to the second.
fn pair(dir: &Path) -> (Desk, Desk, ClientId, String) {
    let (mut a, mut b) = (
        office(&dir.join("a"), "South"),
        office(&dir.join("b"), "North"),
    );
    let id = client(&mut a, "Rosa");
    let cards = [
        at(dir, &a.save_card(dir, day(0)).unwrap()),
        at(dir, &b.save_card(dir, day(0)).unwrap()),
    ];
    let words = [
        a.laptops(day(0)).unwrap().words,
        b.laptops(day(0)).unwrap().words,
    ];
    let wrong = Confirm {
        words: words[0].clone(),
    };
    assert_eq!(
        code(a.confirm_laptop(&cards[1], &wrong, day(0))),
        "words_differ"
    );
    assert_eq!(
        code(a.confirm_laptop(&cards[0], &wrong, day(0))),
        "own_card"
    );
    let [mine, theirs] = words.map(|words| Confirm { words });
    let known = a.confirm_laptop(&cards[1], &theirs, day(0)).unwrap().known;
    b.confirm_laptop(&cards[0], &mine, day(0)).unwrap();
    (a, b, id, known[0].id.clone())
}

fn send(from: &mut Desk, to: &str, ids: &[&ClientId], moving: bool, dir: &Path) -> PathBuf {
    let ask = HandOver {
        to: to.to_owned(),
        clients: ids.iter().map(|id| (*id).clone()).collect(),
        moving,
    };
    at(dir, &from.hand_over(&ask, dir, day(1)).unwrap())
}

#[test]
fn two_laptops_add_different_cases_and_none_is_mixed_with_another() {
    let dir = tempfile::tempdir().unwrap();
    let (mut a, mut b, id, north) = pair(dir.path());
    let south = b.laptops(day(0)).unwrap().known[0].id.clone();
    let file = send(&mut a, &north, &[&id], false, dir.path());
    assert_eq!(code(a.take_in(&file, day(1))), "hand_over_for_another");
    let taken = b.take_in(&file, day(1)).unwrap();
    assert_eq!(taken.clients[0].outcome, TakenOutcome::Added);
    assert!(b.take_in(&file, day(1)).unwrap().replay);

    // Each laptop adds a case; both are the client's first. One case is the same on both, with different counts.
    say(&mut a, &id, "cases[0]", case("05F01111", "PC 1"));
    say(&mut b, &id, "cases[0]", case("98M22222", "PC 3"));
    say(&mut a, &id, "cases[1]", case("07F03333", "PC 4"));
    say(&mut b, &id, "cases[1]", case("07 F 03333", "PC 2"));
    let file = send(&mut a, &north, &[&id], false, dir.path());
    b.take_in(&file, day(2)).unwrap();
    let file = send(&mut b, &south, &[&id], false, dir.path());
    a.take_in(&file, day(2)).unwrap();
    let seen = |desk: &mut Desk| {
        let record = desk.open(id.clone(), day(2)).unwrap().record;
        let cases = record.cases.into_iter().map(|case| {
            let counts = case
                .counts
                .into_iter()
                .map(|count| count.section.unwrap().to_string());
            let mut counts: Vec<_> = counts.collect();
            counts.sort();
            (case.number, counts)
        });
        let mut cases: Vec<_> = cases.collect();
        cases.sort();
        cases
    };
    let both = seen(&mut a);
    assert_eq!(both, seen(&mut b));
    let text = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        both,
        [
            // The number is spelled in two ways: disputed, and unknown until somebody chooses.
            (None, text(&["PC 2", "PC 4"])),
            (Some("05F01111".into()), text(&["PC 1"])),
            (Some("98M22222".into()), text(&["PC 3"])),
        ]
    );
    let disputes = a.disputes(&id).unwrap();
    let number = disputes
        .iter()
        .find(|one| one.field.ends_with("/number"))
        .unwrap();
    assert!(
        number.path.as_deref().unwrap().ends_with("].number"),
        "{number:?}"
    );
    assert_eq!(number.values.len(), 2);
    assert_eq!(number.values.iter().filter(|side| side.here).count(), 1);
    assert_eq!(a.disputed().unwrap()[0].id, id);
    let chosen = Resolve {
        id: id.clone(),
        field: number.field.clone(),
        version: Some(number.values[0].version.clone()),
    };
    a.resolve(&chosen, day(3)).unwrap();
    assert!(
        a.disputes(&id)
            .unwrap()
            .iter()
            .all(|one| one.field != chosen.field)
    );
}

#[test]
fn a_client_moves_and_leaves_only_after_the_receipt() {
    let dir = tempfile::tempdir().unwrap();
    let (mut a, mut b, id, north) = pair(dir.path());
    let stays = client(&mut a, "Sol");
    let file = send(&mut a, &north, &[&id, &stays], true, dir.path());
    let purge = |ids: &[&ClientId]| Purge {
        clients: ids.iter().map(|id| (*id).clone()).collect(),
    };
    assert_eq!(code(a.purge(&purge(&[&id]), day(1))), "not_confirmed");
    b.take_in(&file, day(1)).unwrap();
    let receipt = at(dir.path(), &b.save_receipt(dir.path()).unwrap());
    assert_eq!(code(a.read_receipt(&file, day(1))), "not_a_receipt");
    assert_eq!(
        code(b.read_receipt(&receipt, day(1))),
        "receipt_for_another"
    );
    assert_eq!(a.read_receipt(&receipt, day(1)).unwrap().may_go.len(), 2);
    say(&mut a, &stays, "person.born", json!("1977"));
    assert_eq!(code(a.purge(&purge(&[&stays]), day(1))), "changed_since");
    let view = a.purge(&purge(&[&id]), day(1)).unwrap();
    assert!(view.sent[0].receipt);
    assert!(a.open(id.clone(), day(1)).is_err(), "it is gone from here");
    assert_eq!(
        b.open(id, day(1))
            .unwrap()
            .record
            .person
            .name
            .given
            .as_deref(),
        Some("Rosa")
    );

    let lost = a
        .lost_by_hand_overs(&LostVault { vault: north }, day(2))
        .unwrap();
    assert_eq!((lost.clients.len(), lost.from_backup), (2, false));
}
