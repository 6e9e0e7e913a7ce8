//! A hand-over's bytes: what is signed, what is carried, and the age file around both.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::client::ClientId;
use crate::foreign::Foreign;
use crate::laptop::{Card, KnownVault};
use crate::merge::State;
use crate::people::PersonId;
use crate::receipt::Receipt;
use crate::{Error, Result, folder, hex, signing};

/// A program that reads only the format before does not know that a client's words may wait for an attorney, or stand beside their
/// translation: it refuses this one instead of leaving that out.
pub(super) const MAGIC: &[u8] = b"relief-desk/hand-over/2\n";
const BEFORE: &[u8] = b"relief-desk/hand-over/1\n";
const FAMILY: &[u8] = b"relief-desk/hand-over/";
pub(super) const PURPOSE: &str = "relief-desk/hand-over/1 manifest";
pub(super) const WRITING: &str = "writing the hand-over";

const LARGEST: u64 = Foreign::HandOver.largest();
const LARGEST_MANIFEST: u64 = 64 << 20;

/// What is signed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) from: Card,
    /// The recipient it was encrypted to: a file made for one vault and encrypted anew to another is refused there.
    pub(crate) to: String,
    pub(crate) sequence: i64,
    pub(super) made: Timestamp,
    /// Whether the sender means to remove its copies once the receipt is there.
    pub(super) moving: bool,
    pub(super) audit_rows: i64,
    #[serde(with = "hex")]
    pub(super) audit_hash: [u8; 32],
    /// Names for the people whose ids stand beside notes and filings.
    pub(super) people: BTreeMap<PersonId, String>,
    pub(crate) clients: Vec<Listed>,
}

/// One client in a manifest.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Listed {
    pub(crate) id: ClientId,
    #[serde(with = "hex")]
    pub(super) sha256: [u8; 32],
}

/// One client in the file.
#[derive(Serialize, Deserialize)]
pub(super) struct Carried {
    pub(super) id: ClientId,
    pub(super) state: State,
    /// Bytes of the client's sheets by their SHA-256, both in hex.
    pub(super) sheets: BTreeMap<String, String>,
}

/// A file's contents, looked at but not believed.
pub(crate) struct Parcel<'a> {
    pub(crate) manifest: Manifest,
    pub(super) bytes: &'a [u8],
    pub(super) signature: [u8; 64],
    pub(super) bodies: Vec<&'a [u8]>,
}

impl<'a> Parcel<'a> {
    /// Takes the contents apart.
    ///
    /// # Errors
    /// [`Error::NotAHandOver`], [`Error::HandOverNewer`], [`Error::HandOverDamaged`].
    pub(crate) fn open(plain: &'a [u8]) -> Result<Self> {
        let known = [MAGIC, BEFORE]
            .iter()
            .find_map(|start| plain.strip_prefix(*start));
        let Some(rest) = known else {
            let ours = plain
                .strip_prefix(FAMILY)
                .is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit));
            return Err(if ours {
                Error::HandOverNewer
            } else {
                Error::NotAHandOver
            });
        };
        let (bytes, rest) = part(rest, LARGEST_MANIFEST)?;
        let manifest: Manifest =
            serde_json::from_slice(bytes).map_err(|_| Error::HandOverDamaged)?;
        let (signature, mut rest) = rest
            .split_first_chunk::<64>()
            .ok_or(Error::HandOverDamaged)?;
        let mut bodies = Vec::new();
        for _ in &manifest.clients {
            let (body, after) = part(rest, LARGEST)?;
            bodies.push(body);
            rest = after;
        }
        if !rest.is_empty() {
            return Err(Error::HandOverDamaged);
        }
        Ok(Self {
            manifest,
            bytes,
            signature: *signature,
            bodies,
        })
    }

    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.bytes).into()
    }

    pub(super) fn is_signed_by(&self, from: &KnownVault) -> bool {
        signing::holds(&from.signing, PURPOSE, self.bytes, &self.signature)
    }

    /// The receipt that was given for this very file before.
    pub(super) fn before(
        &self,
        conn: &rusqlite::Connection,
        from: &KnownVault,
    ) -> Result<Option<Receipt>> {
        let known: Option<([u8; 32], String)> = conn
            .prepare_cached(
                "SELECT manifest, receipt FROM handover_in WHERE vault = ?1 AND sequence = ?2",
            )?
            .query_row(params![from.id, self.manifest.sequence], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        match known {
            None => Ok(None),
            Some((hash, receipt)) if hash == self.hash() => Receipt::from_json(&receipt).map(Some),
            Some(_) => Err(Error::VaultCopied),
        }
    }

    /// Every client, its hash proved.
    pub(super) fn clients(&self) -> Result<Vec<Carried>> {
        self.bodies
            .iter()
            .zip(&self.manifest.clients)
            .map(|(body, listed)| {
                let hash: [u8; 32] = Sha256::digest(body).into();
                let carried: Carried =
                    serde_json::from_slice(body).map_err(|_| Error::HandOverDamaged)?;
                if hash != listed.sha256 || carried.id != listed.id {
                    return Err(Error::HandOverDamaged);
                }
                Ok(carried)
            })
            .collect()
    }
}

/// A length and as many bytes.
fn part(bytes: &[u8], largest: u64) -> Result<(&[u8], &[u8])> {
    let (length, rest) = bytes
        .split_first_chunk::<8>()
        .ok_or(Error::HandOverDamaged)?;
    let length = u64::from_le_bytes(*length);
    if length > largest {
        return Err(Error::HandOverDamaged);
    }
    rest.split_at_checked(length as usize)
        .ok_or(Error::HandOverDamaged)
}

pub(super) fn write_age(file: &Path, to: &KnownVault, bytes: &[u8]) -> Result<()> {
    let recipient = to.age()?;
    folder::write_new(file, WRITING, |out| {
        let encryptor =
            age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
                .map_err(|_| std::io::Error::other("no recipient"))?;
        let mut stream = encryptor.wrap_output(out)?;
        stream.write_all(bytes)?;
        stream.finish()?;
        Ok(())
    })
}

pub(super) fn read_age(
    file: &Path,
    identities: &[age::x25519::Identity],
) -> Result<Zeroizing<Vec<u8>>> {
    let (from, size) = Foreign::HandOver.open(file)?;
    decrypted(from, size, identities)
}

/// What an age file holds, if one of these keys opens it.
pub(crate) fn decrypted(
    from: impl Read,
    size: u64,
    identities: &[age::x25519::Identity],
) -> Result<Zeroizing<Vec<u8>>> {
    let decryptor = age::Decryptor::new(from).map_err(|_| Error::NotAHandOver)?;
    let keys = identities
        .iter()
        .map(|identity| identity as &dyn age::Identity);
    let stream = decryptor.decrypt(keys).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => Error::HandOverForAnother,
        _ => Error::HandOverDamaged,
    })?;
    // The plain text is shorter than the file; room for all of it at once leaves no stale copy behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(size as usize));
    stream
        .take(LARGEST)
        .read_to_end(&mut plain)
        .map_err(|_| Error::HandOverDamaged)?;
    Ok(plain)
}
