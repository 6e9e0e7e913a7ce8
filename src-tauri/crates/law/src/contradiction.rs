//! Facts of a record that cannot both be true.
//!
//! Neither is believed: both are taken as unknown, so that an answer that turns on them asks, and every other answer stays. Only what
//! is certain counts: partly known dates contradict where no day of one fits any day of the other.

use jiff::ToSpan;
use jiff::civil::Date;
use record::{Case, Count, PartialDate, Person, Record, SentenceStatus};

/// Nobody is charged with a crime under this age, in full years; an earlier one is a mistake in one of the dates.
const LEAST_AGE: i32 = 5;
/// No juvenile court decides about what somebody did at this age.
const NO_JUVENILE: i32 = 25;

/// Two facts that exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contradiction {
    pub(crate) kind: Clash,
    pub(crate) case: usize,
    /// None where all of the case is concerned.
    pub(crate) count: Option<usize>,
    /// The first of the two days, as the words name them.
    pub(crate) one: Option<PartialDate>,
    /// The second.
    pub(crate) other: Option<PartialDate>,
}

/// Which facts exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clash {
    JudgedLater,
    OffenseLater,
    OffenseAfterJudgment,
    OffenseAfterCharge,
    ChargedAfterJudgment,
    CompletedBeforeJudgment,
    ServingCompleted,
    ReliefBeforeJudgment,
    ReliefLater,
    BornAfterOffense,
    TooYoung,
    TooOldForJuvenile,
    DiedBefore,
    SupervisionDenied,
}

impl Clash {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 14] = [
        Self::JudgedLater,
        Self::OffenseLater,
        Self::OffenseAfterJudgment,
        Self::OffenseAfterCharge,
        Self::ChargedAfterJudgment,
        Self::CompletedBeforeJudgment,
        Self::ServingCompleted,
        Self::ReliefBeforeJudgment,
        Self::ReliefLater,
        Self::BornAfterOffense,
        Self::TooYoung,
        Self::TooOldForJuvenile,
        Self::DiedBefore,
        Self::SupervisionDenied,
    ];

    /// The key of its words.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::JudgedLater => "contradiction-judged-later",
            Self::OffenseLater => "contradiction-offense-later",
            Self::OffenseAfterJudgment => "contradiction-offense-judgment",
            Self::OffenseAfterCharge => "contradiction-offense-charge",
            Self::ChargedAfterJudgment => "contradiction-charge-judgment",
            Self::CompletedBeforeJudgment => "contradiction-completed-judgment",
            Self::ServingCompleted => "contradiction-serving-completed",
            Self::ReliefBeforeJudgment => "contradiction-relief-judgment",
            Self::ReliefLater => "contradiction-relief-later",
            Self::BornAfterOffense => "contradiction-born-offense",
            Self::TooYoung => "contradiction-too-young",
            Self::TooOldForJuvenile => "contradiction-juvenile",
            Self::DiedBefore => "contradiction-died",
            Self::SupervisionDenied => "contradiction-supervision",
        }
    }
}

impl Contradiction {
    /// Whether a finding about a case and a count, or about all of them, rests on these facts.
    pub(crate) fn concerns(&self, case: Option<usize>, count: Option<usize>) -> bool {
        // A birth or a death that is not believed may matter everywhere.
        let person = matches!(
            self.kind,
            Clash::BornAfterOffense
                | Clash::TooYoung
                | Clash::TooOldForJuvenile
                | Clash::DiedBefore
                | Clash::SupervisionDenied
        );
        person
            || case.is_none_or(|case| case == self.case)
                && count.is_none_or(|count| self.count.is_none_or(|mine| mine == count))
    }
}

/// The contradictions of a record on a day, and the record without the facts that contradict; nothing where there are none.
pub(crate) fn settle(record: &Record, as_of: Date) -> Option<(Record, Vec<Contradiction>)> {
    let mut found = Vec::new();
    let now = record.now.as_ref();
    if now.is_some_and(|now| {
        now.supervised == Some(false) && now.supervision.as_ref().is_some_and(|s| !s.is_empty())
    }) {
        found.push(Contradiction {
            kind: Clash::SupervisionDenied,
            case: 0,
            count: None,
            one: None,
            other: None,
        });
    }
    for (k, case) in record.cases.iter().enumerate() {
        for (c, count) in case.counts.iter().enumerate() {
            look(&record.person, case, count, as_of, |kind, one, other| {
                found.push(Contradiction {
                    kind,
                    case: k,
                    count: Some(c),
                    one,
                    other,
                });
            });
        }
    }
    if found.is_empty() {
        return None;
    }
    let mut settled = record.clone();
    for clash in &found {
        forget(&mut settled, clash);
    }
    Some((settled, found))
}

type Found<'f> = &'f mut dyn FnMut(Clash, Option<PartialDate>, Option<PartialDate>);

fn look(
    person: &Person,
    case: &Case,
    count: &Count,
    as_of: Date,
    mut found: impl FnMut(Clash, Option<PartialDate>, Option<PartialDate>),
) {
    let judged = count.disposition.as_ref().and_then(|d| d.date);
    let offense = count.offense_date;
    let after = |one: Option<PartialDate>, other: Option<PartialDate>| {
        one.zip(other)
            .is_some_and(|(one, other)| one.earliest() > other.latest())
    };
    let today = Some(PartialDate::from(as_of));
    for (kind, one, other) in [
        (Clash::JudgedLater, judged, today),
        (Clash::OffenseLater, offense, today),
        (Clash::OffenseAfterJudgment, offense, judged),
        (Clash::OffenseAfterCharge, offense, case.filed),
        (Clash::ChargedAfterJudgment, case.filed, judged),
        (Clash::DiedBefore, judged, person.died),
    ] {
        if after(one, other) {
            found(kind, one, other);
        }
    }
    sentence(count, judged, as_of, &mut found);
    ages(person, case, count, &mut found);
    for granted in count.relief_granted.iter().flatten() {
        if after(judged, granted.date) {
            found(Clash::ReliefBeforeJudgment, judged, granted.date);
        }
        if after(granted.date, today) {
            found(Clash::ReliefLater, granted.date, today);
        }
    }
}

fn sentence(count: &Count, judged: Option<PartialDate>, as_of: Date, found: Found<'_>) {
    let Some(sentence) = &count.sentence else {
        return;
    };
    let Some(completed) = sentence.completed else {
        return;
    };
    if judged.is_some_and(|judged| judged.earliest() > completed.latest()) {
        found(Clash::CompletedBeforeJudgment, judged, Some(completed));
    }
    if sentence.status == Some(SentenceStatus::Serving) && completed.latest() <= as_of {
        found(Clash::ServingCompleted, Some(completed), None);
    }
}

fn ages(person: &Person, case: &Case, count: &Count, found: Found<'_>) {
    let Some((born, offense)) = person.born.zip(count.offense_date) else {
        return;
    };
    // The first day on which somebody born on the last, or the first, possible day can have been so old.
    let reaches = |born: Date, age: i32| born.checked_add(age.years()).ok();
    if born.earliest() > offense.latest() {
        found(Clash::BornAfterOffense, Some(born), Some(offense));
    } else if reaches(born.earliest(), LEAST_AGE).is_some_and(|day| offense.latest() < day) {
        found(Clash::TooYoung, Some(born), Some(offense));
    } else if case.juvenile == Some(true)
        && reaches(born.latest(), NO_JUVENILE).is_some_and(|day| offense.earliest() > day)
    {
        found(Clash::TooOldForJuvenile, Some(born), Some(offense));
    }
}

fn forget(record: &mut Record, clash: &Contradiction) {
    if clash.kind == Clash::SupervisionDenied {
        if let Some(now) = &mut record.now {
            now.supervised = None;
            now.supervision = None;
        }
        return;
    }
    let person = &mut record.person;
    let Some(case) = record.cases.get_mut(clash.case) else {
        return;
    };
    let filed = &mut case.filed;
    let Some(count) = clash.count.and_then(|c| case.counts.get_mut(c)) else {
        return;
    };
    let judged = |count: &mut Count| {
        if let Some(disposition) = &mut count.disposition {
            disposition.date = None;
        }
    };
    match clash.kind {
        // On the day asked about nothing was decided yet, or the date is wrong: how it ended is open.
        Clash::JudgedLater => count.disposition = None,
        Clash::OffenseLater => count.offense_date = None,
        Clash::OffenseAfterJudgment => {
            count.offense_date = None;
            judged(count);
        }
        Clash::OffenseAfterCharge => {
            count.offense_date = None;
            *filed = None;
        }
        Clash::ChargedAfterJudgment => {
            *filed = None;
            judged(count);
        }
        Clash::CompletedBeforeJudgment => {
            judged(count);
            if let Some(sentence) = &mut count.sentence {
                sentence.completed = None;
            }
        }
        Clash::ServingCompleted => {
            if let Some(sentence) = &mut count.sentence {
                sentence.completed = None;
                sentence.status = None;
            }
        }
        Clash::ReliefBeforeJudgment => {
            count.relief_granted = None;
            judged(count);
        }
        // On the day asked about nothing was granted yet, or the date is wrong.
        Clash::ReliefLater => count.relief_granted = None,
        Clash::BornAfterOffense | Clash::TooYoung => {
            person.born = None;
            count.offense_date = None;
        }
        Clash::TooOldForJuvenile => {
            person.born = None;
            count.offense_date = None;
            case.juvenile = None;
        }
        Clash::DiedBefore => {
            person.died = None;
            judged(count);
        }
        Clash::SupervisionDenied => {}
    }
}

#[cfg(test)]
mod tests {
    use packs::Packs;
    use record::clinic::Language;

    use super::Clash;

    #[test]
    fn every_pack_has_words_for_every_contradiction() {
        for pack in Packs::builtin().unwrap().iter() {
            for language in [Language::En, Language::Es] {
                for clash in Clash::ALL {
                    let words = &pack.texts.of(language).warning;
                    assert!(words.contains_key(clash.key()), "{}", clash.key());
                }
            }
        }
    }
}
