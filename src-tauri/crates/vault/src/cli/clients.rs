//! Clients in and out.

use std::fs;

use record::Record;
use vault::{Act, ClientId, Operation};

use super::{Done, Failure, about, json, now, print, say, unlock};
use crate::args::Asked;

/// Larger than any record: such a file is refused unread.
const LARGEST_RECORD: u64 = 16 << 20;

/// Adds each record in an operation of its own; its id is printed only once it is kept for good.
pub(super) fn add(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let mut vault = unlock(asked)?;
    vault.needs(Act::Work).map_err(about(dir))?;
    let mut refused = false;
    for file in asked.rest(1) {
        match read_record(file) {
            Ok(record) => {
                let id = vault
                    .transact(Operation::AddClient, now(), |tx| tx.add_client(&record))
                    .map_err(about(dir))?;
                print(id.as_str())?;
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
    let unread = |e: std::io::Error| format!("{file}:1: cannot be read ({})", e.kind());
    if fs::metadata(file).map_err(unread)?.len() > LARGEST_RECORD {
        return Err(format!("{file}:1: too large for a record"));
    }
    let text = fs::read_to_string(file).map_err(unread)?;
    Record::from_json(&text)
        .map_err(|e| format!("{file}:{}: at `{}`: {}", e.line, e.path, e.problem))
}
