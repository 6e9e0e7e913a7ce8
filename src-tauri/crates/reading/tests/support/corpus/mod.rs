//! Made-up sheets, each written together with what it must give: the builder that prints a line also says what the line means, so nothing
//! here asks the reader. Every construct comes back in several sheets, with other neighbours, courts and noise each time.
#![allow(dead_code, reason = "each test program uses its own part")]
#![allow(clippy::string_slice, reason = "made-up sheets are plain ASCII")]
#![allow(
    clippy::unwrap_used,
    reason = "clippy knows only test functions as tests"
)]

mod convictions;
mod endings;
mod later;
mod others;
mod page;
mod relief;

use serde_json::{Value, json};

use page::Page;

/// How many sheets there are.
pub(crate) const SHEETS: usize = 72;

/// A sheet and what it must give.
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) text: String,
    /// The record without provenance and reading.
    pub(crate) record: Value,
    /// The kinds of flags, sorted.
    pub(crate) flags: Vec<&'static str>,
    /// The kinds of entries kept as text, in order.
    pub(crate) other: Vec<&'static str>,
}

/// All sheets.
pub(crate) fn sheets() -> Vec<Sheet> {
    (0..SHEETS).map(sheet).collect()
}

type Construct = fn(&mut Page);

/// Every construct with its name.
const CONSTRUCTS: [(&str, Construct); 32] = [
    ("plain", convictions::plain),
    ("probation", convictions::probation),
    ("range", convictions::range),
    ("released", endings::released),
    ("rejected", endings::rejected),
    ("attempts", convictions::attempts),
    ("charge in a remark", convictions::remark),
    ("realigned", convictions::realigned),
    ("set aside", relief::set_aside),
    ("set aside on one line", relief::set_aside_on_one_line),
    ("reduced", relief::reduced),
    ("redesignated", relief::redesignated),
    ("automatic relief", relief::automatic),
    ("arrest relief", relief::arrest_relief),
    ("revoked", later::revoked),
    ("modified", later::modified),
    ("suspended", convictions::suspended),
    ("diverted", endings::diverted),
    ("registered", others::registered),
    ("applicant", others::applicant),
    ("custody", others::custody),
    ("custody alone", others::custody_alone),
    ("supplemental arrest", endings::supplemental),
    ("strike", endings::strike),
    ("juvenile", endings::juvenile),
    ("federal", convictions::federal),
    ("undone", relief::undone),
    ("back in court", later::back_in_court),
    ("two numbers", later::two_numbers),
    ("combined sections", convictions::combined),
    ("acquitted", endings::acquitted),
    ("unknown header", others::unknown_header),
];

fn sheet(index: usize) -> Sheet {
    let mut page = Page {
        lines: Vec::new(),
        cases: Vec::new(),
        registrations: Vec::new(),
        flags: Vec::new(),
        other: Vec::new(),
        noise: index % 6,
        seed: index * 131 + 7,
        year: 1979 + i32::try_from(index % 9).unwrap(),
    };
    let given = [
        "ADA", "BORIS", "CLEO", "DUNCAN", "ESME", "FLINT", "GRETA", "HUGO",
    ][index % 8];
    let family = ["IMAGINARY", "MADEUP", "NOBODY", "FICTUS"][index % 4];
    let cii = format!("A9{:07}", index * 9001 % 10_000_000);
    let born = format!(
        "19{:02}{:02}{:02}",
        50 + index % 20,
        index % 12 + 1,
        index % 28 + 1
    );
    page.line(format!(
        "RE: QHY.CA0349435.{}.CLINIC-        DATE:20260302 TIME:09:20:00",
        &cii[1..]
    ));
    page.line("RESTRICTED-DO NOT USE FOR EMPLOYMENT, LICENSING OR CERTIFICATION PURPOSES");
    page.line("III CALIFORNIA ONLY SOURCE RECORD");
    page.line(format!("CII/{cii}"));
    page.line(format!("DOB/{born} SEX/M RAC/WHITE"));
    page.line("HGT/510 WGT/170 EYE/BRO HAIR/BLK POB/CA");
    page.line(format!("NAM/01 {family},{given}"));
    page.line(format!("    002 {family},{given} QUENTIN"));
    page.line("");
    // Walking through all constructs by steps that share nothing with their number brings each as often as the other.
    let names: Vec<&str> = (0..4)
        .map(|k| {
            let (name, construct) = CONSTRUCTS[(index * 4 + k) * 9 % 31];
            construct(&mut page);
            name
        })
        .collect();
    if index % 9 == 3 {
        others::custody_alone(&mut page);
    }
    if index % 8 == 5 {
        others::unknown_header(&mut page);
    }
    page.line("     *    *    *    END OF MESSAGE    *    *    *");
    let born = format!("{}-{}-{}", &born[..4], &born[4..6], &born[6..]);
    // Convictions that custody alone shows stand behind those of courts; their ids follow.
    let (alone, mut cases): (Vec<Value>, Vec<Value>) = page
        .cases
        .drain(..)
        .partition(|case| case["counts"][0]["disposition"] == json!({"kind": "convicted"}));
    cases.extend(alone);
    for (k, case) in (1..).zip(&mut cases) {
        case["id"] = json!(format!("k{k}"));
        for (c, count) in (1..).zip(case["counts"].as_array_mut().unwrap()) {
            count["id"] = json!(format!("k{k}c{c}"));
        }
    }
    page.flags.sort_unstable();
    Sheet {
        name: format!("{index:02} {}", names.join(", ")),
        text: page.lines.join("\n") + "\n",
        record: json!({
            "schema": "relief-desk/record/1",
            "person": {
                "name": {"family": family, "given": given},
                "aliases": [{"family": family, "given": given, "middle": "QUENTIN"}],
                "born": born,
                "identifiers": [{"kind": "cii", "value": cii}],
                "registrations": page.registrations,
            },
            "cases": cases,
        }),
        flags: page.flags,
        other: page.other,
    }
}
