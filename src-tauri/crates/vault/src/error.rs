//! What can go wrong, in words a volunteer can act on. No message carries a client's data, a passphrase or a key.

mod why;

use std::io;

use self::why::in_words;
pub use self::why::{Unfit, Unread};
use crate::{Act, ClientId, Role, Step};

/// Why the vault refused. Nothing was written and nothing was deleted, unless a variant says otherwise.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder holds no `vault.keys`.
    #[error(
        "there is no vault in this folder: vault.keys is missing. Choose the folder that holds vault.keys and vault.db"
    )]
    NoVault,
    /// A vault is made only in a new or empty folder.
    #[error("this folder is not empty. Choose a new or empty folder for the vault")]
    NotEmpty,
    /// `vault.keys` is not what any version of this program writes.
    #[error(
        "vault.keys is damaged, cut short, or not a file of this program. Nothing was changed; restore a backup, or put back a good copy of the file"
    )]
    KeysDamaged,
    /// `vault.keys` was written by a newer program.
    #[error(
        "this vault was written by a newer version of the program. Install the newer version to open it; nothing was changed"
    )]
    KeysNewer,
    /// `vault.keys` is whole, but somebody changed it without knowing the data key.
    #[error(
        "vault.keys was changed by something other than this program and is not trusted. Nothing was changed; restore a backup"
    )]
    KeysTampered,
    /// The file was not the one that belongs to the vault as it is now: an older one, put back or never replaced.
    #[error(
        "vault.keys was an older one: who may open this vault, or this passphrase, was changed since. The right one is in its place again. Choose your name again, and use the passphrase that you have now"
    )]
    KeysReplaced,
    /// Another window or program holds the vault.
    #[error(
        "this vault is already open in another window or program. Lock it or close it there first"
    )]
    InUse,
    /// The passphrase does not open this person's slot.
    #[error(
        "the passphrase is wrong. Check the Caps Lock key and the keyboard's language, and try again"
    )]
    WrongPassphrase,
    /// The recovery code is well formed and belongs to another vault, or was replaced.
    #[error("this recovery code does not belong to this vault")]
    WrongCode,
    /// The recovery code's checksum does not fit.
    #[error(
        "the recovery code has a typing mistake. Compare it with the printed sheet, group by group"
    )]
    CodeMistyped,
    /// Two sheets of the code do not belong together.
    #[error("these two sheets do not belong together. Take two different sheets of the same three")]
    SharesDiffer,
    /// Nobody decided that the record is destroyed.
    #[error(
        "nobody has decided to destroy this record. An attorney decides first, with the clinic's rule and a reason"
    )]
    NotDecided,
    /// What is kept of a client is not what the log last told of it.
    #[error(
        "client {0}: what is kept is not what was last saved; parts of an older copy of the vault's folder were put back. Nothing was changed. Restore the newest backup; if there is none, an attorney takes the client as it stands (`relief-vault as-it-stands`), and compares everything with the papers before anything is filed"
    )]
    PutBack(ClientId),
    /// What is kept beside the clients, or which clients there are, is not what the log last told.
    #[error(
        "parts of an older copy were put back into the vault's folder: what is in it is not what its log last told. Nothing was changed. Restore the newest backup; if there is none, the recovery code still opens it, as it stands: then look at who has a key and at every client"
    )]
    OlderParts,
    /// The keys that the database names are not those that the log last told of.
    #[error(
        "parts of an older copy were put back into the vault's folder: who may open it cannot be told any more. Nothing was changed. Restore the newest backup"
    )]
    KeysUntold,
    /// A filing of the client's is before a court.
    #[error(
        "a filing of this client is still open. Wait for the court's decision and write it down first"
    )]
    FilingOpen,
    /// A passphrase must not be empty.
    #[error("the passphrase is empty. Type a passphrase")]
    PassphraseEmpty,
    /// A new passphrase would fall quickly.
    #[error("the passphrase is too weak. {advice}")]
    PassphraseWeak {
        /// What to do, in words.
        advice: String,
    },
    /// The new passphrase is the old one.
    #[error("this is the passphrase you have. Choose another one")]
    PassphraseSame,
    /// The passphrase was given by somebody else.
    #[error("this passphrase must be changed first. Choose one that only you know")]
    MustChangePassphrase,
    /// After wrong passphrases the next try waits.
    #[error("too many wrong passphrases. Wait {seconds} seconds and try again")]
    TooSoon {
        /// How long, in seconds.
        seconds: u64,
    },
    /// The person's roles do not allow it.
    #[error("this is for {} only. Ask one of them to unlock and do it", whose(*act))]
    NotForThisRole {
        /// What was asked for.
        act: Act,
    },
    /// Somebody must be left who can keep the vault.
    #[error("this is the last administrator. Make somebody else an administrator first")]
    LastAdministrator,
    /// Nobody removes oneself.
    #[error("you cannot remove yourself. Ask another administrator")]
    NotOneself,
    /// Two people of one name could not be told apart.
    #[error("somebody here has this name already. Add a middle name or a number")]
    NameTaken,
    /// A person without a role could do nothing.
    #[error("choose at least one role for this person")]
    NoRole,
    /// A name that must be given is empty.
    #[error("the {what} is missing. Type it and try again")]
    NameEmpty {
        /// Which name.
        what: &'static str,
    },
    /// A name that cannot be kept.
    #[error("the {what} cannot be used: {why}")]
    NameUnfit {
        /// Whose name.
        what: &'static str,
        /// What is the matter with it.
        why: Unfit,
    },
    /// No slot has this id.
    #[error("this person has no key in this vault")]
    UnknownPerson,
    /// `vault.db` is missing or empty beside a good `vault.keys`.
    #[error(
        "vault.db is missing or empty. The keys are still here: put vault.db back beside vault.keys, or restore a backup"
    )]
    DatabaseMissing,
    /// `vault.db` does not belong to the keys, or bytes of it changed.
    #[error(
        "vault.db is damaged, cut short, or belongs to another vault. Nothing was changed; keep the folder as it is and restore a backup into a new folder"
    )]
    DatabaseDamaged,
    /// `vault.db` was written by a newer program.
    #[error(
        "this vault's database (version {found}) is newer than this program (version {known}). Install the newer version to open it; nothing was changed"
    )]
    SchemaNewer {
        /// The schema found.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// No client has this id.
    #[error("there is no client {0} in this vault")]
    NoSuchClient(ClientId),
    /// The client has no such sheet, note or draft any more.
    #[error("this {what} is not in the vault")]
    NotFound {
        /// What was asked for.
        what: &'static str,
    },
    /// There is no earlier state of the record to go back to.
    #[error("there is nothing to undo for this client")]
    NothingToUndo,
    /// A filing's dates run backwards.
    #[error("{later} cannot be dated before {earlier}. Check both dates")]
    StepsOutOfOrder {
        /// The step that comes first.
        earlier: Step,
        /// The step that comes after it.
        later: Step,
    },
    /// The file is no backup of this program.
    #[error("this file is not a backup of this program. Choose the file that was written as one")]
    NotABackup,
    /// The backup was written by a newer program.
    #[error(
        "this backup was written by a newer version of the program. Install the newer version to restore it"
    )]
    BackupNewer,
    /// The backup was cut short or bytes of it changed.
    #[error("the backup is damaged or cut short. Use another copy of it")]
    BackupDamaged,
    /// A file of that name is there already; it is never overwritten.
    #[error(
        "a file or folder of that name is already there. Choose another name; nothing was overwritten"
    )]
    Exists,
    /// A value in the database cannot be read although the page is whole.
    #[error("a stored {what} cannot be read by this version of the program. Nothing was changed")]
    Stored {
        /// What was stored.
        what: &'static str,
    },
    /// The file does not say which columns a table has.
    #[error(
        "this is no layout of a table: see line {line}. Each [[column]] has a title and a field or a text"
    )]
    NotALayout {
        /// Where in the file.
        line: usize,
    },
    /// The file is no card of a vault.
    #[error("this file is not the card of a vault. Choose the one that the other vault wrote")]
    NotACard,
    /// The card is this vault's own.
    #[error("this is the card of this vault itself. Open the card of the other one")]
    OwnCard,
    /// The six words are not the card's.
    #[error(
        "these are not the six words of this card. Ask for the words on the other screen again; if they still differ, somebody changed the card on its way"
    )]
    WordsDiffer,
    /// No vault of this name or key was confirmed.
    #[error("this vault is not known here. Exchange cards and confirm their six words first")]
    UnknownVault,
    /// Several confirmed vaults have this name.
    #[error(
        "several vaults are known here by this name. Give the id of the one that is meant instead: `relief-vault known` lists which is which"
    )]
    SeveralVaults,
    /// The file is no hand-over.
    #[error(
        "this file is not a hand-over of this program. Choose the one that the other vault wrote; nothing was taken in"
    )]
    NotAHandOver,
    /// The hand-over was written by a newer program.
    #[error(
        "this hand-over was written by a newer version of the program. Install the newer version to take it in"
    )]
    HandOverNewer,
    /// The hand-over was cut short or changed.
    #[error(
        "the hand-over is damaged, cut short or changed. Nothing was taken in; ask for it again"
    )]
    HandOverDamaged,
    /// The hand-over was made for another vault.
    #[error("this hand-over was made for another vault. Nothing was taken in")]
    HandOverForAnother,
    /// Two folders claim to be one laptop.
    #[error(
        "two copies of one vault's folder were used at the same time. Nothing was taken in, and neither is believed any more. Of the two, restore one from a backup; then confirm the six words of each again"
    )]
    VaultCopied,
    /// The file is no receipt.
    #[error(
        "this file is not a receipt of this program. Choose the one that the other vault wrote when it took the hand-over in"
    )]
    NotAReceipt,
    /// The receipt is for no hand-over of this vault, or not signed by its receiver.
    #[error(
        "this receipt does not belong to a hand-over of this vault, or was changed. Keep the clients here"
    )]
    ReceiptForAnother,
    /// The receipt was given by another vault, or was changed.
    #[error(
        "this receipt was not given by this vault, or was changed. A log is held against a receipt that its own vault gave"
    )]
    ReceiptNotOurs,
    /// A record is gone, and what it lay under still opens with the old key.
    #[error(
        "the record is destroyed here, but the key could not be changed: {0}. Mend that and destroy it again: then the key is changed, and it is said who still holds a copy"
    )]
    DestroyedUnderOldKey(Box<Error>),
    /// No receipt says that another vault has the client.
    #[error(
        "no receipt says that another vault has this client. Hand it over to move it, and read the receipt in first; if the client came back here since it was sent, hand it over again"
    )]
    NotConfirmed,
    /// The client changed here after it was sent.
    #[error("this client was changed here after it was sent. Hand it over again first")]
    ChangedSince,
    /// The disk is full. What was saved before stays.
    #[error("the disk is full. What was kept before is safe; make room and try again")]
    DiskFull,
    /// The folder cannot be written.
    #[error(
        "this folder cannot be written. Check that the disk is not write-protected and that the folder is yours"
    )]
    ReadOnly,
    /// The folder was moved, replaced, or went away with its disk while the vault was open.
    #[error(
        "the vault's folder is not where it was: its disk was pulled out, or the folder was moved or replaced. What was confirmed before is safe in it. Put it back, close the program and open it again, and look at the last thing you typed"
    )]
    FolderGone,
    /// The disk's format has a largest size for a file.
    #[error(
        "the disk cannot hold a file as large as this one. Use another disk, or one formatted as exFAT, NTFS or ext4"
    )]
    TooLarge,
    /// A file that was to be read is not there, is no file, or is too large for what it was chosen as.
    #[error("{what} cannot be read: {why}")]
    Unread {
        /// Which file.
        what: &'static str,
        /// What is the matter with it.
        why: Unread,
    },
    /// The disk, or the folder on it, does not answer.
    #[error("{doing} failed: {}", in_words(*kind))]
    Io {
        /// What the program was doing.
        doing: &'static str,
        /// The system's word for it.
        kind: io::ErrorKind,
    },
    /// The database refused for a reason that should not happen; the number is SQLite's.
    #[error("the database refused (SQLite code {code}). Nothing of this step was kept")]
    Database {
        /// SQLite's extended result code.
        code: i32,
    },
    /// The key derivation could not get its memory.
    #[error(
        "there is not enough free memory to check the passphrase. Close other programs and try again"
    )]
    OutOfMemory,
    /// The system gave no randomness.
    #[error(
        "the system gave no random numbers, so no key can be made. Restart the computer and try again"
    )]
    NoRandomness,
}

/// Shorthand for this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Turns an input or output error into words, with what was being done.
    pub fn io(doing: &'static str) -> impl Fn(io::Error) -> Self {
        move |error| match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            io::ErrorKind::FileTooLarge => Self::TooLarge,
            kind => Self::Io { doing, kind },
        }
    }
}

/// Whose act it is, as a person says it.
fn whose(act: Act) -> String {
    let names: Vec<_> = act
        .of()
        .iter()
        .map(|role| match role {
            Role::Administrator => "administrators",
            Role::Attorney => "attorneys",
            Role::Volunteer => "volunteers",
        })
        .collect();
    names.join(" and ")
}

impl From<rusqlite::Error> for Error {
    /// Keeps the code and drops SQLite's text, which can quote a statement.
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let Some(failure) = error.sqlite_error() else {
            return Self::Stored { what: "value" };
        };
        match failure.code {
            Code::DatabaseCorrupt | Code::NotADatabase => Self::DatabaseDamaged,
            Code::DiskFull => Self::DiskFull,
            Code::ReadOnly | Code::PermissionDenied => Self::ReadOnly,
            Code::DatabaseBusy | Code::DatabaseLocked => Self::InUse,
            Code::CannotOpen | Code::SystemIoFailure => Self::Io {
                doing: "reading or writing vault.db",
                kind: io::ErrorKind::Other,
            },
            Code::OutOfMemory => Self::OutOfMemory,
            // The rest are mistakes of ours (a constraint, a type, a misuse): the number is for the bug report.
            _ => Self::Database {
                code: failure.extended_code,
            },
        }
    }
}

impl From<getrandom::Error> for Error {
    fn from(_: getrandom::Error) -> Self {
        Self::NoRandomness
    }
}
