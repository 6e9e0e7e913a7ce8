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
    pub(super) refused: Vec<String>,
    pub(super) asked: Vec<String>,
    pub(super) answered: Vec<String>,
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
