//! The mass review: a county's convictions out of the state's bulk export, each decided by the law and the county's policy.
//!
//! Rows become the same typed record as everything else and go through the same engine and pack; a policy may give more than the law and
//! never less. What the export leaves open goes to a person. Memory is bounded whatever the size of the export; nothing here
//! reads a clock.
//!
//! Start at [`run`]. Whose rows are whose: `feed`, `held`, `numbers`; what a row says: `reading::export`; what comes of a conviction: [`whole`]
//! and [`determination`]; what a policy says: [`judge`]; what another would: [`Digest`].

mod asked;
mod batch;
pub mod columns;
mod csv;
mod decided;
mod decisions;
pub mod determination;
mod digest;
mod doubt;
mod error;
pub mod facts;
mod feed;
mod fields;
mod files;
pub mod filing;
mod hands;
mod held;
mod input;
mod job;
pub mod judge;
mod kept;
mod locked;
mod look;
mod numbers;
pub mod options;
pub mod pages;
mod parquet;
mod pool;
pub mod reconcile;
mod report;
mod run;
mod seal;
mod seen;
mod side;
pub mod spread;
mod stage;
mod summary;
mod table;
pub mod tally;
pub mod track;
mod watch;
mod what_if;
mod who;
pub mod whole;
mod words;

pub use decided::columns;
pub use decisions::Decisions;
pub use error::ReviewError;
pub use hands::{DECISIONS, Hands};
pub use job::{Done, Format, Job, REPORT, SUMMARY, TABLES, WHAT_IF};
pub use kept::{FACTS, Kept, open};
pub use locked::Lock;
pub use look::{Look, look, twin};
pub use report::FIGURES;
pub use run::run;
pub use side::Disparity;
pub use watch::{At, Go, Progress, Watch};
pub use what_if::Digest;
