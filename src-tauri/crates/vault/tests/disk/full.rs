//! A full disk: every step is refused in words, and nothing that was kept before is lost.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use vault::{Backup, ClientId, Cost, Error, Opener, Operation, Passphrase, Result, Vault};

use crate::made_up::{at, member, passphrase, record, reopen, vault};

fn add(vault: &mut Vault, n: usize) -> Result<ClientId> {
    let one = record("Rosa", &format!("Quill{n}"), "05F01234");
    vault.transact(Operation::AddClient, at(2), |tx| tx.add_client(&one))
}

/// Takes every byte that is left, and gives the file that holds them.
fn fill(disk: &Path) -> PathBuf {
    let path = disk.join("ballast");
    let mut file = File::create(&path).unwrap();
    for size in [65536, 512, 1] {
        while file.write_all(&vec![1; size]).is_ok() {}
    }
    path
}

fn full<T: std::fmt::Debug>(step: &str, tried: Result<T>) {
    assert!(matches!(tried, Err(Error::DiskFull)), "{step}: {tried:?}");
}

fn are_there(vault: &Vault, ids: &[ClientId]) {
    for (n, id) in ids.iter().enumerate() {
        let one = record("Rosa", &format!("Quill{n}"), "05F01234");
        assert_eq!(vault.read().record(id).unwrap(), one, "client {n}");
    }
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
}

pub(crate) fn everything(disk: &Path) {
    let elsewhere = tempfile::tempdir().unwrap();
    let home = disk.join("home");
    let (mut open, _) = vault(&home);
    let ids: Vec<_> = (0..3).map(|n| add(&mut open, n).unwrap()).collect();
    let good = elsewhere.path().join("monday.backup");
    open.backup(&good, at(3)).unwrap();
    let other = {
        let (mut other, _) = vault(&elsewhere.path().join("other"));
        other.card(at(1)).unwrap()
    };
    open.trust(&other, &other.words(), at(3)).unwrap();

    let ballast = fill(disk);
    full("a save", add(&mut open, 9));
    full("a backup", open.backup(&disk.join("b"), at(4)));
    let to = other.id();
    full(
        "a hand-over",
        open.hand_over(&to, &ids, false, &disk.join("h"), at(4)),
    );
    let new = Passphrase::new("three green otters sing").unwrap();
    full(
        "a passphrase",
        open.change_passphrase(&passphrase(), &new, Cost::weak_for_tests(), at(4)),
    );
    are_there(&open, &ids);
    full("another key", open.change_data_key(at(4)).map(|_| ()));
    let restored = disk.join("restored");
    let backup = Backup::open(&good).unwrap();
    let who = backup.people().remove(0).id;
    let right = passphrase();
    let opener = Opener::Passphrase(&who, &right);
    full(
        "a restore",
        backup.restore(&restored, opener, at(4)).map(|_| ()),
    );
    assert!(
        matches!(Vault::open(&restored), Err(Error::NoVault)),
        "no half of a vault"
    );
    full("opening", reopen(&home).map(|_| ()));
    let left: Vec<_> = fs::read_dir(disk)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["home", "restored", "ballast"].contains(&name.as_str()))
        .collect();
    assert!(left.is_empty(), "nothing half-written stays: {left:?}");

    fs::remove_file(ballast).unwrap();
    let mut open = reopen(&home).unwrap();
    are_there(&open, &ids);
    add(&mut open, 3).unwrap();
    let open = open.change_data_key(at(6)).unwrap();
    are_there(&open, &ids);
    open.lock(at(7)).unwrap();
}

/// Somebody works until the disk is full, makes room, and goes on in the same open vault; the same where it was killed full.
pub(crate) fn filling(disk: &Path) {
    let home = disk.join("home");
    let (mut open, _) = vault(&home);
    let ballast = disk.join("ballast");
    fs::write(&ballast, vec![1; 512 << 10]).unwrap();
    let mut ids = Vec::new();
    let refused = loop {
        match add(&mut open, ids.len()) {
            Ok(id) => ids.push(id),
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, Error::DiskFull), "{refused:?}");
    assert!(ids.len() > 20, "{} before the disk was full", ids.len());
    are_there(&open, &ids);
    // A copy of the full folder is what a kill would leave.
    let killed = tempfile::tempdir().unwrap();
    for name in ["vault.db", "vault.db-wal", "vault.keys"] {
        fs::copy(home.join(name), killed.path().join(name)).unwrap();
    }
    are_there(&reopen(killed.path()).unwrap(), &ids);

    fs::remove_file(ballast).unwrap();
    ids.push(add(&mut open, ids.len()).unwrap());
    are_there(&open, &ids);
    drop(open);
    are_there(&reopen(&home).unwrap(), &ids);
    let locked = Vault::open(&home).unwrap();
    assert_eq!(member(&locked).name, "Ana Lee");
}

/// A stick as it is sold takes no file over 4 GiB; here the limit is the system's own for one process, and smaller.
pub(crate) fn too_large(disk: &Path) {
    const LIMITED: &str = "RELIEF_LIMITED";
    let home = disk.join("home");
    if std::env::var_os(LIMITED).is_none() {
        let (mut open, _) = vault(&home);
        add(&mut open, 0).unwrap();
        drop(open);
        // Room for a copy of the database, not for one with the keys before it. In blocks of 512 bytes.
        let blocks = fs::metadata(home.join("vault.db")).unwrap().len() / 512 + 2;
        let this = std::env::current_exe().unwrap();
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$1\"");
        let name = std::env::args().nth(1).unwrap();
        let done = Command::new("sh")
            .args(["-c", &script])
            .arg(this)
            .arg(name)
            .env(LIMITED, "1")
            .status()
            .unwrap();
        assert!(done.success());
        return;
    }
    let mut open = reopen(&home).unwrap();
    let tried = open.backup(&disk.join("b"), at(3));
    let words = tried.map(|_| ()).unwrap_err().to_string();
    assert!(words.contains("file as large"), "{words}");
    assert!(!disk.join("b").exists());
    assert_eq!(open.read().count().unwrap(), 1);
}
