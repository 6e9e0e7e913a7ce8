//! The courts of an entry: name, number and day of each.

use super::super::agency;
use super::super::entry::Court;
use super::super::words::Kind;
use super::{Part, Walker};
use crate::sheet::marks::Marks;
use crate::unproved::{day, noted};

impl Walker<'_> {
    /// `COURT-SUPERIOR COURT ...`, or the title of a part in a cycle.
    pub(super) fn court(&mut self, at: usize, text: &str, value: &str, marks: &mut Marks) {
        marks.used(at);
        self.part = Part::Court;
        let titled = value.is_empty()
            || value.starts_with('(')
            || text.starts_with("SENTENCING")
            || text.starts_with("COURT DISPOSITION");
        let agency = if titled {
            agency::Agency::default()
        } else {
            agency::read(value, at)
        };
        if let Some(entry) = &mut self.entry {
            entry.courts.push(Court {
                line: at,
                agency,
                ..Court::default()
            });
        }
    }

    pub(super) fn of_court(&mut self, kind: Kind, at: usize, value: &str, marks: &mut Marks) {
        let from = self.year();
        let found = day::first(value).map(|(_, found)| found);
        let date = found.filter(|_| kind == Kind::CourtDate);
        let date = date.and_then(|found| found.on(at, from, marks));
        let Some(entry) = self.entry.as_mut().filter(|_| !value.is_empty()) else {
            marks.used(at);
            return;
        };
        marks.used(at);
        if self.part != Part::Court {
            self.part = Part::Court;
            entry.courts.push(Court {
                line: at,
                ..Court::default()
            });
        }
        let Some(court) = entry.courts.last_mut() else {
            return;
        };
        match kind {
            Kind::CourtName => court.agency = agency::read(value, at),
            Kind::CourtNumber => court.number = Some(noted(value.to_owned(), at)),
            _ => court.date = date,
        }
    }
}
