//! Pages of the database put back from an older copy, each of them whole: a client who is missing, facts of the day before, an office of
//! two days. The file of keys of an older copy: `put_back`.

use std::fs;
use std::ops::Range;

use record::Record;
use vault::{Cost, Decision, Error, Operation, Vault};

use crate::made_up::{PASSPHRASE, at, folder, passphrase, record, vault};
use crate::put_back::{BO, office, unlock};

/// Bytes of a page of the database.
const PAGE: usize = 4096;

/// A database of two days.
pub(crate) struct TwoDays {
    before: Vec<u8>,
    after: Vec<u8>,
    /// Where the pages stand that changed in between.
    pub(crate) changed: Vec<Range<usize>>,
}

impl TwoDays {
    pub(crate) fn new(before: Vec<u8>, after: Vec<u8>) -> Self {
        let changed = (1..before.len() / PAGE)
            .map(|page| page * PAGE..(page + 1) * PAGE)
            .filter(|at| before[at.clone()] != after[at.clone()])
            .collect();
        Self {
            before,
            after,
            changed,
        }
    }

    /// The second day's database with some of the changed pages of the first, which are named by the bits of a number.
    fn mixed(&self, chosen: u64) -> Vec<u8> {
        let mut mixed = self.after.clone();
        for (n, page) in self.changed.iter().enumerate() {
            if chosen & (1 << n) != 0 {
                mixed[page.clone()].copy_from_slice(&self.before[page.clone()]);
            }
        }
        mixed
    }

    /// Every mixture with at most so many pages of the first day.
    pub(crate) fn mixtures(&self, most: u32) -> impl Iterator<Item = (u64, Vec<u8>)> {
        (1_u64..1 << self.changed.len())
            .filter(move |chosen| chosen.count_ones() <= most)
            .map(|chosen| (chosen, self.mixed(chosen)))
    }

    /// Every mixture whose pages of the first day, at most so many, are neighbours among those that changed.
    pub(crate) fn runs(&self, most: usize) -> impl Iterator<Item = (u64, Vec<u8>)> {
        let all = self.changed.len();
        let runs = (1..=all.min(most)).flat_map(move |long| {
            (0..=all - long).map(move |start| ((1_u64 << long) - 1) << start)
        });
        runs.map(|chosen| (chosen, self.mixed(chosen)))
    }
}

/// Pages of the database put back from an older copy, each of them whole, take no client away of whom the log tells.
#[test]
fn no_client_is_taken_away_with_older_pages() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let (vault, _) = vault(&home);
    let locked = vault.lock(at(1)).unwrap();
    let file = home.join("vault.db");
    let before = fs::read(&file).unwrap();
    let ana = locked.people().remove(0).id;
    let mut vault = locked.unlock(&ana, &passphrase(), at(2)).unwrap();
    vault
        .transact(Operation::AddClient, at(3), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    vault.lock(at(4)).unwrap();
    let days = TwoDays::new(before, fs::read(&file).unwrap());

    let (mut opened, mut refused) = (0, 0);
    for (chosen, mixed) in days.runs(usize::MAX) {
        fs::write(&file, &mixed).unwrap();
        let Ok(vault) = Vault::open(&home)
            .unwrap()
            .unlock(&ana, &passphrase(), at(5))
        else {
            refused += 1;
            continue;
        };
        opened += 1;
        let there = vault.read().count().unwrap();
        let told = vault.read().audit(0, 99).unwrap();
        let told = told.iter().any(|row| row.operation == "add_client");
        assert_eq!(there == 1, told, "pages {chosen:b}");
    }
    assert!(
        opened > 0 && refused > 0,
        "{opened} opened, {refused} refused"
    );
}

/// Facts of the day before, put back page by page: every vault that opens either shows what was last saved or refuses the client, for
/// reading it as for changing it, and `verify` says so. An attorney who compared it takes it as it stands.
#[test]
fn older_facts_put_back_are_refused() {
    let dir = folder();
    let home = dir.path().join("home");
    let (mut vault, _) = vault(&home);
    let (old, new) = (record("Rosa", "Quill", "1"), record("Rosa", "Quill", "2"));
    let add = |vault: &mut Vault, record: &Record| {
        vault.transact(Operation::AddClient, at(1), |tx| tx.add_client(record))
    };
    let rosa = add(&mut vault, &old).unwrap();
    for n in 0..40 {
        add(&mut vault, &record("Bo", "Chen", &n.to_string())).unwrap();
    }
    let locked = vault.lock(at(2)).unwrap();
    let file = home.join("vault.db");
    let before = fs::read(&file).unwrap();
    let ana = locked.people().remove(0).id;
    let mut vault = locked.unlock(&ana, &passphrase(), at(3)).unwrap();
    let change = |vault: &mut Vault, record: &Record| {
        vault.transact(Operation::ChangeRecord, at(4), |tx| {
            tx.set_record(&rosa, record)
        })
    };
    change(&mut vault, &new).unwrap();
    vault.lock(at(5)).unwrap();
    let days = TwoDays::new(before, fs::read(&file).unwrap());

    let (mut caught, mut whole) = (0, 0);
    for (chosen, mixed) in days.mixtures(3) {
        fs::write(&file, &mixed).unwrap();
        let Ok(mut vault) = Vault::open(&home)
            .unwrap()
            .unlock(&ana, &passphrase(), at(6))
        else {
            continue;
        };
        let told = vault.read().audit(0, 99).unwrap();
        let changed = told.iter().any(|row| row.operation == "change_record");
        let older = vault.read().record(&rosa).is_ok_and(|found| found == old);
        if !(older && changed) {
            continue;
        }
        caught += 1;
        let put_back = format!("client {rosa} is not as it was last saved");
        let problems = vault.verify().unwrap().problems;
        assert!(problems.contains(&put_back), "{problems:?}");
        let looked = vault.transact(Operation::OpenClient, at(7), |tx| tx.about(&rosa));
        assert!(matches!(looked, Err(Error::PutBack(_))), "pages {chosen:b}");
        assert!(matches!(change(&mut vault, &old), Err(Error::PutBack(_))));
        // Tables whose pages are of two days may be good for nothing but a look. Where they are not, the way on is open.
        let taken = problems == [put_back]
            && vault.as_it_stands(&rosa, at(8)).is_ok()
            && change(&mut vault, &new).is_ok();
        if taken {
            whole += 1;
            assert_eq!(vault.read().record(&rosa).unwrap(), new);
            assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
        }
    }
    assert!(
        whole > 0,
        "of {} pages {caught} mixtures brought it back, {whole} that can be used on",
        days.changed.len()
    );
}

/// What an office shows: who has a key, its clinic, its clients with their records, and the head of its log.
fn shown(vault: &Vault) -> (Vec<String>, String, Vec<(String, Record)>, String) {
    let people = vault.people().into_iter().map(|person| person.name);
    let read = vault.read();
    let clients = read.clients("", 99).unwrap().into_iter();
    let clients = clients.map(|row| (row.id.to_string(), read.record(&row.id).unwrap()));
    (
        people.collect(),
        read.clinic().unwrap().name,
        clients.collect(),
        read.audit_head().unwrap().to_string(),
    )
}

/// Somebody who was removed, a clinic's name, a client who was destroyed: older pages bring none of it back. A folder of two days opens as
/// the one day or the other, or it is refused, or `verify` says what is wrong.
#[test]
fn an_office_of_two_days_is_refused() {
    let dir = folder();
    let home = dir.path().join("home");
    let (mut vault, office) = office(&home);
    let clients: Vec<_> = (0..3)
        .map(|n| {
            let record = record("Rosa", "Quill", &n.to_string());
            vault
                .transact(Operation::AddClient, at(1), |tx| tx.add_client(&record))
                .unwrap()
        })
        .collect();
    let (file, before_keys) = (home.join("vault.db"), home.join("vault.keys"));
    let monday = shown(&vault);
    vault.lock(at(2)).unwrap();
    let (before, old_keys) = (fs::read(&file).unwrap(), fs::read(&before_keys).unwrap());

    let mut vault = unlock(&home, &office.ana, PASSPHRASE).unwrap();
    vault.remove_person(&office.bo, at(10)).unwrap();
    let mut clinic = vault.read().clinic().unwrap();
    clinic.name = "Pier Clinic".into();
    vault.set_clinic(&clinic, at(11)).unwrap();
    vault
        .transact(Operation::ChangeRecord, at(12), |tx| {
            tx.set_record(&clients[0], &record("Rosa", "Quill", "another"))
        })
        .unwrap();
    vault
        .transact(Operation::Retain, at(13), |tx| {
            tx.set_retention(&clients[1], Decision::Keep, "five years", "asked for")
        })
        .unwrap();
    let tuesday = shown(&vault);
    vault.lock(at(14)).unwrap();
    let (after, new_keys) = (fs::read(&file).unwrap(), fs::read(&before_keys).unwrap());
    let days = TwoDays::new(before, after);

    let (mut refused, mut told) = (0, 0);
    for (chosen, mixed) in days.mixtures(3) {
        for keys in [&old_keys, &new_keys] {
            fs::write(&file, &mixed).unwrap();
            fs::write(&before_keys, keys).unwrap();
            let vault = match unlock(&home, &office.ana, PASSPHRASE) {
                Ok(vault) => vault,
                Err(Error::OlderParts | Error::KeysUntold) => {
                    refused += 1;
                    assert_eq!(&fs::read(&before_keys).unwrap(), keys, "pages {chosen:b}");
                    continue;
                }
                Err(_) => continue,
            };
            let problems = vault.verify().map(|verdict| verdict.problems);
            if problems.is_ok_and(|problems| problems.is_empty()) {
                let (people, clinic, clients, _) = shown(&vault);
                let same =
                    |day: &(_, _, _, _)| (&people, &clinic, &clients) == (&day.0, &day.1, &day.2);
                assert!(same(&monday) || same(&tuesday), "pages {chosen:b}");
            } else {
                told += 1;
            }
        }
    }
    assert!(refused > 0 && told > 0, "{refused} refused, {told} told of");

    // With the code it opens as it stands, for whoever has no backup.
    let refused = days.mixtures(1).find(|(_, mixed)| {
        fs::write(&file, mixed).unwrap();
        fs::write(&before_keys, &new_keys).unwrap();
        matches!(
            unlock(&home, &office.ana, PASSPHRASE),
            Err(Error::OlderParts)
        )
    });
    assert!(refused.is_some());
    let by_code = Vault::open(&home)
        .unwrap()
        .unlock_with_code(&office.code, at(20));
    by_code.unwrap().lock(at(21)).unwrap();
    unlock(&home, &office.ana, PASSPHRASE).unwrap();
}

/// With older pages and older files of keys nobody comes in who was removed, and no code that was replaced: not with a passphrase, not after
/// the code opened the office as it stands. A replaced code opens only what has Monday's log too, and is told that it stands so: before the
/// data key is changed, whoever has Monday's copy needs no program of ours.
#[test]
fn no_key_comes_back_with_older_pages() {
    let dir = folder();
    let home = dir.path().join("home");
    let (vault, office) = office(&home);
    let (file, keys) = (home.join("vault.db"), home.join("vault.keys"));
    vault.lock(at(2)).unwrap();
    let (before, old_keys) = (fs::read(&file).unwrap(), fs::read(&keys).unwrap());
    let mut vault = unlock(&home, &office.ana, PASSPHRASE).unwrap();
    vault.remove_person(&office.bo, at(10)).unwrap();
    let code = vault
        .new_recovery_code(Cost::weak_for_tests(), at(11))
        .unwrap();
    let mut clinic = vault.read().clinic().unwrap();
    clinic.phone = Some("555-0100".into());
    vault.set_clinic(&clinic, at(11)).unwrap();
    vault
        .transact(Operation::AddClient, at(12), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    vault.lock(at(13)).unwrap();
    let new_keys = fs::read(&keys).unwrap();
    let days = TwoDays::new(before, fs::read(&file).unwrap());

    let (mut untold, mut stood) = (0, 0);
    for (chosen, mixed) in days.mixtures(2) {
        for (day, found) in [("Monday", &old_keys), ("Tuesday", &new_keys)] {
            let lay = || {
                fs::write(&file, &mixed).unwrap();
                fs::write(&keys, found).unwrap();
            };
            let by_code = |code| Vault::open(&home).unwrap().unlock_with_code(code, at(20));
            let pages = format!("pages {chosen:b}, keys of {day}");
            lay();
            assert!(unlock(&home, &office.bo, BO).is_err(), "{pages}: Bo");
            lay();
            if let Ok(vault) = by_code(&office.code) {
                let told = vault.read().audit(0, 99).unwrap();
                assert!(vault.opened_as_it_stands(), "{pages}: the old code");
                assert!(
                    told.iter().all(|row| row.operation != "change_code"),
                    "{pages}: the old code"
                );
            }
            lay();
            match by_code(&code) {
                Ok(vault) => {
                    let told = vault.read().audit(0, 99).unwrap();
                    let said = told.iter().any(|row| row.operation == "as_it_stands");
                    assert_eq!(said, vault.opened_as_it_stands(), "{pages}");
                    stood += u32::from(said);
                    drop(vault);
                    assert!(unlock(&home, &office.bo, BO).is_err(), "{pages}: Bo, then");
                    assert!(
                        by_code(&office.code).is_err(),
                        "{pages}: the old code, then"
                    );
                }
                Err(Error::KeysUntold) => {
                    untold += 1;
                    assert_eq!(&fs::read(&keys).unwrap(), found, "{pages}");
                }
                Err(_) => {}
            }
        }
    }
    assert!(untold > 0 && stood > 0, "{untold} untold, {stood} stood");
}

/// Monday's log, keys and list of clients together are Monday's office, as far as anybody can tell: whoever was removed on Tuesday may come in,
/// and reads nothing that was added then. Whoever comes in sees every client in every list, or nothing.
#[test]
fn whoever_comes_in_with_mondays_pages_reads_nothing_of_tuesday() {
    let dir = folder();
    let home = dir.path().join("home");
    let (mut vault, office) = office(&home);
    let add = |vault: &mut Vault, number: &str| {
        let record = record("Rosa", "Quill", number);
        vault.transact(Operation::AddClient, at(2), |tx| tx.add_client(&record))
    };
    add(&mut vault, "1").unwrap();
    let (file, keys) = (home.join("vault.db"), home.join("vault.keys"));
    vault.lock(at(2)).unwrap();
    let (before, old_keys) = (fs::read(&file).unwrap(), fs::read(&keys).unwrap());
    let mut vault = unlock(&home, &office.ana, PASSPHRASE).unwrap();
    vault.remove_person(&office.bo, at(10)).unwrap();
    let added = add(&mut vault, "2").unwrap();
    vault.lock(at(13)).unwrap();
    let new_keys = fs::read(&keys).unwrap();
    let days = TwoDays::new(before, fs::read(&file).unwrap());

    let (mut opened, mut refused) = (0, 0);
    for (chosen, mixed) in days.mixtures(5) {
        for found in [&old_keys, &new_keys] {
            for (who, passphrase) in [(&office.bo, BO), (&office.ana, PASSPHRASE)] {
                fs::write(&file, &mixed).unwrap();
                fs::write(&keys, found).unwrap();
                let Ok(vault) = unlock(&home, who, passphrase) else {
                    refused += 1;
                    continue;
                };
                opened += 1;
                let read = vault.read();
                let there = read.record(&added).is_ok();
                assert!(*who == office.ana || !there, "pages {chosen:b}: Bo reads");
                let listed = read.clients("", 99).unwrap();
                assert_eq!(
                    listed.len() as u64,
                    read.count().unwrap(),
                    "pages {chosen:b}"
                );
                let listed = listed.iter().any(|row| row.id == added);
                assert_eq!(listed, there, "pages {chosen:b}");
            }
        }
    }
    assert!(
        opened > 0 && refused > 0,
        "{opened} opened, {refused} refused"
    );
}

/// A client taken away with older pages, where there is no backup: the code opens the office without it, and from then on passphrases do.
#[test]
fn whoever_has_the_code_goes_on_without_the_client() {
    let dir = folder();
    let home = dir.path().join("home");
    let (vault, code) = vault(&home);
    let ana = vault.me().id.clone();
    vault.lock(at(1)).unwrap();
    let file = home.join("vault.db");
    let before = fs::read(&file).unwrap();
    let mut vault = unlock(&home, &ana, PASSPHRASE).unwrap();
    vault
        .transact(Operation::AddClient, at(3), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    vault.lock(at(4)).unwrap();
    let days = TwoDays::new(before, fs::read(&file).unwrap());
    let mut gone = 0;
    for (_, mixed) in days.mixtures(u32::MAX).take(1023) {
        fs::write(&file, &mixed).unwrap();
        let refused = matches!(unlock(&home, &ana, PASSPHRASE), Err(Error::OlderParts));
        if !refused {
            continue;
        }
        fs::write(&file, &mixed).unwrap();
        let Ok(vault) = Vault::open(&home).unwrap().unlock_with_code(&code, at(5)) else {
            continue;
        };
        let clean = vault
            .verify()
            .is_ok_and(|verdict| verdict.problems.is_empty());
        // Tables and indexes of two days are good for nothing but a backup; `verify` says so.
        if clean && vault.read().clients("", 9).unwrap().is_empty() {
            gone += 1;
            vault.lock(at(6)).unwrap();
            unlock(&home, &ana, PASSPHRASE).unwrap();
        }
        if gone == 3 {
            break;
        }
    }
    assert!(gone > 0, "of {} pages", days.changed.len());
}
