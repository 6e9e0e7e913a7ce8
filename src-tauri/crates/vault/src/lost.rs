//! A laptop is lost: who was in it, what of them, when it was last locked, how its keys were made. Told from a backup of it, or from
//! another vault that sent it clients or took them from it.

use jiff::Timestamp;
use record::Record;
use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::audit::Operation;
use crate::backup::{Backup, Opener};
use crate::client::ClientId;
use crate::door::View;
use crate::keys::KeyFile;
use crate::people::Role;
use crate::receipt::Receipt;
use crate::rights::Act;
use crate::time::stamped;
use crate::vault::Vault;
use crate::{Error, Result};

/// What a lost laptop held. Names clients: it is for the clinic's own eyes and for telling them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LostLaptop {
    /// The lost vault's clinic.
    pub clinic: String,
    /// What this is told from, in words.
    pub told_from: String,
    /// The moment that it tells of: what came after is not in it.
    pub as_of: Timestamp,
    /// When it was last locked before that moment, if it was.
    pub last_locked: Option<Timestamp>,
    /// When it was last opened before that moment.
    pub last_opened: Option<Timestamp>,
    /// How each key was made; not known from another vault.
    pub keys: Vec<KeySettings>,
    /// Who was in it.
    pub clients: Vec<LostClient>,
}

/// How one slot was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeySettings {
    /// Whose; `None` is the recovery code's.
    pub name: Option<String>,
    /// The person's roles.
    pub roles: Vec<Role>,
    /// MiB of memory that one guess takes.
    pub memory_mib: u32,
}

/// One client and what of them was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostClient {
    /// The id.
    pub id: ClientId,
    /// The name; `None` where only the id is known here any more.
    pub name: Option<String>,
    /// Which kinds of facts.
    pub held: Vec<Held>,
}

/// One kind of fact about a client, and how many of it there were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// `born`, `identifier_cii`, `contact_phone`, `cases`, `notes` and so on: a key, for which words stand elsewhere.
    pub what: String,
    /// How many.
    pub count: usize,
}

impl Backup {
    /// Tells what a lost vault held, from its backup.
    ///
    /// # Errors
    /// As [`Backup::restore`], but for the folder's; [`Error::NotForThisRole`].
    pub fn lost_laptop(&self, opener: Opener<'_>) -> Result<LostLaptop> {
        if let Opener::Passphrase(id, _) = opener {
            let person = self.people().into_iter().find(|person| person.id == *id);
            if !person.ok_or(Error::UnknownPerson)?.may(Act::LostLaptop) {
                return Err(Error::NotForThisRole {
                    act: Act::LostLaptop,
                });
            }
        }
        self.look(opener, |view| {
            let keys = self.keys();
            Ok(LostLaptop {
                clinic: self.clinic().to_owned(),
                told_from: "a backup of it".to_owned(),
                as_of: self.made(),
                last_locked: last(view, "'lock'")?,
                last_opened: last(view, "'unlock', 'recover'")?,
                keys: settings(keys),
                clients: everybody(view)?,
            })
        })
    }
}

impl Vault {
    /// Tells what another vault, now lost, is known to have held: what was sent to it and what came from it.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::UnknownVault`], or the database's.
    pub fn lost_laptop(&mut self, vault: &str, at: Timestamp) -> Result<LostLaptop> {
        self.needs(Act::LostLaptop)?;
        let known = self.read().known_vault(vault)?;
        self.transact(Operation::Report, at, |tx| {
            tx.subject(known.id.clone());
            Ok(())
        })?;
        let view = self.read();
        let mut ids: Vec<ClientId> = view.look(|conn| {
            let mut statement = conn.prepare(
                "SELECT DISTINCT client FROM handover_client JOIN handover_out ON handover_out.id = handover WHERE vault = ?1",
            )?;
            let rows = statement.query_map([&known.id], |row| row.get(0).map(ClientId))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })?;
        let receipts: Vec<String> = view.look(|conn| {
            let mut statement = conn.prepare("SELECT receipt FROM handover_in WHERE vault = ?1")?;
            let rows = statement.query_map([&known.id], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })?;
        for receipt in receipts {
            ids.extend(Receipt::from_json(&receipt)?.clients);
        }
        ids.sort();
        ids.dedup();
        let clients = ids
            .into_iter()
            .map(|id| lost_client(view, id))
            .collect::<Result<_>>()?;
        Ok(LostLaptop {
            clinic: known.name,
            told_from: "this vault's hand-overs; clients that never travelled are not in it"
                .to_owned(),
            as_of: at,
            last_locked: None,
            last_opened: None,
            keys: Vec::new(),
            clients,
        })
    }
}

fn last(view: View<'_>, operations: &str) -> Result<Option<Timestamp>> {
    let sql =
        format!("SELECT at FROM audit WHERE operation IN ({operations}) ORDER BY seq DESC LIMIT 1");
    let text: Option<String> =
        view.look(|conn| Ok(conn.query_row(&sql, [], |row| row.get(0)).optional()?))?;
    text.map(|text| stamped(&text)).transpose()
}

fn settings(keys: &KeyFile) -> Vec<KeySettings> {
    let people = keys.people();
    keys.costs()
        .into_iter()
        .map(|(id, cost)| {
            let person = people.iter().find(|person| Some(&person.id) == id.as_ref());
            KeySettings {
                name: person.map(|person| person.name.clone()),
                roles: person
                    .map(|person| person.roles.clone())
                    .unwrap_or_default(),
                memory_mib: cost.memory_mib(),
            }
        })
        .collect()
}

fn everybody(view: View<'_>) -> Result<Vec<LostClient>> {
    let rows = view.clients("", u32::MAX)?;
    rows.into_iter()
        .map(|row| lost_client(view, row.id))
        .collect()
}

fn lost_client(view: View<'_>, id: ClientId) -> Result<LostClient> {
    let record = match view.record(&id) {
        Err(Error::NoSuchClient(_)) => {
            return Ok(LostClient {
                id,
                name: None,
                held: Vec::new(),
            });
        }
        record => record?,
    };
    let mut held = facts(&record);
    if let Some(contact) = view.contact(&id)? {
        let value = serde_json::to_value(&contact).unwrap_or_default();
        let keys = value.as_object().into_iter().flatten();
        held.extend(keys.map(|(key, _)| kind(format!("contact_{key}"), 1)));
    }
    for (what, count) in [
        ("notes", view.notes(&id)?.len()),
        ("drafts", view.drafts(Some(&id))?.len()),
        ("sheets", view.sheets(&id)?.len()),
        ("filings", view.filings(&id)?.len()),
        ("papers", view.papers(&id)?.len()),
        ("clearances", view.clearances(&id)?.len()),
        ("declarations", view.declarations(&id)?.len()),
    ] {
        if count > 0 {
            held.push(kind(what, count));
        }
    }
    Ok(LostClient {
        id,
        name: Some(record.person.name.full()),
        held,
    })
}

fn kind(what: impl Into<String>, count: usize) -> Held {
    Held {
        what: what.into(),
        count,
    }
}

fn facts(record: &Record) -> Vec<Held> {
    let person = &record.person;
    let standing = record.now.as_ref();
    let some = |there: bool| usize::from(there);
    let mut held: Vec<Held> = [
        ("born", some(person.born.is_some())),
        ("died", some(person.died.is_some())),
        ("aliases", person.aliases.iter().flatten().count()),
        ("citizenship", some(person.citizenship.is_some())),
        (
            "registrations",
            person.registrations.iter().flatten().count(),
        ),
        ("standing", some(standing.is_some())),
        ("cases", record.cases.len()),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(what, count)| kind(what, count))
    .collect();
    for identifier in person.identifiers.iter().flatten() {
        let named = serde_json::to_value(identifier.kind).unwrap_or_default();
        held.push(kind(
            format!("identifier_{}", named.as_str().unwrap_or("other")),
            1,
        ));
    }
    held
}
