//! What goes out after a review: papers that read back as the rows say, nothing marked for a judge, a draft without a clearance, lists
//! that no spreadsheet takes for formulas, the same bytes twice.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Ask, Fields, Reviewed, table};
use jiff::civil::date;
use packs::Packs;
use reading::export::column as col;
use record::answers::Answers;
use record::clinic::Clinic;
use review::Progress;
use review::filing::{Filed, Papers, file};
use serde_json::{Value, json};

fn clinic() -> Clinic {
    let clinic = json!({
        "schema": "relief-desk/clinic/1",
        "name": "Office of the District Attorney",
        "address": ["901 G Street", "Sacramento, California 95814"],
        "phone": "(916) 555-0100",
        "attorneys": [{"name": "Ottoline Example", "bar": "999001"}],
    });
    Clinic::from_json(&clinic.to_string()).unwrap()
}

fn cleared() -> Answers {
    let answers = json!({
        "schema": "relief-desk/answers/1",
        "immigration": {"by": "Ottoline Example", "on": "2020-06-30", "reason": "reviewed with the public defender"},
    });
    Answers::from_json(&answers.to_string()).unwrap()
}

fn rows() -> Vec<Fields> {
    let one = |subject: &str, order: &str, offense: &str, level: &str, name: &str, number: &str| {
        Fields::conviction(subject, order, offense, level, "20010601")
            .set(col::PRI_NAME, name)
            .set(col::OFN, number)
    };
    vec![
        one(
            "1",
            "101001001000",
            "11359 HS-SALE",
            "FELONY",
            "QUILL,ADA M",
            "01F00001",
        ),
        one(
            "1",
            "102001001000",
            "11360(A) HS-SELL",
            "FELONY",
            "QUILL,ADA M",
            "01F00002",
        ),
        one(
            "2",
            "101001001000",
            "664/11358 HS-CULTIVATE",
            "FELONY",
            "=1+1,BO",
            "01F00003",
        ),
        one(
            "3",
            "101001001000",
            "11357(B) HS-POSSESS",
            "MISDEMEANOR",
            "FERN,CY",
            "NULL",
        ),
        one(
            "4",
            "101001001000",
            "11359 HS-SALE",
            "FELONY",
            "GRAY\u{e000},DI",
            "01F00005",
        ),
    ]
}

fn made(reviewed: &Reviewed, name: &str, answers: Option<&Answers>) -> (PathBuf, Filed) {
    let out = reviewed.dir.path().join(name);
    let review = reviewed.dir.path().join("out");
    let clinic = clinic();
    let papers = Papers {
        review: &review,
        clinic: &clinic,
        answers,
        as_of: date(2020, 7, 2),
        out: &out,
        watch: &Progress::default(),
    };
    let filed = file(&papers, Packs::builtin().unwrap()).unwrap();
    (out, filed)
}

fn words(path: &Path) -> String {
    let out = Command::new("pdftotext")
        .arg("-raw")
        .arg(path)
        .arg("-")
        .output()
        .unwrap();
    assert!(out.status.success());
    let text = String::from_utf8(out.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn all(folder: &Path) -> BTreeSet<(PathBuf, Vec<u8>)> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            found.insert((path.file_name().unwrap().into(), bytes));
        }
    }
    found
}

#[test]
fn papers_and_lists_say_what_the_table_says() {
    let reviewed = Ask::of("sacramento").rows(&rows());
    let determined = reviewed.determined();
    let asked = determined
        .values()
        .filter(|row| ["dismiss", "reduce"].contains(&row["determination"].as_str()));
    let asked: Vec<_> = asked.collect();
    assert!(asked.len() >= 4, "{determined:#?}");
    let (out, filed) = made(&reviewed, "papers", Some(&cleared()));

    // Who has no number, or a name that cannot be printed, is left out by name and not silently.
    let left = table(&out.join("left-out.csv"));
    let whose: BTreeSet<&str> = left.iter().map(|row| row["subject_id"].as_str()).collect();
    assert!(
        whose.contains("4") && left.iter().all(|row| !row["why"].is_empty()),
        "{left:#?}"
    );
    assert_eq!(filed.left_out, left.len() as u64);
    assert_eq!(
        filed.part_a + filed.part_b + filed.left_out,
        asked.len() as u64
    );
    assert!(!filed.ready && filed.why_not.iter().any(|why| why.contains("left-out.csv")));

    let upload = table(&out.join("court-upload.csv"));
    assert_eq!(upload.len() as u64, filed.part_a + filed.part_b);
    let schedule = words(&out.join("schedule-0001.pdf"));
    for row in &upload {
        assert!(schedule.contains(&row["case_number"]), "{schedule}");
        let own = asked
            .iter()
            .find(|own| own["case_number"] == row["case_number"])
            .unwrap();
        assert_eq!(row["relief"], own["determination"]);
        assert_eq!(
            row["part"],
            if own["law_says"] == own["determination"] {
                "A"
            } else {
                "B"
            }
        );
    }
    assert!(
        !schedule.contains("19550505") && !schedule.contains("A1 "),
        "no birth date and no state number in public"
    );
    let manifest = std::fs::read_to_string(out.join("manifest.jsonl")).unwrap();
    assert!(manifest.contains("\"attempt to violate Health and Safety Code section 11358\""));

    // A name is no formula in any list, and stands as it is on the paper.
    for name in [
        "court-upload.csv",
        "public-defender.csv",
        "people-to-tell.csv",
        "left-out.csv",
    ] {
        for row in table(&out.join(name)) {
            assert!(
                row.values().all(|value| !value.starts_with('=')),
                "{name}: {row:?}"
            );
        }
    }
    assert!(schedule.contains("=1+1,BO"));

    let notice = table(&out.join("public-defender.csv"));
    assert_eq!(
        notice.len(),
        determined.len(),
        "every conviction decided on, also where nothing is asked"
    );
    let people = table(&out.join("people-to-tell.csv"));
    let told = people
        .iter()
        .find(|row| row["name"] == "QUILL,ADA M")
        .unwrap();
    assert_eq!(told["cases"], "01F00001; 01F00002");

    let motion = words(&out.join("motion.pdf"));
    assert!(
        motion.contains("COUNTY OF SACRAMENTO") && motion.contains("Ottoline Example (SBN 999001)")
    );
    assert!(!motion.replace(' ', "").contains("DRAFT"));
    assert_eq!(
        motion.contains("authority for Part B:"),
        filed.part_b > 0,
        "{motion}"
    );
}

#[test]
fn an_order_stands_in_each_case_and_nothing_on_it_is_marked() {
    let reviewed = Ask::of("sacramento").rows(&rows());
    let (out, filed) = made(&reviewed, "papers", Some(&cleared()));
    let manifest = std::fs::read_to_string(out.join("manifest.jsonl")).unwrap();
    let entries: Vec<Value> = manifest
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let orders: Vec<&Value> = entries
        .iter()
        .filter(|e| e["file"].as_str().unwrap().starts_with("orders/"))
        .collect();
    assert_eq!(orders.len() as u64, filed.orders);
    let decisions =
        std::fs::read_to_string(reviewed.dir.path().join("out/determinations.csv")).unwrap();
    let lines: Vec<&str> = decisions.lines().collect();
    for order in &orders {
        let text = words(&out.join(order["file"].as_str().unwrap()));
        assert!(
            text.contains('☐') && !text.contains('☒') && !text.contains('☑'),
            "{text}"
        );
        assert_eq!(
            order["blank"][0]["what"],
            "The judge's marks, date and signature"
        );
        assert!(text.contains("Judge of the Superior Court") && text.contains("Dated:"));
        // Every value on it is in the row it says it came from.
        let mut traced = 0;
        for mark in order["marks"].as_array().unwrap() {
            let from = mark["from"][0].as_str().unwrap();
            let Some(place) = from.strip_prefix("determinations.csv:") else {
                assert!(
                    from.starts_with("clinic.") || from.starts_with("summary."),
                    "{from}"
                );
                continue;
            };
            let (line, column) = place.split_once(':').unwrap();
            let row = lines[line.parse::<usize>().unwrap() - 1];
            traced += 1;
            if column == "case_number" {
                assert!(row.contains(mark["value"].as_str().unwrap()), "{row}");
            }
            if column == "name" {
                let family = mark["value"]
                    .as_str()
                    .unwrap()
                    .rsplit(' ')
                    .next()
                    .unwrap()
                    .to_uppercase();
                assert!(row.contains(&family), "{row} {mark}");
            }
        }
        assert!(traced >= 3, "{order}");
    }
    let first = words(&out.join("orders/0000/0000001.pdf"));
    assert!(
        first.contains("ADA M QUILL") && first.contains("01F00001") && !first.contains("01F00002"),
        "{first}"
    );
}

#[test]
fn without_a_clearance_every_page_is_a_draft_and_the_folder_is_never_mixed() {
    let reviewed = Ask::of("sacramento").rows(&rows()[..2]);
    let (out, filed) = made(&reviewed, "papers", None);
    assert!(
        !filed.ready && filed.why_not[0].contains("immigration"),
        "{:?}",
        filed.why_not
    );
    for name in [
        "motion.pdf",
        "order.pdf",
        "schedule-0001.pdf",
        "orders/0000/0000001.pdf",
    ] {
        let text = Command::new("pdftotext")
            .arg("-raw")
            .arg(out.join(name))
            .arg("-")
            .output()
            .unwrap();
        let text = String::from_utf8(text.stdout).unwrap();
        for page in text.split('\u{c}').filter(|page| !page.trim().is_empty()) {
            // The word is turned, so poppler may give its letters one by one.
            let letters: String = page.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(letters.contains("DRAFT"), "{name}");
        }
    }
    let (other, _) = made(&reviewed, "again", None);
    assert_eq!(
        all(&out),
        all(&other),
        "the same review, office and day give the same bytes"
    );
    let review = reviewed.dir.path().join("out");
    let clinic = clinic();
    let again = Papers {
        review: &review,
        clinic: &clinic,
        answers: None,
        as_of: date(2020, 7, 2),
        out: &out,
        watch: &Progress::default(),
    };
    let error = file(&again, Packs::builtin().unwrap())
        .unwrap_err()
        .to_string();
    assert!(error.contains("not empty"), "{error}");
}
