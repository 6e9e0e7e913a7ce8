//! One conviction's card: the headline and what opens below it.

use jiff::civil::Date;
use record::Record;
use record::clinic::Language;
use record::findings::{Code, Finding, Mode, Path, Reason, Relief, Status};

use super::{Setting, questions};
use crate::trail;
use crate::view::{Alternative, Card, CardStatus, ReasonView, Text};
use crate::words::say;

/// As many reasons as fit in one sentence; the rest open below.
const IN_A_SENTENCE: usize = 3;

pub(crate) struct Cards<'a> {
    pub(crate) record: &'a Record,
    pub(crate) setting: &'a Setting<'a>,
}

impl Cards<'_> {
    /// The card of one count from all its findings, strongest first.
    pub(crate) fn card(&self, case: usize, count: usize, findings: &[&Finding]) -> Card {
        let facts = &self.record.cases[case].counts[count];
        let (first, others) = match findings {
            [] => (None, &[][..]),
            [first, others @ ..] => (Some(*first), others),
        };
        Card {
            count,
            description: facts.description.clone(),
            section: facts.section.as_ref().map(ToString::to_string),
            status: first.map_or(CardStatus::NotScreened, |finding| status(finding.status)),
            headline: match first {
                Some(finding) => self.headline(finding),
                None => self.say("headline.not_screened", &[]),
            },
            because: first.and_then(|finding| self.because(finding)),
            how: first.and_then(|finding| self.how(finding)),
            effect: first.and_then(|finding| self.effect(finding)),
            ask_for: first.is_some_and(|finding| !finding.presumes.is_empty()),
            reasons: first
                .map(|finding| self.reasons(finding))
                .unwrap_or_default(),
            change: first
                .map(|finding| self.change(finding))
                .unwrap_or_default(),
            questions: questions::of(findings),
            review: first
                .map(|finding| {
                    let points = finding.review.iter();
                    points
                        .map(|point| ReasonView {
                            text: point.text.clone(),
                            holds: None,
                            cite: Some(point.cite.clone()),
                            facts: Vec::new(),
                            lines: Vec::new(),
                        })
                        .collect()
                })
                .unwrap_or_default(),
            warnings: first
                .map(|finding| finding.warnings.clone())
                .unwrap_or_default(),
            alternatives: others
                .iter()
                .map(|finding| self.alternative(finding))
                .collect(),
            finding: first.cloned(),
        }
    }

    /// Another way, in a line.
    pub(crate) fn alternative(&self, finding: &Finding) -> Alternative {
        let id = finding.route.0.as_str();
        Alternative {
            name: Text {
                key: format!("route.{id}"),
                text: self
                    .setting
                    .routes
                    .get(id)
                    .cloned()
                    .unwrap_or_else(|| id.to_owned()),
            },
            headline: self.headline(finding),
            because: self.because(finding),
            how: self.how(finding),
            effect: self.effect(finding),
            change: self.change(finding),
            questions: questions::of(&[finding]),
            status: status(finding.status),
            finding: finding.clone(),
        }
    }

    pub(super) fn say(&self, key: &str, filled: &[(&str, &str)]) -> Text {
        say(self.setting.language, key, filled)
    }

    fn verb(&self, relief: Option<Relief>) -> String {
        let name = relief.and_then(word).unwrap_or_else(|| "something".into());
        self.say(&format!("do.{name}"), &[]).text
    }

    /// The answer in a sentence. Where it rests on what nobody has shown otherwise, it says "ask", never "must".
    pub(super) fn headline(&self, finding: &Finding) -> Text {
        let verb = self.verb(finding.relief);
        let filled = [("do", verb.as_str())];
        match finding.status {
            Status::Eligible if !finding.presumes.is_empty() => {
                self.say("headline.eligible-ask", &filled)
            }
            Status::Eligible => {
                let key = match finding.mode {
                    Some(Mode::Entitled) => "headline.eligible-entitled",
                    Some(Mode::Discretionary) => "headline.eligible-discretionary",
                    Some(Mode::Automatic) => "headline.eligible-automatic",
                    None => "headline.eligible-open",
                };
                self.say(key, &filled)
            }
            // From when hangs on the very day that is asked for.
            Status::NotYet if finding.earliest.is_none() => {
                self.say("headline.not_yet-open", &filled)
            }
            Status::NotYet => {
                let date = self.day(finding);
                self.say("headline.not_yet", &[("date", &date), filled[0]])
            }
            Status::NeedsFacts if finding.questions.len() > 1 => {
                let n = finding.questions.len().to_string();
                self.say("headline.needs_facts-many", &[("n", &n)])
            }
            Status::NeedsFacts => self.say("headline.needs_facts-one", &[]),
            Status::NeedsAttorney => self.say("headline.needs_attorney", &[]),
            Status::NotEligible => {
                let code = finding
                    .code
                    .and_then(word)
                    .unwrap_or_else(|| "unknown".into());
                self.say(&format!("headline.not_eligible.{code}"), &[])
            }
            Status::AlreadyGranted => self.say("headline.already_granted", &[]),
            Status::LikelyDone => self.say("headline.likely_done", &[]),
        }
    }

    /// The reasons that carry the answer, in short. Where the way is closed that is the last one asked: it closed it.
    pub(super) fn because(&self, finding: &Finding) -> Option<Text> {
        let said: Vec<_> = match finding.status {
            Status::Eligible => telling(finding),
            Status::NotEligible | Status::NotYet | Status::AlreadyGranted => {
                last(finding).into_iter().collect()
            }
            Status::NeedsFacts | Status::NeedsAttorney | Status::LikelyDone => Vec::new(),
        };
        let said: Vec<_> = said
            .into_iter()
            .map(|reason| reason.text.trim_end_matches('.'))
            .collect();
        (!said.is_empty()).then(|| self.say("because.list", &[("list", &said.join(". "))]))
    }

    /// Which paper, and what it costs; of what cannot be asked for yet the cost alone.
    fn how(&self, finding: &Finding) -> Option<Text> {
        let fee = finding.procedure.as_ref().and_then(|p| p.fee.as_deref());
        let fee = fee.map(|fee| self.say("how.fee", &[("fee", fee)]));
        let key = match (finding.status, finding.path) {
            (Status::LikelyDone, _) => "how.by_itself",
            (Status::Eligible, Some(Path::Application)) => "how.application",
            (Status::Eligible, Some(Path::Petition)) => "how.petition",
            (Status::Eligible, None) => "how.paper",
            (Status::NotYet | Status::NeedsFacts | Status::NeedsAttorney, _) => return fee,
            (Status::NotEligible | Status::AlreadyGranted, _) => return None,
        };
        let mut text = self.say(key, &[]);
        if let (Status::Eligible, Some(fee)) = (finding.status, fee) {
            text.text.push(' ');
            text.text.push_str(&fee.text);
        }
        Some(text)
    }

    /// What the route does, where it is open or may open.
    fn effect(&self, finding: &Finding) -> Option<Text> {
        if finding.status == Status::NotEligible {
            return None;
        }
        let id = finding.route.0.as_str();
        let text = self.setting.effects.get(id)?;
        Some(Text {
            key: format!("effect.{id}"),
            text: text.clone(),
        })
    }

    fn change(&self, finding: &Finding) -> Vec<Text> {
        let mut change = Vec::new();
        match finding.status {
            Status::NotYet => {
                change.push(self.say("change.wait", &[("date", &self.day(finding))]));
            }
            Status::NotEligible => match finding.code {
                Some(Code::Serving) => change.push(self.say("change.serving", &[])),
                Some(Code::Supervised) => change.push(self.say("change.supervised", &[])),
                Some(Code::Charged) => change.push(self.say("change.charged", &[])),
                Some(Code::Disqualified | Code::WrongSentence) => {
                    if let Some(reason) = last(finding) {
                        let text = reason.text.trim_end_matches('.');
                        change.push(self.say("change.reason", &[("reason", text)]));
                    }
                }
                // The rest lie in the past or in the law: no change of the client's would help.
                Some(
                    Code::OtherJurisdiction
                    | Code::NotAConviction
                    | Code::NotCovered
                    | Code::AfterTheAct
                    | Code::NoLesserOffense
                    | Code::ExcludedOffense,
                )
                | None => {}
            },
            Status::Eligible if !finding.presumes.is_empty() => {
                change.push(self.say("change.presumed", &[]));
                change.push(match finding.fallback {
                    Some(relief) => {
                        self.say("change.fallback", &[("do", &self.verb(Some(relief)))])
                    }
                    None => self.say("change.fallback_none", &[]),
                });
            }
            Status::Eligible
            | Status::NeedsFacts
            | Status::NeedsAttorney
            | Status::AlreadyGranted
            | Status::LikelyDone => {}
        }
        if finding.status == Status::NeedsFacts {
            for question in &finding.questions {
                if let Some(ask) = &question.ask {
                    change.push(self.say("change.fact", &[("ask", ask)]));
                }
            }
        }
        change
    }

    fn reasons(&self, finding: &Finding) -> Vec<ReasonView> {
        finding
            .reasons
            .iter()
            .flatten()
            .map(|reason| ReasonView {
                text: reason.text.clone(),
                holds: reason.holds,
                cite: reason.cite.clone(),
                facts: reason.from.iter().map(ToString::to_string).collect(),
                lines: trail::lines(self.record, self.setting.sheets, &reason.from),
            })
            .collect()
    }

    fn day(&self, finding: &Finding) -> String {
        finding
            .earliest
            .map_or_else(String::new, |date| day(self.setting.language, date))
    }
}

/// A day as people write it.
pub(super) fn day(language: Language, day: Date) -> String {
    match language {
        Language::En => day.strftime("%B %-d, %Y").to_string(),
        Language::Es => format!("{}/{}/{}", day.day(), day.month(), day.year()),
    }
}

/// The reasons that hold and tell most about this client: what was done, how much, how old; the section only where nothing
/// else is told. That a court in the state gave a judgment is true of every card.
fn telling(finding: &Finding) -> Vec<&Reason> {
    let weight = |reason: &Reason| {
        let reads = |name: &str| reason.from.iter().any(|fact| fact.as_str().contains(name));
        match () {
            () if [".amounts", ".conduct", ".circumstances", "person.born"]
                .into_iter()
                .any(reads) =>
            {
                2
            }
            () if [".section", ".level", ".sentence"].into_iter().any(reads) => 1,
            () => 0,
        }
    };
    let holding = || decided(finding).filter(|reason| reason.holds == Some(true));
    let most = holding().map(weight).max().unwrap_or_default();
    holding()
        .filter(|reason| weight(reason) == most.max(1))
        .take(IN_A_SENTENCE)
        .collect()
}

/// The last test that was asked: the one that decided.
fn last(finding: &Finding) -> Option<&Reason> {
    decided(finding).last()
}

/// The reasons with an outcome and a citation; groups have none of their own.
fn decided(finding: &Finding) -> impl Iterator<Item = &Reason> {
    let reasons = finding.reasons.iter().flatten();
    reasons.filter(|reason| reason.cite.is_some() && reason.holds.is_some())
}

pub(crate) fn status(status: Status) -> CardStatus {
    match status {
        Status::Eligible => CardStatus::Eligible,
        Status::NotYet => CardStatus::NotYet,
        Status::NotEligible => CardStatus::NotEligible,
        Status::NeedsFacts => CardStatus::NeedsFacts,
        Status::NeedsAttorney => CardStatus::NeedsAttorney,
        Status::AlreadyGranted => CardStatus::AlreadyGranted,
        Status::LikelyDone => CardStatus::LikelyDone,
    }
}

/// A word of the contract, as the contract writes it.
fn word(value: impl serde::Serialize) -> Option<String> {
    serde_json::to_value(value)
        .ok()?
        .as_str()
        .map(str::to_owned)
}
