//! What the tests read results with: poppler and qpdf, where they are on the machine.

#![allow(dead_code, reason = "each test takes what it needs")]

pub(crate) mod maker;

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Names in the scripts that clients bring.
pub(crate) const NAMES: [&str; 9] = [
    "Luke Skywalker ",
    "José Núñez O’Brien ",
    "Łukasz Żółć-Świątek ",
    "Nguyễn Thị Ánh ",
    "Иван Сергеевич ",
    "李小龍王大明",
    "김철수",
    "משה כהן ",
    "محمد الأحمد ",
];

/// The text of a PDF as poppler reads it.
pub(crate) fn read(bytes: &[u8]) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&bytes));
    let out = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// Whether a text is read back, whatever its line breaks and marks of direction.
pub(crate) fn same(text: &str, wanted: &str) {
    let plain = |text: &str| -> String {
        let marks = |c: &char| {
            !c.is_whitespace()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{c}')
        };
        text.chars().filter(marks).collect()
    };
    assert!(
        plain(text).contains(&plain(wanted)),
        "{wanted:?} is not in {text:?}"
    );
}

/// How many dark points its pages show at 50 dots an inch.
pub(crate) fn ink(bytes: &[u8]) -> i64 {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("form.pdf");
    std::fs::write(&file, bytes).unwrap();
    let status = Command::new("pdftoppm")
        .args(["-gray", "-r", "50"])
        .arg(&file)
        .arg(dir.path().join("page"))
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    let mut dark = 0;
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "pgm") {
            let picture = std::fs::read(path).unwrap();
            dark += picture
                .iter()
                .skip(20)
                .map(|p| i64::from(255 - p))
                .sum::<i64>();
        }
    }
    dark / 100
}

/// qpdf finds nothing wrong with the file.
pub(crate) fn sound(bytes: &[u8]) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("form.pdf");
    std::fs::write(&file, bytes).unwrap();
    let out = Command::new("qpdf")
        .arg("--check")
        .arg(&file)
        .output()
        .unwrap();
    let words =
        String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{words}");
}

/// Whether bytes stand in a file.
pub(crate) fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

/// Keeps a result for a person to look at, where `KEEP_FORMS` names a folder.
pub(crate) fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("KEEP_FORMS") {
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
    }
}

/// What somebody hears who has the paper read aloud: its elements with their text, as poppler follows the tags.
pub(crate) fn heard(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("form.pdf");
    std::fs::write(&file, bytes).unwrap();
    let out = Command::new("pdfinfo")
        .arg("-struct-text")
        .arg(&file)
        .output()
        .unwrap();
    String::from_utf8(out.stdout).unwrap()
}
