//! Looks for words that must not stand anywhere in clear: a test plants made-up names, then searches what was left behind.

use std::fs;
use std::path::{Path, PathBuf};

/// The files under `dir` whose name or bytes hold one of `words`, as UTF-8 or UTF-16, in any mixture of cases.
pub(crate) fn holding(dir: &Path, words: &[&str]) -> std::io::Result<Vec<PathBuf>> {
    let needles: Vec<Vec<u8>> = words
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .flat_map(|word| {
            [
                word.clone().into_bytes(),
                word.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            ]
        })
        .collect();
    let mut found = Vec::new();
    search(dir, &needles, &mut found)?;
    Ok(found)
}

fn search(dir: &Path, needles: &[Vec<u8>], found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry
            .file_name()
            .to_string_lossy()
            .to_ascii_lowercase()
            .into_bytes();
        let kind = entry.file_type()?;
        let bytes = if kind.is_file() {
            fs::read(&path)?.to_ascii_lowercase()
        } else {
            Vec::new()
        };
        if needles
            .iter()
            .any(|needle| contains(&name, needle) || contains(&bytes, needle))
        {
            found.push(path.clone());
        }
        if kind.is_dir() {
            search(&path, needles, found)?;
        }
    }
    Ok(())
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn finds_a_name_in_any_case_and_encoding_and_nothing_else() {
        let dir = std::env::temp_dir().join(format!("xtask-scan-{}", std::process::id()));
        fs::create_dir_all(dir.join("deep")).unwrap();
        fs::write(dir.join("clean"), "nothing of note").unwrap();
        fs::write(dir.join("deep/upper"), "x QUIMBY, T").unwrap();
        fs::write(
            dir.join("wide"),
            "Quimby"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>(),
        )
        .unwrap();
        let mut found = super::holding(&dir, &["Quimby"]).unwrap();
        found.sort();
        assert_eq!(found, [dir.join("deep/upper"), dir.join("wide")]);
        fs::remove_dir_all(&dir).unwrap();
    }
}
