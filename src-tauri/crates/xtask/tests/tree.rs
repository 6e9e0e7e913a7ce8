//! The house keeps its own rules: who may know whom, and that no Rust file names a state, a county or a statute.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../..")
        .canonicalize()
        .unwrap()
}

/// Every file below a folder that ends so, in a steady order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// The names under `[dependencies]` of a crate.
fn dependencies(manifest: &Path) -> Vec<String> {
    let text = fs::read_to_string(manifest).unwrap();
    text.lines()
        .skip_while(|line| line.trim() != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['=', '.']).next())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .collect()
}

#[test]
fn rooms_know_only_whom_they_may() {
    let rooms = [
        "record", "packs", "law", "reading", "forms", "papers", "vault", "desk", "review",
    ];
    let outside = ["rusqlite", "tauri", "typst", "lopdf", "tokio"];
    for (room, knows, uses) in [
        ("record", &[][..], &[][..]),
        ("packs", &["record"], &[]),
        ("law", &["record", "packs"], &[]),
        ("reading", &["record", "packs"], &["lopdf"]),
        ("forms", &["packs"], &["lopdf"]),
        ("papers", &["record", "packs", "forms"], &["typst"]),
        ("vault", &["record"], &["rusqlite"]),
        (
            "desk",
            &[
                "record", "packs", "law", "reading", "forms", "papers", "review", "vault",
            ],
            &[],
        ),
        (
            "review",
            &["record", "packs", "law", "reading", "papers"],
            &[],
        ),
        (
            "relief",
            &[
                "record", "packs", "law", "reading", "forms", "papers", "review",
            ],
            &[],
        ),
        ("xtask", &[], &[]),
    ] {
        for name in dependencies(
            &root()
                .join("src-tauri/crates")
                .join(room)
                .join("Cargo.toml"),
        ) {
            let name = name.as_str();
            assert!(
                !rooms.contains(&name) || knows.contains(&name),
                "`{room}` must not know `{name}`"
            );
            assert!(
                !outside.contains(&name) || uses.contains(&name),
                "`{room}` must not use `{name}`"
            );
        }
    }
    let shell = dependencies(&root().join("Cargo.toml"));
    let known: Vec<_> = rooms
        .iter()
        .filter(|room| shell.iter().any(|name| name == *room))
        .collect();
    assert_eq!(
        known,
        [&"desk"],
        "the shell makes its calls into `desk` alone"
    );
}

/// What is left of a Rust file without comments and without its tests, which stand at the end.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code
        .lines()
        .map(|line| line.split_once("//").map_or(line, |(before, _)| before));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether `word` stands in `text` as a word of its own.
fn names(text: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (
            text.get(..at).unwrap(),
            text.get(at + word.len()..).unwrap(),
        );
        !part(before.chars().next_back()) && !part(after.chars().next())
    })
}

#[test]
fn no_rust_file_names_a_state_a_county_or_a_statute() {
    let root = root();
    let pack = root.join("src-tauri/crates/packs/us-ca");
    let courts = fs::read_to_string(pack.join("courts.toml")).unwrap();
    let mut words: Vec<String> = courts
        .lines()
        .filter_map(|line| {
            Some(
                line.strip_prefix("name = \"")?
                    .strip_suffix('"')?
                    .to_owned(),
            )
        })
        // Also an English word.
        .filter(|county| !["Lake", "Orange", "Kings"].contains(&county.as_str()))
        .collect();
    assert!(
        words.len() >= 55,
        "the counties are read from the pack: {}",
        words.len()
    );
    words.extend(
        [
            "California",
            "us-ca",
            "11357",
            "11358",
            "11359",
            "11360",
            "11361",
            "1203",
        ]
        .map(String::from),
    );

    let mut offenders = Vec::new();
    for crates in [root.join("src-tauri/src"), root.join("src-tauri/crates")] {
        for path in files(&crates, ".rs") {
            let place = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            // Format modules know the format they read; tests and benchmarks may name anything; packs are named where they are embedded.
            let free = [
                "/tests/",
                "/tests.rs",
                "/benches/",
                "reading/src/sheet",
                "reading/src/export",
                "reading/src/fbi",
                "reading/src/docket",
                "xtask/",
            ]
            .iter()
            .any(|free| place.contains(free));
            if free || place.ends_with("packs/src/lib.rs") {
                continue;
            }
            let code = code(&fs::read_to_string(&path).unwrap());
            for word in &words {
                if names(&code, word) {
                    offenders.push(format!("{place}: {word}"));
                }
            }
        }
    }
    assert!(
        offenders.is_empty(),
        "law, courts and places live in packs:\n{}",
        offenders.join("\n")
    );
}
