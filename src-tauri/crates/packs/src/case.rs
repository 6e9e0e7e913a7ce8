//! Worked cases: a made-up record, the answers the law gives it, and the citation that says so.
//!
//! They are written by hand. Nothing in this program records an answer as right because the engine gave it. A case stands alone
//! with its whole record, or as a row of a [table](table) that shares one.

mod table;

use std::collections::HashSet;

use jiff::civil::Date;
use record::Record;
use record::findings::{Code, Mode, Path, Relief, Status};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::door::Scope;
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
    #[serde(skip)]
    pub route: String,
    #[serde(rename = "route")]
    one: Option<Spanned<String>>,
    // Routes that share the expectation: it is one for each.
    #[serde(default)]
    routes: Vec<Spanned<String>>,
    /// The case; left out for an answer about the person.
    pub case: Option<usize>,
    /// The count; left out for an answer about the case.
    pub count: Option<usize>,
    // Counts that share the expectation: it is one for each.
    #[serde(default)]
    counts: Vec<usize>,
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
    /// What is asked, all of it; an empty list says that nothing is.
    pub questions: Option<Vec<String>>,
    /// Its place in the order of work among the routes that the case names.
    pub rank: Option<u32>,
    /// Whether a lawyer should look.
    pub review: Option<bool>,
    /// Warnings that must be there.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Tests of the proof that must hold, by their id or by their citation.
    #[serde(default)]
    pub because: Vec<String>,
    /// Words that a reason of the proof must say.
    #[serde(default)]
    pub says: Vec<String>,
    /// Warnings that must not be there.
    #[serde(default)]
    pub unwarned: Vec<String>,
    /// Where it stands in the pack.
    #[serde(skip)]
    pub place: Place,
    // Stands in a table of cases.
    #[serde(skip)]
    first: bool,
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
    #[serde(default)]
    case: Vec<Spanned<WorkedCase>>,
    #[serde(default)]
    table: Vec<table::RawTable>,
}

pub(crate) fn load(file: &TextFile, routes: &[Route]) -> Result<Vec<WorkedCase>, LoadError> {
    let cases: Cases = file.parse()?;
    let mut all = Vec::new();
    for case in cases.case {
        let line = file.line(case.span().start);
        let mut case = case.into_inner();
        case.place = Place {
            file: file.name.clone(),
            line,
        };
        all.push(case);
    }
    for table in cases.table {
        all.extend(table::cases(file, table)?);
    }
    for case in &mut all {
        case.resolve(file, routes)?;
    }
    Ok(all)
}

/// Refuses two cases with one id: a fault could not say which it is about.
pub(crate) fn once(cases: &[WorkedCase]) -> Result<(), LoadError> {
    let mut seen = HashSet::new();
    match cases.iter().find(|case| !seen.insert(case.id.as_str())) {
        None => Ok(()),
        Some(case) => Err(LoadError::At {
            file: case.place.file.clone(),
            line: case.place.line,
            problem: Problem::Twice {
                kind: "the case",
                word: case.id.clone(),
            },
        }),
    }
}

impl WorkedCase {
    // Gives every expectation one route that is there, and its place.
    fn resolve(&mut self, file: &TextFile, routes: &[Route]) -> Result<(), LoadError> {
        let known = |id: &str| routes.iter().any(|route| route.id == id);
        let unknown = |id: &str| {
            let ids = routes.iter().map(|route| route.id.as_str());
            Problem::unknown("route", id, ids)
        };
        let at = |line: usize, problem| LoadError::At {
            file: file.name.clone(),
            line,
            problem,
        };
        let mut resolved = Vec::new();
        for expected in std::mem::take(&mut self.expect) {
            for id in expected.one.iter().chain(&expected.routes) {
                if !known(id.get_ref()) {
                    return Err(file.error_at(id, unknown(id.get_ref())));
                }
                let mut one = expected.clone();
                one.route.clone_from(id.get_ref());
                one.place = Place {
                    file: file.name.clone(),
                    line: file.line(id.span().start),
                };
                if one.first
                    && let Some(route) = routes.iter().find(|r| &r.id == id.get_ref())
                {
                    one.about_the_first(route);
                }
                match one.counts.as_slice() {
                    [] => resolved.push(one),
                    counts => resolved.extend(counts.iter().map(|count| Expected {
                        count: Some(*count),
                        ..one.clone()
                    })),
                }
            }
        }
        self.expect = resolved;
        if let Some(id) = self.absent.iter().find(|id| !known(id)) {
            return Err(at(self.place.line, unknown(id)));
        }
        if self.expect.is_empty() && self.absent.is_empty() {
            let problem = "a worked case expects something".to_owned();
            return Err(at(self.place.line, Problem::Value(problem)));
        }
        Ok(())
    }
}

impl Expected {
    // In a table of cases, what is left out of case and count is the first, as far as the route's answer is about one.
    fn about_the_first(&mut self, route: &Route) {
        let scope = route.scope();
        if scope != Scope::Person {
            self.case = self.case.or(Some(0));
        }
        if scope == Scope::Count {
            self.count = self.count.or(Some(0));
        }
    }
}
