//! The vault as a whole: making it, backing it up, looking it through.

use std::path::Path;

use record::clinic::Clinic;
use vault::{Act, AuditHead, Backup, Create, Opener, Receipt, Vault};
use zeroize::Zeroizing;

use super::people::{NOT_SHOWN, tuned};
use super::{
    Done, Failure, Secret, about, choose, line, now, passphrase, print, say, unlock, writing,
};
use crate::args::Asked;

pub(super) fn create(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let passphrase = passphrase(&line()?)?;
    let clinic = Clinic {
        name: asked.option("clinic").unwrap_or("Clinic").to_owned(),
        ..Clinic::default()
    };
    let (vault, code) = Vault::create(
        Path::new(dir),
        &Create {
            clinic: &clinic,
            person: asked.person.as_deref().unwrap_or("Administrator"),
            passphrase: &passphrase,
            cost: tuned(dir)?,
            at: now(),
        },
    )
    .map_err(about(dir))?;
    drop(vault);
    print(&Zeroizing::new(code.to_string())).map_err(|_| Failure::at(dir, NOT_SHOWN))
}

pub(super) fn backup(asked: &Asked) -> Done {
    let mut vault = unlock(asked)?;
    vault.needs(Act::BackUp).map_err(about(asked.word(0)))?;
    let found = vault
        .backup(Path::new(asked.word(1)), now())
        .map_err(writing(asked.word(0), asked.word(1)))?;
    print(&format!(
        "{} clients, {} audit rows; written, opened and compared",
        found.clients, found.audit_rows
    ))?;
    all_well(asked.word(0), &found.problems)
}

pub(super) fn restore(asked: &Asked) -> Done {
    let (file, dir) = (asked.word(0), asked.word(1));
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
    let vault = backup
        .restore(Path::new(dir), opener, now())
        .map_err(|error| match error {
            vault::Error::BackupDamaged => Failure::at(file, error),
            other => about(dir)(other),
        })?;
    let found = vault.verify().map_err(about(dir))?;
    print(&format!(
        "{} clients, {} audit rows; backup of {} restored and checked",
        found.clients,
        found.audit_rows,
        backup.made()
    ))?;
    all_well(dir, &found.problems)
}

pub(super) fn verify(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let vault = unlock(asked)?;
    let found = vault.verify().map_err(about(dir))?;
    let mut problems = found.problems;
    if let Some(noted) = asked.option("head") {
        let head = noted_head(&vault, noted)?;
        if !vault.read().audit_holds(&head).map_err(about(dir))? {
            problems.push(format!(
                "the audit log does not hold its head of row {}: rows were cut off or written anew",
                head.rows
            ));
        }
    }
    all_well(dir, &problems)?;
    print(&format!(
        "{} clients, {} audit rows; integrity, cipher and audit checks passed",
        found.clients, found.audit_rows
    ))
}

/// Whatever was found: the same is to be done.
const WHAT_TO_DO: &str = "keep this folder as it is, and restore the newest good backup (`relief-vault rehearse` tells) into a new one; where there is \
                          none, the recovery code still opens this one as it stands: then compare every client with the papers";

/// Says what is wrong in the vault of a folder, and what to do; nothing is good.
fn all_well(dir: &str, problems: &[String]) -> Done {
    let database = Path::new(dir).join("vault.db").display().to_string();
    for problem in problems {
        say(&format!("{database}:1: {problem}"));
    }
    if problems.is_empty() {
        return Ok(());
    }
    say(&format!("{database}:1: {WHAT_TO_DO}"));
    Err(Failure::Said)
}

/// A head as `head` printed it, or the one that a backup or a receipt of this vault carries.
fn noted_head(vault: &Vault, noted: &str) -> Done<AuditHead> {
    if let Ok(head) = noted.parse() {
        return Ok(head);
    }
    let file = Path::new(noted);
    // A note with a slip of the pen in it looks like no file's name.
    let note = noted
        .split_once(':')
        .is_some_and(|(rows, _)| !rows.is_empty() && rows.bytes().all(|b| b.is_ascii_digit()));
    if note && !file.exists() {
        let words = "this is no head of a log. It is a number, a colon and 64 digits and letters (0-9, a-f), as `relief-vault head` \
                     prints it: compare it with the note";
        return Err(Failure::at(noted, words));
    }
    let carried = match Backup::open(file) {
        Ok(backup) => Ok(backup.audit_head()),
        Err(vault::Error::NotABackup) => {
            Receipt::read(file).and_then(|receipt| vault.head_in(&receipt))
        }
        Err(other) => Err(other),
    };
    carried.map_err(|error| match error {
        vault::Error::Unread {
            why: why @ vault::Unread::Missing,
            ..
        } => Failure::at(noted, why),
        vault::Error::NotAReceipt | vault::Error::Unread { .. } => Failure::at(
            noted,
            "this file is neither a backup nor a receipt. Choose one of these, or give the head itself as ROWS:HASH",
        ),
        other => Failure::at(noted, other),
    })
}

pub(super) fn log(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let mut after: i64 = match asked.option("after").map(str::parse) {
        None => 0,
        Some(Ok(row)) => row,
        Some(Err(_)) => return Err(Failure::at(dir, "--after needs a row's number")),
    };
    let vault = unlock(asked)?;
    vault.needs(Act::ReadLog).map_err(about(dir))?;
    loop {
        let rows = vault.read().audit(after, 1000).map_err(about(dir))?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.seq;
        for row in &rows {
            super::json(row)?;
        }
    }
}

pub(super) fn head(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let vault = unlock(asked)?;
    print(&vault.read().audit_head().map_err(about(dir))?.to_string())
}
