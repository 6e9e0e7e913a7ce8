//! Who may do what: one table for the window and the headless command. It binds the program; `SECURITY.md` says what it does not bind.

use crate::people::{Person, Role};
use crate::{Error, Result, Vault};

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)+;)*) => {
        /// Something that not everybody may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Act { $($(#[$doc])* $name,)* }

        impl Act {
            /// All of them, in the table's order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Whose act it is: any one of these roles is enough.
            #[must_use]
            pub const fn of(self) -> &'static [Role] {
                match self { $(Self::$name => &[$(Role::$role,)+],)* }
            }
        }
    };
}

rights! {
    /// Take clients in, read sheets, answer, screen, prepare papers, write down steps of a filing.
    Work: Administrator Attorney Volunteer;
    /// Write a backup, rehearse a restore, look the vault through.
    BackUp: Administrator Attorney Volunteer;
    /// Read what others noted in confidence. Everybody notes, and reads what that person noted.
    Notes: Attorney;
    /// Clear the immigration question, choose declarations and elections.
    Clear: Attorney;
    /// Sign papers off, or send them back.
    SignOff: Attorney;
    /// Choose between two laptops' values.
    Resolve: Attorney;
    /// Say that a client's record is kept or destroyed, and why.
    Retain: Attorney;
    /// Read the audit log.
    ReadLog: Administrator Attorney;
    /// Count clients without naming them.
    Count: Administrator Attorney;
    /// Send clients to another vault, take them in from one.
    HandOver: Administrator Attorney;
    /// Write clients to a file, encrypted or in clear.
    Export: Administrator Attorney;
    /// Destroy a record, or remove one that another vault confirmed to have.
    Destroy: Administrator;
    /// Confirm another vault's key.
    Trust: Administrator;
    /// Add and remove people, say what they may do.
    People: Administrator;
    /// Change the clinic and other settings.
    Settings: Administrator;
    /// Add blanks of official forms.
    Forms: Administrator Attorney;
    /// Review a county's bulk export, and look through what came of it.
    Review: Administrator Attorney;
    /// Change the data key or the recovery code.
    Keys: Administrator;
    /// Report what a lost laptop held.
    LostLaptop: Administrator Attorney;
}

impl Person {
    /// Whether this person may do it. Nobody may do anything with a passphrase that must be changed first.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        !self.must_change && act.of().iter().any(|role| self.is(*role))
    }
}

impl Vault {
    /// Refuses an act that is not for whoever opened the vault.
    ///
    /// # Errors
    /// [`Error::MustChangePassphrase`], [`Error::NotForThisRole`].
    pub fn needs(&self, act: Act) -> Result<()> {
        if self.me().must_change {
            return Err(Error::MustChangePassphrase);
        }
        if self.me().may(act) {
            return Ok(());
        }
        Err(Error::NotForThisRole { act })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PersonId;

    #[test]
    fn the_table_as_a_clinic_reads_it() {
        let mark = |act: Act, role| if act.of().contains(&role) { 'x' } else { '-' };
        let table: Vec<String> = Act::ALL
            .iter()
            .map(|&act| {
                let marks =
                    [Role::Administrator, Role::Attorney, Role::Volunteer].map(|r| mark(act, r));
                format!("{act:?} {}", marks.iter().collect::<String>())
            })
            .collect();
        assert_eq!(
            table,
            [
                "Work xxx",
                "BackUp xxx",
                "Notes -x-",
                "Clear -x-",
                "SignOff -x-",
                "Resolve -x-",
                "Retain -x-",
                "ReadLog xx-",
                "Count xx-",
                "HandOver xx-",
                "Export xx-",
                "Destroy x--",
                "Trust x--",
                "People x--",
                "Settings x--",
                "Forms xx-",
                "Review xx-",
                "Keys x--",
                "LostLaptop xx-",
            ]
        );
    }

    #[test]
    fn a_given_passphrase_allows_nothing() {
        let mut person = Person {
            id: PersonId("a".into()),
            name: "Ana Lee".into(),
            roles: vec![Role::Administrator, Role::Attorney],
            must_change: true,
        };
        assert!(Act::ALL.iter().all(|act| !person.may(*act)));
        person.must_change = false;
        assert!(Act::ALL.iter().all(|act| person.may(*act)));
    }
}
