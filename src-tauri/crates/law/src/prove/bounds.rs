//! Every limit has worked cases below it, at it and above it: the day before, the day itself and a later one; the last day of an age,
//! the birthday, a later day; an amount within a step of the limit on both sides, and the limit itself. A wait has one that is told
//! the day on the day before, and two that are let through.

mod waits;

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use packs::case::{Expected, WorkedCase};
use packs::door::Anchor;
use packs::fact::Ages;
use packs::limit::Span;
use packs::offense::OffenseId;
use packs::route::{Due, Kind, Route};
use packs::test::Leaf;
use record::Count;
use record::Form;
use rust_decimal::Decimal;

use super::{Covered, Fault, Proof};
use crate::run::Law;

/// Where a case lies from a limit.
#[derive(Default, Clone)]
struct Sides {
    below: bool,
    at: bool,
    above: bool,
}

impl Sides {
    // A distance in steps: the last step below, the limit, and so many steps above.
    fn see(&mut self, distance: i64, near: i64) {
        self.below |= distance == -1;
        self.at |= distance == 0;
        self.above |= (1..=near).contains(&distance);
    }

    fn missing(&self) -> Option<String> {
        let all = [
            (self.below, "below"),
            (self.at, "at"),
            (self.above, "above"),
        ];
        let missing: Vec<&str> = all
            .iter()
            .filter(|(seen, _)| !seen)
            .map(|(_, side)| *side)
            .collect();
        (!missing.is_empty()).then(|| missing.join(", "))
    }
}

/// A later day still tells that a limit holds on it when it is at most so far.
const NEAR_DAYS: i64 = 3660;

pub(super) fn check(proof: &Proof<'_>, covered: &mut Covered, faults: &mut Vec<Fault>) {
    for route in &proof.pack.routes {
        let mut say =
            |sides: &Sides, kind: &str, number: usize, limit: String| match sides.missing() {
                None => covered.limits += 1,
                Some(missing) => faults.push(proof.fault(
                    &route.id,
                    kind,
                    number,
                    format!("{limit} of `{}` has no worked case {missing} it", route.id),
                )),
            };
        existence(proof, route, &mut say);
        for asked in route.tests() {
            for leaf in asked.test.leaves() {
                let (sides, limit) = match leaf {
                    Leaf::OffenseFrom(day) => (
                        offense_days(proof, route, None, *day),
                        format!("the offense day {day}"),
                    ),
                    Leaf::EventFrom(event, day) => (
                        event_days(proof, route, *event, *day),
                        format!("the day {day}"),
                    ),
                    Leaf::Under(age) => (ages(proof, route, *age), format!("the age {age}")),
                    Leaf::Since(since) => match since.within {
                        None => continue,
                        Some(years) => (
                            waits::since(proof, route, *since, years),
                            format!("the end of {years} years"),
                        ),
                    },
                    _ => continue,
                };
                say(&sides, asked.kind, asked.number, limit);
            }
        }
        if let Kind::Door(door) = &route.kind {
            for (n, wait) in door.waits.iter().enumerate() {
                let sides = waits::sides(proof, route, door, wait);
                say(&sides, "wait", n, format!("the wait `{}`", wait.id));
            }
        }
        let Kind::Rules(rules) = &route.kind else {
            continue;
        };
        for (n, row) in rules.rows.iter().enumerate().filter(|(_, row)| row.by_age) {
            for age in edges(&row.age) {
                // One row speaks for all that share the edge.
                let first = rules
                    .rows
                    .iter()
                    .position(|other| other.by_age && edges(&other.age).contains(&age));
                if first == Some(n) {
                    say(&ages(proof, route, age), "row", n, format!("the age {age}"));
                }
            }
        }
        amounts(proof, route, &mut say);
        let mut offenses: Vec<&OffenseId> = rules.rows_of.keys().collect();
        offenses.sort();
        for id in offenses {
            let offense = proof.pack.offenses.get(*id);
            for form in &offense.forms {
                for day in [form.from, form.until].into_iter().flatten() {
                    let sides = offense_days(proof, route, Some(&form.charge), day);
                    say(
                        &sides,
                        "row",
                        usize::MAX,
                        format!("the day {day} of `{}`", form.charge),
                    );
                }
            }
        }
    }
}

fn days(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to))
        .map_or(i64::MAX, |span| i64::from(span.get_days()))
}

// The first day of a route, and the day on which an automatic one is due.
fn existence(proof: &Proof<'_>, route: &Route, say: &mut impl FnMut(&Sides, &str, usize, String)) {
    let mut sides = Sides::default();
    let mut due = vec![Sides::default(); dues(route).len()];
    let mut change = due.clone();
    for case in proof.cases {
        let distance = days(route.from, case.as_of);
        let named = case.expect.iter().any(|e| e.route == route.id);
        if case.absent.contains(&route.id) && distance < 0 || named && distance >= 0 {
            sides.see(distance, NEAR_DAYS);
        }
        if !named {
            continue;
        }
        let held = |due: &Due| due.until.is_none_or(|until| case.as_of < until);
        if let Some(n) = dues(route).iter().position(held) {
            due[n].see(days(dues(route)[n].day, case.as_of), NEAR_DAYS);
        }
        for (sides, law) in change.iter_mut().zip(dues(route)) {
            if let Some(until) = law.until {
                sides.see(days(until, case.as_of), NEAR_DAYS);
            }
        }
    }
    say(
        &sides,
        "route",
        0,
        format!("the first day, {},", route.from),
    );
    for (n, law) in dues(route).iter().enumerate() {
        say(&due[n], "route", 0, format!("the day {}", law.day));
        if let Some(until) = law.until {
            let limit = format!("the day {until}, on which the law named another day,");
            say(&change[n], "route", 0, limit);
        }
    }
}

fn dues(route: &Route) -> &[Due] {
    match &route.kind {
        Kind::Automatic(automatic) => &automatic.due,
        Kind::Rules(_) | Kind::Door(_) => &[],
    }
}

/// A count that a worked case expects something of, for a route: that it says nothing of the count, where there is no answer.
struct Asked<'a> {
    case: &'a WorkedCase,
    k: usize,
    c: usize,
    answer: Option<&'a Expected>,
}

impl<'a> Asked<'a> {
    fn count(&self) -> &'a Count {
        &self.case.record.cases[self.k].counts[self.c]
    }
}

fn asked<'a>(proof: &'a Proof<'_>, route: &'a Route) -> impl Iterator<Item = Asked<'a>> {
    proof.cases.iter().flat_map(move |case| {
        let mine = case.expect.iter().filter(|e| e.route == route.id).map(Some);
        let silent = case.absent.contains(&route.id).then_some(None);
        mine.chain(silent).flat_map(move |answer| {
            let about = answer.map_or((None, None), |e| (e.case, e.count));
            let all = case.record.counts();
            let here = all.filter(move |(k, c, ..)| {
                about.0.is_none_or(|only| only == *k) && about.1.is_none_or(|only| only == *c)
            });
            here.map(move |(k, c, ..)| Asked { case, k, c, answer })
        })
    })
}

fn event_days(proof: &Proof<'_>, route: &Route, event: Anchor, day: Date) -> Sides {
    let mut sides = Sides::default();
    let law = match &route.kind {
        Kind::Door(door) => Law::Door(door),
        Kind::Rules(rules) => Law::Table(rules),
        Kind::Automatic(_) => return sides,
    };
    for asked in asked(proof, route) {
        let found = waits::with_run(proof, law, &asked, |run| {
            let on = run.anchor(event);
            on.first.filter(|_| on.first == on.last)
        });
        if let Some(found) = found {
            sides.see(days(day, found), NEAR_DAYS);
        }
    }
    sides
}

fn offense_days(
    proof: &Proof<'_>,
    route: &Route,
    of: Option<&packs::section::Charge>,
    day: Date,
) -> Sides {
    let mut sides = Sides::default();
    for count in asked(proof, route).map(|asked| asked.count()) {
        let charges = count
            .section
            .iter()
            .flat_map(|s| proof.pack.codes.charges(s.as_str()));
        let named = charges.chain(
            count
                .target
                .iter()
                .flat_map(|s| proof.pack.codes.charges(s.as_str())),
        );
        let fits = of.is_none_or(|form| {
            named
                .clone()
                .any(|charge| charge.fits(form) != packs::section::Fit::No)
        });
        if let Some(offense) = count
            .offense_date
            .and_then(|date| date.exact())
            .filter(|_| fits)
        {
            sides.see(days(day, offense), NEAR_DAYS);
        }
    }
    sides
}

fn edges(ages: &Ages) -> Vec<u8> {
    let least = (ages.least > 0).then_some(ages.least);
    let most = ages.most.checked_add(1);
    least.into_iter().chain(most).collect()
}

fn ages(proof: &Proof<'_>, route: &Route, age: u8) -> Sides {
    let mut sides = Sides::default();
    for asked in asked(proof, route) {
        let born = asked.case.record.person.born.and_then(|date| date.exact());
        let offense = asked.count().offense_date.and_then(|date| date.exact());
        if let Some((born, offense)) = born.zip(offense)
            && let Ok(birthday) = born.checked_add(i32::from(age).years())
        {
            sides.see(days(birthday, offense), NEAR_DAYS);
        }
    }
    sides
}

fn amounts(proof: &Proof<'_>, route: &Route, say: &mut impl FnMut(&Sides, &str, usize, String)) {
    let Some(rules) = route.rules() else {
        return;
    };
    let mut scales: Vec<_> = rules
        .rows
        .iter()
        .enumerate()
        .filter_map(|(n, row)| Some((row.amount?.0, n)))
        .collect();
    scales.sort();
    scales.dedup_by_key(|(scale, _)| *scale);
    for (scale, row) in scales {
        let scale = proof.pack.limits.scale(scale);
        type Part = fn(&packs::limit::AmountClass) -> Span;
        let parts: [(Form, Part, Decimal); 3] = [
            (Form::Flower, |c| c.flower, Decimal::ONE),
            (Form::Concentrate, |c| c.concentrate, Decimal::ONE),
            (Form::Plants, |c| c.plants, Decimal::ONE),
        ];
        for (form, part, step) in parts {
            let mut limits: Vec<Decimal> = scale
                .classes
                .iter()
                .filter_map(|c| part(c).most)
                .filter(|most| !most.is_zero())
                .collect();
            limits.sort();
            limits.dedup();
            for limit in limits {
                let mut sides = Sides::default();
                for count in asked(proof, route).map(|asked| asked.count()) {
                    for amount in count.amounts.iter().flatten().filter(|a| a.form() == form) {
                        let value = amount.grams().unwrap_or(amount.value());
                        sides.below |= value < limit && value >= limit - step;
                        sides.at |= value == limit;
                        sides.above |= value > limit && value <= limit + step;
                    }
                }
                say(
                    &sides,
                    "row",
                    row,
                    format!(
                        "the limit of {limit} ({}) in `{}`",
                        form_in_words(form),
                        scale.id
                    ),
                );
            }
        }
    }
}

fn form_in_words(form: Form) -> &'static str {
    match form {
        Form::Flower => "flower",
        Form::Concentrate => "concentrate",
        Form::Plants => "plants",
        Form::Other => "other",
    }
}
