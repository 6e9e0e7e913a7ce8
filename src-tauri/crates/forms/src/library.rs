//! A plain folder of public blanks. A blank that is added is named by its SHA-256; files put there by hand are read as well.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use packs::forms::{Edition, FormSheet};

use crate::identify::{Identity, Known, identify, sha256};
use crate::{Blank, FormError, limits};

/// The blanks of a folder.
#[derive(Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
    rejected: Vec<Rejected>,
    lost: Option<io::ErrorKind>,
}

/// One blank.
#[derive(Debug)]
pub struct Entry {
    /// Its file.
    pub file: PathBuf,
    /// What it is.
    pub identity: Identity,
    /// The form itself, opened once.
    pub blank: Blank,
}

/// A file of the folder that is not used, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The file.
    pub file: PathBuf,
    /// Why.
    pub why: Unusable,
}

/// Why a file of the folder is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It is no form that can be filled.
    #[error(transparent)]
    Form(#[from] FormError),
    /// It is named after other bytes than it holds.
    #[error(
        "its bytes are not those it is named after: it was changed or damaged; add the form again"
    )]
    Changed,
    /// The disk does not give it.
    #[error("it cannot be read: {0}")]
    Unread(io::ErrorKind),
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        Self::Unread(error.kind())
    }
}

impl Library {
    /// Reads every PDF of a folder. A file that cannot be used is in [`Library::rejected`].
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn open(folder: &Path, sheets: &[&FormSheet]) -> io::Result<Self> {
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let pdf = path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("pdf"));
            if pdf && path.is_file() {
                files.push(path);
            }
        }
        files.sort();
        let mut library = Self::default();
        for file in files {
            match read(&file, sheets) {
                Ok(entry) => library.entries.push(entry),
                Err(why) => library.rejected.push(Rejected { file, why }),
            }
        }
        Ok(library)
    }

    /// One of a folder that cannot be read: it has no blank, and whatever is made without says so.
    #[must_use]
    pub fn lost(why: io::ErrorKind) -> Self {
        Self {
            lost: Some(why),
            ..Self::default()
        }
    }

    /// Why its folder could not be read, where it could not.
    #[must_use]
    pub fn why_lost(&self) -> Option<io::ErrorKind> {
        self.lost
    }

    /// Adds a blank to a folder, under its SHA-256. The file appears whole or not at all; one that is there already is left.
    ///
    /// # Errors
    /// The file is no form that can be filled, holds somebody's answers, or the folder cannot be written.
    pub fn add(folder: &Path, bytes: &[u8], sheets: &[&FormSheet]) -> Result<Identity, AddError> {
        let blank = Blank::open(bytes)?;
        if blank.fields().is_empty() {
            return Err(FormError::NoFields.into());
        }
        let identity = identify(bytes, &blank, sheets);
        if identity.answered > 0 {
            return Err(AddError::Answered(identity.answered));
        }
        let path = folder.join(format!("{}.pdf", identity.sha256));
        if !path.is_file() {
            fs::create_dir_all(folder)?;
            let staged = folder.join(format!(".{}.part", identity.sha256));
            let mut file = fs::File::create(&staged)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&staged, &path)?;
        }
        Ok(identity)
    }

    /// Every blank, by file name.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Files that are not used.
    #[must_use]
    pub fn rejected(&self) -> &[Rejected] {
        &self.rejected
    }

    /// The newest revision of a form that is in use on a day and can be filled from a record.
    #[must_use]
    pub fn find<'a>(&'a self, sheet: &'a FormSheet, on: Date) -> Option<(&'a Entry, &'a Edition)> {
        let of_sheet = self.entries.iter().filter(|entry| {
            entry.identity.number.as_deref() == Some(&sheet.number)
                && entry.identity.known == Known::Mapped
        });
        let dated = of_sheet.filter_map(|entry| {
            let edition = entry.identity.described(sheet)?;
            (edition.date <= on).then_some((entry, edition))
        });
        // Of several copies of one revision the first by name; of several revisions the newest.
        dated.fold(None, |best, (entry, edition)| match best {
            Some((_, newest)) if edition.date <= newest.date => best,
            _ => Some((entry, edition)),
        })
    }

    /// A blank by its SHA-256: the one a filed case was made with.
    #[must_use]
    pub fn by_sum(&self, sum: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.identity.sha256.eq_ignore_ascii_case(sum))
    }
}

/// Why a blank was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// It is no form that can be filled.
    #[error(transparent)]
    Form(#[from] FormError),
    /// It is not blank.
    #[error(
        "this form is not blank: {0} of its fields hold an answer already; get the blank from where it is published"
    )]
    Answered(usize),
    /// The folder cannot be written.
    #[error("the form could not be added to the folder: {0}")]
    Folder(#[from] io::Error),
}

fn read(file: &Path, sheets: &[&FormSheet]) -> Result<Entry, Unusable> {
    let size = fs::metadata(file)?.len();
    if usize::try_from(size).map_or(true, |size| size > limits::BYTES) {
        return Err(Unusable::Form(FormError::TooLarge {
            what: "bytes",
            limit: limits::BYTES,
        }));
    }
    let bytes = fs::read(file)?;
    let named = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let is_sum = named.len() == 64 && named.bytes().all(|b| b.is_ascii_hexdigit());
    if is_sum && !named.eq_ignore_ascii_case(&sha256(&bytes)) {
        return Err(Unusable::Changed);
    }
    let blank = Blank::open(&bytes)?;
    if blank.fields().is_empty() {
        return Err(FormError::NoFields.into());
    }
    let identity = identify(&bytes, &blank, sheets);
    Ok(Entry {
        file: file.to_owned(),
        identity,
        blank,
    })
}
