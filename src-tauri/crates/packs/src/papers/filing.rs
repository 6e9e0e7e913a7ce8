//! Words of papers that are filed with a court.

mod declaration;
mod form;
mod head;
mod motion;
mod service;

use std::collections::{BTreeMap, HashMap};

use record::Level;
use record::findings::{Path, RouteId};
use serde::Deserialize;

use super::Phrase;

pub use declaration::{DeclarationTexts, Prompt};
pub use form::FormWords;
pub use head::{CaptionLine, CaptionTexts, CourtTexts, PartyTexts, SignatureTexts};
pub use motion::{
    BodyTexts, Condition, Counted, ElectionTexts, FillLine, Motion, MotionTitle, OrderTexts, Shown,
};
pub use service::{Method, ServiceTexts};

/// Everything `filing.toml` says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// How a record's codes are named in full: `HS` to its code's name.
    pub codes: BTreeMap<String, String>,
    /// How a section is written out.
    pub sections: SectionWords,
    /// What is added to an offense for its level.
    pub levels: HashMap<Level, String>,
    /// Likewise where a court made it less afterwards, by the level that it has now.
    pub reduced: HashMap<Level, String>,
    /// How dates are written.
    pub dates: DateWords,
    /// How lists of labels are joined.
    pub lists: ListWords,
    /// Bands of age on the offense date, the youngest first; the last has no upper end.
    pub ages: Vec<Ages>,
    /// Who files.
    pub party: PartyTexts,
    /// The court's title.
    pub court: CourtTexts,
    /// Title of the case, number, hearing.
    pub caption: CaptionTexts,
    /// Signature blocks.
    pub signature: SignatureTexts,
    /// One for each route, path and kind of court.
    pub motion: Vec<Motion>,
    /// Words that all motions share.
    pub body: BodyTexts,
    /// Words of proposed orders.
    pub order: OrderTexts,
    /// Words of declarations.
    pub declaration: DeclarationTexts,
    /// Words of the proof of service.
    pub service: ServiceTexts,
    /// Words written into official forms.
    pub form: FormWords,
}

impl Filing {
    /// The words for a route's paper.
    #[must_use]
    pub fn motion(&self, route: &RouteId, path: Option<Path>, juvenile: bool) -> Option<&Motion> {
        self.motion
            .iter()
            .find(|m| m.asks(route) && m.path == path && m.juvenile == juvenile)
    }

    /// Whether papers for a route are written here at all. `not_done`: those count too that ask a court for what it was to do by itself.
    #[must_use]
    pub fn serves(&self, route: &RouteId, not_done: bool) -> bool {
        let mut of = self.motion.iter().filter(|m| m.asks(route));
        of.any(|m| not_done || !m.not_done)
    }

    /// Whether the papers of a route ask a court for what it was to do by itself.
    #[must_use]
    pub fn is_owed(&self, route: &RouteId) -> bool {
        self.motion.iter().any(|m| m.not_done && m.asks(route))
    }

    /// Whether the statute of a route has two ways in, and so one of them must be known.
    #[must_use]
    pub fn splits(&self, route: &RouteId) -> bool {
        let mut of = self.motion.iter().filter(|m| m.asks(route));
        of.any(|m| m.path.is_some())
    }

    /// Whether a route's refusal is worth saying beside the papers: the one whose opponent bears what is open.
    #[must_use]
    pub fn speaks(&self, route: &RouteId) -> bool {
        let mut of = self.motion.iter().filter(|m| m.asks(route));
        of.any(|m| m.opponent_bears)
    }
}

/// How a section is written out.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionWords {
    /// Without subdivisions: `code`, `base`.
    pub whole: Phrase,
    /// With subdivisions: also `subdivisions`.
    pub part: Phrase,
    /// An attempt: `section`.
    pub attempt: Phrase,
    /// An accessory or conspiracy: `section`, `target`.
    pub target: Phrase,
}

/// How dates are written, as far as they are known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    /// A day.
    pub day: Phrase,
    /// Some day of a month.
    pub month: Phrase,
    /// Some day of a year.
    pub year: Phrase,
    /// The months' names.
    pub months: [String; 12],
}

/// How lists are joined.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListWords {
    /// Before the last.
    pub and: String,
    /// Between the others.
    pub comma: String,
    /// From one to another.
    pub through: String,
    /// After each item of a list of requests.
    pub semicolon: String,
    /// After the last but one of them.
    pub semicolon_and: String,
}

/// A band of age.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ages {
    /// The first whole year of age above the band; none for the last band.
    #[serde(default)]
    pub under: Option<i16>,
    /// In words.
    pub text: String,
}
