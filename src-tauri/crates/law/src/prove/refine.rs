//! Hiding a fact never contradicts what the whole record says, and a fact that a route does not read changes nothing.

use packs::Packs;
use packs::case::WorkedCase;
use packs::limit::Span;
use packs::offense::{Form, Offense};
use packs::section::Fit;
use record::clinic::Language;
use record::findings::{Finding, Findings, Relief, RouteId, Status};
use record::{Record, SentenceStatus};
use serde_json::{Value, json};

use super::cases::in_words;
use super::{Covered, Fault, Proof};
use crate::amounts::weighed;
use crate::docket::Docket;
use crate::{Ask, Detail, screen};

/// Facts of the person and of a case that nobody may need to know.
const PERSON: [&str; 8] = [
    "/person/born",
    "/person/died",
    "/person/registrations",
    "/now",
    "/now/serving",
    "/now/supervised",
    "/now/supervision",
    "/now/charged",
];
const CASE: [&str; 4] = ["/filed", "/arrests", "/juvenile", "/court/jurisdiction"];
const COUNT: [&str; 16] = [
    "/section",
    "/attempt",
    "/target",
    "/level",
    "/offense_date",
    "/disposition",
    "/disposition/date",
    "/disposition/plea",
    "/sentence",
    "/sentence/status",
    "/sentence/completed",
    "/sentence/violated",
    "/sentence/parts",
    "/conduct",
    "/amounts",
    "/relief_granted",
];

pub(super) fn check(proof: &Proof<'_>, covered: &mut Covered, faults: &mut Vec<Fault>) {
    for case in proof.cases {
        let ids: Vec<RouteId> = routes(proof, case);
        let Ok(whole) = serde_json::to_value(&case.record) else {
            continue;
        };
        let known = screened(proof.packs, &case.record, case, &ids);
        let docket = Docket::new(&case.record, proof.pack, case.as_of);
        for path in paths(&whole) {
            if !possible(&docket, &path) {
                continue;
            }
            let mut hidden = whole.clone();
            let Some(place) = hidden.pointer_mut(&path) else {
                continue;
            };
            *place = Value::Null;
            let Ok(record) = serde_json::from_value::<Record>(hidden) else {
                continue;
            };
            covered.changes += 1;
            let said = screened(proof.packs, &record, case, &ids);
            compare(case, &path, &said, &known, faults);
        }
        unread(proof, case, &ids, &known, covered, faults);
    }
}

fn routes(proof: &Proof<'_>, case: &WorkedCase) -> Vec<RouteId> {
    let mut ids: Vec<RouteId> = case
        .expect
        .iter()
        .map(|expected| RouteId(format!("{}/{}", proof.pack.id, expected.route.as_str())))
        .collect();
    ids.dedup();
    ids
}

// Every fact of the record that stands there and is known.
fn paths(record: &Value) -> Vec<String> {
    let mut all: Vec<String> = PERSON.iter().map(|path| (*path).to_owned()).collect();
    for (k, case) in record["cases"].as_array().into_iter().flatten().enumerate() {
        all.extend(CASE.iter().map(|path| format!("/cases/{k}{path}")));
        for (c, count) in case["counts"].as_array().into_iter().flatten().enumerate() {
            let count_path = format!("/cases/{k}/counts/{c}");
            all.extend(COUNT.iter().map(|path| format!("{count_path}{path}")));
            let circumstances = count["circumstances"].as_object();
            let keys = circumstances.into_iter().flat_map(|all| all.keys());
            all.extend(keys.map(|key| format!("{count_path}/circumstances/{key}")));
        }
    }
    all.retain(|path| record.pointer(path).is_some_and(|value| !value.is_null()));
    all
}

// Whether the value that stands there is one that an unknown could turn out to be: not a level, an amount or a conduct that the
// conviction itself excludes, and not the day on which a sentence, said to be completed, will be.
fn possible(docket: &Docket<'_>, path: &str) -> bool {
    let mut parts = path.split('/').skip(2);
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok());
    let (k, _, c) = (number(parts.next()), parts.next(), number(parts.next()));
    let Some((k, c)) = k.zip(c) else {
        return true;
    };
    let count = &docket.record.cases[k].counts[c];
    let entry = docket.entry(k, c);
    let offenses = &docket.pack.offenses;
    let forms: Vec<_> = entry
        .charge
        .iter()
        .flat_map(|charge| offenses.matching(charge))
        .filter(|(_, form, _)| entry.days.within(form.from, form.until).is_some())
        .collect();
    let named = forms.iter().any(|(.., fit)| *fit == Fit::Yes);
    let forms: Vec<_> = forms
        .into_iter()
        .filter(|(.., fit)| !named || *fit == Fit::Yes)
        .collect();
    let allowed = |allows: &dyn Fn(&Offense, &Form) -> bool| {
        forms.is_empty()
            || forms
                .iter()
                .any(|(id, form, _)| allows(offenses.get(*id), form))
    };
    match parts.next() {
        Some("level") => allowed(&|_, form| {
            let level = count
                .level
                .is_some_and(|level| form.levels.contains(&level));
            form.levels.is_empty() || level
        }),
        Some("amounts") => allowed(&|offense, _| {
            let weighed = weighed(count.amounts.as_deref().unwrap_or_default());
            let agrees = |proves: Option<Span>, weighed: Span| {
                proves.is_none_or(|proves| weighed == Span::NONE || proves.both(&weighed).is_some())
            };
            agrees(offense.proves.flower, weighed.flower)
                && agrees(offense.proves.concentrate, weighed.concentrate)
                && agrees(offense.proves.plants, weighed.plants)
        }),
        Some("conduct") => allowed(&|offense, _| {
            let acts = count.conduct.iter().flatten();
            let mut classes = acts.map(|act| docket.pack.limits.conduct(*act));
            classes.all(|class| class & offense.conduct != 0)
        }),
        Some("sentence") if parts.next() == Some("completed") => {
            let status = count.sentence.as_ref().and_then(|s| s.status);
            status != Some(SentenceStatus::Completed)
        }
        _ => true,
    }
}

fn screened(packs: &Packs, record: &Record, case: &WorkedCase, routes: &[RouteId]) -> Findings {
    let ask = Ask {
        as_of: case.as_of,
        routes: Some(routes.to_vec()),
        detail: Detail::Answer,
        lang: Language::En,
    };
    screen(record, &ask, packs).findings
}

fn same<'a>(all: &'a Findings, one: &Finding) -> Option<&'a Finding> {
    let place = |f: &Finding| (f.route.clone(), f.case, f.count);
    all.findings.iter().find(|other| place(other) == place(one))
}

fn compare(
    case: &WorkedCase,
    path: &str,
    said: &Findings,
    known: &Findings,
    faults: &mut Vec<Fault>,
) {
    for finding in &said.findings {
        // An automatic route has no finding where the whole record shows that it does not look.
        let Some(whole) = same(known, finding) else {
            continue;
        };
        if !still_true(finding, whole) {
            faults.push(Fault {
                place: case.place.clone(),
                text: format!(
                    "case `{}`: without {} {} says {}; with it {}",
                    case.id,
                    path,
                    finding.route.0,
                    said_in_words(finding),
                    said_in_words(whole)
                ),
            });
        }
    }
}

// The answer as the contract writes it, as far as two are compared by it.
fn said_in_words(finding: &Finding) -> String {
    let parts = [
        ("code", json!(finding.code)),
        ("relief", json!(finding.relief)),
        ("fallback", json!(finding.fallback)),
        ("earliest", json!(finding.earliest)),
        ("mode", json!(finding.mode)),
    ];
    let given = parts.iter().filter(|(_, value)| !value.is_null());
    let given: String = given
        .map(|(key, value)| format!(", {key} {}", in_words(value)))
        .collect();
    format!("{}{given}", in_words(&json!(finding.status)))
}

fn open(status: Status) -> bool {
    matches!(
        status,
        Status::Eligible | Status::LikelyDone | Status::NotYet
    )
}

// Better first, where reliefs are of one family; others are compared by being the same.
pub(crate) fn rank(relief: Relief) -> Option<u8> {
    match relief {
        Relief::DismissAndSeal | Relief::RecallAndDismiss => Some(0),
        Relief::RedesignateInfraction
        | Relief::ResentenceInfraction
        | Relief::ReduceToInfraction => Some(1),
        Relief::RedesignateMisdemeanor
        | Relief::ResentenceMisdemeanor
        | Relief::ReduceToMisdemeanor => Some(2),
        _ => None,
    }
}

/// Whether what was said with a fact hidden is true of the whole record.
#[must_use]
pub fn still_true(hidden: &Finding, whole: &Finding) -> bool {
    let holds = match hidden.status {
        Status::NeedsFacts => true,
        status if open(status) && hidden.presumes.is_empty() => {
            // A day that is known only in part opens the door on its last at the latest.
            let in_time = match status {
                Status::NotYet => whole.earliest.is_some() && whole.earliest <= hidden.earliest,
                _ => hidden.earliest == whole.earliest,
            };
            (whole.status, whole.relief, whole.fallback) == (status, hidden.relief, hidden.fallback)
                && in_time
        }
        status if open(status) && open(whole.status) => {
            let between = |found: Relief| match (hidden.relief, hidden.fallback) {
                (Some(best), Some(worst)) => match (rank(best), rank(found), rank(worst)) {
                    (Some(best), Some(found), Some(worst)) => best <= found && found <= worst,
                    _ => found == best || found == worst,
                },
                (Some(best), None) => match (rank(best), rank(found)) {
                    (Some(best), Some(found)) => best <= found,
                    _ => true,
                },
                (None, _) => false,
            };
            whole.relief.is_some_and(between)
        }
        status if open(status) => hidden.fallback.is_none(),
        // A bar whose end the record does not state refuses; with the end stated it is not yet. What turns out to have been given
        // already was no more to be had.
        Status::NotEligible if matches!(whole.status, Status::NotYet | Status::AlreadyGranted) => {
            true
        }
        status => whole.status == status || !hidden.presumes.is_empty(),
    };
    let agrees = |a: Option<String>, b: Option<String>| a.is_none() || b.is_none() || a == b;
    let way = |f: &Finding| f.path.map(|path| format!("{path:?}"));
    let mode = |f: &Finding| f.mode.map(|mode| format!("{mode:?}"));
    holds && agrees(way(hidden), way(whole)) && agrees(mode(hidden), mode(whole))
}

/// Facts that no rule may turn on, with another value each: who somebody is, what a case is called, where it stood.
fn unread(
    proof: &Proof<'_>,
    case: &WorkedCase,
    ids: &[RouteId],
    known: &Findings,
    covered: &mut Covered,
    faults: &mut Vec<Fault>,
) {
    let mut other = case.record.clone();
    other.person.name = record::Name::default();
    other.person.aliases = Some(Vec::new());
    other.person.identifiers = None;
    for (n, one) in other.cases.iter_mut().enumerate() {
        one.number = Some(format!("changed-{n}"));
        one.prosecutor = None;
        one.court.county = None;
        one.court.name = None;
        for count in &mut one.counts {
            count.description = None;
        }
    }
    covered.changes += 1;
    let said = screened(proof.packs, &other, case, ids);
    let answer = |f: &Finding| {
        (
            f.route.clone(),
            f.case,
            f.count,
            f.status,
            f.code,
            f.relief,
            f.fallback,
            f.mode,
            f.path,
            f.earliest,
        )
    };
    if said
        .findings
        .iter()
        .map(answer)
        .ne(known.findings.iter().map(answer))
    {
        faults.push(Fault {
            place: case.place.clone(),
            text: format!(
                "case `{}`: a name, a number or a county changes the answer",
                case.id
            ),
        });
    }
}
