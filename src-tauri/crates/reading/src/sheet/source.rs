//! Where each fact came from, collected while the record is put together.

use std::collections::BTreeMap;

use record::{FactPath, Source, SourceBy};
use rust_decimal::Decimal;

use super::marks::Marks;
use crate::FlagKind;

/// How many of a fact's sources a new one is compared with.
const NEAR: usize = 64;

/// Sources by fact, and the marks of the lines they stand on.
pub(crate) struct Sources<'m> {
    pub(crate) marks: &'m mut Marks,
    pub(crate) by_path: BTreeMap<FactPath, Vec<Source>>,
}

impl Sources<'_> {
    /// A fact that stands on this line.
    pub(crate) fn note(&mut self, path: &str, line: usize) {
        self.source(path, line, Decimal::ONE, None);
    }

    /// A fact that was repaired or concluded: half sure, with what was printed.
    pub(crate) fn doubtful(&mut self, path: &str, line: usize, was: Option<&str>) {
        self.source(path, line, Decimal::new(5, 1), was);
    }

    fn source(&mut self, path: &str, line: usize, confidence: Decimal, was: Option<&str>) {
        self.marks.fact(line, path);
        let (page, number) = self.marks.place(line);
        let source = Source {
            by: SourceBy::Sheet,
            file: None,
            page: Some(page),
            line: Some(number),
            frame: None,
            confidence: Some(confidence),
            was: was.map(Into::into),
            on: None,
        };
        let sources = self.by_path.entry(path.into()).or_default();
        // What says the same again stands close by: a fact of thousands of lines is not searched through for each.
        if !sources.iter().rev().take(NEAR).any(|near| *near == source) {
            sources.push(source);
        }
    }

    /// Facts under this path no longer stand.
    pub(crate) fn forget(&mut self, path: &str) {
        self.by_path
            .retain(|known, _| !known.as_str().starts_with(path));
    }

    pub(crate) fn flag(
        &mut self,
        kind: FlagKind,
        path: &str,
        line: usize,
        text: &str,
        proposal: Option<String>,
    ) {
        self.marks.flag(kind, Some(path), line, text, proposal);
    }
}
