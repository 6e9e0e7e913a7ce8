//! Bytes that somebody bent: sheets, PDFs and pictures changed at random for a while each, over and over. No panic, no hang, and a draft
//! whose record comes back from its own JSON. `FUZZ_SECONDS` says how long each target runs; what breaks is printed as its seed.
//!
//! No coverage guides it, so that it runs everywhere: every change begins at a file that reads well. With coverage: `cargo xtask fuzz guided`.

#![allow(
    clippy::unwrap_used,
    reason = "a test program: without a harness clippy does not know it as one"
)]

use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use packs::Packs;
use reading::Picture;
use record::Record;

#[path = "support/corpus/mod.rs"]
mod corpus;
#[path = "support/parrot.rs"]
mod parrot;
#[path = "support/pdf.rs"]
mod pdf;
#[path = "support/scan.rs"]
mod scan;

use parrot::Parrot;

/// Seconds for one input, in an unoptimised build on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

fn main() {
    let arguments = Arguments::from_args();
    let trials = vec![
        Trial::test("text", || run(&texts(), 1)),
        Trial::test("pdf", || run(&pdfs(), 2)),
        Trial::test("pictures", || run(&pictures(), 3)),
    ];
    libtest_mimic::run(&arguments, trials).exit();
}

fn texts() -> Vec<Vec<u8>> {
    let sheets = corpus::sheets().into_iter().step_by(5);
    let papers = [
        include_str!("../../../../tests/cases/sheets/fbi-record.txt"),
        include_str!("../../../../tests/cases/sheets/fbi-cycles.txt"),
        include_str!("../../../../tests/cases/sheets/docket-text.txt"),
        include_str!("../../../../tests/cases/sheets/docket-lists.txt"),
    ];
    // As often as sheets: each is a format of its own.
    let papers = papers
        .iter()
        .cycle()
        .take(16)
        .map(|text| text.as_bytes().to_vec());
    sheets
        .map(|sheet| sheet.text.into_bytes())
        .chain(papers)
        .collect()
}

fn page() -> Picture {
    let pixels = (0..300 * 200_u32)
        .map(|n| {
            if n % 7 < 2 && n / 300 % 20 < 12 {
                0
            } else {
                255
            }
        })
        .collect();
    Picture::new(300, 200, pixels).unwrap()
}

fn pdfs() -> Vec<Vec<u8>> {
    let page = page();
    let mut files: Vec<Vec<u8>> = corpus::sheets()
        .iter()
        .step_by(17)
        .map(|sheet| pdf::of_text(&sheet.text.replace('\u{b7}', "*")))
        .collect();
    for packed in [
        scan::Packed::Flate,
        scan::Packed::Jpeg,
        scan::Packed::Strips,
    ] {
        files.push(scan::pdf(&[(&page, packed)]));
    }
    files
}

fn pictures() -> Vec<Vec<u8>> {
    use image::ImageFormat::{Jpeg, Png, Tiff};
    [Png, Jpeg, Tiff]
        .map(|format| scan::file(&page(), format))
        .into()
}

fn run(seeds: &[Vec<u8>], salt: u64) -> Result<(), Failed> {
    let seconds = std::env::var("FUZZ_SECONDS")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(20);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut round = 0_u64;
    while Instant::now() < end {
        round += 1;
        let mut seed = round.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ salt;
        let bytes = bent(seeds, &mut seed);
        let started = Instant::now();
        let outcome = std::panic::catch_unwind(|| {
            reading::read_pages(
                &bytes,
                Packs::builtin().unwrap(),
                Some(&mut Parrot),
                &mut |_| true,
            )
        });
        let took = started.elapsed();
        if took > LONGEST {
            return Err(format!("round {round}: took {took:?}").into());
        }
        match outcome {
            Err(_) => return Err(format!("round {round}: panicked").into()),
            Ok(Ok(draft)) => {
                let json = draft.record.to_json();
                if Record::from_json(&json).as_ref() != Ok(&draft.record) {
                    return Err(format!("round {round}: the record does not come back").into());
                }
            }
            Ok(Err(_)) => {}
        }
    }
    if round < 20 {
        return Err(format!("only {round} rounds").into());
    }
    Ok(())
}

/// One of the files with a few changes: bytes, numbers, pieces cut out, doubled, or taken from another.
fn bent(seeds: &[Vec<u8>], seed: &mut u64) -> Vec<u8> {
    let mut pick = |below: usize| scan::next(seed) as usize % below.max(1);
    let mut bytes = seeds[pick(seeds.len())].clone();
    for _ in 0..=pick(6) {
        let at = pick(bytes.len());
        let length = pick(40).min(bytes.len() - at);
        match pick(7) {
            0 => bytes[at] = u8::try_from(pick(256)).unwrap(),
            1 => bytes[at] ^= 1 << pick(8),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let piece = bytes[at..at + length].to_vec();
                let to = pick(bytes.len());
                drop(bytes.splice(to..to, piece));
            }
            4 => {
                let other = &seeds[pick(seeds.len())];
                let from = pick(other.len());
                let piece = other[from..(from + length).min(other.len())].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            5 => {
                let number = ["0", "-1", "255", "65535", "4294967295", "99999999999"][pick(6)];
                drop(bytes.splice(at..at + length.min(4), number.bytes()));
            }
            _ => bytes.truncate(at.max(1)),
        }
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
    bytes
}
