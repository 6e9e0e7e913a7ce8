//! From a record and its findings to a packet.

use forms::Library;
use jiff::civil::Date;
use packs::Packs;
use packs::courts::{County, Courts};
use packs::forms::{FormSheet, Role};
use packs::papers::PaperTexts;
use record::answers::{Answers, Declare};
use record::clinic::{Clinic, CountyHabit, Language};
use record::findings::{Findings, Path};
use record::{Case, Count, Record};

use crate::clearance::Leave;
use crate::filer::Filer;
use crate::ink::{Ink, Value};
use crate::plan::{CasePlan, MotionPlan, plan};
use crate::pleading::Pleading;
use crate::{
    Blank, CasePacket, Clearance, Packet, Paper, PaperError, PaperKind, Recipient, client, cover,
    declaration, filer, folder, motion, official, order, pleading, press, service, sets, why_not,
};

/// What a packet is made from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The client's record.
    pub record: &'a Record,
    /// What was found for it, on the day `as_of`.
    pub findings: &'a Findings,
    /// The clinic.
    pub clinic: &'a Clinic,
    /// What was asked and answered; what is absent stays blank.
    pub answers: Option<&'a Answers>,
    /// The day the packet is made for.
    pub as_of: Date,
    /// Where the words come from.
    pub packs: &'a Packs,
    /// For practice: every page says so.
    pub training: bool,
    /// The office's blanks of official forms; without one of a form, a paper of ours stands for it.
    pub library: Option<&'a Library>,
}

/// One case of a request, with the words of its jurisdiction.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    pub(crate) record: &'a Record,
    pub(crate) findings: &'a Findings,
    pub(crate) clinic: &'a Clinic,
    pub(crate) answers: Option<&'a Answers>,
    pub(crate) as_of: Date,
    pub(crate) training: bool,
    pub(crate) pack: &'a str,
    pub(crate) texts: &'a PaperTexts,
    pub(crate) courts: Option<&'a Courts>,
    pub(crate) forms: &'a [FormSheet],
    pub(crate) library: Option<&'a Library>,
    pub(crate) index: usize,
    pub(crate) case: &'a Case,
}

/// Makes every paper for one client.
///
/// The same request gives the same bytes. A case gets papers only for counts that are open now and whose paper is known;
/// whatever keeps the packet from being complete is said in [`Packet::why_not`].
///
/// # Errors
/// A character that cannot be printed, findings of another record, or a pack whose words do not fit.
pub fn prepare(request: &Request<'_>) -> Result<Packet, PaperError> {
    prepare_in(&Parts::of(request), &words_of(request))
}

/// What keeps the packet from being complete, in another language than the cover sheet's: [`Packet::why_not`] for a screen.
///
/// # Errors
/// As [`prepare`].
pub fn told(request: &Request<'_>, language: Language) -> Result<Vec<String>, PaperError> {
    let (parts, words) = (Parts::of(request), words_of(request));
    let jobs = jobs(&parts, &words)?;
    let texts = first(&parts, &words)?.texts;
    let leave = leave(&parts);
    why_not::gather(
        parts.record,
        parts.clinic,
        parts.answers,
        texts,
        language,
        leave.is_some(),
        &jobs,
    )
}

fn words_of<'a>(request: &Request<'a>) -> Vec<Words<'a>> {
    let packs = request.findings.packs.iter();
    packs
        .filter_map(|stamp| {
            let pack = request.packs.pack(&stamp.id)?;
            Some(Words {
                pack: &pack.id,
                texts: pack.papers.as_ref()?,
                courts: pack.courts.as_ref(),
                forms: &pack.forms,
            })
        })
        .collect()
}

/// The words of one jurisdiction, and its courts.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) pack: &'a str,
    pub(crate) texts: &'a PaperTexts,
    pub(crate) courts: Option<&'a Courts>,
    pub(crate) forms: &'a [FormSheet],
}

/// A request whose packs are already looked up.
#[derive(Clone, Copy)]
struct Parts<'a> {
    record: &'a Record,
    findings: &'a Findings,
    clinic: &'a Clinic,
    answers: Option<&'a Answers>,
    as_of: Date,
    training: bool,
    library: Option<&'a Library>,
}

impl<'a> Parts<'a> {
    fn of(request: &Request<'a>) -> Self {
        Self {
            record: request.record,
            findings: request.findings,
            clinic: request.clinic,
            answers: request.answers,
            as_of: request.as_of,
            training: request.training,
            library: request.library,
        }
    }
}

/// Every case with its plan, in the record's order.
fn jobs<'a>(
    parts: &Parts<'a>,
    words: &[Words<'a>],
) -> Result<Vec<(Job<'a>, CasePlan<'a>)>, PaperError> {
    let mut jobs = Vec::new();
    for words in words {
        for plan in plan(parts.record, parts.findings, words.texts)? {
            let job = Job {
                record: parts.record,
                findings: parts.findings,
                clinic: parts.clinic,
                answers: parts.answers,
                as_of: parts.as_of,
                training: parts.training,
                pack: words.pack,
                texts: words.texts,
                courts: words.courts,
                forms: words.forms,
                library: parts.library,
                index: plan.index,
                case: plan.case,
            };
            jobs.push((job, plan));
        }
    }
    jobs.sort_by_key(|(job, _)| job.index);
    Ok(jobs)
}

/// The sheets that belong to no case speak with the first jurisdiction's words.
fn first<'a>(parts: &Parts<'_>, words: &[Words<'a>]) -> Result<Words<'a>, PaperError> {
    words.first().copied().ok_or_else(|| PaperError::Missing {
        pack: parts
            .findings
            .packs
            .first()
            .map_or_else(String::new, |stamp| stamp.id.clone()),
        text: "papers".to_owned(),
    })
}

fn leave(parts: &Parts<'_>) -> Option<Leave> {
    let clearance = parts
        .answers
        .and_then(|answers| Clearance::of(answers, parts.as_of));
    Leave::given(&parts.record.person, clearance.as_ref())
}

fn prepare_in(request: &Parts<'_>, words: &[Words<'_>]) -> Result<Packet, PaperError> {
    let Parts {
        record,
        clinic,
        answers,
        as_of,
        training,
        ..
    } = *request;
    let _run = press::Run::start();
    let jobs = jobs(request, words)?;
    let first = first(request, words)?;
    let leave = leave(request);
    let why_not = why_not::gather(
        record,
        clinic,
        answers,
        first.texts,
        Language::En,
        leave.is_some(),
        &jobs,
    )?;
    let mut cases: Vec<CasePacket> = Vec::new();
    if let Some(leave) = &leave {
        for (job, plan) in jobs.iter().filter(|(_, plan)| !plan.motions.is_empty()) {
            let taken: Vec<&str> = cases.iter().map(|case| case.folder.as_str()).collect();
            let folder = folder::name(job, &taken);
            cases.push(case_papers(leave, job, plan, &why_not, folder)?);
        }
    }
    let sheet = client::Sheet {
        record,
        clinic,
        answers,
        as_of,
        training,
        texts: first.texts,
        held: leave.is_none(),
        pack: first.pack,
    };
    Ok(Packet {
        as_of,
        training,
        name: filer::name(&record.person.name).text,
        pack: first.pack.to_owned(),
        cases,
        client: client::write(&sheet, &jobs)?,
        ready: why_not.is_empty(),
        why_not,
    })
}

/// The papers of one case, the cover sheet first. Whoever calls this holds the leave to make papers that are filed.
fn case_papers(
    _: &Leave,
    job: &Job<'_>,
    plan: &CasePlan<'_>,
    why_not: &[String],
    folder: String,
) -> Result<CasePacket, PaperError> {
    let mut papers = Vec::new();
    for (n, motion) in plan.motions.iter().enumerate() {
        motion_papers(job, motion, n, &mut papers)?;
    }
    papers.insert(0, cover::write(job, plan, &papers, why_not)?);
    Ok(CasePacket {
        case: job.index,
        folder,
        label: why_not::called(job)?,
        sets: sets::of(job, plan, &papers)?,
        papers,
    })
}

/// The paper that asks, and what goes with it.
fn motion_papers(
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
        Path::Petition => PaperKind::Petition,
        Path::Application => PaperKind::Application,
    };
    let mut blanks = blanks(job, &[signature, hearing]);
    blanks.extend(motion::not_asked(job));
    let part = (Role::Motion, kind, file("petition"));
    let paper = filed(job, plan, part, blanks, |ink| {
        Ok((
            motion::write(job, plan, ink)?,
            motion::title(plan, &mut Ink::default())?,
        ))
    })?;
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

impl<'a> Job<'a> {
    /// The case's number, where there is one.
    pub(crate) fn number(&self) -> Option<Value> {
        let number = self.case.number.as_deref()?.trim();
        let path = format!("cases[{}].number", self.index);
        (!number.is_empty()).then(|| Value::new(number, path))
    }

    /// The county's name, in the spelling of the table of courts.
    pub(crate) fn county(&self) -> Option<Value> {
        let court = &self.case.court;
        let path = |key: &str| format!("cases[{}].court.{key}", self.index);
        if let Some(name) = court.county.as_deref().map(str::trim)
            && !name.is_empty()
        {
            let known = self.courts.and_then(|courts| courts.county(name));
            let name = known.map_or(name, |county| county.name.as_str());
            return Some(Value::new(name, path("county")));
        }
        let printed = court.name.as_deref()?;
        let county = self.courts?.agency(printed).county?;
        Some(Value::new(&county.name, path("name")))
    }

    /// What the table of courts knows about the county.
    pub(crate) fn court(&self) -> Option<&'a County> {
        self.courts?.county(&self.county()?.text)
    }

    /// What the clinic knows about the county.
    pub(crate) fn habit(&self) -> Option<&'a CountyHabit> {
        let county = self.county()?.text;
        self.clinic
            .counties
            .iter()
            .find(|habit| habit.county.trim().eq_ignore_ascii_case(&county))
    }

    /// Whether probation is served too: the clinic's word first, then the table's.
    pub(crate) fn serve_probation(&self) -> bool {
        self.habit()
            .and_then(|habit| habit.serve_probation)
            .or_else(|| Some(self.court()?.serve_probation))
            .unwrap_or(false)
    }

    /// Whether the court itself serves the other side.
    pub(crate) fn court_serves(&self, plan: &MotionPlan<'_>) -> bool {
        plan.words.court_serves_unrepresented && !Filer::of(self.clinic, self.answers).represents()
    }

    /// One of the case's counts; the plan made sure that it is there.
    pub(crate) fn count(&self, count: usize) -> &'a Count {
        &self.case.counts[count]
    }

    /// The path of a count.
    pub(crate) fn path(&self, count: usize) -> String {
        format!("cases[{}].counts[{count}]", self.index)
    }

    /// The declarations about this case, with their index in the answers.
    pub(crate) fn declared(&self) -> impl Iterator<Item = (usize, &'a Declare)> + use<'a> {
        let case = self.index;
        self.answers
            .and_then(|answers| answers.declare.as_deref())
            .unwrap_or_default()
            .iter()
            .enumerate()
            .filter(move |(_, declare)| declare.case == case && !declare.text.trim().is_empty())
    }

    /// A text that the pack lacks.
    pub(crate) fn missing(&self, text: &str) -> PaperError {
        PaperError::Missing {
            pack: self.pack.to_owned(),
            text: text.to_owned(),
        }
    }
}
