//! Looking through a whole vault: what is wrong with it, in words.

use serde::Serialize;

use crate::audit::Look;
use crate::vault::Vault;
use crate::{Result, store};

/// What a whole database was found to hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Clients.
    pub clients: u64,
    /// Rows of the audit log.
    pub audit_rows: i64,
    /// What is wrong, one line each; empty is good. No line holds a client's data.
    pub problems: Vec<String>,
}

impl Vault {
    /// Looks through the whole database: pages, ciphers, references, the audit log's chain, that it tells of the clients that are here and of
    /// no other, that they are as it told, and that every record can be read.
    ///
    /// # Errors
    /// [`crate::Error::DatabaseDamaged`] if it is too damaged to look through, or the disk's.
    pub fn verify(&self) -> Result<Verdict> {
        let read = self.read();
        let mut problems = store::problems(&self.conn)?;
        if let Some(row) = read.audit_broken(Look::Signatures)? {
            problems.push(format!("the audit log does not hold at row {row}"));
        }
        let (gone, untold) = read.clients_out_of_step()?;
        if gone > 0 {
            problems.push(format!(
                "{gone} clients are in the audit log and not in the vault"
            ));
        }
        if untold > 0 {
            problems.push(format!(
                "{untold} clients are in the vault and not in the audit log"
            ));
        }
        if !self.index_fits {
            problems.push(
                "the index of words is not the one that was kept: a search may leave somebody out"
                    .to_owned(),
            );
        }
        problems.extend(self.put_back()?);
        let unreadable = read.unreadable_records()?;
        if unreadable > 0 {
            problems.push(format!("{unreadable} records cannot be read"));
        }
        Ok(Verdict {
            clients: read.count()?,
            audit_rows: read.audit_head()?.rows,
            problems,
        })
    }

    /// What of it is not as the log last told, one line each.
    pub(crate) fn put_back(&self) -> Result<Vec<String>> {
        let (clients, office) = self.read().put_back(&self.told)?;
        let mut problems: Vec<_> = (clients.iter())
            .map(|client| format!("client {client} is not as it was last saved"))
            .collect();
        if !office {
            problems.push("what the office keeps is not what the log last told".to_owned());
        }
        Ok(problems)
    }
}
