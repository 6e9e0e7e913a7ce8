//! The text layer of a PDF, page by page, within limits. Pictures are not looked at.

mod font;
mod layout;
mod page;

use std::time::{Duration, Instant};

use lopdf::{DecompressError, Document, Error, LoadOptions};

use crate::text::RawLine;
use crate::{ReadError, limits};

/// What stands for the text of a page that is only a picture: it must not vanish silently.
pub(crate) const PICTURE_PAGE: &str = "(this page is a picture without text)";

/// Lines of a PDF's text layer, laid out as printed: rows from top to bottom, columns by blanks.
pub(crate) fn lines(bytes: &[u8]) -> Result<Vec<RawLine>, ReadError> {
    let deadline = Instant::now() + Duration::from_secs(limits::SECONDS);
    let document = open(bytes)?;
    if document.objects.len() > limits::OBJECTS {
        return Err(ReadError::Bomb);
    }
    let pages: Vec<_> = document.page_iter().take(limits::PAGES + 1).collect();
    if pages.is_empty() {
        return Err(ReadError::Damaged);
    }
    if pages.len() > limits::PAGES {
        return Err(ReadError::TooManyPages {
            pages: document.page_iter().count(),
            limit: limits::PAGES,
        });
    }
    let (mut lines, mut characters, mut letters) = (Vec::new(), 0, 0_usize);
    for (page, id) in (1_u32..).zip(pages) {
        // One broken page does not hide the others: it stays visible as an unread line.
        let content = match page::contents(&document, id, deadline) {
            Ok(content) => content,
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(ReadError::Bomb);
            }
            Err(_) => page::Content::damaged(),
        };
        if Instant::now() > deadline {
            return Err(ReadError::TooSlow {
                seconds: limits::SECONDS,
            });
        }
        let mut rows = layout::rows(content.runs);
        if content.pictures && rows.iter().all(|row| row.trim().is_empty()) {
            rows = vec![PICTURE_PAGE.to_owned()];
        } else {
            letters += rows
                .iter()
                .flat_map(|row| row.chars())
                .filter(|c| c.is_alphanumeric())
                .count();
        }
        for (line, text) in (1_u32..).zip(rows) {
            characters += text.len();
            lines.push(RawLine { page, line, text });
        }
        if characters > limits::CHARACTERS || lines.len() > limits::LINES {
            return Err(ReadError::Bomb);
        }
    }
    if letters == 0 {
        return Err(ReadError::NoText);
    }
    Ok(lines)
}

fn open(bytes: &[u8]) -> Result<Document, ReadError> {
    // Packed objects are unpacked while opening; sharing one allowance among them bounds the sum, not only each.
    let packed = bytes
        .windows(6)
        .filter(|word| word == b"stream")
        .count()
        .max(1);
    let options = LoadOptions {
        max_decompressed_size: Some((limits::OPENING_BYTES / packed).clamp(256 << 10, 16 << 20)),
        ..LoadOptions::default()
    };
    match Document::load_mem_with_options(bytes, options) {
        // lopdf tries the empty password itself; what is still locked has a real one.
        Ok(document) if document.is_encrypted() && !document.was_encrypted() => {
            Err(ReadError::Encrypted)
        }
        Ok(document) => Ok(document),
        Err(
            Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_),
        ) => Err(ReadError::Encrypted),
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => Err(ReadError::Bomb),
        Err(_) => Err(ReadError::Damaged),
    }
}
