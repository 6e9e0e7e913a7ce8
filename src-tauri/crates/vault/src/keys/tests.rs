//! The key file under attack by somebody who can write it and make its checksum right.

use super::*;

const COST: Cost = Cost::weak_for_tests();

fn person(name: &str, roles: &[Role]) -> Holder {
    Holder::Person {
        name: name.into(),
        roles: roles.into(),
        must_change: false,
    }
}

/// Two people and a code; the data key is all sevens.
fn file() -> (KeyFile, [PersonId; 2], Key) {
    let mut data_key = Key::zero();
    *data_key.bytes_mut() = [7; 32];
    let mut file = KeyFile::new("Harbor Clinic", Timestamp::UNIX_EPOCH).unwrap();
    let (one, _) = file
        .add(person("Ana", &[Role::Attorney]), b"ana's", COST, &data_key)
        .unwrap();
    let (two, _) = file
        .add(person("Bo", &[Role::Volunteer]), b"bo's", COST, &data_key)
        .unwrap();
    file.add(Holder::RecoveryCode, b"code", COST, &data_key)
        .unwrap();
    file.sealed(&data_key);
    (file, [one, two], data_key)
}

/// What is read back after a change, with a checksum that fits it.
fn after(change: impl FnOnce(&mut KeyFile)) -> (KeyFile, [PersonId; 2]) {
    let (mut file, ids, _) = file();
    change(&mut file);
    file.checksum = file.checksum_now();
    (KeyFile::parse(&file.text()).unwrap(), ids)
}

#[test]
fn each_secret_opens_its_own_slot_only() {
    let (file, [one, two], data_key) = file();
    let file = KeyFile::parse(&file.text()).unwrap();
    assert_eq!(
        file.unlock(&one, b"ana's").unwrap().data_key.bytes(),
        data_key.bytes()
    );
    assert_eq!(
        file.unlock(&two, b"bo's").unwrap().data_key.bytes(),
        data_key.bytes()
    );
    assert_eq!(
        file.recover(b"code").unwrap().data_key.bytes(),
        data_key.bytes()
    );
    assert!(matches!(
        file.unlock(&one, b"bo's"),
        Err(Error::WrongPassphrase)
    ));
    assert!(matches!(file.recover(b"ana's"), Err(Error::WrongCode)));
}

#[test]
fn the_code_is_no_persons_passphrase() {
    let (file, _, _) = file();
    let code = file.slots[2].id.clone();
    assert!(matches!(
        file.unlock(&code, b"code"),
        Err(Error::UnknownPerson)
    ));
    assert_eq!(file.people().len(), 2);
}

#[test]
fn a_changed_name_role_clinic_or_slot_is_tampering() {
    type Change = fn(&mut KeyFile);
    let changes: [(&str, Change); 5] = [
        ("a role", |file| {
            file.slots[1].holder = person("Bo", &[Role::Administrator])
        }),
        ("a name", |file| {
            file.slots[0].holder = person("Eve", &[Role::Attorney])
        }),
        ("the clinic", |file| file.clinic = "Another".into()),
        ("a slot gone", |file| drop(file.slots.remove(2))),
        ("the order", |file| file.slots.swap(1, 2)),
    ];
    for (what, change) in changes {
        let (file, [one, _]) = after(change);
        assert!(
            matches!(file.unlock(&one, b"ana's"), Err(Error::KeysTampered)),
            "{what}"
        );
    }
}

#[test]
fn sealed_parts_do_not_open_elsewhere() {
    let (file, [one, two]) = after(|file| {
        let [a, b, _] = file.slots.as_mut_slice() else {
            unreachable!()
        };
        std::mem::swap(&mut a.secret, &mut b.secret);
    });
    assert!(
        matches!(file.unlock(&one, b"bo's"), Err(Error::WrongPassphrase)),
        "another salt"
    );
    assert!(matches!(
        file.unlock(&two, b"ana's"),
        Err(Error::WrongPassphrase)
    ));

    let (file, [one, two]) = after(|file| {
        let id = file.slots[0].id.clone();
        file.slots[0] = Slot {
            id,
            ..file.slots[1].clone()
        };
    });
    assert!(
        matches!(file.unlock(&one, b"bo's"), Err(Error::WrongPassphrase)),
        "bound to the slot's id"
    );
    assert!(matches!(
        file.unlock(&two, b"bo's"),
        Err(Error::KeysTampered)
    ));

    let (file, [one, _]) = after(|file| file.vault[0] ^= 1);
    assert!(
        matches!(file.unlock(&one, b"ana's"), Err(Error::WrongPassphrase)),
        "bound to the vault's id"
    );

    let (file, [one, _]) = after(|file| {
        let other = self::file().0;
        file.slots[0].data_key = other.slots[0].data_key.clone();
    });
    assert!(
        matches!(file.unlock(&one, b"ana's"), Err(Error::KeysTampered)),
        "another vault's data key"
    );
}

#[test]
fn a_cheaper_or_greedier_cost_is_refused() {
    let (file, [one, _]) = after(|file| {
        file.slots[0].argon2id =
            serde_json::from_str(r#"{"memory_kib":32,"passes":1,"lanes":1}"#).unwrap()
    });
    assert!(matches!(
        file.unlock(&one, b"ana's"),
        Err(Error::WrongPassphrase)
    ));
    let (file, [one, _]) = after(|file| {
        file.slots[0].argon2id =
            serde_json::from_str(r#"{"memory_kib":4000000000,"passes":3,"lanes":4}"#).unwrap();
    });
    assert!(matches!(
        file.unlock(&one, b"ana's"),
        Err(Error::KeysDamaged)
    ));
}

#[test]
fn a_renewed_slot_keeps_its_person_and_forgets_the_old_secret() {
    let (mut file, [one, two], data_key) = file();
    file.renew(&one, b"new", COST, &data_key, false).unwrap();
    file.sealed(&data_key);
    let file = KeyFile::parse(&file.text()).unwrap();
    assert!(matches!(
        file.unlock(&one, b"ana's"),
        Err(Error::WrongPassphrase)
    ));
    assert!(
        file.unlock(&one, b"new").is_ok()
            && file.unlock(&two, b"bo's").is_ok()
            && file.recover(b"code").is_ok()
    );
    assert_eq!(file.people()[0].name, "Ana");
}

#[test]
fn the_same_json_in_another_spelling_is_not_ours() {
    let (file, _, _) = file();
    let value: serde_json::Value = serde_json::from_slice(&file.text()).unwrap();
    assert!(matches!(
        KeyFile::parse(value.to_string().as_bytes()),
        Err(Error::KeysDamaged)
    ));
    let mut more = value;
    more["more"] = "thing".into();
    let more = serde_json::to_vec_pretty(&more).unwrap();
    assert!(matches!(KeyFile::parse(&more), Err(Error::KeysDamaged)));
}

/// As Python's `cryptography` and `hmac` answer for the same key, vault id and purpose.
#[test]
fn the_mac_is_the_one_the_text_describes() {
    let mut key = Key::zero();
    *key.bytes_mut() = [7; 32];
    let vault = std::array::from_fn(|i| i as u8);
    let tag = mac(&key, &vault, b"relief-desk/vault/1 key file")
        .chain_update(b"text")
        .finalize();
    assert_eq!(
        hex::encode(&tag.into_bytes()),
        "b0249dbade658b07585fc6a95d1279b9f2d091268158a5c9cf626fdbbe1aa752"
    );
}

proptest::proptest! {
    /// Whatever stands in the file, reading it ends with an answer.
    #[test]
    fn no_bytes_stop_the_reader(bytes: Vec<u8>, place: proptest::sample::Index, cut: proptest::sample::Index) {
        let _ = KeyFile::parse(&bytes);
        let mut text = file().0.text();
        let place = place.index(text.len());
        text.splice(place..place.max(cut.index(text.len())), bytes);
        proptest::prop_assert!(KeyFile::parse(&text).is_err() || text == KeyFile::parse(&text).unwrap().text());
    }
}
