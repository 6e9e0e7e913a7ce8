//! One page: its picture made ready, read, and turned upside down if it makes more sense so.

use super::{Recognizer, Word, rows};
use crate::picture::Picture;
use crate::text::RawLine;
use crate::{ReadError, limits};

/// A page that was read from its picture.
pub(crate) struct Read {
    pub(crate) lines: Vec<RawLine>,
    /// The letters were smaller than the engine asks for.
    pub(crate) small: bool,
    /// The page lay upside down.
    pub(crate) upside_down: bool,
}

/// Reads a page's picture.
///
/// # Errors
/// There are no letters large enough, or the engine failed.
pub(crate) fn page(
    picture: Picture,
    number: u32,
    engine: &mut dyn Recognizer,
) -> Result<Read, ReadError> {
    let ready = picture.ready()?;
    let small = ready.capitals < crate::picture::SMALL;
    let mut words = engine.recognize(&ready.picture)?;
    let mut upside_down = false;
    if sense(&words) < 0.5 {
        let turned = engine.recognize(&ready.picture.half_turned())?;
        if sense(&turned) > sense(&words) {
            (words, upside_down) = (turned, true);
        }
    }
    words.truncate(limits::WORDS);
    Ok(Read {
        lines: rows::lines(words, number),
        small,
        upside_down,
    })
}

/// The part of the letters that were read with some certainty; a page upside down has hardly any.
fn sense(words: &[Word]) -> f64 {
    let letters = |word: &&Word| {
        word.text
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .count()
    };
    let all: usize = words.iter().map(|word| letters(&word)).sum();
    let sure: usize = words
        .iter()
        .filter(|word| word.sure >= 60)
        .map(|word| letters(&word))
        .sum();
    if all == 0 {
        0.0
    } else {
        sure as f64 / all as f64
    }
}
