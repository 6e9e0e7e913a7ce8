//! Who gets in, and who does not.

use std::fs;

use jiff::Timestamp;
use vault::{Cost, Create, Error, Operation, Passphrase, PersonId, RecoveryCode, Role, Vault};

use crate::made_up::{at, clinic, member, passphrase, record, reopen, vault};

#[test]
fn the_locked_view_shows_clinic_and_people_only() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = vault(dir.path());
    drop(vault);
    let locked = Vault::open(dir.path()).unwrap();
    assert_eq!(locked.clinic(), "Harbor Clinic");
    let people = locked.people();
    assert_eq!((people.len(), people[0].name.as_str()), (1, "Ana Lee"));
    assert_eq!(people[0].roles, [Role::Administrator, Role::Attorney]);
}

#[test]
fn a_wrong_passphrase_is_refused_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = vault(dir.path());
    drop(vault);
    let before = files(dir.path());
    let locked = Vault::open(dir.path()).unwrap();
    let who = member(&locked).id;
    for wrong in [
        "a purple bicycle at noo",
        "A purple bicycle at noon",
        "a purple bicycle at noon ",
    ] {
        let tried = locked.unlock(&who, &Passphrase::new(wrong).unwrap(), at(1));
        assert!(matches!(tried, Err(Error::WrongPassphrase)));
    }
    let nobody = locked.unlock(&PersonId("nobody".into()), &passphrase(), at(1));
    assert!(matches!(nobody, Err(Error::UnknownPerson)));
    let mut after = files(dir.path());
    after.retain(|(name, _)| name != "vault.tries");
    assert_eq!(after, before, "but for the count of wrong tries");
    let soon = locked.unlock(&who, &passphrase(), at(2));
    assert!(
        matches!(soon, Err(Error::TooSoon { seconds: 1 })),
        "{soon:?}"
    );
    assert_eq!(locked.seconds_to_wait(&who, at(2)), 1);
    let vault = locked.unlock(&who, &passphrase(), at(3)).unwrap();
    let last = vault.read().audit(0, 99).unwrap().pop().unwrap();
    assert_eq!(
        (last.operation.as_str(), last.subject.as_deref()),
        ("wrong_tries", Some("3"))
    );
    drop(vault);
    assert_eq!(
        files(dir.path()).len(),
        before.len(),
        "nothing is counted any more"
    );
}

#[test]
fn the_recovery_code_gives_a_new_passphrase_and_stays_good() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = vault(dir.path());
    let id = vault
        .transact(Operation::AddClient, at(1), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    let locked = vault.lock(at(2)).unwrap();
    let code: RecoveryCode = code.to_string().to_lowercase().parse().unwrap();
    let who = member(&locked).id;
    let new = Passphrase::new("three green otters sing").unwrap();
    let recover = |locked: &vault::Locked, code| {
        locked.recover(code, &who, &new, Cost::weak_for_tests(), at(3))
    };
    let vault = recover(&locked, &code).unwrap();
    assert_eq!(
        vault.read().record(&id).unwrap(),
        record("Rosa", "Quill", "1")
    );
    drop(vault);
    assert!(
        matches!(reopen(dir.path()), Err(Error::WrongPassphrase)),
        "the old passphrase is gone"
    );
    let locked = Vault::open(dir.path()).unwrap();
    drop(locked.unlock(&who, &new, at(4)).unwrap());
    drop(recover(&locked, &code).unwrap());
    let vault = locked.unlock_with_code(&code, at(5)).unwrap();
    assert_eq!(vault.read().count().unwrap(), 1);
    assert!(!vault.me().is(Role::Attorney), "a code is nobody's licence");
}

#[test]
fn another_vaults_code_is_refused() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(vault(one.path()));
    let (_, foreign) = vault(two.path());
    let locked = Vault::open(one.path()).unwrap();
    assert!(matches!(
        locked.unlock_with_code(&foreign, at(1)),
        Err(Error::WrongCode)
    ));
}

#[test]
fn a_second_opening_is_refused_until_the_first_is_locked() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, code) = vault(dir.path());
    assert!(matches!(reopen(dir.path()), Err(Error::InUse)));
    let locked = Vault::open(dir.path()).unwrap();
    assert!(matches!(
        locked.unlock_with_code(&code, at(1)),
        Err(Error::InUse)
    ));
    vault.lock(at(2)).unwrap();
    let vault = reopen(dir.path()).unwrap();
    drop(vault);
    assert!(reopen(dir.path()).is_ok(), "dropping lets go too");
}

#[test]
fn a_vault_is_made_only_in_an_empty_folder_with_names() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("letter.txt"), "dear").unwrap();
    let try_in = |dir: &std::path::Path, person: &str| {
        let create = Create {
            clinic: &clinic(),
            person,
            passphrase: &passphrase(),
            cost: Cost::weak_for_tests(),
            at: Timestamp::UNIX_EPOCH,
        };
        Vault::create(dir, &create).map(|_| ())
    };
    assert!(matches!(try_in(dir.path(), "Ana"), Err(Error::NotEmpty)));
    assert!(matches!(
        try_in(&dir.path().join("new"), " "),
        Err(Error::NameEmpty { .. })
    ));
    assert_eq!(
        files(dir.path()),
        [("letter.txt".to_owned(), b"dear".to_vec())]
    );
    assert!(try_in(&dir.path().join("deep/new"), "Ana").is_ok());
    assert!(matches!(
        try_in(&dir.path().join("deep/new"), "Ana"),
        Err(Error::NotEmpty)
    ));
}

#[test]
fn a_new_clinic_name_reaches_the_unlock_screen() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let mut renamed = clinic();
    renamed.name = "Clínica del Puerto".into();
    vault.set_clinic(&renamed, at(2)).unwrap();
    drop(vault);
    assert_eq!(
        Vault::open(dir.path()).unwrap().clinic(),
        "Clínica del Puerto"
    );
    assert_eq!(
        reopen(dir.path()).unwrap().read().clinic().unwrap(),
        renamed
    );
}

/// Every file with its bytes.
fn files(dir: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    found.sort();
    found
}
