//! The files of a pack: inside the program or in a folder, each of bounded size, each error at its line.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use include_dir::Dir;
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::error::{LoadError, Problem};

/// The most bytes of one file: a table that one person can still review is far smaller.
const MAX_FILE: usize = 1 << 20;
/// The most bytes of all files of a pack.
const MAX_PACK: usize = 8 << 20;
/// The most files of a pack.
const MAX_FILES: usize = 500;

/// The files at the top of a pack.
const FILES: [&str; 7] = [
    "pack.toml",
    "sources.toml",
    "limits.toml",
    "offenses.toml",
    "courts.toml",
    "wordings.toml",
    "names.toml",
];
/// Its folders; the one with the words of each language has fixed names in it.
const FOLDERS: [&str; 6] = ["offenses", "routes", "cases", "forms", "policies", "papers"];

/// One text file of a pack.
#[derive(Debug, Clone)]
pub(crate) struct TextFile {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// All text files of one pack, by their path in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    root: String,
    files: BTreeMap<String, TextFile>,
    bytes: usize,
}

impl Files {
    /// The files of a pack that is inside the program.
    pub(crate) fn embedded(name: &str, dir: &Dir<'_>) -> Result<Self, LoadError> {
        let mut all = Self {
            root: name.to_owned(),
            ..Self::default()
        };
        all.embed(dir, dir.path())?;
        Ok(all)
    }

    /// The files of a pack that somebody holds as texts.
    pub(crate) fn texts<'a>(
        root: &str,
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, LoadError> {
        let mut all = Self {
            root: root.to_owned(),
            ..Self::default()
        };
        for (name, text) in texts {
            all.add(name, text.as_bytes())?;
        }
        Ok(all)
    }

    /// Every file's path in the pack and its text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(name, file)| (name.as_str(), file.text.as_str()))
    }

    pub(crate) fn root(&self) -> &str {
        &self.root
    }

    fn embed(&mut self, dir: &Dir<'_>, root: &Path) -> Result<(), LoadError> {
        for file in dir.files() {
            let path = file.path().strip_prefix(root).unwrap_or(file.path());
            self.add(&slashes(path), file.contents())?;
        }
        dir.dirs().try_for_each(|inner| self.embed(inner, root))
    }

    /// The files of a pack in a folder.
    pub(crate) fn folder(root: &Path) -> Result<Self, LoadError> {
        let mut all = Self {
            root: root.display().to_string(),
            ..Self::default()
        };
        all.collect(root, root)?;
        Ok(all)
    }

    fn collect(&mut self, dir: &Path, root: &Path) -> Result<(), LoadError> {
        let unreadable = |path: &Path, error: &std::io::Error| LoadError::Unreadable {
            file: path.display().to_string(),
            reason: error.to_string(),
        };
        for entry in fs::read_dir(dir).map_err(|e| unreadable(dir, &e))? {
            let path = entry.map_err(|e| unreadable(dir, &e))?.path();
            let kind = fs::symlink_metadata(&path).map_err(|e| unreadable(&path, &e))?;
            if kind.is_dir() {
                self.collect(&path, root)?;
            } else if kind.is_file() && path.extension().is_some_and(|e| e == "toml") {
                let size = usize::try_from(kind.len()).unwrap_or(usize::MAX);
                let name = slashes(path.strip_prefix(root).unwrap_or(&path));
                self.bounded(&name, size)?;
                self.add(&name, &fs::read(&path).map_err(|e| unreadable(&path, &e))?)?;
            }
        }
        Ok(())
    }

    // Asked before the file is read: a huge one is refused without being loaded.
    fn bounded(&self, name: &str, bytes: usize) -> Result<(), LoadError> {
        let (limit, size) = if bytes > MAX_FILE {
            (MAX_FILE, bytes)
        } else if self.bytes + bytes > MAX_PACK {
            (MAX_PACK, self.bytes + bytes)
        } else if self.files.len() >= MAX_FILES {
            return Err(LoadError::Unreadable {
                file: self.root.clone(),
                reason: format!("more than {MAX_FILES} files"),
            });
        } else {
            return Ok(());
        };
        Err(LoadError::TooLarge {
            file: self.at(name),
            bytes: size,
            limit,
        })
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), LoadError> {
        if !name.ends_with(".toml") {
            return Ok(());
        }
        self.bounded(name, bytes.len())?;
        self.bytes += bytes.len();
        self.files
            .insert(name.to_owned(), TextFile::of(self.at(name), bytes)?);
        Ok(())
    }

    fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.root)
    }

    /// Refuses a file that no part of a pack would read: a misspelt name would drop its rules in silence.
    pub(crate) fn known(&self) -> Result<(), LoadError> {
        let known = |name: &str| match name.split_once('/') {
            Some(("text", file)) => ["en.toml", "es.toml"].contains(&file),
            Some((folder, file)) => FOLDERS.contains(&folder) && !file.contains('/'),
            None => FILES.contains(&name),
        };
        let Some((name, file)) = self.files.iter().find(|(name, _)| !known(name)) else {
            return Ok(());
        };
        let all = FILES.iter().copied().chain(FOLDERS).chain(["text"]);
        let word = name.split('/').next().unwrap_or(name);
        Err(file.error(0..0, Problem::unknown("the file", word, all)))
    }

    /// A file that a pack must have.
    pub(crate) fn need(&self, name: &str) -> Result<&TextFile, LoadError> {
        self.get(name).ok_or_else(|| LoadError::Missing {
            file: self.at(name),
        })
    }

    /// A file that a pack may have.
    pub(crate) fn get(&self, name: &str) -> Option<&TextFile> {
        self.files.get(name)
    }

    /// The files of a folder in the pack, by name.
    pub(crate) fn under(&self, folder: &str) -> impl Iterator<Item = &TextFile> {
        let prefix = format!("{folder}/");
        self.files
            .iter()
            .filter(move |(name, _)| name.starts_with(&prefix))
            .map(|(_, file)| file)
    }
}

fn slashes(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

impl TextFile {
    /// A file from its bytes, where it is no larger than a person can review.
    pub(crate) fn of(name: String, bytes: &[u8]) -> Result<Self, LoadError> {
        if bytes.len() > MAX_FILE {
            return Err(LoadError::TooLarge {
                file: name,
                bytes: bytes.len(),
                limit: MAX_FILE,
            });
        }
        match String::from_utf8(bytes.to_vec()) {
            Ok(text) => Ok(Self { name, text }),
            Err(_) => Err(LoadError::Unreadable {
                file: name,
                reason: "it is not UTF-8 text".to_owned(),
            }),
        }
    }

    /// The file as a typed value; an error names the line.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, LoadError> {
        toml::from_str(&self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.error(at..at, Problem::shape(error.message()))
        })
    }

    /// The line of a place of this file, from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }

    /// An error at a place of this file.
    pub(crate) fn error(&self, at: Range<usize>, problem: Problem) -> LoadError {
        LoadError::At {
            file: self.name.clone(),
            line: self.line(at.start),
            problem,
        }
    }

    /// An error at the first place where a word stands in quotes; at the top where none does.
    pub(crate) fn error_at_quoted(&self, word: &str, problem: Problem) -> LoadError {
        let quoted = ['"', '\''].map(|quote| format!("{quote}{word}{quote}"));
        let mut places = quoted.iter().filter_map(|quoted| self.text.find(quoted));
        let at = places.next().unwrap_or_default();
        self.error(at..at, problem)
    }

    /// An error at a word of this file.
    pub(crate) fn error_at<T>(&self, word: &Spanned<T>, problem: Problem) -> LoadError {
        self.error(word.span(), problem)
    }
}
