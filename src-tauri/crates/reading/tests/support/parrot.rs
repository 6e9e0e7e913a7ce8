//! What the fuzzers read pictures with.

use reading::{Picture, ReadError, Recognizer, Word};

/// An engine that sees the same words on every page: what is bent are pixels, not letters.
pub(crate) struct Parrot;

impl Recognizer for Parrot {
    fn recognize(&mut self, picture: &Picture) -> Result<Vec<Word>, ReadError> {
        let words = [
            "NAM/01",
            "MADEUP,ADA",
            "COURT:",
            "20010101",
            "CASC",
            "FRESNO",
            "CNT:01",
            "#1",
            "11357",
            "HS-POSSESS",
        ];
        Ok((0_u32..)
            .zip(words)
            .map(|(n, text)| Word {
                text: text.into(),
                frame: [10, n * 30, picture.width().max(20), n * 30 + 20],
                sure: u8::try_from(10 * n).unwrap_or(100),
                line: n,
            })
            .collect())
    }
}
