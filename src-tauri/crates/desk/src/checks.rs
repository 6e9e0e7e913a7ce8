//! A sheet held against its original: the places to compare, and what a person said of each.
//!
//! Places are found anew whenever a client is shown: from the lines nobody understood and the doubts of the reader, both kept with the
//! sheet. What a person said is kept beside it in the vault, under the place's name, so that it holds when the sheet is read again.
//! Nothing is compared until a person said so, and a correction stands until that person or the client says otherwise.

use std::collections::BTreeSet;

use reading::{Fate, Flag, FlagKind};
use record::{FactPath, Record, Source, SourceBy};
use rust_decimal::Decimal;
use serde_json::Value;
use vault::{Act, Check, CheckVerdict, ClientId, Operation};

use crate::clients::{unscreened, word};
use crate::import::{Read, sheet_view, tag};
use crate::view::{CheckPlace, Checked, Client, PlaceSaid, Sheet, SheetPlace};
use crate::{Desk, Error, Moment, Result, facts};

/// The name of a sheet as a whole among its places.
const WHOLE: &str = "whole";

impl Desk {
    /// Keeps what a person said of a place on a sheet; a correction goes into the record.
    ///
    /// # Errors
    /// There is no such place, a place is still open where the whole is to be confirmed, or the value does not fit the fact.
    pub fn check(&mut self, ask: CheckPlace, now: Moment) -> Result<Client> {
        self.needs(Act::Work)?;
        let CheckPlace {
            id,
            sheet,
            place,
            said,
        } = ask;
        let shown = self.client(&id)?;
        let view = shown.sheets.iter().find(|known| known.id == sheet);
        let view = view.ok_or(vault::Error::NotFound { what: "sheet" })?;
        let hash = self.sheet(&id, sheet)?.sha256;
        let (verdict, record) = match said {
            PlaceSaid::Open => (None, None),
            PlaceSaid::Confirmed => {
                if place == WHOLE && view.places.iter().any(|place| place.checked.is_none()) {
                    return Err(Error::PlacesOpen);
                }
                (Some(CheckVerdict::Confirmed), None)
            }
            PlaceSaid::Corrected { value } => {
                let place = view.places.iter().find(|known| known.key == place);
                let place = place.filter(|place| !place.facts.is_empty());
                let place = place.ok_or(vault::Error::NotFound { what: "place" })?;
                let mut record = shown.record.clone();
                for fact in &place.facts {
                    let printed = printed(&record, &view.name, place, fact, now);
                    record = facts::corrected(
                        &record,
                        &FactPath::from(fact.as_str()),
                        value.clone(),
                        printed,
                    )?;
                }
                (Some(CheckVerdict::Corrected(value)), Some(record))
            }
        };
        if place != WHOLE && !view.places.iter().any(|known| known.key == place) {
            return Err(vault::Error::NotFound { what: "place" }.into());
        }
        self.change(Operation::CheckSheet, &id, now, |tx| {
            if let Some(record) = record.filter(|record| *record != shown.record) {
                tx.set_record(&id, &record)?;
                tx.set_status(&id, word(unscreened(&record)))?;
            }
            match &verdict {
                Some(verdict) => tx.add_check(&id, &hash, &place, verdict),
                None => tx.forget_check(&id, &hash, &place),
            }
        })
    }

    /// A client's sheets as the window shows them.
    pub(crate) fn sheets(&self, id: &ClientId, record: &Record) -> Result<Vec<Sheet>> {
        let view = self.vault.read();
        let checks = view.checks(id)?;
        let said = checks
            .iter()
            .map(|check| Ok((check, self.name_of(&check.person)?)))
            .collect::<Result<Vec<_>>>()?;
        let sheets = view.sheets(id)?.into_iter().map(|sheet| {
            let of_sheet = |(check, _): &&(&Check, String)| check.sheet == sheet.sha256;
            let said: Vec<_> = said.iter().filter(of_sheet).cloned().collect();
            sheet_view(sheet, record, &said)
        });
        Ok(sheets.collect())
    }

    /// One of a client's sheets as the vault keeps it, without its bytes.
    pub(crate) fn sheet(&self, id: &ClientId, sheet: i64) -> Result<vault::Sheet> {
        let mut sheets = self.vault.read().sheets(id)?.into_iter();
        let found = sheets.find(|known| known.id == sheet);
        Ok(found.ok_or(vault::Error::NotFound { what: "sheet" })?)
    }
}

/// The source of a corrected fact: the sheet, as a person read it.
fn printed(record: &Record, file: &str, place: &SheetPlace, fact: &str, now: Moment) -> Source {
    let known = record.provenance.as_ref().and_then(|all| all.get(fact));
    let mut there = known.into_iter().flatten();
    let frame = there
        .find(|source| {
            source.file.as_deref() == Some(file)
                && (source.page, source.line) == (Some(place.page), Some(place.line))
        })
        .and_then(|source| source.frame);
    Source {
        by: SourceBy::Sheet,
        file: Some(file.to_owned()),
        page: Some(place.page),
        line: Some(place.line),
        frame,
        confidence: Some(Decimal::ONE),
        was: None,
        on: Some(now.today),
    }
}

/// The places of a sheet, and whether it was compared as a whole.
pub(crate) fn places(
    read: &Read,
    record: &Record,
    said: &[(&Check, String)],
) -> (Vec<SheetPlace>, Option<Checked>) {
    let unread = read.lines.iter().filter(|line| line.fate == Fate::Unread);
    let mut places: Vec<SheetPlace> = unread
        .map(|line| SheetPlace {
            key: format!("line/{}/{}", line.page, line.line),
            doubt: None,
            facts: Vec::new(),
            page: line.page,
            line: line.line,
            text: line.text.trim().to_owned(),
            proposal: None,
            checked: None,
        })
        .collect();
    let named: BTreeSet<_> = read
        .flags
        .iter()
        .filter(|flag| flag.kind != FlagKind::DoubtfulLetters)
        .filter_map(|flag| Some((flag.page, flag.line, flag.path.clone()?)))
        .collect();
    for flag in &read.flags {
        // Letters that are not sure are seen with the doubt that says more of the same fact.
        let twice = flag.kind == FlagKind::DoubtfulLetters
            && flag.proposal.is_none()
            && flag
                .path
                .clone()
                .is_some_and(|path| named.contains(&(flag.page, flag.line, path)));
        if !twice {
            add(&mut places, flag);
        }
    }
    let word = |key: &str| {
        said.iter()
            .rfind(|(check, _)| check.place == key)
            .map(|(check, by)| (check.verdict.clone(), by, check.at))
    };
    for place in &mut places {
        let Some((verdict, by, at)) = word(&place.key) else {
            continue;
        };
        let corrected = match &verdict {
            CheckVerdict::Confirmed => false,
            // Taken back with the record's last step: open again.
            CheckVerdict::Corrected(value) if !stands(record, place, value) => continue,
            CheckVerdict::Corrected(_) => true,
        };
        place.checked = Some(Checked {
            by: by.clone(),
            at: at.to_string(),
            corrected,
        });
    }
    let all = places.iter().all(|place| place.checked.is_some());
    let verified = word(WHOLE).filter(|_| all).map(|(_, by, at)| Checked {
        by: by.clone(),
        at: at.to_string(),
        corrected: places
            .iter()
            .filter_map(|place| place.checked.as_ref())
            .any(|checked| checked.corrected),
    });
    (places, verified)
}

/// Adds a doubt; what one line says of several counts is one place.
fn add(places: &mut Vec<SheetPlace>, flag: &Flag) {
    let kind = tag(flag.kind).unwrap_or_default();
    let leaf = flag.path.as_ref().map_or("", |path| leaf(path.as_str()));
    let key = format!("{kind}/{}/{}/{leaf}", flag.page, flag.line);
    let fact = flag.path.as_ref().map(ToString::to_string);
    let same = |place: &&mut SheetPlace| {
        (place.key == key || place.key.starts_with(&format!("{key}/")))
            && place.proposal == flag.proposal
    };
    if let Some(place) = places.iter_mut().find(same) {
        place
            .facts
            .extend(fact.filter(|fact| !place.facts.contains(fact)));
        return;
    }
    let others = places
        .iter()
        .filter(|place| place.key == key || place.key.starts_with(&format!("{key}/")))
        .count();
    places.push(SheetPlace {
        key: if others == 0 {
            key
        } else {
            format!("{key}/{}", others + 1)
        },
        doubt: Some(kind),
        facts: fact.into_iter().collect(),
        page: flag.page,
        line: flag.line,
        text: flag.text.clone(),
        proposal: flag.proposal.clone(),
        checked: None,
    });
}

/// `disposition.date` of `cases[0].counts[1].disposition.date`: the same wherever the case comes to stand.
fn leaf(path: &str) -> &str {
    let rest = |path, before: &str| {
        let (_, rest) = str::strip_prefix(path, before)?.split_once(']')?;
        Some(rest.trim_start_matches('.'))
    };
    let path = rest(path, "cases[").unwrap_or(path);
    rest(path, "counts[").unwrap_or(path)
}

/// A correction holds while the record says so, or while somebody's own answer stands in its place.
fn stands(record: &Record, place: &SheetPlace, value: &Value) -> bool {
    place.facts.iter().all(|fact| {
        let path = FactPath::from(fact.as_str());
        let last = record
            .provenance
            .as_ref()
            .and_then(|all| all.get(&path))
            .and_then(|sources| sources.last());
        last.is_some_and(|last| last.by != SourceBy::Sheet)
            || record.fact(&path).unwrap_or_default() == *value
    })
}

#[cfg(test)]
mod tests {
    use super::leaf;

    #[test]
    fn a_facts_name_is_the_same_wherever_its_case_stands() {
        for (path, name) in [
            ("cases[3].counts[12].disposition.date", "disposition.date"),
            ("cases[0].court.county", "court.county"),
            ("cases[0].counts[1]", ""),
            ("person.born", "person.born"),
            ("person.aliases[0]", "person.aliases[0]"),
        ] {
            assert_eq!(leaf(path), name);
        }
    }
}
