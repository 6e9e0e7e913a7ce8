//! A first look at files, and the decisions of a review page by page.

use crate::support::{Ask, csv, people::people};
use review::pages::Filter;
use review::{Lock, Look, ReviewError, look, twin};

#[test]
fn a_look_tells_rows_from_other_files() {
    let dir = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let rows = csv(&people(5, 40));
    let whole = put("whole.dat", &rows);
    let (found, length) = look(&whole);
    assert!(
        matches!(found, Look::Rows { looked: 20.., broken } if broken < 5),
        "{found:?}"
    );
    assert_eq!(length, rows.len() as u64);
    for (name, bytes, other) in [
        (
            "list.csv",
            &b"name,case\nA,1\nB,2\n"[..],
            Look::Other { columns: 2 },
        ),
        (
            "paper.pdf",
            b"%PDF-1.7\n\x00\x01\n",
            Look::Other { columns: 1 },
        ),
        ("empty.dat", b"", Look::Empty),
        ("ends.dat", b"\r\n\r\n", Look::Empty),
    ] {
        assert_eq!(look(&put(name, bytes)).0, other, "{name}");
    }
    assert!(matches!(look(dir.path()).0, Look::Unread(_)));
    assert!(matches!(look(&dir.path().join("none")).0, Look::Unread(_)));
    // One bad row among good ones is no other file.
    let mut bad = rows.clone();
    bad.splice(0..0, *b"x,y\n");
    assert!(matches!(
        look(&put("bad.dat", &bad)).0,
        Look::Rows { broken: 1.., .. }
    ));
    let copy = put("copy.dat", &rows);
    let mut last = rows.clone();
    *last.last_mut().unwrap() = b' ';
    let nearly = put("nearly.dat", &last);
    let others = [nearly.clone(), whole.clone()];
    assert_eq!(twin(&copy, &others).unwrap(), Some(whole.as_path()));
    assert_eq!(twin(&nearly, std::slice::from_ref(&whole)).unwrap(), None);
}

fn key() -> Lock {
    let key = age::x25519::Identity::generate().to_public();
    Lock::to(&[key.to_string()]).unwrap()
}

// Each kind of results: tables in clear, and tables that only their holder and this process can read.
fn locks() -> [Option<Lock>; 2] {
    [None, Some(key())]
}

#[test]
fn pages_are_the_table() {
    let rows = people(11, 150);
    let expected = Ask::of("los-angeles")
        .rows(&rows)
        .table("determinations.csv");
    assert!(expected.len() > 60);
    for lock in locks() {
        let locked = lock.is_some();
        let reviewed = Ask {
            lock,
            ..Ask::of("los-angeles")
        }
        .rows(&rows);
        let mut pages = reviewed.done.digest.as_ref().unwrap().pages().unwrap();
        assert_eq!(pages.left_out(), 0);
        let mut seen = Vec::new();
        loop {
            let page = pages.page(&Filter::default(), seen.len(), 7).unwrap();
            assert_eq!(page.of, expected.len());
            if page.rows.is_empty() {
                break;
            }
            seen.extend(page.rows);
        }
        for (n, (said, row)) in seen.iter().zip(&expected).enumerate() {
            assert_eq!(said.number, n);
            for (column, value) in row.iter().filter(|(column, _)| *column != "file") {
                assert_eq!(said.get(column), value.trim_start_matches('\''), "{column}");
            }
        }
        // A person is all of the lines, and only those, of one subject.
        for said in &seen {
            let person = pages.person(said.person).unwrap();
            let count = expected
                .iter()
                .filter(|row| row["subject_id"] == said.get("subject_id"))
                .count();
            assert_eq!(person.len(), count);
            assert!(person.contains(said));
        }
        for (n, (word, filter)) in [
            (
                "review",
                Filter {
                    determination: Some("review".into()),
                    ..Filter::default()
                },
            ),
            (
                "policy",
                Filter {
                    decided_by: Some("policy".into()),
                    ..Filter::default()
                },
            ),
        ]
        .into_iter()
        .enumerate()
        {
            let column = ["determination", "decided_by"][n];
            let count = expected.iter().filter(|row| row[column] == word).count();
            let page = pages.page(&filter, 0, 10_000).unwrap();
            assert_eq!((page.of, page.rows.len()), (count, count));
            assert!(page.rows.iter().all(|said| said.get(column) == word));
            assert!(count > 0, "{word}");
        }
        let (question, count) = pages.questions().remove(0);
        let asked = Filter {
            question: Some(question.clone()),
            ..Filter::default()
        };
        let page = pages.page(&asked, 0, 10_000).unwrap();
        assert_eq!(page.of, count);
        assert!(
            page.rows
                .iter()
                .all(|said| said.get("questions").split("; ").any(|one| one == question))
        );
        let (section, count) = pages.sections().remove(0);
        let of = Filter {
            section: Some(section),
            ..Filter::default()
        };
        assert_eq!(pages.page(&of, 0, 1).unwrap().of, count);
        let number = expected[9]["case_number"].to_lowercase();
        let words = Filter {
            words: Some(format!(" {number} ")),
            ..Filter::default()
        };
        let found = pages.page(&words, 0, 10_000).unwrap();
        assert!(found.rows.iter().any(|said| said.number == 9));
        let nowhere = Filter {
            section: Some("XX 1".into()),
            ..Filter::default()
        };
        assert_eq!(pages.page(&nowhere, 0, 9).unwrap().of, 0);
        let published = reviewed.dir.path().join("out/determinations.csv");
        assert_eq!(published.exists(), !locked);
    }
}

#[test]
fn a_table_that_was_changed_afterwards_is_not_shown_as_ours() {
    let reviewed = Ask::default().rows(&people(3, 60));
    let mut pages = reviewed.done.digest.as_ref().unwrap().pages().unwrap();
    let path = reviewed.dir.path().join("out/determinations.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("subject_id", "subject", 1)).unwrap();
    let refused = pages.page(&Filter::default(), 0, 50).unwrap_err();
    assert!(matches!(refused, ReviewError::Table { .. }), "{refused}");
    std::fs::remove_file(&path).unwrap();
    let refused = pages.page(&Filter::default(), 0, 50).unwrap_err();
    assert!(matches!(refused, ReviewError::Io { .. }), "{refused}");
}

#[test]
fn locked_results_leave_no_folder_behind_once_they_are_let_go() {
    let mut reviewed = Ask {
        lock: Some(key()),
        ..Ask::default()
    }
    .rows(&people(3, 30));
    let pages = reviewed.done.digest.as_ref().unwrap().pages().unwrap();
    let part = reviewed.dir.path().join("out/.review.part");
    assert!(part.exists());
    let bytes = std::fs::read(part.join("determinations.csv")).unwrap();
    assert!(!bytes.windows(10).any(|part| part == b"subject_id"));
    drop(pages);
    reviewed.done.digest = None;
    assert!(!part.exists());
}
