//! The cover sheet of one case, for the clinic: what is inside, for whom, how many copies, what is blank, what is unverified.

mod points;

use packs::courts::Confidence;
use packs::papers::Phrase;
use record::Citizenship;
use record::findings::Verification;
use serde::Serialize;

use crate::filer;
use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::{Ask, CasePlan};
use crate::pleading::day;
use crate::press::{self, Layout};
use crate::{Blank, Clearance, Paper, PaperError, PaperKind, Recipient, words};

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
        notes: points::notes(job, plan)?,
        asked: asked(job, &asks)?,
        lists: points::lists(job, plan, &asks, papers)?,
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
        signs: Vec::new(),
        blanks: Vec::new(),
        marks: Vec::new(),
        form: None,
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
    if let Some(known) = job.courthouse().filter(|known| !known.address.is_empty()) {
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
    let signed = match job.signed {
        Some(signed) => Some(signed.told(&words.signed, &job.texts.filing.dates)?),
        None if job.clinic.require_sign_off => Some(plain(&words.not_signed)?),
        None => None,
    };
    if let Some(signed) = signed {
        facts.push([plain(&words.sign_off)?, signed]);
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
        let fallback = match (ask.finding.fallback, ask.alternative) {
            (Some(fallback), _) => relief(fallback)?,
            // Nobody has a burden to carry: what is open is whether the court must or may.
            (None, _) if !ask.opponent => match ask.finding.mode {
                None if !presumes.is_empty() => plain(&table.if_not_so)?,
                _ => plain(&table.no_burden)?,
            },
            (None, _) if presumes.is_empty() => plain(&table.none)?,
            (None, Some(other)) => with(&table.else_fallback, "relief", relief(other)?)?,
            (None, None) => plain(&table.no_fallback)?,
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
