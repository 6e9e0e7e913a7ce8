//! What an older copy of the folder cannot bring back: an older `vault.keys`, put back by hand or never replaced because the program was
//! killed, opens nothing that was closed since. Older pages of the database: `older_pages`.

use std::fs;
use std::path::Path;

use vault::{Cost, Error, NewPerson, Passphrase, PersonId, RecoveryCode, Role, Vault};

use crate::made_up::{PASSPHRASE, at, passphrase, vault};

pub(crate) const BO: &str = "seven quiet lamps upstairs";
const NEW: &str = "three green otters sing";

fn words(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

pub(crate) fn unlock(home: &Path, who: &PersonId, passphrase: &str) -> vault::Result<Vault> {
    Vault::open(home)?.unlock(who, &words(passphrase), at(9))
}

pub(crate) struct Office {
    pub(crate) ana: PersonId,
    pub(crate) bo: PersonId,
    pub(crate) code: RecoveryCode,
}

/// An office of Ana and Bo in `home`; gives it open.
pub(crate) fn office(home: &Path) -> (Vault, Office) {
    let (mut vault, code) = vault(home);
    let new = NewPerson {
        name: "Bo Chen",
        roles: &[Role::Volunteer],
        passphrase: &words(BO),
        cost: Cost::weak_for_tests(),
    };
    let bo = vault.add_person(&new, at(1)).unwrap();
    let ana = vault.me().id.clone();
    (vault, Office { ana, bo, code })
}

/// What somebody changes, and who of Ana, Bo, and the holder of the code of the day before is refused afterwards.
#[test]
fn the_database_says_whose_key_counts() {
    type Change = fn(&mut Vault, &Office);
    let changes: [(&str, Change, [bool; 3]); 5] = [
        (
            "Bo was removed",
            |vault, office| vault.remove_person(&office.bo, at(2)).unwrap(),
            [false, true, false],
        ),
        (
            "Ana has a new passphrase",
            |vault, _| {
                let (old, cost) = (passphrase(), Cost::weak_for_tests());
                vault
                    .change_passphrase(&old, &words(NEW), cost, at(2))
                    .unwrap();
            },
            [true, false, false],
        ),
        (
            "there is a new code",
            |vault, _| {
                drop(
                    vault
                        .new_recovery_code(Cost::weak_for_tests(), at(2))
                        .unwrap(),
                )
            },
            [false, false, true],
        ),
        (
            "Bo is an attorney",
            |vault, office| {
                vault
                    .set_roles(&office.bo, &[Role::Attorney], at(2))
                    .unwrap();
            },
            [false; 3],
        ),
        (
            "the clinic has another name",
            |vault, _| {
                let mut clinic = vault.read().clinic().unwrap();
                clinic.name = "Ridge Clinic".into();
                vault.set_clinic(&clinic, at(2)).unwrap();
            },
            [false; 3],
        ),
    ];
    for (what, change, refused) in changes {
        for (who, refused) in ["Ana", "Bo", "code"].into_iter().zip(refused) {
            let dir = tempfile::tempdir().unwrap();
            let (mut vault, office) = office(dir.path());
            let file = dir.path().join("vault.keys");
            let before = fs::read(&file).unwrap();
            change(&mut vault, &office);
            let people = vault.people();
            drop(vault);
            let belongs = fs::read(&file).unwrap();
            assert_ne!(before, belongs, "{what}");

            fs::write(&file, &before).unwrap();
            let opened = match who {
                "Ana" => unlock(dir.path(), &office.ana, PASSPHRASE),
                "Bo" => unlock(dir.path(), &office.bo, BO),
                _ => Vault::open(dir.path())
                    .unwrap()
                    .unlock_with_code(&office.code, at(9)),
            };
            assert_eq!(fs::read(&file).unwrap(), belongs, "{what}, {who}");
            match opened {
                Err(Error::KeysReplaced) => assert!(refused, "{what}: {who} was refused"),
                Err(error) => panic!("{what}, {who}: {error}"),
                Ok(vault) => {
                    assert!(!refused, "{what}: {who} came in");
                    assert_eq!(vault.people(), people, "{what}, {who}");
                    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
                }
            }
        }
    }
}

#[test]
fn whoever_was_refused_comes_in_with_what_counts_now() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, office) = office(dir.path());
    let file = dir.path().join("vault.keys");
    let before = fs::read(&file).unwrap();
    let (old, cost) = (passphrase(), Cost::weak_for_tests());
    vault
        .change_passphrase(&old, &words(NEW), cost, at(2))
        .unwrap();
    drop(vault);
    fs::write(&file, &before).unwrap();
    let tried = unlock(dir.path(), &office.ana, PASSPHRASE);
    assert!(matches!(tried, Err(Error::KeysReplaced)));
    let tried = unlock(dir.path(), &office.ana, PASSPHRASE);
    assert!(matches!(tried, Err(Error::WrongPassphrase)));
    // Wrong tries make the next one wait.
    let vault = Vault::open(dir.path())
        .unwrap()
        .unlock(&office.ana, &words(NEW), at(900));
    assert_eq!(
        vault.unwrap().verify().unwrap().problems,
        Vec::<String>::new()
    );
}

/// The code gives a new passphrase by the keys that belong to the vault, whatever file lies there.
#[test]
fn a_recovery_over_an_older_file_brings_nobody_back() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, office) = office(dir.path());
    let file = dir.path().join("vault.keys");
    let before = fs::read(&file).unwrap();
    vault.remove_person(&office.bo, at(2)).unwrap();
    drop(vault);
    let cost = Cost::weak_for_tests();
    for who in [&office.bo, &office.ana] {
        fs::write(&file, &before).unwrap();
        let recovered =
            Vault::open(dir.path())
                .unwrap()
                .recover(&office.code, who, &words(NEW), cost, at(3));
        if *who == office.bo {
            assert!(matches!(recovered, Err(Error::UnknownPerson)));
        } else {
            assert_eq!(recovered.unwrap().people().len(), 1);
        }
    }
    let vault = unlock(dir.path(), &office.ana, NEW).unwrap();
    assert_eq!(vault.people().len(), 1);
}

/// The disk refuses the file after the database has the change: the next opening writes it.
#[test]
fn a_change_whose_file_could_not_be_written_holds_from_the_next_opening() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, office) = office(dir.path());
    let stopper = dir.path().join("vault.keys.new");
    fs::create_dir(&stopper).unwrap();
    vault.remove_person(&office.bo, at(2)).unwrap_err();
    assert_eq!(vault.people().len(), 1);
    let (old, cost) = (passphrase(), Cost::weak_for_tests());
    vault
        .change_passphrase(&old, &words(NEW), cost, at(3))
        .unwrap_err();
    // Signed with the keys that count now.
    let locked = vault.lock(at(4)).unwrap();
    fs::remove_dir(&stopper).unwrap();
    drop(locked);
    let tried = unlock(dir.path(), &office.ana, PASSPHRASE);
    assert!(matches!(tried, Err(Error::KeysReplaced)));
    let vault = unlock(dir.path(), &office.ana, NEW).unwrap();
    assert_eq!(vault.people().len(), 1);
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
}
