//! Who gets which papers of a case, and how many times.

use packs::courts::Filing;
use serde::Serialize;

use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::CasePlan;
use crate::{Paper, PaperError, PaperKind};

/// Somebody who gets a set of a case's papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The court: the original first, then its copies.
    Court,
    /// The prosecuting agency, on whom they are served.
    Prosecutor,
    /// The probation department, where the county wants it served.
    Probation,
    /// The client.
    Client,
    /// The clinic keeps it.
    File,
}

/// What one of them gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Who.
    pub to: Holder,
    /// The papers, as places in the case's papers, in the order of the pile.
    pub papers: Vec<usize>,
    /// How many times; for the court the original is one of them.
    pub copies: u32,
    /// What whoever hands them over must know.
    pub notes: Vec<String>,
}

/// The sets of a case in the order in which they are handed over.
pub(crate) fn of(
    job: &Job<'_>,
    plan: &CasePlan<'_>,
    papers: &[Paper],
) -> Result<Vec<Set>, PaperError> {
    let words = &job.texts.cover;
    let plain = |phrase| Ink::default().text(phrase, &Values::default());
    let places = |wanted: &dyn Fn(PaperKind) -> bool| -> Vec<usize> {
        (0..papers.len())
            .filter(|n| wanted(papers[*n].kind))
            .collect()
    };
    let filed = places(&|kind| kind != PaperKind::Cover);
    if filed.is_empty() {
        let all = (0..papers.len()).collect();
        return Ok(vec![one(Holder::File, all, Vec::new())]);
    }
    // The proof says that the others were served: it is filed and not served itself.
    // What a client swears about money is the court's alone.
    let served = places(&|kind| {
        !matches!(
            kind,
            PaperKind::Cover | PaperKind::Service | PaperKind::CourtFee
        )
    });

    let mut notes = Vec::new();
    let copies = match (job.court().map(|court| court.filing), copies(job, plan)) {
        // One set to sign; what the court gets is made from it.
        (Some(Filing::EFile), _) => {
            notes.push(plain(&words.papers.efile)?);
            0
        }
        (Some(Filing::EMail), _) => {
            notes.push(plain(&words.papers.email)?);
            0
        }
        (Some(Filing::Paper) | None, Some(copies)) => copies,
        (Some(Filing::Paper) | None, None) => {
            notes.push(plain(&words.sets.copies_unknown)?);
            1
        }
    };
    let mut sets = vec![Set {
        to: Holder::Court,
        papers: filed.clone(),
        copies: 1 + copies,
        notes,
    }];
    if !plan.motions.iter().any(|motion| job.court_serves(motion)) {
        let mut notes = Vec::new();
        if let Some(court) = job.court().filter(|court| !court.contact.is_empty()) {
            let contact = Value::word(court.contact.join("; "));
            let contact = Values::default().with("contact", contact);
            notes.push(Ink::default().text(&words.papers.serve_contact, &contact)?);
        }
        if plan
            .motions
            .iter()
            .any(|motion| job.serve_arresting(motion))
        {
            notes.push(plain(&words.sets.also_arresting)?);
        }
        sets.push(one(Holder::Prosecutor, served.clone(), notes));
        if plan
            .motions
            .iter()
            .any(|motion| job.serve_probation(motion))
        {
            sets.push(one(Holder::Probation, served, Vec::new()));
        }
    }
    sets.push(one(Holder::Client, filed, Vec::new()));
    sets.push(one(Holder::File, (0..papers.len()).collect(), Vec::new()));
    Ok(sets)
}

fn one(to: Holder, papers: Vec<usize>, notes: Vec<String>) -> Set {
    Set {
        to,
        papers,
        copies: 1,
        notes,
    }
}

/// Copies for the court besides the original, where anybody knows: the clinic's habit, the table of courts, the route's own law.
pub(crate) fn copies(job: &Job<'_>, plan: &CasePlan<'_>) -> Option<u32> {
    let asks = || plan.motions.iter().flat_map(|motion| &motion.asks);
    job.habit()
        .and_then(|habit| habit.copies)
        .or_else(|| job.court()?.extra_copies.map(u32::from))
        .or_else(|| asks().find_map(|ask| ask.finding.procedure.as_ref()?.copies))
}
