//! A paper on the court's own form, where the office has the blank. What a field means is the pack's; what nobody was asked
//! stays blank.

mod attached;
mod facts;
mod table;
mod ticks;

pub(crate) use facts::{parts as city_line, text as fact};

use std::collections::BTreeMap;

use forms::{Entry, Fill, Given, More, Values as Fields};
use packs::forms::{Edition, Fact, FormSheet, Role};
use record::findings::RouteId;

use crate::filer;
use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::MotionPlan;
use crate::{Blank, FormUsed, PaperError, Signature, pleading};

pub(crate) use attached::declaration;

use facts::{court, judgments, text};
use ticks::{says, ticked};

/// How many labels of blank fields are listed one by one; behind them only their number.
const LISTED: usize = 6;

/// A filled form.
pub(crate) struct Official {
    pub(crate) title: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) pages: usize,
    pub(crate) signs: Vec<Signature>,
    pub(crate) blanks: Vec<Blank>,
    pub(crate) form: FormUsed,
}

/// Fills the court's form for a paper; none where the office has no blank of it, or the form cannot say what the paper must.
///
/// # Errors
/// The pack's words do not fit, or the form cannot be written.
pub(crate) fn write(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    role: Role,
    ink: &mut Ink,
) -> Result<Option<Official>, PaperError> {
    let served = |sheet: &FormSheet| {
        let mut all = sheet.serves.iter();
        let serves = all.find(|serves| {
            serves.route == plan.words.route.0
                && serves.paper == role
                && serves.juvenile == plan.juvenile
        });
        serves.map(|serves| serves.persons)
    };
    // A page for practice must say so, and a court's form has no room for that.
    let Some(library) = job.library.filter(|_| !job.training) else {
        return Ok(None);
    };
    // Where more are served than it has room for, ours serves.
    let others = [job.serve_probation(plan), job.serve_arresting(plan)];
    let persons_served = others.into_iter().fold(1, |all, also| all + u8::from(also));
    let fits = |persons: u8, edition: &Edition| match role {
        Role::Service => persons_served <= persons,
        Role::Motion => !job.noticed(plan) && plan.asks.iter().all(|ask| says(job, edition, ask)),
        Role::Order => true,
    };
    // The first that the office has a blank of and that has room for what the paper must say.
    let found = job.sheets().into_iter().find_map(|sheet| {
        let persons = served(sheet)?;
        let (entry, edition) = library.find(sheet, job.as_of)?;
        fits(persons, edition).then_some((sheet, entry, edition))
    });
    let Some((sheet, entry, edition)) = found else {
        return Ok(None);
    };
    let form = Form {
        sheet,
        entry,
        edition,
    };
    form.fill(job, plan, None, ink, |written| {
        let mut more = Vec::new();
        if role == Role::Motion {
            more = table::more(job, plan, edition, &entry.blank, written)?;
            more.extend(table::list(job, plan, edition, written)?);
            more.extend(table::some_free(job, plan, edition, written)?);
        }
        Ok(more)
    })
}

/// The court's form for a person who cannot pay a fee that a way asked for here has: none where none is known, or the
/// office has no blank of it. Nothing about money is on it: the client swears to that.
///
/// # Errors
/// The pack's words do not fit, or the form cannot be written.
pub(crate) fn fee(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    ink: &mut Ink,
) -> Result<Option<Official>, PaperError> {
    let number = plan.asks.iter().find_map(|ask| job.fee_form(ask.finding));
    // As for other forms: a page for practice must say so.
    let library = job.library.filter(|_| !job.training);
    let Some((number, library)) = number.zip(library) else {
        return Ok(None);
    };
    let sheets = job.sheets();
    let sheet = sheets.into_iter().find(|sheet| sheet.number == number);
    let found = sheet.and_then(|sheet| Some((sheet, library.find(sheet, job.as_of)?)));
    let Some((sheet, (entry, edition))) = found else {
        return Ok(None);
    };
    let form = Form {
        sheet,
        entry,
        edition,
    };
    form.fill(job, plan, None, ink, |_| Ok(Vec::new()))
}

/// A form of the office's, with what the pack says of it.
#[derive(Clone, Copy)]
struct Form<'a> {
    sheet: &'a FormSheet,
    entry: &'a Entry,
    edition: &'a Edition,
}

impl Form<'_> {
    /// Fills it; none where it cannot say what the paper must.
    fn fill(
        self,
        job: &Job<'_>,
        plan: &MotionPlan<'_>,
        own_words: Option<&Value>,
        ink: &mut Ink,
        more: impl FnOnce(&mut Ink) -> Result<Vec<More>, PaperError>,
    ) -> Result<Option<Official>, PaperError> {
        let Self {
            sheet,
            entry,
            edition,
        } = self;
        let labels: BTreeMap<&str, String> = entry
            .blank
            .fields()
            .iter()
            .map(|field| {
                let label = field.label.as_deref().unwrap_or(&field.name);
                (field.name.as_str(), short(label))
            })
            .collect();
        let label = |field: &str| labels.get(field).cloned().unwrap_or_default();
        let mut written = Ink::default();
        let mut fields = Fields::new();
        for (name, fact) in &edition.text {
            let field = edition.field(name);
            let value = match (fact, own_words) {
                (Fact::DeclarationBody, Some(words)) => Some(words.clone()),
                (Fact::JudgmentDate, _) => judgments(job, plan, edition.rows())?,
                _ => text(job, plan, fact, &mut written)?,
            };
            if let Some(value) = value
                && !value.text.trim().is_empty()
            {
                let value = written.put(&label(&field), &value);
                fields.insert(field, Given::Text(value));
            }
        }
        for (name, when) in &edition.tick {
            let from = ticked(job, plan, when);
            if !from.is_empty() {
                let field = edition.field(name);
                let tick = Value {
                    text: "X".to_owned(),
                    from,
                };
                written.put(&label(&field), &tick);
                fields.insert(field, Given::Tick(true));
            }
        }
        let overflow = attached::overflow(job, plan)?;
        let how = Fill {
            form: sheet.number.clone(),
            heading: heading(job, plan)?,
            items: (edition.item.iter())
                .filter(|(_, item)| !item.label.is_empty())
                .map(|(name, item)| (edition.field(name), item.label.clone()))
                .collect(),
            begun: (edition.text.iter())
                .filter(|(_, fact)| matches!(fact, Fact::PersonName))
                .map(|(name, _)| edition.field(name))
                .collect(),
            more: more(&mut written)?,
            attachment: overflow
                .as_ref()
                .map(|overflow| overflow.attachment.clone()),
            ..Fill::default()
        };
        let unwritable = |_| PaperError::Form {
            form: sheet.number.clone(),
        };
        let filled = entry.blank.fill(&fields, &how).map_err(unwritable)?;
        // A value that the form does not take would be missing: our own paper says it, or says why it cannot.
        if !filled.refused.is_empty() {
            return Ok(None);
        }
        let attached = overflow.filter(|_| filled.pages > entry.blank.pages());
        let attached = attached.map(|overflow| {
            written.join(overflow.ink);
            overflow.form.used(job, None)
        });
        ink.join(written);
        Ok(Some(Official {
            title: format!("{} {}", sheet.number, sheet.title),
            bytes: filled.filing,
            pages: filled.pages,
            signs: signs(edition, &entry.blank),
            blanks: blanks(job, plan, edition, &label),
            form: self.used(job, attached),
        }))
    }

    /// Which revision of it a paper is on.
    fn used(self, job: &Job<'_>, attached: Option<FormUsed>) -> FormUsed {
        FormUsed {
            number: self.sheet.number.clone(),
            revision: self.edition.date,
            sha256: self.entry.identity.sha256.clone(),
            check_by: self.edition.check_by,
            newer: self.sheet.newer(self.edition.date, job.as_of),
            described: job
                .library
                .and_then(|library| library.description(&self.sheet.number))
                .map(str::to_owned),
            attached: attached.map(Box::new),
        }
    }
}

/// Where the form is signed: on the page of a field that stands beside the line.
fn signs(edition: &Edition, blank: &forms::Blank) -> Vec<Signature> {
    let mut signs: Vec<Signature> = (edition.sign.iter())
        .filter_map(|(name, by)| {
            let name = edition.field(name);
            let field = blank.fields().iter().find(|field| field.name == name)?;
            Some(Signature {
                by: *by,
                page: field.page()?,
            })
        })
        .collect();
    signs.sort_by_key(|sign| (sign.page, sign.by));
    signs
}

/// Whose a continuation page is: court, case and party, as a clerk files it.
fn heading(job: &Job<'_>, plan: &MotionPlan<'_>) -> Result<Vec<String>, PaperError> {
    let words = &job.texts.filing;
    let mut ink = Ink::default();
    let name = filer::name(&job.record.person.name);
    let mut lines = vec![pleading::court(job, &mut ink)?];
    lines.push(format!("{}: {}", plan.words.capacity, name.text));
    if let Some(number) = job.number() {
        let number = Values::default().with("number", number);
        lines.push(ink.text(&words.caption.number, &number)?);
    }
    Ok(lines)
}

/// What the form leaves to people, by who fills it. What belongs to a way that the paper does not ask by is nobody's to fill.
fn blanks(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    edition: &Edition,
    label: &impl Fn(&str) -> String,
) -> Vec<Blank> {
    let mut by_why: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, why) in &edition.blank {
        let item = edition.item.get(name);
        let matters = item.is_none_or(|item| {
            let asked = |route: &RouteId| plan.asks.iter().any(|ask| ask.finding.route == *route);
            let settled = |when| !ticked(job, plan, when).is_empty();
            !item.label.is_empty()
                && item.route.as_ref().is_none_or(asked)
                && !item.unless.as_ref().is_some_and(settled)
        });
        if matters {
            let what = item.map_or_else(|| label(&edition.field(name)), |item| item.label.clone());
            by_why.entry(why).or_default().push(what);
        }
    }
    let mut blanks: Vec<Blank> = by_why
        .into_iter()
        .map(|(why, mut what)| {
            what.dedup();
            let more = what.len().saturating_sub(LISTED);
            if more > 1 {
                what.truncate(LISTED);
                what.push(format!("+{more}"));
            }
            Blank {
                what: what.join("; "),
                why: why.to_owned(),
            }
        })
        .collect();
    let asked = edition
        .text
        .values()
        .any(|fact| matches!(fact, Fact::CourtStreet | Fact::CourtBlock));
    if asked && court(job, 0).is_none() {
        let words = &job.texts.cover.blank;
        blanks.push(Blank {
            what: words.court_address.clone(),
            why: words.court_address_why.clone(),
        });
    }
    blanks
}

/// A label short enough for a list.
fn short(label: &str) -> String {
    let label = label.trim_end_matches([':', ' ']);
    let mut short: String = label.chars().take(60).collect();
    if short.len() < label.len() {
        short.push('…');
    }
    short
}
