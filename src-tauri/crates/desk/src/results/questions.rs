//! Questions that can be answered in place: what kind of answer fits, and how many counts hang on each.

use std::collections::{BTreeMap, BTreeSet};

use record::findings::{Finding, Question, Status};

use super::leads::AllTold;
use super::strength;

use crate::view::{Alternative, CardStatus, CaseResult, QuestionKind, QuestionView};

/// What to ask about one count, from its findings, strongest first: what the first answer turns on, then what would open a
/// stronger relief than it. Nothing twice.
pub(crate) fn of(findings: &[&Finding]) -> Vec<QuestionView> {
    let Some((first, others)) = findings.split_first() else {
        return Vec::new();
    };
    let stronger = others.iter().filter(|other| {
        other.status == Status::NeedsFacts && strength::promises_more(other, first)
    });
    let mut asked = BTreeSet::new();
    std::iter::once(first)
        .chain(stronger)
        .flat_map(|finding| &finding.questions)
        .filter(|question| asked.insert(question.fact.as_str()))
        .map(view)
        .collect()
}

/// A finding's question, ready to be asked. How many counts it decides is filled in once all are known.
fn view(question: &Question) -> QuestionView {
    QuestionView {
        fact: question.fact.to_string(),
        ask: question
            .ask
            .clone()
            .unwrap_or_else(|| question.fact.to_string()),
        place: question.place.clone(),
        kind: kind(question.fact.as_str()),
        decides: 1,
        leads: Vec::new(),
    }
}

/// Fills in for how many counts the answers to each question part, and finds the one to ask first: that most counts wait for with
/// their answer or their paper, and of those the one that decides most by itself. What could only change an answer that stands comes
/// after those: it may be a fact that the other side bears. A question that decides none, about a whole case or the person, is
/// asked where it stands.
pub(crate) fn count_what_they_decide(
    cases: &mut [CaseResult],
    person: &mut [Alternative],
    told: &AllTold,
) -> Option<QuestionView> {
    let mut waiting: BTreeMap<String, usize> = BTreeMap::new();
    for card in cases.iter().flat_map(|case| &case.cards) {
        for question in &card.questions {
            let waits = waiting.entry(question.fact.clone()).or_default();
            *waits += usize::from(card.status == CardStatus::NeedsFacts);
        }
    }
    let decided = |question: &mut QuestionView| {
        let decided = told.decides(&question.fact);
        question.decides = u32::try_from(decided).unwrap_or(u32::MAX);
    };
    let others = cases
        .iter_mut()
        .flat_map(|case| {
            let cards = case.cards.iter_mut();
            let beside = cards.flat_map(|card| &mut card.alternatives);
            beside.chain(&mut case.whole)
        })
        .chain(person);
    others.for_each(|other| other.questions.iter_mut().for_each(decided));
    let mut first: Option<((usize, u32), QuestionView)> = None;
    for question in cases
        .iter_mut()
        .flat_map(|case| &mut case.cards)
        .flat_map(|card| &mut card.questions)
    {
        decided(question);
        let waits = waiting.get(&question.fact).copied().unwrap_or_default();
        let weight = (waits + told.ways(&question.fact), question.decides);
        if weight > (0, 0) && first.as_ref().is_none_or(|(best, _)| weight > *best) {
            first = Some((weight, question.clone()));
        }
    }
    first.map(|(_, question)| question)
}

/// What kind of answer fits a fact, by the last name of its path. The words are the contract's.
fn kind(path: &str) -> QuestionKind {
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    let last = path.rsplit('.').next().unwrap_or_default();
    if path.contains(".circumstances.") {
        return QuestionKind::YesNo;
    }
    match last {
        "amounts" => QuestionKind::Amounts,
        "conduct" => QuestionKind::AnyOf(words(&[
            "possess",
            "cultivate",
            "possess_for_sale",
            "sell",
            "furnish",
            "give",
            "transport",
            "transport_for_sale",
            "import",
            "export",
        ])),
        "serving" | "supervised" | "charged" | "juvenile" | "attempt" | "violated" => {
            QuestionKind::YesNo
        }
        "citizenship" => QuestionKind::OneOf(words(&["citizen", "noncitizen"])),
        "level" => {
            QuestionKind::OneOf(words(&["felony", "misdemeanor", "infraction", "violation"]))
        }
        "status" if path.contains(".sentence.") => {
            QuestionKind::OneOf(words(&["completed", "serving"]))
        }
        "born" | "died" | "filed" | "offense_date" | "completed" | "date" => QuestionKind::Date,
        _ => QuestionKind::OnRecord,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fact_is_asked_in_its_own_way() {
        for (path, expected) in [
            ("cases[0].counts[0].amounts", QuestionKind::Amounts),
            ("now.supervised", QuestionKind::YesNo),
            (
                "cases[1].counts[0].circumstances.left_state",
                QuestionKind::YesNo,
            ),
            ("person.born", QuestionKind::Date),
            ("cases[0].counts[0].disposition.date", QuestionKind::Date),
            ("cases[0].counts[0].section", QuestionKind::OnRecord),
        ] {
            assert_eq!(kind(path), expected, "{path}");
        }
        assert!(matches!(
            kind("cases[0].counts[0].sentence.status"),
            QuestionKind::OneOf(words) if words == ["completed", "serving"]
        ));
    }
}
