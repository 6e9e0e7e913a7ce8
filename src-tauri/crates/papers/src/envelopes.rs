//! What goes where by post: every address with the day somebody last made sure of it, and labels for those that are known.

use jiff::ToSpan;
use jiff::civil::Date;
use packs::courts::{Confidence, Filing};
use packs::papers::{EnvelopeTexts, Phrase};
use record::clinic::Addressee;
use serde::Serialize;

use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::CasePlan;
use crate::pleading::day;
use crate::press::{self, Layout, Printed};
use crate::{
    CasePacket, Holder, Paper, PaperError, PaperKind, Recipient, Set, filer, fonts, words,
};

/// One envelope.
pub(crate) struct Envelope {
    /// Whose, and of which case.
    pub(crate) to: String,
    /// What the list shows: the address, else why there is none.
    pub(crate) shown: Vec<String>,
    /// The lines for its label, where they are known.
    pub(crate) label: Option<Vec<String>>,
    /// When somebody last made sure of the address.
    pub(crate) confirmed: String,
    /// What goes in.
    pub(crate) inside: Vec<String>,
}

/// The envelopes of one case: for everybody who gets papers by post.
pub(crate) fn of(
    job: &Job<'_>,
    plan: &CasePlan<'_>,
    packet: &CasePacket,
) -> Result<Vec<Envelope>, PaperError> {
    let words = &job.texts.sheets.envelopes;
    let set = |holder| packet.sets.iter().find(|set| set.to == holder);
    let mut all = Vec::new();
    let arresting = plan
        .motions
        .iter()
        .any(|motion| job.serve_arresting(motion));
    for (holder, to, name) in [
        (Holder::Court, Addressee::Court, &words.court),
        (Holder::Prosecutor, Addressee::Prosecutor, &words.prosecutor),
        (Holder::Probation, Addressee::Probation, &words.probation),
        (
            Holder::Prosecutor,
            Addressee::ArrestingAgency,
            &words.arresting,
        ),
    ] {
        let Some(set) = set(holder) else {
            continue;
        };
        if to == Addressee::ArrestingAgency && !arresting {
            continue;
        }
        let address = address(job, to)?;
        let values = Values::default()
            .with("to", Value::word(text(name, Values::default())?))
            .with("case", Value::word(packet.label.as_str()));
        all.push(Envelope {
            to: text(&words.case, values)?,
            shown: address.shown,
            label: address.label,
            confirmed: address.confirmed,
            inside: vec![inside(words, packet, set)?],
        });
        if to == Addressee::Court && by_post(job) {
            all.push(back(job, packet)?);
        }
    }
    Ok(all)
}

/// Whether papers go to the court by post, as far as anybody knows.
fn by_post(job: &Job<'_>) -> bool {
    let way = job.court().map(|court| court.filing);
    !matches!(way, Some(Filing::EFile | Filing::EMail))
}

/// The stamped envelope in which the court sends its endorsed copies back to the clinic: it lies in the court's.
fn back(job: &Job<'_>, packet: &CasePacket) -> Result<Envelope, PaperError> {
    let words = &job.texts.sheets.envelopes;
    let case = Values::default().with("case", Value::word(packet.label.as_str()));
    let own = clean(&job.clinic.address);
    let known = filer::complete(&own);
    let mut lines = vec![job.clinic.name.trim().to_owned()];
    lines.extend(own);
    let none = text(&words.unknown, Values::default())?;
    Ok(Envelope {
        to: text(&words.back, case)?,
        shown: if known { lines.clone() } else { vec![none] },
        label: known.then_some(lines),
        confirmed: text(&words.own, Values::default())?,
        inside: vec![text(&words.back_inside, Values::default())?],
    })
}

/// The client's own envelope.
pub(crate) fn client(job: &Job<'_>) -> Result<Envelope, PaperError> {
    let words = &job.texts.sheets.envelopes;
    let contact = job.answers.and_then(|answers| answers.contact.as_ref());
    let home: Vec<String> = contact
        .and_then(|contact| contact.address.as_deref())
        .map(clean)
        .unwrap_or_default();
    let known = filer::complete(&home);
    let mut lines = vec![filer::name(&job.record.person.name).text];
    lines.extend(home);
    Ok(Envelope {
        to: text(&words.client, Values::default())?,
        shown: if known {
            lines.clone()
        } else {
            vec![text(&words.unknown, Values::default())?]
        },
        label: known.then_some(lines),
        confirmed: if known {
            text(&words.given, Values::default())?
        } else {
            String::new()
        },
        inside: Vec::new(),
    })
}

struct Address {
    shown: Vec<String>,
    label: Option<Vec<String>>,
    confirmed: String,
}

/// The clinic's own word first, then the table of courts; nobody's address is guessed.
fn address(job: &Job<'_>, to: Addressee) -> Result<Address, PaperError> {
    let words = &job.texts.sheets.envelopes;
    let own = job.habit().and_then(|habit| {
        let mut own = habit.addresses.iter();
        own.find(|one| one.to == to && clean(&one.lines).len() > 1)
    });
    if let Some(own) = own {
        let lines = clean(&own.lines);
        return Ok(Address {
            shown: lines.clone(),
            label: Some(lines),
            confirmed: confirmed(job, own.confirmed)?,
        });
    }
    let none = |said: Vec<String>| Address {
        shown: said,
        label: None,
        confirmed: String::new(),
    };
    let unknown = text(&words.unknown, Values::default())?;
    if to == Addressee::Court {
        let house = job
            .courthouse()
            .filter(|court| court.confidence != Confidence::Verify && !court.address.is_empty());
        let Some(court) = house else {
            return Ok(none(vec![text(&words.suspected, Values::default())?]));
        };
        let county = Values::default().with("county", Value::word(court.name.as_str()));
        let mut lines = vec![
            text(&words.clerk, Values::default())?,
            text(&job.texts.cover.court_title, county)?,
        ];
        lines.extend(court.courthouse.iter().chain(&court.address).cloned());
        let mut shown = lines.clone();
        match court.filing {
            Filing::EFile => shown.push(text(&words.efile, Values::default())?),
            Filing::EMail => shown.push(text(&words.email, Values::default())?),
            Filing::Paper => {}
        }
        return Ok(Address {
            shown,
            label: Some(lines),
            confirmed: text(&words.listed, Values::default())?,
        });
    }
    let mut said = vec![unknown];
    let contact = job.court().map(|court| court.contact.join("; "));
    if let Some(contact) = contact.filter(|c| to == Addressee::Prosecutor && !c.is_empty()) {
        let contact = Values::default().with("contact", Value::word(contact));
        said.push(text(&words.contact, contact)?);
    }
    Ok(none(said))
}

fn confirmed(job: &Job<'_>, on: Option<Date>) -> Result<String, PaperError> {
    let words = &job.texts.sheets.envelopes;
    let Some(on) = on else {
        return text(&words.never, Values::default());
    };
    let old = on.checked_add(1.year()).is_ok_and(|then| then < job.as_of);
    let phrase = if old { &words.older } else { &words.confirmed };
    let date = words::date(&job.texts.filing.dates, on.into())?;
    text(phrase, Values::default().with("date", Value::word(date)))
}

fn inside(words: &EnvelopeTexts, packet: &CasePacket, set: &Set) -> Result<String, PaperError> {
    let papers = set.papers.iter().filter_map(|n| packet.papers.get(*n));
    let pages: usize = papers.map(|paper| paper.pages).sum();
    let values = Values::default()
        .with("papers", Value::word(set.papers.len().to_string()))
        .with("pages", Value::word(pages.to_string()))
        .with("copies", Value::word((set.copies - 1).to_string()));
    let phrase = match set.copies {
        0 | 1 => &words.goes_in,
        _ => &words.goes_in_copies,
    };
    text(phrase, values)
}

/// Data of `labels.typ`.
#[derive(Serialize)]
struct Labels<'e> {
    training: bool,
    day: [i16; 3],
    title: String,
    author: &'e str,
    labels: Vec<&'e [String]>,
}

/// The sheet of labels; none where no address is known.
pub(crate) fn labels(job: &Job<'_>, all: &[Envelope]) -> Result<Option<Paper>, PaperError> {
    // A label with a hole in it would send the papers astray.
    let whole = |lines: &&[String]| lines.iter().all(|line| fonts::check(line).is_ok());
    let known = all.iter().filter_map(|one| one.label.as_deref());
    let labels: Vec<&[String]> = known.filter(whole).collect();
    if labels.is_empty() {
        return Ok(None);
    }
    let title = text(&job.texts.sheets.labels.title, Values::default())?;
    let data = Labels {
        training: job.training,
        day: day(job.as_of),
        title: title.clone(),
        author: &job.clinic.name,
        labels,
    };
    let printed = press::print(Layout::Labels, &data, job.as_of)?;
    Ok(Some(ours(PaperKind::Labels, "labels.pdf", title, printed)))
}

/// A sheet of the clinic's own, which nobody files.
pub(crate) fn ours(kind: PaperKind, file: &str, title: String, printed: Printed) -> Paper {
    Paper {
        kind,
        file: file.to_owned(),
        title,
        recipient: Recipient::Clinic,
        bytes: printed.bytes,
        pages: printed.pages,
        signs: Vec::new(),
        blanks: Vec::new(),
        marks: Vec::new(),
        form: None,
    }
}

fn clean(lines: &[String]) -> Vec<String> {
    let lines = lines.iter().map(|line| line.trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

fn text(phrase: &Phrase, values: Values) -> Result<String, PaperError> {
    Ink::default().text(phrase, &values)
}
