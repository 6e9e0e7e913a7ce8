//! People come, change and go.

use vault::{Act, Cost, Error, NewPerson, Operation, Passphrase, PersonId, Role, Vault};

use crate::made_up::{at, member, passphrase, record, reopen, vault};

fn words(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

const FIRST: &str = "seven quiet lamps upstairs";
const OWN: &str = "three green otters sing";

fn add(vault: &mut Vault, name: &str, roles: &[Role]) -> vault::Result<PersonId> {
    let new = NewPerson {
        name,
        roles,
        passphrase: &words(FIRST),
        cost: Cost::weak_for_tests(),
    };
    vault.add_person(&new, at(2))
}

#[test]
fn a_new_person_chooses_a_passphrase_before_anything_else() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let bo = add(&mut vault, "Bo Chen", &[Role::Volunteer]).unwrap();
    let locked = vault.lock(at(3)).unwrap();
    let mut vault = locked.unlock(&bo, &words(FIRST), at(4)).unwrap();
    assert!(vault.me().must_change);
    let tried = vault.transact(Operation::AddClient, at(5), |tx| {
        tx.add_client(&record("Rosa", "Quill", "1"))
    });
    assert!(matches!(tried, Err(Error::MustChangePassphrase)));
    assert!(matches!(
        vault.needs(Act::Work),
        Err(Error::MustChangePassphrase)
    ));

    let mut change = |old: &str, new: &str| {
        vault.change_passphrase(&words(old), &words(new), Cost::weak_for_tests(), at(6))
    };
    assert!(matches!(change(FIRST, FIRST), Err(Error::PassphraseSame)));
    assert!(matches!(
        change(OWN, "four loud otters sing"),
        Err(Error::WrongPassphrase)
    ));
    assert!(matches!(
        change(FIRST, "Bo Chen 1"),
        Err(Error::PassphraseWeak { .. })
    ));
    change(FIRST, OWN).unwrap();
    assert!(!vault.me().must_change);
    vault
        .transact(Operation::AddClient, at(7), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    assert!(matches!(
        vault.needs(Act::Export),
        Err(Error::NotForThisRole { act: Act::Export })
    ));
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    let locked = vault.lock(at(8)).unwrap();
    assert!(matches!(
        locked.unlock(&bo, &words(FIRST), at(9)),
        Err(Error::WrongPassphrase)
    ));
    let vault = locked.unlock(&bo, &words(OWN), at(10)).unwrap();
    assert!(
        vault
            .read()
            .audit(0, 99)
            .unwrap()
            .iter()
            .all(|row| row.signed)
    );
    drop(vault);
    assert!(reopen(dir.path()).is_ok(), "nobody else's changed");
}

#[test]
fn who_was_removed_has_no_way_in() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let bo = add(&mut vault, "Bo Chen", &[Role::Volunteer]).unwrap();
    vault.remove_person(&bo, at(3)).unwrap();
    let row = vault.read().audit(0, 99).unwrap().pop().unwrap();
    assert_eq!(
        (row.operation.as_str(), row.subject),
        ("remove_person", Some(bo.0.clone()))
    );
    let locked = vault.lock(at(4)).unwrap();
    assert!(matches!(
        locked.unlock(&bo, &words(FIRST), at(5)),
        Err(Error::UnknownPerson)
    ));
    assert_eq!(locked.people().len(), 1);
}

#[test]
fn an_administrator_is_always_left_and_nobody_else_decides() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let ana = vault.me().id.clone();
    assert!(matches!(
        vault.remove_person(&ana, at(2)),
        Err(Error::NotOneself)
    ));
    assert!(matches!(
        vault.set_roles(&ana, &[Role::Attorney], at(2)),
        Err(Error::LastAdministrator)
    ));
    assert!(matches!(
        add(&mut vault, " ", &[Role::Volunteer]),
        Err(Error::NameEmpty { .. })
    ));
    assert!(matches!(
        add(&mut vault, "Ana Lee", &[Role::Volunteer]),
        Err(Error::NameTaken)
    ));
    assert!(matches!(
        add(&mut vault, "Bo Chen", &[]),
        Err(Error::NoRole)
    ));
    let bo = add(&mut vault, "Bo Chen", &[Role::Administrator]).unwrap();
    vault.set_roles(&ana, &[Role::Attorney], at(3)).unwrap();
    assert!(matches!(
        vault.remove_person(&bo, at(4)),
        Err(Error::NotForThisRole { act: Act::People })
    ));
    let words = vault.needs(Act::People).unwrap_err().to_string();
    assert!(
        words.starts_with("this is for administrators only"),
        "{words}"
    );
}

#[test]
fn a_forced_change_binds_at_the_next_unlocking_and_tuning_is_no_change() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let ana = vault.me().id.clone();
    vault.force_change(&ana, at(2)).unwrap();
    let locked = vault.lock(at(3)).unwrap();
    assert!(member(&locked).must_change);
    let mut vault = locked.unlock(&ana, &passphrase(), at(4)).unwrap();
    vault
        .retune(&passphrase(), Cost::weak_for_tests(), at(5))
        .unwrap();
    assert!(vault.me().must_change);
}

#[test]
fn a_new_recovery_code_ends_the_old_one() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, old) = vault(dir.path());
    let new = vault
        .new_recovery_code(Cost::weak_for_tests(), at(2))
        .unwrap();
    let locked = vault.lock(at(3)).unwrap();
    assert!(matches!(
        locked.unlock_with_code(&old, at(4)),
        Err(Error::WrongCode)
    ));
    assert!(locked.unlock_with_code(&new, at(5)).is_ok());
}

#[test]
fn a_weak_first_passphrase_makes_no_vault() {
    let dir = tempfile::tempdir().unwrap();
    let create = vault::Create {
        clinic: &crate::made_up::clinic(),
        person: "Ana Lee",
        passphrase: &words("x"),
        cost: Cost::weak_for_tests(),
        at: at(0),
    };
    let made = Vault::create(&dir.path().join("new"), &create).map(|_| ());
    let words = made.unwrap_err().to_string();
    assert!(words.starts_with("the passphrase is too weak. "), "{words}");
    assert!(!dir.path().join("new").exists());
}

/// A busy machine measures a low cost; it makes nobody's passphrase cheaper to guess than that of whoever is in.
#[test]
fn nobodys_passphrase_is_cheaper_to_guess_than_that_of_whoever_gives_it() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let (weak, dear) = (
        Cost::weak_for_tests(),
        Cost::tuned(std::time::Duration::ZERO).unwrap(),
    );
    assert_eq!(vault.own_cost(), Some(weak));
    vault.retune(&passphrase(), dear, at(2)).unwrap();
    let bo = add(&mut vault, "Bo Chen", &[Role::Volunteer]).unwrap();
    vault
        .change_passphrase(&passphrase(), &words(OWN), weak, at(3))
        .unwrap();
    assert_eq!(vault.own_cost(), Some(dear));
    let locked = vault.lock(at(4)).unwrap();
    let mut vault = locked.unlock(&bo, &words(FIRST), at(5)).unwrap();
    assert_eq!(vault.own_cost(), Some(dear));
    let new = "four loud otters sing";
    vault
        .change_passphrase(&words(FIRST), &words(new), weak, at(6))
        .unwrap();
    // Asked for, as on a slower machine.
    vault.retune(&words(new), weak, at(7)).unwrap();
    assert_eq!(vault.own_cost(), Some(weak));
}
