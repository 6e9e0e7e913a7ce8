//! Everything before the first entry: transmission, notices, the personal block, the supervision summary.

use jiff::civil::Date;
use record::{Identifier, IdentifierKind, Name, PartialDate};

use super::clean::{self, Line};
use super::entry::{Noted, noted};
use super::marks::Marks;
use super::{dates, notices, rulers};
use crate::{FlagKind, Ignored};

/// Tags of the personal block.
const TAGS: [&str; 22] = [
    "CII", "DOB", "SEX", "RAC", "HGT", "WGT", "EYE", "HAIR", "HAI", "POB", "NAM", "MON", "FBI",
    "CDL", "IDN", "SOC", "INN", "MNU", "SMT", "MDS", "OCC", "FPC",
];

/// What the lines before the first entry say.
#[derive(Debug, Default)]
pub(super) struct Preamble {
    pub(super) name: Option<Noted<Name>>,
    pub(super) aliases: Vec<Noted<Name>>,
    pub(super) births: Vec<Noted<Date>>,
    pub(super) identifiers: Vec<Noted<Identifier>>,
    /// The day the sheet was made.
    pub(super) made: Option<Noted<Date>>,
    pub(super) supervision: Vec<Supervision>,
    /// The name taken has the number of the record's own.
    numbered_first: bool,
    /// The personal block was found.
    pub(super) found: bool,
    reading: Reading,
}

/// A line of the probation and parole summary with the ends it names.
#[derive(Debug)]
pub(super) struct Supervision {
    pub(super) kind: record::Supervision,
    pub(super) line: usize,
    pub(super) ends: Vec<PartialDate>,
}

/// What the next line may continue.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Reading {
    #[default]
    Nothing,
    /// Within a frame or after `**`.
    Notice,
    Names,
    /// A tag whose value is not kept.
    Description,
    Births,
    Numbers(IdentifierKind),
    Supervision,
}

impl Preamble {
    /// The block names other numbers of the state, and not this one.
    pub(super) fn is_not(&self, cii: &str) -> bool {
        let mut known = self
            .identifiers
            .iter()
            .filter(|number| number.value.kind == IdentifierKind::Cii)
            .peekable();
        known.peek().is_some() && known.all(|number| number.value.value != cii)
    }

    /// Reads one line.
    pub(super) fn line(&mut self, at: usize, line: &Line, marks: &mut Marks) {
        let slashed = with_slash(line);
        let line = slashed.as_ref().unwrap_or(line);
        let text = line.text.as_str();
        if text.is_empty() {
            marks.ignored(at, Ignored::Blank);
            // A notice and a fingerprint class end with a blank line; names and numbers may run on over a page.
            if matches!(self.reading, Reading::Notice | Reading::Description) {
                self.reading = Reading::Nothing;
            }
            return;
        }
        if rulers::of(text).is_some() {
            marks.ignored(at, Ignored::Ruler);
            self.reading = if self.reading == Reading::Notice {
                Reading::Nothing
            } else {
                Reading::Notice
            };
            return;
        }
        if self.tags(at, line, marks)
            || self.summary(at, text, marks)
            || self.transmission(at, text, marks)
        {
            return;
        }
        if text.starts_with("**") || notices::is_notice(text) {
            if text.contains("DECEASED") {
                marks.flag(FlagKind::Deceased, Some("person.died"), at, text, None);
            }
            marks.ignored(at, Ignored::Notice);
            self.reading = Reading::Notice;
            return;
        }
        let reading = self.reading;
        match reading {
            Reading::Names if self.name_line(at, &line.printed, marks) => {}
            Reading::Notice => marks.ignored(at, Ignored::Notice),
            Reading::Description => marks.ignored(at, Ignored::Description),
            Reading::Births if self.birth(at, text, marks) => {}
            Reading::Numbers(kind) if line.indent > 0 => self.number(at, text, kind, marks),
            Reading::Supervision if line.indent > 0 => self.supervised(at, text, marks),
            Reading::Nothing
            | Reading::Names
            | Reading::Births
            | Reading::Numbers(_)
            | Reading::Supervision => marks.unread(at),
        }
    }

    fn tags(&mut self, at: usize, line: &Line, marks: &mut Marks) -> bool {
        let text = line.text.as_str();
        // A name may hold anything, also what looks like a tag: its line is not taken apart.
        if let Some(rest) = tag_value(text, "NAM") {
            self.found = true;
            self.reading = Reading::Names;
            let printed = line
                .printed
                .split_once('/')
                .map_or(rest, |(_, value)| value);
            if !self.name_line(at, printed, marks) && !self.name_without_code(at, printed, marks) {
                marks.unread(at);
            }
            return true;
        }
        if text.starts_with("FPC ") {
            marks.ignored(at, Ignored::Description);
            self.reading = Reading::Description;
            return true;
        }
        let starts = tag_starts(text);
        if starts.first().is_none_or(|(start, _)| *start != 0) {
            return false;
        }
        // Description first: a line that also carries a fact ends as used.
        marks.ignored(at, Ignored::Description);
        for (index, (start, tag)) in starts.iter().enumerate() {
            let end = starts.get(index + 1).map_or(text.len(), |(next, _)| *next);
            let value = text
                .get(start + tag.len() + 1..end)
                .unwrap_or_default()
                .trim();
            if *tag == "NAM" {
                // A name may hold anything: the rest of the line is one.
                let upper = line.printed.to_ascii_uppercase();
                let name = upper.find("NAM/").and_then(|at| line.printed.get(at + 4..));
                self.found = true;
                self.reading = Reading::Names;
                let name = name.unwrap_or(value);
                if !self.name_line(at, name, marks) && !self.name_without_code(at, name, marks) {
                    marks.unread(at);
                }
                break;
            }
            self.tag(at, tag, value, marks);
        }
        true
    }

    fn tag(&mut self, at: usize, tag: &str, value: &str, marks: &mut Marks) {
        let numbers = |kind| Reading::Numbers(kind);
        self.reading = match tag {
            "DOB" => Reading::Births,
            "CII" => numbers(IdentifierKind::Cii),
            "FBI" => numbers(IdentifierKind::Fbi),
            "CDL" => numbers(IdentifierKind::Cdl),
            "SOC" => numbers(IdentifierKind::SsnLast4),
            "INN" => numbers(IdentifierKind::Inmate),
            _ => Reading::Description,
        };
        match self.reading {
            Reading::Births => {
                self.found = true;
                if !self.birth(at, value, marks) {
                    marks.unread(at);
                }
            }
            // A notice of consolidation names another number without its letter: not this person's.
            Reading::Numbers(IdentifierKind::Cii) if !is_cii(value) => {
                marks.ignored(at, Ignored::Notice);
                self.reading = Reading::Nothing;
            }
            Reading::Numbers(kind) => {
                self.found = true;
                self.number(at, value, kind, marks);
            }
            Reading::Nothing
            | Reading::Notice
            | Reading::Names
            | Reading::Description
            | Reading::Supervision => {}
        }
    }

    /// `01 SKYWALKER,LUKE JAY`
    fn name_line(&mut self, at: usize, printed: &str, marks: &mut Marks) -> bool {
        let printed = printed.trim();
        let Some((code, name)) = printed.split_once(char::is_whitespace) else {
            return false;
        };
        // The code may be read as letters (`O1`); that is no part of the name.
        let digits: Option<String> = code
            .chars()
            .map(|c| {
                if c.is_ascii_digit() {
                    Some(c)
                } else if c == '@' || c == '©' {
                    Some('0')
                } else {
                    dates::as_digit(c)
                }
            })
            .collect();
        if !(2..=3).contains(&code.chars().count()) || digits.is_none() || name.trim().is_empty() {
            return false;
        }
        // `01 DOE,JANE 02 ROE,JANE`: several on one line.
        if let Some((own, others)) = next_name(name.trim()) {
            let first = self.name_line(at, &format!("{code} {own}"), marks);
            return self.name_line(at, others, marks) && first;
        }
        let (name, sure) = name_of(name.trim());
        if !sure {
            marks.flag(FlagKind::DoubtfulName, None, at, printed, None);
        }
        marks.used(at);
        let first = digits.is_some_and(|digits| digits.parse() == Ok(1_u16));
        let name = noted(name, at);
        match &mut self.name {
            None => (self.name, self.numbered_first) = (Some(name), first),
            // The record's own name is number 01, wherever it stands.
            Some(known) if first && !self.numbered_first => {
                self.aliases.insert(0, std::mem::replace(known, name));
                self.numbered_first = true;
            }
            Some(_) => self.aliases.push(name),
        }
        true
    }

    /// The record name's code is garbled: better the name with doubt than another name in its place.
    fn name_without_code(&mut self, at: usize, printed: &str, marks: &mut Marks) -> bool {
        let start = printed.find(char::is_alphabetic).unwrap_or(printed.len());
        let words = printed.get(start..).unwrap_or_default().trim();
        if self.name.is_some() || !words.contains(',') {
            return false;
        }
        marks.flag(
            FlagKind::DoubtfulName,
            Some("person.name"),
            at,
            printed,
            None,
        );
        marks.used(at);
        (self.name, self.numbered_first) = (Some(noted(name_of(words).0, at)), true);
        true
    }

    fn birth(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let mut rest = text;
        let mut some = false;
        while let Some((date, after)) = dates::leading(rest) {
            some = true;
            marks.used(at);
            match (date.day, date.likely) {
                (Some(day), _) => self.births.push(noted(day, at)),
                (None, Some(likely)) => {
                    let proposal = Some(likely.to_string());
                    marks.flag(
                        FlagKind::DoubtfulDate,
                        Some("person.born"),
                        at,
                        &date.printed,
                        proposal,
                    );
                }
                (None, None) => marks.flag(
                    FlagKind::ImpossibleDate,
                    Some("person.born"),
                    at,
                    &date.printed,
                    None,
                ),
            }
            rest = after;
        }
        some
    }

    fn number(&mut self, at: usize, text: &str, kind: IdentifierKind, marks: &mut Marks) {
        for value in text.split_whitespace() {
            let value = if kind == IdentifierKind::SsnLast4 {
                let digits: Vec<char> = value.chars().filter(char::is_ascii_digit).collect();
                // Shorter runs may be the beginning of the number, which must not be kept.
                if digits.len() != 9 {
                    continue;
                }
                digits.iter().skip(5).collect()
            } else {
                value.to_owned()
            };
            self.identifiers.push(noted(Identifier { kind, value }, at));
        }
        marks.used(at);
    }

    fn summary(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let kinds = [
            ("PROBATION", record::Supervision::Probation),
            ("PAROLE", record::Supervision::Parole),
            ("PRCS", record::Supervision::Prcs),
            (
                "MANDATORY SUPERVISION",
                record::Supervision::MandatorySupervision,
            ),
        ];
        let Some((rest, kind)) = kinds
            .into_iter()
            .find_map(|(word, kind)| Some((clean::value(text, word)?, kind)))
        else {
            return false;
        };
        self.supervision.push(Supervision {
            kind,
            line: at,
            ends: Vec::new(),
        });
        self.supervised(at, rest, marks);
        self.reading = Reading::Supervision;
        true
    }

    fn supervised(&mut self, at: usize, text: &str, marks: &mut Marks) {
        marks.used(at);
        let Some(last) = self.supervision.last_mut() else {
            return;
        };
        for piece in text.split("EXP").skip(1) {
            let value = piece.trim_start_matches(|c: char| !c.is_ascii_digit());
            let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
            let end = match digits.len() {
                8 => dates::calendar(&digits).map(PartialDate::from),
                4 => digits
                    .parse()
                    .ok()
                    .and_then(|year| PartialDate::year(year).ok()),
                _ => None,
            };
            last.ends.extend(end);
        }
    }

    fn transmission(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let begins = ["TO:", "FROM:", "RE:", "ATTN:", "RESTRICTED", "ROUTE"];
        // A routing token: one word of capitals, digits and points with both.
        let token = !self.found
            && text.len() >= 8
            && text
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.')
            && text.chars().any(|c| c.is_ascii_digit());
        if self.found || !(token || begins.iter().any(|word| text.starts_with(word))) {
            return false;
        }
        if let Some((_, after)) = text.split_once("DATE:")
            && let Some((date, _)) = dates::leading(after)
            && let Some(day) = date.day
        {
            self.made = Some(noted(day, at));
        }
        marks.ignored(at, Ignored::Transmission);
        self.reading = Reading::Nothing;
        true
    }
}

/// `NAM:01 DOE,JANE`, `DOB:19700304`: a tag of the personal block whose stroke was printed or read as a colon.
fn with_slash(line: &Line) -> Option<Line> {
    let colon = line.text.find(':')?;
    let (tag, value) = line.text.split_at_checked(colon)?;
    let value = value.get(1..)?;
    let fits = match tag {
        "NAM" => value.contains(','),
        "DOB" => dates::leading(value).is_some(),
        "CII" => value.split_whitespace().next().is_some_and(is_cii),
        _ => false,
    };
    let (head, rest) = line.printed.split_once(':').filter(|_| fits)?;
    Some(Line {
        text: format!("{tag}/{value}"),
        printed: format!("{head}/{rest}"),
        ..line.clone()
    })
}

/// The state's number that a line begins with.
pub(super) fn cii(text: &str) -> Option<&str> {
    let number = tag_value(text, "CII")?.split_whitespace().next()?;
    is_cii(number).then_some(number)
}

fn tag_value<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    text.strip_prefix(tag)?.trim_start().strip_prefix('/')
}

/// Where tags begin in a line, in order.
fn tag_starts(text: &str) -> Vec<(usize, &'static str)> {
    let mut starts = Vec::new();
    for (slash, _) in text.match_indices('/') {
        let before = text.get(..slash).unwrap_or_default();
        let Some(tag) = TAGS.iter().find(|tag| before.ends_with(**tag)) else {
            continue;
        };
        let word_start = slash - tag.len();
        // A tag is a word of its own: not the end of another.
        if before
            .get(..word_start)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        {
            starts.push((word_start, *tag));
        }
    }
    starts
}

/// A name, and the next with its code behind it on the same line.
fn next_name(printed: &str) -> Option<(&str, &str)> {
    printed.match_indices(' ').find_map(|(at, _)| {
        let (own, next) = printed.split_at_checked(at)?;
        let (code, name) = next.trim_start().split_once(' ')?;
        let coded = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
        let named = name.split(' ').find(|word| !word.is_empty())?;
        (coded && own.contains(',') && named.contains(',')).then_some((own, next.trim_start()))
    })
}

/// One letter of three, then eight digits.
fn is_cii(value: &str) -> bool {
    value
        .strip_prefix(['A', 'H', 'M'])
        .is_some_and(|digits| digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// `FAMILY,GIVEN MIDDLE SUFFIX`; without a comma the whole is kept as the family name.
pub(crate) fn name_of(printed: &str) -> (Name, bool) {
    const SUFFIXES: [&str; 5] = ["JR", "SR", "II", "III", "IV"];
    let is_suffix =
        |word: &str| SUFFIXES.contains(&word.trim_end_matches('.').to_uppercase().as_str());
    let Some((family, given)) = printed.split_once(',') else {
        let name = Name {
            family: Some(printed.to_owned()),
            ..Name::default()
        };
        return (name, false);
    };
    let mut family: Vec<&str> = family.split_whitespace().collect();
    let mut given: Vec<&str> = given
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let mut suffix = None;
    for words in [&mut given, &mut family] {
        if suffix.is_none() && words.len() > 1 && words.last().is_some_and(|word| is_suffix(word)) {
            suffix = words.pop().map(str::to_owned);
        }
    }
    let joined = |words: &[&str]| (!words.is_empty()).then(|| words.join(" "));
    let name = Name {
        given: given.first().map(|word| (*word).to_owned()),
        middle: joined(given.get(1..).unwrap_or_default()),
        family: joined(&family),
        suffix,
    };
    (name, true)
}
