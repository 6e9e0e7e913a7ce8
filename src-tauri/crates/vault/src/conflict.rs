//! What two laptops changed without knowing of each other: shown side by side, decided by a person.

use jiff::Timestamp;
use serde_json::Value;

use crate::audit::Operation;
use crate::client::{self, ClientId};
use crate::door::View;
use crate::merge::{Conflict, Dot, State};
use crate::rights::Act;
use crate::vault::Vault;
use crate::{Error, Result, document};

impl View<'_> {
    /// A client's disputed fields. One that somebody has answered anew since is not disputed any more.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn conflicts(&self, client: &ClientId) -> Result<Vec<Conflict>> {
        self.look(|conn| {
            let seq = client::seq(conn, client)?;
            let text: String = conn
                .prepare_cached(
                    "SELECT ifnull((SELECT state FROM client_state WHERE client = ?1), '')",
                )?
                .query_row([seq], |row| row.get(0))?;
            if text.is_empty() {
                return Ok(Vec::new());
            }
            let state: State =
                serde_json::from_str(&text).map_err(|_| Error::Stored { what: "version" })?;
            let mut disputed = state.conflicts();
            if !disputed.is_empty() {
                let (now, shown) = (document::read(conn, seq)?.fields, state.document());
                disputed.retain(|c| now.get(&c.field) == shown.get(&c.field));
            }
            Ok(disputed)
        })
    }
}

impl Vault {
    /// Chooses one of a disputed field's values by its version, or none of them: then the field is not known, or gone.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::NotFound`] if the field is not disputed or has no such version, or the database's.
    pub fn resolve(
        &mut self,
        client: &ClientId,
        field: &str,
        chosen: Option<&Dot>,
        at: Timestamp,
    ) -> Result<()> {
        self.needs(Act::Resolve)?;
        self.transact(Operation::Resolve, at, |tx| {
            let seq = tx.concerns(client)?;
            let mut laptop = tx.laptop()?;
            let (mut state, now) = tx.state_now(seq, &mut laptop)?;
            if !state
                .conflicts()
                .iter()
                .any(|conflict| conflict.field == field)
            {
                return Err(Error::NotFound {
                    what: "disputed field",
                });
            }
            let value = match chosen {
                Some(dot) => state
                    .value(field, dot)
                    .cloned()
                    .ok_or(Error::NotFound { what: "version" })?,
                None => Value::Null,
            };
            state.write(field, value, &laptop.id, &mut laptop.counter);
            tx.write_document(client, &now, &state, &std::collections::BTreeMap::new())?;
            tx.keep_state(seq, &state)?;
            tx.set_counter(&laptop)
        })
    }
}
