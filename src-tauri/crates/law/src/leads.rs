//! What each answer to a question would come to.
//!
//! Nothing is guessed: an answer is written into a copy of the record and the law is asked again, so that what is told beforehand is
//! what the screen will say afterwards. Days and amounts are taken in spans within which every answer says the same.

mod days;
mod replies;

use packs::Packs;
use record::findings::{Finding, Findings, RouteId};
use record::lead::{Lead, Reply};
use record::{FactPath, Record};

use crate::{Ask, Detail, screen};

/// One answer, and what the law says then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The answer.
    pub reply: Reply,
    /// The findings of the routes asked for, as they would be.
    pub findings: Findings,
}

/// What each answer to the question about one fact would come to, for every count.
///
/// `screened` is what the record as it stands was told, by `ask`. An answer that would leave the very same question open is no answer
/// and is left out; a fact that no finding asks for, or that has no list of answers, has none.
#[must_use]
pub fn outlooks(
    record: &Record,
    screened: &Findings,
    fact: &FactPath,
    ask: &Ask,
    packs: &Packs,
) -> Vec<Outlook> {
    let asking: Vec<&Finding> = screened.findings.iter().filter(|f| asks(f, fact)).collect();
    if asking.is_empty() {
        return Vec::new();
    }
    let mut routes: Vec<RouteId> = asking.iter().map(|f| f.route.clone()).collect();
    routes.sort();
    routes.dedup();
    // Where answers part is found in the short form, on the routes that ask.
    let short = Ask {
        routes: Some(routes.clone()),
        detail: Detail::Answer,
        ..ask.clone()
    };
    let about = replies::About {
        record,
        fact,
        routes: &routes,
        ask: &short,
        packs,
    };
    let mut tried: Vec<Outlook> = Vec::new();
    for try_ in about.tries() {
        let mut findings = screen(&try_.record, ask, packs).findings;
        if let Some(far) = &try_.far {
            let other = screen(far, ask, packs).findings;
            blur(&mut findings, &other);
        }
        let settles = asking
            .iter()
            .any(|before| same(&findings, before).is_none_or(|now| !asks(now, fact)));
        if settles {
            tried.push(Outlook {
                reply: try_.reply,
                findings,
            });
        }
    }
    merged(tried, |a, b| {
        let (a, b) = (&a.findings.findings, &b.findings.findings);
        a.len() == b.len()
            && a.iter()
                .zip(b)
                .all(|(a, b)| place(a) == place(b) && said(a) == said(b))
    })
}

/// Writes into every question of every finding what each answer would come to.
pub fn fill(record: &Record, findings: &mut Findings, ask: &Ask, packs: &Packs) {
    let mut facts: Vec<FactPath> = Vec::new();
    for question in findings.findings.iter().flat_map(|f| &f.questions) {
        if !facts.contains(&question.fact) {
            facts.push(question.fact.clone());
        }
    }
    let short = Ask {
        detail: Detail::Answer,
        ..ask.clone()
    };
    for fact in facts {
        let outlooks = outlooks(record, findings, &fact, &short, packs);
        for finding in &mut findings.findings {
            if !asks(finding, &fact) {
                continue;
            }
            let leads = outlooks
                .iter()
                .map(|outlook| lead(&outlook.reply, same(&outlook.findings, finding)));
            let leads = merged(leads.collect(), |a: &Lead, b: &Lead| {
                let then = |lead: &Lead| Lead {
                    reply: Reply::Values(Vec::new()),
                    ..lead.clone()
                };
                then(a) == then(b)
            });
            let questions = finding.questions.iter_mut();
            for question in questions.filter(|question| question.fact == fact) {
                question.leads.clone_from(&leads);
            }
        }
    }
}

/// What one answer would come to, for one finding.
#[must_use]
pub fn lead(reply: &Reply, finding: Option<&Finding>) -> Lead {
    Lead {
        reply: reply.clone(),
        status: finding.map(|f| f.status),
        code: finding.and_then(|f| f.code),
        relief: finding.and_then(|f| f.relief),
        fallback: finding.and_then(|f| f.fallback),
        earliest: finding.and_then(|f| f.earliest),
    }
}

/// Something said of an answer, which can be joined with what is said of the next.
pub trait Answered {
    /// The answer.
    fn reply(&mut self) -> &mut Reply;
}

impl Answered for Outlook {
    fn reply(&mut self) -> &mut Reply {
        &mut self.reply
    }
}

impl Answered for Lead {
    fn reply(&mut self) -> &mut Reply {
        &mut self.reply
    }
}

/// Answers that come to the same, as one where they can be named as one.
pub fn merged<T: Answered>(all: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for mut one in all {
        let joined = kept.iter_mut().rev().find_map(|before| {
            let equal = same(before, &one);
            let both = before.reply().join(one.reply()).filter(|_| equal)?;
            Some((before, both))
        });
        match joined {
            Some((before, both)) => *before.reply() = both,
            None => kept.push(one),
        }
    }
    kept
}

fn asks(finding: &Finding, fact: &FactPath) -> bool {
    finding
        .questions
        .iter()
        .any(|question| question.fact == *fact)
}

fn place(finding: &Finding) -> (&RouteId, Option<usize>, Option<usize>) {
    (&finding.route, finding.case, finding.count)
}

/// The finding of the same route about the same count.
#[must_use]
pub fn same<'a>(all: &'a Findings, one: &Finding) -> Option<&'a Finding> {
    all.findings.iter().find(|other| place(other) == place(one))
}

// All that an answer says, but for its words.
fn said(f: &Finding) -> impl PartialEq + use<> {
    (
        f.status, f.code, f.relief, f.fallback, f.mode, f.path, f.earliest,
    )
}

// A day that moves with the day that is answered is told for no span of days.
fn blur(findings: &mut Findings, other: &Findings) {
    for finding in &mut findings.findings {
        if same(other, finding).is_none_or(|far| far.earliest != finding.earliest) {
            finding.earliest = None;
        }
    }
}
