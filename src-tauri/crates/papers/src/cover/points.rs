//! What the cover sheet says in sentences: copies and service, what has no paper, what to look at, what to tell the client.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use packs::courts::Filing;
use packs::forms::{FormSheet, Role};
use record::answers::Declare;
use record::clinic::Language;
use record::findings::{Finding, Status};

use super::{List, offense, plain, with};
use crate::filer::Filer;
use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::{Ask, CasePlan, LeftOut, Why};
use crate::{FormUsed, Paper, PaperError, PaperKind, declaration, sets, words};

/// Copies and service.
pub(super) fn notes(job: &Job<'_>, plan: &CasePlan<'_>) -> Result<Vec<String>, PaperError> {
    let words = &job.texts.cover.papers;
    let court = job.court();
    let county = Values::default().with("county", job.county().unwrap_or_default());
    let habit = job.habit();
    let number = |copies: u32| Value::word(copies.to_string());
    let mut ink = Ink::default();
    let copies = match habit.and_then(|habit| Some((habit.copies?, habit.confirmed))) {
        Some((copies, Some(day))) => {
            let day = words::date(&job.texts.filing.dates, day.into())?;
            let values = county.clone().with("copies", number(copies));
            ink.text(&words.copies_known, &values.with("date", Value::word(day)))?
        }
        Some((copies, None)) => ink.text(
            &words.copies_unconfirmed,
            &county.clone().with("copies", number(copies)),
        )?,
        None => match sets::copies(job, plan) {
            Some(copies) => ink.text(
                &words.copies_pack,
                &county.clone().with("copies", number(copies)),
            )?,
            None => plain(&words.copies_unknown)?,
        },
    };
    let mut copies = copies;
    let confirmed = habit.and_then(|habit| habit.confirmed);
    if confirmed.is_some_and(|day| day.checked_add(1.year()).is_ok_and(|then| then < job.as_of)) {
        copies = format!("{copies} {}", plain(&words.older)?);
    }
    let mut notes = vec![copies, plain(&words.add_copies)?];
    match court.map(|court| court.filing) {
        Some(Filing::EFile) => notes.push(plain(&words.efile)?),
        Some(Filing::EMail) => notes.push(plain(&words.email)?),
        Some(Filing::Paper) | None => {}
    }
    if plan.motions.iter().any(|motion| job.court_serves(motion)) {
        notes.push(plain(&words.serve_court)?);
    } else {
        let mut served = vec![words.serve_prosecutor.clone()];
        if plan
            .motions
            .iter()
            .any(|motion| job.serve_probation(motion))
        {
            served.push(words.serve_probation.clone());
        }
        if plan
            .motions
            .iter()
            .any(|motion| job.serve_arresting(motion))
        {
            served.push(words.serve_arresting.clone());
        }
        let lists = &job.texts.filing.lists;
        let served = words::list(&served, &lists.comma, &lists.and);
        let asks = plan.motions.iter().flat_map(|motion| &motion.asks);
        let days = asks.filter_map(|ask| ask.finding.procedure.as_ref()?.notice_days);
        notes.push(match days.max() {
            Some(days) => ink.text(
                &words.serve_days,
                &Values::default()
                    .with("serve", Value::word(served))
                    .with("days", number(days)),
            )?,
            None => with(&words.serve, "serve", served)?,
        });
        if let Some(court) = court.filter(|court| !court.contact.is_empty()) {
            notes.push(with(
                &words.serve_contact,
                "contact",
                court.contact.join("; "),
            )?);
        }
    }
    if let Some(note) = court.and_then(|court| court.note.as_ref()) {
        notes.push(ink.text(&words.county_note, &county.with("note", Value::word(note)))?);
    }
    Ok(notes)
}

/// What is left out, what an attorney should look at, what the client must be told.
pub(super) fn lists(
    job: &Job<'_>,
    plan: &CasePlan<'_>,
    asks: &[&Ask<'_>],
    papers: &[Paper],
) -> Result<Vec<List>, PaperError> {
    let words = &job.texts.cover;
    let mut left = Vec::new();
    for out in &plan.left_out {
        left.push(format!("{}: {}", offense(job, out.count)?, why(job, out)?));
    }
    let findings = || {
        let left = plan.left_out.iter().map(|out| out.finding);
        asks.iter().map(|ask| ask.finding).chain(left)
    };
    let cited = |text: &str, cite: &str| {
        if cite.is_empty() {
            text.to_owned()
        } else {
            format!("{text} ({cite})")
        }
    };
    let mut review = attorney(job, plan, papers)?;
    for point in findings().flat_map(|finding| &finding.review) {
        add(&mut review, cited(&point.text, &point.cite));
    }
    let mut warnings = Vec::new();
    for warning in findings().flat_map(|finding| &finding.warnings) {
        let cite = warning.cite.as_deref().unwrap_or_default();
        add(&mut warnings, cited(&warning.text, cite));
    }
    [
        (&words.left_out.heading, left),
        (&words.review.heading, review),
        (&words.warnings.heading, warnings),
    ]
    .into_iter()
    .filter(|(_, items)| !items.is_empty())
    .map(|(heading, items)| {
        Ok(List {
            heading: plain(heading)?,
            items,
        })
    })
    .collect()
}

fn add(items: &mut Vec<String>, item: String) {
    if !items.contains(&item) {
        items.push(item);
    }
}

/// What the program itself wants an attorney to look at.
fn attorney(
    job: &Job<'_>,
    plan: &CasePlan<'_>,
    papers: &[Paper],
) -> Result<Vec<String>, PaperError> {
    let words = &job.texts.cover.review;
    let mut points = Vec::new();
    let reading = job.record.reading.as_ref();
    if let Some(lines) = reading
        .map(|reading| reading.unread.len())
        .filter(|lines| *lines > 0)
    {
        points.push(with(&words.unread, "lines", lines.to_string())?);
    }
    if let Filer::Attorney { attorney, .. } = Filer::of(job.clinic, job.answers) {
        points.push(with(&words.signer, "attorney", attorney.name.clone())?);
    }
    let contact = job.answers.and_then(|answers| answers.contact.as_ref());
    let foreign = contact
        .and_then(|contact| contact.language)
        .is_some_and(|language| language != Language::En);
    let unsaid = |(_, said): (usize, &Declare)| said.language.is_none();
    if foreign && job.declared().any(unsaid) {
        points.push(plain(&words.declaration_language)?);
    }
    if declaration::unused(job, &plan.motions) {
        points.push(plain(&words.declaration_unused)?);
    }
    for check in plan
        .motions
        .iter()
        .filter_map(|one| one.words.check.as_ref())
    {
        points.push(plain(check)?);
    }
    for motion in &plan.motions {
        let Some(form) = motion.asks.iter().find_map(|ask| job.fee_form(ask.finding)) else {
            continue;
        };
        let made = papers.iter().any(|paper| paper.kind == PaperKind::CourtFee);
        let phrase = if made {
            &words.fee_form
        } else {
            &words.fee_no_form
        };
        add(&mut points, with(phrase, "form", form)?);
    }
    points.push(plain(&words.caption)?);
    let mut forms: Vec<String> = Vec::new();
    let used: Vec<_> = papers
        .iter()
        .filter_map(|paper| paper.form.as_ref())
        .flat_map(FormUsed::all)
        .collect();
    // Whether the form of a way whose law was not read is optional, nobody knows: what to compare names it.
    let read = plan.motions.iter().filter(|one| one.words.check.is_none());
    let asked = read.flat_map(|one| &one.asks);
    for form in asked.flat_map(|ask| &ask.finding.forms) {
        if !used.iter().any(|used| used.number == *form) {
            add(&mut forms, form.clone());
        }
    }
    let passed: BTreeSet<String> = used
        .iter()
        .filter_map(|form| {
            let date = |date: Date| words::date(&job.texts.filing.dates, date.into());
            let values = Values::default().with("form", Value::word(form.number.as_str()));
            let row = |newer| {
                let values = values
                    .with("revision", Value::word(date(form.revision)?))
                    .with("newer", Value::word(date(newer)?));
                Ink::default().text(&words.form_older_row, &values)
            };
            form.newer.map(row)
        })
        .collect::<Result<_, PaperError>>()?;
    if !passed.is_empty() {
        let passed: Vec<String> = passed.into_iter().collect();
        points.push(with(&words.form_older, "forms", passed.join("; "))?);
    }
    let old: BTreeSet<&str> = used
        .iter()
        .filter(|form| form.newer.is_none() && form.check_by <= job.as_of)
        .map(|form| form.number.as_str())
        .collect();
    let old: Vec<&str> = old.into_iter().collect();
    if !old.is_empty() {
        points.push(with(&words.form_check, "forms", old.join(", "))?);
    }
    let described: BTreeSet<&str> = used
        .iter()
        .filter(|form| form.described.is_some())
        .map(|form| form.number.as_str())
        .collect();
    if !described.is_empty() {
        let described: Vec<&str> = described.into_iter().collect();
        points.push(with(&words.form_described, "forms", described.join(", "))?);
    }
    let unused = unused(job, plan, &used);
    if !unused.is_empty() {
        points.push(with(&words.form_unused, "forms", unused.join(", "))?);
    }
    if !forms.is_empty() {
        points.push(with(&words.own_paper, "forms", forms.join(", "))?);
    }
    Ok(points)
}

/// Forms that the office describes for the paper that asks here and has a blank of, and that none is on.
fn unused<'a>(job: &Job<'a>, plan: &CasePlan<'_>, used: &[&FormUsed]) -> Vec<&'a str> {
    let Some(library) = job.library.filter(|_| !job.training) else {
        return Vec::new();
    };
    let serves = |sheet: &FormSheet| {
        let mut motions = plan.motions.iter();
        motions.any(|motion| {
            let mut roles = sheet.serves.iter();
            roles.any(|one| {
                let asks = one.paper == Role::Motion && one.juvenile == motion.juvenile;
                asks && one.route == motion.words.route.0
            })
        })
    };
    let sheets = job.sheets().into_iter().filter(|sheet| {
        library.describes(&sheet.number)
            && serves(sheet)
            && library.find(sheet, job.as_of).is_some()
            && used.iter().all(|used| used.number != sheet.number)
    });
    sheets.map(|sheet| sheet.number.as_str()).collect()
}

/// Why a count has no paper, with its first question.
fn why(job: &Job<'_>, out: &LeftOut<'_>) -> Result<String, PaperError> {
    let words = &job.texts.cover.left_out;
    let status = &words.status;
    let mut text = match (out.why, out.finding.status) {
        (Why::Path, _) => plain(&status.path)?,
        (Why::NoPaper, _) => no_paper(job, out.finding)?,
        (Why::Besides, _) => with(&status.besides, "way", job.way(out.finding, Language::En))?,
        (Why::NoWords, _) | (Why::Answer, Status::Eligible) => plain(&status.no_words)?,
        (Why::Answer, Status::NotYet) => match out.finding.earliest {
            Some(day) => {
                let day = words::date(&job.texts.filing.dates, day.into())?;
                with(&status.not_yet, "date", day)?
            }
            None => plain(&status.not_yet_unknown)?,
        },
        (Why::Answer, Status::NotEligible) => plain(&status.not_eligible)?,
        (Why::Answer, Status::NeedsFacts) => plain(&status.needs_facts)?,
        (Why::Answer, Status::NeedsAttorney) => plain(&status.needs_attorney)?,
        (Why::Answer, Status::AlreadyGranted) => plain(&status.already_granted)?,
        (Why::Answer, Status::LikelyDone) => plain(&status.likely_done)?,
    };
    let question = out.finding.questions.first().and_then(|q| q.ask.as_ref());
    if let Some(question) = question {
        text = format!("{text} {}", with(&words.ask, "question", question)?);
    }
    Ok(text)
}

/// A way without a paper here: what it is called, and the court's own form for it where there is one.
fn no_paper(job: &Job<'_>, finding: &Finding) -> Result<String, PaperError> {
    let words = &job.texts.cover.left_out;
    let phrase = if finding.forms.is_empty() {
        &words.status.no_paper
    } else {
        &words.no_paper_form
    };
    let values = Values::default()
        .with("way", Value::word(job.way(finding, Language::En)))
        .with("forms", Value::word(finding.forms.join(", ")));
    Ink::default().text(phrase, &values)
}
