//! Ages in full years, from days that may be known only in part.

use jiff::civil::Date;
use packs::fact::Ages;

/// A span of days, both ends included; an end that is not known is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Days {
    pub(crate) first: Option<Date>,
    pub(crate) last: Option<Date>,
}

impl Days {
    /// The part of the span from one day up to, not with, another.
    pub(crate) fn within(self, from: Option<Date>, until: Option<Date>) -> Option<Self> {
        let first = self.first.max(from);
        let before = until.and_then(|until| until.yesterday().ok());
        let last = match (self.last, before) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let days = Self { first, last };
        first
            .zip(last)
            .is_none_or(|(first, last)| first <= last)
            .then_some(days)
    }
}

/// The ages that a person born within one span can have within another.
///
/// Somebody born on February 29 comes of age on February 28 or March 1 of a common year: no text says which, so both ages are
/// possible on February 28.
pub(crate) fn ages(born: Days, on: Days) -> Ages {
    let least = match (born.last, on.first) {
        (Some(born), Some(on)) => full_years(born, on, Leap::March),
        _ => 0,
    };
    let most = match (born.first, on.last) {
        (Some(born), Some(on)) => full_years(born, on, Leap::February),
        _ => u8::MAX,
    };
    Ages {
        least,
        most: most.max(least),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Leap {
    February,
    March,
}

fn full_years(born: Date, on: Date, leap: Leap) -> u8 {
    let (month, day) = match (born.month(), born.day(), leap) {
        (2, 29, Leap::March) if !on.in_leap_year() => (3, 1),
        (2, 29, Leap::February) if !on.in_leap_year() => (2, 28),
        (month, day, _) => (month, day),
    };
    let had_birthday = (on.month(), on.day()) >= (month, day);
    let years = i32::from(on.year()) - i32::from(born.year()) - i32::from(!had_birthday);
    u8::try_from(years.max(0)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::{Days, ages};

    fn on(day: Date) -> Days {
        Days {
            first: Some(day),
            last: Some(day),
        }
    }

    fn age(born: Date, day: Date) -> (u8, u8) {
        let ages = ages(on(born), on(day));
        (ages.least, ages.most)
    }

    #[test]
    fn the_birthday_is_the_first_day_of_the_new_age() {
        assert_eq!(age(date(1990, 6, 15), date(2011, 6, 14)), (20, 20));
        assert_eq!(age(date(1990, 6, 15), date(2011, 6, 15)), (21, 21));
        assert_eq!(age(date(1990, 6, 15), date(2011, 6, 16)), (21, 21));
    }

    #[test]
    fn a_leap_day_child_is_of_either_age_on_one_day() {
        assert_eq!(age(date(1984, 2, 29), date(2005, 2, 27)), (20, 20));
        assert_eq!(age(date(1984, 2, 29), date(2005, 2, 28)), (20, 21));
        assert_eq!(age(date(1984, 2, 29), date(2005, 3, 1)), (21, 21));
        assert_eq!(age(date(1984, 2, 29), date(2004, 2, 28)), (19, 19));
        assert_eq!(age(date(1984, 2, 29), date(2004, 2, 29)), (20, 20));
    }

    #[test]
    fn unknown_days_leave_ages_open() {
        let whole_year = Days {
            first: Some(date(1989, 1, 1)),
            last: Some(date(1989, 12, 31)),
        };
        let range = ages(whole_year, on(date(2010, 4, 9)));
        assert_eq!((range.least, range.most), (20, 21));
        let range = ages(Days::default(), on(date(2010, 4, 9)));
        assert_eq!((range.least, range.most), (0, u8::MAX));
    }

    fn any_day() -> impl Strategy<Value = Date> {
        let mixed = (1930_i16..2030, 1_i8..=12, 1_i8..=31);
        let leap = (0_i16..25).prop_map(|n| (1932 + 4 * n, 2, 29));
        prop_oneof![4 => mixed, 1 => leap]
            .prop_filter_map("a day of the calendar", |(y, m, d)| Date::new(y, m, d).ok())
    }

    proptest! {
        // The oracle counts birthdays one by one through the calendar, where the rule compares months and days.
        #[test]
        fn ages_are_birthdays_counted(born in any_day(), day in any_day()) {
            let mut birthdays = 0_u8;
            let mut year = born.year() + 1;
            while year <= day.year() {
                let birthday = Date::new(year, born.month(), born.day())
                    .unwrap_or_else(|_| date(year, 3, 1));
                if birthday <= day { birthdays += 1; }
                year += 1;
            }
            let (least, most) = age(born, day);
            prop_assert_eq!(least, birthdays);
            let doubtful = (born.month(), born.day()) == (2, 29)
                && (day.month(), day.day()) == (2, 28) && !day.in_leap_year() && day > born;
            prop_assert_eq!(most, birthdays + u8::from(doubtful));
        }
    }
}
