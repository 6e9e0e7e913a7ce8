//! The paper that asks: an application or a petition.

mod conditions;
mod group;

use packs::forms::SignedBy;
use packs::papers::{FillLine, Phrase};
use record::answers::Elections;
use record::findings::Relief;

use crate::filer::{self, Filer};
use crate::ink::{Ink, Run, Value, Values};
use crate::job::Job;
use crate::plan::{Ask, MotionPlan};
use crate::pleading::{Block, Front, Pleading, with_rule};
use crate::{Blank, PaperError, official, words};

pub(crate) use conditions::{evidence_missing, open as conditions_open};
use group::{Group, groups};

/// Length of a line for a date, in points.
pub(crate) const DATE: u16 = 110;

/// The paper's title, by what it asks for.
pub(crate) fn title(plan: &MotionPlan<'_>, ink: &mut Ink) -> Result<String, PaperError> {
    let (mut dismiss, mut change) = (false, false);
    for ask in &plan.asks {
        for relief in [Some(ask.relief), ask.alternative].into_iter().flatten() {
            if ends(relief) {
                dismiss = true;
            } else {
                change = true;
            }
        }
    }
    let titles = &plan.words.title;
    let title = match (dismiss, change) {
        (true, false) => &titles.dismiss,
        (false, _) => &titles.change,
        (true, true) => &titles.both,
    };
    ink.text(title.of(plan.counts().len()), &Values::default())
}

/// Whether a relief ends the conviction, rather than making it a lesser one.
fn ends(relief: Relief) -> bool {
    match relief {
        Relief::DismissAndSeal
        | Relief::RecallAndDismiss
        | Relief::Dismiss
        | Relief::SealArrest
        | Relief::SealRecord
        | Relief::DestroyRecords
        | Relief::SetAside
        | Relief::Vacate
        | Relief::Expunge
        | Relief::Pardon => true,
        Relief::RedesignateMisdemeanor
        | Relief::RedesignateInfraction
        | Relief::ResentenceMisdemeanor
        | Relief::ResentenceInfraction
        | Relief::ReduceToMisdemeanor
        | Relief::ReduceToInfraction
        | Relief::Certificate
        | Relief::EndProbation => false,
    }
}

/// The whole paper.
pub(crate) fn write(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    ink: &mut Ink,
) -> Result<Pleading, PaperError> {
    let noticed = job.noticed(plan) && plan.words.notice.is_some();
    let mut nature = title(plan, ink)?;
    if noticed {
        nature.insert_str(0, &plan.words.notice_title);
    }
    let front = Front {
        nature,
        under: vec![ink.runs(&plan.words.authority, &Values::default())?],
        footer: plan.words.footer.clone(),
        hearing: true,
    };
    let mut body = body(job, plan, ink)?;
    if let Some(notice) = plan.words.notice.as_ref().filter(|_| noticed) {
        body.insert(1, Block::para(ink.runs(notice, &nouns(plan, 1))?));
    }
    Pleading::new(job, ink, plan.words, plan.juvenile, front, body)
}

fn body(job: &Job<'_>, plan: &MotionPlan<'_>, ink: &mut Ink) -> Result<Vec<Block>, PaperError> {
    let texts = &job.texts.filing;
    let words = &texts.body;
    let values =
        nouns(plan, plan.counts().len()).with("name", filer::name(&job.record.person.name));
    let groups = groups(job, plan);
    let mut blocks = vec![
        Block::Para {
            indent: false,
            sticky: false,
            runs: ink.runs(&words.to, &values)?,
        },
        Block::para(ink.runs(&plan.words.opening, &values)?),
        Block::Heading {
            text: ink.text(&words.things_heading, &values)?,
        },
        Block::lead(ink.runs(&plan.words.lead, &values)?),
    ];
    for (number, ask) in (1..).zip(plan.lines()) {
        blocks.push(Block::item(
            format!("({number})"),
            line(job, plan, ask, ink)?,
        ));
    }
    for line in &plan.words.fill {
        let mut runs = ink.runs(&line.text, &values)?;
        blocks.push(match said(job, plan, line)? {
            Some((what, value)) => {
                runs.push(Run::text(format!(" {}", ink.put(&what, &value))));
                Block::Known { depth: 1, runs }
            }
            None => Block::Fill { depth: 1, runs },
        });
    }
    blocks.push(Block::Heading {
        text: ink.text(&words.grounds_heading, &values)?,
    });
    blocks.push(Block::para(ink.runs(&plan.words.grounds, &values)?));
    for group in &groups {
        blocks.push(Block::para(ground(job, plan, group, ink)?));
        blocks.extend(conditions::to_mark(job, plan, group, ink)?);
    }
    let about = &plan.words.standard_for;
    if about.is_empty() || groups.iter().any(|group| about.contains(&group.route)) {
        blocks.push(Block::para(ink.runs(&plan.words.standard, &values)?));
    }
    blocks.push(Block::Heading {
        text: ink.text(&words.request_heading, &values)?,
    });
    blocks.push(Block::lead(ink.runs(&words.request_lead, &values)?));
    let mut requests = Vec::new();
    for group in &groups {
        requests.push(request(job, plan, group, ink)?);
    }
    for more in &plan.words.request_more {
        requests.push(ink.runs(more, &values)?);
    }
    requests.push(ink.runs(&words.request_last, &values)?);
    let last = requests.len().saturating_sub(1);
    for (n, mut runs) in requests.into_iter().enumerate() {
        match last - n {
            0 => {}
            1 => runs.push(Run::text(texts.lists.semicolon_and.as_str())),
            _ => runs.push(Run::text(texts.lists.semicolon.as_str())),
        }
        blocks.push(Block::item(words::letter(n), runs));
    }
    let elections = job.answers.and_then(|answers| answers.elections.as_ref());
    // The choices belong to the statute that names them.
    if plan.words.opponent_bears {
        blocks.extend(choices(job, elections, &values, ink)?);
    }
    blocks.push(Block::Sign {
        who: SignedBy::Filer,
        date: with_rule(ink, &texts.signature.date, DATE)?,
        above: Some(ink.runs(&texts.signature.closing, &values)?),
        below: Filer::of(job.clinic, job.answers).signature(ink, texts, plan.words, job.record)?,
    });
    if let Some(sworn) = &plan.words.verification {
        blocks.push(Block::lead(ink.runs(sworn, &values)?));
        let name = filer::name(&job.record.person.name);
        blocks.push(Block::Sign {
            who: SignedBy::Client,
            date: with_rule(ink, &texts.declaration.date, DATE)?,
            above: None,
            below: vec![vec![Run::text(ink.put("name", &name))]],
        });
    }
    Ok(blocks)
}

/// The nouns of a motion, for so many counts.
pub(crate) fn nouns(plan: &MotionPlan<'_>, count: usize) -> Values {
    let words = plan.words;
    Values::default()
        .with("self", Value::word(words.client.as_str()))
        .with("paper", Value::word(words.paper.as_str()))
        .with("capacity", Value::word(words.capacity.as_str()))
        .with("thing", Value::word(words.thing.of(count).as_str()))
        .with("sentence", Value::word(words.sentence.of(count).as_str()))
}

/// The offense of a count and its level, each where it is known.
pub(crate) fn offense(job: &Job<'_>, ask: &Ask<'_>) -> Result<Values, PaperError> {
    let count = job.count(ask.count);
    let path = job.path(ask.count);
    let offense = words::offense(&job.texts.filing, count, &path)?;
    let level = level(job, ask.count);
    Ok(Values::default()
        .with(
            "offense",
            offense.unwrap_or_else(|| Value::word("____________________")),
        )
        .with("level", level))
}

/// The level of a count, as it stands behind the offense; empty where it is not known.
pub(crate) fn level(job: &Job<'_>, count: usize) -> Value {
    let path = job.path(count);
    let texts = &job.texts.filing;
    let count = job.count(count);
    match words::reduced(count) {
        Some(now) => Value {
            text: texts.reduced.get(&now).cloned().unwrap_or_default(),
            from: vec![format!("{path}.level"), format!("{path}.relief_granted")],
        },
        None => count.level.map_or_else(Value::default, |level| {
            let words = texts.levels.get(&level);
            Value::new(words.map_or("", String::as_str), format!("{path}.level"))
        }),
    }
}

/// One conviction of the list.
pub(crate) fn line(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    ask: &Ask<'_>,
    ink: &mut Ink,
) -> Result<Vec<Run>, PaperError> {
    let words = &job.texts.filing;
    let count = job.count(ask.count);
    let path = job.path(ask.count);
    let offense_date = match count.offense_date {
        Some(date) => Some(Value::new(
            words::date(&words.dates, date)?,
            format!("{path}.offense_date"),
        )),
        None => None,
    };
    let judged = count.disposition.as_ref().and_then(|d| d.date);
    let conviction_date = match judged {
        Some(date) => Some(Value::new(
            words::date(&words.dates, date)?,
            format!("{path}.disposition.date"),
        )),
        None => None,
    };
    let mut values = offense(job, ask)?.with("thing", Value::word(plan.words.thing.one.as_str()));
    let own = match offense_date {
        Some(_) => plan.words.line.as_ref(),
        None => plan.words.line_no_offense_date.as_ref(),
    };
    let phrase = match (&offense_date, &conviction_date) {
        _ if own.is_some() => own.unwrap_or(&words.body.line_no_dates),
        (Some(_), Some(_)) => &words.body.line,
        (None, Some(_)) => &words.body.line_no_offense_date,
        (Some(_), None) => &words.body.line_no_conviction_date,
        (None, None) => &words.body.line_no_dates,
    };
    for (name, date) in [
        ("offense_date", offense_date),
        ("conviction_date", conviction_date),
    ] {
        if let Some(date) = date {
            values = values.with(name, date);
        }
    }
    ink.runs(phrase, &values)
}

fn group_values(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    group: &Group,
    ink: &mut Ink,
) -> Result<Values, PaperError> {
    let count = group.numbers.len();
    let labels = words::labels(&job.texts.filing, &group.numbers);
    let nouns = nouns(plan, count);
    let which = ink.text(
        &job.texts.filing.body.which,
        &nouns.clone().with("labels", Value::word(labels)),
    )?;
    Ok(nouns.with("which", Value::word(which)))
}

fn ground(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    group: &Group,
    ink: &mut Ink,
) -> Result<Vec<Run>, PaperError> {
    let words = &job.texts.filing.body;
    let mut values = group_values(job, plan, group, ink)?;
    let free = &plan.words.ground_discretionary;
    let of_route = free.get(&group.route).filter(|_| group.discretionary);
    let of_route = of_route.or_else(|| plan.words.ground.get(&group.route));
    let mut phrase = of_route.or_else(|| words.ground.get(&group.relief));
    if let Some(age) = &group.age
        && of_route.is_none()
    {
        phrase = words.ground_age.get(&group.relief);
        values = values.with("age", age.clone());
    }
    let phrase = phrase.ok_or_else(|| job.missing("body.ground"))?;
    let mut runs = ink.runs(phrase, &values)?;
    let (said, _) = conditions::of(job, plan, group);
    for (condition, from) in said {
        let text = ink.text(&condition.text, &values)?;
        ink.put(
            "standing",
            &Value {
                text: text.clone(),
                from,
            },
        );
        runs.push(Run::text(format!(" {text}")));
    }
    Ok(runs)
}

fn request(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    group: &Group,
    ink: &mut Ink,
) -> Result<Vec<Run>, PaperError> {
    let words = &job.texts.filing.body;
    let values = group_values(job, plan, group, ink)?;
    let own = plan.words.request.get(&group.relief);
    let asked = own
        .or_else(|| words.request.get(&group.relief))
        .ok_or_else(|| job.missing("body.request"))?;
    let mut runs = ink.runs(asked.of(group.numbers.len()), &values)?;
    if let Some(fallback) = group.fallback {
        let words = words.alternative.get(&fallback);
        let words = words.ok_or_else(|| job.missing("body.alternative"))?;
        runs.extend(ink.runs(words, &values)?);
    }
    // The words are the law's; that they stand here rests on the findings.
    let text: String = runs.iter().filter_map(Run::words).collect();
    ink.put(
        "relief requested",
        &Value {
            text,
            from: group.from.clone(),
        },
    );
    Ok(runs)
}

/// Choices that were made. What was not asked is not on the paper at all, so nothing is given up by silence.
fn choices(
    job: &Job<'_>,
    elections: Option<&Elections>,
    values: &Values,
    ink: &mut Ink,
) -> Result<Vec<Block>, PaperError> {
    let words = &job.texts.filing.body;
    let texts = &words.elections;
    let made = [
        (
            elections.and_then(|e| e.waive_original_judge),
            &texts.judge_given_up,
            &texts.judge_kept,
            "answers.elections.waive_original_judge",
        ),
        (
            elections.and_then(|e| e.waive_appearance),
            &texts.appearance_given_up,
            &texts.appearance_kept,
            "answers.elections.waive_appearance",
        ),
    ];
    let mut blocks = Vec::new();
    for (choice, given_up, kept, path) in made {
        let phrase: &Phrase = match choice {
            Some(true) => given_up,
            Some(false) => kept,
            None => continue,
        };
        if blocks.is_empty() {
            blocks.push(Block::Heading {
                text: ink.text(&words.elections_heading, values)?,
            });
        }
        let text = ink.text(phrase, values)?;
        ink.put("choice", &Value::new(text.as_str(), path));
        blocks.push(Block::para(vec![Run::text(text)]));
    }
    Ok(blocks)
}

/// Choices that nobody asked about, for the list of what is blank.
pub(crate) fn not_asked(job: &Job<'_>, plan: &MotionPlan<'_>) -> Vec<Blank> {
    if !plan.words.opponent_bears {
        return Vec::new();
    }
    let words = &job.texts.cover.blank;
    let made = job.answers.and_then(|answers| answers.elections.as_ref());
    [
        (
            made.and_then(|e| e.waive_original_judge),
            &words.election_judge,
        ),
        (
            made.and_then(|e| e.waive_appearance),
            &words.election_appearance,
        ),
    ]
    .into_iter()
    .filter(|(choice, _)| choice.is_none())
    .map(|(_, what)| Blank {
        what: what.clone(),
        why: words.election_why.clone(),
    })
    .collect()
}

/// What the record says for a line, and what that is called; none where a person writes it.
fn said(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    line: &FillLine,
) -> Result<Option<(String, Value)>, PaperError> {
    let Some(fact) = &line.fact else {
        return Ok(None);
    };
    let value = official::fact(job, plan, fact, &mut Ink::default())?;
    let value = value.filter(|value| !value.text.trim().is_empty());
    Ok(value.map(|value| (fact.name().replace('.', " "), value)))
}

/// Lines that the record does not fill: a person writes them by hand.
pub(crate) fn to_fill(job: &Job<'_>, plan: &MotionPlan<'_>) -> Result<Vec<Blank>, PaperError> {
    let values =
        nouns(plan, plan.counts().len()).with("name", filer::name(&job.record.person.name));
    let words = &job.texts.cover.blank;
    let mut blanks = Vec::new();
    for line in &plan.words.fill {
        if said(job, plan, line)?.is_some() {
            continue;
        }
        let why = match line.fact {
            Some(_) => &words.fill_unknown_why,
            None => &words.fill_why,
        };
        let label = Ink::default().text(&line.text, &values)?;
        blanks.push(Blank {
            what: label.trim_end_matches(':').to_owned(),
            why: why.clone(),
        });
    }
    Ok(blanks)
}
