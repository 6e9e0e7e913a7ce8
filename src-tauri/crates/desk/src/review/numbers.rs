//! The numbers of a review, under its own policy or another at once.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ::review::Disparity;
use ::review::determination::Determination;
use ::review::tally::{Left, Tally};
use packs::policy::Policy;
use vault::Act;

use super::policies::edited;
use super::{pack, policy_view};
use crate::view::{
    CountOf, Outcomes, OutcomesOf, PeopleLeft, ReviewGroup, ReviewGroups, ReviewNumbers,
    ReviewUnder,
};
use crate::{Desk, Result};

/// What the tally calls a group of which the file says nothing.
const NOT_STATED: &str = "not stated";

impl Desk {
    /// The numbers under a policy. No file of the export is read again.
    ///
    /// # Errors
    /// [`crate::Error::NoReview`]; [`crate::Error::ReviewLocked`]; the policy is about other sections than the review.
    pub fn review_numbers(&self, ask: &ReviewUnder) -> Result<ReviewNumbers> {
        self.needs(Act::Review)?;
        let base = self.review_policy(&ask.policy)?;
        let policy = match &ask.edited {
            Some(rules) => edited(&base, rules, pack(self.packs)?)?,
            None => base,
        };
        let mut room = self.room().state();
        let own = room.own.iter().any(|known| known.id == policy.id);
        let finished = room.finished()?;
        let same = finished.about.policy == policy;
        let written = same && finished.hands.is_empty();
        Ok(match written {
            true => numbers(&policy, own, true, &finished.tally),
            false => {
                let digest = finished.digest()?;
                let tally = digest.with(&policy, &finished.hands, self.packs)?;
                numbers(&policy, own, false, &tally)
            }
        })
    }
}

fn numbers(policy: &Policy, own: bool, written: bool, tally: &Tally) -> ReviewNumbers {
    let of = |one| tally.determined(one);
    let mut by: BTreeMap<&str, BTreeMap<String, u64>> = BTreeMap::new();
    let mut deciders: BTreeMap<&str, u64> = BTreeMap::new();
    for (section, levels) in &tally.convictions {
        let mine = by.entry(section).or_default();
        for (determination, who) in levels.values().flatten() {
            *mine.entry(determination.clone()).or_default() += who.values().sum::<u64>();
            for (who, n) in who {
                *deciders.entry(who).or_default() += n;
            }
        }
    }
    let mut sections: Vec<OutcomesOf> = by
        .into_iter()
        .map(|(name, counts)| of_counts(name, &counts))
        .collect();
    sections.sort_by_key(|one| Reverse(one.outcomes.sum()));
    ReviewNumbers {
        policy: policy_view(policy, own),
        written,
        rows: tally.rows,
        rows_not_used: tally.rows_not_used,
        rows_of_county: tally.rows_of_county,
        people: tally.people,
        all: Outcomes {
            dismiss: of(Determination::Dismiss),
            reduce: of(Determination::Reduce),
            review: of(Determination::Review),
            not_eligible: of(Determination::NotEligible),
            already_granted: of(Determination::AlreadyGranted),
        },
        felonies_cleared: tally.felonies_cleared(),
        earliest: tally.earliest_conviction.clone(),
        left: left(&tally.people_left),
        if_all: left(&tally.people_left_if_all_dismissed),
        sections,
        decades: tally
            .by_decade
            .iter()
            .map(|(name, counts)| of_counts(name, counts))
            .collect(),
        deciders: counts(deciders.into_iter().map(|(name, n)| (name.to_owned(), n))),
        reasons: counts(tally.by_reason.iter().map(|(name, n)| (name.clone(), *n))),
        groups: groups(tally),
    }
}

fn of_counts(name: &str, counts: &BTreeMap<String, u64>) -> OutcomesOf {
    let of = |one: Determination| counts.get(one.key()).copied().unwrap_or_default();
    OutcomesOf {
        name: name.to_owned(),
        outcomes: Outcomes {
            dismiss: of(Determination::Dismiss),
            reduce: of(Determination::Reduce),
            review: of(Determination::Review),
            not_eligible: of(Determination::NotEligible),
            already_granted: of(Determination::AlreadyGranted),
        },
    }
}

impl Outcomes {
    /// All of them.
    #[must_use]
    pub fn sum(self) -> u64 {
        self.dismiss + self.reduce + self.review + self.not_eligible + self.already_granted
    }
}

fn counts(all: impl Iterator<Item = (String, u64)>) -> Vec<CountOf> {
    let mut all: Vec<CountOf> = all.map(|(name, n)| CountOf { name, n }).collect();
    all.sort_by_key(|one| Reverse(one.n));
    all
}

fn left(left: &Left) -> PeopleLeft {
    PeopleLeft {
        people: left.people,
        some_relief: left.some_relief,
        felony_before: left.felony_before,
        felony_after: left.felony_after,
        seven_before: left.last_seven_years_before,
        seven_after: left.last_seven_years_after,
        any_before: left.conviction_after + left.no_conviction,
        any_after: left.conviction_after,
    }
}

fn groups(tally: &Tally) -> Vec<ReviewGroups> {
    let kinds = tally.groups.iter();
    kinds
        .map(|(kind, groups)| {
            let mut all: Vec<ReviewGroup> = groups
                .iter()
                .map(|(name, left)| group(name, left, &tally.people_left))
                .collect();
            // Ages stand in their own order, the rest by size; what is not stated comes last.
            if kind != "age" {
                all.sort_by_key(|one| Reverse(one.people));
            }
            all.sort_by_key(|one| one.name.is_empty());
            ReviewGroups {
                kind: kind.clone(),
                groups: all,
            }
        })
        .collect()
}

fn group(name: &str, left: &Left, all: &Left) -> ReviewGroup {
    let disparity = Disparity::of(left, all);
    ReviewGroup {
        name: match name {
            NOT_STATED => String::new(),
            name => name.to_owned(),
        },
        people: left.people,
        felony_before: left.felony_before,
        felony_after: left.felony_after,
        before: disparity.felony_before,
        after: disparity.felony_after,
        times_before: disparity.times_all_before,
        times_after: disparity.times_all_after,
    }
}
