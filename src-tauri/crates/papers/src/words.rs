//! How facts are written out: dates, sections, ages, lists. The words come from the pack.

use packs::papers::{DateWords, Filing};
use record::{Count, Effect, Level, PartialDate, Section};

use crate::PaperError;
use crate::ink::{Ink, Value, Values};

/// A date as far as it is known.
pub(crate) fn date(words: &DateWords, date: PartialDate) -> Result<String, PaperError> {
    let (first, last) = (date.earliest(), date.latest());
    let phrase = if date.exact().is_some() {
        &words.day
    } else if first.month() == last.month() {
        &words.month
    } else {
        &words.year
    };
    let month = usize::from(first.month().unsigned_abs()).saturating_sub(1);
    let name = words.months.get(month).map_or("", String::as_str);
    Ink::default().text(
        phrase,
        &Values::default()
            .with("day", Value::word(first.day().to_string()))
            .with("month", Value::word(name))
            .with("year", Value::word(first.year().to_string())),
    )
}

/// What a court made of a felony or misdemeanor afterwards.
pub(crate) fn reduced(count: &Count) -> Option<Level> {
    let granted = count.relief_granted.as_deref().unwrap_or_default();
    let to = |effect| granted.iter().any(|relief| relief.effect == effect);
    if to(Effect::ReducedToInfraction) {
        Some(Level::Infraction)
    } else if to(Effect::ReducedToMisdemeanor) && count.level == Some(Level::Felony) {
        Some(Level::Misdemeanor)
    } else {
        None
    }
}

/// A section written out: code in full, subdivisions named as such.
pub(crate) fn section(words: &Filing, section: &Section) -> Result<String, PaperError> {
    let code = words
        .codes
        .get(section.code())
        .map_or(section.code(), String::as_str);
    let rest = section
        .number()
        .strip_prefix(section.base())
        .unwrap_or_default();
    let subdivided = !rest.is_empty()
        && rest
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '(' || c == ')');
    let (phrase, base) = if subdivided {
        (&words.sections.part, section.base())
    } else {
        (&words.sections.whole, section.number())
    };
    Ink::default().text(
        phrase,
        &Values::default()
            .with("code", Value::word(code))
            .with("base", Value::word(base))
            .with("subdivisions", Value::word(rest)),
    )
}

/// The offense of a count, with an attempt or the offense behind it; `None` where the section is not known.
pub(crate) fn offense(
    words: &Filing,
    count: &Count,
    path: &str,
) -> Result<Option<Value>, PaperError> {
    let Some(charged) = &count.section else {
        return Ok(None);
    };
    let mut value = Value::new(section(words, charged)?, format!("{path}.section"));
    if count.attempt == Some(true) {
        let inner = Values::default().with("section", Value::word(value.text));
        value.text = Ink::default().text(&words.sections.attempt, &inner)?;
        value.from.push(format!("{path}.attempt"));
    }
    if let Some(target) = &count.target {
        let inner = Values::default()
            .with("section", Value::word(value.text))
            .with("target", Value::word(section(words, target)?));
        value.text = Ink::default().text(&words.sections.target, &inner)?;
        value.from.push(format!("{path}.target"));
    }
    Ok(Some(value))
}

/// The band of age on a day, where every reading of both dates gives the same band.
pub(crate) fn age_band(
    words: &Filing,
    born: PartialDate,
    on: PartialDate,
) -> Option<&packs::papers::Ages> {
    let youngest = age(born.latest(), on.earliest(), Leap::LaterDay);
    let oldest = age(born.earliest(), on.latest(), Leap::EarlierDay);
    let band = |age: i16| {
        words
            .ages
            .iter()
            .find(|band| band.under.is_none_or(|under| age < under))
    };
    let (young, old) = (band(youngest)?, band(oldest)?);
    (youngest >= 0 && young == old).then_some(young)
}

/// Which day a person born on 29 February turns a year older in other years: nobody here decides, so both are tried.
#[derive(Clone, Copy)]
enum Leap {
    EarlierDay,
    LaterDay,
}

fn age(born: jiff::civil::Date, on: jiff::civil::Date, leap: Leap) -> i16 {
    let birthday = match (born.month(), born.day(), leap) {
        (2, 29, Leap::EarlierDay) => (2, 28),
        (2, 29, Leap::LaterDay) if !on.in_leap_year() => (3, 1),
        (month, day, _) => (month, day),
    };
    let years = on.year() - born.year();
    if (on.month(), on.day()) < birthday {
        years - 1
    } else {
        years
    }
}

/// `(1)`, `(2) and (4)`, `(1) through (7) and (9)`: runs of three and more are drawn together.
pub(crate) fn labels(words: &Filing, numbers: &[usize]) -> String {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => spans.push((number, number)),
        }
    }
    let parts: Vec<String> = spans
        .into_iter()
        .flat_map(|(first, last)| match last - first {
            0 => vec![format!("({first})")],
            1 => vec![format!("({first})"), format!("({last})")],
            _ => vec![format!("({first}){}({last})", words.lists.through)],
        })
        .collect();
    list(&parts, &words.lists.comma, &words.lists.and)
}

/// Joins parts: commas between, a word before the last.
pub(crate) fn list(parts: &[String], comma: &str, and: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{}{and}{last}", rest.join(comma)),
    }
}

/// `(a)` to `(z)`, then `(aa)`.
pub(crate) fn letter(index: usize) -> String {
    let alphabet = b'a'..=b'z';
    let one = alphabet
        .clone()
        .nth(index % alphabet.len())
        .map_or('a', char::from);
    let again = index / alphabet.len() + 1;
    format!("({})", String::from(one).repeat(again))
}
