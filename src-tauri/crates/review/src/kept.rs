//! Results that can be opened again: the facts of everybody, published among the tables, behind a line that says what they are about.
//!
//! No name, number or address of a person is in the file; birth dates, sections and days of convictions are.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use packs::Packs;
use packs::policy::Policy;
use reading::export::JURISDICTION;
use serde::{Deserialize, Serialize};

use crate::ReviewError;
use crate::decisions::Decisions;
use crate::hands::DECISIONS;
use crate::job::{DIGEST, TABLES};
use crate::stage::{Mark, Stage, checked};
use crate::tally::Tally;
use crate::what_if::{About, Digest, rules};
use crate::whole::Asked;

/// The facts, among the results.
pub const FACTS: &str = "what-if.facts";
const SCHEMA: &str = "relief-desk/review-facts/1";
/// More than any head of such a file: the numbers of a review, and a policy.
const LONGEST_HEAD: u64 = 64 << 20;

#[derive(Serialize, Deserialize)]
struct Head {
    schema: String,
    county: String,
    as_of: Date,
    rules: String,
    policy: String,
    files: Vec<PathBuf>,
    tally: Tally,
    /// The table of decisions, by which it is known again.
    table: Mark,
    facts: Mark,
}

/// A review that is done, opened again from its folder.
#[derive(Debug)]
pub struct Kept {
    /// The county.
    pub county: String,
    /// The day asked about.
    pub as_of: Date,
    /// The policy that the tables are under.
    pub policy: Policy,
    /// The files of the export, as they were named.
    pub files: Vec<PathBuf>,
    /// The numbers.
    pub tally: Tally,
    /// The facts of everybody.
    pub digest: Digest,
    /// Every decision that people gave, in the tables or since.
    pub decisions: Decisions,
}

/// Writes the facts beside the tables. Where they begin in their file.
pub(crate) fn write(
    stage: &Stage,
    asked: &Asked<'_>,
    tally: &Tally,
    files: &[PathBuf],
) -> Result<u64, ReviewError> {
    let head = Head {
        schema: SCHEMA.to_owned(),
        county: asked.county.clone(),
        as_of: asked.ask.as_of,
        rules: rules(asked.pack),
        policy: asked.policy.text(),
        files: files.to_vec(),
        tally: tally.clone(),
        table: stage.mark(TABLES[2]),
        facts: stage.mark(DIGEST),
    };
    let mut digest = stage.read(DIGEST)?;
    let mut line = serde_json::to_vec(&head).unwrap_or_default();
    line.push(b'\n');
    let mut write = || {
        let mut out = stage.create(FACTS)?;
        out.write_all(&line)?;
        io::copy(&mut digest, &mut out)?;
        out.flush()
    };
    write().map_err(ReviewError::io(FACTS))?;
    Ok(line.len() as u64)
}

/// Opens the results of a review again.
///
/// # Errors
/// There are none that were kept for it, they are locked, or a table is not as it was written.
pub fn open(folder: &Path, packs: &Packs) -> Result<Kept, ReviewError> {
    let path = folder.join(FACTS);
    let locked = folder.join(format!("{FACTS}.age")).exists();
    let none = |path: &Path| ReviewError::NotKept {
        path: path.to_owned(),
        locked,
    };
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(none(folder)),
        Err(error) => return Err(ReviewError::io(path)(error)),
    };
    let (head, begin) = head(file).ok_or_else(|| none(folder))?;
    let changed = |path: PathBuf| ReviewError::Table { path, line: 1 };
    let table = folder.join(TABLES[2]);
    let length = std::fs::metadata(&table)
        .map_err(ReviewError::io(&table))?
        .len();
    let whole = File::open(&table).ok();
    if length != head.table.length || whole.and_then(|file| checked(file, head.table)).is_none() {
        return Err(changed(table));
    }
    let facts = || {
        let mut file = File::open(&path).ok()?;
        io::copy(&mut Read::by_ref(&mut file).take(begin), &mut io::sink()).ok()?;
        checked(file, head.facts)
    };
    facts().ok_or_else(|| changed(path.clone()))?;
    let pack = packs.pack(JURISDICTION).ok_or(ReviewError::Pack)?;
    let policy = pack.read_policy(FACTS, &head.policy);
    let policy = policy.map_err(|error| ReviewError::Options(error.to_string()))?;
    let decisions = folder.join(DECISIONS);
    let about = About::of(head.as_of, policy.clone(), &head.tally, head.rules);
    Ok(Kept {
        digest: Digest::open(about, path, begin, table),
        county: head.county,
        as_of: head.as_of,
        policy,
        files: head.files,
        tally: head.tally,
        decisions: match decisions.exists() {
            true => Decisions::read(&decisions)?,
            false => Decisions::default(),
        },
    })
}

// The line before the facts, and where they begin.
fn head(file: File) -> Option<(Head, u64)> {
    let mut line = Vec::new();
    let mut file = BufReader::new(file).take(LONGEST_HEAD);
    file.read_until(b'\n', &mut line).ok()?;
    let head: Head = serde_json::from_slice(line.strip_suffix(b"\n")?).ok()?;
    (head.schema == SCHEMA).then_some((head, line.len() as u64))
}
