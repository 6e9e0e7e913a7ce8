//! Clients in and out.

use std::path::Path;

use record::Record;
use vault::{Act, ClientId, Error, Foreign, Operation};

use super::{Done, Failure, about, json, now, print, say, unlock};
use crate::args::Asked;

/// Adds each record in an operation of its own; its id is printed only once it is kept for good.
pub(super) fn add(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let mut vault = unlock(asked)?;
    vault.needs(Act::Work).map_err(about(dir))?;
    let mut refused = false;
    for file in asked.rest(1) {
        match read_record(file) {
            Ok(record) => {
                let added =
                    vault.transact(Operation::AddClient, now(), |tx| tx.add_client(&record));
                match added {
                    Ok(id) => print(id.as_str())?,
                    // This record's own fault; the others are added all the same.
                    Err(error @ (Error::NameEmpty { .. } | Error::NameUnfit { .. })) => {
                        say(&format!("{file}:1: {error}"));
                        refused = true;
                    }
                    Err(error) => return Err(about(dir)(error)),
                }
            }
            Err(words) => {
                say(&words);
                refused = true;
            }
        }
    }
    if refused { Err(Failure::Said) } else { Ok(()) }
}

pub(super) fn list(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let mut vault = unlock(asked)?;
    vault.needs(Act::Work).map_err(about(dir))?;
    vault
        .transact(Operation::List, now(), |_| Ok(()))
        .map_err(about(dir))?;
    json(&vault.read().clients("", u32::MAX).map_err(about(dir))?)
}

pub(super) fn export(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let client: ClientId = asked.word(1).parse().map_err(about(dir))?;
    let mut vault = unlock(asked)?;
    vault.needs(Act::Export).map_err(about(dir))?;
    let record = vault
        .transact(Operation::Export, now(), |tx| {
            tx.about(&client)?;
            tx.read().record(&client)
        })
        .map_err(about(dir))?;
    print(&record.to_json())
}

fn read_record(file: &str) -> Result<Record, String> {
    let text = Foreign::Record
        .text(Path::new(file))
        .map_err(|error| format!("{file}:1: {error}"))?;
    if text.trim().is_empty() {
        return Err(format!(
            "{file}:1: the file is empty. Choose the one that holds the record"
        ));
    }
    Record::from_json(&text).map_err(|e| {
        format!(
            "{file}:{}: this is no client's record, or was cut short: at `{}`: {}. Correct it there, or choose the right file",
            e.line, e.path, e.problem
        )
    })
}
