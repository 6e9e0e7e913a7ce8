//! A paper on the court's own form, where the office has the blank. What a field means is the pack's; what nobody was asked
//! stays blank.

use std::collections::BTreeMap;

use forms::{Fill, Given, Values as Fields};
use packs::courts::Confidence;
use packs::forms::{Choice, Edition, Fact, FormSheet, Role, When};

use crate::filer::{self, Filer};
use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::{Ask, MotionPlan};
use crate::{Blank, FormUsed, PaperError};

/// A filled form.
pub(crate) struct Official {
    pub(crate) title: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) pages: usize,
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
    let serves = |sheet: &&FormSheet| {
        sheet.serves.iter().any(|serves| {
            serves.route == plan.words.route.0
                && serves.paper == role
                && serves.juvenile == plan.juvenile
        })
    };
    // A page for practice must say so, and a court's form has no room for that.
    let Some(library) = job.library.filter(|_| !job.training) else {
        return Ok(None);
    };
    let Some(sheet) = job.forms.iter().find(serves) else {
        return Ok(None);
    };
    let Some((entry, edition)) = library.find(sheet, job.as_of) else {
        return Ok(None);
    };
    // It names one person served; where two are, ours does.
    let two = role == Role::Service && job.serve_probation();
    if two || role == Role::Motion && !plan.asks.iter().all(|ask| says(job, edition, ask)) {
        return Ok(None);
    }
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
        if let Some(value) = text(job, plan, fact, &mut written)?
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
    let how = Fill {
        form: sheet.number.clone(),
        heading: [Some(filer::name(&job.record.person.name)), job.number()]
            .into_iter()
            .flatten()
            .map(|value| value.text)
            .collect(),
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
    ink.join(written);
    Ok(Some(Official {
        title: format!("{} {}", sheet.number, sheet.title),
        bytes: filled.filing,
        pages: filled.pages,
        blanks: blanks(job, edition, &label),
        form: FormUsed {
            number: sheet.number.clone(),
            revision: edition.date,
            sha256: entry.identity.sha256.clone(),
            check_by: edition.check_by,
        },
    }))
}

/// Whether the form has a box for what is asked about a count. An attempt, or an offense behind another, has none.
fn says(job: &Job<'_>, edition: &Edition, ask: &Ask<'_>) -> bool {
    let boxes = edition.tick.values();
    boxes
        .filter(|when| matches!(when, When::Section { .. }))
        .any(|when| section(job, when, ask))
}

fn section(job: &Job<'_>, when: &When, ask: &Ask<'_>) -> bool {
    let When::Section { code, base } = when else {
        return false;
    };
    let count = job.count(ask.count);
    let same = |section: &record::Section| section.code() == code && section.base() == base;
    count.section.as_ref().is_some_and(same)
        && count.attempt != Some(true)
        && count.target.is_none()
}

/// The facts that tick a box; none where it stays empty.
fn ticked(job: &Job<'_>, plan: &MotionPlan<'_>, when: &When) -> Vec<String> {
    match when {
        When::Path(path) if plan.words.path == *path => plan
            .asks
            .iter()
            .map(|ask| format!("findings[{}].path", ask.index))
            .collect(),
        When::Path(_) => Vec::new(),
        When::Section { .. } => plan
            .asks
            .iter()
            .filter(|ask| section(job, when, ask))
            .map(|ask| format!("{}.section", job.path(ask.count)))
            .collect(),
        When::Chosen(choice) => {
            let made = job.answers.and_then(|answers| answers.elections.as_ref());
            let (chosen, key) = match choice {
                Choice::OriginalJudge => (
                    made.and_then(|e| e.waive_original_judge),
                    "waive_original_judge",
                ),
                Choice::Appearance => (made.and_then(|e| e.waive_appearance), "waive_appearance"),
            };
            let chosen = (chosen == Some(true)).then(|| format!("answers.elections.{key}"));
            chosen.into_iter().collect()
        }
    }
}

fn text(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    fact: &Fact,
    ink: &mut Ink,
) -> Result<Option<Value>, PaperError> {
    let name = || filer::name(&job.record.person.name);
    let filer = Filer::of(job.clinic, job.answers);
    Ok(match (fact, filer) {
        (Fact::FilerBar, _) => filer.attorneys("bar", |attorney| attorney.bar.as_ref()),
        (Fact::FilerFirm, Filer::InPerson { .. }) => None,
        (Fact::FilerName | Fact::SignerName, Filer::Attorney { .. }) => {
            filer.attorneys("name", |attorney| Some(&attorney.name))
        }
        (Fact::FilerName | Fact::SignerName, Filer::InPerson { .. }) => Some(name()),
        (Fact::FilerFirm, Filer::Attorney { clinic, .. }) => {
            Some(Value::new(&clinic.name, "clinic.name"))
        }
        (Fact::FilerStreet, _) => Address::of(filer).street,
        (Fact::FilerCity, _) => Address::of(filer).city,
        (Fact::FilerState, _) => Address::of(filer).state,
        (Fact::FilerZip, _) => Address::of(filer).zip,
        (Fact::FilerPhone, Filer::Attorney { clinic, .. }) => filer
            .attorneys("phone", |attorney| attorney.phone.as_ref())
            .or_else(|| Some(Value::new(clinic.phone.as_ref()?, "clinic.phone"))),
        (Fact::FilerPhone, Filer::InPerson { contact }) => contact
            .and_then(|contact| contact.phone.as_ref())
            .map(|phone| Value::new(phone, "answers.contact.phone")),
        (Fact::FilerEmail, Filer::Attorney { .. }) => {
            filer.attorneys("email", |attorney| attorney.email.as_ref())
        }
        (Fact::FilerEmail, Filer::InPerson { contact }) => contact
            .and_then(|contact| contact.email.as_ref())
            .map(|email| Value::new(email, "answers.contact.email")),
        (Fact::FilerFor, Filer::Attorney { .. }) => Some(name()),
        (Fact::FilerFor, Filer::InPerson { .. }) => {
            let values =
                Values::default().with("capacity", Value::word(plan.words.capacity.as_str()));
            Some(Value::word(
                ink.text(&job.texts.filing.party.in_person, &values)?,
            ))
        }
        // Nobody said who files: what is about that person stays blank.
        (
            Fact::FilerName
            | Fact::SignerName
            | Fact::FilerFirm
            | Fact::FilerPhone
            | Fact::FilerEmail
            | Fact::FilerFor,
            Filer::Open,
        ) => None,
        (Fact::CourtCounty, _) => job.county(),
        (Fact::CourtStreet, _) => court(job, 0),
        (Fact::CourtCity, _) => court(job, 1),
        (Fact::CaseNumber, _) => job.number(),
        (Fact::PersonName, _) => Some(name()),
    })
}

/// Street or city of the court, from the table of courts; left to people where the table is not sure of the building.
fn court(job: &Job<'_>, part: usize) -> Option<Value> {
    let county = job.county()?;
    let court = job
        .court()
        .filter(|court| court.confidence != Confidence::Verify)?;
    let (city, street) = court.address.split_last()?;
    let text = if part == 0 {
        street.join(", ")
    } else {
        city.clone()
    };
    Some(Value {
        text,
        from: county.from,
    })
}

/// An address in the parts that a form asks for.
#[derive(Default)]
struct Address {
    street: Option<Value>,
    city: Option<Value>,
    state: Option<Value>,
    zip: Option<Value>,
}

impl Address {
    fn of(filer: Filer<'_>) -> Self {
        let (lines, path) = match filer {
            Filer::Attorney { clinic, .. } => (clinic.address.as_slice(), "clinic.address"),
            Filer::InPerson { contact } => (
                contact
                    .and_then(|contact| contact.address.as_deref())
                    .unwrap_or_default(),
                "answers.contact.address",
            ),
            Filer::Open => return Self::default(),
        };
        let said: Vec<(usize, &str)> = lines
            .iter()
            .enumerate()
            .map(|(n, line)| (n, line.trim()))
            .filter(|(_, line)| !line.is_empty())
            .collect();
        let Some((&(last, line), before)) = said.split_last() else {
            return Self::default();
        };
        let at = |n: usize| format!("{path}[{n}]");
        let street = |lines: &[(usize, &str)]| {
            let words: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
            (!words.is_empty()).then(|| Value {
                text: words.join(", "),
                from: lines.iter().map(|(n, _)| at(*n)).collect(),
            })
        };
        match (parts(line), before.is_empty()) {
            (Some([city, state, zip]), _) => Self {
                street: street(before),
                city: Some(Value::new(city, at(last))),
                state: Some(Value::new(state, at(last))),
                zip: Some(Value::new(zip, at(last))),
            },
            // A line that is not `City, ST 12345` stays whole.
            (None, false) => Self {
                street: street(before),
                city: Some(Value::new(line, at(last))),
                ..Self::default()
            },
            (None, true) => Self {
                street: street(&said),
                ..Self::default()
            },
        }
    }
}

/// `City, ST 12345` or `City, ST 12345-6789` in its parts.
fn parts(line: &str) -> Option<[&str; 3]> {
    let (rest, zip) = line.rsplit_once(' ')?;
    let (city, state) = rest.trim_end().rsplit_once([' ', ','])?;
    let digits = zip.bytes().filter(u8::is_ascii_digit).count();
    let zip_like = matches!((zip.len(), digits), (5, 5) | (10, 9));
    let state_like = state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase());
    let city = city.trim_end_matches([' ', ',']);
    (zip_like && state_like && !city.is_empty()).then_some([city, state, zip])
}

/// What the form leaves to people, by who fills it.
fn blanks(job: &Job<'_>, edition: &Edition, label: &impl Fn(&str) -> String) -> Vec<Blank> {
    let mut by_why: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, why) in &edition.blank {
        by_why
            .entry(why)
            .or_default()
            .push(label(&edition.field(name)));
    }
    let mut blanks: Vec<Blank> = by_why
        .into_iter()
        .map(|(why, mut what)| {
            what.dedup();
            Blank {
                what: what.join("; "),
                why: why.to_owned(),
            }
        })
        .collect();
    let asked = edition.text.values().any(|fact| *fact == Fact::CourtStreet);
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

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn an_address_line_is_taken_apart_only_where_it_is_plain() {
        assert_eq!(
            parts("San Luis Obispo, CA 93408"),
            Some(["San Luis Obispo", "CA", "93408"])
        );
        assert_eq!(
            parts("Reno NV 89501-1234"),
            Some(["Reno", "NV", "89501-1234"])
        );
        for line in [
            "Oakland",
            "CA 94607",
            "Oakland, California 94607",
            "PO Box 12345",
            "",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
