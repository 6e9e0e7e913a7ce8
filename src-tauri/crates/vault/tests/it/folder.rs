//! What lies in the folder: nothing readable, and nothing that is not the vault's.

use std::fs;

use serde_json::json;
use vault::{NewSheet, Operation};

use crate::made_up::{at, record, vault};

/// Planted in every place a record is kept; any of them in a file is a client's data in clear.
const PLANTED: [&str; 6] = [
    "Zebulon",
    "Quackenbush",
    "77F98765",
    "otter-note",
    "otter-sheet",
    "otter-draft",
];

#[test]
fn no_planted_name_in_any_file_open_or_closed() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let lines = json!(["otter-sheet line"]);
    for second in 0..50 {
        vault
            .transact(Operation::AddClient, at(second), |tx| {
                let id = tx.add_client(&record(PLANTED[0], PLANTED[1], PLANTED[2]))?;
                tx.add_note(&id, PLANTED[3])?;
                tx.set_draft(Some(&id), "intake", Some(PLANTED[5]))?;
                tx.add_sheet(
                    &id,
                    &NewSheet {
                        name: "a.txt",
                        bytes: PLANTED[4].repeat(2000).as_bytes(),
                        lines: &lines,
                        other_events: &lines,
                    },
                )?;
                Ok(())
            })
            .unwrap();
    }
    let open = names(dir.path());
    assert!(
        open.contains(&"vault.db-wal".to_owned()),
        "the WAL is looked at too: {open:?}"
    );
    nothing_readable(dir.path());
    vault.lock(at(99)).unwrap();
    nothing_readable(dir.path());
    assert_eq!(names(dir.path()), ["vault.db", "vault.keys", "vault.lock"]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("vault");
    let (vault, _) = vault(&folder);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for name in names(&folder) {
        assert_eq!(mode(&folder.join(&name)) & 0o077, 0, "{name}");
    }
    drop(vault);
}

fn names(dir: &std::path::Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn nothing_readable(dir: &std::path::Path) {
    for name in names(dir) {
        let bytes = fs::read(dir.join(&name)).unwrap();
        for planted in PLANTED.iter().chain(&["SQLite format"]) {
            for spelled in [
                planted.as_bytes().to_vec(),
                planted.to_lowercase().into_bytes(),
            ] {
                let hit = bytes.windows(spelled.len()).any(|window| window == spelled);
                assert!(!hit, "{planted} stands in {name}");
            }
        }
    }
}
