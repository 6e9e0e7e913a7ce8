//! Entries as read, before they become cases: every value with the line it came from.

use record::{Level, PartialDate};

use super::charge::Charge;
use super::dates::PrintedDate;
use super::headers::Kind;

/// A value and the line it stands on, as an index into the source's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Noted<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
}

/// Builds a [`Noted`].
pub(crate) fn noted<T>(value: T, line: usize) -> Noted<T> {
    Noted { value, line }
}

/// What divides an entry from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// Stars: a new chain.
    Stars,
    /// Dashes: the same chain.
    Dashes,
    /// Nothing: the ruler is lost.
    Nothing,
}

/// One entry of the sheet.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) lead: Lead,
    pub(super) header: usize,
    pub(super) date: Option<Noted<PrintedDate>>,
    pub(super) agency: Option<Noted<String>>,
    pub(super) toc: Option<Noted<Level>>,
    pub(super) counts: Vec<Count>,
    /// Dispositions printed before any count: they concern all of them.
    pub(super) outcomes: Vec<Outcome>,
    /// Every line that belongs to it.
    pub(super) lines: Vec<usize>,
    /// The line of its strike mark.
    pub(super) strike: Option<usize>,
    /// `CRT #`: the court case that a custody entry belongs to.
    pub(super) court_number: Option<Noted<String>>,
    /// `SEN FROM`: the place whose court passed the sentence.
    pub(super) sentenced_in: Option<Noted<String>>,
    /// A commitment of the youth authority.
    pub(super) youth: bool,
    /// A commitment to a prison, which nobody enters without a conviction.
    pub(super) prison: bool,
    /// A sentence is printed in it.
    pub(super) sentenced: bool,
}

impl Entry {
    pub(super) fn new(kind: Kind, lead: Lead, header: usize) -> Self {
        Self {
            kind,
            lead,
            header,
            date: None,
            agency: None,
            toc: None,
            counts: Vec::new(),
            outcomes: Vec::new(),
            lines: vec![header],
            strike: None,
            court_number: None,
            sentenced_in: None,
            youth: false,
            prison: false,
            sentenced: false,
        }
    }

    /// Arrest and court entries become cases; the others are kept as text.
    pub(super) fn makes_a_case(&self) -> bool {
        matches!(
            self.kind,
            Kind::Arrest | Kind::SupplementalArrest | Kind::Court
        )
    }

    pub(super) fn is_arrest(&self) -> bool {
        matches!(self.kind, Kind::Arrest | Kind::SupplementalArrest)
    }

    pub(super) fn day(&self) -> Option<jiff::civil::Date> {
        self.date.as_ref()?.value.day
    }

    /// Its date as far as it is known.
    pub(super) fn dated(&self) -> Option<PartialDate> {
        self.date.as_ref()?.value.known
    }
}

/// One count, or like counts printed as one: a range or a list.
#[derive(Debug, Clone)]
pub(super) struct Count {
    pub(super) line: usize,
    pub(super) first: u16,
    pub(super) last: u16,
    /// The further numbers of a list (`CNT:01,03`), as ranges.
    pub(super) more: Vec<(u16, u16)>,
    /// The number of the court's or agency's case.
    pub(super) number: Option<Noted<String>>,
    pub(super) charge: Option<Noted<Charge>>,
    /// A charge without a section, in words.
    pub(super) words: Option<Noted<String>>,
    /// `SEN FROM`, `CRT #` below it: the place and number of the court that sentenced for it.
    pub(super) court: Option<(Option<Noted<String>>, Noted<String>)>,
    /// The charge is said to stand in a remark.
    pub(super) see_comment: bool,
    pub(super) toc: Option<Noted<Level>>,
    /// Flagged `-ATTEMPTED`.
    pub(super) attempted: bool,
    /// The line that marks the sentence as county jail under realignment.
    pub(super) realigned: Option<usize>,
    pub(super) outcomes: Vec<Outcome>,
    /// A dated update was not understood: relief that it does not show may stand there.
    pub(super) unread_update: bool,
    /// A remark names another section for it.
    pub(super) doubted: bool,
}

impl Count {
    pub(super) fn new(line: usize, first: u16, last: u16) -> Self {
        Self {
            line,
            first,
            last,
            more: Vec::new(),
            number: None,
            charge: None,
            words: None,
            court: None,
            see_comment: false,
            toc: None,
            attempted: false,
            realigned: None,
            outcomes: Vec::new(),
            unread_update: false,
            doubted: false,
        }
    }
}

impl Count {
    /// Whether it is the count of this number.
    pub(super) fn is(&self, number: u16) -> bool {
        self.ranges()
            .any(|(first, last)| (first..=last).contains(&number))
    }

    /// How many like counts it is.
    pub(super) fn times(&self) -> u16 {
        self.ranges()
            .fold(0, |sum, (first, last)| sum + (last - first) + 1)
    }

    /// Its highest number.
    pub(super) fn highest(&self) -> u16 {
        self.ranges().map(|(_, last)| last).max().unwrap_or(0)
    }

    /// All its numbers.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (u16, u16)> {
        std::iter::once((self.first, self.last)).chain(self.more.iter().copied())
    }
}

/// One disposition line with what hangs on it.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) line: usize,
    pub(crate) text: String,
    /// The date of the update it stands in; none for what the entry's own date covers.
    pub(crate) update: Option<Noted<PrintedDate>>,
    /// The level, and whether it was printed so.
    pub(crate) level: Option<Noted<(Level, bool)>>,
    pub(crate) sentence: Option<Noted<String>>,
    /// Lines on which the sentence goes on.
    pub(crate) sentence_goes_on: Vec<usize>,
    /// Words of relief found outside a disposition line.
    pub(crate) remark: bool,
}
