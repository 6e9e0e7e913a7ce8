//! The law as data: rule packs and their typed loader.
//!
//! A pack is a folder of text files that a lawyer can read, one folder a jurisdiction. This crate reads it, resolves every
//! reference, proves its tables, and refuses the whole pack with file, line and nearest word where something does not hold. It
//! decides nothing about anybody: that is the engine's work, in `law`.
//!
//! Start at [`Packs::builtin`]; the format's parts are [`route::Route`], [`offense::Offenses`], [`limit::Limits`],
//! [`source::Sources`] and [`words::Texts`].

pub mod book;
pub mod case;
pub mod courts;
pub mod deadline;
pub mod door;
mod error;
pub mod fact;
mod file;
pub mod forms;
pub mod limit;
pub mod names;
pub mod offense;
pub mod papers;
mod place;
pub mod policy;
mod proof;
mod read;
pub mod route;
mod routes;
pub mod section;
pub mod source;
pub mod test;
pub mod wordings;
pub mod words;

use std::path::Path;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use record::findings::PackVersion;
use serde::Deserialize;
use toml::Spanned;

pub use error::{LoadError, Problem};
pub use place::Place;
pub use proof::age_mask;

use case::WorkedCase;
use courts::Courts;
use file::{Files, TextFile};
use forms::FormSheet;
use limit::Limits;
use names::Names;
use offense::Offenses;
use papers::PaperTexts;
use policy::Policy;
use read::{beside, read_papers, read_routes};
use route::Route;
use section::Codes;
use source::Sources;
use wordings::Wordings;
use words::Texts;

/// The version of the pack format that this program reads; a pack that needs a later one is refused.
pub const ENGINE: u32 = 1;

// Every folder of this crate that is a pack, `build.rs` writes the list: `static BUILTIN: [(&str, Dir<'_>); N]`.
include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// All packs in use.
#[derive(Debug)]
pub struct Packs {
    all: Vec<Pack>,
}

/// The law of one jurisdiction.
#[derive(Debug)]
pub struct Pack {
    /// Its id, which is the jurisdiction's, as records name it.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// The day it was last reviewed as a whole.
    pub reviewed: Date,
    /// The names of its codes.
    pub codes: Codes,
    /// Its citations.
    pub sources: Sources,
    /// Its amount and conduct classes.
    pub limits: Limits,
    /// Its offenses and lists.
    pub offenses: Offenses,
    /// Its routes, by order of work.
    pub routes: Vec<Route>,
    /// Its words.
    pub texts: Texts,
    /// What people call its offenses.
    pub names: Names,
    // As written: who screens a record does not need worked cases, the prover and the book do.
    files: Files,
    /// Its courts, where it has a table of them.
    pub courts: Option<Courts>,
    /// What its record sheets print, where it knows them.
    pub wordings: Option<Wordings>,
    /// The words of its papers, where it has any.
    pub papers: Option<PaperTexts>,
    /// The first day of an offense from which some route is closed to it.
    pub offenses_close: Option<Date>,
    /// The official forms it knows.
    pub forms: Vec<FormSheet>,
    /// Policies of its prosecutors, by file name.
    pub policies: Vec<Policy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack {
    id: Spanned<String>,
    version: Spanned<String>,
    #[serde(rename = "engine")]
    _engine: u32,
    publisher: String,
    reviewed: Date,
    #[serde(default)]
    codes: std::collections::BTreeMap<String, Vec<String>>,
    /// Names that orders use for the section they rest on.
    #[serde(default)]
    authorities: std::collections::BTreeMap<String, Vec<String>>,
    /// Official forms that its routes name and that it has no map for.
    #[serde(default)]
    other_forms: Vec<String>,
}

/// The one part of a manifest that every program can read.
#[derive(Deserialize)]
struct Needs {
    engine: Spanned<u32>,
}

impl Packs {
    /// The packs inside the program, read once.
    ///
    /// # Errors
    /// A pack does not hold together; the program was built with a broken one.
    pub fn builtin() -> Result<&'static Self, LoadError> {
        static PACKS: OnceLock<Result<Packs, LoadError>> = OnceLock::new();
        PACKS
            .get_or_init(|| {
                let all = BUILTIN
                    .iter()
                    .map(|(name, dir)| Pack::read(&Files::embedded(name, dir)?));
                Ok(Self {
                    all: all.collect::<Result<_, _>>()?,
                })
            })
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The packs of a folder: the folder is one pack, or holds a folder for each.
    ///
    /// # Errors
    /// A pack cannot be read or does not hold together; nothing is taken.
    pub fn load(dir: &Path) -> Result<Self, LoadError> {
        if dir.join("pack.toml").is_file() {
            return Ok(Self {
                all: vec![Pack::read(&Files::folder(dir)?)?],
            });
        }
        let unreadable = |error: std::io::Error| LoadError::Unreadable {
            file: dir.display().to_string(),
            reason: error.to_string(),
        };
        let mut folders = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.join("pack.toml").is_file() {
                folders.push(path);
            }
        }
        folders.sort();
        if folders.is_empty() {
            return Err(LoadError::Missing {
                file: dir.join("pack.toml").display().to_string(),
            });
        }
        let mut all: Vec<Pack> = Vec::new();
        for folder in folders {
            let pack = Pack::read(&Files::folder(&folder)?)?;
            if all.iter().any(|other| other.id == pack.id) {
                let problem = Problem::Twice {
                    kind: "the pack",
                    word: pack.id,
                };
                return Err(pack.files.need("pack.toml")?.error(0..0, problem));
            }
            all.push(pack);
        }
        Ok(Self { all })
    }

    /// The pack of a jurisdiction.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.all.iter().find(|pack| pack.id == id)
    }

    /// These packs and no others.
    #[must_use]
    pub fn only(all: Vec<Pack>) -> Self {
        Self { all }
    }

    /// Every pack.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.all.iter()
    }
}

impl Pack {
    fn read(files: &Files) -> Result<Self, LoadError> {
        let head = files.need("pack.toml")?;
        // A pack for a later program may say what this one does not know: that it needs it is said first.
        let needs: Needs = head.parse()?;
        if *needs.engine.get_ref() > ENGINE {
            let problem = Problem::Engine {
                needed: *needs.engine.get_ref(),
                has: ENGINE,
            };
            return Err(head.error_at(&needs.engine, problem));
        }
        let raw: RawPack = head.parse()?;
        files.known()?;
        for (name, text) in [("id", &raw.id), ("version", &raw.version)] {
            if text.get_ref().trim().is_empty() {
                let problem = format!("the pack needs its `{name}`: findings carry it");
                return Err(head.error_at(text, Problem::Value(problem)));
            }
        }
        let codes = Codes::new(
            raw.codes
                .iter()
                .map(|(name, all)| (name.as_str(), all.as_slice())),
        )
        .with_authorities(
            raw.authorities
                .iter()
                .map(|(section, all)| (section.as_str(), all.as_slice())),
        );
        let sources = Sources::load(files.need("sources.toml")?)?;
        let limits = Limits::load(files.need("limits.toml")?, &sources)?;
        let lists = std::iter::once(files.need("offenses.toml")?).chain(files.under("offenses"));
        let offenses = Offenses::load(lists, &codes, &limits, &sources)?;
        let names = files.get("names.toml");
        let names = names.map(|file| Names::load(file, &codes, &offenses));
        let names = names.transpose()?.unwrap_or_default();
        let texts = Texts::load(files.need("text/en.toml")?, files.need("text/es.toml")?)?;
        let forms = forms::load(files)?;
        let sheets = forms.iter().map(|sheet| sheet.number.clone());
        let numbers: Vec<String> = sheets.chain(raw.other_forms).collect();
        let routes = read_routes(
            files, &codes, &limits, &offenses, &sources, &texts, &numbers,
        )?;
        let around = policy::Around {
            codes: &codes,
            offenses: &offenses,
            routes: &routes,
        };
        let policies = files
            .under("policies")
            .map(|file| Policy::load(file, &around))
            .collect::<Result<_, _>>()?;
        let closing = routes.iter().filter_map(Route::closes_for_offenses_from);
        Ok(Self {
            offenses_close: closing.min(),
            policies,
            id: raw.id.into_inner(),
            version: raw.version.into_inner(),
            publisher: raw.publisher,
            reviewed: raw.reviewed,
            courts: beside(files.get("courts.toml"), Courts::parse)?,
            wordings: beside(files.get("wordings.toml"), Wordings::parse)?,
            papers: read_papers(files)?,
            files: files.clone(),
            forms,
            codes,
            sources,
            limits,
            offenses,
            routes,
            texts,
            names,
        })
    }

    /// Its worked cases: the tests of the pack.
    ///
    /// # Errors
    /// A case is not in the form, or names a route that the pack does not have.
    pub fn worked_cases(&self) -> Result<Vec<WorkedCase>, LoadError> {
        let cases = self.files.under("cases");
        let mut all: Vec<WorkedCase> = Vec::new();
        for file in cases {
            all.extend(case::load(file, &self.routes)?);
        }
        case::once(&all)?;
        Ok(all)
    }

    /// A pack from its files as texts, by their path in it: what the prover changes to see whether anybody notices.
    ///
    /// # Errors
    /// It does not hold together.
    pub fn from_texts<'a>(
        root: &str,
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, LoadError> {
        Self::read(&Files::texts(root, texts)?)
    }

    /// Its files as texts, by their path in it.
    pub fn texts_of_files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter()
    }

    /// Where its files are, as messages name it.
    #[must_use]
    pub fn root(&self) -> &str {
        self.files.root()
    }

    /// Where a part of a route stands in its file, for messages: the number of the part among those of its kind.
    #[must_use]
    pub fn place(&self, route: &str, kind: &str, number: usize) -> Place {
        place::of(&self.files, route, kind, number)
    }

    /// A policy by its id.
    #[must_use]
    pub fn policy(&self, id: &str) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.id == id)
    }

    /// A policy of an office's own: the text of a file in the form of the pack's.
    ///
    /// # Errors
    /// It is not in the form, or names what the pack does not have; with file and line.
    pub fn read_policy(&self, name: &str, text: &str) -> Result<Policy, LoadError> {
        let file = TextFile {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let around = policy::Around {
            codes: &self.codes,
            offenses: &self.offenses,
            routes: &self.routes,
        };
        Policy::load(&file, &around)
    }

    /// A route by its id in the pack.
    #[must_use]
    pub fn route(&self, id: &str) -> Option<&Route> {
        self.routes.iter().find(|route| route.id == id)
    }

    /// Name and version, as findings carry them.
    #[must_use]
    pub fn stamp(&self) -> PackVersion {
        PackVersion {
            id: self.id.clone(),
            version: self.version.clone(),
        }
    }
}
