//! Made-up people and a vault to put them in.

use std::path::Path;

use jiff::Timestamp;
use record::clinic::Clinic;
use record::{
    Case, CaseId, Count, CountId, Court, Identifier, IdentifierKind, Name, Person, Record,
};
use vault::{Cost, Create, Passphrase, Person as Member, RecoveryCode, Vault};

/// The passphrase of every vault made here.
pub(crate) const PASSPHRASE: &str = "a purple bicycle at noon";

/// A moment.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).unwrap()
}

pub(crate) fn passphrase() -> Passphrase {
    Passphrase::new(PASSPHRASE).unwrap()
}

pub(crate) fn clinic() -> Clinic {
    Clinic {
        name: "Harbor Clinic".into(),
        ..Clinic::default()
    }
}

/// A folder in memory where the system has one: for tests that open a vault a hundred times, each with its waits for a disk.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

/// A vault in `dir` with one person, open.
pub(crate) fn vault(dir: &Path) -> (Vault, RecoveryCode) {
    let create = Create {
        clinic: &clinic(),
        person: "Ana Lee",
        passphrase: &passphrase(),
        cost: Cost::weak_for_tests(),
        at: at(0),
    };
    Vault::create(dir, &create).unwrap()
}

/// The one person of [`vault`].
pub(crate) fn member(locked: &vault::Locked) -> Member {
    locked.people().remove(0)
}

/// Opens what [`vault`] made.
pub(crate) fn reopen(dir: &Path) -> vault::Result<Vault> {
    let locked = Vault::open(dir)?;
    locked.unlock(&member(&locked).id, &passphrase(), at(1))
}

/// A person's record with one case.
pub(crate) fn record(given: &str, family: &str, number: &str) -> Record {
    Record {
        cases: vec![Case {
            id: Some(CaseId("k1".into())),
            court: Court {
                county: Some("Alpine".into()),
                ..Court::default()
            },
            number: Some(number.into()),
            counts: vec![Count {
                id: Some(CountId("k1c1".into())),
                ..Count::default()
            }],
            ..Case::default()
        }],
        ..Record::new(Person {
            name: Name {
                given: Some(given.into()),
                family: Some(family.into()),
                ..Name::default()
            },
            identifiers: Some(vec![Identifier {
                kind: IdentifierKind::Cii,
                value: format!("A{number}"),
            }]),
            ..Person::default()
        })
    }
}
