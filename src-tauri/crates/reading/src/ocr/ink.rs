//! What the ink of a page knows better than the engine: rows of stars and dashes, and letters that no word covers.

use super::Word;
use crate::picture::{Kind, Strip};

/// Letters in a row that no word covers before they count as left out.
const LEFT_OUT: usize = 3;

/// Below this, in hundredths, a whole row is looked at again by itself.
const UNSURE: u32 = 75;
/// By so much a second look must be surer.
const SURER: u32 = 10;

/// What stands for letters that could not be read.
const UNREAD: char = '▯';

/// Puts rows of stars and dashes, as the ink shows them, in the place of what the engine made of them.
pub(super) fn dividers(words: &mut Vec<Word>, strips: &[Strip]) {
    for strip in strips {
        let sign = match strip.kind {
            Kind::Letters => continue,
            Kind::Stars => "*",
            Kind::Dashes => "-",
        };
        words.retain(|word| !within(word, strip));
        let line = line_after(words);
        words.extend(strip.marks.iter().map(|frame| Word {
            text: sign.to_owned(),
            frame: *frame,
            sure: 100,
            line,
        }));
    }
}

/// The rows of letters of which the engine left some out.
pub(super) fn left_out<'a>(words: &[Word], strips: &'a [Strip]) -> Vec<&'a Strip> {
    strips
        .iter()
        .filter(|strip| strip.kind == Kind::Letters && !gaps(words, strip).is_empty())
        .collect()
}

/// Takes the words of a second look at a row where they leave out less; what is still left out gets a sign of its own.
pub(super) fn mend(words: &mut Vec<Word>, strip: &Strip, again: Vec<Word>) {
    let missing = |words: &[Word]| gaps(words, strip).iter().map(Vec::len).sum::<usize>();
    if missing(&again) < missing(words) {
        replace(words, strip, again);
    }
    for gap in gaps(words, strip) {
        let (Some(first), Some(last)) = (gap.first(), gap.last()) else {
            continue;
        };
        words.push(Word {
            text: std::iter::repeat_n(UNREAD, gap.len()).collect(),
            frame: [
                first[0],
                first[1].min(last[1]),
                last[2],
                first[3].max(last[3]),
            ],
            sure: 0,
            line: line_after(words),
        });
    }
}

/// The rows of letters that the engine is unsure of altogether, the least sure first.
pub(super) fn unsure<'a>(words: &[Word], strips: &'a [Strip]) -> Vec<&'a Strip> {
    let mut rows: Vec<(u32, &Strip)> = strips
        .iter()
        .filter(|strip| strip.kind == Kind::Letters && strip.marks.len() >= LEFT_OUT)
        .filter_map(|strip| Some((sure_of(words, strip)?, strip)))
        .filter(|(sure, _)| *sure < UNSURE)
        .collect();
    rows.sort_by_key(|(sure, _)| *sure);
    rows.into_iter().map(|(_, strip)| strip).collect()
}

/// Takes the words of a second look at a row if the engine is clearly surer of them and leaves nothing out.
pub(super) fn surer(words: &mut Vec<Word>, strip: &Strip, again: Vec<Word>) {
    let better = match (sure_of(words, strip), sure_of(&again, strip)) {
        (Some(before), Some(now)) => now >= before + SURER && gaps(&again, strip).is_empty(),
        _ => false,
    };
    if better {
        replace(words, strip, again);
    }
}

/// How sure the engine is of a row's letters, on the whole; none where it saw none.
fn sure_of(words: &[Word], strip: &Strip) -> Option<u32> {
    let (mut sum, mut letters) = (0, 0);
    for word in words.iter().filter(|word| within(word, strip)) {
        let own = word.text.chars().filter(|c| c.is_alphanumeric()).count();
        let own = u32::try_from(own).unwrap_or(0);
        sum += u32::from(word.sure) * own;
        letters += own;
    }
    (letters > 0).then(|| sum / letters)
}

fn replace(words: &mut Vec<Word>, strip: &Strip, again: Vec<Word>) {
    words.retain(|word| !within(word, strip));
    let line = line_after(words);
    let again = again.into_iter().filter(|word| within(word, strip));
    words.extend(again.map(|word| Word { line, ..word }));
}

fn line_after(words: &[Word]) -> u32 {
    words
        .iter()
        .map(|word| word.line)
        .max()
        .unwrap_or(0)
        .saturating_add(1)
}

/// The middle of a word's height lies in the row.
fn within(word: &Word, strip: &Strip) -> bool {
    let (top, bottom) = strip.band();
    let middle = (word.frame[1] + word.frame[3]) / 2;
    middle + strip.high / 3 >= top && middle <= bottom + strip.high / 3
}

/// Runs of marks that lie in no word's frame.
fn gaps(words: &[Word], strip: &Strip) -> Vec<Vec<[u32; 4]>> {
    let near = strip.high / 3;
    let covered = |mark: &[u32; 4]| {
        let (x, y) = ((mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2);
        words.iter().any(|word| {
            let [left, top, right, bottom] = word.frame;
            x + near >= left && x <= right + near && y + near >= top && y <= bottom + near
        })
    };
    let mut gaps: Vec<Vec<[u32; 4]>> = Vec::new();
    let mut open = false;
    for mark in &strip.marks {
        if covered(mark) {
            open = false;
            continue;
        }
        match gaps.last_mut().filter(|_| open) {
            Some(gap) => gap.push(*mark),
            None => gaps.push(vec![*mark]),
        }
        open = true;
    }
    gaps.retain(|gap| gap.len() >= LEFT_OUT);
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(kind: Kind, columns: impl Iterator<Item = u32>) -> Strip {
        Strip {
            kind,
            marks: columns
                .map(|column| [column * 20, 100, column * 20 + 14, 128])
                .collect(),
            high: 28,
        }
    }

    fn word(text: &str, column: u32) -> Word {
        let wide = u32::try_from(text.chars().count()).unwrap() * 20;
        Word {
            text: text.into(),
            frame: [column * 20, 98, column * 20 + wide - 6, 130],
            sure: 90,
            line: 4,
        }
    }

    fn texts(words: &[Word]) -> Vec<&str> {
        words.iter().map(|word| word.text.as_str()).collect()
    }

    #[test]
    fn stars_replace_the_words_made_of_them() {
        let mut words = vec![word("KK", 0), word("KOK", 4)];
        let mut other = word("COURT:", 0);
        other.frame = [0, 160, 114, 190];
        words.push(other);
        dividers(&mut words, &[strip(Kind::Stars, [0, 2, 4, 6].into_iter())]);
        assert_eq!(texts(&words), ["COURT:", "*", "*", "*", "*"]);
    }

    #[test]
    fn letters_without_a_word_are_looked_at_again_and_never_dropped() {
        let row = strip(Kind::Letters, 0..12);
        let whole = vec![word("PROBATION,JA", 0)];
        assert!(left_out(&whole, std::slice::from_ref(&row)).is_empty());
        let mut words = vec![word("PROB", 0)];
        assert_eq!(left_out(&words, std::slice::from_ref(&row)).len(), 1);
        // A second look that sees no more: the gap is there for everybody to see.
        mend(&mut words, &row, vec![word("PR", 0)]);
        assert_eq!(texts(&words), ["PROB", "▯▯▯▯▯▯▯▯"]);
        assert_eq!(words[1].sure, 0);
        let mut words = vec![word("PROB", 0)];
        mend(&mut words, &row, whole);
        assert_eq!(texts(&words), ["PROBATION,JA"]);
    }

    #[test]
    fn a_second_look_counts_only_where_it_is_surer() {
        let row = strip(Kind::Letters, 0..12);
        let read = |text: &str, sure: u8| {
            vec![Word {
                sure,
                ..word(text, 0)
            }]
        };
        let mut words = read("PR0B4TI0N,IA", 40);
        assert_eq!(unsure(&words, std::slice::from_ref(&row)).len(), 1);
        surer(&mut words, &row, read("PROBATION,IA", 45));
        assert_eq!(texts(&words), ["PR0B4TI0N,IA"]);
        surer(&mut words, &row, read("PROBATION,JA", 90));
        assert_eq!(texts(&words), ["PROBATION,JA"]);
        assert!(unsure(&words, std::slice::from_ref(&row)).is_empty());
    }
}
