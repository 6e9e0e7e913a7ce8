//! Runs worked cases and says where an answer is not the one that the law gives.

use packs::case::{Expected, WorkedCase};
use packs::{Pack, Packs};
use record::clinic::Language;
use record::findings::{Finding, Findings, Reason, RouteId, Status};

use serde_json::{Value, json};

use super::Fault;
use crate::watch::Watch;
use crate::{Ask, Detail, look};

/// What a worked case expects and does not get.
pub(super) fn run(
    packs: &Packs,
    pack: &Pack,
    case: &WorkedCase,
    watch: Option<&Watch>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let routes = case.expect.iter().map(|expected| expected.route.as_str());
    let routes = routes.chain(case.absent.iter().map(String::as_str));
    let id = |route: &str| RouteId(format!("{}/{route}", pack.id));
    let ask = Ask {
        as_of: case.as_of,
        routes: Some(routes.map(id).collect()),
        detail: Detail::Full,
        lang: Language::En,
    };
    let all = look(&case.record, &ask, packs, watch).findings;
    for expected in &case.expect {
        let wrong = match find(&all, &id(expected.route.as_str()), expected) {
            Ok(finding) => differences(expected, finding),
            Err(wrong) => vec![wrong],
        };
        faults.extend(wrong.into_iter().map(|wrong| Fault {
            place: expected.place.clone(),
            text: format!("case `{}`: {wrong}", case.id),
        }));
    }
    for finding in &all.findings {
        // What is open names its question; what a lawyer has to judge, the readings between which.
        let silent = match finding.status {
            Status::NeedsFacts => finding.questions.is_empty(),
            Status::NeedsAttorney => finding.review.iter().all(|point| point.text.is_empty()),
            _ => false,
        };
        if silent {
            let text = format!("case `{}`: {} asks nothing", case.id, finding.route.0);
            let place = case.place.clone();
            faults.push(Fault { place, text });
        }
    }
    for route in &case.absent {
        if all
            .findings
            .iter()
            .any(|finding| finding.route == id(route))
        {
            faults.push(Fault {
                place: case.place.clone(),
                text: format!(
                    "case `{}`: `{route}` gives a finding, and none is expected",
                    case.id
                ),
            });
        }
    }
    faults
}

fn find<'a>(
    all: &'a Findings,
    route: &RouteId,
    expected: &Expected,
) -> Result<&'a Finding, String> {
    let place = (expected.case, expected.count);
    let mut found = all
        .findings
        .iter()
        .filter(|f| &f.route == route && (f.case, f.count) == place);
    match (found.next(), found.next()) {
        (Some(finding), None) => Ok(finding),
        (None, _) => Err(format!("no finding for {}", route.0)),
        (Some(_), Some(_)) => Err(format!("two findings for {}", route.0)),
    }
}

/// Where a finding is not what is expected.
#[must_use]
pub fn differences(expected: &Expected, finding: &Finding) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut differs = |what: &str, met: bool, found: Value| {
        if !met {
            let found = in_words(&found);
            wrong.push(format!("{what} of {} is {found}", finding.route.0));
        }
    };
    differs(
        "status",
        finding.status == expected.status,
        json!(finding.status),
    );
    differs(
        "code",
        expected.code.met(finding.code.as_ref()),
        json!(finding.code),
    );
    differs(
        "relief",
        expected.relief.met(finding.relief.as_ref()),
        json!(finding.relief),
    );
    differs(
        "fallback",
        expected.fallback.met(finding.fallback.as_ref()),
        json!(finding.fallback),
    );
    differs(
        "mode",
        expected.mode.met(finding.mode.as_ref()),
        json!(finding.mode),
    );
    differs(
        "path",
        expected.path.met(finding.path.as_ref()),
        json!(finding.path),
    );
    let presumes: Vec<&str> = finding.presumes.iter().map(|p| p.as_str()).collect();
    let met = expected.presumes.as_ref().is_none_or(|p| *p == presumes);
    differs("presumes", met, json!(presumes));
    let first = finding.questions.first().map(|q| q.fact.as_str());
    let met = expected.first_question.is_none() || expected.first_question.as_deref() == first;
    differs("first question", met, json!(first));
    let asked: Vec<&str> = finding.questions.iter().map(|q| q.fact.as_str()).collect();
    let met = expected.questions.as_ref().is_none_or(|q| *q == asked);
    differs("questions", met, json!(asked));
    let met = expected.rank.is_none() || expected.rank == finding.rank;
    differs("rank", met, json!(finding.rank));
    let met = expected
        .review
        .is_none_or(|r| r != finding.review.is_empty());
    let reviews: Vec<&str> = finding.review.iter().map(|r| r.text.as_str()).collect();
    differs("review", met, json!(reviews));
    let codes: Vec<&str> = finding.warnings.iter().map(|w| w.code.as_str()).collect();
    let met = expected
        .warnings
        .iter()
        .all(|w| codes.contains(&w.as_str()))
        && !expected
            .unwarned
            .iter()
            .any(|w| codes.contains(&w.as_str()));
    differs("warnings", met, json!(codes));
    let holds = finding.reasons.iter().flatten();
    let holds: Vec<_> = holds.filter(|reason| reason.holds == Some(true)).collect();
    let met = expected.because.iter().all(|wanted| {
        let named = |r: &&Reason| r.id == *wanted || r.cite.as_ref() == Some(wanted);
        holds.iter().any(named)
    });
    let ids: Vec<&str> = holds.iter().map(|reason| reason.id.as_str()).collect();
    differs("what holds", met, json!(ids));
    let texts: Vec<&str> = (finding.reasons.iter().flatten())
        .map(|reason| reason.text.as_str())
        .collect();
    let said = |wanted: &String| texts.iter().any(|text| text.contains(wanted.as_str()));
    differs("reasons", expected.says.iter().all(said), json!(texts));
    let met = expected.earliest.is_none() || expected.earliest == finding.earliest;
    differs("earliest", met, json!(finding.earliest));
    wrong
}

/// A value of a finding as the contract writes it; nothing is `none`.
pub(super) fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().map(in_words).collect();
            format!("[{}]", all.join(", "))
        }
        other => other.to_string(),
    }
}
