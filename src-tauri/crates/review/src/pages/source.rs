//! Where the table of decisions stands, and reading it from place to place.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::ReviewError;
use crate::job::TABLES;
use crate::stage::Stage;

/// Where the table stands.
#[derive(Clone)]
pub(crate) enum Source {
    /// Among the results, for everybody to read.
    Open(PathBuf),
    /// In the folder that only this process can read.
    Stage(Arc<Stage>),
}

impl Source {
    fn path(&self) -> &Path {
        match self {
            Self::Open(path) => path,
            Self::Stage(_) => Path::new(TABLES[2]),
        }
    }

    // Length and time of change: a table that somebody changed is not read by places in the old one.
    pub(super) fn stamp(&self) -> Result<Option<(u64, Option<SystemTime>)>, ReviewError> {
        match self {
            Self::Open(path) => {
                let about = std::fs::metadata(path).map_err(ReviewError::io(path))?;
                Ok(Some((about.len(), about.modified().ok())))
            }
            Self::Stage(_) => Ok(None),
        }
    }

    pub(super) fn changed(&self, line: u64) -> ReviewError {
        ReviewError::Table {
            path: self.path().to_owned(),
            line,
        }
    }

    pub(super) fn read(&self) -> Result<Box<dyn Read + '_>, ReviewError> {
        match self {
            Self::Open(path) => {
                let file = File::open(path).map_err(ReviewError::io(path))?;
                Ok(Box::new(BufReader::with_capacity(1 << 18, file)))
            }
            Self::Stage(stage) => stage.read(TABLES[2]),
        }
    }

    pub(super) fn reader(&self) -> Result<Reader<'_>, ReviewError> {
        let from = match self {
            Self::Open(path) => {
                let file = File::open(path).map_err(ReviewError::io(path))?;
                From::Open(BufReader::with_capacity(1 << 16, file))
            }
            Self::Stage(stage) => From::Stage(stage.read(TABLES[2])?),
        };
        Ok(Reader { from, at: 0 })
    }
}

// Reads forward; what lies between is passed over.
pub(super) struct Reader<'s> {
    from: From<'s>,
    at: u64,
}

enum From<'s> {
    Open(BufReader<File>),
    // A sealed file is opened from its beginning.
    Stage(Box<dyn Read + 's>),
}

impl Reader<'_> {
    pub(super) fn take(&mut self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let gap = at.checked_sub(self.at).ok_or(io::ErrorKind::InvalidInput)?;
        match &mut self.from {
            From::Open(file) => {
                file.seek_relative(i64::try_from(gap).map_err(io::Error::other)?)?;
                file.read_exact(into)?;
            }
            From::Stage(file) => {
                io::copy(&mut file.by_ref().take(gap), &mut io::sink())?;
                file.read_exact(into)?;
            }
        }
        self.at = at + into.len() as u64;
        Ok(())
    }
}
