//! The pieces that a backup's file is read and written with.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use hmac::Mac as _;

use crate::foreign::Foreign;
use crate::{Error, Result, hex};

pub(super) fn length(from: &mut impl Read) -> Result<u64> {
    let mut bytes = [0; 8];
    from.read_exact(&mut bytes)
        .map_err(|_| Error::BackupDamaged)?;
    Ok(u64::from_le_bytes(bytes))
}

/// One of the two small parts.
pub(super) fn small(from: &mut impl Read) -> Result<Vec<u8>> {
    let length = length(from)?;
    if length > Foreign::Keys.largest() {
        return Err(Error::BackupDamaged);
    }
    let mut bytes = vec![0; length as usize];
    from.read_exact(&mut bytes)
        .map_err(|_| Error::BackupDamaged)?;
    Ok(bytes)
}

/// A file of ours beside another, gone when this is dropped: encrypted all the same, but nobody's business.
pub(super) struct Beside(pub(super) PathBuf);

impl Beside {
    /// A name that nobody else has: what lies beside a backup is not ours to touch.
    pub(super) fn of(file: &Path, ending: &str) -> Result<Self> {
        let mut random = [0; 6];
        getrandom::fill(&mut random)?;
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.{ending}", hex::encode(&random)));
        Ok(Self(file.with_file_name(name)))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Writes on, and counts every byte into a MAC.
pub(super) struct Macced<W> {
    pub(super) inner: W,
    pub(super) mac: hmac::Hmac<sha2::Sha256>,
}

impl<W: Write> Write for Macced<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.mac.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
