//! The numbers under several policies side by side.

use std::collections::BTreeMap;

use packs::policy::Policy;
use serde::Serialize;

use crate::csv;
use crate::determination::Determination;
use crate::tally::{Left, Tally};
use crate::whole::Asked;

#[derive(Serialize)]
struct Side<'s> {
    schema: &'static str,
    county: &'s str,
    as_of: String,
    pack: String,
    policies: Vec<Column<'s>>,
}

#[derive(Serialize)]
struct Column<'s> {
    policy: &'s str,
    title: &'s str,
    felonies_cleared: u64,
    determinations: BTreeMap<&'static str, u64>,
    disparity: BTreeMap<&'s str, BTreeMap<&'s str, Disparity>>,
    #[serde(flatten)]
    tally: &'s Tally,
}

/// How a group stands beside everybody: the share of its people with a felony, divided by everybody's share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disparity {
    /// People of the group with a conviction that was decided on.
    pub people: u64,
    /// Share with a felony before, in percent.
    pub felony_before: Option<f64>,
    /// Share with a felony afterwards, in percent.
    pub felony_after: Option<f64>,
    /// The group's share before, as a multiple of everybody's.
    pub times_all_before: Option<f64>,
    /// The same afterwards.
    pub times_all_after: Option<f64>,
}

impl Disparity {
    /// A group beside everybody; no number where there is nothing to divide by.
    #[must_use]
    pub fn of(group: &Left, all: &Left) -> Self {
        let share = |n: u64, of: u64| (of > 0).then(|| n as f64 / of as f64);
        let tenths = |n: f64, places: f64| (n * places).round() / places;
        let before = share(group.felony_before, group.people);
        let after = share(group.felony_after, group.people);
        let times = |own: Option<f64>, all: Option<f64>| {
            let (own, all) = own.zip(all.filter(|all| *all > 0.0))?;
            Some(tenths(own / all, 100.0))
        };
        Self {
            people: group.people,
            felony_before: before.map(|n| tenths(n * 100.0, 10.0)),
            felony_after: after.map(|n| tenths(n * 100.0, 10.0)),
            times_all_before: times(before, share(all.felony_before, all.people)),
            times_all_after: times(after, share(all.felony_after, all.people)),
        }
    }
}

fn disparity(tally: &Tally) -> BTreeMap<&str, BTreeMap<&str, Disparity>> {
    let all = &tally.people_left;
    let kinds = tally.groups.iter();
    kinds
        .map(|(kind, groups)| {
            let each = groups.iter();
            let each = each.map(|(name, left)| (name.as_str(), Disparity::of(left, all)));
            (kind.as_str(), each.collect())
        })
        .collect()
}

/// As one document.
pub(crate) fn json(asked: &Asked<'_>, all: &[(&Policy, &Tally)]) -> String {
    let side = Side {
        schema: "relief-desk/what-if/1",
        county: &asked.county,
        as_of: asked.ask.as_of.to_string(),
        pack: format!("{} {}", asked.pack.id, asked.pack.version),
        policies: all
            .iter()
            .map(|(policy, tally)| Column {
                policy: &policy.id,
                title: &policy.title,
                felonies_cleared: tally.felonies_cleared(),
                determinations: Determination::ALL
                    .iter()
                    .map(|one| (one.key(), tally.determined(*one)))
                    .collect(),
                disparity: disparity(tally),
                tally,
            })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&side).unwrap_or_default();
    text.push('\n');
    text
}

/// As a table: a number a line, a policy a column.
pub(crate) fn csv(all: &[(&Policy, &Tally)]) -> Vec<u8> {
    let mut lines: BTreeMap<[String; 3], Vec<Option<String>>> = BTreeMap::new();
    for (n, (_, tally)) in all.iter().enumerate() {
        let mut put = |kind: &str, group: &str, number: &str, value: String| {
            let key = [kind.to_owned(), group.to_owned(), number.to_owned()];
            let line = lines.entry(key).or_insert_with(|| vec![None; all.len()]);
            line[n] = Some(value);
        };
        let whole = |n: u64| n.to_string();
        put(
            "all",
            "",
            "felonies_cleared",
            whole(tally.felonies_cleared()),
        );
        for one in Determination::ALL {
            put("all", "", one.key(), whole(tally.determined(one)));
        }
        for (number, value) in left(&tally.people_left) {
            put("people", "", number, whole(value));
        }
        for (number, value) in left(&tally.people_left_if_all_dismissed) {
            put("people if all were dismissed", "", number, whole(value));
        }
        for (section, levels) in &tally.convictions {
            for (level, determinations) in levels {
                for (determination, by) in determinations {
                    let number = format!("{level} {determination}");
                    put("section", section, &number, whole(by.values().sum()));
                }
            }
        }
        for (decade, determinations) in &tally.by_decade {
            for (determination, n) in determinations {
                put("decade", decade, determination, whole(*n));
            }
        }
        for (kind, groups) in &tally.groups {
            for (group, people) in groups {
                for (number, value) in left(people) {
                    put(kind, group, number, whole(value));
                }
                let disparity = Disparity::of(people, &tally.people_left);
                for (number, value) in [
                    ("felony_before_percent", disparity.felony_before),
                    ("felony_after_percent", disparity.felony_after),
                    ("felony_before_times_all", disparity.times_all_before),
                    ("felony_after_times_all", disparity.times_all_after),
                ] {
                    // Nothing to divide by is no zero.
                    let value = value.map_or_else(String::new, |value| value.to_string());
                    put(kind, group, number, value);
                }
            }
        }
    }
    let mut out = Vec::new();
    let titles = all.iter().map(|(policy, _)| policy.id.as_str());
    csv::line(
        &mut out,
        ["of", "group", "number"].into_iter().chain(titles),
    );
    for (key, values) in &lines {
        // A policy under which a line has no number has none of it.
        let values = values.iter().map(|value| value.as_deref().unwrap_or("0"));
        csv::line(&mut out, key.iter().map(String::as_str).chain(values));
    }
    out
}

fn left(left: &Left) -> [(&'static str, u64); 10] {
    [
        ("people", left.people),
        ("some_relief", left.some_relief),
        ("felony_before", left.felony_before),
        ("felony_after", left.felony_after),
        ("last_seven_years_before", left.last_seven_years_before),
        ("last_seven_years_after", left.last_seven_years_after),
        ("conviction_after", left.conviction_after),
        ("no_felony", left.no_felony),
        (
            "no_conviction_in_seven_years",
            left.no_conviction_in_seven_years,
        ),
        ("no_conviction", left.no_conviction),
    ]
}
