//! What became of one count: its dispositions and updates, in the order of the sheet, folded into one outcome.

mod doubts;

use packs::wordings::{Later, Outcome as Meaning, Relief, Wordings};
use record::{
    Count as RecordCount, Disposition, DispositionKind as Kind, Effect, PartialDate, ReliefGranted,
    Sentence,
};

use super::dates;
use super::entry::{Noted, Outcome};
use super::sentence;
use super::source::Sources;
use crate::FlagKind;

/// Folds the outcomes of a count into it, each with the date of its entry, which stands where it has none of its own.
///
/// Says whether relief may have been granted that could not be taken: the list of relief is then not known to be complete.
pub(crate) fn fold(
    count: &mut RecordCount,
    outcomes: &[(&Outcome, Option<Noted<PartialDate>>)],
    path: &str,
    wordings: &Wordings,
    to: &mut Sources<'_>,
    later_entry: bool,
) -> bool {
    let mut fold = Fold {
        count,
        path,
        wordings,
        to,
        doubtful_relief: false,
        later_entry,
    };
    for (outcome, entry_date) in outcomes {
        fold.one(outcome, entry_date.as_ref());
    }
    fold.doubtful_relief
}

/// `12O3.4`: a letter between digits; the section that it was is not known.
fn garbled_number(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    signs.windows(3).any(|three| {
        matches!(three, [a, b, c] if a.is_ascii_digit() && b.is_ascii_alphabetic() && (c.is_ascii_digit() || *c == '.'))
    })
}

/// Words of orders, one of which may be misread.
const ORDERS: [&str; 9] = [
    "SEALED",
    "DISMISSED",
    "DISMISSAL",
    "REDUCED",
    "MISDEMEANOR",
    "INFRACTION",
    "VACATED",
    "REDESIGNATED",
    "EXPUNGED",
];

/// `SFALED`, `DIS MISSED`: what an order did may stand in a word that was not understood.
fn misread_order(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let near = |word: &str| {
        let like = |known: &&str| {
            let differ = known.chars().zip(word.chars()).filter(|(a, b)| a != b);
            let most = if known.len() > 7 { 2 } else { 1 };
            known.len() == word.chars().count() && (1..=most).contains(&differ.count())
        };
        !ORDERS.contains(&word) && ORDERS.iter().any(like)
    };
    let parted = words
        .windows(2)
        .any(|two| ORDERS.contains(&two.concat().as_str()));
    parted || words.iter().any(|word| near(word))
}

/// A number that may be the section of an order, where none was found: `PER 17(8) PC`. A day is none.
fn names_a_number(text: &str) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '|'))
        .any(|word| {
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            digits > 0 && dates::anywhere(word).is_none()
        })
}

struct Fold<'a, 'm> {
    count: &'a mut RecordCount,
    path: &'a str,
    wordings: &'a Wordings,
    to: &'a mut Sources<'m>,
    doubtful_relief: bool,
    /// The entry is not the first of its case: its own date is that of what it tells.
    later_entry: bool,
}

impl Fold<'_, '_> {
    fn one(&mut self, outcome: &Outcome, entry_date: Option<&Noted<PartialDate>>) {
        let text = outcome.text.as_str();
        let date = match &outcome.update {
            Some(update) => update
                .value
                .known
                .map(|known| super::entry::noted(known, update.line)),
            None => entry_date.cloned(),
        };
        let later = outcome.update.is_some() || outcome.remark;
        if let Some(update) = &outcome.update {
            self.to.marks.used(update.line);
        }
        self.to.marks.used_unless_ignored(outcome.line);
        let before = self.convicted();
        let relief = self.wordings.relief(text);
        let relieved = self.relief(relief.as_ref(), outcome, date.as_ref());
        if !relieved && !outcome.remark {
            self.disposition(text, outcome, date.as_ref());
        }
        if let Some(level) = &outcome.level {
            // The level of the conviction, not what it was made later.
            let of_conviction = !later || (!before && self.convicted());
            if of_conviction && self.count.level.is_none() {
                let (value, sure) = level.value;
                self.count.level = Some(value);
                let path = format!("{}.level", self.path);
                // The level of a conviction below a dismissal: one of the two lines is wrong.
                let fits = !matches!(
                    self.kind(),
                    Some(Kind::Dismissed | Kind::Acquitted | Kind::NotFiled)
                );
                if !fits {
                    self.to
                        .flag(FlagKind::DoubtfulLevel, &path, level.line, "", None);
                }
                if sure && fits {
                    self.to.note(&path, level.line);
                } else {
                    self.to.doubtful(&path, level.line, None);
                }
            } else if self.count.level.is_none() && !relieved && self.says_convicted(text) {
                // The conviction is printed twice, and the level below one of them.
                self.count.level = Some(level.value.0);
                let path = format!("{}.level", self.path);
                self.to.doubtful(&path, level.line, None);
                self.to
                    .flag(FlagKind::DoubtfulLevel, &path, level.line, "", None);
            } else {
                self.to.marks.used(level.line);
                if !relieved {
                    self.other_level(level);
                }
            }
        }
        let meaning = self.wordings.later(text);
        if let Some(printed) = &outcome.sentence {
            self.sentence(printed, meaning == Some(Later::Modified));
            let path = format!("{}.sentence", self.path);
            for line in &outcome.sentence_goes_on {
                self.to.note(&path, *line);
            }
        }
        self.later(meaning, outcome);
    }

    fn kind(&self) -> Option<Kind> {
        self.count
            .disposition
            .as_ref()
            .map(|disposition| disposition.kind)
    }

    fn says_convicted(&self, text: &str) -> bool {
        self.wordings.outcome(text) == Meaning::Is(Kind::Convicted)
    }

    fn convicted(&self) -> bool {
        self.kind() == Some(Kind::Convicted)
    }

    /// Takes relief; false where the words are an ordinary disposition after all.
    fn relief(
        &mut self,
        relief: Option<&Relief>,
        outcome: &Outcome,
        date: Option<&Noted<PartialDate>>,
    ) -> bool {
        let (grants, of_conviction) = match relief {
            None => return false,
            Some(Relief::Undone) => return self.undone(outcome),
            Some(Relief::Mentioned) => {
                // `1385 PC-DISMISSED` without a conviction is an ordinary dismissal; so is its mention.
                if self.convicted() || outcome.remark {
                    let path = format!("{}.relief_granted", self.path);
                    self.doubtful_relief = true;
                    self.to.flag(
                        FlagKind::ReliefMentioned,
                        &path,
                        outcome.line,
                        &outcome.text,
                        None,
                    );
                    return true;
                }
                return false;
            }
            Some(Relief::Granted {
                grants,
                of_conviction,
            }) => (grants, *of_conviction),
        };
        let diverted = self.kind() == Some(Kind::Diverted);
        let plain_dismissal =
            !of_conviction && grants.iter().all(|grant| grant.effect == Effect::Dismissed);
        if plain_dismissal && !self.convicted() && !diverted {
            return false;
        }
        if of_conviction && !self.convicted() && !diverted {
            self.implied(outcome, date);
        }
        // A note that carries its own date: `RELIEF GRANTED 20230701 1203.425 PC`.
        let own = dates::anywhere(&outcome.text).map(PartialDate::from);
        let date = own.or_else(|| {
            let update = outcome.update.is_some() || self.later_entry;
            date.filter(|_| update).map(|date| date.value)
        });
        // `CONVICTION SET ASIDE AND NEW TRIAL ORDERED`: the case went on.
        let goes_on = outcome.text.contains("NEW TRIAL") || outcome.text.contains("RETRIAL");
        if goes_on {
            let path = format!("{}.disposition", self.path);
            self.doubtful_relief = true;
            self.to
                .flag(FlagKind::Reversed, &path, outcome.line, &outcome.text, None);
            return true;
        }
        let misread = misread_order(&outcome.text);
        self.doubtful_relief |= misread;
        let list = self.count.relief_granted.get_or_insert_default();
        for grant in grants {
            let nameless = grant.authority.is_none() && names_a_number(&outcome.text);
            let granted = ReliefGranted {
                authority: grant.authority.clone(),
                effect: grant.effect,
                date,
            };
            if list.contains(&granted) {
                continue;
            }
            let path = format!("{}.relief_granted[{}]", self.path, list.len());
            list.push(granted);
            if grant.unnamed || misread || nameless || garbled_number(&outcome.text) {
                self.to.doubtful(&path, outcome.line, None);
                self.to.flag(
                    FlagKind::ReliefUnnamed,
                    &path,
                    outcome.line,
                    &outcome.text,
                    None,
                );
            } else {
                self.to.note(&path, outcome.line);
            }
        }
        true
    }

    /// An order was taken back: what was granted before is no longer known to stand. What is left is unknown, which promises nothing.
    fn undone(&mut self, outcome: &Outcome) -> bool {
        let path = format!("{}.relief_granted", self.path);
        let granted = self.count.relief_granted.take();
        if granted.is_none_or(|list| list.is_empty()) {
            // `ORDER ... VACATED` of some other order, unless it is said of a conviction.
            if !self.convicted() {
                return false;
            }
        } else {
            self.to.forget(&path);
        }
        self.doubtful_relief = true;
        self.to.flag(
            FlagKind::ReliefUndone,
            &path,
            outcome.line,
            &outcome.text,
            None,
        );
        true
    }

    /// A line that sets a conviction aside is also the proof that there was one.
    fn implied(&mut self, outcome: &Outcome, date: Option<&Noted<PartialDate>>) {
        // Only a line in the entry's own part stands under the entry's date.
        let date = date.filter(|_| outcome.update.is_none() && !outcome.remark);
        self.count.disposition = Some(Disposition {
            kind: Kind::Convicted,
            date: date.map(|date| date.value),
            plea: None,
        });
        let path = format!("{}.disposition", self.path);
        self.to.doubtful(&path, outcome.line, None);
        self.to.flag(
            FlagKind::ConvictionImplied,
            &path,
            outcome.line,
            &outcome.text,
            None,
        );
    }

    fn disposition(&mut self, text: &str, outcome: &Outcome, date: Option<&Noted<PartialDate>>) {
        let path = format!("{}.disposition", self.path);
        let Meaning::Is(mut kind) = self.wordings.outcome(text) else {
            return;
        };
        let likely = self.wordings.likely_outcome(text);
        if let Some(likely) = likely {
            kind = likely;
            let proposal = Some(format!("{likely:?}").to_lowercase());
            self.to.flag(
                FlagKind::DoubtfulDisposition,
                &path,
                outcome.line,
                &outcome.text,
                proposal,
            );
        } else if !self.wordings.knows(text) && !text.trim().is_empty() {
            self.to.flag(
                FlagKind::UnknownDisposition,
                &path,
                outcome.line,
                &outcome.text,
                None,
            );
        }
        let update = outcome.update.is_some();
        // `DISMISSAL VACATED`: what the count ended with no longer stands, and what does is for a person to say.
        let back = self.wordings.takes_back(text);
        if back.is_some() && self.kind() == back {
            self.to.forget(&path);
            self.count.disposition = None;
            return;
        }
        match (self.kind(), kind) {
            // An acquittal is no relief: the conviction was reversed, or one of the two lines is wrong.
            (Some(Kind::Convicted), Kind::Acquitted) => {
                self.doubtful_relief = true;
                self.to
                    .flag(FlagKind::Reversed, &path, outcome.line, &outcome.text, None);
                return;
            }
            // What follows a conviction does not replace it.
            (Some(Kind::Convicted), Kind::Dismissed) => {
                self.doubtful_relief = true;
                self.to.flag(
                    FlagKind::LaterDismissal,
                    &path,
                    outcome.line,
                    &outcome.text,
                    None,
                );
                return;
            }
            (Some(known), again) if known == again && !update => {
                self.other_day(date);
                return;
            }
            (Some(Kind::Convicted), _) => return,
            // A diversion that ended in a dismissal was granted by somebody: kept beside it.
            (Some(Kind::Diverted), Kind::Dismissed) => {
                let list = self.count.relief_granted.get_or_insert_default();
                let relief = format!("{}.relief_granted[{}]", self.path, list.len());
                list.push(ReliefGranted {
                    authority: None,
                    effect: Effect::Dismissed,
                    date: date.filter(|_| update).map(|date| date.value),
                });
                self.to.note(&relief, outcome.line);
                return;
            }
            // A later remark without a meaning of its own does not replace what is known.
            (Some(_), Kind::Other) => return,
            (Some(Kind::Pending | Kind::Other | Kind::Diverted), _) | (None, _) => {}
            (Some(_), Kind::Convicted) => {}
            (Some(_), _) => return,
        }
        self.count.disposition = Some(Disposition {
            kind,
            date: date.map(|date| date.value),
            plea: (kind == Kind::Convicted)
                .then(|| self.wordings.plea(text))
                .flatten(),
        });
        if likely.is_some() {
            self.to.doubtful(&path, outcome.line, Some(text));
        } else {
            self.to.note(&path, outcome.line);
        }
        if let Some(date) = date {
            self.to.note(&format!("{path}.date"), date.line);
        }
        if kind == Kind::Convicted && (self.wordings.lesser(text) || self.of_another(text)) {
            self.lesser(outcome);
        }
    }

    fn sentence(&mut self, printed: &Noted<String>, replaces: bool) {
        let path = format!("{}.sentence", self.path);
        let sentence::Terms { parts, doubtful } = sentence::terms(&printed.value);
        if doubtful {
            self.to.flag(
                FlagKind::DoubtfulSentence,
                &path,
                printed.line,
                &printed.value,
                None,
            );
        }
        let sentence: &mut Sentence = self.count.sentence.get_or_insert_default();
        let known = sentence.parts.get_or_insert_default();
        if *known == parts {
            // A later entry of the same case says the same again.
            self.to.note(&path, printed.line);
            return;
        }
        if replaces {
            // New terms take the place of the old of their kind: a shorter jail term does not end the probation beside it.
            known.retain(|old| parts.iter().all(|new| new.kind != old.kind));
        }
        known.extend(parts);
        if doubtful {
            self.to.doubtful(&path, printed.line, None);
        } else {
            self.to.note(&path, printed.line);
        }
    }

    fn later(&mut self, meaning: Option<Later>, outcome: &Outcome) {
        let disposition = format!("{}.disposition", self.path);
        let sentence = format!("{}.sentence", self.path);
        match meaning {
            Some(Later::Violated) => {
                self.count.sentence.get_or_insert_default().violated = Some(true);
                self.to.note(&format!("{sentence}.violated"), outcome.line);
            }
            Some(Later::Reversed) => {
                self.doubtful_relief = true;
                self.to.flag(
                    FlagKind::Reversed,
                    &disposition,
                    outcome.line,
                    &outcome.text,
                    None,
                );
            }
            Some(Later::Ended) => {
                self.to.flag(
                    FlagKind::SentenceEnded,
                    &sentence,
                    outcome.line,
                    &outcome.text,
                    None,
                );
            }
            Some(Later::Modified | Later::NeedNotRegister) | None => {}
        }
    }
}
