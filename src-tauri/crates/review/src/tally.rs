//! The numbers: convictions by what comes of them, and what is left of people's records.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::{Level, PartialDate};
use serde::{Deserialize, Serialize};

use crate::determination::{DecidedBy, Determination};
use crate::facts::Facts;
use crate::judge::later;

/// Convictions by determination and by who decided.
pub type Determined = BTreeMap<String, BTreeMap<String, u64>>;

/// Numbers of a review. Sums only: the same whatever the order of the persons.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Rows read, those not used included.
    pub rows: u64,
    /// Rows that could not be used.
    pub rows_not_used: u64,
    /// Rows of the county.
    pub rows_of_county: u64,
    /// People.
    pub people: u64,
    /// People with a conviction that was decided on.
    pub people_with_convictions_decided: u64,
    /// Convictions decided on: section, level, determination, who decided.
    pub convictions: BTreeMap<String, BTreeMap<String, Determined>>,
    /// Convictions by determination and decade of the conviction.
    pub by_decade: BTreeMap<String, BTreeMap<String, u64>>,
    /// Convictions by reason.
    pub by_reason: BTreeMap<String, u64>,
    /// What is left of the records of those people, if what is asked for is granted.
    pub people_left: Left,
    /// The same if every one of these convictions were dismissed.
    pub people_left_if_all_dismissed: Left,
    /// The same by age, race and sex: what stands in the file.
    pub groups: BTreeMap<String, BTreeMap<String, Left>>,
    /// The earliest conviction decided on; none where none has a date.
    pub earliest_conviction: Option<String>,
}

/// People before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// People with a conviction that was decided on.
    pub people: u64,
    /// Some conviction of theirs is dismissed or reduced.
    pub some_relief: u64,
    /// Had a felony before.
    pub felony_before: u64,
    /// Have one afterwards.
    pub felony_after: u64,
    /// Had a conviction in the seven years before the day asked about.
    pub last_seven_years_before: u64,
    /// Have one afterwards.
    pub last_seven_years_after: u64,
    /// Have some conviction afterwards.
    pub conviction_after: u64,
    /// No felony any more, and had one.
    pub no_felony: u64,
    /// No conviction in the seven years any more, and had one.
    pub no_conviction_in_seven_years: u64,
    /// No conviction at all any more.
    pub no_conviction: u64,
}

#[derive(Clone, Copy)]
struct One {
    felony: bool,
    recent: bool,
}

impl Left {
    fn add(&mut self, before: &[One], after: &[One], relief: bool) {
        let has = |of: &[One], what: fn(&One) -> bool| of.iter().any(what);
        let felony = |one: &One| one.felony;
        let recent = |one: &One| one.recent;
        let count = |yes: bool| u64::from(yes);
        self.people += 1;
        self.some_relief += count(relief);
        self.felony_before += count(has(before, felony));
        self.felony_after += count(has(after, felony));
        self.last_seven_years_before += count(has(before, recent));
        self.last_seven_years_after += count(has(after, recent));
        self.conviction_after += count(!after.is_empty());
        self.no_felony += count(has(before, felony) && !has(after, felony));
        self.no_conviction_in_seven_years += count(has(before, recent) && !has(after, recent));
        self.no_conviction += count(!before.is_empty() && after.is_empty());
    }

    fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.some_relief += other.some_relief;
        self.felony_before += other.felony_before;
        self.felony_after += other.felony_after;
        self.last_seven_years_before += other.last_seven_years_before;
        self.last_seven_years_after += other.last_seven_years_after;
        self.conviction_after += other.conviction_after;
        self.no_felony += other.no_felony;
        self.no_conviction_in_seven_years += other.no_conviction_in_seven_years;
        self.no_conviction += other.no_conviction;
    }
}

/// A conviction's numbers: what the tables say of it.
pub(crate) struct Counted {
    pub(crate) conviction: usize,
    pub(crate) determination: Determination,
    pub(crate) decided_by: DecidedBy,
    pub(crate) reason: String,
}

impl Tally {
    /// Takes in what was decided on one person's convictions.
    pub(crate) fn person(&mut self, facts: &Facts, counted: &[Counted], as_of: Date) {
        if counted.is_empty() {
            return;
        }
        self.people_with_convictions_decided += 1;
        let convictions = &facts.whole.convictions;
        for one in counted {
            let conviction = &convictions[one.conviction];
            *self
                .convictions
                .entry(facts.base(one.conviction))
                .or_default()
                .entry(level(conviction.level).to_owned())
                .or_default()
                .entry(one.determination.key().to_owned())
                .or_default()
                .entry(one.decided_by.key().to_owned())
                .or_default() += 1;
            let decade = conviction.on.map_or_else(
                || "unknown".to_owned(),
                |on| format!("{}0s", on.earliest().year() / 10),
            );
            *self
                .by_decade
                .entry(decade)
                .or_default()
                .entry(one.determination.key().to_owned())
                .or_default() += 1;
            *self.by_reason.entry(one.reason.clone()).or_default() += 1;
            let on = conviction.on.map(|on| on.to_string());
            self.earliest_conviction = match (self.earliest_conviction.take(), on) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        self.impact(facts, counted, as_of);
    }

    fn impact(&mut self, facts: &Facts, counted: &[Counted], as_of: Date) {
        let convictions = &facts.whole.convictions;
        let one = |n: usize| {
            let (conviction, fact) = (&convictions[n], &facts.each[n]);
            if fact.gone {
                return None;
            }
            Some(One {
                // What is not known to be less counts as a felony: the numbers promise nothing.
                felony: !fact.reduced
                    && conviction.level.is_none_or(|level| level == Level::Felony),
                recent: recent(conviction.on, as_of),
            })
        };
        let before: Vec<One> = (0..convictions.len()).filter_map(one).collect();
        let asked = |n: usize| {
            counted
                .iter()
                .find(|c| c.conviction == n)
                .map(|c| c.determination)
        };
        let after: Vec<One> = (0..convictions.len())
            .filter_map(|n| match asked(n) {
                Some(Determination::Dismiss) => None,
                Some(Determination::Reduce) => one(n).map(|o| One { felony: false, ..o }),
                Some(_) | None => one(n),
            })
            .collect();
        let all: Vec<One> = (0..convictions.len())
            .filter(|n| !convictions[*n].covered || asked(*n).is_none())
            .filter_map(one)
            .collect();
        let relief = counted.iter().any(|c| {
            matches!(
                c.determination,
                Determination::Dismiss | Determination::Reduce
            )
        });
        self.people_left.add(&before, &after, relief);
        self.people_left_if_all_dismissed.add(&before, &all, true);
        let said =
            |stated: &Option<String>| stated.clone().unwrap_or_else(|| "not stated".to_owned());
        let age = facts.whole.born.map_or_else(
            || "not stated".to_owned(),
            |born| {
                let years = (0..12_u8)
                    .rev()
                    .find(|n| later(born.latest(), n * 10) <= as_of);
                years.map_or_else(
                    || "not stated".to_owned(),
                    |n| format!("{}-{}", u16::from(n) * 10, u16::from(n) * 10 + 9),
                )
            },
        );
        for (kind, group) in [
            ("age", age),
            ("race", said(&facts.race)),
            ("sex", said(&facts.sex)),
        ] {
            self.groups
                .entry(kind.to_owned())
                .or_default()
                .entry(group)
                .or_default()
                .add(&before, &after, relief);
        }
    }

    /// Adds the numbers of other persons.
    pub(crate) fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.rows_not_used += other.rows_not_used;
        self.rows_of_county += other.rows_of_county;
        self.people += other.people;
        self.people_with_convictions_decided += other.people_with_convictions_decided;
        for (section, levels) in other.convictions {
            let mine = self.convictions.entry(section).or_default();
            for (level, determinations) in levels {
                let mine = mine.entry(level).or_default();
                for (determination, by) in determinations {
                    add(mine.entry(determination).or_default(), by);
                }
            }
        }
        for (decade, determinations) in other.by_decade {
            add(self.by_decade.entry(decade).or_default(), determinations);
        }
        add(&mut self.by_reason, other.by_reason);
        self.people_left.merge(&other.people_left);
        self.people_left_if_all_dismissed
            .merge(&other.people_left_if_all_dismissed);
        for (kind, groups) in other.groups {
            let mine = self.groups.entry(kind).or_default();
            for (group, left) in groups {
                mine.entry(group).or_default().merge(&left);
            }
        }
        self.earliest_conviction =
            match (self.earliest_conviction.take(), other.earliest_conviction) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
    }

    /// The numbers that no policy changes.
    pub(crate) fn rows(&self) -> Self {
        Self {
            rows: self.rows,
            rows_not_used: self.rows_not_used,
            rows_of_county: self.rows_of_county,
            people: self.people,
            ..Self::default()
        }
    }

    /// Felonies that are dismissed or made less.
    #[must_use]
    pub fn felonies_cleared(&self) -> u64 {
        let felonies = self
            .convictions
            .values()
            .filter_map(|levels| levels.get("felony"));
        let cleared = [Determination::Dismiss, Determination::Reduce].map(Determination::key);
        felonies
            .flat_map(|by| cleared.iter().filter_map(|key| by.get(*key)))
            .flat_map(BTreeMap::values)
            .sum()
    }

    /// Convictions with this determination.
    #[must_use]
    pub fn determined(&self, determination: Determination) -> u64 {
        let levels = self.convictions.values().flat_map(BTreeMap::values);
        levels
            .filter_map(|by| by.get(determination.key()))
            .flat_map(BTreeMap::values)
            .sum()
    }
}

fn add(mine: &mut BTreeMap<String, u64>, other: BTreeMap<String, u64>) {
    for (key, n) in other {
        *mine.entry(key).or_default() += n;
    }
}

// In the seven years before the day asked about. A day that is not known may lie in them.
fn recent(on: Option<PartialDate>, as_of: Date) -> bool {
    on.is_none_or(|on| later(on.latest(), 7) >= as_of)
}

/// A level in tables.
pub(crate) fn level(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::Felony) => "felony",
        Some(Level::Misdemeanor) => "misdemeanor",
        Some(Level::Infraction) => "infraction",
        Some(Level::Violation) => "violation",
        None => "unknown",
    }
}
