//! `vault.keys`: who can open the vault, in clear text, versioned, one slot for each person and one for the recovery code.
//!
//! A slot takes its holder's secret (passphrase or code) through Argon2id to a key; under that key lies the slot's X25519 secret;
//! to its public half the data key is sealed. So a data key can be changed, or a person added, without asking everybody for a
//! passphrase. Seals bind the vault's id, the slot's id, the parameters and the public key: parts moved between slots do not open.
//!
//! The file is JSON in exactly one spelling. Two values guard it: a checksum tells *damage* from a wrong passphrase before anything
//! is tried; a MAC (HMAC-SHA256 under a key derived from the data key) proves, once the data key is known, that nobody changed a
//! name, a role or a slot. Any byte changed is refused by one of the three.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::cost::Cost;
use crate::people::{Person, PersonId, Role};
use crate::secret::Key;
use crate::{Error, Result, hex, seal};

/// More than any real file: what is larger is not ours and is not read.
pub(crate) const LARGEST: u64 = 1 << 20;

const FORMAT: &str = "relief-desk/vault-keys/";
const VERSION: u32 = 1;

/// The whole file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    format: String,
    #[serde(with = "hex")]
    pub(crate) vault: [u8; 16],
    pub(crate) clinic: String,
    created: Timestamp,
    slots: Vec<Slot>,
    #[serde(with = "hex")]
    mac: [u8; 32],
    #[serde(with = "hex")]
    checksum: [u8; 32],
}

/// One way to the data key.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Slot {
    id: PersonId,
    holder: Holder,
    argon2id: Cost,
    #[serde(with = "hex")]
    salt: [u8; 16],
    #[serde(with = "hex")]
    public: [u8; 32],
    #[serde(with = "hex")]
    secret: Vec<u8>,
    #[serde(with = "hex")]
    data_key: Vec<u8>,
}

/// Who opens a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Holder {
    /// A person, with a passphrase.
    Person {
        /// The name.
        name: String,
        /// What the person may do.
        roles: Vec<Role>,
    },
    /// The code on paper.
    RecoveryCode,
}

impl KeyFile {
    /// A file without slots.
    pub(crate) fn new(clinic: &str, created: Timestamp) -> Result<Self> {
        let mut vault = [0; 16];
        getrandom::fill(&mut vault)?;
        Ok(Self {
            format: format!("{FORMAT}{VERSION}"),
            vault,
            clinic: clinic.to_owned(),
            created,
            slots: Vec::new(),
            mac: [0; 32],
            checksum: [0; 32],
        })
    }

    /// Reads a file, as far as that goes without a secret.
    ///
    /// # Errors
    /// [`Error::KeysNewer`], [`Error::KeysDamaged`].
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Peek {
            format: String,
        }
        let peek: Peek = serde_json::from_slice(bytes).map_err(|_| Error::KeysDamaged)?;
        let version = peek
            .format
            .strip_prefix(FORMAT)
            .and_then(|v| v.parse::<u32>().ok())
            .ok_or(Error::KeysDamaged)?;
        if version > VERSION {
            return Err(Error::KeysNewer);
        }
        let file: Self = serde_json::from_slice(bytes).map_err(|_| Error::KeysDamaged)?;
        if file.text() != bytes || file.checksum != file.checksum_now() {
            return Err(Error::KeysDamaged);
        }
        Ok(file)
    }

    /// The file's bytes, with MAC and checksum made anew.
    pub(crate) fn sealed(&mut self, data_key: &Key) -> Vec<u8> {
        self.mac = self.mac_under(data_key).finalize().into_bytes().into();
        self.checksum = self.checksum_now();
        self.text()
    }

    /// Everybody who has a slot.
    pub(crate) fn people(&self) -> Vec<Person> {
        self.slots
            .iter()
            .filter_map(|slot| match &slot.holder {
                Holder::Person { name, roles } => Some(Person {
                    id: slot.id.clone(),
                    name: name.clone(),
                    roles: roles.clone(),
                }),
                Holder::RecoveryCode => None,
            })
            .collect()
    }

    /// Adds a slot that `secret` opens.
    pub(crate) fn add(
        &mut self,
        holder: Holder,
        secret: &[u8],
        cost: Cost,
        data_key: &Key,
    ) -> Result<PersonId> {
        let mut id = [0; 8];
        getrandom::fill(&mut id)?;
        let id = PersonId(hex::encode(&id));
        let slot = self.slot(id.clone(), holder, secret, cost, data_key)?;
        self.slots.push(slot);
        Ok(id)
    }

    /// Gives an existing person's slot a new passphrase (and new keys).
    pub(crate) fn renew(
        &mut self,
        person: &PersonId,
        secret: &[u8],
        cost: Cost,
        data_key: &Key,
    ) -> Result<()> {
        let at = self
            .slots
            .iter()
            .position(|slot| slot.id == *person && slot.holder != Holder::RecoveryCode)
            .ok_or(Error::UnknownPerson)?;
        let holder = self.slots[at].holder.clone();
        self.slots[at] = self.slot(person.clone(), holder, secret, cost, data_key)?;
        Ok(())
    }

    /// The data key, if `secret` opens this person's slot, and the file's MAC holds under it.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`], [`Error::WrongPassphrase`], [`Error::KeysTampered`], [`Error::OutOfMemory`].
    pub(crate) fn unlock(&self, person: &PersonId, secret: &[u8]) -> Result<Key> {
        let slot = self
            .slots
            .iter()
            .find(|slot| slot.id == *person && slot.holder != Holder::RecoveryCode)
            .ok_or(Error::UnknownPerson)?;
        self.open(slot, secret)?.ok_or(Error::WrongPassphrase)
    }

    /// The data key, if this recovery code opens its slot.
    ///
    /// # Errors
    /// [`Error::WrongCode`], [`Error::KeysTampered`], [`Error::OutOfMemory`].
    pub(crate) fn recover(&self, code: &[u8]) -> Result<Key> {
        for slot in &self.slots {
            if slot.holder == Holder::RecoveryCode
                && let Some(key) = self.open(slot, code)?
            {
                return Ok(key);
            }
        }
        Err(Error::WrongCode)
    }

    fn slot(
        &self,
        id: PersonId,
        holder: Holder,
        secret: &[u8],
        cost: Cost,
        data_key: &Key,
    ) -> Result<Slot> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)?;
        let own = Key::random()?;
        let public = seal::public_of(&own);
        let bound = self.bound(&id, cost, &salt, &public);
        let under = cost.derive(secret, &salt)?;
        Ok(Slot {
            secret: seal::seal(&under, &own, &bound)?,
            data_key: seal::seal_to(&public, data_key, &bound)?,
            id,
            holder,
            argon2id: cost,
            salt,
            public,
        })
    }

    fn open(&self, slot: &Slot, secret: &[u8]) -> Result<Option<Key>> {
        let bound = self.bound(&slot.id, slot.argon2id, &slot.salt, &slot.public);
        let under = slot.argon2id.derive(secret, &slot.salt)?;
        let Some(own) = seal::open(&under, &slot.secret, &bound) else {
            return Ok(None);
        };
        // The passphrase is right; whatever fails from here on is the file's fault.
        let data_key = seal::open_as(&own, &slot.data_key, &bound).ok_or(Error::KeysTampered)?;
        self.mac_under(&data_key)
            .verify_slice(&self.mac)
            .map_err(|_| Error::KeysTampered)?;
        Ok(Some(data_key))
    }

    /// What a slot's seals bind: format, vault, slot, parameters, public key. Only the slot's id has no fixed length.
    fn bound(&self, id: &PersonId, cost: Cost, salt: &[u8; 16], public: &[u8; 32]) -> Vec<u8> {
        [
            b"relief-desk/vault/1 slot".as_slice(),
            &self.vault,
            &(id.0.len() as u64).to_le_bytes(),
            id.0.as_bytes(),
            &cost.bytes(),
            salt,
            public,
        ]
        .concat()
    }

    /// The one spelling of the file.
    fn text(&self) -> Vec<u8> {
        // Plain strings, numbers and lists: writing cannot fail.
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        text
    }

    fn checksum_now(&self) -> [u8; 32] {
        let blank = Self {
            checksum: [0; 32],
            ..self.clone()
        };
        Sha256::digest(blank.text()).into()
    }

    fn mac_under(&self, data_key: &Key) -> Hmac<Sha256> {
        let blank = Self {
            mac: [0; 32],
            checksum: [0; 32],
            ..self.clone()
        };
        mac(data_key, &self.vault, b"relief-desk/vault/1 key file").chain_update(blank.text())
    }
}

/// An HMAC-SHA256 under a key of its own for each purpose, derived from the data key by HKDF-SHA256 with the vault's id as salt.
pub(crate) fn mac(data_key: &Key, vault: &[u8; 16], purpose: &[u8]) -> Hmac<Sha256> {
    // HMAC-SHA256 takes a key as long as SHA-256's block, so that is what is derived: far within HKDF's bounds, it cannot fail.
    let mut key = Zeroizing::new([0; 64]);
    let _ = Hkdf::<Sha256>::new(Some(vault), data_key.bytes()).expand(purpose, key.as_mut_slice());
    <Hmac<Sha256> as KeyInit>::new((&*key).into())
}

#[cfg(test)]
mod tests;
