//! The decisions of a review that is done, page by page: found by what was decided, and opened to a person. Of each decision only a few
//! bytes are kept in memory, no name among them; the words stay in their table.

mod source;

use std::collections::BTreeMap;
use std::time::SystemTime;

use self::source::Reader;
pub(crate) use self::source::Source;
use crate::ReviewError;
use crate::csv as ours;
use crate::hands::Hands;
use crate::table::{SAID, WHOSE};

/// More decisions than this are not listed: an index of them would not be small any more.
const MOST: usize = 4_000_000;
/// Different questions that can be asked for by name.
const QUESTIONS: usize = 63;
/// Who decided, where a person did.
const HAND: &str = "hand";
/// Columns of the table.
const COLUMNS: usize = WHOSE.len() + SAID.len();

/// What is looked for; everything that is not `None` must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The determination, as tables name it.
    pub determination: Option<String>,
    /// The section, without subdivisions.
    pub section: Option<String>,
    /// Who decided, as tables name it.
    pub decided_by: Option<String>,
    /// A question that is open.
    pub question: Option<String>,
    /// Something that stands in the row, such as a name or a case number, in any capitals.
    pub words: Option<String>,
}

/// One decision, by the names of the table's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its number in the table, from 0.
    pub number: usize,
    /// Where it begins in the table, the same for all of a person's.
    pub person: usize,
    values: Vec<String>,
}

impl Said {
    /// A column's value; empty where there is none.
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        let place = WHOSE.iter().chain(&SAID).position(|name| *name == column);
        place
            .and_then(|n| self.values.get(n))
            .map_or("", String::as_str)
    }
}

/// Decisions that fit, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// So many fit.
    pub of: usize,
    /// Those asked for, in the table's order.
    pub rows: Vec<Said>,
}

/// What can be chosen from, with how many decisions have it, the most frequent first.
pub type Choices = Vec<(String, usize)>;

// One decision in the index.
struct Entry {
    at: u64,
    person: u32,
    section: u16,
    determination: u8,
    by: u8,
    asked: u64,
}

// Takes a decision's number and the bytes of its line.
type Each<'e> = &'e mut dyn FnMut(usize, &[u8]) -> Result<(), ReviewError>;

// Words by number.
#[derive(Default)]
struct Names(Vec<(String, usize)>);

impl Names {
    fn number(&mut self, name: &str) -> usize {
        let found = self.0.iter().position(|(known, _)| known == name);
        let n = found.unwrap_or_else(|| {
            self.0.push((name.to_owned(), 0));
            self.0.len() - 1
        });
        self.0[n].1 += 1;
        n
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(known, _)| known == name)
    }

    fn choices(&self) -> Choices {
        let mut all = self.0.clone();
        all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        all
    }
}

/// The decisions.
pub struct Pages {
    source: Source,
    // What the table's file was like when it was read.
    stamp: Option<(u64, Option<SystemTime>)>,
    entries: Vec<Entry>,
    end: u64,
    left_out: u64,
    determinations: Names,
    sections: Names,
    deciders: Names,
    questions: Names,
    // What people decided since, by number.
    since: BTreeMap<usize, &'static str>,
    // The last answer: whoever turns pages asks the same again.
    last: Option<(Filter, Vec<u32>)>,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl Pages {
    /// Reads the table once.
    pub(crate) fn new(source: Source) -> Result<Self, ReviewError> {
        let mut pages = Self {
            entries: Vec::new(),
            end: 0,
            left_out: 0,
            determinations: Names::default(),
            sections: Names::default(),
            deciders: Names::default(),
            questions: Names::default(),
            since: BTreeMap::new(),
            last: None,
            stamp: source.stamp()?,
            source,
        };
        let source = pages.source.clone();
        let mut rows = csv::Reader::from_reader(source.read()?);
        let heads: Vec<&str> = WHOSE.into_iter().chain(SAID).collect();
        let found = rows.headers().map_err(|_| source.changed(1))?;
        if found.iter().ne(heads.iter().copied()) {
            return Err(source.changed(1));
        }
        let place = |name: &str| heads.iter().position(|head| *head == name).unwrap_or(0);
        let [subject, determination, by, section, questions] = [
            "subject_id",
            "determination",
            "decided_by",
            "section",
            "questions",
        ]
        .map(place);
        let mut row = csv::ByteRecord::new();
        let (mut whose, mut first): (Vec<u8>, u32) = (Vec::new(), 0);
        while rows
            .read_byte_record(&mut row)
            .map_err(|_| source.changed(rows_line(&row)))?
        {
            let at = row.position().map_or(0, csv::Position::byte);
            if pages.entries.len() == MOST {
                if pages.left_out == 0 {
                    pages.end = at;
                }
                pages.left_out += 1;
                continue;
            }
            let number = u32::try_from(pages.entries.len()).unwrap_or(u32::MAX);
            if row[subject] != whose[..] || number == 0 {
                whose.clear();
                whose.extend_from_slice(&row[subject]);
                first = number;
            }
            let text = |n: usize| String::from_utf8_lossy(&row[n]);
            let asked = text(questions);
            let asked = asked.split("; ").filter(|one| !one.is_empty());
            let asked = asked.fold(0, |bits, one| {
                let known = pages.questions.find(one);
                let room = known.is_some() || pages.questions.0.len() < QUESTIONS;
                bits | match room {
                    true => 1 << pages.questions.number(one),
                    false => 1 << QUESTIONS,
                }
            });
            let small = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
            let section = pages.sections.number(base(&text(section)));
            let entry = Entry {
                at,
                person: first,
                section: u16::try_from(section).unwrap_or(u16::MAX),
                determination: small(pages.determinations.number(&text(determination))),
                by: small(pages.deciders.number(&text(by))),
                asked,
            };
            pages.entries.push(entry);
        }
        if pages.left_out == 0 {
            pages.end = rows.position().byte();
        }
        Ok(pages)
    }

    /// Decisions that are not listed, because there are too many.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The sections there are.
    #[must_use]
    pub fn sections(&self) -> Choices {
        self.sections.choices()
    }

    /// Who decided.
    #[must_use]
    pub fn deciders(&self) -> Choices {
        self.deciders.choices()
    }

    /// The questions that are open.
    #[must_use]
    pub fn questions(&self) -> Choices {
        self.questions.choices()
    }

    /// Decisions that fit, `count` of them from the `from`th.
    ///
    /// # Errors
    /// The table cannot be read, or is not as it was.
    pub fn page(
        &mut self,
        filter: &Filter,
        from: usize,
        count: usize,
    ) -> Result<Page, ReviewError> {
        if self.last.as_ref().is_none_or(|(last, _)| last != filter) {
            let found = self.matching(filter)?;
            self.last = Some((filter.clone(), found));
        }
        let found = self.last.as_ref().map_or(&[][..], |(_, found)| found);
        let wanted: Vec<usize> = found
            .iter()
            .skip(from)
            .take(count)
            .map(|n| *n as usize)
            .collect();
        let of = found.len();
        Ok(Page {
            of,
            rows: self.read(&wanted)?,
        })
    }

    /// All decisions on the person whose decisions begin at `person`.
    ///
    /// # Errors
    /// The table cannot be read, or is not as it was.
    pub fn person(&self, person: usize) -> Result<Vec<Said>, ReviewError> {
        let of = |entry: &&Entry| entry.person as usize == person;
        let rest = self.entries.get(person..).unwrap_or_default();
        let count = rest.iter().take_while(of).count();
        self.read(&(person..person + count).collect::<Vec<_>>())
    }

    /// One decision by its number.
    ///
    /// # Errors
    /// The table cannot be read, or is not as it was.
    pub fn one(&self, number: usize) -> Result<Option<Said>, ReviewError> {
        Ok(self.read(&[number])?.pop())
    }

    /// Takes in what people decided since: it is what filters see.
    pub fn since(&mut self, hands: &Hands) {
        self.since = hands.keys();
        self.last = None;
    }

    /// Every decision that is listed, in the table's order.
    pub(crate) fn each(&self, take: &mut dyn FnMut(&Said)) -> Result<(), ReviewError> {
        self.said(0..self.entries.len(), &mut |said| take(&said))
    }

    fn matching(&self, filter: &Filter) -> Result<Vec<u32>, ReviewError> {
        // A name that is nowhere in the table fits nothing of it.
        let number = |names: &Names, name: &Option<String>| {
            let number = |name: &String| names.find(name).unwrap_or(usize::MAX);
            name.as_ref().map(number)
        };
        let determination = number(&self.determinations, &filter.determination);
        let section = number(&self.sections, &filter.section);
        let by = number(&self.deciders, &filter.decided_by);
        let question = number(&self.questions, &filter.question);
        let is = |wanted: &Option<String>, known: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == known)
        };
        let decided = |n: usize, entry: &Entry| match self.since.get(&n) {
            Some(since) => is(&filter.determination, since) && is(&filter.decided_by, HAND),
            None => {
                determination.is_none_or(|n| usize::from(entry.determination) == n)
                    && by.is_none_or(|n| usize::from(entry.by) == n)
            }
        };
        let fits = |(n, entry): &(usize, &Entry)| {
            decided(*n, entry)
                && section.is_none_or(|n| usize::from(entry.section) == n)
                && question.is_none_or(|n| n < u64::BITS as usize && entry.asked >> n & 1 == 1)
        };
        let all = self.entries.iter().enumerate();
        let fitting = all.filter(fits).map(|(n, _)| n);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let words = filter.words.as_deref().map(str::trim).unwrap_or_default();
        if words.is_empty() {
            return Ok(fitting.map(number).collect());
        }
        let words = words.to_lowercase();
        let mut found = Vec::new();
        self.lines(fitting, &mut |n, line| {
            if String::from_utf8_lossy(line)
                .to_lowercase()
                .contains(&words)
            {
                found.push(number(n));
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn read(&self, wanted: &[usize]) -> Result<Vec<Said>, ReviewError> {
        let mut all = Vec::with_capacity(wanted.len());
        self.said(wanted.iter().copied(), &mut |said| all.push(said))?;
        Ok(all)
    }

    fn said(
        &self,
        wanted: impl Iterator<Item = usize>,
        take: &mut dyn FnMut(Said),
    ) -> Result<(), ReviewError> {
        self.lines(wanted, &mut |n, line| {
            let mut rows = csv::ReaderBuilder::new();
            let mut rows = rows.has_headers(false).from_reader(line);
            let mut row = csv::ByteRecord::new();
            let whole = rows.read_byte_record(&mut row).unwrap_or(false) && row.len() == COLUMNS;
            let entry = &self.entries[n];
            let values: Vec<String> = row.iter().map(plain).collect();
            let said = Said {
                number: n,
                person: entry.person as usize,
                values,
            };
            let known = self.determinations.find(said.get("determination"));
            if !whole || known != Some(usize::from(entry.determination)) {
                return Err(self.source.changed(n as u64 + 2));
            }
            take(said);
            Ok(())
        })
    }

    // The bytes of some lines, in the order they stand in.
    fn lines(
        &self,
        wanted: impl Iterator<Item = usize>,
        each: Each<'_>,
    ) -> Result<(), ReviewError> {
        if self.source.stamp()? != self.stamp {
            return Err(self.source.changed(1));
        }
        let mut reader: Option<Reader<'_>> = None;
        let mut line = Vec::new();
        for n in wanted {
            let Some(entry) = self.entries.get(n) else {
                continue;
            };
            let end = self.entries.get(n + 1).map_or(self.end, |next| next.at);
            let length = usize::try_from(end.saturating_sub(entry.at)).unwrap_or_default();
            let reader = match &mut reader {
                Some(reader) => reader,
                none => none.insert(self.source.reader()?),
            };
            line.resize(length, 0);
            reader
                .take(entry.at, &mut line)
                .map_err(|_| self.source.changed(n as u64 + 2))?;
            each(n, &line)?;
        }
        Ok(())
    }
}

fn rows_line(row: &csv::ByteRecord) -> u64 {
    row.position().map_or(1, csv::Position::line)
}

/// Without its subdivisions.
fn base(section: &str) -> &str {
    let base = section.split('(').next().unwrap_or_default().trim();
    match base.is_empty() {
        true => "unknown",
        false => base,
    }
}

// Without the sign that keeps a spreadsheet from reading a formula.
fn plain(field: &[u8]) -> String {
    let bare = match field.strip_prefix(b"'") {
        Some(rest) if ours::is_formula(rest) => rest,
        _ => field,
    };
    String::from_utf8_lossy(bare).into_owned()
}
