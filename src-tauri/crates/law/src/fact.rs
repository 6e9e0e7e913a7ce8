//! Places of a record that tests read, and the unknown things that readings differ by.

use jiff::civil::Date;
use packs::door::Anchor;
use packs::fact::Circumstance;
use packs::offense::ListId;
use packs::test::{Now, Since};
use record::{FactPath, PartKind};

/// A place in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Fact {
    Born,
    Died,
    Registrations,
    Supervised,
    Supervision,
    Serving,
    Charged,
    Citizenship,
    Jurisdiction(usize),
    Juvenile(usize),
    Filed(usize),
    Arrests(usize),
    Count(usize, usize, Part),
}

/// A part of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    Section,
    Attempt,
    Target,
    Level,
    OffenseDate,
    Disposition,
    DispositionDate,
    Plea,
    SentenceParts,
    Violated,
    SentenceStatus,
    SentenceCompleted,
    Conduct,
    Amounts,
    ReliefGranted,
    Circumstance(Circumstance),
}

impl Part {
    fn key(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Attempt => "attempt",
            Self::Target => "target",
            Self::Level => "level",
            Self::OffenseDate => "offense_date",
            Self::Disposition => "disposition",
            Self::DispositionDate => "disposition.date",
            Self::Plea => "disposition.plea",
            Self::SentenceParts => "sentence.parts",
            Self::Violated => "sentence.violated",
            Self::SentenceStatus => "sentence.status",
            Self::SentenceCompleted => "sentence.completed",
            Self::Conduct => "conduct",
            Self::Amounts => "amounts",
            Self::ReliefGranted => "relief_granted",
            Self::Circumstance(circumstance) => circumstance.key(),
        }
    }
}

impl Fact {
    /// The place as the contract writes it.
    pub(crate) fn path(self) -> FactPath {
        let path = match self {
            Self::Born => "person.born".to_owned(),
            Self::Died => "person.died".to_owned(),
            Self::Registrations => "person.registrations".to_owned(),
            Self::Supervised => "now.supervised".to_owned(),
            Self::Supervision => "now.supervision".to_owned(),
            Self::Serving => "now.serving".to_owned(),
            Self::Charged => "now.charged".to_owned(),
            Self::Citizenship => "person.citizenship".to_owned(),
            Self::Jurisdiction(k) => format!("cases[{k}].court.jurisdiction"),
            Self::Juvenile(k) => format!("cases[{k}].juvenile"),
            Self::Filed(k) => format!("cases[{k}].filed"),
            Self::Arrests(k) => format!("cases[{k}].arrests"),
            Self::Count(k, c, part) => {
                let inside = match part {
                    Part::Circumstance(_) => "circumstances.",
                    _ => "",
                };
                let (k, c) = (k.to_string(), c.to_string());
                ["cases[", &k, "].counts[", &c, "].", inside, part.key()].concat()
            }
        };
        path.into()
    }

    /// Whether it is something that was done, which is proved by evidence, and not what a court's papers say.
    pub(crate) fn is_evidence(self) -> bool {
        matches!(
            self,
            Self::Count(_, _, Part::Conduct | Part::Amounts | Part::Circumstance(_))
        )
    }

    /// The key of the question about it: the last part of its path.
    pub(crate) fn question(self) -> &'static str {
        match self {
            Self::Born => "born",
            Self::Died => "died",
            Self::Registrations => "registrations",
            Self::Supervised => "supervised",
            Self::Supervision => "supervision",
            Self::Serving => "serving",
            Self::Charged => "charged",
            Self::Citizenship => "citizenship",
            Self::Jurisdiction(_) => "jurisdiction",
            Self::Juvenile(_) => "juvenile",
            Self::Filed(_) => "filed",
            Self::Arrests(_) => "arrests",
            Self::Count(_, _, Part::DispositionDate) => "date",
            Self::Count(_, _, Part::SentenceStatus) => "sentence",
            Self::Count(_, _, Part::SentenceParts) => "parts",
            Self::Count(_, _, Part::SentenceCompleted) => "completed",
            Self::Count(_, _, Part::Violated) => "violated",
            Self::Count(_, _, Part::Plea) => "plea",
            Self::Count(_, _, part) => part.key(),
        }
    }
}

/// Something unknown that readings of a record differ by. One reading gives each a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Atom {
    Court,
    Relief,
    Outcome,
    Section,
    Target,
    /// Which span of days between changes of law the offense falls in.
    Era,
    Attempt,
    Age,
    Level,
    Standing,
    Conduct,
    Amount,
    Circumstance(Circumstance),
    Prior(ListId),
    Companion(ListId),
    Registered(ListId),
    /// Whether the sentence has a part of a kind.
    Sentence(PartKind),
    Violated,
    Plea,
    /// What the person is under on the day asked about.
    Now(Now),
    /// On which side of a day the offense was.
    OffenseSide(Date),
    /// On which side of a day an event was.
    EventSide(Anchor, Date),
    Under(u8),
    Listed(ListId),
    Code,
    Ever(ListId),
    Since(Since),
    Pattern(ListId),
    Juvenile,
    Duty,
    /// A question about several counts, by its number.
    Some(usize),
    /// Whether a wait is over, by its number.
    Wait(usize),
    /// Which of two arguable readings of the law, by row.
    Doubt(usize),
}
