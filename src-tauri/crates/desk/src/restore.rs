//! An office brought back from a backup, from the first screen, when nobody is in: on a new laptop, or where what is here is damaged.
//!
//! The backup is restored beside the office's folder and looked through there. Only then the office that is here, if one is, is put aside
//! by one rename, and the restored one takes its place by another. Nothing is ever removed. A kill between the two leaves both, under their
//! other names; the restore is then done again.

use std::fs;
use std::path::{Path, PathBuf};

use vault::{Act, Backup, Opener, Vault};

use crate::backups::{file_name, free, opened};
use crate::door::{code_of, is_empty};
use crate::view::{Restore, Restored};
use crate::{Door, Error, Moment, Result};

impl Door {
    /// Refuses before a dialog comes up: in training, or where an office is here and nobody said that it may be put aside.
    ///
    /// # Errors
    /// [`Error::Training`], [`Error::OfficeHere`].
    pub fn may_restore(&self, ask: &Restore) -> Result<()> {
        if self.is_training() {
            return Err(Error::Training);
        }
        if !ask.put_aside && !is_empty(self.folder()) {
            return Err(Error::OfficeHere);
        }
        Ok(())
    }

    /// Makes the office of a backup. It stays locked.
    ///
    /// # Errors
    /// As [`Door::may_restore`]; the file is no backup, or damaged; nothing opens it; the office that is here is open elsewhere; the person
    /// whose passphrase it is may not replace an office that is here; the disk's. After an error the office is as it was.
    pub fn restore(&mut self, file: &Path, ask: &Restore, now: Moment) -> Result<Restored> {
        self.may_restore(ask)?;
        let backup = Backup::open(file)?;
        let here = !is_empty(self.folder());
        let new = beside(self.folder(), "restored", now)?;
        let done = self.put_in_place(&backup, ask, here, &new, now);
        if done.is_err() {
            // Half of a restore is of no use to anybody.
            let _ = fs::remove_dir_all(&new);
        }
        done
    }

    fn put_in_place(
        &self,
        backup: &Backup,
        ask: &Restore,
        here: bool,
        new: &Path,
        now: Moment,
    ) -> Result<Restored> {
        let allowed = |opener: &Opener<'_>| match opener {
            Opener::Passphrase(id, _) if here => {
                let people = backup.people();
                people.iter().any(|p| p.id == **id && p.may(Act::Keys))
            }
            Opener::Passphrase(..) | Opener::Code(_) => true,
        };
        let open = |opener: Opener<'_>| {
            let vault = backup.restore(new, opener, now.at)?;
            if !allowed(&opener) {
                return Err(vault::Error::NotForThisRole { act: Act::Keys });
            }
            let clients = vault.read().count()?;
            vault.lock(now.at)?;
            Ok(clients)
        };
        let clients = match &ask.second {
            Some(_) => {
                let code = code_of(&ask.secret, ask.second.as_deref())?;
                open(Opener::Code(&code))?
            }
            None => opened(backup, &ask.secret, None, open)?,
        };
        let aside = if here {
            let aside = beside(self.folder(), "before", now)?;
            Vault::set_aside(self.folder(), &aside)?;
            Some(file_name(&aside))
        } else {
            // An empty folder may stand in the way of the rename.
            let _ = fs::remove_dir(self.folder());
            None
        };
        self.forget();
        fs::rename(new, self.folder()).map_err(|error| Error::Folder(error.kind()))?;
        Ok(Restored {
            made: backup.made().to_string(),
            clients,
            aside,
        })
    }
}

/// A name beside the office's folder that nothing has yet, such as `vault.before-2026-11-22`.
fn beside(folder: &Path, what: &str, now: Moment) -> Result<PathBuf> {
    let parent = folder.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| Error::Folder(error.kind()))?;
    free(parent, &file_name(folder), &format!("{what}-{}", now.today))
}
