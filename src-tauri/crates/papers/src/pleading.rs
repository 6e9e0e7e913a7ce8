//! What a paper on pleading paper holds, and its first page.

use jiff::civil::Date;
use packs::forms::SignedBy;
use packs::papers::{CaptionLine, CaptionTexts, Motion, Phrase};
use serde::Serialize;

use crate::filer::{self, Filer};
use crate::ink::{Ink, Run, Value, Values};
use crate::press::{self, Layout, Printed};
use crate::{Blank, PaperError};

use crate::job::Job;

/// Data of `pleading.typ`.
#[derive(Debug, Serialize)]
pub(crate) struct Pleading {
    training: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    across: Option<String>,
    day: [i16; 3],
    title: String,
    author: String,
    footer: String,
    party: Vec<String>,
    court: Vec<String>,
    caption: Vec<CaptionPart>,
    number: Vec<Vec<Run>>,
    nature: String,
    under: Vec<Vec<Run>>,
    body: Vec<Block>,
}

#[derive(Debug, Serialize)]
pub(crate) struct CaptionPart {
    inset: bool,
    runs: Vec<Run>,
}

/// A part of the body.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Block {
    /// A heading of the body.
    Heading { text: String },
    /// A paragraph; `sticky` keeps it on the page of what follows.
    Para {
        indent: bool,
        sticky: bool,
        runs: Vec<Run>,
    },
    /// A labelled paragraph.
    Item {
        depth: u8,
        label: Vec<Run>,
        runs: Vec<Run>,
    },
    /// A box to tick by hand, and what it stands for.
    Tick { depth: u8, runs: Vec<Run> },
    /// A label and a line to write on, as long as there is room.
    Fill { depth: u8, runs: Vec<Run> },
    /// A label and what is known of it.
    Known { depth: u8, runs: Vec<Run> },
    /// Two texts side by side.
    Beside { left: Vec<Run>, right: Vec<Run> },
    /// Parts that stand on one page together.
    Keep { parts: Vec<Block> },
    /// A signature block: date at the left, line and names at the right.
    Sign {
        who: SignedBy,
        date: Vec<Run>,
        above: Option<Vec<Run>>,
        below: Vec<Vec<Run>>,
    },
}

impl Block {
    pub(crate) fn para(runs: Vec<Run>) -> Self {
        Self::Para {
            indent: true,
            sticky: false,
            runs,
        }
    }

    pub(crate) fn lead(runs: Vec<Run>) -> Self {
        Self::Para {
            indent: true,
            sticky: true,
            runs,
        }
    }

    pub(crate) fn item(label: impl Into<String>, runs: Vec<Run>) -> Self {
        Self::Item {
            depth: 1,
            label: vec![Run::text(label)],
            runs,
        }
    }
}

/// What differs between the papers of one case.
pub(crate) struct Front {
    /// Title, as printed in the caption.
    pub(crate) nature: String,
    /// Below the title.
    pub(crate) under: Vec<Vec<Run>>,
    /// Short title at the foot of each page.
    pub(crate) footer: String,
    /// Room for the hearing that a court may set.
    pub(crate) hearing: bool,
}

/// The first page of a paper that belongs to no client's case.
pub(crate) struct Head {
    /// A word across every page.
    pub(crate) across: Option<String>,
    pub(crate) day: [i16; 3],
    pub(crate) party: Vec<String>,
    pub(crate) court: Vec<String>,
    pub(crate) caption: Vec<CaptionPart>,
    pub(crate) number: Vec<Vec<Run>>,
}

/// Length of the lines for a hearing's date, time and department, in points.
const SHORT: u16 = 68;

impl Pleading {
    /// A paper of a case, with its first page in place.
    pub(crate) fn new(
        job: &Job<'_>,
        ink: &mut Ink,
        motion: &Motion,
        juvenile: bool,
        front: Front,
        body: Vec<Block>,
    ) -> Result<Self, PaperError> {
        let words = &job.texts.filing;
        let filer = Filer::of(job.clinic, job.answers);
        let party = filer.block(ink, words, motion, job.record)?;
        let name = filer::name(&job.record.person.name);
        let values = Values::default()
            .with("name", or_line(name))
            .with("capacity", Value::word(motion.capacity.clone()));
        let lines = if juvenile {
            &words.caption.juvenile
        } else {
            &words.caption.adult
        };
        let mut under = front.under;
        if front.hearing {
            under.extend(hearing(&job.texts.filing.caption, ink)?);
        }
        let number = job.number();
        Ok(Self {
            training: job.training,
            across: None,
            day: day(job.as_of),
            title: front.nature.clone(),
            author: party.first().cloned().unwrap_or_default(),
            footer: front.footer,
            court: vec![court(job, ink)?],
            caption: caption(ink, lines, &values)?,
            number: vec![match number {
                Some(number) => ink.runs(
                    &words.caption.number,
                    &Values::default().with("number", number),
                )?,
                None => with_rule(ink, &words.caption.number_unknown, 130)?,
            }],
            party,
            nature: front.nature,
            under,
            body,
        })
    }

    /// A paper that belongs to no client's case: its first page, then title, what stands below it and the foot, then the body.
    pub(crate) fn of(
        head: Head,
        (title, under, footer): (String, Vec<Vec<Run>>, String),
        body: Vec<Block>,
    ) -> Self {
        Self {
            training: false,
            across: head.across,
            day: head.day,
            title: title.clone(),
            author: head.party.first().cloned().unwrap_or_default(),
            footer,
            party: head.party,
            court: head.court,
            caption: head.caption,
            number: head.number,
            nature: title,
            under,
            body,
        }
    }

    pub(crate) fn print(&self, day: Date) -> Result<Printed, PaperError> {
        press::print(Layout::Pleading, self, day)
    }
}

/// What is blank on every first page of a case, because nobody knows it.
pub(crate) fn unknown(job: &Job<'_>) -> Vec<Blank> {
    let words = &job.texts.cover.blank;
    let missing = Filer::of(job.clinic, job.answers).missing();
    [
        (job.number().is_none(), &words.number, &words.number_why),
        (job.county().is_none(), &words.county, &words.county_why),
        (missing.signer, &words.signer, &words.signer_why),
        (missing.reach, &words.filer, &words.filer_why),
        (missing.bar, &words.bar, &words.bar_why),
    ]
    .into_iter()
    .filter(|(is, ..)| *is)
    .map(|(_, what, why)| Blank {
        what: what.clone(),
        why: why.clone(),
    })
    .collect()
}

/// A label and a line to write on.
pub(crate) fn with_rule(
    ink: &mut Ink,
    label: &Phrase,
    length: u16,
) -> Result<Vec<Run>, PaperError> {
    let mut runs = ink.runs(label, &Values::default())?;
    runs.push(Run::text(" "));
    runs.push(Run::Rule { rule: length });
    Ok(runs)
}

pub(crate) fn day(date: Date) -> [i16; 3] {
    [date.year(), i16::from(date.month()), i16::from(date.day())]
}

fn or_line(name: Value) -> Value {
    if name.text.is_empty() {
        Value::word("____________________")
    } else {
        name
    }
}

pub(crate) fn court(job: &Job<'_>, ink: &mut Ink) -> Result<String, PaperError> {
    let words = &job.texts.filing.court;
    match job.county() {
        Some(county) => ink.text(&words.title, &Values::default().with("county", county)),
        None => ink.text(&words.title_no_county, &Values::default()),
    }
}

pub(crate) fn caption(
    ink: &mut Ink,
    lines: &[CaptionLine],
    values: &Values,
) -> Result<Vec<CaptionPart>, PaperError> {
    lines
        .iter()
        .map(|line| {
            Ok(CaptionPart {
                inset: line.inset,
                runs: ink.runs(&line.text, values)?,
            })
        })
        .collect()
}

pub(crate) fn hearing(words: &CaptionTexts, ink: &mut Ink) -> Result<Vec<Vec<Run>>, PaperError> {
    let mut first = ink.runs(&words.hearing, &Values::default())?;
    first.push(Run::text(" "));
    first.extend(with_rule(ink, &words.date, SHORT)?);
    let mut second = with_rule(ink, &words.time, SHORT)?;
    second.push(Run::text(" "));
    second.extend(with_rule(ink, &words.department, SHORT)?);
    Ok(vec![first, second])
}
