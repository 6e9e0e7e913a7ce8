//! The state's bulk export: rows of one person to a record.
//!
//! The export is a table of 95 columns; a row is one part of the sentence of one count of one step of one cycle. This module knows
//! the columns, the spellings of blanks, dates and charges, and how the rows of one person make a [`Person`]. Where
//! files are opened, whose rows are gathered and what is made of the answers is the mass review's business.
//!
//! Start at [`Book`] and [`Person::of`].

mod book;
pub mod charge;
pub mod column;
mod count;
mod field;
mod person;
mod relief;

pub use book::{Book, Ended, Known};
pub use count::{Conflict, Counted, Step};
pub use field::{Dated, QUOTED, Row, date, level, text};
pub use person::{Kept, Person};

/// The export is this jurisdiction's.
pub const JURISDICTION: &str = crate::sheet::JURISDICTION;
