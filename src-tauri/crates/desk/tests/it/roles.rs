//! An office with an administrator-attorney and a volunteer: what each may do is asked here, not only hidden in the window.

use crate::support::{ADA, NOW, office};
use desk::view::{
    Add, AddNote, AddPerson, Answer, ChangePassphrase, Clear, ClientId, Elect, Role, Screen,
    SetDeclaration, SetFiling, Step, Told, Unlock, Who,
};
use desk::{Desk, Error};
use record::answers::{Elections, Signer};
use serde_json::json;

const FIRST: &str = "given on paper by somebody else";
const OWN: &str = "eleven herons beside the old canal";

fn add(desk: &mut Desk, name: &str, role: Role) -> Result<String, Error> {
    let ask = AddPerson {
        name: name.into(),
        roles: vec![role],
        passphrase: FIRST.into(),
    };
    let session = desk.add_person(&ask, NOW)?;
    Ok(session
        .people
        .into_iter()
        .find(|p| p.name == name)
        .unwrap()
        .id)
}

/// Locks, and opens again as somebody else.
fn change_over(desk: Desk, person: &str, passphrase: &str) -> Result<Desk, Error> {
    let mut door = desk.door();
    desk.lock(NOW);
    let unlock = Unlock {
        person: person.into(),
        passphrase: passphrase.into(),
    };
    door.unlock(&unlock, NOW)
}

fn client(desk: &mut Desk) -> ClientId {
    let add = Add {
        given: "Hester".into(),
        family: "Tarragon".into(),
        born: Some("1976-03-12".into()),
    };
    let id = desk.add(&add, NOW).unwrap();
    let sheet = include_bytes!("../../../../../tests/cases/first/sheet.txt");
    desk.import(id.clone(), "sheet.txt", sheet, NOW).unwrap();
    id
}

fn code(error: &Error) -> String {
    let refusal = error.refusal();
    assert!(
        !refusal.message.is_empty() && !refusal.hint.is_empty(),
        "{refusal:?}"
    );
    refusal.code
}

#[test]
fn a_new_person_may_do_nothing_before_choosing_another_passphrase() {
    let (_folder, mut desk) = office();
    let vera = add(&mut desk, "Vera Moss", Role::Volunteer).unwrap();
    let mut desk = change_over(desk, &vera, FIRST).unwrap();
    assert!(desk.session(NOW).who.unwrap().must_change);
    for refused in [
        desk.list(&desk::view::List {
            query: String::new(),
        })
        .unwrap_err(),
        desk.add(
            &Add {
                given: "A".into(),
                family: "B".into(),
                born: None,
            },
            NOW,
        )
        .unwrap_err(),
        desk.rules_news().unwrap_err(),
    ] {
        assert_eq!(code(&refused), "must_change");
    }
    let change = |old: &str, new: &str| ChangePassphrase {
        old: old.into(),
        new: new.into(),
    };
    for (old, new, why) in [
        ("not the one given", OWN, "wrong_passphrase"),
        (FIRST, FIRST, "passphrase_same"),
        (FIRST, "password", "passphrase_weak"),
    ] {
        let refused = desk.change_passphrase(&change(old, new), NOW).unwrap_err();
        assert_eq!(code(&refused), why);
    }
    let session = desk.change_passphrase(&change(FIRST, OWN), NOW).unwrap();
    assert!(!session.who.unwrap().must_change);
    client(&mut desk);
    // The given one opens nothing any more.
    assert_eq!(
        code(&change_over(desk, &vera, FIRST).err().unwrap()),
        "wrong_passphrase"
    );
}

/// A volunteer, with the passphrase chosen, and one client taken in.
fn volunteer(desk: Desk, id: &str) -> Desk {
    let mut desk = change_over(desk, id, FIRST).unwrap();
    let change = ChangePassphrase {
        old: FIRST.into(),
        new: OWN.into(),
    };
    desk.change_passphrase(&change, NOW).unwrap();
    desk
}

#[test]
fn a_volunteer_takes_in_reads_answers_and_prepares_and_gives_nothing_up_for_anybody() {
    let (_folder, mut desk) = office();
    let vera = add(&mut desk, "Vera Moss", Role::Volunteer).unwrap();
    let ada = desk.session(NOW).who.unwrap().id;
    let mut desk = volunteer(desk, &vera);

    // What a volunteer is there for.
    let id = client(&mut desk);
    let mut answer = |path: &str, value: serde_json::Value| {
        let path = path.to_owned();
        let id = id.clone();
        desk.answer(Answer { id, path, value }, NOW).unwrap()
    };
    answer("person.citizenship", json!("noncitizen"));
    for fact in ["now.serving", "now.supervised", "now.charged"] {
        answer(fact, json!(false));
    }
    let results = desk
        .screen(
            &Screen {
                id: id.clone(),
                as_of: None,
            },
            NOW,
        )
        .unwrap();
    assert_eq!(results.cases.len(), 2);
    let packet = desk.prepare(id.clone(), NOW).unwrap();
    assert!(packet.needs_clearance && packet.papers.iter().all(|paper| paper.kind == "client"));
    let filed = SetFiling {
        id: id.clone(),
        case: 0,
        count: 0,
        step: Step::Filed,
        date: Some("2026-11-20".into()),
    };
    desk.set_filing(&filed, NOW).unwrap();

    // What only an attorney, and what only the administrator may.
    let clear = Clear {
        id: id.clone(),
        reason: "it seems fine".into(),
    };
    let elect = Elect {
        id: id.clone(),
        elections: Elections {
            signer: Some(Signer::Attorney {
                name: "Ada Lindqvist".into(),
            }),
            ..Elections::default()
        },
    };
    let words = |on_paper| SetDeclaration {
        id: id.clone(),
        case: 0,
        count: Some(0),
        language: None,
        told: vec![Told {
            prompt: "since".into(),
            text: "I work.".into(),
            english: String::new(),
        }],
        interpreter: None,
        on_paper,
    };
    // A volunteer takes the client's words down; only an attorney puts them on a paper.
    let client = desk.declare(words(false), NOW).unwrap();
    assert!(!client.declarations[0].on_paper);
    let clinic = desk.clinic().unwrap();
    for refused in [
        desk.clear(&clear, NOW).unwrap_err(),
        desk.withdraw(&id, NOW).unwrap_err(),
        desk.elect(elect, NOW).unwrap_err(),
        desk.declare(words(true), NOW).unwrap_err(),
    ] {
        assert_eq!(code(&refused), "not_an_attorney");
    }
    for refused in [
        desk.set_clinic(clinic, NOW).unwrap_err(),
        add(&mut desk, "A Friend", Role::Attorney).unwrap_err(),
        desk.remove_person(
            &Who {
                person: ada.clone(),
            },
            NOW,
        )
        .unwrap_err(),
    ] {
        assert_eq!(code(&refused), "not_the_administrator");
    }
    assert!(
        desk.prepare(id.clone(), NOW).unwrap().needs_clearance,
        "a refusal changed something"
    );

    // The attorney clears it. The volunteer sees that and by whom, not why; and may print what was cleared.
    let mut desk = change_over(desk, &ada, ADA).unwrap();
    desk.note(
        &AddNote {
            id: id.clone(),
            text: "said in confidence".into(),
        },
        NOW,
    )
    .unwrap();
    desk.clear(&clear, NOW).unwrap();
    assert!(!desk.prepare(id.clone(), NOW).unwrap().needs_clearance);
    let mut desk = change_over(desk, &vera, OWN).unwrap();
    let seen = desk.open(id.clone(), NOW).unwrap();
    let given = seen.clearance.unwrap();
    assert_eq!(
        (given.by.as_str(), given.reason.as_str()),
        ("Ada Lindqvist, SBN 999001", "")
    );
    assert!(seen.notes.is_empty(), "{:?}", seen.notes);
    assert!(!desk.prepare(id.clone(), NOW).unwrap().needs_clearance);

    // Taken back, nothing to be filed is made any more.
    let mut desk = change_over(desk, &ada, ADA).unwrap();
    assert!(desk.withdraw(&id, NOW).unwrap().clearance.is_none());
    let packet = desk.prepare(id, NOW).unwrap();
    assert!(packet.needs_clearance && packet.papers.iter().all(|paper| paper.kind == "client"));
}

#[test]
fn people_are_removed_by_the_administrator_and_the_last_one_stays() {
    let (_folder, mut desk) = office();
    let ada = desk.session(NOW).who.unwrap().id;
    let vera = add(&mut desk, "Vera Moss", Role::Volunteer).unwrap();
    assert_eq!(
        code(&add(&mut desk, "Vera Moss", Role::Attorney).unwrap_err()),
        "name_taken"
    );
    let myself = Who { person: ada };
    assert_eq!(
        code(&desk.remove_person(&myself, NOW).unwrap_err()),
        "not_oneself"
    );
    let left = desk
        .remove_person(
            &Who {
                person: vera.clone(),
            },
            NOW,
        )
        .unwrap();
    assert_eq!(left.people.len(), 1);
    assert!(
        change_over(desk, &vera, FIRST).is_err(),
        "a removed person came in"
    );
}

#[test]
fn who_signs_is_asked_even_where_there_is_one_attorney() {
    let (_folder, mut desk) = office();
    let id = client(&mut desk);
    for (path, value) in [
        ("person.citizenship", json!("citizen")),
        ("now.serving", json!(false)),
        ("now.supervised", json!(false)),
        ("now.charged", json!(false)),
    ] {
        let (id, path) = (id.clone(), path.to_owned());
        desk.answer(Answer { id, path, value }, NOW).unwrap();
    }
    let open = desk.prepare(id.clone(), NOW).unwrap();
    assert!(open.needs_signer && !open.ready);
    assert_eq!(open.attorneys, ["Ada Lindqvist"]);
    let marks = open
        .papers
        .iter()
        .filter(|paper| paper.case.is_some())
        .flat_map(|paper| &paper.marks);
    assert!(
        marks.into_iter().all(|mark| !mark.value.contains("Ada")),
        "a name nobody asked for"
    );

    let signer = Some(Signer::Attorney {
        name: "Ada Lindqvist".into(),
    });
    let elections = Elections {
        signer,
        ..Elections::default()
    };
    desk.elect(
        Elect {
            id: id.clone(),
            elections,
        },
        NOW,
    )
    .unwrap();
    let signed = desk.prepare(id, NOW).unwrap();
    assert!(!signed.needs_signer);
    let mut marks = signed.papers.iter().flat_map(|paper| &paper.marks);
    assert!(marks.any(|mark| mark.value == "Ada Lindqvist"));
}
