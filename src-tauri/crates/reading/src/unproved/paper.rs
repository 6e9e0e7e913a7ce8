//! The draft of a paper: its person and cases with a source for every fact, and none of them sure.

use std::collections::BTreeMap;

use packs::courts::Courts;
use packs::wordings::Wordings;
use record::{
    Arrest as RecordArrest, Case as RecordCase, CaseId, Count as RecordCount, CountId, Court,
    DispositionKind, Name, Person as RecordPerson, Record, Section,
};
use rust_decimal::Decimal;

use super::{Arrest, Case, Count, Noted, Person};
use crate::closing::Rest;
use crate::sheet::marks::Marks;
use crate::sheet::source::Sources;
use crate::sheet::{fold, letters, plausible};
use crate::text::RawLine;
use crate::{Draft, FlagKind, OtherEvent};

/// The tables that a paper is held against.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'a> {
    pub(crate) courts: &'a Courts,
    pub(crate) wordings: &'a Wordings,
    /// Whether the rules have anything to say of a section.
    pub(crate) knows: &'a dyn Fn(&Section) -> bool,
}

/// What a format read.
pub(crate) struct Read {
    pub(crate) person: Person,
    pub(crate) cases: Vec<Case>,
    pub(crate) others: Vec<OtherEvent>,
}

/// Puts the draft together.
pub(crate) fn draft(
    read: Read,
    mut marks: Marks,
    raw: Vec<RawLine>,
    rest: Rest,
    tables: Tables<'_>,
) -> Draft {
    let mut paper = Paper {
        to: Sources {
            marks: &mut marks,
            by_path: BTreeMap::new(),
        },
        tables,
    };
    let mut record = Record::new(paper.person(&read.person));
    for (k, case) in read.cases.iter().enumerate() {
        let case = paper.case(case, k);
        record.cases.push(case);
    }
    let mut by_path = paper.to.by_path;
    letters::weigh(&raw, &mut by_path, &mut marks);
    plausible::doubt(&record, None, tables.knows, &mut by_path, &mut marks);
    let half = Decimal::new(5, 1);
    for (path, sources) in &mut by_path {
        for source in sources.iter_mut() {
            source.confidence = Some(source.confidence.map_or(half, |sure| sure.min(half)));
        }
        let place = sources
            .first()
            .and_then(|source| source.page.zip(source.line));
        if let Some(line) = place.and_then(|(page, line)| marks.index_of(page, line)) {
            marks.flag(
                FlagKind::UnprovedLayout,
                Some(path.as_str()),
                line,
                "",
                None,
            );
        }
    }
    rest.close(record, by_path, marks, read.others, raw)
}

struct Paper<'a, 'm> {
    to: Sources<'m>,
    tables: Tables<'a>,
}

impl Paper<'_, '_> {
    /// Notes a value's line and gives the value.
    fn take<T: Clone>(&mut self, path: &str, noted: Option<&Noted<T>>) -> Option<T> {
        let noted = noted?;
        self.to.note(path, noted.line);
        Some(noted.value.clone())
    }

    fn person(&mut self, read: &Person) -> RecordPerson {
        let mut person = RecordPerson::default();
        if let Some((first, more)) = read.names.split_first() {
            person.name = first.value.clone();
            self.to.note("person.name", first.line);
            let aliases: Vec<Name> = (0..)
                .zip(more)
                .map(|(index, name)| {
                    self.to.note(&format!("person.aliases[{index}]"), name.line);
                    name.value.clone()
                })
                .collect();
            person.aliases = (!aliases.is_empty()).then_some(aliases);
        }
        if let Some((first, more)) = read.births.split_first() {
            person.born = self.take("person.born", Some(first));
            for other in more.iter().filter(|other| other.value != first.value) {
                let day = other.value.to_string();
                self.to.flag(
                    FlagKind::OtherBirthDate,
                    "person.born",
                    other.line,
                    &day,
                    Some(day.clone()),
                );
            }
        }
        let numbers: Vec<_> = (0..)
            .zip(&read.numbers)
            .map(|(index, number)| {
                self.to
                    .note(&format!("person.identifiers[{index}]"), number.line);
                number.value.clone()
            })
            .collect();
        person.identifiers = (!numbers.is_empty()).then_some(numbers);
        person
    }

    fn case(&mut self, read: &Case, k: usize) -> RecordCase {
        let path = format!("cases[{k}]");
        let law = self.tables.courts.jurisdiction();
        let elsewhere = read
            .jurisdiction
            .as_ref()
            .is_some_and(|own| own.value != law);
        let mut case = RecordCase {
            id: Some(CaseId(format!("k{}", k + 1))),
            court: self.court(read, &path),
            number: self.take(&format!("{path}.number"), read.number.as_ref()),
            filed: self.take(&format!("{path}.filed"), read.filed.as_ref()),
            ..RecordCase::default()
        };
        let arrests: Vec<RecordArrest> = read
            .arrests
            .iter()
            .enumerate()
            .map(|(index, arrest)| self.arrest(arrest, &format!("{path}.arrests[{index}]")))
            .collect();
        case.arrests = (!arrests.is_empty()).then_some(arrests);
        case.counts = read
            .counts
            .iter()
            .enumerate()
            .map(|(c, count)| {
                let id = Some(CountId(format!("k{}c{}", k + 1, c + 1)));
                let count = self.count(count, &format!("{path}.counts[{c}]"), elsewhere);
                RecordCount { id, ..count }
            })
            .collect();
        case
    }

    /// A county is looked up only for a court known to sit under the law of the table: other states have places of the same name.
    fn court(&mut self, read: &Case, path: &str) -> Court {
        let courts = self.tables.courts;
        let ours = read
            .jurisdiction
            .as_ref()
            .is_some_and(|law| law.value == courts.jurisdiction());
        let mut court = Court {
            jurisdiction: self.take(
                &format!("{path}.court.jurisdiction"),
                read.jurisdiction.as_ref(),
            ),
            county: None,
            name: self.take(&format!("{path}.court.name"), read.court.as_ref()),
        };
        let county = format!("{path}.court.county");
        if let Some(printed) = &read.county {
            let known = courts
                .county(&printed.value)
                .map(|known| known.name.clone());
            court.county = Some(known.unwrap_or_else(|| printed.value.clone()));
            self.to.note(&county, printed.line);
        } else if let Some(printed) = read.court.as_ref().filter(|_| ours) {
            match courts.agency(&printed.value).county {
                Some(found) => {
                    court.county = Some(found.name.clone());
                    self.to.note(&county, printed.line);
                }
                None => self.to.flag(
                    FlagKind::UnknownCourt,
                    &county,
                    printed.line,
                    &printed.value,
                    None,
                ),
            }
        }
        court
    }

    fn arrest(&mut self, read: &Arrest, path: &str) -> RecordArrest {
        self.to.marks.used(read.line);
        RecordArrest {
            agency: self.take(&format!("{path}.agency"), read.agency.as_ref()),
            number: self.take(&format!("{path}.number"), read.number.as_ref()),
            date: self.take(&format!("{path}.date"), read.date.as_ref()),
        }
    }

    fn count(&mut self, read: &Count, path: &str, elsewhere: bool) -> RecordCount {
        let mut count = RecordCount::default();
        self.to.marks.fact(read.line, path);
        count.description = self.take(&format!("{path}.description"), read.words.as_ref());
        self.charge(&mut count, read, path, elsewhere);
        count.offense_date = self.take(&format!("{path}.offense_date"), read.offense_date.as_ref());
        for ending in &read.endings {
            // Words of relief outside a disposition carry their own day, as a later entry does.
            let dated = ending.date.is_some();
            let one = [(&ending.outcome, ending.date.clone())];
            fold::fold(
                &mut count,
                &one,
                path,
                self.tables.wordings,
                &mut self.to,
                dated,
            );
        }
        if count.level.is_none() {
            count.level = self.take(&format!("{path}.level"), read.level.as_ref());
        } else if let Some(level) = &read.level {
            self.to.marks.used(level.line);
        }
        self.plea(&mut count, read, path);
        count
    }

    /// Of another law no section is asked for: no rule here touches the count.
    fn charge(&mut self, count: &mut RecordCount, read: &Count, path: &str, elsewhere: bool) {
        let section = format!("{path}.section");
        if let Some(Noted {
            value: charge,
            line,
        }) = &read.charge
        {
            count.section.clone_from(&charge.section);
            if charge.section.is_some() {
                self.to.note(&section, *line);
            }
            // The code before the number, as courts print it, is no repair.
            let plain = |text: &str| {
                text.chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect::<String>()
                    .to_uppercase()
            };
            let same = |was: &str| {
                let own = charge
                    .section
                    .as_ref()
                    .map(|section| plain(section.as_str()));
                let was = plain(&was.replacen(" 664/", " ", 1));
                own == Some(was)
            };
            if let Some(was) = charge.repaired.as_ref().filter(|was| !same(was)) {
                self.to
                    .flag(FlagKind::RepairedCode, &section, *line, was, None);
            }
            let likely = charge.likely.as_ref().map(ToString::to_string);
            if charge.section.is_none() || charge.doubtful {
                self.to
                    .flag(FlagKind::DoubtfulSection, &section, *line, "", likely);
            }
        } else if !elsewhere {
            // In words alone: which section they are is asked, never taken from the words.
            let line = read.words.as_ref().map_or(read.line, |words| words.line);
            self.to
                .flag(FlagKind::DoubtfulSection, &section, line, "", None);
        }
        let by_section = read.charge.as_ref().filter(|charge| charge.value.attempt);
        let attempt = read.attempt.or(by_section.map(|charge| charge.line));
        let whole = read
            .charge
            .as_ref()
            .filter(|charge| read.says_whole && charge.value.section.is_some());
        if let Some(line) = attempt.or(whole.map(|charge| charge.line)) {
            count.attempt = Some(attempt.is_some());
            self.to.note(&format!("{path}.attempt"), line);
        }
        if let Some(Noted {
            value: charge,
            line,
        }) = &read.charge
        {
            let own = charge.section.clone().filter(|_| attempt.is_some());
            count.target = charge.target.clone().or(own);
            if count.target.is_some() {
                self.to.note(&format!("{path}.target"), *line);
            }
        }
    }

    /// A plea is how a conviction came about; without one it proves none.
    fn plea(&mut self, count: &mut RecordCount, read: &Count, path: &str) {
        let Some(printed) = &read.plea else { return };
        self.to.marks.used(printed.line);
        let wordings = self.tables.wordings;
        let plea = wordings.plea(&format!("PLEA {}", printed.value));
        let convicted = count
            .disposition
            .as_mut()
            .filter(|ended| ended.kind == DispositionKind::Convicted);
        if let (Some(ended), Some(plea)) = (convicted, plea)
            && ended.plea.is_none()
        {
            ended.plea = Some(plea);
            self.to
                .note(&format!("{path}.disposition.plea"), printed.line);
        }
    }
}
