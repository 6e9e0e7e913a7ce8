//! Fuzzing guided by coverage: the fuzzer sees which parts of the reader of sheets an input reaches, and keeps what reaches new ones.
//!
//! It needs a nightly compiler and cargo-fuzz, which every other run does without; the targets lie beside the reader in a workspace of
//! their own.

use crate::Stop;
use crate::process::{ask, must, program, root, target};

/// Beside the reader of sheets.
const FOLDER: &str = "src-tauri/crates/reading/fuzz";
/// A target, the folder of sheets in the repository that it begins with beside its own seeds, and the longest input in bytes.
const TARGETS: [(&str, Option<&str>, &str); 3] = [
    ("text", Some("tests/cases/sheets"), "-max_len=16384"),
    ("pdf", None, "-max_len=20000"),
    ("picture", None, "-max_len=20000"),
];
/// The time is that of the clock, also where the machine does something else meanwhile, and an instrumented program takes several times as
/// long as the reader does.
const LIMITS: [&str; 4] = [
    "-timeout=60",
    "-report_slow_units=10",
    "-rss_limit_mb=600",
    "-print_final_stats=1",
];

/// Runs each target for so many seconds. What breaks one is kept under `fuzz/artifacts` beside the reader, and the line that repeats it
/// is printed.
pub(crate) fn run(seconds: &str) -> Result<(), Stop> {
    let seconds: u32 = seconds
        .parse()
        .map_err(|_| Stop::Failed(format!("{seconds} is not a number")))?;
    let nightly = || {
        let mut command = program("rustup");
        command.args(["run", "nightly", "cargo", "fuzz"]);
        command
    };
    if ask(nightly().arg("--version")).is_none() {
        return Err(Stop::Machine(
            "a nightly compiler or cargo-fuzz is missing. Run this, then the same command again:\n\n  \
             rustup toolchain install nightly && cargo install cargo-fuzz\n"
                .into(),
        ));
    }
    let home = target().join("fuzz");
    let mut broken = Vec::new();
    for (name, sheets, longest) in TARGETS {
        // The first folder takes what is found, the others are only read.
        let found = home.join("corpus").join(name);
        std::fs::create_dir_all(&found)?;
        let mut command = nightly();
        command
            .args(["run", "--fuzz-dir", FOLDER, "--sanitizer", "none"])
            .arg("--target-dir")
            .arg(&home)
            .arg(name)
            .arg(found)
            .arg(root().join(FOLDER).join("seeds").join(name))
            .args(sheets.map(|sheets| root().join(sheets)))
            .arg("--")
            .args(LIMITS)
            .arg(longest)
            .arg(format!("-max_total_time={seconds}"));
        if must(&mut command).is_err() {
            broken.push(name);
        }
    }
    if broken.is_empty() {
        Ok(())
    } else {
        Err(Stop::Failed(format!("broken: {}", broken.join(", "))))
    }
}
