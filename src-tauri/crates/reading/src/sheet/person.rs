//! The person: names, numbers, registrations, death, and the standing that the sheet shows.

use packs::wordings::{Later, Wordings};
use record::{Name, PartialDate, Person, Registration, Standing};

use super::entry::{Count, Entry};
use super::headers::Kind;
use super::preamble::Preamble;
use super::source::Sources;
use crate::FlagKind;
use crate::text::RawLine;

/// The person of a sheet. `complete`: the sheet's end was seen, so what it does not list is known not to be on it.
pub(super) fn person(
    preamble: &Preamble,
    entries: &[Entry],
    complete: bool,
    wordings: &Wordings,
    to: &mut Sources<'_>,
) -> Person {
    let mut person = Person::default();
    if let Some(name) = &preamble.name {
        to.note("person.name", name.line);
        person.name = name.value.clone();
        let aliases: Vec<Name> = preamble
            .aliases
            .iter()
            .enumerate()
            .map(|(index, alias)| {
                to.note(&format!("person.aliases[{index}]"), alias.line);
                alias.value.clone()
            })
            .collect();
        person.aliases = Some(aliases);
    }
    births(preamble, &mut person, to);
    if !preamble.identifiers.is_empty() {
        let list = preamble
            .identifiers
            .iter()
            .enumerate()
            .map(|(index, number)| {
                to.note(&format!("person.identifiers[{index}]"), number.line);
                number.value.clone()
            });
        person.identifiers = Some(list.collect());
    }
    let (mut registrations, mut unknown) = (Vec::new(), false);
    for entry in entries
        .iter()
        .filter(|entry| entry.kind == Kind::Registration)
    {
        // In words, or not at all: of what duty is not known, and it is not none.
        let section = |count: &Count| count.charge.as_ref().and_then(|c| c.value.section.clone());
        let nameless = entry.counts.iter().filter(|count| section(count).is_none());
        let mut lines: Vec<usize> = nameless
            .map(|count| {
                let words = count.words.as_ref().map(|words| words.line);
                words
                    .or(count.charge.as_ref().map(|charge| charge.line))
                    .unwrap_or(count.line)
            })
            .collect();
        if entry.counts.is_empty() {
            lines.push(entry.header);
        }
        for line in lines {
            unknown = true;
            to.flag(
                FlagKind::DoubtfulSection,
                "person.registrations",
                line,
                "",
                None,
            );
        }
        for charge in entry
            .counts
            .iter()
            .filter_map(|count| count.charge.as_ref())
        {
            let Some(section) = charge.value.section.clone() else {
                continue;
            };
            to.note(
                &format!("person.registrations[{}]", registrations.len()),
                charge.line,
            );
            registrations.push(Registration {
                section,
                date: entry.dated(),
            });
        }
        for outcome in entry.counts.iter().flat_map(|count| &count.outcomes) {
            if wordings.later(&outcome.text) == Some(Later::NeedNotRegister) {
                let path = "person.registrations";
                to.flag(
                    FlagKind::RegistrationEnded,
                    path,
                    outcome.line,
                    &outcome.text,
                    None,
                );
            }
        }
    }
    person.registrations =
        ((complete && !unknown) || !registrations.is_empty()).then_some(registrations);
    if let Some(entry) = entries.iter().find(|entry| entry.kind == Kind::Deceased) {
        person.died = entry.dated();
        let line = entry.date.as_ref().map_or(entry.header, |date| date.line);
        if person.died.is_some() {
            to.note("person.died", line);
        }
        to.flag(FlagKind::Deceased, "person.died", line, "", None);
    }
    person
}

/// The first date is the one the sheet is filed under; every other is a conflict to look at.
fn births(preamble: &Preamble, person: &mut Person, to: &mut Sources<'_>) {
    let Some(first) = preamble.births.first() else {
        return;
    };
    person.born = Some(PartialDate::from(first.value));
    to.note("person.born", first.line);
    for other in preamble
        .births
        .iter()
        .filter(|other| other.value != first.value)
    {
        let day = other.value.to_string();
        to.flag(
            FlagKind::OtherBirthDate,
            "person.born",
            other.line,
            &day,
            Some(day.clone()),
        );
    }
}

/// What the probation and parole summary shows on the sheet's own day, and no more.
///
/// A term that had run out by then proves nothing (it may have been extended), and a sheet without its day says nothing about
/// any: both are only flagged.
pub(super) fn standing(preamble: &Preamble, to: &mut Sources<'_>) -> Option<Standing> {
    let mut kinds = Vec::new();
    for entry in &preamble.supervision {
        to.flag(
            FlagKind::Supervision,
            "now.supervision",
            entry.line,
            "",
            None,
        );
        let Some(made) = &preamble.made else { continue };
        let current =
            entry.ends.is_empty() || entry.ends.iter().any(|end| end.earliest() > made.value);
        if current && !kinds.contains(&entry.kind) {
            to.note("now.supervised", entry.line);
            to.note(&format!("now.supervision[{}]", kinds.len()), entry.line);
            kinds.push(entry.kind);
        }
    }
    let made = preamble.made.as_ref().filter(|_| !kinds.is_empty())?;
    to.note("now.on", made.line);
    Some(Standing {
        on: Some(made.value),
        supervised: Some(true),
        supervision: Some(kinds),
        ..Standing::default()
    })
}

/// Hides social security numbers but for their last four digits, before any line is shown or kept.
pub(super) fn mask(raw: &mut [RawLine], first_entry: usize, preamble: &Preamble) {
    let numbered: Vec<usize> = preamble
        .identifiers
        .iter()
        .filter(|number| number.value.kind != record::IdentifierKind::SsnLast4)
        .map(|number| number.line)
        .collect();
    for (at, line) in raw.iter_mut().enumerate() {
        // Before the entries every nine digits may be one, but on lines of other numbers that are kept whole.
        let nine = at < first_entry && !numbered.contains(&at);
        line.text = masked(&line.text, nine);
    }
}

/// `ddd-dd-dddd` always, nine digits in a row where asked.
pub(crate) fn masked(text: &str, nine: bool) -> String {
    let mut out: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < out.len() {
        let length = out
            .get(at..)
            .unwrap_or_default()
            .iter()
            .enumerate()
            .take_while(|(place, c)| c.is_ascii_digit() || (*place > 0 && **c == '-'))
            .count();
        let run: String = out
            .get(at..at + length)
            .unwrap_or_default()
            .iter()
            .collect();
        let groups: Vec<usize> = run.split('-').map(str::len).collect();
        if groups == [3, 2, 4] || (nine && groups == [9]) {
            let digits = out.iter_mut().skip(at).take(length - 4);
            for c in digits.filter(|c| c.is_ascii_digit()) {
                *c = '*';
            }
        }
        at += length.max(1);
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn social_security_numbers_are_hidden() {
        assert_eq!(
            masked("SOC/987654323 000000056", true),
            "SOC/*****4323 *****0056"
        );
        assert_eq!(
            masked("COM: SSN 987-65-4323", false),
            "COM: SSN ***-**-4323"
        );
        assert_eq!(masked("CNT:01 #987654323", false), "CNT:01 #987654323");
        assert_eq!(masked("1-2-3 12345678", true), "1-2-3 12345678");
        assert_eq!(masked("MNU/SO-987654323", true), "MNU/SO-*****4323");
    }
}
