//! What became of counts: dispositions, updates, levels, sentences, remarks.

use record::Section;

use super::super::clean::{after_spread, value};
use super::super::entry::{Outcome, noted};
use super::super::marks::Marks;
use super::super::{charge, dates, sentence};
use super::keywords::{disposition_words, near_remark, near_sentence, near_status};
use super::levels::{names_two_levels, printed_level};
use super::{Body, Last};
use crate::{FlagKind, Ignored};

/// The section that a remark says the charge became: words of a conviction or a change, and a section behind them.
fn other_charge(words: &str) -> Option<Section> {
    const SAYS: [&str; 11] = [
        "CONVICTED OF ",
        "CONV OF ",
        "GUILTY OF ",
        "PLED TO ",
        "PLEA TO ",
        "GUILTY TO ",
        "AMENDED TO ",
        "CHANGED TO ",
        "REDUCED TO ",
        "OFFENSE ",
        "LESSER ",
    ];
    SAYS.iter().find_map(|says| {
        let (_, rest) = words.split_once(says)?;
        rest.starts_with(|c: char| c.is_ascii_digit())
            .then(|| charge::parse(rest)?.section)?
    })
}

/// `WORD: ...`: one word, or what is left of it, before a colon.
fn is_keyed(text: &str) -> bool {
    text.split([' ', ',']).next().is_some_and(|word| {
        word.ends_with([':', ';'])
            && (2..=12).contains(&word.len())
            && word.contains(|c: char| c.is_alphabetic())
    })
}

/// A remark that takes back or refuses what stands above it, and names nothing of its own.
fn refuses(words: &str) -> bool {
    const SAYS: [&str; 9] = [
        "DENIED",
        "NOT GRANTED",
        "REFUSED",
        "VACATED",
        "RESCINDED",
        "WITHDRAWN",
        "REVOKED",
        "ENTERED IN ERROR",
        "IN ERROR",
    ];
    SAYS.contains(&words.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// `& DISM PER 1203.4 PC`: words that only go on.
fn joins_on(text: &str) -> bool {
    ["&", "/", "PER ", "AND "]
        .iter()
        .any(|word| text.starts_with(word))
}

impl Body<'_> {
    pub(super) fn outcomes(&mut self) -> &mut Vec<Outcome> {
        match self.entry.counts.last_mut() {
            Some(count) => &mut count.outcomes,
            None => &mut self.entry.outcomes,
        }
    }

    pub(super) fn push_outcome(&mut self, at: usize, text: &str, remark: bool) {
        let update = self.update.clone();
        self.hanging = None;
        let mut text = text.trim().replace("COMVICT", "CONVICT");
        // `CASE #145678 DISMISSED`: the entry's own number says no more than the entry.
        let named = text.contains("CASE ");
        let numbers = self.entry.counts.iter().filter(|_| named);
        for number in numbers.filter_map(|count| count.number.as_ref()) {
            for sign in ["CASE ", "CASE #"] {
                text = text.replace(&format!("{sign}{} ", number.value), "");
            }
        }
        self.outcomes().push(Outcome {
            line: at,
            text,
            update,
            level: None,
            sentence: None,
            sentence_goes_on: Vec::new(),
            remark,
        });
    }

    pub(super) fn disposition(&mut self, at: usize, text: &str) -> bool {
        let Some(words) = disposition_words(text) else {
            return false;
        };
        self.push_outcome(at, words, false);
        self.last = Last::Disposition;
        true
    }

    /// A date by itself, or with a disposition behind it, after the counts.
    pub(super) fn update_line(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        if !self.has_counts() && self.entry.outcomes.is_empty() && self.entry.date.is_none() {
            return false;
        }
        let Some((date, rest)) =
            dates::leading(text).filter(|(_, rest)| self.follows_a_date(rest.trim()))
        else {
            return self.broken_date(at, text, marks);
        };
        let rest = rest.trim();
        let words = disposition_words(rest);
        self.doubtful_date(at, &date, marks);
        self.hangs(marks);
        self.update = Some(noted(date, at));
        self.hanging = Some(at);
        if let Some(words) = words {
            self.push_outcome(at, words, false);
            self.last = Last::Disposition;
        } else if !rest.is_empty() {
            self.push_outcome(at, rest, true);
        }
        true
    }

    /// A date before other words is no update of this count.
    fn follows_a_date(&self, rest: &str) -> bool {
        rest.is_empty() || disposition_words(rest).is_some() || self.wordings.relief(rest).is_some()
    }

    /// What follows a date that cannot be read does not stand under the date before it.
    fn broken_date(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        if self.outcomes().is_empty() {
            return false;
        }
        let Some(date) = dates::broken(text) else {
            return false;
        };
        self.doubtful_date(at, &date, marks);
        self.update = Some(noted(date, at));
        true
    }

    /// `CONV STATUS:FELONY`
    pub(super) fn status(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let words = ["CONV STATUS", "CONV STATIS", "CONV STAT"];
        let exact = words.iter().find_map(|word| after_spread(text, word));
        let Some(rest) = exact.or_else(|| near_status(text)) else {
            return false;
        };
        let word =
            rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !"▯□\u{fffd}".contains(c));
        let read = printed_level(word).filter(|_| !names_two_levels(word));
        let alone = !word
            .split(|c: char| !c.is_alphabetic())
            .skip(1)
            .any(|more| more.len() > 1);
        let read = read.map(|(level, sure)| (level, sure && alone && exact.is_some()));
        if read.is_none_or(|(_, sure)| !sure) {
            let proposal = read.map(|(level, _)| format!("{level:?}").to_lowercase());
            marks.flag(FlagKind::DoubtfulLevel, None, at, text, proposal);
        }
        let proposal = read.map(|(level, _)| format!("{level:?}").to_lowercase());
        match self.outcomes().last_mut() {
            Some(last) => match (&mut last.level, read) {
                (Some(known), Some((level, _))) if known.value.0 != level => {
                    known.value.1 = false;
                    marks.flag(FlagKind::DoubtfulLevel, None, at, text, proposal);
                }
                (Some(_), _) => {}
                (none, read) => *none = read.map(|(level, sure)| noted((level, sure), at)),
            },
            // Of which disposition it is the level is not known: the one to come, or one that is lost.
            None => marks.flag(FlagKind::DoubtfulLevel, None, at, text, proposal),
        }
        true
    }

    pub(super) fn sentence(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let bare = || {
            text.strip_prefix("SEN ")
                .filter(|words| sentence::is_sentence(words))
        };
        let Some(words) = value(text, "SEN")
            .or_else(|| value(text, "XSEN"))
            .or_else(bare)
            .or_else(|| {
                near_sentence(text)
                    .filter(|words| sentence::is_sentence(words) || sentence::terms(words).doubtful)
            })
        else {
            return false;
        };
        self.add_sentence(at, words, marks);
        self.last = Last::Sentence;
        true
    }

    pub(super) fn add_sentence(&mut self, at: usize, words: &str, marks: &mut Marks) {
        self.entry.sentenced = true;
        // Right below an update's date, or once more: of which disposition it is, or whether it is a second one, is not clear.
        let hangs = self.hanging.is_some() && !self.outcomes().is_empty();
        let again = self
            .outcomes()
            .last()
            .and_then(|last| last.sentence.as_ref())
            .is_some_and(|known| known.value == words);
        if hangs || again {
            marks.flag(FlagKind::DoubtfulSentence, None, at, words, None);
        }
        if again {
            return;
        }
        if self.outcomes().is_empty() {
            // A custody entry prints its sentence without a disposition.
            self.push_outcome(at, "", true);
        }
        if let Some(last) = self.outcomes().last_mut() {
            match &mut last.sentence {
                Some(sentence) => {
                    sentence.value.push_str(", ");
                    sentence.value.push_str(words);
                }
                None => last.sentence = Some(noted(words.to_owned(), at)),
            }
        }
    }

    pub(super) fn comment(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let Some(words) = value(text, "COM").or_else(|| near_remark(text)) else {
            return false;
        };
        self.hanging = None;
        self.last = Last::Comment;
        // `CNT 02 CHRG-...` and `CNT:02 SEN-...` speak of another count of the entry.
        let (number, words) = after_spread(words, "CNT")
            .and_then(|rest| {
                let rest = rest.trim_start_matches([':', ' ', ';']);
                let end = rest.find(|c: char| !c.is_ascii_digit())?;
                Some((
                    rest.get(..end)?.parse::<u16>().ok()?,
                    rest.get(end..)?.trim_start(),
                ))
            })
            .map_or((None, words), |(number, rest)| (Some(number), rest));
        if let Some(rest) = words
            .strip_prefix("CHRG")
            .or_else(|| words.strip_prefix("CHARGE"))
        {
            let rest = rest.trim_start_matches([':', '-', ' ', ';']);
            self.comment_charge(at, rest, number, marks);
        } else if let Some(rest) = words
            .strip_prefix("SEN")
            .or_else(|| words.strip_prefix("XSEN"))
            .filter(|rest| rest.starts_with(['-', ':', ' ', ';']))
            .map(|rest| rest.trim_start_matches(['-', ':', ' ', ';', 'X']))
            .filter(|rest| sentence::is_sentence(rest) || sentence::terms(rest).doubtful)
        {
            self.sentence_of(at, number, rest, marks);
        } else if near_sentence(words)
            .is_some_and(|rest| sentence::terms(rest).doubtful || sentence::is_sentence(rest))
        {
            // `5EN-2 YEARS PRISON`
            marks.flag(FlagKind::DoubtfulSentence, None, at, words, None);
            self.refused = true;
        } else if let Some(charge) = other_charge(words) {
            self.other_charge(at, number, words, charge, marks);
        } else if refuses(words) && self.update.is_some() {
            // `COM: DENIED` below an order: said of it.
            if let Some(last) = self.outcomes().last_mut() {
                last.text.push(' ');
                last.text.push_str(words);
            }
        } else if self.has_counts() && self.wordings.relief(words).is_some() {
            self.push_outcome(at, words, true);
        } else {
            marks.ignored(at, Ignored::Remark);
        }
        true
    }

    /// The sentence that a remark gives, for the count that it names.
    fn sentence_of(&mut self, at: usize, number: Option<u16>, words: &str, marks: &mut Marks) {
        let own = self.entry.counts.last();
        if number.is_none_or(|n| own.is_none_or(|count| count.is(n))) {
            self.add_sentence(at, words, marks);
            self.last = Last::Sentence;
            return;
        }
        let named = self
            .entry
            .counts
            .iter_mut()
            .find(|count| number.is_some_and(|n| count.is(n)))
            .and_then(|count| count.outcomes.last_mut())
            .filter(|outcome| outcome.sentence.is_none());
        match named {
            Some(outcome) => outcome.sentence = Some(noted(words.to_owned(), at)),
            // The count is still to come, or has another sentence.
            None => marks.flag(FlagKind::DoubtfulSentence, None, at, words, None),
        }
    }

    /// `COM: CONVICTED OF 415 PC`, `COM: AMENDED TO 415 PC`: the section charged may not be the one of the conviction.
    fn other_charge(
        &mut self,
        at: usize,
        number: Option<u16>,
        text: &str,
        section: Section,
        marks: &mut Marks,
    ) {
        let count = match number {
            Some(n) => self.entry.counts.iter_mut().find(|count| count.is(n)),
            None => self.entry.counts.last_mut(),
        };
        let Some(count) = count else {
            return marks.flag(
                FlagKind::SecondCharge,
                None,
                at,
                text,
                Some(section.to_string()),
            );
        };
        let known = count
            .charge
            .as_ref()
            .and_then(|charge| charge.value.section.as_ref());
        if known != Some(&section) {
            count.doubted = true;
            marks.flag(
                FlagKind::SecondCharge,
                None,
                at,
                text,
                Some(section.to_string()),
            );
        }
    }

    /// A line that continues the one before: deeper in, or after a comma.
    pub(super) fn run_on(&mut self, at: usize, text: &str, indent: usize, before: Last) -> bool {
        let deeper = indent > self.last_indent && !self.gap;
        // `DSPO: CONVICTED`, `SN: 2 YEARS PRISON`: a keyword that nobody knows continues nothing.
        if is_keyed(text) {
            return false;
        }
        match before {
            Last::Sentence => {
                let open = self
                    .outcomes()
                    .last()
                    .and_then(|last| last.sentence.as_ref())
                    .is_some_and(|sentence| sentence.value.trim_end().ends_with([',', '-']));
                if !(open || deeper || (!self.gap && sentence::is_sentence(text))) {
                    return false;
                }
                if let Some(last) = self.outcomes().last_mut()
                    && let Some(sentence) = last.sentence.as_mut()
                {
                    sentence.value.push(' ');
                    sentence.value.push_str(text);
                    last.sentence_goes_on.push(at);
                }
            }
            Last::Disposition if deeper || joins_on(text) || self.is_open() => {
                if let Some(last) = self.outcomes().last_mut() {
                    last.text.push(' ');
                    last.text.push_str(text);
                }
            }
            Last::Charge if deeper => {
                if let Some(charge) = self
                    .entry
                    .counts
                    .last_mut()
                    .and_then(|count| count.charge.as_mut())
                {
                    let description = charge.value.description.get_or_insert_default();
                    description.push(' ');
                    description.push_str(text);
                }
            }
            Last::Comment if deeper => {}
            Last::Other | Last::CountNumber | Last::Disposition | Last::Charge | Last::Comment => {
                return false;
            }
        }
        self.last = before;
        true
    }

    /// The disposition above ends in words that must go on: `CONV SET ASIDE &`.
    fn is_open(&mut self) -> bool {
        self.outcomes().last().is_some_and(|last| {
            ["&", "/", " AND", " PER", " TO"]
                .iter()
                .any(|end| last.text.ends_with(end))
        })
    }

    /// A note of relief that stands by itself, with its date somewhere in it.
    pub(super) fn relief_in_passing(&mut self, at: usize, text: &str) -> bool {
        if self.wordings.relief(text).is_none() {
            return false;
        }
        self.push_outcome(at, text, true);
        self.last = Last::Disposition;
        true
    }
}
