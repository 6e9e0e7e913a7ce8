//! What is filed for one motion: the paper that asks, a declaration, a proposed order, a proof of service.

use packs::forms::Role;
use record::findings::Path;

use crate::declaration::Chosen;
use crate::ink::Ink;
use crate::job::Job;
use crate::official::Official;
use crate::plan::MotionPlan;
use crate::pleading::Pleading;
use crate::{
    Blank, LostPaper, Paper, PaperError, PaperKind, Recipient, declaration, motion, official,
    order, pleading, service, why_not,
};

/// The paper that asks, and what goes with it.
pub(crate) fn write(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    n: usize,
    papers: &mut Vec<Paper>,
    lost: &mut Vec<LostPaper>,
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
    let title = motion::title(plan, &mut Ink::default())?;
    let paper = filed(job, plan, part, blanks, |ink| {
        Ok((motion::write(job, plan, ink)?, title.clone()))
    });
    let mut titles = Vec::new();
    let mut formal = false;
    if let Some(mut paper) = kept(job, paper, &title, lost)? {
        if paper.form.is_none() {
            paper.blanks.extend(motion::to_fill(job, plan)?);
            if motion::conditions_open(job, plan) {
                paper.blanks.push(Blank {
                    what: blank.conditions.clone(),
                    why: blank.conditions_why.clone(),
                });
            }
        }
        formal = paper.form.is_some();
        titles.push(paper.title.clone());
        papers.push(paper);
    }

    let chosen = declaration::chosen(job, plan);
    if !chosen.is_empty() {
        let title = declaration::title(job, &mut Ink::default())?;
        let mut open = vec![(&blank.declarant, &blank.declarant_why)];
        let sworn =
            |declare| declaration::foreign(declare).is_some() && declaration::translated(declare);
        if chosen.iter().any(|(_, declare)| sworn(declare)) {
            open.push((&blank.interpreter, &blank.interpreter_why));
        }
        let blanks = self::blanks(job, &open);
        let part = (PaperKind::Declaration, file("declaration"));
        let paper = declared(job, plan, &chosen, part, blanks, formal);
        if let Some(paper) = kept(job, paper, &title, lost)? {
            titles.push(paper.title.clone());
            papers.push(paper);
        }
    }

    let blanks = self::blanks(job, &[(&blank.judge, &blank.judge_why)]);
    let part = (Role::Order, PaperKind::Order, file("order"));
    let title = order::title(plan, &mut Ink::default())?;
    let paper = filed(job, plan, part, blanks, |ink| {
        Ok((order::write(job, plan, ink)?, title.clone()))
    });
    if let Some(paper) = kept(job, paper, &title, lost)? {
        titles.push(paper.title.clone());
        papers.push(paper);
    }

    if !job.court_serves(plan) {
        let blanks = self::blanks(job, &[(&blank.server, &blank.server_why)]);
        let part = (Role::Service, PaperKind::Service, file("service"));
        let title = service::title(job, &mut Ink::default())?;
        let paper = filed(job, plan, part, blanks, |ink| {
            Ok((service::write(job, plan, &titles, ink)?, title.clone()))
        });
        papers.extend(kept(job, paper, &title, lost)?);
    }

    // One for a case: it names no paper.
    let has = papers.iter().any(|paper| paper.kind == PaperKind::CourtFee);
    let mut ink = Ink::default();
    if !has && let Some(form) = official::fee(job, plan, &mut ink)? {
        let blanks = self::blanks(job, &[]);
        papers.push(on_form(
            form,
            (PaperKind::CourtFee, file("fee")),
            blanks,
            ink,
        ));
    }
    Ok(())
}

/// A paper that cannot print a character is left out and remembered; whatever else went wrong stops everything.
fn kept(
    job: &Job<'_>,
    made: Result<Paper, PaperError>,
    title: &str,
    lost: &mut Vec<LostPaper>,
) -> Result<Option<Paper>, PaperError> {
    match made {
        Ok(paper) => Ok(Some(paper)),
        Err(PaperError::Glyph { character, .. }) => {
            lost.push(LostPaper {
                case: why_not::called(job)?,
                title: title.to_owned(),
                character,
            });
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// A paper on the court's own form where the office has its blank, else on ours.
fn filed(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    (role, kind, file): (Role, PaperKind, String),
    blanks: Vec<Blank>,
    ours: impl FnOnce(&mut Ink) -> Result<(Pleading, String), PaperError>,
) -> Result<Paper, PaperError> {
    let mut ink = Ink::default();
    if let Some(form) = official::write(job, plan, role, &mut ink)? {
        return Ok(on_form(form, (kind, file), blanks, ink));
    }
    let (written, title) = ours(&mut ink)?;
    finish(job, kind, file, title, &written, ink, blanks)
}

/// A declaration: attached to a court's form on the court's form for that where it can be, else on a paper of ours.
fn declared(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    chosen: &[Chosen<'_>],
    (kind, file): (PaperKind, String),
    blanks: Vec<Blank>,
    formal: bool,
) -> Result<Paper, PaperError> {
    let mut ink = Ink::default();
    if formal && let Some(form) = official::declaration(job, plan, chosen, &mut ink)? {
        return Ok(on_form(form, (kind, file), blanks, ink));
    }
    let written = declaration::write(job, plan, chosen, &mut ink)?;
    let title = declaration::title(job, &mut Ink::default())?;
    finish(job, kind, file, title, &written, ink, blanks)
}

/// A paper on a court's form.
fn on_form(
    form: Official,
    (kind, file): (PaperKind, String),
    mut blanks: Vec<Blank>,
    ink: Ink,
) -> Paper {
    blanks.extend(form.blanks);
    Paper {
        kind,
        file,
        title: form.title,
        recipient: Recipient::Court,
        bytes: form.bytes,
        pages: form.pages,
        signs: form.signs,
        blanks,
        marks: ink.marks(),
        form: Some(form.form),
    }
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
        signs: printed.signs,
        blanks,
        marks: ink.marks(),
        form: None,
    })
}
