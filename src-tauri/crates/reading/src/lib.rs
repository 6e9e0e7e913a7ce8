//! Foreign bytes in, a draft record with provenance out.
//!
//! The only room that opens files of other people: record sheets as plain text or as PDFs with a text layer. A [`Draft`] is what
//! was understood, with the fate of every single line; what was not understood is listed, and a repair that could change the
//! meaning is a [`Flag`], not a value. Pictures are refused in words.
//!
//! Start at [`read`]; the format of California sheets is in `sheet`.

mod draft;
mod error;
mod limits;
mod pdf;
mod said;
mod sheet;
mod text;

use packs::Packs;
use packs::courts::Courts;
use packs::wordings::Wordings;

pub use draft::{Draft, Fate, Flag, FlagKind, Ignored, OtherEvent, OtherKind, SourceLine};
pub use error::ReadError;

/// Reads a record sheet: plain text or a PDF with a text layer.
///
/// # Errors
/// The bytes are no such file, lie beyond the limits, or are no record sheet; each in words that say what to do.
pub fn read(bytes: &[u8], packs: &Packs) -> Result<Draft, ReadError> {
    let pack = packs.pack(sheet::JURISDICTION).ok_or(ReadError::NoTables)?;
    let (Some(courts), Some(wordings)) = (&pack.courts, &pack.wordings) else {
        return Err(ReadError::NoTables);
    };
    read_with(bytes, courts, wordings)
}

/// Reads a record sheet with the tables it needs.
///
/// # Errors
/// As for [`read`].
pub fn read_with(bytes: &[u8], courts: &Courts, wordings: &Wordings) -> Result<Draft, ReadError> {
    within(bytes, limits::BYTES)?;
    let lines = match Kind::of(bytes) {
        Kind::Text => {
            within(bytes, limits::TEXT_BYTES)?;
            text::lines(bytes)?
        }
        Kind::Pdf => pdf::lines(bytes)?,
        Kind::Picture => return Err(ReadError::Picture),
        Kind::Other => return Err(ReadError::NotText),
    };
    sheet::read(lines, courts, wordings)
}

fn within(bytes: &[u8], limit: usize) -> Result<(), ReadError> {
    if bytes.len() <= limit {
        return Ok(());
    }
    Err(ReadError::TooLarge {
        megabytes: bytes.len().div_ceil(1 << 20),
        limit: limit >> 20,
    })
}

/// What a file is by its first bytes.
enum Kind {
    Text,
    Pdf,
    Picture,
    Other,
}

impl Kind {
    fn of(bytes: &[u8]) -> Self {
        let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        let brand = bytes.get(4..12).unwrap_or_default();
        match start {
            [0xff, 0xd8, 0xff, ..]
            | [0x89, b'P', b'N', b'G', ..]
            | [b'I', b'I', b'*', 0, ..]
            | [b'M', b'M', 0, b'*', ..]
            | [b'G', b'I', b'F', b'8', ..]
            | [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Self::Picture,
            _ if brand.starts_with(b"ftyp") => Self::Picture,
            // Archives, old and new word processors.
            [b'P', b'K', 3, 4, ..]
            | [0xd0, 0xcf, 0x11, 0xe0, ..]
            | [b'{', b'\\', b'r', b't', b'f', ..] => Self::Other,
            // Readers accept what some programs write before the mark.
            _ if start.windows(5).any(|five| five == b"%PDF-") => Self::Pdf,
            _ => Self::Text,
        }
    }
}
