//! Two laptops by command: cards, a hand-over, its receipt, and what the receipt proves on either side.

use std::fs;
use std::path::Path;

use crate::command::{out, refused, relief_vault, text};
use crate::made_up::{PASSPHRASE, record, vault};

#[test]
fn a_receipt_moves_a_client_and_holds_the_log_of_the_vault_that_gave_it() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let run = |line: &str, args: &[&str]| out(&relief_vault(line, args));
    let (sends, takes) = (at("sends"), at("takes"));
    for home in [&sends, &takes] {
        drop(vault(home));
    }
    fs::write(at("r.json"), record("Rosa", "Quill", "1").to_json()).unwrap();
    let id = run(PASSPHRASE, &["add", text(&sends), text(&at("r.json"))]);
    for (from, to, card) in [
        (&takes, &sends, at("card-1")),
        (&sends, &takes, at("card-2")),
    ] {
        let words = run(PASSPHRASE, &["card", text(from), text(&card)]);
        run(
            &format!("{PASSPHRASE}\n{}", words.trim()),
            &["trust", text(to), text(&card)],
        );
    }
    let known: serde_json::Value =
        serde_json::from_str(&run(PASSPHRASE, &["known", text(&sends)])).unwrap();
    let receiver = known[0]["id"].as_str().unwrap();
    let (parcel, receipt) = (at("parcel"), at("receipt"));
    let parts = [text(&sends), receiver, text(&parcel), "move", id.trim()];
    run(PASSPHRASE, &[&["hand-over"], parts.as_slice()].concat());
    run(
        PASSPHRASE,
        &["take-in", text(&takes), text(&parcel), text(&receipt)],
    );

    let verify = |home: &Path, noted: &str| {
        relief_vault(PASSPHRASE, &["verify", text(home), "--head", noted])
    };
    assert!(out(&verify(&takes, text(&receipt))).contains("checks passed"));
    // Its head is of the log of the vault that gave it: the other one's log says nothing about it.
    assert!(refused(&verify(&sends, text(&receipt))).contains("not given by this vault"));
    assert!(
        refused(&verify(&takes, text(&at("card-1")))).contains("neither a backup nor a receipt")
    );
    let changed = fs::read_to_string(&receipt)
        .unwrap()
        .replace("\"audit_rows\": ", "\"audit_rows\": 1");
    fs::write(at("changed"), changed).unwrap();
    assert!(refused(&verify(&takes, text(&at("changed")))).contains("was changed"));

    run(PASSPHRASE, &["receipt", text(&sends), text(&receipt)]);
    run(PASSPHRASE, &["purge", text(&sends), id.trim()]);
    assert_eq!(run(PASSPHRASE, &["list", text(&sends)]).trim(), "[]");
    assert!(run(PASSPHRASE, &["list", text(&takes)]).contains("Rosa Quill"));
}
