//! How much: ranges, and the classes that they leave possible.

use packs::limit::{Amounts, ScaleId, Span};
use packs::offense::OffenseId;
use record::{Amount, Bound};

use crate::fact::{Atom, Part};
use crate::run::Run;

impl<'a> Run<'a> {
    /// The classes of a scale that the record and the conviction leave possible.
    pub(crate) fn amounts_possible(&mut self, scale: ScaleId, offense: OffenseId) -> u16 {
        let mut memo = self.memo.amounts.iter();
        if let Some((.., mask)) = memo.find(|(o, s, _)| (*o, *s) == (offense, scale)) {
            return *mask;
        }
        let classes = self.docket.pack.limits.scale(scale);
        let mask = classes.possible(&self.amounts(offense));
        self.memo.amounts.push((offense, scale, mask));
        mask
    }

    /// What the record and the conviction itself say about amounts.
    pub(crate) fn amounts(&self, offense: OffenseId) -> Amounts {
        let proves = &self.docket.pack.offenses.get(offense).proves;
        let proved = |span: Option<Span>| span.unwrap_or(Span::ANY);
        let listed = self.count().amounts.as_deref().unwrap_or_default();
        // No conviction rests on nothing: an empty list says that the record shows no amount.
        if listed.is_empty() {
            return Amounts {
                flower: proved(proves.flower),
                concentrate: proved(proves.concentrate),
                plants: proved(proves.plants),
            };
        }
        let weighed = weighed(listed);
        let both = |proves: Option<Span>, weighed: Span| match proves {
            None => weighed,
            // Of what the conviction proves there was some, a list that is silent about it leaves the amount open.
            Some(proves) if weighed == Span::NONE => proves,
            Some(proves) => proves.both(&weighed).unwrap_or(weighed),
        };
        Amounts {
            flower: both(proves.flower, weighed.flower),
            concentrate: both(proves.concentrate, weighed.concentrate),
            plants: both(proves.plants, weighed.plants),
        }
    }

    /// The class that an amount has in this run, and whether that is a choice.
    pub(crate) fn amount_class(&mut self, scale: ScaleId) -> u16 {
        let Some(offense) = self.offense else {
            return 0;
        };
        let possible = self.amounts_possible(scale, offense);
        self.trace.read(self.part(Part::Amounts));
        if possible.count_ones() == 1 {
            return possible;
        }
        self.trace.opened();
        1 << self.choices.choose(Atom::Amount, possible)
    }
}

// The range of each form. Of a form that nobody named it may all be of either kind.
pub(crate) fn weighed(amounts: &[Amount]) -> Amounts {
    let mut all = Amounts {
        flower: Span::NONE,
        concentrate: Span::NONE,
        plants: Span::NONE,
    };
    for amount in amounts {
        let value = amount.grams().unwrap_or(amount.value());
        let span = match amount.bound() {
            Bound::Exact => Span {
                least: value,
                most: Some(value),
            },
            Bound::AtMost => Span {
                least: rust_decimal::Decimal::ZERO,
                most: Some(value),
            },
            Bound::AtLeast => Span {
                least: value,
                most: None,
            },
        };
        let up_to = Span {
            least: rust_decimal::Decimal::ZERO,
            ..span
        };
        match amount.form() {
            record::Form::Flower => all.flower = all.flower.plus(&span),
            record::Form::Concentrate => all.concentrate = all.concentrate.plus(&span),
            record::Form::Plants => all.plants = all.plants.plus(&span),
            record::Form::Other => {
                all.flower = all.flower.plus(&up_to);
                all.concentrate = all.concentrate.plus(&up_to);
                all.plants = all.plants.plus(&up_to);
            }
        }
    }
    all
}
