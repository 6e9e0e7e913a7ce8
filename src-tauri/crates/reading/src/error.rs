//! Why a file could not be read, in words that say what to do.

/// A file that gave no draft. No client data is in these words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or only blanks.
    #[error("the file is empty: check that it was saved completely, and choose it again")]
    Empty,
    /// Over the limit of bytes.
    #[error(
        "the file has at least {megabytes} MB, more than the {limit} MB that are read: split it, or save only the sheet's pages"
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
    /// Pages without text and without pictures.
    #[error("the PDF holds no text and no pictures of pages: check that it is the right file")]
    NoText,
    /// Pictures of pages, and nothing at hand that recognises letters.
    #[error(
        "the file holds pictures of pages, and no program that recognises letters was found: install one (on Debian and Ubuntu: `sudo apt-get install tesseract-ocr`; on macOS: `brew install tesseract`), or ask for the sheet as text or a text PDF"
    )]
    Picture,
    /// A kind of picture that is not read.
    #[error(
        "the file is a kind of picture that is not read (such as HEIC, JPEG 2000 or JBIG2): save or scan it as JPEG, PNG, TIFF or a plain PDF, and choose that"
    )]
    PictureKind,
    /// A picture that cannot be decoded.
    #[error("the picture is damaged and cannot be opened: take or scan it again")]
    DamagedPicture,
    /// Over the limit of pixels.
    #[error(
        "the picture has more than the {limit} million pixels that are read: scan the page at 300 dots per inch"
    )]
    HugePicture {
        /// The limit, in millions of pixels.
        limit: u64,
    },
    /// A picture without letters.
    #[error(
        "no letters were found in the picture: check that it is a page, in focus and evenly lit"
    )]
    NoLetters,
    /// Letters too small to be read.
    #[error(
        "the letters in the picture are only {pixels} pixels high, and {least} are the least: scan at 300 dots per inch, or photograph one page at a time from nearer"
    )]
    SmallLetters {
        /// Their height.
        pixels: u32,
        /// The least that is read.
        least: u32,
    },
    /// The engine that recognises letters failed.
    #[error("the program that recognises letters failed: {why}. {}", why.advice())]
    Engine {
        /// What became of it.
        why: EngineFailure,
    },
    /// The person stopped the reading.
    #[error("the reading was stopped: choose the file again when you want it read")]
    Stopped,
    /// Neither text nor PDF.
    #[error(
        "the file is neither plain text, PDF nor a picture: save the sheet as one of them and choose that"
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

/// Why an engine gave no words. Nothing that it read is in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineFailure {
    /// The system did not start it.
    #[error("it could not be started ({kind})")]
    NotStarted {
        /// Why not.
        kind: std::io::ErrorKind,
    },
    /// It found no data of letters.
    #[error("its data for English is missing")]
    NoData,
    /// It asked for more memory than there was.
    #[error("the memory was not enough")]
    NoMemory,
    /// It was still at work, or waited for something that did not come.
    #[error("it was not ready with a page after {seconds} seconds")]
    TooLong {
        /// The limit.
        seconds: u64,
    },
    /// The system or another program ended it.
    #[error("the system or another program ended it")]
    Killed,
    /// It ended by itself with this status.
    #[error("it ended with the status {code}")]
    Ended {
        /// The status.
        code: i32,
    },
    /// It was gone before it had answered.
    #[error("it was gone before it had answered")]
    NoAnswer,
    /// What it wrote is no table of words.
    #[error("what it wrote is no table of words")]
    Garbled,
}

impl EngineFailure {
    /// What a person can do about it.
    fn advice(&self) -> &'static str {
        match self {
            Self::NotStarted { .. } | Self::NoData | Self::Ended { .. } | Self::Garbled => {
                "Check that it is installed completely (with the data for English), and try again"
            }
            Self::NoMemory | Self::TooLong { .. } | Self::Killed | Self::NoAnswer => {
                "Close other programs and try again; scan large pages at 300 dots per inch"
            }
        }
    }

    /// It would fail on every page.
    pub(crate) fn lasts(&self) -> bool {
        matches!(self, Self::NotStarted { .. } | Self::NoData)
    }
}
