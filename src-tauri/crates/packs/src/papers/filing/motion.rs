//! The papers that ask, with what the statutes ask besides, and the orders proposed with them.

use std::collections::HashMap;

use record::findings::{Path, Relief, RouteId};
use serde::Deserialize;

use crate::forms::Fact;
use crate::papers::Phrase;

/// A text that differs for one and for several.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// For one.
    pub one: Phrase,
    /// For several.
    pub many: Phrase,
}

impl Counted {
    /// The one for this many.
    #[must_use]
    pub fn of(&self, count: usize) -> &Phrase {
        if count == 1 { &self.one } else { &self.many }
    }
}

/// The paper that asks for relief by one route and path.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motion {
    /// The route.
    pub route: RouteId,
    /// Other routes whose relief the same paper asks for.
    #[serde(default)]
    pub also: Vec<RouteId>,
    /// Petition or application, where the statute has both.
    #[serde(default)]
    pub path: Option<Path>,
    /// For the juvenile court.
    pub juvenile: bool,
    /// The court serves it where nobody represents the client.
    #[serde(default)]
    pub court_serves_unrepresented: bool,
    /// The other side bears the facts that would defeat it, so what is not known is taken in the client's favor.
    #[serde(default)]
    pub opponent_bears: bool,
    /// It asks for the record of a whole case, so it is filed beside whatever is asked about what was decided in it.
    #[serde(default)]
    pub beside: bool,
    /// It asks a court for what that was to do by itself: made only where somebody said that it was not done.
    #[serde(default)]
    pub not_done: bool,
    /// What an attorney has to compare before it is filed, where its law was not read: said on the cover, and to the client in short.
    #[serde(default)]
    pub check: Option<Phrase>,
    /// What the paper is called in a sentence.
    pub paper: String,
    /// The client's part in the case.
    pub capacity: String,
    /// What the client is called in the text.
    #[serde(rename = "self")]
    pub client: String,
    /// What relief is asked for: a conviction, an adjudication.
    pub thing: Counted,
    /// What was imposed for it.
    pub sentence: Counted,
    /// The paper's title.
    pub title: MotionTitle,
    /// Before the title where the county wants notice of a motion.
    #[serde(default)]
    pub notice_title: String,
    /// The statute, below the title.
    pub authority: Phrase,
    /// Short title at the foot of each page.
    pub footer: String,
    /// The proposed order's title.
    pub order_title: Phrase,
    /// The proposed order's short title.
    pub order_footer: String,
    /// First paragraph.
    pub opening: Phrase,
    /// Before the list of convictions.
    pub lead: Phrase,
    /// One of them, where the words that all papers share do not suit: `offense`, `level`, `offense_date`.
    #[serde(default)]
    pub line: Option<Phrase>,
    /// Likewise where the day of the offense is not known: `offense`, `level`.
    #[serde(default)]
    pub line_no_offense_date: Option<Phrase>,
    /// Lines behind the list that the record fills, or whoever signs.
    #[serde(default)]
    pub fill: Vec<FillLine>,
    /// The statute's test.
    pub grounds: Phrase,
    /// The ground of one route, in place of the one of its relief.
    #[serde(default)]
    pub ground: HashMap<RouteId, Phrase>,
    /// Likewise where the court may grant it, and need not.
    #[serde(default)]
    pub ground_discretionary: HashMap<RouteId, Phrase>,
    /// What the statutes ask besides: pleaded where the record shows it, else left for the signer to mark.
    #[serde(default)]
    pub condition: Vec<Condition>,
    /// The routes whose relief needs a showing of evidence: without a declaration the packet is not ready.
    #[serde(default)]
    pub evidence: Vec<RouteId>,
    /// The burden, and what the court then does.
    pub standard: Phrase,
    /// The routes that the standard is about; none for all.
    #[serde(default)]
    pub standard_for: Vec<RouteId>,
    /// Requests in place of those that all papers share.
    #[serde(default)]
    pub request: HashMap<Relief, Counted>,
    /// Requests after those for single convictions.
    #[serde(default)]
    pub request_more: Vec<Phrase>,
    /// The client swears to the paper, in these words.
    #[serde(default)]
    pub verification: Option<Phrase>,
    /// First paragraph where the county wants notice of a motion.
    #[serde(default)]
    pub notice: Option<Phrase>,
    /// What the judge can mark, besides a denial.
    pub order_options: Vec<Relief>,
    /// Words of some of them in place of those that all orders share.
    #[serde(default)]
    pub order_option: HashMap<Relief, Phrase>,
    /// Lines of the order that the judge fills.
    pub order_more: Vec<Phrase>,
}

impl Motion {
    /// Whether it asks for a route's relief.
    #[must_use]
    pub fn asks(&self, route: &RouteId) -> bool {
        self.route == *route || self.also.contains(route)
    }
}

/// A line that names a thing and has room for it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FillLine {
    /// What stands before the room.
    pub text: Phrase,
    /// What of the record stands in it. Where the record does not have it, or no fact is named, a person writes.
    #[serde(default)]
    pub fact: Option<Fact>,
}

/// A title, by what is asked for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MotionTitle {
    /// Only dismissal.
    pub dismiss: Counted,
    /// Only a lesser offense.
    pub change: Counted,
    /// Both, or one with the other in the alternative.
    pub both: Counted,
}

/// Something that statutes ask besides, as a sentence.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The routes that ask it.
    pub routes: Vec<RouteId>,
    /// The sentence.
    pub text: Phrase,
    /// What of the record shows it; nothing does where this is missing.
    #[serde(default)]
    pub shown: Option<Shown>,
    /// It matters only where the court must grant what is asked.
    #[serde(default)]
    pub owed: bool,
    /// It matters only after a state prison term.
    #[serde(default)]
    pub prison: bool,
}

/// A fact of the record that shows a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Serving no sentence.
    NotServing,
    /// On no probation or other supervision.
    NotSupervised,
    /// Charged with nothing.
    NotCharged,
    /// The conditions of the sentence were not broken.
    NotViolated,
}

/// Words that all motions share.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one part of the paper, named by what it is"
)]
pub struct BodyTexts {
    pub to: Phrase,
    pub things_heading: Phrase,
    pub grounds_heading: Phrase,
    pub request_heading: Phrase,
    pub request_lead: Phrase,
    pub request_last: Phrase,
    pub elections_heading: Phrase,
    pub states: Phrase,
    pub which: Phrase,
    pub line: Phrase,
    pub line_no_offense_date: Phrase,
    pub line_no_conviction_date: Phrase,
    pub line_no_dates: Phrase,
    pub ground: HashMap<Relief, Phrase>,
    pub ground_age: HashMap<Relief, Phrase>,
    pub request: HashMap<Relief, Counted>,
    pub alternative: HashMap<Relief, Phrase>,
    pub elections: ElectionTexts,
}

/// Choices of the client; each is printed only when it was made.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by the choice")]
pub struct ElectionTexts {
    pub judge_given_up: Phrase,
    pub judge_kept: Phrase,
    pub appearance_given_up: Phrase,
    pub appearance_kept: Phrase,
}

/// Words of proposed orders.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderTexts {
    /// First sentence.
    pub opening: Phrase,
    /// Before what the judge can mark for one conviction.
    pub each: Phrase,
    /// What the judge can mark.
    pub option: HashMap<Relief, Phrase>,
    /// A denial, with room for its reason.
    pub denied: Phrase,
}
