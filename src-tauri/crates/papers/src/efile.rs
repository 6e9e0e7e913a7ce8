//! A packet made for e-filing: one file a paper, named by rule, and a checklist of what to upload where and what never goes up.
//!
//! The files are the packet's own papers, byte for byte: what was signed off is what is uploaded. Whether each can be searched, is
//! flat and is small enough is found in its bytes, and said on the checklist where it is not so. Nothing is sent.

use forms::Finished;
use jiff::civil::Date;
use packs::Packs;
use packs::papers::{EfileTexts, PaperTexts};
use serde::Serialize;

use crate::ink::{Value, Values};
use crate::pleading::day;
use crate::press::{self, Layout};
use crate::signing::{List, Part, short};
use crate::upload::{UploadFile, size, text};
use crate::{CasePacket, Packet, Paper, PaperError, PaperKind, envelopes};

/// A packet's files for e-filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Efiling<'p> {
    /// What to upload where, for whoever uploads.
    pub checklist: Paper,
    /// The files, case by case.
    pub files: Vec<EfilingFile<'p>>,
    /// Titles of the papers that are not uploaded.
    pub kept_back: Vec<&'p str>,
    packet: &'p Packet,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EfilingFile<'p> {
    /// Its path: a folder for each case.
    pub file: String,
    /// The place of its case among the packet's cases.
    pub case: usize,
    /// The paper, as it is in the packet.
    pub paper: &'p Paper,
    /// The largest file its court takes, in bytes, where one is known.
    pub limit: Option<u64>,
    /// What keeps it from being taken.
    pub problems: Vec<Problem>,
}

/// What keeps a file from being taken by a court's e-filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// It is larger than the limit.
    Large,
    /// Pages whose words cannot be searched, from 1.
    Silent(Vec<usize>),
    /// It is not flat.
    Loose,
    /// It holds a script or an attachment.
    Acts,
    /// It is encrypted.
    Locked,
    /// It could not be looked at.
    Unreadable,
}

impl Problem {
    /// Its name in manifests.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Large => "large",
            Self::Silent(_) => "silent",
            Self::Loose => "loose",
            Self::Acts => "acts",
            Self::Locked => "locked",
            Self::Unreadable => "unreadable",
        }
    }

    fn told(&self, words: &EfileTexts) -> Result<String, PaperError> {
        let words = &words.problem;
        let phrase = match self {
            Self::Large => &words.large,
            Self::Silent(pages) => {
                let pages: Vec<String> = pages.iter().map(usize::to_string).collect();
                let pages = Values::default().with("pages", Value::word(pages.join(", ")));
                return text(&words.silent, pages);
            }
            Self::Loose => &words.loose,
            Self::Acts => &words.acts,
            Self::Locked => &words.locked,
            Self::Unreadable => &words.unreadable,
        };
        text(phrase, Values::default())
    }
}

/// What the manifest of such a folder says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EfilingManifest<'p> {
    /// Name and version of this format.
    pub schema: &'static str,
    /// The day the packet was made for.
    pub as_of: Date,
    /// Made for practice.
    pub training: bool,
    /// Whose it is: see [`Packet::whose`].
    pub whose: &'p str,
    /// The packet is ready, and nothing keeps a file from being taken.
    pub ready: bool,
    /// What the packet lacks, in words.
    pub why_not: &'p [String],
    /// Every file, and the checklist.
    pub papers: Vec<EfilingEntry<'p>>,
    /// Titles of the papers that are not uploaded.
    pub kept_back: &'p [&'p str],
}

/// One file in an [`EfilingManifest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EfilingEntry<'p> {
    /// Its path.
    pub file: &'p str,
    /// Which paper.
    pub kind: PaperKind,
    /// Its title.
    pub title: &'p str,
    /// Index of the case in the record; none for the checklist.
    pub case: Option<usize>,
    /// How many pages it has.
    pub pages: usize,
    /// How many bytes.
    pub bytes: usize,
    /// The largest file its court takes, in bytes, where one is known.
    pub limit: Option<u64>,
    /// SHA-256 of the file, in hexadecimal digits: the same as of the paper that was signed off.
    pub sha256: String,
    /// What keeps it from being taken.
    pub problems: &'p [Problem],
}

/// Makes a packet's files for e-filing.
///
/// # Errors
/// A pack without the words.
pub fn efile<'p>(packet: &'p Packet, packs: &Packs) -> Result<Efiling<'p>, PaperError> {
    let _run = press::Run::start();
    let texts = packs
        .pack(&packet.pack)
        .and_then(|pack| pack.papers.as_ref());
    let texts = texts.ok_or_else(|| missing(packet, "efile"))?;
    let words = &texts.sheets.efile;
    let mut files = Vec::new();
    let mut parts = Vec::new();
    for (at, case) in packet.cases.iter().enumerate() {
        let mut rows = Vec::new();
        for upload in &case.upload.files {
            let file = look(case, at, upload)?;
            rows.push(row(words, &file, upload)?);
            files.push(file);
        }
        parts.push(case_part(words, case, rows)?);
    }
    let back = packet
        .files()
        .filter(|(file, case, _)| !uploaded(packet, file, *case));
    let back: Vec<&Paper> = back.map(|(_, _, paper)| paper).collect();
    parts.push(not_uploaded(packet, words, &back)?);
    Ok(Efiling {
        checklist: checklist(packet, texts, parts)?,
        files,
        kept_back: back.iter().map(|paper| paper.title.as_str()).collect(),
        packet,
    })
}

fn uploaded(packet: &Packet, path: &str, case: Option<usize>) -> bool {
    let own = packet.cases.iter().find(|one| Some(one.case) == case);
    own.is_some_and(|own| {
        let mut files = own.upload.files.iter();
        files.any(|upload| {
            let paper = own.papers.get(upload.paper);
            paper.is_some_and(|paper| format!("{}/{}", own.folder, paper.file) == path)
        })
    })
}

fn look<'p>(
    case: &'p CasePacket,
    at: usize,
    upload: &UploadFile,
) -> Result<EfilingFile<'p>, PaperError> {
    let paper = case.papers.get(upload.paper).ok_or(PaperError::Mismatch)?;
    let limit = case.upload.limit;
    let mut problems = Vec::new();
    if limit.is_some_and(|limit| paper.bytes.len() as u64 > limit) {
        problems.push(Problem::Large);
    }
    match Finished::of(&paper.bytes) {
        Ok(found) => {
            if !found.silent.is_empty() {
                problems.push(Problem::Silent(found.silent));
            }
            let others = [
                (found.loose, Problem::Loose),
                (found.acts, Problem::Acts),
                (found.locked, Problem::Locked),
            ];
            problems.extend(
                others
                    .into_iter()
                    .filter(|(so, _)| *so)
                    .map(|(_, what)| what),
            );
        }
        Err(_) => problems.push(Problem::Unreadable),
    }
    Ok(EfilingFile {
        file: format!("{}/{}", case.folder, upload.name),
        case: at,
        paper,
        limit,
        problems,
    })
}

fn row(
    words: &EfileTexts,
    file: &EfilingFile<'_>,
    upload: &UploadFile,
) -> Result<Vec<Vec<String>>, PaperError> {
    let measured = Values::default()
        .with(
            "size",
            Value::word(size(words, file.paper.bytes.len() as u64)?),
        )
        .with("pages", Value::word(file.paper.pages.to_string()));
    let problems = file.problems.iter().map(|problem| problem.told(words));
    let mut before: Vec<String> = problems.collect::<Result<_, _>>()?;
    before.extend(upload.before.iter().cloned());
    Ok(vec![
        vec![upload.name.clone()],
        vec![file.paper.title.clone()],
        vec![text(&words.size, measured)?],
        before,
    ])
}

fn case_part(
    words: &EfileTexts,
    case: &CasePacket,
    mut rows: Vec<Vec<Vec<String>>>,
) -> Result<Part, PaperError> {
    let plain = |phrase| text(phrase, Values::default());
    for said in &words.receipt {
        rows.push(vec![
            vec![plain(said)?],
            vec![plain(&words.receipt_line)?],
            Vec::new(),
            Vec::new(),
        ]);
    }
    Ok(Part {
        heading: case.label.clone(),
        lead: case.upload.how.clone(),
        columns: words.columns.iter().map(plain).collect::<Result<_, _>>()?,
        widths: vec![6, 6, 3, 6],
        rows,
    })
}

fn not_uploaded(packet: &Packet, words: &EfileTexts, back: &[&Paper]) -> Result<Part, PaperError> {
    let plain = |phrase| text(phrase, Values::default());
    let mut rows: Vec<Vec<Vec<String>>> = Vec::new();
    for paper in back {
        let why = words.not_filed.get(paper.kind.as_str());
        let why = why.ok_or_else(|| missing(packet, paper.kind.as_str()))?;
        let row = vec![vec![paper.title.clone()], vec![plain(why)?]];
        // Every case has a cover sheet of its own.
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    Ok(Part {
        heading: plain(&words.not_heading)?,
        lead: Vec::new(),
        columns: words
            .not_columns
            .iter()
            .map(plain)
            .collect::<Result<_, _>>()?,
        widths: vec![1, 1],
        rows,
    })
}

fn checklist(packet: &Packet, texts: &PaperTexts, parts: Vec<Part>) -> Result<Paper, PaperError> {
    let words = &texts.sheets.efile;
    let plain = |phrase| text(phrase, Values::default());
    let mut lead: Vec<String> = Vec::new();
    if !packet.ready {
        lead.push(plain(&words.not_ready)?);
        lead.extend(packet.why_not.iter().cloned());
    }
    for said in &words.lead {
        lead.push(plain(said)?);
    }
    let title = plain(&words.title)?;
    let data = List {
        training: packet.training,
        day: day(packet.as_of),
        title: title.clone(),
        author: packet.author.clone(),
        not_for_filing: plain(&words.not_for_filing)?,
        for_whom: text(
            &words.for_whom,
            Values::default().with("name", Value::word(packet.name.as_str())),
        )?,
        lead,
        parts,
        foot: short(&packet.name),
    };
    let printed = press::print(Layout::List, &data, packet.as_of)?;
    Ok(envelopes::ours(
        PaperKind::Checklist,
        "checklist.pdf",
        title,
        printed,
    ))
}

fn missing(packet: &Packet, text: &str) -> PaperError {
    PaperError::Missing {
        pack: packet.pack.clone(),
        text: text.to_owned(),
    }
}

impl Efiling<'_> {
    /// What is in the folder, for people and programs that take it further.
    #[must_use]
    pub fn manifest(&self) -> EfilingManifest<'_> {
        let mut papers: Vec<EfilingEntry<'_>> = self
            .files
            .iter()
            .map(|file| EfilingEntry {
                file: &file.file,
                kind: file.paper.kind,
                title: &file.paper.title,
                case: self.packet.cases.get(file.case).map(|case| case.case),
                pages: file.paper.pages,
                bytes: file.paper.bytes.len(),
                limit: file.limit,
                sha256: file.paper.sha256(),
                problems: &file.problems,
            })
            .collect();
        papers.push(EfilingEntry {
            file: &self.checklist.file,
            kind: self.checklist.kind,
            title: &self.checklist.title,
            case: None,
            pages: self.checklist.pages,
            bytes: self.checklist.bytes.len(),
            limit: None,
            sha256: self.checklist.sha256(),
            problems: &[],
        });
        EfilingManifest {
            schema: "relief-desk/efiling/1",
            as_of: self.packet.as_of,
            training: self.packet.training,
            whose: &self.packet.whose,
            ready: self.packet.ready && self.files.iter().all(|file| file.problems.is_empty()),
            why_not: &self.packet.why_not,
            papers,
            kept_back: &self.kept_back,
        }
    }

    /// Every file with its path, the checklist first.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Paper)> {
        let files = self.files.iter();
        let files = files.map(|file| (file.file.as_str(), file.paper));
        std::iter::once((self.checklist.file.as_str(), &self.checklist)).chain(files)
    }
}
