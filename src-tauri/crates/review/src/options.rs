//! The older program's options file, read as a policy.
//!
//! Its order of questions is kept: misdemeanors, the sections to dismiss, then the reliefs for age, time and the rest, then the
//! sections to reduce. A section that stands in neither list is left to the law. Its disqualifiers had no effect; here the law's do.

use packs::Pack;
use packs::policy::{Asked, Disqualified, Policy, Rule, When};
use serde::Deserialize;

use crate::ReviewError;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Options {
    #[serde(default)]
    baseline_eligibility: Baseline,
    #[serde(default)]
    additional_relief: Additional,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Baseline {
    #[serde(default)]
    dismiss: Vec<String>,
    #[serde(default)]
    reduce: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Additional {
    #[serde(default, rename = "subjectUnder21AtConviction")]
    under_21: bool,
    // The older program's name is that of its sections; any such key is taken.
    #[serde(default, alias = "subjectHasOnlyProp64Charges")]
    only_covered: bool,
    #[serde(default)]
    subject_is_deceased: bool,
    #[serde(default)]
    subject_age_threshold: u8,
    #[serde(default)]
    years_since_conviction_threshold: u8,
    #[serde(default)]
    years_crime_free_threshold: u8,
}

/// Reads an options file as a policy of the base policy's route and sections.
///
/// # Errors
/// It is not in the form, names a section that the base policy has not, or a number lies out of its range.
pub fn policy(text: &str, base: &Policy, pack: &Pack) -> Result<Policy, ReviewError> {
    let refuse = |problem: String| ReviewError::Options(problem);
    let options: Options = serde_json::from_str(text).map_err(|e| refuse(e.to_string()))?;
    let more = &options.additional_relief;
    let in_range = |name: &str, value: u8, least: u8, most: u8| {
        if value == 0 || (least..=most).contains(&value) {
            Ok(())
        } else {
            Err(refuse(format!(
                "{name} should be between {least} and {most}, or 0"
            )))
        }
    };
    in_range("subjectAgeThreshold", more.subject_age_threshold, 40, 65)?;
    in_range(
        "yearsSinceConvictionThreshold",
        more.years_since_conviction_threshold,
        1,
        15,
    )?;
    in_range(
        "yearsCrimeFreeThreshold",
        more.years_crime_free_threshold,
        1,
        15,
    )?;
    let section = |number: &String| {
        base.sections
            .iter()
            .find(|charge| charge.base == number.trim())
            .cloned()
            .ok_or_else(|| {
                refuse(format!(
                    "`{number}` is none of the sections that can be chosen"
                ))
            })
    };
    let listed = |numbers: &[String], then: Asked, word: &str| {
        numbers
            .iter()
            .map(|number| {
                let charge = section(number)?;
                Ok(Rule {
                    say: format!("{word} all {} {} convictions", charge.code, charge.base),
                    when: When {
                        section: vec![charge],
                        ..When::default()
                    },
                    then,
                })
            })
            .collect::<Result<Vec<_>, ReviewError>>()
    };
    let mut rules = vec![Rule {
        when: When {
            felony: Some(false),
            ..When::default()
        },
        then: Asked::Dismiss,
        say: "Misdemeanor or infraction".to_owned(),
    }];
    let chosen = &options.baseline_eligibility;
    rules.extend(listed(&chosen.dismiss, Asked::Dismiss, "Dismiss")?);
    let some = |years: u8| (years > 0).then_some(years);
    let reliefs = [
        (
            more.under_21,
            When {
                under_at_conviction: Some(21),
                ..When::default()
            },
            "Under 21 when convicted".to_owned(),
        ),
        (
            more.subject_age_threshold > 0,
            When {
                age: some(more.subject_age_threshold),
                ..When::default()
            },
            format!("{} years or older", more.subject_age_threshold),
        ),
        (
            more.years_since_conviction_threshold > 0,
            When {
                years_since: some(more.years_since_conviction_threshold),
                ..When::default()
            },
            format!(
                "Conviction occurred {} or more years ago",
                more.years_since_conviction_threshold
            ),
        ),
        (
            more.years_crime_free_threshold > 0,
            When {
                years_clean: some(more.years_crime_free_threshold),
                ..When::default()
            },
            format!(
                "No convictions in the past {} years",
                more.years_crime_free_threshold
            ),
        ),
        (
            more.only_covered,
            When {
                only_covered: Some(true),
                ..When::default()
            },
            "Only has convictions of these sections".to_owned(),
        ),
        (
            more.subject_is_deceased,
            When {
                died: Some(true),
                ..When::default()
            },
            "Individual is deceased".to_owned(),
        ),
    ];
    rules.extend(
        reliefs
            .into_iter()
            .filter(|(on, ..)| *on)
            .map(|(_, when, say)| Rule {
                when,
                then: Asked::Dismiss,
                say,
            }),
    );
    rules.extend(listed(&chosen.reduce, Asked::Reduce, "Reduce")?);
    Ok(Policy {
        id: "options".to_owned(),
        title: "The office's own options".to_owned(),
        source: format!("an options file, beside pack {} {}", pack.id, pack.version),
        disqualified: Disqualified::Law,
        companions: Vec::new(),
        rules,
        ..base.clone()
    })
}
