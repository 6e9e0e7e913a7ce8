//! Whose code is in the program: from where, under which licence, and how often the same crate. Read off the lock files and the notices,
//! without a network. What is known to be vulnerable cannot be asked offline: `SECURITY.md` says so.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Crates of which more than one version is in the program: others still ask for an older one. None is added unseen.
const MORE_THAN_ONE: usize = 64;

fn read(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    fs::read_to_string(root.join(name)).unwrap()
}

/// The locked crates: name, version, source, whether there is a checksum.
fn locked() -> Vec<(String, String, Option<String>, bool)> {
    let lock = read("Cargo.lock");
    let field = |part: &str, name: &str| {
        let start = format!("{name} = \"");
        let line = part.lines().find_map(|line| line.strip_prefix(&start));
        line.map(|value| value.trim_end_matches('"').to_owned())
    };
    lock.split("[[package]]")
        .skip(1)
        .map(|part| {
            (
                field(part, "name").unwrap(),
                field(part, "version").unwrap(),
                field(part, "source"),
                field(part, "checksum").is_some(),
            )
        })
        .collect()
}

/// The licences that `deny.toml` allows.
fn may_be_shipped() -> Vec<String> {
    let rules = read("deny.toml");
    let list = rules.split("\nallow = [").nth(1).unwrap();
    let list = list.split("\n]").next().unwrap();
    list.lines()
        .filter_map(|line| Some(line.trim().strip_prefix('"')?.split_once('"')?.0.to_owned()))
        .collect()
}

/// Whether some way to take a licence is allowed: one side of an OR, both sides of an AND.
fn allowed(licence: &str, list: &[String]) -> bool {
    let licence = licence.trim();
    let all = |parts: Vec<&str>| parts.into_iter().all(|part| allowed(part, list));
    // Parentheses stand only around one side of an AND.
    if let Some((left, right)) = licence
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
    {
        return allowed(left, list)
            && all(right
                .split(" AND ")
                .filter(|p| !p.trim().is_empty())
                .collect());
    }
    if licence.contains(" AND ") {
        return all(licence.split(" AND ").collect());
    }
    licence
        .split(" OR ")
        .any(|one| list.iter().any(|known| known == one.trim()))
}

#[test]
fn every_crate_comes_from_one_registry_with_its_checksum() {
    let all = locked();
    assert!(all.len() > 300, "the lock file was not read");
    let foreign: Vec<_> = all
        .iter()
        .filter(|(_, _, source, _)| source.is_some())
        .collect();
    let sources: BTreeSet<_> = foreign.iter().filter_map(|one| one.2.as_ref()).collect();
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources.iter().all(|source| source.starts_with("registry+")));
    let unchecked: Vec<_> = foreign.iter().filter(|one| !one.3).collect();
    assert!(unchecked.is_empty(), "without a checksum: {unchecked:?}");
    // What has no source is ours.
    let manifests = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (name, ..) in all.iter().filter(|one| one.2.is_none()) {
        let ours = name == "relief-desk" || manifests.join(name).join("Cargo.toml").is_file();
        assert!(ours, "{name} comes from a path");
    }
}

#[test]
fn every_page_package_has_its_checksum() {
    let lock = read("ui/package-lock.json");
    let packages = lock.matches("\"node_modules/").count();
    let sums = lock.matches("\"integrity\": \"sha512-").count();
    assert!(packages > 50, "the lock file was not read");
    assert!(
        lock.matches("\"link\": true").count() + sums + 2 >= packages,
        "{packages} packages, {sums} checksums"
    );
    assert!(!lock.contains("git+") && !lock.contains("\"resolved\": \"file:"));
}

#[test]
fn every_licence_is_one_that_may_be_shipped() {
    let notices = read("THIRD-PARTY-NOTICES.txt");
    let rule = "-".repeat(100);
    let list = notices.split(&rule).nth(1).unwrap();
    let may = may_be_shipped();
    assert!(may.len() > 10 && !may.iter().any(|one| one.contains("GPL")));
    let mut refused = Vec::new();
    let mut read = 0;
    for line in list.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap();
        // A font has no version, and its text is read by people.
        if line.ends_with("see its text") {
            continue;
        }
        let licence = words.skip(1).collect::<Vec<_>>().join(" ");
        read += 1;
        if !allowed(&licence, &may) {
            refused.push(format!("{name}: {licence}"));
        }
    }
    assert!(read > 300, "the list was not read");
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn a_licence_is_judged_by_its_words() {
    let may = may_be_shipped();
    for good in [
        "MIT",
        "MIT OR GPL-3.0",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "BSD-3-Clause AND MIT",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
    ] {
        assert!(allowed(good, &may), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "AGPL-3.0 OR GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR Apache-2.0) AND GPL-3.0",
        "(GPL-2.0 OR GPL-3.0) AND MIT",
        "UNKNOWN",
    ] {
        assert!(!allowed(bad, &may), "{bad}");
    }
}

#[test]
fn no_crate_is_there_twice_unseen() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, version, ..) in locked() {
        versions.entry(name).or_default().push(version);
    }
    versions.retain(|_, all| all.len() > 1);
    assert!(
        versions.len() <= MORE_THAN_ONE,
        "{} crates in more than one version: {versions:#?}",
        versions.len()
    );
}
