//! The desk from outside: what the window asks of an office, and what it gets.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

#[path = "../../../papers/tests/support/blank.rs"]
mod blank;
mod checks;
mod identity;
mod library;
mod rescreen;
mod restore;
mod review;
mod review_after;
mod review_stopped;
mod reviewing;
mod roles;
mod safe;
mod sign_off;
mod spanish;
#[path = "../support/mod.rs"]
mod support;
mod training;
mod typed;
mod types;
