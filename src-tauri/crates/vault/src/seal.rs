//! The two seals of a key slot. Both are compositions of published parts; nothing here is a primitive of our own.
//!
//! - **Under a key** ([`seal`], [`open`]): XChaCha20-Poly1305 with a random 24-byte nonce; bytes are `nonce || ciphertext || tag`.
//! - **To a public key** ([`seal_to`], [`open_as`]): a fresh X25519 pair (RFC 7748) agrees with the receiver's public key on a
//!   secret; HKDF-SHA256 (RFC 5869) with salt `ephemeral public || receiver public` and a fixed purpose as info gives 32 bytes
//!   of key and 24 of nonce for XChaCha20-Poly1305; bytes are `ephemeral public || ciphertext || tag`. The key serves one message, so
//!   the nonce need not be sent. A public key of small order is refused.
//!
//! Both bind associated data: a sealed value moved to another slot or vault, or with other parameters beside it, does not open.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::Result;
use crate::secret::Key;

const PURPOSE: &[u8] = b"relief-desk/vault/1 sealed to a public key";
const NONCE: usize = 24;

/// Seals a key under a key.
pub(crate) fn seal(under: &Key, message: &Key, bound: &[u8]) -> Result<Vec<u8>> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce)?;
    let mut sealed = nonce.to_vec();
    sealed.extend(encrypt(under.bytes(), nonce, message, bound));
    Ok(sealed)
}

/// Opens what [`seal`] made; `None` for a wrong key, another binding or changed bytes, which cannot be told apart.
pub(crate) fn open(under: &Key, sealed: &[u8], bound: &[u8]) -> Option<Key> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE>()?;
    decrypt(under.bytes(), *nonce, body, bound)
}

/// Seals a key to a public key.
pub(crate) fn seal_to(receiver: &[u8; 32], message: &Key, bound: &[u8]) -> Result<Vec<u8>> {
    let secret = Key::random()?;
    let mine = public_of(&secret);
    // The receiver's key was just made or read from a file whose MAC holds, so agreement cannot fail on honest input; a key
    // of small order gives no seal at all.
    let Some((key, nonce)) = agree(&secret, receiver, &mine, receiver) else {
        return Err(crate::Error::KeysTampered);
    };
    let mut sealed = mine.to_vec();
    sealed.extend(encrypt(&key, nonce, message, bound));
    Ok(sealed)
}

/// Opens what [`seal_to`] made with the receiver's secret key.
pub(crate) fn open_as(secret: &Key, sealed: &[u8], bound: &[u8]) -> Option<Key> {
    let (theirs, body) = sealed.split_first_chunk::<32>()?;
    let mine = public_of(secret);
    let (key, nonce) = agree(secret, theirs, theirs, &mine)?;
    decrypt(&key, nonce, body, bound)
}

/// The public half of an X25519 secret.
pub(crate) fn public_of(secret: &Key) -> [u8; 32] {
    PublicKey::from(&StaticSecret::from(*secret.bytes())).to_bytes()
}

fn agree(
    secret: &Key,
    with: &[u8; 32],
    ephemeral: &[u8; 32],
    receiver: &[u8; 32],
) -> Option<(Zeroizing<[u8; 32]>, [u8; NONCE])> {
    let shared = StaticSecret::from(*secret.bytes()).diffie_hellman(&PublicKey::from(*with));
    if !shared.was_contributory() {
        return None;
    }
    let salt = [ephemeral.as_slice(), receiver].concat();
    let mut okm = Zeroizing::new([0; 32 + NONCE]);
    Hkdf::<Sha256>::new(Some(&salt), shared.as_bytes())
        .expand(PURPOSE, okm.as_mut_slice())
        .ok()?;
    let (key, nonce) = okm.split_first_chunk::<32>()?;
    Some((Zeroizing::new(*key), nonce.try_into().ok()?))
}

fn encrypt(key: &[u8; 32], nonce: [u8; NONCE], message: &Key, bound: &[u8]) -> Vec<u8> {
    let payload = Payload {
        msg: message.bytes(),
        aad: bound,
    };
    // Fails only for messages of more than 256 GiB.
    XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), payload)
        .unwrap_or_default()
}

fn decrypt(key: &[u8; 32], nonce: [u8; NONCE], body: &[u8], bound: &[u8]) -> Option<Key> {
    let payload = Payload {
        msg: body,
        aad: bound,
    };
    let plain = XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(nonce), payload)
        .ok()
        .map(Zeroizing::new)?;
    let mut message = Key::zero();
    message
        .bytes_mut()
        .copy_from_slice(plain.as_slice().try_into().ok().map(|b: &[u8; 32]| b)?);
    Some(message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hex;

    fn key(bytes: [u8; 32]) -> Key {
        let mut key = Key::zero();
        *key.bytes_mut() = bytes;
        key
    }

    fn counted_from(first: u8) -> Key {
        key(std::array::from_fn(|i| first + i as u8))
    }

    /// Both seals as other implementations make them: PyNaCl (libsodium) for XChaCha20-Poly1305, Python's `cryptography`
    /// (OpenSSL) for X25519 and HKDF, put together as the module's text says.
    #[test]
    fn opens_what_other_implementations_sealed() {
        let bound = b"slot seven of vault nine";
        let to_public = hex::decode(concat!(
            "79a631eede1bf9c98f12032cdeadd0e7a079398fc786b88cc846ec89af85a51a5d38e4d70b5ed8c574877d297a93fcc6",
            "86b609daf900e7aaabb7a63aee115e194f23d05670a9c3135c4c1309577b8bbb"
        ))
        .unwrap();
        let opened = open_as(&counted_from(0), &to_public, bound).unwrap();
        assert_eq!(opened.bytes(), &[0xa5; 32]);
        let under_key = hex::decode(concat!(
            "000102030405060708090a0b0c0d0e0f1011121314151617",
            "0db20e205fb9fe00806224e243470a09fa739db2b15292d456b812243f693132130b53ac775d5dfb2ebb35ae1d883259"
        ))
        .unwrap();
        let opened = open(&key([7; 32]), &under_key, bound).unwrap();
        assert_eq!(opened.bytes(), &[0xa5; 32]);
    }

    #[test]
    fn a_public_key_of_small_order_is_refused() {
        let (zero, one) = ([0; 32], std::array::from_fn(|i| u8::from(i == 0)));
        for public in [zero, one] {
            assert!(seal_to(&public, &key([1; 32]), b"").is_err());
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_and_nothing_else_does(
            secret: [u8; 32], message: [u8; 32], bound: Vec<u8>, place: prop::sample::Index, flip in 1..=255_u8,
        ) {
            let (secret, message) = (key(secret), key(message));
            let to_public = seal_to(&public_of(&secret), &message, &bound).unwrap();
            let under_key = seal(&secret, &message, &bound).unwrap();
            let other_bound = [bound.as_slice(), b"."].concat();
            for (sealed, open) in [(to_public, open_as as fn(&Key, &[u8], &[u8]) -> Option<Key>), (under_key, open)] {
                let opened = open(&secret, &sealed, &bound).unwrap();
                prop_assert_eq!(opened.bytes(), message.bytes());
                prop_assert!(open(&secret, &sealed, &other_bound).is_none());
                prop_assert!(open(&Key::random().unwrap(), &sealed, &bound).is_none());
                prop_assert!(open(&secret, &sealed[..sealed.len() - 1], &bound).is_none());
                let mut bad = sealed.clone();
                bad[place.index(sealed.len())] ^= flip;
                // X25519 ignores the top bit of a public key; the key is bound in the salt, so the seal does not.
                prop_assert!(open(&secret, &bad, &bound).is_none());
            }
        }
    }
}
