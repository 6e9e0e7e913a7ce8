//! How much memory a long scan takes: `cargo bench -p reading --bench scan -- PAGES` (60 without a number).
//!
//! The pages are made-up, no two alike, drawn at 300 dots an inch, packed as JPEG, and read one after the other as the program does, every
//! one with tesseract. Making the file takes more memory than reading it, so it is made by a program of its own. The time of the processor
//! is the reader's and the engine's together. Needs tesseract, pdftoppm and Linux's `/proc`.
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
use reading::{Picture, Tesseract};

#[path = "../tests/support/pdf.rs"]
mod pdf;
#[path = "../tests/support/scan.rs"]
mod scan;

/// Cases on a page, each with one count.
const CASES: usize = 5;
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
    let mut engine = engine;
    let before = seconds().unwrap();
    let draft = reading::read_pages(
        &bytes,
        Packs::builtin().unwrap(),
        Some(&mut engine),
        &mut |_| true,
    );
    done.store(true, Ordering::Relaxed);
    watcher.join().unwrap();
    let seconds = seconds().unwrap() - before;
    let (reader, engine) = (peak("self").unwrap(), engines.load(Ordering::Relaxed));
    println!(
        "a scan of {pages} pages, {} MB: the reader at most {reader} MB, the engine at most {engine} MB, together {} MB (promised {PROMISED}); {:.2} s of CPU a page; {} lines, {} of {} counts",
        bytes.len() >> 20,
        reader + engine,
        seconds / pages as f64,
        draft.as_ref().map_or(0, |draft| draft.lines.len()),
        draft
            .as_ref()
            .map_or(0, |draft| draft.record.counts().count()),
        pages * CASES,
    );
    if reader + engine > PROMISED {
        std::process::exit(1);
    }
}

/// User and system time of this program and of its ended children (proc(5), fields 14 to 17, in hundredths).
fn seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11..15)?.iter().map(|field| field.parse::<f64>());
    Some(ticks.sum::<Result<f64, _>>().ok()? / 100.0)
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
            for case in 0..CASES {
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
