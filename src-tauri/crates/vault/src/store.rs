//! `vault.db`: opening it with care, and bringing an older one up to date.
//!
//! Order, in one place: open, key, first read (the canary: a wrong key shows here), every page, settings of the connection, backup,
//! migrations.
//! The settings, and why:
//!
//! | setting | why |
//! |---|---|
//! | `cipher_log_level = NONE` | SQLCipher would write to standard error |
//! | `cipher_memory_security = ON` | SQLite wipes memory as it frees it |
//! | `locking_mode = EXCLUSIVE` | one owner; the WAL's index stays in memory instead of a `-shm` file |
//! | `journal_mode = WAL`, `synchronous = FULL` | what was acknowledged survives a power cut |
//! | `wal_autocheckpoint = 65536` | until 256 MiB wait in the WAL, `vault.db` stays as it was at opening and the WAL only grows: a folder copied while it is in use is the vault of some moment, not a mixture |
//! | `secure_delete = ON`, `temp_store = MEMORY` | deleted rows are overwritten; no temporary file |
//! | `cache_size = 64 MiB` | a page is decrypted once, not at each look |
//! | `trusted_schema = OFF`, `defensive`, `cell_size_check` | a hostile file cannot do more than be refused |
//! | `cipher_status`, asked after each reading | a page whose HMAC fails is read as zeros: see [`sound`] |
//! | `query_only = ON` | readers cannot write; only the door in `transact` switches it off |

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use zeroize::Zeroizing;

use crate::folder::{self, Folder};
use crate::secret::Key;
use crate::{Error, Result, faults, hex};

/// "RLDV" in the file's header: ours, and not another program's SQLCipher file.
const APPLICATION: i64 = 0x524C_4456;

/// One step of the schema each, in order; the schema's version is how many were applied. A published one is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_clients.sql"),
    include_str!("../migrations/0002_work.sql"),
    include_str!("../migrations/0003_signatures.sql"),
    include_str!("../migrations/0004_laptops.sql"),
    include_str!("../migrations/0005_care.sql"),
    include_str!("../migrations/0006_sign_off.sql"),
    include_str!("../migrations/0007_blanks.sql"),
    include_str!("../migrations/0008_checks.sql"),
    include_str!("../migrations/0009_words.sql"),
    include_str!("../migrations/0010_keys.sql"),
    include_str!("../migrations/0011_told.sql"),
    include_str!("../migrations/0012_keys_told.sql"),
];

/// The schema this program reads and writes.
pub(crate) const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// The first schema whose log tells what was kept.
pub(crate) const TOLD: i64 = 11;

/// The first schema whose log tells which keys belong to the database.
pub(crate) const KEYS_TOLD: i64 = 12;

/// Makes a new database with the newest schema. The file must not be there.
pub(crate) fn create(path: &Path, key: &Key) -> Result<Connection> {
    create_at(path, key, SCHEMA)
}

/// Makes a new database as some version of this program did; tests go through old ones.
pub(crate) fn create_at(path: &Path, key: &Key, schema: i64) -> Result<Connection> {
    folder::private()
        .create_new(true)
        .open(path)
        .map_err(|e| match e.kind() {
            std::io::ErrorKind::AlreadyExists => Error::Exists,
            _ => Error::io("making vault.db")(e),
        })?;
    let conn = keyed(path, key)?;
    conn.pragma_update(None, "application_id", APPLICATION)?;
    settle(&conn)?;
    migrate(&conn, 0, schema)?;
    query_only(&conn, true)?;
    Ok(conn)
}

/// Opens the vault's database, and brings an older one up to date after a backup beside it; says whether it did.
///
/// # Errors
/// [`Error::DatabaseMissing`], [`Error::DatabaseDamaged`], [`Error::SchemaNewer`], [`Error::InUse`], or the disk's.
pub(crate) fn open(folder: &Folder, key: &Key) -> Result<(Connection, bool)> {
    finish_key_change(folder, key)?;
    folder.has_database()?;
    let killed = folder.has_wal();
    let conn = keyed(&folder.database(), key)?;
    let found = canary(&conn)?;
    whole(&conn, killed)?;
    settle(&conn)?;
    let old = found < SCHEMA;
    if old {
        let name = format!("vault.db.schema-{found}");
        let (copy, new) = (folder.path().join(&name), folder.path().join(name + ".new"));
        // A copy left half-made by a crash is nobody's data.
        let _ = std::fs::remove_file(&new);
        copy_to(&conn, &new, key)?;
        folder::rename(&new, &copy)?;
        migrate(&conn, found, SCHEMA)?;
    }
    query_only(&conn, true)?;
    sound(&conn)?;
    Ok((conn, old))
}

/// Looks at every page before the first write: nothing is added to a damaged file, not even the row that says who opened it.
///
/// After a kill the newest pages are in the WAL and those in the file may be half-written, so there the pages are read as SQLite sees
/// them. Otherwise the file's own pages are proved, which is several times quicker.
///
/// # Errors
/// [`Error::DatabaseDamaged`].
fn whole(conn: &Connection, killed: bool) -> Result<()> {
    if killed {
        belongs_together(conn)
    } else {
        finds_nothing(conn, "cipher_integrity_check")
    }
}

/// Whether the pages, as SQLite sees them, belong together, whatever the index of words makes of its own: that is made anew.
///
/// # Errors
/// [`Error::DatabaseDamaged`].
pub(crate) fn belongs_together(conn: &Connection) -> Result<()> {
    finds_nothing(conn, "quick_check")
}

fn finds_nothing(conn: &Connection, check: &str) -> Result<()> {
    let mut statement = conn.prepare(&format!("PRAGMA {check}"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" && !faults::is_of_the_index_of_words(&line) {
            return Err(Error::DatabaseDamaged);
        }
    }
    sound(conn)
}

/// What a change of the data key left behind when it was cut short: `vault.keys` says which of two databases is the vault's. Nothing is
/// removed before the other was opened with the key.
fn finish_key_change(folder: &Folder, key: &Key) -> Result<()> {
    folder.drop_unfinished_keys()?;
    let new = folder.new_database();
    if !std::fs::exists(&new).map_err(Error::io("looking for vault.db.new"))? {
        return Ok(());
    }
    let opens = |path: &Path| keyed(path, key).and_then(|conn| canary(&conn));
    if folder.has_database().is_ok() && opens(&folder.database()).is_ok() {
        // The key was not changed: the copy is unfinished, or nobody's.
        folder::remove(&new)
    } else if opens(&new).is_ok() {
        folder.take_new_database()
    } else {
        Ok(())
    }
}

/// Opens a copy only to look at it.
pub(crate) fn open_copy(path: &Path, key: &Key) -> Result<Connection> {
    let conn = keyed(path, key)?;
    canary(&conn)?;
    query_only(&conn, true)?;
    Ok(conn)
}

/// Opens a copy out of a backup and brings it up to today's schema: the backup itself is the copy that an upgrade would make.
pub(crate) fn open_copy_of_today(path: &Path, key: &Key) -> Result<Connection> {
    let conn = keyed(path, key)?;
    let found = canary(&conn)?;
    migrate(&conn, found, SCHEMA)?;
    query_only(&conn, true)?;
    Ok(conn)
}

/// The first look at the pages: the key fits, the file is ours, and of no newer schema than we know.
fn canary(conn: &Connection) -> Result<i64> {
    let number = |name| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, found) = (number("application_id")?, number("user_version")?);
    sound(conn)?;
    if application != APPLICATION {
        return Err(Error::DatabaseDamaged);
    }
    if found > SCHEMA {
        return Err(Error::SchemaNewer {
            found,
            known: SCHEMA,
        });
    }
    if found < 1 {
        return Err(Error::DatabaseDamaged);
    }
    Ok(found)
}

/// The schema of an open database.
pub(crate) fn schema(conn: &Connection) -> Result<i64> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Whether every page read so far was whole. SQLCipher notes the first that is not, for good; this asks it.
///
/// # Errors
/// [`Error::DatabaseDamaged`].
pub(crate) fn sound(conn: &Connection) -> Result<()> {
    let status: String = conn.pragma_query_value(None, "cipher_status", |row| row.get(0))?;
    if status == "1" {
        Ok(())
    } else {
        Err(Error::DatabaseDamaged)
    }
}

/// Switches writing off or on. Only the door switches it on.
pub(crate) fn query_only(conn: &Connection, on: bool) -> Result<()> {
    Ok(conn.pragma_update(None, "query_only", on)?)
}

/// A copy of the database at this moment, under the same key, complete on the disk when this returns.
pub(crate) fn copy_to(conn: &Connection, path: &Path, key: &Key) -> Result<()> {
    folder::private()
        .create_new(true)
        .open(path)
        .map_err(Error::io("making a copy of vault.db"))?;
    let mut copy = keyed(path, key)?;
    let backup = Backup::new(conn, &mut copy)?;
    if backup.step(-1)? != StepResult::Done {
        return Err(Error::InUse);
    }
    drop(backup);
    sound(conn)?;
    // The copy carries the WAL mark of its source; a plain file is what is copied and moved on.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, e)| e)?;
    // Opened for writing, because Windows syncs no other.
    folder::private()
        .open(path)
        .and_then(|file| file.sync_all())
        .map_err(Error::io("writing a copy of vault.db"))
}

/// The same rows in a new file, under a key of the caller's or in clear: what encryption costs is measured on twins.
#[cfg(feature = "weak-cost")]
pub(crate) fn twin(conn: &Connection, file: &Path, key: Option<&str>) -> Result<()> {
    // The vault's own connection makes no files.
    std::fs::File::create_new(file).map_err(Error::io("making a copy of vault.db"))?;
    query_only(conn, false)?;
    conn.execute_batch("PRAGMA trusted_schema = ON")?;
    conn.execute(
        "ATTACH ?1 AS twin KEY ?2",
        [file.to_string_lossy().as_ref(), key.unwrap_or_default()],
    )?;
    conn.query_row("SELECT sqlcipher_export('twin')", [], |_| Ok(()))?;
    conn.execute_batch("DETACH twin; PRAGMA trusted_schema = OFF")?;
    query_only(conn, true)
}

/// Problems that SQLite and SQLCipher see in the whole file; empty is good. Reads every page.
pub(crate) fn problems(conn: &Connection) -> Result<Vec<String>> {
    let lines = |name: &str| -> Result<Vec<String>> {
        let mut statement = conn.prepare(&format!("PRAGMA {name}"))?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    let mut found = lines("cipher_integrity_check")?;
    found.extend(lines("integrity_check")?.into_iter().filter(|l| l != "ok"));
    let mut found = faults::in_words(found);
    let broken: i64 = conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| {
        r.get(0)
    })?;
    if broken > 0 {
        found.push(format!("{broken} rows refer to rows that are not there"));
    }
    Ok(found)
}

fn keyed(path: &Path, key: &Key) -> Result<Connection> {
    // No URI names, so that a `?` in a folder's name is only a letter; no mutex, the connection has one owner.
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON;")?;
    let digits = Zeroizing::new(hex::encode(key.bytes()));
    let mut statement = Zeroizing::new(String::with_capacity(96));
    statement.push_str("PRAGMA key = \"x'");
    statement.push_str(&digits);
    statement.push_str("'\"");
    conn.execute_batch(&statement)?;
    // Before the first look at the file: a WAL that was once read without it keeps its index in a file.
    conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
    Ok(conn)
}

/// Statements that stay prepared. A hand-over uses some sixty for each client; preparing one anew costs dozens of allocations, each of
/// which locks memory.
const STATEMENTS: usize = 256;

fn settle(conn: &Connection) -> Result<()> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 65536;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -65536;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )?;
    Ok(())
}

/// Applies the migrations after `from` up to `to`.
fn migrate(conn: &Connection, from: i64, to: i64) -> Result<()> {
    apply(conn, &MIGRATIONS[from as usize..to as usize], from)
}

/// Applies steps to a schema of version `from`, each with its version in one transaction.
fn apply(conn: &Connection, steps: &[&str], from: i64) -> Result<()> {
    for (sql, version) in steps.iter().zip(from + 1..) {
        let step = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
        step.execute_batch(sql)?;
        step.pragma_update(None, "user_version", version)?;
        sound(&step)?;
        step.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
