//! Plain text: bytes to lines with their page and line number.

use crate::ReadError;
use crate::limits;

/// A line of the source before anything is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawLine {
    /// Page, from 1.
    pub(crate) page: u32,
    /// Line of the page, from 1.
    pub(crate) line: u32,
    /// The line as printed.
    pub(crate) text: String,
    /// Where its words stand on the page's picture; empty where the text was there.
    pub(crate) words: Vec<Seen>,
}

/// A word of a line that was recognised in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Its place in the line's text, in bytes.
    pub(crate) place: std::ops::Range<usize>,
    /// Its place on the picture: left, top, right, bottom.
    pub(crate) frame: [u32; 4],
    /// How sure the engine is, in hundredths.
    pub(crate) sure: u8,
}

/// Pages of a plain text. A form feed, a line `^L`, or (where a text has neither) `PAGE n OF m` begins one.
pub(crate) fn pages(bytes: &[u8]) -> Result<Vec<Vec<RawLine>>, ReadError> {
    let lines = lines(bytes)?;
    let last = lines.last().map_or(1, |line| line.page);
    // So many page breaks are none: what stands between them is not compared page by page.
    if last > limits::TEXT_PAGES {
        return Ok(vec![lines]);
    }
    let mut pages: Vec<Vec<RawLine>> = (0..last).map(|_| Vec::new()).collect();
    for line in lines {
        let at = usize::try_from(line.page.saturating_sub(1)).unwrap_or_default();
        if let Some(page) = pages.get_mut(at) {
            page.push(line);
        }
    }
    Ok(pages)
}

fn lines(bytes: &[u8]) -> Result<Vec<RawLine>, ReadError> {
    let text = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let breaks = text.contains('\u{c}') || text.lines().any(|line| line.trim() == "^L");
    let mut lines: Vec<RawLine> = Vec::new();
    let (mut page, mut number) = (1, 0);
    // The number that the page prints, which need not be its place in the file.
    let (mut printed_number, mut blank) = (1, true);
    for printed in text.replace("\r\n", "\n").split(['\n', '\r']) {
        let mut pieces = printed.split('\u{c}').peekable();
        while let Some(piece) = pieces.next() {
            if !breaks && let Some(n) = page_number(piece) {
                if n != printed_number && !blank {
                    (page, number) = (page + 1, 0);
                }
                printed_number = n;
            }
            number += 1;
            // Control characters would travel into every view and paper.
            let text: String = piece
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            blank &= text.trim().is_empty();
            let literal_break = text.trim() == "^L";
            lines.push(RawLine {
                page,
                line: number,
                text: text.trim_end().to_owned(),
                words: Vec::new(),
            });
            if pieces.peek().is_some() || literal_break {
                (page, number) = (page + 1, 0);
            }
        }
        if lines.len() > limits::LINES {
            return Err(ReadError::Bomb);
        }
    }
    while lines.last().is_some_and(|line| line.text.is_empty()) {
        lines.pop();
    }
    Ok(lines)
}

/// `PAGE 2 OF 7`: the page's number.
pub(crate) fn page_number(line: &str) -> Option<u32> {
    page_mark(line).map(|(number, _)| number)
}

/// `PAGE 2 OF 7`: the page's number and how many there are.
pub(crate) fn page_mark(line: &str) -> Option<(u32, u32)> {
    let mut words = line.split_whitespace();
    let mut word = |expected: &[&str]| {
        words
            .next()
            .filter(|w| expected.iter().any(|e| w.eq_ignore_ascii_case(e)))
    };
    word(&["PAGE"])?;
    let number = words.next()?.parse().ok()?;
    let mut word = |expected: &[&str]| {
        words
            .next()
            .filter(|w| expected.iter().any(|e| w.eq_ignore_ascii_case(e)))
    };
    word(&["OF", "0F"])?;
    let of = words.next()?.parse().ok()?;
    words.next().is_none().then_some((number, of))
}

fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return Ok(wide(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => return Ok(wide(rest, u16::from_be_bytes)),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Text has no zero bytes; a few are damage, many are a binary file.
    if bytes.iter().filter(|byte| **byte == 0).count() * 100 > bytes.len() {
        return Err(ReadError::NotText);
    }
    Ok(match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Older programs write one byte a letter.
        Err(_) => bytes.iter().map(|byte| latin(*byte)).collect(),
    })
}

/// One byte of Windows-1252; its few gaps and printable range beyond ASCII agree with Latin-1 for all that sheets use.
fn latin(byte: u8) -> char {
    match byte {
        0x91 | 0x92 => '\'',
        0x93 | 0x94 => '"',
        0x95 => '•',
        0x96 | 0x97 => '-',
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<(u32, u32, String)> {
        lines(text.as_bytes())
            .unwrap()
            .into_iter()
            .map(|l| (l.page, l.line, l.text))
            .collect()
    }

    #[test]
    fn pages_begin_at_form_feeds_or_page_numbers() {
        let expected = vec![
            (1, 1, "A".into()),
            (1, 2, String::new()),
            (2, 1, "B".into()),
        ];
        assert_eq!(places("A\n\u{c}B\n"), expected);
        assert_eq!(
            places("A\nPAGE 2 OF 3\nB"),
            vec![
                (1, 1, "A".into()),
                (2, 1, "PAGE 2 OF 3".into()),
                (2, 2, "B".into())
            ]
        );
        assert_eq!(
            places("A\r\n^L\r\nB"),
            vec![(1, 1, "A".into()), (1, 2, "^L".into()), (2, 1, "B".into())]
        );
    }

    #[test]
    fn other_encodings_are_read() {
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("ÑO".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(lines(&wide).unwrap()[0].text, "ÑO");
        assert_eq!(lines(b"MU\xd1OZ").unwrap()[0].text, "MUÑOZ");
        assert_eq!(lines(b"\0\0\0\x01\x02"), Err(ReadError::NotText));
        assert_eq!(lines(b" \n "), Err(ReadError::Empty));
    }
}
