//! A PDF page by page, within limits: its text layer, or the picture of a scanned page.

mod damage;
mod font;
mod layout;
mod page;
mod pictures;

use std::time::{Duration, Instant};

use lopdf::{DecompressError, Document, Error, LoadOptions, ObjectId};

use crate::pages::Page;
use crate::text::RawLine;
use crate::{ReadError, limits};

/// What stands for the text of a page that is only a picture: it must not vanish silently.
pub(crate) const PICTURE_PAGE: &str = "(this page is a picture without text)";

/// What stands below the text of a page of which a part is lost.
pub(crate) const DAMAGED_PAGE: &str =
    "(this page of the PDF is damaged: a part of it could not be read)";

/// What stands below the text of a page whose pieces stand in no order that is understood.
pub(crate) const UNCLEAR_PAGE: &str = "(the text of this page is turned or in columns that cannot be told apart: compare everything on it)";

/// What stands below the text of a page where letters that run in another direction were left out.
pub(crate) const LEFT_OUT: &str =
    "(letters that run across this page, as a watermark or a stamp, were left out)";

/// What stands for a page of which nothing can be opened.
pub(crate) const BROKEN_PAGE: &str = "(this page of the PDF is damaged and could not be read)";

/// What stands below the last page of a file that lost something, nobody knows where.
pub(crate) const DAMAGED_FILE: &str = "(the PDF is damaged: pages of it may be missing)";

/// Whether a line stands for something that could not be read.
pub(crate) fn is_gap(line: &str) -> bool {
    [
        PICTURE_PAGE,
        DAMAGED_PAGE,
        UNCLEAR_PAGE,
        BROKEN_PAGE,
        DAMAGED_FILE,
    ]
    .contains(&line)
}

/// A PDF that was opened.
pub(crate) struct Pages {
    document: Document,
    ids: Vec<ObjectId>,
    /// Nothing of its pages is known to be lost.
    whole: bool,
    deadline: Instant,
}

impl Pages {
    /// Opens a PDF.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        let document = open(bytes)?;
        if document.objects.len() > limits::OBJECTS {
            return Err(ReadError::Bomb);
        }
        let (ids, whole) = damage::pages(&document);
        if ids.is_empty() {
            return Err(ReadError::Damaged);
        }
        if ids.len() > limits::PAGES {
            return Err(ReadError::TooManyPages {
                pages: document.page_iter().count().max(ids.len()),
                limit: limits::PAGES,
            });
        }
        Ok(Self {
            document,
            ids,
            whole,
            deadline: Instant::now() + Duration::from_secs(limits::SCAN_SECONDS),
        })
    }

    /// Whether nothing of its pages is known to be lost.
    pub(crate) fn whole(&self) -> bool {
        self.whole
    }

    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.ids.len()).unwrap_or(u32::MAX)
    }

    /// A page: rows from top to bottom, columns by blanks; or its picture where it shows no letters of its own.
    pub(crate) fn page(&self, number: u32) -> Result<Page, ReadError> {
        let id = usize::try_from(number.saturating_sub(1))
            .ok()
            .and_then(|at| self.ids.get(at))
            .ok_or(ReadError::Damaged)?;
        if Instant::now() > self.deadline {
            return Err(ReadError::TooSlow {
                seconds: limits::SCAN_SECONDS,
            });
        }
        let deadline = (Instant::now() + Duration::from_secs(limits::SECONDS)).min(self.deadline);
        let content = match page::contents(&self.document, *id, deadline) {
            Ok(content) => content,
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(ReadError::Bomb);
            }
            // One broken page does not hide the others: it stays visible as an unread line.
            Err(_) => return Ok(Page::Broken(ReadError::Damaged)),
        };
        if Instant::now() > deadline {
            return Err(ReadError::TooSlow {
                seconds: limits::SECONDS,
            });
        }
        let layout::Laid {
            mut rows,
            left_out,
            unclear,
        } = layout::lay(content.runs);
        if content.damaged && content.seen == 0 && !content.pictures {
            return Ok(Page::Broken(ReadError::Damaged));
        }
        if left_out {
            rows.push(LEFT_OUT.to_owned());
        }
        if unclear {
            rows.push(UNCLEAR_PAGE.to_owned());
        }
        if content.damaged {
            rows.push(DAMAGED_PAGE.to_owned());
        }
        let lines: Vec<RawLine> = (1_u32..)
            .zip(rows)
            .map(|(line, text)| RawLine {
                page: number,
                line,
                text,
                words: Vec::new(),
            })
            .collect();
        if lines.iter().map(|line| line.text.len()).sum::<usize>() > limits::CHARACTERS {
            return Err(ReadError::Bomb);
        }
        if content.seen > 0 || !content.pictures {
            return Ok(Page::Text(lines));
        }
        Ok(match pictures::page(&self.document, &content.placed) {
            Ok(picture) => Page::Picture(picture, lines),
            Err(_) if !lines.is_empty() => Page::Text(lines),
            Err(error) => Page::Broken(error),
        })
    }
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
