//! Backups: written, proved, rehearsed, restored; and what reminds of them.

use std::path::{Path, PathBuf};

use vault::{Act, Backup, Opener, Operation, Passphrase, PersonId, RecoveryCode};

use crate::view::{BackupMade, BackupReminder, BackupsView, RehearsalView};
use crate::{Desk, Error, Moment, Result};

/// A backup older than this is spoken of, if the office was used since.
const OLD: i64 = 7;

/// Opening and locking alone need no backup.
const IDLE_STEPS: i64 = 3;

/// The setting with the folder for the end of the day.
const FOLDER: &str = "backup_folder";

impl Desk {
    /// How it stands with backups.
    ///
    /// # Errors
    /// The role's, or the database's.
    pub fn backups(&self, now: Moment) -> Result<BackupsView> {
        self.needs(Act::BackUp)?;
        let last = self.vault.last_backup()?;
        let any = self.vault.read().count()? > 0;
        let (days, steps_since) = last.map_or((0, 0), |(at, steps)| {
            (now.at.duration_since(at).as_hours().div_euclid(24), steps)
        });
        let reminder = match last {
            None => any.then_some(BackupReminder::Never),
            Some(_) if days < 0 => Some(BackupReminder::ClockBack),
            Some(_) => (days >= OLD && steps_since > IDLE_STEPS).then_some(BackupReminder::Old),
        };
        Ok(BackupsView {
            last: last.map(|(at, _)| at.to_string()),
            steps_since,
            reminder,
            days,
            folder: self
                .backup_folder()?
                .map(|folder| folder.display().to_string()),
            code_unsure: self.code_unsure()?,
            as_it_stands: self.vault.opened_as_it_stands(),
        })
    }

    /// Writes a backup into a folder, opens it and compares it.
    ///
    /// # Errors
    /// The role's, the database's or the disk's; nothing half-written is left.
    pub fn write_backup(&mut self, folder: &Path, now: Moment) -> Result<BackupMade> {
        self.needs(Act::BackUp)?;
        let file = free(folder, &format!("relief-desk-{}", now.today), "backup")?;
        let verdict = self.vault.backup(&file, now.at)?;
        Ok(BackupMade {
            file: file_name(&file),
            clients: verdict.clients,
            audit_rows: verdict.audit_rows,
            untold: verdict.problems.len(),
        })
    }

    /// Chooses the folder for the end of the day, or none. The administrator only.
    ///
    /// # Errors
    /// The role's, or the database's.
    pub fn set_backup_folder(&mut self, folder: Option<&Path>, now: Moment) -> Result<BackupsView> {
        self.needs(Act::Settings)?;
        let folder = folder.map(Path::to_owned);
        self.vault
            .transact(Operation::ChangeSettings, now.at, |tx| {
                tx.set_setting(FOLDER, &folder)
            })?;
        self.backups(now)
    }

    /// Writes the backup of the day into the chosen folder, if one is due: once a day, and only if something was done since the last.
    /// Where it cannot be written, the reminder says so in the days after.
    ///
    /// # Errors
    /// As [`Desk::write_backup`].
    pub fn end_of_day(&mut self, now: Moment) -> Result<Option<BackupMade>> {
        let Some(folder) = self.backup_folder()? else {
            return Ok(None);
        };
        let today = match self.vault.last_backup()? {
            Some((at, steps)) => {
                steps <= IDLE_STEPS || (0..12).contains(&now.at.duration_since(at).as_hours())
            }
            None => self.vault.read().count()? == 0,
        };
        if today {
            return Ok(None);
        }
        self.write_backup(&folder, now).map(Some)
    }

    /// Rehearses a restore of a backup: everything is restored beside it, compared, and removed again.
    ///
    /// # Errors
    /// The role's; the file is no backup, or damaged; nothing opens it.
    pub fn rehearse(&self, file: &Path, secret: &str, now: Moment) -> Result<RehearsalView> {
        self.needs(Act::BackUp)?;
        let backup = Backup::open(file)?;
        let found = opened(&backup, secret, Some(&self.vault.me().id), |opener| {
            backup.rehearse(opener, now.at)
        })?;
        Ok(RehearsalView {
            made: found.made.to_string(),
            clients: found.clients,
            audit_rows: found.audit_rows,
            rows: found.rows,
            same: found.same,
            problems: found.problems,
            log_holds: self.vault.read().audit_holds(&backup.audit_head())?,
        })
    }

    /// Refuses whoever may not rehearse, before a dialog comes up.
    ///
    /// # Errors
    /// The role's.
    pub fn may_back_up(&self) -> Result<()> {
        self.needs(Act::BackUp)
    }

    /// Refuses whoever may not change settings, before a dialog comes up.
    ///
    /// # Errors
    /// The role's.
    pub fn may_set(&self) -> Result<()> {
        self.needs(Act::Settings)
    }

    fn backup_folder(&self) -> Result<Option<PathBuf>> {
        let folder: Option<Option<PathBuf>> = self.vault.read().setting(FOLDER)?;
        Ok(folder.flatten())
    }
}

/// Opens a backup with a recovery code or a passphrase: of the person named first, or else of anybody it knows.
pub(crate) fn opened<T>(
    backup: &Backup,
    secret: &str,
    first: Option<&PersonId>,
    mut with: impl FnMut(Opener<'_>) -> vault::Result<T>,
) -> Result<T> {
    if let Ok(code) = secret.parse::<RecoveryCode>() {
        return Ok(with(Opener::Code(&code))?);
    }
    let passphrase = Passphrase::new(secret)?;
    let mut people: Vec<PersonId> = backup.people().into_iter().map(|p| p.id).collect();
    people.sort_by_key(|id| Some(id) != first);
    for id in people {
        match with(Opener::Passphrase(&id, &passphrase)) {
            Err(vault::Error::WrongPassphrase) => {}
            done => return Ok(done?),
        }
    }
    Err(vault::Error::WrongPassphrase.into())
}

/// A name in a folder that nothing has yet.
pub(crate) fn free(folder: &Path, name: &str, ending: &str) -> Result<PathBuf> {
    for number in 1.. {
        let path = match number {
            1 => folder.join(format!("{name}.{ending}")),
            _ => folder.join(format!("{name}-{number}.{ending}")),
        };
        match path.try_exists() {
            Ok(false) => return Ok(path),
            Ok(true) => {}
            Err(error) => return Err(Error::Folder(error.kind())),
        }
    }
    unreachable!("some number is free")
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
