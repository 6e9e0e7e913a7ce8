//! Words of papers that are filed with a court.

use std::collections::{BTreeMap, HashMap};

use record::Level;
use record::clinic::Language;
use record::findings::{Path, Relief, RouteId};
use serde::Deserialize;

use super::Phrase;

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

    /// Whether papers for a route are written here at all.
    #[must_use]
    pub fn serves(&self, route: &RouteId) -> bool {
        self.motion.iter().any(|m| m.asks(route))
    }

    /// Whether the statute of a route has two ways in, and so one of them must be known.
    #[must_use]
    pub fn splits(&self, route: &RouteId) -> bool {
        let mut of = self.motion.iter().filter(|m| m.asks(route));
        of.any(|m| m.path.is_some())
    }
}

impl Filing {
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

/// Who files: an attorney for the client, or the client in person.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one line of the block, named by what it holds"
)]
pub struct PartyTexts {
    pub attorney: Phrase,
    pub attorney_no_bar: Phrase,
    pub phone: Phrase,
    pub email: Phrase,
    pub attorney_for: Phrase,
    pub in_person: Phrase,
    pub no_name: Phrase,
    pub no_address: Phrase,
    pub no_phone: Phrase,
    pub open: Phrase,
}

/// The court's title.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CourtTexts {
    /// With its county.
    pub title: Phrase,
    /// With a blank for a county nobody knows.
    pub title_no_county: Phrase,
}

/// Title of the case, number, hearing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one line of the caption, named by what it holds"
)]
pub struct CaptionTexts {
    pub number: Phrase,
    pub number_unknown: Phrase,
    pub hearing: Phrase,
    pub date: Phrase,
    pub time: Phrase,
    pub department: Phrase,
    pub adult: Vec<CaptionLine>,
    pub juvenile: Vec<CaptionLine>,
}

/// A line of the title of the case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptionLine {
    /// Its words.
    pub text: Phrase,
    /// Set in from the left.
    #[serde(default)]
    pub inset: bool,
}

/// Signature blocks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one line of a block, named by what it holds"
)]
pub struct SignatureTexts {
    pub date: Phrase,
    pub closing: Phrase,
    pub attorney: Phrase,
    pub in_person: Phrase,
    pub open: Phrase,
    pub judge: Phrase,
}

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
    /// Lines behind the list for whoever signs to write.
    #[serde(default)]
    pub fill: Vec<Phrase>,
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

/// Words of declarations.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one part of the paper, named by what it is"
)]
pub struct DeclarationTexts {
    pub title: Phrase,
    pub under: Phrase,
    pub footer: String,
    pub opening: Phrase,
    pub about: Phrase,
    pub about_case: Phrase,
    pub perjury: Phrase,
    pub date: Phrase,
    pub own_words: Phrase,
    pub english: Phrase,
    pub interpreter_heading: Phrase,
    pub interpreter: Phrase,
    pub interpreter_read: Phrase,
    /// What a client is asked, one after the other, in the order of the paper.
    pub prompt: Vec<Prompt>,
}

/// One thing to ask a client for a declaration. No answer is suggested, and nobody has to answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// Its name, for what is kept.
    pub key: String,
    /// The routes it is asked for; none for all.
    #[serde(default)]
    pub routes: Vec<RouteId>,
    /// In English.
    pub en: String,
    /// In Spanish.
    pub es: String,
}

impl Prompt {
    /// The question in a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Es => &self.es,
        }
    }

    /// Whether it is asked where one of these routes is.
    #[must_use]
    pub fn is_for(&self, routes: &[RouteId]) -> bool {
        self.routes.is_empty() || self.routes.iter().any(|route| routes.contains(route))
    }
}

/// Words written into official forms.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormWords {
    /// Where a form asks yes or no.
    pub yes: String,
    /// How the codes are called in a narrow column.
    pub codes: BTreeMap<String, String>,
    /// How levels are called in a column.
    pub levels: HashMap<Level, String>,
    /// Which item has more convictions than rows.
    pub more: String,
    /// The items of a form that has no place for the convictions themselves.
    pub list: String,
    /// One of them: `number`, `line`, `relief`.
    pub list_row: Phrase,
    /// Behind it, where something is asked for in the alternative: `alternative`.
    pub list_else: Phrase,
    /// The item for reasons, where only some convictions are asked for in the interests of justice.
    pub some_free: String,
    /// Which: `offenses`.
    pub some_free_row: Phrase,
    /// One of several days: `offense`, `day`.
    pub day_of: Phrase,
    /// One of them: `offense`, `level`.
    pub more_row: Phrase,
    /// Behind it, where a reduction to a misdemeanor is asked for: `yes`.
    pub more_misdemeanor: Phrase,
    /// Behind it, where a reduction to an infraction is asked for: `yes`.
    pub more_infraction: Phrase,
}

/// Words of the proof of service.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one part of the paper, named by what it is"
)]
pub struct ServiceTexts {
    pub title: Phrase,
    pub footer: String,
    pub who: Phrase,
    pub name: Phrase,
    pub address: Phrase,
    pub papers: Phrase,
    pub persons: Phrase,
    pub prosecutor: Phrase,
    pub prosecutor_known: Phrase,
    pub probation: Phrase,
    pub arresting: Phrase,
    pub arresting_known: Phrase,
    pub person: Phrase,
    pub place: Phrase,
    pub how: Phrase,
    pub perjury: Phrase,
    pub date: Phrase,
    pub print: Phrase,
    pub method: Vec<Method>,
}

/// A way of serving.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// What the server says.
    pub text: Phrase,
    /// What the server fills.
    pub fill: Vec<Phrase>,
}
