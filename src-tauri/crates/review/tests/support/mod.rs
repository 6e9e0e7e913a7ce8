//! Made-up rows, and a review of them as a person would run it.
pub(crate) mod people;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use packs::Packs;
use packs::policy::Policy;
use reading::export::column as col;
use review::{Decisions, Done, Format, Job, Lock, Progress, ReviewError};

/// A row: 95 fields by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fields(pub(crate) Vec<String>);

impl Fields {
    /// A court's row of a conviction in Sacramento of a person born in 1975.
    pub(crate) fn conviction(
        subject: &str,
        order: &str,
        offense: &str,
        level: &str,
        on: &str,
    ) -> Self {
        Self(vec![String::new(); 95])
            .set(col::SUBJECT_ID, subject)
            .set(col::CII_NUMBER, &format!("A{subject}"))
            .set(col::PRI_NAME, "SKYWALKER,LUKE J")
            .set(col::PRI_DOB, "19550505")
            .set(col::STP_EVENT_DATE, on)
            .set(col::STP_TYPE_DESCR, "COURT ACTION")
            .set(col::STP_ORI_DESCR, "CASC SACRAMENTO")
            .set(col::STP_ORI_CNTY_NAME, "SACRAMENTO")
            .set(col::CNT_ORDER, order)
            .set(col::OFN, &format!("N{order}"))
            .set(col::OFFENSE_DESCR, offense)
            .set(col::OFFENSE_TOC, "F")
            .set(col::DISP_DESCR, "CONVICTED")
            .set(col::CONV_STAT_DESCR, level)
            .set(col::END_OF_REC, "#")
    }

    /// The row of the arrest that this conviction came of.
    pub(crate) fn arrest(&self, on: &str) -> Self {
        self.clone()
            .set(col::CNT_ORDER, "101001001000")
            .set(col::STP_TYPE_DESCR, "ARREST/DETAINED/CITED")
            .set(col::STP_EVENT_DATE, on)
            .set(col::DISP_DESCR, "")
            .set(col::CONV_STAT_DESCR, "")
    }

    /// The same with one field changed.
    pub(crate) fn set(mut self, column: usize, value: &str) -> Self {
        self.0[column] = value.to_owned();
        self
    }

    pub(crate) fn get(&self, column: usize) -> &str {
        &self.0[column]
    }
}

pub(crate) fn csv(rows: &[Fields]) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    for row in rows {
        out.write_record(&row.0).unwrap();
    }
    out.into_inner().unwrap()
}

/// A table read back, by the names of its columns.
pub(crate) type Table = Vec<BTreeMap<String, String>>;

pub(crate) struct Reviewed {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) done: Done,
}

impl Reviewed {
    pub(crate) fn table(&self, name: &str) -> Table {
        table(&self.dir.path().join("out").join(name))
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.dir.path().join("out").join(name)).unwrap()
    }

    /// The determinations, by person and count.
    pub(crate) fn determined(&self) -> BTreeMap<(String, String), BTreeMap<String, String>> {
        let mut all = BTreeMap::new();
        for mut row in self.table("determinations.csv") {
            // Where a row stood is no answer.
            row.remove("file");
            row.remove("line");
            let key = (row["subject_id"].clone(), row["count"].clone());
            assert!(all.insert(key, row).is_none(), "one line for each count");
        }
        all
    }

    /// The one determination there is.
    pub(crate) fn only(&self) -> BTreeMap<String, String> {
        let all = self.determined();
        assert_eq!(all.len(), 1, "{all:#?}");
        all.into_values().next().unwrap()
    }
}

pub(crate) fn table(path: &Path) -> Table {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(false)
        .from_path(path)
        .unwrap();
    let heads = reader.headers().unwrap().clone();
    reader
        .byte_records()
        .map(|record| {
            let record = record.unwrap();
            let fields = record
                .iter()
                .map(|f| String::from_utf8_lossy(f).into_owned());
            heads.iter().map(str::to_owned).zip(fields).collect()
        })
        .collect()
}

pub(crate) fn policy(id: &str) -> Policy {
    let packs = Packs::builtin().unwrap();
    packs
        .iter()
        .find_map(|pack| pack.policy(id))
        .unwrap()
        .clone()
}

pub(crate) fn options(text: &str) -> Policy {
    let pack = Packs::builtin().unwrap().iter().next().unwrap();
    review::options::policy(text, &policy("statewide"), pack).unwrap()
}

pub(crate) const AS_OF: Date = date(2020, 7, 1);

pub(crate) struct Ask {
    pub(crate) county: &'static str,
    pub(crate) as_of: Date,
    pub(crate) policy: Policy,
    pub(crate) memory: usize,
    pub(crate) threads: usize,
    pub(crate) decisions: Option<Vec<u8>>,
    pub(crate) what_if: Vec<Policy>,
    pub(crate) format: Format,
    pub(crate) lock: Option<Lock>,
    pub(crate) figures: bool,
}

impl Default for Ask {
    fn default() -> Self {
        Self {
            county: "Sacramento",
            as_of: AS_OF,
            policy: policy("statewide"),
            memory: 0,
            threads: 2,
            decisions: None,
            what_if: Vec::new(),
            format: Format::default(),
            lock: None,
            figures: false,
        }
    }
}

impl Ask {
    pub(crate) fn of(id: &str) -> Self {
        Self {
            policy: policy(id),
            ..Self::default()
        }
    }

    pub(crate) fn run(self, files: &[Vec<u8>]) -> Result<Reviewed, ReviewError> {
        let dir = tempfile::tempdir().unwrap();
        let mut paths: Vec<PathBuf> = Vec::new();
        for (n, bytes) in files.iter().enumerate() {
            let path = dir.path().join(format!("{n}.dat"));
            std::fs::write(&path, bytes).unwrap();
            paths.push(path);
        }
        let decisions = match &self.decisions {
            None => Decisions::default(),
            Some(bytes) => {
                let path = dir.path().join("decisions.csv");
                std::fs::write(&path, bytes).unwrap();
                Decisions::read(&path)?
            }
        };
        let job = Job {
            files: &paths,
            county: self.county,
            as_of: self.as_of,
            policy: self.policy,
            decisions,
            memory: self.memory,
            threads: self.threads,
            format: self.format,
            lock: self.lock,
            facts: true,
            what_if: self.what_if,
            figures: self.figures,
        };
        let out = dir.path().join("out");
        let done = review::run(job, Packs::builtin().unwrap(), &out, &Progress::default())?;
        Ok(Reviewed { dir, done })
    }

    pub(crate) fn rows(self, rows: &[Fields]) -> Reviewed {
        self.run(&[csv(rows)]).unwrap()
    }
}
