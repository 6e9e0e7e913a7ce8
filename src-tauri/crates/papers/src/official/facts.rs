//! What a form's fields say: each fact of a map, with where it came from.

use packs::courts::Confidence;
use packs::forms::Fact;
use record::PartialDate;

use super::table;
use crate::filer::{self, Filer};
use crate::ink::{Ink, Value, Values};
use crate::job::Job;
use crate::plan::MotionPlan;
use crate::{PaperError, words};

/// What a fact says; none where nobody said it.
///
/// # Errors
/// The pack's words do not fit.
pub(crate) fn text(
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
        (Fact::AttorneyName, Filer::Attorney { .. }) => {
            filer.attorneys("name", |attorney| Some(&attorney.name))
        }
        (Fact::AttorneyLine, Filer::Attorney { .. }) => attorney_line(job, filer),
        (Fact::AttorneyName | Fact::AttorneyLine, Filer::InPerson { .. } | Filer::Open) => None,
        (Fact::ClientStreet, _) => Address::home(job).street,
        (Fact::ClientCity, _) => Address::home(job).city,
        (Fact::ClientState, _) => Address::home(job).state,
        (Fact::ClientZip, _) => Address::home(job).zip,
        (Fact::ClientCityLine, _) => Address::home(job).last,
        (Fact::ClientPhone, _) => job
            .answers
            .and_then(|answers| answers.contact.as_ref()?.phone.as_ref())
            .map(|phone| Value::new(phone, "answers.contact.phone")),
        (Fact::CourtCounty, _) => job.county(),
        (Fact::CourtStreet, _) => court(job, 0),
        (Fact::CourtCity, _) => court(job, 1),
        (Fact::CourtBlock, _) => {
            let parts = [job.county(), court(job, 0), court(job, 1)];
            join(parts.into_iter().flatten(), "\n")
        }
        (Fact::CaseNumber, _) => job.number(),
        (Fact::PersonName, _) => Some(name()),
        (Fact::PersonGiven, _) => part(job.record.person.name.given.as_ref(), "given"),
        (Fact::PersonMiddle, _) => part(job.record.person.name.middle.as_ref(), "middle"),
        (Fact::PersonFamily, _) => part(job.record.person.name.family.as_ref(), "family"),
        (Fact::PersonBorn, _) => dated(job, job.record.person.born, "person.born".to_owned())?,
        (Fact::JudgmentDate, _) => judgments(job, plan, 0)?,
        (Fact::ArrestDate, _) => {
            let arrest = arrest(job);
            dated(
                job,
                arrest.and_then(|arrest| arrest.date),
                arrested(job, "date"),
            )?
        }
        (Fact::ArrestAgency, _) => arrest(job)
            .and_then(|arrest| arrest.agency.as_ref())
            .map(|agency| Value::new(agency, arrested(job, "agency"))),
        (Fact::ArrestNumber, _) => arrest(job)
            .and_then(|arrest| arrest.number.as_ref())
            .map(|number| Value::new(number, arrested(job, "number"))),
        (Fact::ArrestOffenses, _) => offenses(job)?,
        // Whoever attaches the form fills these: no fact of the case.
        (
            Fact::AttachmentBody
            | Fact::AttachmentNumber
            | Fact::AttachmentPage
            | Fact::AttachmentPages
            | Fact::DeclarationBody,
            _,
        ) => None,
        (Fact::Row(row, column), _) => table::cell(job, plan, *row, *column),
        (Fact::Words(words), _) if words.contains("{name}") => {
            let name = name();
            (!name.text.is_empty()).then(|| Value {
                text: words.replace("{name}", &name.text),
                from: name.from,
            })
        }
        (Fact::Words(words), _) => Some(Value::word(words)),
    })
}

/// Values one behind another; none where there is none.
fn join(values: impl Iterator<Item = Value>, between: &str) -> Option<Value> {
    let mut all: Vec<Value> = Vec::new();
    for value in values {
        match all.iter_mut().find(|other| other.text == value.text) {
            Some(same) => same.from.extend(value.from),
            None => all.push(value),
        }
    }
    let texts: Vec<&str> = all.iter().map(|value| value.text.as_str()).collect();
    let text = texts.join(between);
    let from = all.into_iter().flat_map(|value| value.from).collect();
    (!text.is_empty()).then_some(Value { text, from })
}

fn part(name: Option<&String>, key: &str) -> Option<Value> {
    Some(Value::new(name?, format!("person.name.{key}")))
}

fn dated(
    job: &Job<'_>,
    date: Option<PartialDate>,
    path: String,
) -> Result<Option<Value>, PaperError> {
    let date = date.map(|date| words::date(&job.texts.filing.dates, date));
    Ok(date.transpose()?.map(|date| Value::new(date, path)))
}

/// The days of the judgments on all convictions of the paper, where every one is known; where they differ, each with its conviction and
/// the row of the form's table that it stands in.
pub(super) fn judgments(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    rows: u8,
) -> Result<Option<Value>, PaperError> {
    let mut days = Vec::new();
    for count in plan.counts() {
        let date = job.count(count).disposition.as_ref().and_then(|d| d.date);
        let path = format!("{}.disposition.date", job.path(count));
        match dated(job, date, path)? {
            Some(day) => days.push((count, day)),
            None => return Ok(None),
        }
    }
    let differ = days.windows(2).any(|two| two[0].1.text != two[1].1.text);
    if differ {
        // Which conviction each day belongs to.
        for (count, day) in &mut days {
            let offense = words::offense(&job.texts.filing, job.count(*count), &job.path(*count))?;
            let number = plan.number(*count);
            let values = Values::default()
                .with("number", Value::word(number.to_string()))
                .with("offense", offense.unwrap_or_default())
                .with("day", Value::word(day.text.as_str()));
            let words = &job.texts.filing.form;
            let phrase = if number <= usize::from(rows) {
                &words.day_of_row
            } else {
                &words.day_of
            };
            day.text = Ink::default().text(phrase, &values)?;
        }
    }
    // No field for a day holds several with their convictions: each has its line on the page that does.
    Ok(join(days.into_iter().map(|(_, day)| day), "\n"))
}

/// The case's arrest, where it has exactly one: of several nobody says which is meant.
fn arrest<'a>(job: &Job<'a>) -> Option<&'a record::Arrest> {
    match job.case.arrests.as_deref() {
        Some([arrest]) => Some(arrest),
        _ => None,
    }
}

fn arrested(job: &Job<'_>, key: &str) -> String {
    format!("cases[{}].arrests[0].{key}", job.index)
}

fn offenses(job: &Job<'_>) -> Result<Option<Value>, PaperError> {
    let mut all = Vec::new();
    for (n, count) in job.case.counts.iter().enumerate() {
        match words::offense(&job.texts.filing, count, &job.path(n))? {
            Some(offense) => all.push(offense),
            None => return Ok(None),
        }
    }
    Ok(join(all.into_iter(), "; "))
}

/// Who represents the client, in one line.
fn attorney_line(job: &Job<'_>, filer: Filer<'_>) -> Option<Value> {
    let address = job.clinic.address.iter().enumerate();
    let address = address.map(|(n, line)| Value::new(line, format!("clinic.address[{n}]")));
    let phone = filer
        .attorneys("phone", |attorney| attorney.phone.as_ref())
        .or_else(|| Some(Value::new(job.clinic.phone.as_ref()?, "clinic.phone")));
    let bar = filer.attorneys("bar", |attorney| attorney.bar.as_ref());
    let first = filer.attorneys("name", |attorney| Some(&attorney.name));
    let office = Value::new(&job.clinic.name, "clinic.name");
    let parts = first.into_iter().chain([office]).chain(address);
    join(parts.chain(phone).chain(bar), ", ")
}

/// Street or city of the court, from the table of courts; left to people where the table is not sure of the building.
pub(super) fn court(job: &Job<'_>, part: usize) -> Option<Value> {
    let county = job.county()?;
    let court = job
        .courthouse()
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
    /// City, state and ZIP code, as they stand in one line.
    last: Option<Value>,
}

impl Address {
    fn home(job: &Job<'_>) -> Self {
        Self::of(Filer::InPerson {
            contact: job.answers.and_then(|answers| answers.contact.as_ref()),
        })
    }

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
                last: Some(Value::new(line, at(last))),
            },
            // A line that is not `City, ST 12345` stays whole.
            (None, false) => Self {
                street: street(before),
                city: Some(Value::new(line, at(last))),
                last: Some(Value::new(line, at(last))),
                ..Self::default()
            },
            (None, true) => Self {
                street: street(&said),
                ..Self::default()
            },
        }
    }
}

/// `City, ST 12345`, `City, ST 12345-6789` or `City, State 12345` in its parts.
pub(crate) fn parts(line: &str) -> Option<[&str; 3]> {
    let (rest, zip) = line.rsplit_once(' ')?;
    let rest = rest.trim_end();
    let long = rest.rsplit_once(", ").filter(|(_, state)| {
        let letters = |c: char| c.is_ascii_alphabetic() || c == ' ';
        state.len() > 3
            && state.starts_with(|c: char| c.is_ascii_uppercase())
            && state.chars().all(letters)
    });
    let (city, state) = long.or_else(|| rest.rsplit_once([' ', ',']))?;
    let digits = zip.bytes().filter(u8::is_ascii_digit).count();
    let zip_like = matches!((zip.len(), digits), (5, 5) | (10, 9));
    let state_like =
        long.is_some() || state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase());
    let city = city.trim_end_matches([' ', ',']);
    (zip_like && state_like && !city.is_empty()).then_some([city, state, zip])
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
        assert_eq!(
            parts("Oakland, California 94607"),
            Some(["Oakland", "California", "94607"])
        );
        for line in ["Oakland", "CA 94607", "PO Box 12345", ""] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
