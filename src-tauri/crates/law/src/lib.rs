//! The law: a record and a day in, findings with proof out.
//!
//! [`screen`] is a pure function. It reads no clock, no file and no network; the day asked about is a parameter and the law
//! comes from a rule pack. Nothing here names a state or a statute.
//!
//! How it thinks: a route's rules are run over a count once for every way of filling what the record leaves open (`reading`,
//! `run`), and all those readings are taken together into one answer (`tree`), as the contract's "From unknown to status" says.
//! A test is answered in three values, and a fourth for a question of law (`truth`): unknowns are filled only where they decide.
//! The proof (`trace`) is that of the reading which is shown.

mod age;
mod amounts;
mod answer;
mod ask;
mod contradiction;
pub mod deadlines;
mod docket;
mod door;
mod fact;
mod finding;
mod identify;
pub mod leads;
pub mod prove;
mod reading;
pub mod rescreen;
mod run;
mod standing;
mod today;
mod trace;
mod tree;
pub mod truth;
mod watch;
mod words;

use std::collections::BTreeMap;

use jiff::civil::Date;
use packs::door::Scope;
use packs::{Pack, Packs};
use record::clinic::Language;
use record::findings::{Findings, FindingsSchema, RouteId, Status};
use record::{Alternatives, Record};

use docket::Docket;
use fact::Fact;
use finding::{Asking, Open};
use watch::Watch;

/// What is asked about a record.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The day asked about; the pack's law of that day answers.
    pub as_of: Date,
    /// The routes asked for; `None` asks for all.
    pub routes: Option<Vec<RouteId>>,
    /// How much of the proof is wanted.
    pub detail: Detail,
    /// The language of the words.
    pub lang: Language,
}

/// How much of a finding is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// The answer without reasons, the words of questions, and procedure.
    Answer,
    /// Everything.
    #[default]
    Full,
}

/// What a screening says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screening {
    /// The findings.
    pub findings: Findings,
    /// What was asked and could not be answered, for the person who asked. No client data.
    pub notes: Vec<String>,
    /// What a paper may ask for besides, should the other side carry its burden.
    pub alternatives: Alternatives,
}

/// Says what every route asked for does for every count of a record, on one day.
///
/// The answer for a route before its first day is no finding and a note: today's law is never given for yesterday's.
#[must_use]
pub fn screen(record: &Record, ask: &Ask, packs: &Packs) -> Screening {
    look(record, ask, packs, None)
}

/// Screens while somebody looks on.
pub(crate) fn look(record: &Record, ask: &Ask, packs: &Packs, watch: Option<&Watch>) -> Screening {
    let mut notes = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut stamps = Vec::new();
    for id in ask.routes.iter().flatten() {
        let (pack, route) = id.0.split_once('/').unwrap_or((id.0.as_str(), ""));
        if packs
            .pack(pack)
            .and_then(|pack| pack.route(route))
            .is_none()
        {
            notes.push(format!("no rule pack here has a route `{}`", id.0));
        }
    }
    let settled = contradiction::settle(record, ask.as_of);
    let (record, clashes) = match &settled {
        Some((record, clashes)) => (record, clashes.as_slice()),
        None => (record, [].as_slice()),
    };
    for pack in packs.iter() {
        let wanted = |id: &str| {
            let routes = ask.routes.as_ref();
            routes.is_none_or(|routes| {
                routes.iter().any(|r| {
                    r.0.strip_prefix(pack.id.as_str())
                        .and_then(|r| r.strip_prefix('/'))
                        == Some(id)
                })
            })
        };
        if !pack.routes.iter().any(|route| wanted(&route.id)) || !concerns(pack, record) {
            continue;
        }
        let mut docket = Docket::new(record, pack, ask.as_of);
        docket.watch = watch;
        let asking = Asking {
            docket: &docket,
            words: pack.texts.of(ask.lang),
            detail: ask.detail,
        };
        let first = open.len();
        for route in pack.routes.iter().filter(|route| wanted(&route.id)) {
            if !route.exists(ask.as_of) {
                notes.push(format!(
                    "{}/{} is not answered for {}: this pack holds its law from {}{}",
                    pack.id,
                    route.id,
                    ask.as_of,
                    route.from,
                    route
                        .until
                        .map(|until| format!(" until {until}"))
                        .unwrap_or_default()
                ));
                continue;
            }
            match route.scope() {
                Scope::Count => {
                    for (k, c, ..) in record.counts() {
                        open.extend(asking.find(route, k, c));
                    }
                }
                Scope::Case => {
                    let cases = record.cases.iter().enumerate();
                    for (k, _) in cases.filter(|(_, case)| !case.counts.is_empty()) {
                        open.extend(asking.find(route, k, 0));
                    }
                }
                Scope::Person => {
                    if let Some((k, c, ..)) = record.counts().next() {
                        open.extend(asking.find(route, k, c));
                    }
                }
            }
        }
        order_questions(&asking, &mut open[first..]);
        for open in &mut open[first..] {
            asking.contradictions(clashes, &mut open.finding);
        }
        stamps.push(pack.stamp());
    }
    rank(&mut open);
    let alternatives = open.iter().enumerate();
    let alternatives = alternatives
        .filter_map(|(n, open)| Some((n, open.alternative?)))
        .collect();
    let findings = Findings {
        schema: FindingsSchema::V1,
        as_of: ask.as_of,
        packs: stamps,
        findings: open.into_iter().map(|open| open.finding).collect(),
    };
    Screening {
        findings,
        notes,
        alternatives,
    }
}

// Another jurisdiction's pack has nothing to say of a record, unless a route of it answers for every count.
fn concerns(pack: &Pack, record: &Record) -> bool {
    let mut courts = record.cases.iter().map(|case| &case.court.jurisdiction);
    courts.any(|court| court.as_ref().is_none_or(|court| *court == pack.id))
        || pack.routes.iter().any(|route| route.every_count)
}

// The question that decides most counts comes first; the standing, which opens or shuts a whole way in, before all.
fn order_questions(asking: &Asking<'_>, open: &mut [Open]) {
    if open.iter().all(|open| open.asks.is_empty()) {
        return;
    }
    let mut decides: BTreeMap<Fact, usize> = BTreeMap::new();
    for fact in open.iter().flat_map(|open| &open.asks) {
        *decides.entry(*fact).or_default() += 1;
    }
    for open in open {
        let most = |fact: &Fact| std::cmp::Reverse(decides.get(fact).copied().unwrap_or_default());
        open.asks.sort_by_key(|fact| {
            (
                !matches!(fact, Fact::Supervised | Fact::Serving),
                most(fact),
            )
        });
        open.finding.questions = asking.questions(&open.asks);
    }
}

// The order of work among the routes that are open for one count.
fn rank(open: &mut [Open]) {
    let places: Vec<_> = open
        .iter()
        .map(|o| {
            (
                o.finding.case,
                o.finding.count,
                o.order,
                o.finding.status == Status::Eligible,
            )
        })
        .collect();
    for (n, one) in open.iter_mut().enumerate() {
        let (case, count, order, eligible) = places[n];
        if eligible {
            let earlier = places.iter().enumerate().filter(|(m, (k, c, o, open))| {
                *open && (*k, *c) == (case, count) && (*o, *m) < (order, n)
            });
            one.finding.rank = u32::try_from(earlier.count() + 1).ok();
        }
    }
}
