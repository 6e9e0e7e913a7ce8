//! Why a file or a name was refused, and what the system's refusals mean.

use std::io;

use crate::name::LONGEST;

/// Why a file that was to be read cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unread {
    /// Nothing has this name.
    #[error(
        "there is no file of this name. Check the name, and that the disk or stick it is on is plugged in"
    )]
    Missing,
    /// It is a folder.
    #[error("this is a folder. Choose the file itself")]
    Folder,
    /// It is a pipe, a device or a socket.
    #[error(
        "this is a pipe, a device or something else that is no file. Choose the file itself, or copy what comes from there into a file first"
    )]
    NoFile,
    /// It is larger than any such file, which has at most so many bytes.
    #[error("it is larger than {}, which no such file is. Choose the right file", size(*.0))]
    TooLarge(u64),
    /// It is not UTF-8.
    #[error("it is not text (UTF-8). Choose the right file, or save it as UTF-8 text")]
    NotText,
    /// The disk or the system refused.
    #[error("{}", in_words(*.0))]
    Failed(io::ErrorKind),
}

/// Why a name cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unfit {
    /// Longer than anybody's.
    #[error("it is longer than {LONGEST} characters. Shorten it and try again")]
    TooLong,
    /// It holds this character, which nobody sees or which turns what stands around it.
    #[error(
        "it holds a line break or another character that nobody sees (U+{:04X}). Type it by hand instead of pasting it",
        u32::from(*.0)
    )]
    Unseen(char),
    /// The log's own word.
    #[error("the log calls whoever came with the recovery code so. Choose another name")]
    Reserved,
}

fn size(bytes: u64) -> String {
    let units = [(1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB")];
    let (unit, name) = (units.into_iter())
        .find(|(unit, _)| bytes >= *unit)
        .unwrap_or((1 << 10, "KiB"));
    format!("{} {name}", bytes / unit)
}

/// What a system's refusal means, its own word for it, and what to do.
pub(super) fn in_words(kind: io::ErrorKind) -> String {
    use io::ErrorKind as K;
    let (means, then) = match kind {
        K::NotFound => (
            "there is no such file or folder",
            "Check the name, and that the disk or stick it is on is plugged in",
        ),
        K::AlreadyExists => (
            "something of that name is already there",
            "Choose another name; nothing was overwritten",
        ),
        K::PermissionDenied => (
            "this person of the computer may not do that",
            "Have whoever owns the file or folder allow it, or use a copy",
        ),
        K::IsADirectory => (
            "this is a folder, and a file is needed",
            "Choose the file itself",
        ),
        K::NotADirectory => (
            "a part of its path is a file, not a folder",
            "Check the path",
        ),
        K::StorageFull | K::QuotaExceeded => ("the disk is full", "Make room and try again"),
        K::ReadOnlyFilesystem => (
            "the disk is write-protected",
            "Use another disk, or take the protection off",
        ),
        K::FileTooLarge => (
            "the disk cannot hold a file as large as this one",
            "Use another disk",
        ),
        K::InvalidFilename => (
            "the disk takes no such name",
            "Choose a shorter, plain name",
        ),
        K::InvalidData => (
            "it is not text (UTF-8)",
            "Type it, or save it, as UTF-8 text",
        ),
        K::BrokenPipe => ("the program that was to read it has ended", "Run it again"),
        _ => (
            "the disk or the system refused it",
            "Check that the disk is still connected and that the path leads to a file",
        ),
    };
    format!("{means} ({kind}). {then}")
}
