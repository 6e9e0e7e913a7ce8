//! Why a packet is not complete, in the pack's words.

use std::collections::BTreeSet;
use std::path::Path;

use forms::{Entry, FormError, Identity, Known, Unusable};
use packs::papers::{PaperTexts, WhyNot};
use record::answers::Answers;
use record::clinic::{Clinic, Language};
use record::{DispositionKind, Record};

use crate::filer::{self, Filer};
use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::{CasePlan, Why};
use crate::{LostPaper, PaperError, declaration, motion, words};

/// Everything that is missing; empty means that only people's own handwriting is.
pub(crate) fn gather(
    record: &Record,
    clinic: &Clinic,
    answers: Option<&Answers>,
    texts: &PaperTexts,
    language: Language,
    leave: bool,
    jobs: &[(Job<'_>, CasePlan<'_>)],
) -> Result<Vec<String>, PaperError> {
    let words = texts.why_not(language);
    let mut ink = Ink::default();
    let name = filer::name(&record.person.name);
    let mut found = Vec::new();
    if !leave {
        found.push(ink.text(
            &words.clearance,
            &Values::default().with("name", name.clone()),
        )?);
    }
    if name.text.is_empty() {
        found.push(ink.text(&words.name, &Values::default())?);
    }
    for (job, plan) in jobs {
        for left in &plan.left_out {
            let phrase = match left.why {
                Why::Path => &words.path,
                Why::NoWords => &words.words,
                Why::NoPaper if left.finding.forms.is_empty() => &words.no_paper,
                Why::NoPaper => &words.no_paper_form,
                Why::Answer | Why::Besides => continue,
            };
            let values = case(job, language, &mut ink)?
                .with("offense", offense(job, language, left.count)?)
                .with("way", Value::word(job.way(left.finding, language)))
                .with("forms", Value::word(left.finding.forms.join(", ")));
            found.push(ink.text(phrase, &values)?);
        }
        if plan.motions.is_empty() {
            continue;
        }
        for count in plan.motions.iter().flat_map(|motion| motion.counts()) {
            let judged = job.count(count).disposition.as_ref();
            let convicted = matches!(
                judged.map(|judged| judged.kind),
                None | Some(DispositionKind::Convicted | DispositionKind::Adjudicated)
            );
            if convicted && judged.and_then(|judged| judged.date).is_none() {
                let values =
                    case(job, language, &mut ink)?.with("offense", offense(job, language, count)?);
                found.push(ink.text(&words.date, &values)?);
            }
        }
        let asks = plan.motions.iter().flat_map(|motion| &motion.asks);
        let mut warnings = asks.flat_map(|ask| &ask.finding.warnings);
        if warnings.any(|warning| warning.code == "contradiction") {
            let values = case(job, language, &mut ink)?;
            found.push(ink.text(&words.contradiction, &values)?);
        }
        let counts = || plan.motions.iter().flat_map(|motion| motion.counts());
        for section in counts().filter_map(|count| job.count(count).section.as_ref()) {
            if !job.texts.filing.codes.contains_key(section.code()) {
                let values = case(job, language, &mut ink)?;
                let values = values.with("code", Value::word(section.code()));
                found.push(ink.text(&words.code, &values)?);
            }
        }
        let same = jobs.iter().filter(|(other, _)| {
            job.number().is_some()
                && other.number().map(|v| v.text) == job.number().map(|v| v.text)
                && other.county().map(|v| v.text) == job.county().map(|v| v.text)
                && other.case.court.name == job.case.court.name
        });
        if same.count() > 1 {
            let values = case(job, language, &mut ink)?;
            found.push(ink.text(&words.number_twice, &values)?);
        }
        for count in plan
            .motions
            .iter()
            .flat_map(|one| motion::evidence_missing(job, one))
        {
            let values =
                case(job, language, &mut ink)?.with("offense", offense(job, language, count)?);
            found.push(ink.text(&words.evidence, &values)?);
        }
        let ssn = job.declared().any(|(_, said)| {
            let english = said.english.as_deref().unwrap_or_default();
            declaration::holds_ssn(&said.text) || declaration::holds_ssn(english)
        });
        let mut declared = job.declared();
        let foreign = declared.find(|(_, said)| {
            declaration::foreign(said).is_some() && !declaration::translated(said)
        });
        if let Some(spoken) = foreign.and_then(|(_, said)| declaration::foreign(said)) {
            let values = case(job, language, &mut ink)?.with("language", Value::word(spoken));
            found.push(ink.text(&words.translation, &values)?);
        }
        let county = job.county();
        let foreign = county.is_some() && job.courts.is_some() && job.court().is_none();
        for (missing, phrase) in [
            (job.number().is_none(), &words.number),
            (county.is_none(), &words.county),
            (foreign, &words.county_unknown),
            (ssn, &words.ssn),
        ] {
            if missing {
                let values = case(job, language, &mut Ink::default())?;
                let values = values.with("county", county.clone().unwrap_or_default());
                found.push(ink.text(phrase, &values)?);
            }
        }
    }
    let filing = jobs.iter().any(|(_, plan)| !plan.motions.is_empty());
    let lost = jobs.iter().any(|(job, plan)| {
        !plan.motions.is_empty()
            && job
                .library
                .is_some_and(|library| library.why_lost().is_some())
    });
    if lost {
        found.push(ink.text(&words.forms, &Values::default())?);
    }
    let refused = unusable(jobs, words)?;
    if !refused.is_empty() {
        let files = Value::word(refused.join("; "));
        found.push(ink.text(&words.form, &Values::default().with("files", files))?);
    }
    if filing && record.person.died.is_some() {
        found.push(ink.text(&words.died, &Values::default().with("name", name))?);
    }
    if filing {
        let missing = Filer::of(clinic, answers).missing();
        let strange = filer::stranger(clinic, answers);
        if let Some(name) = strange {
            let values = Values::default().with("name", Value::word(name));
            found.push(ink.text(&words.signer_strange, &values)?);
        }
        for (is, phrase) in [
            (missing.signer && strange.is_none(), &words.signer),
            (missing.reach, &words.filer),
            (missing.bar, &words.bar),
        ] {
            if is {
                found.push(ink.text(phrase, &Values::default())?);
            }
        }
    } else if found.is_empty() {
        found.push(ink.text(&words.nothing, &Values::default())?);
    }
    found.dedup();
    Ok(found)
}

/// The papers that could not be made, and why: those of one case together, as one letter keeps all of them from being made.
pub(crate) fn unprintable(
    record: &Record,
    texts: &PaperTexts,
    language: Language,
    lost: &[LostPaper],
) -> Result<Vec<String>, PaperError> {
    let words = texts.why_not(language);
    let name = record.person.name.full();
    let mut groups: Vec<(&LostPaper, Vec<String>)> = Vec::new();
    for paper in lost {
        let title = format!("“{}”", paper.title);
        let same = |(first, _): &&mut (&LostPaper, Vec<String>)| {
            (&first.case, first.character) == (&paper.case, paper.character)
        };
        match groups.iter_mut().find(same) {
            Some((_, titles)) => titles.push(title),
            None => groups.push((paper, vec![title])),
        }
    }
    let said = groups.into_iter().map(|(paper, titles)| {
        let place = if name.contains(paper.character) {
            &words.unprintable_name
        } else {
            &words.unprintable_text
        };
        let place = Ink::default().text(place, &Values::default())?;
        let code = format!("U+{:04X}", u32::from(paper.character));
        let values = Values::default()
            .with("case", Value::word(paper.case.as_str()))
            .with("papers", Value::word(titles.join(", ")))
            .with("place", Value::word(place))
            .with("code", Value::word(code));
        Ink::default().text(&words.unprintable, &values)
    });
    said.collect()
}

/// Files of the folder of forms that a case asks for and that cannot be used, each with its reason: damaged, locked, or of a revision
/// not known here, where no other blank of the same form stands in for it.
fn unusable(jobs: &[(Job<'_>, CasePlan<'_>)], words: &WhyNot) -> Result<Vec<String>, PaperError> {
    let mut files: Vec<String> = Vec::new();
    for (job, plan) in jobs.iter().filter(|(_, plan)| !plan.motions.is_empty()) {
        let Some(library) = job.library else {
            continue;
        };
        let asks = plan.motions.iter().flat_map(|motion| &motion.asks);
        let wanted: Vec<&String> = asks.flat_map(|ask| &ask.finding.forms).collect();
        let number = |entry: &Entry| entry.identity.number.clone().unwrap_or_default();
        let usable = |wanted: &str| {
            let mut entries = library.entries().iter();
            entries.any(|entry| entry.identity.known == Known::Mapped && number(entry) == wanted)
        };
        let strange = library.entries().iter().filter(|entry| {
            let number = number(entry);
            let asked = wanted.iter().any(|form| **form == number);
            (asked || library.describes(&number)) && !usable(&number)
        });
        let mut told: Vec<(&Path, String)> = Vec::new();
        for rejected in library.rejected() {
            told.push((&rejected.file, rejected_why(&rejected.why, words)?));
        }
        for entry in strange {
            told.push((&entry.file, strange_why(job, &entry.identity, words)?));
        }
        for (file, why) in told {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let values = Values::default()
                .with("file", Value::word(name))
                .with("why", Value::word(why));
            let line = Ink::default().text(&words.form_file, &values)?;
            if !files.contains(&line) {
                files.push(line);
            }
        }
    }
    Ok(files)
}

fn rejected_why(why: &Unusable, words: &WhyNot) -> Result<String, PaperError> {
    let phrase = match why {
        Unusable::Form(FormError::Locked) => &words.form_locked,
        Unusable::Form(FormError::TooLarge { .. }) => &words.form_large,
        Unusable::Form(FormError::NoFields) => &words.form_scan,
        Unusable::Form(FormError::Damaged | FormError::Unwritable | FormError::Unbound) => {
            &words.form_damaged
        }
        Unusable::Description(_) | Unusable::Twice { .. } | Unusable::Unanswered => {
            &words.form_description
        }
        Unusable::Changed => &words.form_changed,
        Unusable::Unread(_) => &words.form_unread,
    };
    Ink::default().text(phrase, &Values::default())
}

/// What a blank is that the papers of a case cannot stand on.
fn strange_why(job: &Job<'_>, found: &Identity, words: &WhyNot) -> Result<String, PaperError> {
    let form = found.number.as_deref().unwrap_or_default();
    let sheets = job.sheets();
    let sheet = sheets.into_iter().find(|sheet| sheet.number == form);
    let known: BTreeSet<String> = sheet
        .iter()
        .flat_map(|sheet| sheet.edition.iter().filter(|edition| edition.mapped()))
        .map(|edition| edition.date.to_string())
        .collect();
    let known: Vec<String> = known.into_iter().collect();
    let values = Values::default()
        .with("form", Value::word(form))
        .with("known", Value::word(known.join(", ")));
    let lacks = found.missing.len();
    let values = values.with("count", Value::word(lacks.to_string()));
    let day = found.revision.map(|day| day.to_string());
    let phrase = match (found.known, &day) {
        _ if lacks > 0 => &words.form_lacks,
        (Known::Unmapped, Some(_)) => &words.form_unmapped,
        (_, Some(_)) => &words.form_revision,
        (_, None) => &words.form_revision_unread,
    };
    let day = Value::word(day.unwrap_or_default());
    Ink::default().text(phrase, &values.with("revision", day))
}

/// What a case is called.
fn case(job: &Job<'_>, language: Language, ink: &mut Ink) -> Result<Values, PaperError> {
    Ok(Values::default().with("case", Value::word(name(job, language, ink)?)))
}

/// What people call a case: county and number, or its place in the record.
pub(crate) fn called(job: &Job<'_>) -> Result<String, PaperError> {
    name(job, Language::En, &mut Ink::default())
}

fn name(job: &Job<'_>, language: Language, ink: &mut Ink) -> Result<String, PaperError> {
    let words = job.texts.why_not(language);
    let text = match (job.county(), job.number()) {
        (county, Some(number)) => ink.text(
            &words.case_named,
            &Values::default()
                .with("county", county.unwrap_or_default())
                .with("number", number),
        )?,
        (_, None) => ink.text(
            &words.case_unnamed,
            &Values::default().with("index", Value::word((job.index + 1).to_string())),
        )?,
    };
    Ok(text.trim().to_owned())
}

/// What an offense is called.
fn offense(job: &Job<'_>, language: Language, count: usize) -> Result<Value, PaperError> {
    // The long names of codes are English; in another language the short one that sheets print says it.
    if let (Language::Es, Some(section)) = (language, &job.count(count).section) {
        return Ok(Value::word(section.to_string()));
    }
    let known = words::offense(&job.texts.filing, job.count(count), &job.path(count))?;
    match known {
        Some(offense) => Ok(offense),
        None => Ok(Value::word(Ink::default().text(
            &job.texts.why_not(language).offense_unknown,
            &Values::default(),
        )?)),
    }
}
