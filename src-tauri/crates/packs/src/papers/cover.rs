//! Words of the clinic's cover sheet.

use std::collections::{BTreeMap, HashMap};

use record::findings::{Relief, Verification};
use serde::Deserialize;

use super::Phrase;
use super::client::StatusTexts;

/// What each relief is called in a table.
pub type Reliefs = HashMap<Relief, String>;

/// Everything `cover.toml` says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "each is one text of the sheet, named by what it is"
)]
pub struct CoverTexts {
    pub title: Phrase,
    pub not_for_filing: Phrase,
    pub client: Phrase,
    pub court: Phrase,
    pub court_title: Phrase,
    pub court_unknown: Phrase,
    pub court_address: Phrase,
    pub court_address_verify: Phrase,
    pub number: Phrase,
    pub number_unknown: Phrase,
    pub law: Phrase,
    pub law_as_of: Phrase,
    pub standing_unverified: Phrase,
    pub standing_read: Phrase,
    pub standing_attorney_approved: Phrase,
    pub immigration: Phrase,
    pub immigration_cleared: Phrase,
    pub sign_off: Phrase,
    pub signed: Phrase,
    pub not_signed: Phrase,
    pub ready: Phrase,
    pub not_ready: Phrase,
    pub papers: PaperTable,
    pub recipients: Recipients,
    pub sets: SetTexts,
    pub asked: AskedTable,
    pub checked: HashMap<Verification, String>,
    pub relief: Reliefs,
    pub facts: BTreeMap<String, String>,
    pub left_out: LeftOut,
    pub review: ReviewTexts,
    pub warnings: Headed,
    pub steps: Steps,
    pub blank: BlankTexts,
    pub why_not: WhyNot,
}

/// The table of papers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct PaperTable {
    pub heading: Phrase,
    pub paper: Phrase,
    pub pages: Phrase,
    pub to: Phrase,
    pub blank: Phrase,
    pub nothing_blank: Phrase,
    pub copies_known: Phrase,
    pub copies_unconfirmed: Phrase,
    pub copies_pack: Phrase,
    pub copies_unknown: Phrase,
    pub add_copies: Phrase,
    pub efile: Phrase,
    pub email: Phrase,
    pub serve: Phrase,
    pub serve_days: Phrase,
    pub serve_prosecutor: String,
    pub serve_probation: String,
    pub serve_arresting: String,
    pub older: Phrase,
    pub serve_court: Phrase,
    pub serve_contact: Phrase,
    pub county_note: Phrase,
}

/// Who gets a paper.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by who it is")]
pub struct Recipients {
    pub court: String,
    pub clinic: String,
    pub client: String,
}

/// The sheets between the sets when a packet is printed with a copy for everybody who gets one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct SetTexts {
    pub court: String,
    pub prosecutor: String,
    pub probation: String,
    pub client: String,
    pub file: String,
    pub original: Phrase,
    pub copy: Phrase,
    pub behind: Phrase,
    pub pages: Phrase,
    pub place: Phrase,
    pub not_ready: Phrase,
    pub signed: Phrase,
    pub copies_unknown: Phrase,
    pub also_arresting: Phrase,
    pub remove: Phrase,
}

/// The table of what is asked for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct AskedTable {
    pub heading: Phrase,
    pub thing: Phrase,
    pub relief: Phrase,
    pub fallback: Phrase,
    pub presumes: Phrase,
    pub checked: Phrase,
    pub none: Phrase,
    pub no_fallback: Phrase,
    pub else_fallback: Phrase,
    pub no_burden: Phrase,
    pub if_not_so: Phrase,
}

/// Counts without a paper, and why.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// Heading.
    pub heading: Phrase,
    /// Before a question.
    pub ask: Phrase,
    /// The reasons.
    pub status: StatusTexts,
    /// A way without a paper here for which the court has a form of its own.
    pub no_paper_form: Phrase,
}

/// Points for the attorney.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by the point")]
pub struct ReviewTexts {
    pub heading: Phrase,
    pub unread: Phrase,
    pub declaration_language: Phrase,
    pub declaration_unused: Phrase,
    pub signer: Phrase,
    pub own_paper: Phrase,
    pub form_check: Phrase,
    pub form_described: Phrase,
    pub form_unused: Phrase,
    pub form_older: Phrase,
    pub form_older_row: Phrase,
    pub fee_form: Phrase,
    pub fee_no_form: Phrase,
    pub caption: Phrase,
}

/// A part with only a heading of its own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headed {
    /// Heading.
    pub heading: Phrase,
}

/// What to do before filing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// Heading.
    pub heading: Phrase,
    /// One a line.
    pub step: Vec<Phrase>,
}

/// What is blank on a paper, and why.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what is blank; `_why` says why")]
pub struct BlankTexts {
    pub signature: String,
    pub signature_why: String,
    pub hearing: String,
    pub hearing_why: String,
    pub judge: String,
    pub judge_why: String,
    pub server: String,
    pub server_why: String,
    pub conditions: String,
    pub conditions_why: String,
    pub declarant: String,
    pub declarant_why: String,
    pub interpreter: String,
    pub interpreter_why: String,
    pub election_judge: String,
    pub election_appearance: String,
    pub election_why: String,
    pub number: String,
    pub number_why: String,
    pub county: String,
    pub county_why: String,
    pub signer: String,
    pub signer_why: String,
    pub filer: String,
    pub filer_why: String,
    pub bar: String,
    pub bar_why: String,
    pub fill_why: String,
    pub fill_unknown_why: String,
    pub court_address: String,
    pub court_address_why: String,
}

/// Why a packet is not ready.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what is missing")]
pub struct WhyNot {
    pub clearance: Phrase,
    pub nothing: Phrase,
    pub path: Phrase,
    pub number: Phrase,
    pub county: Phrase,
    pub county_unknown: Phrase,
    pub died: Phrase,
    pub name: Phrase,
    pub signer: Phrase,
    pub filer: Phrase,
    pub bar: Phrase,
    pub ssn: Phrase,
    pub words: Phrase,
    pub forms: Phrase,
    pub form: Phrase,
    pub form_file: Phrase,
    pub form_damaged: Phrase,
    pub form_locked: Phrase,
    pub form_large: Phrase,
    pub form_scan: Phrase,
    pub form_description: Phrase,
    pub form_changed: Phrase,
    pub form_unread: Phrase,
    pub form_revision: Phrase,
    pub form_revision_unread: Phrase,
    pub form_unmapped: Phrase,
    pub form_lacks: Phrase,
    pub no_paper: Phrase,
    pub no_paper_form: Phrase,
    pub date: Phrase,
    pub contradiction: Phrase,
    pub evidence: Phrase,
    pub code: Phrase,
    pub number_twice: Phrase,
    pub unprintable: Phrase,
    pub unprintable_name: Phrase,
    pub unprintable_text: Phrase,
    pub translation: Phrase,
    pub signer_strange: Phrase,
    pub case_unnamed: Phrase,
    pub case_named: Phrase,
    pub offense_unknown: Phrase,
}
