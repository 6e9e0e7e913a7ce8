//! A review cut into pieces for an engine of many machines: rows out, persons decided wherever they are, pieces put together.
//!
//! What travels between the pieces are lines of plain ASCII that sort by their bytes: the rows of a person come together, and what was
//! said comes in the order of the export. So any engine that pipes lines and sorts them will do, and `sort` on one machine
//! too. A person must not be decided in two places, no piece may be missing or come twice: [`join`] refuses that.
//!
//! [`files`] lists the export; [`split`] writes its rows; [`numbers`] takes rows and says who carries which number of the state, and
//! [`same`] takes that, sorted, and names those whose number stands under another key too; [`decide`] takes rows and names, sorted,
//! and says what the tables will hold; [`join`] takes that, sorted, and writes the folder of a review.

mod decide;
mod join;
mod line;
mod numbers;
mod split;

pub use decide::{Decide, decide};
pub use join::{Join, join};
pub use line::{escaped, unescaped};
pub use numbers::{numbers, same};
pub use split::{files, split};
