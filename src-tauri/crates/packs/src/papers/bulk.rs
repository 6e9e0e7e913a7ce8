//! Words of a prosecutor's motion for many convictions at once.

use record::findings::RouteId;
use serde::Deserialize;

use super::{CaptionLine, Counted, Phrase};

/// Everything `bulk.toml` says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulkTexts {
    /// The route whose relief is asked for; what a judge can mark for one conviction is that of its application.
    pub route: RouteId,
    /// What the paper is called in a sentence.
    pub paper: String,
    /// Whom the filer is attorney for.
    pub capacity: String,
    /// The motion's title.
    pub title: Phrase,
    /// The statute, below the title.
    pub authority: Phrase,
    /// Short title at the foot of each page.
    pub footer: String,
    /// In place of a case number.
    pub number: Phrase,
    /// Title of the case.
    pub caption: Vec<CaptionLine>,
    /// Title of the case on one person's order: `name`.
    pub caption_person: Vec<CaptionLine>,
    /// To whom: `county`.
    pub to: Phrase,
    /// First paragraph: `convictions`, `volumes`.
    pub opening: Phrase,
    /// Heading of what was done.
    pub review_heading: Phrase,
    /// What was reviewed: `county`, `as_of`.
    pub review: Phrase,
    /// Heading of Part A.
    pub law_heading: Phrase,
    /// Part A: `law`.
    pub law: Phrase,
    /// Part A, where it is empty.
    pub law_none: Phrase,
    /// Heading of Part B.
    pub office_heading: Phrase,
    /// Part B, before a line for the attorney to fill: `office`.
    pub office: Phrase,
    /// Part B, where it is empty.
    pub office_none: Phrase,
    /// Heading of the requests.
    pub request_heading: Phrase,
    /// Before the requests.
    pub request_lead: Phrase,
    /// The requests.
    pub request: Vec<Phrase>,
    /// The last one.
    pub request_last: Phrase,
    /// So many convictions: `n`.
    pub convictions: Counted,
    /// So many volumes: `n`.
    pub volumes: Counted,
    /// The proposed order's title.
    pub order_title: Phrase,
    /// Its short title.
    pub order_footer: String,
    /// Its first sentence: `convictions`.
    pub order_opening: Phrase,
    /// What the judge can mark.
    pub order_options: Vec<Phrase>,
    /// What the judge can mark and fill.
    pub order_fill: Vec<Phrase>,
    /// First sentence of one person's order: `name`.
    pub order_person_opening: Phrase,
    /// The schedule's title.
    pub schedule_title: Phrase,
    /// Which volume: `volume`, `volumes`, `first`, `last`.
    pub schedule_volume: Phrase,
    /// How to read it.
    pub schedule_note: Phrase,
    /// Heads of its seven columns.
    pub schedule_columns: [String; 7],
    /// What is asked for, in the schedule.
    pub asked: AskedWords,
    /// Across every page of what is not to be filed.
    pub draft: String,
    /// What is left blank, and why.
    pub blank: BulkBlanks,
    /// What is missing.
    pub why_not: BulkWhyNot,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what is asked for")]
pub struct AskedWords {
    pub dismiss: String,
    pub misdemeanor: String,
    pub infraction: String,
    pub lesser: String,
}

/// What is left blank, and why.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by the place that is blank")]
pub struct BulkBlanks {
    pub signature: String,
    pub signature_why: String,
    pub authority: String,
    pub authority_why: String,
    pub hearing: String,
    pub hearing_why: String,
    pub judge: String,
    pub judge_why: String,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what is missing")]
pub struct BulkWhyNot {
    pub clearance: Phrase,
    pub nothing: Phrase,
    pub left_out: Phrase,
    pub verification: Phrase,
}
