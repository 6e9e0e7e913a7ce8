//! Which `vault.keys` belongs to the database: the database says so itself, inside its encryption and in one transaction with the audit
//! row of each change. The file beside it is what people open the vault by, and anybody can put an older one in its place.

use rusqlite::{Connection, OptionalExtension};

use crate::door::{Tx, View};
use crate::folder::Folder;
use crate::keys::{Came, KeyFile};
use crate::secret::Key;
use crate::{Error, Result};

/// Finds the keys that belong to an open database; `found` are those of the file, which led to its key, and `came` says by which slot.
/// Where the file is another one it is put right first; not where the database is known to have parts of an `older` copy, for then the file
/// may be the right one.
///
/// # Errors
/// [`Error::KeysReplaced`] for whoever came in by a slot that does not belong to the vault as it is now, [`Error::KeysUntold`],
/// [`Error::DatabaseDamaged`], or the disk's.
pub(crate) fn belonging(
    conn: &Connection,
    folder: &Folder,
    found: KeyFile,
    data_key: &Key,
    came: Came<'_>,
    older: bool,
) -> Result<KeyFile> {
    let kept = View::of(conn, &found.vault).belonging_keys()?;
    let Some(bytes) = kept.filter(|bytes| *bytes != found.text()) else {
        return Ok(found);
    };
    if older {
        return Err(Error::KeysUntold);
    }
    let right = KeyFile::parse(&bytes)
        .ok()
        .filter(|right| right.vault == found.vault && right.made_under(data_key))
        .ok_or(Error::DatabaseDamaged)?;
    folder.write_keys(&bytes)?;
    if right.has_slot_of(&found, came) {
        Ok(right)
    } else {
        Err(Error::KeysReplaced)
    }
}

impl View<'_> {
    /// The `vault.keys` that the database says belongs to it.
    pub(crate) fn belonging_keys(&self) -> Result<Option<Vec<u8>>> {
        self.look(|conn| {
            Ok(conn
                .query_row("SELECT file FROM belonging_keys", [], |row| row.get(0))
                .optional()?)
        })
    }
}

impl Tx<'_> {
    /// Says which `vault.keys` belongs to the database from now on.
    pub(crate) fn keep_keys(&mut self, file: &[u8]) -> Result<()> {
        self.conn.execute(
            "INSERT INTO belonging_keys (one, file) VALUES (1, ?1) \
             ON CONFLICT (one) DO UPDATE SET file = ?1 WHERE file <> ?1",
            [file],
        )?;
        Ok(())
    }
}
