//! What only some may do, and what became of a filing: clearance, elections, steps in court, the clinic itself.

use record::answers::ImmigrationClearance;
use record::clinic::Clinic;
use record::{CaseId, CountId, Record};
use vault::{Act, ClientId, Operation, Role};

use crate::clients::word;
use crate::view::{Clear, Client, Elect, RowStatus, SetFiling, Step};
use crate::{Desk, Error, Moment, Result};

impl Desk {
    /// Clears a client for filing although citizenship is not known, by name and reason. Attorneys only.
    ///
    /// # Errors
    /// [`Error::NotAnAttorney`]; or the reason is missing.
    pub fn clear(&mut self, ask: &Clear, now: Moment) -> Result<Client> {
        self.needs(Act::Clear)?;
        let clearance = ImmigrationClearance {
            by: self.signature()?,
            on: now.today,
            reason: ask.reason.trim().to_owned(),
        };
        self.change(Operation::Clear, &ask.id, now, |tx| {
            tx.clear(&ask.id, &clearance)
        })
    }

    /// Takes the clearance back: from then on nothing to be filed is made. The log keeps both. Attorneys only.
    ///
    /// # Errors
    /// [`Error::NotAnAttorney`]; or there is no such client.
    pub fn withdraw(&mut self, id: &ClientId, now: Moment) -> Result<Client> {
        self.needs(Act::Clear)?;
        self.change(Operation::Clear, id, now, |tx| tx.withdraw_clearance(id))
    }

    /// Keeps what the client said when asked about the judge and the hearing. Attorneys only: it gives something up.
    ///
    /// # Errors
    /// [`Error::NotAnAttorney`].
    pub fn elect(&mut self, ask: Elect, now: Moment) -> Result<Client> {
        self.needs(Act::Clear)?;
        let Elect { id, elections } = ask;
        self.change(Operation::Elect, &id, now, |tx| {
            tx.set_elections(&id, &elections)
        })
    }

    /// Writes down a step of a count's way through court, or takes it back.
    ///
    /// # Errors
    /// The day is none, comes before an earlier step, or there is no such count.
    pub fn set_filing(&mut self, ask: &SetFiling, now: Moment) -> Result<Client> {
        let day = match &ask.date {
            Some(text) => Some(text.parse().map_err(|_| Error::NotADay)?),
            None => None,
        };
        let record = self.vault.read().record(&ask.id)?;
        let (case, count) = ids(&record, ask.case, ask.count)?;
        self.change(Operation::File, &ask.id, now, |tx| {
            tx.set_filing(&ask.id, &case, &count, ask.step.into(), day)?;
            if tx.read().filings(&ask.id)?.is_empty() {
                tx.set_status(&ask.id, word(RowStatus::NotScreened))
            } else {
                tx.set_status(&ask.id, word(RowStatus::Filed))
            }
        })
    }

    /// The clinic's own settings.
    ///
    /// # Errors
    /// The vault's.
    pub fn clinic(&self) -> Result<Clinic> {
        Ok(self.vault.read().clinic()?)
    }

    /// Changes the clinic's own settings. The administrator only.
    ///
    /// # Errors
    /// [`Error::NotTheAdministrator`]; or the name is missing.
    pub fn set_clinic(&mut self, clinic: Clinic, now: Moment) -> Result<Clinic> {
        self.needs(Act::Settings)?;
        self.prepared = None;
        self.bulk = None;
        self.vault.set_clinic(&clinic, now.at)?;
        self.clinic()
    }

    /// Asks the one table of who may do what.
    pub(crate) fn needs(&self, act: Act) -> Result<()> {
        self.vault
            .needs(act)
            .map_err(|error| match (&error, act.of()) {
                (vault::Error::NotForThisRole { .. }, [Role::Attorney]) => Error::NotAnAttorney,
                (vault::Error::NotForThisRole { .. }, [Role::Administrator]) => {
                    Error::NotTheAdministrator
                }
                _ => Error::Vault(error),
            })
    }

    /// Name and bar number of who is in, as the clinic's settings have them.
    pub(crate) fn signature(&self) -> Result<String> {
        let name = &self.vault.me().name;
        let clinic = self.clinic()?;
        let known = clinic
            .attorneys
            .into_iter()
            .find(|known| known.name == *name);
        Ok(match known.and_then(|known| known.bar) {
            Some(bar) => format!("{name}, SBN {bar}"),
            None => name.clone(),
        })
    }
}

fn ids(record: &Record, case: usize, count: usize) -> Result<(CaseId, CountId)> {
    let case = record.cases.get(case).ok_or(Error::NoSuchCount)?;
    let count = case.counts.get(count).ok_or(Error::NoSuchCount)?;
    // Every record that comes into the vault through the desk has its cases and counts named.
    case.id
        .clone()
        .zip(count.id.clone())
        .ok_or(Error::NoSuchCount)
}

impl From<Step> for vault::Step {
    fn from(step: Step) -> Self {
        match step {
            Step::Filed => Self::Filed,
            Step::Served => Self::Served,
            Step::Answered => Self::Answered,
            Step::Heard => Self::Heard,
            Step::Granted => Self::Granted,
            Step::Denied => Self::Denied,
        }
    }
}

impl From<vault::Step> for Step {
    fn from(step: vault::Step) -> Self {
        match step {
            vault::Step::Filed => Self::Filed,
            vault::Step::Served => Self::Served,
            vault::Step::Answered => Self::Answered,
            vault::Step::Heard => Self::Heard,
            vault::Step::Granted => Self::Granted,
            vault::Step::Denied => Self::Denied,
        }
    }
}

impl Desk {
    /// Whether anything of this client was filed: then screening does not move the client back in the day.
    pub(crate) fn is_filed(&self, id: &ClientId) -> Result<bool> {
        Ok(!self.vault.read().filings(id)?.is_empty())
    }
}
