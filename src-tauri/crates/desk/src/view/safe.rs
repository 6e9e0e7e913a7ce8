//! The office as a whole: backups, the log, tables for other programs, a lost laptop, its keys.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vault::ClientId;

/// How it stands with backups.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct BackupsView {
    /// When the last one was written.
    pub last: Option<String>,
    /// Steps in the log since then.
    pub steps_since: i64,
    /// Why one should be written now.
    pub reminder: Option<BackupReminder>,
    /// How many days old the last one is.
    pub days: i64,
    /// The folder that one is written to at the end of a day, if any.
    pub folder: Option<String>,
    /// Whether the recovery code may be on no paper: it was shown, and nobody said that it was written down. A backup opens with a passphrase
    /// or with that code, with nothing else.
    pub code_unsure: bool,
    /// Whether the recovery code opened the office as it stands a moment ago: parts of an older copy were in it, and nobody can tell which.
    pub as_it_stands: bool,
}

/// Why a backup should be written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupReminder {
    /// There are clients and no backup.
    Never,
    /// The last one is old, and the office was used since.
    Old,
    /// The clock is behind the last one.
    ClockBack,
}

/// A backup that was written, opened and compared.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct BackupMade {
    /// Its name in the folder that was chosen.
    pub file: String,
    /// Clients in it.
    pub clients: u64,
    /// Rows of the log in it.
    pub audit_rows: i64,
    /// How many things in it (clients, or the office) are not as the log last told: parts of an older copy were put back.
    pub untold: usize,
}

/// A passphrase or the recovery code, for a file that is chosen by the system's dialog.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenWith {
    /// Either; a recovery code is known by its checksum.
    pub secret: String,
}

/// What a rehearsed restore came to.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct RehearsalView {
    /// When the backup was made.
    pub made: String,
    /// Clients that came back.
    pub clients: u64,
    /// Rows of the log that came back.
    pub audit_rows: i64,
    /// Rows of all tables that came back.
    pub rows: u64,
    /// Whether the count and hash of every table are what they were; absent where an older version wrote the backup.
    pub same: Option<bool>,
    /// What is wrong; empty is good.
    pub problems: Vec<String>,
    /// Whether this office's log still holds the head that the backup noted.
    pub log_holds: bool,
}

/// Asks for rows of the log, the last ones first.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LogAsk {
    /// Rows before this one; the last ones where none is named.
    pub before: Option<i64>,
}

/// Rows of the log.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct LogPage {
    /// Newest first.
    pub rows: Vec<LogRow>,
    /// Ask with this for the rows before these.
    pub next: Option<i64>,
    /// The log's head, `ROWS:HASH`: noted elsewhere, a cut tail shows against it.
    pub head: String,
}

/// One row of the log.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct LogRow {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// What, as the log names it.
    pub what: String,
    /// With which client.
    #[ts(type = "string | null")]
    pub client: Option<ClientId>,
    /// That client's initials, where the client is still here.
    pub initials: Option<String>,
    /// What it was about where that is no client.
    pub subject: Option<String>,
}

/// Asks whether the log is whole.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LogVerify {
    /// A head that was noted elsewhere, if one is at hand.
    pub head: Option<String>,
}

/// Whether the office is whole.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct LogVerdict {
    /// What is wrong; empty is good.
    pub problems: Vec<String>,
    /// Rows of the log.
    pub rows: i64,
    /// Whether the log holds the head that was given.
    pub holds: Option<bool>,
    /// The head now.
    pub head: String,
}

/// Asks for a table of all clients.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WriteTable {
    /// `legalserver` or `clio`; `file` for a layout that is chosen by a dialog.
    pub layout: String,
    /// Encrypts the table; a new passphrase of its own.
    pub passphrase: Option<String>,
    /// Why it is written in clear, where no passphrase is given.
    pub reason: Option<String>,
}

/// Asks for one client's record as a file.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WriteRecord {
    /// Whose.
    #[ts(type = "string")]
    pub id: ClientId,
    /// Encrypts the file; a new passphrase of its own.
    pub passphrase: Option<String>,
    /// Why it is written in clear, where no passphrase is given.
    pub reason: Option<String>,
}

/// A file that was written.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Written {
    /// Its name in the folder that was chosen.
    pub file: String,
    /// Clients in it.
    pub clients: u64,
}

/// Asks for figures.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CountAsk {
    /// Smaller cells are hidden; at least 2.
    pub smallest: u64,
}

/// Figures that name nobody.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct CountView {
    /// All clients; absent where too few.
    pub clients: Option<u64>,
    /// Smaller cells are hidden.
    pub smallest: u64,
    /// The tables.
    pub tables: Vec<CountTable>,
}

/// One table of figures.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct CountTable {
    /// `status`, `county`, `step` or `route`.
    pub of: String,
    /// Its rows; a cell is absent where it is too small to show.
    pub rows: Vec<(String, Option<u64>)>,
}

/// Asks what another vault, now lost, is known to have held.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LostVault {
    /// Its id.
    pub vault: String,
}

/// What a lost laptop held. Names clients.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct LostView {
    /// The lost vault's clinic.
    pub clinic: String,
    /// Whether a backup tells it; else this vault's hand-overs do, and clients that never travelled are not in it.
    pub from_backup: bool,
    /// The moment that it tells of.
    pub as_of: String,
    /// When it was last locked before that.
    pub last_locked: Option<String>,
    /// When it was last opened before that.
    pub last_opened: Option<String>,
    /// How each key was made.
    pub keys: Vec<LostKey>,
    /// Who was in it.
    pub clients: Vec<LostClientView>,
}

/// How one key was made.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct LostKey {
    /// Whose; absent is the recovery code's.
    pub name: Option<String>,
    /// MiB of memory that one guess takes.
    pub memory_mib: u32,
}

/// One client and what of them was there.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct LostClientView {
    /// The name; absent where only the id is known here.
    pub name: Option<String>,
    /// Which kinds of facts, in the desk's language.
    pub held: Vec<String>,
}

/// Says what somebody may do.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetRoles {
    /// The person's id.
    pub person: String,
    /// One or more.
    pub roles: Vec<super::Role>,
}

/// Names a recovery code that is on the screen.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CodeSheet {
    /// The code as it is shown.
    pub code: String,
    /// Three sheets of which any two give it back, in the place of one.
    pub shares: bool,
}
