//! The values of a test: yes, no, not known, and a question of law.

/// What a test says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Every fact is known, and whether it holds is a question of law.
    Arguable,
    /// A fact is not known.
    Unknown,
}

impl Truth {
    /// All hold: one `No` decides; a missing fact weighs more than a question of law, for knowing it may end the question.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Arguable, _) | (_, Self::Arguable) => Self::Arguable,
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }

    /// One holds: one `Yes` decides.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        !((!self).and(!other))
    }
}

/// It does not hold.
impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Arguable => Self::Arguable,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl From<Option<bool>> for Truth {
    fn from(holds: Option<bool>) -> Self {
        holds.map_or(Self::Unknown, Self::from)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Truth;

    fn any() -> impl Strategy<Value = Truth> {
        prop_oneof![
            Just(Truth::Yes),
            Just(Truth::No),
            Just(Truth::Arguable),
            Just(Truth::Unknown)
        ]
    }

    proptest! {
        #[test]
        fn laws_of_logic(a in any(), b in any(), c in any()) {
            prop_assert_eq!(a.and(b), b.and(a));
            prop_assert_eq!(a.or(b), b.or(a));
            prop_assert_eq!(a.and(b).and(c), a.and(b.and(c)));
            prop_assert_eq!(a.or(b).or(c), a.or(b.or(c)));
            prop_assert_eq!(!(!a), a);
            prop_assert_eq!(!(a.and(b)), (!a).or(!b));
            prop_assert_eq!(a.and(a), a);
            prop_assert_eq!(a.and(Truth::Yes), a);
            prop_assert_eq!(a.or(Truth::No), a);
            prop_assert_eq!(a.and(Truth::No), Truth::No);
            prop_assert_eq!(a.or(Truth::Yes), Truth::Yes);
        }

        // What is decided with a fact unknown stays decided whatever the fact turns out to be.
        #[test]
        fn knowing_more_never_turns_an_answer(a in any(), b: bool) {
            let (unknown, known) = (a.and(Truth::Unknown), a.and(b.into()));
            prop_assert!(unknown == Truth::Unknown || unknown == known);
            let (unknown, known) = (a.or(Truth::Unknown), a.or(b.into()));
            prop_assert!(unknown == Truth::Unknown || unknown == known);
        }
    }
}
