//! Our own papers against PDF/UA-1, by a checker that is no part of the project: `pdfua` from PyPI, where it is installed.
//!
//! It evaluates the part of the standard that a machine can; what it does not evaluate is not claimed.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::path::PathBuf;
use std::process::{Command, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};
use packs::Packs;
use papers::{Packet, PaperKind};
use serde_json::json;
use support::{Client, finding};

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
        trial("the_papers_of_every_way_pass_the_checks_of_pdf_ua", ways),
        trial(
            "a_published_form_with_tags_passes_filled_as_it_does_blank",
            filled,
        )
        .with_ignored_flag(skipped || published().is_none()),
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

/// One packet for each way that the pack has papers of ours for, and each relief that they ask for: by the path of somebody whose sentence is
/// over, of one who still serves it, or where a way has no paths; an adult's or a
/// juvenile court's.
fn ways() {
    let pack = Packs::builtin().unwrap().pack("us-ca").unwrap();
    let filing = &pack.papers.as_ref().unwrap().filing;
    let mut made = 0;
    for motion in &filing.motion {
        for relief in &motion.order_options {
            let packet = |(path, juvenile): (Option<&str>, bool)| {
                let mut ask = finding(0, 0, "", "");
                ask["path"] = json!(path);
                if path.is_none() {
                    ask["mode"] = json!("discretionary");
                }
                ask["relief"] = json!(relief);
                ask["route"] = json!(motion.route.0);
                ask["procedure"]["notice_days"] = json!(15);
                let mut client = Client::new();
                client.record["cases"][0]["juvenile"] = json!(juvenile);
                if motion.not_done {
                    // The law was to do it by itself, and somebody said that it was not done.
                    ask["status"] = json!("likely_done");
                    ask["mode"] = json!("automatic");
                    client.answers["elections"] = json!({"also": ["not_done"]});
                }
                client.findings = vec![ask];
                let packet = client.packet();
                let covered = (packet.files()).any(|(_, _, paper)| paper.kind == PaperKind::Cover);
                covered.then_some(packet)
            };
            let ways = [
                (Some("application"), false),
                (Some("petition"), false),
                (None, false),
                (None, true),
            ];
            let packet = ways.into_iter().find_map(packet);
            let what = format!("{relief:?} of {:?}", motion.route);
            every(&packet.unwrap_or_else(|| panic!("no paper for {what}")));
            made += 1;
        }
    }
    assert!(made > 10, "{made} packets");
}

/// A published blank with tags, where the folder of facts is at hand.
fn published() -> Option<PathBuf> {
    let facts = PathBuf::from(std::env::var_os("RELIEF_FACTS")?);
    let file = facts.join("forms/cr-180_2024-01-01_decrypted.pdf");
    file.is_file().then_some(file)
}

fn filled() {
    let bytes = std::fs::read(published().unwrap()).unwrap();
    assert_eq!(checked(&bytes), Ok(()));
    let blank = forms::Blank::open(&bytes).unwrap();
    let text = |field: &&forms::Field| field.kind == forms::Kind::Text && field.max_len.is_none();
    let fields = blank.fields().iter().filter(text);
    let long = "Wilhelmina ".repeat(60);
    let given = |field: &forms::Field| (field.name.clone(), forms::Given::Text(long.clone()));
    let values: forms::Values = fields.map(given).collect();
    let filled = blank.fill(&values, &forms::Fill::default()).unwrap();
    assert!(filled.pages > blank.pages(), "with continuation pages");
    assert_eq!(checked(&filled.filing), Ok(()));
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
