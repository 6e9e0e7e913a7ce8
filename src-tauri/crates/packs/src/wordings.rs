//! Wordings as data: what the words of a disposition line mean, and which of them say that relief was granted.
//!
//! This module compares words; it decides no law. What it does not know it leaves unknown.

mod phrases;
mod table;
#[cfg(test)]
mod tests;

use record::{DispositionKind, Effect, Plea};
use serde::Deserialize;

use phrases::Words;
use table::{
    AuthorityWording, LaterWording, OutcomeWording, PhraseList, PleaWording, RefutedWording,
    ReliefWordings,
};

/// The wordings of one jurisdiction's record sheets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wordings {
    disposition: Vec<OutcomeWording>,
    plea: Vec<PleaWording>,
    later: Vec<LaterWording>,
    /// Endings refused, taken back or only asked for.
    refuted: RefutedWording,
    /// A conviction of less than was charged.
    lesser: PhraseList,
    /// Words that end nothing and grant nothing.
    without_effect: PhraseList,
    relief: ReliefWordings,
}

/// What the sheet says about how a count ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It ended so; [`DispositionKind::Other`] where the words are not in the table.
    Is(DispositionKind),
    /// The sheet says that it does not know.
    NotStated,
}

/// What happened to a sentence, or a duty, later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Later {
    /// Its conditions were broken: revoked, reinstated, violation found.
    Violated,
    /// It was changed: the new terms replace the old.
    Modified,
    /// The conviction was reversed.
    Reversed,
    /// Probation or sentence ended.
    Ended,
    /// The duty to register ended.
    NeedNotRegister,
}

/// Relief that a line tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relief {
    /// It was granted.
    Granted {
        /// What it did, at least one thing, each with the section that stands beside it, where the line names one.
        grants: Vec<Grant>,
        /// The line also says that there was a conviction.
        of_conviction: bool,
    },
    /// A section or phrase of relief stands there, but not that it was granted, or not what it did: for a person to read.
    Mentioned,
    /// An order that granted relief was taken back.
    Undone,
}

/// One thing that an order did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What it did.
    pub effect: Effect,
    /// Under which section.
    pub authority: Option<String>,
    /// The line names neither a section nor what was done: the effect is what such notes usually mean.
    pub unnamed: bool,
}

/// A table of wordings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WordingsError {
    /// Not the expected shape.
    #[error("the table of wordings is not readable: {0}")]
    Shape(#[from] toml::de::Error),
    /// An entry that can match nothing, or everything.
    #[error("wording entry {entry} has no phrase to look for")]
    Empty {
        /// Which entry, counted from 1 in its list.
        entry: usize,
    },
}

impl Wordings {
    /// Reads a table of wordings.
    ///
    /// # Errors
    /// The text is no such table, or an entry looks for nothing.
    pub fn parse(text: &str) -> Result<Self, WordingsError> {
        let table: Self = toml::from_str(text)?;
        let blank = |list: &[String]| list.iter().all(|phrase| phrase.trim().is_empty());
        let outcomes = table
            .disposition
            .iter()
            .map(|w| blank(&w.starts) && blank(&w.exact) && blank(&w.any));
        let phrases = table
            .relief
            .phrase
            .iter()
            .map(|w| blank(&w.any) && blank(&w.exact));
        let authorities = table
            .relief
            .authority
            .iter()
            .map(|w| blank(&w.words) || w.cite.trim().is_empty());
        for (index, empty) in outcomes
            .enumerate()
            .chain(phrases.enumerate())
            .chain(authorities.enumerate())
        {
            if empty {
                return Err(WordingsError::Empty { entry: index + 1 });
            }
        }
        Ok(table)
    }

    /// How a count ended, by the words of its disposition.
    #[must_use]
    pub fn outcome(&self, text: &str) -> Outcome {
        let words = Words::of(text);
        if self.refuted(&words).is_some() {
            return Outcome::Is(DispositionKind::Other);
        }
        self.entry(&words)
            .map_or(Outcome::Is(DispositionKind::Other), |w| {
                w.kind.map_or(Outcome::NotStated, Outcome::Is)
            })
    }

    /// The ending that the words take back, so that what stood before no longer does: `DISMISSAL VACATED`.
    #[must_use]
    pub fn takes_back(&self, text: &str) -> Option<DispositionKind> {
        let words = Words::of(text);
        self.refuted(&words)
            .filter(|_| self.refuted.taken_back.fits(&words))
    }

    /// The ending that the words speak of but do not give.
    fn refuted(&self, words: &Words) -> Option<DispositionKind> {
        let table = &self.refuted;
        let kind = self.entry(words)?.kind?;
        let asked = words.any(&table.asked) && !words.any(&table.answered);
        (table.kinds.contains(&kind)
            && (asked || words.any(&table.denied) || table.taken_back.fits(words)))
        .then_some(kind)
    }

    fn entry(&self, words: &Words) -> Option<&OutcomeWording> {
        self.disposition.iter().find(|w| {
            !words.any(&w.none)
                && (words.starts(&w.starts) || words.exact(&w.exact) || words.any(&w.any))
        })
    }

    /// How a count probably ended, where letters of its disposition are misread (`CONV1CTED`, `DISMI5SED`): none where the words are
    /// known as they stand, or where nothing known is near.
    #[must_use]
    pub fn likely_outcome(&self, text: &str) -> Option<DispositionKind> {
        let words = Words::of(text);
        if self.entry(&words).is_some() {
            return None;
        }
        let as_letters = Words::of(&phrases::letters(text));
        if let Some(found) = self.entry(&as_letters) {
            return found.kind;
        }
        self.disposition
            .iter()
            .filter(|w| !as_letters.any(&w.none))
            .find(|w| as_letters.nearly_starts(&w.starts))
            .and_then(|w| w.kind)
    }

    /// The words of a disposition are known: they end a count, change a sentence, grant relief or are known to do nothing.
    #[must_use]
    pub fn knows(&self, text: &str) -> bool {
        let words = Words::of(text);
        if self.refuted(&words).is_some() {
            return false;
        }
        self.entry(&words).is_some()
            || self.later(text).is_some()
            || self.relief(text).is_some()
            || words.any(&self.without_effect.any)
    }

    /// The words say that the conviction was of a lesser offense than the one charged.
    #[must_use]
    pub fn lesser(&self, text: &str) -> bool {
        Words::of(text).any(&self.lesser.any)
    }

    /// The plea or verdict, where the words name it.
    #[must_use]
    pub fn plea(&self, text: &str) -> Option<Plea> {
        let words = Words::of(text);
        self.plea.iter().find(|w| words.any(&w.any)).map(|w| w.plea)
    }

    /// What happened later, where the words name it.
    #[must_use]
    pub fn later(&self, text: &str) -> Option<Later> {
        let words = Words::of(text);
        self.later
            .iter()
            .find(|w| words.any(&w.any) && !words.any(&w.none))
            .map(|w| w.event)
    }

    /// Whether words that end no count may undo a conviction: it was reversed, or they are not known at all.
    #[must_use]
    pub fn may_undo(&self, text: &str) -> bool {
        match self.later(text) {
            Some(Later::Reversed) => true,
            Some(_) => false,
            None => !Words::of(text).any(&self.without_effect.any),
        }
    }

    /// Relief that the line tells of.
    #[must_use]
    pub fn relief(&self, text: &str) -> Option<Relief> {
        let words = Words::of(text);
        let relief = &self.relief;
        if relief.undone.iter().any(|w| w.fits(&words)) {
            return Some(Relief::Undone);
        }
        let authorities: Vec<(usize, &AuthorityWording)> = relief
            .authority
            .iter()
            .filter_map(|w| Some((words.position(&w.words)?, w)))
            .collect();
        let phrase = relief
            .phrase
            .iter()
            .find(|w| (words.any(&w.any) || words.exact(&w.exact)) && !words.any(&w.none));
        if authorities.is_empty() && phrase.is_none() {
            // Its section run together with other words: it is there, and what it did is for a person to read.
            let glued = relief
                .authority
                .iter()
                .any(|w| words.holds_section(&w.words));
            return glued.then_some(Relief::Mentioned);
        }
        let only_asked = words.any(&relief.asked) && !words.any(&relief.answered);
        let elsewhere = words.any(&relief.future) || words.numbered(&relief.other_case);
        if words.any(&relief.refused) || only_asked || elsewhere {
            return Some(Relief::Mentioned);
        }
        // `REDUCED PER one section AND DISMISSED PER another`: what stands next behind an effect gave it.
        let beside = |effect: Effect, at: usize| {
            let reduces = matches!(
                effect,
                Effect::ReducedToMisdemeanor | Effect::ReducedToInfraction
            );
            // A section that has an effect of its own gives no other kind of relief.
            let able = || {
                authorities
                    .iter()
                    .filter(|(_, w)| !reduces || w.effect.is_none())
            };
            able()
                .filter(|(place, _)| *place > at)
                .min_by_key(|(place, _)| *place)
                .or_else(|| able().max_by_key(|(place, _)| *place))
                .map(|(_, w)| w.authority.clone())
        };
        let mut grants: Vec<Grant> = relief
            .effect
            .iter()
            .filter(|w| w.all.iter().all(|group| words.any(group)))
            .map(|w| Grant {
                effect: w.effect,
                unnamed: false,
                authority: beside(
                    w.effect,
                    w.all
                        .first()
                        .and_then(|g| words.position(g))
                        .unwrap_or_default(),
                ),
            })
            .collect();
        if grants.is_empty() {
            let first = authorities.first().map(|(_, w)| *w);
            let own = first
                .filter(|_| words.any(&relief.granted))
                .and_then(|w| w.effect);
            grants.extend(
                own.or_else(|| phrase.and_then(|w| w.effect))
                    .map(|effect| Grant {
                        effect,
                        unnamed: first.is_none(),
                        authority: first.map(|w| w.authority.clone()),
                    }),
            );
        }
        if grants.is_empty() {
            return Some(Relief::Mentioned);
        }
        Some(Relief::Granted {
            grants,
            of_conviction: phrase.is_some_and(|w| w.of_conviction)
                || authorities.iter().any(|(_, w)| w.of_conviction),
        })
    }
}
