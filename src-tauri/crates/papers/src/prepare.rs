//! From a record and its findings to a packet.

use forms::Library;
use jiff::civil::Date;
use packs::Packs;
use packs::courts::Courts;
use packs::forms::FormSheet;
use packs::papers::PaperTexts;
use record::answers::{Also, Answers};
use record::clinic::{Clinic, Language};
use record::findings::Findings;
use record::{Alternatives, Case, Record};

use crate::clearance::Leave;
use crate::client::Letters;
use crate::job::Job;
use crate::plan::{CasePlan, plan};
use crate::{
    CasePacket, Clearance, LostPaper, Packet, Paper, PaperError, Signed, bundle, client, cover,
    envelopes, filer, folder, letters, packet, press, sets, signing, upload, why_not,
};

/// What a packet is made from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The client's record.
    pub record: &'a Record,
    /// What was found for it, on the day `as_of`.
    pub findings: &'a Findings,
    /// What its papers may ask for besides, should the other side carry its burden: the law says it with the findings.
    pub alternatives: &'a Alternatives,
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
    /// Who signed the papers off: changes the cover and what a print job adds, and no other byte.
    pub signed: Option<&'a Signed>,
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

/// Makes the papers of several clients, side by side where the machine has more than one core: [`prepare`] for each, in their order.
#[must_use]
pub fn prepare_all(requests: &[Request<'_>]) -> Vec<Result<Packet, PaperError>> {
    press::side_by_side(requests, prepare)
}

/// Makes only what is filed with the courts for several clients, side by side: no sheet for the office or the client. Byte for byte the
/// papers of [`prepare`].
#[must_use]
pub fn filed_all(requests: &[Request<'_>]) -> Vec<Result<Vec<Paper>, PaperError>> {
    press::side_by_side(requests, |request| {
        let (parts, words) = (Parts::of(request), words_of(request));
        let _run = press::Run::start();
        let jobs = jobs(&parts, &words)?;
        let made = for_courts(leave(&parts).as_ref(), &jobs, &mut Vec::new())?;
        Ok(made.into_iter().flat_map(|(_, papers)| papers).collect())
    })
}

/// What keeps the packet from being complete, in another language than the cover sheet's: [`Packet::why_not`] for a screen.
///
/// # Errors
/// As [`prepare`].
pub fn told(
    request: &Request<'_>,
    packet: &Packet,
    language: Language,
) -> Result<Vec<String>, PaperError> {
    let (parts, words) = (Parts::of(request), words_of(request));
    let jobs = jobs(&parts, &words)?;
    let texts = first(&parts, &words)?.texts;
    let leave = leave(&parts);
    let mut said = why_not::unprintable(parts.record, texts, language, &packet.lost)?;
    said.extend(why_not::gather(
        parts.record,
        parts.clinic,
        parts.answers,
        texts,
        language,
        leave.is_some(),
        &jobs,
    )?);
    Ok(said)
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
    alternatives: &'a Alternatives,
    clinic: &'a Clinic,
    answers: Option<&'a Answers>,
    as_of: Date,
    packs: &'a Packs,
    training: bool,
    library: Option<&'a Library>,
    signed: Option<&'a Signed>,
}

impl<'a> Parts<'a> {
    fn of(request: &Request<'a>) -> Self {
        Self {
            record: request.record,
            findings: request.findings,
            alternatives: request.alternatives,
            clinic: request.clinic,
            answers: request.answers,
            as_of: request.as_of,
            packs: request.packs,
            training: request.training,
            library: request.library,
            signed: request.signed,
        }
    }
}

/// Every case with its plan, in the record's order.
fn jobs<'a>(
    parts: &Parts<'a>,
    words: &[Words<'a>],
) -> Result<Vec<(Job<'a>, CasePlan<'a>)>, PaperError> {
    let elections = parts.answers.and_then(|answers| answers.elections.as_ref());
    let also = elections.and_then(|made| made.also.as_deref());
    let not_done = also.is_some_and(|also| also.contains(&Also::NotDone));
    let mut jobs = Vec::new();
    for words in words {
        for plan in plan(
            parts.record,
            parts.findings,
            parts.alternatives,
            words.texts,
            not_done,
        )? {
            let job = job(parts, words, plan.index, plan.case);
            jobs.push((job, plan));
        }
    }
    jobs.sort_by_key(|(job, _)| job.index);
    Ok(jobs)
}

/// One case with the words of its jurisdiction.
fn job<'a>(parts: &Parts<'a>, words: &Words<'a>, index: usize, case: &'a Case) -> Job<'a> {
    Job {
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
        packs: parts.packs,
        library: parts.library,
        signed: parts.signed,
        index,
        case,
    }
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
    let mut lost = Vec::new();
    let made = for_courts(leave.as_ref(), &jobs, &mut lost)?;
    let mut letters = Vec::new();
    if leave.is_some() {
        let cases = record.cases.iter().enumerate();
        let all: Vec<_> = cases
            .map(|(n, case)| job(request, &first, n, case))
            .collect();
        letters = letters::write(&all, &mut lost)?;
    }
    let mut why_not = why_not::unprintable(record, first.texts, Language::En, &lost)?;
    why_not.extend(why_not::gather(
        record,
        clinic,
        answers,
        first.texts,
        Language::En,
        leave.is_some(),
        &jobs,
    )?);
    let mut cases: Vec<CasePacket> = Vec::new();
    for ((job, plan), papers) in made {
        let taken: Vec<&str> = cases.iter().map(|case| case.folder.as_str()).collect();
        let folder = folder::name(job, &taken);
        cases.push(covered(job, plan, papers, &why_not, folder)?);
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
        author: clinic.name.clone(),
        whose: packet::whose(&record.person),
        signed: request.signed.cloned(),
        pack: first.pack.to_owned(),
        besides: besides(&sheet, &jobs, &cases, letters)?,
        cases,
        client: client::write(&sheet, &jobs, Letters::OnePage)?,
        ready: why_not.is_empty(),
        why_not,
        lost,
    })
}

/// Papers that belong to no one case: the desk's lists where something is filed, and what somebody asked for besides.
fn besides(
    sheet: &client::Sheet<'_>,
    jobs: &[(Job<'_>, CasePlan<'_>)],
    cases: &[CasePacket],
    letters: Vec<Paper>,
) -> Result<Vec<Paper>, PaperError> {
    let contact = sheet.answers.and_then(|answers| answers.contact.as_ref());
    let mut papers = Vec::new();
    let filed: Vec<_> = cases
        .iter()
        .filter_map(|packet| {
            let (job, plan) = jobs.iter().find(|(job, _)| job.index == packet.case)?;
            Some((job, plan, packet))
        })
        .collect();
    if let Some((first, ..)) = filed.first() {
        let mut all = Vec::new();
        for (job, plan, packet) in &filed {
            all.extend(envelopes::of(job, plan, packet)?);
        }
        all.push(envelopes::client(first)?);
        let cases: Vec<_> = filed
            .iter()
            .map(|(job, _, packet)| (*job, *packet))
            .collect();
        papers.push(signing::write(first, &cases, &letters, &all)?);
        papers.extend(envelopes::labels(first, &all)?);
    }
    papers.extend(letters);
    if contact.is_some_and(|contact| contact.large_print == Some(true)) {
        papers.push(client::write(sheet, jobs, Letters::Large)?);
    }
    Ok(papers)
}

/// One case with its plan.
type Planned<'a> = (Job<'a>, CasePlan<'a>);

/// What is filed, case by case.
fn for_courts<'a, 'b>(
    leave: Option<&Leave>,
    jobs: &'b [Planned<'a>],
    lost: &mut Vec<LostPaper>,
) -> Result<Vec<(&'b Planned<'a>, Vec<Paper>)>, PaperError> {
    let Some(leave) = leave else {
        return Ok(Vec::new());
    };
    let asked = jobs.iter().filter(|(_, plan)| !plan.motions.is_empty());
    asked
        .map(|one| Ok((one, filed(leave, &one.0, &one.1, lost)?)))
        .collect()
}

/// What is filed in one case. Whoever calls this holds the leave to make papers that are filed.
fn filed(
    _: &Leave,
    job: &Job<'_>,
    plan: &CasePlan<'_>,
    lost: &mut Vec<LostPaper>,
) -> Result<Vec<Paper>, PaperError> {
    let mut papers = Vec::new();
    for (n, motion) in plan.motions.iter().enumerate() {
        bundle::write(job, motion, n, &mut papers, lost)?;
    }
    Ok(papers)
}

/// The papers of one case under their cover sheet.
fn covered(
    job: &Job<'_>,
    plan: &CasePlan<'_>,
    mut papers: Vec<Paper>,
    why_not: &[String],
    folder: String,
) -> Result<CasePacket, PaperError> {
    papers.insert(0, cover::write(job, plan, &papers, why_not)?);
    Ok(CasePacket {
        case: job.index,
        upload: upload::of(job, &papers, &folder)?,
        folder,
        label: why_not::called(job)?,
        sets: sets::of(job, plan, &papers)?,
        papers,
    })
}
