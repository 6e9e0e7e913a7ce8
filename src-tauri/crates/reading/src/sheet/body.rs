//! The lines of one entry: its head, its counts, what became of them.

use packs::courts::Courts;
use packs::wordings::Wordings;
use record::Level;

use super::charge::{self, Charge};
use super::clean::{Line, after_spread, is_speck, value};
use super::dates::{self, PrintedDate};
use super::entry::{Count, Entry, Noted, Outcome, noted};
use super::headers;
use super::marks::Marks;
use super::sentence;
use crate::{FlagKind, Ignored, limits};

/// What the line before was, for lines that run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Other,
    CountNumber,
    Charge,
    Disposition,
    Sentence,
    Comment,
}

pub(super) struct Body<'a> {
    entry: Entry,
    courts: &'a Courts,
    wordings: &'a Wordings,
    /// The update that dispositions now belong to.
    update: Option<Noted<PrintedDate>>,
    last: Last,
    last_indent: usize,
    /// A blank line stood since.
    gap: bool,
    /// Counts that may still be opened.
    room: usize,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        entry: Entry,
        courts: &'a Courts,
        wordings: &'a Wordings,
        room: usize,
    ) -> Self {
        Self {
            entry,
            courts,
            wordings,
            update: None,
            last: Last::Other,
            last_indent: 0,
            gap: false,
            room,
        }
    }

    /// An entry that went on after dashes that divided nothing.
    pub(super) fn reopen(
        entry: Entry,
        courts: &'a Courts,
        wordings: &'a Wordings,
        room: usize,
    ) -> Self {
        let outcomes = entry
            .counts
            .last()
            .map_or(&entry.outcomes, |count| &count.outcomes);
        let update = outcomes.last().and_then(|outcome| outcome.update.clone());
        Self {
            update,
            ..Self::new(entry, courts, wordings, room)
        }
    }

    pub(super) fn finish(self) -> Entry {
        self.entry
    }

    pub(super) fn has_counts(&self) -> bool {
        !self.entry.counts.is_empty()
    }

    pub(super) fn blank(&mut self) {
        self.gap = true;
    }

    pub(super) fn strike(&mut self, at: usize) {
        self.entry.strike = Some(at);
    }

    /// What follows the header's words on its own line.
    pub(super) fn head(&mut self, at: usize, text: &str, marks: &mut Marks) {
        let mut rest = text.trim_start();
        loop {
            if let Some((_, after)) = headers::name_code(rest) {
                rest = after.trim_start();
            } else if let Some(after) = value(rest, "DOB").filter(|_| rest.starts_with("DOB")) {
                rest = dates::leading(after)
                    .map_or("", |(_, after)| after)
                    .trim_start();
            } else if self.entry.date.is_none()
                && let Some((date, after)) = dates::leading(rest)
            {
                self.date_line(at, date, after, marks);
                return;
            } else {
                // The custody's own word, a garbled code: part of the header.
                let next = ["NAM", "DOB:"]
                    .iter()
                    .filter_map(|word| rest.find(word))
                    .filter(|at| *at > 0)
                    .min();
                match next.and_then(|at| rest.get(at..)) {
                    Some(after) => rest = after,
                    None => return,
                }
            }
        }
    }

    fn date_line(&mut self, at: usize, date: PrintedDate, after: &str, marks: &mut Marks) {
        marks.used(at);
        self.doubtful_date(at, &date, marks);
        self.entry.date = Some(noted(date, at));
        let (text, level) = without_toc(after);
        if let Some(level) = level {
            self.entry.toc = level.map(|level| noted(level, at));
        }
        // A count on the same line is read as if it stood on its own.
        let (agency, count) = match text.find("CNT:") {
            Some(start) => text.split_at_checked(start).unwrap_or((text.as_str(), "")),
            None => (text.as_str(), ""),
        };
        let agency = agency.trim_matches(|c: char| is_speck(c) || c == '-');
        if !agency.is_empty() {
            self.entry.agency = Some(noted(agency.to_owned(), at));
        }
        if !count.is_empty() && !self.count(at, count, marks) {
            marks.unread(at);
        }
    }

    fn doubtful_date(&self, at: usize, date: &PrintedDate, marks: &mut Marks) {
        match (date.day, date.likely) {
            (Some(_), _) => {}
            (None, Some(likely)) => {
                marks.flag(
                    FlagKind::DoubtfulDate,
                    None,
                    at,
                    &date.printed,
                    Some(likely.to_string()),
                );
            }
            (None, None) => marks.flag(FlagKind::ImpossibleDate, None, at, &date.printed, None),
        }
    }

    /// Reads one line that is no ruler, header or notice.
    pub(super) fn line(&mut self, at: usize, line: &Line, marks: &mut Marks) {
        self.entry.lines.push(at);
        let (text, toc) = without_toc(&line.text);
        if let Some(level) = toc {
            self.toc(at, level);
        }
        let text = text.trim();
        let before = self.last;
        self.last = Last::Other;
        let understood = if text.is_empty() {
            self.last = before;
            true
        } else {
            self.head_line(at, text, marks)
                || self.count(at, text, marks)
                || self.case_number(at, text, before)
                || self.flags(text)
                || self.disposition(at, text)
                || self.update_line(at, text, marks)
                || self.status(at, text, marks)
                || self.sentence(at, text)
                || self.comment(at, text, marks)
                || self.keyed(text)
                || self.charge(at, text, before, marks)
                || (before == Last::Disposition && self.run_on(text, line.indent, before))
                || self.relief_in_passing(at, text)
                || self.run_on(text, line.indent, before)
                || self.free_text(at, text)
        };
        if understood || !self.entry.makes_a_case() {
            // A remark may have been marked as such already.
            marks.used_unless_ignored(at);
        }
        if self.last != before || understood {
            self.last_indent = if before == self.last {
                self.last_indent
            } else {
                line.indent
            };
        }
        self.gap = false;
    }

    fn head_line(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        if headers::is_name_code(text) || text.starts_with("DOB:") {
            self.head(at, text, marks);
            return true;
        }
        if self.has_counts() {
            return false;
        }
        if self.entry.date.is_none() {
            let Some((date, after)) = dates::leading(text) else {
                return false;
            };
            self.date_line(at, date, after, marks);
            return true;
        }
        // The agency may stand below its date.
        if self.entry.agency.is_none() && self.courts.agency(text).kind.is_some() {
            self.entry.agency = Some(noted(text.to_owned(), at));
            return true;
        }
        false
    }

    /// `CNT:003-005 #45678`
    fn count(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let known = ["CNT", "CHT", "CNI"]
            .iter()
            .find_map(|word| value(text, word));
        let Some(rest) = known.or_else(|| garbled_count(text)) else {
            return false;
        };
        if known.is_none() {
            marks.flag(FlagKind::RepairedHeader, None, at, text, Some("CNT".into()));
        }
        if self.room == 0 {
            return false;
        }
        self.room -= 1;
        self.update = None;
        let numbers_end = rest
            .find(|c: char| !(c.is_ascii_digit() || " -.".contains(c)))
            .unwrap_or(rest.len());
        let (numbers, rest) = rest.split_at_checked(numbers_end).unwrap_or((rest, ""));
        // Without a sign before it a number of its own is a case number: `CNT:01 #` lost its sign.
        let expected = self
            .entry
            .counts
            .last()
            .map_or(1, |count| count.last.saturating_add(1));
        let (first, last, tail) = match count_numbers(numbers) {
            Some((first, last, tail)) => (first, last, tail),
            None => {
                marks.flag(
                    FlagKind::DoubtfulCountNumber,
                    None,
                    at,
                    text,
                    Some(format!("CNT:{expected:02}")),
                );
                (expected, expected, String::new())
            }
        };
        let mut count = Count::new(at, first, last);
        if last - first >= limits::RANGE {
            marks.flag(FlagKind::WideRange, None, at, text, None);
            count.last = first;
        }
        self.entry.counts.push(count);
        self.last = Last::CountNumber;
        let rest = format!("{tail} {rest}");
        let rest = rest.trim();
        let understood = rest.is_empty()
            || self.case_number(at, rest, Last::CountNumber)
            || self.charge(at, rest, Last::CountNumber, marks)
            || (!tail.is_empty() && self.case_number(at, &format!("#{rest}"), Last::CountNumber));
        if !understood {
            // Something else stands on the count's line.
            marks.flag(FlagKind::DoubtfulCountNumber, None, at, text, None);
        }
        self.last = Last::CountNumber;
        true
    }

    /// `#A395487`, also with a star for the sign.
    fn case_number(&mut self, at: usize, text: &str, before: Last) -> bool {
        if before != Last::CountNumber {
            return false;
        }
        let text = text.trim_start_matches([' ', '.', ',', '\'', '·', '•', ':']);
        let Some(number) = text.strip_prefix(['#', '*']) else {
            return false;
        };
        let number = number
            .replace(['#', '.'], "")
            .trim_matches([' ', ':', '-', ','])
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let Some(count) = self.entry.counts.last_mut() else {
            return false;
        };
        if !number.chars().any(char::is_alphanumeric) {
            return true;
        }
        count.number = Some(noted(number, at));
        true
    }

    /// `-WARRANT -ATTEMPTED`
    fn flags(&mut self, text: &str) -> bool {
        let Some(flags) = text
            .strip_prefix('-')
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            return false;
        };
        if let Some(count) = self.entry.counts.last_mut() {
            count.attempted |= flags
                .split('-')
                .any(|flag| flag.trim().starts_with("ATTEMPT"));
        }
        true
    }

    fn toc(&mut self, at: usize, level: Option<Level>) {
        let Some(level) = level else { return };
        match self.entry.counts.last_mut() {
            Some(count) => count.toc = count.toc.take().or(Some(noted(level, at))),
            None => self.entry.toc = Some(noted(level, at)),
        }
    }

    fn outcomes(&mut self) -> &mut Vec<Outcome> {
        match self.entry.counts.last_mut() {
            Some(count) => &mut count.outcomes,
            None => &mut self.entry.outcomes,
        }
    }

    fn push_outcome(&mut self, at: usize, text: &str, remark: bool) {
        let update = self.update.clone();
        self.outcomes().push(Outcome {
            line: at,
            text: text.trim().replace("COMVICT", "CONVICT"),
            update,
            level: None,
            sentence: None,
            remark,
        });
    }

    fn disposition(&mut self, at: usize, text: &str) -> bool {
        let Some(words) = disposition_words(text) else {
            return false;
        };
        self.push_outcome(at, words, false);
        self.last = Last::Disposition;
        true
    }

    /// A date by itself, or with a disposition behind it, after the counts.
    fn update_line(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
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
    fn status(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let words = ["CONV STATUS", "CONV STATIS", "CONV STAT"];
        let Some(rest) = words.iter().find_map(|word| after_spread(text, word)) else {
            return false;
        };
        let word =
            rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !"▯□\u{fffd}".contains(c));
        let read = printed_level(word);
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

    fn sentence(&mut self, at: usize, text: &str) -> bool {
        let bare = || {
            text.strip_prefix("SEN ")
                .filter(|words| sentence::is_sentence(words))
        };
        let Some(words) = value(text, "SEN")
            .or_else(|| value(text, "XSEN"))
            .or_else(bare)
        else {
            return false;
        };
        self.add_sentence(at, words);
        self.last = Last::Sentence;
        true
    }

    fn add_sentence(&mut self, at: usize, words: &str) {
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

    fn comment(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let Some(words) = value(text, "COM") else {
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

    fn comment_charge(&mut self, at: usize, text: &str, number: Option<u16>, marks: &mut Marks) {
        let count = match number {
            Some(n) => self
                .entry
                .counts
                .iter_mut()
                .find(|count| (count.first..=count.last).contains(&n)),
            None => self.entry.counts.last_mut(),
        };
        let Some(charge) = charge::parse(text) else {
            // `CHRG-3 ADD CNTS OF 496.1 PC`: counts that stand nowhere.
            let more = text.contains("CNTS") || text.contains("COUNTS");
            let kind = if more {
                FlagKind::FurtherCounts
            } else {
                FlagKind::SecondCharge
            };
            marks.flag(kind, None, at, text, None);
            return;
        };
        match count {
            Some(count) if count.charge.is_none() => {
                Self::charge_flags(at, &charge, marks);
                count.charge = Some(noted(charge, at));
            }
            _ => marks.flag(
                FlagKind::SecondCharge,
                None,
                at,
                text,
                charge.section.map(|s| s.to_string()),
            ),
        }
    }

    /// Lines with a keyword that carry nothing for the record but belong to the entry.
    fn keyed(&mut self, text: &str) -> bool {
        const KEYS: [&str; 13] = [
            "ARR BY",
            "WARRANT",
            "CITE",
            "RECVD BY",
            "CONV OF",
            "STATE INN",
            "SEN FROM",
            "PAROLED FROM",
            "ADR",
            "SCN",
            "ATI",
            "DCN",
            "BAIL",
        ];
        let court_number = text
            .split_once("CRT #")
            .or_else(|| text.split_once("CRT  #"))
            .map(|(_, number)| number.trim_start_matches([':', ' ']).trim());
        if let Some(number) = court_number {
            self.entry.court_number = Some(number.to_owned());
            return true;
        }
        KEYS.iter().any(|key| {
            text.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with([':', '#', ';', '-']))
        })
    }

    fn charge(&mut self, at: usize, text: &str, before: Last, marks: &mut Marks) -> bool {
        let squeezed: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        if squeezed.starts_with("SEECOMMENTFORCHARGE") {
            if let Some(count) = self.entry.counts.last_mut() {
                count.see_comment = true;
            }
            return true;
        }
        if squeezed.starts_with("1170H") && squeezed.contains("SENTENC") {
            if let Some(count) = self.entry.counts.last_mut() {
                count.realigned = Some(at);
            }
            return true;
        }
        let Some(charge) = charge::parse(text) else {
            return false;
        };
        // A section below a line of relief is whose relief it is.
        if before == Last::Disposition
            && let Some(last) = self.outcomes().last_mut()
            && charge.description.is_none()
        {
            last.text.push(' ');
            last.text.push_str(text);
            return true;
        }
        let makes_a_case = self.entry.makes_a_case();
        let open = self.update.is_none();
        if self.entry.counts.is_empty() && self.room > 0 {
            // A registration may have no count line; elsewhere it was lost, which is told.
            if makes_a_case {
                marks.flag(
                    FlagKind::DoubtfulCountNumber,
                    None,
                    at,
                    text,
                    Some("CNT:01".into()),
                );
            }
            self.room -= 1;
            self.entry.counts.push(Count::new(at, 1, 1));
        }
        let Some(count) = self.entry.counts.last_mut() else {
            return false;
        };
        if count.charge.is_some() || !count.outcomes.is_empty() || !open {
            if makes_a_case {
                let proposal = charge.section.map(|section| section.to_string());
                marks.flag(FlagKind::SecondCharge, None, at, text, proposal);
            }
            return false;
        }
        Self::charge_flags(at, &charge, marks);
        count.charge = Some(noted(charge, at));
        // Words between the count's line and its charge were no charge after all.
        if let Some(words) = count.words.take() {
            marks.unread(words.line);
        }
        self.last = Last::Charge;
        true
    }

    fn charge_flags(at: usize, charge: &Charge, marks: &mut Marks) {
        if let Some(printed) = &charge.repaired {
            let section = charge.section.as_ref().map(ToString::to_string);
            marks.flag(FlagKind::RepairedCode, None, at, printed, section);
        }
        if let Some(likely) = &charge.likely {
            marks.flag(
                FlagKind::DoubtfulSection,
                None,
                at,
                "",
                Some(likely.to_string()),
            );
        }
    }

    /// A line that continues the one before: deeper in, or after a comma.
    fn run_on(&mut self, text: &str, indent: usize, before: Last) -> bool {
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
                if let Some(sentence) = self
                    .outcomes()
                    .last_mut()
                    .and_then(|last| last.sentence.as_mut())
                {
                    sentence.value.push(' ');
                    sentence.value.push_str(text);
                }
            }
            Last::Disposition if deeper => {
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

    fn free_text(&mut self, at: usize, text: &str) -> bool {
        let open = self.update.is_none();
        match self.entry.counts.last_mut() {
            Some(count)
                if open
                    && count.charge.is_none()
                    && count.words.is_none()
                    && count.outcomes.is_empty() =>
            {
                // Three letters in a row at least: specks are no charge.
                if !text
                    .split(|c: char| !c.is_alphabetic())
                    .any(|word| word.len() >= 3)
                {
                    return false;
                }
                count.words = Some(noted(text.trim_end_matches(['.', ' ']).to_owned(), at));
                true
            }
            _ => false,
        }
    }

    /// A note of relief that stands by itself, with its date somewhere in it.
    fn relief_in_passing(&mut self, at: usize, text: &str) -> bool {
        if self.wordings.relief(text).is_none() {
            return false;
        }
        self.push_outcome(at, text, true);
        self.last = Last::Disposition;
        true
    }
}

/// The words of `DISPO:...`, also of `DISP:` and where the colon is lost.
fn disposition_words(text: &str) -> Option<&str> {
    ["DISPO", "DISPOSITION", "DISP"]
        .iter()
        .find_map(|word| value(text, word))
        .or_else(|| {
            let rest = text.trim_start_matches(is_speck).strip_prefix("DISPO")?;
            rest.starts_with(' ').then(|| rest.trim())
        })
}

/// `CMT:02`: three letters that begin like a count's and two digits.
fn garbled_count(text: &str) -> Option<&str> {
    const OTHERS: [&str; 5] = ["COM", "CRT", "CII", "CDL", "CDC"];
    let (word, rest) = text.split_at_checked(3)?;
    let rest = rest.strip_prefix([':', ';'])?;
    let letters = word.starts_with('C') && word.chars().all(|c| c.is_ascii_alphabetic());
    let digits = rest
        .trim_start()
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    (letters && !OTHERS.contains(&word) && (2..=3).contains(&digits)).then_some(rest)
}

/// A line without its `TOC:x`; the inner option is none for `N`, no type.
fn without_toc(text: &str) -> (String, Option<Option<Level>>) {
    let Some(at) = text.find("TOC:").or_else(|| text.find("TOC;")) else {
        return (text.to_owned(), None);
    };
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let after = after.get(4..).unwrap_or_default().trim_start();
    let mut letters = after.chars();
    let level = letters.next();
    let rest = letters
        .as_str()
        .trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let joined = format!(
        "{} {}",
        before.trim_end(),
        rest.trim_start_matches(['.', ' '])
    );
    (joined, Some(level.and_then(|c| level_of(&c.to_string()))))
}

fn level_of(text: &str) -> Option<Level> {
    match text.chars().next()? {
        'F' => Some(Level::Felony),
        'M' => Some(Level::Misdemeanor),
        'I' => Some(Level::Infraction),
        _ => None,
    }
}

/// The level that a word says, and whether it was printed so. A misread letter or two still leave only one of three words.
fn printed_level(word: &str) -> Option<(Level, bool)> {
    const WORDS: [(&str, Level); 3] = [
        ("FELONY", Level::Felony),
        ("MISDEMEANOR", Level::Misdemeanor),
        ("INFRACTION", Level::Infraction),
    ];
    let word = word.split([' ', '.', ',', '/']).next().unwrap_or_default();
    let exact = WORDS
        .iter()
        .find(|(name, _)| !word.is_empty() && name.starts_with(word));
    if let Some((_, level)) = exact {
        return Some((*level, true));
    }
    let near = WORDS.iter().find(|(name, _)| {
        let differ = name
            .chars()
            .zip(word.chars())
            .filter(|(a, b)| a != b)
            .count();
        name.len() == word.chars().count() && differ <= 2
    });
    near.map(|(_, level)| (*level, false))
}

/// `01`, `003-005`, `0    1`; and digits behind them that are no count number.
fn count_numbers(text: &str) -> Option<(u16, u16, String)> {
    let text = text.trim_matches(|c: char| is_speck(c));
    // `-1`, `1`: one digit is no count number.
    let number = |text: &str| -> Option<u16> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let fits = (2..=3).contains(&digits.len());
        digits.parse().ok().filter(|n| fits && *n > 0)
    };
    if let Some((first, last)) = text.split_once('-') {
        let (first, last) = (number(first)?, number(last)?);
        return (first <= last).then_some((first, last, String::new()));
    }
    let mut words = text.split_whitespace();
    let first = words.next()?;
    if let Some(n) = number(first) {
        return Some((n, n, words.collect::<Vec<_>>().join(" ")));
    }
    let n = number(text)?;
    Some((n, n, String::new()))
}
