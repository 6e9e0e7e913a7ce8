//! `cargo xtask bench`: the release benchmarks of the workspace, held against what the project promises.

use crate::Stop;
use crate::process::{cargo, follow};

/// What a benchmark's median must stay under, in microseconds. A benchmark that is not named here is only shown.
const TARGETS: &[(&str, &str, f64)] = &[
    (
        "screen_ten_counts",
        "screening a record of 10 counts, Prop 64",
        200.0,
    ),
    (
        "next_three_page_paper",
        "a 3-page paper after the first",
        25_000.0,
    ),
    ("packet", "a whole packet", 100_000.0),
    (
        "sheet_of_fifty_counts",
        "reading a text sheet of 50 counts",
        10_000.0,
    ),
    (
        "search_twenty_thousand",
        "a keystroke's search over 20,000 clients",
        30_000.0,
    ),
];

/// Runs every benchmark, then prints each target with the median and their ratio. Above 1 is a failure, and so is a target
/// that nothing measures.
pub(crate) fn run() -> Result<(), Stop> {
    let said = follow(cargo().args(["bench", "--workspace", "--bench", "*"]));
    let medians: Vec<(String, f64)> = said.lines.iter().filter_map(|line| median(line)).collect();
    let mut missed = Vec::new();
    println!();
    for &(name, words, target) in TARGETS {
        match medians.iter().find(|(bench, _)| bench == name) {
            Some(&(_, micros)) => {
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

/// The name and the median, in microseconds, of a line of divan's table:
/// `├─ name   fastest │ slowest │ median │ mean │ samples │ iters`.
fn median(line: &str) -> Option<(String, f64)> {
    let line = line.trim_start_matches(['│', '├', '╰', '─', ' ']);
    let name = line.split_whitespace().next()?;
    let mut words = line.split('│').nth(2)?.split_whitespace();
    let number: f64 = words.next()?.parse().ok()?;
    let micros = match words.next()? {
        "ns" => 1e-3,
        "µs" => 1.0,
        "ms" => 1e3,
        "s" => 1e6,
        _ => return None,
    };
    Some((name.to_string(), number * micros))
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn reads_the_median_of_a_row_and_nothing_from_a_heading() {
        let row = "╰─ packet        40.86 ms      │ 61.2 ms       │ 42.5 ms       │ 43.1 ms       │ 100     │ 100";
        assert_eq!(median(row), Some(("packet".into(), 42_500.0)));
        let row = "│  ├─ screen_ten_counts  81 µs │ 90 µs │ 83.5 µs │ 84 µs │ 100 │ 100";
        assert_eq!(median(row), Some(("screen_ten_counts".into(), 83.5)));
        assert_eq!(
            median("papers  fastest │ slowest │ median │ mean │ samples │ iters"),
            None
        );
        assert_eq!(median("Timer precision: 20 ns"), None);
    }
}
