//! Due days, from the days on which things happened to a paper that was filed.
//!
//! A pure function of the route and the events: it reads no clock and decides no answer. What has not happened yet is not guessed, and
//! a deadline that runs from it has no day.

use jiff::civil::{Date, Weekday};
use packs::deadline::{Deadline, Event, Silence, Start, Term, Who};
use packs::route::Route;

/// The days on which things happened, as far as they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Events {
    /// It was filed with the court.
    pub filed: Option<Date>,
    /// It was served on the other side.
    pub served: Option<Date>,
    /// The other side answered.
    pub answered: Option<Date>,
    /// The court hears it, or will.
    pub hearing: Option<Date>,
    /// The court decided.
    pub decided: Option<Date>,
}

impl Events {
    /// The day of an event.
    #[must_use]
    pub fn on(&self, event: Event) -> Option<Date> {
        match event {
            Event::Filed => self.filed,
            Event::Served => self.served,
            Event::Answered => self.answered,
            Event::Hearing => self.hearing,
            Event::Decided => self.decided,
        }
    }

    // What is dated after the day asked about has not happened on it; a hearing is known beforehand.
    fn until(self, day: Date) -> Self {
        let past = |event: Option<Date>| event.filter(|event| *event <= day);
        Self {
            filed: past(self.filed),
            served: past(self.served),
            answered: past(self.answered),
            hearing: self.hearing,
            decided: past(self.decided),
        }
    }
}

/// Where a deadline stands on the day asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It does not run yet: what it runs from has not happened.
    Waits,
    /// It runs.
    Runs,
    /// It was met, on this day.
    Met(Date),
    /// Somebody acted, on this day, after it was over.
    Late(Date),
    /// It is over and nobody acted.
    Over,
    /// It does not run: what ends it has happened, or the court has decided.
    Ended,
}

/// One deadline with its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due<'a> {
    /// The deadline's id in the route; `notice` for the notice that comes before a hearing.
    pub id: &'a str,
    /// Who has to act.
    pub who: Who,
    /// The last day; none while it waits. Another's last day on a weekend is counted as the Monday after it, which promises less;
    /// one's own stays where it falls. Holidays are not known here.
    pub day: Option<Date>,
    /// Where it stands.
    pub state: State,
    /// What silence has done: only once the deadline is over and nobody acted.
    pub silence: Option<Silence>,
}

/// The deadlines of a route on a day, in an order in which none runs from a later one.
#[must_use]
pub fn due<'a>(route: &'a Route, events: &Events, as_of: Date) -> Vec<Due<'a>> {
    let events = events.until(as_of);
    let mut all: Vec<Due<'a>> = Vec::new();
    if let Some(days) = route.procedure.as_ref().and_then(|p| p.notice_days) {
        let term = Term::Days(u16::try_from(days).unwrap_or(u16::MAX));
        let day = events.hearing.and_then(|hearing| term.before(hearing));
        all.push(stand(
            "notice",
            Who::Applicant,
            day,
            events.served,
            &events,
            as_of,
        ));
    }
    let notices = all.len();
    for deadline in &route.deadlines {
        let one = counted(
            deadline,
            all.get(notices..).unwrap_or_default(),
            &events,
            as_of,
        );
        all.push(one);
    }
    all
}

fn counted<'a>(
    deadline: &'a Deadline,
    before: &[Due<'a>],
    events: &Events,
    as_of: Date,
) -> Due<'a> {
    let from = match deadline.from {
        Start::Event(event) => events.on(event),
        Start::Deadline(number) => before.get(number).and_then(|due| due.day),
    };
    let day = from.and_then(|from| match deadline.before {
        true => deadline.plus.before(from),
        false => deadline.plus.after(from),
    });
    let met = events.on(deadline.met_by);
    let day = match deadline.who {
        Who::Applicant => day,
        Who::Prosecutor | Who::Court => day.map(workday),
    };
    let mut due = stand(&deadline.id, deadline.who, day, met, events, as_of);
    let ended = deadline.unless.and_then(|event| events.on(event)).is_some();
    if ended && met.is_none() {
        due.state = State::Ended;
    }
    // A chain that has not come to its own start does not run: the day before it is known, and may still not come to it.
    let waits = match deadline.from {
        Start::Deadline(number) => before
            .get(number)
            .is_some_and(|due| matches!(due.state, State::Waits | State::Runs)),
        Start::Event(_) => false,
    };
    if waits && due.state == State::Runs {
        due.state = State::Waits;
    }
    due.silence = deadline.silence.filter(|_| due.state == State::Over);
    due
}

fn stand<'a>(
    id: &'a str,
    who: Who,
    day: Option<Date>,
    met: Option<Date>,
    events: &Events,
    as_of: Date,
) -> Due<'a> {
    let state = match (day, met) {
        (None, _) => State::Waits,
        (Some(day), Some(met)) if met <= day => State::Met(met),
        (Some(_), Some(met)) => State::Late(met),
        (Some(_), None) if events.decided.is_some() => State::Ended,
        (Some(day), None) if as_of <= day => State::Runs,
        (Some(_), None) => State::Over,
    };
    Due {
        id,
        who,
        day,
        state,
        silence: None,
    }
}

// The day itself, or the Monday after a weekend.
fn workday(day: Date) -> Date {
    let on = |days: i32| day.checked_add(jiff::Span::new().days(days)).unwrap_or(day);
    match day.weekday() {
        Weekday::Saturday => on(2),
        Weekday::Sunday => on(1),
        _ => day,
    }
}
