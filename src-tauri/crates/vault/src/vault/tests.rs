//! After the lock the process no longer holds the data key. Names that an older version kept still open.

#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use super::*;

/// How often 32 bytes stand in this process's writable memory. They are given inverted, so that asking leaves no copy.
fn copies(inverted: &[u8; 32]) -> usize {
    let memory = File::open("/proc/self/mem").unwrap();
    let mut buffer = vec![0_u8; 1 << 20];
    let own = buffer.as_ptr() as u64..buffer.as_ptr() as u64 + buffer.len() as u64;
    let mut found = 0;
    for line in fs::read_to_string("/proc/self/maps").unwrap().lines() {
        let mut words = line.split(' ');
        let (range, rights) = (words.next().unwrap(), words.next().unwrap());
        if !rights.starts_with("rw") {
            continue;
        }
        let (start, end) = range.split_once('-').unwrap();
        let hex = |text| u64::from_str_radix(text, 16).unwrap();
        let (mut at, end) = (hex(start), hex(end));
        while at < end {
            let Ok(read) = memory.read_at(&mut buffer, at) else {
                break;
            };
            if read == 0 {
                break;
            }
            found += buffer[..read]
                .windows(32)
                .enumerate()
                .filter(|(i, window)| {
                    !own.contains(&(at + *i as u64))
                        && window.iter().zip(inverted).all(|(a, b)| a ^ b == 0xff)
                })
                .count();
            // Windows across two readings overlap by 31 bytes.
            at += if read > 31 { read as u64 - 31 } else { 31 };
        }
    }
    found
}

#[test]
fn no_copy_of_the_data_key_outlives_the_lock() {
    let dir = tempfile::tempdir().unwrap();
    let clinic = Clinic {
        name: "Harbor Clinic".into(),
        ..Clinic::default()
    };
    let at = Timestamp::UNIX_EPOCH;
    let create = Create {
        clinic: &clinic,
        person: "Ana Lee",
        passphrase: &Passphrase::new("a purple bicycle at noon").unwrap(),
        cost: Cost::weak_for_tests(),
        at,
    };
    let (vault, _) = Vault::create(dir.path(), &create).unwrap();
    let inverted: [u8; 32] = std::array::from_fn(|i| !vault.data_key.bytes()[i]);
    assert!(copies(&inverted) > 0, "the search finds what is there");
    let locked = vault.lock(at).unwrap();
    assert_eq!(copies(&inverted), 0, "after making it");

    let who = locked.people().remove(0).id;
    let vault = locked.unlock(&who, create.passphrase, at).unwrap();
    vault.lock(at).unwrap();
    assert_eq!(copies(&inverted), 0, "after opening it");
}

/// Before there was a rule for names, anything was one.
#[test]
fn a_vault_with_names_of_an_older_version_opens_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let clinic = Clinic {
        name: "Harbor Clinic".into(),
        ..Clinic::default()
    };
    let at = Timestamp::UNIX_EPOCH;
    let create = Create {
        clinic: &clinic,
        person: "Ana Lee",
        passphrase: &Passphrase::new("a purple bicycle at noon").unwrap(),
        cost: Cost::weak_for_tests(),
        at,
    };
    let (mut vault, _) = Vault::create(dir.path(), &create).unwrap();
    let mut keys = vault.keys.clone();
    for name in ["ana lee", "A\nB", "recovery-code"] {
        let holder = Holder::Person {
            name: name.to_owned(),
            roles: vec![Role::Administrator],
            must_change: false,
        };
        keys.add(
            holder,
            create.passphrase.bytes(),
            create.cost,
            &vault.data_key,
        )
        .unwrap();
    }
    keys.clinic = "Har\u{202e}bor".to_owned();
    let file = keys.sealed(&vault.data_key);
    let old = Clinic {
        name: keys.clinic.clone(),
        ..Clinic::default()
    };
    let mut record = record::Record::new(record::Person::default());
    record.person.name.given = Some("Ro\u{200b}sa".to_owned());
    let id: crate::ClientId = "0123456789abcdef".parse().unwrap();
    vault
        .transact(Operation::AddClient, at, |tx| {
            tx.set_clinic(&old)?;
            tx.keep_keys(&file)?;
            tx.add_with_id(&id, &record)
        })
        .unwrap();
    vault.put_keys(keys).unwrap();
    let locked = vault.lock(at).unwrap();
    assert_eq!(locked.people().len(), 4);
    for person in locked.people() {
        let vault = locked.unlock(&person.id, create.passphrase, at).unwrap();
        assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    }
    let who = locked.people().remove(1).id;
    let mut vault = locked.unlock(&who, create.passphrase, at).unwrap();
    let phone = Clinic {
        phone: Some("555-0100".to_owned()),
        ..old
    };
    vault.set_clinic(&phone, at).unwrap();
    record.person.name.family = Some("Quill".to_owned());
    let renamed = vault.transact(Operation::ChangeRecord, at, |tx| {
        tx.set_record(&id, &record)
    });
    assert!(
        matches!(renamed, Err(Error::NameUnfit { .. })),
        "{renamed:?}"
    );
    record.person.name.family = None;
    record.person.born = "1980".parse().ok();
    vault
        .transact(Operation::ChangeRecord, at, |tx| {
            tx.set_record(&id, &record)
        })
        .unwrap();
    let bad = vault.people().remove(2);
    vault.set_roles(&bad.id, &[Role::Volunteer], at).unwrap();
    vault.remove_person(&bad.id, at).unwrap();
}
