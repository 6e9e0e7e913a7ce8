//! Why a review did not begin or did not end.

use std::path::PathBuf;

use jiff::civil::Date;

/// A review that cannot be done. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// Not a county of the pack.
    #[error("`{name}` is no county here{}", nearest.as_ref().map(|n| format!("; the nearest is `{n}`")).unwrap_or_default())]
    County {
        /// What was asked for.
        name: String,
        /// The nearest name that would be right.
        nearest: Option<String>,
    },
    /// A day on which the law asked about was no law, or no longer is: nothing is said of it.
    #[error(
        "this law is not answered for {as_of}: the rule pack holds it from {from}{}; ask about another day",
        until.map(|until| format!(" until {until}")).unwrap_or_default()
    )]
    NoLaw {
        /// The day.
        as_of: Date,
        /// The first day that can be asked about.
        from: Date,
        /// The first day that no longer can.
        until: Option<Date>,
    },
    /// Not one row could be used.
    #[error(
        "none of the {rows} rows in these files could be used, so there is nothing to review; the first: {first}"
    )]
    NoneUsed {
        /// How many rows.
        rows: u64,
        /// File, line and reason of the first.
        first: String,
    },
    /// No row of the county.
    #[error(
        "no row of {county} County stands in these files: choose the county whose export it is, or check the files"
    )]
    NoRows {
        /// The county.
        county: String,
    },
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The packs have no courts, or not the route that the policy names.
    #[error("the rule pack has no table of courts, or not the route that the policy names")]
    Pack,
    /// Options of the older program that cannot be a policy.
    #[error("the options file cannot be used: {0}")]
    Options(String),
    /// A file of decisions that cannot be used.
    #[error("{file}:{line}: {problem}")]
    Decisions {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// What is wrong.
        problem: String,
    },
    /// Decisions stand in the folder of the results and would be written over.
    #[error(
        "decisions of people stand in this file, which would be written over: move it to another folder, and give it with the next review"
    )]
    DecisionsThere {
        /// The file.
        path: PathBuf,
    },
    /// Rows that were put aside on disk came back changed.
    #[error(
        "rows put aside on disk came back changed: start again; if it happens again, check the disk"
    )]
    Changed,
    /// A policy that asks the law about other sections than the review did.
    #[error(
        "`{policy}` is about other sections than this review: its numbers need a review of its own"
    )]
    OtherSections {
        /// The policy's name for people.
        policy: String,
    },
    /// A folder whose results cannot be opened again.
    #[error("{}: {}", path.display(), match locked {
        true => "these results are locked: open their files with their key",
        false => "these results were not kept for opening: review again in the window, or with `--facts`",
    })]
    NotKept {
        /// The folder.
        path: PathBuf,
        /// There are locked ones.
        locked: bool,
    },
    /// The law's answers are those of other rules than the program has.
    #[error(
        "these results were made under other rules than the program has now: review again to ask about another policy"
    )]
    OtherRules,
    /// No key that results can be locked to.
    #[error("not a key to lock to: it begins with age1, and `age-keygen -y` prints it")]
    Key,
    /// No secret key.
    #[error("not a secret key: it begins with AGE-SECRET-KEY, and `age-keygen` writes it")]
    SecretKey,
    /// A passphrase that is too short.
    #[error("the passphrase has fewer than twelve signs: take four words or more")]
    Passphrase,
    /// It was told to stop and to keep what is done.
    #[error("stopped; the same review asked for again goes on from here")]
    Later,
    /// A folder without a review of ours.
    #[error("{}: this is not the summary of a review; give the folder that `--out` named", path.display())]
    Folder {
        /// What was looked at.
        path: PathBuf,
    },
    /// A table that is not as we write it.
    #[error("{}:{line}: this row cannot be read", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
    },
    /// A column that is not there.
    #[error("{}: there is no column `{name}`; its columns are {known}", path.display())]
    Column {
        /// The file.
        path: PathBuf,
        /// The column.
        name: String,
        /// What is there.
        known: String,
    },
    /// A list without a column by which anything could be found.
    #[error(
        "choose a column of the list by which cases can be found: case numbers, CII numbers, or names and birth dates"
    )]
    Nothing,
    /// A folder for papers that already holds something.
    #[error("{}: this folder is not empty; name a new one, so that no paper of an earlier day lies among these", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A report or a paper cannot be typeset.
    #[error("it cannot be typeset: {0}")]
    Report(#[source] papers::PaperError),
    /// A line between the pieces of a review on several machines that is not as it was written.
    #[error("{name}:{line}: {problem}")]
    Piece {
        /// Where the line was read from.
        name: String,
        /// The line.
        line: u64,
        /// What is wrong.
        problem: &'static str,
    },
    /// Pieces of a review on several machines that do not make a whole.
    #[error("lines are missing: give everything that `spread decide` said, in all places")]
    Missing,
    /// Persons of one number of the state, decided on in pieces that did not know of each other.
    #[error(
        "a CII number stands under two person keys, and `spread decide` was not told: give it what `spread same` says, among the rows"
    )]
    Untold,
    /// It was told to stop.
    #[error("stopped; nothing was written")]
    Stopped,
}

impl ReviewError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
