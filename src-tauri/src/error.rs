//! What a refused command says: a code to branch on, what happened, what to do.

use desk::view::Refusal;
use serde::{Serialize, Serializer};

/// Why a command was refused.
#[derive(Debug)]
pub(crate) enum Error {
    /// The office is closed.
    Locked,
    /// The office is open already.
    AlreadyOpen,
    /// The window sent what the command does not take.
    Arguments(String),
    /// The session's thread is gone; only a restart helps.
    Gone,
    /// The window could not be made anew.
    Window,
    /// The desk refused.
    Desk(desk::Error),
}

/// Shorthand for this crate.
pub(crate) type Result<T> = std::result::Result<T, Error>;

impl From<desk::Error> for Error {
    fn from(error: desk::Error) -> Self {
        Self::Desk(error)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.refusal().message)
    }
}

impl std::error::Error for Error {}

impl Error {
    fn refusal(&self) -> Refusal {
        let (code, message, hint) = match self {
            Self::Locked => (
                "locked",
                "the office is locked",
                "Unlock it. What was typed before is kept.",
            ),
            Self::AlreadyOpen => (
                "already_open",
                "the office is open already",
                "Lock it first.",
            ),
            Self::Arguments(what) => (
                "arguments",
                what.as_str(),
                "This is a mistake of the program, not yours. Nothing was changed.",
            ),
            Self::Gone => (
                "gone",
                "the program's inner part stopped",
                "Close the program and open it again. What was kept before is safe.",
            ),
            Self::Window => (
                "window",
                "the window could not be made anew",
                "Close the program and open it again. The office is locked.",
            ),
            Self::Desk(error) => return error.refusal(),
        };
        Refusal {
            code: code.into(),
            message: message.into(),
            hint: hint.into(),
        }
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        self.refusal().serialize(to)
    }
}
