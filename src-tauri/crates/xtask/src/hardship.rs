//! Tests that are too long, or need too much, for every run: hardship at length, and Spark.

use crate::Stop;
use crate::process::{cargo, must, program, target};

/// What the recipe in `spark/` was written for.
const PYSPARK: &str = "pyspark>=4,<5";

/// Kills `relief-vault` at random moments while it adds clients; each run tells its seed, and `RELIEF_SEED` repeats it; what it had acknowledged is there afterwards, and every check passes.
pub(crate) fn crash(count: &str) -> Result<(), Stop> {
    rounds(
        "RELIEF_KILLS",
        count,
        &[
            "--test",
            "it",
            "what_was_acknowledged_survives_a_kill",
            "--",
            "--nocapture",
        ],
    )
}

/// Kills the app in its window while it saves; what the page was told is kept is there afterwards.
pub(crate) fn crash_app(count: &str) -> Result<(), Stop> {
    rounds(
        "RELIEF_APP_KILLS",
        count,
        &["--test", "window", "the_app_killed", "--", "--nocapture"],
    )
}

/// Gives spoilt input to the readers of the key file, backups, hand-overs, cards, receipts, layouts and codes, and to the reader of a bulk
/// export's rows.
pub(crate) fn fuzz(count: &str) -> Result<(), Stop> {
    rounds("RELIEF_FUZZ", count, &["--lib", "fuzz::"])
}

/// Gives bent texts, PDFs and pictures to the reader of sheets, so many seconds each: no panic, no hang, and no record that does not come
/// back from its own JSON. No coverage guides it.
pub(crate) fn fuzz_sheets(seconds: &str) -> Result<(), Stop> {
    rounds("FUZZ_SECONDS", seconds, &["--test", "fuzz"])
}

// The whole workspace is named, so that its libraries are those of every other run: one crate alone has them built anew.
fn rounds(name: &str, count: &str, tests: &[&str]) -> Result<(), Stop> {
    let number: u64 = count
        .parse()
        .map_err(|_| Stop::Failed(format!("{count} is not a number")))?;
    println!("{name}={number}");
    must(
        cargo()
            .args(["test", "--quiet", "--workspace"])
            .args(tests)
            .env(name, number.to_string()),
    )
}

/// Gets Apache Spark into a Python of its own under the target folder, once, and runs `relief` inside it.
pub(crate) fn spark() -> Result<(), Stop> {
    let home = target().join("spark");
    let python = home.join("bin/python");
    if !python.exists() {
        must(program("python3").args(["-m", "venv"]).arg(&home))?;
    }
    must(
        program(&python)
            .args(["-m", "pip", "install", "--quiet"])
            .arg(PYSPARK),
    )?;
    must(
        cargo()
            .args(["test", "--quiet", "--workspace", "--test", "spark"])
            .env("RELIEF_PYTHON", python),
    )
}
