//! The office's blanks of official forms: a plain folder beside the vault, with a copy of each inside it, so that backups hold them.

use std::path::PathBuf;

use forms::{Identity, Known, Library};
use jiff::civil::Date;
use packs::Packs;
use packs::forms::{FormSheet, Obligation};
use vault::{Act, Operation};

use crate::view::{FormStanding, FormView, FormsView, RejectedForm};
use crate::{Desk, Error, Moment, Result};

impl Desk {
    /// Every form the packs know, with the blanks the office has of it; and files of the folder that cannot be used.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn forms(&mut self, now: Moment) -> Result<FormsView> {
        self.needs(Act::Work)?;
        self.open_library(now)?;
        match self.library.as_ref().and_then(Library::why_lost) {
            Some(why) => Err(Error::Folder(why)),
            None => Ok(self.forms_view(now.today)),
        }
    }

    /// Adds a blank. A revision that the packs do not know is refused, with what is known of the form.
    ///
    /// # Errors
    /// [`Error::Form`], [`Error::FormUnknown`], [`Error::FormRevision`], or the disk's.
    pub fn add_form(&mut self, bytes: &[u8], now: Moment) -> Result<FormsView> {
        self.needs(Act::Forms)?;
        let sheets = sheets(self.packs);
        let blank = forms::Blank::open(bytes).map_err(forms::AddError::from)?;
        let found = forms::identify(bytes, &blank, &sheets);
        match found.known {
            Known::Mapped | Known::Unmapped => {}
            Known::Revision => return Err(revision(&found, &sheets)),
            Known::Form => return Err(Error::FormUnknown),
        }
        Library::add(&self.forms_folder(), bytes, &sheets)?;
        self.vault
            .transact(Operation::AddForm, now.at, |tx| tx.keep_blank(bytes))?;
        // Papers may stand on the court's own form now.
        self.library = None;
        self.prepared = None;
        self.bulk = None;
        self.forms(now)
    }

    /// Opens the folder, once; what a backup brought back is put there first, and what somebody put there by hand is kept too.
    /// A folder that cannot be read is looked at again the next time; until then papers are made without it, and say so.
    pub(crate) fn open_library(&mut self, now: Moment) -> Result<()> {
        let open = self.library.as_ref();
        if open.is_some_and(|library| library.why_lost().is_none()) {
            return Ok(());
        }
        let (folder, sheets) = (self.forms_folder(), sheets(self.packs));
        let sums = self.vault.read().blank_sums()?;
        let file = |sum: &[u8; 32]| folder.join(format!("{}.pdf", hex(sum)));
        if sums.iter().any(|sum| !file(sum).is_file()) {
            for bytes in self.vault.read().blanks()? {
                if let Err(forms::AddError::Folder(error)) = Library::add(&folder, &bytes, &sheets)
                {
                    self.library = Some(Library::lost(error.kind()));
                    return Ok(());
                }
            }
        }
        let library = if folder.is_dir() {
            Library::open(&folder, &sheets).unwrap_or_else(|error| Library::lost(error.kind()))
        } else {
            Library::default()
        };
        let kept: Vec<String> = sums.iter().map(hex).collect();
        for entry in library.entries() {
            if !kept.contains(&entry.identity.sha256) {
                let bytes =
                    std::fs::read(&entry.file).map_err(|error| Error::Folder(error.kind()))?;
                self.vault
                    .transact(Operation::AddForm, now.at, |tx| tx.keep_blank(&bytes))?;
            }
        }
        self.library = Some(library);
        Ok(())
    }

    fn forms_folder(&self) -> PathBuf {
        self.door().beside("forms")
    }

    fn forms_view(&self, today: Date) -> FormsView {
        let library = self.library.as_ref();
        let entries = library.map_or(&[][..], Library::entries);
        let known = sheets(self.packs).into_iter().map(|sheet| {
            let mine = entries
                .iter()
                .filter(|entry| entry.identity.number.as_deref() == Some(&sheet.number));
            let used = library.and_then(|library| library.find(sheet, today));
            let revisions = mine.map(|entry| {
                let edition = entry.identity.described(sheet);
                let newest = used.is_some_and(|(used, _)| used.identity == entry.identity);
                FormStanding {
                    revision: entry.identity.revision,
                    sha256: entry.identity.sha256.clone(),
                    used: newest,
                    fills: entry.identity.known == Known::Mapped,
                    check_by: edition.map(|edition| edition.check_by),
                    overdue: edition.is_some_and(|edition| edition.check_by <= today),
                }
            });
            FormView {
                number: sheet.number.clone(),
                title: sheet.title.clone(),
                mandatory: sheet.obligation == Obligation::Mandatory,
                fills: sheet.edition.iter().any(packs::forms::Edition::mapped),
                newest: sheet.edition.iter().map(|edition| edition.date).max(),
                blanks: revisions.collect(),
            }
        });
        let rejected = library.map_or(&[][..], Library::rejected).iter();
        FormsView {
            folder: self.forms_folder().display().to_string(),
            forms: known.collect(),
            rejected: rejected
                .map(|file| RejectedForm {
                    file: file
                        .file
                        .file_name()
                        .unwrap_or_default()
                        .to_string_lossy()
                        .into_owned(),
                    why: file.why.to_string(),
                })
                .collect(),
        }
    }
}

fn sheets(packs: &'static Packs) -> Vec<&'static FormSheet> {
    packs.iter().flat_map(|pack| &pack.forms).collect()
}

fn revision(found: &Identity, sheets: &[&FormSheet]) -> Error {
    let number = found.number.clone().unwrap_or_default();
    let sheet = sheets.iter().find(|sheet| sheet.number == number);
    let known = sheet.map(|sheet| {
        let days = sheet.edition.iter().map(|edition| edition.date.to_string());
        let days: std::collections::BTreeSet<String> = days.collect();
        days.into_iter().collect::<Vec<_>>().join(", ")
    });
    Error::FormRevision {
        number,
        found: found
            .revision
            .map_or_else(|| "?".to_owned(), |day| day.to_string()),
        known: known.unwrap_or_default(),
    }
}

fn hex(sum: &[u8; 32]) -> String {
    use std::fmt::Write as _;
    sum.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
