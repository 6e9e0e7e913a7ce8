//! Dispositions and sentences: of which count or court each is, and which line only goes on the one before.

use super::super::words::LABELS;
use super::{Part, Walker};
use crate::FlagKind;
use crate::sheet::marks::Marks;
use crate::unproved::labels::{self, Sign};
use crate::unproved::{charge, day};

impl Walker<'_> {
    /// `07-20-98 CONVICTED-3 YRS PROB`; a line without a day goes on the one before.
    pub(super) fn ended(&mut self, at: usize, value: &str, sentenced: bool, marks: &mut Marks) {
        let (text, found) = day::taken(value);
        let text = text.trim_matches([' ', '(', ')', ';']);
        if text.is_empty() {
            return;
        }
        if self.goes_on(at) {
            self.begun = false;
        }
        let from = self.year();
        let dated = found.is_some();
        let date = found.and_then(|found| found.on(at, from, marks));
        let follows = !dated && !sentenced && self.goes_on(at);
        let in_court = self.part == Part::Court;
        let Some(entry) = &mut self.entry else { return };
        let cycle = entry.cycle;
        let (counts, court) = match entry.courts.last_mut() {
            Some(court) if in_court => (&mut court.counts, Some(&mut court.endings)),
            _ => (&mut entry.counts, None),
        };
        // Charges in a list and one ending below: whether it is said of all of them or of the last, nothing tells.
        let listed = !cycle
            && counts
                .iter()
                .rev()
                .nth(1)
                .is_some_and(|before| before.endings.is_empty());
        let endings = counts.last_mut().map(|count| &mut count.endings).or(court);
        let Some(endings) = endings.filter(|_| !listed) else {
            marks.unread(at);
            if listed {
                marks.flag(FlagKind::UnknownDisposition, None, at, "", None);
            }
            return;
        };
        if let Some(last) = endings.last_mut().filter(|_| follows) {
            // The line before was cut where the paper ended.
            let whole = format!("{} {text}", last.outcome.text);
            let (line, day) = (last.outcome.line, last.date.take());
            *last = charge::ending(&whole, line, day);
            last.outcome.sentence_goes_on.push(at);
            marks.used(at);
            return;
        }
        marks.used(at);
        endings.push(charge::ending(text, at, date));
    }

    /// No label stands on the line itself.
    fn goes_on(&self, at: usize) -> bool {
        self.lines
            .get(at)
            .is_some_and(|line| labels::at_start(&line.text, &LABELS, Sign::Any).is_none())
    }
}
