//! `cargo xtask bench`: the release benchmarks of the workspace, held against what the project promises.

use crate::Stop;
use crate::process::{cargo, follow};
use crate::ui;

/// What the medians must stay under, in microseconds, by the path of a benchmark: its name, its argument where one is meant, or a
/// group's name (then the slowest counts). Others are only shown. The papers' own benchmark holds the 3-page paper against
/// its target itself, since that is a difference of two packets.
const TARGETS: &[(&[&str], &str, f64)] = &[
    (
        &["ten_counts_one_route_full"],
        "screening a record of 10 counts, Prop 64",
        200.0,
    ),
    (&["packet"], "a whole packet", 100_000.0),
    (
        &["text_sheet", "50"],
        "reading a text sheet of 50 counts",
        10_000.0,
    ),
    (&["text_page"], "reading a page of text", 5_000.0),
    (
        &["keystroke"],
        "a keystroke's search over 20,000 clients",
        30_000.0,
    ),
];

/// From the start of the app to its unlock screen on a display, in milliseconds.
const START: (&str, f64) = ("from the start to the unlock screen", 1000.0);

/// The test that starts the app as from a menu, without a driver, and tells how long its first screen took.
const STARTS: &str = "an_office_is_set_up_by_keyboard_alone_and_the_web_view_keeps_none_of_it";

/// Runs every benchmark, then prints each target with the median and their ratio. Above 1 is a failure, and so is a target
/// that nothing measures.
pub(crate) fn run() -> Result<(), Stop> {
    ui::install()?;
    ui::build()?;
    let said = follow(cargo().args(["bench", "--workspace", "--bench", "*"]));
    let rows = rows(&said.lines);
    let mut missed = Vec::new();
    let started = start();
    println!();
    for &(path, words, target) in TARGETS {
        let medians = rows
            .iter()
            .filter(|(names, _)| {
                names
                    .iter()
                    .map(String::as_str)
                    .zip(path.iter())
                    .filter(|(a, b)| a == *b)
                    .count()
                    == path.len()
            })
            .map(|(_, micros)| *micros);
        match medians.reduce(f64::max) {
            Some(micros) => {
                println!(
                    "{words:<44} {:>10.3} ms of {:>7.1} ms   ratio {:.2}",
                    micros / 1e3,
                    target / 1e3,
                    micros / target
                );
                if micros > target {
                    missed.push(words);
                }
            }
            None => {
                println!("{words:<44} not measured");
                missed.push(words);
            }
        }
    }
    match started {
        Some(millis) => {
            println!(
                "{:<44} {millis:>10.0} ms of {:>7.0} ms   ratio {:.2}",
                START.0,
                START.1,
                millis / START.1
            );
            if millis > START.1 {
                missed.push(START.0);
            }
        }
        None => {
            println!("{:<44} not measured", START.0);
            missed.push(START.0);
        }
    }
    if !said.ok {
        return Err(Stop::Failed("a benchmark did not run to its end".into()));
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Stop::Failed(format!(
            "over the target or not measured: {}",
            missed.join("; ")
        )))
    }
}

/// The median of five starts of the released app, in milliseconds: the first reads the program from the disk.
fn start() -> Option<f64> {
    let test = [
        "test",
        "--release",
        "--package",
        "relief-desk",
        "--test",
        "window",
        "--",
        "--exact",
        "--nocapture",
        STARTS,
    ];
    let mut times: Vec<f64> = (0..5)
        .filter_map(|_| {
            let said = follow(cargo().args(test));
            let line = said
                .lines
                .iter()
                .find(|line| line.contains("without a driver:"))?;
            line.rsplit(": ").next()?.split(' ').next()?.parse().ok()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

/// The rows of divan's tables: the names from the program down to the benchmark and its argument, and the median in
/// microseconds.
fn rows(lines: &[String]) -> Vec<(Vec<String>, f64)> {
    let mut path: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for line in lines {
        // `│  ├─ name   fastest │ slowest │ median │ mean │ samples │ iters`: three characters for each step down.
        let branch = line.chars().take_while(|c| "│├╰─ ".contains(*c)).count();
        let rest: String = line.chars().skip(branch).collect();
        if branch == 0 || branch % 3 != 0 || rest.is_empty() {
            if branch == 0 {
                path.clear();
            }
            continue;
        }
        // A name ends where two spaces begin; an argument may have single ones.
        let name = rest.split("  ").next().unwrap_or_default().trim();
        path.truncate(branch / 3 - 1);
        path.push(name.to_string());
        if let Some(micros) = rest.split('│').nth(2).and_then(micros) {
            rows.push((path.clone(), micros));
        }
    }
    rows
}

/// A time as divan writes it, in microseconds.
fn micros(time: &str) -> Option<f64> {
    let mut words = time.split_whitespace();
    let number: f64 = words.next()?.parse().ok()?;
    let unit = match words.next()? {
        "ns" => 1e-3,
        "µs" => 1.0,
        "ms" => 1e3,
        "s" => 1e6,
        _ => return None,
    };
    Some(number * unit)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn reads_the_medians_of_benchmarks_and_of_their_arguments() {
        let table = "Timer precision: 20 ns\n\
                     vault           fastest       │ slowest       │ median        │ mean          │ samples │ iters\n\
                     ├─ keystroke                  │               │               │               │         │\n\
                     │  ├─ m         1.2 ms        │ 3 ms          │ 1.5 ms        │ 1.6 ms        │ 100     │ 100\n\
                     │  ╰─ de la c   900 µs        │ 3 ms          │ 950.5 µs      │ 1.6 ms        │ 100     │ 100\n\
                     ╰─ save         40 ns         │ 61 ns         │ 42 ns         │ 43 ns         │ 100     │ 100";
        let lines: Vec<String> = table.lines().map(str::to_string).collect();
        let path = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            rows(&lines),
            [
                (path(&["keystroke", "m"]), 1500.0),
                (path(&["keystroke", "de la c"]), 950.5),
                (path(&["save"]), 0.042),
            ]
        );
    }
}
