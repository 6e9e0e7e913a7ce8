//! A backup restores, with the passphrase or the code alone; a damaged one never half does.

use std::fs;

use vault::{Backup, Cost, Error, NewPerson, Opener, Operation, Passphrase, Role, Vault};

use crate::made_up::{at, passphrase, record, reopen, vault};

#[test]
fn a_backup_restores_on_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let (home, file) = (dir.path().join("home"), dir.path().join("evening.backup"));
    let (mut vault, code) = vault(&home);
    let one = record("Zebulon", "Quackenbush", "77F98765");
    let id = vault
        .transact(Operation::AddClient, at(2), |tx| tx.add_client(&one))
        .unwrap();
    let found = vault.backup(&file, at(3)).unwrap();
    assert_eq!((found.clients, found.audit_rows), (1, 2));
    assert!(
        matches!(vault.backup(&file, at(4)), Err(Error::Exists)),
        "nothing is overwritten"
    );
    drop(vault);
    let beside: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(beside.len(), 2, "no temporary file stays: {beside:?}");
    let bytes = fs::read(&file).unwrap();
    for planted in [
        "Zebulon",
        "Quackenbush",
        "quackenbush",
        "77F98765",
        "SQLite format",
    ] {
        assert!(
            !bytes
                .windows(planted.len())
                .any(|w| w == planted.as_bytes()),
            "{planted}"
        );
    }
    fs::remove_dir_all(&home).unwrap();

    let backup = Backup::open(&file).unwrap();
    assert_eq!((backup.clinic(), backup.made()), ("Harbor Clinic", at(3)));
    let who = backup.people().remove(0).id;
    let right = passphrase();
    for (n, opener) in [Opener::Passphrase(&who, &right), Opener::Code(&code)]
        .into_iter()
        .enumerate()
    {
        let new = dir.path().join(format!("new{n}"));
        let vault = backup.restore(&new, opener, at(5)).unwrap();
        assert_eq!(vault.read().record(&id).unwrap(), one);
        assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
        drop(vault);
        assert_eq!(
            reopen(&new).unwrap().read().record(&id).unwrap(),
            one,
            "the passphrase opens the restored vault"
        );
    }
}

#[test]
fn a_wrong_secret_or_a_full_folder_restores_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("b");
    let (mut vault, _) = vault(&dir.path().join("home"));
    vault.backup(&file, at(3)).unwrap();
    let backup = Backup::open(&file).unwrap();
    let who = backup.people().remove(0).id;
    let new = dir.path().join("new");
    let wrong = Passphrase::new("wrong").unwrap();
    let tried = backup.restore(&new, Opener::Passphrase(&who, &wrong), at(4));
    assert!(matches!(tried, Err(Error::WrongPassphrase)));
    assert!(!new.exists());
    let tried = backup.restore(dir.path(), Opener::Passphrase(&who, &passphrase()), at(4));
    assert!(matches!(tried, Err(Error::NotEmpty)));
}

#[test]
fn no_byte_of_a_backup_may_change() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("b");
    let (mut vault, _) = vault(&dir.path().join("home"));
    vault
        .transact(Operation::AddClient, at(2), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    vault.backup(&file, at(3)).unwrap();
    let good = fs::read(&file).unwrap();
    let new = dir.path().join("new");
    let restore = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let backup = Backup::open(&file)?;
        let who = backup.people().remove(0).id;
        backup
            .restore(&new, Opener::Passphrase(&who, &passphrase()), at(4))
            .map(|_| ())
    };
    // The beginning byte by byte, and a sample of the rest: the key file within has a test of its own.
    let places = (0..300)
        .chain((300..4000).step_by(17))
        .chain((4000..good.len()).step_by(997))
        .chain(good.len() - 40..good.len());
    for place in places {
        let mut bad = good.clone();
        bad[place] ^= 0x01;
        let tried = restore(&bad);
        let refused = matches!(
            tried,
            Err(Error::NotABackup | Error::BackupNewer | Error::BackupDamaged | Error::KeysNewer)
        );
        assert!(refused, "byte {place}: {tried:?}");
        assert!(!new.exists(), "byte {place}: nothing was written");
    }
    for end in (0..good.len()).step_by(1499).chain([good.len() - 1]) {
        let tried = restore(&good[..end]);
        assert!(
            matches!(tried, Err(Error::NotABackup | Error::BackupDamaged)),
            "cut at {end}: {tried:?}"
        );
    }
    assert!(matches!(
        restore(&[good.as_slice(), b"x"].concat()),
        Err(Error::BackupDamaged)
    ));
    assert!(matches!(
        restore(b"relief-desk/backup/2\nand so on"),
        Err(Error::BackupNewer)
    ));
    assert!(matches!(
        restore(b"PK\x03\x04 something else altogether"),
        Err(Error::NotABackup)
    ));
    restore(&good).unwrap();
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever the file holds after our name, looking at it ends with an answer.
    #[test]
    fn no_file_stops_the_reader(rest: Vec<u8>, length: u64) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("b");
        for bytes in [
            rest.clone(),
            [b"relief-desk/backup/1\n".as_slice(), &rest].concat(),
            [b"relief-desk/backup/1\n".as_slice(), &length.to_le_bytes(), &rest].concat(),
        ] {
            fs::write(&file, bytes).unwrap();
            proptest::prop_assert!(Backup::open(&file).is_err());
        }
    }
}

/// A copy never goes on as the laptop that it is a copy of, and whoever may not restore leaves nothing.
#[test]
fn a_restored_copy_is_another_laptop_before_anybody_opens_it() {
    let place = tempfile::tempdir().unwrap();
    let (mut vault, code) = vault(&place.path().join("home"));
    let first = Passphrase::new("seven quiet lamps upstairs").unwrap();
    let new = NewPerson {
        name: "Bo Chen",
        roles: &[Role::Administrator],
        passphrase: &first,
        cost: Cost::weak_for_tests(),
    };
    let bo = vault.add_person(&new, at(1)).unwrap();
    let own = vault.card(at(2)).unwrap().words();
    let file = place.path().join("monday");
    vault.backup(&file, at(3)).unwrap();
    drop(vault);
    let backup = Backup::open(&file).unwrap();
    let ana = backup.people().remove(0).id;
    let openers = [Opener::Passphrase(&ana, &passphrase()), Opener::Code(&code)];
    // Has to choose another passphrase before anything else.
    let refused = place.path().join("refused");
    let tried = backup.restore(&refused, Opener::Passphrase(&bo, &first), at(4));
    assert!(matches!(tried, Err(Error::MustChangePassphrase)));
    assert!(!refused.exists(), "nothing is left of a refusal");
    for (at_all, opener) in openers.into_iter().enumerate() {
        let home = place.path().join(format!("copy{at_all}"));
        let restored = backup.restore(&home, opener, at(4)).unwrap();
        let log = restored.read().audit(0, 99).unwrap();
        let told: Vec<_> = log.iter().map(|row| row.operation.as_str()).collect();
        // Its index of words is not one that a locking kept.
        let end = told.len() - 3;
        assert_eq!(
            (told[end], told[end + 2]),
            ("restore", "make_index"),
            "{told:?}"
        );
        assert!(log.iter().all(|row| row.signed));
        assert_eq!(restored.verify().unwrap().problems, Vec::<String>::new());
        drop(restored);
        let mut vault = Vault::open(&home)
            .unwrap()
            .unlock(&ana, &passphrase(), at(5))
            .unwrap();
        assert_ne!(vault.card(at(6)).unwrap().words(), own);
    }
}
