//! The list of clients, and one client.

use record::Record;
use record::answers::{Contact, Elections, ImmigrationClearance};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Filing, Sheet};

/// Names a client in every command: sixteen letters and digits without meaning.
pub use vault::ClientId;

/// Asks for the clients whose name or case number begins with the words.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// What was typed; empty lists everybody, latest first.
    pub query: String,
}

/// One line of the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ClientRow {
    /// Names the client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// Shown when asked; the list shows initials.
    pub name: String,
    /// `J. D.`
    pub initials: String,
    /// Court cases on the record.
    pub cases: u32,
    /// Counties of the cases, each once.
    pub counties: Vec<String>,
    /// What the client is waiting for.
    pub status: RowStatus,
    /// The last change, in UTC, `2026-11-21T10:14:05Z`.
    pub changed: String,
}

/// What a client is waiting for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowStatus {
    /// No case yet: waiting for a sheet.
    NoRecord,
    /// A record that was not screened since it changed.
    NotScreened,
    /// Waiting for a fact.
    Questions,
    /// Waiting for an attorney.
    Attorney,
    /// Something can be asked for.
    Ready,
    /// Nothing can be asked for now.
    NoRelief,
    /// A paper was filed.
    Filed,
}

/// Asks for a new client.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Add {
    /// Given name, or the only name.
    pub given: String,
    /// Family name; may be empty.
    pub family: String,
    /// Birth date as far as known: `1975-05-05`, `1975-05`, `1975`, or nothing.
    pub born: Option<String>,
}

/// Names one client.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Id {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
}

/// What became of a sheet that was to be read into a client's record.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Imported {
    /// It was read and kept.
    Kept {
        /// The client with what it said.
        client: Box<Client>,
    },
    /// It may be of somebody else, and nothing was kept.
    Doubtful(Box<Doubt>),
}

impl Imported {
    /// The client as it is now.
    #[must_use]
    pub fn kept(client: Client) -> Self {
        Self::Kept {
            client: Box::new(client),
        }
    }
}

/// Why a sheet may be of somebody else than the client.
#[derive(Debug, Serialize, TS)]
pub struct Doubt {
    /// The name on the sheet; empty where it has none.
    pub name: String,
    /// The birth date on it.
    pub born: Option<String>,
    /// Neither is the client's.
    pub somebody_else: bool,
    /// Other clients whose name and birth date, or whose number, it has.
    pub others: Vec<ClientRow>,
}

/// One client, whole.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Client {
    /// Names the client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The understood record.
    pub record: Record,
    /// How to reach the client.
    pub contact: Contact,
    /// Notes of the office; never an input of screening, never on a paper.
    pub notes: Vec<Note>,
    /// The sheets that were read, each line with its fate.
    pub sheets: Vec<Sheet>,
    /// Where an answer and a sheet, or two sheets, say different things.
    pub conflicts: Vec<Conflict>,
    /// An attorney's clearance to file although citizenship is not known, if given. The reason is for attorneys only, else empty.
    pub clearance: Option<ImmigrationClearance>,
    /// What the client told the court in the client's own words; also what no attorney has put on a paper yet.
    pub declarations: Vec<Declaration>,
    /// What the client was asked about the hearing and the judge.
    pub elections: Elections,
    /// What happened in court, per count.
    pub filings: Vec<Filing>,
    /// What `undo` would take back; absent when there is nothing.
    pub undo: Option<String>,
    /// When the last change was kept, in UTC, `2026-11-21T10:14:05Z`.
    pub kept_at: String,
}

/// Sets how to reach a client.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetContact {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The whole of it.
    pub contact: Contact,
}

/// Sets one fact of the record.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The fact by its path in the JSON contract: `cases[0].counts[0].amounts`, `person.citizenship`.
    pub path: String,
    /// The fact as the contract writes it; `null` is "not known".
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
}

/// Adds a note.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddNote {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The note.
    pub text: String,
}

/// A note of the office.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Note {
    /// Who wrote it.
    pub by: String,
    /// When, in UTC.
    pub at: String,
    /// The note.
    pub text: String,
}

/// Two sources that say different things about one fact. The client's own answer stands; the difference stays visible.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Conflict {
    /// The fact by its path.
    pub path: String,
    /// What the record says now.
    #[ts(type = "unknown")]
    pub ours: serde_json::Value,
    /// Who says so: `client`, `sheet`, `attorney`, `court`.
    pub ours_by: String,
    /// What the other source says.
    #[ts(type = "unknown")]
    pub theirs: serde_json::Value,
    /// The other source: a sheet's name.
    pub theirs_from: String,
}

/// A client's own words for the court.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Declaration {
    /// Index of the case.
    pub case: usize,
    /// Index of the count; absent where it is about the whole case.
    pub count: Option<usize>,
    /// The language they are in, by its English name; absent where nobody said.
    pub language: Option<String>,
    /// What was told, one part a prompt, in the order in which it stands on the paper.
    pub told: Vec<Told>,
    /// Who translated it.
    pub interpreter: Option<String>,
    /// An attorney put it on the paper.
    pub on_paper: bool,
    /// Who wrote it down last.
    pub by: String,
    /// When, in UTC.
    pub at: String,
}

/// A part of what a client told.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// What was asked, by the name the rules give it; empty for words that answer nothing.
    pub prompt: String,
    /// The client's words, as they were typed.
    pub text: String,
    /// In English, where they are in another language.
    pub english: String,
}
