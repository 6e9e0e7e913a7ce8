//! What a review was asked, noted beside the vault while it runs, so that one that was killed can be asked again. Only paths, a county, a
//! day and a policy stand there, and for whom the results are to be locked; never what opens them.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Desk;
use crate::view;

/// The note's name, beside the vault.
const NOTE: &str = "unfinished-review.json";
/// Names the folder of the results that were looked at last.
const LAST: &str = "last-review.json";
/// The folder in which the review crate lets tables grow, inside the folder of the results.
const PART: &str = ".review.part";

/// What a review was asked.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Note {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) county: String,
    pub(crate) as_of: Date,
    pub(crate) policy: String,
    pub(crate) policy_title: String,
    /// The policy file's name and text, where it is no preset.
    pub(crate) policy_file: Option<(String, String)>,
    pub(crate) decisions: Option<PathBuf>,
    pub(crate) folder: PathBuf,
    #[serde(default)]
    pub(crate) parquet: bool,
    #[serde(default)]
    pub(crate) lock: Locked,
}

/// How the results are to be locked.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Locked {
    #[default]
    Open,
    Passphrase,
    /// The holders' public keys.
    Keys(Vec<String>),
}

impl Locked {
    pub(crate) fn view(&self) -> view::ResultsLock {
        match self {
            Self::Open => view::ResultsLock::Open,
            Self::Passphrase => view::ResultsLock::Passphrase,
            Self::Keys(_) => view::ResultsLock::Keys,
        }
    }
}

impl Note {
    pub(crate) fn view(&self) -> view::Unfinished {
        view::Unfinished {
            county: self.county.clone(),
            as_of: self.as_of,
            policy: self.policy_title.clone(),
            files: u32::try_from(self.files.len()).unwrap_or(u32::MAX),
            folder: self.folder.display().to_string(),
            lock: self.lock.view(),
        }
    }

    /// Removes what the review left in its folder: rows of people, which nobody would look for there.
    pub(crate) fn clear(&self) {
        let part = self.folder.join(PART);
        if part.join("state.json").is_file() {
            let _ = fs::remove_dir_all(part);
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Last {
    folder: PathBuf,
}

/// Where the note lies.
#[derive(Clone, Debug)]
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn read(&self) -> Option<Note> {
        serde_json::from_slice(&fs::read(&self.0).ok()?).ok()
    }

    /// Where the note cannot be written, the review runs all the same and cannot go on after a kill.
    pub(crate) fn write(&self, note: &Note) {
        let text = serde_json::to_vec_pretty(note).unwrap_or_default();
        let _ = fs::write(&self.0, text);
    }

    pub(crate) fn remove(&self) {
        let _ = fs::remove_file(&self.0);
    }

    /// Remembers the folder of results that can be opened again.
    pub(crate) fn looked_at(&self, folder: &Path) {
        let text = serde_json::to_vec_pretty(&Last {
            folder: folder.to_owned(),
        });
        let _ = fs::write(self.0.with_file_name(LAST), text.unwrap_or_default());
    }

    /// The folder of the results that were looked at last, where they are still there.
    pub(crate) fn last(&self) -> Option<PathBuf> {
        let text = fs::read(self.0.with_file_name(LAST)).ok()?;
        let last: Last = serde_json::from_slice(&text).ok()?;
        last.folder
            .join(::review::FACTS)
            .is_file()
            .then_some(last.folder)
    }

    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }
}

impl Desk {
    pub(crate) fn note_place(&self) -> Place {
        Place::at(&self.door_ref().beside(NOTE))
    }

    pub(crate) fn unfinished_review(&self) -> Option<Note> {
        self.note_place().read()
    }
}
