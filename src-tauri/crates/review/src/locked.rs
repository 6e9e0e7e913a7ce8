//! Whom the results are for: files in the published age format, which other tools open too.

use std::io::{self, Read, Write};
use std::str::FromStr;

use age::secrecy::SecretString;
use zeroize::Zeroizing;

use crate::ReviewError;

/// What opens the results.
#[derive(Clone)]
pub struct Lock {
    way: Way,
    // What opens them again, where it is known here: a killed run goes on only with it.
    secret: Option<age::x25519::Identity>,
}

#[derive(Clone)]
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
            false => Ok(Self {
                way: Way::Recipients(all),
                secret: None,
            }),
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
        Ok(Self {
            way: Way::Passphrase(SecretString::from(passphrase.to_owned())),
            secret: None,
        })
    }

    /// With one of the secret keys, so that a run that was killed can go on: `AGE-SECRET-KEY-…`.
    ///
    /// # Errors
    /// It is no such key.
    pub fn with_secret(self, key: &str) -> Result<Self, ReviewError> {
        // The file that `age-keygen` writes has lines of comment.
        let mut lines = key.lines().map(str::trim);
        let line = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
        let secret = age::x25519::Identity::from_str(line.unwrap_or_default());
        Ok(Self {
            secret: Some(secret.map_err(|_| ReviewError::SecretKey)?),
            ..self
        })
    }

    /// What lies locked, where this lock can open it.
    pub(crate) fn open(&self, locked: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let by_words;
        let identity: &dyn age::Identity = match (&self.way, &self.secret) {
            (Way::Passphrase(words), _) => {
                by_words = age::scrypt::Identity::new(words.clone());
                &by_words
            }
            (Way::Recipients(_), Some(secret)) => secret,
            (Way::Recipients(_), None) => return None,
        };
        let locked = age::Decryptor::new(locked).ok()?;
        let mut opened = Zeroizing::new(Vec::new());
        let mut reader = locked.decrypt(std::iter::once(identity)).ok()?;
        reader.read_to_end(&mut opened).ok()?;
        Some(opened)
    }

    /// What is written to it goes locked to `out`; it must be finished.
    pub(crate) fn wrap<W: Write>(&self, out: W) -> io::Result<age::stream::StreamWriter<W>> {
        let locked = match &self.way {
            Way::Recipients(all) => {
                let each = all.iter().map(|one| one as &dyn age::Recipient);
                age::Encryptor::with_recipients(each).map_err(io::Error::other)?
            }
            Way::Passphrase(words) => age::Encryptor::with_user_passphrase(words.clone()),
        };
        locked.wrap_output(out)
    }
}
