//! The gate before every paper that is filed: an attorney's word on the immigration question.

use jiff::civil::Date;
use record::answers::Answers;
use record::{Citizenship, Person};

/// An attorney's word that papers may be filed for a person who is not known to be a citizen.
///
/// It can only come from an answer that names the attorney and the reason; there is no other way to make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearance {
    by: String,
    on: Date,
}

impl Clearance {
    /// The clearance in the answers. A name or a reason that is only blanks is none, nor is one of a later day.
    #[must_use]
    pub fn of(answers: &Answers, as_of: Date) -> Option<Self> {
        let given = answers.immigration.as_ref()?;
        let said = !given.by.trim().is_empty() && !given.reason.trim().is_empty();
        (said && given.on <= as_of).then(|| Self {
            by: given.by.clone(),
            on: given.on,
        })
    }

    /// Who cleared it.
    #[must_use]
    pub fn by(&self) -> &str {
        &self.by
    }

    /// When.
    #[must_use]
    pub fn on(&self) -> Date {
        self.on
    }
}

/// Leave to make papers that are filed.
pub(crate) struct Leave(());

impl Leave {
    /// For a citizen, or with a clearance.
    pub(crate) fn given(person: &Person, clearance: Option<&Clearance>) -> Option<Self> {
        (person.citizenship == Some(Citizenship::Citizen) || clearance.is_some())
            .then_some(Self(()))
    }
}
