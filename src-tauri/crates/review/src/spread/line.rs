//! Lines between the pieces: fields between tabs, every byte that is not plain printable ASCII escaped.

use std::io::BufRead;

use crate::ReviewError;

/// Digits of a file's number, so that numbers sort as texts.
const FILE: usize = 5;
/// Digits of a line's number.
const LINE: usize = 12;
/// Digits of a record's number within its person.
const RECORD: usize = 6;

/// Puts bytes behind `out` as ASCII on one line: `\n`, `\r`, `\t`, `\\`, and `\xHH` for whatever else is not printable.
///
/// Python reads it back with `unicode_escape` and `latin-1`.
pub fn escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let plain = |byte: &u8| matches!(byte, b' '..=b'~') && *byte != b'\\';
    let mut rest = bytes;
    loop {
        let n = rest.iter().take_while(|byte| plain(byte)).count();
        out.extend_from_slice(&rest[..n]);
        let Some(byte) = rest.get(n) else { return };
        match byte {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\\' => out.extend_from_slice(b"\\\\"),
            byte => {
                let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
                out.extend_from_slice(&[b'\\', b'x', HEX[high], HEX[low]]);
            }
        }
        rest = &rest[n + 1..];
    }
}

/// The bytes that [`escaped`] was given; nothing where it did not write this.
#[must_use]
pub fn unescaped(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(n) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..n]);
        let (byte, used) = match rest.get(n + 1)? {
            b'n' => (b'\n', 2),
            b'r' => (b'\r', 2),
            b't' => (b'\t', 2),
            b'\\' => (b'\\', 2),
            b'x' => {
                let digits = std::str::from_utf8(rest.get(n + 2..n + 4)?).ok()?;
                (u8::from_str_radix(digits, 16).ok()?, 4)
            }
            _ => return None,
        };
        out.push(byte);
        rest = &rest[n + used..];
    }
    out.extend_from_slice(rest);
    Some(out)
}

/// Where a row stood, as two fields that sort.
pub(super) fn place(out: &mut Vec<u8>, file: u16, line: u64) {
    let text = format!("{file:0FILE$}\t{line:0LINE$}");
    out.extend_from_slice(text.as_bytes());
}

/// The number of a record within its person.
pub(super) fn record(out: &mut Vec<u8>, n: usize) {
    out.extend_from_slice(format!("{n:0RECORD$}").as_bytes());
}

/// The lines of an input, their numbers counted for whoever must be told.
pub(super) struct Lines<R> {
    input: R,
    name: String,
    line: Vec<u8>,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R, name: String) -> Self {
        Self {
            input,
            name,
            line: Vec::new(),
            number: 0,
        }
    }

    /// Goes to the next line that is not empty; false behind the last.
    pub(super) fn next(&mut self) -> Result<bool, ReviewError> {
        loop {
            self.line.clear();
            self.number += 1;
            let read = self.input.read_until(b'\n', &mut self.line);
            if read.map_err(ReviewError::io(&self.name))? == 0 {
                return Ok(false);
            }
            while self.line.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
                self.line.pop();
            }
            if !self.line.is_empty() {
                return Ok(true);
            }
        }
    }

    /// The line without its end.
    pub(super) fn line(&self) -> &[u8] {
        &self.line
    }

    /// Why the line that it stands at is refused.
    pub(super) fn refuse(&self, problem: &'static str) -> ReviewError {
        ReviewError::Piece {
            name: self.name.clone(),
            line: self.number,
            problem,
        }
    }
}

/// The fields of a line, when there are exactly so many.
pub(super) fn fields<const N: usize>(line: &[u8]) -> Option<[&[u8]; N]> {
    let mut fields = line.split(|byte| *byte == b'\t');
    let mut all = [&b""[..]; N];
    for field in &mut all {
        *field = fields.next()?;
    }
    fields.next().is_none().then_some(all)
}

/// A number written in digits.
pub(super) fn number<T: std::str::FromStr>(field: &[u8]) -> Option<T> {
    std::str::from_utf8(field).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back_and_no_line_breaks() {
        let all: Vec<u8> = (0..=255).chain(*b"\\n\\x").collect();
        let mut text = Vec::new();
        escaped(&mut text, &all);
        assert!(text.iter().all(|byte| matches!(byte, b' '..=b'~')));
        assert_eq!(unescaped(&text), Some(all));
        for broken in [&b"\\"[..], b"\\q", b"\\x4", b"\\xzz"] {
            assert_eq!(unescaped(broken), None);
        }
    }
}
