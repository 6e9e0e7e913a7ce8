//! What the ink says of a page's lines before any letter is recognised: where letters stand, and where rows of stars or dashes divide.
//!
//! Engines are trained on words. Of a row of stars they make words that are not there, and now and then they leave out a line that is.

use super::Picture;
use super::letters::{self, Mark};

/// A row of ink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Strip {
    pub(crate) kind: Kind,
    /// Left, top, right, bottom of each mark, from left to right; right and bottom lie just outside.
    pub(crate) marks: Vec<[u32; 4]>,
    /// The height of the page's capitals.
    pub(crate) high: u32,
}

/// What a row of ink is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Marks as high as capitals.
    Letters,
    /// Low marks far apart: stars that divide.
    Stars,
    /// Nothing but flat marks: dashes that divide.
    Dashes,
}

impl Strip {
    /// From its first mark to its last, between the top and bottom that most keep within.
    pub(crate) fn span(&self) -> [u32; 4] {
        let (top, bottom) = self.band();
        let left = self.marks.iter().map(|mark| mark[0]).min();
        let right = self.marks.iter().map(|mark| mark[2]).max();
        [left.unwrap_or(0), top, right.unwrap_or(0), bottom]
    }

    /// Top and bottom that most of its marks keep within.
    pub(crate) fn band(&self) -> (u32, u32) {
        let middle = |side: usize| {
            let mut places: Vec<u32> = self
                .marks
                .iter()
                .filter_map(|mark| mark.get(side).copied())
                .collect();
            places.sort_unstable();
            places.get(places.len() / 2).copied().unwrap_or(0)
        };
        (middle(1), middle(3))
    }
}

/// The rows of ink on an upright page, from top to bottom; none where there are no letters.
pub(crate) fn strips(picture: &Picture) -> Vec<Strip> {
    let marks = letters::marks(picture);
    let Some(high) = letters::height_of(&marks) else {
        return Vec::new();
    };
    let (tall, low): (Vec<Mark>, Vec<Mark>) = marks
        .into_iter()
        // Specks and rules are no marks of a row.
        .filter(|mark| {
            mark.width().max(mark.height()) * 4 >= high
                && mark.height() <= high * 3
                && mark.width() <= high * 20
        })
        .partition(|mark| mark.height() * 100 >= high * 78);
    let mut strips: Vec<Strip> = rows(tall, high)
        .into_iter()
        // A single high mark is a smudge or a bracket of its own.
        .filter(|row| row.len() > 1)
        .map(|marks| Strip {
            kind: Kind::Letters,
            marks,
            high,
        })
        .collect();
    let bands: Vec<(u32, u32)> = strips.iter().map(Strip::band).collect();
    let between = low.into_iter().filter(|mark| {
        let middle = (mark.top + mark.bottom) / 2;
        bands
            .iter()
            .all(|(top, bottom)| middle + high / 2 < *top || middle > bottom + high / 2)
    });
    strips.extend(
        rows(between.collect(), high)
            .into_iter()
            .filter_map(|row| divider(row, high)),
    );
    strips.sort_by_key(Strip::band);
    strips
}

/// Marks that stand beside each other.
fn rows(mut marks: Vec<Mark>, high: u32) -> Vec<Vec<[u32; 4]>> {
    marks.sort_by_key(|mark| mark.top + mark.bottom);
    let mut rows: Vec<(u64, Vec<[u32; 4]>)> = Vec::new();
    for mark in marks {
        let middle = u64::from(mark.top + mark.bottom);
        let frame = [mark.left, mark.top, mark.right + 1, mark.bottom + 1];
        match rows.last_mut() {
            // Twice the middle, as all here.
            Some((sum, row))
                if middle * row.len() as u64 <= *sum + u64::from(high) * row.len() as u64 =>
            {
                *sum += middle;
                row.push(frame);
            }
            _ => rows.push((middle, vec![frame])),
        }
    }
    rows.into_iter()
        .map(|(_, mut row)| {
            row.sort_unstable();
            row
        })
        .collect()
}

/// A row of low marks as a row of stars or dashes; none where it is neither.
fn divider(row: Vec<[u32; 4]>, high: u32) -> Option<Strip> {
    // Ink of one star that does not hang together.
    let mut marks: Vec<[u32; 4]> = Vec::new();
    for mark in row {
        match marks.last_mut() {
            Some(last) if mark[0] < last[2] + high / 5 => {
                *last = [
                    last[0],
                    last[1].min(mark[1]),
                    last[2].max(mark[2]),
                    last[3].max(mark[3]),
                ];
            }
            _ => marks.push(mark),
        }
    }
    let sides = |mark: &[u32; 4]| (mark[2] - mark[0], mark[3] - mark[1]);
    let flat = |mark: &[u32; 4]| {
        let (width, height) = sides(mark);
        height * 5 <= high * 2 && width >= height * 2
    };
    let star = |mark: &[u32; 4]| {
        let (width, height) = sides(mark);
        let side = width.max(height);
        (high * 2..=high * 5).contains(&(side * 5)) && width <= height * 2 && height <= width * 2
    };
    // What stands between them is dirt, and less than they are.
    let only = |shape: &dyn Fn(&[u32; 4]) -> bool| {
        let own: Vec<[u32; 4]> = marks.iter().copied().filter(|mark| shape(mark)).collect();
        (own.len() >= 3 && own.len() * 2 >= marks.len()).then_some(own)
    };
    // Words are never so far apart, letter by letter.
    let apart = |marks: &[[u32; 4]]| {
        let far = marks
            .windows(2)
            .filter(|two| matches!(two, [a, b] if (b[0] - a[2]) * 10 >= high * 8));
        far.count() * 2 >= marks.len() - 1
    };
    let (kind, marks) = if let Some(dashes) = only(&flat) {
        (Kind::Dashes, dashes)
    } else {
        (Kind::Stars, only(&star).filter(|stars| apart(stars))?)
    };
    Some(Strip { kind, marks, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(picture: &mut Picture, x: u32, y: u32, wide: u32, high: u32) {
        for row in y..y + high {
            for column in x..x + wide {
                let at = (row * picture.width + column) as usize;
                picture.pixels[at] = 0;
            }
        }
    }

    /// Lines of letters 30 high, and between them what a test draws.
    fn page(draw: impl Fn(&mut Picture)) -> Vec<Kind> {
        let mut picture = Picture::blank(900, 500).unwrap();
        for line in [20, 84, 212, 276] {
            for letter in 0..15 {
                ink(&mut picture, 20 + letter * 32, line, 22, 30);
            }
        }
        draw(&mut picture);
        strips(&picture).iter().map(|strip| strip.kind).collect()
    }

    #[test]
    fn stars_and_dashes_between_lines_are_seen() {
        use Kind::{Dashes, Letters, Stars};
        let lines = page(|_| {});
        assert_eq!(lines, [Letters; 4]);
        let stars = page(|page| (0..4).for_each(|n| ink(page, 20 + n * 64, 150, 18, 18)));
        assert_eq!(stars, [Letters, Letters, Stars, Letters, Letters]);
        // Two of them beside each other, with dirt between the others.
        let stars = page(|page| {
            [0, 2, 3, 5]
                .into_iter()
                .for_each(|n| ink(page, 20 + n * 32, 150, 18, 18));
            [1, 6]
                .into_iter()
                .for_each(|n| ink(page, 20 + n * 32, 164, 6, 8));
        });
        assert_eq!(stars, [Letters, Letters, Stars, Letters, Letters]);
        let dashes = page(|page| {
            (0..4).for_each(|n| ink(page, 20 + n * 64, 162, 26, 4));
            ink(page, 56, 150, 5, 10);
        });
        assert_eq!(dashes, [Letters, Letters, Dashes, Letters, Letters]);
    }

    #[test]
    fn low_letters_close_to_each_other_and_full_stops_are_no_divider() {
        let low = page(|page| (0..9).for_each(|n| ink(page, 20 + n * 32, 150, 20, 20)));
        assert_eq!(low, [Kind::Letters; 4]);
        let stops = page(|page| (0..9).for_each(|n| ink(page, 20 + n * 64, 170, 8, 8)));
        assert_eq!(stops, [Kind::Letters; 4]);
        let commas = page(|page| (0..4).for_each(|n| ink(page, 20 + n * 64, 46, 8, 18)));
        assert_eq!(commas, [Kind::Letters; 4]);
    }
}
