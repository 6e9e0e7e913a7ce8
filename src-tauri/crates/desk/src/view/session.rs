//! Before and around the clients: who is here, which office, is the door open.

use jiff::civil::Date;
use record::clinic::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The state of the door, asked for first by every window.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Session {
    /// Which screen comes first.
    pub phase: Phase,
    /// The clinic's name; absent before there is one.
    pub clinic: Option<String>,
    /// Everybody who has a passphrase here.
    pub people: Vec<Member>,
    /// Who unlocked; absent while locked.
    pub who: Option<Member>,
    /// True on made-up clients only. The window and every paper then say so.
    pub training: bool,
    /// The made-up office's random passphrase, so that a learner can lock and unlock it. Absent in a real office.
    pub training_passphrase: Option<String>,
    /// The day that results are for unless another is asked.
    #[ts(type = "string")]
    pub today: Date,
    /// The language of words in results and errors.
    pub lang: Language,
    /// The jurisdictions whose law the program has, by id, with their names; none while locked.
    pub jurisdictions: Vec<super::Text>,
    /// The office locks itself after this many minutes without a command.
    pub idle_minutes: u32,
    /// Passphrases refused since the program started.
    pub wrong_tries: u32,
    /// The program's version.
    pub version: String,
}

/// Which screen comes first.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// No office is in the folder yet: make one.
    New,
    /// An office is there and closed.
    Locked,
    /// Somebody unlocked it.
    Open,
}

/// One person of the office.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Member {
    /// Names the person in `unlock`.
    pub id: String,
    /// The name as the person gave it.
    pub name: String,
    /// The person's first role, as a word to show.
    pub role: Role,
    /// May clear, and choose declarations and elections.
    pub attorney: bool,
    /// The passphrase was given by somebody else: nothing is allowed before another is chosen.
    pub must_change: bool,
}

/// What the program lets a person do. It binds the program, not somebody who has the key and other tools.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes in clients, reads sheets, prints what an attorney has cleared.
    Volunteer,
    /// Also clears, chooses declarations and elections.
    Attorney,
    /// Keeps the office's own settings.
    Administrator,
}

/// Asks for a new office.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Create {
    /// The clinic's name, as it stands on papers.
    pub clinic: String,
    /// The first person's name. That person is administrator and attorney.
    pub person: String,
    /// The first person's bar number, if any.
    pub bar: Option<String>,
    /// The first person's passphrase.
    pub passphrase: String,
}

/// A new office's recovery code, shown once.
#[derive(Serialize, TS)]
pub struct Created {
    /// Opens the office when every passphrase is lost. Written down on paper, never kept here.
    pub recovery_code: String,
}

/// Asks to open the office.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// The [`Member::id`] of who is asking.
    pub person: String,
    /// That person's passphrase.
    pub passphrase: String,
}

/// Asks to open the office with the printed recovery code, and gives the first person a new passphrase.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// The code as printed; spaces, dashes and case do not matter. Or the words of one sheet of three.
    pub code: String,
    /// The words of a second sheet, where the code was printed as three.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub second: Option<String>,
    /// The passphrase from now on.
    pub new_passphrase: String,
    /// Whose passphrase; the first person's unless somebody is named.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub person: Option<String>,
}

/// Asks to bring an office back from a backup, before anybody is in. The file comes from the system's dialog.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// A passphrase of the day of the backup, the recovery code, or the words of one sheet of three.
    pub secret: String,
    /// The words of a second sheet.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub second: Option<String>,
    /// The office that is here, if one is, may be put aside: it is kept whole, under another name beside it.
    pub put_aside: bool,
}

/// An office that came back. It is locked: its passphrases and its code are those of the day of the backup.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Restored {
    /// When the backup was made.
    pub made: String,
    /// Clients that came back.
    pub clients: u64,
    /// The name of the folder that the office from before is in, if there was one.
    pub aside: Option<String>,
}

/// Gives somebody a key.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddPerson {
    /// The name the person goes by; nobody else here has it.
    pub name: String,
    /// What the person may do: one or more.
    pub roles: Vec<Role>,
    /// The first passphrase, known to two people, so the person must change it.
    pub passphrase: String,
}

/// Names one person of the office.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// The [`Member::id`].
    pub person: String,
}

/// Changes the passphrase of whoever is in.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePassphrase {
    /// The one until now.
    pub old: String,
    /// The one from now on.
    pub new: String,
}

/// Chooses the language.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetLanguage {
    /// The language from now on.
    pub lang: Language,
}

/// Sets the clinic's own settings.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetClinic {
    /// The whole of them.
    pub clinic: record::clinic::Clinic,
}
