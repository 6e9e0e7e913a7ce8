//! From labelled lines to cases.

use std::time::{Duration, Instant};

use record::{Name, PartialDate};

use super::words::{Kind, LABELS};
use crate::closing::is_gap;
use crate::sheet::clean::Line;
use crate::sheet::marks::Marks;
use crate::sheet::{JURISDICTION, notices, preamble};
use crate::unproved::day::{self, Day};
use crate::unproved::labels::{self, Labelled, Sign};
use crate::unproved::{Arrest, Case, Count, Ending, Noted, Person, charge, noted};
use crate::{FlagKind, Ignored, ReadError, limits};

/// A court that stands as the title of a case.
const TITLES: [&str; 3] = [
    "SUPERIOR COURT OF ",
    "MUNICIPAL COURT OF ",
    "IN THE SUPERIOR COURT OF ",
];

/// The state whose courts name it in their titles.
const STATE: &str = "CALIFORNIA";

pub(super) struct Walker<'a> {
    lines: &'a [Line],
    person: Person,
    /// The first defendant.
    first: Option<Name>,
    /// The years that two digits cannot lie before.
    born: Option<i16>,
    cases: Vec<Case>,
    case: Case,
    /// Lines of the case at hand, and whether it is another person's.
    own: Vec<usize>,
    anothers: bool,
    /// Endings above all counts.
    above: Vec<Ending>,
    ended_on: Option<Noted<PartialDate>>,
    counts: usize,
}

impl<'a> Walker<'a> {
    pub(super) fn new(lines: &'a [Line]) -> Self {
        Self {
            lines,
            person: Person::default(),
            first: None,
            born: None,
            cases: Vec::new(),
            case: Case::default(),
            own: Vec::new(),
            anothers: false,
            above: Vec::new(),
            ended_on: None,
            counts: 0,
        }
    }

    /// Walks over all lines.
    ///
    /// # Errors
    /// It takes longer than the limit.
    pub(super) fn walk(mut self, marks: &mut Marks) -> Result<(Person, Vec<Case>), ReadError> {
        let deadline = Instant::now() + Duration::from_secs(limits::SECONDS);
        for (at, line) in self.lines.iter().enumerate() {
            if at % 256 == 0 && Instant::now() > deadline {
                return Err(ReadError::TooSlow {
                    seconds: limits::SECONDS,
                });
            }
            self.line(at, line, marks);
        }
        self.close(marks);
        Ok((self.person, self.cases))
    }

    fn line(&mut self, at: usize, line: &Line, marks: &mut Marks) {
        let text = line.text.as_str();
        let ruler = !text.contains(char::is_alphanumeric);
        if text.is_empty() {
            marks.ignored(at, Ignored::Blank);
        } else if is_gap(&line.printed) {
            // It stays unread, and no case goes on behind it.
            self.close(marks);
        } else if notices::is_page_mark(text) {
            marks.ignored(at, Ignored::Page);
        } else if notices::is_browser_print(text) {
            marks.ignored(at, Ignored::BrowserPrint);
        } else if ruler {
            marks.ignored(at, Ignored::Ruler);
        } else if TITLES.iter().any(|title| text.starts_with(title)) {
            self.own.push(at);
            self.court(at, text, true, marks);
        } else if let Some(found) = labels::at_start(text, &LABELS, Sign::Colon) {
            self.labelled(at, line, found, marks);
        }
    }

    /// The case so far ends here.
    fn close(&mut self, marks: &mut Marks) {
        let mut case = std::mem::take(&mut self.case);
        let ended_on = self.ended_on.take();
        for ending in std::mem::take(&mut self.above).into_iter().rev() {
            for count in &mut case.counts {
                count.endings.insert(0, ending.clone());
            }
            if case.counts.is_empty() {
                marks.unread(ending.outcome.line);
            }
        }
        if let Some(day) = &ended_on {
            let first = case
                .counts
                .iter_mut()
                .filter_map(|count| count.endings.first_mut());
            for ending in first.filter(|ending| ending.date.is_none() && !ending.outcome.remark) {
                ending.date = Some(day.clone());
            }
        }
        let own = std::mem::take(&mut self.own);
        if std::mem::take(&mut self.anothers) {
            for at in own {
                marks.unread(at);
            }
        } else if case.number.is_some() || !case.counts.is_empty() {
            self.cases.push(case);
        }
    }

    fn labelled(&mut self, at: usize, line: &Line, found: Labelled<'_, Kind>, marks: &mut Marks) {
        let value = found.value;
        if found.kind == Kind::Number && value.contains(|c: char| c.is_ascii_digit()) {
            self.number(at, value, marks);
            return;
        }
        self.own.push(at);
        marks.used(at);
        if value.is_empty() && found.number.is_none() {
            return;
        }
        match found.kind {
            Kind::Number => marks.unread(at),
            Kind::Defendant => self.defendant(at, labels::printed(&line.printed, value), marks),
            Kind::Alias => self
                .person
                .named(labels::printed(&line.printed, value), at, marks),
            Kind::Born => {
                if let Some(date) = self.date(at, value, None, marks) {
                    self.born = Some(date.value.earliest().year());
                    self.person.births.push(date);
                }
            }
            Kind::Court => self.court(at, value, false, marks),
            Kind::County => {
                let name = value
                    .trim_end_matches(" COUNTY")
                    .trim_start_matches("COUNTY OF ");
                self.case.county = Some(noted(capitalized(name), at));
            }
            Kind::Filed => self.case.filed = self.date(at, value, self.born, marks),
            Kind::ArrestDate => {
                let date = self.date(at, value, self.born, marks);
                self.arrest(at, |arrest| arrest.date = date);
            }
            Kind::ArrestAgency => {
                let agency = Some(noted(value.to_owned(), at));
                self.arrest(at, |arrest| arrest.agency = agency);
            }
            Kind::ArrestNumber => {
                let number = Some(noted(value.to_owned(), at));
                self.arrest(at, |arrest| arrest.number = number);
            }
            Kind::Count => self.count(at, found, marks),
            Kind::Section | Kind::Words | Kind::Level | Kind::OffenseDate | Kind::Plea => {
                self.of_count(found.kind, at, value, marks)
            }
            Kind::EndedOn => {
                let date = self.date(at, value, self.year(), marks);
                match self
                    .case
                    .counts
                    .last_mut()
                    .and_then(|count| count.endings.first_mut())
                {
                    Some(ending) if ending.date.is_none() => ending.date = date,
                    _ => self.ended_on = date.or(self.ended_on.take()),
                }
            }
            Kind::Ended | Kind::Sentence | Kind::Order => self.ended(found.kind, at, value, marks),
            Kind::Nothing => marks.ignored(at, Ignored::Remark),
        }
    }

    /// Another number begins another case.
    fn number(&mut self, at: usize, value: &str, marks: &mut Marks) {
        let squeezed = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        };
        match &self.case.number {
            Some(known) if squeezed(&known.value) == squeezed(value) => {}
            Some(_) => self.close(marks),
            // Counts without a number, and now one: it is the next case's.
            None if !self.case.counts.is_empty() => self.close(marks),
            None => {}
        }
        self.own.push(at);
        marks.used(at);
        self.case
            .number
            .get_or_insert_with(|| noted(value.to_owned(), at));
    }

    fn defendant(&mut self, at: usize, printed: &str, marks: &mut Marks) {
        let (name, parted) = preamble::name_of(printed.trim());
        match &self.first {
            None => self.first = Some(name),
            Some(first) if is_another(first, &name) => {
                // Nothing of somebody else may land in this record.
                self.anothers = true;
                marks.flag(FlagKind::UnknownEntry, None, at, printed, None);
                return;
            }
            Some(_) => {}
        }
        if parted || self.person.names.is_empty() {
            self.person.named(printed, at, marks);
        }
    }

    /// A court that stands behind the counts of a case which has one begins the next.
    fn court(&mut self, at: usize, text: &str, title: bool, marks: &mut Marks) {
        if !self.case.counts.is_empty() && (title || self.case.court.is_some()) {
            self.own.retain(|own| *own != at);
            self.close(marks);
            self.own.push(at);
        }
        marks.used(at);
        // A county alone says nothing: other states have counties of the same name.
        if text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == STATE)
        {
            self.case.jurisdiction = Some(noted(JURISDICTION.to_owned(), at));
        }
        self.case.court = Some(noted(text.to_owned(), at));
        if let Some((_, county)) = text.split_once("COUNTY OF ") {
            let name: Vec<&str> = county.split([',', '-', ';']).take(1).collect();
            self.case.county = Some(noted(capitalized(&name.concat()), at));
        }
    }

    fn arrest(&mut self, at: usize, set: impl FnOnce(&mut Arrest)) {
        let mut arrest = self.case.arrests.pop().unwrap_or(Arrest {
            line: at,
            ..Arrest::default()
        });
        set(&mut arrest);
        self.case.arrests.push(arrest);
    }

    fn year(&self) -> Option<i16> {
        let filed = self
            .case
            .filed
            .as_ref()
            .map(|filed| filed.value.earliest().year());
        filed.or(self.born)
    }

    fn date(
        &self,
        at: usize,
        text: &str,
        from: Option<i16>,
        marks: &mut Marks,
    ) -> Option<Noted<PartialDate>> {
        let (_, day) = day::first(text)?;
        self.dated(at, day, from, marks)
    }

    fn dated(
        &self,
        at: usize,
        day: Day,
        from: Option<i16>,
        marks: &mut Marks,
    ) -> Option<Noted<PartialDate>> {
        let date = day.date(from);
        match (date, day) {
            (None, Day::Impossible) => marks.flag(FlagKind::ImpossibleDate, None, at, "", None),
            (None, _) | (_, Day::Short(..)) => {
                marks.flag(FlagKind::DoubtfulDate, None, at, "", None)
            }
            _ => {}
        }
        Some(noted(date?, at))
    }

    fn count(&mut self, at: usize, found: Labelled<'_, Kind>, marks: &mut Marks) {
        let value = found.value;
        // `COUNT: 2`
        let alone = value
            .parse()
            .ok()
            .filter(|number: &u16| *number <= limits::RANGE);
        let number = found.number.or(alone);
        let bare = |count: &&mut Count| count.charge.is_none() && count.words.is_none();
        // `CHARGE: HS 11357(B)` below `COUNT: 2`.
        if number.is_none()
            && let Some(count) = self.case.counts.last_mut().filter(bare)
        {
            charge::read(count, value, at, true);
            return;
        }
        if self.counts >= limits::COUNTS {
            marks.unread(at);
            return;
        }
        self.counts += 1;
        let mut count = Count {
            line: at,
            printed: number,
            says_whole: true,
            ..Count::default()
        };
        if alone.is_none() && !value.is_empty() {
            charge::read(&mut count, value, at, true);
        }
        self.case.counts.push(count);
    }

    fn of_count(&mut self, kind: Kind, at: usize, value: &str, marks: &mut Marks) {
        let date = if kind == Kind::OffenseDate {
            self.date(at, value, self.born, marks)
        } else {
            None
        };
        let Some(count) = self.case.counts.last_mut() else {
            marks.unread(at);
            return;
        };
        match kind {
            Kind::Section if count.charge.is_none() => charge::read(count, value, at, true),
            Kind::Words if count.words.is_none() => count.words = Some(noted(value.to_owned(), at)),
            Kind::Level => match charge::labelled_level(value) {
                Some(level) => count.level = Some(noted(level, at)),
                None => marks.unread(at),
            },
            Kind::OffenseDate => count.offense_date = date,
            Kind::Plea => count.plea = Some(noted(day::taken(value).0, at)),
            _ => marks.unread(at),
        }
    }

    fn ended(&mut self, kind: Kind, at: usize, value: &str, marks: &mut Marks) {
        let (text, found) = day::taken(value);
        let date = found.and_then(|day| self.dated(at, day, self.year(), marks));
        let mut ending = match kind {
            Kind::Sentence => charge::sentenced(&text, at),
            _ => charge::ending(&text, at, date.clone()),
        };
        // An order names what it did; how the count ended stands under its own label.
        ending.outcome.remark |= kind == Kind::Order;
        if kind == Kind::Sentence && text.is_empty() {
            return;
        }
        let mut back = self.case.counts.iter_mut().rev();
        let Some(last) = back.next() else {
            self.above.push(ending);
            return;
        };
        // Counts in a list and one ending below: whether it is said of all of them or of the last, nothing tells.
        if back
            .next()
            .is_some_and(|before| before.endings.is_empty() && self.above.is_empty())
        {
            marks.unread(at);
            let doubt = if kind == Kind::Sentence {
                FlagKind::DoubtfulSentence
            } else {
                FlagKind::UnknownDisposition
            };
            marks.flag(doubt, None, at, "", None);
            return;
        }
        last.endings.push(ending);
    }
}

/// Neither may be a short form of the other: the family names differ, or the given names do.
fn is_another(first: &Name, other: &Name) -> bool {
    let words = |name: &Name| -> Vec<String> {
        let full = name.full().to_uppercase();
        full.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 1)
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(first), words(other));
    let shared = a.iter().filter(|word| b.contains(word)).count();
    shared < 2.min(a.len()).min(b.len())
}

/// `SAN DIEGO` as one writes it.
fn capitalized(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let mut signs = word.chars();
        let first: String = signs.next().into_iter().collect();
        format!("{first}{}", signs.as_str().to_lowercase())
    });
    words.collect::<Vec<_>>().join(" ")
}
