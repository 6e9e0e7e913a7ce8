//! The developer's one entry: `cargo xtask run`, `cargo xtask test`, and a few more.
//!
//! It asks no question, uses the standard library only (so it compiles in seconds, before anything is installed),
//! and lets every part go on after another failed: one run tells all that is wrong. Start at [`main`]; what a
//! machine must have is in [`setup`], the parts of the test in [`test`].
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program talks to its user"
)]

mod bench;
mod guided;
mod hardship;
mod headless;
mod notices;
mod process;
mod scan;
mod setup;
mod tally;
mod test;
mod ui;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  run       install what is missing and do the main job: with a display, open the app in training mode on
            made-up clients; without one, turn a made-up RAP sheet into a packet under out/
  test      install what is missing and run every check, the real-window tests included
  bench     release benchmarks against the project's targets
  spark     get Apache Spark into a folder under target/ and run `relief` inside it on a small cluster
  notices   write THIRD-PARTY-NOTICES.txt from the locked dependencies
  setup     only install what is missing
  crash     kill relief-vault at random moments under load, 950 times or as many as are asked
  crash-app kill the app in its window while it saves, 50 times or as many as are asked
  fuzz      give spoilt input to the readers of the vault and of exports, 200,000 times each or as many as are asked; without
            a number then also to the reader of sheets: 20 seconds each for texts, PDFs and pictures, and as `fuzz guided`
  fuzz guided  let the coverage of the reader of sheets guide what is given to it, 1,200 seconds each or as many as are
            asked; needs a nightly compiler and cargo-fuzz
  fuzz-sheets  give bent sheets, PDFs and pictures to the reader, 60 seconds each or as many as are asked

run --headless does the job without a window even where there is a display.
";

/// Why a command stopped, as the exit status says it.
#[derive(Debug)]
enum Stop {
    /// A check or a step failed. The words say which.
    Failed(String),
    /// The machine lacks something that this program may not or cannot install. The words say what to do.
    Machine(String),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["run"] => headless::run(false),
        ["run", "--headless"] => headless::run(true),
        ["test"] => test::run(),
        ["bench"] => bench::run(),
        ["spark"] => hardship::spark(),
        ["notices"] => notices::write(),
        ["crash"] => hardship::crash("950"),
        ["crash", count] => hardship::crash(count),
        ["crash-app"] => hardship::crash_app("50"),
        ["crash-app", count] => hardship::crash_app(count),
        ["fuzz"] => hardship::fuzz("200000")
            .and_then(|()| hardship::fuzz_sheets("20"))
            .and_then(|()| guided::run("1200")),
        ["fuzz", "guided"] => guided::run("1200"),
        ["fuzz", "guided", seconds] => guided::run(seconds),
        ["fuzz", count] => hardship::fuzz(count),
        ["fuzz-sheets"] => hardship::fuzz_sheets("60"),
        ["fuzz-sheets", seconds] => hardship::fuzz_sheets(seconds),
        ["setup"] => setup::install(setup::For::Tests).and_then(|()| ui::install()),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Failed(words)) => {
            eprintln!("xtask: {words}");
            ExitCode::FAILURE
        }
        Err(Stop::Machine(words)) => {
            eprintln!("xtask: {words}");
            ExitCode::from(2)
        }
    }
}
