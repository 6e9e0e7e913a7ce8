//! How long a form takes to fill and flatten once it is open: the goal for the longest petition is 40 ms.
//!
//! The blanks are not part of the project: without the folder that `RELIEF_FACTS` names there is nothing to measure.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement stops at the first surprise"
)]

use std::path::PathBuf;

use divan::Bencher;
use forms::{Blank, Fill, Given, Kind, Values};

fn main() {
    divan::main();
}

fn blank(file: &str) -> Option<(Vec<u8>, Blank)> {
    let facts = PathBuf::from(std::env::var_os("RELIEF_FACTS")?);
    let bytes = std::fs::read(facts.join("forms").join(file)).ok()?;
    let blank = Blank::open(&bytes).unwrap();
    Some((bytes, blank))
}

fn values(blank: &Blank) -> Values {
    let given = |kind: Kind| match kind {
        Kind::Text => Some(Given::Text("Wilhelmina Testperson".to_owned())),
        Kind::Check => Some(Given::Tick(true)),
        Kind::Radio | Kind::Choice | Kind::Button | Kind::Signature => None,
    };
    let fields = blank.fields().iter();
    fields
        .filter_map(|field| Some((field.name.clone(), given(field.kind)?)))
        .collect()
}

const FILES: [&str; 2] = [
    "cr-180_2024-01-01_decrypted.pdf",
    "fw-001_2018-03-02_refielded.pdf",
];

#[divan::bench(args = FILES)]
fn fill_and_flatten(bencher: Bencher<'_, '_>, file: &str) {
    let Some((_, blank)) = blank(file) else {
        return;
    };
    let values = values(&blank);
    bencher.bench(|| blank.fill(&values, &Fill::default()).unwrap());
}

#[divan::bench(args = FILES)]
fn open(bencher: Bencher<'_, '_>, file: &str) {
    let Some((bytes, _)) = blank(file) else {
        return;
    };
    bencher.bench(|| Blank::open(&bytes).unwrap());
}
