//! What the formats have in common whose layout is known from public descriptions alone: the FBI's record ([`crate::fbi`]) and a
//! county's docket text ([`crate::docket`]).
//!
//! The layout of the state's own sheets stands in the project's facts and was held against samples; that of these does not and was
//! not. So nothing that is read of them is taken for sure: every single fact has half confidence and a flag on its line
//! ([`crate::FlagKind::UnprovedLayout`]), and a person confirms it. What a line does not say stays unknown: no section is taken from
//! words, no relief is known to be none, no court from the agency that made the arrest.
//!
//! A format gives [`Case`]s and a [`Person`], every value with its line; [`paper::draft`] makes the draft of them.

pub(crate) mod charge;
pub(crate) mod day;
pub(crate) mod labels;
pub(crate) mod paper;

use record::{Identifier, Name, PartialDate};

use crate::sheet::charge::Charge;
pub(crate) use crate::sheet::entry::{Noted, Outcome, noted};

/// A case as it is printed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Case {
    /// The court, or the place that its words name.
    pub(crate) court: Option<Noted<String>>,
    /// A county named for itself.
    pub(crate) county: Option<Noted<String>>,
    /// Under whose law the court sits, where the paper says so.
    pub(crate) jurisdiction: Option<Noted<String>>,
    pub(crate) number: Option<Noted<String>>,
    pub(crate) filed: Option<Noted<PartialDate>>,
    pub(crate) arrests: Vec<Arrest>,
    pub(crate) counts: Vec<Count>,
}

/// An arrest as it is printed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arrest {
    /// The line it begins on.
    pub(crate) line: usize,
    pub(crate) agency: Option<Noted<String>>,
    pub(crate) number: Option<Noted<String>>,
    pub(crate) date: Option<Noted<PartialDate>>,
}

/// A count as it is printed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Count {
    /// The line it begins on.
    pub(crate) line: usize,
    /// Its number.
    pub(crate) printed: Option<u16>,
    /// Its section, where one is printed.
    pub(crate) charge: Option<Noted<Charge>>,
    /// Its words.
    pub(crate) words: Option<Noted<String>>,
    /// The charge says of itself whether it is an attempt: a full section does, an abbreviation does not.
    pub(crate) says_whole: bool,
    pub(crate) attempt: Option<usize>,
    pub(crate) level: Option<Noted<record::Level>>,
    pub(crate) offense_date: Option<Noted<PartialDate>>,
    pub(crate) plea: Option<Noted<String>>,
    pub(crate) endings: Vec<Ending>,
}

/// A disposition, a sentence or a later order, with its own day where it has one.
#[derive(Debug, Clone)]
pub(crate) struct Ending {
    pub(crate) outcome: Outcome,
    pub(crate) date: Option<Noted<PartialDate>>,
}

/// Whom a paper is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    /// Names in their order, the first the one that the paper is filed under.
    pub(crate) names: Vec<Noted<Name>>,
    pub(crate) births: Vec<Noted<PartialDate>>,
    pub(crate) numbers: Vec<Noted<Identifier>>,
}

impl Person {
    /// Adds a name, once; a person looks at one without a comma.
    pub(crate) fn named(
        &mut self,
        printed: &str,
        line: usize,
        marks: &mut crate::sheet::marks::Marks,
    ) {
        let printed = printed.trim().trim_end_matches([',', ';']);
        if !printed.contains(char::is_alphabetic) {
            return;
        }
        let (name, parted) = crate::sheet::preamble::name_of(printed);
        marks.used(line);
        if !parted {
            marks.flag(crate::FlagKind::DoubtfulName, None, line, "", None);
        }
        let folded = |name: &Name| name.full().to_uppercase();
        if !self
            .names
            .iter()
            .any(|known| folded(&known.value) == folded(&name))
        {
            self.names.push(noted(name, line));
        }
    }
}
