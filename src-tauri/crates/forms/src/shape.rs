//! A line of text to glyphs in the order they stand on the page, whatever its script and direction.

use std::ops::Range;

use rustybuzz::ttf_parser::{GlyphId, Tag};
use rustybuzz::{Direction, Feature, UnicodeBuffer};
use unicode_bidi::BidiInfo;

use crate::faces::{FACES, face_of, has};

/// One glyph. Lengths are in ems.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) face: usize,
    pub(crate) id: u16,
    pub(crate) advance: f32,
    pub(crate) dx: f32,
    pub(crate) dy: f32,
    /// The letters it stands for; empty for a further glyph of the same letters.
    pub(crate) text: String,
}

/// A line of glyphs, from left to right. Lengths are in ems.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) width: f32,
    /// The highest ink above the base line.
    pub(crate) above: f32,
    /// The lowest ink below it, as a positive length.
    pub(crate) below: f32,
}

/// The first character that cannot be printed: no face has it, or it is invisible and changes how its neighbours read.
pub(crate) fn unprintable(text: &str) -> Option<char> {
    text.chars().find(|&c| match c {
        '\n' | '\t' | '\r' => false,
        c if shapes(c) => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c if c.is_control() => true,
        c => face_of(c).is_none(),
    })
}

/// Joiners and marks of direction: they shape, they print nothing.
fn shapes(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Shapes one line; a line break in it is a blank.
pub(crate) fn shape(text: &str) -> Line {
    let text: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let mut line = Line::default();
    let bidi = BidiInfo::new(&text, None);
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let right_to_left = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let mut parts = by_face(&text, run);
            if right_to_left {
                parts.reverse();
            }
            for (face, range) in parts {
                if let Some(words) = text.get(range) {
                    run_of(&mut line, face, words, right_to_left);
                }
            }
        }
    }
    line
}

/// The letters of a text, each shaped alone with its marks, in the order in which they stand on the page: for a row of cells.
pub(crate) fn letters(text: &str) -> Vec<Line> {
    let bidi = BidiInfo::new(text, None);
    let mut letters = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let right_to_left = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let mut parts: Vec<&str> = with_marks(text.get(run).unwrap_or_default()).collect();
            if right_to_left {
                parts.reverse();
            }
            letters.extend(parts.into_iter().map(shape));
        }
    }
    letters
}

/// The letters of a text as they are written, each with its marks: a mark that lost its letter would stand on an empty circle.
pub(crate) fn with_marks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let marks = rest.get(first.len_utf8()..)?.chars();
        let marks = marks.take_while(|&c| shapes(c) || is_mark(c));
        let end = first.len_utf8() + marks.map(char::len_utf8).sum::<usize>();
        let (letter, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(letter)
    })
}

/// Marks that stand on the letter before them, in the scripts that there are faces for.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{3099}'..='\u{309a}' | '\u{fe20}'..='\u{fe2f}')
}

/// Stretches of one face. Marks, blanks and joiners stay with the letter before them where its face can print them.
fn by_face(text: &str, range: Range<usize>) -> Vec<(usize, Range<usize>)> {
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    let words = text.get(range.clone()).unwrap_or_default();
    for (at, c) in words.char_indices() {
        let (start, end) = (range.start + at, range.start + at + c.len_utf8());
        let last = parts.last().map(|(face, _)| *face);
        let stays = last.filter(|&face| shapes(c) || (!c.is_ascii() && has(face, c)));
        let face = stays.or_else(|| face_of(c)).or(last).unwrap_or_default();
        match parts.last_mut() {
            Some((same, range)) if *same == face => range.end = end,
            _ => parts.push((face, start..end)),
        }
    }
    parts
}

fn run_of(line: &mut Line, face: usize, text: &str, right_to_left: bool) {
    let Some(with) = FACES.get(face) else { return };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if right_to_left {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    });
    // Letters stay apart, so that each can be copied and searched.
    let off = [b"liga", b"clig", b"dlig"].map(|tag| Feature::new(Tag::from_bytes(tag), 0, ..));
    let shaped = rustybuzz::shape(&with.shaper, &off, buffer);
    let em = |units: i32| units as f32 / with.units;
    let infos = shaped.glyph_infos();
    let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
    starts.push(text.len());
    starts.sort_unstable();
    starts.dedup();
    let mut said = Vec::new();
    for (info, place) in infos.iter().zip(shaped.glyph_positions()) {
        let start = info.cluster as usize;
        let end = starts.iter().find(|other| **other > start).copied();
        let letters = text
            .get(start..end.unwrap_or(text.len()))
            .unwrap_or_default();
        let first = !said.contains(&start);
        said.push(start);
        let id = u16::try_from(info.glyph_id).unwrap_or_default();
        if let Some(ink) = with.shaper.glyph_bounding_box(GlyphId(id)) {
            let rise = em(place.y_offset);
            line.above = line.above.max(em(i32::from(ink.y_max)) + rise);
            line.below = line.below.max(-(em(i32::from(ink.y_min)) + rise));
        }
        let advance = em(place.x_advance);
        line.width += advance;
        line.glyphs.push(Glyph {
            face,
            id,
            advance,
            dx: em(place.x_offset),
            dy: em(place.y_offset),
            text: if first {
                letters.to_owned()
            } else {
                String::new()
            },
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_script_become_glyphs_of_a_face_that_has_them() {
        for text in [
            "Luke",
            "José O’Brien",
            "Łukasz",
            "Иван",
            "李小龍",
            "محمد",
            "משה",
            "김철수",
            "Nguyễn",
        ] {
            let line = shape(text);
            assert!(unprintable(text).is_none(), "{text}");
            assert!(line.width > 0.5, "{text}");
            assert!(
                line.glyphs.iter().all(|glyph| glyph.id != 0),
                "{text}: {line:?}"
            );
        }
    }

    #[test]
    fn right_to_left_words_stand_in_the_order_of_the_page() {
        let first = |text: &str| shape(text).glyphs.first().map(|glyph| glyph.text.clone());
        assert_eq!(first("משה").as_deref(), Some("ה"));
        assert_eq!(first("Moshe").as_deref(), Some("M"));
    }

    #[test]
    fn letters_for_cells_keep_their_marks_and_stand_in_the_order_of_the_page() {
        let said = |text: &str| -> Vec<String> {
            let text_of = |line: &Line| line.glyphs.iter().map(|glyph| &*glyph.text).collect();
            letters(text).iter().map(text_of).collect()
        };
        assert_eq!(said("Ano"), ["A", "n", "o"]);
        assert_eq!(said("e\u{301}n"), ["e\u{301}", "n"]);
        assert_eq!(said("משה"), ["ה", "ש", "מ"]);
    }

    #[test]
    fn what_turns_text_around_is_not_printed() {
        assert_eq!(unprintable("a\u{202e}b"), Some('\u{202e}'));
        assert_eq!(unprintable("a\u{7}b"), Some('\u{7}'));
        assert_eq!(unprintable("\u{10ffff}"), Some('\u{10ffff}'));
    }
}
