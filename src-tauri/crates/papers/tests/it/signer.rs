//! Who signs is said, never presumed.

use crate::support::*;
use papers::PaperKind;
use serde_json::{Value, json};

/// A clinic of two attorneys, and what was said about who signs.
fn said(signer: Value) -> Client {
    let mut client = Client::new();
    let all = client.clinic["attorneys"].as_array_mut().unwrap();
    all.push(json!({"name": "Bartholomew Second", "bar": "999002", "phone": "(510) 555-0144"}));
    client.answers["elections"] = json!({"signer": signer});
    client
}

const FILED: [PaperKind; 3] = [PaperKind::Application, PaperKind::Order, PaperKind::Service];

#[test]
fn of_several_attorneys_none_is_put_on_a_paper_unasked() {
    for signer in [
        Value::Null,
        json!({"as": "open"}),
        json!({"as": "attorney", "name": "Somebody Who Left"}),
    ] {
        let packet = said(signer).packet();
        assert!(!packet.ready);
        assert!(
            packet
                .why_not
                .iter()
                .any(|why| why.contains("who signs") || why.contains("Somebody Who Left")),
            "{:?}",
            packet.why_not
        );
        for kind in FILED {
            let paper = paper(&packet, kind);
            let text = letters(paper);
            for name in ["Ottoline", "OTTOLINE", "Bartholomew", "999001", "999002"] {
                assert!(!text.contains(name), "{name} stands on the {kind:?}");
            }
            assert!(
                paper
                    .blanks
                    .iter()
                    .any(|blank| blank.what.starts_with("Who files"))
            );
        }
    }
}

#[test]
fn the_one_who_was_chosen_stands_on_the_papers_and_nobody_else() {
    let packet = said(json!({"as": "attorney", "name": "Bartholomew Second"})).packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    let application = paper(&packet, PaperKind::Application);
    let words = text(application);
    assert!(words.contains("Bartholomew Second (SBN 999002)"), "{words}");
    assert!(!words.contains("Ottoline"), "{words}");
    let from: Vec<&str> = application
        .marks
        .iter()
        .flat_map(|mark| &mark.from)
        .map(String::as_str)
        .collect();
    assert!(from.contains(&"clinic.attorneys[1].bar"), "{from:?}");
    assert!(
        from.iter().all(|path| !path.contains("attorneys[0]")),
        "{from:?}"
    );
}

#[test]
fn a_client_who_files_in_person_does_so_beside_any_number_of_attorneys() {
    let packet = said(json!({"as": "client"})).packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    let words = text(paper(&packet, PaperKind::Application));
    assert!(words.contains("in pro. per."), "{words}");
    assert!(words.contains("12 Elm Street"), "{words}");
    assert!(!words.contains("SBN"), "{words}");
}
