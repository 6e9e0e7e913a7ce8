//! Reads the parts of a pack that refer to each other, and the tables that other modules read.

use crate::error::{LoadError, Problem};
use crate::file::{Files, TextFile};
use crate::limit::Limits;
use crate::offense::{self, Offenses};
use crate::papers::PaperTexts;
use crate::route::Route;
use crate::routes::{Around, RawRoute};
use crate::section::Codes;
use crate::source::Sources;
use crate::test::Terms;
use crate::words::Texts;

pub(crate) fn read_routes(
    files: &Files,
    codes: &Codes,
    limits: &Limits,
    offenses: &Offenses,
    sources: &Sources,
    texts: &Texts,
    forms: &[String],
) -> Result<Vec<Route>, LoadError> {
    let mut raw: Vec<(&TextFile, RawRoute)> = Vec::new();
    for file in files.under("routes") {
        let route: RawRoute = file.parse()?;
        if raw
            .iter()
            .any(|(_, other)| other.id().get_ref() == route.id().get_ref())
        {
            return Err(offense::twice(file, "the route", route.id()));
        }
        raw.push((file, route));
    }
    // By the order of work, so that numbers, findings and the book follow it.
    raw.sort_by(|(_, a), (_, b)| (a.order(), a.id().get_ref()).cmp(&(b.order(), b.id().get_ref())));
    follow(&raw)?;
    let ids: Vec<String> = raw
        .iter()
        .map(|(_, route)| route.id().get_ref().clone())
        .collect();
    raw.into_iter()
        .map(|(file, route)| {
            let terms = Terms {
                file,
                codes,
                limits,
                offenses,
                quantified: std::cell::Cell::new(0),
            };
            route.resolve(&Around {
                terms,
                sources,
                texts,
                ids: &ids,
                forms,
            })
        })
        .collect()
}

// Who follows another route follows one that decides: never itself, and never one that follows in turn.
fn follow(raw: &[(&TextFile, RawRoute)]) -> Result<(), LoadError> {
    for (file, route) in raw {
        let Some(like) = route.follows() else {
            continue;
        };
        let other = raw
            .iter()
            .find(|(_, other)| other.id().get_ref() == like.get_ref());
        let problem = match other {
            Some((_, other)) if other.follows().is_some() => Problem::Cycle {
                kind: "routes",
                round: format!("{}, {}", route.id().get_ref(), like.get_ref()),
            },
            Some((_, other)) if !other.has_rules() => Problem::Value(format!(
                "`{}` has no table that another route could follow",
                like.get_ref()
            )),
            // One that is not known is refused with the nearest that is, when it is resolved.
            _ => continue,
        };
        return Err(file.error_at(like, problem));
    }
    Ok(())
}

pub(crate) fn read_papers(files: &Files) -> Result<Option<PaperTexts>, LoadError> {
    if files.under("papers").next().is_none() {
        return Ok(None);
    }
    let filing = files.need("papers/filing.toml")?;
    let cover = files.need("papers/cover.toml")?;
    let sheets = files.need("papers/sheets.toml")?;
    let en = files.need("papers/client.en.toml")?;
    let es = files.need("papers/client.es.toml")?;
    let told = files.need("papers/told.es.toml")?;
    let bulk = files.get("papers/bulk.toml");
    PaperTexts::parse(
        &filing.text,
        &cover.text,
        &sheets.text,
        &en.text,
        &es.text,
        &told.text,
        bulk.map(|file| file.text.as_str()),
    )
    .map(Some)
    .map_err(|error| filing.error(0..0, Problem::Shape(error.to_string())))
}

// A table that another module reads; its own message says what is wrong.
pub(crate) fn beside<T, E: std::fmt::Display>(
    file: Option<&TextFile>,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<Option<T>, LoadError> {
    file.map(|file| {
        parse(&file.text).map_err(|error| {
            let message = error.to_string();
            // The parser's own message names the line in words.
            let (_, rest) = message.split_once("line ").unwrap_or_default();
            let line: String = rest.chars().take_while(char::is_ascii_digit).collect();
            LoadError::At {
                file: file.name.clone(),
                line: line.parse().unwrap_or(1),
                problem: Problem::shape(&message.replace('\n', " ")),
            }
        })
    })
    .transpose()
}
