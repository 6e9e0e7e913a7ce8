//! What a person said of a sheet's places: kept with who and when, replaced by a later word, taken back, and carried to another laptop.

use serde_json::json;
use vault::{CheckVerdict, NewSheet, Operation};

use crate::made_up::{at, record, reopen, vault};

const SHEET: [u8; 32] = [5; 32];

#[test]
fn a_word_is_kept_replaced_and_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let me = vault.me().id.clone();
    let (lines, other) = (json!([]), json!([]));
    let id = vault
        .transact(Operation::AddClient, at(2), |tx| {
            let id = tx.add_client(&record("Rosa", "Quill", "05F01234"))?;
            tx.add_sheet(
                &id,
                &NewSheet {
                    name: "sheet.txt",
                    bytes: b"sheet",
                    lines: &lines,
                    other_events: &other,
                },
            )?;
            Ok(id)
        })
        .unwrap();
    assert!(vault.read().checks(&id).unwrap().is_empty());
    let corrected = CheckVerdict::Corrected(json!("PC 459"));
    vault
        .transact(Operation::CheckSheet, at(3), |tx| {
            tx.add_check(&id, &SHEET, "line/1/4", &CheckVerdict::Confirmed)?;
            tx.add_check(&id, &SHEET, "flag/x/1/5", &CheckVerdict::Confirmed)
        })
        .unwrap();
    vault
        .transact(Operation::CheckSheet, at(4), |tx| {
            tx.add_check(&id, &SHEET, "flag/x/1/5", &corrected)
        })
        .unwrap();
    drop(vault);

    let mut vault = reopen(dir.path()).unwrap();
    let kept = vault.read().checks(&id).unwrap();
    let said: Vec<_> = kept
        .iter()
        .map(|c| (c.place.as_str(), &c.verdict, c.at, &c.person))
        .collect();
    assert_eq!(
        said,
        [
            ("line/1/4", &CheckVerdict::Confirmed, at(3), &me),
            ("flag/x/1/5", &corrected, at(4), &me)
        ]
    );
    vault
        .transact(Operation::CheckSheet, at(5), |tx| {
            tx.forget_check(&id, &SHEET, "line/1/4")
        })
        .unwrap();
    let left = vault.read().checks(&id).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(
        (left[0].sheet, left[0].place.as_str()),
        (SHEET, "flag/x/1/5")
    );
    let log = vault.read().audit(0, 100).unwrap();
    assert!(log.iter().any(|row| row.operation == "check_sheet"));
}
