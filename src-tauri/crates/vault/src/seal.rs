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
