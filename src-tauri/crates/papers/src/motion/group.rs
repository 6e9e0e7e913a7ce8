//! Counts of one paper that are asked for in one sentence.

use record::findings::{Mode, Relief, RouteId};

use crate::ink::Value;
use crate::job::Job;
use crate::plan::{Ask, MotionPlan};
use crate::words;

/// Counts that ask for the same on the same ground, under one sentence.
pub(super) struct Group {
    pub(super) relief: Relief,
    pub(super) route: RouteId,
    pub(super) fallback: Option<Relief>,
    /// The court may grant it, and need not.
    pub(super) discretionary: bool,
    /// The court must grant it.
    pub(super) entitled: bool,
    pub(super) age: Option<Value>,
    /// Their numbers on this paper, from 1.
    pub(super) numbers: Vec<usize>,
    /// Paths of what decided.
    pub(super) from: Vec<String>,
}

/// The counts of a paper, drawn together in the order of their first.
pub(super) fn groups(job: &Job<'_>, plan: &MotionPlan<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for ask in &plan.asks {
        let number = plan.number(ask.count);
        let age = age(job, ask);
        let fallback = ask.alternative;
        // An alternative that is no finding's own rests on what the finding takes in the client's favor.
        let second = match ask.finding.fallback {
            Some(_) => "fallback",
            None => "presumes",
        };
        let paths = ["relief", second].map(|key| format!("findings[{}].{key}", ask.index));
        let from = paths
            .into_iter()
            .take(if fallback.is_some() { 2 } else { 1 });
        let discretionary = ask.finding.mode == Some(Mode::Discretionary);
        let entitled = ask.finding.mode == Some(Mode::Entitled);
        let same = groups.iter_mut().find(|group| {
            let text = |age: &Option<Value>| age.as_ref().map(|age| age.text.clone());
            group.relief == ask.relief
                && group.route == ask.finding.route
                && group.fallback == fallback
                && group.discretionary == discretionary
                && group.entitled == entitled
                && text(&group.age) == text(&age)
        });
        match same {
            Some(group) => {
                group.numbers.push(number);
                group.from.extend(from);
                if let (Some(all), Some(more)) = (&mut group.age, age) {
                    all.from.extend(more.from);
                }
            }
            None => groups.push(Group {
                relief: ask.relief,
                route: ask.finding.route.clone(),
                fallback,
                discretionary,
                entitled,
                age,
                numbers: vec![number],
                from: from.collect(),
            }),
        }
    }
    groups
}

/// The age band, where the result turns on it and the record's dates give one. The birth date itself stays off the paper.
fn age(job: &Job<'_>, ask: &Ask<'_>) -> Option<Value> {
    let words = &job.texts.filing;
    words.body.ground_age.get(&ask.relief)?;
    let born = job.record.person.born?;
    let on = job.count(ask.count).offense_date?;
    let band = words::age_band(words, born, on)?;
    Some(Value {
        text: band.text.clone(),
        from: vec![
            "person.born".to_owned(),
            format!("{}.offense_date", job.path(ask.count)),
        ],
    })
}
