//! What the log last told of each client and of the office: one hash over everything that is kept of it.
//!
//! Each page of the database proves that it was written under the key, not that it is the newest of its place. Whoever copied the folder once
//! and can write to it later can put single pages of that day back, each of them whole: a decision, an answer, a conviction of then, a person
//! who was removed since. The log cannot be taken along unless all that was done since is, so each of its rows says what was kept afterwards:
//! of its client, and of the office. Opening begins with a look at whether the office is as told, each operation with one at its client.
//!
//! Not covered: what is typed and not yet taken over (`draft`), the way back (`undo`), and the index of words, which holds no fact.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::Connection;

use crate::audit::Operation;
use crate::client::{self, ClientId};
use crate::door::View;
use crate::rights::Act;
use crate::vault::Vault;
use crate::{Error, Result};

pub(crate) mod hash;

/// What the last rows of the log told. Rows of older versions told nothing.
#[derive(Default)]
pub(crate) struct Told {
    /// Of each client that any row told of: the hash, or that it is gone.
    clients: BTreeMap<ClientId, Option<[u8; 32]>>,
    office: Option<[u8; 32]>,
}

impl Told {
    /// Reads the log from its first row to its last, by the table itself: an index could be put back as any page can.
    ///
    /// # Errors
    /// [`Error::DatabaseDamaged`] where a row is missing in between, or the database's.
    pub(crate) fn read(conn: &Connection) -> Result<Self> {
        let mut told = Self::default();
        let mut statement =
            conn.prepare("SELECT seq, client, kept, office FROM audit NOT INDEXED ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let mut before = 0;
        while let Some(row) = rows.next()? {
            before += 1;
            if row.get::<_, i64>(0)? != before {
                return Err(Error::DatabaseDamaged);
            }
            told.office = row.get(3)?;
            if let (Some(client), Some(_)) = (row.get(1)?, told.office) {
                told.note(ClientId(client), row.get(2)?);
            }
        }
        Ok(told)
    }

    /// Notes what a row told of a client; `None` for one that is gone.
    pub(crate) fn note(&mut self, client: ClientId, kept: Option<[u8; 32]>) {
        self.clients.insert(client, kept);
    }

    /// Notes what a row told of the office.
    pub(crate) fn note_office(&mut self, office: [u8; 32]) {
        self.office = Some(office);
    }

    /// Whether what is kept of a client is what the log told of it. A client that only older versions told of is believed.
    ///
    /// # Errors
    /// [`Error::PutBack`], or the database's.
    pub(crate) fn holds(&self, conn: &Connection, client: &ClientId, seq: i64) -> Result<()> {
        match self.clients.get(client) {
            Some(Some(kept)) if *kept == hash::of_client(conn, seq)? => Ok(()),
            // One that is gone may come anew, from another laptop: what brings it makes its row first, and is told of then.
            Some(Some(_)) => Err(Error::PutBack(client.clone())),
            Some(None) | None => Ok(()),
        }
    }

    /// Whether the office is as the log told, and every client is there that it told of and none that it told the end of.
    ///
    /// # Errors
    /// [`Error::OlderParts`], or the database's.
    pub(crate) fn opens(&self, conn: &Connection) -> Result<()> {
        let Some(office) = self.office else {
            return Ok(());
        };
        if self.misplaced(conn)?.is_empty() && office == hash::of_office(conn)? {
            Ok(())
        } else {
            Err(Error::OlderParts)
        }
    }

    /// Clients that are here though the log told of their end, and those that it told of and that are not here.
    fn misplaced(&self, conn: &Connection) -> Result<Vec<ClientId>> {
        let mut statement = conn.prepare("SELECT id FROM client NOT INDEXED")?;
        let here = statement.query_map([], |row| row.get(0).map(ClientId))?;
        let here: BTreeSet<ClientId> = here.collect::<rusqlite::Result<_>>()?;
        let misplaced = |(id, kept): &(&ClientId, &Option<_>)| kept.is_some() != here.contains(id);
        let found = self.clients.iter().filter(misplaced);
        Ok(found.map(|(id, _)| id.clone()).collect())
    }
}

impl Vault {
    /// Tells anew which clients there are, for whoever came in with the code over older parts: without it no passphrase would open the vault
    /// again.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn clients_as_they_stand(&mut self, at: Timestamp) -> Result<()> {
        let misplaced = self.read().look(|conn| self.told.misplaced(conn))?;
        if misplaced.is_empty() {
            return Ok(());
        }
        self.transact(Operation::AsItStands, at, |tx| {
            misplaced.iter().for_each(|client| tx.tell_of(client));
            Ok(())
        })
    }

    /// Takes a client as it stands, though that is not what the log last told; the log says who did. Says whether there was anything to take.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::NoSuchClient`], or the database's.
    pub fn as_it_stands(&mut self, client: &ClientId, at: Timestamp) -> Result<bool> {
        self.needs(Act::Resolve)?;
        let seq = self.read().look(|conn| client::seq(conn, client))?;
        match self.read().look(|conn| self.told.holds(conn, client, seq)) {
            Ok(()) => Ok(false),
            Err(Error::PutBack(_)) => {
                self.transact(Operation::AsItStands, at, |tx| tx.about(client))?;
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }
}

impl View<'_> {
    /// Clients that are not as the log last told, and whether the office is.
    pub(crate) fn put_back(&self, told: &Told) -> Result<(Vec<ClientId>, bool)> {
        self.look(|conn| {
            let mut others = Vec::new();
            for id in told.clients.keys() {
                // One that is missing altogether is told of elsewhere.
                if let Ok(seq) = client::seq(conn, id) {
                    match told.holds(conn, id, seq) {
                        Err(Error::PutBack(id)) => others.push(id),
                        held => held?,
                    }
                }
            }
            match told.opens(conn) {
                Err(Error::OlderParts) => Ok((others, false)),
                opens => opens.map(|()| (others, true)),
            }
        })
    }
}
