//! The office's list.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::ReviewError;
use crate::csv;
use crate::decided::{Table, plain};
use crate::who::{Who, born};

/// The names of the list's columns; those that it has not are left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Columns<'a> {
    /// Case numbers.
    pub case: Option<&'a str>,
    /// Numbers of the state.
    pub cii: Option<&'a str>,
    /// Names, `FAMILY, GIVEN MIDDLE` or `Given Middle Family`.
    pub name: Option<&'a str>,
    /// Days of birth: `YYYYMMDD`, `YYYY-MM-DD` or `MM/DD/YYYY`.
    pub born: Option<&'a str>,
}

/// A row of the list.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) line: u64,
    pub(super) number: String,
    pub(super) who: Who,
}

/// The rows of the list, and where to look for them.
pub(super) struct List {
    pub(super) rows: Vec<Listed>,
    by_number: BTreeMap<String, Vec<usize>>,
    by_person: BTreeMap<String, Vec<usize>>,
}

/// What could not be used.
pub(super) struct Problems {
    pub(super) table: Vec<u8>,
    pub(super) count: u64,
}

impl List {
    pub(super) fn read(
        path: &Path,
        columns: &Columns<'_>,
    ) -> Result<(Self, Problems), ReviewError> {
        let mut table = Table::open(path)?;
        let column = |name: Option<&str>| name.map(|name| table.column(name)).transpose();
        let (case, cii) = (column(columns.case)?, column(columns.cii)?);
        let (name, day) = (column(columns.name)?, column(columns.born)?);
        if case.is_none() && cii.is_none() && (name.is_none() || day.is_none()) {
            return Err(ReviewError::Nothing);
        }
        let width = table.width();
        let mut problems = Problems {
            table: Vec::new(),
            count: 0,
        };
        csv::line(&mut problems.table, ["file", "line", "problem"]);
        let mut list = Self {
            rows: Vec::new(),
            by_number: BTreeMap::new(),
            by_person: BTreeMap::new(),
        };
        let file = path.display().to_string();
        while let Some(line) = table.next()? {
            let of = |column: Option<usize>| column.map_or(String::new(), |n| table.field(n));
            let row = Listed {
                line,
                number: of(case),
                who: Who::new(&of(cii), &of(name), &of(day)),
            };
            let mut tell = |problem: &str| {
                problems.count += 1;
                csv::line(&mut problems.table, [&file, &line.to_string(), problem]);
            };
            if table.fields() != width {
                let problem = format!("{} fields; the header has {width}", table.fields());
                tell(&problem);
                continue;
            }
            if !row.who.born.is_empty() && born(&row.who.born).is_none() {
                tell(
                    "the birth date is none of YYYYMMDD, YYYY-MM-DD, MM/DD/YYYY; compared without it",
                );
            }
            if plain(&row.number).is_empty() && row.who.keys().is_empty() {
                tell(
                    "no case number, no CII, and no name with a day of birth: nothing to look for",
                );
                continue;
            }
            list.add(row);
        }
        Ok((list, problems))
    }

    fn add(&mut self, row: Listed) {
        let at = self.rows.len();
        for number in numbers(&row.number) {
            self.by_number.entry(number).or_default().push(at);
        }
        for key in row.who.keys() {
            self.by_person.entry(key).or_default().push(at);
        }
        self.rows.push(row);
    }

    /// The rows that may be about this case or this person.
    pub(super) fn near(&self, number: &str, who: &Who) -> BTreeSet<usize> {
        let by_number = numbers(number)
            .into_iter()
            .filter_map(|n| self.by_number.get(&n));
        let by_person = who
            .keys()
            .into_iter()
            .filter_map(|k| self.by_person.get(&k));
        by_number.chain(by_person).flatten().copied().collect()
    }
}

/// The numbers of a case in comparable form; a field may hold several.
pub(super) fn numbers(field: &str) -> BTreeSet<String> {
    let each = field.split(';').map(plain);
    each.filter(|number| !number.is_empty()).collect()
}
