//! Keeping, ending, copying out, counting, and what a lost laptop held.

use std::fs;
use std::io::Read;
use std::path::Path;

use record::{CaseId, CountId};
use vault::{
    Act, Backup, Cell, ClientId, Cost, Decision, Error, Guard, Holder, Layout, NewPerson, Opener,
    Operation, Passphrase, Role, Step, Vault,
};

use crate::made_up::{at, passphrase, record, vault};

fn add(vault: &mut Vault, given: &str, family: &str) -> ClientId {
    let one = record(given, family, "05F01234");
    vault
        .transact(Operation::AddClient, at(1), |tx| tx.add_client(&one))
        .unwrap()
}

fn decide(vault: &mut Vault, id: &ClientId, decision: Decision) {
    vault
        .transact(Operation::Retain, at(2), |tx| {
            tx.set_retention(
                id,
                decision,
                "five years after closing",
                "closed, client agreed",
            )
        })
        .unwrap();
}

fn holds(dir: &Path, what: &[u8]) -> bool {
    fs::read_dir(dir).unwrap().any(|entry| {
        let bytes = fs::read(entry.unwrap().path()).unwrap_or_default();
        bytes.windows(what.len()).any(|window| window == what)
    })
}

#[test]
fn a_record_is_destroyed_only_when_decided_and_nothing_is_before_a_court() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let (mut vault, code) = vault(&home);
    let (id, other) = (
        add(&mut vault, "Rosa", "Quill"),
        add(&mut vault, "Bo", "Reed"),
    );
    vault.backup(&dir.path().join("monday"), at(2)).unwrap();
    let reopened = |vault: Vault| {
        let locked = vault.lock(at(9)).unwrap();
        locked
            .unlock(&locked.people()[0].id, &passphrase(), at(9))
            .unwrap()
    };
    let refused = |vault: Vault| vault.destroy(&id, at(3)).map(|_| ()).unwrap_err();
    assert!(matches!(refused(vault), Error::NotDecided));
    let open = || {
        let locked = Vault::open(&home).unwrap();
        locked
            .unlock(&locked.people()[0].id, &passphrase(), at(4))
            .unwrap()
    };
    let mut vault = open();
    decide(&mut vault, &id, Decision::Keep);
    assert!(matches!(refused(vault), Error::NotDecided));
    let mut vault = open();
    decide(&mut vault, &id, Decision::Destroy);
    let step = |vault: &mut Vault, step, day: &str| {
        vault
            .transact(Operation::File, at(5), |tx| {
                let (case, count) = (CaseId("k1".into()), CountId("k1c1".into()));
                tx.set_filing(&id, &case, &count, step, Some(day.parse().unwrap()))
            })
            .unwrap();
    };
    step(&mut vault, Step::Filed, "2026-11-01");
    assert!(matches!(refused(vault), Error::FilingOpen));
    let mut vault = open();
    step(&mut vault, Step::Denied, "2026-11-09");
    let old_keys = fs::read(home.join("vault.keys")).unwrap();
    let (vault, holders) = vault.destroy(&id, at(6)).unwrap();
    assert!(matches!(holders.as_slice(), [Holder::Backup { file, .. }] if file == "monday"));
    assert!(matches!(
        vault.read().record(&id),
        Err(Error::NoSuchClient(_))
    ));
    assert!(vault.read().clients("quill", 9).unwrap().is_empty());
    assert_eq!(vault.read().clients("reed", 9).unwrap()[0].id, other);
    let vault = reopened(vault);
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    let log = vault.read().audit(0, 999).unwrap();
    assert!(
        log.iter()
            .any(|row| row.operation == "destroy" && row.client.as_ref() == Some(&id))
    );
    drop(vault);
    assert_ne!(fs::read(home.join("vault.keys")).unwrap(), old_keys);
    assert!(
        Vault::open(&home)
            .unwrap()
            .unlock_with_code(&code, at(10))
            .is_ok()
    );
}

/// A full disk, or a kill, between the record and the key.
#[test]
fn a_destruction_cut_short_says_so_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let (mut vault, _) = vault(&home);
    let id = add(&mut vault, "Rosa", "Quill");
    vault.backup(&dir.path().join("monday"), at(2)).unwrap();
    decide(&mut vault, &id, Decision::Destroy);
    let keys = || fs::read(home.join("vault.keys")).unwrap();
    let old_keys = keys();
    let open = || {
        let locked = Vault::open(&home).unwrap();
        locked
            .unlock(&locked.people()[0].id, &passphrase(), at(4))
            .unwrap()
    };
    let told = |vault: &Vault| {
        let log = vault.read().audit(0, 999).unwrap();
        let rows = log.into_iter().map(|row| row.operation);
        rows.filter(|row| row == "destroy" || row == "change_key")
            .collect::<Vec<_>>()
    };
    // Where the copy under the new key would stand there is no room for it.
    fs::create_dir(home.join("vault.db.new")).unwrap();
    let cut = vault.destroy(&id, at(3)).map(drop).unwrap_err();
    assert!(matches!(cut, Error::DestroyedUnderOldKey(_)), "{cut}");
    fs::remove_dir(home.join("vault.db.new")).unwrap();
    fs::write(home.join("vault.keys.new"), "cut short").unwrap();
    let vault = open();
    assert!(!home.join("vault.keys.new").exists());
    assert!(vault.read().record(&id).is_err());
    assert_eq!(told(&vault), ["destroy"], "the key was not changed");
    assert_eq!(keys(), old_keys);
    let (vault, holders) = vault.destroy(&id, at(5)).unwrap();
    assert!(matches!(holders.as_slice(), [Holder::Backup { file, .. }] if file == "monday"));
    assert_eq!(told(&vault), ["destroy", "change_key"]);
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    drop(vault);
    assert_ne!(keys(), old_keys);
    let nobody: ClientId = "aaaaaaaaaaaaaaaa".parse().unwrap();
    let nobody = open().destroy(&nobody, at(6)).map(drop).unwrap_err();
    assert!(matches!(nobody, Error::NoSuchClient(_)), "{nobody}");
}

#[test]
fn tables_are_encrypted_or_have_a_reason_and_run_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(&dir.path().join("home"));
    add(&mut vault, "=cmd|'/C calc'!A0", "Quill");
    let layout = Layout::named("legalserver").unwrap();
    let file = |name: &str| dir.path().join(name);
    let mut write = |name: &str, guard| vault.write_table(&layout, &file(name), guard, at(3));
    assert!(matches!(
        write("a", Guard::InClear(" ")),
        Err(Error::NameEmpty { what: "reason" })
    ));
    let weak = Passphrase::new("1234").unwrap();
    assert!(matches!(
        write("a", Guard::Encrypted(&weak)),
        Err(Error::PassphraseWeak { .. })
    ));
    assert!(!file("a").exists());
    assert_eq!(
        write("clear", Guard::InClear("LegalServer import")).unwrap(),
        1
    );
    assert!(matches!(
        write("clear", Guard::InClear("again")),
        Err(Error::Exists)
    ));
    let strong = Passphrase::new("nine slow boats at dawn").unwrap();
    write("locked", Guard::Encrypted(&strong)).unwrap();

    let clear = fs::read_to_string(file("clear")).unwrap();
    let row = clear.lines().nth(1).unwrap();
    assert!(
        clear.starts_with("\"External ID\",\"First Name\","),
        "{clear}"
    );
    assert!(
        row.contains(",\"'=cmd|'/C calc'!A0\",") && row.contains(",\"Quill\","),
        "{row}"
    );
    let bytes = fs::read(file("locked")).unwrap();
    assert!(!bytes.windows(5).any(|w| w == b"Quill"));
    let key = age::scrypt::Identity::new("nine slow boats at dawn".to_owned().into());
    let mut opened = String::new();
    age::Decryptor::new(&bytes[..])
        .unwrap()
        .decrypt(std::iter::once(&key as &dyn age::Identity))
        .unwrap()
        .read_to_string(&mut opened)
        .unwrap();
    assert_eq!(opened, clear, "any age program opens it");
    let log = vault.read().audit(0, 99).unwrap();
    let said: Vec<_> = log
        .iter()
        .filter(|r| r.operation == "write_table")
        .map(|r| r.subject.clone().unwrap())
        .collect();
    assert_eq!(said, ["in clear: LegalServer import", "encrypted"]);
}

#[test]
fn figures_name_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    for n in 0..9 {
        let id = add(&mut vault, "Rosa", &format!("Quill{n}"));
        let status = if n < 6 { "filed" } else { "intake" };
        vault
            .transact(Operation::ChangeStatus, at(2), |tx| {
                tx.set_status(&id, status)
            })
            .unwrap();
    }
    let counts = vault.count_clients(5, at(3)).unwrap();
    assert_eq!(counts.clients, Cell::Shown(9));
    assert_eq!(counts.by_county, [("Alpine".to_owned(), Cell::Shown(9))]);
    assert_eq!(
        counts.by_status,
        [
            ("filed".to_owned(), Cell::Hidden),
            ("intake".to_owned(), Cell::Hidden)
        ],
        "six would give the three away"
    );
    assert!(!serde_json::to_string(&counts).unwrap().contains("Quill"));
}

#[test]
fn a_rehearsed_restore_says_that_everything_came_back_and_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = vault(&dir.path().join("home"));
    assert_eq!(
        vault.backup_reminder(1, at(3)).unwrap(),
        None,
        "nothing to back up"
    );
    add(&mut vault, "Rosa", "Quill");
    assert!(
        vault
            .backup_reminder(1, at(3))
            .unwrap()
            .unwrap()
            .contains("no backup yet")
    );
    let place = dir.path().join("stick");
    fs::create_dir(&place).unwrap();
    let file = place.join("b");
    vault.backup(&file, at(4)).unwrap();
    assert_eq!(vault.backup_reminder(1, at(5)).unwrap(), None);
    for _ in 0..4 {
        add(&mut vault, "Bo", "Reed");
    }
    assert!(
        vault
            .backup_reminder(1, at(200_000))
            .unwrap()
            .unwrap()
            .contains("2 days old")
    );
    assert!(
        vault
            .backup_reminder(1, at(-200_000))
            .unwrap()
            .unwrap()
            .contains("clock is behind")
    );
    let backup = Backup::open(&file).unwrap();
    let found = backup.rehearse(Opener::Code(&code), at(6)).unwrap();
    assert_eq!(
        (found.clients, found.same, found.problems.len()),
        (1, Some(true), 0)
    );
    assert!(found.rows > 5);
    assert_eq!(
        fs::read_dir(&place).unwrap().count(),
        1,
        "only the backup itself"
    );
    assert!(!holds(&place, b"Quill"));
    assert!(vault.read().audit_holds(&backup.audit_head()).unwrap());
}

#[test]
fn a_lost_laptop_is_told_from_its_backup_and_from_another_vault() {
    let dir = tempfile::tempdir().unwrap();
    let (mut lost, _) = vault(&dir.path().join("lost"));
    let (mut other, _) = vault(&dir.path().join("other"));
    let id = add(&mut lost, "Rosa", "Quill");
    lost.transact(Operation::Note, at(2), |tx| tx.add_note(&id, "x"))
        .unwrap();
    let locked = lost.lock(at(100)).unwrap();
    let who = locked.people().remove(0).id;
    let mut lost = locked.unlock(&who, &passphrase(), at(200)).unwrap();
    let file = dir.path().join("b");
    lost.backup(&file, at(300)).unwrap();
    let backup = Backup::open(&file).unwrap();
    let told = backup
        .lost_laptop(Opener::Passphrase(&who, &passphrase()))
        .unwrap();
    assert_eq!(told.last_locked, Some(at(100)));
    assert_eq!(told.last_opened, Some(at(200)));
    assert_eq!(told.keys.len(), 2);
    assert_eq!(told.clients[0].name.as_deref(), Some("Rosa Quill"));
    let held = |client: &vault::LostClient| -> Vec<(String, usize)> {
        let held = client.held.iter();
        held.map(|held| (held.what.clone(), held.count)).collect()
    };
    assert_eq!(
        held(&told.clients[0]),
        [("cases", 1), ("identifier_cii", 1), ("notes", 1)].map(|(what, n)| (what.to_owned(), n))
    );
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3);

    let (card, mine) = (lost.card(at(4)).unwrap(), other.card(at(4)).unwrap());
    other.trust(&card, &card.words(), at(4)).unwrap();
    lost.trust(&mine, &mine.words(), at(4)).unwrap();
    assert!(
        other
            .lost_laptop(&card.id(), at(5))
            .unwrap()
            .clients
            .is_empty()
    );
    let parcel = dir.path().join("parcel");
    lost.hand_over(&mine.id(), std::slice::from_ref(&id), false, &parcel, at(5))
        .unwrap();
    other.take_in(&parcel, at(6)).unwrap();
    let told = other.lost_laptop(&card.id(), at(7)).unwrap();
    assert_eq!(told.clients[0].id, id);
    assert!(held(&told.clients[0]).contains(&("notes".to_owned(), 1)));
}

#[test]
fn a_volunteer_may_do_none_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(&dir.path().join("home"));
    let id = add(&mut vault, "Rosa", "Quill");
    let [first, own] = ["seven quiet lamps upstairs", "three green otters sing"]
        .map(|w| Passphrase::new(w).unwrap());
    let new = NewPerson {
        name: "Bo Chen",
        roles: &[Role::Volunteer],
        passphrase: &first,
        cost: Cost::weak_for_tests(),
    };
    let bo = vault.add_person(&new, at(2)).unwrap();
    let locked = vault.lock(at(3)).unwrap();
    let mut vault = locked.unlock(&bo, &first, at(4)).unwrap();
    vault
        .change_passphrase(&first, &own, Cost::weak_for_tests(), at(5))
        .unwrap();
    let file = dir.path().join("f");
    let layout = Layout::named("clio").unwrap();
    let refusals = [
        vault
            .write_table(&layout, &file, Guard::InClear("r"), at(6))
            .map(drop)
            .unwrap_err(),
        vault
            .write_record(&id, &file, Guard::InClear("r"), at(6))
            .unwrap_err(),
        vault.count_clients(5, at(6)).map(drop).unwrap_err(),
        vault
            .hand_over("x", std::slice::from_ref(&id), false, &file, at(6))
            .map(drop)
            .unwrap_err(),
        vault.take_in(&file, at(6)).map(drop).unwrap_err(),
        vault.purge_moved(&id, at(6)).unwrap_err(),
        vault
            .new_recovery_code(Cost::weak_for_tests(), at(6))
            .map(drop)
            .unwrap_err(),
        vault.lost_laptop("x", at(6)).map(drop).unwrap_err(),
        vault.resolve(&id, "x", None, at(6)).unwrap_err(),
        vault.needs(Act::ReadLog).unwrap_err(),
        vault.destroy(&id, at(6)).map(drop).unwrap_err(),
    ];
    for refusal in refusals {
        assert!(
            matches!(refusal, Error::NotForThisRole { .. }),
            "{refusal:?}"
        );
    }
    assert!(!file.exists());
}
