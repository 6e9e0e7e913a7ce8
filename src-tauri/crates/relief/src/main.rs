//! `relief`: the same engine without a window. It links no web view and no database, so it runs on a server.
//!
//! Standard output carries documents only; every message goes to standard error as `file:line: message`. Exit status: 0 done,
//! 1 some input was refused or a packet is not ready, 2 usage.

mod args;
mod filing;
mod forms;
mod packet;
mod read;
mod report;
mod review;
mod rules;
mod schema;
mod screen;
mod spread;
mod whole;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};
use crate::report::Report;

/// Screening a stream is many small lists: a sixth of its time is the allocator's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // clap prints usage errors itself and leaves with status 2.
    let args = Args::parse();
    let mut report = Report::to_standard_error();
    match &args.command {
        Command::Read(read) => read::run(read, &mut report),
        Command::Screen(screen) => screen::run(screen, &mut report),
        Command::Packet(packet) => packet::run(packet, &mut report),
        Command::Rules { what } => rules::run(what, &mut report),
        Command::Forms(forms) => forms::run(forms, &mut report),
        Command::Review(review) => review::run(review, &mut report),
        Command::Schema { document } => schema::run(*document, &mut report),
    }
    report.status()
}
