//! The audit log: who did what to which client, and when. Never what was in a record.
//!
//! Each row's hash covers the row and the hash before it, from a start that is the vault's own: a row deleted, changed or moved in
//! the middle shows. (A cut tail shows only to somebody who noted the head, which is why backups carry it.)

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::people::PersonId;
use crate::time::{stamp, stamped};
use crate::{ClientId, Result};

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a person did. The names in the log never change their meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Operation { $($(#[$doc])* $name,)* }

        impl Operation {
            /// The operation's name in the log.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

operations! {
    /// Made the vault.
    Create = "create",
    /// Opened the vault with a passphrase.
    Unlock = "unlock",
    /// Opened the vault with the recovery code.
    Recover = "recover",
    /// Locked the vault.
    Lock = "lock",
    /// The program brought an older database up to date.
    Upgrade = "upgrade",
    /// Changed the clinic or another setting.
    ChangeSettings = "change_settings",
    /// Added a client.
    AddClient = "add_client",
    /// Looked at a client.
    OpenClient = "open_client",
    /// Changed facts of a record.
    ChangeRecord = "change_record",
    /// Changed how to reach a client.
    ChangeContact = "change_contact",
    /// Moved a client on in the day.
    ChangeStatus = "change_status",
    /// Read a sheet in.
    Import = "import",
    /// Wrote an attorney's note.
    Note = "note",
    /// Cleared the immigration question, or withdrew that.
    Clear = "clear",
    /// Chose a declaration.
    Declare = "declare",
    /// Made a choice that gives something up.
    Elect = "elect",
    /// Was shown findings.
    Screen = "screen",
    /// Had papers made.
    Prepare = "prepare",
    /// Printed papers.
    Print = "print",
    /// Saved papers to a folder.
    Save = "save",
    /// Wrote down a step of a filing.
    File = "file",
    /// Kept what was typed and not yet taken over.
    Draft = "draft",
    /// Took the last change of a record back.
    Undo = "undo",
    /// Took a record out of the vault in clear.
    Export = "export",
    /// Listed clients outside the window.
    List = "list",
    /// Wrote a backup.
    Backup = "backup",
    /// Restored a backup into this folder.
    Restore = "restore",
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// Number, from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who: the id of a slot.
    pub person: PersonId,
    /// What: [`Operation::name`].
    pub operation: String,
    /// To whom.
    pub client: Option<ClientId>,
}

/// The end of the log: how many rows, and the hash that covers them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// Rows.
    pub rows: i64,
    /// Hash of the last row.
    pub hash: [u8; 32],
}

/// Adds a row. Called by the door, and by nothing else.
pub(crate) fn write(
    conn: &Connection,
    vault: &[u8; 16],
    at: Timestamp,
    person: &PersonId,
    operation: Operation,
    client: Option<&ClientId>,
) -> Result<()> {
    let head = head(conn, vault)?;
    let row = AuditRow {
        seq: head.rows + 1,
        at,
        person: person.clone(),
        operation: operation.name().to_owned(),
        client: client.cloned(),
    };
    conn.prepare_cached("INSERT INTO audit (seq, at, person, operation, client, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            row.seq,
            stamp(at),
            row.person.0,
            row.operation,
            client.map(ClientId::as_str),
            hash(&head.hash, &row)
        ])?;
    Ok(())
}

/// The end of the log.
pub(crate) fn head(conn: &Connection, vault: &[u8; 16]) -> Result<AuditHead> {
    let mut statement =
        conn.prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        Some(row) => Ok(AuditHead {
            rows: row.get(0)?,
            hash: row.get(1)?,
        }),
        None => Ok(AuditHead {
            rows: 0,
            hash: start(vault),
        }),
    }
}

/// Rows `after` a number, oldest first, at most `limit`.
pub(crate) fn rows(conn: &Connection, after: i64, limit: u32) -> Result<Vec<AuditRow>> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, at, person, operation, client FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?;
    let mut rows = statement.query(params![after, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// The number of the first row where the chain does not hold; `None` is good.
pub(crate) fn broken(conn: &Connection, vault: &[u8; 16]) -> Result<Option<i64>> {
    let mut statement =
        conn.prepare("SELECT seq, at, person, operation, client, hash FROM audit ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut before = AuditHead {
        rows: 0,
        hash: start(vault),
    };
    while let Some(row) = rows.next()? {
        let found = read(row)?;
        let stored: [u8; 32] = row.get(5)?;
        if found.seq != before.rows + 1 || stored != hash(&before.hash, &found) {
            return Ok(Some(before.rows + 1));
        }
        before = AuditHead {
            rows: found.seq,
            hash: stored,
        };
    }
    Ok(None)
}

fn read(row: &rusqlite::Row<'_>) -> Result<AuditRow> {
    Ok(AuditRow {
        seq: row.get(0)?,
        at: stamped(&row.get::<_, String>(1)?)?,
        person: PersonId(row.get(2)?),
        operation: row.get(3)?,
        client: row.get::<_, Option<String>>(4)?.map(ClientId),
    })
}

fn start(vault: &[u8; 16]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"relief-desk/audit/1")
        .chain_update(vault)
        .finalize()
        .into()
}

/// SHA-256 of the hash before and the row's fields, each with its length before it so that no two rows read the same.
fn hash(before: &[u8; 32], row: &AuditRow) -> [u8; 32] {
    let mut hash = Sha256::new().chain_update(before);
    let seq = row.seq.to_string();
    let at = stamp(row.at);
    let client = row.client.as_ref().map_or("", ClientId::as_str);
    for field in [seq.as_str(), &at, &row.person.0, &row.operation, client] {
        hash.update((field.len() as u64).to_le_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests;
