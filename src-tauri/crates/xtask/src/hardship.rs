//! The vault's tests of hardship at length: a test run does a few rounds of each, these commands as many as are asked.

use crate::Stop;
use crate::process::{cargo, must};

/// Kills `relief-vault` while it adds clients; what it had acknowledged is there afterwards, and every check passes.
pub(crate) fn crash(count: &str) -> Result<(), Stop> {
    rounds(
        "RELIEF_KILLS",
        count,
        &["--test", "it", "what_was_acknowledged_survives_a_kill"],
    )
}

/// Gives spoilt input to the readers of the key file, backups, hand-overs, cards, receipts, layouts and codes.
pub(crate) fn fuzz(count: &str) -> Result<(), Stop> {
    rounds("RELIEF_FUZZ", count, &["--lib", "fuzz::"])
}

fn rounds(name: &str, count: &str, tests: &[&str]) -> Result<(), Stop> {
    let number: u64 = count
        .parse()
        .map_err(|_| Stop::Failed(format!("{count} is not a number of rounds")))?;
    println!("{number} rounds");
    must(
        cargo()
            .args(["test", "--quiet", "--package", "vault"])
            .args(tests)
            .env(name, number.to_string()),
    )
}
