//! Why the export itself sends a conviction to a person.

use jiff::civil::Date;
use reading::export::{Conflict, Counted, Dated, Person};

/// Why the export itself sends a conviction to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Columns or rows contradict each other.
    Conflict(Conflict),
    /// Two rows give different births.
    Births,
    /// The birth cannot be read.
    Birth,
    /// The day of the conviction cannot be read or is not there.
    Date,
    /// A row of this person could not be read.
    UnreadRow,
    /// The rows have no person key; the state's number was taken for it.
    NoKey,
    /// Rows of one key carry different numbers of the state, or names.
    Persons,
    /// The conviction is later than the day asked about.
    Future,
    /// A duty to register whose section is not understood.
    Registration,
    /// The number of the state stands under another person key too.
    SharedNumber,
}

/// What is known of a person beyond the rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    /// A row that is probably this person's could not be read.
    pub unread: bool,
    /// The rows have no person key.
    pub keyless: bool,
    /// The number of the state stands under another person key too, and nothing says that it is another person.
    pub shared: bool,
}

impl Doubt {
    /// Every one, in the order of the tables.
    pub const ALL: [Self; 21] = [
        Self::Conflict(Conflict::ChargedOtherwise),
        Self::Conflict(Conflict::DisposedOtherwise),
        Self::Conflict(Conflict::RowsNameDifferentOffenses),
        Self::Conflict(Conflict::RowsEndDifferently),
        Self::Conflict(Conflict::Levels),
        Self::Conflict(Conflict::Dates),
        Self::Conflict(Conflict::CodeInDoubt),
        Self::Conflict(Conflict::FromComment),
        Self::Conflict(Conflict::Qualified),
        Self::Conflict(Conflict::DismissedLater),
        Self::Conflict(Conflict::DatesFarApart),
        Self::Conflict(Conflict::Counties),
        Self::Births,
        Self::Birth,
        Self::Date,
        Self::UnreadRow,
        Self::NoKey,
        Self::Persons,
        Self::Future,
        Self::Registration,
        Self::SharedNumber,
    ];

    /// Whether nothing may be decided while it stands.
    #[must_use]
    pub fn grave(self) -> bool {
        match self {
            Self::Conflict(conflict) => match conflict {
                Conflict::RowsNameDifferentOffenses
                | Conflict::RowsEndDifferently
                | Conflict::CodeInDoubt
                | Conflict::Qualified
                | Conflict::Levels
                | Conflict::DismissedLater
                | Conflict::DatesFarApart
                | Conflict::Counties => true,
                Conflict::ChargedOtherwise
                | Conflict::DisposedOtherwise
                | Conflict::Dates
                | Conflict::FromComment => false,
            },
            Self::UnreadRow
            | Self::NoKey
            | Self::Persons
            | Self::Future
            | Self::Registration
            | Self::SharedNumber => true,
            // Policies and law find out by themselves whether it matters.
            Self::Births | Self::Birth | Self::Date => false,
        }
    }
}

/// The doubts about a conviction, in the order of [`Doubt::ALL`].
pub(crate) fn doubts(
    person: &Person<'_>,
    counted: &Counted,
    about: About,
    as_of: Date,
) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = counted
        .conflicts
        .iter()
        .copied()
        .map(Doubt::Conflict)
        .collect();
    let exact = |date: Dated| date.known().is_some_and(|date| date.exact().is_some());
    if person.births_differ {
        doubts.push(Doubt::Births);
    } else if !exact(person.born) {
        doubts.push(Doubt::Birth);
    }
    if !exact(counted.decided) {
        doubts.push(Doubt::Date);
    }
    if about.unread {
        doubts.push(Doubt::UnreadRow);
    }
    if about.keyless {
        doubts.push(Doubt::NoKey);
    }
    if person.persons_differ {
        doubts.push(Doubt::Persons);
    }
    let on = counted.decided.known();
    if on.is_some_and(|on| on.earliest() > as_of) {
        doubts.push(Doubt::Future);
    }
    if person.registration_unread {
        doubts.push(Doubt::Registration);
    }
    if about.shared {
        doubts.push(Doubt::SharedNumber);
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::Doubt;

    #[test]
    fn the_list_of_doubts_is_in_order_and_names_each_once() {
        assert!(Doubt::ALL.is_sorted_by(|a, b| a < b));
    }
}
