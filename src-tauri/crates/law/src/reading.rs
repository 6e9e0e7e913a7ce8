//! Readings: the evaluation is run once for each way of filling what is unknown.
//!
//! A run asks for an unknown only when its answer turns on it, so that readings multiply no further than they must. Each run
//! repeats the choices of the one before it but the last, until every choice has been through all its values.

use record::findings::Code;
use smallvec::SmallVec;

use crate::fact::Atom;
use crate::run::Outcome;

/// The most readings of one count. A record that leaves more open than this is told what to find out first.
pub(crate) const MOST: usize = 4096;

/// The choices of one run, in the order in which they were asked for.
#[derive(Default)]
pub(crate) struct Choices {
    made: SmallVec<[Choice; 8]>,
    used: usize,
}

#[derive(Clone, Copy)]
struct Choice {
    atom: Atom,
    // Values still to come, as bits, the present one included.
    left: u16,
}

/// One value of one unknown.
pub(crate) type Chosen = (Atom, u8);

impl Choices {
    /// The value of an unknown in this run, out of those that are possible.
    pub(crate) fn choose(&mut self, atom: Atom, possible: u16) -> u8 {
        if let Some(value) = self.value(atom) {
            return value;
        }
        if self.used == self.made.len() {
            self.made.push(Choice {
                atom,
                left: possible,
            });
        }
        self.used += 1;
        first(self.made[self.used - 1].left)
    }

    /// The value that this run has given to an unknown already.
    pub(crate) fn value(&self, atom: Atom) -> Option<u8> {
        let made = self
            .made
            .iter()
            .take(self.used)
            .find(|choice| choice.atom == atom)?;
        Some(first(made.left))
    }

    /// How many unknowns this run has given a value.
    pub(crate) fn len(&self) -> usize {
        self.used
    }

    /// How many choices the next run has in common with the one before it.
    pub(crate) fn unchanged(&self) -> usize {
        self.made.len().saturating_sub(1)
    }

    /// Makes the first choices again, as the run before made them.
    pub(crate) fn repeat(&mut self, choices: usize) {
        self.used = choices;
    }

    /// What this run has chosen.
    fn chosen(&self) -> impl Iterator<Item = Chosen> + '_ {
        self.made
            .iter()
            .map(|choice| (choice.atom, first(choice.left)))
    }

    /// A run that makes exactly these choices.
    pub(crate) fn replay(chosen: &[Chosen]) -> Self {
        let made = chosen.iter().map(|(atom, value)| Choice {
            atom: *atom,
            left: 1 << value,
        });
        Self {
            made: made.collect(),
            used: 0,
        }
    }

    /// Prepares the next run; false when all have been made.
    pub(crate) fn next(&mut self) -> bool {
        self.used = 0;
        while let Some(last) = self.made.last_mut() {
            last.left &= last.left - 1;
            if last.left != 0 {
                return true;
            }
            self.made.pop();
        }
        false
    }
}

/// All readings of a count in the order in which they were made: what each chose, and what it came to.
#[derive(Default)]
pub(crate) struct Readings {
    // The choices of all, one reading after another.
    chosen: SmallVec<[Chosen; 16]>,
    // Where each one's choices end.
    all: SmallVec<[(usize, Outcome); 8]>,
    // Why not, by the readings that end at a test which turns on nothing open: the first of the contract's order.
    certain: Option<Code>,
}

impl Readings {
    /// Takes a reading; `certain`, where the test that it ended at turned on nothing open.
    pub(crate) fn push(&mut self, choices: &Choices, outcome: Outcome, certain: bool) {
        if certain {
            let codes = self.certain.into_iter().chain(outcome.code);
            self.certain = codes.min();
        }
        self.chosen.extend(choices.chosen());
        self.all.push((self.chosen.len(), outcome));
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Why not, where that turns on nothing open.
    pub(crate) fn certain(&self) -> Option<Code> {
        self.certain
    }

    pub(crate) fn chosen(&self, n: usize) -> &[Chosen] {
        let start = n.checked_sub(1).map_or(0, |before| self.all[before].0);
        &self.chosen[start..self.all[n].0]
    }

    pub(crate) fn outcome(&self, n: usize) -> Outcome {
        self.all[n].1
    }

    pub(crate) fn outcomes(&self) -> impl Iterator<Item = Outcome> + '_ {
        self.all.iter().map(|(_, outcome)| *outcome)
    }

    /// Everything that any reading chose.
    pub(crate) fn choices(&self) -> &[Chosen] {
        &self.chosen
    }
}

fn first(bits: u16) -> u8 {
    u8::try_from(bits.trailing_zeros()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_that_is_asked_for_comes_once() {
        let mut choices = Choices::default();
        let mut seen = Vec::new();
        loop {
            let age = choices.choose(Atom::Age, 0b111);
            // The level is asked for at one age only.
            let level = (age == 1).then(|| choices.choose(Atom::Level, 0b110));
            assert_eq!(choices.choose(Atom::Age, 0b111), age);
            seen.push((age, level));
            if !choices.next() {
                break;
            }
        }
        assert_eq!(seen, [(0, None), (1, Some(1)), (1, Some(2)), (2, None)]);
    }
}
