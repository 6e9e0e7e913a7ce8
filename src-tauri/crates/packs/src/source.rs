//! Citations: what a rule rests on, where to read it, and how well it was checked.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::findings::Verification;
use serde::Deserialize;
use toml::Spanned;

use crate::error::{LoadError, Problem};
use crate::file::TextFile;

/// One authority that rules cite.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The short form that stands beside a reason: `ABC 123(a)`.
    pub cite: String,
    /// The full citation.
    pub full: String,
    /// Where to read it.
    #[serde(rename = "where")]
    pub place: String,
    /// How well it was checked.
    pub status: Verification,
    /// Who checked it, where somebody did.
    pub by: Option<String>,
    /// When it was checked.
    pub on: Option<Date>,
    /// What a reader must know about it.
    pub note: Option<String>,
}

/// The number of a source in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cite(pub(crate) usize);

/// All sources of a pack.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    ids: BTreeMap<String, usize>,
    all: Vec<Source>,
}

impl Sources {
    pub(crate) fn load(file: &TextFile) -> Result<Self, LoadError> {
        let raw: BTreeMap<String, Spanned<Source>> = file.parse()?;
        let mut sources = Self::default();
        for (id, source) in raw {
            let span = source.span();
            let source = source.into_inner();
            if source.status == Verification::AttorneyApproved
                && (source.by.is_none() || source.on.is_none())
            {
                let problem = "an approval says `by` whom and `on` which day".to_owned();
                return Err(file.error(span, Problem::Value(problem)));
            }
            sources.ids.insert(id, sources.all.len());
            sources.all.push(source);
        }
        Ok(sources)
    }

    /// The citation that a rule names.
    pub(crate) fn resolve(&self, file: &TextFile, id: &Spanned<String>) -> Result<Cite, LoadError> {
        self.ids
            .get(id.get_ref())
            .map(|at| Cite(*at))
            .ok_or_else(|| {
                let known = self.ids.keys().map(String::as_str);
                file.error_at(id, Problem::unknown("citation", id.get_ref(), known))
            })
    }

    /// The source behind a citation.
    #[must_use]
    pub fn get(&self, cite: Cite) -> &Source {
        &self.all[cite.0]
    }

    /// Every source with its id, in the order of ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.ids
            .iter()
            .map(|(id, at)| (id.as_str(), &self.all[*at]))
    }
}
