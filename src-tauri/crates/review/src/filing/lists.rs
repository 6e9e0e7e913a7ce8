//! The lists: for the court's case system, for the public defender, for whoever tells the people, and what was left out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};

use papers::bulk::{Asked, Basis, BulkRow};

use super::{Folder, UPLOAD_LIST, another};
use crate::ReviewError;
use crate::csv;
use crate::decided::Row;
use crate::determination::Determination;

const UPLOAD: [&str; 13] = [
    "number",
    "part",
    "case_number",
    "defendant",
    "born",
    "cii_number",
    "section",
    "attempt",
    "level",
    "convicted_on",
    "relief",
    "court",
    "note",
];
const NOTICE: [&str; 13] = [
    "cii_number",
    "defendant",
    "born",
    "case_number",
    "section",
    "level",
    "convicted_on",
    "position",
    "reason",
    "citation",
    "decided_by",
    "questions",
    "citizenship",
];
const PEOPLE: [&str; 9] = [
    "name",
    "born",
    "cii_number",
    "deceased",
    "cases",
    "to_dismiss",
    "to_reduce",
    "undecided",
    "nothing_asked",
];
const LEFT: [&str; 7] = [
    "subject_id",
    "count",
    "defendant",
    "case_number",
    "section",
    "relief",
    "why",
];

struct List {
    name: &'static str,
    out: BufWriter<File>,
}

impl List {
    fn new(folder: &Folder, name: &'static str, heads: &[&str]) -> Result<Self, ReviewError> {
        let mut list = Self {
            out: folder.open(name)?,
            name,
        };
        list.line(heads)?;
        Ok(list)
    }

    fn line(&mut self, values: &[&str]) -> Result<(), ReviewError> {
        let mut bytes = Vec::new();
        csv::line(&mut bytes, values.iter().copied());
        self.out
            .write_all(&bytes)
            .map_err(ReviewError::io(self.name))
    }
}

/// Every list at once.
pub(super) struct Lists {
    upload: List,
    notice: List,
    people: List,
    left: List,
    whose: String,
    person: Option<Person>,
}

/// What a person will be told.
struct Person {
    name: String,
    born: String,
    number: String,
    deceased: bool,
    cases: Vec<String>,
    done: BTreeMap<Determination, u64>,
}

impl Lists {
    pub(super) fn new(folder: &Folder) -> Result<Self, ReviewError> {
        Ok(Self {
            upload: List::new(folder, UPLOAD_LIST, &UPLOAD)?,
            notice: List::new(folder, "public-defender.csv", &NOTICE)?,
            people: List::new(folder, "people-to-tell.csv", &PEOPLE)?,
            left: List::new(folder, "left-out.csv", &LEFT)?,
            whose: String::new(),
            person: None,
        })
    }

    /// Takes a row of the decisions, whatever was decided.
    pub(super) fn row(&mut self, row: &Row, left: Option<&str>) -> Result<(), ReviewError> {
        let position = match row.determination {
            _ if left.is_some() => "in no motion yet: left-out.csv says why",
            Determination::Dismiss => "relief asked: dismiss",
            Determination::Reduce => match super::asked(row) {
                Some(Asked::Misdemeanor) => "relief asked: reduce to a misdemeanor",
                Some(Asked::Infraction) => "relief asked: reduce to an infraction",
                _ => "relief asked: reduce",
            },
            Determination::Review => "undecided: a person must look at it",
            Determination::NotEligible => "no relief asked",
            Determination::AlreadyGranted => "already granted, as the record stands",
        };
        self.notice.line(&[
            row.get("cii_number"),
            row.get("name"),
            row.get("born"),
            row.get("case_number"),
            row.get("section"),
            row.get("level"),
            row.get("convicted_on"),
            position,
            row.get("reason"),
            row.get("citation"),
            row.get("decided_by"),
            row.get("questions"),
            row.get("citizenship"),
        ])?;
        if another(&self.whose, row) || self.person.is_none() {
            self.told()?;
            row.get("subject_id").clone_into(&mut self.whose);
        }
        let person = self.person.get_or_insert_with(|| Person {
            name: row.get("name").to_owned(),
            born: row.get("born").to_owned(),
            number: row.get("cii_number").to_owned(),
            deceased: row.deceased,
            cases: Vec::new(),
            done: BTreeMap::new(),
        });
        // Who is told of a request that is not made would wait for it: it counts as not decided yet.
        let told = left.map_or(row.determination, |_| Determination::Review);
        *person.done.entry(told).or_default() += 1;
        let case = row.get("case_number");
        let asked = super::asked(row).is_some() && left.is_none();
        if asked && !case.is_empty() && !person.cases.iter().any(|known| known == case) {
            person.cases.push(case.to_owned());
        }
        Ok(())
    }

    /// A row that goes into the motion.
    pub(super) fn upload(&mut self, row: &Row, one: &BulkRow) -> Result<(), ReviewError> {
        let number = one.number.to_string();
        let part = match one.basis {
            Basis::Law => "A",
            Basis::Office => "B",
        };
        let several = one.case_number.contains("; ");
        self.upload.line(&[
            &number,
            part,
            &one.case_number,
            &one.name,
            row.get("born"),
            row.get("cii_number"),
            row.get("section"),
            row.get("attempt"),
            row.get("level"),
            row.get("convicted_on"),
            asked_key(one.asked),
            row.get("court"),
            if several {
                "the record gives several case numbers"
            } else {
                ""
            },
        ])
    }

    /// A row that cannot go into the motion.
    pub(super) fn left_out(&mut self, row: &Row, why: &str) -> Result<(), ReviewError> {
        self.left.line(&[
            row.get("subject_id"),
            row.get("count"),
            row.get("name"),
            row.get("case_number"),
            row.get("section"),
            row.determination.key(),
            why,
        ])
    }

    // The person before is complete. Who gets nothing is not told anything.
    fn told(&mut self) -> Result<(), ReviewError> {
        let Some(person) = self.person.take() else {
            return Ok(());
        };
        let n = |one| person.done.get(&one).copied().unwrap_or_default();
        let (dismiss, reduce) = (n(Determination::Dismiss), n(Determination::Reduce));
        if dismiss + reduce == 0 {
            return Ok(());
        }
        self.people.line(&[
            &person.name,
            &person.born,
            &person.number,
            if person.deceased { "yes" } else { "" },
            &person.cases.join("; "),
            &dismiss.to_string(),
            &reduce.to_string(),
            &n(Determination::Review).to_string(),
            &n(Determination::NotEligible).to_string(),
        ])
    }

    pub(super) fn finish(mut self) -> Result<(), ReviewError> {
        self.told()?;
        for list in [
            &mut self.upload,
            &mut self.notice,
            &mut self.people,
            &mut self.left,
        ] {
            list.out.flush().map_err(ReviewError::io(list.name))?;
        }
        Ok(())
    }
}

// The relief as the court's system takes it.
fn asked_key(asked: Asked) -> &'static str {
    match asked {
        Asked::Dismiss => "dismiss",
        Asked::Misdemeanor => "reduce_to_misdemeanor",
        Asked::Infraction => "reduce_to_infraction",
        Asked::Lesser => "reduce",
    }
}
