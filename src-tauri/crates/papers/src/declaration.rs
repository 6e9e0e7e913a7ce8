//! A declaration: the client's own words about a fact that helps, chosen by an attorney. The client dates and signs it.

use record::answers::Declare;

use crate::PaperError;
use crate::filer;
use crate::ink::{Ink, Run, Value, Values};
use crate::job::Job;
use crate::motion::{self, DATE};
use crate::plan::MotionPlan;
use crate::pleading::{Block, Front, Pleading, with_rule};
use packs::forms::SignedBy;

/// A declaration and its index in the answers.
pub(crate) type Chosen<'a> = (usize, &'a Declare);

/// Its title.
pub(crate) fn title(job: &Job<'_>, ink: &mut Ink) -> Result<String, PaperError> {
    let name = filer::name(&job.record.person.name);
    ink.text(
        &job.texts.filing.declaration.title,
        &Values::default().with("name", name),
    )
}

/// The declarations that belong to a motion: about one of its counts, or about the whole case.
pub(crate) fn chosen<'a>(job: &Job<'a>, plan: &MotionPlan<'_>) -> Vec<Chosen<'a>> {
    job.declared()
        .filter(|(_, declare)| {
            declare
                .count
                .is_none_or(|count| plan.asks.iter().any(|ask| ask.count == count))
        })
        .collect()
}

/// The whole paper.
pub(crate) fn write(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    chosen: &[Chosen<'_>],
    ink: &mut Ink,
) -> Result<Pleading, PaperError> {
    let texts = &job.texts.filing;
    let words = &texts.declaration;
    let name = filer::name(&job.record.person.name);
    let values = Values::default().with("name", name.clone());
    let mut body = vec![Block::para(ink.runs(&words.opening, &values)?)];
    for (n, (index, declare)) in chosen.iter().enumerate() {
        body.push(Block::Item {
            depth: 0,
            label: vec![Run::text(format!("{}.", n + 1))],
            runs: about(job, plan, declare, &values, ink)?,
        });
        let rows = beside(declare);
        match foreign(declare) {
            Some(language) if rows.iter().any(|(_, english)| !english.is_empty()) => {
                let language = Values::default().with("language", language_of(*index, language));
                body.push(Block::Beside {
                    left: bold(ink.runs(&words.own_words, &language)?),
                    right: bold(ink.runs(&words.english, &language)?),
                });
                body.extend(rows.iter().map(|(said, english)| Block::Beside {
                    left: vec![Run::text(paragraph(*index, "text", said, ink))],
                    right: vec![Run::text(paragraph(*index, "english", english, ink))],
                }));
            }
            _ => body.extend(
                rows.iter()
                    .filter(|(said, _)| !said.is_empty())
                    .map(|(said, _)| {
                        Block::para(vec![Run::text(paragraph(*index, "text", said, ink))])
                    }),
            ),
        }
    }
    body.push(Block::lead(ink.runs(&words.perjury, &values)?));
    body.push(Block::Sign {
        who: SignedBy::Client,
        date: with_rule(ink, &words.date, DATE)?,
        above: None,
        below: vec![vec![Run::text(ink.put("name", &name))]],
    });
    body.extend(interpreters(job, chosen, ink)?);
    let of = Value::word(motion::title(plan, ink)?);
    let front = Front {
        nature: title(job, ink)?,
        under: vec![ink.runs(&words.under, &Values::default().with("motion", of))?],
        footer: words.footer.clone(),
        hearing: false,
    };
    Pleading::new(job, ink, plan.words, plan.juvenile, front, body)
}

/// The words as one text, for a form that has the oath printed; none where a translation stands beside them.
pub(crate) fn plain(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    chosen: &[Chosen<'_>],
    ink: &mut Ink,
) -> Result<Option<Value>, PaperError> {
    let words = &job.texts.filing.declaration;
    let name = filer::name(&job.record.person.name);
    let values = Values::default().with("name", name.clone());
    let mut said = Value {
        text: ink.text(&words.opening, &values)?,
        from: name.from,
    };
    for (n, (index, declare)) in chosen.iter().enumerate() {
        if foreign(declare).is_some() {
            return Ok(None);
        }
        let about = about(job, plan, declare, &values, ink)?;
        let about: String = about.iter().filter_map(Run::words).collect();
        said.text.push_str(&format!("\n\n{}. {about}", n + 1));
        for line in declare.text.split('\n').map(str::trim) {
            if !line.is_empty() {
                said.text.push_str(&format!("\n{line}"));
            }
        }
        said.from.push(format!("answers.declare[{index}].text"));
    }
    Ok(Some(said))
}

/// What a declaration is about.
fn about(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    declare: &Declare,
    values: &Values,
    ink: &mut Ink,
) -> Result<Vec<Run>, PaperError> {
    let words = &job.texts.filing.declaration;
    let mut asks = plan.asks.iter();
    match asks.find(|ask| Some(ask.count) == declare.count) {
        Some(ask) => ink.runs(&words.about, &motion::offense(job, ask)?),
        None => ink.runs(&words.about_case, values),
    }
}

/// What whoever translated swears to; one for each language and person.
fn interpreters(
    job: &Job<'_>,
    chosen: &[Chosen<'_>],
    ink: &mut Ink,
) -> Result<Vec<Block>, PaperError> {
    let words = &job.texts.filing.declaration;
    let mut body = Vec::new();
    let mut done: Vec<(&str, Option<&str>)> = Vec::new();
    for (index, declare) in chosen {
        let Some(language) = foreign(declare) else {
            continue;
        };
        let by = declare
            .interpreter
            .as_deref()
            .map(str::trim)
            .filter(|by| !by.is_empty());
        if done.contains(&(language, by)) || !translated(declare) {
            continue;
        }
        done.push((language, by));
        let path = format!("answers.declare[{index}].interpreter");
        let by = by.map(|by| Value::new(by, path));
        let line = by
            .clone()
            .unwrap_or_else(|| Value::word("____________________"));
        let values = Values::default()
            .with("name", filer::name(&job.record.person.name))
            .with("language", language_of(*index, language))
            .with("interpreter", line);
        body.push(Block::Heading {
            text: ink.text(&words.interpreter_heading, &values)?,
        });
        body.push(Block::para(ink.runs(&words.interpreter, &values)?));
        body.push(Block::Tick {
            depth: 1,
            runs: ink.runs(&words.interpreter_read, &values)?,
        });
        body.push(Block::lead(ink.runs(&words.perjury, &values)?));
        body.push(Block::Sign {
            who: SignedBy::Interpreter,
            date: with_rule(ink, &words.date, DATE)?,
            above: None,
            below: by
                .map(|by| vec![Run::text(ink.put("interpreter", &by))])
                .into_iter()
                .collect(),
        });
    }
    Ok(body)
}

/// Paragraph beside paragraph. Where the translation has as many lines as the words, line stands beside line, also where one is empty;
/// else both are taken as their paragraphs come.
fn beside(declare: &Declare) -> Vec<(&str, &str)> {
    let english = declare.english.as_deref().unwrap_or_default();
    let mut said: Vec<_> = declare.text.split('\n').map(str::trim).collect();
    let mut english: Vec<_> = english.split('\n').map(str::trim).collect();
    if said.len() != english.len() {
        for lines in [&mut said, &mut english] {
            lines.retain(|line| !line.is_empty());
        }
    }
    let rows = said.len().max(english.len());
    said.resize(rows, "");
    english.resize(rows, "");
    let rows = said.into_iter().zip(english);
    rows.filter(|row| *row != ("", "")).collect()
}

fn paragraph(index: usize, of: &str, line: &str, ink: &mut Ink) -> String {
    if line.is_empty() {
        return String::new();
    }
    let path = format!("answers.declare[{index}].{of}");
    ink.put("declaration", &Value::new(line, path))
}

fn language_of(index: usize, language: &str) -> Value {
    Value::new(language, format!("answers.declare[{index}].language"))
}

fn bold(runs: Vec<Run>) -> Vec<Run> {
    let strong = |run| match run {
        Run::Text { t, i, .. } => Run::Text { t, b: true, i },
        Run::Rule { rule } => Run::Rule { rule },
    };
    runs.into_iter().map(strong).collect()
}

/// The language of the words, where it is said and is not English.
pub(crate) fn foreign(declare: &Declare) -> Option<&str> {
    let language = declare.language.as_deref()?.trim();
    (!language.is_empty() && !language.eq_ignore_ascii_case("english")).then_some(language)
}

/// Whether words have a translation, and where line stands beside line, every one of them.
pub(crate) fn translated(declare: &Declare) -> bool {
    let english = declare.english.as_deref().unwrap_or_default();
    let paired = declare.text.split('\n').count() == english.split('\n').count();
    let missing = |(said, english): &(&str, &str)| !said.is_empty() && english.is_empty();
    !(english.trim().is_empty() || paired && beside(declare).iter().any(missing))
}

/// Whether one declaration of the case belongs to none of its papers.
pub(crate) fn unused(job: &Job<'_>, motions: &[MotionPlan<'_>]) -> bool {
    job.declared().any(|(_, declare)| {
        declare.count.is_some_and(|count| {
            !motions
                .iter()
                .any(|plan| plan.asks.iter().any(|ask| ask.count == count))
        })
    })
}

/// Whether a text seems to hold a whole social security number, which no paper filed in public may show.
pub(crate) fn holds_ssn(text: &str) -> bool {
    let shape: Vec<u8> = text
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' => b'9',
            b'-' | b'.' | b' ' => b'-',
            _ => b'x',
        })
        .collect();
    let number = b"999-99-9999";
    shape.windows(number.len()).enumerate().any(|(at, some)| {
        let ends = |place: Option<&u8>| place.is_none_or(|byte| *byte != b'9');
        let before = at.checked_sub(1).and_then(|before| shape.get(before));
        some == number && ends(before) && ends(shape.get(at + number.len()))
    })
}
