//! What is filed for one motion: the paper that asks, a declaration, a proposed order, a proof of service.

use packs::forms::Role;
use record::findings::Path;

use crate::ink::Ink;
use crate::job::Job;
use crate::plan::MotionPlan;
use crate::pleading::Pleading;
use crate::{
    Blank, Paper, PaperError, PaperKind, Recipient, declaration, motion, official, order, pleading,
    service,
};

/// The paper that asks, and what goes with it.
pub(crate) fn write(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    n: usize,
    papers: &mut Vec<Paper>,
) -> Result<(), PaperError> {
    let blank = &job.texts.cover.blank;
    let signature = (&blank.signature, &blank.signature_why);
    let hearing = (&blank.hearing, &blank.hearing_why);
    let file = |stem: &str| match n {
        0 => format!("{stem}.pdf"),
        n => format!("{stem}-{}.pdf", n + 1),
    };

    let kind = match plan.words.path {
        Some(Path::Petition) | None => PaperKind::Petition,
        Some(Path::Application) => PaperKind::Application,
    };
    let mut blanks = blanks(job, &[signature, hearing]);
    blanks.extend(motion::not_asked(job, plan));
    let part = (Role::Motion, kind, file("petition"));
    let mut paper = filed(job, plan, part, blanks, |ink| {
        Ok((
            motion::write(job, plan, ink)?,
            motion::title(plan, &mut Ink::default())?,
        ))
    })?;
    if paper.form.is_none() && motion::conditions_open(job, plan) {
        paper.blanks.push(Blank {
            what: blank.conditions.clone(),
            why: blank.conditions_why.clone(),
        });
    }
    let mut titles = vec![paper.title.clone()];
    papers.push(paper);

    let chosen = declaration::chosen(job, plan);
    if !chosen.is_empty() {
        let mut ink = Ink::default();
        let written = declaration::write(job, plan, &chosen, &mut ink)?;
        let title = declaration::title(job, &mut Ink::default())?;
        titles.push(title.clone());
        let blanks = self::blanks(job, &[(&blank.declarant, &blank.declarant_why)]);
        papers.push(finish(
            job,
            PaperKind::Declaration,
            file("declaration"),
            title,
            &written,
            ink,
            blanks,
        )?);
    }

    let blanks = self::blanks(job, &[(&blank.judge, &blank.judge_why)]);
    let part = (Role::Order, PaperKind::Order, file("order"));
    let paper = filed(job, plan, part, blanks, |ink| {
        Ok((
            order::write(job, plan, ink)?,
            order::title(plan, &mut Ink::default())?,
        ))
    })?;
    titles.push(paper.title.clone());
    papers.push(paper);

    if !job.court_serves(plan) {
        let blanks = self::blanks(job, &[(&blank.server, &blank.server_why)]);
        let part = (Role::Service, PaperKind::Service, file("service"));
        papers.push(filed(job, plan, part, blanks, |ink| {
            Ok((
                service::write(job, plan, &titles, ink)?,
                service::title(job, &mut Ink::default())?,
            ))
        })?);
    }
    Ok(())
}

/// A paper on the court's own form where the office has its blank, else on ours.
fn filed(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    (role, kind, file): (Role, PaperKind, String),
    mut blanks: Vec<Blank>,
    ours: impl FnOnce(&mut Ink) -> Result<(Pleading, String), PaperError>,
) -> Result<Paper, PaperError> {
    let mut ink = Ink::default();
    if let Some(form) = official::write(job, plan, role, &mut ink)? {
        blanks.extend(form.blanks);
        return Ok(Paper {
            kind,
            file,
            title: form.title,
            recipient: Recipient::Court,
            bytes: form.bytes,
            pages: form.pages,
            blanks,
            marks: ink.marks(),
            form: Some(form.form),
        });
    }
    let (written, title) = ours(&mut ink)?;
    finish(job, kind, file, title, &written, ink, blanks)
}

fn blanks(job: &Job<'_>, own: &[(&String, &String)]) -> Vec<Blank> {
    let own = own.iter().map(|(what, why)| Blank {
        what: (*what).clone(),
        why: (*why).clone(),
    });
    own.chain(pleading::unknown(job)).collect()
}

fn finish(
    job: &Job<'_>,
    kind: PaperKind,
    file: String,
    title: String,
    written: &Pleading,
    ink: Ink,
    blanks: Vec<Blank>,
) -> Result<Paper, PaperError> {
    let printed = written.print(job.as_of)?;
    Ok(Paper {
        kind,
        file,
        title,
        recipient: Recipient::Court,
        bytes: printed.bytes,
        pages: printed.pages,
        blanks,
        marks: ink.marks(),
        form: None,
    })
}
