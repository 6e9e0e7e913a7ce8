//! Every byte that is not as it was written: refused in words, or the value is right; never a wrong value, nothing written.

use std::fs;
use std::path::Path;

use vault::{ClientId, Error, Operation, Vault};

use crate::made_up::{at, folder, member, passphrase, record, reopen, vault};

/// A small vault with three clients, closed, and their ids.
fn small(dir: &Path) -> Vec<ClientId> {
    let (mut vault, _) = vault(dir);
    let ids = (0..3)
        .map(|n| {
            let one = record("Rosa", &format!("Quill{n}"), "05F01234");
            vault
                .transact(Operation::AddClient, at(2), |tx| {
                    let id = tx.add_client(&one)?;
                    tx.add_note(&id, &"a long note ".repeat(500))?;
                    Ok(id)
                })
                .unwrap()
        })
        .collect();
    vault.lock(at(3)).unwrap();
    ids
}

#[test]
fn every_byte_of_the_key_file_matters() {
    let dir = folder();
    small(dir.path());
    let path = dir.path().join("vault.keys");
    let good = fs::read(&path).unwrap();
    for place in 0..good.len() {
        for flip in [0x01, 0x20, 0xff] {
            let mut bad = good.clone();
            bad[place] ^= flip;
            fs::write(&path, &bad).unwrap();
            let opened = reopen(dir.path()).map(|_| ());
            let refused = matches!(opened, Err(Error::KeysDamaged | Error::KeysNewer));
            assert!(refused, "byte {place} ^ {flip:#x}: {opened:?}");
            assert_eq!(
                fs::read(&path).unwrap(),
                bad,
                "nothing is repaired behind one's back"
            );
        }
    }
    for end in 0..good.len() {
        fs::write(&path, &good[..end]).unwrap();
        assert!(
            matches!(reopen(dir.path()), Err(Error::KeysDamaged)),
            "cut at {end}"
        );
    }
    fs::write(&path, [good.as_slice(), b"\n"].concat()).unwrap();
    assert!(
        matches!(reopen(dir.path()), Err(Error::KeysDamaged)),
        "something added"
    );
    fs::write(&path, good).unwrap();
    assert!(reopen(dir.path()).is_ok());
}

#[test]
fn other_key_files_are_refused_in_words() {
    let dir = folder();
    small(dir.path());
    let path = dir.path().join("vault.keys");
    let good = fs::read_to_string(&path).unwrap();
    let refused = |text: &str| {
        fs::write(&path, text).unwrap();
        Vault::open(dir.path()).map(|_| ()).unwrap_err()
    };
    assert!(matches!(refused("{}"), Error::KeysDamaged));
    assert!(matches!(refused("a letter"), Error::KeysDamaged));
    assert!(matches!(
        refused(&good.replace("keys/2", "keys/3")),
        Error::KeysNewer
    ));
    assert!(matches!(refused(&" ".repeat(2 << 20)), Error::KeysDamaged));
    fs::remove_file(&path).unwrap();
    assert!(matches!(Vault::open(dir.path()), Err(Error::NoVault)));
    assert!(matches!(
        Vault::open(&dir.path().join("nowhere")),
        Err(Error::NoVault)
    ));
}

#[test]
fn a_byte_flipped_in_any_page_is_refused_or_harmless() {
    const PAGE: usize = 4096;
    let dir = folder();
    let ids = small(dir.path());
    let path = dir.path().join("vault.db");
    let good = fs::read(&path).unwrap();
    assert_eq!(good.len() % PAGE, 0);
    let (mut refused, mut unharmed) = (0, 0);
    for page in 0..good.len() / PAGE {
        for offset in [0, 17, 100, PAGE / 2, PAGE - 81, PAGE - 1] {
            let mut bad = good.clone();
            bad[page * PAGE + offset] ^= 0x10;
            fs::write(&path, &bad).unwrap();
            let read = reopen(dir.path()).and_then(|vault| {
                let read = vault.read();
                for (n, id) in ids.iter().enumerate() {
                    assert_eq!(
                        read.record(id)?,
                        record("Rosa", &format!("Quill{n}"), "05F01234")
                    );
                    assert!(
                        read.notes(id)?[0].text == "a long note ".repeat(500),
                        "page {page}: a wrong note"
                    );
                    assert_eq!(read.clients(&format!("quill{n}"), 9)?.len(), 1);
                }
                assert!(
                    !vault.verify()?.problems.is_empty(),
                    "page {page}: verify sees it"
                );
                Ok(())
            });
            match read {
                Err(Error::DatabaseDamaged) => refused += 1,
                Ok(()) => unharmed += 1,
                Err(other) => panic!("page {page} byte {offset}: {other:?}"),
            }
            let _ = fs::remove_file(dir.path().join("vault.db-wal"));
        }
    }
    assert!(refused > unharmed, "{refused} refused, {unharmed} unharmed");
    fs::write(&path, &good).unwrap();
    let vault = reopen(dir.path()).unwrap();
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_database_that_is_missing_cut_or_foreign_is_refused_and_left_alone() {
    let (dir, other) = (folder(), folder());
    small(dir.path());
    small(other.path());
    let path = dir.path().join("vault.db");
    let good = fs::read(&path).unwrap();
    let foreign = fs::read(other.path().join("vault.db")).unwrap();
    let mut cases: Vec<(Vec<u8>, &str)> = vec![
        (foreign, "another vault's"),
        (vec![0; 8192], "zeros"),
        (
            b"SQLite format 3\0".repeat(512),
            "a plain database's header",
        ),
    ];
    for end in [
        1,
        15,
        100,
        4095,
        4096,
        4097,
        good.len() / 2,
        good.len() - 4096,
        good.len() - 1,
    ] {
        cases.push((good[..end].to_vec(), "cut short"));
    }
    for (bytes, what) in cases {
        fs::write(&path, &bytes).unwrap();
        let opened = reopen(dir.path())
            .and_then(|vault| vault.verify())
            .map(|found| found.problems);
        let words = match opened {
            Err(Error::DatabaseDamaged) => continue,
            // A page-wise cut can leave enough to open; looking through it must then say so.
            Ok(problems) if !problems.is_empty() => continue,
            other => format!("{other:?}"),
        };
        panic!("{what}, {} bytes: {words}", bytes.len());
    }
    fs::write(&path, b"").unwrap();
    assert!(matches!(reopen(dir.path()), Err(Error::DatabaseMissing)));
    assert_eq!(fs::read(&path).unwrap(), b"");
    fs::remove_file(&path).unwrap();
    assert!(matches!(reopen(dir.path()), Err(Error::DatabaseMissing)));
    assert!(!path.exists(), "no empty database is made in its place");
    fs::write(&path, good).unwrap();
    assert!(reopen(dir.path()).is_ok());
}

#[test]
fn no_error_says_more_than_it_should() {
    let dir = folder();
    small(dir.path());
    let locked = Vault::open(dir.path()).unwrap();
    let who = member(&locked).id;
    let mut vault = locked.unlock(&who, &passphrase(), at(4)).unwrap();
    let id: ClientId = "0000000000000000".parse().unwrap();
    let error = vault
        .transact(Operation::Note, at(5), |tx| tx.add_note(&id, "Rosa said"))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no client 0000000000000000 in this vault"
    );
    assert!(
        "Rosa Quill"
            .parse::<ClientId>()
            .is_err_and(|e| !e.to_string().contains("Rosa"))
    );
    assert_eq!(format!("{vault:?}"), "Vault(open)");
}

/// Opening writes who came in. Not into a damaged file: it is refused before, and stays as it is, to be looked at or mended.
#[test]
fn nothing_is_written_to_a_damaged_database_and_the_refusal_names_the_file() {
    let dir = folder();
    small(dir.path());
    let path = dir.path().join("vault.db");
    let good = fs::read(&path).unwrap();
    for page in 0..good.len() / 4096 {
        let mut bad = good.clone();
        bad[page * 4096 + 1000] ^= 0x04;
        fs::write(&path, &bad).unwrap();
        assert!(
            matches!(reopen(dir.path()), Err(Error::DatabaseDamaged)),
            "page {page}"
        );
        assert_eq!(fs::read(&path).unwrap(), bad, "page {page}");
        assert!(!dir.path().join("vault.db-wal").exists());
    }
    let list = crate::command::relief_vault(
        crate::made_up::PASSPHRASE,
        &["list", dir.path().to_str().unwrap()],
    );
    let said = String::from_utf8(list.stderr).unwrap();
    let named = format!("{}:1: vault.db is damaged", path.display());
    assert!(said.starts_with(&named), "{said}");
    let weak =
        crate::command::relief_vault("x", &["create", dir.path().join("new").to_str().unwrap()]);
    let said = String::from_utf8(weak.stderr).unwrap();
    assert!(
        said.starts_with("<standard input>:1: the passphrase is too weak. "),
        "{said}"
    );
    assert_eq!(weak.status.code(), Some(1));
}
