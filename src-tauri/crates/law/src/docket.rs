//! A record prepared once for all questions: sections in comparable parts, list membership, spans of days.

mod lists;

use jiff::ToSpan;
use jiff::civil::Date;
use packs::Pack;
use packs::offense::{Behind, ListId, OffenseId};
use packs::section::{Charge, Fit};
use record::{Case, Count, DispositionKind, Effect, Level, PartialDate, Record};

use crate::age::Days;
use crate::fact::Part;
use crate::truth::Truth;
use crate::watch::Watch;

/// All counts of a record under one pack.
pub(crate) struct Docket<'a> {
    pub(crate) record: &'a Record,
    pub(crate) pack: &'a Pack,
    pub(crate) as_of: Date,
    /// Who looks on, where the pack is being proved.
    pub(crate) watch: Option<&'a Watch>,
    cases: Vec<Vec<Entry>>,
}

/// One count prepared.
pub(crate) struct Entry {
    /// The section, an attempt's own section taken off; none where the record names none.
    pub(crate) charge: Option<Charge>,
    pub(crate) attempt: Option<bool>,
    /// The offense behind an accessory, conspiracy or attempt.
    pub(crate) target: Option<Charge>,
    pub(crate) behind: Option<Behind>,
    /// The other sections of a compound that names several offenses.
    pub(crate) beside: Vec<Charge>,
    /// The days on which the offense can have been.
    pub(crate) days: Days,
    /// Whether it is a conviction: a juvenile court's finding is `Arguable` here, each list says what that means.
    pub(crate) outcome: Truth,
    // The level on record, where lists turn on it: that of the conviction when it was entered.
    level: Option<Level>,
    on_lists: Vec<Truth>,
}

impl<'a> Docket<'a> {
    pub(crate) fn new(record: &'a Record, pack: &'a Pack, as_of: Date) -> Self {
        let cases = record
            .cases
            .iter()
            .map(|case| {
                case.counts
                    .iter()
                    .map(|count| Entry::new(pack, record.person.born, case, count))
                    .collect()
            })
            .collect();
        Self {
            record,
            pack,
            as_of,
            watch: None,
            cases,
        }
    }

    pub(crate) fn entry(&self, k: usize, c: usize) -> &Entry {
        &self.cases[k][c]
    }

    /// Every count of the record with its place.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (usize, usize, &Entry)> {
        self.cases.iter().enumerate().flat_map(|(k, counts)| {
            counts
                .iter()
                .enumerate()
                .map(move |(c, entry)| (k, c, entry))
        })
    }

    /// Whether a count is a judgment of this pack's jurisdiction.
    pub(crate) fn ours(&self, k: usize) -> Truth {
        let court = &self.record.cases[k].court.jurisdiction;
        court.as_ref().map(|court| court == &self.pack.id).into()
    }

    /// The days on which a case can have been charged, as seen from one of its counts.
    pub(crate) fn charged(&self, k: usize, c: usize) -> Days {
        let case = &self.record.cases[k];
        match case.filed {
            Some(filed) => Days {
                first: Some(filed.earliest()),
                last: Some(filed.latest()),
            },
            None => Days {
                first: self.entry(k, c).days.first,
                last: decided(&case.counts[c]).last,
            },
        }
    }

    /// Whether a conviction came before a case was charged. The same day counts as before: nobody can say which was first.
    pub(crate) fn before(&self, prior: (usize, usize), charged: Days) -> Truth {
        let mut day = decided(&self.record.cases[prior.0].counts[prior.1]);
        if day.first.is_none() {
            day.first = self.entry(prior.0, prior.1).days.first;
        }
        match (day, charged) {
            (
                Days {
                    last: Some(last), ..
                },
                Days {
                    first: Some(first), ..
                },
            ) if last <= first => Truth::Yes,
            (
                Days {
                    first: Some(first), ..
                },
                Days {
                    last: Some(last), ..
                },
            ) if first > last => Truth::No,
            _ => Truth::Unknown,
        }
    }

    /// Whether a count's own section is on a list, whatever became of the count.
    pub(crate) fn on_list(&self, k: usize, c: usize, list: ListId) -> Truth {
        self.entry(k, c).on_lists[list.index()]
    }

    /// Whether a count is a conviction of an offense on a list.
    pub(crate) fn listed(&self, k: usize, c: usize, list: ListId) -> Truth {
        let entry = self.entry(k, c);
        let member = entry.on_lists[list.index()];
        let granted = self.record.cases[k].counts[c].relief_granted.as_deref();
        // What nobody has said may be an order that undid it.
        let undone: Truth = granted
            .map(|all| {
                all.iter()
                    .any(|relief| matches!(relief.effect, Effect::Vacated | Effect::Pardoned))
            })
            .into();
        let convicted = match (entry.outcome, undone) {
            (Truth::Arguable, _) => lists::truth(self.pack.offenses.list(list).juvenile),
            // Whether a vacated or pardoned conviction is still a prior is for an attorney.
            (Truth::Yes, Truth::Yes) => Truth::Arguable,
            (Truth::Yes, Truth::Unknown) => Truth::Unknown,
            (other, _) => other,
        };
        self.ours(k).and(member).and(convicted)
    }
}

impl Entry {
    fn new(pack: &Pack, born: Option<PartialDate>, case: &Case, count: &Count) -> Self {
        let mut entry = Self {
            charge: None,
            attempt: count.attempt,
            target: count
                .target
                .as_ref()
                .and_then(|t| pack.codes.charge(t.as_str())),
            behind: None,
            beside: Vec::new(),
            days: offense_days(pack, born, case, count),
            outcome: match count.disposition.as_ref().map(|d| d.kind) {
                Some(DispositionKind::Convicted) => Truth::Yes,
                Some(DispositionKind::Adjudicated) => Truth::Arguable,
                None | Some(DispositionKind::Other) => Truth::Unknown,
                Some(_) => Truth::No,
            },
            level: count.level,
            on_lists: Vec::new(),
        };
        if let Some(section) = &count.section {
            entry.name(pack, pack.codes.charges(section.as_str()));
        }
        entry.on_lists = entry.memberships(pack);
        entry
    }

    // A compound such as 664/187(a) is the offense behind it; so is a bare attempt whose offense the record names.
    fn name(&mut self, pack: &Pack, charges: Vec<Charge>) {
        // Its own form too: a compound prints one code for both, and it is the code of the offense behind it.
        let wrapper = |charge: &Charge| {
            pack.offenses.iter().find_map(|(_, offense)| {
                let behind = offense.behind?;
                let form = offense
                    .forms
                    .iter()
                    .find(|form| form.charge.base == charge.base)?;
                Some((behind, form.charge.clone()))
            })
        };
        let compound = charges.len() > 1;
        let mut rest = charges;
        let found = rest.iter().position(|charge| match wrapper(charge) {
            Some(_) => compound || is_wrapper(pack, charge),
            None => false,
        });
        let Some(at) = found else {
            let mut rest = rest.into_iter();
            self.charge = rest.next();
            self.beside = rest.collect();
            return;
        };
        let outer = rest.remove(at);
        let (behind, own) = wrapper(&outer).unzip();
        self.behind = behind;
        if self.target.is_none() {
            self.target = rest.into_iter().next().map(|aim| recoded(pack, aim));
        }
        if self.behind == Some(Behind::Attempt) && self.target.is_some() {
            self.attempt = Some(true);
            self.behind = None;
            self.charge = self.target.clone();
        } else {
            self.charge = own.filter(|_| compound).or(Some(outer));
        }
    }

    /// What the record leaves out of the offense's name, where a list turns on it.
    pub(crate) fn unnamed(&self, list: ListId) -> Option<Part> {
        if self.on_lists[list.index()] != Truth::Unknown {
            return None;
        }
        let missing = match self.behind {
            None if self.charge.is_none() => Part::Section,
            None if self.attempt.is_none() => Part::Attempt,
            Some(Behind::Conspiracy | Behind::Attempt) if self.target.is_none() => Part::Target,
            _ if self.level.is_none() => Part::Level,
            _ => Part::OffenseDate,
        };
        Some(missing)
    }
}

// A compound prints one code, that of the wrapper: a number that is nothing in it, and an offense of another code, is that offense.
fn recoded(pack: &Pack, mut aim: Charge) -> Charge {
    let forms = || pack.offenses.iter().flat_map(|(_, offense)| &offense.forms);
    let of_number = |form: &&packs::offense::Form| form.charge.base == aim.base;
    let known = forms().any(|form| of_number(&form) && form.charge.code == aim.code)
        || pack.offenses.listing(&aim).next().is_some();
    if !known && let Some(form) = forms().find(of_number) {
        aim.code.clone_from(&form.charge.code);
    }
    aim
}

fn is_wrapper(pack: &Pack, charge: &Charge) -> bool {
    pack.offenses
        .matching(charge)
        .any(|(id, _, fit)| fit == Fit::Yes && pack.offenses.get(id).behind.is_some())
}

/// The offense that a wrapper's section is.
pub(crate) fn offense_named(pack: &Pack, charge: &Charge) -> Option<OffenseId> {
    pack.offenses
        .matching(charge)
        .find(|(_, _, fit)| *fit == Fit::Yes)
        .map(|(id, _, _)| id)
}

/// The days of a count's disposition.
fn decided(count: &Count) -> Days {
    let date = count.disposition.as_ref().and_then(|d| d.date);
    Days {
        first: date.map(|d| d.earliest()),
        last: date.map(|d| d.latest()),
    }
}

// An offense comes before its disposition, before the charge and not after the last arrest of its case; where its day is not
// given, not further back of the first of them than a case can be charged, and not in the life of a small child.
fn offense_days(pack: &Pack, born: Option<PartialDate>, case: &Case, count: &Count) -> Days {
    let arrests = case.arrests.as_deref().unwrap_or_default();
    let arrested: Option<Vec<_>> = arrests.iter().map(|arrest| arrest.date).collect();
    let arrested = arrested.unwrap_or_default();
    let filed = case.filed.map(|filed| filed.latest());
    let last_arrest = arrested.iter().map(|date| date.latest()).max();
    let bound = [decided(count).last, filed, last_arrest]
        .into_iter()
        .flatten()
        .min();
    match count.offense_date {
        None => {
            let begun = case
                .filed
                .iter()
                .chain(&arrested)
                .map(|date| date.earliest())
                .min();
            let years = pack.limits.limitation().map(|limitation| limitation.years);
            let back = |(day, years): (Date, u8)| day.checked_sub(i32::from(years).years()).ok();
            let charged = begun.zip(years).and_then(back);
            // What is only taken to be so refuses nobody: where it would put the offense after a change of law that closes a
            // route, the offense may have come before it all the same (a waiver, an old warrant), and its day is asked for.
            let close = pack.offenses_close.and_then(|day| day.yesterday().ok());
            let charged = charged.map(|day| close.map_or(day, |close| day.min(close)));
            // Nobody is charged with what was done before the age of five.
            let lived = born.and_then(|born| born.earliest().checked_add(5.years()).ok());
            let first = charged.max(lived);
            // An arrest long after the judgment is another one, or a mistake: it bounds nothing.
            let contradicts = first.zip(bound).is_some_and(|(first, bound)| first > bound);
            Days {
                first: first.filter(|_| !contradicts),
                last: bound,
            }
        }
        Some(date) => {
            let days = Days {
                first: Some(date.earliest()),
                last: Some(date.latest()),
            };
            // A bound that contradicts the date given is left aside.
            let last = bound.map_or(days.last, |bound| days.last.map(|last| last.min(bound)));
            let capped = Days { last, ..days };
            if capped.first <= capped.last {
                capped
            } else {
                days
            }
        }
    }
}
