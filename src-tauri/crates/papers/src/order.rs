//! The proposed order: the judge marks, dates and signs; nothing is marked before.

use crate::filer;
use crate::ink::{Ink, Run, Value, Values};
use crate::job::Job;
use crate::motion::{self, DATE};
use crate::plan::MotionPlan;
use crate::pleading::{Block, Front, Pleading, with_rule};
use crate::{PaperError, words};
use packs::forms::SignedBy;

/// Its title.
pub(crate) fn title(plan: &MotionPlan<'_>, ink: &mut Ink) -> Result<String, PaperError> {
    ink.text(&plan.words.order_title, &Values::default())
}

/// The whole paper.
pub(crate) fn write(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    ink: &mut Ink,
) -> Result<Pleading, PaperError> {
    let texts = &job.texts.filing;
    let words = &texts.order;
    let values = motion::nouns(plan, 1).with("name", filer::name(&job.record.person.name));
    let mut body = vec![Block::para(ink.runs(&words.opening, &values)?)];
    for (number, ask) in (1..).zip(plan.lines()) {
        let labels = Value::word(words::labels(texts, &[number]));
        let which = ink.text(&texts.body.which, &values.clone().with("labels", labels))?;
        let each = motion::offense(job, ask)?.with("which", Value::word(which));
        let mut parts = vec![Block::lead(ink.runs(&words.each, &each)?)];
        for relief in &plan.words.order_options {
            let own = plan.words.order_option.get(relief);
            let option = own.or_else(|| words.option.get(relief));
            let option = option.ok_or_else(|| job.missing("order.option"))?;
            parts.push(Block::Tick {
                depth: 1,
                runs: ink.runs(option, &values)?,
            });
        }
        let mut denied = ink.runs(&words.denied, &values)?;
        denied.push(Run::text(" "));
        denied.push(Run::Rule { rule: 230 });
        parts.push(Block::Tick {
            depth: 1,
            runs: denied,
        });
        // A judge marks the boxes of the conviction that stands over them.
        body.push(Block::Keep { parts });
    }
    for more in &plan.words.order_more {
        body.push(Block::Fill {
            depth: 0,
            runs: ink.runs(more, &values)?,
        });
    }
    body.push(Block::Sign {
        who: SignedBy::Judge,
        date: with_rule(ink, &texts.signature.date, DATE)?,
        above: None,
        below: vec![ink.runs(&texts.signature.judge, &values)?],
    });
    let front = Front {
        nature: title(plan, ink)?,
        under: vec![ink.runs(&plan.words.authority, &Values::default())?],
        footer: plan.words.order_footer.clone(),
        hearing: false,
    };
    Pleading::new(job, ink, plan.words, plan.juvenile, front, body)
}
