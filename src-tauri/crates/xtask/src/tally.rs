//! Counting what passed, failed and was skipped, over runners that each say it their own way.

use std::time::Duration;

/// Tests counted by one part, with what a reader must see of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
    /// The names of failed tests and the reasons of skipped ones.
    pub(crate) notes: Vec<String>,
}

impl Counts {
    /// A check that is one test by itself.
    pub(crate) fn one(result: Result<(), String>) -> Self {
        match result {
            Ok(()) => Self {
                passed: 1,
                ..Self::default()
            },
            Err(why) => Self {
                failed: 1,
                notes: vec![format!("failed: {why}")],
                ..Self::default()
            },
        }
    }

    /// A check that this machine cannot make.
    pub(crate) fn skip(why: impl Into<String>) -> Self {
        Self {
            skipped: 1,
            notes: vec![format!("skipped: {}", why.into())],
            ..Self::default()
        }
    }

    /// Reads the lines of `cargo test`: the closing line of every test binary, and the tests it ignored or failed.
    pub(crate) fn of_cargo(lines: &[String]) -> Self {
        let mut counts = Self::default();
        for line in lines {
            if let Some(rest) = line.strip_prefix("test result: ") {
                for part in rest.split([';', '.']) {
                    let mut words = part.split_whitespace();
                    let number = words.next().and_then(|word| word.parse::<usize>().ok());
                    match (number, words.next()) {
                        (Some(n), Some("passed")) => counts.passed += n,
                        (Some(n), Some("failed")) => counts.failed += n,
                        (Some(n), Some("ignored")) => counts.skipped += n,
                        _ => {}
                    }
                }
            } else if let Some(test) = line.strip_prefix("test ") {
                if let Some((name, why)) = test.split_once("... ignored") {
                    counts.notes.push(format!("skipped: {}{why}", name.trim()));
                } else if let Some((name, _)) = test.split_once("... FAILED") {
                    counts.notes.push(format!("failed: {}", name.trim()));
                }
            }
        }
        counts
    }

    /// Reads the line `Tests  3 passed | 1 skipped (4)` of vitest.
    pub(crate) fn of_vitest(lines: &[String]) -> Self {
        let mut counts = Self::default();
        let totals = lines
            .iter()
            .filter_map(|line| line.trim_start().strip_prefix("Tests "));
        for part in totals.flat_map(|line| line.split(['|', '('])) {
            let mut words = part.split_whitespace();
            let number = words.next().and_then(|word| word.parse::<usize>().ok());
            match (number, words.next()) {
                (Some(n), Some("passed")) => counts.passed += n,
                (Some(n), Some("failed")) => counts.failed += n,
                (Some(n), Some("skipped" | "todo")) => counts.skipped += n,
                _ => {}
            }
        }
        counts
    }
}

/// The parts of one run, in order.
#[derive(Default)]
pub(crate) struct Tally {
    parts: Vec<(String, Counts, Duration)>,
}

impl Tally {
    pub(crate) fn add(&mut self, part: &str, counts: Counts, took: Duration) {
        self.parts.push((part.to_string(), counts, took));
    }

    /// Prints the table and, alone on the last line, the sums. True where nothing failed and something passed.
    pub(crate) fn close(&self) -> bool {
        println!();
        for (part, counts, took) in &self.parts {
            let Counts {
                passed,
                failed,
                skipped,
                ..
            } = counts;
            println!(
                "{part:<44} {passed:>5} passed {failed:>3} failed {skipped:>3} skipped {:>7.1} s",
                took.as_secs_f64()
            );
            for note in &counts.notes {
                println!("    {note}");
            }
        }
        let sum = |of: fn(&Counts) -> usize| {
            self.parts
                .iter()
                .map(|(_, counts, _)| of(counts))
                .sum::<usize>()
        };
        let (passed, failed, skipped) = (sum(|c| c.passed), sum(|c| c.failed), sum(|c| c.skipped));
        println!();
        println!("{passed} passed, {failed} failed, {skipped} skipped");
        failed == 0 && passed > 0
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_string).collect()
    }

    #[test]
    fn adds_up_every_binary_of_cargo_test() {
        let counts = Counts::of_cargo(&lines(
            "running 3 tests\ntest a ... ok\ntest b ... FAILED\ntest sheets ... ignored, RELIEF_FACTS is not set\n\n\
             test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
             test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 7 filtered out; finished in 0.01s",
        ));
        assert_eq!((counts.passed, counts.failed, counts.skipped), (13, 1, 1));
        assert_eq!(
            counts.notes,
            ["failed: b", "skipped: sheets, RELIEF_FACTS is not set"]
        );
    }

    #[test]
    fn reads_the_totals_of_vitest() {
        let counts = Counts::of_vitest(&lines(
            " Test Files  2 passed (2)\n      Tests  1 failed | 30 passed | 2 skipped (33)\n   Start at  10:00",
        ));
        assert_eq!((counts.passed, counts.failed, counts.skipped), (30, 1, 2));
    }
}
