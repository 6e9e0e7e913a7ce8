//! Backups: one encrypted file that a passphrase or the recovery code opens on any machine, proved by opening it.
//!
//! | bytes | what |
//! |---|---|
//! | `relief-desk/backup/1\n` | format and version |
//! | 8, then as many | length (little endian) and JSON in clear: when it was made, and the audit log's head |
//! | 8, then as many | length and `vault.keys` as it was |
//! | 8, then as many | length and the database, encrypted under the same data key |
//! | 32 | HMAC-SHA256 over all before, under a key derived from the data key |
//!
//! A client's data is in the database part alone. A backup opens with the passphrases of the day it was made.

mod contents;
mod parts;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use hmac::Mac as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::parts::{Beside, Macced, length, small};
use crate::audit::{AuditHead, Hand, Look, Operation};
use crate::door::{self, View};
use crate::folder::{self, Folder};
use crate::foreign::Foreign;
use crate::keys::{self, KeyFile, Opened};
use crate::locked::Locked;
use crate::people::{Person, PersonId};
use crate::recovery::RecoveryCode;
use crate::secret::{Key, Passphrase};
use crate::told::Told;
use crate::vault::{Vault, person};
use crate::verify::Verdict;
use crate::{Error, Result, hex, store};

const MAGIC: &[u8] = b"relief-desk/backup/1\n";
const FAMILY: &[u8] = b"relief-desk/backup/";
const PURPOSE: &[u8] = b"relief-desk/vault/1 backup";
const DOING: &str = "reading the backup";
const WRITING: &str = "writing the backup";

/// What opens a vault or a backup.
#[derive(Debug, Clone, Copy)]
pub enum Opener<'a> {
    /// A person's passphrase.
    Passphrase(&'a PersonId, &'a Passphrase),
    /// The recovery code.
    Code(&'a RecoveryCode),
}

/// A backup file that was looked at: whose it is and when it was made. What is in it takes an [`Opener`].
#[derive(Debug)]
pub struct Backup {
    file: PathBuf,
    keys: KeyFile,
    head: Head,
    /// Where the database part begins, and how long it is.
    database: (u64, u64),
}

/// What a backup says of itself in clear.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Head {
    made: Timestamp,
    audit_rows: i64,
    #[serde(with = "hex")]
    audit_hash: [u8; 32],
    /// A MAC over the count and hash of every table, under a key derived from the data key: in clear they would say how many clients
    /// there are. Backups of older versions have none.
    #[serde(default, with = "hex::maybe", skip_serializing_if = "Option::is_none")]
    contents: Option<[u8; 32]>,
}

/// What a rehearsed restore came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rehearsal {
    /// When the backup was made.
    pub made: Timestamp,
    /// Clients that came back.
    pub clients: u64,
    /// Rows of the audit log that came back.
    pub audit_rows: i64,
    /// Rows of all tables that came back.
    pub rows: u64,
    /// Whether the count and hash of every table are what they were; `None` where an older version wrote the backup.
    pub same: Option<bool>,
    /// What is wrong, one line each; empty is good.
    pub problems: Vec<String>,
}

impl Vault {
    /// Writes a backup to a new file, opens what was written, compares it, and only then gives it its name. What is not as the log last told
    /// goes into it as it stands; the verdict says so.
    ///
    /// # Errors
    /// [`Error::Exists`], [`Error::BackupDamaged`] if what was written does not read back, [`Error::DatabaseDamaged`], or the disk's.
    pub fn backup(&mut self, file: &Path, at: Timestamp) -> Result<Verdict> {
        folder::is_free(file, WRITING)?;
        let part = Beside::of(file, "part")?;
        let copy = Beside::of(file, "copy")?;
        let head = self.read().audit_head()?;
        self.write_backup(&part.0, &copy.0, head, at)?;
        drop(copy);
        let written = Backup::open(&part.0)?;
        let check = Beside::of(file, "check")?;
        written.extract(&self.data_key, &check.0)?;
        let mut found = verdict_of(&check.0, &self.data_key, &written)?;
        if found.clients != self.read().count()?
            || found.audit_rows != head.rows
            || !found.problems.is_empty()
        {
            // What is wrong in the vault is wrong in its copy.
            return Err(if store::problems(&self.conn)?.is_empty() {
                Error::BackupDamaged
            } else {
                Error::DatabaseDamaged
            });
        }
        found.problems = self.put_back()?;
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        self.transact(Operation::Backup, at, |tx| {
            tx.conn
                .prepare_cached(
                    "INSERT INTO backup_made (at, file, audit_rows) VALUES (?1, ?2, ?3)",
                )?
                .execute(rusqlite::params![crate::time::stamp(at), name, head.rows])?;
            Ok(())
        })?;
        // Last: no backup lies about that the list of who holds a client does not have.
        folder::rename(&part.0, file)?;
        Ok(found)
    }

    fn write_backup(&self, part: &Path, copy: &Path, head: AuditHead, at: Timestamp) -> Result<()> {
        let (data_key, keys) = (&self.data_key, &self.keys);
        store::copy_to(&self.conn, copy, data_key)?;
        let out = folder::private()
            .create_new(true)
            .open(part)
            .map_err(Error::io(WRITING))?;
        let mut out = Macced {
            inner: BufWriter::new(out),
            mac: keys::mac(data_key, &keys.vault, PURPOSE),
        };
        let head = serde_json::to_vec(&Head {
            made: at,
            audit_rows: head.rows,
            audit_hash: head.hash,
            contents: Some(contents::tag(
                data_key,
                &keys.vault,
                &self.read().look(contents::of)?,
            )),
        })
        .unwrap_or_default();
        let mut database = File::open(copy).map_err(Error::io(WRITING))?;
        let mut write = |out: &mut Macced<BufWriter<File>>| -> io::Result<()> {
            out.write_all(MAGIC)?;
            for part in [&head, &keys.text()] {
                out.write_all(&(part.len() as u64).to_le_bytes())?;
                out.write_all(part)?;
            }
            out.write_all(&database.metadata()?.len().to_le_bytes())?;
            io::copy(&mut database, out)?;
            let tag = out.mac.clone().finalize().into_bytes();
            out.inner.write_all(&tag)?;
            out.inner.flush()?;
            out.inner.get_ref().sync_all()
        };
        write(&mut out).map_err(Error::io(WRITING))
    }
}

impl Backup {
    /// Looks at a backup.
    ///
    /// # Errors
    /// [`Error::Unread`], [`Error::NotABackup`], [`Error::BackupNewer`], [`Error::BackupDamaged`], [`Error::KeysNewer`], or the disk's.
    pub fn open(file: &Path) -> Result<Self> {
        let (from, all) = Foreign::Backup.open(file)?;
        let mut from = BufReader::new(from);
        let mut magic = vec![0; MAGIC.len()];
        match from.read_exact(&mut magic) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Err(Error::NotABackup),
            read => read.map_err(Error::io(DOING))?,
        }
        if magic != MAGIC {
            let ours = magic.starts_with(FAMILY)
                && magic.get(FAMILY.len()).is_some_and(u8::is_ascii_digit);
            return Err(if ours {
                Error::BackupNewer
            } else {
                Error::NotABackup
            });
        }
        let head = serde_json::from_slice(&small(&mut from)?).map_err(|_| Error::BackupDamaged)?;
        let keys = KeyFile::parse(&small(&mut from)?).map_err(|error| match error {
            Error::KeysDamaged => Error::BackupDamaged,
            other => other,
        })?;
        let length = length(&mut from)?;
        let start = from.stream_position().map_err(Error::io(DOING))?;
        if start
            .checked_add(length)
            .and_then(|end| end.checked_add(32))
            != Some(all)
        {
            return Err(Error::BackupDamaged);
        }
        Ok(Self {
            file: file.to_owned(),
            keys,
            head,
            database: (start, length),
        })
    }

    /// The clinic's name.
    #[must_use]
    pub fn clinic(&self) -> &str {
        &self.keys.clinic
    }

    /// Who could open the vault when the backup was made.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        self.keys.people()
    }

    /// When it was made. Proved only once it was opened.
    #[must_use]
    pub fn made(&self) -> Timestamp {
        self.head.made
    }

    /// The head of the audit log that was backed up, to hold a log against. Proved only once it was opened.
    #[must_use]
    pub fn audit_head(&self) -> AuditHead {
        AuditHead {
            rows: self.head.audit_rows,
            hash: self.head.audit_hash,
        }
    }

    /// Makes a vault of the backup in a new or empty folder, and opens it.
    ///
    /// The whole backup is proved before anything is written.
    ///
    /// # Errors
    /// [`Error::NotEmpty`], [`Error::WrongPassphrase`], [`Error::WrongCode`], [`Error::UnknownPerson`], [`Error::MustChangePassphrase`],
    /// [`Error::BackupDamaged`], [`Error::SchemaNewer`], or the disk's. After an error no vault is there.
    pub fn restore(&self, dir: &Path, opener: Opener<'_>, at: Timestamp) -> Result<Vault> {
        let opened = self.opened(opener)?;
        if let Opener::Passphrase(id, _) = opener
            && person(&self.keys, id)?.must_change
        {
            return Err(Error::MustChangePassphrase);
        }
        let data_key = &opened.data_key;
        self.pour(data_key, &mut io::sink())?;
        let folder = Folder::at(dir);
        folder.make()?;
        let new = Beside::of(&folder.database(), "new")?;
        self.extract(data_key, &new.0)?;
        if !verdict_of(&new.0, data_key, self)?.problems.is_empty() {
            return Err(Error::BackupDamaged);
        }
        self.retire(&new.0, opener, &opened, at)?;
        folder::rename(&new.0, &folder.database())?;
        // Last: without vault.keys there is no vault.
        folder.write_keys(&self.keys.text())?;
        Locked::of(folder, self.keys.clone()).open_with(opener, opened, at)
    }

    /// Before there is a vault: cut short at any moment, no copy goes on as the laptop that it is a copy of.
    fn retire(
        &self,
        file: &Path,
        opener: Opener<'_>,
        opened: &Opened,
        at: Timestamp,
    ) -> Result<()> {
        let conn = store::open_copy(file, &opened.data_key)?;
        let nobody = crate::locked::nobody().id;
        let hand = Hand {
            person: match opener {
                Opener::Passphrase(id, _) => id,
                Opener::Code(_) => &nobody,
            },
            signer: &opened.signer,
        };
        let operation = Operation::Restore;
        let told = &mut Told::default();
        door::transact(&conn, &self.keys.vault, &hand, operation, at, told, |tx| {
            tx.retire_laptop()
        })?;
        conn.close().map_err(|(_, error)| error.into())
    }

    pub(crate) fn keys(&self) -> &KeyFile {
        &self.keys
    }

    /// Unpacks the database beside the backup, encrypted as it is, looks into it, and removes it again.
    pub(crate) fn look<T>(
        &self,
        opener: Opener<'_>,
        look: impl FnOnce(View<'_>) -> Result<T>,
    ) -> Result<T> {
        // An older schema is looked at as today's; the copy is thrown away.
        self.look_through(opener, store::open_copy_of_today, look)
    }

    fn look_through<T>(
        &self,
        opener: Opener<'_>,
        open: impl FnOnce(&Path, &Key) -> Result<rusqlite::Connection>,
        look: impl FnOnce(View<'_>) -> Result<T>,
    ) -> Result<T> {
        let opened = self.opened(opener)?;
        let copy = Beside::of(&self.file, "look")?;
        self.extract(&opened.data_key, &copy.0)?;
        let conn = open(&copy.0, &opened.data_key)?;
        look(View::of(&conn, &self.keys.vault))
    }

    /// Rehearses a restore: restores into a folder beside the backup, looks all of it through, compares it with what the backup says
    /// of its contents, and removes the folder again.
    ///
    /// # Errors
    /// As [`Backup::restore`].
    pub fn rehearse(&self, opener: Opener<'_>, at: Timestamp) -> Result<Rehearsal> {
        // As it was made: in today's schema its tables are not what the backup says of them.
        let contents =
            self.look_through(opener, store::open_copy, |view| view.look(contents::of))?;
        let place = Beside::of(&self.file, "rehearsal")?;
        let restored = self.restore(&place.0, opener, at)?;
        let verdict = restored.verify()?;
        let opened = self.opened(opener)?;
        let tag: [u8; 32] = contents::tag(&opened.data_key, &self.keys.vault, &contents);
        Ok(Rehearsal {
            made: self.head.made,
            clients: verdict.clients,
            audit_rows: self.head.audit_rows,
            rows: contents.iter().map(|(_, rows, _)| rows).sum(),
            same: self.head.contents.map(|noted| noted == tag),
            problems: verdict.problems,
        })
    }

    fn opened(&self, opener: Opener<'_>) -> Result<Opened> {
        match opener {
            Opener::Passphrase(person, passphrase) => self.keys.unlock(person, passphrase.bytes()),
            Opener::Code(code) => self.keys.recover(code.bytes()),
        }
        .map_err(|error| match error {
            Error::KeysTampered => Error::BackupDamaged,
            other => other,
        })
    }

    fn extract(&self, data_key: &Key, to: &Path) -> Result<()> {
        let mut file = folder::private()
            .create_new(true)
            .open(to)
            .map_err(Error::io("unpacking the backup"))?;
        self.pour(data_key, &mut file)?;
        file.sync_all().map_err(Error::io("unpacking the backup"))
    }

    /// Reads the whole file, gives the database part to `to`, and checks the MAC over all of it.
    fn pour(&self, data_key: &Key, to: &mut impl Write) -> Result<()> {
        let (start, length) = self.database;
        let (mut from, _) = Foreign::Backup.open(&self.file)?;
        let mut before = Macced {
            inner: io::sink(),
            mac: keys::mac(data_key, &self.keys.vault, PURPOSE),
        };
        let mut tag = [0; 32];
        let read = |from: &mut File| -> io::Result<_> {
            io::copy(&mut from.take(start), &mut before)?;
            let mut database = Macced {
                inner: to,
                mac: before.mac,
            };
            let poured = io::copy(&mut from.take(length), &mut database)?;
            from.seek(SeekFrom::Start(start + length))?;
            from.read_exact(&mut tag)?;
            Ok((poured, database.mac))
        };
        let (poured, mac) = match read(&mut from) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Err(Error::BackupDamaged),
            done => done.map_err(Error::io(DOING))?,
        };
        if poured != length || mac.verify_slice(&tag).is_err() {
            return Err(Error::BackupDamaged);
        }
        Ok(())
    }
}

/// Looks through an unpacked database, and compares its audit log with what the backup says of it.
fn verdict_of(database: &Path, data_key: &Key, backup: &Backup) -> Result<Verdict> {
    let conn = store::open_copy_of_today(database, data_key)?;
    let view = View::of(&conn, &backup.keys.vault);
    let mut problems = store::problems(&conn)?;
    let head = view.audit_head()?;
    if view.audit_broken(Look::Chain)?.is_some()
        || (head.rows, head.hash) != (backup.head.audit_rows, backup.head.audit_hash)
    {
        problems.push("the audit log is not the one that was backed up".to_owned());
    }
    Ok(Verdict {
        clients: view.count()?,
        audit_rows: head.rows,
        problems,
    })
}
