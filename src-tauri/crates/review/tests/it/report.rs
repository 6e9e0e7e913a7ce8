//! The report as PDF says what the summary says, reads back as a viewer would read it, and comes out the same twice.

use std::process::Command;

use crate::support::{Ask, Fields};
use reading::export::column as col;
use serde_json::Value;

fn rows() -> Vec<Fields> {
    let offenses = [
        "11357(A) HS-POSSESS",
        "11358 HS-CULTIVATE",
        "11359 HS-SALE",
        "11360(A) HS-SELL",
        "459 PC-BURGLARY",
    ];
    let mut all = Vec::new();
    for n in 0..97_usize {
        let subject = (n + 1).to_string();
        let on = format!("{}0601", 1975 + n % 38);
        let level = if n % 3 == 0 { "MISDEMEANOR" } else { "FELONY" };
        for (at, offense) in [offenses[n % 4], offenses[(n / 2) % 5]]
            .into_iter()
            .enumerate()
        {
            let order = format!("10{}001001000", at + 1);
            all.push(
                Fields::conviction(&subject, &order, offense, level, &on)
                    .set(col::GENDER, if n % 5 < 2 { "F" } else { "M" })
                    // The second group's name has a letter that no face has.
                    .set(
                        col::RACE_DESCR,
                        ["WHITE", "BLACK \u{e000}", "HISPANIC"][n % 3],
                    ),
            );
        }
    }
    all
}

fn words(path: &std::path::Path) -> String {
    let out = Command::new("pdftotext")
        .arg("-layout")
        .arg(path)
        .arg("-")
        .output()
        .unwrap();
    assert!(out.status.success());
    String::from_utf8(out.stdout).unwrap()
}

/// The cells of the first line that begins with a label, behind a heading.
fn cells(text: &str, heading: &str, label: &str) -> Vec<String> {
    let rest = text
        .split_once(heading)
        .unwrap_or_else(|| panic!("no `{heading}`"))
        .1;
    let line = rest
        .lines()
        .find(|line| line.trim_start().starts_with(label));
    let line = line.unwrap_or_else(|| panic!("no `{label}` behind `{heading}`"));
    let cells = line.trim_start().strip_prefix(label).unwrap();
    cells
        .split_whitespace()
        .filter(|cell| *cell != "%")
        .map(|cell| cell.replace(',', ""))
        .collect()
}

fn printed() -> crate::support::Reviewed {
    let ask = Ask {
        figures: true,
        ..Ask::default()
    };
    ask.rows(&rows())
}

fn sum(value: &Value) -> u64 {
    match value {
        Value::Object(all) => all.values().map(sum).sum(),
        other => other.as_u64().unwrap_or(0),
    }
}

#[test]
fn every_number_of_the_report_is_the_summarys() {
    let reviewed = printed();
    let text = words(&reviewed.dir.path().join("out/report.pdf"));
    let summary: Value = serde_json::from_slice(&reviewed.bytes("summary.json")).unwrap();
    let keys = [
        "dismiss",
        "reduce",
        "review",
        "not_eligible",
        "already_granted",
    ];
    let labels = [
        "Dismiss",
        "Reduce",
        "Review by a person",
        "Not eligible",
        "Already granted",
    ];

    let mut by_determination = [0; 5];
    let sections = summary["convictions"].as_object().unwrap();
    assert!(sections.len() >= 4);
    for (section, levels) in sections {
        let mut expected = [0; 5];
        for determinations in levels.as_object().unwrap().values() {
            for (n, key) in keys.iter().enumerate() {
                expected[n] += sum(&determinations[key]);
            }
        }
        for (all, n) in by_determination.iter_mut().zip(expected) {
            *all += n;
        }
        let mut expected: Vec<String> = expected.map(|n| n.to_string()).to_vec();
        expected.push(sum(levels).to_string());
        assert_eq!(cells(&text, "By section", section), expected, "{section}");
    }
    for (label, n) in labels.into_iter().zip(by_determination) {
        let row = cells(&text, "Convictions", label);
        assert_eq!(row[0], n.to_string(), "{label}");
    }
    for (decade, determinations) in summary["by_decade"].as_object().unwrap() {
        let row = cells(&text, "By decade", decade);
        assert_eq!(row[5], sum(determinations).to_string(), "{decade}");
    }
    let left = &summary["people_left"];
    let all = &summary["people_left_if_all_dismissed"];
    let felony = ["felony_before", "felony_after"].map(|key| left[key].to_string());
    let row = cells(&text, "People before and after", "With a felony");
    assert_eq!(
        row,
        [
            felony[0].clone(),
            felony[1].clone(),
            all["felony_after"].to_string()
        ]
    );
    for (kind, groups) in summary["groups"].as_object().unwrap() {
        for (group, left) in groups.as_object().unwrap() {
            let label = group.replace('\u{e000}', "?");
            let row = cells(&text, &format!("before and after, by {kind}"), &label);
            let numbers = [&row[0], &row[1], &row[3]];
            let expected =
                ["people", "felony_before", "felony_after"].map(|key| left[key].to_string());
            assert_eq!(numbers, expected.each_ref(), "{kind} {group}");
            let share =
                |key: &str| 100.0 * left[key].as_f64().unwrap() / left["people"].as_f64().unwrap();
            for (at, key) in [(2, "felony_before"), (4, "felony_after")] {
                let printed: f64 = row[at].parse().unwrap();
                assert!(
                    (printed - share(key)).abs() <= 0.05001,
                    "{kind} {group} {row:?}"
                );
            }
        }
    }
    // The gap between groups, counted anew.
    let rates = |key: &str| -> f64 {
        let groups = summary["groups"]["race"].as_object().unwrap().values();
        let rates: Vec<f64> = groups
            .filter(|left| left["people"].as_u64().unwrap() >= 30)
            .map(|left| 100.0 * left[key].as_f64().unwrap() / left["people"].as_f64().unwrap())
            .collect();
        assert!(rates.len() > 1);
        rates.iter().copied().fold(f64::MIN, f64::max)
            - rates.iter().copied().fold(f64::MAX, f64::min)
    };
    let lead = text
        .split_once("by race")
        .unwrap()
        .1
        .split_once("points after")
        .unwrap()
        .0;
    let said: Vec<f64> = lead
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .skip(1)
        .collect();
    assert!((said[0] - rates("felony_before")).abs() <= 0.1001, "{lead}");
    assert!((said[1] - rates("felony_after")).abs() <= 0.1001, "{lead}");
}

#[test]
fn the_same_summary_gives_the_same_report() {
    let [one, other] = [0; 2].map(|_| printed().bytes(review::FIGURES));
    assert!(one.starts_with(b"%PDF") && one == other);
}
