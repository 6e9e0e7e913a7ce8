//! How a page's own drawing saves and restores its state (`q` and `Q`). One that restores more than it saved would take away what
//! a program saved around it: some viewers then drop whatever is drawn behind.

/// What a drawing needs around it, so that what comes behind starts from where it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Saves {
    /// How often it restores what it did not save.
    pub(crate) missing: usize,
    /// How many of its saves it never restores.
    pub(crate) open: usize,
}

/// Counts the saves of a drawing, unpacked. Strings, comments and pictures within it are passed over.
pub(crate) fn saves(content: &[u8]) -> Saves {
    let mut found = Saves {
        missing: 0,
        open: 0,
    };
    let mut picture = false;
    let mut rest = content;
    while let Some(first) = rest.first() {
        let long = match first {
            b'%' => until(rest, |byte| matches!(byte, b'\r' | b'\n')),
            b'(' => string(rest),
            b'<' if rest.get(1) == Some(&b'<') => 2,
            b'<' => until(rest, |byte| byte == b'>'),
            byte if ends(*byte) && *byte != b'/' => 1,
            _ => 1 + until(rest.get(1..).unwrap_or_default(), ends),
        };
        let (word, behind) = rest.split_at(long.min(rest.len()));
        rest = behind;
        match word {
            b"q" => found.open += 1,
            b"Q" if found.open == 0 => found.missing += 1,
            b"Q" => found.open -= 1,
            b"BI" => picture = true,
            b"ID" if picture => {
                picture = false;
                rest = behind.get(image(behind)..).unwrap_or_default();
            }
            _ => {}
        }
    }
    found
}

/// White space and the signs that end a word (ISO 32000-1, 7.2.2).
fn ends(byte: u8) -> bool {
    blank(byte) || b"()<>[]{}/%".contains(&byte)
}

fn blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn until(content: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let at = content.iter().position(|byte| is(*byte));
    at.unwrap_or(content.len())
}

/// The length of a string with the brackets within it.
fn string(content: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in content.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth <= 1 => return at + 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    content.len()
}

/// The length of a picture's data: up to an `EI` that stands alone with more drawing, or nothing, behind it.
fn image(content: &[u8]) -> usize {
    let alone = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| content.get(at));
        let behind = content.get(at + 2..).unwrap_or_default();
        before.is_some_and(|byte| blank(*byte))
            && behind.first().is_none_or(|byte| blank(*byte))
            && behind
                .iter()
                .take(12)
                .all(|byte| blank(*byte) || byte.is_ascii_graphic())
    };
    let marks = content.windows(2).enumerate();
    let mut ends = marks.filter(|(at, word)| *word == b"EI" && alone(*at));
    ends.next().map_or(content.len(), |(at, _)| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saves_are_counted_outside_strings_comments_and_pictures() {
        for (content, missing, open) in [
            (&b""[..], 0, 0),
            (b"q 1 0 0 1 0 0 cm Q", 0, 0),
            (b"Q Q q", 2, 1),
            (b"q Q Q q q", 1, 2),
            (b"(Q \\) Q (Q) Q) Tj", 0, 0),
            (b"<51> Tj [(a) 3 (Q)] TJ % Q Q\nQ", 1, 0),
            (b"/Q gs /q Do<</Q 1>>q", 0, 1),
            (b"q BI /W 1 /H 1 ID \x00Q Q EI\xff Q\nEI Q", 0, 0),
            (b"q\n(unfinished Q", 0, 1),
        ] {
            let words = String::from_utf8_lossy(content);
            assert_eq!(saves(content), Saves { missing, open }, "{words}");
        }
    }
}
