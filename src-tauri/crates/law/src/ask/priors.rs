//! Earlier relief, and what counts as a prior: convictions on a list that came before the charge, or may be missing.

use packs::offense::ListId;
use packs::section::{Charge, Fit};
use record::{DispositionKind, Effect, ReliefGranted};

use crate::run::Run;
use crate::truth::Truth;

impl Run<'_> {
    /// Whether relief was given under one of the sections (any, where none is named), and under none of the others.
    pub(super) fn granted(&self, by: &[Charge], not_by: &[Charge], effect: &[Effect]) -> Truth {
        let Some(granted) = &self.count().relief_granted else {
            return Truth::Unknown;
        };
        let codes = &self.docket.pack.codes;
        granted
            .iter()
            .filter(|relief| effect.is_empty() || effect.contains(&relief.effect))
            .fold(Truth::No, |any, relief: &ReliefGranted| {
                let given = match &relief.authority {
                    _ if by.is_empty() && not_by.is_empty() => Truth::Yes,
                    None => Truth::Unknown,
                    Some(authority) => {
                        let charges = codes.authorities(authority);
                        let under = |forms: &[Charge]| {
                            let fits = |charge: &Charge| {
                                forms.iter().any(|form| charge.fits(form) == Fit::Yes)
                            };
                            charges.iter().any(fits)
                        };
                        ((by.is_empty() || under(by)) && !under(not_by)).into()
                    }
                };
                any.or(given)
            })
    }

    pub(crate) fn priors(&self, list: ListId, at_least: usize) -> Truth {
        let charged = self.docket.charged(self.k, self.c);
        let (mut certain, mut open, mut arguable) = (0, 0, 0);
        for (k, c, _) in self.docket.entries().filter(|(k, ..)| *k != self.k) {
            let listed = self.docket.listed(k, c, list);
            if listed == Truth::No {
                continue;
            }
            match listed.and(self.docket.before((k, c), charged)) {
                Truth::Yes => certain += 1,
                Truth::Unknown => open += 1,
                Truth::Arguable => arguable += 1,
                Truth::No => {}
            }
        }
        if certain >= at_least {
            Truth::Yes
        } else if certain + open >= at_least {
            Truth::Unknown
        } else if certain + open + arguable >= at_least {
            Truth::Arguable
        } else {
            Truth::No
        }
    }

    pub(super) fn registered(&self, section: &Charge, explained_by: ListId) -> Truth {
        let Some(registrations) = &self.record().person.registrations else {
            return Truth::Unknown;
        };
        let codes = &self.docket.pack.codes;
        let duty = registrations.iter().any(|registration| {
            let charge = codes.charge(registration.section.as_str());
            charge.is_some_and(|charge| charge.fits(section) == Fit::Yes)
        });
        // A conviction that is arguably on the list explains the duty too; what it means is then asked of that conviction.
        let explained = self.docket.entries().any(|(k, c, _)| {
            matches!(
                self.docket.listed(k, c, explained_by),
                Truth::Yes | Truth::Arguable
            )
        });
        if duty && !explained {
            Truth::Unknown
        } else {
            Truth::No
        }
    }

    /// A conviction of another jurisdiction; one that came before this case was charged, or any.
    pub(super) fn elsewhere(&self, before: bool) -> Truth {
        let charged = self.docket.charged(self.k, self.c);
        let any = self.docket.entries().any(|(k, c, entry)| {
            k != self.k
                && self.docket.ours(k) == Truth::No
                && entry.outcome == Truth::Yes
                && (!before || self.docket.before((k, c), charged) != Truth::No)
        });
        any.into()
    }

    // The record says so of the case, or a count of it was found true.
    pub(super) fn juvenile_case(&self) -> bool {
        let mut kinds = self.case().counts.iter().map(|count| &count.disposition);
        self.case().juvenile == Some(true)
            || kinds.any(|d| d.as_ref().map(|d| d.kind) == Some(DispositionKind::Adjudicated))
    }

    // A juvenile court convicts nobody: it finds a petition true.
    pub(super) fn convicted_here(&self) -> bool {
        let mut kinds = self.case().counts.iter().map(|count| &count.disposition);
        kinds.any(|d| d.as_ref().map(|d| d.kind) == Some(DispositionKind::Convicted))
    }
}
