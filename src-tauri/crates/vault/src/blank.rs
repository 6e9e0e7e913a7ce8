//! Public blanks of official forms. They lie in a plain folder beside the vault; a copy here is what a backup carries.

use rusqlite::params;
use sha2::{Digest, Sha256};

use crate::Result;
use crate::door::{Tx, View};

impl View<'_> {
    /// Every blank, by its SHA-256.
    ///
    /// # Errors
    /// The database's.
    pub fn blanks(&self) -> Result<Vec<Vec<u8>>> {
        self.look(|conn| {
            let mut statement = conn.prepare_cached("SELECT bytes FROM blank ORDER BY sha256")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The SHA-256 of every blank.
    ///
    /// # Errors
    /// The database's.
    pub fn blank_sums(&self) -> Result<Vec<[u8; 32]>> {
        self.look(|conn| {
            let mut statement = conn.prepare_cached("SELECT sha256 FROM blank ORDER BY sha256")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

impl Tx<'_> {
    /// Takes out what is kept under a SHA-256 (in lower-case hexadecimal digits), where there is any.
    ///
    /// # Errors
    /// The database's.
    pub fn drop_blank(&mut self, sum: &str) -> Result<()> {
        if let Some(sum) = crate::hex::decode(sum) {
            self.conn
                .prepare_cached("DELETE FROM blank WHERE sha256 = ?1")?
                .execute(params![sum])?;
        }
        Ok(())
    }

    /// Keeps a blank; one that is here already is left as it is.
    ///
    /// # Errors
    /// The database's.
    pub fn keep_blank(&mut self, bytes: &[u8]) -> Result<()> {
        let sum: [u8; 32] = Sha256::digest(bytes).into();
        self.subject(crate::hex::encode(&sum));
        self.conn
            .prepare_cached(
                "INSERT INTO blank (sha256, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![sum, bytes])?;
        Ok(())
    }
}
