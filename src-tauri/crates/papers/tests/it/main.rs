//! The papers from outside: what a clerk, a client and a court would hold.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

mod approved;
#[path = "../support/blank.rs"]
mod blank;
mod dismissal;
mod efile;
mod honest;
mod official;
mod own_forms;
mod packet;
mod page;
mod print;
mod routes;
mod signer;
mod strangers;
#[path = "../support/mod.rs"]
mod support;
