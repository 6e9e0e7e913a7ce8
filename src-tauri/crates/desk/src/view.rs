//! What crosses to the window: plain data, serialised to JSON, and the same shapes in TypeScript.
//!
//! Everything here is made to be shown. Nothing here decides: the decisions are in `law`, the acts in the modules beside
//! this one. The TypeScript under `ui/src/host/types` is written from these types by the test `types`.

mod bulk;
mod clients;
mod forms;
mod laptops;
mod papers;
mod rescreen;
mod results;
mod review;
mod safe;
mod session;
mod sheets;
mod statutes;

pub use bulk::*;
pub use clients::*;
pub use forms::*;
pub use laptops::*;
pub use papers::*;
pub use rescreen::*;
pub use results::*;
pub use review::*;
pub use safe::*;
pub use session::*;
pub use sheets::*;
pub use statutes::*;

pub use record::clinic::{Clinic, Language};
use serde::Serialize;
use ts_rs::TS;

/// Words for a person to read, with the key they stand under in the word lists of both languages.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Text {
    /// The key in the word lists: stable, what tests and styles hold on to.
    pub key: String,
    /// The words, in the language of the session.
    pub text: String,
}

/// Why a command was refused, in words a volunteer can act on.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Refusal {
    /// Stable; the window branches on it and holds the Spanish words.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do, and what was kept.
    pub hint: String,
}
