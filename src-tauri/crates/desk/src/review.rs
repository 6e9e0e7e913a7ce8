//! The mass review from the window: choosing, running, looking through what came of it. The vault is not read for it.
//!
//! The window names no file: every path comes from a dialog of the system, and the window gets its name.

mod after;
mod begin;
mod hand;
mod numbers;
mod people;
mod policies;
mod room;
mod unfinished;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ::review::{Look, look, twin};
use packs::policy::Policy;
use packs::{Pack, Packs};
use reading::export::JURISDICTION;
use vault::Act;

pub(crate) use room::Room;

use crate::view::{
    FileFound, NthFile, ReviewFile, ReviewFolder, ReviewPolicy, ReviewRun, ReviewView,
};
use crate::{Desk, Error, Result};

/// Larger than any policy.
const LARGEST_POLICY: u64 = 1 << 20;

/// A file that was chosen, with what a first look found.
#[derive(Clone)]
pub(crate) struct Chosen {
    path: PathBuf,
    view: ReviewFile,
}

/// Files to look at, off the office's own thread: two large files with the same bytes take a while to compare.
pub struct Looking {
    known: Vec<PathBuf>,
    new: Vec<PathBuf>,
}

/// Files that were looked at.
pub struct Looked(Vec<Chosen>);

impl Looking {
    /// Looks at the files.
    #[must_use]
    pub fn look(self) -> Looked {
        let mut known = self.known;
        let mut all = Vec::new();
        for path in self.new {
            let (found, bytes) = look(&path);
            let (mut looked, mut broken, mut columns) = (0, 0, 0);
            let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let mut kind = match found {
                Look::Rows {
                    looked: n,
                    broken: bad,
                } => {
                    (looked, broken) = (small(n), small(bad));
                    match bad {
                        0 => FileFound::Rows,
                        _ => FileFound::Broken,
                    }
                }
                Look::Other { columns: n } => {
                    columns = small(n);
                    FileFound::Other
                }
                Look::Empty => FileFound::Empty,
                Look::Unread(_) => FileFound::Unread,
            };
            let mut same_as = None;
            if matches!(kind, FileFound::Rows | FileFound::Broken) {
                match twin(&path, &known) {
                    Ok(None) => {}
                    Ok(Some(other)) => {
                        kind = FileFound::Twin;
                        same_as = Some(name_of(other));
                    }
                    Err(_) => kind = FileFound::Unread,
                }
            }
            known.push(path.clone());
            all.push(Chosen {
                view: ReviewFile {
                    name: name_of(&path),
                    bytes,
                    found: kind,
                    looked,
                    broken,
                    columns,
                    same_as,
                },
                path,
            });
        }
        Looked(all)
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

impl Desk {
    /// What was chosen, what can be, and how far a review is.
    ///
    /// # Errors
    /// The role's.
    pub fn review(&self) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let pack = pack(self.packs)?;
        let courts = pack.courts.as_ref().ok_or(Error::Packs)?;
        let counties = courts.counties().iter().map(|county| county.name.clone());
        let mut counties: Vec<String> = counties.collect();
        counties.sort();
        let after = self.after()?;
        let last = self.note_place().last();
        let room = self.room().state();
        let own = room.own.iter().map(|policy| policy_view(policy, true));
        let presets = presets(pack).into_iter().map(|p| policy_view(p, false));
        Ok(ReviewView {
            files: room.files.iter().map(|file| file.view.clone()).collect(),
            folder: room.folder.as_ref().map(|path| ReviewFolder {
                path: path.display().to_string(),
                holds_results: holds_results(path),
            }),
            decisions: room.decisions.as_deref().map(name_of),
            counties,
            policies: presets.chain(own).collect(),
            unfinished: match room.goes_on() {
                true => None,
                false => self.unfinished_review().map(|known| known.view()),
            },
            last: last.map(|path| path.display().to_string()),
            after,
            run: room.run(),
        })
    }

    /// How far a review is. Asked again and again while one runs.
    ///
    /// # Errors
    /// The role's.
    pub fn review_run(&self) -> Result<ReviewRun> {
        self.needs(Act::Review)?;
        Ok(self.room().state().run())
    }

    /// Whether whoever is in may review, before a dialog comes up.
    ///
    /// # Errors
    /// The role's.
    pub fn may_review(&self) -> Result<()> {
        self.needs(Act::Review)
    }

    /// Takes files to look at.
    ///
    /// # Errors
    /// The role's.
    pub fn review_files(&self, new: Vec<PathBuf>) -> Result<Looking> {
        self.needs(Act::Review)?;
        let room = self.room().state();
        let known = room.files.iter().map(|file| file.path.clone()).collect();
        Ok(Looking { known, new })
    }

    /// Adds files that were looked at.
    ///
    /// # Errors
    /// The role's.
    pub fn add_review_files(&self, looked: Looked) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        self.room().state().files.extend(looked.0);
        self.review()
    }

    /// Takes a file off the list.
    ///
    /// # Errors
    /// The role's.
    pub fn drop_review_file(&self, ask: &NthFile) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let mut room = self.room().state();
        let nth = ask.nth as usize;
        if nth < room.files.len() {
            let gone = room.files.remove(nth);
            // Its copy is the only one now.
            for file in &mut room.files {
                if file.view.same_as.as_deref() == Some(gone.view.name.as_str()) {
                    file.view.same_as = None;
                    file.view.found = match file.view.broken {
                        0 => FileFound::Rows,
                        _ => FileFound::Broken,
                    };
                }
            }
        }
        drop(room);
        self.review()
    }

    /// Chooses the folder for the results.
    ///
    /// # Errors
    /// The role's.
    pub fn choose_review_folder(&self, folder: PathBuf) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        self.room().state().folder = Some(folder);
        self.review()
    }

    /// Chooses a queue in which people have filled in decisions, or none.
    ///
    /// # Errors
    /// [`Error::Review`] says which line cannot be used.
    pub fn choose_review_decisions(&self, path: Option<PathBuf>) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        if let Some(path) = &path {
            ::review::Decisions::read(path)?;
        }
        self.room().state().decisions = path;
        self.review()
    }

    /// Reads a policy file: one in the packs' form, or the options of the older program. It stands beside the presets until the
    /// program ends.
    ///
    /// # Errors
    /// [`Error::Policy`] says what is wrong with it.
    pub fn add_review_policy(&self, path: &Path) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let (name, text) = (name_of(path), policy_text(path)?);
        let policy = read_policy(&name, &text, pack(self.packs)?)?;
        let mut room = self.room().state();
        room.own.retain(|known| known.id != policy.id);
        room.texts.retain(|(id, ..)| *id != policy.id);
        room.texts.push((policy.id.clone(), name, text));
        room.own.push(policy);
        drop(room);
        self.review()
    }

    pub(crate) fn room(&self) -> &Room {
        self.door_ref().room()
    }

    /// A policy by its id: one of the presets, or one that was read.
    pub(crate) fn review_policy(&self, id: &str) -> Result<Policy> {
        let own = self.room().state().own.clone();
        let mut own = own.into_iter().filter(|policy| policy.id == id);
        match own.next() {
            Some(policy) => Ok(policy),
            None => {
                let preset = pack(self.packs)?.policy(id).cloned();
                preset.ok_or_else(|| Error::Policy(format!("`{id}` is no policy here")))
            }
        }
    }
}

/// The pack of the export's jurisdiction.
pub(crate) fn pack(packs: &Packs) -> Result<&Pack> {
    packs.pack(JURISDICTION).ok_or(Error::Packs)
}

// The law alone comes first, then the offices' own.
fn presets(pack: &Pack) -> Vec<&Policy> {
    let mut all: Vec<&Policy> = pack.policies.iter().collect();
    all.sort_by_key(|policy| (!policy.rules.is_empty(), policy.title.clone()));
    all
}

pub(crate) fn policy_view(policy: &Policy, own: bool) -> ReviewPolicy {
    ReviewPolicy {
        id: policy.id.clone(),
        title: policy.title.clone(),
        source: policy.source.clone(),
        own,
    }
}

fn policy_text(path: &Path) -> Result<String> {
    let read = || {
        if fs::metadata(path)?.len() > LARGEST_POLICY {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        fs::read_to_string(path)
    };
    read().map_err(|error| Error::Policy(error.to_string()))
}

/// Reads a policy. Its id is its own, or the file's name where a preset has that id already.
pub(crate) fn read_policy(name: &str, text: &str, pack: &Pack) -> Result<Policy> {
    let base = presets(pack).into_iter().next().ok_or(Error::Packs)?;
    let mut policy = if text.trim_start().starts_with('{') {
        ::review::options::policy(text, base, pack)?
    } else {
        let read = pack.read_policy(name, text);
        read.map_err(|error| Error::Policy(error.to_string()))?
    };
    if pack.policy(&policy.id).is_some() {
        policy.id = format!("{} ({name})", policy.id);
        policy.title = format!("{} ({name})", policy.title);
    }
    Ok(policy)
}

fn holds_results(folder: &Path) -> bool {
    let names = [::review::SUMMARY, ::review::TABLES[2]];
    let there =
        |name: &str| folder.join(name).exists() || folder.join(format!("{name}.age")).exists();
    names.into_iter().any(there)
}
