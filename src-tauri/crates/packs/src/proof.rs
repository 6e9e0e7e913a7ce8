//! What a pack proves before it is used: every combination of classes is decided by exactly one row.

use jiff::civil::Date;
use record::Level;

use crate::error::Problem;
use crate::fact::{Ages, Circumstance};
use crate::limit::all;
use crate::offense::Form;
use crate::route::{Row, Rules, Target};
use crate::test::Terms;

/// Rows of one offense are bits of a word.
const MAX_ROWS: usize = 64;

/// Proves the decision table; the error names a row near the fault.
pub(crate) fn rows(terms: &Terms<'_>, rules: &Rules) -> Result<(), (usize, Problem)> {
    for (offense, numbers) in &rules.rows_of {
        let name = &terms.offenses.get(*offense).id;
        let rows: Vec<&Row> = numbers.iter().map(|n| &rules.rows[*n]).collect();
        rows_of_one(terms, rules, name, &rows)
            .map_err(|problem| (numbers.first().copied().unwrap_or_default(), problem))?;
    }
    Ok(())
}

// One combination of everything that the rows of an offense ask about.
struct Combination {
    day: Option<Date>,
    age: u8,
    act: usize,
    amount: usize,
    present: u16,
}

fn rows_of_one(terms: &Terms<'_>, rules: &Rules, name: &str, rows: &[&Row]) -> Result<(), Problem> {
    if rows.len() > MAX_ROWS {
        return Err(Problem::Value(format!(
            "`{name}` has more than {MAX_ROWS} rows"
        )));
    }
    let scale = rows
        .iter()
        .find_map(|row| row.amount)
        .map(|(scale, _)| scale);
    if rows
        .iter()
        .filter_map(|row| row.amount)
        .any(|(other, _)| Some(other) != scale)
    {
        return Err(Problem::Value(format!(
            "the rows of `{name}` use two scales"
        )));
    }
    let classes = scale
        .map(|id| terms.limits.scale(id).classes.as_slice())
        .unwrap_or_default();
    let acts: Vec<&str> = terms.limits.conduct_ids().collect();
    let asked = rows
        .iter()
        .fold(0, |mask, row| mask | row.with | row.without);
    // The law changes only where a row begins or ends.
    let mut days: Vec<Option<Date>> = vec![None];
    days.extend(
        rows.iter()
            .flat_map(|row| [row.from, row.until])
            .filter(Option::is_some),
    );
    for day in days {
        for age in rules.age_bands.iter().copied() {
            for act in 0..acts.len() {
                for amount in 0..classes.len().max(1) {
                    for present in subsets(asked) {
                        let one = Combination {
                            day,
                            age,
                            act,
                            amount,
                            present,
                        };
                        let hits = rows.iter().filter(|row| row.decides(&one)).count();
                        if hits != 1 {
                            let act = acts.get(act).copied().unwrap_or_default();
                            let amount = classes.get(amount).map_or("", |class| &class.id);
                            let combination = one.in_words(name, act, amount);
                            return Err(Problem::Rows { combination, hits });
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

// Every part of a set of bits, the empty one and the whole included.
fn subsets(of: u16) -> impl Iterator<Item = u16> {
    (0..=of).filter(move |part| part & !of == 0)
}

impl Combination {
    fn in_words(&self, offense: &str, act: &str, amount: &str) -> String {
        let present = Circumstance::ALL
            .into_iter()
            .filter(|c| self.present & c.bit() != 0);
        let present: String = present.map(|c| format!(", {}", c.key())).collect();
        let gap = if amount.is_empty() { "" } else { ", " };
        format!(
            "`{offense}` at age {}, {act}{gap}{amount}{present}",
            self.age
        )
    }
}

impl Row {
    fn decides(&self, one: &Combination) -> bool {
        self.law_on(one.day)
            && self.age.meets(&Ages {
                least: one.age,
                most: one.age,
            })
            && self.conduct & 1 << one.act != 0
            && self
                .amount
                .is_none_or(|(_, mask)| mask & 1 << one.amount != 0)
            && self.with & one.present == self.with
            && self.without & one.present == 0
    }

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
    let bar = rules.offense_edges().min();
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
