//! Fits a text into a box: measured, broken into lines, shrunk no further than to a size that can be read.

use unicode_bidi::BidiInfo;

use crate::shape::{Line, shape, with_marks};

/// The smallest size that a text is shrunk to, in points. A form's own smaller size is kept, down to the least.
pub(crate) const FLOOR: f32 = 7.0;
/// The least size of all: a form that asks for less did not mean its paper to be read.
pub(crate) const LEAST: f32 = 6.0;
/// Height of capitals, in ems. They stand within their field; only accents and tails may stand out of it.
pub(crate) const CAPITALS: f32 = 0.72;
/// The size of a field that leaves it to the program.
const USUAL: f32 = 10.0;
/// Room left at either side.
pub(crate) const MARGIN: f32 = 2.0;
/// From one base line to the next, in ems.
const LEADING: f32 = 1.16;

/// A text that fits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fitted {
    /// In points.
    pub(crate) size: f32,
    /// From base line to base line, in points.
    pub(crate) leading: f32,
    pub(crate) lines: Vec<Line>,
}

/// Fits a text into a box, both sides in points; `wanted` is the form's own size or 0.
pub(crate) fn fit(
    text: &str,
    width: f32,
    height: f32,
    wanted: f32,
    multiline: bool,
) -> Option<Fitted> {
    let room = (width - 2.0 * MARGIN).max(1.0);
    let wanted = if wanted > 0.0 {
        wanted.max(LEAST)
    } else {
        USUAL
    };
    let floor = FLOOR.min(wanted);
    if !multiline {
        let line = shape(text);
        let by_width = if line.width > 0.0 {
            room / line.width
        } else {
            wanted
        };
        // A line may stand out of a low box by its accents; it may not be too wide.
        let ink = (line.above + line.below).max(0.1);
        let size = wanted.min(by_width).min((height / ink).max(floor));
        if size >= floor && size * CAPITALS <= height + 0.5 {
            return Some(Fitted {
                size,
                leading: size * LEADING,
                lines: vec![line],
            });
        }
        if height < 2.0 * floor * LEADING {
            return None;
        }
    }
    let mut size = wanted.min(12.0).max(floor);
    loop {
        let lines = wrap(text, room / size);
        let leading = size
            * lines
                .iter()
                .fold(LEADING, |high, line| high.max(line.above + line.below));
        let tall = leading * lines.len() as f32;
        let wide = lines.iter().any(|line| line.width * size > room + 0.5);
        // In a field of one line a word that must be broken is a word that nobody reads.
        let broken = !multiline
            && pieces(text).any(|piece| shape(piece.trim_end()).width * size > room + 0.5);
        if tall <= height + 0.5 && !wide && !broken {
            return Some(Fitted {
                size,
                leading,
                lines,
            });
        }
        if size <= floor {
            return None;
        }
        size = (size - 0.5).max(floor);
    }
}

/// Breaks a text into lines no wider than `room` ems. Where it had a blank, the line before keeps one that takes no room: whoever has the
/// page read aloud would hear two words as one.
pub(crate) fn wrap(text: &str, room: f32) -> Vec<Line> {
    let lines = broken(text, room);
    let last = lines.len().saturating_sub(1);
    let blank = shape(" ");
    let shaped = lines.iter().enumerate().map(|(n, (words, parted))| {
        let mut line = shape(words);
        // At the right of words that run from there it would stand before them.
        if *parted && n < last && !words.is_empty() && !BidiInfo::new(words, None).has_rtl() {
            line.glyphs.extend(blank.glyphs.iter().cloned());
        }
        line
    });
    shaped.collect()
}

/// Parts of a text that each fit a box, one behind another; both sides in points.
pub(crate) fn parts(text: &str, width: f32, height: f32, wanted: f32) -> Vec<String> {
    let wanted = if wanted > 0.0 {
        wanted.max(LEAST)
    } else {
        USUAL
    };
    let size = wanted.min(12.0).max(FLOOR.min(wanted));
    let lines = broken(text, (width - 2.0 * MARGIN).max(1.0) / size).into_iter();
    let lines: Vec<String> = lines.map(|(line, _)| line).collect();
    let ink = |line: &String| {
        let line = shape(line);
        line.above + line.below
    };
    let leading = size * lines.iter().map(ink).fold(LEADING, f32::max);
    let each = ((height / leading) as usize).max(1);
    let mut parts: Vec<String> = Vec::new();
    let mut lines = lines.as_slice();
    while !lines.is_empty() {
        // No part begins with an empty line.
        let from = lines.iter().take_while(|line| line.is_empty()).count();
        let (part, rest) = lines[from..].split_at(each.min(lines.len() - from));
        if !part.is_empty() {
            parts.push(part.join("\n"));
        }
        lines = rest;
    }
    parts
}

/// The lines of a text, none wider than `room` ems, each with whether a blank or a new line parts it from the next.
fn broken(text: &str, room: f32) -> Vec<(String, bool)> {
    let ended = |line: &str| {
        (
            line.trim_end().to_owned(),
            line.ends_with(char::is_whitespace),
        )
    };
    let mut lines = Vec::new();
    for paragraph in text.replace("\r\n", "\n").split(['\n', '\r']) {
        let mut line = String::new();
        let mut wide = 0.0;
        for piece in pieces(paragraph) {
            let long = shape(piece).width;
            let ink = shape(piece.trim_end()).width;
            if !line.is_empty() && wide + ink > room {
                lines.push(ended(&line));
                line.clear();
                wide = 0.0;
            }
            if ink <= room {
                line.push_str(piece);
                wide += long;
                continue;
            }
            // A word longer than a line is broken wherever it must be.
            for part in with_marks(piece) {
                let letter = shape(part).width;
                if !line.is_empty() && wide + letter > room {
                    lines.push(ended(&line));
                    line.clear();
                    wide = 0.0;
                }
                line.push_str(part);
                wide += letter;
            }
        }
        lines.push((line.trim_end().to_owned(), true));
    }
    lines
}

/// Pieces that a line can end after: words with their blanks, parts of hyphened words, single ideographs.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut previous = None;
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            if let Some(previous) = previous
                && breaks(previous, c)
            {
                end = at;
                break;
            }
            previous = Some(c);
        }
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

fn breaks(before: char, after: char) -> bool {
    if before.is_whitespace() {
        return !after.is_whitespace();
    }
    if after.is_whitespace() {
        return false;
    }
    before == '-' || ideograph(before) || ideograph(after)
}

fn ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shrinks_no_further_than_the_floor() {
        let size = |text: &str| fit(text, 100.0, 9.0, 9.0, false).map(|fitted| fitted.size);
        assert_eq!(size("Luke"), Some(9.0));
        let shrunk = size("Luke Jay Skywalker the Elder").unwrap_or_default();
        assert!((FLOOR..9.0).contains(&shrunk), "{shrunk}");
        assert_eq!(size("Luke Jay Skywalker the Elder and the Younger"), None);
    }

    #[test]
    fn parts_of_a_text_fit_one_behind_another_and_nothing_is_lost() {
        let text = "one two three four five six\n\nseven eight nine ten eleven twelve\n\n";
        let parts = parts(text, 60.0, 25.0, 10.0);
        assert!(parts.len() > 2, "{parts:?}");
        for part in &parts {
            let fitted = fit(part, 60.0, 25.0, 10.0, true);
            assert_eq!(fitted.map(|fitted| fitted.size), Some(10.0), "{part}");
        }
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&parts.join("\n")), words(text));
    }

    #[test]
    fn no_size_is_below_the_least_and_no_line_stands_over_the_rules_of_its_field() {
        let size = |height: f32, wanted: f32| {
            fit("Luke", 100.0, height, wanted, false).map(|fitted| fitted.size)
        };
        assert_eq!(size(12.0, 0.5), Some(LEAST));
        assert_eq!(size(12.0, 6.5), Some(6.5));
        assert_eq!(size(3.0, 10.0), None);
        assert_eq!(size(3.0, 0.5), None);
        assert!(size(6.0, 10.0).is_some());
    }

    #[test]
    fn a_field_of_one_line_breaks_no_word() {
        let fits = |text: &str, multiline: bool| fit(text, 40.0, 90.0, 10.0, multiline).is_some();
        assert!(fits("Los Angeles", false));
        assert!(!fits("Transubstantiation", false));
        assert!(fits("Transubstantiation", true));
    }

    #[test]
    fn a_text_breaks_between_words_and_nothing_is_lost() {
        let read = |text: &str| -> Vec<String> {
            let lines = wrap(text, 5.0);
            assert!(lines.len() > 1 && lines.iter().all(|line| line.width <= 5.0));
            let words = |line: &Line| line.glyphs.iter().map(|g| g.text.as_str()).collect();
            lines.iter().map(words).collect()
        };
        // The blank at a break stays with its line; a word that had to be broken gets none.
        for text in [
            "one two three four five",
            "one\ntwo",
            "Transubstantiation",
            "well-known-to-all",
        ] {
            assert_eq!(read(text).concat(), text.replace('\n', " "));
        }
        let right_to_left = read("אחת שתיים שלוש ארבע");
        assert!(right_to_left.iter().all(|line| !line.ends_with(' ')));
    }
}
