//! The made-up office, without a window: everything a learner does, on every made-up client.

use crate::support::{NOW, training};
use desk::Door;
use desk::view::{Answer, Bytes, CardStatus, Clear, Clinic, List, RowStatus, Screen};

fn all() -> List {
    List {
        query: String::new(),
    }
}

#[test]
fn every_made_up_client_can_be_screened_and_every_card_says_something() {
    let mut desk = training();
    let clients = desk.list(&all()).unwrap();
    assert!(clients.len() >= 3, "{clients:?}");
    assert!(clients.iter().all(|client| !client.name.is_empty()));
    let mut eligible = 0;
    for client in clients {
        assert_eq!(client.status, RowStatus::NotScreened, "{}", client.name);
        let results = desk
            .screen(
                &Screen {
                    id: client.id,
                    as_of: None,
                },
                NOW,
            )
            .unwrap();
        for card in results.cases.iter().flat_map(|case| &case.cards) {
            assert!(!card.headline.text.is_empty());
            assert!(
                !card.headline.text.contains(['{', '}']) && card.headline.text != card.headline.key,
                "{:?} was not put into words",
                card.headline
            );
            // Who rests on what nobody has shown otherwise asks, and is told so.
            if card.ask_for && card.status == CardStatus::Eligible {
                assert_eq!(card.headline.key, "headline.eligible-ask");
                assert!(card.change.iter().any(|text| text.key == "change.presumed"));
            }
            eligible += usize::from(card.status == CardStatus::Eligible);
        }
    }
    assert!(eligible > 0, "a learner sees no relief at all");
}

#[test]
fn every_page_of_training_says_so() {
    let mut desk = training();
    let mut pages = 0;
    for client in desk.list(&all()).unwrap() {
        for fact in ["now.serving", "now.supervised", "now.charged"] {
            let no = Answer {
                id: client.id.clone(),
                path: fact.into(),
                value: false.into(),
            };
            desk.answer(no, NOW).unwrap();
        }
        let clear = Clear {
            id: client.id.clone(),
            reason: "made up".into(),
        };
        desk.clear(&clear, NOW).unwrap();
        for paper in desk.prepare(client.id.clone(), NOW).unwrap().papers {
            let bytes = desk
                .bytes(&Bytes {
                    id: client.id.clone(),
                    key: paper.key,
                })
                .unwrap();
            let document = lopdf::Document::load_mem(&bytes).unwrap();
            for page in document.get_pages().keys() {
                let text = document.extract_text(&[*page]).unwrap();
                assert!(text.contains("TRAINING"), "{} page {page}", paper.title);
                pages += 1;
            }
        }
    }
    assert!(pages > 12, "only {pages} pages");
}

#[test]
fn nothing_but_the_made_up_office_can_be_made_and_it_leaves_nothing() {
    let mut door = Door::training().unwrap();
    door.begin_training(NOW).unwrap();
    let folder = door.beside("vault");
    assert!(folder.is_dir());
    let create = desk::view::Create {
        clinic: "A real clinic".into(),
        person: "Somebody".into(),
        bar: None,
        passphrase: "x".into(),
    };
    let refused = door.create(&create, NOW).err().unwrap().refusal();
    assert_eq!(refused.code, "training");
    drop(door);
    assert!(!folder.exists(), "the training folder is still there");
}

#[test]
fn the_clinics_name_cannot_be_taken_away() {
    let mut desk = training();
    let nameless = Clinic {
        name: "  ".into(),
        ..desk.clinic().unwrap()
    };
    let refused = desk.set_clinic(nameless, NOW).unwrap_err().refusal();
    assert_eq!(refused.code, "name_empty");
}
