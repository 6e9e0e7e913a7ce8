//! The proof of service. Who served, whom, how and when is known only afterwards, so all of it is blank.

use crate::PaperError;
use crate::ink::{Ink, Run, Value, Values};
use crate::job::Job;
use crate::motion::DATE;
use crate::plan::MotionPlan;
use crate::pleading::{Block, Front, Pleading, with_rule};
use crate::words;
use packs::forms::SignedBy;

/// Its title.
pub(crate) fn title(job: &Job<'_>, ink: &mut Ink) -> Result<String, PaperError> {
    ink.text(&job.texts.filing.service.title, &Values::default())
}

/// The whole paper; `titles` are those of the papers to be served, as printed on them.
pub(crate) fn write(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    titles: &[String],
    ink: &mut Ink,
) -> Result<Pleading, PaperError> {
    let words = &job.texts.filing.service;
    let none = Values::default();
    let fill = |ink: &mut Ink, phrase, depth| -> Result<Block, PaperError> {
        let runs = ink.runs(phrase, &Values::default())?;
        Ok(Block::Fill { depth, runs })
    };
    let number = |n: usize| vec![Run::text(format!("{n}."))];
    let item = |n: usize, runs: Vec<Run>| Block::Item {
        depth: 0,
        label: number(n),
        runs,
    };
    let mut body = vec![item(1, ink.runs(&words.who, &none)?)];
    body.push(fill(ink, &words.name, 1)?);
    body.push(fill(ink, &words.address, 1)?);
    body.push(item(2, ink.runs(&words.papers, &none)?));
    for (n, title) in titles.iter().enumerate() {
        body.push(Block::item(
            words::letter(n),
            vec![Run::text(title.as_str())],
        ));
    }
    body.push(item(3, ink.runs(&words.persons, &none)?));
    let mut persons = vec![match &job.case.prosecutor {
        Some(agency) if !agency.trim().is_empty() => {
            let path = format!("cases[{}].prosecutor", job.index);
            let agency = Value::new(agency, path);
            ink.runs(
                &words.prosecutor_known,
                &none.clone().with("prosecutor", agency),
            )?
        }
        _ => ink.runs(&words.prosecutor, &none)?,
    }];
    if job.serve_probation(plan) {
        persons.push(ink.runs(&words.probation, &none)?);
    }
    if job.serve_arresting(plan) {
        let arrest = match job.case.arrests.as_deref() {
            Some([arrest]) => arrest.agency.as_deref(),
            _ => None,
        };
        persons.push(match arrest.filter(|agency| !agency.trim().is_empty()) {
            Some(agency) => {
                let path = format!("cases[{}].arrests[0].agency", job.index);
                let agency = none.clone().with("agency", Value::new(agency, path));
                ink.runs(&words.arresting_known, &agency)?
            }
            None => ink.runs(&words.arresting, &none)?,
        });
    }
    for (n, person) in persons.into_iter().enumerate() {
        body.push(Block::item(words::letter(n), person));
        body.push(fill(ink, &words.person, 2)?);
        body.push(fill(ink, &words.place, 2)?);
    }
    body.push(item(4, ink.runs(&words.how, &none)?));
    for method in &words.method {
        body.push(Block::Tick {
            depth: 1,
            runs: ink.runs(&method.text, &none)?,
        });
        for phrase in &method.fill {
            body.push(fill(ink, phrase, 2)?);
        }
    }
    body.push(Block::lead(ink.runs(&words.perjury, &none)?));
    body.push(Block::Sign {
        who: SignedBy::Server,
        date: with_rule(ink, &words.date, DATE)?,
        above: None,
        below: vec![ink.runs(&words.print, &none)?],
    });
    let front = Front {
        nature: title(job, ink)?,
        under: Vec::new(),
        footer: words.footer.clone(),
        hearing: false,
    };
    Pleading::new(job, ink, plan.words, plan.juvenile, front, body)
}
