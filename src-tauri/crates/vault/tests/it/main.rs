//! The vault from outside: what is kept comes back, and everything else is refused in words.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

mod backup;
mod care;
mod checks;
mod command;
mod copied;
mod damage;
mod folder;
mod foreign;
mod handover;
mod kept;
mod kills;
mod made_up;
mod memory;
mod names;
mod older;
mod older_index;
mod older_pages;
mod put_back;
mod rekey;
mod search;
mod staff;
mod two_laptops;
mod unlock;
mod wal;
mod words;
