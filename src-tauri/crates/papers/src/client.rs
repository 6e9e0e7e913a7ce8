//! The sheet a client takes home: one page, plain words, the client's language, the real case numbers.

use jiff::ToSpan;
use jiff::civil::Date;
use packs::papers::{ClientTexts, PaperTexts, Phrase};
use record::Record;
use record::answers::Answers;
use record::clinic::{Clinic, Language};
use record::findings::{Finding, Mode, Status};
use serde::Serialize;

use crate::filer::Filer;
use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::{Ask, CasePlan, Why};
use crate::pleading::day;
use crate::press::{self, Layout};
use crate::{Paper, PaperError, PaperKind, Recipient, filer, words};

/// Days that service by mail inside the state adds, as the cover sheet counts them.
const BY_MAIL: i64 = 5;

/// What the sheet is made from.
pub(crate) struct Sheet<'a> {
    pub(crate) record: &'a Record,
    pub(crate) clinic: &'a Clinic,
    pub(crate) answers: Option<&'a Answers>,
    pub(crate) as_of: Date,
    pub(crate) training: bool,
    pub(crate) texts: &'a PaperTexts,
    /// Nothing to be filed may be made yet.
    pub(crate) held: bool,
    pub(crate) pack: &'a str,
}

/// How large the sheet's letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    /// As large as one page allows.
    OnePage,
    /// Large print, on as many pages as it takes.
    Large,
}

/// Data of `client.typ`.
#[derive(Debug, Serialize)]
struct Page {
    training: bool,
    large: bool,
    day: [i16; 3],
    lang: &'static str,
    title: String,
    author: String,
    for_whom: String,
    made: String,
    hold: Option<Hold>,
    what: Option<What>,
    next: Option<List>,
    know: List,
    call: String,
    law: String,
}

#[derive(Debug, Serialize)]
struct Hold {
    heading: String,
    text: Vec<String>,
}

#[derive(Debug, Serialize)]
struct What {
    heading: String,
    cases: Vec<Part>,
    none: Option<String>,
    presumed: Option<String>,
    not_now: Option<List>,
}

/// One case, or the list of what has no paper.
#[derive(Debug, Serialize)]
struct Part {
    title: String,
    items: Vec<Item>,
}

/// Convictions and what is said of them.
#[derive(Debug, Serialize)]
struct Item {
    of: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct List {
    heading: String,
    items: Vec<String>,
}

/// Writes the sheet.
pub(crate) fn write(
    sheet: &Sheet<'_>,
    jobs: &[(Job<'_>, CasePlan<'_>)],
    letters: Letters,
) -> Result<Paper, PaperError> {
    let language = sheet
        .answers
        .and_then(|answers| answers.contact.as_ref()?.language)
        .unwrap_or(sheet.clinic.language);
    let words = sheet.texts.client(language);
    let lang = match language {
        Language::En => "en",
        Language::Es => "es",
    };
    let mut ink = Ink::default();
    let date = words::date(&words.dates, sheet.as_of.into())?;
    let clinic = Value::new(&sheet.clinic.name, "clinic.name");
    let values = Values::default()
        .with("name", filer::name(&sheet.record.person.name))
        .with("clinic", clinic)
        .with("date", Value::word(date));
    let phone =
        sheet
            .clinic
            .phone
            .as_ref()
            .or_else(|| match Filer::of(sheet.clinic, sheet.answers) {
                Filer::Attorney { attorney, .. } => attorney.phone.as_ref(),
                Filer::InPerson { .. } | Filer::Open => None,
            });
    let title = ink.text(&words.title, &values)?;
    let (large, kind, ending) = match letters {
        Letters::OnePage => (false, PaperKind::Client, ""),
        Letters::Large => (true, PaperKind::ClientLarge, "-large"),
    };
    let data = Page {
        training: sheet.training,
        large,
        day: day(sheet.as_of),
        lang,
        author: sheet.clinic.name.clone(),
        for_whom: ink.text(&words.for_whom, &values)?,
        made: ink.text(&words.made, &values)?,
        hold: sheet.held.then(|| hold(words)).transpose()?,
        what: (!sheet.held)
            .then(|| what(sheet, words, jobs))
            .transpose()?,
        next: (!sheet.held && jobs.iter().any(|(_, plan)| !plan.motions.is_empty()))
            .then(|| next(sheet, words, jobs))
            .transpose()?,
        know: know(words, jobs)?,
        call: match phone {
            Some(phone) => {
                let values = values.clone().with("phone", Value::word(phone));
                ink.text(&words.call, &values)?
            }
            None => ink.text(&words.call_no_phone, &values)?,
        },
        law: ink.text(&words.law, &values)?,
        title: title.clone(),
    };
    let printed = press::print(Layout::Client, &data, sheet.as_of)?;
    Ok(Paper {
        kind,
        file: format!("client-{lang}{ending}.pdf"),
        title,
        recipient: Recipient::Client,
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

fn hold(words: &ClientTexts) -> Result<Hold, PaperError> {
    Ok(Hold {
        heading: plain(&words.hold.heading)?,
        text: words
            .hold
            .text
            .iter()
            .map(plain)
            .collect::<Result<_, _>>()?,
    })
}

fn next(
    sheet: &Sheet<'_>,
    words: &ClientTexts,
    jobs: &[(Job<'_>, CasePlan<'_>)],
) -> Result<List, PaperError> {
    let motions = jobs.iter().flat_map(|(_, plan)| &plan.motions);
    let asks = motions.flat_map(|motion| &motion.asks);
    let days = asks
        .filter_map(|ask| ask.finding.procedure.as_ref()?.notice_days)
        .max();
    let mut items = Vec::new();
    for step in &words.step {
        let mut text = plain(&step.text)?;
        // Beside a day that is counted, "no time" would be wrong of it.
        if let Some(no_time) = step.no_time.as_ref().filter(|_| days.is_none()) {
            text = format!("{text} {}", plain(no_time)?);
        }
        items.push(text);
    }
    if let Some(days) = days {
        // Mail is the slowest way, so the day that promises least.
        let first = sheet
            .as_of
            .saturating_add((i64::from(days) + BY_MAIL).days());
        let date = words::date(&words.dates, first.into())?;
        let values = Values::default().with("date", Value::word(date));
        items.push(Ink::default().text(&words.from_day, &values)?);
    }
    Ok(List {
        heading: plain(&words.next)?,
        items,
    })
}

fn what(
    sheet: &Sheet<'_>,
    words: &ClientTexts,
    jobs: &[(Job<'_>, CasePlan<'_>)],
) -> Result<What, PaperError> {
    let mut cases = Vec::new();
    let mut not_now = Vec::new();
    let (mut presumed, mut may) = (false, false);
    for (job, plan) in jobs {
        let mut part = Part {
            title: case(job, words)?,
            items: Vec::new(),
        };
        let mut said = Vec::new();
        for motion in &plan.motions {
            for ask in &motion.asks {
                presumed |= ask.opponent && !ask.finding.presumes.is_empty();
                may |= !ask.opponent && ask.finding.mode != Some(Mode::Entitled);
                let mut text = asked(sheet, words, ask)?;
                if motion.words.check.is_some() {
                    text = format!("{text} {}", plain(&words.lawyer_first)?);
                }
                said.push((offense(job, words, ask.count)?, text));
            }
        }
        for (of, text) in grouped(words, said)? {
            part.items.push(Item { of, text });
        }
        if !part.items.is_empty() {
            cases.push(part);
        }
        let mut left_out = Vec::new();
        for left in &plan.left_out {
            let language = match words == sheet.texts.client(Language::En) {
                true => Language::En,
                false => Language::Es,
            };
            let way = job.way(left.finding, language);
            let text = answer(words, left.why, left.finding, way)?;
            left_out.push((offense(job, words, left.count)?, text));
        }
        for (of, text) in grouped(words, left_out)? {
            not_now.push((case(job, words)?, of, text));
        }
    }
    Ok(What {
        heading: plain(&words.what)?,
        none: cases
            .is_empty()
            .then(|| plain(&words.nothing))
            .transpose()?,
        cases,
        presumed: match (presumed, may) {
            (true, _) => Some(plain(&words.presumed)?),
            (false, true) => Some(plain(&words.may)?),
            (false, false) => None,
        },
        not_now: (!not_now.is_empty())
            .then(|| {
                Ok(List {
                    heading: plain(&words.not_now)?,
                    items: not_now
                        .into_iter()
                        .map(|(case, of, text)| format!("{of}; {case}: {text}"))
                        .collect(),
                })
            })
            .transpose()?,
    })
}

/// Convictions of which the same is said stand in one line, equal ones once with their number.
fn grouped(
    words: &ClientTexts,
    said: Vec<(String, String)>,
) -> Result<Vec<(String, String)>, PaperError> {
    let mut groups: Vec<(String, Vec<(String, usize)>)> = Vec::new();
    for (of, text) in said {
        let at = groups.iter().position(|(other, _)| *other == text);
        let at = at.unwrap_or_else(|| {
            groups.push((text, Vec::new()));
            groups.len() - 1
        });
        let convictions = &mut groups[at].1;
        match convictions.iter_mut().find(|(other, _)| *other == of) {
            Some((_, times)) => *times += 1,
            None => convictions.push((of, 1)),
        }
    }
    let mut all = Vec::new();
    for (text, convictions) in groups {
        let mut names = Vec::new();
        for (of, times) in convictions {
            names.push(match times {
                1 => of,
                times => Ink::default().text(
                    &words.times,
                    &Values::default()
                        .with("offense", Value::word(of))
                        .with("times", Value::word(times.to_string())),
                )?,
            });
        }
        all.push((names.join(&words.comma), text));
    }
    Ok(all)
}

/// What is asked for; never what the client gets.
fn asked(sheet: &Sheet<'_>, words: &ClientTexts, ask: &Ask<'_>) -> Result<String, PaperError> {
    let finding = ask.finding;
    let missing = |text: &str| PaperError::Missing {
        pack: sheet.pack.to_owned(),
        text: text.to_owned(),
    };
    let relief = finding.relief.ok_or_else(|| missing("ask"))?;
    let wish = words.ask.get(&relief).ok_or_else(|| missing("ask"))?;
    let mut text = plain(wish)?;
    if let Some(fallback) = ask.alternative {
        let other = words.alternative.get(&fallback);
        let other = plain(other.ok_or_else(|| missing("alternative"))?)?;
        let values = Values::default().with("alternative", Value::word(other));
        text.push_str(&Ink::default().text(&words.or_instead, &values)?);
    }
    Ok(text)
}

/// Why there is no paper, in plain words.
fn answer(
    words: &ClientTexts,
    why: Why,
    finding: &Finding,
    way: String,
) -> Result<String, PaperError> {
    let status = &words.status;
    let named = match why {
        Why::NoPaper => Some(&status.no_paper),
        Why::Besides => Some(&status.besides),
        Why::Answer | Why::Path | Why::NoWords => None,
    };
    if let Some(phrase) = named {
        let values = Values::default().with("way", Value::word(way));
        return Ink::default().text(phrase, &values);
    }
    let phrase = match (why, finding.status) {
        (Why::Path, _) => &status.path,
        (Why::NoWords | Why::NoPaper | Why::Besides, _) | (Why::Answer, Status::Eligible) => {
            &status.no_words
        }
        (Why::Answer, Status::NotYet) => match finding.earliest {
            Some(day) => {
                let day = words::date(&words.dates, day.into())?;
                let values = Values::default().with("date", Value::word(day));
                return Ink::default().text(&status.not_yet, &values);
            }
            None => &status.not_yet_unknown,
        },
        (Why::Answer, Status::NotEligible) => &status.not_eligible,
        (Why::Answer, Status::NeedsFacts) => &status.needs_facts,
        (Why::Answer, Status::NeedsAttorney) => &status.needs_attorney,
        (Why::Answer, Status::AlreadyGranted) => &status.already_granted,
        (Why::Answer, Status::LikelyDone) => &status.likely_done,
    };
    plain(phrase)
}

fn case(job: &Job<'_>, words: &ClientTexts) -> Result<String, PaperError> {
    let (county, number) = (job.county(), job.number());
    let phrase = match (&county, &number) {
        (Some(_), Some(_)) => &words.case,
        (Some(_), None) => &words.case_no_number,
        (None, Some(_)) => &words.case_no_county,
        (None, None) => &words.case_unknown,
    };
    let values = Values::default()
        .with("county", county.unwrap_or_default())
        .with("number", number.unwrap_or_default());
    Ink::default().text(phrase, &values)
}

/// A conviction as the client's own record prints it, with its year.
fn offense(job: &Job<'_>, words: &ClientTexts, count: usize) -> Result<String, PaperError> {
    let count = job.count(count);
    let Some(section) = &count.section else {
        return plain(&words.offense_unknown);
    };
    let mut ink = Ink::default();
    let description = match count.description.as_deref().map(str::trim) {
        Some(text) if !text.is_empty() => ink.text(
            &words.description,
            &Values::default().with("description", Value::word(text)),
        )?,
        _ => String::new(),
    };
    let date = count.disposition.as_ref().and_then(|d| d.date);
    let year = match date {
        Some(date) => ink.text(
            &words.year,
            &Values::default().with("year", Value::word(date.earliest().year().to_string())),
        )?,
        None => String::new(),
    };
    ink.text(
        &words.offense,
        &Values::default()
            .with("section", Value::word(section.to_string()))
            .with("description", Value::word(description))
            .with("year", Value::word(year)),
    )
}

/// Warnings of the findings in plain words, in the pack's order; those the pack has no plain words for, as they are.
fn know(words: &ClientTexts, jobs: &[(Job<'_>, CasePlan<'_>)]) -> Result<List, PaperError> {
    let warnings: Vec<_> = jobs
        .iter()
        .flat_map(|(_, plan)| {
            let asks = plan.motions.iter().flat_map(|motion| &motion.asks);
            let open = plan.left_out.iter().map(|left| left.finding);
            asks.map(|ask| ask.finding)
                .chain(open.filter(|finding| finding.status == Status::Eligible))
        })
        .flat_map(|finding| &finding.warnings)
        .collect();
    let mut items = Vec::new();
    let warned = |code: &String| warnings.iter().any(|warning| warning.code == *code);
    for aside in &words.aside {
        if aside.within.as_ref().is_some_and(warned) {
            continue;
        }
        if aside.always || warned(&aside.code) {
            let text = plain(&aside.text)?;
            if !items.contains(&text) {
                items.push(text);
            }
        }
    }
    for warning in &warnings {
        let known = words.aside.iter().any(|aside| aside.code == warning.code);
        if !known && !items.contains(&warning.text) {
            items.push(warning.text.clone());
        }
    }
    Ok(List {
        heading: plain(&words.know)?,
        items,
    })
}
