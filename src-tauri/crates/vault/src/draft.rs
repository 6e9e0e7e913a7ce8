//! What was typed and not yet taken over. Kept before the vault locks, so that after unlock the person is where they were.

use jiff::Timestamp;
use rusqlite::params;

use crate::Result;
use crate::client::{self, ClientId};
use crate::door::{Tx, View};
use crate::time::{stamp, stamped};

/// One unfinished form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which form: a name of the caller's.
    pub form: String,
    /// What stands in it: text of the caller's.
    pub value: String,
    /// When it was kept.
    pub at: Timestamp,
}

impl View<'_> {
    /// The drafts about a client, or those about none.
    ///
    /// # Errors
    /// [`crate::Error::NoSuchClient`], or the database's.
    pub fn drafts(&self, client: Option<&ClientId>) -> Result<Vec<Draft>> {
        self.look(|conn| {
            let seq = client.map(|id| client::seq(conn, id)).transpose()?;
            let mut statement = conn.prepare_cached(
                "SELECT form, value, at FROM draft WHERE client IS ?1 ORDER BY form",
            )?;
            let mut rows = statement.query([seq])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(Draft {
                    form: row.get(0)?,
                    value: row.get(1)?,
                    at: stamped(&row.get::<_, String>(2)?)?,
                });
            }
            Ok(found)
        })
    }
}

impl Tx<'_> {
    /// Keeps a draft in the place of the one before; no value forgets it.
    ///
    /// # Errors
    /// [`crate::Error::NoSuchClient`], or the database's.
    pub fn set_draft(
        &mut self,
        client: Option<&ClientId>,
        form: &str,
        value: Option<&str>,
    ) -> Result<()> {
        let seq = client.map(|id| self.concerns(id)).transpose()?;
        self.conn
            .prepare_cached("DELETE FROM draft WHERE client IS ?1 AND form = ?2")?
            .execute(params![seq, form])?;
        if let Some(value) = value {
            self.conn
                .prepare_cached(
                    "INSERT INTO draft (client, form, value, at) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![seq, form, value, stamp(self.at)])?;
        }
        Ok(())
    }
}
