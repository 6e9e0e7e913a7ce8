//! Who has a key: adding and removing people, their roles, their passphrases, the recovery code. Each step is in the database first,
//! its row and the keys that belong to it from now on in one transaction, then in `vault.keys`, which is replaced by one rename.

use jiff::Timestamp;

use crate::audit::Operation;
use crate::cost::Cost;
use crate::keys::{Holder, KeyFile};
use crate::people::{PersonId, Role};
use crate::recovery::RecoveryCode;
use crate::rights::Act;
use crate::secret::Passphrase;
use crate::vault::{Vault, person};
use crate::{Error, Result, name};

/// Somebody new.
#[derive(Debug)]
pub struct NewPerson<'a> {
    /// The name; nobody else here has it, however it is written. Stands in clear in `vault.keys`.
    pub name: &'a str,
    /// What the person may do.
    pub roles: &'a [Role],
    /// A first passphrase, which the person must change.
    pub passphrase: &'a Passphrase,
    /// What one try at it costs: [`Cost::tuned`]. Never less than at the passphrase of whoever gives it: a busy moment of the machine must
    /// not make it cheap.
    pub cost: Cost,
}

impl Vault {
    /// What one try at this person's passphrase costs; `None` for the holder of the recovery code.
    #[must_use]
    pub fn own_cost(&self) -> Option<Cost> {
        let mut costs = self.keys.costs().into_iter();
        costs.find_map(|(id, cost)| (id.as_ref() == Some(&self.me.id)).then_some(cost))
    }

    fn not_cheaper(&self, cost: Cost) -> Cost {
        self.own_cost().map_or(cost, |own| cost.at_least(own))
    }

    /// Gives somebody a key. The passphrase is known to two people then, so the person must choose another at the first unlocking.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::NameEmpty`], [`Error::NameUnfit`], [`Error::NameTaken`], [`Error::NoRole`], [`Error::PassphraseWeak`], or the disk's.
    pub fn add_person(&mut self, new: &NewPerson<'_>, at: Timestamp) -> Result<PersonId> {
        self.needs(Act::People)?;
        let name = name::of_person(new.name)?;
        if self.people().iter().any(|known| known.is_called(name)) {
            return Err(Error::NameTaken);
        }
        if new.roles.is_empty() {
            return Err(Error::NoRole);
        }
        new.passphrase.strong_enough(&[name, self.clinic_name()])?;
        let mut keys = self.keys.clone();
        let holder = Holder::Person {
            name: name.to_owned(),
            roles: new.roles.to_vec(),
            must_change: true,
        };
        let cost = self.not_cheaper(new.cost);
        let (id, _) = keys.add(holder, new.passphrase.bytes(), cost, &self.data_key)?;
        self.keep_keys(Operation::AddPerson, Some(&id), keys, at)?;
        Ok(id)
    }

    /// Takes somebody's key away. A copy of the folder made before still opens with it: change the data key too, with
    /// [`Vault::change_data_key`], where that person is not trusted.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::UnknownPerson`], [`Error::LastAdministrator`], [`Error::NotOneself`], or the disk's.
    pub fn remove_person(&mut self, id: &PersonId, at: Timestamp) -> Result<()> {
        self.needs(Act::People)?;
        if *id == self.me.id {
            return Err(Error::NotOneself);
        }
        let mut keys = self.keys.clone();
        keys.remove(id)?;
        self.keep_keys(Operation::RemovePerson, Some(id), keys, at)
    }

    /// Says what somebody may do.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::UnknownPerson`], [`Error::NoRole`], [`Error::LastAdministrator`], or the disk's.
    pub fn set_roles(&mut self, id: &PersonId, roles: &[Role], at: Timestamp) -> Result<()> {
        self.needs(Act::People)?;
        if roles.is_empty() {
            return Err(Error::NoRole);
        }
        let mut keys = self.keys.clone();
        keys.set_roles(id, roles)?;
        self.keep_keys(Operation::ChangeRoles, Some(id), keys, at)
    }

    /// Makes somebody choose another passphrase at the next unlocking.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::UnknownPerson`], or the disk's.
    pub fn force_change(&mut self, id: &PersonId, at: Timestamp) -> Result<()> {
        self.needs(Act::People)?;
        let mut keys = self.keys.clone();
        keys.force_change(id)?;
        self.keep_keys(Operation::ForceChange, Some(id), keys, at)
    }

    /// Changes one's own passphrase. Takes about two seconds, by design. The slot gets new keys throughout.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`], [`Error::PassphraseSame`], [`Error::PassphraseWeak`], [`Error::UnknownPerson`] for the recovery
    /// code, or the disk's.
    pub fn change_passphrase(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
        cost: Cost,
        at: Timestamp,
    ) -> Result<()> {
        if old.bytes() == new.bytes() {
            return Err(Error::PassphraseSame);
        }
        new.strong_enough(&[&self.me.name, self.clinic_name()])?;
        self.renew(old, new, self.not_cheaper(cost), at)
    }

    /// Fits the cost of one try at one's own passphrase to this machine, also to a slower one: the only step that makes it cheaper.
    ///
    /// # Errors
    /// As [`Vault::change_passphrase`].
    pub fn retune(&mut self, passphrase: &Passphrase, cost: Cost, at: Timestamp) -> Result<()> {
        self.renew(passphrase, passphrase, cost, at)
    }

    fn renew(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
        cost: Cost,
        at: Timestamp,
    ) -> Result<()> {
        let me = self.me.id.clone();
        self.keys.unlock(&me, old.bytes())?;
        let mut keys = self.keys.clone();
        let given = self.me.must_change && old.bytes() == new.bytes();
        let signer = keys.renew(&me, new.bytes(), cost, &self.data_key, given)?;
        self.commit_keys(Operation::ChangePassphrase, None, &mut keys, at)?;
        self.signer = signer;
        self.put_keys(keys)
    }

    /// Makes a new recovery code; the one before opens nothing any more. Shown now and never again.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], or the disk's.
    pub fn new_recovery_code(&mut self, cost: Cost, at: Timestamp) -> Result<RecoveryCode> {
        self.needs(Act::Keys)?;
        let code = RecoveryCode::random()?;
        let mut keys = self.keys.clone();
        keys.renew_code(code.bytes(), self.not_cheaper(cost), &self.data_key)?;
        self.keep_keys(Operation::ChangeCode, None, keys, at)?;
        Ok(code)
    }

    pub(crate) fn clinic_name(&self) -> &str {
        &self.keys.clinic
    }

    fn keep_keys(
        &mut self,
        operation: Operation,
        about: Option<&PersonId>,
        mut keys: KeyFile,
        at: Timestamp,
    ) -> Result<()> {
        self.commit_keys(operation, about, &mut keys, at)?;
        self.put_keys(keys)
    }

    /// After this the change has come about: the database says which keys belong to it.
    fn commit_keys(
        &mut self,
        operation: Operation,
        about: Option<&PersonId>,
        keys: &mut KeyFile,
        at: Timestamp,
    ) -> Result<()> {
        let file = keys.sealed(&self.data_key);
        self.transact(operation, at, |tx| {
            if let Some(id) = about {
                tx.subject(id.0.clone());
            }
            tx.keep_keys(&file)
        })
    }

    /// Brings `vault.keys` in line with the database. Where the disk refuses, the next opening does it.
    pub(crate) fn put_keys(&mut self, keys: KeyFile) -> Result<()> {
        self.keys = keys;
        // The recovery code's holder has no slot of a person's, and stays who that is.
        if let Ok(me) = person(&self.keys, &self.me.id) {
            self.me = me;
        }
        self.folder.write_keys(&self.keys.text())
    }
}
