//! What is said on standard error, and the exit status that follows from it.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Collects whether anything was refused while messages go out at once.
pub(crate) struct Report {
    refused: bool,
}

impl Report {
    pub(crate) fn to_standard_error() -> Self {
        Self { refused: false }
    }

    /// An input (or one line of it) that could not be done; the rest goes on.
    pub(crate) fn refuse(&mut self, file: &Path, line: usize, message: impl Display) {
        self.refused = true;
        self.say(file, line, message);
    }

    /// An input that could not be opened or read, in words that say what to do.
    pub(crate) fn refuse_file(&mut self, file: &Path, error: &io::Error) {
        match advice(error.kind()) {
            Some(advice) => self.refuse(file, 1, advice),
            None => self.refuse(file, 1, error),
        }
    }

    /// Something to know that is no failure.
    pub(crate) fn note(&self, file: &Path, line: usize, message: impl Display) {
        self.say(file, line, message);
    }

    /// Standard output could not be written to.
    ///
    /// A reader that went away (`| head`) is no failure worth words.
    pub(crate) fn output(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.refused = true;
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.say(Path::new("<standard output>"), 1, error);
            }
        }
    }

    pub(crate) fn status(&self) -> ExitCode {
        if self.refused {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }

    fn say(&self, file: &Path, line: usize, message: impl Display) {
        // With standard error gone there is nobody left to tell.
        let _ = writeln!(io::stderr().lock(), "{}:{line}: {message}", file.display());
    }
}

/// What to do where a file cannot be read.
fn advice(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::IsADirectory => {
            "this is a folder, and a file is asked for: name the files in it"
        }
        io::ErrorKind::NotFound => "there is no such file: check its name and folder",
        io::ErrorKind::NotADirectory => {
            "there is no such file: a part of its path is a file, not a folder"
        }
        io::ErrorKind::PermissionDenied => {
            "this file may not be read: ask its owner, or copy it to a folder of your own"
        }
        io::ErrorKind::InvalidData => {
            "this file is no text (UTF-8): check that it is the right one"
        }
        _ => return None,
    })
}
