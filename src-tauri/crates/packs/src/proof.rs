//! What a pack proves before it is used: every combination of classes is decided by exactly one row.

use jiff::civil::Date;
use record::Level;

use crate::error::Problem;
use crate::fact::{Ages, Circumstance};
use crate::limit::all;
use crate::offense::Form;
use crate::route::{Row, Rules, Target};
use crate::test::{Leaf, Terms, Test};

/// Rows of one offense are bits of a word.
const MAX_ROWS: usize = 64;

/// Proves the decision table; the error names a row near the fault.
pub(crate) fn rows(terms: &Terms<'_>, rules: &Rules) -> Result<(), (usize, Problem)> {
    for (offense, numbers) in &rules.rows_of {
        let name = &terms.offenses.get(*offense).id;
        let first = numbers.first().copied().unwrap_or_default();
        if numbers.len() > MAX_ROWS {
            let problem = format!("`{name}` has more than {MAX_ROWS} rows");
            return Err((first, Problem::Value(problem)));
        }
        let rows: Vec<&Row> = numbers.iter().map(|n| &rules.rows[*n]).collect();
        let scale = rows
            .iter()
            .find_map(|row| row.amount)
            .map(|(scale, _)| scale);
        if rows
            .iter()
            .filter_map(|row| row.amount)
            .any(|(other, _)| Some(other) != scale)
        {
            let problem = format!("the rows of `{name}` use two scales");
            return Err((first, Problem::Value(problem)));
        }
        let amounts = scale.map_or(1, |id| terms.limits.scale(id).classes.len());
        let acts: Vec<&str> = terms.limits.conduct_ids().collect();
        let asked = rows
            .iter()
            .fold(0, |mask, row| mask | row.with | row.without);
        let circumstances: Vec<Circumstance> = Circumstance::ALL
            .into_iter()
            .filter(|c| asked & c.bit() != 0)
            .collect();
        // The law changes only where a row begins or ends.
        let mut days: Vec<Option<Date>> = vec![None];
        days.extend(
            rows.iter()
                .flat_map(|row| [row.from, row.until])
                .filter(Option::is_some),
        );
        for day in days {
            for band in &rules.age_bands {
                let age = Ages {
                    least: *band,
                    most: *band,
                };
                for act in 0..acts.len() {
                    for amount in 0..amounts {
                        for present in 0..1_u32 << circumstances.len() {
                            let mut bits = 0;
                            for (n, circumstance) in circumstances.iter().enumerate() {
                                if present & 1 << n != 0 {
                                    bits |= circumstance.bit();
                                }
                            }
                            let hits = rows
                                .iter()
                                .filter(|row| {
                                    row.law_on(day)
                                        && row.age.meets(&age)
                                        && row.conduct & 1 << act != 0
                                        && row.amount.is_none_or(|(_, m)| m & 1 << amount != 0)
                                        && row.with & bits == row.with
                                        && row.without & bits == 0
                                })
                                .count();
                            if hits != 1 {
                                let present = circumstances
                                    .iter()
                                    .filter(|c| bits & c.bit() != 0)
                                    .map(|c| format!(", {}", c.key()))
                                    .collect::<String>();
                                let amount = scale.map_or(String::new(), |id| {
                                    format!(", {}", terms.limits.scale(id).classes[amount].id)
                                });
                                let combination = format!(
                                    "`{name}` at age {band}, {}{amount}{present}",
                                    acts[act]
                                );
                                return Err((first, Problem::Rows { combination, hits }));
                            }
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

impl Row {
    /// Whether the row is law on a day asked about; `None` is a day before any that the table names.
    #[must_use]
    pub fn law_on(&self, day: Option<Date>) -> bool {
        match day {
            None => self.from.is_none(),
            Some(day) => {
                self.from.is_none_or(|from| from <= day)
                    && self.until.is_none_or(|until| day < until)
            }
        }
    }
}

/// Proves that each offense that is named as reached is decided by exactly one row, and leads to the table if it goes on.
pub(crate) fn reach(terms: &Terms<'_>, rules: &Rules) -> Result<(), Problem> {
    let bar = rules.bars.iter().find_map(|bar| match bar.test {
        Test::One(Leaf::OffenseFrom(day)) => Some(day),
        _ => None,
    });
    for (id, offense) in terms.offenses.iter() {
        let rows: Vec<_> = rules
            .reached
            .iter()
            .filter(|row| row.of.contains(&id))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let targets: &[Option<Target>] = match offense.behind {
            None => &[None],
            Some(_) => &[Some(Target::Reached), Some(Target::Other)],
        };
        for target in targets {
            for serving in [false, true] {
                for level in [Level::Infraction, Level::Misdemeanor, Level::Felony] {
                    let hits: Vec<_> = rows
                        .iter()
                        .filter(|row| {
                            (row.target.is_none() || row.target == *target)
                                && row.serving.is_none_or(|only| only == serving)
                                && (row.levels.is_empty() || row.levels.contains(&level))
                        })
                        .collect();
                    let goes_on = hits.iter().any(|row| row.then.is_none());
                    if hits.len() != 1 {
                        let combination = format!(
                            "`{}` ({}, {level:?})",
                            offense.id,
                            if serving { "serving" } else { "completed" }
                        );
                        return Err(Problem::Rows {
                            combination,
                            hits: hits.len(),
                        });
                    }
                    // An offense that a bar always stops needs no row of today's law.
                    let barred = |form: &Form| {
                        form.from
                            .is_some_and(|from| bar.is_some_and(|bar| bar <= from))
                    };
                    if goes_on
                        && !rules.rows_of.contains_key(&id)
                        && !offense.forms.iter().all(barred)
                    {
                        let problem = format!("`{}` is reached and has no row", offense.id);
                        return Err(Problem::Value(problem));
                    }
                }
            }
        }
    }
    Ok(())
}

/// The bits of the bands that a range of ages touches.
#[must_use]
pub fn age_mask(bands: &[u8], ages: &Ages) -> u16 {
    bands.iter().enumerate().fold(0, |mask, (n, least)| {
        let most = bands.get(n + 1).map_or(u8::MAX, |next| next - 1);
        let band = Ages {
            least: *least,
            most,
        };
        if band.meets(ages) {
            mask | 1 << n
        } else {
            mask
        }
    }) & all(bands.len())
}
