//! The audit log: who did what to which client, and when. Never what was in a record.
//!
//! Each row's hash covers the row and the hash before it, from a start that is the vault's own: a row deleted, changed or moved in
//! the middle shows. The person's own key signs the hash: a row in another person's name shows, unless whoever wrote it also knew that
//! person's passphrase. A cut tail shows only to somebody who noted the head, which is why backups, receipts and day sheets carry it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, ToSql, named_params, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::people::PersonId;
use crate::signing::{self, Signer};
use crate::time::{stamp, stamped};
use crate::{ClientId, Error, Result, hex, store};

const PURPOSE: &str = "relief-desk/audit/2 row";

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
    /// Added the blank of an official form.
    AddForm = "add_form",
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
    /// Said of a place on a sheet what the original says.
    CheckSheet = "check_sheet",
    /// Wrote an attorney's note.
    Note = "note",
    /// Cleared the immigration question, or withdrew that.
    Clear = "clear",
    /// Put a declaration on the papers, changed it there, or took it off.
    Declare = "declare",
    /// Took down a client's words for an attorney to look at.
    TakeDown = "take_down",
    /// Made a choice that gives something up.
    Elect = "elect",
    /// Was shown findings.
    Screen = "screen",
    /// Had papers made.
    Prepare = "prepare",
    /// Signed papers off, by their bytes.
    SignOff = "sign_off",
    /// Sent papers back with a reason.
    SendBack = "send_back",
    /// Had papers made that are not the ones signed off: the sign-off ended.
    EndSignOff = "end_sign_off",
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
    /// Passphrases refused before this unlocking; the subject says how many.
    WrongTries = "wrong_tries",
    /// Gave somebody a passphrase.
    AddPerson = "add_person",
    /// Took somebody's passphrase away.
    RemovePerson = "remove_person",
    /// Changed what somebody may do.
    ChangeRoles = "change_roles",
    /// Chose another passphrase.
    ChangePassphrase = "change_passphrase",
    /// Gave somebody another passphrase, or asked for another one.
    ForceChange = "force_change",
    /// Changed the key of the database.
    ChangeKey = "change_key",
    /// Made a new recovery code, or shares of one.
    ChangeCode = "change_code",
    /// Confirmed another vault's key by its words, or let go of it.
    Trust = "trust",
    /// Wrote a hand-over for another vault.
    HandOver = "hand_over",
    /// Took a hand-over in.
    TakeIn = "take_in",
    /// Read a receipt for a hand-over.
    Receipt = "receipt",
    /// Removed a client that another vault confirmed to have.
    Purge = "purge",
    /// Chose between two laptops' values.
    Resolve = "resolve",
    /// Took a client as it stands, though that is not what the log told.
    AsItStands = "as_it_stands",
    /// Made the index of words anew: it was not the one that the last locking kept.
    MakeIndex = "make_index",
    /// Decided to keep or destroy a client's record.
    Retain = "retain",
    /// Destroyed a client's record.
    Destroy = "destroy",
    /// Wrote a table, encrypted or in clear.
    WriteTable = "write_table",
    /// Counted clients.
    Count = "count",
    /// Began the review of a bulk export, which is not in the vault.
    Review = "review",
    /// Wrote a report on a lost laptop.
    Report = "report",
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

fn start(vault: &[u8; 16]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"relief-desk/audit/1")
        .chain_update(vault)
        .finalize()
        .into()
}

/// The hash of a row that an older version wrote: SHA-256 of the hash before and the row's fields, each with its length before it so
/// that no two rows read the same.
fn hash(before: &[u8; 32], row: &AuditRow) -> [u8; 32] {
    let seq = row.seq.to_string();
    let at = stamp(row.at);
    let client = row.client.as_ref().map_or("", ClientId::as_str);
    framed(
        before,
        &[seq.as_str(), &at, &row.person.0, &row.operation, client],
    )
}

/// The hash of a signed row: it also covers what the row is about, the public key, and what was kept then.
fn signed_hash(
    before: &[u8; 32],
    row: &AuditRow,
    kept: Option<&Kept>,
    public: &[u8; 32],
) -> [u8; 32] {
    let seq = row.seq.to_string();
    let at = stamp(row.at);
    let client = row.client.as_ref().map_or("", ClientId::as_str);
    let subject = row.subject.as_deref().unwrap_or_default();
    let key = hex::encode(public);
    let told = [&row.person.0, &row.operation, client, subject, &key];
    match kept {
        None => framed(
            before,
            &[&["relief-desk/audit/2", &seq, &at], &told[..]].concat(),
        ),
        Some(kept) => {
            let client = kept.client.map(|kept| hex::encode(&kept));
            let (client, office) = (client.unwrap_or_default(), hex::encode(&kept.office));
            let keys = kept.keys.map(|keys| hex::encode(&keys));
            let version = if keys.is_some() {
                "relief-desk/audit/4"
            } else {
                "relief-desk/audit/3"
            };
            let mut fields = [&[version, &seq, &at], &told[..], &[&client, &office]].concat();
            fields.extend(keys.as_deref());
            framed(before, &fields)
        }
    }
}

fn framed(before: &[u8; 32], fields: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new().chain_update(before);
    for field in fields {
        hash.update((field.len() as u64).to_le_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests;
