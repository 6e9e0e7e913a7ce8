//! A write-protected disk: refused in words before anything is asked, and a backup on it is still good for a restore.

use std::path::Path;

use vault::{Backup, Error, Opener, Operation};

use crate::made_up::{at, member, passphrase, record, reopen, vault};
use crate::system;

pub(crate) fn everything(disk: &Path) {
    let elsewhere = tempfile::tempdir().unwrap();
    let home = disk.join("home");
    let (mut open, code) = vault(&home);
    let one = record("Rosa", "Quill", "05F01234");
    let id = open
        .transact(Operation::AddClient, at(2), |tx| tx.add_client(&one))
        .unwrap();
    let file = disk.join("monday.backup");
    open.backup(&file, at(3)).unwrap();
    drop(open);
    system("mount", &["-o", "remount,ro"], disk);

    let refused = |step: &str, error: Option<Error>| {
        let words = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(words.contains("write-protected"), "{step}: {words}");
    };
    refused("opening", reopen(&home).err());
    let locked = vault::Vault::open(&home).unwrap();
    assert_eq!(member(&locked).name, "Ana Lee", "who is there can be read");
    refused("the code", locked.unlock_with_code(&code, at(4)).err());

    let backup = Backup::open(&file).unwrap();
    let who = backup.people().remove(0).id;
    let right = passphrase();
    let opener = || Opener::Passphrase(&who, &right);
    refused(
        "a rehearsal beside it",
        backup.rehearse(opener(), at(4)).err(),
    );
    refused(
        "a restore onto it",
        backup.restore(&disk.join("new"), opener(), at(4)).err(),
    );
    let restored = elsewhere.path().join("restored");
    let mut restored = backup.restore(&restored, opener(), at(4)).unwrap();
    assert_eq!(restored.read().record(&id).unwrap(), one);
    refused(
        "a backup onto it",
        restored.backup(&disk.join("tuesday.backup"), at(5)).err(),
    );
    // Only the step onto that disk failed.
    restored
        .transact(Operation::AddClient, at(6), |tx| tx.add_client(&one))
        .unwrap();
    system("mount", &["-o", "remount,rw"], disk);
    assert_eq!(reopen(&home).unwrap().read().record(&id).unwrap(), one);
}
