//! The packet, and what became of it in court.

use jiff::civil::Date;
use record::answers::Elections;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ClientId, LineRef, Told};

/// A client's packet as it stands now.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PacketView {
    /// Every paper, by court case, the client's own sheet last.
    pub papers: Vec<PaperView>,
    /// Nothing but signatures is missing.
    pub ready: bool,
    /// What is missing, in words.
    pub why_not: Vec<String>,
    /// Nothing to be filed was made: an attorney must clear it first, by name and reason.
    pub needs_clearance: bool,
    /// Nobody has said who signs: an attorney of the office must, or say that the client files in person.
    pub needs_signer: bool,
    /// The office's attorneys by name: who may be chosen to sign.
    pub attorneys: Vec<String>,
    /// The day the papers are made for.
    #[ts(type = "string")]
    pub as_of: Date,
    /// An attorney's last word on these papers.
    pub sign_off: SignOffState,
    /// This clinic lets them leave only once they are signed off, and they are not.
    pub needs_sign_off: bool,
    /// What the client may tell the court in the client's own words, by case.
    pub tellings: Vec<Telling>,
}

/// What a client may tell the court about one case or count.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Telling {
    /// Index of the case.
    pub case: usize,
    /// Index of the count; absent for the whole case.
    pub count: Option<usize>,
    /// Without it, what is asked for there lacks its evidence.
    pub needed: bool,
    /// What to ask, one after the other.
    pub prompts: Vec<PromptView>,
}

/// One thing to ask a client.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct PromptView {
    /// Its name.
    pub key: String,
    /// The question, in the language of the session.
    pub ask: String,
    /// The same in the client's language, to read aloud, where that is another.
    pub aloud: Option<String>,
}

/// An attorney's last word on a client's papers.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(tag = "said", rename_all = "snake_case")]
pub enum SignOffState {
    /// None yet.
    Open,
    /// Signed off, and these are the very bytes.
    Signed {
        /// The attorney, with the bar number.
        by: String,
        /// The day.
        #[ts(type = "string")]
        on: Date,
        /// The moment.
        at: String,
    },
    /// Signed off, and then something changed: it holds no more.
    Ended {
        /// The attorney, with the bar number.
        by: String,
        /// The day.
        #[ts(type = "string")]
        on: Date,
        /// Who made the change, or had the papers made again.
        who: String,
        /// When it ended.
        at: String,
        /// What changed: paths of facts, else `answers.…`, `clinic`, `rules`, `law` (another answer by now) or `papers` (other bytes
        /// from the same facts). Empty: an attorney said another word.
        changed: Vec<String>,
    },
    /// Sent back.
    SentBack {
        /// The attorney, with the bar number.
        by: String,
        /// The day.
        #[ts(type = "string")]
        on: Date,
        /// The moment.
        at: String,
        /// Why.
        reason: String,
    },
}

/// Signs papers off.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The [`PaperView::key`] of every paper that was looked at.
    pub keys: Vec<String>,
}

/// Sends papers back.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SendBack {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// Why; the office sees it.
    pub reason: String,
}

/// One paper of the packet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PaperView {
    /// Names the paper in `bytes` and `print`; changes when the paper's bytes change.
    pub key: String,
    /// What it is: `cover`, `petition`, `order`, `service`, `declaration`, `client`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// For whom: `court`, `prosecutor`, `client`, ...
    pub recipient: String,
    /// The file's name when it is saved.
    pub file: String,
    /// Index of the case; absent on the client's own sheet.
    pub case: Option<usize>,
    /// Pages.
    pub pages: u32,
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
    /// What is left blank, and why.
    pub blanks: Vec<BlankView>,
    /// Where each mark that was made comes from.
    pub marks: Vec<MarkView>,
}

/// A blank that is left on purpose.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BlankView {
    /// What is blank.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A mark on a paper and the fact it rests on.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MarkView {
    /// What it is.
    pub what: String,
    /// The value as printed.
    pub value: String,
    /// The facts it rests on: of the record, the findings, the clinic or the answers.
    pub from: Vec<OriginView>,
}

/// A fact behind a mark: who gave it, and when.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct OriginView {
    /// Its path.
    pub fact: String,
    /// Who gave it.
    pub giver: Giver,
    /// By name, where that is kept.
    pub who: Option<String>,
    /// When it was said, or the day the law answered for.
    #[ts(type = "string | null")]
    pub on: Option<Date>,
    /// Lines of the sheets that show it.
    pub lines: Vec<LineRef>,
}

/// Who gave a fact.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Giver {
    /// It was read from a record sheet.
    Sheet,
    /// The client said it.
    Client,
    /// An attorney said it.
    Attorney,
    /// The client was asked, and an attorney wrote it down.
    AskedByAttorney,
    /// The client told it, and it was written down in the client's own words.
    ToldAndWritten,
    /// It was translated from the client's own words.
    Translated,
    /// A court's own file shows it.
    Court,
    /// The office's own settings.
    Office,
    /// The law's answer to the record.
    Law,
    /// Nobody wrote down where it is from.
    Unknown,
}

/// Asks for one paper's bytes.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Bytes {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The [`PaperView::key`].
    pub key: String,
}

/// Prints a packet that was looked at.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Print {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The printer uses both sides of a sheet; then no sheet carries two papers.
    pub two_sided: bool,
}

/// Saves a packet that was looked at.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Save {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
}

/// What went to the printer.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Printed {
    /// Sets of papers, one for everybody who gets one.
    pub sets: u32,
    /// Pages, with the sheets between the sets.
    pub pages: u32,
}

/// Where a packet was saved.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Saved {
    /// The folder that was made.
    pub folder: String,
    /// The files in it, by name.
    pub files: Vec<String>,
}

/// Where a packet was saved for e-filing. Nothing was sent: somebody uploads the files by hand.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct SavedForEfiling {
    /// The folder that was made.
    pub folder: String,
    /// The files to upload, case by case.
    pub files: Vec<EfilingFileView>,
    /// The sheet that says what to upload where; of many packets, each client's folder has one.
    pub checklist: String,
    /// Titles of the papers that are never uploaded.
    pub kept_back: Vec<String>,
}

/// One file to upload.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EfilingFileView {
    /// Its path in the folder.
    pub file: String,
    /// The paper's title.
    pub title: String,
    /// How many bytes it has.
    pub bytes: usize,
    /// The largest file its court takes, in bytes, where one is known.
    pub limit: Option<u64>,
    /// What keeps it from being taken: `large`, `silent` (pages that cannot be searched), `loose` (not flat), `acts`, `locked`,
    /// `unreadable`. Empty: nothing was found.
    pub problems: Vec<String>,
}

/// An attorney's clearance.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Clear {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// Why the papers may be filed; kept, never printed.
    pub reason: String,
}

/// Keeps what a client told the court.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetDeclaration {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// Index of the case.
    pub case: usize,
    /// Index of the count; absent where it is about the whole case.
    pub count: Option<usize>,
    /// The language, by its English name.
    pub language: Option<String>,
    /// What was told, in order. Nothing at all, and no language and interpreter either, forgets it.
    pub told: Vec<Told>,
    /// Who translated it.
    pub interpreter: Option<String>,
    /// Put it on the paper. Attorneys only; and what is on a paper only they change.
    pub on_paper: bool,
}

/// What the client said when asked about the judge and the hearing.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Elect {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// The answers; absent is "not asked".
    pub elections: Elections,
}

/// Sets what became of one count.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetFiling {
    /// The client.
    #[ts(type = "string")]
    pub id: ClientId,
    /// Index of the case.
    pub case: usize,
    /// Index of the count.
    pub count: usize,
    /// The step.
    pub step: Step,
    /// The day it happened, `2026-11-21`; absent takes the step back.
    pub date: Option<String>,
}

/// A step on a count's way through court.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The paper was filed.
    Filed,
    /// The other side was served.
    Served,
    /// The other side answered.
    Answered,
    /// There was a hearing.
    Heard,
    /// The court granted it.
    Granted,
    /// The court denied it.
    Denied,
}

/// A step that happened.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Filing {
    /// Index of the case.
    pub case: usize,
    /// Index of the count.
    pub count: usize,
    /// The step.
    pub step: Step,
    /// The day it happened.
    #[ts(type = "string")]
    pub date: Date,
}
