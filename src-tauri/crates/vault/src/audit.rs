//! The audit log: who did what to which client, and when. Never what was in a record.
//!
//! Each row's hash covers the row and the hash before it, from a start that is the vault's own: a row deleted, changed or moved in
//! the middle shows. The person's own key signs the hash: a row in another person's name shows, unless whoever wrote it also knew that
//! person's passphrase. A cut tail shows only to somebody who noted the head, which is why backups, receipts and day sheets carry it.

mod chain;
mod operation;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, ToSql, named_params, params};
use serde::Serialize;

use self::chain::{hash, signed_hash, start};
pub use self::operation::Operation;
use crate::people::PersonId;
use crate::signing::{self, Signer};
use crate::time::{stamp, stamped};
use crate::{ClientId, Error, Result, hex, store};

const PURPOSE: &str = "relief-desk/audit/2 row";

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
    /// About what else: the id of a person or a vault, a number, a hash.
    pub subject: Option<String>,
    /// Whether the person's own key signed it. Only rows of older versions are not signed.
    pub signed: bool,
}

/// `ROWS:HASH`, short enough for a printed day sheet.
impl fmt::Display for AuditHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.rows, hex::encode(&self.hash))
    }
}

impl FromStr for AuditHead {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parsed = text.trim().split_once(':').and_then(|(rows, hash)| {
            Some(Self {
                rows: rows.parse().ok().filter(|rows| *rows >= 0)?,
                hash: hex::decode(hash)?.try_into().ok()?,
            })
        });
        parsed.ok_or(Error::NotFound {
            what: "head of the log",
        })
    }
}

/// Who writes rows: the person, and the key of the person's slot.
pub(crate) struct Hand<'a> {
    pub(crate) person: &'a PersonId,
    pub(crate) signer: &'a Signer,
}

/// How closely the log is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Hashes only: for a copy whose original was looked at.
    Chain,
    /// Each signature too.
    Signatures,
}

/// The end of the log: how many rows, and the hash that covers them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// Rows.
    pub rows: i64,
    /// Hash of the last row.
    pub hash: [u8; 32],
}

/// Hashes of what is kept once an operation was done.
#[derive(Clone, Copy)]
pub(crate) struct Kept {
    /// Of the row's client; none where it is gone.
    pub(crate) client: Option<[u8; 32]>,
    /// Of the office.
    pub(crate) office: [u8; 32],
    /// Of the `vault.keys` that belongs to the database. None before it had one, and in rows of older versions.
    pub(crate) keys: Option<[u8; 32]>,
}

/// The columns of a row that tell what was kept, as far as this schema has them; `NULL` stands for the others.
fn told_columns(conn: &Connection) -> Result<[&'static str; 3]> {
    let schema = store::schema(conn)?;
    let from = |first: i64, name| if schema >= first { name } else { "NULL" };
    Ok([
        from(store::TOLD, "kept"),
        from(store::TOLD, "office"),
        from(store::KEYS_TOLD, "keys"),
    ])
}

/// Adds a row; only a copy of an older schema tells nothing of what is kept. Called by the door, and by nothing else.
pub(crate) fn write(
    conn: &Connection,
    vault: &[u8; 16],
    at: Timestamp,
    hand: &Hand<'_>,
    operation: Operation,
    (client, subject): (Option<&ClientId>, Option<&str>),
    kept: Option<&Kept>,
) -> Result<()> {
    let head = head(conn, vault)?;
    let row = AuditRow {
        seq: head.rows + 1,
        at,
        person: hand.person.clone(),
        operation: operation.name().to_owned(),
        client: client.cloned(),
        subject: subject.map(str::to_owned),
        signed: true,
    };
    let public = hand.signer.public();
    let hash = signed_hash(&head.hash, &row, kept, &public);
    let (at, signer) = (stamp(at), signer_id(conn, hand.person, &public)?);
    let (client, signature) = (
        client.map(ClientId::as_str),
        hand.signer.sign(PURPOSE, &hash),
    );
    let mut fields = named_params! {
        ":seq": row.seq, ":at": at, ":person": row.person.0, ":operation": row.operation, ":client": client,
        ":subject": subject, ":signer": signer, ":hash": hash, ":signature": signature,
    }
    .to_vec();
    let mut told = ("", "");
    if let Some(Kept {
        client,
        office,
        keys,
    }) = kept
    {
        told = ("kept, office, ", ":kept, :office, ");
        fields.extend([(":kept", client as &dyn ToSql), (":office", office)]);
        if keys.is_some() {
            told = ("kept, office, keys, ", ":kept, :office, :keys, ");
            fields.push((":keys", keys));
        }
    }
    conn.prepare_cached(&format!(
        "INSERT INTO audit (seq, at, person, operation, client, subject, {}signer, hash, signature)
         VALUES (:seq, :at, :person, :operation, :client, :subject, {}:signer, :hash, :signature)",
        told.0, told.1
    ))?
    .execute(fields.as_slice())?;
    Ok(())
}

/// The number of a public key; a key that signs for the first time is written down.
fn signer_id(conn: &Connection, person: &PersonId, public: &[u8; 32]) -> Result<i64> {
    let known: Option<i64> = conn
        .prepare_cached("SELECT id FROM signer WHERE public = ?1")?
        .query_row([public], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    conn.prepare_cached("INSERT INTO signer (person, public) VALUES (?1, ?2)")?
        .execute(params![person.0, public])?;
    Ok(conn.last_insert_rowid())
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
        "SELECT seq, at, person, operation, client, subject, signature IS NOT NULL FROM audit
         WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?;
    let mut rows = statement.query(params![after, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// The hash that covers the first `rows` rows; `None` if the log is shorter.
pub(crate) fn hash_at(conn: &Connection, vault: &[u8; 16], rows: i64) -> Result<Option<[u8; 32]>> {
    if rows == 0 {
        return Ok(Some(start(vault)));
    }
    Ok(conn
        .prepare_cached("SELECT hash FROM audit WHERE seq = ?1")?
        .query_row([rows], |row| row.get(0))
        .optional()?)
}

/// The number of the first row where the log does not hold; `None` is good. A row without a signature holds only before the first
/// that has one.
pub(crate) fn broken(conn: &Connection, vault: &[u8; 16], look: Look) -> Result<Option<i64>> {
    let signers = signers(conn)?;
    // A copy out of an older backup is looked at as it was made.
    let kept = told_columns(conn)?.join(", ");
    let mut statement = conn.prepare(&format!(
        "SELECT seq, at, person, operation, client, subject, signature IS NOT NULL, hash, signer, signature, {kept}
         FROM audit ORDER BY seq"
    ))?;
    let mut rows = statement.query([])?;
    let mut before = AuditHead {
        rows: 0,
        hash: start(vault),
    };
    let mut signed = false;
    while let Some(row) = rows.next()? {
        let found = read(row)?;
        let stored: [u8; 32] = row.get(7)?;
        let client = row.get(10)?;
        let office: Option<[u8; 32]> = row.get(11)?;
        let keys = row.get(12)?;
        let kept = office.map(|office| Kept {
            client,
            office,
            keys,
        });
        let holds = match (
            row.get::<_, Option<i64>>(8)?,
            row.get::<_, Option<[u8; 64]>>(9)?,
        ) {
            (None, None) => {
                !signed
                    && found.subject.is_none()
                    && kept.is_none()
                    && keys.is_none()
                    && stored == hash(&before.hash, &found)
            }
            (Some(id), Some(signature)) => signers.get(&id).is_some_and(|(person, public)| {
                *person == found.person
                    && stored == signed_hash(&before.hash, &found, kept.as_ref(), public)
                    && (look == Look::Chain || signing::holds(public, PURPOSE, &stored, &signature))
            }),
            _ => false,
        };
        if found.seq != before.rows + 1 || !holds {
            return Ok(Some(before.rows + 1));
        }
        signed = found.signed;
        before = AuditHead {
            rows: found.seq,
            hash: stored,
        };
    }
    Ok(None)
}

/// Whose key is which.
fn signers(conn: &Connection) -> Result<BTreeMap<i64, (PersonId, [u8; 32])>> {
    let mut statement = conn.prepare("SELECT id, person, public FROM signer")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, (PersonId(row.get(1)?), row.get(2)?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &rusqlite::Row<'_>) -> Result<AuditRow> {
    Ok(AuditRow {
        seq: row.get(0)?,
        at: stamped(&row.get::<_, String>(1)?)?,
        person: PersonId(row.get(2)?),
        operation: row.get(3)?,
        client: row.get::<_, Option<String>>(4)?.map(ClientId),
        subject: row.get(5)?,
        signed: row.get(6)?,
    })
}

#[cfg(test)]
mod tests;
