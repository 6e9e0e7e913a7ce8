//! The vocabulary every other crate speaks: a person's record, the findings about it, the clinic, the answers.
//!
//! These types *are* the JSON contract (`relief-desk/record/1` and its siblings): what serde writes is what the headless
//! command reads and prints. Values are valid by construction: a date is a civil date or a range of them, an amount carries its
//! unit, a section its code. There is no clock here, no file, no database, and no state's law.
//!
//! **Unknown is a value.** `Option::None` means *not known*, never no, zero or empty; a list that is `None` is unknown and
//! one that is `Some(vec![])` is known to be empty.
//!
//! Start at [`Record`], then [`findings::Findings`].

mod alternative;
pub mod answers;
mod case;
pub mod clinic;
mod count;
mod date;
mod fact;
pub mod findings;
mod json;
pub mod lead;
mod person;
mod provenance;
mod quantity;
mod section;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use alternative::Alternatives;
pub use case::{Arrest, Case, CaseId, Court};
pub use count::{
    Circumstances, Conduct, Count, CountId, Disposition, DispositionKind, Effect, Level, PartKind,
    Plea, ReliefGranted, Sentence, SentencePart, SentenceStatus,
};
pub use date::{DateError, PartialDate};
pub use fact::{FactError, FactPath};
pub use json::JsonError;
pub use person::{
    Citizenship, Identifier, IdentifierKind, Name, Person, Registration, Standing, Supervision,
};
pub use provenance::{Reading, ReadingEngine, Source, SourceBy, UnreadLine};
pub use quantity::{Amount, AmountError, Bound, Form, Unit};
pub use section::{Section, SectionError};

/// One person's criminal record, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Record {
    /// Name and version of this format.
    pub schema: RecordSchema,
    /// Whose record this is.
    pub person: Person,
    /// The person's standing on one day; unknown when nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Standing>,
    /// Every case known, in the order of their source. The list is taken as complete.
    #[serde(default)]
    pub cases: Vec<Case>,
    /// Where each fact came from: fact path to its sources, the newest last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<BTreeMap<FactPath, Vec<Source>>>,
    /// How well a sheet was read, when the record came from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
}

/// Name and version of the record's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, TS)]
#[ts(export)]
pub enum RecordSchema {
    /// The first version.
    #[default]
    #[serde(rename = "relief-desk/record/1")]
    V1,
}

impl Record {
    /// A record of a person with no case known yet.
    #[must_use]
    pub fn new(person: Person) -> Self {
        Self {
            schema: RecordSchema::V1,
            person,
            now: None,
            cases: Vec::new(),
            provenance: None,
            reading: None,
        }
    }

    /// Every count with its place: index of the case, index in the case.
    pub fn counts(&self) -> impl Iterator<Item = (usize, usize, &Case, &Count)> {
        self.cases.iter().enumerate().flat_map(|(k, case)| {
            case.counts
                .iter()
                .enumerate()
                .map(move |(c, count)| (k, c, case, count))
        })
    }
}
