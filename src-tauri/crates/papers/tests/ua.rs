//! Our own papers against PDF/UA-1, by a checker that is no part of the project: `pdfua` from PyPI, where it is installed.
//!
//! It evaluates the part of the standard that a machine can; what it does not evaluate is not claimed.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::process::{Command, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};
use papers::Packet;
use serde_json::json;
use support::Client;

fn main() {
    let args = Arguments::from_args();
    let found = Command::new("python3")
        .args(["-m", "pdfua", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let skipped = !found.is_ok_and(|status| status.success());
    let trial = |name: &str, run: fn()| {
        let run = move || -> Result<(), Failed> {
            run();
            Ok(())
        };
        Trial::test(name.to_owned(), run).with_ignored_flag(skipped)
    };
    let tests = vec![
        trial(
            "every_paper_of_a_packet_passes_the_checks_of_pdf_ua",
            packet,
        ),
        trial(
            "the_checker_notices_a_paper_that_names_no_language",
            damaged,
        ),
    ];
    libtest_mimic::run(&args, tests).exit();
}

/// What the checker says of a file: nothing found, or its report.
fn checked(bytes: &[u8]) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, bytes).unwrap();
    let out = Command::new("python3")
        .args(["-m", "pdfua", "check"])
        .arg(&file)
        .output()
        .unwrap();
    if out.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&out.stdout).into_owned())
}

fn every(packet: &Packet) {
    for (file, _, paper) in packet.files() {
        assert_eq!(checked(&paper.bytes), Ok(()), "{file}");
    }
}

fn packet() {
    every(Client::shared());
    let mut spanish = Client::new();
    spanish.answers["contact"]["language"] = json!("es");
    spanish.answers["declare"] = json!([{"case": 0, "count": 0, "text": "Yo estaba allí."}]);
    every(&spanish.packet());
}

fn damaged() {
    let paper = &Client::shared().client.bytes;
    let tags = b"/Lang";
    let at = paper
        .windows(tags.len())
        .position(|part| part == tags)
        .unwrap();
    let mut without = paper.clone();
    without[at + 1] = b'X';
    assert!(checked(&without).is_err());
}
