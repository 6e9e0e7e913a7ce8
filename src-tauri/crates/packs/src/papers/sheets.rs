//! Words of the lists and labels for the clinic's own desk.

use std::collections::HashMap;

use record::Effect;
use serde::Deserialize;

use super::Phrase;

/// Everything `sheets.toml` says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetTexts {
    /// Who signs where.
    pub signing: SigningTexts,
    /// What goes where by post.
    pub envelopes: EnvelopeTexts,
    /// The labels for it.
    pub labels: LabelTexts,
    /// The letter to a company that reports what is no longer so.
    pub dispute: DisputeTexts,
    /// What to bring where fingerprints are taken for a copy of one's own record.
    pub live_scan: LiveScanTexts,
    /// The letter that asks for that copy without its fee.
    pub fee_waiver: FeeWaiverTexts,
    /// What to upload where.
    pub efile: EfileTexts,
}

/// The checklist for e-filing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct EfileTexts {
    pub title: Phrase,
    pub not_for_filing: Phrase,
    pub for_whom: Phrase,
    pub not_ready: Phrase,
    pub lead: Vec<Phrase>,
    pub efile: Phrase,
    pub email: Phrase,
    pub paper: Phrase,
    pub unknown: Phrase,
    pub limit_clinic: Phrase,
    pub limit_never: Phrase,
    pub limit_county: Phrase,
    pub limit_usual: Phrase,
    pub limit_none: Phrase,
    pub columns: [Phrase; 4],
    pub size: Phrase,
    pub megabytes: Phrase,
    pub kilobytes: Phrase,
    pub signs: Phrase,
    pub service: Phrase,
    pub order: Phrase,
    pub receipt: Vec<Phrase>,
    pub receipt_line: Phrase,
    pub not_heading: Phrase,
    pub not_columns: [Phrase; 2],
    pub problem: EfileProblems,
    /// Why a kind of paper is not uploaded.
    pub not_filed: HashMap<String, Phrase>,
}

/// What can be wrong with a file for e-filing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct EfileProblems {
    pub large: Phrase,
    pub silent: Phrase,
    pub loose: Phrase,
    pub acts: Phrase,
    pub locked: Phrase,
    pub unreadable: Phrase,
}

/// The letter to a company that reports what is no longer so.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct DisputeTexts {
    pub title: Phrase,
    pub to: Phrase,
    pub report: Phrase,
    pub re: Phrase,
    pub opening: Phrase,
    pub order: Phrase,
    pub authority: Phrase,
    pub date: Phrase,
    pub ask: Phrase,
    pub enclosed: Phrase,
    pub sign_date: Phrase,
    pub company: String,
    pub company_why: String,
    pub effect: HashMap<Effect, Phrase>,
}

/// What to bring where fingerprints are taken.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct LiveScanTexts {
    pub title: Phrase,
    pub not_for_filing: Phrase,
    pub lead: Vec<Phrase>,
    pub heading: Phrase,
    pub columns: [Phrase; 2],
    pub name: Phrase,
    pub alias: Phrase,
    pub born: Phrase,
    pub phone: Phrase,
    pub address: Phrase,
    pub license: Phrase,
    pub cii: Phrase,
    pub own: Vec<Phrase>,
    pub keep: Phrase,
    pub keep_items: Vec<Phrase>,
}

/// The letter that asks for the copy without its fee.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct FeeWaiverTexts {
    pub title: Phrase,
    pub to: Phrase,
    pub to_address: Phrase,
    pub opening: Phrase,
    pub why: Phrase,
    pub benefits: Phrase,
    pub income: Phrase,
    pub other: Phrase,
    pub perjury: Phrase,
    pub sign_date: Phrase,
    pub reason: String,
    pub reason_why: String,
}

/// The list of signatures.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct SigningTexts {
    pub title: Phrase,
    pub not_for_filing: Phrase,
    pub for_whom: Phrase,
    pub lead: Vec<Phrase>,
    pub heading: Phrase,
    pub columns: [Phrase; 4],
    pub page: Phrase,
    pub after: Phrase,
    pub who: SignerTexts,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by who it is")]
pub struct SignerTexts {
    pub attorney: Phrase,
    pub in_person: Phrase,
    pub open: Phrase,
    pub client: Phrase,
    pub interpreter: Phrase,
    pub server: Phrase,
}

/// The table of envelopes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named by what it is")]
pub struct EnvelopeTexts {
    pub heading: Phrase,
    pub columns: [Phrase; 4],
    pub court: Phrase,
    pub prosecutor: Phrase,
    pub probation: Phrase,
    pub arresting: Phrase,
    pub client: Phrase,
    pub back: Phrase,
    pub back_inside: Phrase,
    pub own: Phrase,
    pub clerk: Phrase,
    pub case: Phrase,
    pub goes_in: Phrase,
    pub goes_in_copies: Phrase,
    pub confirmed: Phrase,
    pub never: Phrase,
    pub older: Phrase,
    pub listed: Phrase,
    pub given: Phrase,
    pub unknown: Phrase,
    pub suspected: Phrase,
    pub contact: Phrase,
    pub efile: Phrase,
    pub email: Phrase,
}

/// The sheet of labels.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelTexts {
    /// Its title.
    pub title: Phrase,
}
