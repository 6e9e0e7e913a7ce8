//! One page: its picture made ready, read, and turned upside down if it makes more sense so.

use super::{Recognizer, Word, ink, rows};
use crate::picture::{Picture, Strip, strips};
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
    let mut picture = ready.picture;
    let mut words = engine.recognize(&picture)?;
    let mut upside_down = false;
    if sense(&words) < 0.5 {
        let other = picture.clone().half_turned();
        let turned = engine.recognize(&other)?;
        if sense(&turned) > sense(&words) {
            (picture, words, upside_down) = (other, turned, true);
        }
    }
    words.truncate(limits::WORDS);
    let strips = strips(&picture);
    ink::dividers(&mut words, &strips);
    let mut looks = SECOND_LOOKS;
    let rows: Vec<Strip> = ink::left_out(&words, &strips)
        .into_iter()
        .cloned()
        .collect();
    for row in &rows {
        let again = second_look(&picture, row, engine, &mut looks)?;
        ink::mend(&mut words, row, again);
    }
    let rows: Vec<Strip> = ink::unsure(&words, &strips).into_iter().cloned().collect();
    for row in &rows {
        let again = second_look(&picture, row, engine, &mut looks)?;
        ink::surer(&mut words, row, again);
    }
    Ok(Read {
        lines: rows::lines(words, number),
        small,
        upside_down,
    })
}

/// Rows of a page that are looked at again by themselves: many such rows are no text that was left out but a stamp, a photograph, a hand's
/// writing.
const SECOND_LOOKS: usize = 6;

/// The words of one row, recognised by itself; none where there were looks enough, or where the engine fails on it.
fn second_look(
    picture: &Picture,
    row: &Strip,
    engine: &mut dyn Recognizer,
    looks: &mut usize,
) -> Result<Vec<Word>, ReadError> {
    let Some(left) = looks.checked_sub(1) else {
        return Ok(Vec::new());
    };
    *looks = left;
    let [left, top, right, bottom] = row.span();
    // No further than this beyond its capitals: what stands there are stars, and of stars engines make words.
    let (beside, above) = (row.high * 6 / 5, row.high * 7 / 10);
    let (left, top) = (left.saturating_sub(beside), top.saturating_sub(above));
    let part = picture.part([
        left,
        top,
        right.saturating_add(beside),
        bottom.saturating_add(above),
    ])?;
    let mut words = match engine.recognize(&part) {
        Err(ReadError::Stopped) => return Err(ReadError::Stopped),
        // The page is read but for this row.
        words => words.unwrap_or_default(),
    };
    for word in &mut words {
        for (side, by) in word.frame.iter_mut().zip([left, top, left, top]) {
            *side = side.saturating_add(by);
        }
    }
    Ok(words)
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
