//! The vault from outside: what is kept comes back, and everything else is refused in words.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

mod backup;
mod command;
mod damage;
mod folder;
mod kept;
mod made_up;
mod older;
mod search;
mod unlock;
