//! Worked cases: a made-up record, the answers the law gives it, and the citation that says so.
//!
//! They are written by hand. Nothing in this program records an answer as right because the engine gave it.

use jiff::civil::Date;
use record::Record;
use record::findings::{Code, Mode, Path, Relief, Status};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::error::{LoadError, Problem};
use crate::file::TextFile;
use crate::place::Place;
use crate::route::Route;

/// One worked case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkedCase {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Why the answers are what they are.
    pub why: String,
    /// The law.
    pub cite: String,
    /// The day asked about.
    pub as_of: Date,
    /// The record.
    pub record: Record,
    /// The answers.
    #[serde(default)]
    pub expect: Vec<Expected>,
    /// Routes, by their ids in the pack, that say nothing at all.
    #[serde(default)]
    pub absent: Vec<String>,
    /// Where it stands in the pack.
    #[serde(skip)]
    pub place: Place,
}

/// What one finding must say. A key that is left out is open; `"none"` asks for no value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The route's id in the pack.
    pub route: Spanned<String>,
    /// The case; left out for an answer about the person.
    pub case: Option<usize>,
    /// The count; left out for an answer about the case.
    pub count: Option<usize>,
    /// The answer.
    pub status: Status,
    /// Why not.
    #[serde(default, deserialize_with = "open")]
    pub code: Wanted<Code>,
    /// The relief.
    #[serde(default, deserialize_with = "open")]
    pub relief: Wanted<Relief>,
    /// What remains of it.
    #[serde(default, deserialize_with = "open")]
    pub fallback: Wanted<Relief>,
    /// Whether it is owed.
    #[serde(default, deserialize_with = "open")]
    pub mode: Wanted<Mode>,
    /// The way in.
    #[serde(default, deserialize_with = "open")]
    pub path: Wanted<Path>,
    /// The first day it opens.
    pub earliest: Option<Date>,
    /// What is presumed, all of it.
    pub presumes: Option<Vec<String>>,
    /// What is asked first.
    pub first_question: Option<String>,
    /// Whether a lawyer should look.
    pub review: Option<bool>,
    /// Warnings that must be there.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Where it stands in the pack.
    #[serde(skip)]
    pub place: Place,
}

/// What a case asks of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted<T> {
    /// Nothing.
    #[default]
    Open,
    /// That there is none.
    Nothing,
    /// That it is this.
    This(T),
}

impl<T: PartialEq> Wanted<T> {
    /// Whether a value is what the case asks for.
    #[must_use]
    pub fn met(&self, value: Option<&T>) -> bool {
        match self {
            Self::Open => true,
            Self::Nothing => value.is_none(),
            Self::This(wanted) => value == Some(wanted),
        }
    }
}

// TOML has no null: the word `none` says it.
fn open<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Wanted<T>, D::Error> {
    let text = String::deserialize(from)?;
    if text == "none" {
        return Ok(Wanted::Nothing);
    }
    T::deserialize(serde::de::value::StringDeserializer::new(text)).map(Wanted::This)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Spanned<WorkedCase>>,
}

pub(crate) fn load(file: &TextFile, routes: &[Route]) -> Result<Vec<WorkedCase>, LoadError> {
    let cases: Cases = file.parse()?;
    let place = |at: usize| Place {
        file: file.name.clone(),
        line: file.line(at),
    };
    let mut placed = Vec::new();
    for case in cases.case {
        let at = case.span().start;
        let mut case = case.into_inner();
        case.place = place(at);
        for expected in &mut case.expect {
            expected.place = place(expected.route.span().start);
            if !routes
                .iter()
                .any(|route| &route.id == expected.route.get_ref())
            {
                let known = routes.iter().map(|route| route.id.as_str());
                let problem = Problem::unknown("route", expected.route.get_ref(), known);
                return Err(file.error_at(&expected.route, problem));
            }
        }
        let unknown = |route: &&String| !routes.iter().any(|known| &known.id == *route);
        if let Some(route) = case.absent.iter().find(unknown) {
            let known = routes.iter().map(|route| route.id.as_str());
            return Err(file.error(at..at, Problem::unknown("route", route, known)));
        }
        if case.expect.is_empty() && case.absent.is_empty() {
            let problem = "a worked case expects something".to_owned();
            return Err(file.error(at..at, Problem::Value(problem)));
        }
        placed.push(case);
    }
    Ok(placed)
}
