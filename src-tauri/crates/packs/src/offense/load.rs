//! Reads offenses and lists from their file.

use jiff::civil::Date;
use record::Level;
use serde::Deserialize;
use toml::Spanned;

use super::{Behind, Counts, Entry, Form, List, Offense, Offenses, Proves, charge, twice};
use crate::error::{LoadError, Problem};
use crate::file::TextFile;
use crate::limit::{Limits, Span};
use crate::section::{Charge, Codes, Fit};
use crate::source::Sources;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    complete: Vec<Spanned<String>>,
    #[serde(default)]
    offense: Vec<RawOffense>,
    #[serde(default)]
    list: Vec<RawList>,
    #[serde(default)]
    exclusive: Vec<[Spanned<String>; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOffense {
    id: Spanned<String>,
    behind: Option<Behind>,
    forms: Vec<RawForm>,
    #[serde(default)]
    proves: RawProves,
    conduct: Option<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForm {
    section: Spanned<String>,
    from: Option<Date>,
    until: Option<Date>,
    #[serde(default)]
    levels: Vec<Level>,
    #[serde(default)]
    named: bool,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawProves {
    flower: Option<Spanned<String>>,
    concentrate: Option<Spanned<String>>,
    plants: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawList {
    id: Spanned<String>,
    cite: Spanned<String>,
    about: String,
    from: Option<Date>,
    until: Option<Date>,
    #[serde(default)]
    levels: Vec<Level>,
    #[serde(default)]
    juvenile: Counts,
    #[serde(default)]
    attempts: Counts,
    #[serde(default)]
    conspiracies: Counts,
    entries: Vec<RawEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    // Several sections that stand alike are written as `of`, a whole code as `code`.
    section: Option<Spanned<String>>,
    #[serde(default)]
    of: Vec<Spanned<String>>,
    code: Option<Spanned<String>>,
    #[serde(default = "yes")]
    itself: Counts,
    attempts: Option<Counts>,
    conspiracies: Option<Counts>,
    levels: Option<Vec<Level>>,
    from: Option<Date>,
    until: Option<Date>,
}

fn yes() -> Counts {
    Counts::Yes
}

impl Offenses {
    /// Reads the offenses and lists of all files; every list and offense has one place.
    pub(crate) fn load<'a>(
        files: impl Iterator<Item = &'a TextFile>,
        codes: &Codes,
        limits: &Limits,
        sources: &Sources,
    ) -> Result<Self, LoadError> {
        let mut all = Self::default();
        let mut exclusive = Vec::new();
        for file in files {
            let raw: Raw = file.parse()?;
            for offense in raw.offense {
                if all.find(offense.id.get_ref()).is_some() {
                    return Err(twice(file, "the offense", &offense.id));
                }
                all.add(file, offense, codes, limits)?;
            }
            for list in raw.list {
                if all.lists.iter().any(|l| &l.id == list.id.get_ref()) {
                    return Err(twice(file, "the list", &list.id));
                }
                let list = load_list(file, list, codes, sources)?;
                for (n, entry) in list.entries.iter().enumerate() {
                    let at = all.listed.entry(entry.charge.base.clone()).or_default();
                    at.push((all.lists.len(), n));
                }
                all.lists.push(list);
            }
            for section in &raw.complete {
                all.complete.push(charge(file, codes, section)?);
            }
            exclusive.extend(raw.exclusive.into_iter().map(|pair| (file, pair)));
        }
        for (file, [one, other]) in exclusive {
            all.kept_apart(file, &one, &other)?;
        }
        Ok(all)
    }

    // Lists that a pack declares exclusive have no offense in common.
    fn kept_apart(
        &mut self,
        file: &TextFile,
        one: &Spanned<String>,
        other: &Spanned<String>,
    ) -> Result<(), LoadError> {
        let (a, b) = (
            self.resolve_list(file, one)?,
            self.resolve_list(file, other)?,
        );
        let (first, second) = (&self.lists[a.0], &self.lists[b.0]);
        for x in &first.entries {
            if let Some(y) = second.entries.iter().find(|y| x.meets(y)) {
                let problem = format!(
                    "`{}` and `{}` are declared exclusive, and `{}` is on one as `{}` is on the other",
                    first.id, second.id, x.charge, y.charge
                );
                return Err(file.error_at(one, Problem::Value(problem)));
            }
        }
        self.exclusive.push([a, b]);
        Ok(())
    }

    // One spelling on one day is one offense: two forms of the same section may not share a day.
    fn one_form_a_day(
        &self,
        file: &TextFile,
        id: &str,
        form: &Form,
        before: &[Form],
        at: &Spanned<String>,
    ) -> Result<(), LoadError> {
        let others = self.by_number.get(&form.charge.base).into_iter().flatten();
        let others = others
            .filter_map(|(a, x)| {
                self.all
                    .get(*a)
                    .map(|offense| (&*offense.id, &offense.forms[*x]))
            })
            .chain(before.iter().map(|form| (id, form)));
        for (other, second) in others {
            if form.charge == second.charge && form.meets(second) {
                let problem = format!("`{other}` and `{id}` are both `{}` on one day", form.charge);
                return Err(file.error_at(at, Problem::Value(problem)));
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        file: &TextFile,
        raw: RawOffense,
        codes: &Codes,
        limits: &Limits,
    ) -> Result<(), LoadError> {
        let span = |text: Option<Spanned<String>>| match text {
            None => Ok(None),
            Some(text) => Span::parse(text.get_ref())
                .map(Some)
                .map_err(|problem| file.error_at(&text, Problem::Value(problem))),
        };
        let mut forms = Vec::new();
        for form in raw.forms {
            let charge = charge(file, codes, &form.section)?;
            ordered(file, &form.section, form.from, form.until)?;
            let read = Form {
                charge,
                from: form.from,
                until: form.until,
                levels: form.levels,
                named: form.named,
            };
            self.one_form_a_day(file, raw.id.get_ref(), &read, &forms, &form.section)?;
            self.by_number
                .entry(read.charge.base.clone())
                .or_default()
                .push((self.all.len(), forms.len()));
            forms.push(read);
        }
        let conduct = match raw.conduct {
            None => u16::MAX,
            Some(classes) => limits.conduct_classes(file, &classes)?,
        };
        self.all.push(Offense {
            id: raw.id.into_inner(),
            behind: raw.behind,
            forms,
            proves: Proves {
                flower: span(raw.proves.flower)?,
                concentrate: span(raw.proves.concentrate)?,
                plants: span(raw.proves.plants)?,
            },
            conduct,
        });
        Ok(())
    }
}

// Whether two spans of days, their ends left open where none is given, have a day in common.
fn share_a_day(a: (Option<Date>, Option<Date>), b: (Option<Date>, Option<Date>)) -> bool {
    let before = |from: Option<Date>, until: Option<Date>| match (from, until) {
        (Some(from), Some(until)) => from < until,
        _ => true,
    };
    before(a.0, b.1) && before(b.0, a.1)
}

impl Form {
    fn meets(&self, other: &Self) -> bool {
        share_a_day((self.from, self.until), (other.from, other.until))
    }
}

impl Entry {
    // Whether some conviction is on both entries' lists for certain.
    fn meets(&self, other: &Self) -> bool {
        let levels = self.levels.is_empty()
            || other.levels.is_empty()
            || self.levels.iter().any(|level| other.levels.contains(level));
        let both = self.itself == Counts::Yes && other.itself == Counts::Yes;
        let fits = self.charge.fits(&other.charge) == Fit::Yes
            || other.charge.fits(&self.charge) == Fit::Yes;
        both && levels && fits && share_a_day((self.from, self.until), (other.from, other.until))
    }
}

fn load_list(
    file: &TextFile,
    raw: RawList,
    codes: &Codes,
    sources: &Sources,
) -> Result<List, LoadError> {
    let mut entries = Vec::new();
    ordered(file, &raw.id, raw.from, raw.until)?;
    for entry in raw.entries {
        let mut charges = Vec::new();
        for section in entry.section.iter().chain(&entry.of) {
            ordered(file, section, entry.from, entry.until)?;
            charges.push(charge(file, codes, section)?);
        }
        charges.extend(entry.code.iter().map(|code| Charge {
            code: code.get_ref().clone(),
            base: String::new(),
            subdivisions: Vec::new(),
        }));
        if let Some(code) = entry
            .code
            .as_ref()
            .filter(|code| !codes.has(code.get_ref()))
        {
            let problem = Problem::unknown("code", code.get_ref(), codes.names());
            return Err(file.error_at(code, problem));
        }
        if charges.is_empty() {
            let problem = "an entry names a `section`, sections `of` it, or a `code`".to_owned();
            return Err(file.error_at(&raw.id, Problem::Value(problem)));
        }
        entries.extend(charges.into_iter().map(|charge| Entry {
            charge,
            itself: entry.itself,
            attempts: entry.attempts.unwrap_or(raw.attempts),
            conspiracies: entry.conspiracies.unwrap_or(raw.conspiracies),
            levels: entry.levels.clone().unwrap_or_else(|| raw.levels.clone()),
            from: entry.from,
            until: entry.until,
        }));
    }
    Ok(List {
        cite: sources.resolve(file, &raw.cite)?,
        id: raw.id.into_inner(),
        about: raw.about,
        from: raw.from,
        until: raw.until,
        juvenile: raw.juvenile,
        entries,
    })
}

fn ordered(
    file: &TextFile,
    at: &Spanned<String>,
    from: Option<Date>,
    until: Option<Date>,
) -> Result<(), LoadError> {
    if from.zip(until).is_some_and(|(from, until)| from >= until) {
        let problem = "it ends before it begins".to_owned();
        return Err(file.error_at(at, Problem::Value(problem)));
    }
    Ok(())
}
