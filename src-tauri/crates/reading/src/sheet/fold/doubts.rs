//! What a disposition leaves in doubt of the facts read before it: the section, the level.

use record::{Level, PartialDate};

use super::super::charge;
use super::super::entry::{Noted, Outcome};
use super::Fold;
use crate::FlagKind;

impl Fold<'_, '_> {
    /// `CONVICTED-LESSER/INCLUDED OFFENSE 11357(B) HS`: the section charged is not the one of the conviction.
    pub(super) fn lesser(&mut self, outcome: &Outcome) {
        let path = format!("{}.section", self.path);
        let charged = self.count.section.take();
        let was = charged.as_ref().map(ToString::to_string);
        let text = outcome.text.as_str();
        self.count.section = text
            .char_indices()
            .filter(|(at, c)| {
                c.is_ascii_digit()
                    && text
                        .get(..*at)
                        .is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric()))
            })
            .find_map(|(at, _)| charge::parse(text.get(at..)?)?.section);
        self.to.forget(&path);
        if self.count.section.is_some() {
            self.to.doubtful(&path, outcome.line, was.as_deref());
        }
        self.to
            .flag(FlagKind::LesserOffense, &path, outcome.line, text, was);
    }

    /// `CONVICTED OF 415 PC` below another section.
    pub(super) fn of_another(&self, text: &str) -> bool {
        let Some((_, rest)) = text.split_once("CONVICTED") else {
            return false;
        };
        let rest = rest.trim_start_matches([' ', '-', '/', ':', ',']);
        let rest = ["OF ", "AS ", "FOR "]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest)
            .trim_start();
        let named = rest
            .starts_with(|c: char| c.is_ascii_digit())
            .then(|| charge::parse(rest)?.section)
            .flatten();
        named.is_some() && self.count.section.is_some() && named != self.count.section
    }

    /// The same ending in a later entry, on another day: which one it was is for a person to say.
    pub(super) fn other_day(&mut self, date: Option<&Noted<PartialDate>>) {
        let known = self.count.disposition.as_ref().and_then(|d| d.date);
        let (Some(known), Some(date)) = (known, date) else {
            return;
        };
        if known == date.value {
            return;
        }
        let path = format!("{}.disposition.date", self.path);
        self.to.doubtful(&path, date.line, None);
        let proposal = Some(date.value.to_string());
        self.to
            .flag(FlagKind::DoubtfulDate, &path, date.line, "", proposal);
    }

    /// A later line gives another level than the one known: which one stands is for a person to say.
    pub(super) fn other_level(&mut self, level: &Noted<(Level, bool)>) {
        let path = format!("{}.level", self.path);
        let (value, _) = level.value;
        if self.count.level.is_none_or(|known| known == value) {
            return;
        }
        self.to.doubtful(&path, level.line, None);
        let proposal = format!("{value:?}").to_lowercase();
        self.to.flag(
            FlagKind::DoubtfulLevel,
            &path,
            level.line,
            "",
            Some(proposal),
        );
    }
}
