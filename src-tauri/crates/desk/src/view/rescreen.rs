//! Saved answers held against today's rules: who gains and who loses what.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CardStatus, ClientId, Text};

/// Whether clients were last screened under other rules than the program has now.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RulesNews {
    /// The program's rule packs, `us-ca 2026.11`.
    pub packs: Vec<String>,
    /// The others that saved answers come from.
    pub others: Vec<String>,
    /// Clients whose saved answers come from those.
    pub clients: u32,
    /// Clients who have saved answers at all.
    pub screened: u32,
    /// Somebody went through all of them since these rules came.
    pub gone_through: bool,
}

/// Asks for the next part of the clients.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Rescreen {
    /// The last client of the part before; absent begins.
    #[serde(default)]
    #[ts(type = "string | null", optional)]
    pub after: Option<ClientId>,
}

/// One part of the clients.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Rescreened {
    /// Those whose answers differ.
    pub changed: Vec<ChangedClient>,
    /// How many were looked at in this part.
    pub done: u32,
    /// The last of them, to go on after; absent when there are no more.
    #[ts(type = "string | null")]
    pub next: Option<ClientId>,
}

/// One client whose saved answers are not today's.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangedClient {
    /// Names the client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// Shown when asked; the list shows initials.
    pub name: String,
    /// `J. D.`
    pub initials: String,
    /// The day of the saved answers.
    #[ts(type = "string")]
    pub saved: Date,
    /// The rule packs they come from.
    pub packs: Vec<String>,
    /// The record was changed after they were saved: some of what differs may come from that.
    pub edited: bool,
    /// What differs, what is gained first.
    pub changes: Vec<AnswerChange>,
}

/// One answer that differs.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AnswerChange {
    /// Which way, from the client's side.
    pub way: ChangeWay,
    /// What made it differ.
    pub cause: ChangeCause,
    /// The route's name in words.
    pub route: Text,
    /// The case's number; absent for an answer about the person, or where it is not known.
    pub case: Option<String>,
    /// The count's section.
    pub section: Option<String>,
    /// What was said; absent where the route said nothing.
    pub was: Option<CardStatus>,
    /// What is said now.
    pub is: Option<CardStatus>,
}

/// Which way an answer changed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeWay {
    /// A door opened, or promises more.
    Gains,
    /// A door closed, or promises less.
    Loses,
    /// Neither plainly better nor worse: a person must look.
    Differs,
}

/// What made an answer differ.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeCause {
    /// Other rules, on the day of the saved answers.
    Rules,
    /// The time that has passed since.
    Time,
}
