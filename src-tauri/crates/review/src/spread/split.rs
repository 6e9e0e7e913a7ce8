//! The export listed, and its rows as lines.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use super::line::{Lines, escaped, fields, number, place, unescaped};
use crate::ReviewError;
use crate::batch::{Batch, Key};
use crate::files::Files;
use crate::held::problem_code;
use crate::input::Rows;

/// Writes the files of an export, one a line: its number, its path. Gives back those left out, and the others with the same bytes.
///
/// # Errors
/// A file is not there, or `out` cannot be written to.
pub fn files(
    paths: &[PathBuf],
    out: &mut (impl Write + ?Sized),
) -> Result<Vec<(PathBuf, PathBuf)>, ReviewError> {
    let files = Files::new(paths)?;
    let mut line = Vec::new();
    for (n, path) in files.paths.iter().enumerate() {
        line.clear();
        line.extend_from_slice(format!("{n}\t").as_bytes());
        escaped(&mut line, path.as_os_str().as_encoded_bytes());
        line.push(b'\n');
        out.write_all(&line).map_err(ReviewError::io(OUT))?;
    }
    Ok(files.twice)
}

pub(super) const OUT: &str = "<standard output>";

/// Reads the files that the lines of `list` name and writes their rows, one a line: the person's key, the file's number, the line, why
/// the row cannot be used, the file's path, the row.
///
/// Quotes, line ends and headers are understood as in a review of one machine, so a file is split in one piece.
///
/// # Errors
/// A line of the list is none of ours, a file cannot be read, or `out` cannot be written to.
pub fn split(list: impl BufRead, out: &mut (impl Write + ?Sized)) -> Result<(), ReviewError> {
    let mut list = Lines::new(list, "<standard input>".to_owned());
    while list.next()? {
        let named = fields::<2>(list.line()).and_then(|[n, path]| {
            let path = String::from_utf8(unescaped(path)?).ok()?;
            Some((number::<u16>(n)?, path))
        });
        let (n, path) = named.ok_or_else(|| {
            list.refuse("not a file's number and path, as `spread files` says them")
        })?;
        rows(n, &path, out)?;
    }
    Ok(())
}

fn rows(file: u16, path: &str, out: &mut (impl Write + ?Sized)) -> Result<(), ReviewError> {
    let paths = [Path::new(path).to_owned()];
    let mut rows = Rows::new(&paths);
    let (mut batch, mut line) = (Batch::default(), Vec::new());
    while rows.next(&mut batch)? {
        let at = batch.places()[0];
        line.clear();
        key(&mut line, batch.key(0));
        line.push(b'\t');
        place(&mut line, file, at.line);
        line.extend_from_slice(format!("\t{}\t", problem_code(at)).as_bytes());
        escaped(&mut line, path.as_bytes());
        line.push(b'\t');
        escaped(&mut line, batch.raw(0));
        line.push(b'\n');
        out.write_all(&line).map_err(ReviewError::io(OUT))?;
        batch.clear();
    }
    Ok(())
}

/// Whose row it is, as a field: rows are one person's when these bytes are the same.
fn key(out: &mut Vec<u8>, key: Key<'_>) {
    let (kind, key) = match key {
        Key::Subject(key) => (b's', key),
        Key::Number(key) => (b'n', key),
        Key::Nobody => (b'-', &b""[..]),
    };
    out.push(kind);
    escaped(out, key);
}
