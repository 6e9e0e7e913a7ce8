//! An office comes back from a backup before anybody is in: on an empty laptop, over a damaged office, with a passphrase, the code, or two
//! sheets of three.

use std::fs;
use std::path::Path;

use desk::view::{Add, AddPerson, Create, List, Phase, Recover, Restore, Role};
use desk::{Desk, Door, Moment};

const ADA: &str = "seven lanterns over the quiet harbor";
const BO: &str = "three green otters sing at dusk";

fn now() -> Moment {
    Moment {
        at: "2026-11-22T10:00:00Z".parse().unwrap(),
        today: "2026-11-22".parse().unwrap(),
    }
}

fn code(desk: &mut Desk, families: &[&str]) {
    for family in families {
        let add = Add {
            given: "Rosa".into(),
            family: (*family).into(),
            born: None,
        };
        desk.add(&add, now()).unwrap();
    }
}

fn ask(secret: &str, put_aside: bool) -> Restore {
    Restore {
        secret: secret.into(),
        second: None,
        put_aside,
    }
}

fn clients(door: &mut Door, passphrase: &str) -> usize {
    let session = door.session(now()).unwrap();
    assert_eq!(session.phase, Phase::Locked);
    let unlock = desk::view::Unlock {
        person: session.people[0].id.clone(),
        passphrase: passphrase.into(),
    };
    let desk = door.unlock(&unlock, now()).unwrap();
    let all = desk
        .list(&List {
            query: String::new(),
        })
        .unwrap()
        .len();
    desk.lock(now());
    all
}

fn refused(door: &mut Door, file: &Path, ask: &Restore) -> String {
    door.restore(file, ask, now()).unwrap_err().refusal().code
}

#[test]
fn an_office_comes_back_from_the_first_screen() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("a/vault");
    let mut door = Door::at(home.clone());
    let create = Create {
        clinic: "Lantern Street".into(),
        person: "Ada Lindqvist".into(),
        bar: None,
        passphrase: ADA.into(),
    };
    let (mut open, created) = door.create(&create, now()).unwrap();
    code(&mut open, &["Quill", "Reed"]);
    let bo = AddPerson {
        name: "Bo Reed".into(),
        roles: vec![Role::Volunteer],
        passphrase: BO.into(),
    };
    open.add_person(&bo, now()).unwrap();
    let made = open.write_backup(dir.path(), now()).unwrap();
    let file = dir.path().join(made.file);
    code(&mut open, &["Later"]);
    let mut door = open.door();
    open.lock(now());
    let code: vault::RecoveryCode = created.recovery_code.parse().unwrap();

    // A new laptop, with nothing in its folder.
    let mut empty = Door::at(dir.path().join("b/vault"));
    assert_eq!(empty.session(now()).unwrap().phase, Phase::New);
    assert_eq!(
        refused(&mut empty, &file, &ask("wrong words", false)),
        "wrong_passphrase"
    );
    assert_eq!(
        refused(&mut empty, &home.join("vault.db"), &ask(ADA, false)),
        "not_a_backup"
    );
    assert_eq!(
        empty.session(now()).unwrap().phase,
        Phase::New,
        "nothing is left of a refusal"
    );
    let back = empty.restore(&file, &ask(ADA, false), now()).unwrap();
    assert_eq!((back.clients, back.aside), (2, None));
    assert_eq!(clients(&mut empty, ADA), 2);

    // With two sheets of three, as they stand on paper, the numbers of the words typed too.
    let sheets = code.shares().unwrap();
    let numbered = |text: &str| -> String {
        let words = text.split(' ').enumerate();
        words
            .map(|(n, word)| format!("{}. {word}  ", n + 1))
            .collect()
    };
    let two = Restore {
        secret: numbered(&sheets[2]),
        second: Some(numbered(&sheets[0])),
        put_aside: false,
    };
    let mut third = Door::at(dir.path().join("c/vault"));
    third.restore(&file, &two, now()).unwrap();
    let recover = |second: &str| Recover {
        code: sheets[1].to_string(),
        second: Some(second.to_owned()),
        new_passphrase: "eleven herons beside the canal".into(),
        person: None,
    };
    let same = third.recover(&recover(&sheets[1]), now()).map(|_| ());
    assert!(
        same.unwrap_err()
            .to_string()
            .contains("do not belong together")
    );
    third
        .recover(&recover(&sheets[2]), now())
        .unwrap()
        .lock(now());
    assert_eq!(clients(&mut third, "eleven herons beside the canal"), 2);

    // Over an office that is here: only when it may be put aside, never by a volunteer, and it is kept.
    assert_eq!(refused(&mut door, &file, &ask(ADA, false)), "office_here");
    assert_eq!(refused(&mut door, &file, &ask(BO, true)), "must_change");
    assert_eq!(clients(&mut door, ADA), 3, "the office is as it was");
    fs::write(home.join("vault.keys"), "damaged").unwrap();
    assert_eq!(door.session(now()).unwrap_err().refusal().code, "damaged");
    let back = door.restore(&file, &ask(ADA, true), now()).unwrap();
    let aside = back.aside.unwrap();
    assert_eq!(clients(&mut door, ADA), 2);
    assert_eq!(
        fs::read_to_string(home.with_file_name(&aside).join("vault.keys")).unwrap(),
        "damaged",
        "what was here is kept as it was, in {aside}"
    );
    let left: Vec<_> = fs::read_dir(home.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
    // The disk goes away: nobody is asked to make a new office in its place.
    fs::rename(&home, home.with_file_name("gone")).unwrap();
    assert_eq!(
        door.session(now()).unwrap_err().refusal().code,
        "folder_gone"
    );
}
