//! The counts of a case: what each charges, when it was, and how it ended.

use super::super::words::Kind;
use super::Walker;
use crate::sheet::marks::Marks;
use crate::unproved::labels::Labelled;
use crate::unproved::{Count, charge, day, noted};
use crate::{FlagKind, limits};

impl Walker<'_> {
    pub(super) fn count(&mut self, at: usize, found: Labelled<'_, Kind>, marks: &mut Marks) {
        let value = found.value;
        // `COUNT: 2`
        let alone = value
            .parse()
            .ok()
            .filter(|number: &u16| *number <= limits::RANGE);
        let number = found.number.or(alone);
        let bare = |count: &&mut Count| count.charge.is_none() && count.words.is_none();
        // `CHARGE: HS 11357(B)` below `COUNT: 2`.
        if number.is_none()
            && let Some(count) = self.case.counts.last_mut().filter(bare)
        {
            charge::read(count, value, at, true);
            return;
        }
        if self.counts >= limits::COUNTS {
            marks.unread(at);
            return;
        }
        self.counts += 1;
        let mut count = Count {
            line: at,
            printed: number,
            says_whole: true,
            ..Count::default()
        };
        if alone.is_none() && !value.is_empty() {
            charge::read(&mut count, value, at, true);
        }
        self.case.counts.push(count);
    }

    pub(super) fn of_count(&mut self, kind: Kind, at: usize, value: &str, marks: &mut Marks) {
        let date = if kind == Kind::OffenseDate {
            self.date(at, value, self.born, marks)
        } else {
            None
        };
        let Some(count) = self.case.counts.last_mut() else {
            marks.unread(at);
            return;
        };
        match kind {
            Kind::Section if count.charge.is_none() => charge::read(count, value, at, true),
            Kind::Words if count.words.is_none() => count.words = Some(noted(value.to_owned(), at)),
            Kind::Level => match charge::labelled_level(value) {
                Some(level) => count.level = Some(noted(level, at)),
                None => marks.unread(at),
            },
            Kind::OffenseDate => count.offense_date = date,
            Kind::Plea => count.plea = Some(noted(day::taken(value).0, at)),
            _ => marks.unread(at),
        }
    }

    pub(super) fn ended(&mut self, kind: Kind, at: usize, value: &str, marks: &mut Marks) {
        let (text, found) = day::taken(value);
        let date = found.and_then(|day| day.on(at, self.year(), marks));
        let mut ending = match kind {
            Kind::Sentence => charge::sentenced(&text, at),
            _ => charge::ending(&text, at, date.clone()),
        };
        // An order names what it did; how the count ended stands under its own label.
        ending.outcome.remark |= kind == Kind::Order;
        if kind == Kind::Sentence && text.is_empty() {
            return;
        }
        let mut back = self.case.counts.iter_mut().rev();
        let Some(last) = back.next() else {
            self.above.push(ending);
            return;
        };
        // Counts in a list and one ending below: whether it is said of all of them or of the last, nothing tells.
        if back
            .next()
            .is_some_and(|before| before.endings.is_empty() && self.above.is_empty())
        {
            marks.unread(at);
            let doubt = if kind == Kind::Sentence {
                FlagKind::DoubtfulSentence
            } else {
                FlagKind::UnknownDisposition
            };
            marks.flag(doubt, None, at, "", None);
            return;
        }
        last.endings.push(ending);
    }
}
