//! The people who can open the vault.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::name;

/// A person's id: the name of the key slot, random, without meaning.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub String);

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person may do. Whoever calls the vault decides what follows from it; the vault only keeps it safe from change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps the vault: people, settings, backups.
    Administrator,
    /// Clears, approves and signs.
    Attorney,
    /// Takes in clients and prepares.
    Volunteer,
}

/// A person who can open the vault, as the unlock screen may show before anybody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The slot's id.
    pub id: PersonId,
    /// The name the person goes by. Stands in clear in `vault.keys`.
    pub name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// The passphrase was given by somebody else, or is known to be weak or seen: another must be chosen before anything else.
    #[serde(default)]
    pub must_change: bool,
}

impl Person {
    /// Whether this is the person's name, or the same written otherwise: in small letters, in other forms of Unicode.
    #[must_use]
    pub fn is_called(&self, typed: &str) -> bool {
        name::same(&self.name, typed)
    }

    /// Whether the person has this role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
