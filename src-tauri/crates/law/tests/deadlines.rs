//! Due days against an oracle that walks the calendar, and what never happens whatever the days.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::civil::{Date, Weekday, date};
use law::deadlines::{Due, Events, State, due};
use packs::Packs;
use packs::deadline::{Silence, Who};
use packs::route::Route;
use proptest::prelude::*;

fn route(pack: &str, id: &str) -> &'static Route {
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    packs.pack(pack).unwrap().route(id).unwrap()
}

fn chain(events: &Events, as_of: Date) -> [Due<'static>; 2] {
    due(route("us-mi", "marihuana-misdemeanor"), events, as_of)
        .try_into()
        .unwrap()
}

// So many days later, one step at a time; then on to a Monday.
fn walked(mut day: Date, days: u32) -> Date {
    for _ in 0..days {
        day = day.tomorrow().unwrap();
    }
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.tomorrow().unwrap();
    }
    day
}

#[test]
fn sixty_days_and_twenty_one_more() {
    // Served on a Monday: the 60th day is Friday 2026-04-03, 21 days after it Friday 2026-04-24.
    let events = Events {
        filed: Some(date(2026, 2, 2)),
        served: Some(date(2026, 2, 2)),
        ..Events::default()
    };
    for (as_of, answer, order, silence) in [
        (date(2026, 4, 3), State::Runs, State::Waits, None),
        (date(2026, 4, 4), State::Over, State::Runs, None),
        (date(2026, 4, 24), State::Over, State::Runs, None),
        (
            date(2026, 4, 25),
            State::Over,
            State::Over,
            Some(Silence::Granted),
        ),
    ] {
        let [first, second] = chain(&events, as_of);
        assert_eq!(
            (first.id, first.who, first.day),
            ("answer", Who::Prosecutor, Some(date(2026, 4, 3)))
        );
        assert_eq!(
            (second.id, second.who, second.day),
            ("order", Who::Court, Some(date(2026, 4, 24)))
        );
        assert_eq!(
            (first.state, second.state, second.silence),
            (answer, order, silence),
            "{as_of}"
        );
        assert_eq!(first.silence, None);
    }
}

#[test]
fn nothing_runs_before_service_and_an_answer_ends_the_silence() {
    let filed = Events {
        filed: Some(date(2026, 2, 2)),
        ..Events::default()
    };
    for one in chain(&filed, date(2027, 1, 1)) {
        assert_eq!(
            (one.day, one.state, one.silence),
            (None, State::Waits, None)
        );
    }
    for (answered, state) in [
        (date(2026, 4, 3), State::Met(date(2026, 4, 3))),
        (date(2026, 4, 6), State::Late(date(2026, 4, 6))),
    ] {
        let events = Events {
            served: Some(date(2026, 2, 2)),
            answered: Some(answered),
            ..filed
        };
        let [first, second] = chain(&events, date(2027, 1, 1));
        assert_eq!(
            (first.state, second.state, second.silence),
            (state, State::Ended, None)
        );
    }
}

#[test]
fn the_notice_before_a_hearing_is_counted_back_and_not_moved() {
    let route = route("us-ca", "pc-1203.4a");
    let events = Events {
        hearing: Some(date(2026, 3, 16)),
        ..Events::default()
    };
    let all = due(route, &events, date(2026, 2, 1));
    // Sunday: one's own last day is never moved to a later one.
    assert_eq!(all[0].day, Some(date(2026, 3, 1)));
    assert_eq!(
        (all[0].id, all[0].who, all[0].state),
        ("notice", Who::Applicant, State::Runs)
    );
    let served = Events {
        served: Some(date(2026, 3, 2)),
        ..events
    };
    assert_eq!(
        due(route, &served, date(2026, 3, 5))[0].state,
        State::Late(date(2026, 3, 2))
    );
}

fn day() -> impl Strategy<Value = Date> {
    (0_i32..1500).prop_map(|n| {
        date(2024, 1, 1)
            .checked_add(jiff::Span::new().days(n))
            .unwrap()
    })
}

prop_compose! {
    fn events()(filed in proptest::option::of(day()), served in proptest::option::of(day()),
                answered in proptest::option::of(day()), decided in proptest::option::of(day())) -> Events {
        Events { filed, served, answered, hearing: None, decided }
    }
}

proptest! {
    #[test]
    fn days_are_found_by_walking_the_calendar(served in day(), as_of in day()) {
        let events = Events { served: Some(served), ..Events::default() };
        let [answer, order] = chain(&events, as_of);
        if served > as_of {
            prop_assert_eq!((answer.day, order.day), (None, None));
        } else {
            let first = walked(served, 60);
            prop_assert_eq!(answer.day, Some(first));
            prop_assert_eq!(order.day, Some(walked(first, 21)));
        }
    }

    // Silence grants only where it is certain: served, no answer, no decision, and both days over.
    #[test]
    fn silence_speaks_only_when_everything_else_is_silent(events in events(), as_of in day()) {
        let [answer, order] = chain(&events, as_of);
        prop_assert_eq!(answer.silence, None);
        if order.silence.is_some() {
            prop_assert!(events.served.is_some_and(|served| walked(walked(served, 60), 21) < as_of));
            prop_assert!(events.answered.is_none_or(|answered| answered > as_of));
            prop_assert!(events.decided.is_none_or(|decided| decided > as_of));
        }
    }

    // What has not happened yet on the day asked about changes nothing.
    #[test]
    fn the_future_is_not_read(events in events(), as_of in day()) {
        let past = |event: Option<Date>| event.filter(|event| *event <= as_of);
        let known = Events {
            filed: past(events.filed),
            served: past(events.served),
            answered: past(events.answered),
            decided: past(events.decided),
            ..events
        };
        prop_assert_eq!(chain(&events, as_of), chain(&known, as_of));
    }

    #[test]
    fn later_service_never_means_an_earlier_day(a in day(), b in day()) {
        let end = date(2030, 1, 1);
        let of = |served| chain(&Events { served: Some(served), ..Events::default() }, end).map(|due| due.day);
        let (first, last) = (a.min(b), a.max(b));
        prop_assert!(of(first) <= of(last));
    }
}
