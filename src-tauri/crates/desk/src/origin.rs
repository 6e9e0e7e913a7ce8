//! Where a mark on a paper came from: which fact, who gave it, and when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::answers::Answers;
use record::{Record, SourceBy};

use crate::trail::{lines, sources};
use crate::view::{Giver, OriginView};

/// What the paths of a mark are looked up in.
pub(crate) struct Origins<'a> {
    pub(crate) record: &'a Record,
    pub(crate) answers: &'a Answers,
    pub(crate) sheets: &'a BTreeMap<String, i64>,
    /// The day the law answered for.
    pub(crate) as_of: Date,
}

impl Origins<'_> {
    /// The origin of one fact, by its path.
    pub(crate) fn of(&self, path: &str) -> OriginView {
        let plain = |giver| OriginView {
            fact: path.to_owned(),
            giver,
            who: None,
            on: None,
            lines: Vec::new(),
        };
        if path.starts_with("clinic") {
            return plain(Giver::Office);
        }
        if path.starts_with("findings") {
            return OriginView {
                on: Some(self.as_of),
                ..plain(Giver::Law)
            };
        }
        if path.starts_with("answers.immigration") {
            let given = self.answers.immigration.as_ref();
            return OriginView {
                who: given.map(|given| given.by.clone()),
                on: given.map(|given| given.on),
                ..plain(Giver::Attorney)
            };
        }
        if path.starts_with("answers.elections") || path.starts_with("answers.declare") {
            return plain(Giver::AskedByAttorney);
        }
        if path.starts_with("answers") {
            return plain(Giver::Client);
        }
        // The last word counts: an answer beats what a sheet said before.
        let known = sources(self.record, path);
        let last = known
            .iter()
            .rev()
            .find(|source| source.by != SourceBy::Sheet);
        let giver = match last.or(known.last()).map(|source| source.by) {
            Some(SourceBy::Sheet) => Giver::Sheet,
            Some(SourceBy::Client) => Giver::Client,
            Some(SourceBy::Attorney) => Giver::Attorney,
            Some(SourceBy::Court) => Giver::Court,
            None => Giver::Unknown,
        };
        OriginView {
            on: last.and_then(|source| source.on),
            lines: lines(self.record, self.sheets, &[path.into()]),
            ..plain(giver)
        }
    }
}
