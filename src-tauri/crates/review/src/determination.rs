//! What comes of a conviction: the law's answer and the policy's put together.
//!
//! A policy may give more than the law and never less: where it would give less, the law's answer stands and says so. What is not
//! known goes to a person; it is never turned into a favour or a refusal.

use jiff::civil::Date;
use packs::policy::{Asked, Disqualified, Policy};
use record::findings::{Code, Finding, Relief, Status};

use crate::judge::Said;

/// What is to be done with a conviction.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Determination {
    /// Ask for dismissal.
    Dismiss,
    /// Ask for a lesser offense.
    Reduce,
    /// A person must look at it.
    Review,
    /// Nothing can be asked for.
    NotEligible,
    /// It was done before.
    AlreadyGranted,
}

impl Determination {
    /// Every one, in the order of the tables.
    pub const ALL: [Self; 5] = [
        Self::Dismiss,
        Self::Reduce,
        Self::Review,
        Self::NotEligible,
        Self::AlreadyGranted,
    ];

    /// Its name in tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Dismiss => "dismiss",
            Self::Reduce => "reduce",
            Self::Review => "review",
            Self::NotEligible => "not_eligible",
            Self::AlreadyGranted => "already_granted",
        }
    }

    /// By its name.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// Who had the last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecidedBy {
    /// The statute.
    Law,
    /// The office's policy.
    Policy,
    /// Nobody yet: the export leaves it open.
    Data,
    /// A person, in a file of decisions.
    Hand,
}

impl DecidedBy {
    /// Its name in tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Policy => "policy",
            Self::Data => "data",
            Self::Hand => "hand",
        }
    }
}

/// The law's answer for one conviction, as the review uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LawSays {
    /// The answer.
    pub determination: Determination,
    /// Why not, for a refusal.
    pub code: Option<Code>,
    /// What the law gives whatever the open facts turn out to be.
    pub floor: Option<Determination>,
    /// The relief by name, where every reading of the open facts gives the same.
    pub relief: Option<Relief>,
    /// Facts of the record leave the answer open.
    pub open: bool,
    /// An open fact may turn out to be a bar.
    pub bar_possible: bool,
}

impl LawSays {
    /// Reads a finding. `own` is the path of the count; `last` the last day the offense can have been; `since` the day from which
    /// the route reaches no offense any more.
    #[must_use]
    pub fn of(finding: &Finding, own: &str, last: Option<Date>, since: Date) -> Self {
        let questions = finding.questions.iter().map(|q| q.fact.as_str());
        let presumed = finding.presumes.iter().map(|path| path.as_str());
        let of_record = |path: &&str| {
            let tail = path.strip_prefix(own).unwrap_or_default();
            !path.starts_with("now.")
                && ![".amounts", ".conduct", ".circumstances", ".sentence"]
                    .iter()
                    .any(|part| tail.starts_with(part))
        };
        let keep = |paths: &mut dyn Iterator<Item = &str>| -> Vec<String> {
            paths.filter(of_record).map(str::to_owned).collect()
        };
        let (mut determination, mut floor, mut open) = match finding.status {
            Status::Eligible => {
                let open = keep(&mut presumed.into_iter());
                match finding.relief.map(dismisses) {
                    Some(true) if open.is_empty() => (Determination::Dismiss, None, open),
                    // Some reading gives less than a dismissal; every reading gives something.
                    Some(true) => (Determination::Review, Some(Determination::Reduce), open),
                    Some(false) | None => (Determination::Reduce, None, open),
                }
            }
            Status::NeedsFacts => (
                Determination::Review,
                None,
                keep(&mut questions.into_iter()),
            ),
            Status::NeedsAttorney => (
                Determination::Review,
                None,
                keep(&mut questions.into_iter()),
            ),
            Status::AlreadyGranted | Status::LikelyDone => {
                (Determination::AlreadyGranted, None, Vec::new())
            }
            // An accessory, a conspiracy: not reached, and a lawyer should see it.
            Status::NotEligible
                if finding.code == Some(Code::NotCovered) && !finding.review.is_empty() =>
            {
                (Determination::Review, None, Vec::new())
            }
            Status::NotEligible | Status::NotYet => (Determination::NotEligible, None, Vec::new()),
        };
        // Only where two readings of the open facts give different things is a person needed.
        if floor.is_some() && finding.fallback.map(dismisses) == Some(true) {
            (determination, floor) = (Determination::Dismiss, None);
            open.clear();
        }
        let relief = match determination {
            Determination::Dismiss => finding.relief.filter(|relief| dismisses(*relief)),
            // A lesser offense that turns on an open fact is not named: the finding's own is the best that can be hoped for.
            Determination::Reduce => finding
                .relief
                .filter(|relief| open.is_empty() || finding.fallback == Some(*relief)),
            _ => None,
        };
        let harmless = |path: &String| {
            let tail = path.strip_prefix(own);
            path == "person.born"
                || matches!(tail, Some(".section" | ".level"))
                || tail == Some(".offense_date") && last.is_some_and(|last| last < since)
        };
        let bar_possible = match finding.status {
            Status::NeedsFacts => open.is_empty() || !open.iter().all(harmless),
            Status::NeedsAttorney => true,
            _ => determination == Determination::Review && floor.is_none(),
        };
        Self {
            determination,
            code: finding.code,
            floor,
            relief,
            open: !open.is_empty(),
            bar_possible,
        }
    }
}

fn dismisses(relief: Relief) -> bool {
    matches!(
        relief,
        Relief::DismissAndSeal
            | Relief::RecallAndDismiss
            | Relief::Dismiss
            | Relief::SealRecord
            | Relief::SetAside
            | Relief::Vacate
            | Relief::Expunge
    )
}

/// Law and policy put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What is to be done.
    pub determination: Determination,
    /// Who had the last word.
    pub decided_by: DecidedBy,
    /// The policy would have given less than the law gives.
    pub policy_overruled: bool,
}

/// Puts the law's answer and the policy's together. `doubt`: the export contradicts itself about this conviction or this person.
#[must_use]
pub fn decide(law: Option<&LawSays>, said: &Said<'_>, policy: &Policy, doubt: bool) -> Outcome {
    let outcome = |determination, decided_by| Outcome {
        determination,
        decided_by,
        policy_overruled: false,
    };
    let by_policy = |asked: Asked| match asked {
        Asked::Dismiss => Some(Determination::Dismiss),
        Asked::Reduce => Some(Determination::Reduce),
        Asked::Review => Some(Determination::Review),
        Asked::Nothing => None,
    };
    let asked = said.asked().and_then(by_policy);
    let open = matches!(said, Said::Open(_));
    if doubt {
        return outcome(Determination::Review, DecidedBy::Data);
    }
    let Some(law) = law else {
        return match (asked, open) {
            (_, true) => outcome(Determination::Review, DecidedBy::Data),
            (Some(asked), _) => outcome(asked, DecidedBy::Policy),
            (None, _) => outcome(Determination::NotEligible, DecidedBy::Policy),
        };
    };
    match law.determination {
        Determination::AlreadyGranted => outcome(Determination::AlreadyGranted, DecidedBy::Law),
        Determination::Dismiss => Outcome {
            policy_overruled: said.asked().is_some_and(|asked| asked != Asked::Dismiss),
            ..outcome(Determination::Dismiss, DecidedBy::Law)
        },
        Determination::NotEligible => {
            let beyond = match law.code {
                Some(Code::Disqualified | Code::ExcludedOffense) => match policy.disqualified {
                    Disqualified::Law => None,
                    Disqualified::Review => {
                        return outcome(Determination::Review, DecidedBy::Policy);
                    }
                    Disqualified::Policy => asked,
                },
                // The law has nothing less to offer; the office may still ask for dismissal.
                Some(Code::NoLesserOffense) => {
                    if open {
                        return outcome(Determination::Review, DecidedBy::Data);
                    }
                    asked.filter(|asked| *asked != Determination::Reduce)
                }
                _ => None,
            };
            match beyond {
                Some(asked) => outcome(asked, DecidedBy::Policy),
                None => outcome(Determination::NotEligible, DecidedBy::Law),
            }
        }
        Determination::Review => match asked {
            Some(Determination::Dismiss) if !law.bar_possible => {
                outcome(Determination::Dismiss, DecidedBy::Policy)
            }
            _ if !law.open => outcome(Determination::Review, DecidedBy::Law),
            _ => outcome(Determination::Review, DecidedBy::Data),
        },
        Determination::Reduce => match asked {
            _ if open => outcome(Determination::Review, DecidedBy::Data),
            Some(Determination::Dismiss) => outcome(Determination::Dismiss, DecidedBy::Policy),
            Some(Determination::Review) => outcome(Determination::Review, DecidedBy::Policy),
            _ => Outcome {
                policy_overruled: said.asked() == Some(Asked::Nothing),
                ..outcome(Determination::Reduce, DecidedBy::Law)
            },
        },
    }
}
