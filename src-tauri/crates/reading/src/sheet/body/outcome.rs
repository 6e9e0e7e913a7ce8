//! What became of counts: dispositions, updates, levels, sentences, remarks.

use super::super::clean::{after_spread, value};
use super::super::entry::{Outcome, noted};
use super::super::marks::Marks;
use super::super::{dates, sentence};
use super::words::{
    disposition_words, names_two_levels, near_remark, near_sentence, near_status, printed_level,
};
use super::{Body, Last};
use crate::{FlagKind, Ignored};

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
        let Some((date, rest)) = dates::leading(text) else {
            return false;
        };
        let rest = rest.trim();
        let words = disposition_words(rest);
        // A date before other words is no update of this count.
        if !rest.is_empty() && words.is_none() && self.wordings.relief(rest).is_none() {
            return false;
        }
        self.doubtful_date(at, &date, marks);
        self.update = Some(noted(date, at));
        if let Some(words) = words {
            self.push_outcome(at, words, false);
            self.last = Last::Disposition;
        } else if !rest.is_empty() {
            self.push_outcome(at, rest, true);
        }
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
        if let Some(last) = self.outcomes().last_mut()
            && last.level.is_none()
        {
            last.level = read.map(|(level, sure)| noted((level, sure), at));
        }
        true
    }

    pub(super) fn sentence(&mut self, at: usize, text: &str) -> bool {
        let bare = || {
            text.strip_prefix("SEN ")
                .filter(|words| sentence::is_sentence(words))
        };
        let Some(words) = value(text, "SEN")
            .or_else(|| value(text, "XSEN"))
            .or_else(bare)
            .or_else(|| near_sentence(text).filter(|words| sentence::is_sentence(words)))
        else {
            return false;
        };
        self.add_sentence(at, words);
        self.last = Last::Sentence;
        true
    }

    pub(super) fn add_sentence(&mut self, at: usize, words: &str) {
        self.entry.sentenced = true;
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
            .filter(|rest| sentence::is_sentence(rest))
        {
            self.add_sentence(at, rest);
            self.last = Last::Sentence;
        } else if self.has_counts() && self.wordings.relief(words).is_some() {
            self.push_outcome(at, words, true);
        } else {
            marks.ignored(at, Ignored::Remark);
        }
        true
    }

    /// A line that continues the one before: deeper in, or after a comma.
    pub(super) fn run_on(&mut self, at: usize, text: &str, indent: usize, before: Last) -> bool {
        let deeper = indent > self.last_indent && !self.gap;
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
            Last::Disposition if deeper || joins_on(text) => {
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
