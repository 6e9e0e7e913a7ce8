//! What must hold for any bytes: no panic, and a draft whose record comes back from its own JSON. Time and memory are the fuzzer's to watch.

use packs::Packs;
use reading::{Picture, ReadError, Recognizer, Word};
use record::Record;

/// An engine that sees the same words on every page: what is bent are pixels, not letters.
struct Parrot;

impl Recognizer for Parrot {
    fn recognize(&mut self, picture: &Picture) -> Result<Vec<Word>, ReadError> {
        let words = [
            "NAM/01",
            "MADEUP,ADA",
            "COURT:",
            "20010101",
            "CASC",
            "NOWHERE",
            "CNT:01",
            "#1",
            "1",
            "XX-THEFT",
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

/// Reads a file as the program does.
pub(crate) fn read(bytes: &[u8]) {
    let packs = Packs::builtin().expect("the program's own packs");
    if let Ok(draft) = reading::read_pages(bytes, packs, Some(&mut Parrot), &mut |_| true) {
        let back = Record::from_json(&draft.record.to_json());
        assert!(
            back.as_ref() == Ok(&draft.record),
            "the record does not come back"
        );
    }
}
