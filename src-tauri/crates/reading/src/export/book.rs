//! Texts that stand in many rows, each understood once.

use std::collections::HashMap;
use std::sync::Arc;

use packs::Pack;
use packs::offense::Behind;
use packs::section::{Charge, Fit};
use packs::wordings::{Outcome, Relief, Wordings};
use record::DispositionKind;

use super::charge::{self, Charged};
use super::field::text;

/// More texts than this are a sign of free text; then the book begins anew.
const MOST: usize = 1 << 16;

/// What is known about the texts of an export, under one pack.
pub struct Book<'a> {
    pack: &'a Pack,
    wordings: Option<&'a Wordings>,
    asked: Vec<Charge>,
    charges: HashMap<Box<[u8]>, Arc<Known>>,
    endings: HashMap<Box<[u8]>, Arc<Ended>>,
}

/// A charge text, and what it means to what is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The charge.
    pub charged: Charged,
    /// The section in comparable parts.
    pub charge: Option<Arc<Charge>>,
    /// The same, or where it is not certain what is probably meant.
    pub meant: Option<Arc<Charge>>,
    /// It is, or may be, one of the sections asked about.
    pub reached: bool,
    /// It is about another offense (attempt, conspiracy, accessory), and the text does not say which.
    pub about_another: bool,
    /// It can weigh on another count: it is on a list, names another offense, or is not understood.
    pub weighs: bool,
}

/// A disposition text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How the count ended; none where the text is blank or says that it is not known.
    pub kind: Option<DispositionKind>,
    /// Relief that it tells of.
    pub relief: Option<Relief>,
    /// Behind a conviction it undoes it, or it is not understood and may.
    pub undoes: bool,
}

impl<'a> Book<'a> {
    /// An empty book for a pack and the sections that are asked about.
    #[must_use]
    pub fn new(pack: &'a Pack, asked: Vec<Charge>) -> Self {
        Self {
            pack,
            wordings: pack.wordings.as_ref(),
            asked,
            charges: HashMap::new(),
            endings: HashMap::new(),
        }
    }

    /// The pack it was opened for.
    #[must_use]
    pub fn pack(&self) -> &'a Pack {
        self.pack
    }

    /// A charge text.
    pub fn charge(&mut self, field: &[u8]) -> Arc<Known> {
        if let Some(known) = self.charges.get(field) {
            return Arc::clone(known);
        }
        if self.charges.len() >= MOST {
            self.charges.clear();
        }
        let known = Arc::new(self.known(charge::read(&text(field))));
        self.charges.insert(field.into(), Arc::clone(&known));
        known
    }

    fn known(&self, charged: Charged) -> Known {
        let codes = &self.pack.codes;
        let charged = self.doubted(charged);
        let of = |section: &record::Section| codes.charge(section.as_str()).map(Arc::new);
        let charge = charged.section.as_ref().and_then(of);
        let meant = charge
            .clone()
            .or_else(|| charged.likely.as_ref().and_then(of));
        let asked = |charge: &Charge| self.asked.iter().any(|form| charge.fits(form) != Fit::No);
        // An accessory or conspirator is asked about by what it was to, in whichever order the two are printed.
        let pieces = [&charged.section, &charged.likely, &charged.target];
        let reached = pieces
            .into_iter()
            .flatten()
            .any(|section| codes.charges(section.as_str()).iter().any(asked));
        let offenses = &self.pack.offenses;
        let about_another = charge.as_ref().is_some_and(|charge| {
            offenses.matching(charge).any(|(id, ..)| {
                matches!(
                    offenses.get(id).behind,
                    Some(Behind::Attempt | Behind::Conspiracy | Behind::Accessory)
                )
            })
        });
        let compound = |section: &record::Section| codes.charges(section.as_str()).len() > 1;
        let weighs = match &charge {
            None => true,
            Some(charge) => {
                about_another
                    || charged.target.is_some()
                    || charged.section.as_ref().is_some_and(compound)
                    || offenses.listing(charge).next().is_some()
            }
        };
        let about_another = about_another && charged.target.is_none();
        Known {
            charged,
            charge,
            meant,
            reached,
            about_another,
            weighs,
        }
    }

    // A section that no law of the pack knows as it is printed, where another that it knows is probably meant: `187A PC` for 187(a),
    // `11357(F) HS` for one of the subdivisions that there are.
    fn doubted(&self, charged: Charged) -> Charged {
        let (codes, offenses) = (&self.pack.codes, &self.pack.offenses);
        let all = charged
            .section
            .as_ref()
            .map(|section| codes.charges(section.as_str()));
        let Some([charge]) = all.as_deref() else {
            return charged;
        };
        let known = |charge: &Charge| {
            offenses.matching(charge).next().is_some() || offenses.listing(charge).next().is_some()
        };
        // Every subdivision that such a section ever had is known: another is a slip.
        let whole = Charge {
            subdivisions: Vec::new(),
            ..charge.clone()
        };
        let mut forms = offenses.matching(charge);
        let slip = !charge.subdivisions.is_empty()
            && offenses.complete(&whole)
            && !forms.any(|(_, form, _)| !form.charge.subdivisions.is_empty());
        if known(charge) && !slip {
            return charged;
        }
        let asked = self.asked.iter().any(|form| charge.fits(form) != Fit::No);
        let letters = charge
            .base
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = charge.base.strip_suffix(letters).unwrap_or_default();
        let unglued = (!letters.is_empty() && letters.len() <= 2).then(|| Charge {
            code: charge.code.clone(),
            base: number.to_owned(),
            subdivisions: letters.chars().map(String::from).collect(),
        });
        let meant = match unglued.filter(known) {
            Some(meant) => meant.to_string().parse().ok(),
            None if asked => charged.section.clone(),
            None => return charged,
        };
        Charged {
            section: None,
            likely: meant,
            ..charged
        }
    }

    /// A disposition text, or a comment that may tell of relief.
    pub fn ending(&mut self, field: &[u8]) -> Arc<Ended> {
        if let Some(ended) = self.endings.get(field) {
            return Arc::clone(ended);
        }
        if self.endings.len() >= MOST {
            self.endings.clear();
        }
        let words = text(field);
        let relief = self.wordings.and_then(|w| w.relief(&words));
        let kind = if field.is_empty() {
            None
        } else {
            match self.wordings.map(|w| w.outcome(&words)) {
                Some(Outcome::Is(kind)) => Some(kind),
                Some(Outcome::NotStated) => None,
                None => Some(DispositionKind::Other),
            }
        };
        let undoes = match kind {
            Some(
                DispositionKind::Dismissed | DispositionKind::Acquitted | DispositionKind::Diverted,
            ) => true,
            Some(DispositionKind::Other) => self.wordings.is_none_or(|w| w.may_undo(&words)),
            _ => false,
        };
        let ended = Arc::new(Ended {
            kind,
            relief,
            undoes,
        });
        self.endings.insert(field.into(), Arc::clone(&ended));
        ended
    }
}
