//! This vault among others: its own keys, the card that shows them, and the vaults whose cards somebody confirmed.
//!
//! A card is public: the clinic's name, an age recipient (X25519) to which hand-overs are encrypted, an Ed25519 key that signs them. Who
//! carries it can change it on the way. So two people read **six words** to each other, 66 bits of a hash of both keys and the name, and a card is
//! accepted only with the words typed from the *other* screen. To make a second card with the same words takes about 2^65 keys.

use std::io::Write;
use std::path::Path;
use std::str::FromStr;

use age::secrecy::ExposeSecret;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::audit::Operation;
use crate::door::{Tx, View};
use crate::foreign::Foreign;
use crate::name::unseen;
use crate::rights::Act;
use crate::secret::Key;
use crate::signing::Signer;
use crate::time::stamp;
use crate::vault::Vault;
use crate::{Error, Result, folder, hex, words};

const FORMAT: &str = "relief-desk/vault-card/1";
const WORDS: usize = 6;

/// A vault's public keys, to carry to another vault. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    format: String,
    /// The clinic's name, as the vault itself gives it.
    pub name: String,
    /// The age recipient to which hand-overs are encrypted.
    pub recipient: String,
    #[serde(with = "hex")]
    pub(crate) signing: [u8; 32],
}

/// A vault that somebody confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownVault {
    /// Its id: a hash of its keys.
    pub id: String,
    /// The name on its card.
    pub name: String,
    /// Its age recipient.
    pub recipient: String,
    #[serde(skip)]
    pub(crate) signing: [u8; 32],
}

/// This laptop's secret keys and its place in versions.
pub(crate) struct Laptop {
    pub(crate) id: String,
    pub(crate) counter: u64,
    pub(crate) signer: Signer,
    pub(crate) age: age::x25519::Identity,
}

impl Card {
    pub(crate) fn of(laptop: &Laptop, name: &str) -> Self {
        Self {
            format: FORMAT.to_owned(),
            name: name.chars().filter(|c| !unseen(*c)).collect(),
            recipient: laptop.age.to_public().to_string(),
            signing: laptop.signer.public(),
        }
    }

    /// Reads a card.
    ///
    /// # Errors
    /// [`Error::NotACard`].
    pub fn from_json(text: &str) -> Result<Self> {
        Some(text)
            .filter(|text| text.len() as u64 <= Foreign::Card.largest())
            .and_then(|text| serde_json::from_str::<Self>(text).ok())
            .filter(|card| card.format == FORMAT && card.recipient().is_some())
            .filter(|card| !card.name.trim().is_empty() && !card.name.chars().any(unseen))
            .ok_or(Error::NotACard)
    }

    /// Reads a card from its file.
    ///
    /// # Errors
    /// [`Error::Unread`], [`Error::NotACard`].
    pub fn read(file: &Path) -> Result<Self> {
        Self::from_json(&Foreign::Card.text_or(file, Error::NotACard)?)
    }

    /// Writes the card to a new file.
    ///
    /// # Errors
    /// [`Error::Exists`], or the disk's.
    pub fn write(&self, file: &Path) -> Result<()> {
        folder::write_new(file, "writing the card", |out| {
            out.write_all(self.to_json().as_bytes())
        })
    }

    /// The card as a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Plain strings: writing cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The six words to read aloud.
    #[must_use]
    pub fn words(&self) -> String {
        words::of(&self.read_aloud(), WORDS).join(" ")
    }

    /// The vault's id: the hash of its keys. A clinic that takes another name is the same vault.
    #[must_use]
    pub fn id(&self) -> String {
        hex::encode(&self.hash())
    }

    /// What the words are the beginning of: the keys, and the name that the other side will know them by.
    fn read_aloud(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(b"relief-desk/vault-card/2 words")
            .chain_update(self.hash())
            .chain_update(&self.name)
            .finalize()
            .into()
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(b"relief-desk/vault-card/1 words")
            .chain_update((self.recipient.len() as u64).to_le_bytes())
            .chain_update(&self.recipient)
            .chain_update(self.signing)
            .finalize()
            .into()
    }

    fn recipient(&self) -> Option<age::x25519::Recipient> {
        age::x25519::Recipient::from_str(&self.recipient).ok()
    }
}

impl KnownVault {
    pub(crate) fn age(&self) -> Result<age::x25519::Recipient> {
        self.recipient
            .parse()
            .map_err(|_| Error::Stored { what: "key" })
    }
}

impl Vault {
    /// This vault's card. Makes the keys at the first asking.
    ///
    /// # Errors
    /// The database's.
    pub fn card(&mut self, at: Timestamp) -> Result<Card> {
        let name = self.clinic_name().to_owned();
        if let Some(laptop) = self.read().look(newest)? {
            return Ok(Card::of(&laptop, &name));
        }
        let laptop = self.transact(Operation::Trust, at, |tx| tx.laptop())?;
        Ok(Card::of(&laptop, &name))
    }

    /// Accepts another vault's card, with the six words as somebody read them from the *other* screen.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::WordsDiffer`], [`Error::OwnCard`], or the database's.
    pub fn trust(&mut self, card: &Card, typed: &str, at: Timestamp) -> Result<KnownVault> {
        self.needs(Act::Trust)?;
        if card.id() == self.card(at)?.id() {
            return Err(Error::OwnCard);
        }
        let same = words::bytes(typed).is_some_and(|typed| {
            typed.len() == WORDS * 11 / 8 && card.read_aloud().starts_with(&typed)
        });
        let count = typed
            .split(|c: char| !c.is_alphabetic())
            .filter(|w| !w.is_empty())
            .count();
        // The last two bits are in no whole byte, so the words themselves are compared too.
        let last = words::of(&card.read_aloud(), WORDS)
            .pop()
            .unwrap_or_default();
        let ends = typed
            .split(|c: char| !c.is_alphabetic())
            .rfind(|w| !w.is_empty())
            .is_some_and(|word| {
                last.starts_with(&word.to_lowercase().chars().take(4).collect::<String>())
            });
        if !same || count != WORDS || !ends {
            return Err(Error::WordsDiffer);
        }
        let id = card.id();
        self.transact(Operation::Trust, at, |tx| {
            tx.subject(id.clone());
            tx.conn
                .prepare_cached(
                    "INSERT INTO known_vault (id, name, recipient, signing, confirmed, person) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (id) DO UPDATE SET name = ?2, confirmed = ?5, person = ?6",
                )?
                .execute(params![id, card.name, card.recipient, card.signing, stamp(at), tx.person.0])?;
            Ok(())
        })?;
        self.read().known_vault(&id)
    }

    /// Lets go of another vault: nothing is sent to it or taken from it any more.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::UnknownVault`], or the database's.
    pub fn distrust(&mut self, id: &str, at: Timestamp) -> Result<()> {
        self.needs(Act::Trust)?;
        self.let_go(id, at)
    }

    /// The same, whoever is in: what a vault does of itself.
    pub(crate) fn let_go(&mut self, id: &str, at: Timestamp) -> Result<()> {
        self.transact(Operation::Trust, at, |tx| {
            tx.subject(id);
            let gone = tx
                .conn
                .prepare_cached("DELETE FROM known_vault WHERE id = ?1")?
                .execute([id])?;
            if gone == 0 {
                Err(Error::UnknownVault)
            } else {
                Ok(())
            }
        })
    }
}

impl View<'_> {
    /// The vaults that somebody confirmed, by name.
    ///
    /// # Errors
    /// The database's.
    pub fn known_vaults(&self) -> Result<Vec<KnownVault>> {
        self.look(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT id, name, recipient, signing FROM known_vault ORDER BY name, id",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(KnownVault {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    recipient: row.get(2)?,
                    signing: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One of them, by its id or the only one of its name.
    ///
    /// # Errors
    /// [`Error::UnknownVault`], [`Error::SeveralVaults`], or the database's.
    pub fn known_vault(&self, id_or_name: &str) -> Result<KnownVault> {
        let all = self.known_vaults()?;
        let mut named = all
            .into_iter()
            .filter(|v| v.id == id_or_name || v.name == id_or_name);
        match (named.next(), named.next()) {
            (Some(one), None) => Ok(one),
            (Some(_), Some(_)) => Err(Error::SeveralVaults),
            (None, _) => Err(Error::UnknownVault),
        }
    }

    /// A person's name, also one of another vault.
    ///
    /// # Errors
    /// The database's.
    pub fn name_elsewhere(&self, person: &crate::PersonId) -> Result<Option<String>> {
        self.look(|conn| {
            Ok(conn
                .prepare_cached("SELECT name FROM elsewhere WHERE person = ?1")?
                .query_row([&person.0], |row| row.get(0))
                .optional()?)
        })
    }
}

impl Tx<'_> {
    /// This laptop; makes it at the first asking.
    pub(crate) fn laptop(&self) -> Result<Laptop> {
        if let Some(laptop) = newest(self.conn)? {
            return Ok(laptop);
        }
        let mut id = [0; 8];
        getrandom::fill(&mut id)?;
        let seed = Key::random()?;
        let age = age::x25519::Identity::generate();
        self.conn
            .prepare_cached(
                "INSERT INTO laptop (id, counter, signing, age, retired) VALUES (?1, 0, ?2, ?3, 0)",
            )?
            .execute(params![
                hex::encode(&id),
                seed.bytes(),
                age.to_string().expose_secret()
            ])?;
        newest(self.conn)?.ok_or(Error::Stored { what: "key" })
    }

    /// Keeps the counter, which never goes back.
    pub(crate) fn set_counter(&self, laptop: &Laptop) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE laptop SET counter = ?2 WHERE id = ?1 AND counter <= ?2")?
            .execute(params![laptop.id, laptop.counter as i64])?;
        Ok(())
    }

    /// Makes this another laptop: what it was copied from may go on under the old id.
    pub(crate) fn retire_laptop(&self) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE laptop SET retired = 1")?
            .execute([])?;
        Ok(())
    }
}

/// The laptop in use.
pub(crate) fn newest(conn: &Connection) -> Result<Option<Laptop>> {
    Ok(all(conn)?
        .into_iter()
        .find(|(_, retired)| !retired)
        .map(|(laptop, _)| laptop))
}

/// Every age key this vault ever had: what was sent to an older one still opens.
pub(crate) fn identities(conn: &Connection) -> Result<Vec<age::x25519::Identity>> {
    Ok(all(conn)?
        .into_iter()
        .map(|(laptop, _)| laptop.age)
        .collect())
}

/// Every key that this vault ever signed receipts with: a receipt of an older one still stands.
pub(crate) fn signing_keys(conn: &Connection) -> Result<Vec<[u8; 32]>> {
    Ok(all(conn)?
        .into_iter()
        .map(|(laptop, _)| laptop.signer.public())
        .collect())
}

fn all(conn: &Connection) -> Result<Vec<(Laptop, bool)>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, counter, signing, age, retired FROM laptop ORDER BY seq DESC",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut seed = Key::zero();
        *seed.bytes_mut() = row.get(2)?;
        let age = Zeroizing::new(row.get::<_, String>(3)?);
        let laptop = Laptop {
            id: row.get(0)?,
            counter: row.get::<_, i64>(1)? as u64,
            signer: Signer::from_seed(&seed),
            age: age.parse().map_err(|_| Error::Stored { what: "key" })?,
        };
        found.push((laptop, row.get(4)?));
    }
    Ok(found)
}
