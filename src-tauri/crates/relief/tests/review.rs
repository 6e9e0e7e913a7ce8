//! A prosecutor's way through `relief review` as a shell meets it: the review, its papers, the court's answers, the office's list, and the
//! results locked.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::str::FromStr;

use reading::export::column as col;
use serde_json::{Value, json};

fn relief(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relief"))
        .arg("review")
        .args(args)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn names(dir: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(dir).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn row(subject: &str, name: &str, number: &str, offense: &str) -> String {
    let mut fields = vec![String::new(); col::NAMES.len()];
    for (column, value) in [
        (col::SUBJECT_ID, subject),
        (col::CII_NUMBER, &format!("A{subject}")),
        (col::PRI_NAME, &format!("\"{name}\"")),
        (col::PRI_DOB, "19550505"),
        (col::STP_EVENT_DATE, "20010601"),
        (col::STP_TYPE_DESCR, "COURT ACTION"),
        (col::STP_ORI_DESCR, "CASC SACRAMENTO"),
        (col::STP_ORI_CNTY_NAME, "SACRAMENTO"),
        (col::CNT_ORDER, "101001001000"),
        (col::OFN, number),
        (col::OFFENSE_DESCR, offense),
        (col::DISP_DESCR, "CONVICTED"),
        (col::CONV_STAT_DESCR, "FELONY"),
        (col::END_OF_REC, "#"),
    ] {
        value.clone_into(&mut fields[column]);
    }
    fields.join(",") + "\n"
}

/// A folder with an export of four convictions and a row that is broken.
fn export() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("export.dat");
    let rows = [
        row("1", "QUILL,ADA M", "01F00001", "11359 HS-SALE"),
        row("2", "FERN,BO", "01F00002", "11357(A) HS-POSSESS"),
        row("3", "SEDGE,CY", "01F00003", "11360(A) HS-SELL"),
        row("4", "=1+1,DI", "01F00004", "11358 HS-CULTIVATE"),
    ];
    fs::write(&path, rows.concat() + "1,2,3\n").unwrap();
    (dir, path)
}

fn reviewed(export: &Path, out: &Path, more: &[&str]) -> Output {
    let args = [
        "--county",
        "Sacramento",
        "--as-of",
        "2020-07-01",
        "--policy",
        "sacramento",
    ];
    relief(&[&args[..], &["--out", text(out), text(export)], more].concat())
}

#[test]
fn from_the_export_to_the_court_and_back() {
    let (dir, export) = export();
    let at = |name: &str| dir.path().join(name);
    let (review, papers, answered) = (at("review"), at("papers"), at("answered"));
    let output = reviewed(&export, &review, &[]);
    assert_eq!(output.status.code(), Some(1), "a row is broken");
    let unused = review.join("rows-not-used.csv");
    assert!(
        said(&output).starts_with(&format!("{}:1: 1 rows could not be used", unused.display())),
        "{}",
        said(&output)
    );
    assert!(
        fs::read_to_string(unused)
            .unwrap()
            .contains("export.dat,5,")
    );

    let clinic = at("office.json");
    let office = json!({
        "schema": "relief-desk/clinic/1",
        "name": "Office of the District Attorney",
        "address": ["901 G Street", "Sacramento, California 95814"],
        "phone": "(916) 555-0100",
        "attorneys": [{"name": "Ottoline Example", "bar": "999001"}],
    });
    fs::write(&clinic, office.to_string()).unwrap();
    let paper = [
        "papers",
        text(&review),
        "--clinic",
        text(&clinic),
        "--as-of",
        "2020-07-02",
    ];
    let output = relief(&[&paper[..], &["--out", text(&papers)]].concat());
    assert_eq!(output.status.code(), Some(1), "nobody cleared it");
    assert!(said(&output).contains("not ready: "), "{}", said(&output));
    for name in [
        "motion.pdf",
        "order.pdf",
        "schedule-0001.pdf",
        "orders/0000/0000001.pdf",
    ] {
        assert!(
            fs::read(papers.join(name)).unwrap().starts_with(b"%PDF-"),
            "{name}"
        );
    }
    let filed: Value =
        serde_json::from_slice(&fs::read(papers.join("papers.json")).unwrap()).unwrap();
    let asked_for = filed["part_a"].as_u64().unwrap() + filed["part_b"].as_u64().unwrap();
    assert!(asked_for >= 3, "{filed}");
    // An office that has cleared it gets papers that are ready, in another folder.
    let (answers, ready) = (at("answers.json"), at("ready"));
    let cleared = json!({
        "schema": "relief-desk/answers/1",
        "immigration": {"by": "Ottoline Example", "on": "2020-06-30", "reason": "with the public defender"},
    });
    fs::write(&answers, cleared.to_string()).unwrap();
    let output = relief(
        &[
            &paper[..],
            &["--answers", text(&answers), "--out", text(&ready)],
        ]
        .concat(),
    );
    let filed: Value =
        serde_json::from_slice(&fs::read(ready.join("papers.json")).unwrap()).unwrap();
    assert_eq!(
        output.status.success(),
        filed["ready"] == true,
        "{}",
        said(&output)
    );
    let output = relief(&[&paper[..], &["--out", text(&papers)]].concat());
    assert!(said(&output).contains("is not empty"), "{}", said(&output));

    let other = at("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("summary.json"), "{}").unwrap();
    let output = relief(&[
        "papers",
        text(&other),
        "--clinic",
        text(&clinic),
        "--out",
        text(&at("none")),
    ]);
    assert!(
        said(&output).contains("not the summary of a review"),
        "{}",
        said(&output)
    );

    let court = at("court.csv");
    fs::write(
        &court,
        "Case,Ruling\n01-F-00001,granted\n01F00002,denied\n99X,granted\n",
    )
    .unwrap();
    let track = [
        "track",
        text(&papers),
        "--court",
        text(&court),
        "--case",
        "Case",
        "--outcome",
        "Ruling",
    ];
    let output = relief(&[&track[..], &["--hide", "0", "--out", text(&answered)]].concat());
    assert_eq!(output.status.code(), Some(1), "a case is nobody's");
    let sentence = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(
        sentence.contains(", 1 granted, 0 granted in part, 1 denied"),
        "{sentence}"
    );
    assert!(
        said(&output).contains("rows-not-used.csv"),
        "{}",
        said(&output)
    );
    assert!(names(&answered).contains("public.csv"));
}

#[test]
fn the_offices_list_is_set_against_the_export() {
    let (dir, export) = export();
    let at = |name: &str| dir.path().join(name);
    let (review, list) = (at("review"), at("list.csv"));
    reviewed(&export, &review, &[]);
    fs::write(&list, "No,Who,Born\n01F00001,Ada Quill,5/5/1955\n01F00002,\"Moss, Bo\",1/1/1970\n01F00009,Nemo Nobody,1/1/1971\n,,\n").unwrap();
    let args = ["reconcile", text(&review), "--list", text(&list)];
    let columns = ["--case", "No", "--name", "Who", "--born", "Born"];
    let tables: Vec<_> = ["one", "two"]
        .into_iter()
        .map(|name| {
            let out = at(name);
            let output = relief(&[&args[..], &columns, &["--out", text(&out)]].concat());
            assert_eq!(
                output.status.code(),
                Some(1),
                "a row has nothing to look for"
            );
            assert!(
                said(&output).contains("rows-not-used.csv:1: 1 rows"),
                "{}",
                said(&output)
            );
            let words = String::from_utf8(output.stdout).unwrap();
            assert!(
                words.starts_with(
                    "list: 0 case_number_only, 1 conflict, 1 matched, 0 person_only, 1 unmatched\n"
                ),
                "{words}"
            );
            names(&out)
                .into_iter()
                .map(|name| fs::read(out.join(name)).unwrap())
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(tables[0] == tables[1], "the same again");
    let table = |name: &str| fs::read_to_string(at("one").join(name)).unwrap();
    assert!(table("conflicts.csv").contains("conflict,case number,name; birth date,3,01F00002,,\"Moss, Bo\",1/1/1970,01F00002,2,A2,\"FERN,BO\""), "{}", table("conflicts.csv"));
    assert!(table("export.csv").contains("unmatched,01F00003,3,"));
    assert!(table("rows-not-used.csv").contains(&format!("{},5,", list.display())));
    let output = relief(&[&args[..], &["--name", "Who", "--out", text(&at("no"))]].concat());
    assert!(
        said(&output).contains("choose a column"),
        "{}",
        said(&output)
    );
    assert!(!at("no").exists());
}

fn opened(path: &Path, key: &age::x25519::Identity) -> Vec<u8> {
    let locked = fs::File::open(path).unwrap();
    let keys = std::iter::once(key as &dyn age::Identity);
    let mut open = age::Decryptor::new(locked).unwrap().decrypt(keys).unwrap();
    let mut bytes = Vec::new();
    open.read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn locked_results_are_the_open_ones_and_only_a_key_opens_them() {
    let (dir, export) = export();
    let at = |name: &str| dir.path().join(name);
    let (open, locked) = (at("open"), at("locked"));
    reviewed(&export, &open, &["--format", "both"]);
    let key = age::x25519::Identity::generate();
    let public = key.to_public().to_string();
    let output = reviewed(
        &export,
        &locked,
        &["--format", "both", "--encrypt-to", &public],
    );
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let with_end = |name: &String| format!("{name}.age");
    assert_eq!(names(&locked), names(&open).iter().map(with_end).collect());
    for name in names(&open) {
        let path = locked.join(with_end(&name));
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.starts_with(b"age-encryption.org/v1\n"), "{name}");
        assert!(!bytes.windows(5).any(|five| five == b"QUILL"), "{name}");
        assert!(
            opened(&path, &key) == fs::read(open.join(&name)).unwrap(),
            "{name}"
        );
    }
    // Neither an open table of another run nor a wrong key gets by.
    let output = reviewed(&export, &at("wrong"), &["--encrypt-to", "age1wrong"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("age-keygen -y"), "{}", said(&output));
    assert!(!at("wrong").exists());
    let words = at("words");
    fs::write(&words, "too short\n").unwrap();
    let output = reviewed(&export, &at("wrong"), &["--passphrase-file", text(&words)]);
    assert!(
        said(&output).contains("fewer than twelve"),
        "{}",
        said(&output)
    );
    assert!(age::x25519::Recipient::from_str(&public).is_ok());
}

#[test]
fn every_column_of_the_table_is_explained() {
    let (dir, export) = export();
    let out = dir.path().join("out");
    reviewed(&export, &out, &[]);
    let table = fs::read_to_string(out.join("determinations.csv")).unwrap();
    let heads: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let explained = String::from_utf8(relief(&["--columns"]).stdout).unwrap();
    let lines = explained.lines().map(|line| line.split_once('\t').unwrap());
    let (names, words): (Vec<_>, Vec<_>) = lines.unzip();
    assert_eq!(names, heads);
    assert!(words.iter().all(|words| !words.is_empty()));
}
