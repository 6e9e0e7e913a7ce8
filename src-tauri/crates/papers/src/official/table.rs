//! The table of convictions of a form: what stands in its cells, and what its rows have no room for.

use forms::{Blank as Form, More};
use packs::forms::{Column, Edition, Fact, When};
use record::findings::Relief;

use crate::ink::{Ink, Run, Value, Values};
use crate::job::Job;
use crate::plan::{Ask, MotionPlan};
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
            .with("number", Value::word(plan.number(count).to_string()))
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

/// The convictions and what is asked for each, where the form has boxes for sections only: nothing on it says which conviction is meant.
///
/// # Errors
/// The pack's words do not fit.
pub(super) fn list(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    edition: &Edition,
    ink: &mut Ink,
) -> Result<Option<More>, PaperError> {
    let boxes = |when: &When| matches!(when, When::Section { .. });
    if edition.rows() > 0 || !edition.tick.values().any(boxes) {
        return Ok(None);
    }
    let words = &job.texts.filing.form;
    let names = &job.texts.cover.relief;
    let name = |relief, ask: &Ask<'_>, key: &str| {
        let name = names.get(&relief).cloned();
        let from = format!("findings[{}].{key}", ask.index);
        name.map(|name| Value::new(name, from))
            .ok_or_else(|| job.missing("relief"))
    };
    let mut lines = Vec::new();
    for (number, ask) in (1..).zip(plan.lines()) {
        let line = motion::line(job, plan, ask, ink)?;
        let line: String = line.iter().filter_map(Run::words).collect();
        let values = Values::default()
            .with("number", Value::word(format!("{number}")))
            .with("line", Value::word(line))
            .with("relief", name(ask.relief, ask, "relief")?);
        let mut text = ink.text(&words.list_row, &values)?;
        if let Some(other) = ask.alternative {
            let other = name(other, ask, "presumes")?;
            let values = Values::default().with("alternative", other);
            text.push_str(&ink.text(&words.list_else, &values)?);
        }
        lines.push(text);
    }
    Ok(Some(More {
        item: words.list.clone(),
        page: Some(1),
        text: lines.join("\n"),
    }))
}

/// The convictions for which relief is asked in the interests of justice, where others of the paper are owed it.
///
/// # Errors
/// The pack's words do not fit.
pub(super) fn some_free(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    edition: &Edition,
    ink: &mut Ink,
) -> Result<Option<More>, PaperError> {
    let words = &job.texts.filing;
    let of_mode = edition.tick.values().find_map(|when| match when {
        When::Mode(route, mode) if *route == plan.words.route => Some((route, *mode)),
        _ => None,
    });
    let Some((route, mode)) = of_mode else {
        return Ok(None);
    };
    let asks = || plan.asks.iter().filter(|ask| ask.finding.route == *route);
    let free: Vec<&Ask<'_>> = asks()
        .filter(|ask| ask.finding.mode == Some(mode))
        .collect();
    if free.is_empty() || free.len() == asks().count() {
        return Ok(None);
    }
    let mut names = Vec::new();
    for ask in &free {
        let offense = words::offense(words, job.count(ask.count), &job.path(ask.count))?;
        let offense = offense.unwrap_or_default();
        let offense = Value {
            text: format!("({}) {}", plan.number(ask.count), offense.text),
            from: vec![format!("findings[{}].mode", ask.index)],
        };
        names.push(ink.put("interests of justice", &offense));
    }
    let names = words::list(&names, &words.lists.comma, &words.lists.and);
    let values = Values::default().with("offenses", Value::word(names));
    Ok(Some(More {
        item: words.form.some_free.clone(),
        page: Some(1),
        text: ink.text(&words.form.some_free_row, &values)?,
    }))
}
