//! Signatures: Ed25519 (RFC 8032), for a person's audit rows and for a vault's hand-overs and receipts.
//!
//! A person's signing key is derived from the secret of the key slot (HKDF-SHA256 with the vault's id as salt), so a slot that an
//! older version wrote has one too, and a new passphrase brings a new one. What is signed begins with a purpose: a signature for one
//! thing is none for another.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::secret::Key;

/// A secret signing key; wiped when dropped.
#[derive(Clone)]
pub(crate) struct Signer(Box<SigningKey>);

impl Signer {
    /// The signing key that belongs to a slot's secret.
    pub(crate) fn of(own: &Key, vault: &[u8; 16]) -> Self {
        Self::from_seed(&Self::seed(own, vault))
    }

    pub(crate) fn seed(own: &Key, vault: &[u8; 16]) -> Key {
        let mut seed = Key::zero();
        // 32 bytes are far within HKDF's bounds: it cannot fail.
        let _ = Hkdf::<Sha256>::new(Some(vault), own.bytes())
            .expand(b"relief-desk/vault/1 signing", seed.bytes_mut());
        seed
    }

    /// The signing key that a seed is.
    pub(crate) fn from_seed(seed: &Key) -> Self {
        Self(Box::new(SigningKey::from_bytes(seed.bytes())))
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    pub(crate) fn sign(&self, purpose: &str, message: &[u8]) -> [u8; 64] {
        self.0.sign(&framed(purpose, message)).to_bytes()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(hidden)")
    }
}

/// Whether a signature is good. Strict: no weak key, one spelling of each signature.
pub(crate) fn holds(
    public: &[u8; 32],
    purpose: &str,
    message: &[u8],
    signature: &[u8; 64],
) -> bool {
    VerifyingKey::from_bytes(public).is_ok_and(|key| {
        key.verify_strict(&framed(purpose, message), &Signature::from_bytes(signature))
            .is_ok()
    })
}

fn framed(purpose: &str, message: &[u8]) -> Vec<u8> {
    let length = (purpose.len() as u64).to_le_bytes();
    [length.as_slice(), purpose.as_bytes(), message].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    /// RFC 8032, section 7.1, test 2, through the same key type.
    #[test]
    fn signs_as_the_standard_says() {
        let mut seed = Key::zero();
        let secret = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        seed.bytes_mut()
            .copy_from_slice(&hex::decode(secret).unwrap());
        let signer = Signer::from_seed(&seed);
        assert_eq!(
            hex::encode(&signer.public()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        );
        assert_eq!(
            hex::encode(&signer.0.sign(&[0x72]).to_bytes()),
            concat!(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
                "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            )
        );
    }

    #[test]
    fn a_signature_is_for_one_purpose_message_and_key() {
        let signer = Signer::of(&Key::random().unwrap(), &[1; 16]);
        let other = Signer::of(&Key::random().unwrap(), &[1; 16]);
        let made = signer.sign("one", b"words");
        assert!(holds(&signer.public(), "one", b"words", &made));
        assert!(!holds(&signer.public(), "on", b"ewords", &made));
        assert!(!holds(&signer.public(), "one", b"word", &made));
        assert!(!holds(&other.public(), "one", b"words", &made));
        assert!(!holds(&[0; 32], "one", b"words", &made), "a weak key");
    }
}
