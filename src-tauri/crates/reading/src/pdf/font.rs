//! Fonts of a page: from shown bytes to characters and how wide they stand.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use crate::limits;

/// Width of a character, in thousandths of the font size, where the font does not say: that of the fonts sheets are printed in.
const USUAL_WIDTH: f64 = 600.0;

/// A font as far as its text needs it.
pub(super) struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    wide_codes: bool,
    widths: HashMap<u32, f64>,
    default_width: f64,
}

impl<'a> Font<'a> {
    /// Reads a font; what is broken in it falls back to usual values.
    ///
    /// # Errors
    /// Its character map unpacks beyond the limit.
    pub(super) fn read(font: &'a Dictionary, document: &'a Document) -> Result<Self, lopdf::Error> {
        let encoding = match font.get_font_encoding_with_limit(document, limits::PAGE_BYTES) {
            Ok(encoding) => Some(encoding),
            Err(error @ lopdf::Error::Decompress(_)) => return Err(error),
            Err(_) => None,
        };
        let wide_codes = font
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|name| name == b"Type0");
        let (widths, default_width) = if wide_codes {
            wide_widths(font, document)
        } else {
            (simple_widths(font, document), USUAL_WIDTH)
        };
        Ok(Self {
            encoding,
            wide_codes,
            widths,
            default_width,
        })
    }

    /// The characters that these bytes show; none where the font's map cannot say.
    pub(super) fn text(&self, bytes: &[u8]) -> Option<String> {
        match &self.encoding {
            Some(encoding) => Document::decode_text(encoding, bytes).ok(),
            None => Some(bytes.iter().map(|byte| char::from(*byte)).collect()),
        }
    }

    /// The codes in these bytes, each with its width in font sizes and whether it is a blank to stretch.
    pub(super) fn advances<'b>(
        &'b self,
        bytes: &'b [u8],
    ) -> impl Iterator<Item = (f64, bool)> + 'b {
        let step = if self.wide_codes { 2 } else { 1 };
        bytes.chunks(step).map(move |code| {
            let code = code.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            let width = self
                .widths
                .get(&code)
                .copied()
                .unwrap_or(self.default_width);
            (width / 1000.0, !self.wide_codes && code == 32)
        })
    }
}

fn number(object: &Object) -> Option<f64> {
    object
        .as_float()
        .ok()
        .map(f64::from)
        .filter(|n| n.is_finite())
}

fn simple_widths(font: &Dictionary, document: &Document) -> HashMap<u32, f64> {
    let first = font
        .get_deref(b"FirstChar", document)
        .ok()
        .and_then(|first| u32::try_from(first.as_i64().ok()?).ok())
        .unwrap_or(0);
    let widths = font
        .get_deref(b"Widths", document)
        .and_then(Object::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    (first..)
        .zip(widths)
        .filter_map(|(code, width)| {
            let width = number(document.dereference(width).ok()?.1)?;
            (width > 0.0).then_some((code, width))
        })
        .collect()
}

/// The `W` array: `first [w w w]` or `first last w`.
fn wide_widths(font: &Dictionary, document: &Document) -> (HashMap<u32, f64>, f64) {
    let usual = (HashMap::new(), 1000.0);
    let Some(inner) = font
        .get_deref(b"DescendantFonts", document)
        .and_then(Object::as_array)
        .ok()
        .and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok())
    else {
        return usual;
    };
    let default = inner
        .get_deref(b"DW", document)
        .ok()
        .and_then(number)
        .unwrap_or(usual.1);
    let list = inner
        .get_deref(b"W", document)
        .and_then(Object::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut widths = HashMap::new();
    let mut rest = list
        .iter()
        .filter_map(|o| Some(document.dereference(o).ok()?.1));
    while let (Some(first), Some(next)) = (rest.next(), rest.next()) {
        let Some(first) = first.as_i64().ok().and_then(|n| u32::try_from(n).ok()) else {
            break;
        };
        if let Ok(array) = next.as_array() {
            let each = array.iter().filter_map(number);
            widths.extend((first..).zip(each));
        } else {
            let last = next.as_i64().ok().and_then(|n| u32::try_from(n).ok());
            let width = rest.next().and_then(number);
            let (Some(last), Some(width)) = (last, width) else {
                break;
            };
            // Codes have two bytes; a wider range is damage.
            widths.extend((first..=last.min(0xffff)).map(|code| (code, width)));
        }
    }
    (widths, default)
}
