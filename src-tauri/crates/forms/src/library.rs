//! A plain folder of public blanks. A blank that is added is named by its SHA-256; files put there by hand are read as well.
//!
//! Beside them may lie the office's own descriptions of forms that no pack describes: see [`Library::describe`].

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use packs::forms::{Edition, FormSheet};
use packs::{LoadError, Packs};

use crate::described::{self, Described};
use crate::identify::{Identity, Known, identify, sha256};
use crate::{Blank, FormError, limits};

/// The blanks of a folder.
#[derive(Debug, Default)]
pub struct Library {
    described: Described,
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
    /// It is no description of a form that can be used.
    #[error(transparent)]
    Description(#[from] LoadError),
    /// Another file describes the same form.
    #[error("the form {number} is described in the file {other} too, and that one is used")]
    Twice {
        /// The form's number.
        number: String,
        /// The name of the file that is used.
        other: String,
    },
    /// A description that nobody answers for.
    #[error("nobody who may add forms added this description: add it in the window")]
    Unanswered,
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
    /// Reads every PDF and every description of a folder. A file that cannot be used is in [`Library::rejected`].
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn open(folder: &Path, packs: &Packs) -> io::Result<Self> {
        Self::open_if(folder, packs, &|_| true)
    }

    /// Likewise, with those descriptions alone that somebody answers for, given each one's SHA-256: what a file says goes on court
    /// papers, and anybody may write to a plain folder.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn open_if(
        folder: &Path,
        packs: &Packs,
        answered_for: &dyn Fn(&str) -> bool,
    ) -> io::Result<Self> {
        let (described, rejected) = described::read(folder, packs, answered_for)?;
        let sheets = described.sheets(packs.iter().flat_map(|pack| &pack.forms));
        let mut library = Self {
            rejected,
            ..Self::default()
        };
        for file in files(folder, "pdf")? {
            match read(&file, &sheets) {
                Ok(entry) => library.entries.push(entry),
                Err(why) => library.rejected.push(Rejected { file, why }),
            }
        }
        library.described = described;
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
    pub fn add(folder: &Path, bytes: &[u8], packs: &Packs) -> Result<Identity, AddError> {
        let blank = Blank::open(bytes)?;
        if blank.fields().is_empty() {
            return Err(FormError::NoFields.into());
        }
        let described = described::of(folder, packs)?;
        let sheets = described.sheets(packs.iter().flat_map(|pack| &pack.forms));
        let identity = identify(bytes, &blank, &sheets);
        if identity.answered > 0 {
            return Err(AddError::Answered(identity.answered));
        }
        put(folder, &identity.sha256, "pdf", bytes)?;
        Ok(identity)
    }

    /// Adds an office's description of a form to a folder, under its SHA-256, in the place of the one that was there for this form.
    ///
    /// # Errors
    /// It is no description that can be used, or the folder cannot be written.
    pub fn describe(folder: &Path, bytes: &[u8], packs: &Packs) -> Result<Replaced, AddError> {
        let sum = sha256(bytes);
        let name = format!("{sum}.toml");
        let sheet = packs.form(&name, bytes).map_err(AddError::Description)?;
        let before = described::of(folder, packs)?;
        put(folder, &sum, "toml", bytes)?;
        let mut replaced = Replaced::new();
        for old in before.all() {
            if old.sheet.number == sheet.number && old.file != folder.join(&name) {
                fs::remove_file(&old.file)?;
                replaced.push(old.sha256.clone());
            }
        }
        replaced.retain(|old| *old != sum);
        Ok(replaced)
    }

    /// What is known of forms here: the office's own descriptions first, then those of a pack that none of them stands for.
    #[must_use]
    pub fn sheets<'a>(&'a self, of: impl IntoIterator<Item = &'a FormSheet>) -> Vec<&'a FormSheet> {
        self.described.sheets(of)
    }

    /// Whether the office describes a form itself.
    #[must_use]
    pub fn describes(&self, number: &str) -> bool {
        self.description(number).is_some()
    }

    /// The SHA-256 of the office's own description of a form, in hexadecimal digits.
    #[must_use]
    pub fn description(&self, number: &str) -> Option<&str> {
        self.described.of(number).map(|own| own.sha256.as_str())
    }

    /// Every file that is used, with its SHA-256.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &str)> {
        let blanks = self.entries.iter();
        let blanks = blanks.map(|entry| (entry.file.as_path(), entry.identity.sha256.as_str()));
        let own = self.described.all().iter();
        blanks.chain(own.map(|own| (own.file.as_path(), own.sha256.as_str())))
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

/// The SHA-256 of each description that another took the place of, in hexadecimal digits.
pub type Replaced = Vec<String>;

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
    /// It is no description of a form.
    #[error("this description of a form cannot be used: {}{}", at_line(.0), .0.problem())]
    Description(LoadError),
    /// The folder cannot be written.
    #[error("the form could not be added to the folder: {0}")]
    Folder(#[from] io::Error),
}

/// Where in the file it is; its name says nothing to people, as a description is kept under its SHA-256.
fn at_line(error: &LoadError) -> String {
    let line = error.line();
    line.map_or_else(String::new, |line| format!("line {line}: "))
}

/// The files of a folder with this ending, by name.
pub(crate) fn files(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let fits = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case(ending));
        if fits && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Puts a file into the folder: it appears whole or not at all, and one that is there already is left.
fn put(folder: &Path, sum: &str, ending: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(format!("{sum}.{ending}"));
    if path.is_file() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    let staged = folder.join(format!(".{sum}.part"));
    let mut file = fs::File::create(&staged)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&staged, &path)
}

/// A file's bytes within the limit; those that it is named after, where it is.
pub(crate) fn bytes(file: &Path) -> Result<Vec<u8>, Unusable> {
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
    Ok(bytes)
}

fn read(file: &Path, sheets: &[&FormSheet]) -> Result<Entry, Unusable> {
    let bytes = bytes(file)?;
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
