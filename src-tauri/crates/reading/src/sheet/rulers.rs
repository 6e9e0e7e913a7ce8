//! Lines that only divide: stars between chains of entries, dashes between entries, frames round notices.

/// What a dividing line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ruler {
    /// Three or four stars: the next chain of entries.
    Cycle,
    /// What recognition of letters makes of them (`XK KKK KOK`): only if a header follows.
    PerhapsCycle,
    /// One or two stars: a cycle ruler broken over several lines; how many.
    Pieces(usize),
    /// Dashes: the next entry of the chain.
    Entry,
    /// A frame.
    Frame,
}

/// Reads a dividing line; `None` if it holds words.
pub(super) fn of(text: &str) -> Option<Ruler> {
    let (mut stars, mut dashes, mut lines, mut letters) = (0, 0, 0, 0);
    for c in text.chars() {
        match c {
            '*' => stars += 1,
            ' ' | '.' | ',' | '·' | '•' | '\'' | '"' => {}
            '-' => dashes += 1,
            '_' | '=' | '~' => lines += 1,
            'X' | 'K' | 'O' | 'W' | 'E' | 'H' | 'R' | '¥' | '%' | '«' | '»' | '#' | '+' => {
                letters += 1
            }
            _ => return None,
        }
    }
    match (stars, dashes, lines, letters) {
        (0, 0, 0, 0) => None,
        (0, 2.., 0, 0) => Some(Ruler::Entry),
        (0, 0, 5.., 0) => Some(Ruler::Frame),
        (_, 0, 0, 0) => match stars {
            1 | 2 => Some(Ruler::Pieces(stars)),
            3 | 4 => Some(Ruler::Cycle),
            _ => Some(Ruler::Frame),
        },
        // Without a single star at least two groups: a short word is none.
        (0, 0, _, _) if !text.contains(' ') => None,
        (stars, 0, _, letters @ 1..) if (4..=12).contains(&(stars + letters + lines)) => {
            Some(Ruler::PerhapsCycle)
        }
        (stars, 0, _, letters @ 1..) if stars + letters + lines > 12 => Some(Ruler::Frame),
        _ => None,
    }
}

/// What stands before a ruler of stars that lost its own line: `TOC:M * * * *`.
pub(super) fn at_the_end(text: &str) -> Option<&str> {
    let before = ["* * * *", "*  *  *  *"]
        .iter()
        .find_map(|stars| text.strip_suffix(stars))?
        .trim_end();
    (!before.contains('*') && before.contains(char::is_alphanumeric)).then_some(before)
}

/// The words that end a message, squeezed.
const END: &str = "ENDOFMESSAGE";

/// `* * * END OF MESSAGE * * *`, also with a misread letter or two and where recognition made something else of the stars: before the words
/// stand only short pieces, none of them a keyword.
pub(super) fn is_end(text: &str) -> bool {
    const LONGEST: usize = 3;
    let letters = |part: &str| -> Vec<char> {
        let part = part.chars().filter(|c| c.is_alphanumeric());
        part.take(END.len() + 1).collect()
    };
    let near = |part: &str| {
        let letters = letters(part);
        let differ = END.chars().zip(&letters).filter(|(a, b)| a != *b).count();
        letters.len() >= END.len() && differ <= 2
    };
    let mut rest = text.trim_start();
    for _ in 0..=6 {
        // The stars behind the words may touch them.
        if near(rest) {
            return true;
        }
        let (piece, after) = rest.split_once(' ').unwrap_or((rest, ""));
        if piece.chars().count() > LONGEST {
            return false;
        }
        rest = after.trim_start();
    }
    false
}

/// The same on a line that an engine recognised: up to three letters wrong, more or less, and a letter or two made of a star glued to either
/// side. Beside it stand only short pieces.
pub(super) fn is_recognised_end(text: &str) -> bool {
    const WRONG: usize = 3;
    const GLUED: usize = 2;
    const LONGEST: usize = 3;
    let pieces: Vec<Vec<char>> = text
        .split_whitespace()
        .map(|piece| piece.chars().filter(|c| c.is_alphanumeric()).collect())
        .collect();
    let letters: usize = pieces.iter().map(Vec::len).sum();
    if pieces.len() > 14 || !(END.len() - WRONG..=END.len() * 3).contains(&letters) {
        return false;
    }
    let end: Vec<char> = END.chars().collect();
    let long = |(_, piece): &(usize, &Vec<char>)| piece.len() > LONGEST;
    let mut longs = pieces.iter().enumerate().filter(long).map(|(at, _)| at);
    let Some(first_long) = longs.next() else {
        return false;
    };
    let last_long = longs.next_back().unwrap_or(first_long);
    // The words themselves are long; of what stands before and behind, a piece or two may be part of them.
    let near = |from: usize, to: usize| {
        let squeezed: Vec<char> = pieces
            .get(from..=to)
            .into_iter()
            .flatten()
            .flatten()
            .copied()
            .collect();
        (0..=GLUED).any(|front| {
            (0..=GLUED).any(|back| {
                let to = squeezed.len().saturating_sub(back);
                squeezed
                    .get(front..to)
                    .is_some_and(|part| distance(part, &end) <= WRONG)
            })
        })
    };
    (first_long.saturating_sub(2)..=first_long)
        .any(|from| (last_long..(last_long + 2).min(pieces.len())).any(|to| near(from, to)))
}

/// How many letters must be put in, taken out or changed to make one word of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in (1..).zip(a) {
        let (mut left, mut corner) = (i, i - 1);
        for (slot, y) in row.iter_mut().skip(1).zip(b) {
            let here = (corner + usize::from(x != y)).min(left + 1).min(*slot + 1);
            (corner, left) = (*slot, here);
            *slot = here;
        }
    }
    row.last()
        .map_or(0, |last| if b.is_empty() { a.len() } else { *last })
}

/// The box that marks a possible strike; of its stars recognition may have made short pieces too.
pub(super) fn is_strike(text: &str) -> bool {
    let star = |piece: &str| piece.chars().count() <= 3 && !piece.contains([':', ';', '"']);
    // A row of stars made one word; a remark would name the box in quotes, and go on.
    let stars = |before: &str, after: &str| {
        let one =
            |side: &str| side.split_whitespace().count() <= 1 && !side.contains([':', ';', '"']);
        before.trim().chars().count() <= 7 && one(before) && one(after)
    };
    const WORDS: &str = "POTENTIAL FELONY STRIKE ENTRY";
    // `P0TENTIAL FELONY`: with a misread letter or two.
    let near = || {
        let from = text.find(|c: char| c.is_alphanumeric())?;
        let (before, rest) = text.split_at_checked(from)?;
        let to = rest
            .char_indices()
            .nth(WORDS.len())
            .map_or(rest.len(), |(at, _)| at);
        let (words, after) = rest.split_at_checked(to)?;
        let differ = words.chars().zip(WORDS.chars()).filter(|(a, b)| a != b);
        (words.chars().count() == WORDS.len() && differ.count() <= 2).then_some((before, after))
    };
    text.split_once(WORDS)
        .or_else(near)
        .is_some_and(|(before, after)| before.split_whitespace().all(star) || stars(before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rulers_are_told_from_frames_and_words() {
        for (text, expected) in [
            ("* * * *", Some(Ruler::Cycle)),
            ("*    *    *    *", Some(Ruler::Cycle)),
            (". * *, * *.", Some(Ruler::Cycle)),
            (".,* * ·* * .", Some(Ruler::Cycle)),
            ("* * *", Some(Ruler::Cycle)),
            ("*", Some(Ruler::Pieces(1))),
            ("XK KKK KOK", Some(Ruler::PerhapsCycle)),
            ("WK KK KE O*", Some(Ruler::PerhapsCycle)),
            ("WEEK", None),
            ("* * * * * * * * * * *", Some(Ruler::Frame)),
            (
                "*    *    *                    *    *    *",
                Some(Ruler::Frame),
            ),
            ("- - - -", Some(Ruler::Entry)),
            ("-- ' -", Some(Ruler::Entry)),
            ("-", None),
            ("OK", None),
            ("COURT:", None),
            ("...", None),
            ("", None),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
        for end in [
            "*    *    *    END OF MESSAGE    *    *    *",
            "END OF MESSAGE",
            "36 = . END OF MESSAGE -34",
            "OA* VE END OF MESSAGE MR",
            "* * * END 0F MESSACE * * *",
            ":    ‘E   -    END OF MESSAGE    .    *    *",
        ] {
            assert!(is_end(end), "{end}");
        }
        for other in [
            "COM: END OF MESSAGE",
            "THIS IS NOT THE END OF MESSAGE",
            "END OF THE MESSAGE",
        ] {
            assert!(!is_end(other), "{other}");
        }
        for end in [
            "    RS        AES £ END SOR MESSAGE    COE OY  OHH EE  A",
            "AR   ET        SEND WOR CMESSAGE|)) YIN  CHS CT ®",
            "SOS       EEE  SEND SOR MESSABES: 2 PIE  8 EE",
            "BA   A SO      END OB MESBABE    FIR.      COO",
            "BSR   IE  ES   END SOR MESSAGE CK RIO  RAE",
        ] {
            assert!(is_recognised_end(end) && !is_end(end), "{end}");
        }
        for other in [
            "THIS IS NOT THE END OF MESSAGE",
            "SENT A MESSAGE TO THE COURT",
            "AMENDED INFORMATION",
            "CASC SAN FERNANDO",
            "SEN: 3 YEARS PROBATION, 90 DAYS JAIL",
            "COM: SENT FOR DMV MESSAGE",
            "** POTENTIAL FELONY STRIKE ENTRY **",
        ] {
            assert!(!is_recognised_end(other), "{other}");
        }
        assert!(is_strike("** POTENTIAL FELONY STRIKE ENTRY **"));
        assert!(is_strike("** P0TENTIAL FELQNY STRIKE ENTRY **"));
        assert!(is_strike("BALLED POTENTIAL FELONY STRIKE ENTRY   BALED"));
        assert!(!is_strike("SEE WITH POTENTIAL FELONY STRIKE ENTRY FOR"));
        assert!(is_strike("IED  POTENTIAL FELONY STRIKE ENTRY   BETEL"));
        assert!(!is_strike("\"POTENTIAL FELONY STRIKE ENTRY\" FOR DETAILS"));
        assert!(!is_strike(
            "WITH \"POTENTIAL FELONY STRIKE ENTRY\" FOR DETAILS"
        ));
    }
}
