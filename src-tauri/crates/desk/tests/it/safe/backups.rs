//! Backups: reminded of, written, rehearsed; and what one tells of a laptop that is lost.

use desk::view::{BackupReminder, Recover, Unlock};
use serde_json::json;

use super::{OWN, client, code, day, office, say};
use crate::support::ADA;

#[test]
fn a_backup_is_reminded_of_written_and_rehearsed() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    assert_eq!(
        desk.backups(day(0)).unwrap().reminder,
        None,
        "no client yet"
    );
    let id = client(&mut desk, "Rosa");
    assert_eq!(
        desk.backups(day(0)).unwrap().reminder,
        Some(BackupReminder::Never)
    );
    let stick = dir.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let made = desk.write_backup(&stick, day(0)).unwrap();
    let again = desk.write_backup(&stick, day(0)).unwrap();
    assert_ne!(made.file, again.file, "nothing is overwritten");
    assert_eq!(made.clients, 1);
    assert_eq!(desk.backups(day(0)).unwrap().reminder, None);
    for n in 0..4 {
        say(&mut desk, &id, "person.born", json!(format!("198{n}")));
    }
    assert_eq!(desk.backups(day(6)).unwrap().reminder, None);
    assert_eq!(
        desk.backups(day(7)).unwrap().reminder,
        Some(BackupReminder::Old)
    );
    assert_eq!(
        desk.backups(day(-2)).unwrap().reminder,
        Some(BackupReminder::ClockBack),
        "the clock was set back"
    );
    let file = stick.join(&made.file);
    let found = desk.rehearse(&file, ADA, day(1)).unwrap();
    assert_eq!(
        (found.same, found.clients, found.log_holds),
        (Some(true), 1, true)
    );
    assert!(found.problems.is_empty());
    assert_eq!(code(desk.rehearse(&file, OWN, day(1))), "wrong_passphrase");
    let left: Vec<_> = std::fs::read_dir(&stick).unwrap().collect();
    assert_eq!(left.len(), 2, "the rehearsal left nothing behind");

    // At the end of a day: only where a folder is chosen, once, and only if something was done.
    assert_eq!(desk.end_of_day(day(2)).unwrap(), None);
    desk.set_backup_folder(Some(&stick), day(2)).unwrap();
    assert!(desk.end_of_day(day(2)).unwrap().is_some());
    assert_eq!(desk.end_of_day(day(2)).unwrap(), None);
    assert_eq!(
        desk.end_of_day(day(3)).unwrap(),
        None,
        "nothing was done since"
    );
    // The stick was pulled: told in words, and nothing else is lost.
    std::fs::remove_dir_all(&stick).unwrap();
    say(&mut desk, &id, "person.born", json!("1991"));
    let refusal = desk.write_backup(&stick, day(4)).unwrap_err().refusal();
    assert_eq!(refusal.code, "disk_gone", "{refusal:?}");
    assert!(!refusal.hint.is_empty());
    assert_eq!(desk.set_backup_folder(None, day(4)).unwrap().folder, None);
}

#[test]
fn a_lost_laptop_is_told_from_its_backup() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    client(&mut desk, "Rosa");
    let made = desk.write_backup(dir.path(), day(0)).unwrap();
    let found = desk
        .lost_by_backup(&dir.path().join(&made.file), ADA)
        .unwrap();
    assert_eq!(found.clients[0].name.as_deref(), Some("Rosa Quill"));
    assert_eq!(found.clients[0].held, ["date of birth"]);
    desk.speak(record::clinic::Language::Es);
    let told = desk.lost_by_backup(&dir.path().join(&made.file), ADA);
    assert_eq!(told.unwrap().clients[0].held, ["fecha de nacimiento"]);
    assert_eq!(found.keys.len(), 2);
    assert!(found.keys.iter().all(|key| key.memory_mib >= 64));
}

/// A page of an older copy is put back: the passphrase opens nothing, the recovery code opens the office as it stands, and the first screen
/// says so until the next unlocking.
#[test]
fn an_office_that_was_opened_as_it_stands_says_so() {
    const PAGE: usize = 4096;
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    let paper = desk.new_code(day(0)).unwrap().recovery_code;
    let mut door = desk.door();
    desk.lock(day(0));
    let who = door.session(day(0)).unwrap().people[0].id.clone();
    let file = dir.path().join("a/vault.db");
    let before = std::fs::read(&file).unwrap();
    let unlock = |passphrase: &str| Unlock {
        person: who.clone(),
        passphrase: passphrase.into(),
    };
    let mut desk = door.unlock(&unlock(ADA), day(1)).unwrap();
    desk.set_backup_folder(Some(dir.path()), day(1)).unwrap();
    desk.lock(day(1));
    let after = std::fs::read(&file).unwrap();
    let older = (1..before.len() / PAGE).any(|page| {
        let at = page * PAGE..(page + 1) * PAGE;
        let mut mixed = after.clone();
        mixed[at.clone()].copy_from_slice(&before[at]);
        std::fs::write(&file, mixed).unwrap();
        door.unlock(&unlock(ADA), day(2))
            .is_err_and(|error| error.refusal().code == "older_parts")
    });
    assert!(older, "no page alone makes an office of two days");
    let ask = Recover {
        code: paper,
        second: None,
        new_passphrase: OWN.into(),
        person: None,
    };
    let desk = door.recover(&ask, day(3)).unwrap();
    assert!(desk.backups(day(3)).unwrap().as_it_stands);
    desk.lock(day(3));
    let desk = door.unlock(&unlock(OWN), day(4)).unwrap();
    assert!(!desk.backups(day(4)).unwrap().as_it_stands);
}
