//! From all readings to one answer: "From unknown to status" of the contract.

use std::ops::Range;

use jiff::civil::Date;
use packs::fact::{Bearer, Class};
use record::findings::{Code, Mode, Relief, Status};
use smallvec::SmallVec;

use crate::fact::Atom;
use crate::reading::{Chosen, Readings};
use crate::run::{Granted, Law, Outcome};

/// The readings of a count as a tree: where they part, and what they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tree {
    Leaf(Outcome),
    Fork(Atom, Vec<(u8, Tree)>),
}

impl Tree {
    /// The tree of readings in the order in which they were made. An unknown that changes nothing leaves no fork.
    pub(crate) fn new(readings: &Readings) -> Self {
        Self::grow(readings, 0..readings.len(), 0)
    }

    fn grow(readings: &Readings, group: Range<usize>, depth: usize) -> Self {
        let first = readings.outcome(group.start);
        // Where all come to the same, no choice below matters.
        if group.clone().all(|n| readings.outcome(n) == first) {
            return Self::Leaf(first);
        }
        let Some((atom, _)) = readings.chosen(group.start).get(depth) else {
            return Self::Leaf(first);
        };
        let mut branches: Vec<(u8, Self)> = Vec::new();
        let mut start = group.start;
        while start < group.end {
            let chosen = readings.chosen(start).get(depth);
            let same = |n: &usize| readings.chosen(*n).get(depth) == chosen;
            let end = start + (start..group.end).take_while(same).count();
            if let Some((_, value)) = chosen {
                branches.push((*value, Self::grow(readings, start..end, depth + 1)));
            }
            start = end;
        }
        Self::fork(*atom, branches)
    }

    fn fork(atom: Atom, mut branches: Vec<(u8, Self)>) -> Self {
        match branches.split_first() {
            Some(((_, first), rest)) if rest.iter().all(|(_, tree)| tree == first) => {
                branches.swap_remove(0).1
            }
            _ => Self::Fork(atom, branches),
        }
    }

    /// Every unknown that the answer turns on, in the order met.
    pub(crate) fn atoms(&self, into: &mut Vec<Atom>) {
        if let Self::Fork(atom, branches) = self {
            if !into.contains(atom) {
                into.push(*atom);
            }
            branches.iter().for_each(|(_, tree)| tree.atoms(into));
        }
    }

    // The branches that what is known leaves open.
    fn open<'t>(&'t self, known: &[Chosen]) -> (Option<Atom>, &'t [(u8, Self)]) {
        let Self::Fork(atom, branches) = self else {
            return (None, &[]);
        };
        let Some((_, value)) = known.iter().find(|(other, _)| other == atom) else {
            return (Some(*atom), branches);
        };
        let at = branches.iter().position(|(v, _)| v == value);
        let at = at.unwrap_or_default();
        (None, &branches[at..=at])
    }

    // The first fact of the record that is still open.
    fn record_atom(&self, law: Law<'_>, known: &[Chosen]) -> Option<Atom> {
        let (atom, branches) = self.open(known);
        atom.filter(|atom| bearer(law, *atom) == Bearer::Record)
            .or_else(|| {
                let mut below = branches.iter().map(|(_, tree)| tree);
                below.find_map(|tree| tree.record_atom(law, known))
            })
    }

    fn values(&self, wanted: Atom, known: &[Chosen], into: &mut SmallVec<[u8; 16]>) {
        let (atom, branches) = self.open(known);
        for (value, tree) in branches {
            if atom == Some(wanted) && !into.contains(value) {
                into.push(*value);
            }
            tree.values(wanted, known, into);
        }
    }

    // The worst class of the readings that give relief.
    fn least(&self) -> Option<Class> {
        match self {
            Self::Leaf(outcome) => outcome.class.filter(|_| outcome.status == Status::Eligible),
            Self::Fork(_, branches) => {
                let below = branches.iter().filter_map(|(_, tree)| tree.least());
                below.max_by_key(|class| *class as u8)
            }
        }
    }

    // The first of the best and the last of the worst.
    fn extremes(&self, known: &[Chosen], found: &mut Option<(Outcome, Outcome)>) {
        if let Self::Leaf(outcome) = self {
            let (best, worst) = found.get_or_insert((*outcome, *outcome));
            if rank(outcome) < rank(best) {
                *best = *outcome;
            }
            if rank(outcome) >= rank(worst) {
                *worst = *outcome;
            }
        }
        for (_, tree) in self.open(known).1 {
            tree.extremes(known, found);
        }
    }

    /// For each way of settling the record's own facts: the client's best reading and the worst.
    fn settle(&self, law: Law<'_>, known: &mut Vec<Chosen>, into: &mut Vec<(Outcome, Outcome)>) {
        match self.open(known) {
            // What is chosen at the top leaves one branch: the others need not be looked through again.
            (None, [(_, tree)]) => return tree.settle(law, known, into),
            (Some(atom), branches) if bearer(law, atom) == Bearer::Record => {
                for (value, tree) in branches {
                    known.push((atom, *value));
                    tree.settle(law, known, into);
                    known.pop();
                }
                return;
            }
            _ => {}
        }
        let Some(atom) = self.record_atom(law, known) else {
            let mut found = None;
            self.extremes(known, &mut found);
            if let Some(found) = found
                && !into.contains(&found)
            {
                into.push(found);
            }
            return;
        };
        let mut values = SmallVec::new();
        self.values(atom, known, &mut values);
        for value in values {
            known.push((atom, value));
            self.settle(law, known, into);
            known.pop();
        }
    }
}

/// Who bears an unknown. A doubt about the law is treated as the other side's to win.
pub(crate) fn bearer(law: Law<'_>, atom: Atom) -> Bearer {
    // A door's questions are all about what the record itself can show.
    let Law::Table(rules) = law else {
        return Bearer::Record;
    };
    let opponent = match atom {
        Atom::Conduct => rules.opponent_conduct,
        Atom::Amount => rules.opponent_amount,
        Atom::Circumstance(circumstance) => return rules.bearer(circumstance),
        Atom::Doubt(_) => true,
        _ => false,
    };
    if opponent {
        Bearer::Opponent
    } else {
        Bearer::Record
    }
}

// From best to worst for the client. Among refusals the last of the contract's order is the nearest to an open door.
fn rank(outcome: &Outcome) -> (u8, u8, u8) {
    let status = match outcome.status {
        Status::Eligible => 0,
        Status::AlreadyGranted | Status::LikelyDone => 1,
        Status::NotYet => 2,
        Status::NeedsFacts => 3,
        Status::NeedsAttorney => 4,
        Status::NotEligible => 5,
    };
    let class = outcome.class.map_or(u8::MAX, |class| class as u8);
    let second = match (outcome.code, outcome.grant.map(|grant| grant.mode)) {
        (Some(code), _) => u8::MAX - code as u8,
        (None, Some(mode)) => u8::from(mode != Some(Mode::Entitled)),
        (None, None) => u8::from(outcome.serving == Some(true)),
    };
    (status, class, second)
}

// What a door grants; whether it is owed only where every reading says the same.
fn granted(settled: &[(Outcome, Outcome)], best: Outcome) -> Option<Granted> {
    let grant = best.grant?;
    let mut all = settled.iter().flat_map(|(a, b)| [a.grant, b.grant]);
    let same = all.all(|other| other.is_some_and(|other| other.mode == grant.mode));
    Some(Granted {
        mode: grant.mode.filter(|_| same),
        ..grant
    })
}

/// The one answer for a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) status: Status,
    pub(crate) code: Option<Code>,
    pub(crate) class: Option<Class>,
    pub(crate) fallback: Option<Class>,
    /// Where the worst reading gives nothing: the least that a reading still gives, if that is less than the best.
    pub(crate) least: Option<Class>,
    /// For a door: what is granted, and what it would be on the worst reading where that is another relief.
    pub(crate) grant: Option<Granted>,
    pub(crate) less: Option<Relief>,
    /// For a door that is not open yet: from when.
    pub(crate) earliest: Option<Date>,
    /// Petition or application; `None` while open.
    pub(crate) serving: Option<bool>,
    /// What is presumed, where anything is.
    pub(crate) presumes: Vec<Atom>,
    /// What to ask.
    pub(crate) asks: Vec<Atom>,
    /// The outcome that the proof is shown for.
    pub(crate) shown: Outcome,
}

impl Verdict {
    /// Nothing is claimed until more is known.
    pub(crate) fn open(shown: Outcome, asks: Vec<Atom>) -> Self {
        Self {
            status: Status::NeedsFacts,
            code: None,
            class: None,
            fallback: None,
            least: None,
            grant: None,
            less: None,
            earliest: None,
            serving: None,
            presumes: Vec::new(),
            asks,
            shown,
        }
    }

    /// Takes all readings together; `certain` is why not, where that turns on nothing open.
    pub(crate) fn new(tree: &Tree, law: Law<'_>, certain: Option<Code>) -> Self {
        let mut settled = Vec::new();
        tree.settle(law, &mut Vec::new(), &mut settled);
        let mut atoms = Vec::new();
        tree.atoms(&mut atoms);
        atoms.retain(|atom| !matches!(atom, Atom::Doubt(_)));
        let bests = || settled.iter().map(|(best, _)| *best);
        let best = bests().min_by_key(rank).unwrap_or(crate::run::ATTORNEY);
        let worst = settled
            .iter()
            .map(|(_, worst)| *worst)
            .max_by_key(rank)
            .unwrap_or(best);
        let plain = |status, code| Self {
            status,
            code,
            class: None,
            fallback: None,
            least: None,
            grant: None,
            less: None,
            earliest: None,
            serving: None,
            presumes: Vec::new(),
            asks: Vec::new(),
            shown: best,
        };
        let all = |status| bests().all(|outcome| outcome.status == status);
        if all(Status::Eligible) {
            let one_way = settled
                .iter()
                .flat_map(|(a, b)| [a, b])
                .filter_map(|o| o.serving);
            let both_ways = one_way.clone().any(|s| s) && one_way.clone().any(|s| !s);
            return Self {
                class: best.class,
                // The fallback is another result, or none: the same class by another way in is not one.
                fallback: worst.class.filter(|class| Some(*class) != best.class),
                least: tree
                    .least()
                    .filter(|class| worst.class.is_none() && Some(*class) != best.class),
                serving: if both_ways { None } else { best.serving },
                grant: granted(&settled, best),
                less: worst
                    .grant
                    .and_then(|worst| worst.relief)
                    .filter(|less| best.grant.is_some_and(|best| best.relief != Some(*less))),
                presumes: atoms.clone(),
                asks: atoms,
                ..plain(Status::Eligible, None)
            };
        }
        if all(Status::NotEligible) {
            // Certain as a no. Where the reasons differ, the one that turns on nothing open is given, and the first of the contract's
            // order where each turns on something.
            let codes = || bests().filter_map(|outcome| outcome.code);
            let code = codes().find(|code| Some(*code) == certain);
            let code = code.or(codes().min());
            let shown = bests().find(|outcome| outcome.code == code).unwrap_or(best);
            return Self {
                shown,
                ..plain(Status::NotEligible, code)
            };
        }
        // Not yet, and from when is another day on some reading, or none: that is a question.
        let dated = best.status != Status::NotYet
            || bests().all(|one| one.earliest.is_some() && one.earliest == best.earliest);
        if all(best.status) && dated {
            // What the other side could still prove may turn it into a refusal.
            let presumes = if settled.iter().any(|(a, b)| a != b) {
                atoms
            } else {
                Vec::new()
            };
            return Self {
                presumes: presumes.clone(),
                asks: presumes,
                grant: granted(&settled, best),
                earliest: best.earliest,
                ..plain(best.status, None)
            };
        }
        // Only what a record can show settles it; facts of the other side are asked after those.
        atoms.sort_by_key(|atom| bearer(law, *atom) != Bearer::Record);
        Self {
            asks: atoms,
            ..plain(Status::NeedsFacts, None)
        }
    }
}
