//! The head of a case: its court, its county, and the arrests that led to it.

use packs::courts::AgencyKind;
use record::{Arrest, Case, CaseId, Court};

use super::super::entry::{Entry, Noted};
use super::super::headers::Kind;
use super::Cases;
use crate::FlagKind;

impl Cases<'_, '_> {
    /// Opens a case with its court; gives its path.
    pub(super) fn begin(&mut self, place: Option<&Entry>) -> String {
        let index = self.cases.len();
        let path = format!("cases[{index}]");
        let mut case = Case {
            id: Some(CaseId(format!("k{}", index + 1))),
            ..Case::default()
        };
        if let Some(entry) = place {
            self.to.marks.fact(entry.header, &path);
            if let Some(printed) = &entry.agency {
                case.court = self.court(entry, printed, &path);
                let juvenile = self.courts.agency(&printed.value).kind
                    == Some(AgencyKind::Juvenile)
                    || (entry.kind == Kind::Court && names_juveniles(&printed.value));
                case.juvenile = juvenile.then_some(true);
            }
        }
        self.cases.push(case);
        path
    }

    fn court(&mut self, entry: &Entry, printed: &Noted<String>, path: &str) -> Court {
        let agency = self.courts.agency(&printed.value);
        let county = agency.county.map(|county| county.name.clone());
        let is_court = entry.kind == Kind::Court;
        let jurisdiction = match agency.kind {
            Some(AgencyKind::Federal | AgencyKind::FederalPrison) => Some("us".to_owned()),
            Some(_) => Some(self.courts.jurisdiction().to_owned()),
            None => None,
        };
        if county.is_some() {
            let county_path = format!("{path}.court.county");
            // Where an arrest was made is only likely to be where its court would sit.
            if is_court {
                self.to.note(&county_path, printed.line);
            } else {
                self.to.doubtful(&county_path, printed.line, None);
            }
        } else if is_court && agency.kind != Some(AgencyKind::Federal) {
            let county_path = format!("{path}.court.county");
            let likely = self.courts.agency(&as_letters(&printed.value)).county;
            self.to.flag(
                FlagKind::UnknownCourt,
                &county_path,
                printed.line,
                &printed.value,
                likely.map(|county| county.name.clone()),
            );
        }
        if jurisdiction.is_some() {
            self.to
                .note(&format!("{path}.court.jurisdiction"), printed.line);
        }
        if is_court {
            self.to.note(&format!("{path}.court.name"), printed.line);
        }
        Court {
            jurisdiction,
            county,
            name: is_court.then(|| printed.value.clone()),
        }
    }

    pub(super) fn arrests(&mut self, arrests: &[&Entry]) {
        let Some(path) = self
            .cases
            .len()
            .checked_sub(1)
            .map(|index| format!("cases[{index}]"))
        else {
            return;
        };
        let mut list = Vec::new();
        for (index, entry) in arrests.iter().enumerate() {
            let path = format!("{path}.arrests[{index}]");
            self.to.note(&path, entry.header);
            let number = entry.counts.iter().find_map(|count| count.number.as_ref());
            let places = [
                ("agency", entry.agency.as_ref().map(|agency| agency.line)),
                ("number", number.map(|number| number.line)),
                (
                    "date",
                    entry
                        .date
                        .as_ref()
                        .filter(|date| date.value.known.is_some())
                        .map(|date| date.line),
                ),
            ];
            for (name, line) in places {
                if let Some(line) = line {
                    self.to.note(&format!("{path}.{name}"), line);
                }
            }
            if let Some(date) = entry
                .date
                .as_ref()
                .filter(|date| date.value.known.is_none())
            {
                self.to.marks.fact(date.line, &format!("{path}.date"));
            }
            list.push(Arrest {
                agency: entry.agency.as_ref().map(|agency| agency.value.clone()),
                number: number.map(|number| number.value.clone()),
                date: entry.dated(),
            });
        }
        if let Some(case) = self.cases.last_mut()
            && !list.is_empty()
        {
            case.arrests = Some(list);
        }
    }
}

/// `CASC SAN JOAQUIN CO JUV`: the juvenile division of a superior court.
fn names_juveniles(place: &str) -> bool {
    place
        .split(|c: char| !c.is_alphabetic())
        .any(|word| matches!(word, "JUV" | "JUVENILE"))
}

/// Digits among a place's letters read as the letters they look like.
fn as_letters(place: &str) -> String {
    let letter = |c| match c {
        '0' => 'O',
        '1' => 'I',
        '5' => 'S',
        '8' => 'B',
        c => c,
    };
    place.chars().map(letter).collect()
}
