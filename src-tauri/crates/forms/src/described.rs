//! An office's own descriptions of forms that no pack describes: text files beside its blanks, of the shape of a pack's.

use std::io;
use std::path::{Path, PathBuf};

use packs::Packs;
use packs::forms::FormSheet;

use crate::identify::sha256;
use crate::library::{Rejected, Unusable, bytes, files};

/// Whether a file is a description of a form rather than a form.
#[must_use]
pub fn is_description(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.lines().any(|line| line.trim() == "[[edition]]")
}

/// The descriptions of a folder, each form once.
#[derive(Debug, Default)]
pub(crate) struct Described {
    all: Vec<Own>,
}

/// One description.
#[derive(Debug)]
pub(crate) struct Own {
    pub(crate) file: PathBuf,
    pub(crate) sha256: String,
    pub(crate) sheet: FormSheet,
}

impl Described {
    /// These first, then those that none of these stands for.
    pub(crate) fn sheets<'a>(
        &'a self,
        of: impl IntoIterator<Item = &'a FormSheet>,
    ) -> Vec<&'a FormSheet> {
        let others = of
            .into_iter()
            .filter(|sheet| self.own().all(|own| own.number != sheet.number));
        self.own().chain(others).collect()
    }

    /// Each form that is described here.
    pub(crate) fn own(&self) -> impl Iterator<Item = &FormSheet> {
        self.all.iter().map(|own| &own.sheet)
    }

    /// The description of a form.
    pub(crate) fn of(&self, number: &str) -> Option<&Own> {
        self.all.iter().find(|own| own.sheet.number == number)
    }

    /// Each description.
    pub(crate) fn all(&self) -> &[Own] {
        &self.all
    }
}

/// Reads the descriptions of a folder that somebody answers for, given each one's SHA-256, and says which of its files are not used.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn read(
    folder: &Path,
    packs: &Packs,
    answered_for: &dyn Fn(&str) -> bool,
) -> io::Result<(Described, Vec<Rejected>)> {
    let (mut described, mut rejected) = (Described::default(), Vec::new());
    for file in files(folder, "toml")? {
        let why = match one(&file, packs) {
            Err(why) => why,
            Ok(own) if !answered_for(&own.sha256) => Unusable::Unanswered,
            Ok(own) => match described.of(&own.sheet.number) {
                Some(other) => Unusable::Twice {
                    number: own.sheet.number,
                    other: file_name(&other.file),
                },
                None => {
                    described.all.push(own);
                    continue;
                }
            },
        };
        rejected.push(Rejected { file, why });
    }
    Ok((described, rejected))
}

fn one(file: &Path, packs: &Packs) -> Result<Own, Unusable> {
    let bytes = bytes(file)?;
    Ok(Own {
        file: file.to_owned(),
        sha256: sha256(&bytes),
        sheet: packs.form(&file_name(file), &bytes)?,
    })
}

fn file_name(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The descriptions of a folder that can be used; none where there is no folder yet.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn of(folder: &Path, packs: &Packs) -> io::Result<Described> {
    match read(folder, packs, &|_| true) {
        Ok((described, _)) => Ok(described),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Described::default()),
        Err(error) => Err(error),
    }
}
