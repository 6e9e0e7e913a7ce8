//! Who files, the court's title, the title of the case, and where papers are signed.

use serde::Deserialize;

use crate::papers::Phrase;

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
