//! The whole app over its real commands and permissions, without a display: Tauri's mock runtime, the real configuration, the
//! real vault, reader, law and papers.

mod journey;
mod office;
mod permissions;
mod training;
