//! The mass review from outside: rows in, decisions, reports and papers out.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

mod asked_for;
mod defects;
mod doubtful;
mod filing;
mod formats;
#[path = "../../benches/generate.rs"]
mod generate;
mod order;
mod pages;
mod policies;
mod reconcile;
mod report;
mod spread;
#[path = "../support/mod.rs"]
mod support;
mod told_apart;
mod track;
mod what_if;
