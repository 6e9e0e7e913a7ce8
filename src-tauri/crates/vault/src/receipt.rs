//! The receipt for a hand-over, and what may follow from it: *move, verify, then purge*.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::audit::{AuditHead, Operation};
use crate::client::{self, ClientId};
use crate::foreign::Foreign;
use crate::handover::hash_of;
use crate::laptop::{self, Laptop};
use crate::rights::Act;
use crate::time::stamp;
use crate::vault::Vault;
use crate::{Error, Result, folder, hex, signing};

const FORMAT: &str = "relief-desk/receipt/1";
const PURPOSE: &str = "relief-desk/receipt/1";

/// Another vault's signature under a hand-over: what it took in. Holds ids and hashes, no names of clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    format: String,
    /// The receiving clinic's name.
    pub by: String,
    #[serde(with = "hex")]
    signer: [u8; 32],
    /// SHA-256 of the manifest of the hand-over.
    #[serde(with = "hex")]
    manifest: [u8; 32],
    /// The clients that were taken in.
    pub clients: Vec<ClientId>,
    /// When.
    pub at: Timestamp,
    audit_rows: i64,
    #[serde(with = "hex")]
    audit_hash: [u8; 32],
    #[serde(with = "hex")]
    signature: [u8; 64],
}

impl Receipt {
    pub(crate) fn signed(
        laptop: &Laptop,
        by: &str,
        manifest: [u8; 32],
        clients: Vec<ClientId>,
        head: AuditHead,
        at: Timestamp,
    ) -> Self {
        let mut receipt = Self {
            format: FORMAT.to_owned(),
            by: by.to_owned(),
            signer: laptop.signer.public(),
            manifest,
            clients,
            at,
            audit_rows: head.rows,
            audit_hash: head.hash,
            signature: [0; 64],
        };
        receipt.signature = laptop.signer.sign(PURPOSE, &receipt.unsigned());
        receipt
    }

    /// Reads a receipt.
    ///
    /// # Errors
    /// [`Error::NotAReceipt`].
    pub fn from_json(text: &str) -> Result<Self> {
        Some(text)
            .filter(|text| text.len() as u64 <= Foreign::Receipt.largest())
            .and_then(|text| serde_json::from_str::<Self>(text).ok())
            .filter(|receipt| receipt.format == FORMAT)
            .ok_or(Error::NotAReceipt)
    }

    /// Reads a receipt from its file.
    ///
    /// # Errors
    /// [`Error::Unread`], [`Error::NotAReceipt`].
    pub fn read(file: &Path) -> Result<Self> {
        Self::from_json(&Foreign::Receipt.text_or(file, Error::NotAReceipt)?)
    }

    /// Writes the receipt to a new file.
    ///
    /// # Errors
    /// [`Error::Exists`], or the disk's.
    pub fn write(&self, file: &Path) -> Result<()> {
        folder::write_new(file, "writing the receipt", |out| {
            out.write_all(self.to_json().as_bytes())
        })
    }

    /// The receipt as a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Plain strings, numbers and lists: writing cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The head of the *receiving* vault's audit log: a cut there shows against it.
    #[must_use]
    pub fn audit_head(&self) -> AuditHead {
        AuditHead {
            rows: self.audit_rows,
            hash: self.audit_hash,
        }
    }

    /// Whether this key signed it and nothing was changed since.
    fn is_signed_by(&self, signing: &[u8; 32]) -> bool {
        self.signer == *signing
            && signing::holds(signing, PURPOSE, &self.unsigned(), &self.signature)
    }

    fn unsigned(&self) -> Vec<u8> {
        let blank = Self {
            signature: [0; 64],
            ..self.clone()
        };
        blank.to_json().into_bytes()
    }
}

impl Vault {
    /// Keeps the receipt for one of this vault's hand-overs; gives the clients that may be purged now.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::ReceiptForAnother`] if this vault sent no such hand-over or the signature is not the
    /// receiver's, or the database's.
    pub fn keep_receipt(&mut self, receipt: &Receipt, at: Timestamp) -> Result<Vec<ClientId>> {
        self.needs(Act::HandOver)?;
        let sent: Option<(i64, [u8; 32])> = self.read().look(|conn| {
            Ok(conn
                .prepare_cached(
                    "SELECT handover_out.id, signing FROM handover_out JOIN known_vault ON known_vault.id = vault
                     WHERE manifest = ?1",
                )?
                .query_row([receipt.manifest], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?)
        })?;
        let (number, _) = sent
            .filter(|(_, signing)| receipt.is_signed_by(signing))
            .ok_or(Error::ReceiptForAnother)?;
        self.transact(Operation::Receipt, at, |tx| {
            tx.subject(hex::encode(&receipt.manifest));
            tx.conn
                .prepare_cached("UPDATE handover_out SET receipt = ?2 WHERE id = ?1")?
                .execute(params![number, receipt.to_json()])?;
            let mut confirm = tx.conn.prepare_cached(
                "UPDATE handover_client SET taken = taken | 1 WHERE handover = ?1 AND client = ?2 RETURNING taken = 1",
            )?;
            let mut there = Vec::new();
            for client in &receipt.clients {
                let may_go = confirm
                    .query_row(params![number, client.as_str()], |row| row.get(0))
                    .optional()?;
                if may_go == Some(true) {
                    there.push(client.clone());
                }
            }
            Ok(there)
        })
    }

    /// The head of this vault's log that a receipt carries, if this vault gave that receipt and nobody changed it.
    ///
    /// # Errors
    /// [`Error::ReceiptNotOurs`], or the database's.
    pub fn head_in(&self, receipt: &Receipt) -> Result<AuditHead> {
        laptop::signing_keys(&self.conn)?
            .iter()
            .any(|key| receipt.is_signed_by(key))
            .then(|| receipt.audit_head())
            .ok_or(Error::ReceiptNotOurs)
    }

    /// Removes a client from here that another vault confirmed to have, if nothing changed here since it was sent, and it did not come
    /// back since from any vault.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::NotConfirmed`], [`Error::ChangedSince`], [`Error::NoSuchClient`], or the database's.
    pub fn purge_moved(&mut self, id: &ClientId, at: Timestamp) -> Result<()> {
        self.needs(Act::Destroy)?;
        self.transact(Operation::Purge, at, |tx| {
            let seq = tx.concerns(id)?;
            let sent: Option<[u8; 32]> = tx
                .conn
                .prepare_cached(
                    "SELECT state FROM handover_client JOIN handover_out ON handover_out.id = handover
                     WHERE client = ?1 AND taken = 1 AND moving = 1 ORDER BY handover DESC LIMIT 1",
                )?
                .query_row([id.as_str()], |row| row.get(0))
                .optional()?;
            let sent = sent.ok_or(Error::NotConfirmed)?;
            let mut laptop = tx.laptop()?;
            if hash_of(&tx.current_state(id, &mut laptop)?) != sent {
                return Err(Error::ChangedSince);
            }
            tx.forget(id, seq, "moved", "another vault confirmed to have it")
        })?;
        self.fold()
    }

    /// Folds the write-ahead log into the file and empties it, so that it keeps nothing of what was deleted.
    pub(crate) fn fold(&self) -> Result<()> {
        self.conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(Error::from)
    }
}

impl crate::door::Tx<'_> {
    /// Notes (as 2 in `taken`, beside the 1 of a receipt) that a client came here from another vault: what was sent before lets nobody purge it any more. The vault that had it may have
    /// sent it back to be rid of it, on this vault's receipt; then this is the only one that has it.
    pub(crate) fn came_in(&self, id: &ClientId) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE handover_client SET taken = taken | 2 WHERE client = ?1")?
            .execute([id.as_str()])?;
        Ok(())
    }

    /// Deletes a client's rows and notes that it is gone. The index of words is merged, so that none of the client's stays in it.
    pub(crate) fn forget(
        &mut self,
        id: &ClientId,
        seq: i64,
        why: &str,
        reason: &str,
    ) -> Result<()> {
        client::forget(self.conn, seq)?;
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO gone (client, why, reason, at, person) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id.as_str(), why, reason, stamp(self.at), self.person.0])?;
        Ok(())
    }
}
