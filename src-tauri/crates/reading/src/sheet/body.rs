//! The lines of one entry: its head, its counts, what became of them.

mod breaks;
mod count;
mod keywords;
mod levels;
mod numbers;
mod outcome;
mod words;

use packs::courts::Courts;
use packs::wordings::Wordings;

use super::charge::Charge;
use super::clean::{Line, is_speck, value};
use super::dates::{self, PrintedDate};
use super::entry::{Entry, Noted, noted};
use super::headers::{self, Kind};
use super::marks::Marks;
use crate::FlagKind;
use breaks::apart;
use keywords::misread_court_number;
use levels::{Toc, without_toc};
use words::{has_words, is_place};

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
    /// The line of an update's date below which nothing stood yet.
    hanging: Option<usize>,
    last: Last,
    last_indent: usize,
    /// A blank line stood since.
    gap: bool,
    /// The agency's line may run on: nothing came after it.
    place_open: bool,
    /// It ended with a comma.
    comma: bool,
    /// Charges that a remark names for counts still to come.
    ahead: Vec<(u16, Noted<Charge>)>,
    /// The count that a remark on this line names.
    speaks_of: Option<u16>,
    /// Counts that may still be opened.
    room: usize,
    /// Something on the line was not understood: it stays unread.
    refused: bool,
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
            hanging: None,
            last: Last::Other,
            last_indent: 0,
            gap: false,
            place_open: false,
            comma: false,
            ahead: Vec::new(),
            speaks_of: None,
            room,
            refused: false,
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

    pub(super) fn finish(mut self, marks: &mut Marks) -> Entry {
        self.hangs(marks);
        self.entry
    }

    /// A date below which nothing stands may be of what stands above it.
    pub(super) fn hangs(&mut self, marks: &mut Marks) {
        if let Some(at) = self.hanging.take()
            && self.entry.makes_a_case()
        {
            marks.flag(FlagKind::DoubtfulDate, None, at, "", None);
            if let Some(count) = self.entry.counts.last_mut() {
                count.unread_update = true;
            }
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.entry.kind
    }

    pub(super) fn has_counts(&self) -> bool {
        !self.entry.counts.is_empty()
    }

    /// Nothing but its header was read.
    pub(super) fn is_bare(&self) -> bool {
        self.entry.lines.len() == 1 && self.entry.date.is_none() && !self.has_counts()
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
        let custody = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        self.entry.youth |= self.entry.kind == Kind::Custody
            && ["CYA", "YA", "DJJ"]
                .iter()
                .any(|word| custody.starts_with(word));
        self.entry.prison |= self.entry.kind == Kind::Custody
            && ["CDC", "CRC", "PRISON", "STATE", "FED", "OOS"]
                .iter()
                .any(|word| custody.starts_with(word));
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
        // The name's code may stand behind the date.
        let after = headers::name_code(after.trim_start()).map_or(after, |(_, rest)| rest);
        // A count on the same line is read as if it stood on its own.
        let (place, count) = match after.find("CNT:") {
            Some(start) => after.split_at_checked(start).unwrap_or((after, "")),
            None => (after, ""),
        };
        let (agency, toc) = without_toc(place);
        match toc {
            Some(Toc::Level(level)) => self.entry.toc = Some(noted(level, at)),
            Some(Toc::Misread) => marks.flag(FlagKind::DoubtfulLevel, None, at, place, None),
            Some(Toc::NoType) | None => {}
        }
        let comma = agency.trim_end().ends_with(',');
        let agency = agency.trim_matches(|c: char| is_speck(c) || c == '-');
        self.place_open = !agency.is_empty() && count.is_empty();
        if !agency.is_empty() {
            self.entry.agency = Some(noted(agency.to_owned(), at));
            self.comma = comma;
        }
        if !count.is_empty() {
            let (count, toc) = without_toc(count);
            if !self.count(at, count.trim(), marks) {
                marks.unread(at);
            }
            self.charged_as(at, toc, &count, marks);
        }
    }

    /// A type of charge is that of the count its line opens or speaks of.
    fn charged_as(&mut self, at: usize, toc: Option<Toc>, text: &str, marks: &mut Marks) {
        match toc {
            Some(Toc::Level(level)) => self.toc(at, level, marks),
            Some(Toc::Misread) => marks.flag(FlagKind::DoubtfulLevel, None, at, text, None),
            Some(Toc::NoType) | None => {}
        }
        self.speaks_of = None;
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
        // A lost line break is put back before the words that begin a line of their own.
        let parts = apart(&line.text);
        let mut all = true;
        for part in parts {
            all &= self.part(at, part, line.indent, marks);
        }
        if all || !self.entry.makes_a_case() {
            // A remark may have been marked as such already.
            marks.used_unless_ignored(at);
        } else {
            let update = self.update.is_some();
            if let Some(count) = self.entry.counts.last_mut() {
                // Below what became of a count may stand relief that nobody could read.
                let below = update || !count.outcomes.is_empty();
                count.unread_update |= dates::leading(&line.text).is_some()
                    || (line.recognised && below && has_words(&line.text));
            }
        }
        self.gap = false;
    }

    fn part(&mut self, at: usize, part: &str, indent: usize, marks: &mut Marks) -> bool {
        let (text, toc) = without_toc(part);
        let text = text.trim();
        let before = self.last;
        self.last = Last::Other;
        let place_open = std::mem::take(&mut self.place_open) && !self.gap;
        let understood = if text.is_empty() {
            self.last = before;
            true
        } else {
            (place_open && self.place_goes_on(text, indent))
                || self.head_line(at, text, marks)
                || self.count(at, text, marks)
                || self.case_number(at, text, before, marks)
                || self.flags(at, text, marks)
                || self.disposition(at, text)
                || self.update_line(at, text, marks)
                || self.status(at, text, marks)
                || self.sentence(at, text, marks)
                || self.comment(at, text, marks)
                || self.keyed(at, text, marks)
                || self.charge(at, text, before, marks)
                || (before == Last::Disposition && self.run_on(at, text, indent, before))
                || self.relief_in_passing(at, text)
                || self.run_on(at, text, indent, before)
                || self.free_text(at, text, marks)
        };
        if text.is_empty() && toc.is_some() && !self.has_counts() {
            // Alone above the counts: of which of them it is is not known.
            marks.flag(FlagKind::DoubtfulLevel, None, at, part, None);
            self.refused = true;
        } else {
            self.charged_as(at, toc, part, marks);
        }
        let understood = understood && !std::mem::take(&mut self.refused);
        if self.last != before || understood {
            self.last_indent = if before == self.last {
                self.last_indent
            } else {
                indent
            };
        }
        understood
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
                return self.undated_place(at, text, marks);
            };
            self.date_line(at, date, after, marks);
            return true;
        }
        // The agency may stand below its date: in a case's entry nothing else stands between date and counts.
        let agency = self.courts.agency(text).kind.is_some()
            || (self.entry.makes_a_case() && is_place(text));
        if self.entry.agency.is_none() && agency {
            self.entry.agency = Some(noted(text.to_owned(), at));
            return true;
        }
        false
    }

    /// `1982-01-02  CASC NAPA`, `CASC NAPA`: the date is odd or lost, and the place is as good as ever.
    fn undated_place(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        const LONGEST: usize = 12;
        let place = std::iter::once(0)
            .chain(text.match_indices(' ').map(|(blank, _)| blank + 1))
            .take_while(|at| *at <= LONGEST)
            .filter_map(|at| text.split_at_checked(at))
            .find(|(_, place)| self.courts.agency(place).kind.is_some());
        let Some((printed, place)) = place.filter(|_| self.entry.agency.is_none()) else {
            return false;
        };
        let digits = printed.bytes().filter(u8::is_ascii_digit).count();
        if !printed.trim().is_empty() && digits < 4 {
            return false;
        }
        self.entry.agency = Some(noted(place.trim().to_owned(), at));
        match dates::broken(printed.trim()) {
            Some(date) => {
                self.doubtful_date(at, &date, marks);
                self.entry.date = Some(noted(date, at));
            }
            None => marks.flag(FlagKind::ImpossibleDate, None, at, text, None),
        }
        true
    }

    /// The agency's name runs on: after a comma, or far in, where nothing but it can stand.
    fn place_goes_on(&mut self, text: &str, indent: usize) -> bool {
        const FAR_IN: usize = 8;
        let Some(agency) = self.entry.agency.as_mut().filter(|_| is_place(text)) else {
            return false;
        };
        if !(self.comma || indent >= FAR_IN) || headers::is_name_code(text) {
            return false;
        }
        agency.value.push_str(if self.comma { ", " } else { " " });
        agency.value.push_str(text);
        true
    }

    /// Lines with a keyword that carry nothing for the record but belong to the entry.
    fn keyed(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
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
        // `CRI #:F920`, `CRT *:F920`: without it a sentence would be of no court.
        let near = || misread_court_number(text).filter(|_| !self.entry.makes_a_case());
        if court_number.is_none() && near().is_some() {
            marks.flag(
                FlagKind::RepairedHeader,
                None,
                at,
                text,
                Some("CRT #".into()),
            );
        }
        if let Some(number) = court_number.or_else(near) {
            let number = noted(number.to_owned(), at);
            let place = value(text, "SEN FROM")
                .and_then(|rest| rest.split_once("CRT"))
                .map(|(place, _)| place.trim())
                .filter(|place| !place.is_empty())
                .map(|place| noted(place.to_owned(), at));
            if let Some(count) = self.entry.counts.last_mut() {
                count.court = Some((place.clone(), number.clone()));
            }
            self.entry.court_number = Some(number);
            self.entry.sentenced_in = place.or(self.entry.sentenced_in.take());
            return true;
        }
        KEYS.iter().any(|key| {
            text.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with([':', '#', ';', '-']))
        })
    }
}
