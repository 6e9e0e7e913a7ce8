//! The hashes of the log's rows, each over the one before it.

use sha2::{Digest, Sha256};

use super::{AuditRow, Kept};
use crate::time::stamp;
use crate::{ClientId, hex};

/// What the first row's hash covers: the log is this vault's own.
pub(super) fn start(vault: &[u8; 16]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"relief-desk/audit/1")
        .chain_update(vault)
        .finalize()
        .into()
}

/// The hash of a row that an older version wrote: SHA-256 of the hash before and the row's fields, each with its length before it so
/// that no two rows read the same.
pub(super) fn hash(before: &[u8; 32], row: &AuditRow) -> [u8; 32] {
    let seq = row.seq.to_string();
    let at = stamp(row.at);
    let client = row.client.as_ref().map_or("", ClientId::as_str);
    framed(
        before,
        &[seq.as_str(), &at, &row.person.0, &row.operation, client],
    )
}

/// The hash of a signed row: it also covers what the row is about, the public key, and what was kept then.
pub(super) fn signed_hash(
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
