//! What the rows and the law say of a person, whatever an office makes of it; and what becomes of it under a policy.
//!
//! [`Facts`] is all that a policy can be asked about. It stays when the policy changes, so that another policy gives other numbers
//! without a file being read again.

use std::sync::Arc;

use jiff::civil::Date;
use packs::Pack;
use packs::policy::Policy;
use packs::section::{Charge, Fit};
use record::{Level, PartialDate};

use crate::decisions::Hand;
use crate::determination::{DecidedBy, Determination, LawSays, Outcome, decide};
use crate::judge::{self, Said, Whole};
use crate::whole::Doubt;
use crate::words::doubt_words;

/// A person as every policy sees them.
#[derive(Debug, Clone)]
pub struct Facts {
    /// All convictions; what a policy covers of them is marked by [`Facts::under`].
    pub whole: Whole,
    /// What is known of each conviction beside that.
    pub each: Vec<Fact>,
    /// The cycle and the charge of every count of the sections asked about, however it ended.
    pub beside: Vec<(usize, Arc<Charge>)>,
    /// The race that the export states.
    pub race: Option<String>,
    /// The sex that the export states.
    pub sex: Option<String>,
}

/// What is known of a conviction beside what policies ask.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    /// It is of the county.
    pub in_county: bool,
    /// It is, or may be, of the sections that the law is asked about.
    pub reached: bool,
    /// Which cycle: convictions of one cycle have the same number.
    pub cycle: usize,
    /// The law's answer; none where it was not asked.
    pub law: Option<LawSays>,
    /// What that answer rests on, in words.
    pub law_reason: String,
    /// Why a person must look, where the export itself is the reason, in the order of [`Doubt::ALL`].
    pub doubts: Vec<Doubt>,
    /// It was taken away before.
    pub gone: bool,
    /// It was made less than a felony before.
    pub reduced: bool,
    /// What a person decided.
    pub(crate) hand: Option<Hand>,
}

/// A conviction under a policy.
#[derive(Debug)]
pub struct Verdict<'p> {
    /// Its place among the person's convictions.
    pub conviction: usize,
    /// The policy's answer.
    pub said: Said<'p>,
    /// What comes of law and policy.
    pub outcome: Outcome,
}

impl Facts {
    /// Marks what a policy covers. The policy must ask the law about the sections that the facts were gathered for.
    pub fn under(&mut self, policy: &Policy) {
        let covered = |charge: &Charge| {
            let forms = &policy.sections;
            forms.iter().any(|form| charge.fits(form) != Fit::No)
        };
        let companion = |charge: &Charge| {
            let forms = &policy.companions;
            forms.iter().any(|form| charge.fits(form) == Fit::Yes)
        };
        let cycles: Vec<usize> = self
            .beside
            .iter()
            .filter(|(_, charge)| covered(charge))
            .map(|(cycle, _)| *cycle)
            .collect();
        for (conviction, fact) in self.whole.convictions.iter_mut().zip(&self.each) {
            let charge = conviction.charge.as_deref();
            conviction.covered = charge.is_some_and(covered);
            conviction.companion = charge.is_some_and(companion);
            conviction.beside_covered = cycles.contains(&fact.cycle);
        }
    }

    /// The convictions that are decided on under the policy that was marked.
    pub fn wanted(&self) -> impl Iterator<Item = usize> {
        let all = self.whole.convictions.iter().zip(&self.each).enumerate();
        all.filter(|(_, (conviction, fact))| {
            (fact.reached || conviction.companion) && fact.in_county
        })
        .map(|(n, _)| n)
    }

    /// Decides on a conviction under the policy that was marked.
    #[must_use]
    pub fn decide<'p>(
        &self,
        policy: &'p Policy,
        conviction: usize,
        as_of: Date,
        pack: &Pack,
    ) -> Verdict<'p> {
        let said = judge::ask(policy, &self.whole, conviction, as_of, pack);
        let fact = &self.each[conviction];
        let grave = fact.doubts.iter().any(|doubt| doubt.grave());
        let mut outcome = decide(fact.law.as_ref(), &said, policy, grave);
        // A birth or a date that is missing or partial is for a person, but where nothing turns on it.
        let missing = fact
            .doubts
            .iter()
            .any(|doubt| matches!(doubt, Doubt::Births | Doubt::Birth | Doubt::Date));
        if missing
            && fact.law.is_some_and(|law| law.open)
            && matches!(
                outcome.determination,
                Determination::Dismiss | Determination::Reduce
            )
            && outcome.decided_by == DecidedBy::Law
        {
            outcome = Outcome {
                determination: Determination::Review,
                decided_by: DecidedBy::Data,
                policy_overruled: false,
            };
        }
        Verdict {
            conviction,
            said,
            outcome,
        }
    }

    /// The last word on a conviction: a person's where there is one.
    #[must_use]
    pub fn last_word(&self, verdict: &Verdict<'_>) -> (Determination, DecidedBy) {
        match &self.each[verdict.conviction].hand {
            Some(hand) => (hand.determination, DecidedBy::Hand),
            None => (verdict.outcome.determination, verdict.outcome.decided_by),
        }
    }

    /// Why, in words.
    #[must_use]
    pub fn reason(&self, verdict: &Verdict<'_>) -> String {
        let fact = &self.each[verdict.conviction];
        if let Some(hand) = &fact.hand {
            return hand.reason();
        }
        let outcome = &verdict.outcome;
        let mut reason = match (outcome.decided_by, &verdict.said) {
            (DecidedBy::Policy, Said::Rule(rule)) => rule.say.clone(),
            (DecidedBy::Policy, _) => "Not in the policy".to_owned(),
            (DecidedBy::Data, Said::Open(facts)) if fact.doubts.is_empty() => {
                format!(
                    "The policy turns on what the export does not say: {}",
                    facts.join("; ")
                )
            }
            (DecidedBy::Data, _) if !fact.doubts.is_empty() => doubt_words(&fact.doubts),
            (DecidedBy::Data, _) => "The law turns on what the export does not say".to_owned(),
            (DecidedBy::Law | DecidedBy::Hand, _) => fact.law_reason.clone(),
        };
        if outcome.policy_overruled {
            reason.push_str(" (the policy would give less; the statute decides)");
        }
        reason
    }

    /// The section of a conviction without its subdivisions.
    #[must_use]
    pub fn base(&self, conviction: usize) -> String {
        let charge = self.whole.convictions[conviction].charge.as_deref();
        charge.map_or_else(
            || "unknown".to_owned(),
            |charge| format!("{} {}", charge.code, charge.base),
        )
    }

    /// Its level, as far as it is known.
    #[must_use]
    pub fn level(&self, conviction: usize) -> Option<Level> {
        self.whole.convictions[conviction].level
    }

    /// Its day, as far as it is known.
    #[must_use]
    pub fn on(&self, conviction: usize) -> Option<PartialDate> {
        self.whole.convictions[conviction].on
    }
}
