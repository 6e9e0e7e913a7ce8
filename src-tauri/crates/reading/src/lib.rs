//! Foreign bytes in, a draft record with provenance out.
//!
//! The only room that opens files of other people: record sheets as plain text, as PDFs, and as pictures of pages (scanned PDFs, JPEG,
//! PNG, TIFF). A [`Draft`] is what was understood, with the fate of every single line; what was not understood is listed, and a repair
//! that could change the meaning is a [`Flag`], not a value.
//!
//! Start at [`read`], or at [`read_pages`] with an engine for the recognition of letters ([`Recognizer`]). A file becomes [`Pages`], each
//! text or a [`Picture`]; pictures become lines (`ocr`); all pages are put in order (`book`); lines become a draft. The format of
//! California sheets is in `sheet`, that of the FBI's record in `fbi`, that of a county's docket text in `docket`. The layout of the
//! last two is known from public descriptions alone (`unproved` says what follows from that).

mod book;
mod closing;
mod docket;
mod draft;
mod error;
pub mod export;
mod fbi;
mod limits;
mod ocr;
mod pages;
mod pdf;
mod picture;
mod said;
mod sheet;
mod text;
mod unproved;

use packs::Packs;

pub use draft::{
    Draft, Fate, Flag, FlagKind, Ignored, OtherEvent, OtherKind, PagePicture, SourceLine,
};
pub use error::{EngineFailure, ReadError};
/// Bytes of the largest file that is read. Whoever opens one need not take in more than a byte beyond.
pub use limits::BYTES as LARGEST;
pub use ocr::{Recognizer, Tesseract, Word};
pub use pages::Pages;
pub use picture::Picture;

use pages::Page;
use sheet::clean::Line;
use text::RawLine;
use unproved::paper::Tables;

/// How far the reading of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The page that is read now, from 1.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
}

/// Reads a record sheet that holds its text: plain text or a PDF with a text layer.
///
/// # Errors
/// The bytes are no such file, lie beyond the limits, or are no record sheet; each in words that say what to do.
pub fn read(bytes: &[u8], packs: &Packs) -> Result<Draft, ReadError> {
    read_pages(bytes, packs, None, &mut |_| true)
}

/// Reads a record sheet, its pictures of pages with an engine. Pages are opened one after the other; before each `go_on` is told how far
/// it is, and stops the reading by saying no.
///
/// # Errors
/// As for [`read`]; pictures without an engine; the reading was stopped.
pub fn read_pages(
    bytes: &[u8],
    packs: &Packs,
    engine: Option<&mut dyn Recognizer>,
    go_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<Draft, ReadError> {
    let pack = packs.pack(sheet::JURISDICTION).ok_or(ReadError::NoTables)?;
    let (Some(courts), Some(wordings)) = (&pack.courts, &pack.wordings) else {
        return Err(ReadError::NoTables);
    };
    let book = bound(bytes, engine, go_on)?;
    let knows = |section: &record::Section| pack.knows(section);
    // What stands twice is read once.
    let lines: Vec<Line> = book
        .lines
        .iter()
        .map(|line| {
            if book.doubles.contains(&line.page) {
                Line::default()
            } else {
                Line::of(line)
            }
        })
        .collect();
    let tables = Tables {
        courts,
        wordings,
        knows: &knows,
    };
    // A single sign of the state's own sheet decides: what else it names, it tells of.
    if sheet::is_marked(&lines) {
        sheet::read(book, &lines, courts, wordings, &knows)
    } else if fbi::is_one(&lines) {
        fbi::read(book, &lines, tables)
    } else if docket::is_one(&lines) {
        docket::read(book, &lines, tables)
    } else {
        sheet::read(book, &lines, courts, wordings, &knows)
    }
}

/// The picture of a page as an engine saw it, so that the frames of a draft's lines fit it.
///
/// # Errors
/// There is no such page, or it is no picture.
pub fn page_picture(bytes: &[u8], page: &PagePicture) -> Result<Picture, ReadError> {
    match Pages::open(bytes)?.page(page.page)? {
        Page::Picture(picture, _) => {
            let picture = picture.ready()?.picture;
            Ok(if page.upside_down {
                picture.half_turned()
            } else {
                picture
            })
        }
        Page::Broken(error) => Err(error),
        Page::Text(_) => Err(ReadError::DamagedPicture),
    }
}

/// The lines of all pages, in order.
fn bound(
    bytes: &[u8],
    mut engine: Option<&mut dyn Recognizer>,
    go_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<book::Book, ReadError> {
    let pages = Pages::open(bytes)?;
    let (mut bound, mut pictures) = (Vec::new(), Vec::new());
    let (mut refused, mut some) = (None, false);
    let (mut characters, mut small) = (0, Vec::new());
    let mut failures = 0;
    for number in 1..=pages.count() {
        let progress = Progress {
            page: number,
            pages: pages.count(),
        };
        if !go_on(progress) {
            return Err(ReadError::Stopped);
        }
        let lines = match (pages.page(number)?, engine.as_deref_mut()) {
            (Page::Text(lines), _) => Ok(lines),
            (Page::Picture(picture, under), Some(engine)) if failures < limits::ENGINE_FAILURES => {
                ocr::page(picture, number, engine).map(|mut read| {
                    let damage = under.into_iter().filter(|line| pdf::is_gap(&line.text));
                    for mut line in damage {
                        line.line = read.lines.last().map_or(1, |last| last.line + 1);
                        read.lines.push(line);
                    }
                    if read.small {
                        small.push(number);
                    }
                    pictures.push(PagePicture {
                        page: number,
                        upside_down: read.upside_down,
                    });
                    read.lines
                })
            }
            // Better the letters somebody laid under the picture than none.
            (Page::Picture(_, lines), _) if lines.iter().any(|line| !pdf::is_gap(&line.text)) => {
                Ok(lines)
            }
            (Page::Picture(..), _) => Err(ReadError::Picture),
            (Page::Broken(error), _) => Err(error),
        };
        let lines = match lines {
            Err(ReadError::Stopped) => return Err(ReadError::Stopped),
            Err(ReadError::Engine { why }) if why.lasts() => {
                return Err(ReadError::Engine { why });
            }
            Err(error) => {
                if matches!(error, ReadError::Engine { .. }) {
                    failures += 1;
                }
                let stands_for = if error == ReadError::Damaged {
                    pdf::BROKEN_PAGE
                } else {
                    pdf::PICTURE_PAGE
                };
                refused.get_or_insert(error);
                vec![RawLine {
                    page: number,
                    line: 1,
                    text: stands_for.to_owned(),
                    words: Vec::new(),
                }]
            }
            Ok(lines) => {
                failures = 0;
                some |= lines.iter().any(|line| {
                    line.text.contains(char::is_alphanumeric) && !pdf::is_gap(&line.text)
                });
                lines
            }
        };
        characters += lines.iter().map(|line| line.text.len()).sum::<usize>();
        if characters > limits::CHARACTERS || bound.len() > limits::LINES {
            return Err(ReadError::Bomb);
        }
        bound.push(lines);
    }
    if !some {
        return Err(refused.unwrap_or(ReadError::NoText));
    }
    let mut book = book::bind(bound);
    if !pages.whole()
        && let Some((page, line)) = book.lines.last().map(|last| (last.page, last.line + 1))
    {
        book.lines.push(RawLine {
            page,
            line,
            text: pdf::DAMAGED_FILE.to_owned(),
            words: Vec::new(),
        });
    }
    book.incomplete |= refused.is_some();
    book.pictures = pictures;
    book.notes.extend(
        small
            .into_iter()
            .map(|page| (page, FlagKind::SmallLetters, None)),
    );
    Ok(book)
}
