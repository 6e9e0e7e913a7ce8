//! What cannot be, and what an engine read in a picture and is known to nobody: a person is asked to look.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::{FactPath, PartialDate, Record, Section, Source};
use rust_decimal::Decimal;

use super::marks::Marks;
use crate::FlagKind;

/// Digits that engines take for each other.
const ALIKE: [&str; 6] = ["14", "17", "38", "56", "68", "69"];

/// Flags recognised sections that the rules do not know, with the one that they know and that looks like it, and days that cannot be.
pub(crate) fn doubt(
    record: &Record,
    made: Option<Date>,
    knows: &dyn Fn(&Section) -> bool,
    by_path: &mut BTreeMap<FactPath, Vec<Source>>,
    marks: &mut Marks,
) {
    misplaced(record, knows, by_path, marks);
    out_of_order(record, made, by_path, marks);
    let by_path = &*by_path;
    let mut flag = |kind, path: &str, proposal| {
        let source = by_path
            .get(&FactPath::from(path))
            .and_then(|sources| sources.first())
            .filter(|source| source.frame.is_some());
        let line = source.and_then(|source| marks.index_of(source.page?, source.line?));
        if let Some(line) = line {
            marks.flag(kind, Some(path), line, "", proposal);
        }
    };
    for (k, case) in record.cases.iter().enumerate() {
        for (c, count) in case.counts.iter().enumerate() {
            let path = format!("cases[{k}].counts[{c}]");
            if let Some(section) = count.section.as_ref().filter(|section| !knows(section)) {
                let likely = alike(section, knows).map(|section| section.to_string());
                flag(
                    FlagKind::DoubtfulSection,
                    &format!("{path}.section"),
                    likely,
                );
            }
        }
    }
}

/// Days that cannot be: before the person's birth or after the sheet was made, an outcome before every arrest, relief before its
/// conviction. One of the two is misread or misprinted, and which is for a person to say.
fn out_of_order(
    record: &Record,
    made: Option<Date>,
    by_path: &mut BTreeMap<FactPath, Vec<Source>>,
    marks: &mut Marks,
) {
    let born = record.person.born;
    let cannot_be = |day: PartialDate| {
        born.is_some_and(|born| day.latest() < born.earliest())
            || made.is_some_and(|made| day.earliest() > made)
    };
    let before = |day: PartialDate, other: PartialDate| day.latest() < other.earliest();
    let mut doubted = Vec::new();
    for (k, case) in record.cases.iter().enumerate() {
        let arrests: Vec<PartialDate> = case
            .arrests
            .iter()
            .flatten()
            .filter_map(|arrest| arrest.date)
            .collect();
        for (a, arrest) in case.arrests.iter().flatten().enumerate() {
            if arrest.date.is_some_and(cannot_be) {
                doubted.push(format!("cases[{k}].arrests[{a}].date"));
            }
        }
        for (c, count) in case.counts.iter().enumerate() {
            let path = format!("cases[{k}].counts[{c}]");
            let ended = count.disposition.as_ref().and_then(|d| d.date);
            let too_early = |day: PartialDate| {
                !arrests.is_empty() && arrests.iter().all(|arrest| before(day, *arrest))
            };
            if ended.is_some_and(|day| cannot_be(day) || too_early(day)) {
                doubted.push(format!("{path}.disposition.date"));
            }
            for (n, granted) in count.relief_granted.iter().flatten().enumerate() {
                let Some(day) = granted.date else { continue };
                if cannot_be(day) || ended.is_some_and(|ended| before(day, ended)) {
                    doubted.push(format!("{path}.relief_granted[{n}]"));
                }
            }
        }
    }
    for path in doubted {
        let Some(sources) = by_path.get_mut(&FactPath::from(path.as_str())) else {
            continue;
        };
        for source in sources.iter_mut() {
            source.confidence = source.confidence.map(|sure| sure.min(Decimal::new(5, 1)));
        }
        let place = sources
            .first()
            .and_then(|source| source.page.zip(source.line));
        if let Some(line) = place.and_then(|(page, line)| marks.index_of(page, line)) {
            marks.flag(FlagKind::DoubtfulDate, Some(&path), line, "", None);
        }
    }
}

/// `HS 113.59`, `HS 113-59`, `HN 11359`: a section that the rules do not know, and would know without its point, or under the code that
/// looks like its own. Also where the text was there: whoever made it may have recognised it.
fn misplaced(
    record: &Record,
    knows: &dyn Fn(&Section) -> bool,
    by_path: &mut BTreeMap<FactPath, Vec<Source>>,
    marks: &mut Marks,
) {
    for (k, case) in record.cases.iter().enumerate() {
        for (c, count) in case.counts.iter().enumerate() {
            let Some(likely) = count
                .section
                .as_ref()
                .filter(|section| !knows(section))
                .and_then(|section| elsewhere(section, knows))
            else {
                continue;
            };
            let path = format!("cases[{k}].counts[{c}].section");
            let Some(source) = by_path
                .get_mut(&FactPath::from(path.as_str()))
                .and_then(|sources| sources.first_mut())
            else {
                continue;
            };
            source.confidence = source.confidence.map(|sure| sure.min(Decimal::new(5, 1)));
            let place = source.page.zip(source.line);
            if let Some(line) = place.and_then(|(page, line)| marks.index_of(page, line)) {
                let proposal = Some(likely.to_string());
                marks.flag(FlagKind::DoubtfulSection, Some(&path), line, "", proposal);
            }
        }
    }
}

/// The known section that this one is with its point or hyphen elsewhere or nowhere, or under the code that looks like its own.
fn elsewhere(section: &Section, knows: &dyn Fn(&Section) -> bool) -> Option<Section> {
    let (code, number) = section.as_str().split_once(' ')?;
    let end = number.find('(').unwrap_or(number.len());
    let (base, rest) = number.split_at_checked(end)?;
    let digits: String = base.chars().filter(char::is_ascii_digit).collect();
    let known = |text: String| text.parse::<Section>().ok().filter(|other| knows(other));
    let divided =
        base.contains(['.', '-']) && base.chars().all(|c| c.is_ascii_digit() || ".-".contains(c));
    if divided {
        let joined = known(format!("{code} {digits}{rest}"));
        let moved = || {
            (2..digits.len()).rev().find_map(|at| {
                let (before, after) = digits.split_at_checked(at)?;
                known(format!("{code} {before}.{after}{rest}"))
            })
        };
        return joined.or_else(moved);
    }
    let other = match code {
        // Of three digits it is doubted where the charge is read.
        "FC" if digits.len() > 3 => "PC",
        "HN" => "HS",
        _ => return None,
    };
    known(format!("{other} {number}"))
}

/// The one known section that another reading of one digit gives; none where there are more.
fn alike(section: &Section, knows: &dyn Fn(&Section) -> bool) -> Option<Section> {
    let text = section.as_str();
    let mut found = text
        .char_indices()
        .filter(|(_, sign)| sign.is_ascii_digit())
        .flat_map(|(at, sign)| {
            let pairs = ALIKE.iter().filter(move |pair| pair.contains(sign));
            let others =
                pairs.flat_map(move |pair| pair.chars().filter(move |other| *other != sign));
            others.filter_map(move |other| {
                let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
                format!("{before}{other}{after}").parse::<Section>().ok()
            })
        })
        .filter(|other| knows(other));
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_known_section_that_looks_like_it_is_proposed() {
        let known =
            |section: &Section| ["HS 11357(b)", "PC 163", "PC 166"].contains(&section.as_str());
        let proposed = |text: &str| {
            let section = text.parse().unwrap();
            alike(&section, &known).map(|section| section.to_string())
        };
        assert_eq!(proposed("HS 41357(b)").as_deref(), Some("HS 11357(b)"));
        assert_eq!(proposed("PC 168"), None);
        assert_eq!(proposed("PC 165").as_deref(), Some("PC 166"));
        assert_eq!(proposed("HS 99999"), None);
    }
}
