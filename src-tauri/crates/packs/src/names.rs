//! What people call offenses, and the search for a section by what somebody types: its number in any spelling, or its name.
//!
//! Names decide nothing. They are for whoever types a record in, in the file `names.toml` of a pack.

mod search;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use record::Section;
use record::clinic::Language;
use serde::Deserialize;
use toml::Spanned;

use crate::Pack;
use crate::error::{LoadError, Problem};
use crate::file::TextFile;
use crate::offense::{self, Form, OffenseId, Offenses};
use crate::section::{Charge, Codes, Fit};

/// The names of a pack's offenses.
#[derive(Debug, Clone, Default)]
pub struct Names {
    offenses: BTreeMap<usize, Name>,
    sections: BTreeMap<Charge, Name>,
}

/// A name in every language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    en: String,
    es: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    offense: BTreeMap<Spanned<String>, Name>,
    #[serde(default)]
    section: BTreeMap<Spanned<String>, Name>,
}

/// A section that fits what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statute {
    /// The section in the record's form: `PC 100(b)`.
    pub section: String,
    /// What it was called, and when: several where the number changed its meaning. Empty where the pack has no name for it.
    pub names: Vec<Called>,
}

/// What a section was called on days of offenses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The name.
    pub name: String,
    /// First day, by offense date; open where the pack gives none.
    pub from: Option<Date>,
    /// First day on which it no longer was.
    pub until: Option<Date>,
}

/// What fits what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statutes {
    /// The best first.
    pub found: Vec<Statute>,
    /// The one section whose number was typed as a whole, whatever the spelling.
    pub exact: Option<String>,
    /// The code was typed too: the number alone may mean a section that no pack names.
    pub coded: bool,
}

impl Name {
    fn of(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Es => &self.es,
        }
    }
}

impl Names {
    pub(crate) fn load(
        file: &TextFile,
        codes: &Codes,
        offenses: &Offenses,
    ) -> Result<Self, LoadError> {
        let raw: Raw = file.parse()?;
        let mut all = Self::default();
        for (id, name) in raw.offense {
            let known = offenses.resolve(file, &id)?;
            all.offenses.insert(known.index(), full(file, &id, name)?);
        }
        for (section, name) in raw.section {
            let charge = offense::charge(file, codes, &section)?;
            let name = full(file, &section, name)?;
            if all.sections.insert(charge, name).is_some() {
                return Err(offense::twice(file, "the section", &section));
            }
        }
        Ok(all)
    }

    // A subdivision has its section's name, unless one of its own stands nearer.
    fn of_section(&self, charge: &Charge) -> Option<&Name> {
        let mut part = charge.clone();
        loop {
            if let Some(name) = self.sections.get(&part) {
                return Some(name);
            }
            part.subdivisions.pop()?;
        }
    }
}

fn full(file: &TextFile, key: &Spanned<String>, name: Name) -> Result<Name, LoadError> {
    if name.en.trim().is_empty() || name.es.trim().is_empty() {
        let problem = format!("`{}` has no name", key.get_ref());
        return Err(file.error_at(key, Problem::Value(problem)));
    }
    Ok(name)
}

impl Pack {
    /// Whether the pack has anything to say of a section: as an offense, on a list, or by name.
    #[must_use]
    pub fn knows(&self, section: &Section) -> bool {
        let charges = self.codes.charges(section.as_str());
        let known = |charge: &Charge| {
            let mut listed = self.offenses.listing(charge);
            self.offenses.matching(charge).next().is_some()
                // A whole code on a list says nothing of a number.
                || listed.any(|(_, entry, _)| !entry.charge.base.is_empty())
                || self.names.of_section(charge).is_some()
        };
        !charges.is_empty() && charges.iter().all(known)
    }

    // Every section that the pack names, once.
    fn charges(&self) -> BTreeSet<Charge> {
        let forms = self.offenses.iter().flat_map(|(_, offense)| &offense.forms);
        let entries = self.offenses.lists().flat_map(|list| &list.entries);
        forms
            .map(|form| &form.charge)
            .chain(entries.map(|entry| &entry.charge))
            .chain(self.names.sections.keys())
            .filter(|charge| !charge.base.is_empty())
            .cloned()
            .collect()
    }

    fn called(&self, charge: &Charge, language: Language) -> Vec<Called> {
        let forms: Vec<(OffenseId, &Form)> = self
            .offenses
            .matching(charge)
            .filter(|(_, _, fit)| *fit == Fit::Yes)
            .map(|(id, form, _)| (id, form))
            .collect();
        let together = |a: &Form, b: &Form| {
            let before = |end: Option<Date>, begin: Option<Date>| {
                end.zip(begin).is_some_and(|(end, begin)| end <= begin)
            };
            !before(a.until, b.from) && !before(b.until, a.from)
        };
        let depth = |form: &Form| form.charge.subdivisions.len();
        let mut all: Vec<Called> = Vec::new();
        for (id, form) in &forms {
            // What names more of the section says better what it was.
            let nearer = |(_, other): &(OffenseId, &Form)| {
                depth(other) > depth(form) && together(form, other)
            };
            let name = self.names.offenses.get(&id.index());
            let Some(name) = name.filter(|_| !forms.iter().any(nearer)) else {
                continue;
            };
            let name = name.of(language).to_owned();
            match all.last_mut().filter(|last| last.name == name) {
                Some(last) if last.until == form.from => last.until = form.until,
                _ => all.push(Called {
                    name,
                    from: form.from,
                    until: form.until,
                }),
            }
        }
        all.sort_by_key(|called| called.from);
        if all.is_empty() {
            let name = self.names.of_section(charge).map(|name| Called {
                name: name.of(language).to_owned(),
                from: None,
                until: None,
            });
            all.extend(name);
        }
        all
    }
}
