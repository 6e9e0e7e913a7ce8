//! Several laptops: cards, hand-overs, receipts, conflicts.

use std::fs;
use std::path::Path;

use serde_json::json;
use vault::{Card, ClientId, Dot, Receipt};

use super::{Done, Failure, about, json, line, now, print, unlock, writing};
use crate::args::Asked;

pub(super) fn card(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let card = unlock(asked)?.card(now()).map_err(about(dir))?;
    let file = asked.word(1);
    card.write(Path::new(file))
        .map_err(|e| Failure::at(file, e))?;
    print(&card.words())
}

pub(super) fn trust(asked: &Asked) -> Done {
    let file = asked.word(1);
    let card = Card::read(Path::new(file)).map_err(|e| Failure::at(file, e))?;
    let mut vault = unlock(asked)?;
    let known = vault
        .trust(&card, &line()?, now())
        .map_err(|e| Failure::at(file, e))?;
    print(&known.id)
}

pub(super) fn known(asked: &Asked) -> Done {
    let dir = asked.word(0);
    json(&unlock(asked)?.read().known_vaults().map_err(about(dir))?)
}

pub(super) fn hand_over(asked: &Asked) -> Done {
    let (dir, to, file) = (asked.word(0), asked.word(1), asked.word(2));
    let moving = match asked.word(3) {
        "copy" => false,
        "move" => true,
        _ => return Err(Failure::at(dir, "say copy or move before the clients")),
    };
    let mut vault = unlock(asked)?;
    let clients: Vec<ClientId> = match asked.rest(4) {
        [all] if all == "all" => {
            let rows = vault.read().clients("", u32::MAX).map_err(about(dir))?;
            rows.into_iter().map(|row| row.id).collect()
        }
        some => some
            .iter()
            .map(|id| id.parse().map_err(about(dir)))
            .collect::<Done<_>>()?,
    };
    json(
        &vault
            .hand_over(to, &clients, moving, Path::new(file), now())
            .map_err(writing(dir, file))?,
    )
}

pub(super) fn take_in(asked: &Asked) -> Done {
    let (dir, file, receipt) = (asked.word(0), asked.word(1), asked.word(2));
    if fs::exists(receipt).unwrap_or(false) {
        return Err(Failure::at(receipt, vault::Error::Exists));
    }
    let taken = unlock(asked)?
        .take_in(Path::new(file), now())
        .map_err(|error| match error {
            vault::Error::NotForThisRole { .. } | vault::Error::DatabaseDamaged => {
                about(dir)(error)
            }
            other => Failure::at(file, other),
        })?;
    taken
        .receipt
        .write(Path::new(receipt))
        .map_err(|e| Failure::at(receipt, e))?;
    let clients: Vec<_> = taken
        .clients
        .iter()
        .map(|(id, outcome)| json!({"id": id, "outcome": outcome}))
        .collect();
    json(&json!({"from": taken.from.name, "replay": taken.replay, "clients": clients}))
}

pub(super) fn receipt(asked: &Asked) -> Done {
    let file = asked.word(1);
    let receipt = Receipt::read(Path::new(file)).map_err(|e| Failure::at(file, e))?;
    let there = unlock(asked)?
        .keep_receipt(&receipt, now())
        .map_err(|e| Failure::at(file, e))?;
    json(&there)
}

pub(super) fn purge(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let client: ClientId = asked.word(1).parse().map_err(about(dir))?;
    unlock(asked)?
        .purge_moved(&client, now())
        .map_err(about(dir))
}

pub(super) fn conflicts(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let client: ClientId = asked.word(1).parse().map_err(about(dir))?;
    json(
        &unlock(asked)?
            .read()
            .conflicts(&client)
            .map_err(about(dir))?,
    )
}

pub(super) fn resolve(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let client: ClientId = asked.word(1).parse().map_err(about(dir))?;
    let chosen: Option<Dot> = match asked.word(3) {
        "none" => None,
        version => Some(version.parse().map_err(about(dir))?),
    };
    unlock(asked)?
        .resolve(&client, asked.word(2), chosen.as_ref(), now())
        .map_err(about(dir))
}
