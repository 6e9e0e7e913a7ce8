//! The papers of two clients share no proper noun but those of the law, the courts and the clinic: nothing of one person stands in
//! another's packet, also where both are made from one process, side by side.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::*;
use papers::Packet;
use serde_json::json;

fn one() -> Client {
    let mut client = Client::new();
    client.answers["declare"] =
        json!([{"case": 0, "count": 0, "text": "I teach Archery at Quillon Hall."}]);
    client
}

/// Somebody who has nothing in common with the first.
fn other() -> Client {
    let mut client = Client::new().named("Wendeline", "Uri", "Marjoram");
    client.record["person"]["born"] = json!("1981-11-30");
    client.record["person"]["identifiers"] = json!([]);
    let case = &mut client.record["cases"][0];
    case["court"]["county"] = json!("Fresno");
    case["number"] = json!("F0790017");
    case["counts"][0]["description"] = json!("POSSESS MARIJUANA FOR SALE");
    case["counts"][0]["offense_date"] = json!("2007-09-03");
    case["counts"][0]["disposition"]["date"] = json!("2008-03-04");
    client.clinic["counties"] = json!([]);
    client.answers["contact"] =
        json!({"address": ["9 Saffron Court", "Visalia, California 93277"]});
    client.answers["declare"] =
        json!([{"case": 0, "count": 0, "text": "I paint Fences for Ulverton House."}]);
    client
}

/// Words that begin with a capital, in small letters.
fn proper(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let proper = |word: &&str| word.chars().count() > 2 && word.starts_with(char::is_uppercase);
    words.filter(proper).map(str::to_lowercase).collect()
}

fn all(packet: &Packet) -> String {
    let papers = packet.files().map(|(_, _, paper)| text(paper));
    papers.collect::<Vec<_>>().join("\n")
}

/// Every word that the packs and the clinic bring along themselves.
fn known() -> BTreeSet<String> {
    fn read(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, all);
            } else {
                all.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let client = Client::new();
    let mut words = format!("{} {:?}", client.clinic, client.findings);
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for part in ["papers", "text", "forms"] {
        read(&crates.join("packs/us-ca").join(part), &mut words);
    }
    let words = words.split(|c: char| !c.is_alphanumeric());
    words.map(str::to_lowercase).collect()
}

#[test]
fn papers_of_two_clients_share_no_proper_noun() {
    let (one, other) = (one().asks(), other().asks());
    let made = papers::prepare_all(&[one.request(), other.request()]);
    let said: Vec<String> = made
        .iter()
        .map(|made| all(made.as_ref().unwrap()))
        .collect();
    for (n, theirs) in [
        [
            "Rosalind",
            "Ama",
            "Testperson",
            "Sacramento",
            "05F01234",
            "Elm",
            "Archery",
            "Quillon",
        ],
        [
            "Wendeline",
            "Uri",
            "Marjoram",
            "Fresno",
            "F0790017",
            "Saffron",
            "Fences",
            "Ulverton",
        ],
    ]
    .into_iter()
    .enumerate()
    {
        for word in theirs {
            assert!(said[n].contains(word), "{word}");
            assert!(
                !proper(&said[1 - n]).contains(&word.to_lowercase()),
                "{word}"
            );
        }
    }
    let known = known();
    let shared: Vec<_> = proper(&said[0])
        .intersection(&proper(&said[1]))
        .filter(|word| !known.contains(*word))
        .cloned()
        .collect();
    assert!(shared.is_empty(), "{shared:?}");
}
