//! Secrets in memory: wiped when dropped, never shown by `Debug`, compared in constant time where they are compared at all.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{Error, Result};

/// A passphrase as a person typed it.
///
/// It is brought to Unicode form NFC, because an accented letter is one code point on some systems and two on others, and the
/// same passphrase must open the vault on both.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes a passphrase.
    ///
    /// # Errors
    /// [`Error::PassphraseEmpty`]. How strong a new one must be: [`crate::Strength`].
    pub fn new(typed: impl Into<String>) -> Result<Self> {
        let typed = Zeroizing::new(typed.into());
        if typed.is_empty() {
            return Err(Error::PassphraseEmpty);
        }
        // Room for the longest expansion, so that growing leaves no stale copy behind.
        let mut normal = Zeroizing::new(String::with_capacity(typed.len() * 3));
        normal.extend(typed.nfc());
        Ok(Self(normal))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(hidden)")
    }
}

/// 256 secret bits. On the heap, so that moving the owner leaves no copy on the stack.
pub(crate) struct Key(Box<Zeroizing<[u8; 32]>>);

impl Key {
    /// All zeros, to be filled.
    pub(crate) fn zero() -> Self {
        Self(Box::new(Zeroizing::new([0; 32])))
    }

    /// A fresh random key.
    pub(crate) fn random() -> Result<Self> {
        let mut key = Self::zero();
        getrandom::fill(key.bytes_mut())?;
        Ok(key)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}

/// Keeps this process, and those it starts, out of core dumps. Call it first thing in `main`.
///
/// A crash would otherwise write keys and records to disk in clear. The limit is 1 byte and not 0: Linux hands a dump to a
/// collector program (`core_pattern` with a pipe) whatever the limit is, but 1 is the value at which it stops (core(5),
/// `fs/coredump.c`); as a file size 1 is too small for any dump. Where the system refuses, the program goes on: it is a
/// hardening, not a lock. Windows error reports are switched off by policy, not by the program.
pub fn no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let one = Rlimit {
            current: Some(1),
            maximum: Some(1),
        };
        if setrlimit(Resource::Core, one).is_err() {
            // A hard limit of 0 is already there and cannot be raised: there is nothing left to forbid but the collector.
            let none = Rlimit {
                current: Some(0),
                maximum: Some(0),
            };
            let _ = setrlimit(Resource::Core, none);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_passphrase_however_the_system_spells_it() {
        let composed = Passphrase::new("contrase\u{f1}a").unwrap();
        let decomposed = Passphrase::new("contrasen\u{303}a").unwrap();
        assert_eq!(composed.bytes(), decomposed.bytes());
    }

    #[test]
    fn debug_shows_nothing() {
        let passphrase = Passphrase::new("correct horse").unwrap();
        assert_eq!(format!("{passphrase:?}"), "Passphrase(hidden)");
        assert_eq!(format!("{:?}", Key::random().unwrap()), "Key(hidden)");
    }

    #[test]
    fn an_empty_passphrase_is_none() {
        assert!(matches!(Passphrase::new(""), Err(Error::PassphraseEmpty)));
    }
}
