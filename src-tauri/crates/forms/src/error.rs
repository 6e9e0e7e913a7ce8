//! What can stop a form from being read or filled.

/// Why a form cannot be used. No variant holds a value that was to be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Not a PDF, or one whose structure cannot be followed.
    #[error(
        "this file is not a PDF that can be read, or it is damaged: get the form again from where it is published"
    )]
    Damaged,
    /// Locked with a password that is not empty.
    #[error(
        "this PDF is locked with a password: open it with the password and save it without one, or get the blank form again"
    )]
    Locked,
    /// Larger than any form.
    #[error("this PDF is too large for a form ({what}: more than {limit})")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// The most that is taken.
        limit: usize,
    },
    /// It has pages and no field to write in.
    #[error(
        "this PDF has no fields to fill: it is a scan or a print; get the form with fields from where it is published"
    )]
    NoFields,
    /// The finished PDF could not be written.
    #[error("the filled form could not be written: please report this form")]
    Unwritable,
    /// A PDF could not be put among others.
    #[error(
        "a paper could not be put among the others: print the papers one by one, and please report this"
    )]
    Unbound,
}
