//! What a disposition leaves in doubt of the facts read before it: the section, the level.

use record::Level;

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
