//! The recovery code: 128 random bits on paper, in groups a person can read aloud, with a checksum that catches a typing mistake.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{Error, Result};

/// Crockford's base 32: no I, L, O or U, so that nothing is misread; written by people for people.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET: usize = 16;
const CHECK: usize = 4;
const GROUP: usize = 4;

/// A recovery code. Eight groups of four, such as `7K3M-...`; shown once, when the vault is made, and kept on paper.
///
/// Sixteen bytes from the system's randomness and four of their SHA-256. A slip of the pen is noticed (one in 4 billion is not)
/// before anything is tried with it. `Display` is what goes on the paper: it is the secret itself.
pub struct RecoveryCode(Zeroizing<[u8; SECRET]>);

impl RecoveryCode {
    pub(crate) fn random() -> Result<Self> {
        let mut secret = Zeroizing::new([0; SECRET]);
        getrandom::fill(secret.as_mut_slice())?;
        Ok(Self(secret))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The secret and its checksum: what stands on paper in one spelling or another.
    pub(crate) fn with_check(&self) -> Zeroizing<[u8; SECRET + CHECK]> {
        let mut all = Zeroizing::new([0; SECRET + CHECK]);
        all[..SECRET].copy_from_slice(self.0.as_slice());
        all[SECRET..].copy_from_slice(&Self::check(&self.0));
        all
    }

    pub(crate) fn with_its_check(all: &[u8]) -> Result<Self> {
        let (first, check) = all
            .split_first_chunk::<SECRET>()
            .ok_or(Error::CodeMistyped)?;
        let secret = Zeroizing::new(*first);
        if Self::check(&secret) != check {
            return Err(Error::CodeMistyped);
        }
        Ok(Self(secret))
    }

    fn check(secret: &[u8; SECRET]) -> [u8; CHECK] {
        let hash = Sha256::new()
            .chain_update(b"relief-desk/recovery/1")
            .chain_update(secret)
            .finalize();
        std::array::from_fn(|i| hash[i])
    }
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.with_check();
        let (groups, _) = all.as_chunks::<5>();
        for (i, five) in groups.iter().enumerate() {
            // Five bytes are eight digits: two groups.
            let bits = five.iter().fold(0_u64, |bits, b| bits << 8 | u64::from(*b));
            for place in 0..8 {
                if place % GROUP == 0 && (i, place) != (0, 0) {
                    f.write_str("-")?;
                }
                let digit = bits >> (35 - 5 * place) & 31;
                write!(f, "{}", char::from(DIGITS[digit as usize]))?;
            }
        }
        Ok(())
    }
}

impl FromStr for RecoveryCode {
    type Err = Error;

    /// Reads a code as people type it: small letters, spaces or dashes anywhere, O for 0, I or L for 1; or its fifteen words.
    fn from_str(typed: &str) -> Result<Self> {
        if let Some(read) = Self::from_words(typed) {
            return read;
        }
        let mut digits = Zeroizing::new(Vec::with_capacity(typed.len()));
        for c in typed.chars() {
            let value = match c.to_ascii_uppercase() {
                ' ' | '-' | '\t' | '\u{2010}'..='\u{2015}' => continue,
                'O' => 0,
                'I' | 'L' => 1,
                c => DIGITS
                    .iter()
                    .position(|d| char::from(*d) == c)
                    .ok_or(Error::CodeMistyped)?,
            };
            digits.push(value as u64);
        }
        if digits.len() != (SECRET + CHECK) / 5 * 8 {
            return Err(Error::CodeMistyped);
        }
        let mut all = Zeroizing::new([0; SECRET + CHECK]);
        let (eights, _) = digits.as_chunks::<8>();
        let (fives, _) = all.as_chunks_mut::<5>();
        for (eight, five) in eights.iter().zip(fives) {
            let bits = eight.iter().fold(0, |bits, d| bits << 5 | d);
            five.copy_from_slice(&bits.to_be_bytes()[3..]);
        }
        Self::with_its_check(all.as_slice())
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes: [u8; SECRET]) {
            let written = RecoveryCode(Zeroizing::new(bytes)).to_string();
            prop_assert_eq!(written.len(), 39);
            let sloppy = written.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            for text in [written, sloppy] {
                let read = text.parse::<RecoveryCode>().unwrap();
                prop_assert_eq!(read.bytes(), bytes);
            }
        }

        #[test]
        fn one_wrong_digit_is_noticed(bytes: [u8; SECRET], place in 0..39_usize, digit in 0..32_usize) {
            let mut written = RecoveryCode(Zeroizing::new(bytes)).to_string().into_bytes();
            let new = DIGITS[digit];
            prop_assume!(written[place] != b'-' && written[place] != new);
            written[place] = new;
            let read = String::from_utf8(written).unwrap().parse::<RecoveryCode>();
            prop_assert!(matches!(read, Err(Error::CodeMistyped)));
        }
    }

    #[test]
    fn two_groups_swapped_are_noticed() {
        let code = RecoveryCode(Zeroizing::new(*b"0123456789abcdef")).to_string();
        let mut groups: Vec<_> = code.split('-').collect();
        groups.swap(2, 3);
        assert!(groups.join("-").parse::<RecoveryCode>().is_err());
    }
}
