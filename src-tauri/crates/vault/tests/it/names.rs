//! What may be a name, of a person, of the clinic, of a client.

use std::fs;

use record::clinic::Clinic;
use vault::{Cost, Create, Error, NewPerson, Operation, PersonId, Role, Unfit, Vault};

use crate::command::{out, refused, relief_vault, text};
use crate::made_up::{PASSPHRASE, at, clinic, folder, passphrase, record, vault};

fn add(vault: &mut Vault, name: &str) -> vault::Result<PersonId> {
    let new = NewPerson {
        name,
        roles: &[Role::Volunteer],
        passphrase: &passphrase(),
        cost: Cost::weak_for_tests(),
    };
    vault.add_person(&new, at(2))
}

/// Names that could read as another's, forge a line, or fill a screen.
const UNFIT: [&str; 7] = [
    "Ann\u{200b}",
    "A\nB",
    "\u{202e}evil",
    "\u{1b}[31mAnn",
    "A\u{9b}1m",
    "\u{2066}Ann",
    "A\0",
];

#[test]
fn nobody_gets_a_name_that_reads_as_anothers() {
    let dir = folder();
    let (mut vault, _) = vault(dir.path());
    add(&mut vault, "Ann").unwrap();
    add(&mut vault, "R\u{e9}my").unwrap();
    for name in [
        "ann",
        " ANN ",
        "\u{ff21}\u{ff4e}\u{ff4e}",
        "Re\u{301}my",
        "ana lee",
        "ANA\u{a0}LEE",
    ] {
        let refused = add(&mut vault, name);
        assert!(
            matches!(refused, Err(Error::NameTaken)),
            "{name}: {refused:?}"
        );
    }
    for name in UNFIT {
        let refused = add(&mut vault, name);
        assert!(
            matches!(
                refused,
                Err(Error::NameUnfit {
                    why: Unfit::Unseen(_),
                    ..
                })
            ),
            "{name:?}: {refused:?}"
        );
    }
    let long = add(&mut vault, &"x".repeat(10_000));
    assert!(matches!(
        long,
        Err(Error::NameUnfit {
            why: Unfit::TooLong,
            ..
        })
    ));
    for name in ["recovery-code", "Recovery Code"] {
        let refused = add(&mut vault, name);
        assert!(matches!(
            refused,
            Err(Error::NameUnfit {
                why: Unfit::Reserved,
                ..
            })
        ));
    }
    assert!(matches!(add(&mut vault, " "), Err(Error::NameEmpty { .. })));
    for name in [
        "Remy",
        "Anne",
        "O'Brien",
        "O\u{2019}Brien-Nu\u{301}n\u{303}ez",
        "\u{674e}\u{5c0f}\u{9f8d}",
        "Ann 2",
    ] {
        add(&mut vault, name).unwrap();
    }
    assert_eq!(vault.people().len(), 9);
}

#[test]
fn no_clinic_is_called_what_nobody_sees() {
    let dir = tempfile::tempdir().unwrap();
    let of = |name: &str| Clinic {
        name: name.into(),
        ..Clinic::default()
    };
    let long = "x".repeat(201);
    let (mut open, _) = vault(&dir.path().join("home"));
    for name in UNFIT.into_iter().chain([&*long]) {
        let refused = open.set_clinic(&of(name), at(2));
        assert!(
            matches!(refused, Err(Error::NameUnfit { .. })),
            "{name:?}: {refused:?}"
        );
        let new = dir.path().join("new");
        let (clinic, person) = (of(name), of("Harbor Clinic"));
        for (clinic, person) in [(&clinic, "Ana"), (&person, name)] {
            let create = Create {
                clinic,
                person,
                passphrase: &passphrase(),
                cost: Cost::weak_for_tests(),
                at: at(0),
            };
            let made = Vault::create(&new, &create).map(drop);
            assert!(
                matches!(made, Err(Error::NameUnfit { .. })),
                "{name:?}: {made:?}"
            );
        }
        assert!(!new.exists(), "{name:?}");
    }
    open.set_clinic(&of("  Clínica del Puerto "), at(3))
        .unwrap();
    assert_eq!(open.lock(at(4)).unwrap().clinic(), "Clínica del Puerto");
    assert_eq!(clinic().name, "Harbor Clinic");
}

#[test]
fn no_client_is_called_what_nobody_sees_and_the_others_of_a_run_are_added() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let (mut open, _) = vault(&home);
    let mut add = |given: &str, family: &str| {
        let one = record(given, family, "1");
        open.transact(Operation::AddClient, at(2), |tx| tx.add_client(&one))
    };
    let long = "x".repeat(201);
    for name in UNFIT.into_iter().chain([&*long]) {
        for (given, family) in [(name, "Quill"), ("Rosa", name)] {
            let refused = add(given, family);
            assert!(
                matches!(refused, Err(Error::NameUnfit { .. })),
                "{name:?}: {refused:?}"
            );
        }
    }
    assert!(matches!(add("", " "), Err(Error::NameEmpty { .. })));
    add("", "Quill").unwrap();
    let rosa = add("Rosa", "").unwrap();
    let changed = open.transact(Operation::ChangeRecord, at(3), |tx| {
        tx.set_record(&rosa, &record("Ro\u{202e}sa", "", "1"))
    });
    assert!(
        matches!(changed, Err(Error::NameUnfit { .. })),
        "{changed:?}"
    );
    // What a sheet prints stays as the sheet has it.
    open.transact(Operation::Import, at(4), |tx| {
        tx.set_record(&rosa, &record("Ro\u{ad}sa", "", "1"))
    })
    .unwrap();
    open.transact(Operation::ChangeRecord, at(5), |tx| {
        tx.set_record(&rosa, &record("Ro\u{ad}sa", "", "2"))
    })
    .unwrap();
    drop(open);
    let (bad, good) = (dir.path().join("bad"), dir.path().join("good"));
    fs::write(&bad, record("A\nB", "Quill", "1").to_json()).unwrap();
    fs::write(&good, record("Bo", "Chen", "1").to_json()).unwrap();
    let run = relief_vault(PASSPHRASE, &["add", text(&home), text(&bad), text(&good)]);
    assert_eq!(String::from_utf8_lossy(&run.stdout).lines().count(), 1);
    let said = refused(&run);
    assert!(
        said.starts_with(&format!(
            "{}:1: the client's name cannot be used: ",
            bad.display()
        )) && said.contains("(U+000A)")
            && said.lines().count() == 1,
        "{said}"
    );
    out(&relief_vault(
        PASSPHRASE,
        &["list", text(&home), "--person", "ana LEE"],
    ));
}
