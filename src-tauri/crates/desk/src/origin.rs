//! Where a mark on a paper came from: which fact, who gave it, and when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::answers::{Answers, Declare};
use record::{Record, SourceBy};

use crate::trail::{lines, sources};
use crate::view::{Giver, OriginView};

/// What the paths of a mark are looked up in.
pub(crate) struct Origins<'a> {
    pub(crate) record: &'a Record,
    pub(crate) answers: &'a Answers,
    /// The client's words on the papers, who wrote them down, and when.
    pub(crate) declared: &'a [(Declare, String, Option<Date>)],
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
        if path.starts_with("answers.elections") {
            return plain(Giver::AskedByAttorney);
        }
        if let Some(rest) = path.strip_prefix("answers.declare[") {
            let nth = rest.split_once(']').and_then(|(nth, _)| nth.parse().ok());
            let known = nth.and_then(|nth: usize| self.declared.get(nth));
            let giver = if path.ends_with("].english") {
                Giver::Translated
            } else {
                Giver::ToldAndWritten
            };
            let by = known.map(|(declare, by, _)| match giver {
                Giver::Translated => declare.interpreter.clone().unwrap_or_default(),
                _ => by.clone(),
            });
            return OriginView {
                who: by.filter(|by| !by.trim().is_empty()),
                on: known.and_then(|(.., day)| *day),
                ..plain(giver)
            };
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
