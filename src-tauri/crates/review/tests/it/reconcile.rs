//! The export against the office's list: every kind of pair, no guess by name alone, and no answer that depends on an order.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Ask, Fields, Reviewed, Table, table};
use proptest::prelude::*;
use reading::export::column as col;
use review::ReviewError;
use review::reconcile::{Columns, Reconcile, Reconciled, reconcile};

const ALL: Columns<'_> = Columns {
    case: Some("Case No"),
    cii: Some("CII"),
    name: Some("Defendant"),
    born: Some("DOB"),
};

fn person(subject: &str, cii: &str, name: &str, born: &str, case: &str) -> Fields {
    Fields::conviction(
        subject,
        "101001001000",
        "11357(A) HS-POSSESS",
        "FELONY",
        "19990102",
    )
    .set(col::CII_NUMBER, cii)
    .set(col::PRI_NAME, name)
    .set(col::PRI_DOB, born)
    .set(col::OFN, case)
}

/// People of every kind that the list below tells of.
fn people() -> Vec<Fields> {
    vec![
        person("1", "A0001", "LOVELACE,ADA M", "19500101", "99F0001"),
        person("2", "A0002", "HOPPER,GRACE", "19500202", "99F0002"),
        person("3", "A0003", "CURIE,MARIE", "19500303", "99F0003"),
        // Charged together with the one before.
        person("4", "A0004", "MEITNER,LISE", "19500404", "99F0003"),
        person("5", "A0005", "NOETHER,EMMY", "19500505", "99F0005"),
        person("6", "A0006", "LAMARR,HEDY", "19500606", "99F0006"),
        person("7", "A0007", "GERMAIN,SOPHIE", "", "99F0007"),
        person("8", "A0008", "=HYPERLINK(1)", "19500808", "99F0008"),
    ]
}

const HEAD: &str = "Case No,Defendant,DOB,CII\n";

fn rows() -> Vec<&'static str> {
    vec![
        "99-F-0001,Ada Lovelace,1/1/1950,\n", // name, birth and case: matched
        "99f0002,,,\n",                       // only the number could be compared
        "99F0003,\"Curie, Marie\",,A0003\n", // matched; the other of the two charged is no conflict
        "99F0005,\"Turing, Alan\",6/23/1912,\n", // same number, other person
        "X1,Hedy Lamarr,1950-06-06,\n",      // same person, another case
        "X2,\"Smith, John\",1/2/1970,A0099\n", // nobody
        "99F0007,Sophie Germain,31.12.1950,\n", // a birth that cannot be read
        ",John Doe,,\n",                     // nothing to look for
        "99F0008,short\n",                   // fields are missing
    ]
}

fn compared(
    review: &Path,
    list: &Path,
    rows: &[&str],
    columns: Columns<'_>,
) -> (Result<Reconciled, ReviewError>, PathBuf) {
    fs::write(list, HEAD.to_owned() + &rows.concat()).unwrap();
    let out = list.with_extension("out");
    let _ = fs::remove_dir_all(&out);
    let asked = Reconcile {
        review,
        list,
        columns,
        out: &out,
    };
    (reconcile(&asked), out)
}

fn of<'t>(
    table: &'t Table,
    column: &str,
    value: &str,
) -> &'t std::collections::BTreeMap<String, String> {
    table.iter().find(|row| row[column] == value).unwrap()
}

#[test]
fn every_kind_of_pair_is_told_with_its_evidence() {
    let reviewed = Ask::default().rows(&people());
    let (review, list) = (
        reviewed.dir.path().join("out"),
        reviewed.dir.path().join("list.csv"),
    );
    let (done, out) = compared(&review, &list, &rows(), ALL);
    let done = done.unwrap();
    assert_eq!(
        (
            done.list_rows,
            done.export_cases,
            done.conflicts,
            done.problems
        ),
        (7, 8, 1, 3)
    );

    let listed = table(&out.join("list.csv"));
    for (number, found, evidence, against, subject) in [
        (
            "99-F-0001",
            "matched",
            "case number; name; birth date",
            "",
            "1",
        ),
        ("99f0002", "case_number_only", "case number", "", "2"),
        ("99F0003", "matched", "case number; CII; name", "", "3"),
        (
            "99F0005",
            "conflict",
            "case number",
            "name; birth date",
            "5",
        ),
        ("X1", "person_only", "name; birth date", "", "6"),
        ("X2", "unmatched", "", "", ""),
        ("99F0007", "matched", "case number; name", "", "7"),
    ] {
        let row = of(&listed, "list_case_number", number);
        let said = ["found", "evidence", "contradicts", "subject_id"].map(|c| row[c].as_str());
        assert_eq!(said, [found, evidence, against, subject], "{number}");
    }
    let export = table(&out.join("export.csv"));
    for (subject, found) in [
        ("1", "matched"),
        ("2", "case_number_only"),
        ("3", "matched"),
        ("4", "unmatched"),
        ("5", "conflict"),
        ("6", "person_only"),
        ("7", "matched"),
        ("8", "unmatched"),
    ] {
        assert_eq!(
            of(&export, "subject_id", subject)["found"],
            found,
            "{subject}"
        );
    }
    let conflicts = table(&out.join("conflicts.csv"));
    assert_eq!(conflicts.len(), 1);
    assert_eq!(
        (
            conflicts[0]["list_name"].as_str(),
            conflicts[0]["name"].as_str()
        ),
        ("Turing, Alan", "NOETHER,EMMY")
    );
    let formula = fs::read_to_string(out.join("export.csv")).unwrap();
    assert!(formula.contains(",'=HYPERLINK(1)"), "{formula}");

    let problems = table(&out.join("rows-not-used.csv"));
    let said: Vec<_> = problems
        .iter()
        .map(|row| (row["line"].as_str(), row["problem"].as_str()))
        .collect();
    assert_eq!(said.len(), 3);
    assert!(
        said[0].0 == "8" && said[0].1.contains("birth date"),
        "{said:?}"
    );
    assert!(
        said[1].0 == "9" && said[1].1.contains("nothing to look for"),
        "{said:?}"
    );
    assert!(
        said[2].0 == "10" && said[2].1.contains("2 fields"),
        "{said:?}"
    );
    assert!(
        problems
            .iter()
            .all(|row| row["file"] == list.display().to_string())
    );
}

#[test]
fn a_name_alone_makes_nobody_the_same() {
    let reviewed = Ask::default().rows(&people());
    let (review, list) = (
        reviewed.dir.path().join("out"),
        reviewed.dir.path().join("list.csv"),
    );
    let rows = [
        "X1,Ada Lovelace,,\n",             // a name without a birth
        "X2,Ada Lovelace,1/2/1950,\n",     // another birth
        "X3,Ada Lovelace,1/1/1950,A7\n",   // another number of the state
        "X4,Ada B Lovelace,1/1/1950,\n",   // another middle name
        "X5,Max Planck,4/23/1858,A0001\n", // the number of the state, and nothing else
    ];
    let (done, out) = compared(&review, &list, &rows, ALL);
    let done = done.unwrap();
    assert_eq!(
        (
            done.list["unmatched"],
            done.list["conflict"],
            done.conflicts
        ),
        (4, 1, 1)
    );
    assert_eq!(
        of(&table(&out.join("conflicts.csv")), "list_case_number", "X5")["evidence"],
        "CII"
    );
    let name = Columns {
        name: Some("Defendant"),
        ..Columns::default()
    };
    let refused = compared(&review, &list, &rows, name)
        .0
        .unwrap_err()
        .to_string();
    assert!(refused.contains("choose a column"), "{refused}");
    let wrong = Columns {
        case: Some("Case"),
        ..Columns::default()
    };
    let refused = compared(&review, &list, &rows, wrong)
        .0
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("Case No, Defendant, DOB, CII"),
        "{refused}"
    );
}

/// The tables without their line numbers, and the numbers.
fn tables(out: &Path) -> Vec<Vec<u8>> {
    ["list.csv", "export.csv", "conflicts.csv", "reconcile.json"]
        .map(|name| {
            let path = out.join(name);
            if name == "export.csv" || name.ends_with("json") {
                return fs::read(path).unwrap();
            }
            let mut rows = table(&path);
            rows.iter_mut().for_each(|row| drop(row.remove("line")));
            format!("{rows:?}").into_bytes()
        })
        .into()
}

/// The same decisions in another order, persons together.
fn shuffled(reviewed: &Reviewed, order: &[usize], dir: &Path) -> PathBuf {
    let text = reviewed.bytes("determinations.csv");
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let review = dir.join("shuffled");
    let _ = fs::create_dir(&review);
    let rows = order.iter().map(|n| lines[n + 1]);
    let all: Vec<u8> = std::iter::once(lines[0])
        .chain(rows)
        .flatten()
        .copied()
        .collect();
    fs::write(review.join("determinations.csv"), all).unwrap();
    review
}

#[test]
fn no_order_changes_anything() {
    let reviewed = Ask::default().rows(&people());
    let dir = tempfile::tempdir().unwrap();
    let (review, list) = (reviewed.dir.path().join("out"), dir.path().join("list.csv"));
    // The same row twice, and two rows of one case, as lists have them.
    let mut rows = rows();
    rows.extend(["99f0002,,,\n", "99F0001,Ada Lovelace,1/1/1950,\n"]);
    let (done, out) = compared(&review, &list, &rows, ALL);
    done.unwrap();
    let whole = tables(&out);
    let orders = (
        Just((0..rows.len()).collect::<Vec<_>>()).prop_shuffle(),
        Just((0..8).collect::<Vec<_>>()).prop_shuffle(),
    );
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(48));
    runner
        .run(&orders, |(of_list, of_export)| {
            let review = shuffled(&reviewed, &of_export, dir.path());
            let rows: Vec<&str> = of_list.iter().map(|n| rows[*n]).collect();
            let (done, out) = compared(&review, &list, &rows, ALL);
            done.unwrap();
            prop_assert!(tables(&out) == whole);
            Ok(())
        })
        .unwrap();
}
