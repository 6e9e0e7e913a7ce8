//! The recovery code as words, and as three sheets of which any two are enough (Shamir's secret sharing, two of three).
//!
//! A share is 25 bytes: its number, two bytes that tell one set from another, twenty of the code with its checksum, two of checksum. As
//! words they are nineteen. One sheet alone tells nothing about the code.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::recovery::RecoveryCode;
use crate::{Error, Result, words};

const SHARES: usize = 3;
const NEEDED: u8 = 2;
const BYTES: usize = 25;
const WORDS: usize = 19;
const CODE_WORDS: usize = 15;

impl RecoveryCode {
    /// The code as fifteen words. It is the secret itself.
    #[must_use]
    pub fn words(&self) -> Zeroizing<String> {
        Zeroizing::new(words::of(self.with_check().as_slice(), CODE_WORDS).join(" "))
    }

    /// Three sheets of words, any two of which give the code back. New ones each time; old and new do not mix.
    ///
    /// # Errors
    /// [`Error::NoRandomness`].
    pub fn shares(&self) -> Result<Vec<Zeroizing<String>>> {
        let mut set = [0; 2];
        getrandom::fill(&mut set)?;
        let all = self.with_check();
        Ok(blahaj::Sharks(NEEDED)
            .dealer(all.as_slice())
            .take(SHARES)
            .map(|share| {
                let share = Zeroizing::new(Vec::from(&share));
                let (number, rest) = share
                    .split_first()
                    .map_or((0, [].as_slice()), |(n, rest)| (*n, rest));
                let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES));
                bytes.push(number);
                bytes.extend_from_slice(&set);
                bytes.extend_from_slice(rest);
                let check = check(&bytes);
                bytes.extend_from_slice(&check);
                Zeroizing::new(words::of(&bytes, WORDS).join(" "))
            })
            .collect())
    }

    /// The code from two sheets.
    ///
    /// # Errors
    /// [`Error::CodeMistyped`] for a word that is wrong, [`Error::SharesDiffer`] for sheets of different sets or one sheet twice.
    pub fn from_shares(one: &str, two: &str) -> Result<Self> {
        let (one, two) = (parsed(one)?, parsed(two)?);
        if one[0] == two[0] || one[1..3] != two[1..3] {
            return Err(Error::SharesDiffer);
        }
        let shares: Vec<blahaj::Share> = [&one, &two]
            .into_iter()
            .map(|bytes| {
                let plain = Zeroizing::new([&bytes[..1], &bytes[3..23]].concat());
                blahaj::Share::try_from(plain.as_slice()).map_err(|_| Error::CodeMistyped)
            })
            .collect::<Result<_>>()?;
        let all = blahaj::Sharks(NEEDED)
            .recover(shares.as_slice())
            .map(Zeroizing::new)
            .map_err(|_| Error::SharesDiffer)?;
        Self::with_its_check(&all).map_err(|_| Error::SharesDiffer)
    }

    /// The code from its fifteen words; `None` if there are not fifteen.
    pub(crate) fn from_words(typed: &str) -> Option<Result<Self>> {
        // The other spelling has digits in it, and fewer letters than fifteen words have.
        let mut words = typed
            .split([' ', '-', ',', '\t'])
            .filter(|word| !word.is_empty());
        let letters = |word: &str| word.len() > 2 && word.chars().all(char::is_alphabetic);
        let are_words = words.clone().count() == CODE_WORDS && words.all(letters);
        are_words.then(|| match words::bytes(typed) {
            Some(bytes) => Self::with_its_check(&bytes),
            None => Err(Error::CodeMistyped),
        })
    }
}

fn parsed(typed: &str) -> Result<Zeroizing<Vec<u8>>> {
    let count = typed
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .count();
    let mut bytes = words::bytes(typed)
        .filter(|_| count == WORDS)
        .ok_or(Error::CodeMistyped)?;
    bytes.truncate(BYTES);
    match bytes.split_last_chunk::<2>() {
        Some((rest, found)) if check(rest) == *found => Ok(bytes),
        _ => Err(Error::CodeMistyped),
    }
}

fn check(bytes: &[u8]) -> [u8; 2] {
    let hash = Sha256::new()
        .chain_update(b"relief-desk/share/1")
        .chain_update(bytes)
        .finalize();
    [hash[0], hash[1]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_two_of_three_sheets_give_the_code_back_and_one_does_not() {
        let code = RecoveryCode::random().unwrap();
        let sheets = code.shares().unwrap();
        assert_eq!(sheets.len(), 3);
        for (a, b) in [(0, 1), (1, 0), (0, 2), (2, 1)] {
            let found = RecoveryCode::from_shares(&sheets[a], &sheets[b].to_uppercase()).unwrap();
            assert_eq!(found.bytes(), code.bytes());
        }
        assert!(matches!(
            RecoveryCode::from_shares(&sheets[0], &sheets[0]),
            Err(Error::SharesDiffer)
        ));
        let others = code.shares().unwrap();
        assert!(matches!(
            RecoveryCode::from_shares(&sheets[0], &others[1]),
            Err(Error::SharesDiffer)
        ));
        let mut wrong: Vec<_> = sheets[0].split(' ').collect();
        wrong.swap(3, 9);
        let wrong = wrong.join(" ");
        if wrong != *sheets[0] {
            assert!(matches!(
                RecoveryCode::from_shares(&wrong, &sheets[1]),
                Err(Error::CodeMistyped)
            ));
        }
    }

    #[test]
    fn the_words_are_the_code() {
        let code = RecoveryCode::random().unwrap();
        let read: RecoveryCode = code
            .words()
            .replace(' ', "  ")
            .to_uppercase()
            .parse()
            .unwrap();
        assert_eq!(read.bytes(), code.bytes());
        let mut wrong: Vec<_> = code.words().split(' ').map(str::to_owned).collect();
        wrong[4] = if wrong[4] == "zoo" { "zone" } else { "zoo" }.to_owned();
        assert!(matches!(
            wrong.join(" ").parse::<RecoveryCode>(),
            Err(Error::CodeMistyped)
        ));
    }
}
