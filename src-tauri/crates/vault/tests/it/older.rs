//! Files that older versions of the program wrote stay good, with the passphrase and with the code.
//!
//! `schema-2.backup` was written by `relief-vault` itself (`create`, `add` twice, `verify`, `backup`) and is never made again: a
//! later version adds a file of its own.

use std::path::Path;

use vault::{Backup, Opener, Operation, RecoveryCode, Vault};

use crate::made_up::{at, passphrase};

#[test]
fn a_backup_of_schema_2_restores() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-2.backup");
    let backup = Backup::open(&file).unwrap();
    assert_eq!(backup.clinic(), "Harbor Clinic");
    let who = backup.people().remove(0);
    assert_eq!(who.name, "Ana Lee");
    let code: RecoveryCode = "WSEW-NSRT-TWCB-60FK-KGG1-NNF3-Y827-G5EV".parse().unwrap();
    for opener in [
        Opener::Passphrase(&who.id, &passphrase()),
        Opener::Code(&code),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let vault = backup.restore(dir.path(), opener, at(1)).unwrap();
        assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
        let rows = vault.read().clients("fuente", 9).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].id.as_str(), rows[0].cases),
            ("33sk2pa0xb1e5yvs", 1)
        );
        let record = vault.read().record(&rows[0].id).unwrap();
        assert_eq!(record.person.name.full(), "Zoe De La Fuente");
        assert_eq!(record.cases[0].number.as_deref(), Some("05F01234"));
        assert_eq!(vault.read().clients("nunez", 9).unwrap().len(), 1);
        let first = &vault.read().audit(0, 1).unwrap()[0];
        assert_eq!(
            (first.operation.as_str(), &first.person),
            ("create", &who.id)
        );
    }
}

/// `schema-5.backup`: as the one above, with a second person, a card, and signed audit rows. Written before this test was.
#[test]
fn a_backup_of_schema_5_restores() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-5.backup");
    let backup = Backup::open(&file).unwrap();
    assert_eq!(backup.people().len(), 2);
    let code: RecoveryCode = "HDQF-0JVQ-03WH-FKMZ-BFFG-SNNW-3XE7-ZHMZ".parse().unwrap();
    let who = backup.people().remove(0).id;
    for opener in [Opener::Passphrase(&who, &passphrase()), Opener::Code(&code)] {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = backup.restore(dir.path(), opener, at(1)).unwrap();
        assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
        assert!(vault.read().audit_holds(&backup.audit_head()).unwrap());
        assert!(
            vault
                .read()
                .audit(0, 99)
                .unwrap()
                .iter()
                .all(|row| row.signed)
        );
        let rows = vault.read().clients("fuente", 9).unwrap();
        assert_eq!(rows[0].id.as_str(), "mdkb4ex8j6y2fe4d");
        assert!(vault.people()[1].must_change);
        let card = vault.card(at(2)).unwrap();
        assert_ne!(
            card.words(),
            "sun morning strategy honey finish pass",
            "another laptop"
        );
    }
}

/// `schema-9.backup`: the last that did not say which keys belong to it. What it says of its contents holds for it as it was made.
#[test]
fn a_backup_of_schema_9_rehearses_as_the_same_and_learns_its_keys() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-9.backup");
    let place = tempfile::tempdir().unwrap();
    let copied = place.path().join("monday");
    std::fs::copy(file, &copied).unwrap();
    let backup = Backup::open(&copied).unwrap();
    let (ana, bo) = (backup.people()[0].id.clone(), backup.people()[1].id.clone());
    let opener = Opener::Passphrase(&ana, &passphrase());
    assert_eq!(backup.rehearse(opener, at(1)).unwrap().same, Some(true));

    let home = place.path().join("home");
    let mut vault = backup.restore(&home, opener, at(1)).unwrap();
    let with_bo = std::fs::read(home.join("vault.keys")).unwrap();
    vault.remove_person(&bo, at(2)).unwrap();
    drop(vault);
    std::fs::write(home.join("vault.keys"), with_bo).unwrap();
    let vault = Vault::open(&home)
        .unwrap()
        .unlock(&ana, &passphrase(), at(3));
    assert_eq!(vault.unwrap().people().len(), 1);
}

/// `schema-10.backup`: the last whose log did not tell what is kept of a client. Its clients are believed until the log tells of them.
#[test]
fn a_backup_of_schema_10_opens_and_its_clients_are_told_of_from_then_on() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-10.backup");
    let place = tempfile::tempdir().unwrap();
    let copied = place.path().join("monday");
    std::fs::copy(file, &copied).unwrap();
    let backup = Backup::open(&copied).unwrap();
    let code: RecoveryCode = "50FB-EBEP-3SW6-YVH5-5146-GH93-0VBY-4538".parse().unwrap();
    assert_eq!(
        backup.rehearse(Opener::Code(&code), at(1)).unwrap().same,
        Some(true)
    );
    let who = backup.people().remove(0).id;
    let opener = Opener::Passphrase(&who, &passphrase());
    let mut vault = backup.restore(&place.path().join("home"), opener, at(1));
    let vault = vault.as_mut().unwrap();
    for row in vault.read().clients("", 9).unwrap() {
        vault
            .transact(Operation::OpenClient, at(2), |tx| tx.about(&row.id))
            .unwrap();
    }
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
}

/// `schema-11.backup`: the last whose log did not tell which keys belong to the database. It learns them when it is opened.
#[test]
fn a_backup_of_schema_11_opens_and_its_keys_are_told_of_from_then_on() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-11.backup");
    let place = tempfile::tempdir().unwrap();
    let copied = place.path().join("monday");
    std::fs::copy(file, &copied).unwrap();
    let backup = Backup::open(&copied).unwrap();
    let code: RecoveryCode = "M3JJ-H490-22KT-GD4P-QHCC-WBM2-Z79J-FTBA".parse().unwrap();
    assert_eq!(
        backup.rehearse(Opener::Code(&code), at(1)).unwrap().same,
        Some(true)
    );
    let who = backup.people().remove(0).id;
    let passphrase = passphrase();
    let opener = Opener::Passphrase(&who, &passphrase);
    let home = place.path().join("home");
    let vault = backup.restore(&home, opener, at(1)).unwrap();
    assert_eq!(vault.read().clients("", 9).unwrap().len(), 2);
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    vault.lock(at(2)).unwrap();
    let locked = Vault::open(&home).unwrap();
    for opener in [opener, Opener::Code(&code)] {
        let vault = match opener {
            Opener::Passphrase(who, passphrase) => locked.unlock(who, passphrase, at(3)),
            Opener::Code(code) => locked.unlock_with_code(code, at(3)),
        };
        let vault = vault.unwrap();
        assert!(!vault.opened_as_it_stands());
        assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    }
}
