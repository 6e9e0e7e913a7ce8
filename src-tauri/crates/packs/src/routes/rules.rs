//! Resolves the rules of a route and has them proved.

use std::collections::BTreeMap;

use crate::error::{LoadError, Problem};
use crate::fact::{Ages, Circumstance};
use crate::file::TextFile;
use crate::offense::twice;
use crate::proof::{self, age_mask};
use crate::route::{Except, ReachRow, Rules};
use crate::test::Terms;

use super::Around;
use super::raw::{
    RawBears, RawExcept, RawGate, RawNotice, RawReach, RawResults, RawRow, RawSay, Word,
};

/// Bands of age are bits of a word.
const MAX_BANDS: usize = 16;

pub(super) struct Steps {
    pub(super) gates: Vec<RawGate>,
    pub(super) reach: Vec<RawReach>,
    pub(super) bars: Vec<RawGate>,
    pub(super) rows: Vec<RawRow>,
    pub(super) excepts: Vec<RawExcept>,
}

pub(super) struct Ends {
    pub(super) not_reached: Option<RawSay>,
    pub(super) presumption: Option<RawSay>,
    pub(super) lesser: Option<RawSay>,
    pub(super) completed: Option<RawResults>,
    pub(super) serving: Option<RawResults>,
    pub(super) notices: Vec<RawNotice>,
}

pub(super) fn rules(
    around: &Around<'_>,
    juvenile_age: Option<&Word>,
    bears: RawBears,
    steps: Steps,
    ends: Ends,
) -> Result<Rules, LoadError> {
    let Terms { file, offenses, .. } = &around.terms;
    let mut excepts: Vec<Except> = Vec::new();
    for raw in steps.excepts {
        if excepts.iter().any(|e| &e.id == raw.id.get_ref()) {
            return Err(twice(file, "the exception", &raw.id));
        }
        let then = around.stop(&raw.then, &raw.cite)?;
        let say = around.say(&raw.say, &raw.cite)?;
        let arguable = around.maybe_review(raw.arguable.as_ref())?;
        excepts.push(Except {
            open_review: around.maybe_review(raw.open.as_ref())?,
            arguable_review: arguable
                .or_else(|| then.review.clone())
                .unwrap_or_else(|| say.clone()),
            test: raw.test.resolve(&around.terms)?,
            id: raw.id.into_inner(),
            then,
            say,
        });
    }
    let mut rows = Vec::new();
    let mut rows_of: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for raw in &steps.rows {
        let row = around.row(raw, &excepts)?;
        for offense in &row.of {
            rows_of.entry(*offense).or_default().push(rows.len());
        }
        rows.push(row);
    }
    let mut reached = Vec::new();
    for raw in &steps.reach {
        reached.push(ReachRow {
            of: raw
                .of
                .iter()
                .map(|id| offenses.resolve(file, id))
                .collect::<Result<_, _>>()?,
            target: raw.target,
            serving: raw.serving,
            levels: raw.levels.clone(),
            then: raw
                .then
                .as_ref()
                .map(|stop| around.stop(stop, &raw.cite))
                .transpose()?,
            say: around.say(&raw.say, &raw.cite)?,
        });
    }
    let mut reached_by: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (n, row) in reached.iter().enumerate() {
        for offense in &row.of {
            reached_by.entry(*offense).or_default().push(n);
        }
    }
    let mut age_bands = vec![0];
    for row in rows.iter().filter(|row| row.by_age) {
        age_bands.push(row.age.least);
        age_bands.extend(row.age.most.checked_add(1));
    }
    age_bands.sort_unstable();
    age_bands.dedup();
    if age_bands.len() > MAX_BANDS {
        let problem = format!("the rows tell apart more than {MAX_BANDS} bands of age");
        return Err(file.error(0..0, Problem::Value(problem)));
    }
    for row in &mut rows {
        row.bands = age_mask(&age_bands, &row.age);
    }
    let not_reached = around.need(ends.not_reached, "not_reached")?;
    let lesser = around.need(ends.lesser, "lesser")?;
    let (opponent_conduct, opponent_amount, opponent) = bearers(file, &bears.opponent)?;
    let rules = Rules {
        gates: steps
            .gates
            .into_iter()
            .map(|g| around.gate(g))
            .collect::<Result<_, _>>()?,
        reached,
        reached_by,
        not_reached: around.say(&not_reached.say, &not_reached.cite)?,
        bars: steps
            .bars
            .into_iter()
            .map(|g| around.gate(g))
            .collect::<Result<_, _>>()?,
        rows,
        rows_of,
        excepts,
        age_bands,
        juvenile_age: juvenile_age.map(|age| ages(file, age)).transpose()?,
        opponent_conduct,
        opponent_amount,
        opponent,
        presumption: ends
            .presumption
            .map(|raw| around.say(&raw.say, &raw.cite))
            .transpose()?,
        lesser: around.say(&lesser.say, &lesser.cite)?,
        completed: around.results(&around.need(ends.completed, "completed")?)?,
        serving: around.results(&around.need(ends.serving, "serving")?)?,
        notices: around.notices(ends.notices)?,
    };
    let lines: Vec<_> = steps.rows.iter().filter_map(|row| row.of.first()).collect();
    proof::rows(&around.terms, &rules).map_err(|(row, problem)| match lines.get(row) {
        Some(word) => file.error_at(word, problem),
        None => file.error(0..0, problem),
    })?;
    proof::reach(&around.terms, &rules).map_err(|problem| file.error(0..0, problem))?;
    Ok(rules)
}

pub(super) fn ages(file: &TextFile, age: &Word) -> Result<Ages, LoadError> {
    Ages::parse(age.get_ref()).map_err(|problem| file.error_at(age, Problem::Value(problem)))
}

fn bearers(file: &TextFile, facts: &[Word]) -> Result<(bool, bool, u16), LoadError> {
    let (mut conduct, mut amount, mut mask) = (false, false, 0);
    for fact in facts {
        match fact.get_ref().as_str() {
            "conduct" => conduct = true,
            "amount" => amount = true,
            key => match Circumstance::ALL.iter().find(|c| c.key() == key) {
                Some(circumstance) => mask |= circumstance.bit(),
                None => {
                    let known = Circumstance::ALL.iter().map(|c| c.key());
                    let known = known.chain(["conduct", "amount"]);
                    return Err(file.error_at(fact, Problem::unknown("fact", key, known)));
                }
            },
        }
    }
    Ok((conduct, amount, mask))
}
