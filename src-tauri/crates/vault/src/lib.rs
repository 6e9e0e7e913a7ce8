//! The store: sole owner of the encrypted folder.
//!
//! A vault is a folder with `vault.db` (SQLCipher under a random 256-bit data key) and `vault.keys` (who can open it: one slot for
//! each person and one for the recovery code, in clear and guarded by a MAC). `SECURITY.md` at the repository's root says against
//! whom that helps.
//!
//! | state | type | what can be done |
//! |---|---|---|
//! | locked | [`Locked`], from [`Vault::open`] | see the clinic's name and the people; unlock, recover |
//! | open | [`Vault`] | read through [`Vault::read`]; write through [`Vault::transact`] |
//!
//! **One door for writes.** [`Vault::transact`] takes the name of what a person does and a closure; all of it is kept, with its row in
//! the audit log, or none. Reading goes through [`View`], and the connection itself refuses to write outside the door.
//!
//! **One owner.** A [`Vault`] holds the folder: a second opening is refused, also from another process, until it is dropped or the
//! process ends. It is synchronous; the shell gives it a thread.
//!
//! What it deliberately does not do: it knows no law and computes no finding (it keeps what was shown), reads no clock (time is a
//! parameter), deletes or repairs no damaged file. Who may do what stands in one table, [`Act`]; operations on the vault as a whole ask it
//! themselves, what is done for one client its caller.
//!
//! Start at [`Vault::create`] and [`Vault::open`]; the tables stand in `migrations/*.sql`, what was decided about keys in `keys`
//! and `seal`.

mod agree;
mod answers;
mod audit;
mod backup;
mod belonging;
mod blank;
mod check;
mod client;
mod conflict;
mod cost;
mod counts;
mod document;
mod door;
mod draft;
mod error;
mod faults;
mod filing;
mod folder;
mod foreign;
#[cfg(test)]
mod fuzz;
mod handover;
mod hex;
mod index;
mod keys;
mod laptop;
mod list;
mod locked;
mod lost;
mod merge;
mod name;
mod note;
mod paper;
mod people;
mod receipt;
mod recovery;
mod rekey;
mod retention;
mod rights;
mod seal;
mod search;
mod secret;
mod sent;
mod setting;
mod shares;
mod sheet;
mod shown;
mod sign_off;
mod signing;
mod staff;
mod store;
mod strength;
mod table;
mod time;
mod told;
mod tries;
mod vault;
mod verify;
mod words;

pub use answers::{Clearance, Declaration, Declared};
pub use audit::{AuditHead, AuditRow, Operation};
pub use backup::{Backup, Opener, Rehearsal};
pub use check::{Check, Verdict as CheckVerdict};
pub use client::{ClientId, UNDO_DEPTH, UndoStep};
pub use cost::{ABOUT_A_SECOND, Cost};
pub use counts::{Cell, Counts, SMALLEST_CELL};
pub use door::{Tx, View};
pub use draft::Draft;
pub use error::{Error, Result, Unfit, Unread};
pub use filing::{Filing, Step};
pub use foreign::Foreign;
pub use handover::{HandedOver, Outcome, TakenIn};
pub use laptop::{Card, KnownVault};
pub use list::ClientRow;
pub use locked::Locked;
pub use lost::{Held, KeySettings, LostClient, LostLaptop};
pub use merge::{Conflict, Dot};
pub use note::Note;
pub use paper::{NewPaper, PaperOut, Way};
pub use people::{Person, PersonId, Role};
pub use receipt::Receipt;
pub use recovery::RecoveryCode;
pub use retention::{Decision, Holder, Retention};
pub use rights::Act;
pub use search::fold;
pub use secret::{Passphrase, no_core_dumps};
pub use sent::{Received, Sent};
pub use sheet::{NewSheet, Sheet};
pub use shown::Shown;
pub use sign_off::{Ended, NewSignOff, Said, SignOff, SignedPaper};
pub use staff::NewPerson;
pub use strength::Strength;
pub use table::{Guard, Layout};
pub use vault::{Create, Vault};
pub use verify::Verdict;
