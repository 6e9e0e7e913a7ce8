//! Which lists of its pack an offense stands on.

use packs::Pack;
use packs::offense::{Behind, Counts};
use packs::section::{Charge, Fit};

use super::Entry;
use crate::truth::Truth;

impl Entry {
    // Whether the offense is on each list. One that the record does not name may be on any.
    pub(super) fn memberships(&self, pack: &Pack) -> Vec<Truth> {
        let (charge, attempt) = match self.behind {
            None => (&self.charge, self.attempt),
            Some(Behind::Conspiracy | Behind::Attempt) => (&self.target, Some(true)),
            // An accessory is guilty of that alone, whatever it was to.
            Some(Behind::Accessory) => (&self.charge, Some(false)),
        };
        let Some(charge) = charge else {
            return vec![Truth::Unknown; pack.offenses.lists().count()];
        };
        let mut on = self.standing(pack, charge, attempt);
        // Of a compound that names several offenses nothing says which one the conviction is of.
        for other in &self.beside {
            let others = self.standing(pack, other, attempt);
            for (one, other) in on.iter_mut().zip(others) {
                if *one == Truth::No && other != Truth::No {
                    *one = Truth::Arguable;
                }
            }
        }
        on
    }

    fn standing(&self, pack: &Pack, charge: &Charge, attempt: Option<bool>) -> Vec<Truth> {
        // The entry that names the section most closely speaks for it; where the sheet leaves out the subdivision that would
        // decide between entries, whether it is listed is arguable.
        let mut on = vec![Standing::default(); pack.offenses.lists().count()];
        for (list, entry, fit) in pack.offenses.listing(charge) {
            let Some(days) = self.days.within(entry.from, entry.until) else {
                continue;
            };
            // An offense that was on some day within the entry's or outside of it may be on the list.
            let then = match days == self.days {
                true => Truth::Yes,
                false => Truth::Unknown,
            };
            let tried = match self.behind {
                Some(Behind::Conspiracy) => entry.conspiracies,
                _ => entry.attempts,
            };
            let counts = match attempt {
                Some(false) => truth(entry.itself),
                Some(true) => truth(entry.itself.min(tried)),
                None if entry.itself.min(tried) == entry.itself => truth(entry.itself),
                None => Truth::Unknown,
            };
            let level: Truth = match self.level {
                _ if entry.levels.is_empty() => Truth::Yes,
                None => Truth::Unknown,
                Some(level) => entry.levels.contains(&level).into(),
            };
            let depth =
                entry.charge.subdivisions.len() + usize::from(!entry.charge.base.is_empty());
            on[list.index()].add(fit, depth, then.and(level).and(counts));
        }
        on.into_iter().map(Standing::truth).collect()
    }
}

/// What the entries of one list say of one section.
#[derive(Clone, Copy)]
struct Standing {
    depth: usize,
    named: Truth,
    perhaps: Option<Truth>,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            depth: 0,
            named: Truth::No,
            perhaps: None,
        }
    }
}

impl Standing {
    fn add(&mut self, fit: Fit, depth: usize, says: Truth) {
        match fit {
            Fit::Yes if depth > self.depth => (self.depth, self.named) = (depth, says),
            Fit::Yes if depth == self.depth => self.named = self.named.or(says),
            Fit::Perhaps => {
                self.perhaps = Some(match self.perhaps {
                    Some(other) if other != says => Truth::Arguable,
                    _ => says,
                });
            }
            Fit::Yes | Fit::No => {}
        }
    }

    fn truth(self) -> Truth {
        match self.perhaps {
            Some(Truth::Unknown) => Truth::Unknown,
            Some(perhaps) if perhaps != self.named => match self.named {
                Truth::Unknown => Truth::Unknown,
                _ => Truth::Arguable,
            },
            _ => self.named,
        }
    }
}

pub(super) fn truth(counts: Counts) -> Truth {
    match counts {
        Counts::No => Truth::No,
        Counts::Arguable => Truth::Arguable,
        Counts::Yes => Truth::Yes,
    }
}
