//! How well pictures of sheets are read: the made-up sheets drawn as a scanner would give them, and what became of their counts.
//!
//! `cargo bench -p reading --bench recognition -- N` takes every Nth sheet, 1 for all (12 without a number). It prints, for each way
//! of drawing, the share of counts exactly right, the share of sections, levels and dates that are wrong and not flagged, and the CPU
//! time a page. Needs the programs tesseract and pdftoppm; says so and ends where one is missing.
#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise"
)]

use std::time::Instant;

use packs::Packs;
use reading::{Draft, Recognizer, Tesseract};
use record::{Count, Record};

#[path = "../tests/support/corpus/mod.rs"]
mod corpus;
#[path = "../tests/support/pdf.rs"]
mod pdf;
#[path = "../tests/support/scan.rs"]
mod scan;

/// Dots an inch, lean in degrees, grain, and the share of counts that the project promises, in hundredths.
const WAYS: [(u32, f64, u32, f64); 3] = [
    (300, 0.0, 0, 99.0),
    (200, 1.0, 40, 97.0),
    (150, 0.0, 0, 90.0),
];

#[derive(Default)]
struct Tally {
    counts: usize,
    right: usize,
    facts: usize,
    silent: usize,
    pages: usize,
    seconds: f64,
}

fn main() {
    let Some(mut engine) = Tesseract::find().filter(|_| scan::can_draw()) else {
        println!("not measured: install tesseract-ocr and poppler-utils");
        return;
    };
    let every: usize = std::env::args()
        .filter_map(|word| word.parse().ok())
        .next()
        .unwrap_or(12);
    for (dpi, degrees, grain, promised) in WAYS {
        let mut tally = Tally::default();
        for (at, sheet) in (0_u64..).zip(corpus::sheets().iter().step_by(every)) {
            // The fonts built into PDF readers have no letters beyond Latin-1.
            let text = sheet.text.replace('\u{b7}', "*");
            let drawn: Vec<_> = scan::draw(&pdf::of_text(&text), dpi)
                .iter()
                .map(|page| {
                    if grain == 0 {
                        page.clone()
                    } else {
                        scan::worn(page, degrees, grain, at)
                    }
                })
                .collect();
            let packed: Vec<_> = drawn
                .iter()
                .map(|page| (page, scan::Packed::Flate))
                .collect();
            let bytes = scan::pdf(&packed);
            let started = Instant::now();
            let engine: &mut dyn Recognizer = &mut engine;
            let draft =
                reading::read_pages(&bytes, Packs::builtin().unwrap(), Some(engine), &mut |_| {
                    true
                });
            tally.seconds += started.elapsed().as_secs_f64();
            tally.pages += drawn.len();
            let wanted = Record::from_json(&sheet.record.to_string()).unwrap();
            match draft {
                Ok(draft) => compare(&sheet.name, &draft, &wanted, &mut tally),
                Err(error) => {
                    println!("  {}: {error}", sheet.name);
                    tally.counts += wanted.counts().count();
                }
            }
        }
        let share = 100.0 * tally.right as f64 / tally.counts.max(1) as f64;
        println!(
            "{dpi} dpi, {degrees} degrees, grain {grain}: {} of {} counts exactly right, {share:.1} in 100 (promised {promised}); {} of {} sections, levels and dates wrong and not flagged; {:.1} s a page on the clock; engine tesseract",
            tally.right,
            tally.counts,
            tally.silent,
            tally.facts,
            tally.seconds / tally.pages.max(1) as f64,
        );
    }
}

/// A count is right if everything the record keeps of it is; its id only numbers it.
fn compare(name: &str, draft: &Draft, wanted: &Record, tally: &mut Tally) {
    let plain = |count: &Count| Count {
        id: None,
        ..count.clone()
    };
    for (k, case) in wanted.cases.iter().enumerate() {
        for (c, count) in case.counts.iter().enumerate() {
            tally.counts += 1;
            tally.facts += 3;
            let place = draft
                .record
                .cases
                .get(k)
                .and_then(|case| case.counts.get(c));
            if place.is_some_and(|found| plain(found) == plain(count)) {
                tally.right += 1;
                continue;
            }
            let path = format!("cases[{k}].counts[{c}]");
            let Some(found) = place else {
                println!("  {name}: {path} missing");
                continue;
            };
            println!("  {name}: {path}{}", differs(found, count));
            // A fact that is unknown promises nothing; one that is wrong must carry a flag.
            let day = |count: &Count| count.disposition.as_ref().and_then(|d| d.date);
            let wrong = [
                (
                    "section",
                    found.section.is_some() && found.section != count.section,
                ),
                ("level", found.level.is_some() && found.level != count.level),
                (
                    "disposition.date",
                    day(found).is_some() && day(found) != day(count),
                ),
            ];
            for (fact, wrong) in wrong {
                let flagged = draft.flags.iter().any(|flag| {
                    flag.path.as_ref().is_some_and(|path_of| {
                        path_of.as_str().starts_with(&format!("{path}.{fact}"))
                    })
                });
                if wrong && !flagged {
                    println!("    {fact} wrong and not flagged");
                    tally.silent += 1;
                }
            }
        }
    }
}

/// The fields that differ, found and wanted; the people are made up.
fn differs(found: &Count, wanted: &Count) -> String {
    let fields = |count: &Count| serde_json::to_value(count).unwrap();
    let (found, wanted) = (fields(found), fields(wanted));
    let names: std::collections::BTreeSet<&String> = [&found, &wanted]
        .into_iter()
        .filter_map(|v| v.as_object())
        .flat_map(|o| o.keys())
        .collect();
    names
        .into_iter()
        .filter(|name| *name != "id" && found.get(*name) != wanted.get(*name))
        .map(|name| format!("\n    {name}: {} for {}", found[name], wanted[name]))
        .collect()
}
