//! From words with their places to lines of text: rows from top to bottom, blanks for the distance between words.

use super::Word;
use crate::text::{RawLine, Seen};

/// More blanks than this between two words say nothing more.
const MAX_BLANKS: f64 = 120.0;

/// The lines of a page.
pub(super) fn lines(words: Vec<Word>, page: u32) -> Vec<RawLine> {
    let words: Vec<Word> = words
        .into_iter()
        .filter(|word| {
            let [left, top, right, bottom] = word.frame;
            left < right && top < bottom && !word.text.trim().is_empty()
        })
        .collect();
    let pitch = pitch(&words);
    let high = median(words.iter().filter(|word| word.text.len() > 1).map(height)).unwrap_or(1.0);
    let mut rows = rows(words, high);
    let left = margin(&rows, pitch);
    for row in &mut rows {
        row.sort_by_key(|word| word.frame[0]);
        specks(row, left, pitch);
    }
    rows.retain(|row| !row.is_empty());
    let mut lines: Vec<RawLine> = Vec::new();
    let mut below: Option<f64> = None;
    let mut number = 0;
    for row in rows {
        let middle = row.iter().map(middle).sum::<f64>() / row.len() as f64;
        // A gap of a line and more is a blank line: rulers and remarks are told by it.
        let gap = below.is_some_and(|below| middle - below > high * 3.2);
        below = Some(middle);
        if gap {
            number += 1;
            lines.push(RawLine {
                page,
                line: number,
                text: String::new(),
                words: Vec::new(),
            });
        }
        number += 1;
        lines.push(line(&row, left, pitch, page, number));
    }
    lines
}

fn height(word: &Word) -> f64 {
    f64::from(word.frame[3] - word.frame[1])
}

fn middle(word: &Word) -> f64 {
    f64::from(word.frame[1] + word.frame[3]) / 2.0
}

fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// How wide one letter with its gap is: sheets are printed in letters of one width.
fn pitch(words: &[Word]) -> f64 {
    let widths = words.iter().filter_map(|word| {
        let letters = word.text.chars().count();
        let width = f64::from(word.frame[2] - word.frame[0]);
        // A word ends where its ink ends, some two tenths before the next letter's place.
        (letters >= 4).then(|| width / (letters as f64 - 0.2))
    });
    median(widths).unwrap_or(1.0).max(1.0)
}

/// The engine's lines, put together where they stand beside each other.
fn rows(words: Vec<Word>, high: f64) -> Vec<Vec<Word>> {
    let mut pieces: Vec<(u32, Vec<Word>)> = Vec::new();
    for word in words {
        match pieces.last_mut().filter(|(line, _)| *line == word.line) {
            Some((_, piece)) => piece.push(word),
            None => pieces.push((word.line, vec![word])),
        }
    }
    let centre = |piece: &[Word]| {
        let (sum, weight) = piece.iter().fold((0.0, 0.0), |(sum, weight), word| {
            let w = word.text.chars().count() as f64;
            (sum + middle(word) * w, weight + w)
        });
        sum / weight
    };
    let mut rows: Vec<(f64, Vec<Word>)> = pieces
        .into_iter()
        .map(|(_, piece)| (centre(&piece), piece))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<(f64, Vec<Word>)> = Vec::new();
    for (at, piece) in rows {
        match joined.last_mut() {
            Some((above, row)) if at - *above < high * 0.55 && beside(row, &piece) => {
                row.extend(piece)
            }
            _ => joined.push((at, piece)),
        }
    }
    joined.into_iter().map(|(_, row)| row).collect()
}

/// No word of one lies over a word of the other.
fn beside(row: &[Word], piece: &[Word]) -> bool {
    row.iter().all(|a| {
        piece
            .iter()
            .all(|b| a.frame[2] <= b.frame[0] || b.frame[2] <= a.frame[0])
    })
}

/// Where most lines begin: the sheet's left edge.
fn margin(rows: &[Vec<Word>], pitch: f64) -> f64 {
    let starts: Vec<f64> = rows
        .iter()
        .filter_map(|row| row.iter().map(|word| word.frame[0]).min())
        .map(f64::from)
        .collect();
    let near = |at: f64| {
        starts
            .iter()
            .filter(|start| (*start - at).abs() < pitch)
            .count()
    };
    // The leftmost place where a fair part of the lines begins; specks at the edge are few.
    let most = starts.iter().map(|at| near(*at)).max().unwrap_or(0);
    starts
        .iter()
        .copied()
        .filter(|at| near(*at) * 3 > most)
        .fold(f64::INFINITY, f64::min)
}

/// Takes away what stands left of the sheet's edge, short and unsure: smudges and the edge of the paper.
fn specks(row: &mut Vec<Word>, left: f64, pitch: f64) {
    row.retain(|word| {
        let outside = f64::from(word.frame[2]) < left - pitch * 0.5;
        !(outside && word.text.chars().count() <= 4 && word.sure < 70)
    });
}

fn line(row: &[Word], left: f64, pitch: f64, page: u32, number: u32) -> RawLine {
    let mut text = String::new();
    let mut words: Vec<Seen> = Vec::new();
    let mut end = left;
    for word in row {
        let start = f64::from(word.frame[0]);
        let gap = start - end;
        let mut blanks = (gap / pitch).round().clamp(0.0, MAX_BLANKS) as usize;
        if !text.is_empty() {
            blanks = blanks.max(1);
        }
        text.extend(std::iter::repeat_n(' ', blanks));
        let from = text.len();
        text.extend(
            word.text
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c }),
        );
        words.push(Seen {
            place: from..text.len(),
            frame: word.frame,
            sure: word.sure,
        });
        end = start + pitch * word.text.chars().count() as f64;
    }
    RawLine {
        page,
        line: number,
        text,
        words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, column: u32, row: u32, line: u32) -> Word {
        let (x, y) = (100 + column * 18, 200 + row * 50);
        let wide = u32::try_from(text.chars().count()).unwrap() * 18;
        Word {
            text: text.into(),
            frame: [x, y, x + wide - 4, y + 28],
            sure: 95,
            line,
        }
    }

    #[test]
    fn columns_indents_and_blank_lines_are_kept() {
        let mut words = vec![
            word("COURT:", 0, 0, 1),
            word("20050601", 0, 1, 2),
            word("CASC", 10, 1, 2),
            word("FRESNO", 15, 1, 2),
            word("CNT:01", 0, 3, 3),
            word("11357", 2, 4, 4),
            word("HS-POSSESS", 8, 4, 4),
            word("CNT:02", 0, 5, 5),
            word("CNT:03", 0, 6, 6),
            // The engine made a line of its own of what stands to the right.
            word("NAM:01", 22, 0, 9),
        ];
        words.push(Word {
            text: "wi".into(),
            frame: [10, 205, 30, 228],
            sure: 20,
            line: 1,
        });
        let lines = lines(words, 3);
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "COURT:                NAM:01",
                "20050601  CASC FRESNO",
                "",
                "CNT:01",
                "  11357 HS-POSSESS",
                "CNT:02",
                "CNT:03",
            ]
        );
        assert_eq!(lines[4].words[0].place, 2..7);
        assert_eq!((lines[4].page, lines[4].line), (3, 5));
    }

    #[test]
    fn nothing_gives_no_lines() {
        assert!(lines(Vec::new(), 1).is_empty());
    }
}
