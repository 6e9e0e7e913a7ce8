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
use crate::signing::Signer;
use crate::{Error, Result, hex, seal};

const FORMAT: &str = "relief-desk/vault-keys/";
/// Version 2 knows that a passphrase must be changed. A file of version 1 stays one until something in it changes.
const VERSION: u32 = 2;

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

/// What a slot's secret leads to.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The key of the database.
    pub(crate) data_key: Key,
    /// The key with which the slot's holder signs.
    pub(crate) signer: Signer,
}

/// By which slot somebody came in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Came<'a> {
    /// A person's.
    Person(&'a PersonId),
    /// The recovery code's.
    Code,
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
        /// The passphrase was given by somebody else: the person must choose another before anything else.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        must_change: bool,
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
        self.format = format!("{FORMAT}{VERSION}");
        self.mac = self.mac_under(data_key).finalize().into_bytes().into();
        self.checksum = self.checksum_now();
        self.text()
    }

    /// Everybody who has a slot.
    pub(crate) fn people(&self) -> Vec<Person> {
        self.slots
            .iter()
            .filter_map(|slot| match &slot.holder {
                Holder::Person {
                    name,
                    roles,
                    must_change,
                } => Some(Person {
                    id: slot.id.clone(),
                    name: name.clone(),
                    roles: roles.clone(),
                    must_change: *must_change,
                }),
                Holder::RecoveryCode => None,
            })
            .collect()
    }

    /// What each slot costs a guesser, people first, the recovery code last.
    pub(crate) fn costs(&self) -> Vec<(Option<PersonId>, Cost)> {
        let mut costs: Vec<_> = self
            .slots
            .iter()
            .map(|slot| {
                let person = slot.holder != Holder::RecoveryCode;
                (person.then(|| slot.id.clone()), slot.argon2id)
            })
            .collect();
        costs.sort_by_key(|(person, _)| person.is_none());
        costs
    }

    /// Adds a slot that `secret` opens.
    pub(crate) fn add(
        &mut self,
        holder: Holder,
        secret: &[u8],
        cost: Cost,
        data_key: &Key,
    ) -> Result<(PersonId, Signer)> {
        let mut id = [0; 8];
        getrandom::fill(&mut id)?;
        let id = PersonId(hex::encode(&id));
        let (slot, signer) = self.slot(id.clone(), holder, secret, cost, data_key)?;
        self.slots.push(slot);
        Ok((id, signer))
    }

    /// Gives an existing person's slot a new passphrase (and new keys). `given` by somebody else, it must be changed.
    pub(crate) fn renew(
        &mut self,
        person: &PersonId,
        secret: &[u8],
        cost: Cost,
        data_key: &Key,
        given: bool,
    ) -> Result<Signer> {
        let mut holder = self.slots[self.of_person(person)?].holder.clone();
        if let Holder::Person { must_change, .. } = &mut holder {
            *must_change = given;
        }
        let (slot, signer) = self.slot(person.clone(), holder, secret, cost, data_key)?;
        let at = self.of_person(person)?;
        self.slots[at] = slot;
        Ok(signer)
    }

    /// Puts the recovery code's slot in the place of every one before.
    pub(crate) fn renew_code(&mut self, code: &[u8], cost: Cost, data_key: &Key) -> Result<()> {
        self.slots
            .retain(|slot| slot.holder != Holder::RecoveryCode);
        self.add(Holder::RecoveryCode, code, cost, data_key)?;
        Ok(())
    }

    /// Takes a person's slot away.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`], [`Error::LastAdministrator`].
    pub(crate) fn remove(&mut self, person: &PersonId) -> Result<()> {
        let at = self.of_person(person)?;
        let mut left = self.clone();
        left.slots.remove(at);
        left.has_administrator()?;
        *self = left;
        Ok(())
    }

    /// Says what a person may do.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`], [`Error::LastAdministrator`].
    pub(crate) fn set_roles(&mut self, person: &PersonId, roles: &[Role]) -> Result<()> {
        let at = self.of_person(person)?;
        let mut changed = self.clone();
        if let Holder::Person { roles: now, .. } = &mut changed.slots[at].holder {
            *now = roles.to_vec();
        }
        changed.has_administrator()?;
        *self = changed;
        Ok(())
    }

    /// Says that a person must choose another passphrase before anything else.
    pub(crate) fn force_change(&mut self, person: &PersonId) -> Result<()> {
        let at = self.of_person(person)?;
        if let Holder::Person { must_change, .. } = &mut self.slots[at].holder {
            *must_change = true;
        }
        Ok(())
    }

    /// The same slots leading to another data key. Nobody is asked for a passphrase: it is sealed to their public keys.
    pub(crate) fn rekey(&mut self, data_key: &Key) -> Result<()> {
        let mut slots = self.slots.clone();
        for slot in &mut slots {
            let bound = self.bound(&slot.id, slot.argon2id, &slot.salt, &slot.public);
            slot.data_key = seal::seal_to(&slot.public, data_key, &bound)?;
        }
        self.slots = slots;
        Ok(())
    }

    /// Whether the slot by which somebody came in with `other` is here too: the same secret opens it, and its keys are the same.
    pub(crate) fn has_slot_of(&self, other: &Self, came: Came<'_>) -> bool {
        let is = |slot: &&Slot| match came {
            Came::Person(id) => slot.id == *id && slot.holder != Holder::RecoveryCode,
            Came::Code => slot.holder == Holder::RecoveryCode,
        };
        let [here, there] = [self, other].map(|file| file.slots.iter().find(is));
        here.zip(there).is_some_and(|(here, there)| {
            here.id == there.id
                && here.argon2id == there.argon2id
                && here.salt == there.salt
                && here.public == there.public
                && here.secret == there.secret
        })
    }

    /// Whether the file was sealed under this data key, and nothing in it was changed since.
    pub(crate) fn made_under(&self, data_key: &Key) -> bool {
        self.mac_under(data_key).verify_slice(&self.mac).is_ok()
    }

    fn has_administrator(&self) -> Result<()> {
        let one = self.people().iter().any(|p| p.is(Role::Administrator));
        if one {
            Ok(())
        } else {
            Err(Error::LastAdministrator)
        }
    }

    fn of_person(&self, person: &PersonId) -> Result<usize> {
        self.slots
            .iter()
            .position(|slot| slot.id == *person && slot.holder != Holder::RecoveryCode)
            .ok_or(Error::UnknownPerson)
    }

    /// The keys, if `secret` opens this person's slot, and the file's MAC holds under them.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`], [`Error::WrongPassphrase`], [`Error::KeysTampered`], [`Error::OutOfMemory`].
    pub(crate) fn unlock(&self, person: &PersonId, secret: &[u8]) -> Result<Opened> {
        let slot = &self.slots[self.of_person(person)?];
        self.open(slot, secret)?.ok_or(Error::WrongPassphrase)
    }

    /// The keys, if this recovery code opens its slot.
    ///
    /// # Errors
    /// [`Error::WrongCode`], [`Error::KeysTampered`], [`Error::OutOfMemory`].
    pub(crate) fn recover(&self, code: &[u8]) -> Result<Opened> {
        for slot in &self.slots {
            if slot.holder == Holder::RecoveryCode
                && let Some(opened) = self.open(slot, code)?
            {
                return Ok(opened);
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
    ) -> Result<(Slot, Signer)> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)?;
        let own = Key::random()?;
        let public = seal::public_of(&own);
        let bound = self.bound(&id, cost, &salt, &public);
        let under = cost.derive(secret, &salt)?;
        let slot = Slot {
            secret: seal::seal(&under, &own, &bound)?,
            data_key: seal::seal_to(&public, data_key, &bound)?,
            id,
            holder,
            argon2id: cost,
            salt,
            public,
        };
        Ok((slot, Signer::of(&own, &self.vault)))
    }

    fn open(&self, slot: &Slot, secret: &[u8]) -> Result<Option<Opened>> {
        let bound = self.bound(&slot.id, slot.argon2id, &slot.salt, &slot.public);
        let under = slot.argon2id.derive(secret, &slot.salt)?;
        let Some(own) = seal::open(&under, &slot.secret, &bound) else {
            return Ok(None);
        };
        // The passphrase is right; whatever fails from here on is the file's fault.
        let data_key = seal::open_as(&own, &slot.data_key, &bound).ok_or(Error::KeysTampered)?;
        if !self.made_under(&data_key) {
            return Err(Error::KeysTampered);
        }
        Ok(Some(Opened {
            signer: Signer::of(&own, &self.vault),
            data_key,
        }))
    }

    /// Every key on the way to the data key, for tests that look for them.
    #[cfg(feature = "weak-cost")]
    pub(crate) fn every_key(&self, person: &PersonId, secret: &[u8]) -> Result<[[u8; 32]; 4]> {
        let slot = &self.slots[self.of_person(person)?];
        let bound = self.bound(&slot.id, slot.argon2id, &slot.salt, &slot.public);
        let under = slot.argon2id.derive(secret, &slot.salt)?;
        let own = seal::open(&under, &slot.secret, &bound).ok_or(Error::WrongPassphrase)?;
        let data_key = seal::open_as(&own, &slot.data_key, &bound).ok_or(Error::KeysTampered)?;
        let seed = Signer::seed(&own, &self.vault);
        Ok([under, own, seed, data_key].map(|key| *key.bytes()))
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
    pub(crate) fn text(&self) -> Vec<u8> {
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
