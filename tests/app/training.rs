//! The made-up office.

use relief_desk::Options;
use serde_json::{Value, json};

use crate::office::Office;

#[test]
fn training_is_unlocked_like_any_office_and_holds_made_up_clients() {
    let office = Office::with(Options {
        training: true,
        ..Options::default()
    });
    let state: Value = office.ask("session.state", json!({}));
    assert_eq!(state["phase"], "locked");
    assert_eq!(state["training"], true);
    assert_eq!(
        office.refused(
            "session.unlock",
            json!({"person": state["people"][0]["id"], "passphrase": "x"})
        ),
        "wrong_passphrase"
    );
    let open: Value = office.ask(
        "session.unlock",
        json!({"person": state["people"][0]["id"], "passphrase": state["training_passphrase"]}),
    );
    assert_eq!(open["phase"], "open");

    let clients: Vec<Value> = office.ask("clients.list", json!({"query": ""}));
    assert!(clients.len() >= 2, "{clients:?}");
    let mut papers = 0;
    for client in &clients {
        let id = &client["id"];
        office.ask::<Value>("results.screen", json!({"id": id}));
        for fact in ["now.serving", "now.supervised", "now.charged"] {
            let no = json!({"id": id, "path": fact, "value": false});
            office.ask::<Value>("clients.answer", no);
        }
        office.ask::<Value>("papers.clear", json!({"id": id, "reason": "made up"}));
        let packet: Value = office.ask("papers.prepare", json!({"id": id}));
        for paper in packet["papers"].as_array().unwrap() {
            let bytes = office.bytes("papers.bytes", json!({"id": id, "key": paper["key"]}));
            let document = lopdf::Document::load_mem(&bytes).unwrap();
            for page in document.get_pages().keys() {
                let text = document.extract_text(&[*page]).unwrap();
                assert!(text.contains("TRAINING"), "{} page {page}", paper["title"]);
                papers += 1;
            }
        }
    }
    assert!(papers > 3 * clients.len(), "only {papers} pages");
    assert_eq!(
        office.refused(
            "session.create",
            json!({"clinic": "c", "person": "p", "bar": null, "passphrase": "x"})
        ),
        "already_open"
    );
}
