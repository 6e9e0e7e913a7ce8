//! One line of ours: everything said of one conviction.

use jiff::civil::Date;

use super::words::{also_mentioned, asked_key, decisive, doubt_words, proof, questions, years};
use crate::csv;
use crate::decisions::Hand;
use crate::determination::{DecidedBy, Determination};
use crate::judge::Said;
use crate::tally;
use crate::whole::{Asked, Decided, Reviewed};

/// What we say of one conviction.
pub(super) struct Line {
    pub(super) determination: Determination,
    pub(super) decided_by: DecidedBy,
    pub(super) reason: String,
    pub(super) citation: String,
    pub(super) law_says: String,
    pub(super) law_reason: String,
    pub(super) policy_says: String,
    pub(super) fallback: String,
    pub(super) questions: String,
    pub(super) doubts: Vec<&'static str>,
    pub(super) case_number: String,
    pub(super) section: String,
    pub(super) base: String,
    pub(super) level: String,
    pub(super) convicted_on: String,
    pub(super) years_since: String,
    pub(super) years_since_any: String,
    pub(super) convictions: usize,
    pub(super) felonies: usize,
    pub(super) covered: usize,
    pub(super) registered: Vec<String>,
    pub(super) deceased: bool,
    pub(super) also_mentioned: String,
    pub(super) proof: String,
    pub(super) verification: String,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            determination: Determination::Review,
            decided_by: DecidedBy::Data,
            reason: String::new(),
            citation: String::new(),
            law_says: String::new(),
            law_reason: String::new(),
            policy_says: String::new(),
            fallback: String::new(),
            questions: String::new(),
            doubts: Vec::new(),
            case_number: String::new(),
            section: String::new(),
            base: String::new(),
            level: String::new(),
            convicted_on: String::new(),
            years_since: String::new(),
            years_since_any: String::new(),
            convictions: 0,
            felonies: 0,
            covered: 0,
            registered: Vec::new(),
            deceased: false,
            also_mentioned: String::new(),
            proof: String::new(),
            verification: String::new(),
        }
    }
}

impl Line {
    /// What is said of a conviction; `hand` is a person's decision about it.
    pub(super) fn of(
        asked: &Asked<'_>,
        reviewed: &Reviewed<'_, '_>,
        decided: &Decided<'_>,
        hand: Option<&Hand>,
    ) -> Self {
        let person = &reviewed.person;
        let counted = &person.counts[decided.count];
        let whole = &reviewed.whole;
        let as_of = asked.ask.as_of;
        let conviction = &whole.convictions[decided.conviction];
        let mut line = Line {
            determination: decided.outcome.determination,
            decided_by: decided.outcome.decided_by,
            ..Line::default()
        };
        if let Some(finding) = &decided.finding {
            let (reason, cite) = decisive(finding);
            line.law_reason = reason;
            line.citation = cite;
            line.fallback = finding
                .fallback
                .map(|relief| format!("{relief:?}"))
                .unwrap_or_default();
            line.verification = format!("{:?}", finding.verification).to_lowercase();
            line.proof = proof(finding.reasons.as_deref().unwrap_or_default());
            line.questions = questions(finding, decided);
        }
        line.law_says = decided
            .law
            .as_ref()
            .map(|law| law.determination.key().to_owned())
            .unwrap_or_default();
        line.policy_says = match &decided.said {
            Said::Rule(rule) => format!("{}: {}", asked_key(rule.then), rule.say),
            Said::Open(facts) => format!("open: {}", facts.join("; ")),
            Said::Silent => String::new(),
        };
        line.doubts = decided
            .doubts
            .iter()
            .map(|doubt| doubt_words(*doubt))
            .collect();
        line.reason = match (line.decided_by, &decided.said) {
            (DecidedBy::Policy, Said::Rule(rule)) => rule.say.clone(),
            (DecidedBy::Policy, _) => "Not in the policy".to_owned(),
            (DecidedBy::Data, Said::Open(facts)) if line.doubts.is_empty() => {
                format!(
                    "The policy turns on what the export does not say: {}",
                    facts.join("; ")
                )
            }
            (DecidedBy::Data, _) if !line.doubts.is_empty() => line.doubts.join("; "),
            (DecidedBy::Data, _) => "The law turns on what the export does not say".to_owned(),
            (DecidedBy::Law | DecidedBy::Hand, _) => line.law_reason.clone(),
        };
        if decided.outcome.policy_overruled {
            line.reason
                .push_str(" (the policy would give less; the statute decides)");
        }
        if let Some(hand) = hand {
            line.determination = hand.determination;
            line.decided_by = DecidedBy::Hand;
            line.reason = match hand.note.is_empty() {
                true => format!("Decided by {}", hand.by),
                false => format!("Decided by {}: {}", hand.by, hand.note),
            };
        }
        line.case_number = person.numbers(counted).join("; ");
        line.section = counted
            .known
            .charged
            .section
            .as_ref()
            .map_or_else(String::new, |section| section.as_str().to_owned());
        line.base = counted.known.meant.as_ref().map_or_else(
            || "unknown".to_owned(),
            |charge| format!("{} {}", charge.code, charge.base),
        );
        line.level = tally::level(counted.level).to_owned();
        line.convicted_on = counted
            .decided
            .known()
            .map(|on| on.to_string())
            .unwrap_or_default();
        line.years_since = conviction
            .on
            .and_then(record::PartialDate::exact)
            .map(|on| years(on, as_of))
            .unwrap_or_default();
        let last: Option<Vec<Date>> = whole
            .convictions
            .iter()
            .map(|conviction| conviction.on.and_then(record::PartialDate::exact))
            .collect();
        line.years_since_any = last
            .and_then(|days| days.into_iter().max())
            .map(|on| years(on, as_of))
            .unwrap_or_default();
        line.convictions = whole.convictions.len();
        let felony = |c: &&crate::judge::Conviction| c.level == Some(record::Level::Felony);
        line.felonies = whole.convictions.iter().filter(felony).count();
        line.covered = whole.convictions.iter().filter(|c| c.covered).count();
        line.registered = whole
            .registrations
            .iter()
            .map(|r| r.section.as_str().to_owned())
            .collect();
        line.deceased = whole.died;
        line.also_mentioned = also_mentioned(&person.rows[counted.first], counted);
        line
    }

    /// The columns of `SAID`, each with the comma before it.
    pub(super) fn ours(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(512);
        let number = |n: usize| n.to_string();
        let values = [
            self.determination.key(),
            self.decided_by.key(),
            &self.reason,
            &self.citation,
            &self.law_says,
            &self.law_reason,
            &self.policy_says,
            &self.fallback,
            &self.questions,
            &self.doubts.join("; "),
            &self.case_number,
            &self.section,
            &self.level,
            &self.convicted_on,
            &self.years_since,
            &self.years_since_any,
            &number(self.convictions),
            &number(self.felonies),
            &number(self.covered),
            &self.registered.join("; "),
            if self.deceased { "yes" } else { "" },
            &self.also_mentioned,
        ];
        for value in values {
            csv::field(&mut out, false, value.as_bytes());
        }
        out
    }
}
