//! The faces a form is filled in. They come from the project only; the machine's own fonts are never looked at.

use std::sync::LazyLock;

use rustybuzz::Face as Shaper;
use rustybuzz::ttf_parser::GlyphId;

/// A face with wide coverage: Arabic, Hebrew, Cyrillic, Greek and more.
pub const WIDE: &[u8] = include_bytes!("../fonts/DejaVuSans.ttf");
/// A face for Chinese, Japanese and Korean.
pub const BROAD: &[u8] = include_bytes!("../fonts/DroidSansFallback.ttf");
/// Arial's metrics, which courts' forms are set in.
const PLAIN: &[u8] = include_bytes!("../fonts/LiberationSans-Regular.ttf");

/// A face, read once.
pub(crate) struct Face {
    /// Its file.
    pub(crate) data: &'static [u8],
    /// Its name in a PDF.
    pub(crate) name: &'static str,
    pub(crate) shaper: Shaper<'static>,
    /// Units of its em.
    pub(crate) units: f32,
}

/// All faces, the first choice first.
pub(crate) static FACES: LazyLock<Vec<Face>> = LazyLock::new(|| {
    [
        (PLAIN, "LiberationSans"),
        (WIDE, "DejaVuSans"),
        (BROAD, "DroidSansFallback"),
    ]
    .into_iter()
    .filter_map(|(data, name)| {
        let shaper = Shaper::from_slice(data, 0)?;
        let units = f32::from(u16::try_from(shaper.units_per_em()).ok()?);
        Some(Face {
            data,
            name,
            shaper,
            units,
        })
    })
    .collect()
});

/// The first face that has a letter.
pub(crate) fn face_of(c: char) -> Option<usize> {
    FACES.iter().position(|face| {
        face.shaper
            .glyph_index(c)
            .is_some_and(|glyph| glyph != GlyphId(0))
    })
}

/// Whether a face has it.
pub(crate) fn has(face: usize, c: char) -> bool {
    FACES.get(face).is_some_and(|face| {
        face.shaper
            .glyph_index(c)
            .is_some_and(|glyph| glyph != GlyphId(0))
    })
}
