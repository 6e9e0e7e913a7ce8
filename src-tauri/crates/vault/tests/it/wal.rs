//! A program that was killed leaves its last saves in the WAL. Damage there takes saves back from the first damaged one on, or is
//! refused; it never changes one. The same for what else may lie in the folder.

use std::fs;
use std::path::Path;

use vault::{ClientId, Error, Operation, Passphrase, Vault};

use crate::made_up::{at, folder, member, passphrase, record, reopen, vault};

const NAMES: [&str; 3] = ["vault.keys", "vault.db", "vault.db-wal"];
const SAVES: usize = 4;

/// The files of a program that was killed after some saves, and their clients.
fn killed() -> (Vec<ClientId>, [Vec<u8>; 3]) {
    let dir = folder();
    let (mut vault, _) = vault(dir.path());
    let ids = (0..SAVES)
        .map(|n| {
            let one = record("Rosa", &format!("Quill{n}"), "05F01234");
            vault
                .transact(Operation::AddClient, at(2), |tx| tx.add_client(&one))
                .unwrap()
        })
        .collect();
    (
        ids,
        NAMES.map(|name| fs::read(dir.path().join(name)).unwrap()),
    )
}

/// Puts the files into a folder with this WAL, opens it, and says how many of the saves are there, from the first on.
fn found(dir: &Path, files: &[Vec<u8>; 3], wal: &[u8], ids: &[ClientId]) -> vault::Result<usize> {
    for (name, bytes) in NAMES.iter().zip(files) {
        let bytes = if *name == "vault.db-wal" { wal } else { bytes };
        fs::write(dir.join(name), bytes).unwrap();
    }
    let vault = reopen(dir)?;
    let mut there = 0;
    for (n, id) in ids.iter().enumerate() {
        match vault.read().record(id) {
            Ok(found) => {
                assert_eq!(there, n, "a later save without an earlier one");
                assert_eq!(found, record("Rosa", &format!("Quill{n}"), "05F01234"));
                there += 1;
            }
            Err(Error::NoSuchClient(_)) => {}
            Err(other) => return Err(other),
        }
    }
    assert_eq!(vault.verify()?.problems, Vec::<String>::new());
    Ok(there)
}

#[test]
fn a_byte_flipped_or_a_cut_in_any_frame_of_the_wal_takes_back_but_never_changes() {
    const HEADER: usize = 32;
    const FRAME: usize = 24 + 4096;
    let (ids, files) = killed();
    let dir = folder();
    let good = &files[2];
    let frames = (good.len() - HEADER) / FRAME;
    assert!(frames > 2 * SAVES, "the saves are in the WAL");
    assert_eq!(found(dir.path(), &files, good, &ids).unwrap(), SAVES);
    let in_frames = (0..frames).map(|n| {
        // Its own header in some, anywhere in its page in others.
        let within = if n % 3 == 0 {
            n % 24
        } else {
            24 + (n * 1237) % 4096
        };
        HEADER + n * FRAME + within
    });
    let mut taken_back = 0;
    for place in (0..HEADER).step_by(5).chain(in_frames) {
        let mut bad = good.clone();
        bad[place] ^= 0x08;
        match found(dir.path(), &files, &bad, &ids) {
            Ok(there) => taken_back += usize::from(there < SAVES),
            Err(Error::DatabaseDamaged | Error::DatabaseMissing) => taken_back += 1,
            Err(other) => panic!("byte {place}: {other:?}"),
        }
    }
    assert!(taken_back > frames / 2, "{taken_back} of {frames}");
    let mut before = 0;
    for n in 0..=frames {
        for end in [HEADER + n * FRAME, HEADER + n * FRAME + FRAME / 2] {
            let cut = &good[..end.min(good.len())];
            let there = found(dir.path(), &files, cut, &ids);
            let there = match there {
                Ok(there) => there,
                Err(Error::DatabaseDamaged | Error::DatabaseMissing) => 0,
                Err(other) => panic!("cut at {end}: {other:?}"),
            };
            assert!(
                there >= before,
                "cut at {end}: more of the log, fewer saves"
            );
            before = there;
        }
    }
    assert_eq!(before, SAVES);
}

#[test]
fn what_else_lies_in_the_folder_changes_nothing() {
    let (ids, files) = killed();
    let dir = folder();
    found(dir.path(), &files, &files[2], &ids).unwrap();
    let whole = NAMES.map(|name| fs::read(dir.path().join(name)).unwrap_or_default());
    for name in [
        "vault.db-journal",
        "vault.db-shm",
        "vault.db.new",
        "vault.db.new-wal",
        "vault.keys.new",
        "vault.lock",
        "vault.tries",
        "vault.db.schema-3",
        "vault.db-wal",
        "letter.txt",
    ] {
        for bytes in [
            b"".to_vec(),
            b"dear".to_vec(),
            vec![0; 9000],
            vec![0xd9; 9000],
            // As a journal of SQLite begins.
            [
                b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\xff\xff\xff\xff".as_slice(),
                &[7; 9000],
            ]
            .concat(),
            whole[1].clone(),
            whole[0].clone(),
        ] {
            fs::write(dir.path().join(name), &bytes).unwrap();
            let there = found(
                dir.path(),
                &[whole[0].clone(), whole[1].clone(), vec![]],
                &[],
                &ids,
            );
            match there {
                Ok(there) => assert_eq!(there, SAVES, "{name}"),
                Err(Error::DatabaseDamaged) => {}
                Err(other) => panic!("{name}: {other:?}"),
            }
            let _ = fs::remove_file(dir.path().join(name));
        }
    }
}

/// Whatever the count of wrong tries says: the right passphrase opens, after five minutes at most.
#[test]
fn a_damaged_count_of_tries_keeps_nobody_out() {
    let dir = folder();
    drop(vault(dir.path()));
    let locked = Vault::open(dir.path()).unwrap();
    let who = member(&locked).id;
    for second in 0..3 {
        let wrong = Passphrase::new("wrong").unwrap();
        let tried = locked.unlock(&who, &wrong, at(10 * second));
        assert!(matches!(tried, Err(Error::WrongPassphrase)), "{tried:?}");
    }
    let path = dir.path().join("vault.tries");
    let good = fs::read(&path).unwrap();
    for place in 0..good.len() {
        for flip in [0x01, 0x08, 0x40] {
            let mut bad = good.clone();
            bad[place] ^= flip;
            fs::write(&path, &bad).unwrap();
            let wait = locked.seconds_to_wait(&who, at(30));
            assert!(wait <= 300, "byte {place}: {wait} seconds");
        }
    }
    // A number of tries and a day that nobody can have written.
    let far = String::from_utf8(good)
        .unwrap()
        .replace("\"times\":3", "\"times\":4294967295");
    let year = far.replace("\"last\":\"20", "\"last\":\"90");
    assert_ne!(far, year);
    fs::write(&path, year).unwrap();
    assert!(matches!(
        locked.unlock(&who, &passphrase(), at(30)),
        Err(Error::TooSoon { seconds: 300 })
    ));
    assert!(locked.unlock(&who, &passphrase(), at(330)).is_ok());
}
