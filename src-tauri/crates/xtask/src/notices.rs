//! `cargo xtask notices`: whose work is in the program, and under which licence.
//!
//! The list comes from the locked dependencies, the texts from the packages themselves. Where a package leaves the choice
//! and Apache-2.0 is among it, that is the one taken: its text stands once, and what stays to be said is the package's own
//! NOTICE file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::Stop;
use crate::process::{ask, cargo, program, root};

const FILE: &str = "THIRD-PARTY-NOTICES.txt";

const HEAD: &str = "\
Relief Desk is licensed MIT OR Apache-2.0. It contains the work of others, listed here with their licences: first the
list, then each text once with the packages it came with. A package that may be used under Apache-2.0 or another licence
is used under Apache-2.0. The source of packages under MPL-2.0 is published, unchanged, in the package registry that they
come from, under the name and version given. This file is written by `cargo xtask notices`.
";

/// A package that goes into the program, or makes a part of it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    licence: String,
    dir: Option<PathBuf>,
}

/// Writes the file.
pub(crate) fn write() -> Result<(), Stop> {
    let mut packages = crates(true)?;
    packages.extend(npm()?);
    let mut list = String::new();
    // A text, with the packages it came with.
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in &packages {
        let Package {
            name,
            version,
            licence,
            dir,
        } = package;
        let title = format!("{name} {version}").trim().to_string();
        list.push_str(&format!("{title:<48} {licence}\n"));
        for file in dir.iter().flat_map(|dir| licence_files(dir)) {
            let named = file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_uppercase();
            let wanted = named.starts_with("NOTICE") || !apache_may_be_chosen(licence);
            if let (true, Ok(text)) = (wanted, fs::read(&file)) {
                let text = String::from_utf8_lossy(&text).replace("\r\n", "\n");
                texts
                    .entry(text.trim().to_string())
                    .or_default()
                    .insert(title.clone());
            }
        }
    }
    for (font, text) in fonts() {
        let title = format!("{font} (font)");
        list.push_str(&format!("{title:<48} see its text\n"));
        texts
            .entry(text.trim().to_string())
            .or_default()
            .insert(title);
    }
    let apache = fs::read_to_string(root().join("LICENSE-APACHE"))?;
    let rule = "-".repeat(100);
    let mut out = format!(
        "{HEAD}\n{rule}\n\n{list}\n{rule}\nApache-2.0, for every package above that names it\n\n{}\n",
        apache.trim()
    );
    let mut texts: Vec<_> = texts
        .into_iter()
        .filter(|(text, _)| text != apache.trim())
        .collect();
    texts.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    for (text, packages) in texts {
        let packages: Vec<_> = packages.into_iter().collect();
        out.push_str(&format!("\n{rule}\n{}\n\n{text}\n", packages.join(", ")));
    }
    fs::write(root().join(FILE), out)?;
    println!("{} packages named in {FILE}", packages.len());
    Ok(())
}

/// The locked crates of this system that the file does not name with their version: it was not written anew.
pub(crate) fn unnamed() -> Result<Vec<String>, Stop> {
    let file = fs::read_to_string(root().join(FILE))?;
    let named: BTreeSet<Vec<&str>> = file
        .lines()
        .map(|line| line.split_whitespace().take(2).collect())
        .collect();
    let all = crates(false)?
        .into_iter()
        .filter(|p| !named.contains(&vec![p.name.as_str(), p.version.as_str()]));
    Ok(all.map(|p| format!("{} {}", p.name, p.version)).collect())
}

/// The crates of the workspace's dependencies; build scripts included, since some carry C sources that they compile in.
fn crates(every_system: bool) -> Result<BTreeSet<Package>, Stop> {
    let mut command = cargo();
    command.args([
        "tree",
        "--locked",
        "--workspace",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ]);
    if every_system {
        command.args(["--target", "all"]);
    }
    let lines = ask(&mut command)
        .ok_or_else(|| Stop::Failed("cargo tree does not list the dependencies".into()))?;
    let sources = sources();
    let mut packages = BTreeSet::new();
    for line in lines.lines() {
        let Some((package, licence)) = line.trim_end_matches(" (*)").split_once('|') else {
            continue;
        };
        let mut words = package.split_whitespace();
        let (Some(name), Some(version)) = (words.next(), words.next()) else {
            continue;
        };
        // Our own crates have a path for a third word.
        if words
            .next()
            .is_some_and(|word| word.starts_with("(/") || word.contains(":\\"))
        {
            continue;
        }
        let version = version.trim_start_matches('v').to_string();
        let dir = sources
            .iter()
            .map(|dir| dir.join(format!("{name}-{version}")))
            .find(|dir| dir.is_dir());
        packages.insert(Package {
            name: name.into(),
            version,
            licence: licence.replace('/', " OR "),
            dir,
        });
    }
    Ok(packages)
}

/// Where cargo unpacks what it downloads.
fn sources() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| {
        Some(
            PathBuf::from(std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"))?)
                .join(".cargo"),
        )
    });
    let registries = home.and_then(|home| home.join("registry/src").read_dir().ok());
    registries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect()
}

/// The packages that the page takes in; those only used to build or test it are marked `dev` in the lock file.
fn npm() -> Result<BTreeSet<Package>, Stop> {
    let script = "const lock = JSON.parse(require('fs').readFileSync('ui/package-lock.json', 'utf8'));\
                  for (const [path, p] of Object.entries(lock.packages)) if (path && !p.dev && !p.optional)\
                  console.log([path.replace(/.*node_modules\\//, ''), p.version, p.license ?? 'see its text', path].join('|'))";
    let lines = ask(program("node").args(["-e", script]))
        .ok_or_else(|| Stop::Failed("node does not read ui/package-lock.json".into()))?;
    let parts = lines
        .lines()
        .map(|line| line.split('|').collect::<Vec<_>>());
    Ok(parts
        .filter_map(|parts| match parts[..] {
            [name, version, licence, path] => Some(Package {
                name: name.into(),
                version: version.into(),
                licence: licence.into(),
                dir: Some(root().join("ui").join(path)),
            }),
            _ => None,
        })
        .collect())
}

/// The fonts of papers and forms: in the tree, each with its licence beside it as `LICENSE-<font>.txt`.
fn fonts() -> BTreeSet<(String, String)> {
    let files = ["papers", "forms"].iter().flat_map(|room| {
        let dir = root().join("src-tauri/crates").join(room).join("fonts");
        licence_files(&dir)
    });
    let texts = files.filter_map(|file| {
        let font = file
            .file_stem()?
            .to_str()?
            .strip_prefix("LICENSE-")?
            .to_string();
        Some((font, fs::read_to_string(&file).ok()?))
    });
    texts.collect()
}

fn licence_files(dir: &Path) -> Vec<PathBuf> {
    const NAMES: &[&str] = &[
        "LICENSE",
        "LICENCE",
        "COPYING",
        "NOTICE",
        "UNLICENSE",
        "OFL",
        "COPYRIGHT",
    ];
    let entries = dir
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_uppercase();
            path.is_file() && NAMES.iter().any(|start| name.starts_with(start))
        })
        .collect();
    files.sort();
    files
}

/// Whether Apache-2.0 alone is enough: an alternative, or the only licence, and nothing is added with AND.
fn apache_may_be_chosen(licence: &str) -> bool {
    !licence.contains("AND") && licence.split(" OR ").any(|one| one.trim() == "Apache-2.0")
}

#[cfg(test)]
mod tests {
    use super::apache_may_be_chosen;

    #[test]
    fn apache_is_chosen_only_where_it_is_enough() {
        assert!(apache_may_be_chosen("MIT OR Apache-2.0"));
        assert!(apache_may_be_chosen("Apache-2.0"));
        assert!(!apache_may_be_chosen("MIT"));
        assert!(!apache_may_be_chosen("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!apache_may_be_chosen("Apache-2.0 WITH LLVM-exception"));
    }
}
