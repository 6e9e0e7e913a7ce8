//! The words of papers: what a jurisdiction's court papers, cover sheets and client sheets say. Layout is not here, and nothing
//! here decides.
//!
//! A pack keeps them in its `papers` folder: `filing.toml` for what is filed with a court, `cover.toml` for the clinic's own
//! sheet, `client.<language>.toml` for the sheet a client takes home.

mod client;
mod cover;
mod filing;
mod phrase;

pub use client::{Aside, ClientTexts, HoldTexts, StatusTexts, Step};
pub use cover::{
    AskedTable, BlankTexts, CoverTexts, Headed, LeftOut, PaperTable, Recipients, Reliefs,
    ReviewTexts, SetTexts, Steps, WhyNot,
};
pub use filing::{
    Ages, BodyTexts, CaptionLine, CaptionTexts, Counted, CourtTexts, DateWords, DeclarationTexts,
    ElectionTexts, Filing, ListWords, Method, Motion, MotionTitle, OrderTexts, PartyTexts,
    SectionWords, ServiceTexts, SignatureTexts,
};
pub use phrase::{Phrase, PhraseError, Piece, Slot};

use record::clinic::Language;

/// All words for papers of one jurisdiction.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperTexts {
    /// For what is filed with a court.
    pub filing: Filing,
    /// For the clinic's cover sheet.
    pub cover: CoverTexts,
    /// For the client's sheet, in each language of the program.
    clients: [(Language, ClientTexts); 2],
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
        client_en: &str,
        client_es: &str,
    ) -> Result<Self, PaperTextError> {
        Ok(Self {
            filing: read("filing.toml", filing)?,
            cover: read("cover.toml", cover)?,
            clients: [
                (Language::En, read("client.en.toml", client_en)?),
                (Language::Es, read("client.es.toml", client_es)?),
            ],
        })
    }

    /// The client sheet's words in a language.
    #[must_use]
    pub fn client(&self, language: Language) -> &ClientTexts {
        let [(first, texts), (_, others)] = &self.clients;
        if *first == language { texts } else { others }
    }
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
