//! Why a file could not be read, in words that say what to do.

/// A file that gave no draft. No client data is in these words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or only blanks.
    #[error("the file is empty: check that it was saved completely, and choose it again")]
    Empty,
    /// Over the limit of bytes.
    #[error(
        "the file has {megabytes} MB, more than the {limit} MB that are read: split it, or save only the sheet's pages"
    )]
    TooLarge {
        /// Its size, rounded up.
        megabytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Over the limit of pages.
    #[error(
        "the file has {pages} pages, more than the {limit} that are read: split it, or save only the sheet's pages"
    )]
    TooManyPages {
        /// Its pages.
        pages: usize,
        /// The limit.
        limit: usize,
    },
    /// Unpacks to more than a sheet can be: a mistake or an attack.
    #[error(
        "the file unpacks to far more than a record sheet can hold and was not read: print the sheet to a new PDF and choose that"
    )]
    Bomb,
    /// Reading took longer than the limit.
    #[error(
        "reading the file took longer than {seconds} seconds and was stopped: print the sheet to a new PDF and choose that"
    )]
    TooSlow {
        /// The limit.
        seconds: u64,
    },
    /// A PDF whose password is not empty.
    #[error(
        "the PDF is locked with a password: open it with the password, print or save it without one, and choose that file"
    )]
    Encrypted,
    /// A PDF that cannot be opened.
    #[error("the PDF is damaged and cannot be opened: fetch it again, or print it to a new PDF")]
    Damaged,
    /// Pages without text: a scan.
    #[error(
        "the PDF holds pictures of pages and no text (a scan): ask for the sheet as text or a text PDF, or enter the cases by hand"
    )]
    NoText,
    /// A picture.
    #[error(
        "the file is a picture: ask for the sheet as text or a text PDF, or enter the cases by hand"
    )]
    Picture,
    /// Neither text nor PDF.
    #[error(
        "the file is neither plain text nor a PDF: save the sheet as one of them and choose that"
    )]
    NotText,
    /// Text, but no record sheet.
    #[error(
        "the text is not a criminal record sheet: no name block, arrest or court entry was found. Check that it is the right file"
    )]
    NotASheet,
    /// A sheet's beginning, but no entries.
    #[error(
        "the sheet has a name block but no arrest or court entry: check that all its pages are there"
    )]
    NoEntries,
    /// The state's answer that it could not deliver the record.
    #[error(
        "the file is the state's reply `RECORD ERROR - REFER TO ...`, not a record: request the record again, or ask the state's record unit"
    )]
    RecordError,
    /// The packs in use hold no tables of courts and wordings.
    #[error(
        "the rule pack in use has no tables of courts and wordings, so no sheet can be read: use the program's own pack"
    )]
    NoTables,
}
