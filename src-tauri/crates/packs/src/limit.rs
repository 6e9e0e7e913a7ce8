//! Amounts and conducts in classes, so that a table's row can name one.
//!
//! The classes of an amount are read from top to bottom and the first that fits names the amount: they exclude each other and
//! leave nothing out by construction. Each conduct stands in one class.

mod span;
mod table;
#[cfg(test)]
mod tests;

use record::Conduct;
use rust_decimal::Decimal;
use smallvec::{SmallVec, smallvec};
use toml::Spanned;

use crate::error::{LoadError, Problem};
use crate::file::TextFile;
use crate::source::{Cite, Sources};

pub use span::{JUST_OVER, Span};

use table::{Raw, RawScale};

/// One way of putting amounts into classes.
#[derive(Debug, Clone)]
pub struct Scale {
    /// Its id in the pack.
    pub id: String,
    /// The law behind the figures.
    pub cite: Cite,
    /// The classes, the first that fits names an amount; the last fits all.
    pub classes: Vec<AmountClass>,
}

/// One class of amounts.
#[derive(Debug, Clone)]
pub struct AmountClass {
    /// Its id in the pack.
    pub id: String,
    /// Grams of flower.
    pub flower: Span,
    /// Grams of concentrate.
    pub concentrate: Span,
    /// Plants.
    pub plants: Span,
}

/// Amounts of all forms, each a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    /// Grams of flower.
    pub flower: Span,
    /// Grams of concentrate.
    pub concentrate: Span,
    /// Plants.
    pub plants: Span,
}

impl Scale {
    /// The classes that an amount within the given ranges can be in, as bits.
    #[must_use]
    pub fn possible(&self, amounts: &Amounts) -> u16 {
        let mut mask = 0;
        // The class changes only at a limit and just over it, so these amounts stand for all.
        let points = |span: Span, limit: fn(&AmountClass) -> Span, step: Decimal| {
            let mut points: SmallVec<[Decimal; 8]> = smallvec![span.least];
            for class in &self.classes {
                if let Some(edge) = limit(class).most {
                    points.extend([edge, edge + step].into_iter().filter(|p| span.holds(*p)));
                }
            }
            points
        };
        let concentrates = points(amounts.concentrate, |c| c.concentrate, JUST_OVER);
        let plants = points(amounts.plants, |c| c.plants, Decimal::ONE);
        for flower in points(amounts.flower, |c| c.flower, JUST_OVER) {
            for concentrate in &concentrates {
                for plants in &plants {
                    let fits = |c: &AmountClass| {
                        c.flower.holds(flower)
                            && c.concentrate.holds(*concentrate)
                            && c.plants.holds(*plants)
                    };
                    if let Some(class) = self.classes.iter().position(fits) {
                        mask |= 1 << class;
                    }
                }
            }
        }
        mask
    }
}

/// The number of a scale in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScaleId(pub(crate) usize);

/// The amount and conduct classes of a pack.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    scales: Vec<Scale>,
    conduct: Vec<(String, Vec<Conduct>)>,
    limitation: Option<Limitation>,
}

/// How far back of a charge its offense can lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limitation {
    /// Whole years.
    pub years: u8,
    /// The authority.
    pub cite: Cite,
}

/// At most this many classes: they are bits of a word.
const MAX_CLASSES: usize = 16;

impl Limits {
    pub(crate) fn load(file: &TextFile, sources: &Sources) -> Result<Self, LoadError> {
        let raw: Raw = file.parse()?;
        let mut limits = Self::default();
        for scale in raw.amount {
            let scale = load_scale(file, scale, sources)?;
            limits.scales.push(scale);
        }
        if let Some(raw) = raw.limitation {
            let cite = sources.resolve(file, &raw.cite)?;
            limits.limitation = Some(Limitation {
                years: raw.years,
                cite,
            });
        }
        let mut acts: Vec<Conduct> = Vec::new();
        for class in raw.conduct {
            for act in &class.acts {
                if acts.contains(act.get_ref()) {
                    let word = format!("{:?}", act.get_ref());
                    return Err(file.error_at(
                        act,
                        Problem::Twice {
                            kind: "the conduct",
                            word,
                        },
                    ));
                }
                acts.push(*act.get_ref());
            }
            let acts = class.acts.into_iter().map(Spanned::into_inner).collect();
            limits.conduct.push((class.id.into_inner(), acts));
        }
        if limits.conduct.len() > MAX_CLASSES {
            let problem = format!("more than {MAX_CLASSES} classes of conduct");
            return Err(file.error(0..0, Problem::Value(problem)));
        }
        Ok(limits)
    }

    /// A scale by its number.
    #[must_use]
    pub fn scale(&self, id: ScaleId) -> &Scale {
        &self.scales[id.0]
    }

    /// How far back of a charge its offense can lie, where the pack says so.
    #[must_use]
    pub fn limitation(&self) -> Option<Limitation> {
        self.limitation
    }

    /// The class of a conduct, as a bit; none where the pack has no class for it.
    #[must_use]
    pub fn conduct(&self, act: Conduct) -> u16 {
        let class = self
            .conduct
            .iter()
            .position(|(_, acts)| acts.contains(&act));
        class.map_or(0, |class| 1 << class)
    }

    /// The ids of the conduct classes, in the order of their bits.
    pub fn conduct_ids(&self) -> impl Iterator<Item = &str> {
        self.conduct.iter().map(|(id, _)| id.as_str())
    }

    /// All conduct classes, as bits.
    #[must_use]
    pub fn all_conduct(&self) -> u16 {
        all(self.conduct.len())
    }

    pub(crate) fn conduct_classes(
        &self,
        file: &TextFile,
        ids: &[Spanned<String>],
    ) -> Result<u16, LoadError> {
        ids.iter().try_fold(0, |mask, id| {
            let found = self
                .conduct
                .iter()
                .position(|(class, _)| class == id.get_ref());
            let class = found.ok_or_else(|| {
                let known = self.conduct_ids();
                file.error_at(
                    id,
                    Problem::unknown("class of conduct", id.get_ref(), known),
                )
            })?;
            Ok(mask | 1 << class)
        })
    }

    /// The scale that the named classes belong to, and their bits.
    pub(crate) fn amount_classes(
        &self,
        file: &TextFile,
        ids: &[Spanned<String>],
    ) -> Result<Option<(ScaleId, u16)>, LoadError> {
        let mut found: Option<(ScaleId, u16)> = None;
        for id in ids {
            let place = self.scales.iter().enumerate().find_map(|(n, scale)| {
                let class = scale.classes.iter().position(|c| &c.id == id.get_ref())?;
                Some((n, class))
            });
            let Some((scale, class)) = place else {
                let known = self
                    .scales
                    .iter()
                    .flat_map(|s| &s.classes)
                    .map(|c| c.id.as_str());
                return Err(
                    file.error_at(id, Problem::unknown("class of amount", id.get_ref(), known))
                );
            };
            match &mut found {
                None => found = Some((ScaleId(scale), 1 << class)),
                Some((before, mask)) if before.0 == scale => *mask |= 1 << class,
                Some(_) => {
                    let problem = "these classes belong to two scales".to_owned();
                    return Err(file.error_at(id, Problem::Value(problem)));
                }
            }
        }
        Ok(found)
    }
}

/// The lowest `n` bits.
pub(crate) fn all(n: usize) -> u16 {
    u16::MAX
        .checked_shr(16 - u32::try_from(n).unwrap_or(16))
        .unwrap_or(0)
}

fn load_scale(file: &TextFile, raw: RawScale, sources: &Sources) -> Result<Scale, LoadError> {
    let span = |text: &Option<Spanned<String>>| match text {
        None => Ok(Span::ANY),
        Some(text) => Span::parse(text.get_ref())
            .map_err(|problem| file.error_at(text, Problem::Value(problem))),
    };
    let mut classes = Vec::new();
    for class in &raw.classes {
        classes.push(AmountClass {
            id: class.id.get_ref().clone(),
            flower: span(&class.flower)?,
            concentrate: span(&class.concentrate)?,
            plants: span(&class.plants)?,
        });
    }
    let open = |c: &AmountClass| [c.flower, c.concentrate, c.plants] == [Span::ANY; 3];
    if classes.len() > MAX_CLASSES || !classes.last().is_some_and(open) {
        let problem =
            format!("a scale has at most {MAX_CLASSES} classes and the last has no limit");
        return Err(file.error_at(&raw.id, Problem::Value(problem)));
    }
    Ok(Scale {
        cite: sources.resolve(file, &raw.cite)?,
        id: raw.id.into_inner(),
        classes,
    })
}
