//! What goes out after a review: the motion, its order and schedule, an order for each person and case, and the lists for the court,
//! the public defender and the people themselves.
//!
//! Made from the tables that the review left, in three passes over one of them, so memory does not grow with the county: at most the
//! rows of one person and of one volume of the schedule are at hand.

mod lists;
mod rows;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use jiff::civil::Date;
use packs::Packs;
use papers::bulk::{Bulk, BulkPaper, BulkRow, BulkTotals, VOLUME};
use record::answers::Answers;
use record::clinic::Clinic;
use serde::Serialize;
use sha2::{Digest, Sha256};

use self::lists::Lists;
use self::rows::{asked, bulk_row, left_out};
use crate::ReviewError;
use crate::decided::{DecidedRows, Row};
use crate::report::Numbers;
use crate::watch::{At, Watch};

/// The list for the court's case system.
pub(crate) const UPLOAD_LIST: &str = "court-upload.csv";

/// What papers are made from.
pub struct Papers<'a> {
    /// The folder of a review.
    pub review: &'a Path,
    /// The office whose name stands on the papers.
    pub clinic: &'a Clinic,
    /// Who signs, and an attorney's clearance; what is absent stays open.
    pub answers: Option<&'a Answers>,
    /// The day of the papers.
    pub as_of: Date,
    /// A folder for them, which must not be there yet or be empty.
    pub out: &'a Path,
    /// Is told of the rows that have their order, and can stop the work.
    pub watch: &'a dyn Watch,
}

/// What was made.
#[derive(Debug, Clone, Serialize)]
pub struct Filed {
    /// Name and version of this format.
    schema: &'static str,
    /// The county.
    county: String,
    /// The day of the papers.
    as_of: String,
    /// Nothing is missing but what people must write by hand.
    pub ready: bool,
    /// What is missing, in words.
    pub why_not: Vec<String>,
    /// Convictions of Part A of the schedule: the statute gives the relief.
    pub part_a: u64,
    /// Convictions of Part B: the office asks for it beyond the statute.
    pub part_b: u64,
    /// Convictions that cannot go into the motion as they stand.
    pub left_out: u64,
    /// Volumes of the schedule.
    pub volumes: u64,
    /// Orders for a person in a case.
    pub orders: u64,
}

/// One paper of the manifest.
#[derive(Serialize)]
struct Entry<'p> {
    file: &'p str,
    title: &'p str,
    pages: usize,
    sha256: String,
    blank: &'p [papers::Blank],
    marks: &'p [papers::Mark],
}

/// Makes the papers and lists of a review. The folder appears whole or not at all; the same review, office and day give the same bytes.
///
/// # Errors
/// There is no review of ours in the folder, the folder for the papers is not empty, or something cannot be read, set or written.
pub fn file(papers: &Papers<'_>, packs: &Packs) -> Result<Filed, ReviewError> {
    let numbers = Numbers::read(papers.review)?;
    let pack = packs.pack(numbers.pack_id()).ok_or(ReviewError::Pack)?;
    let out = Folder::new(papers.out)?;
    let totals = lists(papers.review, &out)?;
    let people = (papers.clinic, papers.answers);
    let days = (numbers.as_of, papers.as_of);
    let bulk =
        Bulk::new(pack, people, &numbers.county, days, totals).map_err(ReviewError::Report)?;
    let why_not = bulk.why_not().map_err(ReviewError::Report)?;
    let mut manifest = Manifest::new(&out)?;
    if totals.all() > 0 {
        for (name, paper) in [("motion.pdf", bulk.motion()), ("order.pdf", bulk.order())] {
            manifest.put(name, paper)?;
        }
        schedule(papers, &bulk, &mut manifest)?;
    }
    let orders = orders(papers, &bulk, totals.all(), &mut manifest)?;
    manifest.finish()?;
    let filed = Filed {
        schema: "relief-desk/review-papers/1",
        county: numbers.county.clone(),
        as_of: papers.as_of.to_string(),
        ready: why_not.is_empty(),
        why_not,
        part_a: totals.law,
        part_b: totals.office,
        left_out: totals.left_out,
        volumes: totals.volumes(),
        orders,
    };
    let mut text = serde_json::to_vec_pretty(&filed).unwrap_or_default();
    text.push(b'\n');
    out.write("papers.json", &text)?;
    out.publish()?;
    Ok(filed)
}

// The first pass: every list, and how much is asked for.
fn lists(review: &Path, out: &Folder) -> Result<BulkTotals, ReviewError> {
    let mut rows = DecidedRows::open(review)?;
    let mut lists = Lists::new(out)?;
    let mut totals = BulkTotals::default();
    while let Some(row) = rows.next()? {
        let left = left_out(&row);
        lists.row(&row, left)?;
        if asked(&row).is_none() {
            continue;
        }
        if let Some(why) = left {
            totals.left_out += 1;
            lists.left_out(&row, why)?;
            continue;
        }
        let Some(one) = bulk_row(&row, totals.all() + 1) else {
            continue;
        };
        match one.basis {
            papers::bulk::Basis::Law => totals.law += 1,
            papers::bulk::Basis::Office => totals.office += 1,
        }
        let verification = row.get("verification");
        totals.unconfirmed +=
            u64::from(!verification.is_empty() && verification != "attorneyapproved");
        lists.upload(&row, &one)?;
    }
    lists.finish()?;
    Ok(totals)
}

fn schedule(
    papers: &Papers<'_>,
    bulk: &Bulk<'_>,
    manifest: &mut Manifest<'_>,
) -> Result<(), ReviewError> {
    let mut all = Asked::open(papers.review)?;
    let (mut volume, mut rows) = (0, Vec::with_capacity(VOLUME));
    loop {
        let next = all.next()?;
        let end = next.is_none();
        rows.extend(next.map(|(_, row)| row));
        if rows.len() == VOLUME || end && !rows.is_empty() {
            volume += 1;
            told(papers, 0, 0)?;
            manifest.put(
                &format!("schedule-{volume:04}.pdf"),
                bulk.schedule(volume, &rows),
            )?;
            rows.clear();
        }
        if end {
            return Ok(());
        }
    }
}

// One order for each person and case: the clerk files each in the case's own file.
fn orders(
    papers: &Papers<'_>,
    bulk: &Bulk<'_>,
    of: u64,
    manifest: &mut Manifest<'_>,
) -> Result<u64, ReviewError> {
    let mut all = Asked::open(papers.review)?;
    let (mut whose, mut made, mut done) = (String::new(), 0, 0);
    let mut cases: Vec<Vec<BulkRow>> = Vec::new();
    loop {
        let next = all.next()?;
        let other = next.as_ref().is_none_or(|(subject, _)| *subject != whose);
        if other {
            for rows in cases.drain(..) {
                made += 1;
                done += rows.len() as u64;
                told(papers, done, of)?;
                // A folder holds a thousand: some systems slow down beyond.
                let name = format!("orders/{:04}/{made:07}.pdf", (made - 1) / 1000);
                manifest.put(&name, bulk.order_for(&rows))?;
            }
        }
        let Some((subject, row)) = next else {
            return Ok(made);
        };
        whose = subject;
        match cases
            .iter_mut()
            .find(|rows| rows[0].case_number == row.case_number)
        {
            Some(rows) => rows.push(row),
            None => cases.push(vec![row]),
        }
    }
}

fn told(papers: &Papers<'_>, done: u64, of: u64) -> Result<(), ReviewError> {
    papers.watch.at(At {
        bytes: done,
        of_bytes: of,
        people: 0,
    });
    papers.watch.go().into()
}

/// The rows that go into the motion, numbered as in the first pass.
struct Asked {
    rows: DecidedRows,
    number: u64,
}

impl Asked {
    fn open(review: &Path) -> Result<Self, ReviewError> {
        Ok(Self {
            rows: DecidedRows::open(review)?,
            number: 0,
        })
    }

    fn next(&mut self) -> Result<Option<(String, BulkRow)>, ReviewError> {
        while let Some(row) = self.rows.next()? {
            if left_out(&row).is_some() {
                continue;
            }
            if let Some(one) = bulk_row(&row, self.number + 1) {
                self.number += 1;
                return Ok(Some((row.get("subject_id").to_owned(), one)));
            }
        }
        Ok(None)
    }
}

/// Every paper as it is made, one JSON document a line: a county's papers are too many to keep.
struct Manifest<'o> {
    out: &'o Folder,
    lines: BufWriter<File>,
}

impl<'o> Manifest<'o> {
    const NAME: &'static str = "manifest.jsonl";

    fn new(out: &'o Folder) -> Result<Self, ReviewError> {
        Ok(Self {
            lines: out.open(Self::NAME)?,
            out,
        })
    }

    fn put(
        &mut self,
        name: &str,
        paper: Result<BulkPaper, papers::PaperError>,
    ) -> Result<(), ReviewError> {
        let paper = paper.map_err(ReviewError::Report)?;
        self.out.write(name, &paper.bytes)?;
        let digest = Sha256::digest(&paper.bytes);
        let entry = Entry {
            file: name,
            title: &paper.title,
            pages: paper.pages,
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            blank: &paper.blanks,
            marks: &paper.marks,
        };
        let mut line = serde_json::to_vec(&entry).unwrap_or_default();
        line.push(b'\n');
        self.lines
            .write_all(&line)
            .map_err(ReviewError::io(Self::NAME))
    }

    fn finish(mut self) -> Result<(), ReviewError> {
        self.lines.flush().map_err(ReviewError::io(Self::NAME))
    }
}

/// A folder that appears whole or not at all.
pub(crate) struct Folder {
    part: std::path::PathBuf,
    whole: std::path::PathBuf,
}

impl Folder {
    /// Begins a folder beside its final place, which must be free.
    pub(crate) fn new(whole: &Path) -> Result<Self, ReviewError> {
        let used = fs::read_dir(whole).is_ok_and(|mut entries| entries.next().is_some());
        if used || whole.is_file() {
            return Err(ReviewError::NotEmpty {
                path: whole.to_owned(),
            });
        }
        let name = whole
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("papers");
        let part = whole.with_file_name(format!(".{name}.part"));
        if part.exists() {
            fs::remove_dir_all(&part).map_err(ReviewError::io(&part))?;
        }
        fs::create_dir_all(&part).map_err(ReviewError::io(&part))?;
        Ok(Self {
            part,
            whole: whole.to_owned(),
        })
    }

    pub(crate) fn open(&self, name: &str) -> Result<BufWriter<File>, ReviewError> {
        let path = self.part.join(name);
        let file = File::create_new(&path).map_err(ReviewError::io(&path))?;
        Ok(BufWriter::new(file))
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ReviewError> {
        let path = self.part.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(ReviewError::io(folder))?;
        }
        fs::write(&path, bytes).map_err(ReviewError::io(&path))
    }

    pub(crate) fn publish(self) -> Result<(), ReviewError> {
        if self.whole.is_dir() {
            fs::remove_dir(&self.whole).map_err(ReviewError::io(&self.whole))?;
        }
        fs::rename(&self.part, &self.whole).map_err(ReviewError::io(&self.whole))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What was published is no longer there.
        let _ = fs::remove_dir_all(&self.part);
    }
}

/// A person's rows come together: whether this row begins another person.
fn another(whose: &str, row: &Row) -> bool {
    row.get("subject_id") != whose
}
