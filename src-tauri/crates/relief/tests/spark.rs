//! `relief` inside Apache Spark, on a cluster of two small machines that Spark plays on this one: the same tables and findings as without.
//!
//! It needs Java and a Python that can import pyspark: `python3`, or the one named in `RELIEF_PYTHON`. `cargo xtask spark` gets one.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "../../review/benches/generate.rs"]
mod generate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::{Arguments, Trial};
use serde_json::json;

const CLUSTER: &str = "local-cluster[2,1,1024]";
const RELIEF: &str = env!("CARGO_BIN_EXE_relief");

/// A test, given the Python that it runs.
type Test = fn(&str);

fn main() {
    let python = std::env::var("RELIEF_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output();
        output.is_ok_and(|output| output.status.success())
    };
    let lacks = if !has(&python, &["-c", "import pyspark"]) {
        Some(" (skipped: this Python has no pyspark; cargo xtask spark gets one and runs this)")
    } else if !has("java", &["-version"]) {
        Some(" (skipped: Spark needs Java, and there is none)")
    } else {
        None
    };
    let tests: [(&str, Test); 2] = [
        ("a review on a cluster is that of one machine", review),
        (
            "records screened on a cluster are those of one machine",
            screen,
        ),
    ];
    let trials = tests.map(|(name, test)| {
        let python = python.clone();
        Trial::test(format!("{name}{}", lacks.unwrap_or_default()), move || {
            test(&python);
            Ok(())
        })
        .with_ignored_flag(lacks.is_some())
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit();
}

/// A home for Spark whose folder of work is the test's own.
fn home(python: &str, dir: &Path) -> PathBuf {
    let said = Command::new(python)
        .args([
            "-c",
            "import os, pyspark; print(os.path.dirname(pyspark.__file__))",
        ])
        .output()
        .unwrap();
    let installed = PathBuf::from(String::from_utf8(said.stdout).unwrap().trim());
    let home = dir.join("spark");
    std::fs::create_dir(&home).unwrap();
    for entry in std::fs::read_dir(installed).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "work" {
            std::os::unix::fs::symlink(entry.path(), home.join(entry.file_name())).unwrap();
        }
    }
    home
}

fn spark(python: &str, dir: &Path, program: &str, args: &[&str]) -> Output {
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../spark");
    Command::new(python)
        .arg(programs.join(program))
        .args(["--master", CLUSTER, "--relief", RELIEF, "--pieces", "3"])
        .args(args)
        .env("SPARK_HOME", home(python, dir))
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .env("SPARK_LOCAL_DIRS", dir.join("spilled"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files of a folder; the lines of a table in the order of their bytes.
fn folder(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(dir).unwrap();
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let mut bytes = std::fs::read(&path).unwrap();
            if path.extension().is_some_and(|kind| kind == "csv") {
                let mut lines: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                lines.sort_unstable();
                bytes = lines.concat();
            }
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                bytes,
            )
        })
        .collect()
}

fn review(python: &str) {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one.dat"), dir.path().join("two ñ.dat"));
    let mut bytes = Vec::new();
    generate::generate(&mut bytes, 3000, 21).unwrap();
    std::fs::write(&one, &bytes).unwrap();
    // The first people of the first file again, with other rows; bytes that are not UTF-8; rows that are broken.
    let mut more = Vec::new();
    generate::generate(&mut more, 60, 22).unwrap();
    let name = more.windows(2).position(|two| two == b",\"").unwrap() + 2;
    more[name] = 0xd1;
    // People whose number of the state stands under another key in the first file.
    for line in bytes
        .split_inclusive(|byte| *byte == b'\n')
        .skip(100)
        .take(300)
    {
        let line = String::from_utf8_lossy(line).replace(",1000", ",1099");
        more.extend_from_slice(line.as_bytes());
    }
    more.extend_from_slice(b"1,2,3\n,,10000001,4\n1,\"never closed\n");
    std::fs::write(&two, &more).unwrap();
    let files = [
        one.to_str().unwrap(),
        two.to_str().unwrap(),
        one.to_str().unwrap(),
    ];
    let question = [
        "--county",
        "Sacramento",
        "--as-of",
        "2020-07-01",
        "--policy",
        "sacramento",
    ];
    let (alone, cluster) = (dir.path().join("alone"), dir.path().join("cluster"));

    let output = Command::new(RELIEF)
        .arg("review")
        .args(question)
        .arg("--out")
        .arg(&alone)
        .args(files)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let args = [&question[..], &["--out", cluster.to_str().unwrap()], &files].concat();
    let output = spark(python, dir.path(), "review.py", &args);
    assert_eq!(
        output.status.code(),
        Some(1),
        "rows are not used, as on one machine: {}",
        said(&output)
    );
    assert!(
        said(&output).contains("rows could not be used"),
        "{}",
        said(&output)
    );

    let (alone, cluster) = (folder(&alone), folder(&cluster));
    assert_eq!(
        cluster.keys().collect::<Vec<_>>(),
        alone.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &alone {
        assert!(cluster[name] == *bytes, "{name} differs");
    }
    let decided = String::from_utf8_lossy(&cluster["determinations.csv"]);
    assert!(decided.contains("another person key"));
    let unused = String::from_utf8(cluster["rows-not-used.csv"].clone()).unwrap();
    let line = more.iter().filter(|byte| **byte == b'\n').count();
    let place = format!("{},{line},a quote", two.display());
    assert!(unused.contains(&place), "{place} is not in {unused}");
}

fn screen(python: &str) {
    let dir = tempfile::tempdir().unwrap();
    let record = |n: usize, section: &str| {
        json!({
            "schema": "relief-desk/record/1",
            "person": {"name": {"given": "Ana", "family": format!("Muñoz \\ {n}")}, "born": "1970-01-02"},
            "cases": [{
                "id": format!("case-{n}"),
                "court": {"jurisdiction": "us-ca", "county": "Fresno"},
                "counts": [{"section": section, "disposition": {"kind": "convicted", "date": "2001-02-03"}}],
            }],
        })
        .to_string()
    };
    let (one, two) = (dir.path().join("one.jsonl"), dir.path().join("two.jsonl"));
    let mut lines: Vec<Vec<u8>> = (0..150)
        .map(|n| record(n, "HS 11359").into_bytes())
        .collect();
    lines[70] = b"not a record".to_vec();
    lines[71].clear();
    lines[72] = b"\xff\xfe".to_vec();
    std::fs::write(&one, lines.join(&b'\n')).unwrap();
    std::fs::write(
        &two,
        (0..40)
            .map(|n| record(n, "HS 11357(a)") + "\r\n")
            .collect::<String>(),
    )
    .unwrap();
    let mut alone = (Vec::new(), String::new());
    for file in [&one, &two] {
        let output = Command::new(RELIEF)
            .args([
                "screen",
                "--jsonl",
                "--as-of",
                "2026-11-21",
                "--detail",
                "answer",
            ])
            .arg(file)
            .output()
            .unwrap();
        alone.0.extend_from_slice(&output.stdout);
        alone.1 += &said(&output);
    }
    assert!(
        alone.1.contains("one.jsonl:71: ") && alone.1.contains("one.jsonl:73: "),
        "{}",
        alone.1
    );
    let args = ["--as-of", "2026-11-21", "--detail", "answer", "--file"];
    let args = [
        &args[..],
        &[one.to_str().unwrap(), "--file", two.to_str().unwrap()],
    ]
    .concat();
    let output = spark(python, dir.path(), "screen.py", &args);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        output.stdout == alone.0,
        "the findings differ: {}",
        said(&output)
    );
    let about = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.contains(".jsonl:"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(about(&said(&output)), about(&alone.1));
}
