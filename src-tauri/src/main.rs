//! Starts the app.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use mimalloc::MiMalloc;
use relief_desk::{Options, Usage, builder, context};
use zeroizing_alloc::ZeroAlloc;

/// What is let go of is overwritten: no record stays in memory behind a lock.
#[global_allocator]
static MEMORY: ZeroAlloc<MiMalloc> = ZeroAlloc(MiMalloc);

fn main() -> ExitCode {
    // First of all: from here on no crash writes a client to disk.
    desk::no_core_dumps();
    relief_desk::wiping();
    let options = match Options::parse(std::env::args_os().skip(1)) {
        Ok(options) => options,
        Err(usage) => return say(&usage),
    };
    match builder(tauri::Builder::default(), options).run(context()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("the window could not be opened: {error}"));
            ExitCode::FAILURE
        }
    }
}

#[expect(
    clippy::print_stdout,
    reason = "asked for on the command line, before there is a window"
)]
fn say(usage: &Usage) -> ExitCode {
    match usage {
        Usage::Help => println!("{}", Usage::TEXT),
        Usage::Version => println!("relief-desk {}", env!("CARGO_PKG_VERSION")),
        Usage::Wrong(what) => {
            complain(&format!("{what}\n{}", Usage::TEXT));
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

#[expect(
    clippy::print_stderr,
    reason = "there is no window to say it in; never a client's data"
)]
fn complain(what: &str) {
    eprintln!("relief-desk: {what}");
}
