//! Where things stand in a pack's files, for messages.

use std::fmt;

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use crate::file::Files;

/// A file and a line in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

// A route's file, read only for where its parts stand: whatever is in them.
#[derive(Deserialize)]
struct Parts {
    route: Head,
    #[serde(default)]
    gate: Vec<Spanned<IgnoredAny>>,
    #[serde(default)]
    reach: Vec<Spanned<IgnoredAny>>,
    #[serde(default)]
    bar: Vec<Spanned<IgnoredAny>>,
    #[serde(default)]
    row: Vec<Spanned<IgnoredAny>>,
    #[serde(default)]
    except: Vec<Spanned<IgnoredAny>>,
    #[serde(default)]
    wait: Vec<Spanned<IgnoredAny>>,
    #[serde(default)]
    grant: Vec<Spanned<IgnoredAny>>,
    #[serde(default)]
    deadline: Vec<Spanned<IgnoredAny>>,
    presumed: Option<Spanned<IgnoredAny>>,
    #[serde(default)]
    notice: Vec<Spanned<IgnoredAny>>,
}

impl Parts {
    fn of_kind(&self, kind: &str) -> &[Spanned<IgnoredAny>] {
        match kind {
            "gate" => &self.gate,
            "reach" => &self.reach,
            "bar" => &self.bar,
            "row" => &self.row,
            "except" => &self.except,
            "wait" => &self.wait,
            "grant" => &self.grant,
            "deadline" => &self.deadline,
            "presumed" => self.presumed.as_slice(),
            "notice" => &self.notice,
            _ => &[],
        }
    }
}

#[derive(Deserialize)]
struct Head {
    id: String,
}

/// The place of a part of a route; the first line of the route's file where it has no such part.
pub(crate) fn of(files: &Files, route: &str, kind: &str, number: usize) -> Place {
    for file in files.under("routes") {
        let parts: Result<Parts, _> = file.parse();
        let Some(parts) = parts.ok().filter(|parts| parts.route.id == route) else {
            continue;
        };
        let part = parts.of_kind(kind).get(number);
        return Place {
            file: file.name.clone(),
            line: part.map_or(1, |part| file.line(part.span().start)),
        };
    }
    Place {
        file: files.root().to_owned(),
        line: 1,
    }
}
