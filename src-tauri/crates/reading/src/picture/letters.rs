//! How high the capitals of a page are: the marks of ink that hang together, measured.

use super::Picture;

/// Capitals lower than this cannot be read: digits run into each other. A page of usual print at 100 dots an inch has 9.
pub(super) const LEAST: u32 = 10;
/// Capitals that engines read best. At 24 a page takes a third less time, and of worn pages 12 counts of 175 were lost
/// (`cargo bench -p reading --bench recognition -- 2 200`).
pub(super) const BEST: u32 = 30;
/// Below this the engine itself asks for more; it is told.
pub(crate) const SMALL: u32 = 20;

/// Darker than this is ink, once the light is even.
pub(super) const INK: u8 = 140;
/// Fewer marks than this are no text; a sheet's last page may hold the end of the message alone.
const MARKS: usize = 12;

/// The height in pixels that most marks have; sheets are printed in capitals of one size.
pub(super) fn height(picture: &Picture) -> Option<u32> {
    height_of(&marks(picture))
}

/// The height that most marks have.
pub(super) fn height_of(marks: &[Mark]) -> Option<u32> {
    let mut heights: Vec<u32> = marks
        .iter()
        .filter(|mark| {
            let (width, height) = (mark.width(), mark.height());
            // Rules, specks and stars are no letters; letters that touch are wider than high, but not by much.
            (6..=200).contains(&height) && width <= height * 4 && width * 6 >= height
        })
        .map(Mark::height)
        .collect();
    if heights.len() < MARKS {
        return None;
    }
    heights.sort_unstable();
    // Commas and broken letters are lower, brackets higher: the upper middle is a capital's height.
    heights.get(heights.len() * 6 / 10).copied()
}

/// Whether lines of text go up and down: letters of a word stand closer to each other than lines do.
pub(super) fn run_down(picture: &Picture) -> bool {
    let letters: Vec<Mark> = marks(picture)
        .into_iter()
        .filter(|mark| {
            let (width, height) = (mark.width(), mark.height());
            (6..=200).contains(&width.max(height)) && width <= height * 4 && height <= width * 4
        })
        .take(4_000)
        .collect();
    // How far the next mark is, to the right or below, where the two face each other.
    let gap = |a: (u32, u32), b: (u32, u32), from: u32, to: u32, size: u32| -> Option<u32> {
        let facing = a.1.min(b.1) + 1 > a.0.max(b.0)
            && (a.1.min(b.1) + 1 - a.0.max(b.0)) * 2 > (a.1 - a.0 + 1).min(b.1 - b.0 + 1);
        (facing && to > from && to - from < size * 4).then(|| to - from)
    };
    let median = |gaps: Vec<u32>| -> Option<u32> {
        let mut gaps = gaps;
        gaps.sort_unstable();
        gaps.get(gaps.len() / 2).copied()
    };
    let (mut right, mut down) = (Vec::new(), Vec::new());
    for (at, one) in letters.iter().enumerate() {
        let size = (one.bottom - one.top).max(one.right - one.left) + 1;
        // Marks are sorted by their upper edge: those near it are near in the list too.
        let near = letters
            .get(at.saturating_sub(600)..(at + 600).min(letters.len()))
            .unwrap_or_default();
        let (rows, columns) = ((one.top, one.bottom), (one.left, one.right));
        right.extend(
            near.iter()
                .filter_map(|other| {
                    gap(rows, (other.top, other.bottom), one.right, other.left, size)
                })
                .min(),
        );
        down.extend(
            near.iter()
                .filter_map(|other| {
                    gap(
                        columns,
                        (other.left, other.right),
                        one.bottom,
                        other.top,
                        size,
                    )
                })
                .min(),
        );
    }
    match (median(right), median(down)) {
        (Some(right), Some(down)) => down * 3 < right * 2,
        _ => false,
    }
}

/// Ink that hangs together: its outermost pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) top: u32,
    pub(super) bottom: u32,
}

impl Mark {
    pub(super) fn width(&self) -> u32 {
        self.right - self.left + 1
    }

    pub(super) fn height(&self) -> u32 {
        self.bottom - self.top + 1
    }
}

/// A run of ink in one row, with the mark it belongs to.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
    mark: usize,
}

/// Marks of ink that hang together.
pub(super) fn marks(picture: &Picture) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut parents: Vec<usize> = Vec::new();
    let mut above: Vec<Run> = Vec::new();
    for (y, row) in (0_u32..).zip(picture.rows()) {
        let mut runs: Vec<Run> = Vec::new();
        let mut start = None;
        // The runs of both rows go from left to right: what ended left of this one touches no later one either.
        let mut passed = 0;
        for (x, pixel) in (0_u32..).zip(row.iter().copied().chain([255])) {
            match (pixel < INK, start) {
                (true, None) => start = Some(x),
                (false, Some(from)) => {
                    start = None;
                    let end = x - 1;
                    let left = |run: &&Run| run.end + 1 < from;
                    passed += above.iter().skip(passed).take_while(left).count();
                    let touching: Vec<usize> = above
                        .iter()
                        .skip(passed)
                        .take_while(|run| run.start <= end + 1)
                        .map(|run| root(&mut parents, run.mark))
                        .collect();
                    let mark = match touching.first() {
                        Some(first) => *first,
                        None => {
                            parents.push(marks.len());
                            marks.push(Mark {
                                left: from,
                                right: end,
                                top: y,
                                bottom: y,
                            });
                            marks.len() - 1
                        }
                    };
                    join(&mut marks, &mut parents, mark, &touching);
                    if let Some(mark) = marks.get_mut(mark) {
                        mark.left = mark.left.min(from);
                        mark.right = mark.right.max(end);
                        mark.bottom = y;
                    }
                    runs.push(Run {
                        start: from,
                        end,
                        mark,
                    });
                }
                _ => {}
            }
        }
        above = runs;
    }
    marks
        .into_iter()
        .enumerate()
        .filter(|(at, _)| parents.get(*at) == Some(at))
        .map(|(_, mark)| mark)
        .collect()
}

fn root(parents: &mut [usize], mut mark: usize) -> usize {
    while let Some(parent) = parents.get(mark).copied()
        && parent != mark
    {
        let further = parents.get(parent).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(mark) {
            *slot = further;
        }
        mark = further;
    }
    mark
}

fn join(marks: &mut [Mark], parents: &mut [usize], into: usize, others: &[usize]) {
    for other in others {
        let other = root(parents, *other);
        if other == into {
            continue;
        }
        let Some(Mark {
            left,
            right,
            top,
            bottom,
        }) = marks.get(other).copied()
        else {
            continue;
        };
        if let Some(parent) = parents.get_mut(other) {
            *parent = into;
        }
        if let Some(mark) = marks.get_mut(into) {
            mark.left = mark.left.min(left);
            mark.right = mark.right.max(right);
            mark.top = mark.top.min(top);
            mark.bottom = mark.bottom.max(bottom);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of hollow boxes, each `high` pixels high.
    pub(crate) fn boxes(high: u32) -> Picture {
        let mut picture = Picture::blank(800, 600).unwrap();
        for row in 0..8 {
            for column in 0..20 {
                let (x0, y0) = (20 + column * 38, 20 + row * 70);
                for y in y0..y0 + high {
                    for x in x0..x0 + high * 2 / 3 {
                        let edge = x < x0 + 3 || y < y0 + 3 || y + 3 >= y0 + high;
                        if edge {
                            let at = (y * 800 + x) as usize;
                            picture.pixels[at] = 0;
                        }
                    }
                }
            }
        }
        picture
    }

    #[test]
    fn a_page_on_its_side_is_told_from_an_upright_one() {
        for high in [20, 31] {
            assert!(!run_down(&boxes(high)));
            assert!(run_down(&boxes(high).quarter_turned()));
        }
    }

    #[test]
    fn the_height_of_capitals_is_measured() {
        for high in [12, 20, 31, 45] {
            assert_eq!(height(&boxes(high)), Some(high));
        }
        assert_eq!(height(&Picture::blank(500, 500).unwrap()), None);
    }

    #[test]
    fn a_page_of_one_short_line_has_letters_and_one_of_a_few_stains_has_none() {
        let mut line = boxes(31);
        let rows = 90 * 800;
        line.pixels[rows..].fill(255);
        // Fourteen of its twenty boxes.
        for row in line.pixels.chunks_exact_mut(800) {
            row[20 + 14 * 38..].fill(255);
        }
        assert_eq!(height(&line), Some(31));
        for row in line.pixels.chunks_exact_mut(800) {
            row[20 + 8 * 38..].fill(255);
        }
        assert_eq!(height(&line), None);
    }
}
