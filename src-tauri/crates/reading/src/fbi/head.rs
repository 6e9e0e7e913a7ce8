//! The head of an FBI record: names, birth dates and numbers, in columns under their titles or behind labels.

use record::{Identifier, IdentifierKind};

use super::words::{HEAD, Kind};
use crate::Ignored;
use crate::sheet::clean::Line;
use crate::sheet::marks::Marks;
use crate::unproved::{Person, day, labels, noted};

/// What the next lines hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// `DOE,JANE    123456AA1   2026/03/02`.
    Filed,
    /// A day among other things.
    Births,
    /// Names, line by line.
    Names,
    /// The FBI's number first, a state's behind it.
    Numbers,
    /// What no paper needs.
    Described,
}

/// Lines of the head and of the end that tell nothing of a person.
const NOTICES: [&str; 34] = [
    "DEPARTMENT OF JUSTICE",
    "FEDERAL BUREAU OF INVESTIGATION",
    "CRIMINAL JUSTICE INFORMATION SERVICES",
    "CLARKSBURG",
    "IDENTIFICATION RECORD",
    "IDENTITY HISTORY SUMMARY",
    "USE OF THE FOLLOWING",
    "USE OF THIS RECORD",
    "REGULATED BY LAW",
    "OFFICIAL USE ONLY",
    "FINGERPRINT COMPARISON",
    "SAME INDIVIDUAL",
    "EXPLANATION OF A CHARGE",
    "COMMUNICATE DIRECTLY",
    "FURNISHED THE DATA",
    "CONTRIBUTOR OF THE",
    "END OF COVER SHEET",
    "END OF PART",
    "PART 1",
    "THIS RAP SHEET",
    "CAVEATS",
    "PURPOSE CODE",
    "ATTENTION",
    "REQUEST ID",
    "DATA AS OF",
    "PRODUCED IN RESPONSE",
    "SINCE NEITHER CHARGES",
    "NOT APPEAR IN THIS",
    "RECORD UPDATED",
    "PURPOSE REQUESTED",
    "TITLE 28",
    "FALSE AND MISLEADING",
    "CRIMINAL HISTORY RECORD",
    "FEDERAL REGULATION",
];

/// A line of a notice.
pub(super) fn is_notice(text: &str) -> bool {
    NOTICES.iter().any(|piece| text.contains(piece))
}

/// Reads the lines before the first entry.
#[derive(Debug, Default)]
pub(super) struct Head {
    next: Option<Next>,
    /// Lines of the column that were read.
    lines: usize,
}

impl Head {
    /// The title of columns in whose next line the number of the FBI stands.
    pub(super) fn is_title(text: &str) -> bool {
        let numbered =
            text.contains("FBI NO") || text.contains("FBI NUMBER") || text.contains("FBI/UCN");
        numbered
            && (text.starts_with("NAME") || text.starts_with("FBI"))
            && !text.contains(':')
            && !text.contains(|c: char| c.is_ascii_digit())
    }

    /// Reads a line.
    pub(super) fn line(&mut self, at: usize, line: &Line, person: &mut Person, marks: &mut Marks) {
        let text = line.text.as_str();
        if let Some(next) = title(text) {
            marks.used(at);
            (self.next, self.lines) = (Some(next), 0);
            return;
        }
        if is_notice(text) {
            marks.ignored(at, Ignored::Notice);
            return;
        }
        if let Some(found) = labels::at_start(text, &HEAD, labels::Sign::Any) {
            self.next = None;
            labelled(found.kind, found.value, at, line, person, marks);
            return;
        }
        if DESCRIBED.iter().any(|word| text.starts_with(word)) {
            marks.ignored(at, Ignored::Description);
            self.next = Some(Next::Described);
            return;
        }
        if let Some(last) = social(text) {
            self.next = None;
            add(at, IdentifierKind::SsnLast4, last, person, marks);
            return;
        }
        let Some(next) = self.next else { return };
        self.lines += 1;
        let once = match next {
            Next::Filed => {
                filed(at, text, person, marks);
                true
            }
            Next::Births => {
                marks.ignored(at, Ignored::Description);
                births(at, text, person, marks);
                true
            }
            Next::Numbers => {
                let mut words = text.split_whitespace();
                fbi_number(at, words.next().unwrap_or_default(), person, marks);
                if let Some(number) = words.next().filter(|word| is_number(word)) {
                    add(at, IdentifierKind::Other, number, person, marks);
                }
                true
            }
            Next::Described => {
                marks.ignored(at, Ignored::Description);
                true
            }
            Next::Names if text.contains(',') => {
                for name in line.printed.split("  ").filter(|name| name.contains(',')) {
                    let name = name.split('(').next().unwrap_or_default();
                    person.named(name, at, marks);
                }
                self.lines > MOST_NAMES
            }
            Next::Names => true,
        };
        if once {
            self.next = None;
        }
    }

    /// A blank line ends a column of names.
    pub(super) fn blank(&mut self) {
        if self.next == Some(Next::Names) && self.lines > 0 {
            self.next = None;
        }
    }
}

/// More lines of names are a mistake.
const MOST_NAMES: usize = 60;
/// Titles of columns that no paper needs.
const DESCRIBED: [&str; 13] = [
    "SEX",
    "HEIGHT",
    "FINGERPRINT CLASS",
    "PATTERN CLASS",
    "HAIR",
    "EYE",
    "PLACE OF BIRTH",
    "CITIZENSHIP",
    "SCARS",
    "SUBJECT DESCRIPTION",
    "PHOTO",
    "RACE",
    "SOCIAL SECURITY",
];

fn title(text: &str) -> Option<Next> {
    if text.contains(':') {
        return None;
    }
    if Head::is_title(text) {
        return Some(if text.starts_with("NAME") {
            Next::Filed
        } else {
            Next::Numbers
        });
    }
    let dated = day::first(text).is_some();
    if !dated
        && (text.contains("BIRTH DATE")
            || text.contains("DATE OF BIRTH")
            || text.contains("DATE(S) OF BIRTH"))
    {
        return Some(Next::Births);
    }
    let names = [
        "ALIAS NAME",
        "OTHER NAMES",
        "ALIASES",
        "SUBJECT NAME",
        "ALSO KNOWN AS",
    ];
    (names.iter().any(|words| text.starts_with(words)) && !text.contains(','))
        .then_some(Next::Names)
}

/// `DOE,JANE    123456AA1   2026/03/02`: the name, the number, the day of the request.
fn filed(at: usize, text: &str, person: &mut Person, marks: &mut Marks) {
    let (text, _) = day::taken(text);
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if let Some(number) = words.pop_if(|word| is_number(word)) {
        fbi_number(at, number, person, marks);
    }
    person.named(&words.join(" "), at, marks);
}

/// The last four digits of `900-00-0201`.
fn social(text: &str) -> Option<&str> {
    let number = text.split_whitespace().next()?;
    let mut parts = number.split('-');
    let digits = |part: Option<&str>, length: usize| {
        part.is_some_and(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let fits = digits(parts.next(), 3) && digits(parts.next(), 2) && digits(parts.next(), 4);
    (fits && parts.next().is_none())
        .then(|| number.get(7..))
        .flatten()
}

fn is_number(word: &str) -> bool {
    (3..=10).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && word.bytes().filter(u8::is_ascii_digit).count() >= 3
}

pub(super) fn fbi_number(at: usize, number: &str, person: &mut Person, marks: &mut Marks) {
    let value = number.trim_matches(|c: char| !c.is_alphanumeric());
    if is_number(value) {
        add(at, IdentifierKind::Fbi, value, person, marks);
    }
}

fn add(at: usize, kind: IdentifierKind, value: &str, person: &mut Person, marks: &mut Marks) {
    marks.used(at);
    let value = value.to_owned();
    if !person
        .numbers
        .iter()
        .any(|known| known.value.kind == kind && known.value.value == value)
    {
        person.numbers.push(noted(Identifier { kind, value }, at));
    }
}

fn births(at: usize, text: &str, person: &mut Person, marks: &mut Marks) {
    let mut rest = text.to_owned();
    while let (left, Some(found)) = day::taken(&rest) {
        marks.used(at);
        match found.date(None) {
            Some(date) => person.births.push(noted(date, at)),
            None => marks.flag(
                crate::FlagKind::DoubtfulDate,
                Some("person.born"),
                at,
                "",
                None,
            ),
        }
        rest = left;
    }
}

/// A fact of the person behind its label, wherever it stands.
pub(super) fn labelled(
    kind: Kind,
    value: &str,
    at: usize,
    line: &Line,
    person: &mut Person,
    marks: &mut Marks,
) {
    let first = value.split_whitespace().next().unwrap_or_default();
    match kind {
        Kind::Name if value.contains(char::is_alphabetic) => {
            person.named(labels::printed(&line.printed, value), at, marks);
        }
        Kind::Born => births(at, value, person, marks),
        Kind::FbiNumber => fbi_number(at, first, person, marks),
        Kind::StateNumber if is_number(first) => {
            add(at, IdentifierKind::Other, first, person, marks)
        }
        Kind::Name | Kind::StateNumber => marks.used(at),
        _ => {}
    }
}
