//! What becomes of a client's record in the end: kept or destroyed, by the clinic's rule and with a reason. And the keys of the office.

use vault::{ABOUT_A_SECOND, Act, ClientId, Cost, Decision, Holder, Operation, PersonId};

use crate::view::{
    CodeSheet, Created, Decide, DecidedView, DestroyedView, HolderView, KeepingView, Session,
    SetRoles, Who,
};
use crate::{Desk, Moment, Printer, Result, code_sheet};

/// The setting that says whether the recovery code was written down.
const CODE_ON_PAPER: &str = "code_on_paper";

impl Desk {
    /// What was decided for a client, and who else has it.
    ///
    /// # Errors
    /// There is no such client.
    pub fn keeping(&self, id: &ClientId) -> Result<KeepingView> {
        self.needs(Act::Work)?;
        let view = self.vault.read();
        let decided = match view.retention(id)? {
            Some(found) => Some(DecidedView {
                destroy: found.decision == Decision::Destroy,
                who: self.name_of(&found.person)?,
                rule: found.rule,
                reason: found.reason,
                at: found.at.to_string(),
            }),
            None => None,
        };
        Ok(KeepingView {
            decided,
            open_filing: view.has_open_filing(id)?,
            holders: view.holders(id)?.into_iter().map(holder).collect(),
        })
    }

    /// Decides what becomes of a record. Attorneys only.
    ///
    /// # Errors
    /// [`crate::Error::NotAnAttorney`]; rule or reason is missing; there is no such client.
    pub fn decide(&mut self, ask: &Decide, now: Moment) -> Result<KeepingView> {
        self.needs(Act::Retain)?;
        let decision = if ask.destroy {
            Decision::Destroy
        } else {
            Decision::Keep
        };
        self.vault.transact(Operation::Retain, now.at, |tx| {
            tx.set_retention(&ask.id, decision, ask.rule.trim(), ask.reason.trim())
        })?;
        self.keeping(&ask.id)
    }

    /// Whether a record may be destroyed now.
    ///
    /// # Errors
    /// The role's; nobody decided it; a filing is open; there is no such client.
    pub fn may_destroy(&self, id: &ClientId) -> Result<()> {
        self.needs(Act::Destroy)?;
        let view = self.vault.read();
        let decided = view.retention(id)?;
        if decided.is_none_or(|found| found.decision != Decision::Destroy) {
            return Err(vault::Error::NotDecided.into());
        }
        if view.has_open_filing(id)? {
            return Err(vault::Error::FilingOpen.into());
        }
        Ok(())
    }

    /// Destroys a record, and changes the key of the database with it. Gives the office back, and who still holds the client.
    /// The administrator only.
    ///
    /// # Errors
    /// As [`Desk::may_destroy`], or the disk's; after an error the office is closed, and whole.
    pub fn destroy(self, id: &ClientId, now: Moment) -> Result<(Self, DestroyedView)> {
        self.may_destroy(id)?;
        let door = self.door();
        let (vault, holders) = self.vault.destroy(id, now.at)?;
        let view = DestroyedView {
            holders: holders.into_iter().map(holder).collect(),
        };
        Ok((Self::new(vault, door)?, view))
    }

    /// Refuses whoever may not change the keys.
    ///
    /// # Errors
    /// The role's.
    pub fn may_change_keys(&self) -> Result<()> {
        self.needs(Act::Keys)
    }

    /// Changes the key of the database: who was removed opens nothing that is written from now on. The administrator only.
    ///
    /// # Errors
    /// The role's, or the disk's; after an error the office is closed, and whole under the old key or the new one.
    pub fn change_key(self, now: Moment) -> Result<Self> {
        self.needs(Act::Keys)?;
        let door = self.door();
        Self::new(self.vault.change_data_key(now.at)?, door)
    }

    /// Makes a new recovery code, shown once; the one before opens nothing any more. The administrator only.
    ///
    /// # Errors
    /// The role's, or the disk's.
    pub fn new_code(&mut self, now: Moment) -> Result<Created> {
        self.needs(Act::Keys)?;
        let cost = Cost::tuned(ABOUT_A_SECOND)?;
        // Before it is made: a program that ends while the code is on the screen leaves the reminder.
        self.code_on_paper(false, now)?;
        let code = self.vault.new_recovery_code(cost, now.at)?;
        Ok(Created {
            recovery_code: code.to_string(),
        })
    }

    /// Notes that somebody wrote the recovery code down. Until then the office is reminded of it. The administrator only.
    ///
    /// # Errors
    /// The role's, or the database's.
    pub fn code_written(&mut self, now: Moment) -> Result<()> {
        self.needs(Act::Keys)?;
        self.code_on_paper(true, now)
    }

    pub(crate) fn code_on_paper(&mut self, on_paper: bool, now: Moment) -> Result<()> {
        Ok(self
            .vault
            .transact(Operation::ChangeSettings, now.at, |tx| {
                tx.set_setting(CODE_ON_PAPER, &on_paper)
            })?)
    }

    /// An office of an older version never said; it is not asked now.
    pub(crate) fn code_unsure(&self) -> Result<bool> {
        Ok(self.vault.read().setting(CODE_ON_PAPER)? == Some(false))
    }

    /// Prints the recovery code that is on the screen: one sheet, or three of which any two give it back. Never a file.
    ///
    /// # Errors
    /// The role's; the code is mistyped; or the print queue's.
    pub fn print_code(
        &mut self,
        ask: &CodeSheet,
        printer: &mut dyn Printer,
        now: Moment,
    ) -> Result<()> {
        self.needs(Act::Keys)?;
        let clinic = self.clinic()?.name;
        let sheets = code_sheet::papers(
            &ask.code,
            ask.shares,
            &clinic,
            self.language(),
            now,
            self.is_training(),
        )?;
        for sheet in sheets {
            printer.print(&sheet)?;
        }
        self.vault.transact(Operation::Print, now.at, |_| Ok(()))?;
        Ok(())
    }

    /// Says what somebody may do. The administrator only.
    ///
    /// # Errors
    /// The role's; no role; nobody of that id is here, or it is the last administrator.
    pub fn set_roles(&mut self, ask: &SetRoles, now: Moment) -> Result<Session> {
        self.needs(Act::People)?;
        let roles: Vec<_> = ask.roles.iter().map(|role| (*role).into()).collect();
        self.vault
            .set_roles(&PersonId(ask.person.clone()), &roles, now.at)?;
        Ok(self.session(now))
    }

    /// Makes somebody choose another passphrase at the next unlocking. The administrator only.
    ///
    /// # Errors
    /// The role's, or nobody of that id is here.
    pub fn force_change(&mut self, ask: &Who, now: Moment) -> Result<Session> {
        self.needs(Act::People)?;
        self.vault
            .force_change(&PersonId(ask.person.clone()), now.at)?;
        Ok(self.session(now))
    }
}

fn holder(holder: Holder) -> HolderView {
    match holder {
        Holder::Backup { file, at } => HolderView {
            backup: true,
            name: file,
            at: at.to_string(),
            taken: true,
        },
        Holder::HandOver { vault, at, taken } => HolderView {
            backup: false,
            name: vault,
            at: at.to_string(),
            taken,
        },
    }
}
