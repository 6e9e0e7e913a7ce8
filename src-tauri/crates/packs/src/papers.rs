//! The words of papers: what a jurisdiction's court papers, cover sheets and client sheets say. Layout is not here, and nothing
//! here decides.
//!
//! A pack keeps them in its `papers` folder: `filing.toml` for what is filed with a court, `cover.toml` for the clinic's own
//! sheet, `sheets.toml` for its lists and labels, `client.<language>.toml` for the sheet a client takes home, `told.es.toml` for what the window says of a packet in Spanish,
//! and, where it has one, `bulk.toml` for a motion for many convictions at once.

mod bulk;
mod client;
mod cover;
mod filing;
mod phrase;
mod sheets;

pub use bulk::{AskedWords, BulkBlanks, BulkTexts, BulkWhyNot};
pub use client::{Aside, ClientTexts, HoldTexts, StatusTexts, Step};
pub use cover::{
    AskedTable, BlankTexts, CoverTexts, Headed, LeftOut, PaperTable, Recipients, Reliefs,
    ReviewTexts, SetTexts, Steps, WhyNot,
};
pub use filing::{
    Ages, BodyTexts, CaptionLine, CaptionTexts, Condition, Counted, CourtTexts, DateWords,
    DeclarationTexts, ElectionTexts, Filing, FillLine, FormWords, ListWords, Method, Motion,
    MotionTitle, OrderTexts, PartyTexts, Prompt, SectionWords, ServiceTexts, Shown, SignatureTexts,
};
pub use phrase::{Phrase, PhraseError, Piece, Slot};
pub use sheets::{
    DisputeTexts, EfileProblems, EfileTexts, EnvelopeTexts, FeeWaiverTexts, LabelTexts,
    LiveScanTexts, SheetTexts, SignerTexts, SigningTexts,
};

use std::collections::BTreeMap;

use record::clinic::Language;
use serde::Deserialize;

/// All words for papers of one jurisdiction.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperTexts {
    /// For what is filed with a court.
    pub filing: Filing,
    /// For the clinic's cover sheet.
    pub cover: CoverTexts,
    /// For the clinic's lists and labels: `sheets.toml`.
    pub sheets: SheetTexts,
    /// For the client's sheet, in each language of the program.
    clients: [(Language, ClientTexts); 2],
    told: Told,
    /// For a prosecutor's motion for many convictions, where the jurisdiction has one: `bulk.toml`.
    pub bulk: Option<BulkTexts>,
}

/// What `told.es.toml` says: the cover sheet's and the letters' words for blanks and for what is missing, as the window says them in Spanish.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// By their keys when read, then by the English words of `cover.toml` and `sheets.toml`.
    blank: BTreeMap<String, String>,
    letter: LetterBlanks,
    /// By the English label of the line.
    fill: BTreeMap<String, String>,
    why_not: WhyNot,
}

/// What is blank on a letter, and why, beside the words of `sheets.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct LetterBlanks {
    company: String,
    company_why: String,
    reason: String,
    reason_why: String,
}

/// A papers file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("papers/{file}: {problem}")]
pub struct PaperTextError {
    /// Which file of the folder.
    pub file: &'static str,
    /// What is wrong, with its line.
    pub problem: String,
}

impl PaperTexts {
    /// Reads a pack's `papers` folder, given as the texts of its files.
    ///
    /// # Errors
    /// A file is not TOML, lacks a text, has one that is not known, or has a text whose braces or stars do not match.
    pub fn parse(
        filing: &str,
        cover: &str,
        sheets: &str,
        client_en: &str,
        client_es: &str,
        told_es: &str,
        bulk: Option<&str>,
    ) -> Result<Self, PaperTextError> {
        let file = "told.es.toml";
        let mut told: Told = read(file, told_es)?;
        let named: Blanks = read("cover.toml", cover)?;
        let keys = |blanks: &BTreeMap<String, String>| blanks.keys().cloned().collect::<Vec<_>>();
        if keys(&named.blank) != keys(&told.blank) {
            return Err(PaperTextError {
                file,
                problem: "[blank] has other keys than [blank] of cover.toml".to_owned(),
            });
        }
        told.blank = named
            .blank
            .into_values()
            .zip(told.blank.into_values())
            .collect();
        let sheets: SheetTexts = read("sheets.toml", sheets)?;
        let letter = &told.letter;
        let letters = [
            (&sheets.dispute.company, &letter.company),
            (&sheets.dispute.company_why, &letter.company_why),
            (&sheets.fee_waiver.reason, &letter.reason),
            (&sheets.fee_waiver.reason_why, &letter.reason_why),
        ]
        .map(|(english, said)| (english.clone(), said.clone()));
        told.blank.extend(letters);
        told.blank.extend(std::mem::take(&mut told.fill));
        Ok(Self {
            told,
            bulk: bulk.map(|text| read("bulk.toml", text)).transpose()?,
            filing: read("filing.toml", filing)?,
            cover: read("cover.toml", cover)?,
            sheets,
            clients: [
                (Language::En, read("client.en.toml", client_en)?),
                (Language::Es, read("client.es.toml", client_es)?),
            ],
        })
    }

    /// Words of `cover.toml`, `sheets.toml` or a line of `filing.toml` about a blank in a language; words of others, such as an official form's own, as they are.
    #[must_use]
    pub fn blank<'a>(&'a self, language: Language, english: &'a str) -> &'a str {
        match language {
            Language::En => english,
            Language::Es => self.told.blank.get(english).map_or(english, String::as_str),
        }
    }

    /// The words for what is missing in a language.
    #[must_use]
    pub fn why_not(&self, language: Language) -> &WhyNot {
        match language {
            Language::En => &self.cover.why_not,
            Language::Es => &self.told.why_not,
        }
    }

    /// The client sheet's words in a language.
    #[must_use]
    pub fn client(&self, language: Language) -> &ClientTexts {
        let [(first, texts), (_, others)] = &self.clients;
        if *first == language { texts } else { others }
    }
}

/// The part of `cover.toml` that is told in other languages too, by its keys.
#[derive(Deserialize)]
struct Blanks {
    blank: BTreeMap<String, String>,
}

fn read<T: serde::de::DeserializeOwned>(
    file: &'static str,
    text: &str,
) -> Result<T, PaperTextError> {
    toml::from_str(text).map_err(|error| PaperTextError {
        file,
        problem: error.to_string(),
    })
}
