//! A first look at a file, before anybody waits for a review of it.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::batch::{Batch, Problem};
use crate::input::Rows;

/// Rows that are looked at.
const ROWS: usize = 200;

/// What a file looks like from its first rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// Rows of the export.
    Rows {
        /// Rows looked at; there are most often more.
        looked: usize,
        /// Those of them that cannot be used.
        broken: usize,
    },
    /// Something else: hardly a row has the columns of the export.
    Other {
        /// Columns of the first row.
        columns: usize,
    },
    /// There is no row in it.
    Empty,
    /// It cannot be read.
    Unread(io::ErrorKind),
}

/// Looks at a file's first rows, and tells its length in bytes.
#[must_use]
pub fn look(path: &Path) -> (Look, u64) {
    let length = match std::fs::metadata(path) {
        Ok(about) if about.is_file() => about.len(),
        Ok(_) => return (Look::Unread(io::ErrorKind::IsADirectory), 0),
        Err(error) => return (Look::Unread(error.kind()), 0),
    };
    let paths = [path.to_owned()];
    let (mut rows, mut batch) = (Rows::new(&paths), Batch::default());
    while batch.len() < ROWS {
        match rows.next(&mut batch) {
            Ok(true) => {}
            Ok(false) => break,
            Err(crate::ReviewError::Io { source, .. }) => {
                return (Look::Unread(source.kind()), length);
            }
            Err(_) => return (Look::Unread(io::ErrorKind::Other), length),
        }
    }
    let looked = batch.len();
    let problems = || batch.places().iter().filter_map(|place| place.problem);
    let other = |problem: &Problem| {
        matches!(
            problem,
            Problem::Columns(_) | Problem::OpenQuote | Problem::Long
        )
    };
    let columns = batch.places().first().map(|place| match place.problem {
        Some(Problem::Columns(n)) => n,
        _ => batch.row(0).ends.len(),
    });
    let found = match columns {
        None => Look::Empty,
        // A broken row spoils no other, but a file of them is no export.
        Some(columns) if 2 * problems().filter(other).count() > looked => Look::Other { columns },
        Some(_) => Look::Rows {
            looked,
            broken: problems().count(),
        },
    };
    (found, length)
}

/// The one of these files that has the same bytes as another, if any.
///
/// # Errors
/// One of them cannot be read.
pub fn twin<'p>(path: &Path, others: &'p [PathBuf]) -> io::Result<Option<&'p Path>> {
    for other in others {
        if path == other || same(path, other)? {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

// Ends at the first byte that differs.
fn same(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (File::open(one)?, File::open(other)?);
    let length = a.metadata()?.len();
    if length != b.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; 1 << 18], vec![0; 1 << 18]);
    let mut rest = length;
    while rest > 0 {
        let n = usize::try_from(rest).map_or(left.len(), |rest| rest.min(left.len()));
        a.read_exact(&mut left[..n])?;
        b.read_exact(&mut right[..n])?;
        if left[..n] != right[..n] {
            return Ok(false);
        }
        rest -= n as u64;
    }
    Ok(true)
}
