//! Five hundred packets from one process: the goal is 20 seconds on two cores, with memory flat under 600 MB. `cargo bench -p papers
//! --bench many`.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use mimalloc::MiMalloc;
use zeroizing_alloc::ZeroAlloc;

use support::Client;

/// Memory as in the window's program, where many packets are printed.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<MiMalloc> = ZeroAlloc(MiMalloc);

/// How many clients.
const CLIENTS: usize = 500;
/// The most they may take together.
const ALL: Duration = Duration::from_secs(20);
/// The most memory the process may hold, in mebibytes.
const MEMORY: u64 = 600;

fn main() {
    // Under `cargo test` a benchmark only shows that it runs.
    let clients = if std::env::args().any(|arg| arg == "--bench") {
        CLIENTS
    } else {
        2
    };
    let plain = Client::new();
    // Every packet is another client's: nothing may come from a cache of finished work.
    let client = |n| {
        let name = format!("Number{n}");
        plain.clone().named(&name, "", "Testperson").asks()
    };
    let (mut pages, mut all, mut early) = (0, 0, None);
    let start = Instant::now();
    // As the desk prints many: so many at a time as there are cores.
    for first in (0..clients).step_by(papers::at_once()) {
        let some: Vec<_> = (first..clients)
            .take(papers::at_once())
            .map(client)
            .collect();
        let requests: Vec<_> = some.iter().map(support::Asks::request).collect();
        for packet in papers::prepare_all(&requests) {
            let packet = packet.expect("a packet of made-up facts");
            pages += packet
                .files()
                .map(|(_, _, paper)| paper.pages)
                .sum::<usize>();
            all += packet.files().count();
        }
        if early.is_none() && first >= clients / 10 {
            early = memory();
        }
    }
    let took = start.elapsed();
    println!(
        "{clients} packets, {all} papers, {pages} pages: {:.1} s, {:.2} of the {} s allowed for {CLIENTS}",
        took.as_secs_f64(),
        took.as_secs_f64() / ALL.as_secs_f64(),
        ALL.as_secs()
    );
    if let (Some(early), Some(late)) = (early, memory()) {
        println!(
            "memory: {early} MiB after a tenth, {late} MiB at the end, of the {MEMORY} MiB allowed"
        );
    }
}

/// The most memory the process held so far, in mebibytes, where the system says it.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
