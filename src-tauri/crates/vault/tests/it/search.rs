//! Search as one types.

use record::{Name, Person, Record};
use vault::{Operation, Vault};

use crate::made_up::{at, record, vault};

fn with(people: &[(&str, &str, &str)]) -> (tempfile::TempDir, Vault) {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    vault
        .transact(Operation::AddClient, at(2), |tx| {
            for (given, family, number) in people {
                tx.add_client(&record(given, family, number))?;
            }
            Ok(())
        })
        .unwrap();
    (dir, vault)
}

fn found(vault: &Vault, typed: &str) -> Vec<String> {
    let rows = vault.read().clients(typed, 100).unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn finds_by_beginnings_in_any_order_accent_or_spelling() {
    let (_dir, vault) = with(&[
        ("José", "Núñez", "05F01234"),
        ("Maria", "De La Cruz", "98-M-22110"),
        ("Ann", "McDonald", "BA123456"),
        ("Sean", "O\u{2019}Brien", "SCD 778899"),
        ("Tom", "MacKenzie", "1"),
        ("Lena", "St. James-Ortiz", "2"),
    ]);
    for (typed, name) in [
        ("jose", "José Núñez"),
        ("nunez jo", "José Núñez"),
        ("NÚÑ", "José Núñez"),
        ("de la cruz", "Maria De La Cruz"),
        ("delacruz", "Maria De La Cruz"),
        ("DELA CRUZ mar", "Maria De La Cruz"),
        ("cruz", "Maria De La Cruz"),
        ("mc donald", "Ann McDonald"),
        ("macdonald ann", "Ann McDonald"),
        ("mcken", "Tom MacKenzie"),
        ("obrien", "Sean O\u{2019}Brien"),
        ("o'br", "Sean O\u{2019}Brien"),
        ("o brien sean", "Sean O\u{2019}Brien"),
        ("ortiz", "Lena St. James-Ortiz"),
        ("james-or", "Lena St. James-Ortiz"),
        ("stjames", "Lena St. James-Ortiz"),
        ("05f0", "José Núñez"),
        ("05-F-01234", "José Núñez"),
        ("98m22", "Maria De La Cruz"),
        ("22110", "Maria De La Cruz"),
        ("scd778", "Sean O\u{2019}Brien"),
        ("SCD 7788", "Sean O\u{2019}Brien"),
        ("ABA1234", "Ann McDonald"),
    ] {
        assert_eq!(found(&vault, typed), [name], "typed {typed:?}");
    }
    for typed in ["zzz", "jose cruz", "mcdonald sean"] {
        assert!(found(&vault, typed).is_empty(), "typed {typed:?}");
    }
}

#[test]
fn finds_by_alias_and_sorts_by_family_name() {
    let (_dir, mut vault) = with(&[("Zoe", "Abel", "1"), ("Adam", "Zander", "2")]);
    let one = Record::new(Person {
        name: Name {
            given: Some("Bea".into()),
            family: Some("Moss".into()),
            ..Name::default()
        },
        aliases: Some(vec![Name {
            given: Some("Zora".into()),
            ..Name::default()
        }]),
        ..Person::default()
    });
    vault
        .transact(Operation::AddClient, at(3), |tx| tx.add_client(&one))
        .unwrap();
    assert_eq!(found(&vault, "z"), ["Zoe Abel", "Bea Moss", "Adam Zander"]);
    assert_eq!(
        found(&vault, "")[0],
        "Bea Moss",
        "nothing typed: the last changed first"
    );
}

#[test]
fn what_is_typed_is_never_a_command() {
    let (_dir, vault) = with(&[("Ann", "Moss", "1")]);
    for typed in [
        "\"",
        "a\" OR \"b",
        "NEAR(",
        "* *",
        "words:ann",
        "-ann",
        "^",
        "'; DELETE FROM client; --",
        "\0",
    ] {
        let _ = vault.read().clients(typed, 5).unwrap();
    }
    assert_eq!(vault.read().count().unwrap(), 1);
}
