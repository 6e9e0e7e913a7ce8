//! Who has a key here: adding and removing people, and everybody's own passphrase.

use vault::{ABOUT_A_SECOND, Act, Cost, NewPerson, Passphrase, PersonId};

use crate::view::{AddPerson, ChangePassphrase, Role, Session, Who};
use crate::{Desk, Moment, Result};

impl Desk {
    /// Gives somebody a key with a first passphrase, which the person must change at the first unlocking. The administrator only.
    /// Takes about a second, by design.
    ///
    /// # Errors
    /// [`crate::Error::NotTheAdministrator`]; the name is missing or taken, no role was chosen, or the passphrase is weak.
    pub fn add_person(&mut self, ask: &AddPerson, now: Moment) -> Result<Session> {
        self.needs(Act::People)?;
        let passphrase = Passphrase::new(ask.passphrase.as_str())?;
        let roles: Vec<_> = ask.roles.iter().map(|role| (*role).into()).collect();
        let new = NewPerson {
            name: &ask.name,
            roles: &roles,
            passphrase: &passphrase,
            cost: Cost::tuned(ABOUT_A_SECOND)?,
        };
        self.vault.add_person(&new, now.at)?;
        Ok(self.session(now))
    }

    /// Takes somebody's key away. Copies of the folder made before still open with it. The administrator only.
    ///
    /// # Errors
    /// [`crate::Error::NotTheAdministrator`]; nobody of that id is here, it is oneself, or the last administrator.
    pub fn remove_person(&mut self, ask: &Who, now: Moment) -> Result<Session> {
        self.needs(Act::People)?;
        self.vault
            .remove_person(&PersonId(ask.person.clone()), now.at)?;
        Ok(self.session(now))
    }

    /// Changes the passphrase of whoever is in; all that a person may do whose passphrase was given by somebody else. Takes about two
    /// seconds, by design.
    ///
    /// # Errors
    /// The old passphrase is wrong, or the new one is the same or weak: then nothing was changed.
    pub fn change_passphrase(&mut self, ask: &ChangePassphrase, now: Moment) -> Result<Session> {
        let old = Passphrase::new(ask.old.as_str())?;
        let new = Passphrase::new(ask.new.as_str())?;
        let cost = Cost::tuned(ABOUT_A_SECOND)?;
        self.vault.change_passphrase(&old, &new, cost, now.at)?;
        Ok(self.session(now))
    }
}

impl From<Role> for vault::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Volunteer => Self::Volunteer,
            Role::Attorney => Self::Attorney,
            Role::Administrator => Self::Administrator,
        }
    }
}
