//! Files that others made or can reach: opened to be read only where each is a file, and no larger than its kind ever is.
//!
//! A pipe or a device under a file's name would keep the program waiting for ever, with the vault held; an endless file would fill the
//! memory. So nothing of that sort is opened, and no more is read than a real file of its kind could hold.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::Unread;
use crate::{Error, Result};

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// What a file from outside is chosen as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// A client's record, as JSON.
    Record,
    /// The public card of another vault.
    Card,
    /// Clients of another vault.
    HandOver,
    /// The receipt for a hand-over.
    Receipt,
    /// A backup of a vault.
    Backup,
    /// Which columns a table has.
    Layout,
    /// Who can open a vault.
    Keys,
    /// Wrong passphrases, counted.
    Tries,
}

impl Foreign {
    /// More than any real file of its kind: what is larger is something else.
    #[must_use]
    pub const fn largest(self) -> u64 {
        match self {
            Self::Record | Self::Receipt => 16 * MIB,
            Self::Card => 64 * KIB,
            // More than any clinic carries on a stick; all of it is held in memory.
            Self::HandOver => GIB,
            // Never held in memory: it says itself how long it is, and is looked at only if it is that long.
            Self::Backup => 4096 * GIB,
            Self::Layout | Self::Keys | Self::Tries => MIB,
        }
    }

    const fn what(self) -> &'static str {
        match self {
            Self::Record => "the record",
            Self::Card => "the card",
            Self::HandOver => "the hand-over",
            Self::Receipt => "the receipt",
            Self::Backup => "the backup",
            Self::Layout => "the layout",
            Self::Keys => "vault.keys",
            Self::Tries => "vault.tries",
        }
    }

    /// Opens the file to read; says how long it is.
    ///
    /// # Errors
    /// [`Error::Unread`].
    pub(crate) fn open(self, path: &Path) -> Result<(File, u64)> {
        self.opened(path).map_err(|why| self.refused(why))
    }

    /// Everything in the file.
    ///
    /// # Errors
    /// [`Error::Unread`].
    pub(crate) fn bytes(self, path: &Path) -> Result<Zeroizing<Vec<u8>>> {
        let (file, length) = self.open(path)?;
        // Room for all of it at once leaves no stale copy behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(length as usize + 1));
        file.take(self.largest() + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| self.refused(error.into()))?;
        // It may have grown meanwhile.
        if bytes.len() as u64 > self.largest() {
            return Err(self.refused(Unread::TooLarge(self.largest())));
        }
        Ok(bytes)
    }

    /// The file's text.
    ///
    /// # Errors
    /// [`Error::Unread`].
    pub fn text(self, path: &Path) -> Result<Zeroizing<String>> {
        let mut bytes = self.bytes(path)?;
        String::from_utf8(std::mem::take(&mut *bytes))
            .map(Zeroizing::new)
            .map_err(|error| {
                drop(Zeroizing::new(error.into_bytes()));
                self.refused(Unread::NotText)
            })
    }

    /// The same; what is no text is `other`, for nobody writes files of this kind by hand.
    pub(crate) fn text_or(self, path: &Path, other: Error) -> Result<Zeroizing<String>> {
        self.text(path).map_err(|error| match error {
            Error::Unread {
                why: Unread::NotText,
                ..
            } => other,
            error => error,
        })
    }

    fn opened(self, path: &Path) -> std::result::Result<(File, u64), Unread> {
        // Before opening: a pipe would not come back from that.
        is_file(&fs::metadata(path)?)?;
        let file = File::open(path)?;
        let found = file.metadata()?;
        is_file(&found)?;
        if found.len() > self.largest() {
            return Err(Unread::TooLarge(self.largest()));
        }
        Ok((file, found.len()))
    }

    fn refused(self, why: Unread) -> Error {
        let what = self.what();
        Error::Unread { what, why }
    }
}

/// Refuses what is no file.
pub(crate) fn is_file(found: &Metadata) -> std::result::Result<(), Unread> {
    if found.is_dir() {
        Err(Unread::Folder)
    } else if found.is_file() {
        Ok(())
    } else {
        Err(Unread::NoFile)
    }
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Folder,
            kind => Self::Failed(kind),
        }
    }
}
