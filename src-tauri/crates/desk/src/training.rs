//! The made-up office: a fresh folder, a random passphrase, people who never lived.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use record::clinic::{Attorney, Clinic};
use tempfile::TempDir;

use crate::{Desk, Error, Moment, Result};

/// The sheets of made-up people that the project ships for its tests.
static SHEETS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../../tests/cases/sheets");

/// Where the made-up office is, while it is.
pub(crate) struct Training {
    _folder: TempDir,
    vault: PathBuf,
    passphrase: String,
}

impl Training {
    pub(crate) fn new() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("relief-training-")
            .tempdir()
            .map_err(|error| Error::Folder(error.kind()))?;
        Ok(Self {
            vault: folder.path().join("vault"),
            _folder: folder,
            passphrase: passphrase()?,
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.vault
    }

    /// Shown on the training office's own unlock screen: it guards nothing.
    pub(crate) fn passphrase(&self) -> &str {
        &self.passphrase
    }

    pub(crate) fn clinic(&self) -> Clinic {
        Clinic {
            name: "Training Clinic (made up)".into(),
            address: vec!["1 Example Street".into(), "Exampleton".into()],
            phone: Some("(916) 555-0100".into()),
            attorneys: vec![Attorney {
                name: "Terry Example".into(),
                bar: Some("000000".into()),
                phone: Some("(916) 555-0101".into()),
                email: Some("terry@example.org".into()),
            }],
            ..Clinic::default()
        }
    }
}

/// Random, and easy to type: `tivo-kabu-meso-ruda`.
fn passphrase() -> Result<String> {
    const CONSONANTS: &[u8; 16] = b"bdfgjklmnprstvwz";
    const VOWELS: &[u8; 4] = b"aeio";
    let mut random = [0_u8; 8];
    getrandom::fill(&mut random).map_err(|_| vault::Error::NoRandomness)?;
    let syllables = random.map(|byte| {
        let (consonant, vowel) = (byte >> 4, byte & 3);
        [
            CONSONANTS[usize::from(consonant)],
            VOWELS[usize::from(vowel)],
        ]
        .map(char::from)
    });
    let words = syllables
        .chunks(2)
        .map(|pair| pair.concat().iter().collect::<String>());
    Ok(words.collect::<Vec<_>>().join("-"))
}

impl Desk {
    /// Reads every training sheet in as a client of its own.
    pub(crate) fn fill_with_made_up_clients(&mut self, now: Moment) -> Result<()> {
        let mut sheets: Vec<_> = SHEETS
            .files()
            .filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents())))
            .filter(|(name, _)| name.starts_with("training-") && name.ends_with(".txt"))
            .collect();
        sheets.sort_unstable_by_key(|(name, _)| *name);
        for (name, bytes) in sheets {
            self.add_from_sheet(name, bytes, now)?;
        }
        Ok(())
    }
}
