//! Two hundred names and numbers that mean nothing, and the search for them in files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// So many letters or digits has each.
const LENGTH: usize = 10;

/// Made-up family names: ten letters that no file has by chance.
pub(crate) fn names() -> Vec<String> {
    let letters = |n: u64| -> String {
        (0..LENGTH as u32 / 2)
            .flat_map(|place| {
                let two = mixed(n) >> (8 * place);
                [
                    b"bdfgklmnprstvz"[two as usize % 14],
                    b"aeiou"[(two >> 4) as usize % 5],
                ]
            })
            .map(char::from)
            .collect()
    };
    (0..100)
        .map(|n| {
            let word = letters(n);
            let (first, rest) = word.split_at(1);
            format!("{}{rest}", first.to_uppercase())
        })
        .collect()
}

/// Made-up numbers of cases and of people in the state's files: ten digits.
pub(crate) fn numbers() -> Vec<String> {
    (100..200)
        .map(|n| format!("{:010}", mixed(n) % 10_000_000_000))
        .collect()
}

/// Numbers that look random and are the same in every run (splitmix64).
fn mixed(n: u64) -> u64 {
    let mixed = (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// What is looked for.
pub(crate) struct Plants(BTreeMap<Vec<u8>, String>);

impl Plants {
    /// All two hundred.
    pub(crate) fn new() -> Self {
        let all = names().into_iter().chain(numbers());
        Self(
            all.map(|plant| (plant.to_lowercase().into_bytes(), plant))
                .collect(),
        )
    }

    /// The plants that stand in some bytes, in capitals or not, as UTF-8 or as UTF-16 of either order.
    pub(crate) fn within(&self, bytes: &[u8]) -> Vec<&str> {
        // Every second byte of UTF-16 is the letter, and the other is zero.
        let half =
            |from: usize| -> Vec<u8> { bytes.iter().skip(from).step_by(2).copied().collect() };
        let mut found = Vec::new();
        for mut text in [bytes.to_vec(), half(0), half(1)] {
            text.make_ascii_lowercase();
            let hits = text
                .windows(LENGTH)
                .filter(|part| part[0].is_ascii_alphanumeric())
                .filter_map(|part| self.0.get(part));
            found.extend(hits.map(String::as_str));
        }
        found
    }

    /// The files below a folder in whose names or bytes a plant stands.
    pub(crate) fn found_below(&self, folder: &Path) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        for path in files(folder) {
            let name = path.to_string_lossy().into_owned();
            let bytes = fs::read(&path).unwrap_or_default();
            let hit = self.within(&bytes).first().map(|plant| (*plant).to_owned());
            if let Some(plant) =
                hit.or_else(|| Some(self.within(name.as_bytes()).first()?.to_string()))
            {
                found.push((path, plant));
            }
        }
        found
    }
}

/// Every file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&entry.path())),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found
}

/// A search that finds nothing anywhere would prove nothing.
pub(crate) fn the_search_finds(plants: &Plants) {
    let name = &names()[7];
    let number = &numbers()[42];
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    };
    for bytes in [
        format!("x{name}y").into_bytes(),
        name.to_uppercase().into_bytes(),
        [b"abc".as_slice(), &utf16(name, false)].concat(),
        utf16(number, true),
        [b"a".as_slice(), &utf16(number, false), b"z"].concat(),
    ] {
        assert_eq!(plants.within(&bytes).len(), 1, "{bytes:?}");
    }
    assert!(plants.within(&[0x41; 4096]).is_empty());
    assert_eq!(plants.0.len(), 200);
}
