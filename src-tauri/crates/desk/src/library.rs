//! The office's blanks of official forms: a plain folder beside the vault, with a copy of each inside it, so that backups hold them.

use std::path::PathBuf;

use forms::{Identity, Known, Library};
use jiff::civil::Date;
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

    /// Adds a blank, or the office's own description of a form that the packs do not describe. A revision that nobody describes is
    /// refused, with what is known of the form.
    ///
    /// # Errors
    /// [`Error::Form`], [`Error::FormUnknown`], [`Error::FormRevision`], or the disk's.
    pub fn add_form(&mut self, bytes: &[u8], now: Moment) -> Result<FormsView> {
        self.needs(Act::Forms)?;
        // First, so that what another description takes the place of lies in the folder as it does in the vault.
        self.open_library(now)?;
        let folder = self.forms_folder();
        if forms::is_description(bytes) {
            let replaced = Library::describe(&folder, bytes, self.packs)?;
            self.vault.transact(Operation::AddForm, now.at, |tx| {
                for sum in &replaced {
                    tx.drop_blank(sum)?;
                }
                tx.keep_blank(bytes)
            })?;
        } else {
            let sheets = self.known_forms();
            let blank = forms::Blank::open(bytes).map_err(forms::AddError::from)?;
            let found = forms::identify(bytes, &blank, &sheets);
            match found.known {
                Known::Mapped | Known::Unmapped => {}
                Known::Revision => return Err(revision(&found, &sheets)),
                Known::Form => return Err(Error::FormUnknown),
            }
            Library::add(&folder, bytes, self.packs)?;
            self.vault
                .transact(Operation::AddForm, now.at, |tx| tx.keep_blank(bytes))?;
        }
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
        let folder = self.forms_folder();
        let sums = self.vault.read().blank_sums()?;
        let file = |sum: &[u8; 32], ending| folder.join(hex(sum)).with_extension(ending);
        let there = |sum| ["pdf", "toml"].iter().any(|e| file(sum, e).is_file());
        if !sums.iter().all(there) {
            let mut kept = self.vault.read().blanks()?;
            // A blank may be known by a description, so these come first.
            kept.sort_by_key(|bytes| !forms::is_description(bytes));
            for bytes in kept {
                let put = if forms::is_description(&bytes) {
                    Library::describe(&folder, &bytes, self.packs).map(drop)
                } else {
                    Library::add(&folder, &bytes, self.packs).map(drop)
                };
                if let Err(forms::AddError::Folder(error)) = put {
                    self.library = Some(Library::lost(error.kind()));
                    return Ok(());
                }
            }
        }
        let kept: Vec<String> = sums.iter().map(hex).collect();
        // A description that lies there by hand is used once somebody who may has added it.
        let answered_for = |sum: &str| kept.iter().any(|kept| kept == sum);
        let library = if folder.is_dir() {
            let library = Library::open_if(&folder, self.packs, &answered_for);
            library.unwrap_or_else(|error| Library::lost(error.kind()))
        } else {
            Library::default()
        };
        for (file, sum) in library.files() {
            if !answered_for(sum) {
                let bytes = std::fs::read(file).map_err(|error| Error::Folder(error.kind()))?;
                self.vault
                    .transact(Operation::AddForm, now.at, |tx| tx.keep_blank(&bytes))?;
            }
        }
        self.library = Some(library);
        Ok(())
    }

    /// What is known of forms: by the office, else by the packs.
    fn known_forms(&self) -> Vec<&FormSheet> {
        let of_packs = self.packs.iter().flat_map(|pack| &pack.forms);
        match self.library.as_ref() {
            Some(library) => library.sheets(of_packs),
            None => of_packs.collect(),
        }
    }

    fn forms_folder(&self) -> PathBuf {
        self.door().beside("forms")
    }

    fn forms_view(&self, today: Date) -> FormsView {
        let library = self.library.as_ref();
        let entries = library.map_or(&[][..], Library::entries);
        let known = self.known_forms().into_iter().map(|sheet| {
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
                fills: sheet.mapped(),
                own: library.is_some_and(|library| library.describes(&sheet.number)),
                counties: sheet.counties.clone(),
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
