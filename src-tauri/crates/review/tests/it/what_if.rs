//! The numbers of another policy, without reading a file again, are those of a full run under it.

use crate::support::{Ask, Fields, people::people};
use packs::Packs;
use packs::policy::{Asked, Disqualified, Policy, Rule, When};
use packs::section::Charge;
use proptest::prelude::*;
use reading::export::column as col;

const PRESETS: [&str; 6] = [
    "statewide",
    "san-francisco",
    "los-angeles",
    "sacramento",
    "san-joaquin",
    "contra-costa",
];

/// The export of some people, and the queue of a first run with some decisions filled in.
fn decided(rows: &[Fields]) -> Vec<u8> {
    let first = Ask::default().rows(rows);
    let queue = String::from_utf8(first.bytes("review-queue.csv")).unwrap();
    let mut out = String::new();
    for (n, line) in queue.lines().enumerate() {
        match line.strip_suffix(",,,") {
            Some(begin) if n % 3 == 1 => out.push_str(&format!("{begin},dismiss,A. Lee,seen\n")),
            _ => out.push_str(&format!("{line}\n")),
        }
    }
    out.into_bytes()
}

#[test]
fn every_preset_gives_the_numbers_of_a_full_run() {
    let rows = people(7, 120);
    let queue = decided(&rows);
    for base in PRESETS {
        let ask = Ask {
            decisions: Some(queue.clone()),
            what_if: PRESETS.map(crate::support::policy).to_vec(),
            ..Ask::of(base)
        };
        let reviewed = ask.rows(&rows);
        for (other, what_if) in PRESETS.iter().zip(&reviewed.done.what_if) {
            let full = Ask {
                decisions: Some(queue.clone()),
                ..Ask::of(other)
            }
            .rows(&rows);
            assert_eq!(*what_if, full.done.tally, "{base} asked about {other}");
        }
    }
}

#[test]
fn what_if_stands_side_by_side_in_files() {
    let rows = people(3, 60);
    let reviewed = Ask {
        what_if: vec![
            crate::support::policy("statewide"),
            crate::support::policy("los-angeles"),
        ],
        ..Ask::of("sacramento")
    }
    .rows(&rows);
    let table = reviewed.table("what-if.csv");
    let json: serde_json::Value = serde_json::from_slice(&reviewed.bytes("what-if.json")).unwrap();
    let ids: Vec<_> = json["policies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["policy"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["sacramento", "statewide", "los-angeles"]);
    let line = |of: &str, group: &str, number: &str| {
        let found = table
            .iter()
            .find(|row| row["of"] == of && row["group"] == group && row["number"] == number);
        found
            .unwrap_or_else(|| panic!("{of} {group} {number}"))
            .clone()
    };
    for (n, id) in ids.iter().enumerate() {
        let column = &json["policies"][n];
        let number = |value: &serde_json::Value| value.to_string();
        assert_eq!(
            line("all", "", "felonies_cleared")[id],
            number(&column["felonies_cleared"])
        );
        assert_eq!(
            line("people", "", "no_felony")[id],
            number(&column["people_left"]["no_felony"])
        );
        assert_eq!(
            line("race", "HISPANIC", "felony_after")[id],
            number(&column["groups"]["race"]["HISPANIC"]["felony_after"])
        );
        // The share of a group as a multiple of everybody's, worked out anew.
        let left = &column["groups"]["race"]["HISPANIC"];
        let all = &column["people_left"];
        let share = |of: &serde_json::Value, what: &str| {
            of[what].as_f64().unwrap() / of["people"].as_f64().unwrap()
        };
        let times = share(left, "felony_before") / share(all, "felony_before");
        let said = &column["disparity"]["race"]["HISPANIC"]["times_all_before"];
        assert!(
            (said.as_f64().unwrap() - times).abs() < 0.006,
            "{said} {times}"
        );
    }
}

#[test]
fn a_policy_about_other_sections_is_refused_before_anything_is_read() {
    let mut other = crate::support::policy("sacramento");
    other.sections.pop();
    let ask = Ask {
        what_if: vec![other],
        ..Ask::default()
    };
    let error = ask
        .run(&[crate::support::csv(&people(1, 2))])
        .err()
        .unwrap();
    assert!(error.to_string().contains("a review of its own"), "{error}");
}

fn charge(printed: &str) -> Charge {
    let pack = Packs::builtin().unwrap().iter().next().unwrap();
    pack.codes.charge(printed).unwrap()
}

fn when() -> impl Strategy<Value = When> {
    let years = || prop::option::weighted(0.2, 1..60_u8);
    let yes = || prop::option::weighted(0.15, any::<bool>());
    (
        (yes(), yes(), yes(), yes(), yes(), yes(), yes(), yes()),
        (years(), years(), years(), years()),
        prop::option::weighted(
            0.3,
            prop::sample::select(vec!["HS 11357", "HS 11358", "HS 11360(b)", "PC 32"]),
        ),
        prop::option::weighted(
            0.1,
            prop::sample::select(vec!["super-strike", "registrable"]),
        ),
        prop::option::weighted(0.1, 1..4_u8),
        prop::option::weighted(0.1, Just("PC 290")),
    )
        .prop_map(|(yes, years, section, list, same, duty)| When {
            felony: yes.0,
            companion: yes.1,
            beside_covered: yes.2,
            only_covered: yes.3,
            died: yes.4,
            several: yes.5,
            sentence_ended: yes.6,
            sentences_ended: yes.7,
            under_at_conviction: years.0,
            age: years.1,
            years_since: years.2,
            years_clean: years.3,
            section: section.into_iter().map(charge).collect(),
            listed_before: list.map(str::to_owned),
            same_section_before: same,
            registered_before: duty.map(charge),
            convicted_from: None,
        })
}

fn random() -> impl Strategy<Value = Policy> {
    let then = prop::sample::select(vec![
        Asked::Nothing,
        Asked::Review,
        Asked::Reduce,
        Asked::Dismiss,
    ]);
    let disqualified = prop::sample::select(vec![
        Disqualified::Law,
        Disqualified::Review,
        Disqualified::Policy,
    ]);
    let rule = (when(), then).prop_map(|(when, then)| Rule {
        when,
        then,
        say: format!("{then:?}"),
    });
    (
        prop::collection::vec(rule, 0..8),
        disqualified,
        prop::sample::subsequence(vec!["PC 32", "HS 11364", "HS 11366", "PC 459"], 0..4),
        any::<bool>(),
    )
        .prop_map(|(rules, disqualified, companions, moved)| {
            let mut policy = Policy {
                rules,
                disqualified,
                companions: companions.into_iter().map(charge).collect(),
                ..crate::support::policy("statewide")
            };
            if moved {
                // A section that only the law is asked about.
                let charge = policy.sections.pop().unwrap();
                policy.also.push(charge);
            }
            policy
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn a_random_policy_gives_the_numbers_of_a_full_run(seed in any::<u64>(), base in random(), other in random()) {
        let rows = people(seed, 30);
        let packs = Packs::builtin().unwrap();
        let done = Ask { policy: base, ..Ask::default() }.rows(&rows).done;
        let what_if = done.digest.unwrap().what_if(&other, packs).unwrap();
        let full = Ask { policy: other, ..Ask::default() }.rows(&rows);
        prop_assert_eq!(what_if, full.done.tally);
    }
}

#[test]
fn the_made_up_people_are_worth_asking_about() {
    let rows = people(7, 120);
    let tally = Ask::of("contra-costa").rows(&rows).done.tally;
    let kinds: Vec<&str> = tally.convictions.keys().map(String::as_str).collect();
    assert!(
        kinds.contains(&"HS 11364") && kinds.contains(&"HS 11359"),
        "{kinds:?}"
    );
    assert!(tally.people_left.some_relief > 5 && tally.groups["race"].len() > 2);
    assert!(
        rows.iter()
            .any(|row| row.get(col::STP_TYPE_DESCR) == "REGISTRATION")
    );
}
