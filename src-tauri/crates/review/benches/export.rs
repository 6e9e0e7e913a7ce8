//! How long a whole export takes, beside a plain copy of the same bytes through the csv crate, and how much memory.
//!
//! `cargo bench -p review --bench export -- [--rows N] [--seed N] [--write FILE] [--rounds N] [--county NAME]`: with `--write` the
//! made-up export stays in that file and nothing is measured; `--file FILE` measures an export that is there, and `--alone` leaves
//! the copy out, for a profile.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement stops at the first surprise and talks to its user"
)]

mod generate;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use packs::Packs;
use review::{Decisions, Format, Job, Progress};

/// What the headless command takes its memory from.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let of = |name: &str| {
        args.iter()
            .position(|arg| arg == name)
            .and_then(|at| args.get(at + 1))
    };
    let number = |name: &str, default: u64| of(name).map_or(default, |n| n.parse().unwrap());
    let (rows, seed) = (number("--rows", 100_000), number("--seed", 1));
    let dir = tempfile::tempdir().unwrap();
    let path = of("--file")
        .or(of("--write"))
        .map_or(dir.path().join("export.dat"), Into::into);
    if of("--file").is_none() {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&path).unwrap());
        let written = generate::generate(&mut out, rows, seed).unwrap();
        out.flush().unwrap();
        let bytes = std::fs::metadata(&path).unwrap().len();
        println!("{written} rows, {} MB", bytes / 1_000_000);
    }
    if of("--write").is_some() {
        return;
    }
    let alone = args.iter().any(|arg| arg == "--alone");
    let county = of("--county").map_or("Sacramento", String::as_str);
    let packs = Packs::builtin().unwrap();
    let policy = packs
        .iter()
        .find_map(|pack| pack.policy("sacramento"))
        .unwrap();
    for _ in 0..number("--rounds", 1) {
        let before = (Instant::now(), cpu());
        if !alone {
            copy(&path, &dir.path().join("copy.csv"));
        }
        let (copied, copied_cpu) = (before.0.elapsed().as_secs_f64(), cpu() - before.1);
        println!("plain copy   {copied:>8.2} s wall {copied_cpu:>8.2} s CPU");
        let before = (Instant::now(), cpu());
        let job = Job {
            files: std::slice::from_ref(&path),
            county,
            as_of: jiff::civil::date(2020, 7, 1),
            policy: policy.clone(),
            decisions: Decisions::default(),
            memory: 140 << 20,
            threads: 2,
            format: Format::default(),
            lock: None,
            facts: false,
            what_if: Vec::new(),
            figures: true,
        };
        let done = review::run(job, packs, &dir.path().join("out"), &Progress::default()).unwrap();
        let (wall, used) = (before.0.elapsed().as_secs_f64(), cpu() - before.1);
        println!(
            "review       {wall:>8.2} s wall {used:>8.2} s CPU   ratio of wall {:.2}   most memory {} MB   {} people, {} convictions",
            wall / copied,
            memory() / 1000,
            done.tally.people,
            review::determination::Determination::ALL
                .iter()
                .map(|one| done.tally.determined(*one))
                .sum::<u64>(),
        );
    }
}

fn copy(from: &Path, to: &Path) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(from)
        .unwrap();
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_path(to)
        .unwrap();
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).unwrap() {
        writer.write_byte_record(&record).unwrap();
    }
    writer.flush().unwrap();
}

// Seconds of this process on all cores, where the system says so.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |n: usize| {
        fields
            .get(n)
            .and_then(|f| f.parse::<f64>().ok())
            .unwrap_or_default()
    };
    (ticks(11) + ticks(12)) / 100.0
}

// The most kilobytes this process ever had.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or_default()
}
