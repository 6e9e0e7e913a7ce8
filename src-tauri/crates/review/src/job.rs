//! What is asked of a review, and what it came to.

use std::path::PathBuf;

use jiff::civil::Date;
use packs::policy::Policy;

use crate::decisions::Decisions;
use crate::hands::DECISIONS;
use crate::kept::FACTS;
use crate::locked::Lock;
use crate::report::FIGURES;
use crate::stage::Piece;
use crate::tally::Tally;
use crate::what_if::Digest;

/// What is asked of a review.
pub struct Job<'j> {
    /// The files of the export.
    pub files: &'j [PathBuf],
    /// The county, in any capitals.
    pub county: &'j str,
    /// The day asked about.
    pub as_of: Date,
    /// The policy.
    pub policy: Policy,
    /// Decisions of people.
    pub decisions: Decisions,
    /// Memory in bytes; the rows put aside beyond it go to disk, encrypted.
    pub memory: usize,
    /// Threads that review.
    pub threads: usize,
    /// How the large tables are written.
    pub format: Format,
    /// What opens the results; nothing lies open on the disk then, while it runs either.
    pub lock: Option<Lock>,
    /// The facts of everybody are kept, for more policies at once, and stand among the results so that they can be opened again.
    pub facts: bool,
    /// Other policies whose numbers are written beside this one's.
    pub what_if: Vec<Policy>,
    /// A report with plots is written beside the numbers.
    pub figures: bool,
}

/// How the large tables are written. The queue for people and the rows not used are always CSV.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// As CSV that no spreadsheet takes for formulas.
    #[default]
    Csv,
    /// As Parquet.
    Parquet,
    /// As both.
    Both,
}

/// What a review came to.
#[derive(Debug)]
pub struct Done {
    /// The numbers.
    pub tally: Tally,
    /// Files left out because another has the same bytes.
    pub twice: Vec<(PathBuf, PathBuf)>,
    /// Lines of the file of decisions that are about no conviction of these files.
    pub unused: Vec<u64>,
    /// Bytes put aside on disk.
    pub spilled: u64,
    /// Times the files were read.
    pub passes: u32,
    /// Batches that an earlier run, stopped or killed, had done.
    pub resumed: u64,
    /// The files written.
    pub written: Vec<PathBuf>,
    /// The numbers of the other policies, in their order.
    pub what_if: Vec<Tally>,
    /// The facts of everybody, where they were to be kept.
    pub digest: Option<Digest>,
}

/// The tables, by name.
pub const TABLES: [&str; 5] = [
    "full.csv",
    "condensed.csv",
    "determinations.csv",
    "review-queue.csv",
    UNUSED,
];
/// The rows that could not be used, each with its reason.
pub(crate) const UNUSED: &str = "rows-not-used.csv";
/// The numbers.
pub const SUMMARY: &str = "summary.json";
/// The numbers, for people.
pub const REPORT: &str = "report.txt";
/// The numbers under several policies side by side.
pub const WHAT_IF: [&str; 2] = ["what-if.json", "what-if.csv"];
/// The facts of everybody; never published.
pub(crate) const DIGEST: &str = "digest";

/// What is published beside the tables and the numbers.
#[derive(Clone, Copy, Default)]
pub(crate) struct Beside {
    pub(crate) what_if: bool,
    pub(crate) figures: bool,
    pub(crate) facts: bool,
    pub(crate) decisions: bool,
}

/// What is published, by format.
pub(crate) fn pieces(format: Format, beside: Beside) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (n, from) in TABLES.into_iter().enumerate() {
        let large = n < 3;
        if !large || format != Format::Parquet {
            let parquet = false;
            pieces.push(Piece { from, parquet });
        }
        if large && format != Format::Csv {
            let parquet = true;
            pieces.push(Piece { from, parquet });
        }
    }
    let [json, csv] = WHAT_IF;
    let more = [
        (SUMMARY, true),
        (REPORT, true),
        (json, beside.what_if),
        (csv, beside.what_if),
        (FIGURES, beside.figures),
        (DECISIONS, beside.decisions),
        (FACTS, beside.facts),
    ];
    let wanted = more.into_iter().filter(|(_, wanted)| *wanted);
    pieces.extend(wanted.map(|(from, _)| Piece {
        from,
        parquet: false,
    }));
    pieces
}
