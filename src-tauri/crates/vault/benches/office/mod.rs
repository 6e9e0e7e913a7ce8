//! Made-up people and vaults, for what is measured.

use std::path::Path;

use jiff::Timestamp;
use record::clinic::Clinic;
use record::{Case, CaseId, Count, Court, Identifier, IdentifierKind, Name, Person, Record};
use vault::{ClientId, Cost, Create, Operation, Passphrase, Vault};

pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(1_795_000_000).unwrap()
}

pub(crate) fn passphrase() -> Passphrase {
    Passphrase::new("a purple bicycle at noon").unwrap()
}

pub(crate) fn clinic() -> Clinic {
    Clinic {
        name: "Harbor Clinic".into(),
        ..Clinic::default()
    }
}

/// A vault with so many people, counted from one on; the cost of a try is the least, so that it is made quickly.
pub(crate) fn vault(dir: &Path, people: std::ops::Range<usize>) -> (Vault, Vec<ClientId>) {
    let create = Create {
        clinic: &clinic(),
        person: "Ana Lee",
        passphrase: &passphrase(),
        cost: Cost::weak_for_tests(),
        at: now(),
    };
    let (mut vault, _) = Vault::create(dir, &create).unwrap();
    let ids = vault
        .transact(Operation::AddClient, now(), |tx| {
            people.map(|n| tx.add_client(&made_up(n))).collect()
        })
        .unwrap();
    (vault, ids)
}

/// A made-up person with five cases, each with a conviction; names are as uneven as real ones, so that one letter matches thousands.
pub(crate) fn made_up(n: usize) -> Record {
    const GIVEN: [&str; 16] = [
        "Maria", "José", "Mark", "Ana", "Luis", "Carmen", "Tyrone", "Mei", "Omar", "Rosa",
        "DeShawn", "Linda", "Mike", "Nguyễn", "Zoe", "Ivan",
    ];
    const FAMILY: [&str; 20] = [
        "Garcia",
        "Martinez",
        "Smith",
        "Johnson",
        "Lopez",
        "De La Cruz",
        "McDonald",
        "O'Brien",
        "Núñez",
        "Washington",
        "Tran",
        "Moreno",
        "Muñoz",
        "Brown",
        "Miller",
        "MacKenzie",
        "Van Dyke",
        "St. James",
        "Ortiz-Reyes",
        "Xiong",
    ];
    let spread = n.wrapping_mul(2_654_435_761);
    let cases = (0..5).map(|k| Case {
        number: Some(format!(
            "{:02}F{:05}",
            (spread / 7 + k) % 30,
            (spread / 11 + k * 31) % 100_000
        )),
        id: Some(CaseId(format!("k{k}"))),
        court: Court {
            county: Some("Alpine".into()),
            ..Court::default()
        },
        counts: vec![conviction(spread, k)],
        ..Case::default()
    });
    Record {
        cases: cases.collect(),
        ..Record::new(Person {
            name: Name {
                given: Some(GIVEN[spread % 16].into()),
                middle: Some(GIVEN[spread / 16 % 16].into()),
                family: Some(format!(
                    "{}{}",
                    FAMILY[spread / 256 % 20],
                    if n.is_multiple_of(3) { "" } else { "son" }
                )),
                ..Name::default()
            },
            identifiers: Some(vec![Identifier {
                kind: IdentifierKind::Cii,
                value: format!("A{:08}", spread % 100_000_000),
            }]),
            ..Person::default()
        })
    }
}

fn conviction(spread: usize, k: usize) -> Count {
    let text = format!(
        r#"{{"id": "k{k}c1", "section": "PC {}", "level": "misdemeanor", "offense_date": "{}-03-{:02}",
            "disposition": {{"kind": "convicted", "date": "2009-06-01", "plea": "guilty"}},
            "sentence": {{"parts": [{{"kind": "probation", "years": 3}}, {{"kind": "jail", "days": 90}}, {{"kind": "fine"}}],
                          "status": "completed", "completed": "2012-06-01"}}}}"#,
        100 + (spread / 3 + k) % 900,
        1985 + (spread / 5 + k) % 30,
        1 + spread % 28
    );
    serde_json::from_str(&text).unwrap()
}
