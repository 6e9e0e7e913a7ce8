//! Bounds on a file from outside. A real form is far smaller; beyond these it is refused before it costs time or memory.

/// Bytes of a file.
pub(crate) const BYTES: usize = 32 << 20;
/// Bytes that the packed parts of a file may unpack to while it is opened, all together.
pub(crate) const OPENING_BYTES: usize = 64 << 20;
/// Bytes that one page's content may unpack to when its text is read.
pub(crate) const PAGE_BYTES: usize = 8 << 20;
/// Objects of a file.
pub(crate) const OBJECTS: usize = 100_000;
/// Pages of a form.
pub(crate) const PAGES: usize = 60;
/// Drawings of a page whose words are read.
pub(crate) const DRAWINGS: usize = 20;
/// Fields of a form.
pub(crate) const FIELDS: usize = 5_000;
/// Nesting of anything that is followed from object to object.
pub(crate) const DEPTH: usize = 40;
/// Characters of one value.
pub(crate) const VALUE: usize = 20_000;
/// Pages that a continuation may take.
pub(crate) const CONTINUATION: usize = 40;
