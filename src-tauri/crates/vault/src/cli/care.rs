//! Copies, ends and reports.

use std::path::Path;

use vault::{
    Act, Backup, ClientId, Decision, Error, Guard, Layout, LostLaptop, Opener, Operation,
    RecoveryCode, Rehearsal, SMALLEST_CELL, Unread,
};
use zeroize::Zeroizing;

use super::people::{NOT_SHOWN, tuned};
use super::{
    Done, Failure, Secret, about, choose, json, line, now, passphrase, print, say, unlock, writing,
};
use crate::args::Asked;

pub(super) fn sheets(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let code = unlock(asked)?
        .new_recovery_code(tuned(dir)?, now())
        .map_err(about(dir))?;
    let sheets = code.shares().map_err(about(dir))?;
    sheets
        .iter()
        .try_for_each(|sheet| print(sheet))
        .map_err(|_| Failure::at(dir, NOT_SHOWN))
}

pub(super) fn code_from(_: &Asked) -> Done {
    let (one, two) = (line()?, line()?);
    let code = RecoveryCode::from_shares(&one, &two).map_err(about(super::STDIN))?;
    print(&Zeroizing::new(code.to_string()))
}

pub(super) fn rehearse(asked: &Asked) -> Done {
    let file = asked.word(0);
    let found: Rehearsal =
        with_backup(asked, file, |backup, opener| backup.rehearse(opener, now()))?;
    for problem in &found.problems {
        say(&format!("{file}:1: {problem}"));
    }
    if found.same == Some(false) {
        say(&format!(
            "{file}:1: the contents are not those that were backed up"
        ));
    }
    json(&found)?;
    if found.problems.is_empty() && found.same != Some(false) {
        return Ok(());
    }
    say(&format!(
        "{file}:1: do not rely on this backup. Use another copy, and write a new one of the vault once `verify` passes there"
    ));
    Err(Failure::Said)
}

pub(super) fn decide(asked: &Asked, decision: Decision) -> Done {
    let dir = asked.word(0);
    let client = client(asked)?;
    let mut vault = unlock(asked)?;
    vault.needs(Act::Retain).map_err(about(dir))?;
    vault
        .transact(Operation::Retain, now(), |tx| {
            tx.set_retention(&client, decision, asked.word(2), asked.word(3))
        })
        .map_err(about(dir))
}

pub(super) fn as_it_stands(asked: &Asked) -> Done {
    let client = client(asked)?;
    let taken = unlock(asked)?
        .as_it_stands(&client, now())
        .map_err(about(asked.word(0)))?;
    print(if taken {
        "taken as it stands; compare everything with the papers before anything is filed"
    } else {
        "it is as it was last saved: there is nothing to take"
    })
}

pub(super) fn holders(asked: &Asked) -> Done {
    let client = client(asked)?;
    json(
        &unlock(asked)?
            .read()
            .holders(&client)
            .map_err(about(asked.word(0)))?,
    )
}

pub(super) fn destroy(asked: &Asked) -> Done {
    let client = client(asked)?;
    let (_, holders) = unlock(asked)?
        .destroy(&client, now())
        .map_err(about(asked.word(0)))?;
    json(&holders)
}

pub(super) fn table(asked: &Asked) -> Done {
    let (dir, file) = (asked.word(0), asked.word(1));
    let named = asked.option("layout").unwrap_or("legalserver");
    let layout = match Layout::named(named) {
        Some(layout) => layout,
        None => Layout::read(Path::new(named)).map_err(|error| match error {
            Error::Unread {
                why: Unread::Missing,
                ..
            } => Failure::at(
                named,
                "there is no file of this name, and no layout of it comes with the program: legalserver and clio do. Check the name",
            ),
            other => Failure::at(named, other),
        })?,
    };
    let mut vault = unlock(asked)?;
    let typed;
    let guard = match asked.option("in-clear") {
        Some(reason) => Guard::InClear(reason),
        None => {
            typed = passphrase(&line()?)?;
            Guard::Encrypted(&typed)
        }
    };
    let clients = vault
        .write_table(&layout, Path::new(file), guard, now())
        .map_err(writing(dir, file))?;
    print(&format!("{clients} clients"))
}

pub(super) fn counts(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let smallest = match asked.option("smallest").map(str::parse) {
        None => SMALLEST_CELL,
        Some(Ok(n)) => n,
        Some(Err(_)) => return Err(Failure::at(dir, "--smallest needs a number")),
    };
    json(
        &unlock(asked)?
            .count_clients(smallest, now())
            .map_err(about(dir))?,
    )
}

pub(super) fn lost(asked: &Asked) -> Done {
    let found: LostLaptop = match (asked.option("backup"), asked.words.as_slice()) {
        (Some(file), []) => with_backup(asked, file, |backup, opener| backup.lost_laptop(opener))?,
        (None, [dir, vault]) => unlock(asked)?
            .lost_laptop(vault, now())
            .map_err(about(dir))?,
        _ => {
            return Err(Failure::at(
                "relief-vault",
                "say DIR VAULT, or --backup FILE",
            ));
        }
    };
    json(&found)
}

fn with_backup<T>(
    asked: &Asked,
    file: &str,
    act: impl FnOnce(&Backup, Opener<'_>) -> vault::Result<T>,
) -> Done<T> {
    let backup = Backup::open(Path::new(file)).map_err(|e| Failure::at(file, e))?;
    let (code, typed, person);
    let opener = match Secret::first_line()? {
        Secret::Code(read) => {
            code = read;
            Opener::Code(&code)
        }
        Secret::Passphrase(read) => {
            typed = read;
            person = choose(&backup.people(), asked.person.as_deref(), file)?;
            Opener::Passphrase(&person.id, &typed)
        }
    };
    act(&backup, opener).map_err(|error| match error {
        vault::Error::WrongPassphrase | vault::Error::WrongCode => about(file)(error),
        other => Failure::at(file, other),
    })
}

fn client(asked: &Asked) -> Done<ClientId> {
    asked.word(1).parse().map_err(about(asked.word(0)))
}
