//! This laptop among others: cards and six words, hand-overs, disputed facts. And what becomes of a client in the end.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use vault::ClientId;

/// This laptop among others.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct LaptopsView {
    /// The six words of this laptop, to be read aloud to whoever confirms its card.
    pub words: String,
    /// Laptops whose six words somebody confirmed here.
    pub known: Vec<KnownLaptop>,
    /// What was written for them, newest first.
    pub sent: Vec<SentView>,
    /// What was taken in from them, newest first.
    pub received: Vec<ReceivedView>,
}

/// A laptop that is believed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct KnownLaptop {
    /// Its id.
    pub id: String,
    /// Its clinic's name.
    pub name: String,
}

/// A hand-over that was written.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct SentView {
    /// For whom.
    pub to: String,
    /// Its number.
    pub sequence: i64,
    /// When.
    pub at: String,
    /// Whether the clients were to leave this laptop.
    pub moving: bool,
    /// Whether the receipt was read in.
    pub receipt: bool,
    /// Its clients.
    pub clients: Vec<SentClient>,
}

/// A client of a hand-over.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct SentClient {
    /// The id.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The name, where the client is still here.
    pub name: Option<String>,
    /// Whether the receipt says that it was taken in.
    pub taken: bool,
}

/// A hand-over that was taken in.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct ReceivedView {
    /// From whom.
    pub from: String,
    /// The sender's number.
    pub sequence: i64,
    /// When.
    pub at: String,
}

/// Confirms a laptop whose card is chosen by a dialog.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// The six words as the other screen shows them.
    pub words: String,
}

/// Names a known laptop.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WhichLaptop {
    /// Its id.
    pub laptop: String,
}

/// Asks for a hand-over.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The receiving laptop's id.
    pub to: String,
    /// Which clients.
    #[ts(type = "Array<string>")]
    pub clients: Vec<ClientId>,
    /// Whether they are to leave this laptop once the other one confirmed to have them.
    pub moving: bool,
}

/// A hand-over that was taken in just now.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct TakenInView {
    /// From whom.
    pub from: String,
    /// It had been taken in before: nothing was changed.
    pub replay: bool,
    /// Each client's outcome.
    pub clients: Vec<TakenClient>,
}

/// What became of one client of a hand-over.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct TakenClient {
    /// The id.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The name; absent where it was destroyed here before.
    pub name: Option<String>,
    /// What became of it.
    pub outcome: TakenOutcome,
    /// Disputed fields it has now.
    pub disputed: u32,
    /// Clients here of the same name, that may be the same person.
    pub like: u32,
}

/// What became of one client.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TakenOutcome {
    /// New here.
    Added,
    /// Known here, and brought together.
    Merged,
    /// Destroyed here before: not taken in.
    Destroyed,
}

/// What a receipt says.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct ReceiptView {
    /// Clients that the other laptop confirmed to have, and that are to leave this one.
    pub may_go: Vec<SentClient>,
}

/// Names clients that leave, or are looked at.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Purge {
    /// Which.
    #[ts(type = "Array<string>")]
    pub clients: Vec<ClientId>,
}

/// A client with disputed fields.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct DisputedClient {
    /// The id.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The name.
    pub name: String,
    /// How many fields.
    pub fields: u32,
}

/// A fact that two laptops changed without knowing of each other. Unknown to the law until an attorney chooses.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DisputeView {
    /// Names it in [`Resolve`].
    pub field: String,
    /// Its place in the record, such as `cases[0].number`; absent for what is no fact of the record.
    pub path: Option<String>,
    /// The values, side by side.
    pub values: Vec<DisputeValue>,
}

/// One laptop's value.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DisputeValue {
    /// Names it in [`Resolve`].
    pub version: String,
    /// The value; null where that laptop removed it.
    #[ts(type = "unknown")]
    pub value: Value,
    /// Whether this laptop wrote it.
    pub here: bool,
}

/// Chooses between two laptops' values.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Resolve {
    /// Whose.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The field.
    pub field: String,
    /// The version; none of them where absent: then the fact is not known.
    pub version: Option<String>,
}

/// What is to become of a client's record, and who else has it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct KeepingView {
    /// What was decided, if anything.
    pub decided: Option<DecidedView>,
    /// A filing is before a court: nothing is destroyed.
    pub open_filing: bool,
    /// Backups and hand-overs that hold the client.
    pub holders: Vec<HolderView>,
}

/// A decision as it was made.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct DecidedView {
    /// To destroy it; else to keep it.
    pub destroy: bool,
    /// The clinic's rule.
    pub rule: String,
    /// Why, for this client.
    pub reason: String,
    /// When.
    pub at: String,
    /// By whom.
    pub who: String,
}

/// Something outside the office that holds a client.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct HolderView {
    /// A backup; else a laptop that got the client by a hand-over.
    pub backup: bool,
    /// The file's or the laptop's name.
    pub name: String,
    /// When it was written.
    pub at: String,
    /// Whether a receipt says that it was taken in; true for a backup.
    pub taken: bool,
}

/// Decides what becomes of a record.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// Whose.
    #[ts(type = "string")]
    pub id: ClientId,
    /// To destroy it; else to keep it.
    pub destroy: bool,
    /// The clinic's rule that it follows.
    pub rule: String,
    /// Why, for this client.
    pub reason: String,
}

/// A record that is gone.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct DestroyedView {
    /// Who still holds the client: what a person must see to.
    pub holders: Vec<HolderView>,
}
