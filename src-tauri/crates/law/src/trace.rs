//! The proof of an answer: each test in order, what it read, and the points it leaves for a lawyer.

use jiff::civil::Date;
use packs::fact::{Ages, Class};
use packs::route::Say;
use packs::source::Cite;
use record::Level;
use smallvec::SmallVec;

use crate::fact::Fact;

/// What a test read: most often one thing or two.
pub(crate) type Facts = SmallVec<[Fact; 2]>;

/// One test of the proof.
#[derive(Clone)]
pub(crate) struct Step<'a> {
    pub(crate) id: &'a str,
    pub(crate) say: &'a Say,
    pub(crate) holds: Option<bool>,
    pub(crate) says: Says,
    pub(crate) from: Facts,
}

/// What a test's words are filled with.
#[derive(Clone, Copy)]
pub(crate) enum Says {
    /// Nothing.
    Plain,
    /// The section of the count.
    Section,
    /// Ages; under the key `age`.
    Age(Ages),
    /// The conduct on record; under the key `conduct`.
    Conduct,
    /// The amounts on record; under the key `amount`.
    Amount,
    /// Nothing; under a key of its own.
    Own(&'static str),
    /// A day.
    Day(Date),
    /// The level of the conviction and the class of today.
    Levels(Option<Level>, Class),
}

/// The proof as it grows. Off, it keeps nothing: only the run that is shown pays for it.
#[derive(Default, Clone)]
pub(crate) struct Trace<'a> {
    on: bool,
    open: bool,
    reads: Facts,
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) reviews: Vec<&'a Say>,
    /// Points about what the other side could still prove, kept back until there is something to lose by it.
    perhaps: Vec<&'a Say>,
    /// Authorities beside those of the steps.
    pub(crate) rests: Vec<Cite>,
}

impl<'a> Trace<'a> {
    pub(crate) fn on() -> Self {
        Self {
            on: true,
            steps: Vec::with_capacity(12),
            ..Self::default()
        }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.on
    }

    /// A new test begins.
    pub(crate) fn begin(&mut self) {
        self.open = false;
        self.reads.clear();
    }

    /// The test turned on something unknown.
    pub(crate) fn opened(&mut self) {
        self.open = true;
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    pub(crate) fn read(&mut self, fact: Fact) {
        if self.on && !self.reads.contains(&fact) {
            self.reads.push(fact);
        }
    }

    pub(crate) fn rests_on(&mut self, cite: Cite) {
        if self.on {
            self.rests.push(cite);
        }
    }

    /// The test ends and says something.
    pub(crate) fn say(&mut self, id: &'a str, say: &'a Say, holds: Option<bool>, says: Says) {
        if self.on {
            let from = self.reads.clone();
            self.steps.push(Step {
                id,
                say,
                holds,
                says,
                from,
            });
        }
    }

    /// A point for a lawyer about what is not known: of no use beside a refusal, whose answer it cannot change for the better.
    pub(crate) fn perhaps(&mut self, review: Option<&'a Say>) {
        if self.on {
            self.perhaps.extend(review);
        }
    }

    /// The answer is no refusal: what was kept back is pointed out.
    pub(crate) fn something_to_lose(&mut self) {
        for review in std::mem::take(&mut self.perhaps) {
            self.review(Some(review));
        }
    }

    pub(crate) fn review(&mut self, review: Option<&'a Say>) {
        if let Some(review) = review
            && self.on
            && !self.reviews.contains(&review)
        {
            self.reviews.push(review);
        }
    }
}
