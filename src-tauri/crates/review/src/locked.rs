//! Whom the results are for: files in the published age format, which other tools open too.

use std::io::{self, Write};
use std::str::FromStr;

use age::secrecy::SecretString;

use crate::ReviewError;

/// What opens the results.
pub struct Lock(Way);

enum Way {
    Recipients(Vec<age::x25519::Recipient>),
    Passphrase(SecretString),
}

impl Lock {
    /// To the holders of keys, `age1…` each.
    ///
    /// # Errors
    /// One is no such key, or there is none.
    pub fn to(keys: &[String]) -> Result<Self, ReviewError> {
        let each = keys
            .iter()
            .map(|key| age::x25519::Recipient::from_str(key.trim()).map_err(|_| ReviewError::Key));
        let all: Vec<_> = each.collect::<Result<_, _>>()?;
        match all.is_empty() {
            true => Err(ReviewError::Key),
            false => Ok(Self(Way::Recipients(all))),
        }
    }

    /// By a passphrase. Each file asks for about a quarter of a gigabyte of memory while it is locked or opened: that is what makes
    /// guessing dear.
    ///
    /// # Errors
    /// It is shorter than twelve signs.
    pub fn by(passphrase: &str) -> Result<Self, ReviewError> {
        if passphrase.chars().count() < 12 {
            return Err(ReviewError::Passphrase);
        }
        Ok(Self(Way::Passphrase(SecretString::from(
            passphrase.to_owned(),
        ))))
    }

    /// What is written to it goes locked to `out`; it must be finished.
    pub(crate) fn wrap<W: Write>(&self, out: W) -> io::Result<age::stream::StreamWriter<W>> {
        let locked = match &self.0 {
            Way::Recipients(all) => {
                let each = all.iter().map(|one| one as &dyn age::Recipient);
                age::Encryptor::with_recipients(each).map_err(io::Error::other)?
            }
            Way::Passphrase(words) => age::Encryptor::with_user_passphrase(words.clone()),
        };
        locked.wrap_output(out)
    }
}
