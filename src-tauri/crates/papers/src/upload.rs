//! How the papers of one case go up to its court's e-filing: under which names, and how large a file may be there.

use std::num::NonZeroU32;

use packs::courts::Filing;
use packs::forms::SignedBy;
use packs::papers::{EfileTexts, Phrase};
use record::clinic::FileNameRule;

use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::{Paper, PaperError, PaperKind, Recipient, signing, words};

/// What there is to upload for one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// How this court takes papers and how large a file may be, in words, as far as anybody knows.
    pub how: Vec<String>,
    /// The largest file in bytes, where one is known.
    pub limit: Option<u64>,
    /// The papers that are filed.
    pub files: Vec<UploadFile>,
}

/// A paper that is uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadFile {
    /// Its place among the case's papers.
    pub paper: usize,
    /// The file's name by the rule of the clinic or the county, without a folder.
    pub name: String,
    /// What must be done before it goes up, in words.
    pub before: Vec<String>,
}

/// Systems cut long names; the end, which says what a file is, must not be what is lost.
const LONGEST: usize = 60;
const MEGABYTE: u64 = 1_000_000;

/// The uploads of a case whose papers stand in their order.
pub(crate) fn of(job: &Job<'_>, papers: &[Paper], folder: &str) -> Result<Upload, PaperError> {
    let filed = papers
        .iter()
        .enumerate()
        .filter(|(_, paper)| paper.recipient == Recipient::Court);
    let rule = rule(job);
    let mut files: Vec<UploadFile> = Vec::new();
    for (place, paper) in filed {
        let name = name(job, rule, files.len() + 1, paper, &files);
        files.push(UploadFile {
            paper: place,
            name,
            before: before(job, paper)?,
        });
    }
    let (limit, said) = limit(job)?;
    Ok(Upload {
        how: vec![way(job, folder)?, said],
        limit,
        files,
    })
}

fn way(job: &Job<'_>, folder: &str) -> Result<String, PaperError> {
    let words = &job.texts.sheets.efile;
    let phrase = match job.court().map(|court| court.filing) {
        Some(Filing::EFile) => &words.efile,
        Some(Filing::EMail) => &words.email,
        Some(Filing::Paper) => &words.paper,
        None => &words.unknown,
    };
    text(
        phrase,
        Values::default().with("folder", Value::word(folder)),
    )
}

/// The clinic's own word first, then the county's, then what stands for every county.
fn limit(job: &Job<'_>) -> Result<(Option<u64>, String), PaperError> {
    let words = &job.texts.sheets.efile;
    let told = |phrase: &Phrase, limit: NonZeroU32, values: Values| {
        let bytes = u64::from(limit.get()) * MEGABYTE;
        let values = values.with("limit", Value::word(size(words, bytes)?));
        Ok((Some(bytes), text(phrase, values)?))
    };
    let habit = job.habit();
    if let Some((habit, own)) =
        habit.and_then(|habit| Some((habit, habit.upload.as_ref()?.megabytes?)))
    {
        let Some(day) = habit.confirmed else {
            return told(&words.limit_never, own, Values::default());
        };
        let day = words::date(&job.texts.filing.dates, day.into())?;
        let values = Values::default().with("date", Value::word(day));
        return told(&words.limit_clinic, own, values);
    }
    if let Some(county) = job.court().and_then(|court| court.upload.megabytes) {
        return told(&words.limit_county, county, Values::default());
    }
    match job.courts.and_then(|courts| courts.upload().megabytes) {
        Some(usual) => told(&words.limit_usual, usual, Values::default()),
        None => Ok((None, text(&words.limit_none, Values::default())?)),
    }
}

fn rule<'a>(job: &Job<'a>) -> Option<&'a FileNameRule> {
    let own = job.habit().and_then(|habit| habit.upload.as_ref());
    own.and_then(|own| own.name.as_ref())
        .or_else(|| job.court()?.upload.name.as_ref())
        .or_else(|| job.courts?.upload().name.as_ref())
}

/// The name of a file, unlike those before it.
fn name(
    job: &Job<'_>,
    rule: Option<&FileNameRule>,
    order: usize,
    paper: &Paper,
    taken: &[UploadFile],
) -> String {
    let stem = paper.file.trim_end_matches(".pdf");
    let value = |place: &str| match place {
        "order" => format!("{order:02}"),
        "number" => plain(
            &job.number()
                .map_or_else(|| format!("case-{}", job.index + 1), |number| number.text),
        ),
        "family" => plain(job.record.person.name.family.as_deref().unwrap_or_default()),
        _ => stem.to_owned(),
    };
    let by_rule = rule.map_or_else(|| stem.to_owned(), |rule| rule.fill(value));
    let fits = by_rule.len() <= LONGEST && !by_rule.is_empty();
    let name = if fits {
        by_rule
    } else {
        format!("{order:02}-{stem}")
    };
    let free = |name: &str| {
        !taken
            .iter()
            .any(|other| other.name.eq_ignore_ascii_case(name))
    };
    let mut file = format!("{name}.pdf");
    let mut again = 2;
    while !free(&file) {
        file = format!("{name}-{again}.pdf");
        again += 1;
    }
    file
}

/// Plain letters and digits: what an e-filing takes in a name. Anything else becomes one hyphen.
fn plain(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        let c = if c.is_ascii_alphanumeric() { c } else { '-' };
        if c != '-' || !name.ends_with('-') {
            name.push(c);
        }
    }
    name.trim_matches('-').to_owned()
}

fn before(job: &Job<'_>, paper: &Paper) -> Result<Vec<String>, PaperError> {
    let words = &job.texts.sheets.efile;
    let plain = |phrase| text(phrase, Values::default()).map(|said| vec![said]);
    match paper.kind {
        PaperKind::Service => return plain(&words.service),
        PaperKind::Order => return plain(&words.order),
        _ => {}
    }
    let ours = paper.signs.iter().filter(|sign| sign.by != SignedBy::Judge);
    ours.map(|sign| {
        let values = Values::default()
            .with("who", Value::word(signing::who(job, sign.by)?))
            .with("page", Value::word(sign.page.to_string()));
        text(&words.signs, values)
    })
    .collect()
}

/// A size as people say it, rounded up: a file at its limit is not told to be under it.
pub(crate) fn size(words: &EfileTexts, bytes: u64) -> Result<String, PaperError> {
    let (phrase, n) = if bytes >= MEGABYTE {
        let tenths = bytes.div_ceil(MEGABYTE / 10);
        let n = match tenths % 10 {
            0 => (tenths / 10).to_string(),
            tenth => format!("{}.{tenth}", tenths / 10),
        };
        (&words.megabytes, n)
    } else {
        (&words.kilobytes, bytes.div_ceil(1000).to_string())
    };
    text(phrase, Values::default().with("n", Value::word(n)))
}

pub(crate) fn text(phrase: &Phrase, values: Values) -> Result<String, PaperError> {
    Ink::default().text(phrase, &values)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_hold_plain_letters_only() {
        assert_eq!(plain("05F01234"), "05F01234");
        assert_eq!(plain(" M:123/4 (A) "), "M-123-4-A");
        assert_eq!(plain("Ñuñez"), "u-ez");
    }
}
