//! What each answer to a question would come to, in the words of the cards.

use std::collections::BTreeMap;

use law::leads::{Answered, Outlook, merged};
use record::clinic::Language;
use record::findings::{Finding, Findings, Path, RouteId, Status};
use record::lead::{AmountSpan, DaySpan, Reply};
use record::{FactPath, Form, Unit};
use serde_json::Value;

use super::card::{Cards, day};
use super::strength;
use crate::view::{Alternative, CardStatus, CaseResult, LeadView, Text, ThenView};
use crate::words::say;

/// What a card would say, for an answer.
#[derive(Clone)]
pub(super) struct Told {
    reply: Reply,
    then: Vec<ThenView>,
    /// The way in, which decides the paper to ask with.
    path: Option<Path>,
}

impl Answered for Told {
    fn reply(&mut self) -> &mut Reply {
        &mut self.reply
    }
}

/// The findings about one count, a whole case or the person, strongest first.
pub(super) fn about(
    findings: &Findings,
    case: Option<usize>,
    count: Option<usize>,
) -> Vec<&Finding> {
    let all = findings.findings.iter();
    let mut found: Vec<_> = all
        .filter(|finding| finding.case == case && finding.count == count)
        .collect();
    found.sort_by(|a, b| strength::compare(a, b));
    found
}

/// What was told of each question on each card, in the order of the cards.
pub(super) struct AllTold(Vec<(String, Vec<Told>)>);

impl AllTold {
    /// For how many counts the answers to a question part. Where nobody can say what an answer would come to, it may.
    pub(super) fn decides(&self, fact: &str) -> usize {
        let parts = |told: &[Told]| match told.split_first() {
            Some((first, rest)) => rest
                .iter()
                .any(|other| !alike(first, other) || other.path != first.path),
            None => true,
        };
        let about = self.0.iter().filter(|(of, _)| of == fact);
        about.filter(|(_, told)| parts(told)).count()
    }

    /// For how many counts the answers to a question ask for different papers.
    pub(super) fn ways(&self, fact: &str) -> usize {
        let about = self.0.iter().filter(|(of, _)| of == fact);
        about
            .filter(|(_, told)| told.windows(2).any(|two| two[0].path != two[1].path))
            .count()
    }

    /// What each answer to a question would come to for all the counts that ask it.
    pub(super) fn together(self, language: Language, fact: &str) -> Vec<LeadView> {
        let mut summed: Vec<Told> = Vec::new();
        for (_, told) in self.0.into_iter().filter(|(of, _)| of == fact) {
            if summed.is_empty() {
                summed = told;
                continue;
            }
            // Every card was told the same answers in the same order.
            for (sum, one) in summed.iter_mut().zip(told) {
                for then in one.then {
                    match sum.then.iter_mut().find(|other| same(other, &then)) {
                        Some(other) => other.counts += then.counts,
                        None => sum.then.push(then),
                    }
                }
            }
        }
        views(language, summed)
    }
}

/// Fills in the leads of every question on the cards, and of those about a whole case or the person.
pub(super) fn tell(
    cards: &Cards<'_>,
    findings: &Findings,
    cases: &mut [CaseResult],
    person: &mut [Alternative],
    ask: &dyn Fn(&FactPath) -> Vec<Outlook>,
) -> AllTold {
    let mut outlooks: BTreeMap<String, Vec<Outlook>> = BTreeMap::new();
    let mut all: Vec<(String, Vec<Told>)> = Vec::new();
    for case in cases.iter_mut() {
        let k = case.case;
        for card in &mut case.cards {
            let c = card.count;
            for question in &mut card.questions {
                let fact = question.fact.clone();
                let found = outlooks
                    .entry(fact.clone())
                    .or_insert_with(|| ask(&FactPath::from(fact.as_str())));
                let asking: Vec<&RouteId> = about(findings, Some(k), Some(c))
                    .into_iter()
                    .filter(|f| f.questions.iter().any(|q| q.fact.as_str() == fact))
                    .map(|f| &f.route)
                    .collect();
                let told: Vec<Told> = found
                    .iter()
                    .map(|outlook| {
                        let all = about(&outlook.findings, Some(k), Some(c));
                        told(cards, outlook, headed(&all, &asking))
                    })
                    .collect();
                question.leads = views(cards.setting.language, told.clone());
                all.push((fact, told));
            }
        }
    }
    // About a whole case or the person: what this very way would say then.
    for other in cases
        .iter_mut()
        .flat_map(|case| &mut case.whole)
        .chain(person)
    {
        let (case, count) = (other.finding.case, other.finding.count);
        for question in &mut other.questions {
            let found = outlooks
                .entry(question.fact.clone())
                .or_insert_with(|| ask(&FactPath::from(question.fact.as_str())));
            let told = found.iter().map(|outlook| {
                let mut all = about(&outlook.findings, case, count).into_iter();
                let same = all.find(|finding| finding.route == other.finding.route);
                self::told(cards, outlook, same)
            });
            question.leads = views(cards.setting.language, told.collect());
        }
    }
    AllTold(all)
}

// The strongest answer; where every way is closed, that of a way which asked, for it says what the reply has closed.
fn headed<'a>(all: &[&'a Finding], asking: &[&RouteId]) -> Option<&'a Finding> {
    let strongest = all.first().copied()?;
    let asked = || all.iter().copied().find(|f| asking.contains(&&f.route));
    match strongest.status {
        Status::NotEligible => asked().or(Some(strongest)),
        _ => Some(strongest),
    }
}

fn told(cards: &Cards<'_>, outlook: &Outlook, finding: Option<&Finding>) -> Told {
    Told {
        reply: outlook.reply.clone(),
        then: vec![then(cards, finding)],
        path: finding.and_then(|finding| finding.path),
    }
}

fn then(cards: &Cards<'_>, strongest: Option<&Finding>) -> ThenView {
    match strongest {
        Some(finding) => ThenView {
            counts: 1,
            status: super::card::status(finding.status),
            headline: cards.headline(finding),
            because: cards.because(finding),
        },
        None => ThenView {
            counts: 1,
            status: CardStatus::NotScreened,
            headline: cards.say("headline.not_screened", &[]),
            because: None,
        },
    }
}

fn same(a: &ThenView, b: &ThenView) -> bool {
    (a.status, &a.headline) == (b.status, &b.headline)
}

fn alike(a: &Told, b: &Told) -> bool {
    let equal = |(a, b): (&ThenView, &ThenView)| a.counts == b.counts && same(a, b);
    a.then.len() == b.then.len() && a.then.iter().zip(&b.then).all(equal)
}

fn views(language: Language, told: Vec<Told>) -> Vec<LeadView> {
    let told = merged(told, alike);
    let view = |told: Told| LeadView {
        answer: words(language, &told.reply),
        value: match &told.reply {
            Reply::Values(values) => values.first().filter(|_| values.len() == 1).cloned(),
            Reply::Days(_) | Reply::Amount(_) => None,
        },
        then: told.then,
    };
    told.into_iter().map(view).collect()
}

fn words(language: Language, reply: &Reply) -> Text {
    match reply {
        Reply::Values(values) => {
            let all: Vec<Text> = values
                .iter()
                .map(|value| value_words(language, value))
                .collect();
            match <[Text; 1]>::try_from(all) {
                Ok([only]) => only,
                Err(all) => {
                    let list: Vec<_> = all.into_iter().map(|text| text.text).collect();
                    say(language, "reply.list", &[("list", &list.join(", "))])
                }
            }
        }
        Reply::Days(DaySpan { from, to }) => {
            let written = |date: Option<jiff::civil::Date>| date.map(|date| day(language, date));
            match (written(*from), written(*to)) {
                (None, None) => say(language, "reply.any-day", &[]),
                (Some(from), None) => say(language, "reply.from", &[("date", &from)]),
                (None, Some(to)) => say(language, "reply.to", &[("date", &to)]),
                (Some(from), Some(to)) if from == to => {
                    say(language, "reply.on", &[("date", &from)])
                }
                (Some(from), Some(to)) => {
                    say(language, "reply.between", &[("date", &from), ("day", &to)])
                }
            }
        }
        Reply::Amount(span) => amount(language, span),
    }
}

fn amount(language: Language, span: &AmountSpan) -> Text {
    let unit = match span.unit {
        Unit::G => "g",
        Unit::Oz => "oz",
        Unit::Lb => "lb",
        Unit::Kg => "kg",
        Unit::Plant => "",
    };
    let form = match span.form {
        Form::Flower => "flower",
        Form::Concentrate => "concentrate",
        Form::Plants => "plants",
        Form::Other => "other",
    };
    let form = say(language, &format!("reply.{form}"), &[]).text;
    let written = |number: rust_decimal::Decimal| format!("{number} {unit}").trim().to_owned();
    let (over, most) = (span.over.map(written), span.at_most.map(written));
    match (over, most) {
        (None, None) => say(language, "reply.any-amount", &[("form", &form)]),
        (Some(over), None) => say(
            language,
            "reply.over",
            &[("amount", &over), ("form", &form)],
        ),
        (None, Some(most)) => say(
            language,
            "reply.at-most",
            &[("amount", &most), ("form", &form)],
        ),
        (Some(over), Some(most)) => say(
            language,
            "reply.over-to",
            &[("amount", &over), ("most", &most), ("form", &form)],
        ),
    }
}

// A value of the record in a word: what it is called in the contract has words of ours; a section stands for itself.
fn value_words(language: Language, value: &Value) -> Text {
    let named = |word: &str| {
        let text = say(language, &format!("reply.{}", word.replace('_', "-")), &[]);
        match text.text == text.key {
            true => Text {
                key: "reply.itself".to_owned(),
                text: word.to_owned(),
            },
            false => text,
        }
    };
    match value {
        Value::Bool(true) => named("yes"),
        Value::Bool(false) => named("no"),
        Value::String(word) => named(word),
        Value::Array(all) if all.is_empty() => named("none"),
        Value::Array(all) => {
            let all: Vec<_> = all
                .iter()
                .map(|one| value_words(language, one).text)
                .collect();
            say(language, "reply.together", &[("list", &all.join(" + "))])
        }
        Value::Object(fields) => {
            let word = ["kind", "effect", "section"]
                .iter()
                .find_map(|key| fields.get(*key));
            named(word.and_then(Value::as_str).unwrap_or("yes"))
        }
        Value::Null | Value::Number(_) => named("yes"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use law::{Ask, Detail};
    use packs::Packs;
    use record::Record;
    use serde_json::json;

    use super::super::{Setting, results};
    use super::*;
    use crate::view::Results;

    fn shown(record: &serde_json::Value) -> Results {
        let record: Record = serde_json::from_value(record.clone()).unwrap();
        let packs = Packs::builtin().unwrap();
        let ask = Ask {
            as_of: date(2026, 11, 21),
            routes: None,
            detail: Detail::Full,
            lang: Language::En,
        };
        let findings = law::screen(&record, &ask, packs).findings;
        let none = BTreeMap::new();
        let setting = Setting {
            language: Language::En,
            routes: &none,
            effects: &none,
            sheets: &BTreeMap::new(),
            outlooks: &|fact| law::leads::outlooks(&record, &findings, fact, &ask, packs),
        };
        results(&record, &findings, Vec::new(), &setting)
    }

    fn somebody(counts: &serde_json::Value) -> serde_json::Value {
        json!({
            "schema": "relief-desk/record/1",
            "person": {"name": {}, "born": "1975-05-05", "citizenship": "citizen", "registrations": []},
            "now": {"serving": false, "supervised": false, "supervision": [], "charged": false},
            "cases": [{"court": {"jurisdiction": "us-ca", "county": "Sacramento"}, "juvenile": false,
                       "filed": "2005-02-20", "counts": counts}]
        })
    }

    fn count() -> serde_json::Value {
        json!({
            "section": "PC 459", "level": "misdemeanor", "attempt": false, "offense_date": "2005-02-11",
            "disposition": {"kind": "convicted", "date": "2005-06-01", "plea": "guilty"},
            "sentence": {"parts": [{"kind": "probation", "years": 3}], "status": "completed", "completed": "2008-06-01",
                         "violated": false},
            "conduct": [], "amounts": [], "circumstances": {}, "relief_granted": []
        })
    }

    #[test]
    fn the_first_question_says_what_each_answer_leads_to_for_every_count() {
        let mut record = somebody(&json!([count(), count()]));
        record["now"]["charged"] = Value::Null;
        let shown = shown(&record);
        let first = shown.first_question.unwrap();
        assert_eq!((first.fact.as_str(), first.decides), ("now.charged", 2));
        let told: Vec<_> = first
            .leads
            .iter()
            .map(|lead| {
                let then = lead
                    .then
                    .iter()
                    .map(|t| (t.counts, t.headline.key.as_str()));
                (
                    lead.answer.text.as_str(),
                    lead.value.clone(),
                    then.collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (
                    "Yes",
                    Some(json!(true)),
                    vec![(2, "headline.not_eligible.charged")]
                ),
                (
                    "No",
                    Some(json!(false)),
                    vec![(2, "headline.eligible-entitled")]
                ),
            ]
        );
    }

    #[test]
    fn what_changes_nothing_is_not_the_first_question() {
        // Probation kept: a right, whatever else there is to ask. The other count turns on whether it was kept.
        let mut open = count();
        open["sentence"]["violated"] = Value::Null;
        open["sentence"]["status"] = Value::Null;
        let mut record = somebody(&json!([count(), count(), open]));
        record["now"]["supervised"] = Value::Null;
        let shown = shown(&record);
        for card in shown.cases.iter().flat_map(|case| &case.cards) {
            for question in &card.questions {
                let heads = |lead: &crate::view::LeadView| -> Vec<String> {
                    lead.then.iter().map(|t| t.headline.text.clone()).collect()
                };
                let mut leads = question.leads.iter().map(heads);
                let first = leads.next();
                let parts = leads.any(|other| Some(other) != first);
                assert!(question.decides > 0 || !parts, "{question:?}");
            }
        }
        let first = shown.first_question.unwrap();
        let heads = |lead: &crate::view::LeadView| -> Vec<String> {
            lead.then.iter().map(|t| t.headline.text.clone()).collect()
        };
        let mut heads: Vec<_> = first.leads.iter().map(heads).collect();
        heads.dedup();
        assert!(heads.len() > 1, "{first:?}");
    }

    #[test]
    fn what_somebody_waits_for_comes_before_what_could_only_change_an_answer() {
        // What was done could only make the first answer weaker; the second waits for the client's standing.
        let mut sold = count();
        sold["section"] = json!("HS 11360(a)");
        sold["level"] = json!("felony");
        sold["conduct"] = Value::Null;
        let mut record = somebody(&json!([sold, count()]));
        for fact in ["serving", "supervised", "charged"] {
            record["now"][fact] = Value::Null;
        }
        let first = shown(&record).first_question.unwrap();
        assert!(first.fact.starts_with("now."), "{first:?}");
    }

    #[test]
    fn every_answer_has_words() {
        for value in [
            json!(true),
            json!([]),
            json!("guilty"),
            json!(["possess_for_sale"]),
            json!([{"kind": "jail"}, {"kind": "mandatory_supervision"}]),
            json!([{"effect": "reduced_to_misdemeanor"}]),
            json!({"kind": "diverted"}),
        ] {
            for language in [Language::En, Language::Es] {
                let text = value_words(language, &value);
                assert!(
                    !text.text.contains('_') && text.key != "reply.itself",
                    "{text:?}"
                );
            }
        }
        assert_eq!(
            value_words(Language::En, &json!("HS 11357(b)")).text,
            "HS 11357(b)"
        );
    }
}
