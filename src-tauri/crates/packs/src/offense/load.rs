//! Reads offenses and lists from their file.

use jiff::civil::Date;
use record::Level;
use serde::Deserialize;
use toml::Spanned;

use super::{Behind, Counts, Entry, Form, List, Offense, Offenses, Proves, charge, twice};
use crate::error::{LoadError, Problem};
use crate::file::TextFile;
use crate::limit::{Limits, Span};
use crate::section::Codes;
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
    section: Spanned<String>,
    #[serde(default = "yes")]
    itself: Counts,
    attempts: Option<Counts>,
    conspiracies: Option<Counts>,
    from: Option<Date>,
    until: Option<Date>,
}

fn yes() -> Counts {
    Counts::Yes
}

impl Offenses {
    pub(crate) fn load(
        file: &TextFile,
        codes: &Codes,
        limits: &Limits,
        sources: &Sources,
    ) -> Result<Self, LoadError> {
        let raw: Raw = file.parse()?;
        let mut all = Self::default();
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
        all.one_form_a_day(file)?;
        Ok(all)
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
            if form
                .from
                .zip(form.until)
                .is_some_and(|(from, until)| from >= until)
            {
                let problem = "it ends before it begins".to_owned();
                return Err(file.error_at(&form.section, Problem::Value(problem)));
            }
            self.by_number
                .entry(charge.base.clone())
                .or_default()
                .push((self.all.len(), forms.len()));
            forms.push(Form {
                charge,
                from: form.from,
                until: form.until,
                levels: form.levels,
            });
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

    // One spelling on one day is one offense: two forms of the same section may not share a day.
    fn one_form_a_day(&self, file: &TextFile) -> Result<(), LoadError> {
        for forms in self.by_number.values() {
            for (n, (a, x)) in forms.iter().enumerate() {
                for (b, y) in forms.iter().skip(n + 1) {
                    let (first, second) = (&self.all[*a].forms[*x], &self.all[*b].forms[*y]);
                    if first.charge == second.charge && first.meets(second) {
                        let problem = format!(
                            "`{}` and `{}` are both `{}` on one day",
                            self.all[*a].id, self.all[*b].id, first.charge.base
                        );
                        return Err(file.error(0..0, Problem::Value(problem)));
                    }
                }
            }
        }
        Ok(())
    }
}

impl Form {
    fn meets(&self, other: &Self) -> bool {
        let before = |from: Option<Date>, until: Option<Date>| match (from, until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        before(self.from, other.until) && before(other.from, self.until)
    }
}

fn load_list(
    file: &TextFile,
    raw: RawList,
    codes: &Codes,
    sources: &Sources,
) -> Result<List, LoadError> {
    let mut entries = Vec::new();
    for entry in raw.entries {
        entries.push(Entry {
            charge: charge(file, codes, &entry.section)?,
            itself: entry.itself,
            attempts: entry.attempts.unwrap_or(raw.attempts),
            conspiracies: entry.conspiracies.unwrap_or(raw.conspiracies),
            from: entry.from,
            until: entry.until,
        });
    }
    Ok(List {
        cite: sources.resolve(file, &raw.cite)?,
        id: raw.id.into_inner(),
        juvenile: raw.juvenile,
        entries,
    })
}
