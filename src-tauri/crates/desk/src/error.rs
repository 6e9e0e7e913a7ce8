//! Why the desk refused, and what to say about it. No message carries a client's data.

use record::FactError;

use crate::view::Refusal;

/// Why the desk refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store refused.
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// A fact does not fit its place.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// The bytes are no sheet.
    #[error(transparent)]
    Read(#[from] reading::ReadError),
    /// A paper could not be made.
    #[error(transparent)]
    Paper(#[from] papers::PaperError),
    /// A file is no blank that can be added.
    #[error(transparent)]
    Form(#[from] forms::AddError),
    /// The rules know nothing of this form.
    #[error("this form is none that the rules in the program know")]
    FormUnknown,
    /// The rules know the form, in other revisions.
    #[error("this is {number} in the revision of {found}; the rules in the program know {known}")]
    FormRevision {
        /// Its number.
        number: String,
        /// The revision it prints.
        found: String,
        /// The revisions that are known.
        known: String,
    },
    /// The rule packs inside the program could not be read.
    #[error("the rules inside the program cannot be read")]
    Packs,
    /// Only an attorney may do this.
    #[error("only an attorney of this office may do this")]
    NotAnAttorney,
    /// Only the administrator may do this.
    #[error("only the administrator of this office may do this")]
    NotTheAdministrator,
    /// A fact that nobody answers: it belongs to the program.
    #[error("this fact is the program's own and cannot be set")]
    NotAnswerable,
    /// A client needs a name.
    #[error("the client has no name yet")]
    NoName,
    /// Not a day of the calendar.
    #[error("this is not a day of the calendar")]
    NotADay,
    /// The place does not exist in the record.
    #[error("there is no such case or count in this record")]
    NoSuchCount,
    /// Papers are printed and saved only as they were looked at.
    #[error("something changed since these papers were made")]
    Stale,
    /// The clinic wants an attorney's sign-off on every packet.
    #[error("these papers are not signed off")]
    SignOff,
    /// Too many packets for one job.
    #[error("one job takes the packets of at most {most} clients")]
    TooMany {
        /// So many.
        most: usize,
    },
    /// No packet of the job may leave.
    #[error("no packet of this job may leave")]
    NothingToPrint,
    /// No paper of the packet is filed.
    #[error("this packet holds no paper that is filed with a court")]
    NothingToFile,
    /// The print queue refused.
    #[error(transparent)]
    Printer(#[from] PrinterError),
    /// A folder could not be written.
    #[error("the packet could not be written to this folder ({0})")]
    Folder(std::io::ErrorKind),
    /// A review cannot be done, or its results cannot be read.
    #[error(transparent)]
    Review(#[from] review::ReviewError),
    /// A file is no policy.
    #[error("this policy cannot be used: {0}")]
    Policy(String),
    /// One review at a time.
    #[error("a review is running")]
    ReviewRuns,
    /// A review needs files.
    #[error("no file of the export was chosen")]
    NoFiles,
    /// A chosen file is something else.
    #[error("`{file}` is not the export")]
    NotTheExport {
        /// Its name.
        file: String,
    },
    /// A review needs a folder for its results.
    #[error("no folder for the results was chosen")]
    NoFolder,
    /// There is no review to look at.
    #[error("there is no review to look at")]
    NoReview,
    /// The results were locked, and the office since then.
    #[error("the results are locked, and the office was locked since they were made")]
    ReviewLocked,
    /// Decisions by hand that the tables do not have yet.
    #[error("decisions were made by hand that the tables do not have yet")]
    Undecided,
    /// An office is here, and nobody said that it may be put aside.
    #[error("an office is here already")]
    OfficeHere,
    /// The training office opens nothing else.
    #[error("in training there is only the made-up office")]
    Training,
    /// No file is being read, or it is not read to its end.
    #[error("no sheet is being read")]
    NotReading,
    /// The whole sheet was to be confirmed while places of it are open.
    #[error("some places of the sheet were not compared yet")]
    PlacesOpen,
}

/// Why the print queue refused.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PrinterError {
    /// There is no print queue that takes papers.
    #[error("this computer has no print queue that the program can use")]
    NoQueue,
    /// The queue's own words, which name printers and nobody else.
    #[error("the print queue refused: {0}")]
    Refused(String),
}

/// Shorthand for this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// What the window is told.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let (message, own) = self.split();
        Refusal {
            code: self.code().to_owned(),
            hint: if own.is_empty() {
                self.hint().to_owned()
            } else {
                own
            },
            message,
        }
    }

    /// The same for a review that ended by itself.
    pub(crate) fn review_refusal(error: &review::ReviewError) -> Refusal {
        Refusal {
            code: review_code(error).to_owned(),
            message: error.to_string(),
            hint: review_hint(error).to_owned(),
        }
    }

    /// What happened, and what to do about it: the other crates write both into one message.
    fn split(&self) -> (String, String) {
        let text = self.to_string();
        let parts = match self {
            Self::Read(_) => text.split_once(". ").or_else(|| text.split_once(": ")),
            Self::Vault(_) | Self::Paper(_) => text.split_once(". "),
            // A refused fact's message is full of signs of its own.
            _ => None,
        };
        match parts {
            Some((what, then)) => (what.to_owned(), capital(then)),
            None => (text, String::new()),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Vault(error) => vault_code(error),
            Self::Fact(_) => "fact",
            Self::Read(_) => "sheet",
            Self::Paper(_) => "paper",
            Self::Form(forms::AddError::Description(_)) => "form_description",
            Self::Form(_) => "form",
            Self::FormUnknown => "form_unknown",
            Self::FormRevision { .. } => "form_revision",
            Self::Packs => "packs",
            Self::NotAnAttorney => "not_an_attorney",
            Self::NotTheAdministrator => "not_the_administrator",
            Self::NotAnswerable => "not_answerable",
            Self::NoName => "no_name",
            Self::NotADay => "not_a_day",
            Self::NoSuchCount => "no_such_count",
            Self::Stale => "stale",
            Self::SignOff => "sign_off",
            Self::TooMany { .. } => "too_many",
            Self::NothingToPrint => "nothing_to_print",
            Self::NothingToFile => "nothing_to_file",
            Self::Printer(PrinterError::NoQueue) => "no_print_queue",
            Self::Printer(PrinterError::Refused(_)) => "printer",
            Self::Folder(_) => "folder",
            Self::Review(error) => review_code(error),
            Self::Policy(_) => "policy",
            Self::ReviewRuns => "review_runs",
            Self::NoFiles => "no_files_chosen",
            Self::NotTheExport { .. } => "not_the_export",
            Self::NoFolder => "no_folder_chosen",
            Self::NoReview => "no_review",
            Self::ReviewLocked => "review_locked",
            Self::Undecided => "review_undecided",
            Self::OfficeHere => "office_here",
            Self::Training => "training",
            Self::NotReading => "not_reading",
            Self::PlacesOpen => "places_open",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Vault(_) => "Nothing was changed.",
            Self::Fact(_) => "What was there before is kept. Correct it and try again.",
            Self::Read(_) => {
                "Nothing was changed. Try the text or PDF file that the Department sent, or type the record by hand."
            }
            Self::Paper(_) => "No paper was made. What was typed is kept.",
            Self::Form(forms::AddError::Description(_)) => {
                "Nothing was added. Correct the file and add it again."
            }
            Self::Form(_) => "Nothing was added. Get the blank from the courts' own site.",
            Self::FormUnknown => {
                "Nothing was added. It can still be filled by hand and put with the papers."
            }
            Self::FormRevision { .. } => {
                "Nothing was added: what its fields mean is not known. Our own paper stands for it, or get a known revision."
            }
            Self::Packs => "Install the program again; the clients are safe.",
            Self::NotAnAttorney => "Ask an attorney of the office to unlock and do it.",
            Self::NotTheAdministrator => "Ask the administrator to unlock and do it.",
            Self::NotAnswerable => "Nothing was changed.",
            Self::NoName => "Type a given name or a family name.",
            Self::NotADay => {
                "Write year, month and day, such as 2008-03-14; month or day may be left out where only the year is known."
            }
            Self::NoSuchCount => "Open the client again: the record may have changed.",
            Self::Stale => "Look at the papers again, then print or save them.",
            Self::SignOff => "Ask an attorney to unlock, look at the papers and sign them off.",
            Self::TooMany { .. } => "Choose fewer, and print the rest in another job.",
            Self::NothingToPrint => "The list says of each why. Nothing was printed.",
            Self::NothingToFile => "The packet says why. Nothing was saved.",
            Self::Printer(PrinterError::NoQueue) => {
                "Save the packet and print it from the saved files, or set up a printer first."
            }
            Self::Printer(PrinterError::Refused(_)) => {
                "Check that the printer is on and chosen as the default, then print again."
            }
            Self::Folder(_) => {
                "Nothing was left half-written. Choose another folder, or make room on the disk."
            }
            Self::Review(error) => review_hint(error),
            Self::Policy(_) => {
                "Correct the file and choose it again. The policies that were there are kept."
            }
            Self::ReviewRuns => "Wait for it, or stop it first.",
            Self::NoFiles => "Choose the files that the Department sent.",
            Self::NotTheExport { .. } => "Take it off the list, then begin again.",
            Self::NoFolder => "Choose a folder first.",
            Self::NoReview => "Begin one, or choose its files again.",
            Self::ReviewLocked => {
                "The numbers stay. To look through the people, open the files with their key, or review again."
            }
            Self::Undecided => "Write the tables again with them, then go on.",
            Self::NotReading => "Choose the file again.",
            Self::PlacesOpen => "Go through the list first; then the whole can be confirmed.",
            Self::OfficeHere => {
                "Say that it may be put aside, and choose the backup again. It is kept, under another name."
            }
            Self::Training => "Close the program and start it without training.",
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Codes for a review's refusals; the window has Spanish words for each.
fn review_code(error: &review::ReviewError) -> &'static str {
    use review::ReviewError as E;
    match error {
        E::County { .. } => "review_county",
        E::NoRows { .. } => "review_no_rows",
        E::Io { .. } => "review_disk",
        E::Table { .. } => "review_table",
        E::Decisions { .. } => "review_decisions",
        E::DecisionsThere { .. } => "review_decisions_there",
        E::OtherSections { .. } => "review_sections",
        E::Key => "review_key",
        E::Passphrase => "review_passphrase",
        E::SecretKey => "review_secret_key",
        E::NotKept { .. } => "review_not_kept",
        E::OtherRules => "review_other_rules",
        E::Column { .. } | E::Nothing => "review_columns",
        E::Options(_) => "policy",
        _ => "review",
    }
}

fn review_hint(error: &review::ReviewError) -> &'static str {
    use review::ReviewError as E;
    match error {
        E::County { .. } => "Choose one of the list.",
        E::NoRows { .. } => "Nothing was written.",
        E::Io { .. } => {
            "Check that the files are there and the disk has room, then begin again. Nothing was left half-written."
        }
        E::Table { .. } => {
            "Something changed the results in their folder. Review again to have them as they were."
        }
        E::DecisionsThere { .. } => "Copy it to another folder and choose it there.",
        E::Decisions { .. } => "Correct the line in the file and choose it again.",
        E::OtherSections { .. } => "Begin a review with this policy.",
        E::Key => "Paste the whole key, or choose a passphrase.",
        E::Passphrase => "Nothing was begun.",
        E::SecretKey => "Paste the line that begins with AGE-SECRET-KEY.",
        E::NotKept { .. } => "Choose the folder of a review that was made here, or review again.",
        E::OtherRules => "Review again; the numbers and the people of this one stay.",
        E::Column { .. } | E::Nothing => "Choose other columns. Nothing was written.",
        E::Options(_) => {
            "Correct the file and choose it again. The policies that were there are kept."
        }
        _ => "Nothing was written. Begin again.",
    }
}

/// Codes that the window branches on; the rest are one.
fn vault_code(error: &vault::Error) -> &'static str {
    use vault::Error as E;
    match error {
        E::NoVault => "no_vault",
        E::InUse => "in_use",
        E::WrongPassphrase => "wrong_passphrase",
        E::WrongCode => "wrong_code",
        E::CodeMistyped => "code_mistyped",
        E::PassphraseEmpty => "passphrase_empty",
        E::NameEmpty { .. } => "name_empty",
        E::KeysDamaged | E::KeysTampered | E::DatabaseDamaged | E::DatabaseMissing => "damaged",
        E::KeysNewer | E::SchemaNewer { .. } => "newer",
        E::NothingToUndo => "nothing_to_undo",
        E::MustChangePassphrase => "must_change",
        E::PassphraseWeak { .. } => "passphrase_weak",
        E::PassphraseSame => "passphrase_same",
        E::TooSoon { .. } => "too_soon",
        E::KeysReplaced => "keys_replaced",
        E::PutBack(_) => "put_back",
        E::OlderParts => "older_parts",
        E::KeysUntold => "keys_untold",
        E::NameTaken => "name_taken",
        E::NameUnfit { .. } => "name_unfit",
        E::NoRole => "no_role",
        E::NotOneself => "not_oneself",
        E::LastAdministrator => "last_administrator",
        E::StepsOutOfOrder { .. } => "steps_out_of_order",
        E::DiskFull => "disk_full",
        E::ReadOnly => "read_only",
        E::Io { .. } => "disk_gone",
        E::Unread { .. } => "unread",
        E::FolderGone => "folder_gone",
        E::TooLarge => "too_large",
        E::NotForThisRole { .. } => "not_for_role",
        E::NotABackup => "not_a_backup",
        E::BackupNewer | E::HandOverNewer => "newer",
        E::BackupDamaged => "backup_damaged",
        E::Exists => "exists",
        E::NotACard => "not_a_card",
        E::OwnCard => "own_card",
        E::WordsDiffer => "words_differ",
        E::UnknownVault => "unknown_vault",
        E::SeveralVaults => "several_vaults",
        E::NotAHandOver => "not_a_hand_over",
        E::HandOverDamaged => "hand_over_damaged",
        E::HandOverForAnother => "hand_over_for_another",
        E::VaultCopied => "vault_copied",
        E::NotAReceipt => "not_a_receipt",
        E::ReceiptForAnother => "receipt_for_another",
        E::NotConfirmed => "not_confirmed",
        E::DestroyedUnderOldKey(_) => "destroyed_under_old_key",
        E::ChangedSince => "changed_since",
        E::NotDecided => "not_decided",
        E::FilingOpen => "filing_open",
        E::NotALayout { .. } => "not_a_layout",
        E::NotFound {
            what: "head of the log",
        } => "no_head",
        _ => "vault",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_and_what_to_do_are_told_apart() {
        let refusal = Error::from(vault::Error::WrongPassphrase).refusal();
        assert_eq!(refusal.code, "wrong_passphrase");
        assert_eq!(refusal.message, "the passphrase is wrong");
        assert!(refusal.hint.starts_with("Check the Caps Lock key"));
    }

    #[test]
    fn every_refusal_says_what_to_do() {
        for error in [
            Error::Stale,
            Error::NotADay,
            Error::NotAnAttorney,
            Error::SignOff,
        ] {
            let refusal = error.refusal();
            assert!(
                !refusal.hint.is_empty() && !refusal.message.is_empty(),
                "{refusal:?}"
            );
        }
    }
}
