//! What became of every line, noted while reading.

use std::collections::HashMap;

use record::FactPath;

use super::letters;
use crate::text::RawLine;
use crate::{Fate, Flag, FlagKind, Ignored, SourceLine};

/// The fates of all lines and the flags raised on them.
pub(crate) struct Marks {
    places: Vec<(u32, u32)>,
    /// Places to lines.
    lines: HashMap<(u32, u32), usize>,
    fates: Vec<Fate>,
    flags: Vec<Flag>,
}

impl Marks {
    pub(crate) fn new(raw: &[RawLine]) -> Self {
        let places: Vec<(u32, u32)> = raw.iter().map(|line| (line.page, line.line)).collect();
        Self {
            lines: (0..).zip(&places).map(|(at, place)| (*place, at)).collect(),
            places,
            fates: vec![Fate::Unread; raw.len()],
            flags: Vec::new(),
        }
    }

    /// The line was understood.
    pub(crate) fn used(&mut self, line: usize) {
        if let Some(fate) = self.fates.get_mut(line)
            && !matches!(fate, Fate::Used { .. })
        {
            *fate = Fate::Used { facts: Vec::new() };
        }
    }

    /// The line was understood, and nothing more is known of it unless it was already ignored for a reason.
    pub(crate) fn used_unless_ignored(&mut self, line: usize) {
        if matches!(self.fates.get(line), Some(Fate::Unread)) {
            self.used(line);
        }
    }

    /// The line carries this fact.
    pub(crate) fn fact(&mut self, line: usize, path: &str) {
        self.used(line);
        if let Some(Fate::Used { facts }) = self.fates.get_mut(line) {
            let path = FactPath::from(path);
            if !facts.contains(&path) {
                facts.push(path);
            }
        }
    }

    /// The line carries nothing.
    pub(crate) fn ignored(&mut self, line: usize, reason: Ignored) {
        if let Some(fate) = self.fates.get_mut(line) {
            *fate = Fate::Ignored { reason };
        }
    }

    /// The line was understood only in part: it stays in the list of unread lines.
    pub(crate) fn unread(&mut self, line: usize) {
        if let Some(fate) = self.fates.get_mut(line) {
            *fate = Fate::Unread;
        }
    }

    pub(crate) fn flag(
        &mut self,
        kind: FlagKind,
        path: Option<&str>,
        line: usize,
        text: &str,
        proposal: Option<String>,
    ) {
        let (page, number) = self.place(line);
        self.flags.push(Flag {
            kind,
            path: path.map(FactPath::from),
            page,
            line: number,
            text: text.to_owned(),
            proposal,
        });
    }

    /// The line at a place.
    pub(crate) fn index_of(&self, page: u32, line: u32) -> Option<usize> {
        self.lines.get(&(page, line)).copied()
    }

    /// Page and line, from 1.
    pub(crate) fn place(&self, line: usize) -> (u32, u32) {
        self.places.get(line).copied().unwrap_or((1, 1))
    }

    pub(crate) fn finish(self, raw: Vec<RawLine>) -> (Vec<SourceLine>, Vec<Flag>) {
        let lines = raw
            .into_iter()
            .zip(self.fates)
            .map(|(raw, fate)| SourceLine {
                page: raw.page,
                line: raw.line,
                fate,
                frame: letters::frame(&raw.words),
                sure: raw.words.iter().map(|word| word.sure).min(),
                text: raw.text,
            })
            .collect();
        (lines, self.flags)
    }
}
