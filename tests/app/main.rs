//! The whole app over its real commands and permissions, without a display: Tauri's mock runtime, the real configuration, the
//! real vault, reader, law and papers.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

mod journey;
mod office;
mod permissions;
mod training;
