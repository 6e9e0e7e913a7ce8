//! The shape of a table of wordings.

use record::{DispositionKind, Effect, Plea};
use serde::Deserialize;

use super::Later;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutcomeWording {
    pub(super) kind: Option<DispositionKind>,
    #[serde(default)]
    pub(super) starts: Vec<String>,
    #[serde(default)]
    pub(super) exact: Vec<String>,
    #[serde(default)]
    pub(super) any: Vec<String>,
    #[serde(default)]
    pub(super) none: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PleaWording {
    pub(super) plea: Plea,
    pub(super) any: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LaterWording {
    pub(super) event: Later,
    pub(super) any: Vec<String>,
    #[serde(default)]
    pub(super) none: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReliefWordings {
    pub(super) undone: Vec<UndoneWording>,
    pub(super) refused: Vec<String>,
    pub(super) asked: Vec<String>,
    pub(super) answered: Vec<String>,
    pub(super) future: Vec<String>,
    pub(super) other_case: Vec<String>,
    pub(super) granted: Vec<String>,
    pub(super) effect: Vec<EffectWording>,
    pub(super) authority: Vec<AuthorityWording>,
    pub(super) phrase: Vec<PhraseWording>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EffectWording {
    pub(super) effect: Effect,
    pub(super) all: Vec<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuthorityWording {
    pub(super) authority: String,
    pub(super) cite: String,
    pub(super) words: Vec<String>,
    pub(super) effect: Option<Effect>,
    #[serde(default)]
    pub(super) of_conviction: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhraseWording {
    #[serde(default)]
    pub(super) any: Vec<String>,
    #[serde(default)]
    pub(super) exact: Vec<String>,
    #[serde(default)]
    pub(super) none: Vec<String>,
    #[serde(default)]
    pub(super) of_conviction: bool,
    pub(super) effect: Option<Effect>,
}

/// Phrases of which one is enough.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhraseList {
    pub(super) any: Vec<String>,
}

/// `ORDER OF 20120105 VACATED`: an order, and behind it that it was taken back.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UndoneWording {
    pub(super) order: Vec<String>,
    pub(super) taken_back: Vec<String>,
    /// Where one of these stands between them, it is what was taken back, and not the order ...
    pub(super) unless: Vec<String>,
    /// ... but if one of these stands there too, the order did something to it.
    pub(super) even: Vec<String>,
}

impl UndoneWording {
    pub(super) fn fits(&self, words: &super::Words) -> bool {
        let backs = words.positions(&self.taken_back);
        let (unless, even) = (words.positions(&self.unless), words.positions(&self.even));
        words.positions(&self.order).into_iter().any(|order| {
            backs.iter().filter(|back| order < **back).any(|back| {
                let between = |at: &[usize]| at.iter().any(|at| (order..*back).contains(at));
                !between(&unless) || between(&even)
            })
        })
    }
}

/// Endings that a line speaks of but does not give.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RefutedWording {
    /// Only of these.
    pub(super) kinds: Vec<DispositionKind>,
    pub(super) denied: Vec<String>,
    pub(super) asked: Vec<String>,
    pub(super) answered: Vec<String>,
    pub(super) taken_back: UndoneWording,
}
