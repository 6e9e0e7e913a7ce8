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
    let start = Instant::now();
    let mut made = Made::default();
    for some in asked(clients, &client) {
        let requests: Vec<_> = some.iter().map(support::Asks::request).collect();
        for packet in papers::prepare_all(&requests) {
            let packet = packet.expect("a packet of made-up facts");
            made.add(packet.files().map(|(_, _, paper)| paper.pages));
        }
    }
    made.say(clients, "whole packets", start.elapsed());
    // The figure as it is stated: what goes to the court, three papers a packet.
    let start = Instant::now();
    let mut made = Made::default();
    for some in asked(clients, &client) {
        let requests: Vec<_> = some.iter().map(support::Asks::request).collect();
        for papers in papers::filed_all(&requests) {
            let papers = papers.expect("papers of made-up facts");
            made.add(papers.iter().map(|paper| paper.pages));
        }
    }
    assert_eq!(made.papers, 3 * clients, "three papers a packet");
    made.say(clients, "packets of three papers", start.elapsed());
}

/// The clients as the desk takes them: a few for each core at a time.
fn asked(
    clients: usize,
    client: &impl Fn(usize) -> support::Asks,
) -> impl Iterator<Item = Vec<support::Asks>> {
    let each = papers::in_one_go();
    (0..clients)
        .step_by(each)
        .map(move |first| (first..clients).take(each).map(client).collect())
}

/// What was made so far.
#[derive(Default)]
struct Made {
    packets: usize,
    papers: usize,
    pages: usize,
    /// The memory when a tenth was made.
    early: Option<u64>,
}

impl Made {
    fn add(&mut self, pages: impl Iterator<Item = usize>) {
        for pages in pages {
            self.papers += 1;
            self.pages += pages;
        }
        self.packets += 1;
        if self.packets == CLIENTS / 10 {
            self.early = memory();
        }
    }

    fn say(&self, clients: usize, what: &str, took: Duration) {
        println!(
            "{clients} {what}, {} papers, {} pages: {:.1} s, {:.2} of the {} s allowed for {CLIENTS}",
            self.papers,
            self.pages,
            took.as_secs_f64(),
            took.as_secs_f64() / ALL.as_secs_f64(),
            ALL.as_secs()
        );
        if let (Some(early), Some(late)) = (self.early, memory()) {
            println!(
                "memory: {early} MiB after a tenth, {late} MiB at the end, of the {MEMORY} MiB allowed"
            );
        }
    }
}

/// The most memory the process held so far, in mebibytes, where the system says it.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
