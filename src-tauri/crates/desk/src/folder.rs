//! Files into a new folder that appears whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes files into a new folder, which appears by a rename when all of them are there. The name takes a number where it is
/// there already: nothing is overwritten.
pub(crate) fn write_folder(
    into: &Path,
    name: &str,
    files: &[(String, Vec<u8>)],
) -> io::Result<PathBuf> {
    fs::create_dir_all(into)?;
    let part = into.join(format!(".{name}.part"));
    if part.exists() {
        fs::remove_dir_all(&part)?;
    }
    let written = files.iter().try_for_each(|(file, bytes)| {
        let path = part.join(file);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = fs::File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written {
        let _ = fs::remove_dir_all(&part);
        return Err(error);
    }
    for number in 1.. {
        let folder = match number {
            1 => into.join(name),
            _ => into.join(format!("{name}-{number}")),
        };
        if !folder.exists() {
            fs::rename(&part, &folder)?;
            return Ok(folder);
        }
    }
    unreachable!("some number is free")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_appears_whole_and_nothing_is_overwritten() {
        let into = tempfile::tempdir().unwrap();
        let files = [
            ("a/one.pdf".to_owned(), b"1".to_vec()),
            ("two.pdf".to_owned(), b"2".to_vec()),
        ];
        let first = write_folder(into.path(), "packet", &files).unwrap();
        let second = write_folder(into.path(), "packet", &files).unwrap();
        assert_ne!(first, second);
        assert_eq!(fs::read(first.join("a/one.pdf")).unwrap(), b"1");
        assert_eq!(
            fs::read_dir(into.path()).unwrap().count(),
            2,
            "no part is left"
        );
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing() {
        let into = tempfile::tempdir().unwrap();
        let twice = [
            ("x".to_owned(), b"1".to_vec()),
            ("x".to_owned(), b"2".to_vec()),
        ];
        assert!(write_folder(into.path(), "packet", &twice).is_err());
        assert_eq!(fs::read_dir(into.path()).unwrap().count(), 0);
    }
}
