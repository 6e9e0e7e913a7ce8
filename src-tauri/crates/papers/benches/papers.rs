//! How long papers take: the first one cold, one three-page paper after it, a whole packet. `cargo bench -p papers`.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use serde_json::json;
use support::Client;

/// The most a three-page paper may take after the first.
const PAPER: Duration = Duration::from_millis(25);
/// The most a whole packet may take.
const PACKET: Duration = Duration::from_millis(100);

fn main() {
    let start = Instant::now();
    let mut held = Client::new();
    held.record["person"]["citizenship"] = json!(null);
    held.packet();
    println!("first paper, cold: {:.1} ms", millis(start.elapsed()));

    // A paper is made inside a packet only: its time is what a packet takes more with it than without it.
    let plain = Client::new();
    let mut longer = Client::new();
    let words = "I was there, and I saw it with my own eyes. ".repeat(110);
    longer.answers["declare"] = json!([{"case": 0, "count": 0, "text": words}]);
    let packet = longer.packet();
    let declared = packet.cases[0]
        .papers
        .iter()
        .find(|p| p.file == "declaration.pdf");
    assert_eq!(
        declared.map(|paper| paper.pages),
        Some(3),
        "the declaration is to have three pages"
    );
    let mut without = Vec::new();
    let mut with = Vec::new();
    for round in 0..20 {
        // Every packet is another client's: nothing may come from a cache of finished work.
        let name = format!("Number{round}");
        without.push(time(&plain.clone().named(&name, "", "Testperson")));
        with.push(time(&longer.clone().named(&name, "", "Testperson")));
    }
    let (without, with) = (median(without), median(with));
    report(
        "three-page paper after the first",
        with.saturating_sub(without),
        PAPER,
    );
    report("whole packet (7 pages in 5 papers)", without, PACKET);
    divan::main();
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn packet(bencher: divan::Bencher<'_, '_>) {
    let client = Client::new();
    bencher.bench_local(|| client.packet());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn client_sheet_only(bencher: divan::Bencher<'_, '_>) {
    let mut client = Client::new();
    client.record["person"]["citizenship"] = json!(null);
    bencher.bench_local(|| client.packet());
}

fn time(client: &Client) -> Duration {
    let start = Instant::now();
    divan::black_box(client.packet());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn report(what: &str, took: Duration, most: Duration) {
    let ratio = took.as_secs_f64() / most.as_secs_f64();
    println!(
        "{what}: {:.1} ms, {ratio:.2} of the {} ms allowed",
        millis(took),
        most.as_millis()
    );
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
