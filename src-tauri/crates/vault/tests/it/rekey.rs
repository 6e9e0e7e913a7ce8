//! Another data key, and what a kill in the middle leaves.

use std::fs;
use std::path::Path;

use vault::{Error, Operation, Vault};

use crate::made_up::{at, record, reopen, vault};

fn filled(dir: &Path) -> (Vault, vault::RecoveryCode, vault::ClientId) {
    let (mut vault, code) = vault(dir);
    let id = vault
        .transact(Operation::AddClient, at(1), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    (vault, code, id)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn everybody_still_opens_it_and_the_old_key_opens_nothing_new() {
    let dir = tempfile::tempdir().unwrap();
    let (home, before) = (dir.path().join("home"), dir.path().join("before"));
    let (vault, code, id) = filled(&home);
    drop(vault);
    copy(&home, &before);
    let vault = reopen(&home).unwrap().change_data_key(at(2)).unwrap();
    assert_eq!(
        vault.read().record(&id).unwrap(),
        record("Rosa", "Quill", "1")
    );
    let row = vault.read().audit(0, 99).unwrap().pop().unwrap();
    assert_eq!(row.operation, "change_key");
    let locked = vault.lock(at(3)).unwrap();
    assert!(!home.join("vault.db.new").exists());
    drop(locked.unlock_with_code(&code, at(4)).unwrap());
    let vault = reopen(&home).unwrap();
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!(vault.read().clients("quill", 9).unwrap().len(), 1);
    drop(vault);
    // The keys of the day before, with today's database: what a removed person kept.
    fs::copy(before.join("vault.keys"), home.join("vault.keys")).unwrap();
    assert!(matches!(reopen(&home), Err(Error::DatabaseDamaged)));
}

/// Every state that a kill can leave, made by hand from the files before and after.
#[test]
fn a_kill_leaves_the_old_vault_or_the_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let [old, new, killed] = ["old", "new", "killed"].map(|name| dir.path().join(name));
    let (vault, _, id) = filled(&old);
    drop(vault);
    copy(&old, &new);
    drop(reopen(&new).unwrap().change_data_key(at(2)).unwrap());
    type Killed<'a> = (&'a Path, &'a Path, Option<(&'a Path, usize)>);
    let states: [Killed<'_>; 5] = [
        (&old, &old, Some((&new, 0))),
        (&old, &old, Some((&new, 9000))),
        (&old, &old, Some((&new, usize::MAX))),
        (&new, &old, Some((&new, usize::MAX))),
        (&new, &new, None),
    ];
    for (keys, database, unfinished) in states {
        let _ = fs::remove_dir_all(&killed);
        fs::create_dir(&killed).unwrap();
        fs::copy(keys.join("vault.keys"), killed.join("vault.keys")).unwrap();
        fs::copy(database.join("vault.db"), killed.join("vault.db")).unwrap();
        if let Some((from, most)) = unfinished {
            let bytes = fs::read(from.join("vault.db")).unwrap();
            fs::write(killed.join("vault.db.new"), &bytes[..most.min(bytes.len())]).unwrap();
        }
        let vault = reopen(&killed).unwrap();
        assert_eq!(
            vault.read().record(&id).unwrap(),
            record("Rosa", "Quill", "1")
        );
        assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
        assert!(!killed.join("vault.db.new").exists());
    }
    // New keys, and neither database opens: nothing is removed.
    fs::copy(old.join("vault.db"), killed.join("vault.db")).unwrap();
    fs::write(killed.join("vault.db.new"), [0; 8192]).unwrap();
    assert!(matches!(reopen(&killed), Err(Error::DatabaseDamaged)));
    assert!(killed.join("vault.db.new").exists() && killed.join("vault.db").exists());
}

/// The program itself, killed at random moments of changing the key.
#[cfg(unix)]
#[test]
fn the_program_killed_while_it_changes_the_key() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    use std::time::Instant;

    let dir = tempfile::tempdir().unwrap();
    let (vault, _, id) = filled(dir.path());
    drop(vault);
    let start = || {
        let mut child = Command::new(env!("CARGO_BIN_EXE_relief-vault"))
            .args(["rekey", dir.path().to_str().unwrap()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        writeln!(
            child.stdin.take().unwrap(),
            "{}",
            crate::made_up::PASSPHRASE
        )
        .unwrap();
        child
    };
    // Undisturbed once: the moments to kill at are parts of the time it takes on this machine.
    let begun = Instant::now();
    assert!(start().wait().unwrap().success());
    let whole = begun.elapsed();
    let mut cut_short = 0;
    for round in 0..16_u32 {
        let mut child = start();
        std::thread::sleep(whole * (round + 1) / 18);
        child.kill().unwrap();
        cut_short += usize::from(!child.wait().unwrap().success());
        let vault = reopen(dir.path()).unwrap();
        assert_eq!(
            vault.read().record(&id).unwrap(),
            record("Rosa", "Quill", "1")
        );
        assert_eq!(
            vault.verify().unwrap().problems,
            Vec::<String>::new(),
            "round {round}"
        );
    }
    assert!(
        cut_short > 3,
        "killed in the middle {cut_short} times of 16"
    );
}
