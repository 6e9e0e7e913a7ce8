//! What is read at most. Real sheets run to some 60 pages; these limits are for mistakes and attacks.

/// Bytes of a file: sixty scanned pages in colour.
pub const BYTES: usize = 96 << 20;
/// Bytes of a plain text: some two thousand pages.
pub(crate) const TEXT_BYTES: usize = 8 << 20;
/// Bytes of a line that is looked at; a longer one is no line of a sheet and stays unread.
pub(crate) const LINE: usize = 2_000;
/// Pages of a PDF.
pub(crate) const PAGES: usize = 400;
/// Pages of a plain text that are put in order and compared.
pub(crate) const TEXT_PAGES: u32 = 400;
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
/// Pixels of a picture: the largest that telephones take.
pub(crate) const PIXELS: u64 = 52_000_000;
/// Pixels of a picture's longer side.
pub(crate) const LONGEST: u32 = 30_000;
/// Bytes that decoding one picture may take.
pub(crate) const DECODING_BYTES: u64 = 256 << 20;
/// Bytes one picture within a PDF may unpack to.
pub(crate) const PICTURE_BYTES: usize = 160 << 20;
/// Pictures that a page is put together from.
pub(crate) const PICTURES: usize = 400;
/// Words on a page; more is noise.
pub(crate) const WORDS: usize = 5_000;
/// Seconds that an engine may work on one page.
pub(crate) const ENGINE_SECONDS: u64 = 120;
/// Seconds on the clock for one page, however busy the machine is.
pub(crate) const ENGINE_CLOCK_SECONDS: u64 = 900;
/// Pages in a row that an engine may fail on before it is asked no more.
pub(crate) const ENGINE_FAILURES: u32 = 2;
/// Seconds for all pages of a scan that were opened before the rest is given up.
pub(crate) const SCAN_SECONDS: u64 = 1_800;
