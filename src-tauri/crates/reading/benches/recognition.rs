//! How well pictures of sheets are read: the made-up sheets drawn as a scanner would give them, and what became of their counts.
//!
//! `cargo bench -p reading --bench recognition -- N` takes every Nth sheet, 1 for all (12 without a number), `-- N DPI` one way of drawing
//! alone. It prints, for each way, the share of counts with the right section, level, date, disposition and sentence, the share of those
//! where all that the record keeps is right (also what the sheet says of relief), the sections, levels and dates that are wrong and not
//! flagged, and the CPU time a page, the engine's with it. What differs is printed with the lines that stayed unread. Needs the programs
//! tesseract and pdftoppm; says so and ends where one is missing.
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
    /// Section, level, date, disposition, sentence.
    right: usize,
    /// Everything.
    whole: usize,
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
    let mut numbers = std::env::args().filter_map(|word| word.parse::<usize>().ok());
    let every = numbers.next().unwrap_or(12);
    let only = numbers.next();
    for (dpi, degrees, grain, promised) in WAYS {
        if only.is_some_and(|only| only != dpi as usize) {
            continue;
        }
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
            let started = Clock::now();
            let engine: &mut dyn Recognizer = &mut engine;
            let draft =
                reading::read_pages(&bytes, Packs::builtin().unwrap(), Some(engine), &mut |_| {
                    true
                });
            tally.seconds += started.seconds();
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
        let share = |part: usize| 100.0 * part as f64 / tally.counts.max(1) as f64;
        println!(
            "{dpi} dpi, {degrees} degrees, grain {grain}: {} of {} counts right, {:.1} in 100 (promised {promised}), {:.1} with all that the record keeps; {} of {} sections, levels and dates wrong and not flagged; {:.1} s a page{}; engine tesseract",
            tally.right,
            tally.counts,
            share(tally.right),
            share(tally.whole),
            tally.silent,
            tally.facts,
            tally.seconds / tally.pages.max(1) as f64,
            Clock::OF,
        );
    }
}

/// Time spent in this program and those it started, where the system tells (Linux); elsewhere time that passed.
struct Clock(Instant, Option<f64>);

impl Clock {
    const OF: &str = if cfg!(target_os = "linux") {
        " of CPU"
    } else {
        " on the clock"
    };

    fn now() -> Self {
        Self(Instant::now(), Self::cpu())
    }

    fn seconds(&self) -> f64 {
        match (self.1, Self::cpu()) {
            (Some(before), Some(now)) => now - before,
            _ => self.0.elapsed().as_secs_f64(),
        }
    }

    /// User and system time of this program and of its ended children, in hundredths (proc(5), fields 14 to 17).
    fn cpu() -> Option<f64> {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: Vec<f64> = fields
            .get(11..15)?
            .iter()
            .filter_map(|field| field.parse().ok())
            .collect();
        (ticks.len() == 4).then(|| ticks.iter().sum::<f64>() / 100.0)
    }
}

/// A count is wholly right if everything the record keeps of it is; its id only numbers it.
fn compare(name: &str, draft: &Draft, wanted: &Record, tally: &mut Tally) {
    let plain = |count: &Count| Count {
        id: None,
        ..count.clone()
    };
    let facts = |count: &Count| {
        (
            count.section.clone(),
            count.level,
            count.disposition.clone(),
            count.sentence.clone(),
        )
    };
    let before = tally.whole;
    for (k, case) in wanted.cases.iter().enumerate() {
        for (c, count) in case.counts.iter().enumerate() {
            tally.counts += 1;
            tally.facts += 3;
            let place = draft
                .record
                .cases
                .get(k)
                .and_then(|case| case.counts.get(c));
            if place.is_some_and(|found| facts(found) == facts(count)) {
                tally.right += 1;
            }
            if place.is_some_and(|found| plain(found) == plain(count)) {
                tally.whole += 1;
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
    if tally.whole - before < wanted.counts().count() {
        let unread = draft
            .lines
            .iter()
            .filter(|line| line.fate == reading::Fate::Unread);
        for line in unread {
            println!("    unread {}/{}: {}", line.page, line.line, line.text);
        }
        if let Some(line) = draft.lines.last() {
            println!("    last {}/{}: {}", line.page, line.line, line.text);
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
