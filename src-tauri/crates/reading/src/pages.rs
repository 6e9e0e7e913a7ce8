//! A file's pages one by one: text as it stands there, or pixels for an engine. Nothing is kept of a page once it was given.

use std::borrow::Cow;

use image::ImageFormat;

use crate::picture::{self, Picture};
use crate::text::{self, RawLine};
use crate::{ReadError, limits, pdf};

/// A file that was opened.
pub struct Pages<'a> {
    inner: Inner<'a>,
}

enum Inner<'a> {
    /// Plain text, page by page.
    Text(Vec<Vec<RawLine>>),
    Pdf(Box<pdf::Pages>),
    Picture(&'a [u8], ImageFormat),
    /// A TIFF and where each of its pages is described.
    Tiff(&'a [u8], Vec<u32>),
}

/// One page.
pub(crate) enum Page {
    /// Its lines.
    Text(Vec<RawLine>),
    /// Its picture, and the letters somebody else's engine laid under it, if any.
    Picture(Picture, Vec<RawLine>),
    /// Nothing on it can be opened, for this reason.
    Broken(ReadError),
}

impl<'a> Pages<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// It is of no kind that is read, damaged, locked, or beyond the limits.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        within(bytes, limits::BYTES)?;
        let inner = match Kind::of(bytes) {
            Kind::Text => {
                within(bytes, limits::TEXT_BYTES)?;
                Inner::Text(text::pages(bytes)?)
            }
            Kind::Pdf => Inner::Pdf(Box::new(pdf::Pages::open(bytes)?)),
            Kind::Picture(ImageFormat::Tiff) => Inner::Tiff(bytes, tiff_pages(bytes)?),
            Kind::Picture(format) => Inner::Picture(bytes, format),
            Kind::OtherPicture => return Err(ReadError::PictureKind),
            Kind::Other => return Err(ReadError::NotText),
        };
        Ok(Self { inner })
    }

    /// How many pages there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        match &self.inner {
            Inner::Text(pages) => u32::try_from(pages.len()).unwrap_or(u32::MAX),
            Inner::Picture(..) => 1,
            Inner::Pdf(pages) => pages.count(),
            Inner::Tiff(_, places) => u32::try_from(places.len()).unwrap_or(u32::MAX),
        }
    }

    /// Whether no page is known to be lost.
    pub(crate) fn whole(&self) -> bool {
        match &self.inner {
            Inner::Pdf(pages) => pages.whole(),
            _ => true,
        }
    }

    /// A page by its number, from 1.
    pub(crate) fn page(&self, number: u32) -> Result<Page, ReadError> {
        let opened = |picture: Result<Picture, ReadError>| match picture {
            Ok(picture) => Page::Picture(picture, Vec::new()),
            Err(error) => Page::Broken(error),
        };
        Ok(match &self.inner {
            Inner::Text(pages) => {
                let page = usize::try_from(number.saturating_sub(1)).ok();
                let lines = page.and_then(|at| pages.get(at));
                Page::Text(lines.cloned().unwrap_or_default())
            }
            Inner::Pdf(pages) => pages.page(number)?,
            Inner::Picture(bytes, format) => opened(picture::decode(bytes, *format)),
            Inner::Tiff(bytes, places) => {
                let place = usize::try_from(number.saturating_sub(1))
                    .ok()
                    .and_then(|at| places.get(at));
                opened(match place {
                    Some(place) => picture::decode(&tiff_page(bytes, *place), ImageFormat::Tiff),
                    None => Err(ReadError::DamagedPicture),
                })
            }
        })
    }
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

/// Where the pages of a TIFF are described (TIFF 6.0, section 2): a chain of directories, each naming the next.
fn tiff_pages(bytes: &[u8]) -> Result<Vec<u32>, ReadError> {
    let little = bytes.starts_with(b"II");
    let number = |at: usize, length: usize| -> Option<u32> {
        let part = bytes.get(at..at.checked_add(length)?)?;
        let fold = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
        Some(if little {
            part.iter().rev().fold(0, fold)
        } else {
            part.iter().fold(0, fold)
        })
    };
    let mut places = Vec::new();
    let mut place = number(4, 4).unwrap_or(0);
    while place != 0 {
        // A directory that names an earlier one would never end.
        if places.contains(&place) {
            break;
        }
        if places.len() >= limits::PAGES {
            return Err(ReadError::TooManyPages {
                pages: places.len() + 1,
                limit: limits::PAGES,
            });
        }
        let at = place as usize;
        let Some(entries) = number(at, 2) else { break };
        places.push(place);
        place = number(at + 2 + entries as usize * 12, 4).unwrap_or(0);
    }
    if places.is_empty() {
        return Err(ReadError::DamagedPicture);
    }
    Ok(places)
}

/// The same file with another page first: decoders read the first alone.
fn tiff_page(bytes: &[u8], place: u32) -> Cow<'_, [u8]> {
    let written = if bytes.starts_with(b"II") {
        place.to_le_bytes()
    } else {
        place.to_be_bytes()
    };
    if bytes.get(4..8) == Some(&written) {
        return Cow::Borrowed(bytes);
    }
    let mut changed = bytes.to_vec();
    if let Some(first) = changed.get_mut(4..8) {
        first.copy_from_slice(&written);
    }
    Cow::Owned(changed)
}

/// What a file is by its first bytes.
enum Kind {
    Text,
    Pdf,
    Picture(ImageFormat),
    /// A picture of a kind that is not read.
    OtherPicture,
    Other,
}

impl Kind {
    fn of(bytes: &[u8]) -> Self {
        let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        let brand = bytes.get(4..12).unwrap_or_default();
        match start {
            [0xff, 0xd8, 0xff, ..] => Self::Picture(ImageFormat::Jpeg),
            [0x89, b'P', b'N', b'G', ..] => Self::Picture(ImageFormat::Png),
            [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => {
                Self::Picture(ImageFormat::Tiff)
            }
            [b'G', b'I', b'F', b'8', ..]
            | [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..]
            | [b'I', b'I', b'+', 0, ..]
            | [b'M', b'M', 0, b'+', ..]
            | [0, 0, 0, 12, b'j', b'P', ..] => Self::OtherPicture,
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Self::OtherPicture,
            // HEIC, AVIF and films.
            _ if brand.starts_with(b"ftyp") => Self::OtherPicture,
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
