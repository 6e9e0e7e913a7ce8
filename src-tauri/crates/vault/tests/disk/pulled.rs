//! The disk goes away under an open vault. The system lets an open file be written to long after its folder is gone; the vault must
//! not call that kept.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use vault::{ClientId, Error, Operation, Result, Vault};

use crate::made_up::{at, record, reopen, vault};
use crate::system;

fn add(vault: &mut Vault, n: usize) -> Result<ClientId> {
    let one = record("Rosa", &format!("Quill{n}"), "05F01234");
    vault.transact(Operation::AddClient, at(2), |tx| tx.add_client(&one))
}

/// The vault lies on a stick; the stick is pulled out while saves are running, at a moment of its own each time.
pub(crate) fn writing(disk: &Path) {
    for round in 0..6 {
        let (stick, socket) = (
            disk.join(format!("stick{round}")),
            disk.join(format!("socket{round}")),
        );
        fs::create_dir(&stick).unwrap();
        fs::create_dir(&socket).unwrap();
        system("mount", &["--bind", stick.to_str().unwrap()], &socket);
        let (mut open, _) = vault(&socket.join("home"));
        let mut ids = vec![add(&mut open, 0).unwrap()];
        let pulled = {
            let socket = socket.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(3 + 11 * round));
                system("umount", &["--lazy"], &socket);
            })
        };
        let refused = loop {
            match add(&mut open, ids.len()) {
                Ok(id) => ids.push(id),
                Err(error) => break error,
            }
        };
        pulled.join().unwrap();
        assert!(matches!(refused, Error::FolderGone), "{refused:?}");
        assert!(refused.to_string().contains("pulled out"), "{refused}");
        assert!(matches!(add(&mut open, 0), Err(Error::FolderGone)));
        drop(open);
        assert!(matches!(reopen(&socket.join("home")), Err(Error::NoVault)));
        // On another computer.
        let open = reopen(&stick.join("home")).unwrap();
        for (n, id) in ids.iter().enumerate() {
            let one = record("Rosa", &format!("Quill{n}"), "05F01234");
            assert_eq!(
                open.read().record(id).unwrap(),
                one,
                "round {round}: save {n}"
            );
        }
        assert_eq!(open.verify().unwrap().problems, Vec::<String>::new());
        drop(open);
        fs::remove_dir_all(&stick).unwrap();
    }
}

pub(crate) fn replaced(disk: &Path) {
    let (home, away) = (disk.join("home"), disk.join("away"));
    let (mut open, _) = vault(&home);
    add(&mut open, 0).unwrap();
    fs::rename(&home, &away).unwrap();
    assert!(
        matches!(add(&mut open, 1), Err(Error::FolderGone)),
        "moved away"
    );
    // Another stick with another vault in the same place.
    drop(vault(&home));
    assert!(
        matches!(add(&mut open, 1), Err(Error::FolderGone)),
        "replaced"
    );
    fs::remove_dir_all(&home).unwrap();
    fs::rename(&away, &home).unwrap();
    add(&mut open, 1).unwrap();
    // A program that keeps folders the same puts an older database back, under our feet.
    let database = home.join("vault.db");
    fs::copy(&database, home.join("older")).unwrap();
    fs::rename(home.join("older"), &database).unwrap();
    assert!(
        matches!(add(&mut open, 2), Err(Error::FolderGone)),
        "another file"
    );
}
