//! The cover sheet of one case, for the clinic: what is inside, for whom, how many copies, what is blank, what is unverified.

use packs::courts::{Confidence, Filing};
use packs::papers::Phrase;
use record::Citizenship;
use record::clinic::Language;
use record::findings::{Status, Verification};
use serde::Serialize;

use crate::filer::{self, Filer};
use crate::ink::{Ink, Value, Values};
use crate::plan::{Ask, CasePlan, LeftOut, Why};
use crate::pleading::day;
use crate::prepare::Job;
use crate::press::{self, Layout};
use crate::{Blank, Clearance, Paper, PaperError, PaperKind, Recipient, declaration, words};

/// Data of `cover.typ`.
#[derive(Debug, Serialize)]
struct Cover {
    training: bool,
    day: [i16; 3],
    title: String,
    author: String,
    not_for_filing: String,
    facts: Vec<[String; 2]>,
    /// Short enough for one line at the foot.
    foot: String,
    ready: bool,
    status: String,
    why_not: Vec<String>,
    papers: Table,
    notes: Vec<String>,
    asked: Table,
    lists: Vec<List>,
    steps: List,
}

/// A table; a cell holds one or more lines.
#[derive(Debug, Serialize)]
struct Table {
    heading: String,
    columns: Vec<String>,
    rows: Vec<Vec<Vec<String>>>,
}

#[derive(Debug, Serialize)]
struct List {
    heading: String,
    items: Vec<String>,
}

/// Writes the cover sheet over the papers of a case.
pub(crate) fn write(
    job: &Job<'_>,
    plan: &CasePlan<'_>,
    papers: &[Paper],
    why_not: &[String],
) -> Result<Paper, PaperError> {
    let words = &job.texts.cover;
    let title = plain(&words.title)?;
    let asks: Vec<&Ask<'_>> = plan.motions.iter().flat_map(|m| &m.asks).collect();
    let data = Cover {
        training: job.training,
        day: day(job.as_of),
        title: title.clone(),
        author: job.clinic.name.clone(),
        not_for_filing: plain(&words.not_for_filing)?,
        facts: facts(job, &asks)?,
        foot: foot(job),
        ready: why_not.is_empty(),
        status: plain(if why_not.is_empty() {
            &words.ready
        } else {
            &words.not_ready
        })?,
        why_not: why_not.to_vec(),
        papers: inside(job, papers)?,
        notes: notes(job, plan, &asks)?,
        asked: asked(job, &asks)?,
        lists: lists(job, plan, &asks)?,
        steps: List {
            heading: plain(&words.steps.heading)?,
            items: words
                .steps
                .step
                .iter()
                .map(plain)
                .collect::<Result<_, _>>()?,
        },
    };
    let printed = press::print(Layout::Cover, &data, job.as_of)?;
    Ok(Paper {
        kind: PaperKind::Cover,
        file: "cover.pdf".to_owned(),
        title,
        recipient: Recipient::Clinic,
        bytes: printed.bytes,
        pages: printed.pages,
        blanks: Vec::new(),
        marks: Vec::new(),
    })
}

fn plain(phrase: &Phrase) -> Result<String, PaperError> {
    Ink::default().text(phrase, &Values::default())
}

fn with(
    phrase: &Phrase,
    name: &'static str,
    value: impl Into<String>,
) -> Result<String, PaperError> {
    Ink::default().text(phrase, &Values::default().with(name, Value::word(value)))
}

fn facts(job: &Job<'_>, asks: &[&Ask<'_>]) -> Result<Vec<[String; 2]>, PaperError> {
    let words = &job.texts.cover;
    let mut court = match job.county() {
        Some(county) => with(&words.court_title, "county", county.text)?,
        None => plain(&words.court_unknown)?,
    };
    if let Some(known) = job.court().filter(|known| !known.address.is_empty()) {
        let house = known.courthouse.iter().chain(&known.address);
        let address: Vec<&str> = house.map(String::as_str).collect();
        let phrase = match known.confidence {
            Confidence::Confirmed | Confidence::OneSource => &words.court_address,
            Confidence::Verify => &words.court_address_verify,
        };
        court = format!("{court}, {}", with(phrase, "address", address.join(", "))?);
    }
    let number = match job.number() {
        Some(number) => number.text,
        None => plain(&words.number_unknown)?,
    };
    let packs: Vec<String> = job
        .findings
        .packs
        .iter()
        .map(|pack| format!("{} {}", pack.id, pack.version))
        .collect();
    let standing = match asks.iter().map(|ask| ask.finding.verification).min() {
        Some(Verification::Read) => &words.standing_read,
        Some(Verification::AttorneyApproved) => &words.standing_attorney_approved,
        Some(Verification::Unverified) | None => &words.standing_unverified,
    };
    let law = Ink::default().text(
        &words.law_as_of,
        &Values::default()
            .with(
                "date",
                Value::word(words::date(
                    &job.texts.filing.dates,
                    job.findings.as_of.into(),
                )?),
            )
            .with("packs", Value::word(packs.join(", ")))
            .with("standing", Value::word(plain(standing)?)),
    )?;
    let mut facts = vec![
        [
            plain(&words.client)?,
            filer::name(&job.record.person.name).text,
        ],
        [plain(&words.court)?, court],
        [plain(&words.number)?, number],
        [plain(&words.law)?, law],
    ];
    // Who cleared it stands here; why is the clinic's own business and stands on no paper.
    let clearance = job
        .answers
        .and_then(|answers| Clearance::of(answers, job.as_of));
    let citizen = job.record.person.citizenship == Some(Citizenship::Citizen);
    if let Some(clearance) = clearance.filter(|_| !citizen) {
        let day = words::date(&job.texts.filing.dates, clearance.on().into())?;
        let values = Values::default()
            .with("by", Value::word(clearance.by()))
            .with("date", Value::word(day));
        let cleared = Ink::default().text(&words.immigration_cleared, &values)?;
        facts.push([plain(&words.immigration)?, cleared]);
    }
    Ok(facts)
}

/// Name and number, so that stray pages find their folder; cut where they are too long for one line.
fn foot(job: &Job<'_>) -> String {
    let name = filer::name(&job.record.person.name).text;
    let number = job.number().unwrap_or_default().text;
    let cut = |text: &str| match text.char_indices().nth(36) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    };
    format!("{} · {}", cut(&name), cut(&number))
}

fn inside(job: &Job<'_>, papers: &[Paper]) -> Result<Table, PaperError> {
    let words = &job.texts.cover.papers;
    let nothing = plain(&words.nothing_blank)?;
    let names = &job.texts.cover.recipients;
    let rows = papers
        .iter()
        .map(|paper| {
            let to = match paper.recipient {
                Recipient::Court => &names.court,
                Recipient::Clinic => &names.clinic,
                Recipient::Client => &names.client,
            };
            let mut blanks: Vec<String> = paper.blanks.iter().map(blank).collect();
            if blanks.is_empty() {
                blanks.push(nothing.clone());
            }
            vec![
                vec![paper.title.clone()],
                vec![paper.pages.to_string()],
                vec![to.clone()],
                blanks,
            ]
        })
        .collect();
    Ok(Table {
        heading: plain(&words.heading)?,
        columns: [&words.paper, &words.pages, &words.to, &words.blank]
            .into_iter()
            .map(plain)
            .collect::<Result<_, _>>()?,
        rows,
    })
}

fn blank(blank: &Blank) -> String {
    format!("{}: {}", blank.what, blank.why)
}

/// Copies and service.
fn notes(job: &Job<'_>, plan: &CasePlan<'_>, asks: &[&Ask<'_>]) -> Result<Vec<String>, PaperError> {
    let words = &job.texts.cover.papers;
    let court = job.court();
    let county = Values::default().with("county", job.county().unwrap_or_default());
    let habit = job.habit();
    let number = |copies: u32| Value::word(copies.to_string());
    let procedure = asks
        .iter()
        .find_map(|ask| ask.finding.procedure.as_ref()?.copies);
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
        None => match court
            .and_then(|court| court.extra_copies.map(u32::from))
            .or(procedure)
        {
            Some(copies) => ink.text(
                &words.copies_pack,
                &county.clone().with("copies", number(copies)),
            )?,
            None => plain(&words.copies_unknown)?,
        },
    };
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
        if job.serve_probation() {
            served.push(words.serve_probation.clone());
        }
        let lists = &job.texts.filing.lists;
        let served = words::list(&served, &lists.comma, &lists.and);
        notes.push(with(&words.serve, "serve", served)?);
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

fn asked(job: &Job<'_>, asks: &[&Ask<'_>]) -> Result<Table, PaperError> {
    let words = &job.texts.cover;
    let table = &words.asked;
    let relief = |relief| {
        let word = words.relief.get(&relief).cloned();
        word.ok_or_else(|| job.missing("relief"))
    };
    let mut rows = Vec::new();
    for ask in asks {
        let presumes = &ask.finding.presumes;
        let fallback = match ask.finding.fallback {
            Some(fallback) => relief(fallback)?,
            None if presumes.is_empty() => plain(&table.none)?,
            None => plain(&table.no_fallback)?,
        };
        let mut facts: Vec<String> = presumes
            .iter()
            .map(|path| fact(job, path.as_str()))
            .collect();
        facts.dedup();
        if facts.is_empty() {
            facts.push(plain(&table.none)?);
        }
        let checked = words.checked.get(&ask.finding.verification);
        rows.push(vec![
            vec![offense(job, ask.count)?],
            vec![relief(ask.relief)?],
            vec![fallback],
            vec![facts.join(", ")],
            vec![checked.cloned().unwrap_or_default()],
        ]);
    }
    Ok(Table {
        heading: plain(&table.heading)?,
        columns: [
            &table.thing,
            &table.relief,
            &table.fallback,
            &table.presumes,
            &table.checked,
        ]
        .into_iter()
        .map(plain)
        .collect::<Result<_, _>>()?,
        rows,
    })
}

/// The last name of a path, in words.
fn fact(job: &Job<'_>, path: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    let key = last.split('[').next().unwrap_or(last);
    let words = job.texts.cover.facts.get(key);
    words.cloned().unwrap_or_else(|| key.replace('_', " "))
}

/// Section as the record prints it, and the date of conviction.
fn offense(job: &Job<'_>, count: usize) -> Result<String, PaperError> {
    let count = job.count(count);
    let section = match &count.section {
        Some(section) => section.to_string(),
        None => plain(&job.texts.cover.why_not.offense_unknown)?,
    };
    let date = count.disposition.as_ref().and_then(|d| d.date);
    Ok(match date {
        Some(date) => format!("{section}, {date}"),
        None => section,
    })
}

/// What is left out, what an attorney should look at, what the client must be told.
fn lists(job: &Job<'_>, plan: &CasePlan<'_>, asks: &[&Ask<'_>]) -> Result<Vec<List>, PaperError> {
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
    let mut review = attorney(job, plan, asks)?;
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
    asks: &[&Ask<'_>],
) -> Result<Vec<String>, PaperError> {
    let words = &job.texts.cover.review;
    let mut points = Vec::new();
    if let Filer::Attorney { attorney, .. } = Filer::of(job.clinic, job.answers) {
        points.push(with(&words.signer, "attorney", attorney.name.clone())?);
    }
    let contact = job.answers.and_then(|answers| answers.contact.as_ref());
    let foreign = contact
        .and_then(|contact| contact.language)
        .is_some_and(|language| language != Language::En);
    if foreign && job.declared().next().is_some() {
        points.push(plain(&words.declaration_language)?);
    }
    if declaration::unused(job, &plan.motions) {
        points.push(plain(&words.declaration_unused)?);
    }
    points.push(plain(&words.caption)?);
    let mut forms: Vec<String> = Vec::new();
    for form in asks.iter().flat_map(|ask| &ask.finding.forms) {
        add(&mut forms, form.clone());
    }
    if !forms.is_empty() {
        points.push(with(&words.own_paper, "forms", forms.join(", "))?);
    }
    Ok(points)
}

/// Why a count has no paper, with its first question.
fn why(job: &Job<'_>, out: &LeftOut<'_>) -> Result<String, PaperError> {
    let words = &job.texts.cover.left_out;
    let status = &words.status;
    let mut text = match (out.why, out.finding.status) {
        (Why::Path, _) => plain(&status.path)?,
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
