//! One court entry as a sheet, and what was read in few words.

use packs::Packs;
use reading::Draft;
use record::Effect;

const HEAD: &str = "CII/A12345678\nDOB/19700304 SEX/F\nNAM/01 DOE,JANE\n";
const END: &str = "     *    *    *    END OF MESSAGE    *    *    *\n";

/// Reads entries as a sheet of its own.
pub(crate) fn read(entries: &str) -> Draft {
    bare(&format!("{HEAD}{entries}{END}"))
}

/// Reads a whole sheet.
pub(crate) fn bare(text: &str) -> Draft {
    reading::read(text.as_bytes(), Packs::builtin().unwrap()).expect("a sheet")
}

/// A court's entry with these counts.
pub(crate) fn entry(counts: &str) -> String {
    format!("* * * *\nCOURT:          NAM:01\n20020202  CASC FRESNO\n\n{counts}")
}

/// The kinds of the flags.
pub(crate) fn flags(draft: &Draft) -> Vec<String> {
    draft.flags.iter().map(|flag| word(&flag.kind)).collect()
}

/// Each count as `number: section level outcome parts of the sentence relief`.
pub(crate) fn said(draft: &Draft) -> Vec<String> {
    let record = &draft.record;
    let mut all = Vec::new();
    for case in &record.cases {
        let number = case.number.as_deref().unwrap_or("?");
        for count in &case.counts {
            let mut words = vec![format!("{number}:")];
            if count.attempt == Some(true) {
                words.push("attempted".into());
            }
            words.push(
                count
                    .section
                    .as_ref()
                    .map_or("-".into(), ToString::to_string),
            );
            words.push(count.level.as_ref().map_or("-".into(), word));
            words.push(
                count
                    .disposition
                    .as_ref()
                    .map_or("-".into(), |d| word(&d.kind)),
            );
            let parts = count.sentence.iter().flat_map(|s| s.parts.iter().flatten());
            words.extend(parts.map(|part| {
                let suspended = if part.suspended == Some(true) {
                    "(ss)"
                } else {
                    ""
                };
                format!("{}{suspended}", word(&part.kind))
            }));
            let relief = count.relief_granted.iter().flatten();
            words.extend(relief.map(|one| {
                let effect: &Effect = &one.effect;
                format!("+{}", word(effect))
            }));
            all.push(words.join(" "));
        }
    }
    all
}

fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}
