//! Official PDF forms: which form a file is, a folder of them, and filling one.
//!
//! A court's forms are never part of the program. The office adds each blank once to a plain folder ([`Library`]); a blank is
//! known by its bytes, else by the number and revision it prints and by its fields ([`identify`]). What a field of it means is in
//! the packs ([`packs::forms`]), or in the office's own description beside it ([`Library::describe`]).
//!
//! [`Blank::fill`] writes values into any form with fields: a copy for filing, flattened, whose marks are part of the page, and
//! one that can still be edited. What does not fit at a readable size goes to a continuation page that names its item. Nothing is
//! written that was not given, but for read-only fields that repeat a given one. The same blank and values give the same bytes.
//! [`Finished`] looks at a PDF as a court's e-filing does. [`Binder`] puts finished PDFs one behind another for a printer.

mod bind;
mod blank;
mod described;
mod draw;
mod error;
mod faces;
mod field;
mod fill;
mod finished;
mod flatten;
mod identify;
mod layout;
mod library;
mod limits;
mod object;
mod saves;
mod shape;
mod strip;
mod tags;
mod unprinted;
mod whole;

pub use bind::{Bindable, Binder};
pub use blank::Blank;
pub use described::is_description;
pub use error::FormError;
pub use faces::{BROAD, WIDE};
pub use field::{Field, Kind};
pub use fill::{Attachment, Fill, Filled, Given, More, Moved, Refused, Values};
pub use finished::Finished;
pub use identify::{By, Identity, Known, identify, sha256};
pub use library::{AddError, Entry, Library, Rejected, Replaced, Unusable};
