//! What the log last told of each client and of the office: one hash over everything that is kept of it.
//!
//! Each page of the database proves that it was written under the key, not that it is the newest of its place. Whoever copied the folder once
//! and can write to it later can put single pages of that day back, each of them whole: a decision, an answer, a conviction of then, a person
//! who was removed since. The log cannot be taken along unless all that was done since is, so each of its rows says what was kept afterwards:
//! of its client, and of the office. Opening begins with a look at whether the office is as told, each operation with one at its client.
//!
//! Not covered: what is typed and not yet taken over (`draft`), the way back (`undo`), and the index of words, which holds no fact: `index`.

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
    clients: BTreeMap<ClientId, Last>,
    office: Option<[u8; 32]>,
    /// Of the `vault.keys` that belongs to the database.
    keys: Option<[u8; 32]>,
}

/// What the last row about a client told of it.
enum Last {
    /// The hash of what is kept.
    Kept([u8; 32]),
    /// It is gone.
    Gone,
    /// Nothing: an older version wrote it.
    Nothing,
}

impl Told {
    /// Reads the log from its first row to its last, by the table itself: an index could be put back as any page can.
    ///
    /// # Errors
    /// [`Error::DatabaseDamaged`] where a row is missing in between, or the database's.
    pub(crate) fn read(conn: &Connection) -> Result<Self> {
        let mut told = Self::default();
        let mut statement = conn.prepare(
            "SELECT seq, client, kept, office, keys FROM audit NOT INDEXED ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        let mut before = 0;
        while let Some(row) = rows.next()? {
            before += 1;
            if row.get::<_, i64>(0)? != before {
                return Err(Error::DatabaseDamaged);
            }
            told.office = row.get(3)?;
            told.keys = row.get(4)?;
            let Some(client) = row.get::<_, Option<_>>(1)?.map(ClientId) else {
                continue;
            };
            if told.office.is_some() {
                told.note(client, row.get(2)?);
            } else {
                told.clients.insert(client, Last::Nothing);
            }
        }
        Ok(told)
    }

    /// Notes what a row told of a client; `None` for one that is gone.
    pub(crate) fn note(&mut self, client: ClientId, kept: Option<[u8; 32]>) {
        self.clients
            .insert(client, kept.map_or(Last::Gone, Last::Kept));
    }

    /// Notes what a row told of the office and its keys.
    pub(crate) fn note_office(&mut self, office: [u8; 32], keys: Option<[u8; 32]>) {
        self.office = Some(office);
        self.keys = keys;
    }

    /// Whether the keys that the database names are those that the log told of. Older versions told of none.
    pub(crate) fn are_keys(&self, named: Option<&[u8]>) -> bool {
        self.keys
            .is_none_or(|told| named.is_some_and(|file| told == hash::of_keys(file)))
    }

    /// Whether what is kept of a client is what the log told of it. A client that only older versions told of is believed.
    ///
    /// # Errors
    /// [`Error::PutBack`], or the database's.
    pub(crate) fn holds(&self, conn: &Connection, client: &ClientId, seq: i64) -> Result<()> {
        match self.clients.get(client) {
            Some(Last::Kept(kept)) if *kept == hash::of_client(conn, seq)? => Ok(()),
            Some(Last::Kept(_)) => Err(Error::PutBack(client.clone())),
            // One that is gone may come anew, from another laptop: what brings it makes its row first, and is told of then.
            Some(Last::Gone | Last::Nothing) | None => Ok(()),
        }
    }

    /// Whether the office is as the log told, and every client is there that it told of and none that it told the end of or nothing at all.
    ///
    /// # Errors
    /// [`Error::OlderParts`], [`Error::DatabaseDamaged`] where lists of one day stand over clients of another, or the database's.
    pub(crate) fn opens(&self, conn: &Connection) -> Result<()> {
        let Some(office) = self.office else {
            return Ok(());
        };
        one_list(conn)?;
        if self.misplaced(conn)?.is_empty() && office == hash::of_office(conn)? {
            Ok(())
        } else {
            Err(Error::OlderParts)
        }
    }

    /// Clients that are here though the log told of their end or does not name them, and those that it told of and that are not here.
    fn misplaced(&self, conn: &Connection) -> Result<Vec<ClientId>> {
        let mut statement = conn.prepare("SELECT id FROM client NOT INDEXED")?;
        let here = statement.query_map([], |row| row.get(0).map(ClientId))?;
        let here: BTreeSet<ClientId> = here.collect::<rusqlite::Result<_>>()?;
        let misplaced = |(id, last): &(&ClientId, &Last)| match last {
            Last::Kept(_) => !here.contains(id),
            Last::Gone => here.contains(id),
            Last::Nothing => false,
        };
        let told = self.clients.iter().filter(misplaced).map(|(id, _)| id);
        let unnamed = here.iter().filter(|id| !self.clients.contains_key(id));
        Ok(told.chain(unnamed).cloned().collect())
    }
}

/// Whether every list of the clients has the clients that are here: an index of an older copy would hide one from a screen.
fn one_list(conn: &Connection) -> Result<()> {
    let all = |from: &str, column: &str| -> Result<(i64, f64)> {
        let sql = format!("SELECT count(*), total({column}) FROM {from}");
        Ok(conn.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
    };
    let here = all("client NOT INDEXED", "seq")?;
    let lists = [
        ("client INDEXED BY client_by_sort", "seq"),
        ("client INDEXED BY client_by_change", "seq"),
        ("client INDEXED BY sqlite_autoindex_client_1", "seq"),
        ("client_record", "client"),
    ];
    for (list, column) in lists {
        if all(list, column)? != here {
            return Err(Error::DatabaseDamaged);
        }
    }
    Ok(())
}

impl Vault {
    /// Takes the office as it stands, and tells anew which clients there are, for whoever came in with the code over older parts: without it
    /// no passphrase would open the vault again. The log says so in a row of its own.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn office_as_it_stands(&mut self, at: Timestamp) -> Result<()> {
        let misplaced = self.read().look(|conn| self.told.misplaced(conn))?;
        self.stood = true;
        self.transact(Operation::AsItStands, at, |tx| {
            misplaced.iter().for_each(|client| tx.tell_of(client));
            Ok(())
        })
    }

    /// Whether it was opened as it stands, with the code: parts of an older copy were in it, and which ones nobody can tell.
    #[must_use]
    pub fn opened_as_it_stands(&self) -> bool {
        self.stood
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
