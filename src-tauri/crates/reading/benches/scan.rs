//! How much memory a long scan takes: `cargo bench -p reading --bench scan -- PAGES` (60 without a number).
//!
//! The pages are made-up, drawn at 300 dots an inch, packed as JPEG, and read one after the other as the program does. The first three go
//! through tesseract, the others get the words of those: what is measured is what the reader keeps, and the engine's largest page. Making
//! the file takes more than reading it, so it is made by a program of its own. Needs tesseract, pdftoppm and Linux's `/proc`.
#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise"
)]

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use packs::Packs;
use reading::{Picture, ReadError, Recognizer, Tesseract, Word};

#[path = "../tests/support/pdf.rs"]
mod pdf;
#[path = "../tests/support/scan.rs"]
mod scan;

/// What the project promises, in MB.
const PROMISED: u64 = 600;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if let Some(at) = words.iter().position(|word| word == "make") {
        return make(
            words[at + 1].parse().unwrap(),
            &PathBuf::from(&words[at + 2]),
        );
    }
    let pages: usize = words
        .iter()
        .filter_map(|word| word.parse().ok())
        .next()
        .unwrap_or(60);
    let Some(engine) = Tesseract::find().filter(|_| scan::can_draw() && peak("self").is_some())
    else {
        println!("not measured: install tesseract-ocr and poppler-utils, on Linux");
        return;
    };
    let file = std::env::temp_dir().join(format!("reading-scan-{}.pdf", std::process::id()));
    let made = Command::new(std::env::current_exe().unwrap())
        .args(["make", &pages.to_string()])
        .arg(&file)
        .status();
    assert!(made.unwrap().success());
    let bytes = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();

    let (done, engines) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let watcher = {
        let (done, engines) = (Arc::clone(&done), Arc::clone(&engines));
        std::thread::spawn(move || {
            while !done.load(Ordering::Relaxed) {
                engines.fetch_max(children().unwrap_or(0), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(20));
            }
        })
    };
    let mut engine = Tired {
        engine,
        seen: Vec::new(),
    };
    let draft = reading::read_pages(
        &bytes,
        Packs::builtin().unwrap(),
        Some(&mut engine),
        &mut |_| true,
    );
    done.store(true, Ordering::Relaxed);
    watcher.join().unwrap();
    let (reader, engine) = (peak("self").unwrap(), engines.load(Ordering::Relaxed));
    println!(
        "a scan of {pages} pages, {} MB: the reader at most {reader} MB, the engine at most {engine} MB, together {} MB (promised {PROMISED}); {} lines, {} counts",
        bytes.len() >> 20,
        reader + engine,
        draft.as_ref().map_or(0, |draft| draft.lines.len()),
        draft
            .as_ref()
            .map_or(0, |draft| draft.record.counts().count()),
    );
    if reader + engine > PROMISED {
        std::process::exit(1);
    }
}

/// An engine that looks at three pages and says the same of all others.
struct Tired {
    engine: Tesseract,
    seen: Vec<Vec<Word>>,
}

impl Recognizer for Tired {
    fn recognize(&mut self, picture: &Picture) -> Result<Vec<Word>, ReadError> {
        if self.seen.len() >= 3 {
            return Ok(self.seen[2].clone());
        }
        let words = self.engine.recognize(picture)?;
        self.seen.push(words.clone());
        Ok(words)
    }
}

/// The most memory a program has taken so far, in MB.
fn peak(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? >> 10)
}

/// The same of the programs that this one has started and that still run, together.
fn children() -> Option<u64> {
    let mut sum = 0;
    for task in std::fs::read_dir("/proc/self/task").ok()?.flatten() {
        let pids = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        sum += pids.split_whitespace().filter_map(peak).sum::<u64>();
    }
    Some(sum)
}

fn make(pages: usize, file: &std::path::Path) {
    let drawn: Vec<Picture> = (0..pages)
        .map(|page| {
            let mut text = if page == 0 {
                String::from("CII/A90000300\nDOB/19750505 SEX/M\nNAM/01 LONG,SCAN\n")
            } else {
                String::new()
            };
            for case in 0..5 {
                text.push_str(&format!(
                    "* * * *\nCOURT:                NAM:01\n2005{:02}{:02}  CASC FRESNO\n\nCNT:01     #F{page}{case}\n  11360(A) HS-SELL/TRANSPORT MARIJUANA TOC:F\n*DISPO:CONVICTED\n   CONV STATUS:FELONY\n   SEN: 3 YEARS PROBATION, 90 DAYS JAIL\n\n",
                    page % 12 + 1,
                    case + 1,
                ));
            }
            scan::draw(&pdf::of_text(&text), 300).remove(0)
        })
        .collect();
    let packed: Vec<_> = drawn
        .iter()
        .map(|page| (page, scan::Packed::Jpeg))
        .collect();
    std::fs::write(file, scan::pdf(&packed)).unwrap();
}
