//! Knowing more never contradicts an answer.
//!
//! A whole record is made up, some of its facts are hidden, and both are screened. What was said of the record with facts hidden
//! must still be true of the whole one: an answer that presumes nothing stays, and one that presumes something lies between the
//! relief and the fallback, or is the loss that was named.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::ToSpan;
use jiff::civil::{Date, date};
use law::{Ask, Detail, screen};
use packs::Packs;
use proptest::prelude::*;
use record::Record;
use record::clinic::Language;
use record::findings::{Finding, Findings, Relief, Status};
use serde_json::{Value, json};

// What a count of each section can be, so that the whole record never contradicts itself.
struct Kind {
    section: &'static str,
    levels: &'static [&'static str],
    form: Option<(&'static str, &'static str, &'static [&'static str])>,
    conduct: &'static [&'static str],
    from: i16,
    until: i16,
}

const ACTS: &[&str] = &[
    "possess",
    "transport",
    "give",
    "transport_for_sale",
    "export",
    "import",
    "sell",
    "furnish",
];

const fn kind(section: &'static str, levels: &'static [&'static str]) -> Kind {
    Kind {
        section,
        levels,
        form: None,
        conduct: &[],
        from: 1977,
        until: 2019,
    }
}

const KINDS: &[Kind] = &[
    Kind {
        form: Some(("concentrate", "g", &["1", "4", "4.1", "8", "9"])),
        until: 2014,
        ..kind("HS 11357(a)", &["felony", "misdemeanor"])
    },
    Kind {
        form: Some(("flower", "g", &["1", "28.5"])),
        until: 2010,
        ..kind("HS 11357(b)", &["misdemeanor"])
    },
    Kind {
        form: Some(("flower", "g", &["1", "28.5"])),
        from: 2011,
        until: 2016,
        ..kind("HS 11357(b)", &["infraction"])
    },
    Kind {
        form: Some(("flower", "g", &["29", "500"])),
        until: 2016,
        ..kind("HS 11357(c)", &["misdemeanor"])
    },
    Kind {
        form: Some(("plants", "plant", &["1", "6", "7", "40"])),
        until: 2016,
        ..kind("HS 11358", &["felony"])
    },
    Kind {
        until: 2016,
        ..kind("HS 11359", &["felony"])
    },
    Kind {
        form: Some(("flower", "g", &["1", "28.5", "29", "900"])),
        conduct: ACTS,
        until: 2016,
        ..kind("HS 11360(a)", &["felony"])
    },
    Kind {
        form: Some(("concentrate", "g", &["1", "4.5", "9"])),
        conduct: ACTS,
        until: 2016,
        ..kind("HS 11360(a)", &["felony"])
    },
    Kind {
        form: Some(("flower", "g", &["2", "28.5"])),
        conduct: &["give", "transport", "transport_for_sale"],
        until: 2016,
        ..kind("HS 11360(b)", &["misdemeanor"])
    },
    kind("PC 187(a)", &["felony"]),
    kind("PC 288(a)", &["felony"]),
    kind("PC 459", &["felony"]),
    kind("PC 32", &["felony", "misdemeanor"]),
    kind("PC 182(a)(1)", &["felony"]),
    kind("FG 1602", &["misdemeanor"]),
    Kind {
        from: 2017,
        ..kind("HS 11359(b)", &["misdemeanor"])
    },
];

const CIRCUMSTANCES: &[&str] = &[
    "buyer_under_18",
    "recipient_under_21",
    "employed_under_21",
    "school_grounds",
    "left_state",
    "environmental_harm",
    "grow_rules_broken",
    "within_custody_facility",
];

#[derive(Debug, Clone)]
struct Seed {
    kind: usize,
    pick: Vec<u8>,
}

fn pick<'a, T: ?Sized>(from: &[&'a T], by: u8) -> &'a T {
    from[usize::from(by) % from.len()]
}

fn day(from: i16, until: i16, by: u8, and: u8) -> Date {
    let years = until - from + 1;
    let start = date(from + i16::from(by) % years, 1, 1);
    start
        .checked_add((i32::from(and) * 14 / 10).days())
        .unwrap()
}

// A case of one count, every fact of it known.
fn case(seed: &Seed) -> Value {
    let kind = &KINDS[seed.kind % KINDS.len()];
    let p = |n: usize| seed.pick[n];
    let offense = day(kind.from, kind.until.min(2019), p(0), p(1));
    let offense = if kind.until == 2016 && offense > date(2016, 11, 8) {
        date(2016, 11, 8)
    } else {
        offense
    };
    let offense = if kind.until == 2014 && offense > date(2014, 11, 4) {
        date(2014, 11, 4)
    } else {
        offense
    };
    let filed = offense.checked_add(i32::from(p(2) % 60).days()).unwrap();
    let decided = filed.checked_add(i32::from(p(3)).days()).unwrap();
    let mut count = json!({
        "section": kind.section, "level": pick(kind.levels, p(4)), "attempt": p(5) % 8 == 0,
        "offense_date": offense.to_string(),
        "disposition": {"kind": pick(&["convicted", "convicted", "convicted", "convicted", "dismissed", "not_filed", "diverted", "pending"], p(6)),
            "date": decided.to_string(), "plea": pick(&["guilty", "trial"], p(24))},
        "sentence": sentence(decided, p(7), p(21), p(22), p(23)),
        "relief_granted": match p(8) % 8 {
            0 => json!([{"authority": "HS 11361.8", "effect": "dismissed"}]),
            1 => json!([{"authority": "PC 1203.4", "effect": "dismissed"}]),
            _ => json!([]),
        },
    });
    if kind.section.starts_with("PC 32") || kind.section.starts_with("PC 182") {
        count["target"] = json!(pick(&["HS 11359", "HS 11378"], p(9)));
    }
    if let Some((form, unit, values)) = kind.form {
        count["amounts"] =
            json!([{"form": form, "value": pick(values, p(10)), "unit": unit, "bound": "exact"}]);
    }
    if !kind.conduct.is_empty() {
        count["conduct"] = json!([pick(kind.conduct, p(11))]);
    }
    let mut circumstances = json!({"value_over_950": p(10) % 2 == 0, "fire_crew": p(11) % 2 == 0});
    for (n, name) in CIRCUMSTANCES.iter().enumerate() {
        circumstances[name] = json!(p(12 + n) % 4 == 0);
    }
    count["circumstances"] = circumstances;
    json!({"court": {"jurisdiction": if p(20) % 16 == 0 { "us-wa" } else { "us-ca" }}, "juvenile": false,
        "filed": filed.to_string(), "arrests": [{"date": offense.to_string()}], "counts": [count]})
}

// A sentence that agrees with itself: what is still served is probation, what is over has its day.
fn sentence(decided: Date, status: u8, parts: u8, length: u8, violated: u8) -> Value {
    let (probation, jail) = (json!({"kind": "probation"}), json!({"kind": "jail"}));
    if status % 3 == 2 {
        return json!({"parts": [probation, jail], "status": "serving", "violated": violated.is_multiple_of(2)});
    }
    let parts = match parts % 6 {
        0 => json!([probation]),
        1 => json!([probation, jail]),
        2 => json!([jail]),
        3 => json!([{"kind": "prison"}]),
        4 => json!([jail, {"kind": "mandatory_supervision"}]),
        _ => json!([{"kind": "fine"}]),
    };
    let over = decided
        .checked_add((i32::from(length) * 12).days())
        .unwrap();
    let over = over.min(date(2026, 11, 20)).max(decided);
    json!({"parts": parts, "status": "completed", "completed": over.to_string(), "violated": violated.is_multiple_of(2)})
}

fn whole(seeds: &[Seed], born: Date, registered: bool) -> Value {
    let registrations = if registered {
        json!([{"section": "PC 290"}])
    } else {
        json!([])
    };
    let cases: Vec<Value> = seeds.iter().map(case).collect();
    // Nobody offends before the age of six: a record that contradicts itself is another test's.
    let offense = |case: &Value| {
        case["counts"][0]["offense_date"]
            .as_str()
            .unwrap()
            .parse::<Date>()
            .unwrap()
    };
    let first = cases.iter().map(offense).min().unwrap();
    let born = born.min(first.checked_sub(6.years()).unwrap());
    let serving = |case: &Value| case["counts"][0]["sentence"]["status"] == "serving";
    let pending = |case: &Value| case["counts"][0]["disposition"]["kind"] == "pending";
    json!({
        "schema": "relief-desk/record/1",
        "person": {"name": {}, "born": born.to_string(), "citizenship": "citizen", "registrations": registrations},
        "now": {"serving": false, "supervised": cases.iter().any(serving), "charged": cases.iter().any(pending),
            "supervision": if cases.iter().any(serving) { json!(["probation"]) } else { json!([]) }},
        "cases": cases,
    })
}

// Hides a fact: wholly, or of a date the day.
fn hide(record: &mut Value, what: u8, at: u8) {
    let cases = record["cases"].as_array().unwrap().len();
    let k = usize::from(at) % cases;
    match what % 33 {
        0 => record["person"]["born"] = Value::Null,
        1 => shorten(&mut record["person"]["born"]),
        2 => record["person"]["registrations"] = Value::Null,
        3 => record["now"] = Value::Null,
        4 => record["cases"][k]["filed"] = Value::Null,
        5 => record["cases"][k]["arrests"] = Value::Null,
        6 => record["cases"][k]["court"] = json!({}),
        7 => record["cases"][k]["juvenile"] = Value::Null,
        n => {
            let count = &mut record["cases"][k]["counts"][0];
            match n {
                8 => count["section"] = Value::Null,
                9 => count["level"] = Value::Null,
                10 => count["offense_date"] = Value::Null,
                11 => shorten(&mut count["offense_date"]),
                12 => count["disposition"] = Value::Null,
                13 if count["disposition"].is_object() => {
                    count["disposition"]["date"] = Value::Null
                }
                14 => count["sentence"] = Value::Null,
                15 => count["relief_granted"] = Value::Null,
                16 => count["target"] = Value::Null,
                17 => count["amounts"] = Value::Null,
                18 => count["conduct"] = Value::Null,
                19 => count["circumstances"] = Value::Null,
                20 => count["attempt"] = Value::Null,
                21 => shorten(&mut record["cases"][k]["filed"]),
                22 if count["disposition"].is_object() => {
                    shorten(&mut count["disposition"]["date"])
                }
                26 => count["sentence"]["parts"] = Value::Null,
                27 => count["sentence"]["completed"] = Value::Null,
                28 => count["sentence"]["violated"] = Value::Null,
                29 => shorten(&mut count["sentence"]["completed"]),
                30 if count["disposition"].is_object() => {
                    count["disposition"]["plea"] = Value::Null
                }
                31 => record["now"]["charged"] = Value::Null,
                32 => record["now"]["supervised"] = Value::Null,
                _ if count["circumstances"].is_null() => {}
                _ => {
                    let name = CIRCUMSTANCES[usize::from(at / 4) % CIRCUMSTANCES.len()];
                    count["circumstances"][name] = Value::Null;
                }
            }
        }
    }
}

fn shorten(day: &mut Value) {
    if let Some(text) = day.as_str() {
        *day = json!(text.get(..4));
    }
}

fn screened(record: &Value, detail: Detail) -> Findings {
    let record = Record::from_json(&record.to_string()).unwrap();
    let ask = Ask {
        as_of: date(2026, 11, 21),
        routes: None,
        detail,
        lang: Language::En,
    };
    screen(&record, &ask, Packs::builtin().unwrap()).findings
}

fn class(relief: Relief) -> u8 {
    match relief {
        Relief::DismissAndSeal | Relief::RecallAndDismiss => 0,
        Relief::RedesignateInfraction | Relief::ResentenceInfraction => 1,
        Relief::RedesignateMisdemeanor | Relief::ResentenceMisdemeanor => 2,
        // A door has one relief.
        _ => 3,
    }
}

// Whether what was said with facts hidden is true of the whole record.
fn still_true(hidden: &Finding, whole: &Finding) -> Result<(), String> {
    let open = |status| {
        matches!(
            status,
            Status::Eligible | Status::LikelyDone | Status::NotYet
        )
    };
    let holds = match hidden.status {
        Status::NeedsFacts => true,
        status if open(status) => {
            let best = hidden.relief.map_or(3, class);
            if hidden.presumes.is_empty() {
                whole.status == status
                    && whole.relief == hidden.relief
                    && whole.fallback == hidden.fallback
                    && whole.earliest <= hidden.earliest
            } else if open(whole.status) {
                let found = whole.relief.map_or(3, class);
                let worst = hidden.fallback.map_or(3, class);
                best <= found && (found <= worst || hidden.fallback.is_none())
            } else {
                hidden.fallback.is_none()
            }
        }
        // What turns out to have been given already was no more to be had.
        Status::NotEligible if whole.status == Status::AlreadyGranted => true,
        status => whole.status == status || !hidden.presumes.is_empty(),
    };
    let ways = hidden
        .path
        .is_none_or(|path| whole.path.is_none_or(|other| other == path))
        && hidden
            .mode
            .is_none_or(|mode| whole.mode.is_none_or(|other| other == mode));
    if holds && ways {
        Ok(())
    } else {
        Err(format!(
            "said: {:?} {:?} {:?} {:?} {:?} {:?}\nis: {:?} {:?} {:?} {:?} {:?} {:?}",
            hidden.status,
            hidden.code,
            hidden.relief,
            hidden.fallback,
            hidden.path,
            hidden.presumes,
            whole.status,
            whole.code,
            whole.relief,
            whole.fallback,
            whole.path,
            whole.presumes
        ))
    }
}

fn seed() -> impl Strategy<Value = Seed> {
    (0..KINDS.len(), proptest::collection::vec(any::<u8>(), 25))
        .prop_map(|(kind, pick)| Seed { kind, pick })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn knowing_more_never_contradicts(
        seeds in proptest::collection::vec(seed(), 1..4),
        born in (1950_i16..1995, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d)),
        registered in proptest::bool::weighted(0.1),
        hidings in proptest::collection::vec((any::<u8>(), any::<u8>()), 1..7),
    ) {
        let whole = whole(&seeds, born, registered);
        let mut hidden = whole.clone();
        for (what, at) in &hidings {
            hide(&mut hidden, *what, *at);
        }
        let (known, said) = (screened(&whole, Detail::Full), screened(&hidden, Detail::Full));
        for finding in &said.findings {
            let same = |f: &&Finding| (&f.route, f.case, f.count) == (&finding.route, finding.case, finding.count);
            // An automatic route has no finding where the whole record shows that it does not look.
            let Some(other) = known.findings.iter().find(same) else { continue };
            if let Err(wrong) = still_true(finding, other) {
                prop_assert!(false, "{} of case {:?}\n{wrong}\nwhole: {whole}\nhidden: {hidden}", finding.route.0, finding.case);
            }
        }
        // The short form says the same with fewer words.
        let short = screened(&hidden, Detail::Answer);
        for (full, short) in said.findings.iter().zip(&short.findings) {
            prop_assert!(short.reasons.is_none() && short.procedure.is_none());
            prop_assert_eq!((full.status, full.code, full.relief, full.fallback), (short.status, short.code, short.relief, short.fallback));
            prop_assert_eq!(&full.presumes, &short.presumes);
            prop_assert_eq!(full.verification, short.verification);
        }
    }
}
