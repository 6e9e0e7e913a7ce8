//! Tables and records for other programs, figures, and what a lost laptop held.

use std::path::Path;

use record::clinic::Language;
use vault::{Act, Backup, Cell, Guard, Held, Layout, LostLaptop, Passphrase};

use crate::backups::{file_name, free, opened};
use crate::view::{
    CountAsk, CountTable, CountView, LostClientView, LostKey, LostVault, LostView, WriteRecord,
    WriteTable, Written,
};
use crate::words::say;
use crate::{Desk, Moment, Result};

impl Desk {
    /// Refuses whoever may not write clients to a file, before a dialog comes up.
    ///
    /// # Errors
    /// The role's.
    pub fn may_export(&self) -> Result<()> {
        self.needs(Act::Export)
    }

    /// Writes all clients as a table into a folder: encrypted, or in clear with a reason that goes into the log. `layout` is a file of
    /// the clinic's own, where one was asked for.
    ///
    /// # Errors
    /// The role's; no reason; a weak passphrase; no layout; or the disk's.
    pub fn write_table(
        &mut self,
        ask: &WriteTable,
        layout: Option<&Path>,
        folder: &Path,
        now: Moment,
    ) -> Result<Written> {
        self.needs(Act::Export)?;
        let layout = match layout {
            Some(file) => Layout::read(file)?,
            None => Layout::named(&ask.layout).ok_or(vault::Error::NotALayout { line: 1 })?,
        };
        let passphrase = ask.passphrase.as_deref().map(Passphrase::new).transpose()?;
        let reason = ask.reason.as_deref().unwrap_or_default();
        let (guard, ending) = guard(passphrase.as_ref(), reason, "csv");
        let file = free(folder, &format!("clients-{}", now.today), &ending)?;
        let clients = self.vault.write_table(&layout, &file, guard, now.at)?;
        Ok(Written {
            file: file_name(&file),
            clients,
        })
    }

    /// Writes one client's record into a folder, for the next lawyer.
    ///
    /// # Errors
    /// As [`Desk::write_table`].
    pub fn write_record(
        &mut self,
        ask: &WriteRecord,
        folder: &Path,
        now: Moment,
    ) -> Result<Written> {
        self.needs(Act::Export)?;
        let passphrase = ask.passphrase.as_deref().map(Passphrase::new).transpose()?;
        let reason = ask.reason.as_deref().unwrap_or_default();
        let (guard, ending) = guard(passphrase.as_ref(), reason, "json");
        let file = free(folder, &format!("record-{}", now.today), &ending)?;
        self.vault.write_record(&ask.id, &file, guard, now.at)?;
        Ok(Written {
            file: file_name(&file),
            clients: 1,
        })
    }

    /// Figures that name nobody; small cells are hidden.
    ///
    /// # Errors
    /// The role's, or the database's.
    pub fn count(&mut self, ask: &CountAsk, now: Moment) -> Result<CountView> {
        self.needs(Act::Count)?;
        let found = self.vault.count_clients(ask.smallest, now.at)?;
        let table = |of: &str, rows: Vec<(String, Cell)>| CountTable {
            of: of.to_owned(),
            rows: rows.into_iter().map(|(l, cell)| (l, shown(cell))).collect(),
        };
        Ok(CountView {
            clients: shown(found.clients),
            smallest: found.smallest,
            tables: vec![
                table("status", found.by_status),
                table("county", found.by_county),
                table("step", found.by_step),
                table("route", found.by_route),
            ],
        })
    }

    /// Refuses whoever may not ask what a lost laptop held, before a dialog comes up.
    ///
    /// # Errors
    /// The role's.
    pub fn may_report_a_lost_laptop(&self) -> Result<()> {
        self.needs(Act::LostLaptop)
    }

    /// What a lost laptop held, as its backup tells.
    ///
    /// # Errors
    /// The role's; the file is no backup, or damaged; nothing opens it.
    pub fn lost_by_backup(&self, file: &Path, secret: &str) -> Result<LostView> {
        self.needs(Act::LostLaptop)?;
        let backup = Backup::open(file)?;
        let found = opened(&backup, secret, Some(&self.vault.me().id), |opener| {
            backup.lost_laptop(opener)
        })?;
        Ok(lost(found, true, self.language()))
    }

    /// What another laptop is known to have held, by this one's hand-overs.
    ///
    /// # Errors
    /// The role's, or that laptop is not known here.
    pub fn lost_by_hand_overs(&mut self, ask: &LostVault, now: Moment) -> Result<LostView> {
        self.needs(Act::LostLaptop)?;
        let found = self.vault.lost_laptop(&ask.vault, now.at)?;
        Ok(lost(found, false, self.language()))
    }
}

fn guard<'a>(
    passphrase: Option<&'a Passphrase>,
    reason: &'a str,
    kind: &str,
) -> (Guard<'a>, String) {
    match passphrase {
        Some(passphrase) => (Guard::Encrypted(passphrase), format!("{kind}.age")),
        None => (Guard::InClear(reason), kind.to_owned()),
    }
}

fn shown(cell: Cell) -> Option<u64> {
    match cell {
        Cell::Shown(n) => Some(n),
        Cell::Hidden => None,
    }
}

fn lost(found: LostLaptop, from_backup: bool, language: Language) -> LostView {
    LostView {
        clinic: found.clinic,
        from_backup,
        as_of: found.as_of.to_string(),
        last_locked: found.last_locked.map(|at| at.to_string()),
        last_opened: found.last_opened.map(|at| at.to_string()),
        keys: found
            .keys
            .into_iter()
            .map(|key| LostKey {
                name: key.name,
                memory_mib: key.memory_mib,
            })
            .collect(),
        clients: found
            .clients
            .into_iter()
            .map(|client| LostClientView {
                name: client.name,
                held: client
                    .held
                    .iter()
                    .map(|held| kind(held, language))
                    .collect(),
            })
            .collect(),
    }
}

/// A kind of facts in words: with its number where there are several.
fn kind(held: &Held, language: Language) -> String {
    let key = match held.count {
        1 => format!("held.{}", held.what),
        _ => format!("held.{}-many", held.what),
    };
    say(language, &key, &[("n", &held.count.to_string())]).text
}

#[cfg(test)]
mod tests {
    use record::IdentifierKind as Kind;

    use super::*;

    /// A kind without words would show its key.
    #[test]
    fn every_kind_of_facts_has_words_in_both_languages() {
        let kinds = [
            Kind::Cii,
            Kind::Fbi,
            Kind::Cdl,
            Kind::SsnLast4,
            Kind::Inmate,
            Kind::Other,
        ];
        let identifiers = kinds.map(|kind| {
            let name = serde_json::to_value(kind).unwrap();
            (format!("identifier_{}", name.as_str().unwrap()), 1)
        });
        let contact = record::answers::Contact {
            address: Some(Vec::new()),
            phone: Some(String::new()),
            email: Some(String::new()),
            language: Some(Language::Es),
            large_print: Some(true),
        };
        let contact = serde_json::to_value(contact).unwrap();
        let contact = contact.as_object().unwrap();
        assert_eq!(contact.len(), 5);
        let once = ["born", "died", "citizenship", "standing"].map(|what| (what.to_owned(), 1));
        let counted = [
            "aliases",
            "registrations",
            "cases",
            "notes",
            "drafts",
            "sheets",
            "filings",
            "papers",
            "clearances",
            "declarations",
        ];
        let all = identifiers
            .into_iter()
            .chain(contact.keys().map(|key| (format!("contact_{key}"), 1)))
            .chain(once)
            .chain(
                counted
                    .iter()
                    .flat_map(|what| [1, 2].map(|n| ((*what).to_owned(), n))),
            );
        for (what, count) in all {
            for language in [Language::En, Language::Es] {
                let words = kind(
                    &Held {
                        what: what.clone(),
                        count,
                    },
                    language,
                );
                assert!(!words.starts_with("held."), "{what} {count}");
                assert!(count == 1 || words.contains('2'), "{words}");
            }
        }
    }
}
