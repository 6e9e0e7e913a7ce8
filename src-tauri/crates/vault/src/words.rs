//! Bits as words that two people read to each other: eleven bits a word, from the list of BIP 39, whose words differ in their first four
//! letters.

use bip39::Language;

/// Words for the first bits of some bytes.
pub(crate) fn of(bytes: &[u8], count: usize) -> Vec<&'static str> {
    let list = Language::English.word_list();
    (0..count)
        .map(|word| {
            let index = (word * 11..word * 11 + 11).fold(0_usize, |index, bit| {
                let byte = bytes.get(bit / 8).copied().unwrap_or_default();
                index << 1 | usize::from(byte >> (7 - bit % 8) & 1)
            });
            list[index]
        })
        .collect()
}

/// The bytes that words stand for, as many whole ones as there are; `None` for a word that is not on the list. Capital letters and more
/// than one space do not matter, nor does what follows a word's first four letters.
pub(crate) fn bytes(typed: &str) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    let list = Language::English.word_list();
    let mut bits = zeroize::Zeroizing::new(Vec::with_capacity(11 * 32));
    for word in typed
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        let word = word.to_lowercase();
        let start: String = word.chars().take(4).collect();
        let index = list.iter().position(|known| {
            *known == word || (start.len() == 4 && known.len() >= 4 && known.starts_with(&start))
        })?;
        bits.extend((0..11).rev().map(|bit| (index >> bit & 1) as u8));
    }
    let (eights, _) = bits.as_chunks::<8>();
    Some(zeroize::Zeroizing::new(
        eights
            .iter()
            .map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | bit))
            .collect(),
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_read_aloud_is_understood(all: [u8; 22]) {
            let words = of(&all, 16);
            prop_assert_eq!(bytes(&words.join(" ")).unwrap().to_vec(), all.to_vec());
            let sloppy = words.join(" -  ").to_uppercase();
            prop_assert_eq!(bytes(&sloppy).unwrap().to_vec(), all.to_vec());
        }
    }

    #[test]
    fn the_list_is_the_published_one_and_another_word_is_noticed() {
        assert_eq!(of(&[0; 8], 2), ["abandon", "abandon"]);
        assert_eq!(of(&[0xff; 8], 1), ["zoo"]);
        assert!(bytes("abandon bicker").is_none());
        assert_eq!(bytes("aban zoo").unwrap().len(), 2);
    }
}
