//! The faces every paper is set in. They come from the project only; the machine's own fonts are never looked at.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::PaperError;

/// Times metrics first (a face that courts accept), then two wide ones for names that it has no letters for.
const FILES: [&[u8]; 6] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
    forms::WIDE,
    forms::BROAD,
];

/// The faces and their index, read once.
pub(crate) struct Faces {
    /// The faces, in the order of the index.
    pub(crate) fonts: Vec<Font>,
    /// Typst's index of them.
    pub(crate) book: LazyHash<FontBook>,
}

/// All faces.
pub(crate) static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES
        .iter()
        .flat_map(|file| Font::iter(Bytes::new(*file)))
        .collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    Faces { fonts, book }
});

/// Refuses a text that would come out with holes, or that would read otherwise than it is written.
///
/// # Errors
/// Names the first character that no face has, or that is invisible and changes how its neighbours read.
pub(crate) fn check(text: &str) -> Result<(), PaperError> {
    match text.chars().find(|&c| !printable(c)) {
        None => Ok(()),
        Some(character) => Err(PaperError::Glyph {
            character,
            code: u32::from(character),
        }),
    }
}

/// A text with a question mark for each character that cannot be printed.
pub(crate) fn legible(text: &str) -> String {
    let one = |c: char| if printable(c) { c } else { '?' };
    text.chars().map(one).collect()
}

fn printable(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        // Joiners and direction marks that ordinary Persian, Arabic and Hebrew names carry: they shape, they print nothing.
        '\u{200b}'..='\u{200f}' => true,
        // Overrides turn text around: what is read would not be what is written.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        c if c.is_control() => false,
        c => FACES
            .fonts
            .iter()
            .any(|font| font.info().coverage.contains(u32::from(c))),
    }
}
