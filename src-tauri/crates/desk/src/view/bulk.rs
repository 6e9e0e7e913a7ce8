//! Many packets in one job.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ClientId;

/// Begins a job.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BeginBulk {
    /// Whose packets, in any order.
    #[ts(type = "string[]")]
    pub ids: Vec<ClientId>,
}

/// Prints or saves a job.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintBulk {
    /// The printer uses both sides of a sheet.
    pub two_sided: bool,
}

/// How far a job is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct BulkView {
    /// Clients gone through.
    pub done: u32,
    /// Clients asked for.
    pub of: u32,
    /// Packets in the job.
    pub packets: u32,
    /// Papers in them.
    pub papers: u32,
    /// Whoever is left out.
    pub left_out: Vec<LeftOut>,
}

/// Somebody whose packet is left out of a job.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct LeftOut {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// What the list shows until asked.
    pub initials: String,
    /// The name.
    pub name: String,
    /// Why.
    pub why: LeftOutWhy,
}

/// Why a packet may not leave with the others.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutWhy {
    /// An attorney must clear the client first.
    Clearance,
    /// There is nothing to file.
    Nothing,
    /// The clinic wants an attorney's sign-off.
    SignOff,
    /// Something is missing, and no attorney signed it off all the same.
    NotReady,
}
