//! Damage of every kind: lines lost, letters changed, bytes at random. Never a panic, never a hang, and never a line without fate.

#![allow(
    clippy::unwrap_used,
    reason = "a test program: clippy knows only its test functions as tests"
)]

use std::time::{Duration, Instant};

use packs::Packs;
use proptest::prelude::*;
use reading::{Draft, ReadError};
use record::Record;

#[path = "support/pdf.rs"]
mod pdf;

const SHEETS: [&str; 6] = [
    include_str!("../../../../tests/cases/sheets/counts.txt"),
    include_str!("../../../../tests/cases/sheets/updates.txt"),
    include_str!("../../../../tests/cases/sheets/noise.txt"),
    include_str!("../../../../tests/cases/sheets/personal.txt"),
    include_str!("../../../../tests/cases/sheets/other-events.txt"),
    include_str!("../../../../tests/cases/sheets/training-sales.txt"),
];

fn read(bytes: &[u8]) -> Result<Draft, ReadError> {
    let started = Instant::now();
    let result = reading::read(bytes, Packs::builtin().unwrap());
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "took {:?}",
        started.elapsed()
    );
    if let Ok(draft) = &result {
        let json = draft.record.to_json();
        assert_eq!(Record::from_json(&json).as_ref(), Ok(&draft.record));
        let reading = draft.record.reading.as_ref().unwrap();
        assert_eq!(reading.share, draft.share());
    }
    result
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lost_lines(sheet in 0..SHEETS.len(), keep in prop::collection::vec(prop::bool::weighted(0.85), 120)) {
        let kept: Vec<&str> = SHEETS[sheet]
            .lines()
            .zip(keep.iter().cycle())
            .filter(|(_, keep)| **keep)
            .map(|(line, _)| line)
            .collect();
        if let Ok(draft) = read(kept.join("\n").as_bytes()) {
            let printed = kept.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
            prop_assert!(draft.lines.len() >= printed);
        }
    }

    #[test]
    fn changed_letters(sheet in 0..SHEETS.len(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 0..60)) {
        let mut text: Vec<char> = SHEETS[sheet].chars().collect();
        for (at, letter) in changes {
            let at = at.index(text.len());
            text[at] = letter;
        }
        drop(read(text.into_iter().collect::<String>().as_bytes()));
    }

    #[test]
    fn changed_bytes(sheet in 0..SHEETS.len(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..60)) {
        let mut bytes = SHEETS[sheet].as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        drop(read(&bytes));
    }

    #[test]
    fn shuffled_lines(sheet in 0..SHEETS.len(), order in Just((0..200_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let lines: Vec<&str> = SHEETS[sheet].lines().collect();
        let mixed: Vec<&str> = order.iter().filter_map(|at| lines.get(*at).copied()).collect();
        drop(read(mixed.join("\n").as_bytes()));
    }

    #[test]
    fn sheet_words_at_random(words in prop::collection::vec(prop::sample::select(vec![
        "CNT:01", "CNT:001-003", "#123", "\n", "\n\n", "COURT:", "ARR/DET/CITE:", "NAM:01", "20010101", "CASC", "FRESNO", "* * * *", "- - - -", "*", "DISPO:", "CONVICTED",
        "SEN:", "3 YEARS", "PROBATION", ",", "COM:", "CHRG-", "11357(A) HS", "664/", "TOC:F", "CONV STATUS:", "NAM/01", "SOC/", "DOB/", "EXP:", "PROBATION:", "^L", "\u{c}",
        "1203.4 PC", "RELIEF GRANTED", "END OF MESSAGE", "REGISTRATION:", "CUSTODY:CDC", "**", "é", "▯", "\u{202e}", "XK KKK KOK", "PAGE 2 OF 3", "(((", ")", "SEE COMMENT FOR CHARGE",
    ]), 0..200)) {
        drop(read(words.join(" ").as_bytes()));
        drop(read(words.concat().as_bytes()));
    }

    #[test]
    fn damaged_pdfs(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = pdf::of_text(SHEETS[5]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        drop(read(&bytes));
    }
}

#[test]
fn long_lines_and_deep_brackets_take_no_time() {
    for piece in [
        "(", "1", "A ", "* ", "-", "SN ", "NAM", "CNT:01", "DISPO:", "11357(", ",", "PC", "TOC:",
    ] {
        let long = piece.repeat(20_000 / piece.len());
        let text = format!(
            "NAM/01 TESTPERSON,LINE\n* * * *\nCOURT: NAM:01\n20050601  {long}\nCNT:01 #{long}\n{long}\n 459 PC-{long}\nDISPO:{long}\nSEN:{long}\nCOM:{long}\n"
        );
        drop(read(text.as_bytes()));
    }
}
