//! What a paper asks for in the alternative, beside what the findings of the JSON contract say.

use std::collections::BTreeMap;

use crate::findings::Relief;

/// The lesser relief that a paper may ask for should the other side carry its burden, by the place of the finding among the findings.
///
/// A finding's own `fallback` is the worst result of all, and that is none where a bar is not known. A paper pleads the case in which
/// the bar is not there: of the readings that still give relief, the one that gives least. It is no part of the contract, so a screen
/// never shows it as a promise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alternatives(BTreeMap<usize, Relief>);

impl Alternatives {
    /// The one for a finding, by its place.
    #[must_use]
    pub fn of(&self, finding: usize) -> Option<Relief> {
        self.0.get(&finding).copied()
    }
}

impl FromIterator<(usize, Relief)> for Alternatives {
    fn from_iter<I: IntoIterator<Item = (usize, Relief)>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}
