//! Which offense a count is about, and when it was.

use jiff::civil::Date;
use packs::age_mask;
use packs::fact::Ages;
use packs::limit::Span;
use packs::offense::{Form, OffenseId};
use packs::route::Rules;
use packs::section::Fit;
use record::DispositionKind;

use crate::age::{Days, ages};
use crate::amounts::weighed;
use crate::docket::offense_named;
use crate::fact::{Atom, Fact, Part};
use crate::run::{LEVELS, Law, Run};

impl<'a> Run<'a> {
    // Which offense the section was: by spelling, then by day, then by what the record shows of it.
    pub(crate) fn identify(&mut self) -> Option<OffenseId> {
        let pack = self.docket.pack;
        let charge = self.entry().charge.as_ref()?;
        if self.entry().behind.is_some() {
            let named = offense_named(pack, charge);
            self.levels = named.map_or(0b111, |id| levels(&pack.offenses.get(id).forms));
            return named;
        }
        let forms: Vec<_> = pack.offenses.matching(charge).collect();
        if forms
            .iter()
            .any(|(_, form, _)| form.from.is_some() || form.until.is_some())
        {
            self.era();
        }
        let on_that_day = |form: &Form| self.days.within(form.from, form.until).is_some();
        let mut fits: Vec<_> = forms
            .into_iter()
            .filter(|(_, form, _)| on_that_day(form))
            .collect();
        if let Some(most) = fits
            .iter()
            .filter(|(_, _, fit)| *fit == Fit::Yes)
            .map(|(_, form, _)| form.charge.subdivisions.len())
            .max()
        {
            fits.retain(|(_, form, fit)| {
                *fit == Fit::Yes && form.charge.subdivisions.len() == most
            });
        } else if !fits.is_empty() {
            return self.unnamed(&fits, pack.offenses.complete(charge));
        }
        let (id, form, _) = fits.first()?;
        self.levels = levels(std::slice::from_ref(*form));
        Some(*id)
    }

    // The sheet leaves out the subdivision: every one is possible that does not contradict the record.
    pub(crate) fn unnamed(
        &mut self,
        fits: &[(OffenseId, &Form, Fit)],
        complete: bool,
    ) -> Option<OffenseId> {
        let fitting: Vec<_> = fits
            .iter()
            .filter(|(id, form, _)| self.agrees(*id, form))
            .collect();
        let fits: Vec<_> = if fitting.is_empty() {
            fits.iter().collect()
        } else {
            fitting
        };
        let count = fits.len() + usize::from(!complete);
        let mask = mask(count);
        let at = if mask.count_ones() == 1 {
            0
        } else {
            self.trace.opened();
            usize::from(self.choices.choose(Atom::Section, mask))
        };
        let (id, form, _) = fits.get(at)?;
        self.levels = levels(std::slice::from_ref(*form));
        Some(*id)
    }

    pub(crate) fn agrees(&self, id: OffenseId, form: &Form) -> bool {
        let level = self
            .count()
            .level
            .is_none_or(|level| form.levels.is_empty() || form.levels.contains(&level));
        let proves = &self.docket.pack.offenses.get(id).proves;
        let amounts = match self.count().amounts.as_deref() {
            None | Some([]) => true,
            Some(amounts) => {
                let weighed = weighed(amounts);
                let meets = |a: Option<Span>, b: Span| a.is_none_or(|a| a.both(&b).is_some());
                meets(proves.flower, weighed.flower)
                    && meets(proves.concentrate, weighed.concentrate)
                    && meets(proves.plants, weighed.plants)
            }
        };
        level && amounts
    }

    /// Narrows the days of the offense to one span between changes of law.
    pub(crate) fn era(&mut self) {
        if self.days.first.is_some() && self.days.first == self.days.last {
            self.days_read();
            return;
        }
        let mut edges: Vec<Date> = match self.law {
            Law::Table(rules) => rules.offense_edges().collect(),
            Law::Door(_) => Vec::new(),
        };
        if let Some(charge) = &self.entry().charge {
            let forms = self.docket.pack.offenses.matching(charge);
            edges.extend(
                forms
                    .flat_map(|(_, form, _)| [form.from, form.until])
                    .flatten(),
            );
        }
        edges.sort_unstable();
        edges.dedup();
        let entry = self.entry();
        let spans = |n: usize| {
            let from = n.checked_sub(1).and_then(|n| edges.get(n)).copied();
            entry.days.within(from, edges.get(n).copied())
        };
        let possible = (0..=edges.len())
            .filter(|n| spans(*n).is_some())
            .fold(0, |mask, n| mask | 1 << n);
        self.days_read();
        let era = if u16::count_ones(possible) <= 1 {
            possible.trailing_zeros() as usize
        } else {
            self.trace.opened();
            usize::from(self.choices.choose(Atom::Era, possible))
        };
        self.days = spans(era).unwrap_or(self.days);
    }

    // Which places of the record say when the offense was.
    pub(crate) fn days_read(&mut self) {
        if self.count().offense_date.is_some() {
            self.trace.read(self.part(Part::OffenseDate));
            return;
        }
        for (known, fact) in [
            (
                self.count().disposition.is_some(),
                self.part(Part::DispositionDate),
            ),
            (self.case().filed.is_some(), Fact::Filed(self.k)),
            (self.case().arrests.is_some(), Fact::Arrests(self.k)),
        ] {
            if known {
                self.trace.read(fact);
            }
        }
        self.trace.read(self.part(Part::OffenseDate));
        if let Some(limitation) = self.docket.pack.limits.limitation() {
            self.trace.rests_on(limitation.cite);
        }
    }

    /// The ages that the record leaves possible on the day of the offense.
    pub(crate) fn ages(&self) -> Ages {
        let born = self.record().person.born;
        let span = Days {
            first: born.map(|b| b.earliest()),
            last: born.map(|b| b.latest()),
        };
        ages(span, self.days)
    }

    pub(crate) fn age_possible(&self, rules: &Rules) -> u16 {
        let bands = &rules.age_bands;
        let possible = age_mask(bands, &self.ages());
        match rules.juvenile_age.filter(|_| self.juvenile()) {
            Some(age) if age_mask(bands, &age) & possible != 0 => possible & age_mask(bands, &age),
            _ => possible,
        }
    }

    pub(crate) fn juvenile(&self) -> bool {
        self.case().juvenile == Some(true)
            || self.count().disposition.as_ref().map(|d| d.kind)
                == Some(DispositionKind::Adjudicated)
    }
}

fn mask(n: usize) -> u16 {
    (0..n.min(16)).fold(0, |mask, bit| mask | 1 << bit)
}

fn levels(forms: &[Form]) -> u16 {
    let mask = forms
        .iter()
        .flat_map(|form| &form.levels)
        .fold(0, |mask, level| {
            mask | LEVELS
                .iter()
                .position(|l| l == level)
                .map_or(0, |bit| 1 << bit)
        });
    if mask == 0 { 0b111 } else { mask }
}
