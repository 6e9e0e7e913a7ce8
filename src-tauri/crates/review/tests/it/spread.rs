//! A review in pieces is the review on one machine: the same lines in every table, the same numbers, the same report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::{AS_OF, Fields, csv, policy};
use packs::Packs;
use review::spread::{Decide, Join, decide, files, join, numbers, same, split};
use review::{Decisions, Format, Job, Progress, ReviewError};

/// Two files with everything that is hard about them: a header, rows apart, a quoted line end, an open quote, bytes that are not
/// UTF-8, a formula, rows without a person key, rows of nobody, broken rows, Windows line ends, one number under several keys.
fn export(dir: &Path) -> Vec<PathBuf> {
    let mut one = Vec::new();
    crate::generate::generate(&mut one, 1500, 5).unwrap();
    let row = |subject: &str, order: &str| {
        Fields::conviction(subject, order, "11357(A) HS-POSSESS", "FELONY", "19990102")
    };
    let name = |fields: Fields, name: &str| fields.set(reading::export::column::PRI_NAME, name);
    let first = csv(&[
        row("7001", "101001001000"),
        name(row("7002", "101001001000"), "LINE\nBREAK,ANA"),
        name(row("7003", "101001001000"), "=1+1,EVIL"),
        row("", "101001001000"),
        row("", "101001001000").set(reading::export::column::CII_NUMBER, ""),
        row("7004", "1001"),
        name(row("7005", "101001001000"), "BACK\\SLASH\tTAB,ANA"),
    ]);
    one.extend_from_slice(&first);
    one.extend_from_slice(b"1,2,3\n,,7001,4\n\n1,2,\"never closed\n");
    let mut two = csv(&[row("7001", "102001001000"), row("7003", "101001001000")]);
    two.extend(csv(&["7007", "7008", ""].map(|key| {
        row(key, "101001001000").set(reading::export::column::CII_NUMBER, "A7002")
    })));
    two.extend_from_slice(&csv(&[name(row("7006", "101001001000"), "MU~OZ,ANA")]));
    for byte in &mut two {
        *byte = if *byte == b'~' { 0xd1 } else { *byte };
    }
    let two: Vec<u8> = two
        .iter()
        .flat_map(|byte| match byte {
            b'\n' => b"\r\n".to_vec(),
            byte => vec![*byte],
        })
        .collect();
    let paths = ["one.dat", "two.dat", "again.dat"].map(|name| dir.join(name));
    for (path, bytes) in paths.iter().zip([&one, &two, &one]) {
        std::fs::write(path, bytes).unwrap();
    }
    paths.to_vec()
}

fn asked<'q>() -> Decide<'q> {
    Decide {
        county: "Sacramento",
        as_of: AS_OF,
        policy: policy("sacramento"),
        decisions: Decisions::default(),
    }
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut lines: Vec<_> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    lines.retain(|line| !line.is_empty());
    lines.sort_unstable();
    lines
}

fn rows(paths: &[PathBuf]) -> Vec<Vec<u8>> {
    let (mut list, mut rows) = (Vec::new(), Vec::new());
    let twice = files(paths, &mut list).unwrap();
    assert_eq!(twice, [(paths[2].clone(), paths[0].clone())]);
    // Each file is split for itself, as somewhere else it would be.
    for file in list.split_inclusive(|byte| *byte == b'\n') {
        split(file, &mut rows).unwrap();
    }
    lines(&rows)
}

/// The same with what must be known of numbers that stand under several keys.
fn told(rows: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let (mut carriers, mut names) = (Vec::new(), Vec::new());
    // In any pieces.
    let (a, b) = rows.split_at(rows.len() / 2);
    for piece in [b, a] {
        numbers(piece.join(&b'\n').as_slice(), &mut carriers).unwrap();
    }
    same(lines(&carriers).join(&b'\n').as_slice(), &mut names).unwrap();
    let mut all = lines(&names);
    assert!(!all.is_empty());
    all.extend_from_slice(rows);
    all.sort_unstable();
    all
}

fn key(row: &[u8]) -> &[u8] {
    row.split(|byte| *byte == b'\t').next().unwrap()
}

/// The rows in so many pieces, each person's in one.
fn said(rows: &[Vec<u8>], pieces: u64) -> Vec<Vec<u8>> {
    let mut said = Vec::new();
    for piece in 0..pieces {
        let mine =
            |row: &&Vec<u8>| key(row).iter().map(|b| u64::from(*b)).sum::<u64>() % pieces == piece;
        let input = rows.iter().filter(mine).cloned().collect::<Vec<_>>();
        let packs = Packs::builtin().unwrap();
        decide(asked(), packs, input.join(&b'\n').as_slice(), &mut said).unwrap();
    }
    lines(&said)
}

fn joined(said: &[Vec<u8>], paths: &[PathBuf], out: &Path) -> Result<(), ReviewError> {
    let from = tempfile::tempdir().unwrap();
    // Some in a folder as engines leave them, the rest in a file.
    let (folder, rest) = (from.path().join("said"), from.path().join("rest"));
    std::fs::create_dir(&folder).unwrap();
    let (a, b) = said.split_at(said.len() / 2);
    let (b, c) = b.split_at(b.len() / 2);
    for (path, lines) in [
        (folder.join("part-00000"), a),
        (folder.join("part-00001"), b),
        (rest.clone(), c),
    ] {
        std::fs::write(path, lines.join(&b'\n')).unwrap();
    }
    std::fs::write(folder.join("_SUCCESS"), "").unwrap();
    let pieces = Join {
        ask: asked(),
        files: paths,
        said: &[folder, rest],
        format: Format::Csv,
        lock: None,
    };
    join(pieces, Packs::builtin().unwrap(), out).map(drop)
}

#[test]
fn pieces_are_the_review_of_one_machine() {
    let dir = tempfile::tempdir().unwrap();
    let paths = export(dir.path());
    let one = dir.path().join("one");
    let job = Job {
        files: &paths,
        county: "Sacramento",
        as_of: AS_OF,
        policy: policy("sacramento"),
        decisions: Decisions::default(),
        memory: 0,
        threads: 2,
        format: Format::Csv,
        lock: None,
        facts: false,
        what_if: Vec::new(),
        figures: true,
    };
    let done = review::run(job, Packs::builtin().unwrap(), &one, &Progress::default()).unwrap();
    assert_eq!(done.passes, 2, "rows lie apart");
    assert!(done.tally.rows_not_used > 3);
    let rows = told(&rows(&paths));
    // However they are cut, the pieces say the same.
    let numbers = |line: &Vec<u8>| !line.starts_with(b"tally");
    let [one_piece, three] = [1, 3].map(|pieces| said(&rows, pieces));
    assert!(
        one_piece
            .iter()
            .filter(|l| numbers(l))
            .eq(three.iter().filter(|l| numbers(l)))
    );
    {
        let out = dir.path().join("joined");
        joined(&three, &paths, &out).unwrap();
        let names = |dir: &Path| -> BTreeSet<_> {
            let entries = std::fs::read_dir(dir).unwrap();
            entries.map(|entry| entry.unwrap().file_name()).collect()
        };
        assert_eq!(names(&out), names(&one));
        for name in names(&one) {
            let [mine, theirs] = [&out, &one].map(|dir| std::fs::read(dir.join(&name)).unwrap());
            let table = name.to_str().unwrap().ends_with(".csv");
            let same = mine == theirs || table && lines(&mine) == lines(&theirs);
            assert!(same, "{name:?} differs");
        }
    }
}

#[test]
fn what_is_not_whole_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let paths = export(dir.path());
    let rows = rows(&paths);
    let untold = said(&rows, 3);
    let rows = told(&rows);
    let whole = said(&rows, 3);
    let out = dir.path().join("out");
    let why = |said: &[Vec<u8>]| joined(said, &paths, &out).unwrap_err().to_string();

    assert!(why(&untold).contains("was not told"));

    let carrier = whole.iter().position(|line| line.starts_with(b"number"));
    for n in [0, carrier.unwrap(), whole.len() / 3, whole.len() - 1] {
        let mut without = whole.clone();
        without.remove(n);
        assert!(
            why(&without).contains("missing"),
            "line {n}: {}",
            why(&without)
        );
        let mut twice = whole.clone();
        twice.insert(n, whole[n].clone());
        let why = why(&twice);
        assert!(
            ["each once", "two places", "missing"]
                .iter()
                .any(|w| why.contains(w)),
            "line {n}: {why}"
        );
    }
    let mut unsorted = whole.clone();
    unsorted.swap(2, 3);
    assert!(why(&unsorted).contains("not sorted"));

    // A person whose rows were decided on in two places.
    let of = |row: &&Vec<u8>| key(row) == b"s7001";
    let apart: Vec<_> = rows.iter().filter(of).cloned().collect();
    assert_eq!(apart.len(), 3);
    let rest: Vec<_> = rows.iter().filter(|row| !of(row)).cloned().collect();
    let mut pieces = said(&rest, 1);
    for row in &apart {
        pieces.extend(said(std::slice::from_ref(row), 1));
    }
    pieces.sort_unstable();
    assert!(why(&pieces).contains("two places"));
    assert_eq!(
        std::fs::read_dir(&out).unwrap().count(),
        0,
        "nothing was written"
    );

    let unsorted: Vec<_> = rows.iter().rev().cloned().collect();
    let packs = Packs::builtin().unwrap();
    let mut said = Vec::new();
    let refused = decide(asked(), packs, unsorted.join(&b'\n').as_slice(), &mut said).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("<standard input>:2: not sorted"),
        "{refused}"
    );
    for broken in [
        "x",
        "s1\t0\t1\t0\tp",
        "s1\t00000\t000000000001\t0\tone.dat\ta,b",
    ] {
        let refused = decide(asked(), packs, broken.as_bytes(), &mut said).unwrap_err();
        assert!(refused.to_string().contains(":1: not a row"), "{refused}");
    }
}
