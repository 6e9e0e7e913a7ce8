//! Worked cases: the packs' own; those of `tests/cases`, written from the law's pages by someone who had not seen the code; and those
//! of the facts folder named by `RELIEF_FACTS` (skipped, and counted, without it).
//!
//! An expected key that is left out is open; `review: true` asks for a point to look at; `warnings` is a subset; and no finding
//! at all also answers `not_covered`, `other_jurisdiction` and `not_a_conviction`.

#![expect(
    clippy::unwrap_used,
    reason = "a test or a measurement stops at the first surprise"
)]

use std::path::Path;

use jiff::civil::Date;
use law::{Ask, Detail, screen};
use libtest_mimic::{Arguments, Failed, Trial};
use packs::case::WorkedCase;
use packs::{Pack, Packs};
use record::Record;
use record::clinic::Language;
use record::findings::{Finding, Findings};
use serde_json::Value;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    for pack in packs.iter() {
        let cases = pack
            .worked_cases()
            .unwrap_or_else(|error| panic!("{error}"));
        for case in cases {
            let name = format!("{}/{}", pack.id, case.id);
            trials.push(Trial::test(name, move || own(packs, pack, &case)));
        }
    }
    let written = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/cases/written-from-the-law.jsonl"
    );
    trials.extend(lines(packs, "written", Path::new(written)));
    match std::env::var("RELIEF_FACTS") {
        Ok(dir) => {
            let dir = Path::new(&dir).join("contract");
            trials.extend(lines(packs, "contract", &dir.join("cases.jsonl")));
            let states = lines(packs, "states", &dir.join("cases-states.jsonl"));
            assert!(
                states.len() >= 3,
                "no case of a jurisdiction that has a pack"
            );
            trials.extend(states);
        }
        Err(_) => {
            let skipped = Trial::test("contract (RELIEF_FACTS is not set)", || Ok(()));
            trials.push(skipped.with_ignored_flag(true));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The cases of a file in the contract's form, one a line.
fn lines(packs: &'static Packs, group: &str, file: &Path) -> Vec<Trial> {
    let text =
        std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|case| known(packs, case))
        .map(|case| {
            let name = format!("{group}/{}", case["id"].as_str().unwrap());
            Trial::test(name, move || contract(packs, &case))
        })
        .collect()
}

// Whether every route that a case names is in a pack: other jurisdictions have none here.
fn known(packs: &Packs, case: &Value) -> bool {
    let mut expected = case["expect"].as_array().unwrap().iter();
    expected.all(|one| {
        let (pack, _) = one["route"].as_str().unwrap().split_once('/').unwrap();
        packs.pack(pack).is_some()
    })
}

fn findings(packs: &Packs, record: &Record, as_of: Date) -> Findings {
    let ask = Ask {
        as_of,
        routes: None,
        detail: Detail::Full,
        lang: Language::En,
    };
    screen(record, &ask, packs).findings
}

fn find<'a>(
    all: &'a Findings,
    route: &str,
    case: Option<usize>,
    count: Option<usize>,
) -> Option<&'a Finding> {
    let mut found = all
        .findings
        .iter()
        .filter(|f| f.route.0 == route && (f.case, f.count) == (case, count));
    let first = found.next();
    assert!(
        found.next().is_none(),
        "two findings for {route} of case {case:?} count {count:?}"
    );
    first
}

// --- the packs' own -------------------------------------------------------------------------------------------------------

fn own(packs: &Packs, pack: &Pack, case: &WorkedCase) -> Result<(), Failed> {
    let faults = law::prove::expectations(packs, pack, case);
    let wrong: Vec<String> = faults.iter().map(ToString::to_string).collect();
    fail(&case.title, &wrong)
}

// --- the contract's ---------------------------------------------------------------------------------------------------------

fn contract(packs: &Packs, case: &Value) -> Result<(), Failed> {
    let record: Record =
        serde_json::from_value(case["record"].clone()).map_err(|e| e.to_string())?;
    let as_of: Date = case["as_of"].as_str().unwrap().parse().unwrap();
    let all = findings(packs, &record, as_of);
    let mut wrong = Vec::new();
    for expected in case["expect"].as_array().unwrap() {
        let route = expected["route"].as_str().unwrap();
        let (pack, door) = route.split_once('/').unwrap();
        if packs.pack(pack).and_then(|pack| pack.route(door)).is_none() {
            wrong.push(format!("no pack has the route {route}"));
            continue;
        }
        let index = |key: &str| expected[key].as_u64().map(|n| usize::try_from(n).unwrap());
        match find(&all, route, index("case"), index("count")) {
            None => {
                let code = expected["code"].as_str().unwrap_or_default();
                if !["not_covered", "other_jurisdiction", "not_a_conviction"].contains(&code) {
                    wrong.push(format!("no finding for {expected}"));
                }
            }
            Some(finding) => {
                let found = serde_json::to_value(finding).unwrap();
                for (key, wanted) in expected.as_object().unwrap() {
                    let met = match key.as_str() {
                        "review" => wanted.as_bool() == Some(!finding.review.is_empty()),
                        "warnings" => wanted.as_array().unwrap().iter().all(|code| {
                            finding
                                .warnings
                                .iter()
                                .any(|w| Some(w.code.as_str()) == code.as_str())
                        }),
                        key => found[key] == *wanted,
                    };
                    if !met {
                        wrong.push(format!(
                            "{key} is {} and not {wanted}: {found:#}",
                            found[key.as_str()]
                        ));
                    }
                }
            }
        }
    }
    fail(case["title"].as_str().unwrap_or_default(), &wrong)
}

fn fail(title: &str, wrong: &[String]) -> Result<(), Failed> {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{title}\n{}", wrong.join("\n")).into())
    }
}
