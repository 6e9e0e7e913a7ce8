//! The command line, as the contract names it.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use record::clinic::Language;

#[derive(Parser)]
#[command(
    name = "relief",
    version,
    about = "Finds record-clearing relief and writes the papers, without a window"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read record sheets; writes one record a file, one JSON document a line
    Read(Read),
    /// Screen a record; writes the findings as JSON
    Screen(Screen),
    /// Screen a record and write the papers to be filed
    Packet(Packet),
    /// Prove rule packs, or print them as a book
    Rules {
        /// What to do with them
        #[command(subcommand)]
        what: Rules,
    },
    /// Say which official form a PDF is, or fill one
    #[command(subcommand)]
    Forms(Forms),
    /// Review a county's convictions out of the state's bulk export; writes tables, a review queue and the numbers
    Review(Box<Review>),
    /// Print the JSON Schema of a document
    Schema {
        /// Which document
        document: Document,
    },
}

#[derive(Subcommand)]
pub(crate) enum Rules {
    /// Prove rule packs: worked cases, limits, texts, citations; names file and line of what fails
    Check(RulePacks),
    /// Print rule packs as a book that a lawyer can read and mark up (Markdown)
    Book(RulePacks),
    /// Change rules one by one and count how many changes the worked cases notice
    Mutate(RulePacks),
}

#[derive(ClapArgs)]
pub(crate) struct RulePacks {
    /// The folder of a pack, or of packs; those inside the program if it is left out
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// The same
    #[arg(long = "packs", value_name = "DIR", conflicts_with = "dir")]
    pub(crate) packs: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct Read {
    /// Sheets: plain text, or PDF with a text layer
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct Screen {
    /// The day asked about; today if it is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Only these routes, such as us-ca/prop-64
    #[arg(long, value_name = "R,...", value_delimiter = ',')]
    pub(crate) routes: Option<Vec<String>>,
    /// How much to say
    #[arg(long, value_enum, default_value_t = Detail::Full)]
    pub(crate) detail: Detail,
    /// Say with every question what each answer would lead to
    #[arg(long)]
    pub(crate) leads: bool,
    /// The language of the words
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
    /// Read one record a line and write one findings document a line, in order
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// With --jsonl: a line is the record's place, a tab, the record; what is said of it stands behind its place, refusals included
    #[arg(long, requires = "jsonl")]
    pub(crate) placed: bool,
    /// The record; standard input if it is left out or `-`
    #[arg(default_value = "-")]
    pub(crate) file: PathBuf,
}

#[derive(ClapArgs)]
pub(crate) struct Packet {
    /// The record
    pub(crate) record: PathBuf,
    /// The clinic whose name stands on the papers
    #[arg(long)]
    pub(crate) clinic: PathBuf,
    /// What the client was asked and answered
    #[arg(long)]
    pub(crate) answers: Option<PathBuf>,
    /// The day of the papers; today if it is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// A folder of blanks of official forms; where one fits, it stands for a paper of our own
    #[arg(long, value_name = "DIR")]
    pub(crate) forms: Option<PathBuf>,
    /// The folder the papers go to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Also a folder for e-filing: one file a paper, named by the county's rule, with a checklist of what to upload where
    #[arg(long, value_name = "DIR")]
    pub(crate) efile: Option<PathBuf>,
    /// Also one PDF for a printer: a set for everybody who gets one, each behind a sheet that says whose it is
    #[arg(long, value_name = "FILE.pdf")]
    pub(crate) print: Option<PathBuf>,
    /// The printer uses both sides of a sheet: every paper of the print job begins on a sheet of its own
    #[arg(long, requires = "print")]
    pub(crate) two_sided: bool,
}

#[derive(Subcommand)]
pub(crate) enum Forms {
    /// Say which form, revision and field map a PDF is; one JSON document a line
    Identify {
        /// Forms as PDF
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// A folder with the office's own descriptions of forms
        #[arg(long, value_name = "DIR")]
        forms: Option<PathBuf>,
        /// The day to judge a revision by; today if it is left out
        #[arg(long, value_name = "DATE")]
        as_of: Option<Date>,
        /// Also name every field, as a description of the form or its values must name it
        #[arg(long)]
        fields: bool,
    },
    /// Fill a form's fields and flatten it for filing
    Fill(Fill),
}

#[derive(ClapArgs)]
pub(crate) struct Fill {
    /// The form
    pub(crate) file: PathBuf,
    /// Its values: {"field name": "text" or true}
    pub(crate) values: PathBuf,
    /// The filled and flattened form
    #[arg(long, value_name = "OUT.pdf")]
    pub(crate) out: PathBuf,
    /// A folder of blanks: what does not fit goes on the court's own attachment where it is there, else on a page of ours
    #[arg(long, value_name = "DIR")]
    pub(crate) forms: Option<PathBuf>,
    /// Also a copy that can be edited
    #[arg(long, value_name = "COPY.pdf")]
    pub(crate) editable: Option<PathBuf>,
}

#[derive(ClapArgs)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Review {
    /// What comes after a review
    #[command(subcommand)]
    pub(crate) then: Option<Then>,
    /// The county whose convictions are reviewed
    #[arg(long, value_name = "NAME", required_unless_present_any = ["policies", "columns"])]
    pub(crate) county: Option<String>,
    /// The folder the tables go to
    #[arg(long, value_name = "DIR", required_unless_present_any = ["policies", "columns"])]
    pub(crate) out: Option<PathBuf>,
    /// The day asked about; today if it is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// A preset of the pack, or a file: a policy in TOML, or the older program's options in JSON; the statute alone if it is left out
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<String>,
    /// Another policy, like the first: its numbers stand beside in what-if.json and what-if.csv; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) what_if: Vec<String>,
    /// Decisions of people: a review queue that was filled in
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// How the large tables are written
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) locked: Locked,
    /// Memory in MB; what does not fit waits on disk, encrypted
    #[arg(long, value_name = "MB", default_value_t = 140)]
    pub(crate) memory: usize,
    /// Also write what a window needs to open the results, and to ask about other policies: what-if.facts
    #[arg(long)]
    pub(crate) facts: bool,
    /// With --encrypt-to: a file with one of the secret keys, as age-keygen writes it; so that a killed run can go on
    #[arg(long, value_name = "FILE", requires = "encrypt_to")]
    pub(crate) identity: Option<PathBuf>,
    /// List the policies of the pack
    #[arg(long)]
    pub(crate) policies: bool,
    /// List the columns that the tables add to the export's, and what each means
    #[arg(long)]
    pub(crate) columns: bool,
    /// The files of the export; together they are one
    #[arg(required_unless_present_any = ["policies", "columns"])]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Then {
    /// Write a prosecutor's motion, order, schedule of cases, an order for each person and case, and the lists, from a review's folder
    Papers(ReviewPapers),
    /// Set the court's answers against what was asked for; writes them by case, and figures for the public
    Track(ReviewTrack),
    /// Compare the export with the office's own list of cases; says what both have, what one has, and what contradicts
    Reconcile(ReviewReconcile),
    /// The same review in pieces, for an engine of many machines that pipes lines and sorts them
    #[command(subcommand)]
    Spread(Spread),
}

#[derive(Subcommand)]
pub(crate) enum Spread {
    /// List the files of the export, one a line, each once
    Files {
        /// The files of the export
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Read such a list; write the rows of the files, one a line
    Split,
    /// Read rows; say who carries which state number, one a line
    Numbers,
    /// Read who carries which number, sorted, all of a number among them; name the persons whose number stands under another key too
    Same,
    /// Read rows and those names, sorted, all of a person among them; say what the tables will hold, one record a line
    Decide(Question),
    /// Read what was said, sorted; write the folder of a review
    Join(SpreadJoin),
}

#[derive(ClapArgs)]
pub(crate) struct Question {
    /// The county whose convictions are reviewed
    #[arg(long, value_name = "NAME")]
    pub(crate) county: String,
    /// The day asked about: one day for all pieces, so it must be given
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Date,
    /// A preset of the pack, or a policy's file; the statute alone if it is left out
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<String>,
    /// Decisions of people: a review queue that was filled in
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct SpreadJoin {
    #[command(flatten)]
    pub(crate) question: Question,
    /// What was said: a file, `-` for standard input, or a folder of files named part-...; may be repeated, in order
    #[arg(long, value_name = "PATH", required = true)]
    pub(crate) from: Vec<PathBuf>,
    /// The folder the tables go to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// How the large tables are written
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) locked: Locked,
    /// The files of the export
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

/// Whom results are for.
#[derive(ClapArgs)]
pub(crate) struct Locked {
    /// Lock every result to this age key (age1...); may be repeated. Nothing lies open on the disk then
    #[arg(long, value_name = "KEY")]
    pub(crate) encrypt_to: Vec<String>,
    /// Lock every result with the passphrase that stands in this file, in the age format
    #[arg(long, value_name = "FILE", conflicts_with = "encrypt_to")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct ReviewPapers {
    /// The folder of the review
    pub(crate) review: PathBuf,
    /// The office whose name stands on the papers
    #[arg(long, value_name = "FILE")]
    pub(crate) clinic: PathBuf,
    /// Who signs, and an attorney's clearance of the immigration question; without one every page says that it is a draft
    #[arg(long, value_name = "FILE")]
    pub(crate) answers: Option<PathBuf>,
    /// The day of the papers; today if it is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// A new folder for the papers
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

#[derive(ClapArgs)]
pub(crate) struct ReviewTrack {
    /// The folder of the papers that `relief review papers` wrote
    pub(crate) papers: PathBuf,
    /// The court's answers, CSV with a header
    #[arg(long, value_name = "FILE")]
    pub(crate) court: PathBuf,
    /// Its column of case numbers
    #[arg(long, value_name = "COLUMN", default_value = "case_number")]
    pub(crate) case: String,
    /// Its column of defendants, which tells apart those who have one case number
    #[arg(long, value_name = "COLUMN")]
    pub(crate) name: Option<String>,
    /// Its column of answers: granted, granted in part, denied, pending or nothing
    #[arg(long, value_name = "COLUMN", default_value = "outcome")]
    pub(crate) outcome: String,
    /// Its column of days
    #[arg(long, value_name = "COLUMN")]
    pub(crate) on: Option<String>,
    /// In figures for the public, hide numbers below this one and those that would give them away
    #[arg(long, value_name = "N", default_value_t = 11)]
    pub(crate) hide: u64,
    /// A new folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

#[derive(ClapArgs)]
pub(crate) struct ReviewReconcile {
    /// The folder of the review
    pub(crate) review: PathBuf,
    /// The office's list, CSV with a header
    #[arg(long, value_name = "FILE")]
    pub(crate) list: PathBuf,
    /// Its column of case numbers
    #[arg(long, value_name = "COLUMN")]
    pub(crate) case: Option<String>,
    /// Its column of the state's numbers
    #[arg(long, value_name = "COLUMN")]
    pub(crate) cii: Option<String>,
    /// Its column of names: Family, Given Middle; or Given Middle Family
    #[arg(long, value_name = "COLUMN")]
    pub(crate) name: Option<String>,
    /// Its column of birth dates: YYYYMMDD, YYYY-MM-DD or MM/DD/YYYY
    #[arg(long, value_name = "COLUMN")]
    pub(crate) born: Option<String>,
    /// A new folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Csv,
    Parquet,
    Both,
}

impl From<Format> for ::review::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv,
            Format::Parquet => Self::Parquet,
            Format::Both => Self::Both,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Document {
    Record,
    Findings,
    Clinic,
    Answers,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Detail {
    /// Without reasons, the questions' words and the procedure
    Answer,
    /// Everything
    Full,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Lang {
    En,
    Es,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Es => Self::Es,
        }
    }
}

/// The day asked about: the one given, or today where this machine stands.
#[expect(
    clippy::disallowed_methods,
    reason = "this is a binary: the clock is read here and nowhere below"
)]
pub(crate) fn day(as_of: Option<Date>) -> Date {
    as_of.unwrap_or_else(|| jiff::Zoned::now().date())
}
