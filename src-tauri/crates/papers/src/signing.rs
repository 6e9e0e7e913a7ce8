//! The clinic's list of who signs which page and of what goes where by post. One list for a client: the client signs everything in
//! one sitting, and one person seals the envelopes.

use packs::forms::SignedBy;
use packs::papers::{Phrase, SheetTexts};
use serde::Serialize;

use crate::envelopes::{self, Envelope};
use crate::filer::{self, Filer};
use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::pleading::day;
use crate::press::{self, Layout};
use crate::{CasePacket, Paper, PaperError, PaperKind, Recipient, Signature};

/// Data of `list.typ`.
#[derive(Serialize)]
pub(crate) struct List {
    pub(crate) training: bool,
    pub(crate) day: [i16; 3],
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) not_for_filing: String,
    pub(crate) for_whom: String,
    pub(crate) lead: Vec<String>,
    pub(crate) parts: Vec<Part>,
    pub(crate) foot: String,
}

#[derive(Serialize)]
pub(crate) struct Part {
    pub(crate) heading: String,
    pub(crate) lead: Vec<String>,
    pub(crate) columns: Vec<String>,
    /// The columns' parts of the page.
    pub(crate) widths: Vec<u8>,
    /// Cells of lines.
    pub(crate) rows: Vec<Vec<Vec<String>>>,
}

/// Writes the list; `first` is any case of the client's.
pub(crate) fn write(
    first: &Job<'_>,
    cases: &[(&Job<'_>, &CasePacket)],
    letters: &[Paper],
    envelopes: &[Envelope],
) -> Result<Paper, PaperError> {
    let texts = &first.texts.sheets;
    let words = &texts.signing;
    let name = filer::name(&first.record.person.name);
    let title = plain(&words.title)?;
    let data = List {
        training: first.training,
        day: day(first.as_of),
        title: title.clone(),
        author: first.clinic.name.clone(),
        not_for_filing: plain(&words.not_for_filing)?,
        for_whom: with(&words.for_whom, &[("name", &name.text)])?,
        lead: words.lead.iter().map(plain).collect::<Result<_, _>>()?,
        parts: vec![signatures(first, cases, letters)?, post(texts, envelopes)?],
        foot: short(&name.text),
    };
    let printed = press::print(Layout::List, &data, first.as_of)?;
    Ok(envelopes::ours(
        PaperKind::Signing,
        "signing.pdf",
        title,
        printed,
    ))
}

/// Short enough for one line at the foot.
pub(crate) fn short(name: &str) -> String {
    match name.char_indices().nth(36) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}

fn signatures(
    first: &Job<'_>,
    cases: &[(&Job<'_>, &CasePacket)],
    letters: &[Paper],
) -> Result<Part, PaperError> {
    let words = &first.texts.sheets.signing;
    let mut rows = Vec::new();
    let filed = cases.iter().flat_map(|(job, packet)| {
        let papers = packet
            .papers
            .iter()
            .filter(|p| p.recipient == Recipient::Court);
        papers.map(move |paper| (*job, packet.label.as_str(), paper))
    });
    let own = letters.iter().map(|paper| (first, "", paper));
    for (job, label, paper) in filed.chain(own) {
        // Judges sign when they decide.
        let ours = |sign: &&Signature| sign.by != SignedBy::Judge;
        for sign in paper.signs.iter().filter(ours) {
            let place = [
                ("page", &*sign.page.to_string()),
                ("pages", &paper.pages.to_string()),
            ];
            // A letter to a company is not sworn to.
            let mut who = vec![match paper.kind {
                PaperKind::Dispute => filer::name(&job.record.person.name).text,
                _ => who(job, sign.by)?,
            }];
            if sign.by == SignedBy::Server {
                who.push(plain(&words.after)?);
            }
            rows.push(vec![
                vec![label.to_owned()],
                vec![paper.title.clone()],
                vec![with(&words.page, &place)?],
                who,
            ]);
        }
    }
    Ok(Part {
        heading: plain(&words.heading)?,
        lead: Vec::new(),
        columns: words.columns.iter().map(plain).collect::<Result<_, _>>()?,
        widths: vec![4, 7, 2, 6],
        rows,
    })
}

/// Who signs, by name where that is known.
pub(crate) fn who(job: &Job<'_>, by: SignedBy) -> Result<String, PaperError> {
    let words = &job.texts.sheets.signing.who;
    let name = filer::name(&job.record.person.name).text;
    let phrase = match (by, Filer::of(job.clinic, job.answers)) {
        (SignedBy::Filer, Filer::Attorney { attorney, .. }) => {
            return with(&words.attorney, &[("attorney", &attorney.name)]);
        }
        (SignedBy::Filer, Filer::InPerson { .. }) => &words.in_person,
        (SignedBy::Filer | SignedBy::Judge, _) => &words.open,
        (SignedBy::Client, _) => &words.client,
        (SignedBy::Interpreter, _) => &words.interpreter,
        (SignedBy::Server, _) => &words.server,
    };
    with(phrase, &[("name", &name)])
}

fn post(texts: &SheetTexts, envelopes: &[Envelope]) -> Result<Part, PaperError> {
    let words = &texts.envelopes;
    let rows = envelopes.iter().map(|envelope| {
        vec![
            vec![envelope.to.clone()],
            envelope.shown.clone(),
            vec![envelope.confirmed.clone()],
            envelope.inside.clone(),
        ]
    });
    Ok(Part {
        heading: plain(&words.heading)?,
        lead: Vec::new(),
        columns: words.columns.iter().map(plain).collect::<Result<_, _>>()?,
        widths: vec![5, 7, 5, 4],
        rows: rows.collect(),
    })
}

fn plain(phrase: &Phrase) -> Result<String, PaperError> {
    Ink::default().text(phrase, &Values::default())
}

fn with(phrase: &Phrase, values: &[(&'static str, &str)]) -> Result<String, PaperError> {
    let values = values.iter().fold(Values::default(), |all, (name, value)| {
        all.with(name, Value::word(*value))
    });
    Ink::default().text(phrase, &values)
}
