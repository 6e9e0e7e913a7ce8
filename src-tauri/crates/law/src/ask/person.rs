//! What a person is under on the day asked about, and what came later.

use jiff::civil::Date;
use packs::test::{Now, Pattern, Since};
use record::{DispositionKind, Effect, Level, PartKind, SentencePart, SentenceStatus, Supervision};

use crate::door::anniversary;
use crate::fact::{Fact, Part};
use crate::run::Run;
use crate::truth::Truth;

/// Whether a count's sentence is being served on the day asked about.
enum Served {
    No,
    /// Until a day that the record states.
    Until(Date),
    /// It is, and the record states no end.
    Open,
}

impl Run<'_> {
    /// What the person is under. The record's own words about the day come first; a sentence that is still being served, or a
    /// charge that is still open, says it too, and says it even against them: the reading that promises less.
    pub(super) fn now(&self, what: Now) -> Truth {
        let now = self.record().now.as_ref();
        let now = now.filter(|now| now.on.is_none_or(|on| on == self.docket.as_of));
        let serving = now.and_then(|now| now.serving);
        let supervised = now.and_then(|now| now.supervised);
        let kinds = now
            .and_then(|now| now.supervision.as_deref())
            .filter(|kinds| !kinds.is_empty());
        let both_no = serving == Some(false) && supervised == Some(false);
        match what {
            Now::Charged => {
                let mut all = self.record().counts();
                let pending = all.any(|(.., count)| {
                    count.disposition.as_ref().map(|d| d.kind) == Some(DispositionKind::Pending)
                });
                if pending {
                    Truth::Yes
                } else {
                    now.and_then(|now| now.charged).into()
                }
            }
            Now::Serving => match serving {
                Some(false) if !both_no => Truth::No,
                Some(true) => Truth::Yes,
                given if self.any_served(|parts| custody(parts) && !watched(parts)) => {
                    let _ = given;
                    Truth::Yes
                }
                given => given.into(),
            },
            Now::Probation => {
                if self.any_served(probation)
                    || kinds.is_some_and(|k| k.contains(&Supervision::Probation))
                {
                    Truth::Yes
                } else if supervised == Some(false) || kinds.is_some() {
                    Truth::No
                } else {
                    Truth::Unknown
                }
            }
            Now::Prcs | Now::Parole if supervised == Some(false) && kinds.is_none() => Truth::No,
            Now::Prcs => kinds.map(|k| k.contains(&Supervision::Prcs)).into(),
            Now::Parole => kinds
                .map(|kinds| {
                    kinds.contains(&Supervision::Parole)
                        || kinds.contains(&Supervision::MandatorySupervision)
                })
                .into(),
            Now::Supervised => {
                let by_sentence = self.any_served(|parts| {
                    probation(parts) || (watched(parts) && (both_no || serving == Some(false)))
                });
                if by_sentence || kinds.is_some() {
                    Truth::Yes
                } else {
                    supervised.into()
                }
            }
        }
    }

    /// Where to ask what a person is under.
    pub(super) fn now_fact(&self, what: Now) -> Fact {
        let now = self.record().now.as_ref();
        match what {
            Now::Charged => Fact::Charged,
            Now::Serving => Fact::Serving,
            Now::Probation | Now::Prcs | Now::Parole
                if now.and_then(|now| now.supervised) == Some(true) =>
            {
                Fact::Supervision
            }
            Now::Probation | Now::Prcs | Now::Parole | Now::Supervised => Fact::Supervised,
        }
    }

    fn any_served(&self, is: impl Fn(&[PartKind]) -> bool) -> bool {
        self.docket.entries().any(|(k, c, _)| {
            if matches!(self.served(k, c), Served::No) {
                return false;
            }
            let sentence = self.record().cases[k].counts[c].sentence.as_ref();
            let parts = sentence
                .and_then(|s| s.parts.as_deref())
                .unwrap_or_default();
            let parts: Vec<PartKind> = parts
                .iter()
                .filter(|part| imposed(part))
                .map(|part| part.kind)
                .collect();
            is(&parts)
        })
    }

    fn served(&self, k: usize, c: usize) -> Served {
        let count = &self.record().cases[k].counts[c];
        let Some(sentence) = &count.sentence else {
            return Served::No;
        };
        let as_of = self.docket.as_of;
        let judged = count.disposition.as_ref().and_then(|d| d.date);
        if judged.is_some_and(|judged| judged.earliest() > as_of) {
            return Served::No;
        }
        let end = sentence.completed.filter(|end| end.earliest() > as_of);
        match (sentence.status, end) {
            (_, Some(end)) => Served::Until(end.latest()),
            (Some(SentenceStatus::Serving), None) => Served::Open,
            _ => Served::No,
        }
    }

    /// The day on which every sentence that is being served ends, where the record states it for all of them.
    pub(crate) fn bar_ends(&self) -> Option<Date> {
        let mut last = None;
        for (k, c, _) in self.docket.entries() {
            match self.served(k, c) {
                Served::No => {}
                Served::Until(day) => last = last.max(Some(day)),
                Served::Open => return None,
            }
        }
        last
    }

    // One count against another: is it a later conviction?
    fn later(&self, since: Since, k: usize, c: usize) -> Truth {
        let entry = self.docket.entry(k, c);
        let count = &self.record().cases[k].counts[c];
        let granted = count.relief_granted.as_deref();
        let any = |is: fn(Effect) -> bool| granted.map(|all| all.iter().any(|g| is(g.effect)));
        // Whether one that was undone still counts is a question of law; what nobody has said may be an order that undid it.
        let undone = match any(|effect| !reduces(effect)) {
            Some(true) => Truth::Arguable,
            Some(false) => Truth::Yes,
            None => Truth::Unknown,
        };
        let convicted = match entry.outcome {
            // A juvenile court's finding is no conviction, and is no blameless life either.
            Truth::Arguable if since.felony => Truth::No,
            Truth::Arguable => Truth::Yes,
            other => other.and(undone),
        };
        let grave = match (count.level, any(reduces)) {
            (Some(level), _) if since.not_infraction => (level != Level::Infraction).into(),
            _ if !since.felony && !since.not_infraction => Truth::Yes,
            (Some(Level::Felony), Some(true)) => Truth::Arguable,
            (Some(level), _) => (level == Level::Felony).into(),
            (None, _) => Truth::Unknown,
        };
        let from = self.anchor(since.after);
        let day = if since.by_offense {
            entry.days
        } else {
            let date = count.disposition.as_ref().and_then(|d| d.date);
            crate::age::Days {
                first: date.map(|d| d.earliest()).or(entry.days.first),
                last: date.map(|d| d.latest()),
            }
        };
        let after = match (day.first, day.last, from.first, from.last) {
            (Some(first), _, _, Some(from)) if first > from => Truth::Yes,
            (_, Some(last), Some(from), _) if last <= from => Truth::No,
            _ => Truth::Unknown,
        };
        let within = match since.within {
            None => Truth::Yes,
            Some(years) => {
                let end = |day: Option<Date>| day.and_then(|day| anniversary(day, years));
                match (day.first, day.last, end(from.first), end(from.last)) {
                    (_, Some(last), Some(end), _) if last < end => Truth::Yes,
                    (Some(first), _, _, Some(end)) if first >= end => Truth::No,
                    _ => Truth::Unknown,
                }
            }
        };
        convicted.and(grave).and(after).and(within)
    }

    /// Whether some other conviction may have been undone or reduced: then whether it still counts can be a question of law.
    pub(super) fn undone_elsewhere(&self) -> bool {
        let mut counts = self.record().counts();
        counts.any(|(k, c, _, count)| {
            (k, c) != (self.k, self.c)
                && count
                    .relief_granted
                    .as_ref()
                    .is_none_or(|all| !all.is_empty())
        })
    }

    pub(super) fn since(&self, since: Since) -> Truth {
        let others = self
            .docket
            .entries()
            .filter(|(k, c, _)| (*k, *c) != (self.k, self.c));
        others.fold(Truth::No, |any, (k, c, _)| any.or(self.later(since, k, c)))
    }

    pub(super) fn since_facts(&self, since: Since) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (k, c, entry) in self.docket.entries() {
            if (k, c) == (self.k, self.c) || self.later(since, k, c) != Truth::Unknown {
                continue;
            }
            let count = &self.record().cases[k].counts[c];
            facts.push(if entry.outcome == Truth::Unknown {
                Fact::Count(k, c, Part::Disposition)
            } else if entry.outcome == Truth::Yes && count.relief_granted.is_none() {
                Fact::Count(k, c, Part::ReliefGranted)
            } else if (since.felony || since.not_infraction) && count.level.is_none() {
                Fact::Count(k, c, Part::Level)
            } else if since.by_offense {
                Fact::Count(k, c, Part::OffenseDate)
            } else {
                Fact::Count(k, c, Part::DispositionDate)
            });
        }
        if facts.is_empty() {
            facts.push(self.anchor_fact(since.after));
        }
        facts
    }

    // Convictions and arrests on separate occasions, each by the day of its offense, as many as fall within the years.
    pub(super) fn pattern(&self, pattern: Pattern) -> Truth {
        // A day that is known only in part, or not at all, may fall within any years.
        let mut convictions: Vec<(Option<Date>, Truth)> = Vec::new();
        let mut arrests: Vec<(Option<Date>, Truth)> = Vec::new();
        for (k, case) in self.record().cases.iter().enumerate() {
            let mut convicted = Truth::No;
            let mut arrested = Truth::No;
            let mut day = None;
            for c in 0..case.counts.len() {
                let entry = self.docket.entry(k, c);
                let on = self.docket.on_list(k, c, pattern.list);
                if on != Truth::No && entry.days.first == entry.days.last {
                    day = day.or(entry.days.last);
                }
                arrested = arrested.or(on);
                convicted = convicted.or(on.and(entry.outcome));
            }
            convictions.push((day, convicted));
            arrests.push((day, arrested));
        }
        let enough = |all: &[(Option<Date>, Truth)], wanted: usize| {
            let sure = |from: Date| {
                let end = anniversary(from, pattern.years);
                move |day: Date| day >= from && end.is_none_or(|end| day <= end)
            };
            let mut days = all.iter().filter_map(|(day, _)| *day);
            let certain = days.any(|from| {
                let inside = sure(from);
                let yes = all
                    .iter()
                    .filter(|(day, truth)| *truth == Truth::Yes && day.is_some_and(&inside));
                yes.count() >= wanted
            });
            if certain {
                return Truth::Yes;
            }
            let undated = all
                .iter()
                .filter(|(day, truth)| day.is_none() && *truth != Truth::No);
            let undated = undated.count();
            let mut days = all.iter().filter_map(|(day, _)| *day);
            let possible = undated >= wanted
                || days.any(|from| {
                    let inside = sure(from);
                    let may = all
                        .iter()
                        .filter(|(day, truth)| *truth != Truth::No && day.is_some_and(&inside));
                    may.count() + undated >= wanted
                });
            if possible { Truth::Unknown } else { Truth::No }
        };
        enough(&convictions, pattern.convictions).or(enough(&arrests, pattern.arrests))
    }
}

fn reduces(effect: Effect) -> bool {
    matches!(
        effect,
        Effect::ReducedToMisdemeanor | Effect::ReducedToInfraction
    )
}

/// Whether a part of a sentence was imposed. Probation and mandatory supervision are what a suspended sentence leaves: a sheet that
/// calls them suspended speaks of the jail term that they stand for.
pub(super) fn imposed(part: &SentencePart) -> bool {
    let instead = matches!(
        part.kind,
        PartKind::Probation | PartKind::MandatorySupervision
    );
    instead || part.suspended != Some(true)
}

fn probation(parts: &[PartKind]) -> bool {
    parts.contains(&PartKind::Probation)
}

fn custody(parts: &[PartKind]) -> bool {
    parts.contains(&PartKind::Jail) || parts.contains(&PartKind::Prison)
}

// Supervision that is or follows a part of the sentence.
fn watched(parts: &[PartKind]) -> bool {
    probation(parts)
        || parts.contains(&PartKind::MandatorySupervision)
        || parts.contains(&PartKind::Parole)
}
