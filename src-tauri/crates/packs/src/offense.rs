//! Offenses: what a section was on a given day, what a conviction of it proves, and the lists that offenses stand on.

mod load;

use std::collections::HashMap;

use jiff::civil::Date;
use record::Level;
use serde::Deserialize;
use toml::Spanned;

use crate::error::{LoadError, Problem};
use crate::file::TextFile;
use crate::limit::Span;
use crate::section::{Charge, Codes, Fit};
use crate::source::Cite;

/// The number of an offense in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OffenseId(pub(crate) usize);

impl OffenseId {
    /// Its place among the offenses of its pack.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// One offense, under one id for all its section numbers.
#[derive(Debug, Clone)]
pub struct Offense {
    /// Its id in the pack.
    pub id: String,
    /// For an offense that is about another one: in which way.
    pub behind: Option<Behind>,
    /// The section numbers it went by.
    pub forms: Vec<Form>,
    /// What a conviction proves about weights and counts.
    pub proves: Proves,
    /// Classes of conduct that a conviction can rest on, as bits; all where the pack says nothing.
    pub conduct: u16,
}

/// How an offense is about another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behind {
    /// Helping afterwards.
    Accessory,
    /// An agreement to commit it.
    Conspiracy,
    /// Trying to commit it.
    Attempt,
}

/// One section number of an offense and the days on which it was that offense.
#[derive(Debug, Clone)]
pub struct Form {
    /// The section.
    pub charge: Charge,
    /// First day, by offense date; open where the pack gives none.
    pub from: Option<Date>,
    /// First day on which it no longer was.
    pub until: Option<Date>,
    /// The levels a conviction of it can have, as the pack gives them.
    pub levels: Vec<Level>,
    /// Only where the conviction names this much of the section: one that names less is not perhaps this.
    pub named: bool,
}

/// What a conviction proves about amounts: nothing where there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proves {
    /// Grams of flower.
    pub flower: Option<Span>,
    /// Grams of concentrate.
    pub concentrate: Option<Span>,
    /// Plants.
    pub plants: Option<Span>,
}

/// A list of offenses that rules name.
#[derive(Debug, Clone)]
pub struct List {
    /// Its id in the pack.
    pub id: String,
    /// What makes it a list.
    pub cite: Cite,
    /// What it is, in a sentence for a lawyer.
    pub about: String,
    /// The first day asked about on which it is law; open where the pack gives none.
    pub from: Option<Date>,
    /// The first day on which it no longer is.
    pub until: Option<Date>,
    /// What a juvenile court's finding of a listed offense is.
    pub juvenile: Counts,
    /// The offenses on it.
    pub entries: Vec<Entry>,
}

/// Whether something counts for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// It does not.
    #[default]
    No,
    /// It may: a lawyer decides.
    Arguable,
    /// It does.
    Yes,
}

/// One offense on a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The section.
    pub charge: Charge,
    /// What the section itself is for the list.
    pub itself: Counts,
    /// What an attempt of it is.
    pub attempts: Counts,
    /// What a conspiracy to commit it is.
    pub conspiracies: Counts,
    /// Only convictions of these levels; any where none is named.
    pub levels: Vec<Level>,
    /// First offense date for which it is on the list.
    pub from: Option<Date>,
    /// First offense date for which it no longer is.
    pub until: Option<Date>,
}

/// The number of a list in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ListId(pub(crate) usize);

impl ListId {
    /// Its place among the lists of its pack.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// The offenses and lists of a pack.
#[derive(Debug, Clone, Default)]
pub struct Offenses {
    all: Vec<Offense>,
    lists: Vec<List>,
    // Base number to the forms that have it: (offense, form).
    by_number: HashMap<String, Vec<(usize, usize)>>,
    // Base number to the list entries that have it: (list, entry).
    listed: HashMap<String, Vec<(usize, usize)>>,
    // Lists that have no offense in common.
    exclusive: Vec<[ListId; 2]>,
    // Sections all of whose subdivisions are offenses here.
    complete: Vec<Charge>,
}

impl Offenses {
    /// The forms that a charge fits or may fit, with their offenses.
    pub fn matching<'a>(
        &'a self,
        charge: &'a Charge,
    ) -> impl Iterator<Item = (OffenseId, &'a Form, Fit)> {
        self.by_number
            .get(&charge.base)
            .into_iter()
            .flatten()
            .map(|(offense, form)| (OffenseId(*offense), &self.all[*offense].forms[*form]))
            .map(|(id, form)| (id, form, charge.fits(&form.charge)))
            .filter(|(_, form, fit)| match fit {
                Fit::Yes => true,
                Fit::Perhaps => !form.named,
                Fit::No => false,
            })
    }

    /// The list entries that a charge fits or may fit.
    pub fn listing<'a>(
        &'a self,
        charge: &'a Charge,
    ) -> impl Iterator<Item = (ListId, &'a Entry, Fit)> {
        // Entries for a whole code stand under no number.
        [charge.base.as_str(), ""]
            .into_iter()
            .filter_map(|base| self.listed.get(base))
            .flatten()
            .map(|(list, entry)| (ListId(*list), &self.lists[*list].entries[*entry]))
            .map(|(list, entry)| (list, entry, charge.fits(&entry.charge)))
            .filter(|(_, _, fit)| *fit != Fit::No)
    }

    /// Whether a section without its subdivision can only be one of the offenses here.
    #[must_use]
    pub fn complete(&self, charge: &Charge) -> bool {
        self.complete.contains(charge)
    }

    /// An offense by its number.
    #[must_use]
    pub fn get(&self, id: OffenseId) -> &Offense {
        &self.all[id.0]
    }

    /// A list by its number.
    #[must_use]
    pub fn list(&self, id: ListId) -> &List {
        &self.lists[id.0]
    }

    /// Every offense.
    pub fn iter(&self) -> impl Iterator<Item = (OffenseId, &Offense)> {
        self.all
            .iter()
            .enumerate()
            .map(|(n, offense)| (OffenseId(n), offense))
    }

    /// Pairs of lists that are declared, and proved, to have no offense in common.
    #[must_use]
    pub fn exclusive(&self) -> &[[ListId; 2]] {
        &self.exclusive
    }

    /// Every list.
    pub fn lists(&self) -> impl Iterator<Item = &List> {
        self.lists.iter()
    }

    fn find(&self, id: &str) -> Option<OffenseId> {
        self.all.iter().position(|o| o.id == id).map(OffenseId)
    }

    pub(crate) fn resolve(
        &self,
        file: &TextFile,
        id: &Spanned<String>,
    ) -> Result<OffenseId, LoadError> {
        self.find(id.get_ref()).ok_or_else(|| {
            let known = self.all.iter().map(|o| o.id.as_str());
            file.error_at(id, Problem::unknown("offense", id.get_ref(), known))
        })
    }

    pub(crate) fn resolve_list(
        &self,
        file: &TextFile,
        id: &Spanned<String>,
    ) -> Result<ListId, LoadError> {
        let found = self.lists.iter().position(|l| &l.id == id.get_ref());
        found.map(ListId).ok_or_else(|| {
            let known = self.lists.iter().map(|l| l.id.as_str());
            file.error_at(id, Problem::unknown("list", id.get_ref(), known))
        })
    }
}

pub(crate) fn charge(
    file: &TextFile,
    codes: &Codes,
    section: &Spanned<String>,
) -> Result<Charge, LoadError> {
    let charge = codes.charge(section.get_ref()).ok_or_else(|| {
        let problem = format!(
            "`{}` is not a section: write `PC 100(b)`",
            section.get_ref()
        );
        file.error_at(section, Problem::Value(problem))
    })?;
    // A code that nobody prints names no offense, and its entry would be lost without a word.
    if !codes.has(&charge.code) {
        let problem = Problem::unknown("the code", &charge.code, codes.names());
        return Err(file.error_at(section, problem));
    }
    Ok(charge)
}

pub(crate) fn twice(file: &TextFile, kind: &'static str, id: &Spanned<String>) -> LoadError {
    file.error_at(
        id,
        Problem::Twice {
            kind,
            word: id.get_ref().clone(),
        },
    )
}
