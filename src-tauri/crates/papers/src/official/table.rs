//! The table of convictions of a form: what stands in its cells, and what its rows have no room for.

use forms::{Blank as Form, More};
use packs::forms::{Column, Edition, Fact};
use record::findings::Relief;

use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::MotionPlan;
use crate::{PaperError, motion, words};

/// A cell, by its row from 1; none where the row has no conviction or the fact is not known.
pub(super) fn cell(job: &Job<'_>, plan: &MotionPlan<'_>, row: u8, column: Column) -> Option<Value> {
    let count = *plan.counts().get(usize::from(row).checked_sub(1)?)?;
    let words = &job.texts.filing.form;
    let path = job.path(count);
    let said = job.count(count);
    match column {
        Column::Code => {
            let code = said.section.as_ref()?.code();
            let name = words.codes.get(code).map_or(code, String::as_str);
            Some(Value::new(name, format!("{path}.section")))
        }
        Column::Section => {
            let section = said.section.as_ref()?.number();
            Some(Value::new(section, format!("{path}.section")))
        }
        Column::Level => {
            let now = words::reduced(said);
            let level = words.levels.get(&now.or(said.level)?)?;
            let from = if now.is_some() {
                "relief_granted"
            } else {
                "level"
            };
            Some(Value::new(level, format!("{path}.{from}")))
        }
        Column::Misdemeanor => yes(job, plan, count, Relief::ReduceToMisdemeanor),
        Column::Infraction => yes(job, plan, count, Relief::ReduceToInfraction),
    }
}

/// `yes` where the paper asks for it; where it does not, nothing is said about it.
fn yes(job: &Job<'_>, plan: &MotionPlan<'_>, count: usize, relief: Relief) -> Option<Value> {
    let mut asks = plan.asks.iter();
    let ask = asks.find(|ask| ask.count == count && ask.relief == relief)?;
    let from = format!("findings[{}].relief", ask.index);
    Some(Value::new(&job.texts.filing.form.yes, from))
}

/// The convictions behind the last row, for a continuation page.
///
/// # Errors
/// The pack's words do not fit.
pub(super) fn more(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    edition: &Edition,
    form: &Form,
    ink: &mut Ink,
) -> Result<Vec<More>, PaperError> {
    let rows = usize::from(edition.rows());
    let words = &job.texts.filing.form;
    let counts = plan.counts();
    if rows == 0 || counts.len() <= rows {
        return Ok(Vec::new());
    }
    let mut lines = Vec::new();
    for &count in counts.iter().skip(rows) {
        let path = job.path(count);
        let offense = words::offense(&job.texts.filing, job.count(count), &path)?;
        let line = Values::default()
            .with("offense", offense.unwrap_or_default())
            .with("level", motion::level(job, count));
        let mut text = ink.text(&words.more_row, &line)?;
        for (relief, phrase) in [
            (Relief::ReduceToMisdemeanor, &words.more_misdemeanor),
            (Relief::ReduceToInfraction, &words.more_infraction),
        ] {
            if let Some(yes) = yes(job, plan, count, relief) {
                text.push_str(&ink.text(phrase, &Values::default().with("yes", yes))?);
            }
        }
        lines.push(text);
    }
    let first = edition
        .text
        .iter()
        .find(|(_, fact)| matches!(fact, Fact::Row(1, Column::Section)));
    let page = first.and_then(|(name, _)| {
        let name = edition.field(name);
        form.fields()
            .iter()
            .find(|field| field.name == name)?
            .page()
    });
    Ok(vec![More {
        item: words.more.clone(),
        page,
        text: lines.join("\n"),
    }])
}
