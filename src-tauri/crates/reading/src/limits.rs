//! What is read at most. Real sheets run to some 60 pages; these limits are for mistakes and attacks.

/// Bytes of a file.
pub(crate) const BYTES: usize = 32 << 20;
/// Bytes of a plain text: some two thousand pages.
pub(crate) const TEXT_BYTES: usize = 8 << 20;
/// Bytes of a line that is looked at; a longer one is no line of a sheet and stays unread.
pub(crate) const LINE: usize = 2_000;
/// Pages of a PDF.
pub(crate) const PAGES: usize = 400;
/// Lines of a text.
pub(crate) const LINES: usize = 200_000;
/// Characters of text in all pages of a PDF.
pub(crate) const CHARACTERS: usize = 16 << 20;
/// Bytes one page's contents may unpack to.
pub(crate) const PAGE_BYTES: usize = 4 << 20;
/// Bytes that all packed objects together may unpack to while a PDF is opened.
pub(crate) const OPENING_BYTES: usize = 256 << 20;
/// Objects in a PDF.
pub(crate) const OBJECTS: usize = 200_000;
/// Seconds for one file, checked between pages and between lines.
pub(crate) const SECONDS: u64 = 10;
/// Forms within forms on a PDF page.
pub(crate) const NESTING: usize = 6;
/// The widest count range that is expanded (`CNT:001-120`).
pub(crate) const RANGE: u16 = 120;
/// Counts in one sheet.
pub(crate) const COUNTS: usize = 5_000;
