//! A folder that is copied file by file while the vault in it is in use: the copy is the vault of some moment, or is refused.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use vault::{Error, Operation};

use crate::made_up::{at, folder, record, reopen, vault};

const FILES: [&str; 3] = ["vault.keys", "vault.db", "vault.db-wal"];

/// Copies in one of the six orders, as a file manager or a program that keeps folders the same does.
fn copy(from: &Path, to: &Path, order: usize) {
    fs::create_dir(to).unwrap();
    let mut files = FILES.to_vec();
    let first = files.remove(order % 3);
    files.rotate_left(order / 3 % 2);
    for name in [&[first], files.as_slice()].concat() {
        // The log of last saves is not there for a moment when a vault is opened or closed.
        let _ = fs::copy(from.join(name), to.join(name));
    }
}

#[test]
fn a_copy_of_a_vault_in_use_is_the_vault_of_some_moment() {
    const SAVES: usize = 120;
    /// Opening one and looking through it takes longer than making it.
    const OPENED: usize = 18;
    let dir = folder();
    let home = dir.path().join("home");
    let (mut open, _) = vault(&home);
    let id = open
        .transact(Operation::AddClient, at(2), |tx| {
            tx.add_client(&record("Rosa", "Quill", "0"))
        })
        .unwrap();
    let done = AtomicBool::new(false);
    let copies = std::thread::scope(|scope| {
        let copier = scope.spawn(|| {
            let mut copies = 0;
            while !done.load(Ordering::Relaxed) {
                copy(&home, &dir.path().join(format!("copy{copies}")), copies);
                copies += 1;
            }
            copies
        });
        for n in 1..=SAVES {
            // One client changes, and another comes: what a mixture of moments would show is both halves of it.
            open.transact(Operation::ChangeRecord, at(3), |tx| {
                tx.set_record(&id, &record("Rosa", "Quill", &n.to_string()))?;
                tx.add_client(&record("Bo", &format!("Reed{n}"), &n.to_string()))
            })
            .unwrap();
        }
        done.store(true, Ordering::Relaxed);
        copier.join().unwrap()
    });
    let mut opened = Vec::new();
    let step = (copies / OPENED).max(1);
    // Not a multiple of six: all orders come.
    let step = if step.is_multiple_of(2) || step.is_multiple_of(3) {
        step + 1
    } else {
        step
    };
    let tried: Vec<_> = (0..copies).step_by(step).collect();
    for &n in &tried {
        let open = match reopen(&dir.path().join(format!("copy{n}"))) {
            Ok(open) => open,
            // Copied in the middle of a write: said so, and nothing is shown.
            Err(Error::DatabaseDamaged | Error::DatabaseMissing) => continue,
            Err(other) => panic!("copy {n}: {other:?}"),
        };
        let read = open.read();
        let saves = read.count().unwrap() as usize - 1;
        let number = saves.to_string();
        assert_eq!(
            read.record(&id).unwrap(),
            record("Rosa", "Quill", &number),
            "copy {n}: the two halves of save {saves}"
        );
        if saves > 0 {
            assert_eq!(read.clients(&format!("reed{saves}"), 9).unwrap().len(), 1);
        }
        assert_eq!(
            open.verify().unwrap().problems,
            Vec::<String>::new(),
            "copy {n}"
        );
        opened.push(saves);
    }
    assert!(tried.len() >= 6, "{copies} copies");
    assert!(
        opened.len() * 2 > tried.len(),
        "{} of {} opened",
        opened.len(),
        tried.len()
    );
    opened.dedup();
    assert!(opened.len() > 2, "of different moments: {opened:?}");
}

/// The newest saves are in a file of their own while somebody works. Who copies only the largest file gets an older moment, whole.
#[test]
fn a_copy_without_the_last_saves_is_an_earlier_moment_and_another_vaults_saves_are_refused() {
    let dir = folder();
    let (home, alone) = (dir.path().join("home"), dir.path().join("alone"));
    let (mut open, _) = vault(&home);
    let add = |open: &mut vault::Vault, name: &str| {
        open.transact(Operation::AddClient, at(2), |tx| {
            tx.add_client(&record("Rosa", name, "1"))
        })
        .unwrap();
    };
    add(&mut open, "First");
    drop(open);
    let mut open = reopen(&home).unwrap();
    add(&mut open, "Second");
    copy(&home, &alone, 0);
    let wal = fs::read(alone.join("vault.db-wal")).unwrap();
    fs::remove_file(alone.join("vault.db-wal")).unwrap();
    assert_eq!(reopen(&alone).unwrap().read().count().unwrap(), 1);
    drop(open);
    // The saves of one day beside the database of another are an older moment put back, which the vault cannot tell by itself, but a
    // head of the log that was noted elsewhere can.
    let mut open = reopen(&home).unwrap();
    add(&mut open, "Third");
    let noted = open.read().audit_head().unwrap();
    drop(open);
    fs::write(home.join("vault.db-wal"), wal).unwrap();
    match reopen(&home) {
        Err(Error::DatabaseDamaged) => {}
        Ok(open) => {
            assert_eq!(open.verify().unwrap().problems, Vec::<String>::new());
            assert_eq!(open.read().count().unwrap(), 2, "the moment of those saves");
            assert!(!open.read().audit_holds(&noted).unwrap());
        }
        Err(other) => panic!("{other:?}"),
    }
}
