//! Papers that left the program, by their hash: the bytes can be made again from the same input, and compared.

use jiff::Timestamp;
use rusqlite::params;

use crate::client::ClientId;
use crate::door::{Tx, View};
use crate::people::PersonId;
use crate::time::{stamp, stamped};
use crate::{Error, Result};

/// How a paper left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To a printer.
    Printed,
    /// To a folder.
    Saved,
}

impl Way {
    const fn name(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Saved => "saved",
        }
    }
}

/// A paper to note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaper<'a> {
    /// How it left.
    pub way: Way,
    /// What it is: petition, order, client sheet.
    pub kind: &'a str,
    /// The file's name in the packet.
    pub file: &'a str,
    /// SHA-256 of the very bytes.
    pub sha256: [u8; 32],
    /// Its pages.
    pub pages: u32,
}

/// A paper that left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperOut {
    /// When.
    pub at: Timestamp,
    /// By whose hand.
    pub person: PersonId,
    /// How.
    pub way: Way,
    /// What it is.
    pub kind: String,
    /// The file's name.
    pub file: String,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// Its pages.
    pub pages: u32,
}

impl View<'_> {
    /// A client's papers that left, oldest first.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn papers(&self, client: &ClientId) -> Result<Vec<PaperOut>> {
        let sql = "SELECT at, person, way, kind, file, sha256, pages FROM paper
                   WHERE client = ?1 ORDER BY id";
        self.of_client(client, sql, |row| {
            let way: String = row.get(2)?;
            Ok(PaperOut {
                at: stamped(&row.get::<_, String>(0)?)?,
                person: PersonId(row.get(1)?),
                way: [Way::Printed, Way::Saved]
                    .into_iter()
                    .find(|known| known.name() == way)
                    .ok_or(Error::Stored { what: "paper" })?,
                kind: row.get(3)?,
                file: row.get(4)?,
                sha256: row.get(5)?,
                pages: row.get(6)?,
            })
        })
    }
}

impl Tx<'_> {
    /// Notes that a paper left.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn add_paper(&mut self, client: &ClientId, paper: &NewPaper<'_>) -> Result<()> {
        let seq = self.concerns(client)?;
        self.conn
            .prepare_cached(
                "INSERT INTO paper (client, at, person, way, kind, file, sha256, pages, uid)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, lower(hex(randomblob(8))))",
            )?
            .execute(params![
                seq,
                stamp(self.at),
                self.person.0,
                paper.way.name(),
                paper.kind,
                paper.file,
                paper.sha256,
                paper.pages
            ])?;
        self.touch(seq)
    }
}
