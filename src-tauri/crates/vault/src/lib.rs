//! The store: sole owner of the encrypted folder.
