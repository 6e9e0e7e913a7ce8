//! What the counts of an entry charge: words, sections of the law that the agency or court goes by, levels.

use record::Level;

use super::{Part, Walker};
use crate::limits;
use crate::sheet::marks::Marks;
use crate::unproved::{Count, charge, noted};

impl Walker<'_> {
    /// Where counts stand now: with the court, or with the arrest.
    fn counts(&mut self) -> Option<&mut Vec<Count>> {
        let entry = self.entry.as_mut()?;
        Some(match self.part {
            Part::Court => &mut entry.courts.last_mut()?.counts,
            Part::Arrest | Part::Kept => &mut entry.counts,
        })
    }

    fn law(&self) -> Option<&str> {
        let entry = self.entry.as_ref()?;
        let court = entry.courts.last().filter(|_| self.part == Part::Court);
        let of_court = court.and_then(|court| court.agency.jurisdiction.as_ref());
        let law = of_court.or(entry.agency.jurisdiction.as_ref())?;
        Some(law.value.as_str())
    }

    /// The codes of sections that the reader knows are those of one state.
    fn knows_codes(&self) -> bool {
        self.law()
            .is_none_or(|law| law == crate::sheet::JURISDICTION)
    }

    pub(super) fn charge(
        &mut self,
        at: usize,
        number: Option<u16>,
        value: &str,
        marks: &mut Marks,
    ) {
        let sections = self.knows_codes();
        if self.counts >= limits::COUNTS {
            return;
        }
        self.counts += 1;
        marks.used(at);
        let Some(counts) = self.counts() else { return };
        let mut count = Count {
            line: at,
            printed: number,
            ..Count::default()
        };
        if !value.is_empty() {
            charge::read(&mut count, value, at, sections);
        }
        counts.push(count);
    }

    pub(super) fn words(&mut self, at: usize, value: &str, marks: &mut Marks) {
        let sections = self.knows_codes();
        let Some(count) = self.counts().and_then(|counts| counts.last_mut()) else {
            return;
        };
        marks.used(at);
        if !value.is_empty() {
            charge::read(count, value, at, sections && count.charge.is_none());
        }
    }

    /// `11357(B) HS`, `HS 11357(B)`; of other states it is kept with the words.
    pub(super) fn statute(&mut self, at: usize, value: &str, marks: &mut Marks) {
        let sections = self.knows_codes();
        let Some(count) = self.counts().and_then(|counts| counts.last_mut()) else {
            return;
        };
        marks.used(at);
        let read = crate::sheet::charge::parse(value).filter(|_| sections);
        match read {
            Some(charge) => count.charge = Some(noted(charge, at)),
            None if !value.is_empty() => {
                let words = count.words.take().map(|words| format!("{} ", words.value));
                count.words = Some(noted(format!("{}{value}", words.unwrap_or_default()), at));
            }
            None => {}
        }
    }

    pub(super) fn level(&mut self, at: usize, level: Option<Level>, marks: &mut Marks) {
        let count = self.counts().and_then(|counts| counts.last_mut());
        if let (Some(count), Some(level)) = (count, level) {
            marks.used(at);
            count.level = Some(noted(level, at));
        }
    }
}
