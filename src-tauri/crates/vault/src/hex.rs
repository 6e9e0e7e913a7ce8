//! Bytes as lower-case hexadecimal text, the only spelling the key file accepts.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

/// Writes bytes as lower-case hex.
pub(crate) fn encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]])
        .map(char::from)
        .collect()
}

/// Reads lower-case hex; `None` for anything else.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?))
        .collect()
}

/// For `#[serde(serialize_with)]`.
pub(crate) fn serialize<S: Serializer, B: AsRef<[u8]>>(bytes: B, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&encode(bytes.as_ref()))
}

/// For `#[serde(deserialize_with)]`: fixed-size arrays and `Vec<u8>`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, B: TryFrom<Vec<u8>>>(
    from: D,
) -> Result<B, D::Error> {
    let text = String::deserialize(from)?;
    decode(&text)
        .and_then(|bytes| B::try_from(bytes).ok())
        .ok_or_else(|| D::Error::custom("not hexadecimal, or of the wrong length"))
}

/// For optional arrays.
pub(crate) mod maybe {
    use serde::{Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer, B: AsRef<[u8]>>(
        bytes: &Option<B>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match bytes {
            Some(bytes) => super::serialize(bytes, to),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, B: TryFrom<Vec<u8>>>(
        from: D,
    ) -> Result<Option<B>, D::Error> {
        super::deserialize(from).map(Some)
    }
}
