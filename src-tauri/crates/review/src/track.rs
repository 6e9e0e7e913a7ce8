//! What the court did with what was asked for: granted, denied, not answered, case by case; and figures for the public in which no
//! small number stands.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::ReviewError;
use crate::csv;
use crate::decided::{Table, plain};
use crate::filing::{Folder, UPLOAD_LIST};
use crate::who::{Is, Who};

/// What is compared.
pub struct Track<'a> {
    /// The folder of the papers, with the list for the court.
    pub papers: &'a Path,
    /// A table of the court's answers.
    pub court: &'a Path,
    /// Its column of case numbers.
    pub case: &'a str,
    /// Its column of defendants, if it has one. Where several have one case number, only their names tell whose answer a row is.
    pub name: Option<&'a str>,
    /// Its column of answers: granted, denied, granted in part, pending or nothing.
    pub outcome: &'a str,
    /// Its column of days, if it has one.
    pub on: Option<&'a str>,
    /// In figures for the public, a number below this is not said.
    pub hide: u64,
    /// A new folder.
    pub out: &'a Path,
}

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All that was asked for.
    Granted,
    /// Some of it.
    GrantedInPart,
    /// Nothing of it.
    Denied,
    /// The table does not say.
    Unanswered,
    /// The table says two things.
    Contradicted,
}

impl Outcome {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Granted,
        Self::GrantedInPart,
        Self::Denied,
        Self::Unanswered,
        Self::Contradicted,
    ];

    /// Its name in tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::GrantedInPart => "granted_in_part",
            Self::Denied => "denied",
            Self::Unanswered => "unanswered",
            Self::Contradicted => "contradicted",
        }
    }

    // A court's word. Another word is nobody's answer: it is listed.
    fn of(word: &str) -> Option<Self> {
        let word = word.to_lowercase().replace(['_', '-'], " ");
        match word.trim() {
            "granted" => Some(Self::Granted),
            "granted in part" | "partly granted" => Some(Self::GrantedInPart),
            "denied" => Some(Self::Denied),
            "" | "pending" | "unanswered" => Some(Self::Unanswered),
            _ => None,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Tracked {
    schema: &'static str,
    /// Cases in which something was asked for, one for each defendant.
    pub cases: u64,
    /// Cases by what became of them.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Rows of the court's table that could not be used.
    pub not_used: u64,
    /// The sentence for the public.
    pub sentence: String,
}

/// What was asked for one defendant of a case.
struct Case {
    number: String,
    who: Who,
    sections: Vec<String>,
    convictions: u64,
    outcome: Option<Outcome>,
    on: String,
    line: u64,
}

/// Compares. The folder appears whole or not at all.
///
/// # Errors
/// A table or a column is not there, or the folder is not empty.
pub fn track(asked: &Track<'_>) -> Result<Tracked, ReviewError> {
    let mut cases = cases(asked.papers)?;
    let out = Folder::new(asked.out)?;
    let not_used = answers(asked, &mut cases, &out)?;
    let mut table = Vec::new();
    csv::line(
        &mut table,
        [
            "case_number",
            "defendant",
            "convictions",
            "sections",
            "outcome",
            "on",
            "line",
        ],
    );
    let mut by_section: BTreeMap<String, [u64; 5]> = BTreeMap::new();
    let mut all = [0; 5];
    for case in cases.values().flatten() {
        let outcome = case.outcome.unwrap_or(Outcome::Unanswered);
        let line = if case.line == 0 {
            String::new()
        } else {
            case.line.to_string()
        };
        csv::line(
            &mut table,
            [
                &case.number,
                &case.who.name,
                &case.convictions.to_string(),
                &case.sections.join("; "),
                outcome.key(),
                &case.on,
                &line,
            ],
        );
        all[outcome as usize] += 1;
        let section = match case.sections.as_slice() {
            [only] => only.clone(),
            _ => "several sections".to_owned(),
        };
        by_section.entry(section).or_default()[outcome as usize] += 1;
    }
    out.write("outcomes.csv", &table)?;
    let shown = hidden(&by_section, &all, asked.hide);
    out.write("public.csv", &shown.0)?;
    let tracked = Tracked {
        schema: "relief-desk/review-track/1",
        cases: all.iter().sum(),
        outcomes: Outcome::ALL
            .map(|one| (one.key(), all[one as usize]))
            .into(),
        not_used,
        sentence: shown.1,
    };
    let mut text = serde_json::to_vec_pretty(&tracked).unwrap_or_default();
    text.push(b'\n');
    out.write("track.json", &text)?;
    out.write("public.txt", format!("{}\n", tracked.sentence).as_bytes())?;
    out.publish()?;
    Ok(tracked)
}

// The defendants of each case number.
fn cases(papers: &Path) -> Result<BTreeMap<String, Vec<Case>>, ReviewError> {
    let mut table = Table::open(&papers.join(UPLOAD_LIST))?;
    let columns = ["case_number", "section", "cii_number", "defendant", "born"];
    let mut at = [0; 5];
    for (at, name) in at.iter_mut().zip(columns) {
        *at = table.column(name)?;
    }
    let mut cases: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    while table.next()?.is_some() {
        let [number, section, cii, name, born] = at.map(|column| table.field(column));
        let who = Who::new(&cii, &name, &born);
        let defendants = cases.entry(plain(&number)).or_default();
        let known = defendants.iter().position(|case| case.who == who);
        let known = known.unwrap_or_else(|| {
            defendants.push(Case {
                number,
                who,
                sections: Vec::new(),
                convictions: 0,
                outcome: None,
                on: String::new(),
                line: 0,
            });
            defendants.len() - 1
        });
        let case = &mut defendants[known];
        case.convictions += 1;
        // Without its subdivisions: a group of one section is large enough to be spoken of.
        let base = section.split('(').next().unwrap_or_default().to_owned();
        if !case.sections.contains(&base) {
            case.sections.push(base);
        }
    }
    Ok(cases)
}

// Whose answer a row is, or why that cannot be told.
fn whose<'c>(defendants: &'c mut [Case], name: &str) -> Result<&'c mut Case, &'static str> {
    let who = Who::new("", name, "");
    let several = defendants.len() > 1;
    let is = |case: &&mut Case| match case.who.compare(&who).name {
        Is::Same => true,
        Is::Unknown => !several,
        Is::Other => false,
    };
    let mut fitting = defendants.iter_mut().filter(is);
    match (fitting.next(), fitting.next(), several) {
        (Some(only), None, _) => Ok(only),
        (.., true) => {
            Err("several defendants have this case number, and the row does not name one of them")
        }
        (.., false) => Err("the case of this number is another defendant's"),
    }
}

// The court's answers; what cannot be used is listed with its line. How many could not.
fn answers(
    asked: &Track<'_>,
    cases: &mut BTreeMap<String, Vec<Case>>,
    out: &Folder,
) -> Result<u64, ReviewError> {
    let mut table = Table::open(asked.court)?;
    let (number, outcome) = (table.column(asked.case)?, table.column(asked.outcome)?);
    let on = asked.on.map(|name| table.column(name)).transpose()?;
    let name = asked.name.map(|name| table.column(name)).transpose()?;
    let (mut problems, mut not_used) = (Vec::new(), 0);
    csv::line(&mut problems, ["line", "case_number", "answer", "problem"]);
    while let Some(line) = table.next()? {
        let (printed, word) = (table.field(number), table.field(outcome));
        let mut refuse = |problem: &str| {
            not_used += 1;
            csv::line(&mut problems, [&line.to_string(), &printed, &word, problem]);
        };
        let Some(defendants) = cases.get_mut(&plain(&printed)) else {
            refuse("nothing was asked for in a case of this number");
            continue;
        };
        let name = name.map(|name| table.field(name)).unwrap_or_default();
        let case = match whose(defendants, &name) {
            Ok(case) => case,
            Err(why) => {
                refuse(why);
                continue;
            }
        };
        let Some(one) = Outcome::of(&word) else {
            refuse("the answer is none of granted, granted in part, denied, pending");
            continue;
        };
        // A row without an answer takes none back.
        if one == Outcome::Unanswered {
            continue;
        }
        match case.outcome {
            Some(before) if before != one => {
                case.outcome = Some(Outcome::Contradicted);
                refuse("another row answers this case differently");
            }
            Some(_) => {}
            None => {
                case.outcome = Some(one);
                case.line = line;
                case.on = on.map(|on| table.field(on)).unwrap_or_default();
            }
        }
    }
    out.write("rows-not-used.csv", &problems)?;
    Ok(not_used)
}

// The table and the sentence for the public. A number below the limit is not said, nor is one from which it could be worked out:
// no row and no column with a sum has a single gap.
fn hidden(by_section: &BTreeMap<String, [u64; 5]>, all: &[u64; 5], hide: u64) -> (Vec<u8>, String) {
    // The sum first: it is given away by its parts, and they by it.
    let with_sum = |cells: &[u64; 5]| {
        let [a, b, c, d, e] = *cells;
        [a + b + c + d + e, a, b, c, d, e]
    };
    let rows: Vec<(&str, [u64; 6])> = by_section
        .iter()
        .map(|(section, cells)| (section.as_str(), with_sum(cells)))
        .chain([("all", with_sum(all))])
        .collect();
    let small = |n: u64| n > 0 && n < hide;
    let mut gaps: Vec<[bool; 6]> = rows.iter().map(|(_, cells)| cells.map(small)).collect();
    loop {
        let before = gaps.clone();
        for ((_, cells), gaps) in rows.iter().zip(&mut gaps) {
            if gaps.iter().filter(|gap| **gap).count() == 1
                && let Some(at) = (0..6)
                    .filter(|at| !gaps[*at])
                    .min_by_key(|at| (cells[*at] == 0, cells[*at]))
            {
                gaps[at] = true;
            }
        }
        for column in 0..6 {
            if gaps.iter().filter(|gaps| gaps[column]).count() == 1
                && let Some(at) = (0..rows.len())
                    .filter(|at| !gaps[*at][column])
                    .min_by_key(|at| (rows[*at].1[column] == 0, rows[*at].1[column]))
            {
                gaps[at][column] = true;
            }
        }
        if gaps == before {
            break;
        }
    }
    let mut table = Vec::new();
    let heads = ["section", "cases"]
        .into_iter()
        .chain(Outcome::ALL.map(Outcome::key));
    csv::line(&mut table, heads);
    let said = |n: u64, gap: bool| {
        if gap {
            "hidden".to_owned()
        } else {
            n.to_string()
        }
    };
    for ((section, cells), gaps) in rows.iter().zip(&gaps) {
        let mut line = vec![(*section).to_owned()];
        line.extend(cells.iter().zip(gaps).map(|(n, gap)| said(*n, *gap)));
        csv::line(&mut table, line.iter().map(String::as_str));
    }
    let last = gaps.last().copied().unwrap_or_default();
    let total = said(all.iter().sum(), last[0]);
    let number = |one: Outcome| said(all[one as usize], last[one as usize + 1]);
    let sentence = format!(
        "Of {total} petitions, {} granted, {} granted in part, {} denied, {} not answered, {} with contradicting answers. Numbers below {hide}, and those that would give them away, are hidden.",
        number(Outcome::Granted),
        number(Outcome::GrantedInPart),
        number(Outcome::Denied),
        number(Outcome::Unanswered),
        number(Outcome::Contradicted),
    );
    (table, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(by: &[(&str, [u64; 5])], hide: u64) -> (Vec<Vec<String>>, String) {
        let by: BTreeMap<String, [u64; 5]> =
            by.iter().map(|(s, n)| ((*s).to_owned(), *n)).collect();
        let mut all = [0; 5];
        for cells in by.values() {
            all.iter_mut().zip(cells).for_each(|(a, n)| *a += n);
        }
        let (table, sentence) = hidden(&by, &all, hide);
        let table = String::from_utf8(table).unwrap();
        let rows = table
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(str::to_owned).collect());
        (rows.collect(), sentence)
    }

    #[test]
    fn no_small_number_is_said_or_can_be_worked_out() {
        let by = [
            ("HS 11357", [120, 0, 14, 3, 0]),
            ("HS 11359", [117, 0, 20, 40, 0]),
            ("HS 11360", [2, 0, 0, 0, 0]),
        ];
        let (rows, sentence) = public(&by, 11);
        for row in &rows {
            let gaps = row[1..].iter().filter(|cell| *cell == "hidden").count();
            assert_ne!(gaps, 1, "{row:?}");
            assert!(
                row[1..]
                    .iter()
                    .filter_map(|n| n.parse::<u64>().ok())
                    .all(|n| n == 0 || n >= 11),
                "{row:?}"
            );
        }
        for column in 1..7 {
            assert_ne!(
                rows.iter().filter(|row| row[column] == "hidden").count(),
                1,
                "{rows:?}"
            );
        }
        assert!(
            sentence.starts_with("Of 316 petitions, 239 granted"),
            "{sentence}"
        );
        // Without a limit everything is said.
        let (rows, sentence) = public(&by, 0);
        assert!(rows.iter().flatten().all(|cell| cell != "hidden"));
        assert!(
            sentence
                .starts_with("Of 316 petitions, 239 granted, 0 granted in part, 34 denied, 43 not"),
            "{sentence}"
        );
    }
}
