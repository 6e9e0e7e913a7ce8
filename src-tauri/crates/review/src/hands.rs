//! Decisions that people give on a review that is done, before its tables have them.
//!
//! They stand in a file of the review queue's shape, so that the same review asked for again takes them in.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use crate::decisions::{Decisions, Hand};
use crate::determination::Determination;
use crate::locked::Lock;
use crate::pages::{Pages, Said};
use crate::table::QUEUE;
use crate::{ReviewError, csv};

/// The file of decisions, among the results.
pub const DECISIONS: &str = "decisions.csv";

/// Decisions of people by their place in the table of decisions, from 0; and those that the tables have already.
#[derive(Debug, Default, Clone)]
pub struct Hands {
    before: Decisions,
    given: BTreeMap<usize, Given>,
}

#[derive(Debug, Clone)]
struct Given {
    // What the queue shows, up to what a person fills in.
    shown: Vec<String>,
    hand: Hand,
}

impl Hands {
    /// None given yet; `before` are those that the tables have.
    #[must_use]
    pub fn new(before: Decisions) -> Self {
        Self {
            before,
            given: BTreeMap::new(),
        }
    }

    /// Those of a file beside the tables: what the tables do not have yet is given again.
    ///
    /// # Errors
    /// The tables cannot be read.
    pub fn over(all: Decisions, pages: &Pages) -> Result<Self, ReviewError> {
        let mut hands = Self::default();
        let mut new = Vec::new();
        pages.each(&mut |said| {
            let Some(hand) = all.by_name(said.get("subject_id"), said.get("count")) else {
                return;
            };
            let known = said.get("decided_by") == "hand"
                && said.get("determination") == hand.determination.key()
                && said.get("reason") == hand.reason();
            if !known {
                new.push((said.number, Given::new(said, hand.clone())));
            }
        })?;
        hands.given = new.into_iter().collect();
        hands.before = all;
        for given in hands.given.values() {
            hands.before.forget(&given.shown[0], &given.shown[1]);
        }
        Ok(hands)
    }

    /// Whether none was given that the tables do not have.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// So many were given that the tables do not have.
    #[must_use]
    pub fn len(&self) -> usize {
        self.given.len()
    }

    /// Takes a decision in.
    pub fn give(&mut self, said: &Said, determination: Determination, by: &str, note: &str) {
        let hand = Hand {
            determination,
            by: one_line(by),
            note: one_line(note),
        };
        self.given.insert(said.number, Given::new(said, hand));
    }

    /// Takes a decision back that the tables do not have.
    pub fn take_back(&mut self, number: usize) {
        self.given.remove(&number);
    }

    /// What was given on a row: the determination, who gave it, and the note.
    #[must_use]
    pub fn of(&self, number: usize) -> Option<(Determination, &str, &str)> {
        let hand = &self.given.get(&number)?.hand;
        Some((hand.determination, &hand.by, &hand.note))
    }

    /// The determinations by row, as tables name them.
    pub(crate) fn keys(&self) -> BTreeMap<usize, &'static str> {
        let all = self.given.iter();
        all.map(|(n, given)| (*n, given.hand.determination.key()))
            .collect()
    }

    /// What was given on a row.
    pub(crate) fn hand(&self, number: usize) -> Option<&Hand> {
        self.given.get(&number).map(|given| &given.hand)
    }

    /// All of them in the queue's shape.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        let mut out = Vec::new();
        csv::line(&mut out, QUEUE);
        for ((subject, count), hand) in self.before.sorted() {
            // One that was given anew contradicts nobody.
            let anew = |given: &Given| given.shown[0] == *subject && given.shown[1] == *count;
            if self.given.values().any(anew) {
                continue;
            }
            let mut shown = vec![String::new(); QUEUE.len() - 3];
            (shown[0], shown[1]) = (subject.clone(), count.clone());
            line(&mut out, &shown, hand);
        }
        for given in self.given.values() {
            line(&mut out, &given.shown, &given.hand);
        }
        out
    }

    /// Writes them beside the results, locked where the results are; whole or not at all.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, folder: &Path, lock: Option<&Lock>) -> Result<(), ReviewError> {
        let name = match lock {
            Some(_) => format!("{DECISIONS}.age"),
            None => DECISIONS.to_owned(),
        };
        let (path, part) = (folder.join(&name), folder.join(format!(".{name}.part")));
        let write = || {
            let bytes = self.csv();
            match lock {
                None => std::fs::write(&part, bytes)?,
                Some(lock) => {
                    let mut out = lock.wrap(std::fs::File::create(&part)?)?;
                    out.write_all(&bytes)?;
                    out.finish()?;
                }
            }
            std::fs::rename(&part, &path)
        };
        write().map_err(ReviewError::io(&path))
    }
}

impl Given {
    fn new(said: &Said, hand: Hand) -> Self {
        let shown = QUEUE[..QUEUE.len() - 3].iter();
        Self {
            shown: shown.map(|column| said.get(column).to_owned()).collect(),
            hand,
        }
    }
}

fn line(out: &mut Vec<u8>, shown: &[String], hand: &Hand) {
    let filled = [hand.determination.key(), &hand.by, &hand.note];
    csv::line(out, shown.iter().map(String::as_str).chain(filled));
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
