//! Hand-over: clients in one file for one other vault, carried on a stick.
//!
//! The file is age, encrypted to the other vault's X25519 key. Inside:
//!
//! | bytes | what |
//! |---|---|
//! | `relief-desk/hand-over/2\n` | format and version; 1 is read too |
//! | 8, then as many | length (little endian) and the manifest (JSON): sender, sequence, for whom, the log's head, SHA-256 of each client |
//! | 64 | Ed25519 signature over the manifest, by the sending vault |
//! | 8, then as many, for each client | length and the client (JSON): fields with versions, and its sheets' bytes |
//!
//! Nothing of it is believed before the sender is known, the signature holds and every hash fits. Taking the same file in twice changes
//! nothing. Two files of one sender with one number and different contents are refused: that sender's folder was copied.

mod parcel;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub(crate) use self::parcel::Parcel;
#[cfg(test)]
pub(crate) use self::parcel::decrypted;
use self::parcel::{Carried, Listed, MAGIC, Manifest, PURPOSE, WRITING, read_age, write_age};
use crate::audit::Operation;
use crate::client::{self, ClientId};
use crate::document::{self, Standing};
use crate::door::Tx;
use crate::laptop::{self, Card, KnownVault, Laptop};
use crate::merge::State;
use crate::people::Person;
use crate::receipt::Receipt;
use crate::rights::Act;
use crate::time::stamp;
use crate::vault::Vault;
use crate::{Error, Result, folder, hex};

/// What a hand-over came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandedOver {
    /// The sender's number for it.
    pub sequence: i64,
    /// Clients in it.
    pub clients: usize,
    /// SHA-256 of the manifest: what a receipt signs.
    #[serde(serialize_with = "hex::serialize")]
    pub manifest: [u8; 32],
}

/// What taking one in came to.
#[derive(Debug)]
pub struct TakenIn {
    /// Whose it was.
    pub from: KnownVault,
    /// Each client's outcome; empty when the file had been taken in before.
    pub clients: Vec<(ClientId, Outcome)>,
    /// Whether this file had been taken in before: then nothing was changed.
    pub replay: bool,
    /// To carry back to the sender.
    pub receipt: Receipt,
}

/// What became of one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// New here. `like` are clients here of the same name: a person should look whether they are the same.
    Added {
        /// Clients of the same name.
        like: Vec<ClientId>,
    },
    /// Known here, and brought together; so many fields are disputed now.
    Merged {
        /// Fields that two laptops changed.
        conflicts: usize,
    },
    /// Destroyed here before: not taken in.
    Destroyed,
}

impl Vault {
    /// Writes clients to a new file for another vault.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::UnknownVault`], [`Error::NoSuchClient`], [`Error::Exists`], or the disk's. The number is used
    /// up all the same.
    pub fn hand_over(
        &mut self,
        to: &str,
        clients: &[ClientId],
        moving: bool,
        file: &Path,
        at: Timestamp,
    ) -> Result<HandedOver> {
        self.needs(Act::HandOver)?;
        let to = self.read().known_vault(to)?;
        folder::is_free(file, WRITING)?;
        let (name, people) = (self.clinic_name().to_owned(), self.people());
        let (handed, bytes) = self.transact(Operation::HandOver, at, |tx| {
            tx.subject(to.id.clone());
            tx.pack(&to, clients, moving, &name, people)
        })?;
        write_age(file, &to, &bytes)?;
        Ok(handed)
    }

    /// Takes a file in.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::Unread`], [`Error::NotAHandOver`], [`Error::HandOverNewer`], [`Error::HandOverDamaged`],
    /// [`Error::HandOverForAnother`], [`Error::UnknownVault`], [`Error::VaultCopied`], or the disk's. After an error nothing was changed, but
    /// after [`Error::VaultCopied`] the sender is let go of, until its words are confirmed again.
    pub fn take_in(&mut self, file: &Path, at: Timestamp) -> Result<TakenIn> {
        self.needs(Act::HandOver)?;
        let name = self.clinic_name().to_owned();
        let identities = self.read().look(laptop::identities)?;
        let plain = read_age(file, &identities)?;
        let mine: Vec<_> = identities
            .iter()
            .map(|i| i.to_public().to_string())
            .collect();
        let parcel = Parcel::open(&plain)?;
        if !mine.contains(&parcel.manifest.to) {
            return Err(Error::HandOverForAnother);
        }
        let from = self.read().known_vault(&parcel.manifest.from.id())?;
        if !parcel.is_signed_by(&from) {
            return Err(Error::HandOverDamaged);
        }
        let sender = from.id.clone();
        let taken = self.take_parcel(from, &parcel, &name, at);
        if matches!(taken, Err(Error::VaultCopied)) {
            // The next file of either copy may look like the next of the other: a person has to say which of them goes on.
            self.let_go(&sender, at)?;
        }
        taken
    }

    fn take_parcel(
        &mut self,
        from: KnownVault,
        parcel: &Parcel<'_>,
        name: &str,
        at: Timestamp,
    ) -> Result<TakenIn> {
        if let Some(receipt) = self.read().look(|conn| parcel.before(conn, &from))? {
            return Ok(TakenIn {
                from,
                clients: Vec::new(),
                replay: true,
                receipt,
            });
        }
        let carried = parcel.clients()?;
        self.transact(Operation::TakeIn, at, |tx| {
            tx.subject(from.id.clone());
            tx.unpack(from, parcel, carried, name)
        })
    }
}

impl Tx<'_> {
    /// Brings a client's state up to what stands in the tables, and gives it.
    pub(crate) fn current_state(&self, id: &ClientId, laptop: &mut Laptop) -> Result<State> {
        let seq = client::seq(self.conn, id)?;
        let before = laptop.counter;
        let (state, _) = self.state_now(seq, laptop)?;
        if laptop.counter != before {
            self.keep_state(seq, &state)?;
        }
        Ok(state)
    }

    /// The same, which the caller keeps; and the tables it was brought up to.
    pub(crate) fn state_now(&self, seq: i64, laptop: &mut Laptop) -> Result<(State, Standing)> {
        let mut state = self.known_state(seq)?;
        let now = document::read(self.conn, seq)?;
        state.note(&now.fields, &now.order, &laptop.id, &mut laptop.counter);
        Ok((state, now))
    }

    pub(crate) fn known_state(&self, seq: i64) -> Result<State> {
        let text: Option<String> = self
            .conn
            .prepare_cached("SELECT state FROM client_state WHERE client = ?1")?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        match text {
            Some(text) => {
                serde_json::from_str(&text).map_err(|_| Error::Stored { what: "version" })
            }
            None => Ok(State::default()),
        }
    }

    pub(crate) fn keep_state(&self, seq: i64, state: &State) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT INTO client_state (client, state) VALUES (?1, ?2) ON CONFLICT (client) DO UPDATE SET state = ?2",
            )?
            .execute(params![seq, text_of(state)])?;
        Ok(())
    }

    /// Makes the file's contents and notes what is in it.
    fn pack(
        &mut self,
        to: &KnownVault,
        clients: &[ClientId],
        moving: bool,
        name: &str,
        people: Vec<Person>,
    ) -> Result<(HandedOver, Zeroizing<Vec<u8>>)> {
        let mut laptop = self.laptop()?;
        let mut listed = Vec::new();
        let mut bodies = Vec::new();
        let mut states = Vec::new();
        for id in clients {
            let seq = self.concerns(id)?;
            let state = self.current_state(id, &mut laptop)?;
            states.push(hash_of(&state));
            let carried = Carried {
                id: id.clone(),
                state,
                sheets: self.sheets_of(seq)?,
            };
            let body = Zeroizing::new(serde_json::to_vec(&carried).unwrap_or_default());
            listed.push(Listed {
                id: id.clone(),
                sha256: Sha256::digest(&*body).into(),
            });
            bodies.push(body);
        }
        self.set_counter(&laptop)?;
        let sequence: i64 = self
            .conn
            .prepare_cached("SELECT ifnull(max(sequence), 0) + 1 FROM handover_out")?
            .query_row([], |row| row.get(0))?;
        let head = self.read().audit_head()?;
        let manifest = Manifest {
            from: Card::of(&laptop, name),
            to: to.recipient.clone(),
            sequence,
            made: self.at,
            moving,
            audit_rows: head.rows,
            audit_hash: head.hash,
            people: people
                .into_iter()
                .map(|person| (person.id, person.name))
                .collect(),
            clients: listed,
        };
        let manifest = serde_json::to_vec(&manifest).unwrap_or_default();
        let hash: [u8; 32] = Sha256::digest(&manifest).into();
        self.note_sent(to, sequence, hash, moving, clients, &states)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(
            manifest.len() + bodies.iter().map(|body| body.len() + 8).sum::<usize>() + 256,
        ));
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&(manifest.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&manifest);
        bytes.extend_from_slice(&laptop.signer.sign(PURPOSE, &manifest));
        for body in &bodies {
            bytes.extend_from_slice(&(body.len() as u64).to_le_bytes());
            bytes.extend_from_slice(body);
        }
        let handed = HandedOver {
            sequence,
            clients: clients.len(),
            manifest: hash,
        };
        Ok((handed, bytes))
    }

    fn note_sent(
        &self,
        to: &KnownVault,
        sequence: i64,
        manifest: [u8; 32],
        moving: bool,
        clients: &[ClientId],
        states: &[[u8; 32]],
    ) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT INTO handover_out (vault, sequence, manifest, moving, at, person) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![to.id, sequence, manifest, moving, stamp(self.at), self.person.0])?;
        let number = self.conn.last_insert_rowid();
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO handover_client (handover, client, state, taken) VALUES (?1, ?2, ?3, 0)",
        )?;
        for (client, state) in clients.iter().zip(states) {
            insert.execute(params![number, client.as_str(), state])?;
        }
        Ok(())
    }

    fn sheets_of(&self, seq: i64) -> Result<BTreeMap<String, String>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT lower(hex(sha256)), lower(hex(bytes)) FROM sheet WHERE client = ?1",
        )?;
        let rows = statement.query_map([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn unpack(
        &mut self,
        from: KnownVault,
        parcel: &Parcel<'_>,
        carried: Vec<Carried>,
        name: &str,
    ) -> Result<TakenIn> {
        for (person, name) in &parcel.manifest.people {
            self.conn
                .prepare_cached(
                    "INSERT OR REPLACE INTO elsewhere (person, name, vault) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![person.0, name, from.id])?;
        }
        let mut laptop = self.laptop()?;
        let mut outcomes = Vec::new();
        for one in carried {
            let id = one.id.clone();
            outcomes.push((id, self.take_client(one, &mut laptop)?));
        }
        self.set_counter(&laptop)?;
        let taken: Vec<_> = outcomes
            .iter()
            .filter(|(_, outcome)| *outcome != Outcome::Destroyed)
            .map(|(id, _)| id.clone())
            .collect();
        let head = self.read().audit_head()?;
        let receipt = Receipt::signed(&laptop, name, parcel.hash(), taken, head, self.at);
        self.conn
            .prepare_cached(
                "INSERT INTO handover_in (vault, sequence, manifest, at, person, receipt) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                from.id,
                parcel.manifest.sequence,
                parcel.hash(),
                stamp(self.at),
                self.person.0,
                receipt.to_json()
            ])?;
        Ok(TakenIn {
            from,
            clients: outcomes,
            replay: false,
            receipt,
        })
    }

    fn take_client(&mut self, carried: Carried, laptop: &mut Laptop) -> Result<Outcome> {
        let Carried { id, state, sheets } = carried;
        let gone: Option<String> = self
            .conn
            .prepare_cached("SELECT why FROM gone WHERE client = ?1")?
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?;
        if gone.as_deref() == Some("destroyed") {
            return Ok(Outcome::Destroyed);
        }
        let mut bytes = BTreeMap::new();
        for (hash, sheet) in sheets {
            let sheet = hex::decode(&sheet).ok_or(Error::HandOverDamaged)?;
            if hex::encode(&Sha256::digest(&sheet)) != hash {
                return Err(Error::HandOverDamaged);
            }
            bytes.insert(hash, sheet);
        }
        self.came_in(&id)?;
        if client::seq(self.conn, &id).is_ok() {
            let seq = self.concerns(&id)?;
            let (mut mine, now) = self.state_now(seq, laptop)?;
            mine.merge(&state).map_err(|_| Error::VaultCopied)?;
            self.write_document(&id, &now, &mine, &bytes)?;
            self.keep_state(seq, &mine)?;
            let conflicts = mine.conflicts().len();
            return Ok(Outcome::Merged { conflicts });
        }
        self.conn
            .prepare_cached("DELETE FROM gone WHERE client = ?1")?
            .execute([id.as_str()])?;
        let seq = self.add_document(&id, &state, &bytes)?;
        self.keep_state(seq, &state)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT other.id FROM client other JOIN client mine ON mine.sort = other.sort
             WHERE mine.seq = ?1 AND other.seq <> mine.seq ORDER BY other.seq",
        )?;
        let like = statement.query_map([seq], |row| row.get(0).map(ClientId))?;
        Ok(Outcome::Added {
            like: like.collect::<rusqlite::Result<_>>()?,
        })
    }
}

pub(crate) fn text_of(state: &State) -> String {
    // Maps with string keys and JSON values: writing cannot fail.
    serde_json::to_string(state).unwrap_or_default()
}

/// What tells one state from another.
pub(crate) fn hash_of(state: &State) -> [u8; 32] {
    Sha256::digest(text_of(state)).into()
}

#[cfg(test)]
mod samples;
#[cfg(test)]
pub(crate) use samples::{sample, samples_of_texts};
