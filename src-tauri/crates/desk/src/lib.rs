//! The use cases without a window: the one place that knows the vault, the law, the papers and the reader together, and who may
//! do what. Time is a parameter ([`Moment`]); nothing here reads a clock or knows a window.
//!
//! Two states, two types: a [`Door`] is a closed office, where there are no clients; a [`Desk`] is an open one. Start at
//! [`Door::unlock`].

mod acts;
mod backups;
mod bulk;
mod checks;
mod clients;
mod code_sheet;
mod conflicts;
mod door;
mod error;
mod exports;
mod facts;
mod folder;
mod identity;
mod import;
mod keeping;
mod laptops;
mod library;
mod log;
mod making;
mod merge;
mod named;
mod origin;
mod originals;
mod out;
mod packet;
mod people;
mod rescreen;
mod restore;
mod results;
mod review;
mod scan;
mod screening;
mod sign_off;
mod statutes;
mod telling;
mod trail;
mod training;
pub mod view;
mod words;

use jiff::Timestamp;
use jiff::civil::Date;

pub use crate::review::{Looked, Looking};
pub use clients::Desk;
pub use door::Door;
pub use error::{Error, PrinterError, Result};
pub use out::Printer;
pub use scan::Scan;
pub use vault::{ClientId, no_core_dumps};

/// The office locks itself after this many minutes without a command.
pub const IDLE_MINUTES: u32 = 5;

/// Now: the moment for the log, and the day where the office is for the law.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Moment {
    /// The moment.
    pub at: Timestamp,
    /// The civil day.
    pub today: Date,
}
