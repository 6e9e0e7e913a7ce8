//! A declaration: the client's own words about a fact that helps, chosen by an attorney. The client dates and signs it.

use record::answers::Declare;

use crate::PaperError;
use crate::filer;
use crate::ink::{Ink, Run, Value, Values};
use crate::job::Job;
use crate::motion::{self, DATE};
use crate::plan::MotionPlan;
use crate::pleading::{Block, Front, Pleading, with_rule};

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
        let ask = plan
            .asks
            .iter()
            .find(|ask| Some(ask.count) == declare.count);
        let about = match ask {
            Some(ask) => ink.runs(&words.about, &motion::offense(job, ask)?)?,
            None => ink.runs(&words.about_case, &values)?,
        };
        body.push(Block::Item {
            depth: 0,
            label: vec![Run::text(format!("{}.", n + 1))],
            runs: about,
        });
        let path = format!("answers.declare[{index}].text");
        for paragraph in declare.text.lines().filter(|line| !line.trim().is_empty()) {
            let said = Value::new(paragraph.trim(), path.as_str());
            body.push(Block::para(vec![Run::text(ink.put("declaration", &said))]));
        }
    }
    body.push(Block::lead(ink.runs(&words.perjury, &values)?));
    body.push(Block::Sign {
        date: with_rule(ink, &words.date, DATE)?,
        above: None,
        below: vec![vec![Run::text(ink.put("name", &name))]],
    });
    let of = Value::word(motion::title(plan, ink)?);
    let front = Front {
        nature: title(job, ink)?,
        under: vec![ink.runs(&words.under, &Values::default().with("motion", of))?],
        footer: words.footer.clone(),
        hearing: false,
    };
    Pleading::new(job, ink, plan.words, plan.juvenile, front, body)
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
