//! The export set against the office's own case list: what both have, what only one has, and where they contradict each other.
//!
//! The export's side is the table of decisions of a review. A list row and a case of the export are the same when the case number is and
//! nothing says that it is another person; the evidence stands with each pair. A name alone makes nobody the same.
//! The list is held in memory, the export's side is read once.

mod list;
mod pair;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

pub use self::list::Columns;
use self::list::List;
use self::pair::{Found, Said};
use crate::ReviewError;
use crate::csv;
use crate::decided::{DecidedRows, Row};
use crate::filing::Folder;
use crate::who::Who;

/// What is compared.
pub struct Reconcile<'a> {
    /// The folder of the review.
    pub review: &'a Path,
    /// The office's list, CSV with a header.
    pub list: &'a Path,
    /// Its columns.
    pub columns: Columns<'a>,
    /// A new folder.
    pub out: &'a Path,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reconciled {
    schema: &'static str,
    /// Rows of the list that were compared.
    pub list_rows: u64,
    /// The same by what was found for them in the export.
    pub list: BTreeMap<&'static str, u64>,
    /// Cases of people in the export that were decided on.
    pub export_cases: u64,
    /// The same by what was found for them in the list.
    pub export: BTreeMap<&'static str, u64>,
    /// Pairs with the same case number or number of the state, and another person.
    pub conflicts: u64,
    /// Rows of the list with something that could not be used.
    pub problems: u64,
}

/// A case of a person in the export.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Case {
    number: String,
    subject: String,
    who: Who,
    determinations: BTreeSet<String>,
    convictions: u64,
}

impl Case {
    fn determined(&self) -> String {
        let each: Vec<_> = self.determinations.iter().map(String::as_str).collect();
        each.join("; ")
    }
}

/// Compares. The folder appears whole or not at all; the same rows in any order give the same tables but for their line numbers.
///
/// # Errors
/// A table or a column is not there, no column is chosen by which anything could be found, or the folder is not empty.
pub fn reconcile(asked: &Reconcile<'_>) -> Result<Reconciled, ReviewError> {
    let (list, problems) = List::read(asked.list, &asked.columns)?;
    let out = Folder::new(asked.out)?;
    let mut found = Found::new(list.rows.len());
    let mut export: Vec<Case> = Vec::new();
    let mut rows = DecidedRows::open(asked.review)?;
    let mut person: Vec<Case> = Vec::new();
    loop {
        let row = rows.next()?;
        let subject = row.as_ref().map(|row| row.get("subject_id").to_owned());
        if person.first().map(|case| &case.subject) != subject.as_ref() {
            for case in std::mem::take(&mut person) {
                found.case(&case, export.len(), &list);
                export.push(case);
            }
        }
        let Some(row) = row else { break };
        add(&mut person, &row);
    }
    let (pairs, best) = found.done(&list, export.len());
    let mut listed: BTreeMap<&'static str, u64> = Said::ALL.map(|said| (said.key(), 0)).into();
    let mut cases = listed.clone();
    let (mut table, mut conflicts, mut conflicting) = (Vec::new(), Vec::new(), 0);
    csv::line(&mut table, pair::HEADS);
    csv::line(&mut conflicts, pair::HEADS);
    for (said, row, pairs) in &pairs {
        // A row of the list may stand in several pairs, and counts once.
        *listed.entry(said.key()).or_default() += 1;
        let row = &list.rows[*row];
        for one in pairs {
            pair::line(&mut table, row, Some(one));
            if one.said == Said::Conflict {
                conflicting += 1;
                pair::line(&mut conflicts, row, Some(one));
            }
        }
        if pairs.is_empty() {
            pair::line(&mut table, row, None);
        }
    }
    out.write("list.csv", &table)?;
    out.write("conflicts.csv", &conflicts)?;

    let mut export: Vec<(Said, Case)> = best.into_iter().zip(export).collect();
    export.sort_unstable();
    let mut table = Vec::new();
    csv::line(&mut table, EXPORT);
    for (said, case) in &export {
        *cases.entry(said.key()).or_default() += 1;
        csv::line(
            &mut table,
            [
                said.key(),
                &case.number,
                &case.subject,
                &case.who.cii,
                &case.who.name,
                &case.who.born,
                &case.convictions.to_string(),
                &case.determined(),
            ],
        );
    }
    out.write("export.csv", &table)?;
    out.write("rows-not-used.csv", &problems.table)?;
    let done = Reconciled {
        schema: "relief-desk/review-reconcile/1",
        list_rows: list.rows.len() as u64,
        list: listed,
        export_cases: export.len() as u64,
        export: cases,
        conflicts: conflicting,
        problems: problems.count,
    };
    let mut text = serde_json::to_vec_pretty(&done).unwrap_or_default();
    text.push(b'\n');
    out.write("reconcile.json", &text)?;
    out.publish()?;
    Ok(done)
}

/// The columns of the export's side.
const EXPORT: [&str; 8] = [
    "found",
    "case_number",
    "subject_id",
    "cii_number",
    "name",
    "born",
    "convictions",
    "determinations",
];

// A conviction to its case; those without a number are one case of the person.
fn add(person: &mut Vec<Case>, row: &Row) {
    let number = row.get("case_number");
    let known = person.iter().position(|case| case.number == number);
    let at = known.unwrap_or_else(|| {
        person.push(Case {
            number: number.to_owned(),
            subject: row.get("subject_id").to_owned(),
            who: Who::new(row.get("cii_number"), row.get("name"), row.get("born")),
            determinations: BTreeSet::new(),
            convictions: 0,
        });
        person.len() - 1
    });
    if let Some(case) = person.get_mut(at) {
        case.convictions += 1;
        case.determinations
            .insert(row.determination.key().to_owned());
    }
}
