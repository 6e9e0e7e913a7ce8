//! Which boxes of a form are ticked, and by which facts. What nobody said ticks nothing.

use packs::forms::{Choice, Column, Edition, Fact, Held, When};
use record::findings::Relief;
use record::{PartKind, SentencePart};

use crate::job::Job;
use crate::plan::{Ask, MotionPlan};

/// Whether the form has a place for what is asked about a count. An attempt, or an offense behind another, has none.
pub(super) fn says(job: &Job<'_>, edition: &Edition, ask: &Ask<'_>) -> bool {
    let count = job.count(ask.count);
    if count.attempt == Some(true) || count.target.is_some() {
        return false;
    }
    let boxes = || edition.tick.values();
    if boxes().any(|when| matches!(when, When::Section { .. })) {
        return boxes()
            .filter(|when| matches!(when, When::Section { .. }))
            .any(|when| section(job, when, ask));
    }
    let column = |wanted: Column| {
        let facts = edition.text.values();
        facts
            .filter(|fact| matches!(fact, Fact::Row(_, column) if *column == wanted))
            .count()
            > 0
    };
    // A form that names the offenses of an arrest in one field says them all.
    let arrest = edition.text.values();
    if arrest
        .filter(|fact| matches!(fact, Fact::ArrestOffenses))
        .count()
        > 0
    {
        return count.section.is_some();
    }
    let known = count.section.is_some() && count.level.is_some();
    known
        && match ask.relief {
            Relief::ReduceToMisdemeanor => column(Column::Misdemeanor),
            Relief::ReduceToInfraction => column(Column::Infraction),
            _ => boxes()
                .any(|when| matches!(when, When::Route(route) if *route == ask.finding.route)),
        }
}

fn section(job: &Job<'_>, when: &When, ask: &Ask<'_>) -> bool {
    let When::Section { code, base } = when else {
        return false;
    };
    let count = job.count(ask.count);
    let same = |section: &record::Section| section.code() == code && section.base() == base;
    count.section.as_ref().is_some_and(same)
        && count.attempt != Some(true)
        && count.target.is_none()
}

/// The facts that tick a box; none where it stays empty.
pub(super) fn ticked(job: &Job<'_>, plan: &MotionPlan<'_>, when: &When) -> Vec<String> {
    let asks = |wanted: &dyn Fn(&Ask<'_>) -> bool, path: &dyn Fn(&Ask<'_>) -> String| {
        let asks = plan.asks.iter().filter(|ask| wanted(ask));
        asks.map(path).collect::<Vec<String>>()
    };
    let found = |key: &'static str| move |ask: &Ask<'_>| format!("findings[{}].{key}", ask.index);
    match when {
        When::Path(path) => asks(&|_| plan.words.path == Some(*path), &found("path")),
        When::Section { .. } => asks(&|ask| section(job, when, ask), &|ask| {
            format!("{}.section", job.path(ask.count))
        }),
        When::Route(route) => asks(&|ask| ask.finding.route == *route, &found("route")),
        // One box speaks for all convictions of the paper: it is ticked where it is so of each.
        When::Mode(route, mode) => {
            let mut of_route = plan.asks.iter().filter(|ask| ask.finding.route == *route);
            if !of_route.all(|ask| ask.finding.mode == Some(*mode)) {
                return Vec::new();
            }
            asks(&|ask| ask.finding.route == *route, &found("mode"))
        }
        When::Sentence(route, held) => asks(
            &|ask| {
                let sentence = job.count(ask.count).sentence.as_ref();
                let parts = sentence.and_then(|sentence| sentence.parts.as_deref());
                ask.finding.route == *route && parts.is_some_and(|parts| holds(parts, *held))
            },
            &|ask| format!("{}.sentence.parts", job.path(ask.count)),
        ),
        When::Chosen(choice) => {
            let made = job.answers.and_then(|answers| answers.elections.as_ref());
            let (chosen, key) = match choice {
                Choice::OriginalJudge => (
                    made.and_then(|e| e.waive_original_judge),
                    "waive_original_judge",
                ),
                Choice::Appearance => (made.and_then(|e| e.waive_appearance), "waive_appearance"),
            };
            let chosen = (chosen == Some(true)).then(|| format!("answers.elections.{key}"));
            chosen.into_iter().collect()
        }
    }
}

fn holds(parts: &[SentencePart], held: Held) -> bool {
    let has = |kind: PartKind| parts.iter().any(|part| part.kind == kind);
    match held {
        Held::Prison => has(PartKind::Prison),
        Held::Split => !has(PartKind::Prison) && has(PartKind::MandatorySupervision),
        Held::Jail => {
            !has(PartKind::Prison) && !has(PartKind::MandatorySupervision) && has(PartKind::Jail)
        }
    }
}
