//! Recognition of letters: what an engine gives for a page's picture, and how its words become lines of a sheet.
//!
//! The engine itself stands behind [`Recognizer`]: the program `tesseract` where it is installed ([`Tesseract`]), or whatever the window
//! brings with it.

mod ink;
mod page;
mod rows;
mod running;
mod tesseract;

use crate::{Picture, ReadError};
pub(crate) use page::page;
pub use tesseract::Tesseract;

/// One word as an engine read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its letters.
    pub text: String,
    /// Its place on the picture in pixels: left, top, right, bottom.
    pub frame: [u32; 4],
    /// How sure the engine is, in hundredths.
    pub sure: u8,
    /// Which line of the page the engine counts it to; the numbers only tell lines apart.
    pub line: u32,
}

/// What makes words of a picture.
pub trait Recognizer {
    /// The words on a picture of an upright page.
    ///
    /// # Errors
    /// The engine failed, or took too long.
    fn recognize(&mut self, picture: &Picture) -> Result<Vec<Word>, ReadError>;
}
