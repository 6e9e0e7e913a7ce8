//! The vault's folder: the names in it, the lock that keeps a second program out, and writing so that a crash leaves old or new.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Unread;
use crate::foreign::{self, Foreign};
use crate::{Error, Result};

const KEYS: &str = "vault.keys";
const DATABASE: &str = "vault.db";
const LOCK: &str = "vault.lock";
const TRIES: &str = "vault.tries";

/// Everything that is opened in the folder by its name, by us or by SQLite.
const NAMES: [&str; 11] = [
    KEYS,
    "vault.keys.new",
    DATABASE,
    "vault.db-journal",
    "vault.db-wal",
    "vault.db.new",
    "vault.db.new-journal",
    "vault.db.new-wal",
    LOCK,
    TRIES,
    "vault.tries.new",
];

/// The folder of one vault.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

/// The files that an open vault was found in. A file that was moved, replaced, or went away with its disk can be written to as long as it
/// is open, and what is written is in no folder any more: so a save counts only while these are still the files of these names.
#[derive(Debug)]
pub(crate) struct Place(Vec<(PathBuf, Identity)>);

#[cfg(unix)]
type Identity = (u64, u64);
// Elsewhere the system moves and replaces no file that is open: that there is one is enough.
#[cfg(not(unix))]
type Identity = ();

fn identity(path: &Path) -> io::Result<Identity> {
    let found = fs::metadata(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Ok((found.dev(), found.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = found;
        Ok(())
    }
}

impl Place {
    /// Looks at the files of a vault that was just opened.
    pub(crate) fn of(folder: &Folder) -> Result<Self> {
        let found = [folder.database(), folder.0.join(LOCK)].map(|path| {
            let identity = identity(&path).map_err(Error::io("looking at the vault's folder"))?;
            Ok((path, identity))
        });
        Ok(Self(found.into_iter().collect::<Result<_>>()?))
    }

    /// Whether they are still there.
    ///
    /// # Errors
    /// [`Error::FolderGone`].
    pub(crate) fn still_there(&self) -> Result<()> {
        let mut found = self.0.iter().map(|(path, was)| (identity(path), was));
        if found.all(|(is, was)| is.is_ok_and(|is| is == *was)) {
            Ok(())
        } else {
            Err(Error::FolderGone)
        }
    }
}

/// While it lives, no other program opens the vault. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Hold(File);

impl Drop for Hold {
    fn drop(&mut self) {
        // Closing is not enough: a program started at this moment holds a copy of the open file until it runs its own code.
        let _ = self.0.unlock();
    }
}

impl Folder {
    /// Names a folder; looks at nothing.
    pub(crate) fn at(dir: &Path) -> Self {
        Self(dir.to_owned())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    /// The database under its next key, before it takes the place of the old one.
    pub(crate) fn new_database(&self) -> PathBuf {
        self.0.join("vault.db.new")
    }

    /// Where wrong passphrases are counted.
    pub(crate) fn tries(&self) -> PathBuf {
        self.0.join(TRIES)
    }

    /// Whether the last owner of the database was killed: its last saves wait in the WAL.
    pub(crate) fn has_wal(&self) -> bool {
        fs::metadata(self.0.join("vault.db-wal")).is_ok_and(|found| found.len() > 0)
    }

    /// Puts the database under its new key in the place of the old one, whose journal belongs to the old key and goes with it.
    pub(crate) fn take_new_database(&self) -> Result<()> {
        remove(&self.0.join("vault.db-wal"))?;
        rename(&self.new_database(), &self.database())
    }

    /// Removes keys that were written beside `vault.keys` and never took its place: the program was killed in between.
    pub(crate) fn drop_unfinished_keys(&self) -> Result<()> {
        remove(&self.0.join(format!("{KEYS}.new")))
    }

    /// Copies that upgrades put aside. They hold what was deleted since.
    pub(crate) fn copies_of_upgrades(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.path())
            .filter(|path| {
                path.file_name()
                    .and_then(|name| name.to_str())
                    .is_some_and(|name| name.starts_with("vault.db.schema-"))
            })
            .collect()
    }

    /// Makes the folder, or takes an empty one.
    ///
    /// # Errors
    /// [`Error::NotEmpty`], or the disk's.
    pub(crate) fn make(&self) -> Result<()> {
        let doing = "making the vault's folder";
        fs::create_dir_all(&self.0).map_err(Error::io(doing))?;
        if fs::read_dir(&self.0)
            .map_err(Error::io(doing))?
            .next()
            .is_some()
        {
            return Err(Error::NotEmpty);
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Ours alone where the file system knows owners; a USB stick does not, and that is no reason to refuse.
            let _ = fs::set_permissions(&self.0, fs::Permissions::from_mode(0o700));
        }
        Ok(())
    }

    /// Refuses a folder where something else lies under the name of one of our files: SQLite would wait for a pipe for ever.
    fn holds_only_files(&self) -> Result<()> {
        NAMES.into_iter().try_for_each(|what| {
            // What is not there, or cannot be looked at, is refused by whoever needs it.
            let Ok(found) = fs::metadata(self.0.join(what)) else {
                return Ok(());
            };
            foreign::is_file(&found).map_err(|why| Error::Unread { what, why })
        })
    }

    /// Keeps every other program out of the vault.
    ///
    /// # Errors
    /// [`Error::InUse`], [`Error::Unread`], or the disk's.
    pub(crate) fn hold(&self) -> Result<Hold> {
        let doing = "locking the vault's folder";
        self.holds_only_files()?;
        let file = private()
            .read(true)
            .create(true)
            .truncate(false)
            .open(self.0.join(LOCK))
            .map_err(Error::io(doing))?;
        match file.try_lock() {
            Ok(()) => Ok(Hold(file)),
            Err(TryLockError::WouldBlock) => Err(Error::InUse),
            Err(TryLockError::Error(error)) => Err(Error::io(doing)(error)),
        }
    }

    /// The bytes of `vault.keys`.
    ///
    /// # Errors
    /// [`Error::NoVault`], [`Error::KeysDamaged`] for a file too large to be ours, [`Error::Unread`].
    pub(crate) fn read_keys(&self) -> Result<Vec<u8>> {
        match Foreign::Keys.bytes(&self.0.join(KEYS)) {
            Ok(mut bytes) => Ok(std::mem::take(&mut *bytes)),
            Err(Error::Unread {
                why: Unread::Missing,
                ..
            }) => Err(Error::NoVault),
            Err(Error::Unread {
                why: Unread::TooLarge(_),
                ..
            }) => Err(Error::KeysDamaged),
            Err(other) => Err(other),
        }
    }

    /// Puts new bytes in the place of `vault.keys`: a crash leaves the old file or the new one.
    pub(crate) fn write_keys(&self, bytes: &[u8]) -> Result<()> {
        replace(&self.0.join(KEYS), bytes, "writing vault.keys")
    }

    /// Refuses a database that is not there, before SQLite would make one.
    pub(crate) fn has_database(&self) -> Result<()> {
        match fs::metadata(self.database()) {
            Ok(found) if found.is_file() && found.len() > 0 => Ok(()),
            Ok(_) => Err(Error::DatabaseMissing),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Err(Error::DatabaseMissing),
            Err(e) => Err(Error::io("looking at vault.db")(e)),
        }
    }
}

/// A file to write that only its owner may read, where the system knows owners.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Puts new bytes in the place of a file: a crash leaves the old file or the new one.
pub(crate) fn replace(path: &Path, bytes: &[u8], doing: &'static str) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    // What a crash left there, or somebody else put there, is not written through.
    remove(&new)?;
    let mut file = private()
        .create_new(true)
        .open(&new)
        .map_err(Error::io(doing))?;
    file.write_all(bytes).map_err(Error::io(doing))?;
    file.sync_all().map_err(Error::io(doing))?;
    drop(file);
    rename(&new, path)
}

/// Whether a new file can have this name: nothing has it yet, and there is a folder for it. Asked before anything is begun for it.
///
/// # Errors
/// [`Error::Exists`], or the disk's.
pub(crate) fn is_free(path: &Path, doing: &'static str) -> Result<()> {
    if fs::exists(path).map_err(Error::io(doing))? {
        return Err(Error::Exists);
    }
    let kind = match fs::metadata(parent(path)).map_err(Error::io(doing))? {
        found if !found.is_dir() => io::ErrorKind::NotADirectory,
        _ if path.file_name().is_none() => io::ErrorKind::InvalidFilename,
        _ => return Ok(()),
    };
    Err(Error::Io { doing, kind })
}

fn parent(of: &Path) -> &Path {
    of.parent()
        .filter(|parent| *parent != Path::new(""))
        .unwrap_or(Path::new("."))
}

/// Writes a new file under another name and gives it its own when it is complete and on the disk.
///
/// # Errors
/// [`Error::Exists`], or the disk's. After an error the file is not there.
pub(crate) fn write_new(
    path: &Path,
    doing: &'static str,
    write: impl FnOnce(&mut io::BufWriter<File>) -> io::Result<()>,
) -> Result<()> {
    is_free(path, doing)?;
    let mut random = [0; 6];
    getrandom::fill(&mut random)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", crate::hex::encode(&random)));
    let part = path.with_file_name(name);
    let file = private()
        .create_new(true)
        .open(&part)
        .map_err(Error::io(doing))?;
    let mut out = io::BufWriter::new(file);
    let written = write(&mut out)
        .and_then(|()| out.flush())
        .and_then(|()| out.get_ref().sync_all());
    drop(out);
    if let Err(error) = written {
        let _ = fs::remove_file(&part);
        return Err(Error::io(doing)(error));
    }
    rename(&part, path)
}

/// Removes a file that may not be there.
pub(crate) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            Err(Error::io("removing a file of the vault")(e))
        }
        _ => Ok(()),
    }
}

/// Renames and makes the renaming last: the folder itself is written to the disk too.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(Error::io("putting a new file in its place"))?;
    sync_parent(to);
    Ok(())
}

/// Writes a file's folder entry to the disk. Windows has no such call and does it by itself; some network disks refuse, and
/// then nothing can be done.
pub(crate) fn sync_parent(of: &Path) {
    if !cfg!(unix) {
        return;
    }
    if let Ok(dir) = File::open(parent(of)) {
        let _ = dir.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A process being started has every open file twice for a moment. It must not keep the vault locked.
    #[test]
    fn letting_go_does_not_wait_for_a_copy_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let held = folder.hold().unwrap();
        let copy = held.0.try_clone().unwrap();
        assert!(matches!(folder.hold(), Err(Error::InUse)));
        drop(held);
        assert!(folder.hold().is_ok());
        drop(copy);
    }
}
