//! `relief-vault`: the encrypted store without a window, for tests, scheduled backups and recovery.

mod args;
mod cli;

use std::io::{self, Write};
use std::process::ExitCode;

use mimalloc::MiMalloc;
use zeroizing_alloc::ZeroAlloc;

/// What is let go of is overwritten: no record stays in memory behind a lock.
#[global_allocator]
static MEMORY: ZeroAlloc<MiMalloc> = ZeroAlloc(MiMalloc);

fn main() -> ExitCode {
    vault::no_core_dumps();
    let asked = match args::parse(std::env::args_os().skip(1)) {
        Ok(args::Line::Do(asked)) => asked,
        Ok(args::Line::Help(text)) => {
            let _ = writeln!(io::stdout(), "{text}");
            return ExitCode::SUCCESS;
        }
        Err(usage) => {
            cli::say(&usage);
            return ExitCode::from(2);
        }
    };
    match cli::run(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cli::Failure::Refused { file, words }) => {
            cli::say(&format!("{file}:1: {words}"));
            ExitCode::from(1)
        }
        Err(cli::Failure::Said) => ExitCode::from(1),
    }
}
