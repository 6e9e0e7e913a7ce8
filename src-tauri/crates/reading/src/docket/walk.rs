//! From labelled lines to cases: where each begins and ends, and which label says what.
//!
//! [`heading`] holds what stands above the counts of a case, [`counts`] the counts with how each ended.

mod counts;
mod heading;

use std::time::{Duration, Instant};

use record::{Name, PartialDate};

use super::words::{Kind, LABELS};
use crate::closing::is_gap;
use crate::sheet::clean::Line;
use crate::sheet::marks::Marks;
use crate::sheet::notices;
use crate::unproved::day;
use crate::unproved::labels::{self, Labelled, Sign};
use crate::unproved::{Case, Ending, Noted, Person, noted};
use crate::{Ignored, ReadError, limits};
use heading::{capitalized, is_title};

pub(super) struct Walker<'a> {
    lines: &'a [Line],
    person: Person,
    /// The first defendant.
    first: Option<Name>,
    /// The years that two digits cannot lie before.
    born: Option<i16>,
    cases: Vec<Case>,
    case: Case,
    /// Lines of the case at hand, whether it names a defendant, and whether it is another person's.
    own: Vec<usize>,
    named: bool,
    anothers: bool,
    /// The defendant named last is another person: cases that name nobody are not taken for the first one's.
    another_last: bool,
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
            named: false,
            anothers: false,
            another_last: false,
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
        } else if is_title(text) {
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
        self.named = false;
        if std::mem::replace(&mut self.anothers, self.another_last) {
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
        day.on(at, from, marks)
    }
}
