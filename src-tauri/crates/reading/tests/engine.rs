//! Engines that fail: what was read of the other pages is kept, and why it failed is said.

#![allow(
    clippy::unwrap_used,
    reason = "a test program: clippy knows only its test functions as tests"
)]

use packs::Packs;
use reading::{Draft, EngineFailure, Fate, Picture, ReadError, Recognizer, Word};

#[path = "support/scan.rs"]
mod scan;

/// An engine that reads the same case on every page, but fails as it is told: by the page, from 1.
struct Failing<'a> {
    page: u32,
    fails: &'a dyn Fn(u32) -> Option<EngineFailure>,
}

impl Recognizer for Failing<'_> {
    fn recognize(&mut self, picture: &Picture) -> Result<Vec<Word>, ReadError> {
        self.page += 1;
        if let Some(why) = (self.fails)(self.page) {
            return Err(ReadError::Engine { why });
        }
        let words = [
            "COURT:",
            "20010101 CASC FRESNO",
            "CNT:01 #1",
            "11357 HS-POSSESS",
            "*DISPO:CONVICTED",
        ];
        let high = picture.height() / 10;
        let row = |(line, text): (u32, &str)| Word {
            text: text.into(),
            // Every mark of the picture lies in a word, so that none counts as left out.
            frame: [0, line * high, picture.width(), (line + 1) * high],
            sure: 96,
            line,
        };
        let mut words: Vec<Word> = (0_u32..).zip(words).map(row).collect();
        words.extend((5..10).map(|line| row((line, "REMARK"))));
        Ok(words)
    }
}

fn scanned(
    pages: usize,
    fails: &dyn Fn(u32) -> Option<EngineFailure>,
) -> Result<(Draft, u32), ReadError> {
    let ink = |n: u32| {
        if n % 7 < 2 && n / 300 % 20 < 12 {
            0
        } else {
            255
        }
    };
    let picture = Picture::new(300, 200, (0..300 * 200).map(ink).collect()).unwrap();
    let bytes = scan::pdf(&vec![(&picture, scan::Packed::Flate); pages]);
    let mut engine = Failing { page: 0, fails };
    let draft = reading::read_pages(
        &bytes,
        Packs::builtin().unwrap(),
        Some(&mut engine),
        &mut |_| true,
    );
    draft.map(|draft| (draft, engine.page))
}

#[test]
fn a_page_on_which_the_engine_fails_is_unread_and_the_others_are_kept() {
    let on = |pages: &'static [u32], why: EngineFailure| {
        move |page: u32| pages.contains(&page).then(|| why.clone())
    };
    let unread = |draft: &Draft| {
        draft
            .lines
            .iter()
            .filter(|line| line.fate == Fate::Unread && line.text.contains("picture"))
            .count()
    };
    let whole = scanned(4, &|_| None).unwrap();
    assert_eq!((unread(&whole.0), whole.1), (0, 4));
    let one = scanned(4, &on(&[2], EngineFailure::Killed)).unwrap();
    assert_eq!((unread(&one.0), one.1), (1, 4));
    assert!(one.0.record.counts().count() >= 1);
    // What is not seen is not known to be none.
    assert_eq!(one.0.record.counts().next().unwrap().3.relief_granted, None);
    // After two in a row it is asked no more.
    let two = scanned(6, &on(&[2, 3], EngineFailure::TooLong { seconds: 120 })).unwrap();
    assert_eq!((unread(&two.0), two.1), (5, 3));
    // On every page, or for a reason that lasts: nothing is read, and why is said with what to do.
    for (pages, why, words) in [
        (&[1, 2][..], EngineFailure::Ended { code: 1 }, "status 1"),
        (&[3], EngineFailure::NoData, "data for English is missing"),
    ] {
        let error = scanned(3, &on(pages, why)).expect_err("no page was read");
        assert!(
            error.to_string().contains(words) && error.to_string().contains(". Check that"),
            "{error}"
        );
    }
}
