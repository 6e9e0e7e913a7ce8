//! What the log can say that a person did.

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a person did. The names in the log never change their meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Operation { $($(#[$doc])* $name,)* }

        impl Operation {
            /// The operation's name in the log.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

operations! {
    /// Made the vault.
    Create = "create",
    /// Opened the vault with a passphrase.
    Unlock = "unlock",
    /// Opened the vault with the recovery code.
    Recover = "recover",
    /// Locked the vault.
    Lock = "lock",
    /// The program brought an older database up to date.
    Upgrade = "upgrade",
    /// Changed the clinic or another setting.
    ChangeSettings = "change_settings",
    /// Added the blank of an official form.
    AddForm = "add_form",
    /// Added a client.
    AddClient = "add_client",
    /// Looked at a client.
    OpenClient = "open_client",
    /// Changed facts of a record.
    ChangeRecord = "change_record",
    /// Changed how to reach a client.
    ChangeContact = "change_contact",
    /// Moved a client on in the day.
    ChangeStatus = "change_status",
    /// Read a sheet in.
    Import = "import",
    /// Said of a place on a sheet what the original says.
    CheckSheet = "check_sheet",
    /// Wrote an attorney's note.
    Note = "note",
    /// Cleared the immigration question, or withdrew that.
    Clear = "clear",
    /// Put a declaration on the papers, changed it there, or took it off.
    Declare = "declare",
    /// Took down a client's words for an attorney to look at.
    TakeDown = "take_down",
    /// Made a choice that gives something up.
    Elect = "elect",
    /// Was shown findings.
    Screen = "screen",
    /// Had papers made.
    Prepare = "prepare",
    /// Signed papers off, by their bytes.
    SignOff = "sign_off",
    /// Sent papers back with a reason.
    SendBack = "send_back",
    /// Had papers made that are not the ones signed off: the sign-off ended.
    EndSignOff = "end_sign_off",
    /// Printed papers.
    Print = "print",
    /// Saved papers to a folder.
    Save = "save",
    /// Wrote down a step of a filing.
    File = "file",
    /// Kept what was typed and not yet taken over.
    Draft = "draft",
    /// Took the last change of a record back.
    Undo = "undo",
    /// Took a record out of the vault in clear.
    Export = "export",
    /// Listed clients outside the window.
    List = "list",
    /// Wrote a backup.
    Backup = "backup",
    /// Restored a backup into this folder.
    Restore = "restore",
    /// Passphrases refused before this unlocking; the subject says how many.
    WrongTries = "wrong_tries",
    /// Gave somebody a passphrase.
    AddPerson = "add_person",
    /// Took somebody's passphrase away.
    RemovePerson = "remove_person",
    /// Changed what somebody may do.
    ChangeRoles = "change_roles",
    /// Chose another passphrase.
    ChangePassphrase = "change_passphrase",
    /// Gave somebody another passphrase, or asked for another one.
    ForceChange = "force_change",
    /// Changed the key of the database.
    ChangeKey = "change_key",
    /// Made a new recovery code, or shares of one.
    ChangeCode = "change_code",
    /// Confirmed another vault's key by its words, or let go of it.
    Trust = "trust",
    /// Wrote a hand-over for another vault.
    HandOver = "hand_over",
    /// Took a hand-over in.
    TakeIn = "take_in",
    /// Read a receipt for a hand-over.
    Receipt = "receipt",
    /// Removed a client that another vault confirmed to have.
    Purge = "purge",
    /// Chose between two laptops' values.
    Resolve = "resolve",
    /// Took a client as it stands, though that is not what the log told.
    AsItStands = "as_it_stands",
    /// Made the index of words anew: it was not the one that the last locking kept.
    MakeIndex = "make_index",
    /// Decided to keep or destroy a client's record.
    Retain = "retain",
    /// Destroyed a client's record.
    Destroy = "destroy",
    /// Wrote a table, encrypted or in clear.
    WriteTable = "write_table",
    /// Counted clients.
    Count = "count",
    /// Began the review of a bulk export, which is not in the vault.
    Review = "review",
    /// Wrote a report on a lost laptop.
    Report = "report",
}
