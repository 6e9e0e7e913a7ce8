//! How sure the letters of each fact are, where an engine recognised them: its place on the picture and a flag where there is doubt.

use std::collections::BTreeMap;

use record::{FactPath, Record, Source};
use rust_decimal::Decimal;

use super::dates;
use super::marks::Marks;
use crate::FlagKind;
use crate::text::{RawLine, Seen};

/// Of facts on which relief turns (sections, dates, levels, numbers, lengths) an engine is sure from here on, in hundredths.
const SURE: u8 = 80;
/// Of words.
const SURE_OF_WORDS: u8 = 55;

/// The frame round all words of a line.
pub(super) fn frame(words: &[Seen]) -> Option<[u32; 4]> {
    words.iter().map(|word| word.frame).reduce(|a, b| {
        [
            a[0].min(b[0]),
            a[1].min(b[1]),
            a[2].max(b[2]),
            a[3].max(b[3]),
        ]
    })
}

/// Gives every source on a recognised line its place and how sure its words are, and flags what is not sure.
pub(crate) fn weigh(
    raw: &[RawLine],
    by_path: &mut BTreeMap<FactPath, Vec<Source>>,
    marks: &mut Marks,
) {
    let at: BTreeMap<(u32, u32), usize> = raw
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.words.is_empty())
        .map(|(at, line)| ((line.page, line.line), at))
        .collect();
    if at.is_empty() {
        return;
    }
    for (path, sources) in by_path {
        for source in sources {
            let place = source.page.zip(source.line);
            let Some((index, line)) = place
                .and_then(|place| at.get(&place))
                .and_then(|index| Some((*index, raw.get(*index)?)))
            else {
                continue;
            };
            let part = match Part::of(path.as_str()) {
                Part::Lengths if !line.text.contains(|c: char| c.is_ascii_digit()) => Part::Words,
                part => part,
            };
            let words = carriers(part, line);
            let sure = words.iter().map(|word| word.sure).min().unwrap_or(0);
            source.frame = frame(words);
            let of_letters = Decimal::new(i64::from(sure), 2);
            source.confidence = Some(match source.confidence {
                Some(known) => known.min(of_letters),
                None => of_letters,
            });
            let enough = if part == Part::Words {
                SURE_OF_WORDS
            } else {
                SURE
            };
            if sure < enough {
                marks.flag(
                    FlagKind::DoubtfulLetters,
                    Some(path.as_str()),
                    index,
                    "",
                    None,
                );
            }
        }
    }
}

/// Where the same words stand beside sections that differ by one sign, one of them is likely misread: both are flagged.
pub(super) fn compare(
    record: &Record,
    by_path: &BTreeMap<FactPath, Vec<Source>>,
    marks: &mut Marks,
) {
    let named: Vec<(String, String, String)> = (0..)
        .zip(&record.cases)
        .flat_map(|(k, case)| {
            (0..).zip(&case.counts).filter_map(move |(c, count)| {
                let words: String = count
                    .description
                    .as_deref()?
                    .chars()
                    .filter(char::is_ascii_alphanumeric)
                    .collect();
                let section = count.section.as_ref()?.to_string();
                Some((words, section, format!("cases[{k}].counts[{c}].section")))
            })
        })
        .collect();
    for (words, section, path) in &named {
        // Only letters that an engine recognised can be misread.
        let recognised = by_path
            .get(&FactPath::from(path.as_str()))
            .and_then(|sources| sources.first())
            .is_some_and(|source| source.frame.is_some());
        if !recognised {
            continue;
        }
        let other = named.iter().find(|(w, s, _)| {
            w == words
                && s.len() == section.len()
                && s.chars()
                    .zip(section.chars())
                    .filter(|(a, b)| a != b)
                    .count()
                    == 1
        });
        let place = by_path
            .get(&FactPath::from(path.as_str()))
            .and_then(|sources| sources.first())
            .filter(|source| source.frame.is_some())
            .and_then(|source| marks.index_of(source.page?, source.line?));
        if let (Some((_, other, _)), Some(line)) = (other, place) {
            marks.flag(
                FlagKind::DoubtfulLetters,
                Some(path),
                line,
                "",
                Some(other.clone()),
            );
        }
    }
}

/// Which part of a line carries a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Section,
    Date,
    Number,
    Level,
    /// Numbers among words: days, months, years.
    Lengths,
    Words,
}

impl Part {
    fn of(path: &str) -> Self {
        let last = path.rsplit('.').next().unwrap_or_default();
        match last.split('[').next().unwrap_or_default() {
            "section" | "registrations" => Self::Section,
            "date" | "born" | "died" | "on" | "filed" | "offense_date" => Self::Date,
            "number" | "identifiers" => Self::Number,
            "level" => Self::Level,
            "sentence" => Self::Lengths,
            _ => Self::Words,
        }
    }
}

/// The words of a line that carry a fact; all of them where that cannot be told.
fn carriers(part: Part, line: &RawLine) -> &[Seen] {
    let words = line.words.as_slice();
    let text = |word: &Seen| line.text.get(word.place.clone()).unwrap_or_default();
    let find = |test: &dyn Fn(&str) -> bool| words.iter().position(|word| test(text(word)));
    let found = match part {
        // The number and its code: what follows the code's hyphen is the offense's name.
        Part::Section => find(&|word| word.contains('-') && word.chars().any(char::is_alphabetic))
            .and_then(|last| words.get(..=last)),
        Part::Date => find(&|word| {
            let word = word.to_uppercase();
            dates::leading(&word).is_some() || word.contains("DOB")
        })
        .and_then(|at| words.get(at..=at)),
        Part::Number => find(&|word| word.contains(['#', '*'])).and_then(|at| words.get(at..)),
        Part::Level => {
            find(&|word| word.to_uppercase().contains("TOC")).and_then(|at| words.get(at..))
        }
        // Each number and what stands between them: also the words that say of what it is.
        Part::Lengths => {
            let number = |word: &&Seen| text(word).contains(|c: char| c.is_ascii_digit());
            let first = words.iter().position(|word| number(&word));
            let last = words.iter().rposition(|word| number(&word));
            first
                .zip(last)
                .and_then(|(first, last)| words.get(first..=last))
        }
        Part::Words => None,
    };
    found.filter(|words| !words.is_empty()).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_carried_by_its_own_words() {
        let text = "20050601 CASC FRESNO";
        let words = [(0..8, 99), (9..13, 40), (14..20, 90)];
        let line = RawLine {
            page: 1,
            line: 1,
            text: text.into(),
            words: words
                .into_iter()
                .map(|(place, sure)| Seen {
                    frame: [
                        u32::try_from(place.start).unwrap(),
                        0,
                        u32::try_from(place.end).unwrap(),
                        9,
                    ],
                    place,
                    sure,
                })
                .collect(),
        };
        assert_eq!(carriers(Part::Date, &line).len(), 1);
        assert_eq!(carriers(Part::Words, &line).len(), 3);
        assert_eq!(carriers(Part::Lengths, &line).len(), 1);
        assert_eq!(frame(&line.words), Some([0, 0, 20, 9]));
        assert_eq!(Part::of("cases[0].counts[2].section"), Part::Section);
        assert_eq!(Part::of("person.identifiers[1]"), Part::Number);
    }

    /// `60 DAYS` was read as 69 and nobody told.
    #[test]
    fn a_number_in_a_sentence_that_is_not_sure_is_flagged() {
        let words = |sure: [u8; 4]| {
            let text = "SEN: 69 DAYS JAIL";
            let mut from = 0;
            let words = text.split(' ').zip(sure).map(|(word, sure)| {
                let place = from..from + word.len();
                from = place.end + 1;
                Seen {
                    place,
                    frame: [0, 0, 9, 9],
                    sure,
                }
            });
            RawLine {
                page: 1,
                line: 1,
                text: text.into(),
                words: words.collect(),
            }
        };
        let flagged = |sure: [u8; 4]| {
            let raw = vec![words(sure)];
            let mut marks = Marks::new(&raw);
            let mut to = super::super::source::Sources {
                marks: &mut marks,
                by_path: BTreeMap::new(),
            };
            to.note("cases[0].counts[0].sentence", 0);
            let mut by_path = to.by_path;
            weigh(&raw, &mut by_path, &mut marks);
            let (_, flags) = marks.finish(raw);
            flags.len()
        };
        assert_eq!(flagged([95, 79, 95, 95]), 1);
        assert_eq!(flagged([95, 80, 70, 70]), 0);
        assert_eq!(flagged([60, 95, 95, 95]), 0);
    }
}
