//! What the statutes ask besides: pleaded where the record shows it, else left for the signer to mark.

use packs::papers::{Condition, Shown};
use record::findings::RouteId;
use record::{PartKind, SentencePart};

use super::group::{Group, groups};
use super::{group_values, nouns};
use crate::PaperError;
use crate::ink::Ink;
use crate::job::Job;
use crate::plan::MotionPlan;
use crate::pleading::Block;

/// A condition that the record shows, and the facts that do.
type Pleaded<'a> = (&'a Condition, Vec<String>);

/// The conditions of a group: those the record shows, and those that it does not.
pub(super) fn of<'a>(
    job: &Job<'_>,
    plan: &MotionPlan<'a>,
    group: &Group,
) -> (Vec<Pleaded<'a>>, Vec<&'a Condition>) {
    let counts = plan.counts();
    let of_group: Vec<usize> = group
        .numbers
        .iter()
        .filter_map(|number| counts.get(number.checked_sub(1)?).copied())
        .collect();
    let (mut said, mut open) = (Vec::new(), Vec::new());
    for condition in &plan.words.condition {
        let prison = of_group.iter().any(|count| served_prison(job, *count));
        if !condition.routes.contains(&group.route)
            || condition.owed && !group.entitled
            || condition.prison && !prison
        {
            continue;
        }
        match condition.shown.and_then(|fact| shown(job, fact, &of_group)) {
            Some(from) => said.push((condition, from)),
            None => open.push(condition),
        }
    }
    (said, open)
}

/// Boxes for what the record does not show. They stay empty: whoever signs marks what is true.
pub(super) fn to_mark(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    group: &Group,
    ink: &mut Ink,
) -> Result<Option<Block>, PaperError> {
    let (_, open) = of(job, plan, group);
    if open.is_empty() {
        return Ok(None);
    }
    let values = group_values(job, plan, group, ink)?;
    let mut parts = vec![Block::lead(
        ink.runs(&job.texts.filing.body.states, &values)?,
    )];
    for condition in open {
        let values = nouns(plan, group.numbers.len());
        parts.push(Block::Tick {
            depth: 1,
            runs: ink.runs(&condition.text, &values)?,
        });
    }
    Ok(Some(Block::Keep { parts }))
}

/// Whether any condition of the paper is left for the signer.
pub(crate) fn open(job: &Job<'_>, plan: &MotionPlan<'_>) -> bool {
    groups(job, plan)
        .iter()
        .any(|group| !of(job, plan, group).1.is_empty())
}

/// The convictions whose route asks for a showing of evidence, and about which nothing is declared.
pub(crate) fn evidence_missing(job: &Job<'_>, plan: &MotionPlan<'_>) -> Vec<usize> {
    let asks = |route: &RouteId| plan.words.evidence.contains(route);
    let mut missing: Vec<usize> = Vec::new();
    for ask in plan.asks.iter().filter(|ask| asks(&ask.finding.route)) {
        let mut declared = job.declared();
        let about = declared.any(|(_, said)| said.count.is_none_or(|count| count == ask.count));
        if !about && !missing.contains(&ask.count) {
            missing.push(ask.count);
        }
    }
    missing
}

fn shown(job: &Job<'_>, fact: Shown, counts: &[usize]) -> Option<Vec<String>> {
    let now = job.record.now.as_ref();
    let today =
        |said: Option<bool>, key: &str| (said == Some(false)).then(|| vec![format!("now.{key}")]);
    match fact {
        Shown::NotServing => today(now?.serving, "serving"),
        Shown::NotSupervised => today(now?.supervised, "supervised"),
        Shown::NotCharged => today(now?.charged, "charged"),
        Shown::NotViolated => counts
            .iter()
            .map(|count| {
                let sentence = job.count(*count).sentence.as_ref()?;
                let path = format!("{}.sentence.violated", job.path(*count));
                (sentence.violated == Some(false)).then_some(path)
            })
            .collect(),
    }
}

fn served_prison(job: &Job<'_>, count: usize) -> bool {
    let sentence = job.count(count).sentence.as_ref();
    let parts = sentence.and_then(|sentence| sentence.parts.as_deref());
    let prison = |part: &SentencePart| part.kind == PartKind::Prison;
    // Parts that are not known may hold a prison term.
    parts.is_none_or(|parts| parts.iter().any(prison))
}
