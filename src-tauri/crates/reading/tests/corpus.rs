//! The made-up sheets of `support/corpus.rs`: each must give exactly what was meant when it was written.

#![allow(
    clippy::unwrap_used,
    reason = "a test program: without a harness clippy does not know it as one"
)]

use libtest_mimic::{Arguments, Failed, Trial};
use packs::Packs;
use reading::Fate;
use record::Record;

#[path = "support/corpus.rs"]
mod corpus;

fn main() {
    let arguments = Arguments::from_args();
    let trials = corpus::sheets()
        .into_iter()
        .map(|sheet| Trial::test(sheet.name.clone(), move || exactly(&sheet)))
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn exactly(sheet: &corpus::Sheet) -> Result<(), Failed> {
    let draft = reading::read(sheet.text.as_bytes(), Packs::builtin()?)?;
    let wanted = Record::from_json(&sheet.record.to_string())?;
    let found = Record {
        provenance: None,
        reading: None,
        ..draft.record.clone()
    };
    if found != wanted {
        let (found, wanted) = (found.to_json(), wanted.to_json());
        let at = found
            .bytes()
            .zip(wanted.bytes())
            .position(|(a, b)| a != b)
            .unwrap_or(0)
            .saturating_sub(60);
        let part = |text: &str| text.chars().skip(at).take(260).collect::<String>();
        return Err(format!(
            "found  ...{}\nwanted ...{}\n{}",
            part(&found),
            part(&wanted),
            sheet.text
        )
        .into());
    }
    let unread: Vec<&str> = draft
        .lines
        .iter()
        .filter(|line| line.fate == Fate::Unread)
        .map(|line| line.text.as_str())
        .collect();
    if !unread.is_empty() {
        return Err(format!("unread {unread:?}").into());
    }
    let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let mut flags: Vec<String> = draft
        .flags
        .iter()
        .map(|flag| word(serde_json::to_value(flag.kind).unwrap()))
        .collect();
    flags.sort_unstable();
    if flags != sheet.flags {
        return Err(format!("flags {flags:?}, wanted {:?}", sheet.flags).into());
    }
    let other: Vec<String> = draft
        .other_events
        .iter()
        .map(|event| word(serde_json::to_value(event.kind).unwrap()))
        .collect();
    if other != sheet.other {
        return Err(format!("other {other:?}, wanted {:?}", sheet.other).into());
    }
    Ok(())
}
