//! The same numbers with plots, for the report as PDF.

use std::collections::BTreeMap;

use papers::figures::{Bars, Figures, Legend, Part, Row, Style, Tint, printable};

use super::{Left, Numbers};
use crate::determination::Determination;

/// Rows of a table; what is beyond is drawn together.
const MOST: usize = 14;
/// A group with fewer people says little about a gap.
const FEW: u64 = 30;

impl Numbers {
    /// The report: every number in it stands in the summary, or is a share of two that do.
    pub(crate) fn figures(&self) -> Figures {
        let tally = self;
        let left = &tally.people_left;
        let all = Determination::ALL.map(|one| self.determined(one));
        let mut parts = vec![
            Part::Bars(outcomes(&all)),
            Part::Bars(determined(
                "By section",
                &self.by_section(),
                "Section",
                Order::Largest,
            )),
            Part::Bars(determined(
                "By decade of the conviction",
                &tally.by_decade,
                "Decade",
                Order::Name,
            )),
            Part::Bars(people(left, &tally.people_left_if_all_dismissed)),
        ];
        for (kind, groups) in &tally.groups {
            parts.push(Part::Bars(disparity(kind, groups)));
        }
        parts.push(Part::Bars(reasons(&tally.by_reason)));
        parts.push(self.notes());
        let number = |n: u64, of: &str| (thousands(n), of.to_owned());
        Figures {
            title: format!("Mass review, {} County", self.county),
            about: [
                ("As of", self.as_of.to_string()),
                (
                    "Policy",
                    format!("{} ({})", self.policy_title, self.policy_source),
                ),
                ("Law", format!("{}, rule pack {}", self.route, self.pack)),
            ]
            .map(|(label, words)| (label.to_owned(), printable(&words)))
            .to_vec(),
            head: vec![
                number(all.iter().sum(), "convictions decided on"),
                number(all[0], "to ask for dismissal"),
                number(all[1], "to ask for reduction"),
                number(all[2], "a person must look at"),
                number(left.people, "people with such a conviction"),
                number(left.no_felony, "would have no felony any more"),
                number(
                    left.no_conviction_in_seven_years,
                    "would have none of the last seven years",
                ),
                number(left.no_conviction, "would have no conviction at all"),
            ],
            parts,
            foot: format!(
                "Mass review, {} County, as of {}. Nothing here is a court's order.",
                self.county, self.as_of
            ),
        }
    }

    fn determined(&self, one: Determination) -> u64 {
        let levels = self.convictions.values().flat_map(BTreeMap::values);
        levels
            .filter_map(|by| by.get(one.key()))
            .flat_map(BTreeMap::values)
            .sum()
    }

    fn by_section(&self) -> BTreeMap<String, BTreeMap<String, u64>> {
        let mut all = BTreeMap::new();
        for (section, levels) in &self.convictions {
            let mine: &mut BTreeMap<String, u64> = all.entry(section.clone()).or_default();
            for (determination, by) in levels.values().flatten() {
                *mine.entry(determination.clone()).or_default() += by.values().sum::<u64>();
            }
        }
        all
    }

    fn notes(&self) -> Part {
        let tally = self;
        let mut paragraphs = vec![format!(
            "{} rows were read, {} of them of the county; {} could not be used, each with its reason in rows-not-used.csv. {} people stand in the files, {} with a conviction that was decided on.",
            thousands(tally.rows),
            thousands(tally.rows_of_county),
            thousands(tally.rows_not_used),
            thousands(tally.people),
            thousands(tally.people_with_convictions_decided),
        )];
        if let Some(first) = &tally.earliest_conviction {
            paragraphs.push(format!(
                "The earliest conviction decided on is of {first}; the files may begin later or earlier."
            ));
        }
        paragraphs.push("What would be left is what the files show if every request is granted. A conviction whose level is not known counts as a felony, and one whose day is not known as one of the last seven years: no number promises more than the files do.".to_owned());
        paragraphs.push("Age, race and sex are what the files say. A share is of the people with a conviction that was decided on, never of the county's people.".to_owned());
        paragraphs.extend(self.files_left_out_as_the_same.iter().map(|file| {
            format!(
                "Left out, the same bytes as another file: {}",
                printable(file)
            )
        }));
        Part::Words {
            heading: "How to read these numbers".to_owned(),
            paragraphs,
        }
    }
}

fn words(one: Determination) -> (&'static str, Tint) {
    match one {
        Determination::Dismiss => ("Dismiss", Tint::Deep),
        Determination::Reduce => ("Reduce", Tint::Mid),
        Determination::Review => ("Review by a person", Tint::Warm),
        Determination::NotEligible => ("Not eligible", Tint::Dull),
        Determination::AlreadyGranted => ("Already granted", Tint::Pale),
    }
}

fn legend() -> Vec<Legend> {
    let one = |(name, tint): (&str, Tint)| Legend {
        name: name.to_owned(),
        tint,
    };
    Determination::ALL.map(words).map(one).to_vec()
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn outcomes(all: &[u64; 5]) -> Bars {
    let whole: u64 = all.iter().sum();
    let rows = Determination::ALL.iter().zip(all).enumerate();
    Bars {
        heading: "What comes of the convictions".to_owned(),
        lead: String::new(),
        style: Style::Stacked,
        legend: legend(),
        columns: columns(&["", "", "Convictions", "Share"]),
        whole,
        rows: rows
            .map(|(place, (one, n))| Row {
                label: words(*one).0.to_owned(),
                values: (0..5).map(|at| if at == place { *n } else { 0 }).collect(),
                cells: vec![thousands(*n), share(*n, whole)],
            })
            .collect(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Largest,
    Name,
}

// Convictions by something, drawn by what comes of them.
fn determined(
    heading: &str,
    by: &BTreeMap<String, BTreeMap<String, u64>>,
    label: &str,
    order: Order,
) -> Bars {
    let of = |all: &BTreeMap<String, u64>| {
        Determination::ALL.map(|one| all.get(one.key()).copied().unwrap_or_default())
    };
    let mut all: Vec<(String, [u64; 5])> = by
        .iter()
        .map(|(name, all)| (printable(name), of(all)))
        .collect();
    let sum = |values: &[u64; 5]| values.iter().sum::<u64>();
    if order == Order::Largest {
        all.sort_by_key(|(_, values)| std::cmp::Reverse(sum(values)));
    }
    let rest = all.split_off(all.len().min(MOST));
    if !rest.is_empty() {
        let added = rest.iter().fold([0; 5], |mut added, (_, values)| {
            added.iter_mut().zip(values).for_each(|(a, n)| *a += n);
            added
        });
        all.push((format!("{} others", rest.len()), added));
    }
    Bars {
        heading: heading.to_owned(),
        lead: String::new(),
        style: Style::Stacked,
        legend: legend(),
        columns: columns(&[
            label, "", "Dismiss", "Reduce", "Review", "Not", "Already", "All",
        ]),
        whole: all.iter().map(|(_, values)| sum(values)).max().unwrap_or(0),
        rows: all
            .into_iter()
            .map(|(label, values)| Row {
                label,
                cells: values
                    .iter()
                    .copied()
                    .chain([sum(&values)])
                    .map(thousands)
                    .collect(),
                values: values.to_vec(),
            })
            .collect(),
    }
}

fn before_after() -> Vec<Legend> {
    [("Before", Tint::Dull), ("After", Tint::Deep)]
        .map(|(name, tint)| Legend {
            name: name.to_owned(),
            tint,
        })
        .to_vec()
}

fn people(left: &Left, if_all: &Left) -> Bars {
    let row = |label: &str, before: u64, after: u64, all: u64| Row {
        label: label.to_owned(),
        values: vec![before, after],
        cells: vec![thousands(before), thousands(after), thousands(all)],
    };
    Bars {
        heading: "People before and after".to_owned(),
        lead: format!(
            "Of {} people with a conviction that was decided on, {} get some relief. The last column: if every one of these convictions were dismissed.",
            thousands(left.people),
            thousands(left.some_relief)
        ),
        style: Style::Paired,
        legend: before_after(),
        columns: columns(&["", "", "Before", "After", "If all"]),
        whole: left.people,
        rows: vec![
            row(
                "With a felony",
                left.felony_before,
                left.felony_after,
                if_all.felony_after,
            ),
            row(
                "With a conviction of the last seven years",
                left.last_seven_years_before,
                left.last_seven_years_after,
                if_all.last_seven_years_after,
            ),
            row(
                "With any conviction",
                left.conviction_after + left.no_conviction,
                left.conviction_after,
                if_all.conviction_after,
            ),
        ],
    }
}

// Tenths of a percent.
fn rate(n: u64, of: u64) -> u64 {
    (n * 1000 + of / 2).checked_div(of).unwrap_or(0)
}

fn points(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn disparity(kind: &str, groups: &BTreeMap<String, Left>) -> Bars {
    let mut all: Vec<(&String, &Left)> = groups.iter().collect();
    if kind != "age" {
        all.sort_by_key(|(_, left)| std::cmp::Reverse(left.people));
    }
    let named = all.iter().filter(|(name, _)| *name != "not stated");
    let large: Vec<&Left> = named
        .map(|(_, left)| *left)
        .filter(|left| left.people >= FEW)
        .collect();
    let gap = |of: fn(&Left) -> u64| {
        let rates = || large.iter().map(|left| rate(of(left), left.people));
        rates().max().unwrap_or(0) - rates().min().unwrap_or(0)
    };
    let lead = if large.len() < 2 {
        format!("Share with a felony. Fewer than two groups have {FEW} people: no gap is given.")
    } else {
        format!(
            "Share with a felony. Between the groups of at least {FEW} people it differs by {} points before and {} points after.",
            points(gap(|left| left.felony_before)),
            points(gap(|left| left.felony_after))
        )
    };
    let rest = all.split_off(all.len().min(MOST));
    let mut rows: Vec<Row> = all.iter().map(|(name, left)| group(name, left)).collect();
    if !rest.is_empty() {
        let of = |n: fn(&Left) -> u64| rest.iter().map(|(_, left)| n(left)).sum();
        let others = Left {
            people: of(|left| left.people),
            felony_before: of(|left| left.felony_before),
            felony_after: of(|left| left.felony_after),
            ..Left::default()
        };
        rows.push(group(&format!("{} others", rest.len()), &others));
    }
    Bars {
        heading: format!("A felony before and after, by {kind}"),
        lead,
        style: Style::Paired,
        legend: before_after(),
        columns: columns(&["", "", "People", "Before", "", "After", "", "Points"]),
        whole: 1000,
        rows,
    }
}

fn group(name: &str, left: &Left) -> Row {
    let before = rate(left.felony_before, left.people);
    let after = rate(left.felony_after, left.people);
    Row {
        label: printable(name),
        values: vec![before, after],
        cells: vec![
            thousands(left.people),
            thousands(left.felony_before),
            format!("{} %", points(before)),
            thousands(left.felony_after),
            format!("{} %", points(after)),
            match before.checked_sub(after) {
                Some(0) => "0.0".to_owned(),
                Some(less) => format!("\u{2212}{}", points(less)),
                None => format!("+{}", points(after - before)),
            },
        ],
    }
}

fn reasons(by: &BTreeMap<String, u64>) -> Bars {
    let whole: u64 = by.values().sum();
    let mut all: Vec<(String, u64)> = by.iter().map(|(why, n)| (printable(why), *n)).collect();
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let rest = all.split_off(all.len().min(MOST));
    if !rest.is_empty() {
        let n = rest.iter().map(|(_, n)| n).sum();
        all.push((format!("{} other reasons", rest.len()), n));
    }
    Bars {
        heading: "Reasons".to_owned(),
        lead: "What each answer rests on; every row of determinations.csv names its own."
            .to_owned(),
        style: Style::Stacked,
        legend: vec![Legend {
            name: String::new(),
            tint: Tint::Deep,
        }],
        columns: columns(&["", "", "Convictions", "Share"]),
        whole: all.first().map_or(0, |(_, n)| *n),
        rows: all
            .into_iter()
            .map(|(label, n)| Row {
                label,
                values: vec![n],
                cells: vec![thousands(n), share(n, whole)],
            })
            .collect(),
    }
}

/// With a comma before every three digits.
fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn share(n: u64, of: u64) -> String {
    match of {
        0 => "-".to_owned(),
        of => format!("{} %", (n * 100 + of / 2) / of),
    }
}
