//! What a reading gives: the record as far as it was understood, and what became of every line.

use record::{FactPath, Record};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A sheet as it was understood: for a person to check, not yet anybody's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The record, with `provenance` and `reading` filled.
    pub record: Record,
    /// Every line of the source, in order.
    pub lines: Vec<SourceLine>,
    /// Entries that are neither arrest nor court, kept as text.
    pub other_events: Vec<OtherEvent>,
    /// What a person should look at: doubts, proposals, conflicts.
    pub flags: Vec<Flag>,
    /// Pages that were read from their pictures: [`crate::page_picture`] gives each as the frames of its lines fit it.
    pub pictures: Vec<PagePicture>,
}

/// How a page's picture was turned before it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePicture {
    /// Page of the file, from 1.
    pub page: u32,
    /// It lay upside down.
    pub upside_down: bool,
}

impl Draft {
    /// The part of the lines that were used or ignored for a reason, 0 to 1; blank lines do not count.
    #[must_use]
    pub fn share(&self) -> Decimal {
        share(&self.lines)
    }

    /// Writes the file's name into every source.
    pub fn set_file(&mut self, name: &str) {
        for source in self
            .record
            .provenance
            .iter_mut()
            .flat_map(|map| map.values_mut())
            .flatten()
        {
            source.file = Some(name.to_owned());
        }
    }
}

pub(crate) fn share(lines: &[SourceLine]) -> Decimal {
    let blank = Fate::Ignored {
        reason: Ignored::Blank,
    };
    let all = lines.iter().filter(|line| line.fate != blank).count();
    let unread = lines
        .iter()
        .filter(|line| line.fate == Fate::Unread)
        .count();
    if all == 0 {
        return Decimal::ONE;
    }
    let read = Decimal::from(all - unread) / Decimal::from(all);
    // Rounded down, so that 1 means every single line.
    read.round_dp_with_strategy(4, rust_decimal::RoundingStrategy::ToZero)
        .normalize()
}

/// One line of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// Page, from 1.
    pub page: u32,
    /// Line of the page, from 1.
    pub line: u32,
    /// The line as printed, but that social security numbers show only their last four digits.
    pub text: String,
    /// What became of it.
    pub fate: Fate,
    /// Where it stands on the page's picture in pixels: left, top, right, bottom. None where the text was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<[u32; 4]>,
    /// How sure the engine was of its least sure word, in hundredths. None where the text was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<u8>,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It was understood: it carries these facts, or belongs to an entry that is kept as text.
    Used {
        /// Paths in the record; empty for headers, rulers and entries kept as text.
        facts: Vec<FactPath>,
    },
    /// It carries nothing for the record, for this reason.
    Ignored {
        /// Why.
        reason: Ignored,
    },
    /// It was not understood.
    Unread,
}

/// Why a line carries nothing for the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ignored {
    /// Nothing on it.
    Blank,
    /// A page break or page number.
    Page,
    /// What a browser prints at the edge of a page.
    BrowserPrint,
    /// Addresses and times of the transmission.
    Transmission,
    /// A notice framed or marked as such.
    Notice,
    /// A ruler of stars or dashes.
    Ruler,
    /// A description of the person that no paper needs: height, tattoos, occupation.
    Description,
    /// A remark that no paper needs: scan numbers, addresses, photographs.
    Remark,
    /// After the end of the message.
    AfterEnd,
    /// On a page that says the same as another.
    DoublePage,
}

/// An entry that is neither arrest nor court.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherEvent {
    /// What kind of entry.
    pub kind: OtherKind,
    /// The header as printed.
    pub header: String,
    /// Its day, where it can be read.
    pub date: Option<jiff::civil::Date>,
    /// The agency as printed.
    pub agency: Option<String>,
    /// Which chain of entries it stands in, from 0.
    pub cycle: usize,
    /// First line, as an index into [`Draft::lines`].
    pub first_line: usize,
    /// Its text, line by line.
    pub text: Vec<String>,
}

/// Kinds of entry that are kept as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherKind {
    /// Jail, prison, youth authority.
    Custody,
    /// An application for a licence or a job.
    Applicant,
    /// Registration as an offender.
    Registration,
    /// Probation.
    Probation,
    /// Mental health custody or supervision.
    MentalHealth,
    /// Death.
    Deceased,
    /// Parole from another state.
    CompactParolee,
    /// A header that is not known.
    Unknown,
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What it is.
    pub kind: FlagKind,
    /// The fact it concerns, where there is one.
    pub path: Option<FactPath>,
    /// Page of the line, from 1.
    pub page: u32,
    /// Line of the page, from 1.
    pub line: u32,
    /// The words of the sheet that it is about.
    pub text: String,
    /// What the sheet may mean; nothing was changed unless the kind says so.
    pub proposal: Option<String>,
}

/// What a flag tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagKind {
    /// A date that the calendar does not have; left unknown, but for the year or month before zeros (`20050300`).
    ImpossibleDate,
    /// Letters among a date's digits (left unknown, the likely date proposed), a day that cannot be, a date below which nothing stands.
    DoubtfulDate,
    /// Letters among a section's digits (left unknown, the likely section proposed), or a section that looks like a far more common one.
    DoubtfulSection,
    /// A code that was printed wrong was put right: its letters swapped, or a conspiracy under the code of its aim.
    RepairedCode,
    /// A level with misread letters, with other words beside it, or that a later entry gives otherwise; taken with doubt where only
    /// one fits, else left unknown.
    DoubtfulLevel,
    /// A disposition with misread letters; taken with doubt.
    DoubtfulDisposition,
    /// A disposition whose words are not known; it changed nothing.
    UnknownDisposition,
    /// A conviction of a lesser offense than the one charged; taken with doubt where the line names it, else left unknown.
    LesserOffense,
    /// A length in a sentence that cannot be read; left unknown.
    DoubtfulSentence,
    /// Another birth date on the same sheet.
    OtherBirthDate,
    /// A header was repaired or its kind taken from the agency.
    RepairedHeader,
    /// A count number that is none; taken as the next.
    DoubtfulCountNumber,
    /// A court whose county is not known.
    UnknownCourt,
    /// A count range too wide to be one; taken as a single count.
    WideRange,
    /// A remark names further counts that are not listed.
    FurtherCounts,
    /// A second charge in one count; not taken.
    SecondCharge,
    /// A conviction with a later dismissal that names no section; not taken.
    LaterDismissal,
    /// A conviction that was reversed; not taken.
    Reversed,
    /// A line names relief, but not that it was granted or what it did; not taken.
    ReliefMentioned,
    /// A line says that relief was granted, but neither under which section nor what it did; taken with doubt.
    ReliefUnnamed,
    /// An order that granted relief was taken back; what is left is unknown.
    ReliefUndone,
    /// Relief was taken for one count of several convicted.
    ReliefOnOneCount,
    /// The conviction is known only because the line says it was set aside.
    ConvictionImplied,
    /// A custody or probation entry shows a sentence that no court entry shows; taken as a conviction without its day.
    ConvictionWithoutCourt,
    /// An entry of parole from another state tells of a conviction there; it is not in the record.
    OutOfState,
    /// An entry whose header is not known; kept as text.
    UnknownEntry,
    /// The sheet marks a possible strike.
    Strike,
    /// The sheet says that the person has died.
    Deceased,
    /// The sheet lists probation or parole.
    Supervision,
    /// The duty to register is said to have ended; the registration was kept.
    RegistrationEnded,
    /// Probation or sentence is said to have ended.
    SentenceEnded,
    /// The sheet marks the sentence as county jail under realignment.
    Realignment,
    /// A name without a comma; kept whole as the family name.
    DoubtfulName,
    /// The same court and number stand in another chain of entries.
    SameNumber,
    /// The engine that recognised the letters was not sure of this fact.
    DoubtfulLetters,
    /// The letters of the page are smaller than the engine asks for: compare everything on it.
    SmallLetters,
    /// A page was put where its printed number says.
    PageMoved,
    /// A page says the same as another and was left out.
    DoublePage,
    /// A page that others count is not there.
    PageMissing,
    /// The layout of the paper is known from public descriptions alone: every fact of it is to be confirmed.
    UnprovedLayout,
}
