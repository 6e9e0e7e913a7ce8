//! From findings to cards: the answer first, then why, what would have to change, what to ask, and the other ways.
//!
//! Nothing is decided here. The findings are the law's; this module puts the strongest first and words around it.

mod card;
mod leads;
mod questions;
mod strength;

use std::collections::BTreeMap;

use law::leads::Outlook;
use record::clinic::Language;
use record::findings::Findings;
use record::{FactPath, Record};

use crate::view::{Alternative, CaseResult, Results, RowStatus};
use card::Cards;
pub(crate) use card::status as card_status;

/// What the words need besides the findings.
pub(crate) struct Setting<'a> {
    pub(crate) language: Language,
    /// The names of routes, in the language.
    pub(crate) routes: &'a BTreeMap<String, String>,
    /// What each route does and does not do, in the language.
    pub(crate) effects: &'a BTreeMap<String, String>,
    /// Sheet ids by file name, for the lines that facts came from.
    pub(crate) sheets: &'a BTreeMap<String, i64>,
    /// What each answer to the question about a fact would come to.
    pub(crate) outlooks: &'a dyn Fn(&FactPath) -> Vec<Outlook>,
}

/// One card per count, in the record's order.
pub(crate) fn results(
    record: &Record,
    findings: &Findings,
    notes: Vec<String>,
    setting: &Setting<'_>,
) -> Results {
    let cards = Cards { record, setting };
    let about = |case, count| leads::about(findings, case, count);
    let of = |case, count| about(Some(case), count);
    let mut cases: Vec<_> = record
        .cases
        .iter()
        .enumerate()
        .map(|(k, case)| CaseResult {
            case: k,
            number: case.number.clone(),
            county: case
                .court
                .county
                .clone()
                .or_else(|| case.court.name.clone()),
            year: year(case),
            cards: (0..case.counts.len())
                .map(|c| cards.card(k, c, &of(k, Some(c))))
                .collect(),
            whole: of(k, None)
                .into_iter()
                .map(|f| cards.alternative(f))
                .collect(),
        })
        .collect();
    let person = about(None, None).into_iter();
    let mut person: Vec<_> = person.map(|f| cards.alternative(f)).collect();
    let told = leads::tell(&cards, findings, &mut cases, &mut person, setting.outlooks);
    let mut first_question = questions::count_what_they_decide(&mut cases, &mut person, &told);
    if let Some(first) = &mut first_question {
        first.leads = told.together(setting.language, &first.fact);
    }
    Results {
        as_of: findings.as_of,
        packs: findings
            .packs
            .iter()
            .map(|pack| format!("{} {}", pack.id, pack.version))
            .collect(),
        cases,
        person,
        first_question,
        notes,
    }
}

/// What the whole client is waiting for, from the strongest answer of each count.
pub(crate) fn row_status(results: &Results) -> RowStatus {
    use crate::view::CardStatus as S;
    let any = |wanted: &[S]| {
        results
            .cases
            .iter()
            .flat_map(|case| &case.cards)
            .any(|card| wanted.contains(&card.status))
    };
    // An arrest to be sealed or a certificate may be all there is to ask for.
    let beside = results.cases.iter().flat_map(|case| &case.whole);
    let open = |other: &Alternative| matches!(other.status, S::Eligible | S::LikelyDone);
    // What somebody must do comes before what could be filed already.
    if any(&[S::NeedsFacts]) {
        RowStatus::Questions
    } else if any(&[S::NeedsAttorney]) {
        RowStatus::Attorney
    } else if any(&[S::Eligible, S::LikelyDone]) || beside.chain(&results.person).any(open) {
        RowStatus::Ready
    } else {
        RowStatus::NoRelief
    }
}

fn year(case: &record::Case) -> Option<String> {
    let judged = case
        .counts
        .iter()
        .filter_map(|count| count.disposition.as_ref()?.date.as_ref())
        .next();
    let offense = case
        .counts
        .iter()
        .filter_map(|count| count.offense_date.as_ref())
        .next();
    let date = case.filed.as_ref().or(judged).or(offense)?;
    date.to_string().split('-').next().map(str::to_owned)
}
