//! In Spanish nothing that the window shows stays English: every sentence of results and papers differs between the two languages.

use std::collections::BTreeSet;

use crate::support::{NOW, training};
use desk::Desk;
use desk::view::{Answer, Clear, Elect, Language, List, Screen};
use record::answers::{Also, Elections, Signer};
use serde_json::Value;

/// Keys under which a view carries words to read.
const WORDS: &[&str] = &["text", "ask", "where", "what", "why", "why_not", "notes"];

/// A record's own words and the contract's are the same in every language.
const NOT_OURS: &[&str] = &["marks", "cite", "facts"];

/// Every sentence to read, with the key it stands under.
fn sentences(value: &Value, under: &str, into: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(all) => {
            for (key, inner) in all
                .iter()
                .filter(|(key, _)| !NOT_OURS.contains(&key.as_str()))
            {
                sentences(inner, key, into);
            }
        }
        Value::Array(all) => all.iter().for_each(|inner| sentences(inner, under, into)),
        Value::String(text) if WORDS.contains(&under) && words(text) >= 2 => {
            into.insert((under.to_owned(), text.clone()));
        }
        _ => {}
    }
}

/// How many words of small letters it has: a section and a case number have none.
fn words(text: &str) -> usize {
    let small = |word: &&str| word.len() > 2 && word.chars().all(|c| c.is_lowercase());
    text.split(|c: char| !c.is_alphabetic())
        .filter(small)
        .count()
}

/// What the window shows of every made-up client: first as the sheet came in, then answered and cleared.
fn shown(desk: &mut Desk, language: Language) -> BTreeSet<(String, String)> {
    desk.speak(language);
    let all = List {
        query: String::new(),
    };
    let mut said = BTreeSet::new();
    for client in desk.list(&all).unwrap() {
        let id = client.id;
        let screen = Screen {
            id: id.clone(),
            as_of: None,
        };
        let results = desk.screen(&screen, NOW).unwrap();
        sentences(&serde_json::to_value(results).unwrap(), "", &mut said);
        let packet = desk.prepare(id, NOW).unwrap();
        sentences(&serde_json::to_value(packet).unwrap(), "", &mut said);
    }
    said
}

#[test]
fn no_sentence_is_the_same_in_both_languages() {
    let mut desk = training();
    for step in ["as it came", "answered and cleared"] {
        let (en, es) = (
            shown(&mut desk, Language::En),
            shown(&mut desk, Language::Es),
        );
        assert!(en.len() > 60, "hardly anything was shown: {}", en.len());
        let same: Vec<_> = en.intersection(&es).collect();
        assert!(
            same.is_empty(),
            "{step}: {} sentences are not translated:\n{same:#?}",
            same.len()
        );
        for client in desk
            .list(&List {
                query: String::new(),
            })
            .unwrap()
        {
            for fact in ["now.serving", "now.supervised", "now.charged"] {
                let (id, path) = (client.id.clone(), fact.to_owned());
                desk.answer(
                    Answer {
                        id,
                        path,
                        value: false.into(),
                    },
                    NOW,
                )
                .unwrap();
            }
            let id = client.id;
            let clear = Clear {
                id: id.clone(),
                reason: "made up".into(),
            };
            desk.clear(&clear, NOW).unwrap();
            // Also the letters that are made only where somebody asks.
            let elect = Elect {
                id,
                elections: Elections {
                    also: Some(vec![
                        Also::Dispute,
                        Also::LiveScan,
                        Also::FeeWaiver,
                        Also::NotDone,
                    ]),
                    ..Elections::default()
                },
            };
            desk.elect(elect, NOW).unwrap();
        }
    }
}

/// The name under which the window's word lists have a fact: its path without the case, the count and the places in lists.
fn fact(path: &str) -> String {
    let mut name = String::new();
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => {}
            _ => name.push(letter),
        }
    }
    let name = name.strip_prefix("cases").unwrap_or(&name);
    let name = name.strip_prefix(".counts").unwrap_or(name);
    name.trim_start_matches('.').to_owned()
}

#[test]
fn every_mark_and_every_fact_it_rests_on_has_words_in_the_window() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let words = std::fs::read_to_string(here.join("../../../ui/src/words/en/terms.ts")).unwrap();
    let mut desk = training();
    let mut lacking = BTreeSet::new();
    let mut seen = 0;
    for client in desk
        .list(&List {
            query: String::new(),
        })
        .unwrap()
    {
        let mut facts = vec![
            ("now.serving", Value::from(false)),
            ("now.supervised", false.into()),
            ("now.charged", false.into()),
            ("person.citizenship", "citizen".into()),
        ];
        for (path, value) in facts.drain(..) {
            let (id, path) = (client.id.clone(), path.to_owned());
            desk.answer(Answer { id, path, value }, NOW).unwrap();
        }
        let screen = Screen {
            id: client.id.clone(),
            as_of: None,
        };
        let name = desk.clinic().unwrap().attorneys[0].name.clone();
        let elections = Elections {
            waive_original_judge: Some(true),
            waive_appearance: Some(true),
            signer: Some(Signer::Attorney { name }),
            ..Elections::default()
        };
        let id = client.id.clone();
        desk.elect(Elect { id, elections }, NOW).unwrap();
        let results = desk.screen(&screen, NOW).unwrap();
        let reasons = results
            .cases
            .iter()
            .flat_map(|case| &case.cards)
            .flat_map(|card| &card.reasons);
        let mut keys: Vec<String> = reasons.flat_map(|r| &r.facts).map(|f| fact(f)).collect();
        keys.retain(|key| !key.starts_with("circumstances.") && !key.is_empty());
        let mut keys: Vec<_> = keys
            .into_iter()
            .map(|key| format!("'fact.{key}'"))
            .collect();
        let packet = desk.prepare(client.id, NOW).unwrap();
        for mark in packet.papers.iter().flat_map(|paper| &paper.marks) {
            seen += 1;
            keys.push(format!("'mark.{}'", mark.what.replace(' ', "_")));
            let from = mark.from.iter().map(|origin| fact(&origin.fact));
            // A finding is named by what it says, not by its place among the findings.
            let from = from.filter(|key| !key.is_empty());
            keys.extend(from.map(|key| format!("'fact.{key}'")));
        }
        lacking.extend(keys.into_iter().filter(|key| !words.contains(key.as_str())));
    }
    assert!(seen > 20, "only {seen} marks");
    assert!(
        lacking.is_empty(),
        "the window has no words for {lacking:#?}"
    );
}
