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

/// `* * * END OF MESSAGE * * *`
pub(super) fn is_end(text: &str) -> bool {
    text.trim_start_matches(|c: char| !c.is_alphanumeric())
        .starts_with("END OF MESSAGE")
}

/// The box that marks a possible strike.
pub(super) fn is_strike(text: &str) -> bool {
    text.contains("POTENTIAL FELONY STRIKE ENTRY") && text.starts_with(['*', ' '])
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
        assert!(is_end("*    *    *    END OF MESSAGE    *    *    *"));
        assert!(is_strike("** POTENTIAL FELONY STRIKE ENTRY **"));
        assert!(!is_strike(
            "WITH \"POTENTIAL FELONY STRIKE ENTRY\" FOR DETAILS"
        ));
    }
}
