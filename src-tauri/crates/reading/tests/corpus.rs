//! The made-up sheets of `support/corpus`: each must give exactly what was meant when it was written.

#![allow(
    clippy::unwrap_used,
    reason = "a test program: without a harness clippy does not know it as one"
)]

use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use packs::Packs;
use reading::Fate;
use record::Record;

#[path = "support/corpus/mod.rs"]
mod corpus;
#[path = "support/scan.rs"]
mod scan;

fn main() {
    let arguments = Arguments::from_args();
    let trials = corpus::sheets()
        .into_iter()
        .flat_map(|sheet| {
            let (name, sheet) = (sheet.name.clone(), Arc::new(sheet));
            let noisy = Arc::clone(&sheet);
            [
                Trial::test(name.clone(), move || exactly(&sheet)),
                Trial::test(format!("{name}::as recognised"), move || {
                    through_noise(&noisy)
                }),
            ]
        })
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

/// What engines make of a sheet even where every word is right: stars become letters, dashes vanish, blanks come behind signs and before
/// them, blank lines come and go. What relief turns on must be read all the same, count by count, whatever the noise.
fn through_noise(sheet: &corpus::Sheet) -> Result<(), Failed> {
    let facts = |draft: &reading::Draft| -> Vec<String> {
        let mut facts: Vec<String> = draft
            .record
            .counts()
            .map(|(_, _, case, count)| {
                format!(
                    "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                    case.court.county,
                    case.number,
                    count.section,
                    count.level,
                    count.disposition,
                    count.sentence,
                    count.relief_granted,
                )
            })
            .collect();
        facts.sort_unstable();
        facts
    };
    let clean = reading::read(sheet.text.as_bytes(), Packs::builtin()?)?;
    for seed in 1..=12 {
        let text = noisy(&sheet.text, seed);
        let draft = reading::read(text.as_bytes(), Packs::builtin()?)?;
        if facts(&draft) != facts(&clean) {
            return Err(format!(
                "seed {seed}\nfound {:#?}\nwanted {:#?}\n{text}",
                facts(&draft),
                facts(&clean)
            )
            .into());
        }
    }
    Ok(())
}

fn noisy(text: &str, seed: u64) -> String {
    let mut seed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut pick = |below: usize| scan::next(&mut seed) as usize % below;
    let mut lines = Vec::new();
    for line in text.lines() {
        let bare = line.trim();
        let signs = |of: &str| !bare.is_empty() && bare.chars().all(|c| of.contains(c));
        if signs("*., \u{b7}XKO") && bare.matches(['*', 'K']).count() < 9 {
            lines.push(
                ["XK KKK KOK", "x kK kK", "* k K *", "wk kk ke O*", "* * * *"][pick(5)].to_owned(),
            );
            continue;
        }
        if signs("-' ") {
            continue;
        }
        if bare.is_empty() && pick(2) == 0 {
            continue;
        }
        let mut line = line.to_owned();
        for sign in [
            "CNT:", "NAM:", "DISPO:", "STATUS:", "SEN:", "CUSTODY:", "COURT:",
        ] {
            let bare = sign.trim_end_matches(':');
            line = match pick(4) {
                0 => line.replacen(sign, &format!("{bare} :"), 1),
                1 => line.replacen(sign, &format!("{sign} "), 1),
                _ => line,
            };
        }
        if pick(6) == 0 {
            line = line
                .replacen("DISPO", "DISP0", 1)
                .replacen("DI SP O", "DI SP 0", 1);
        }
        if line.contains("TOC:") && pick(4) == 0 {
            line = line.replacen("TOC:", "TOC!", 1);
        }
        lines.push(line);
    }
    lines.join("\n")
}
