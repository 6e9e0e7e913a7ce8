//! A set of fixed size that never forgets a member and seldom claims one too many.

/// Bits of the set: 16 MB, whatever the number of persons.
const BITS: u64 = 1 << 27;
/// Bits for each member.
const EACH: u64 = 7;

/// Persons and numbers of the state met so far (a Bloom filter): a false claim costs time, never an answer.
pub(crate) struct Seen {
    words: Vec<u64>,
    any: bool,
}

impl Seen {
    pub(crate) fn new() -> Self {
        Self {
            words: vec![0; usize::try_from(BITS / 64).unwrap_or_default()],
            any: false,
        }
    }

    /// A set that nothing is put into.
    pub(crate) fn none() -> Self {
        Self {
            words: Vec::new(),
            any: false,
        }
    }

    /// Takes a member in; true if it was, or may have been, in already.
    pub(crate) fn insert(&mut self, hash: u64) -> bool {
        self.any = true;
        let mut all = true;
        for (word, bit) in places(hash) {
            all &= self.words[word] & bit != 0;
            self.words[word] |= bit;
        }
        all
    }

    pub(crate) fn contains(&self, hash: u64) -> bool {
        self.any && places(hash).all(|(word, bit)| self.words[word] & bit != 0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.any
    }
}

fn places(hash: u64) -> impl Iterator<Item = (usize, u64)> {
    let step = hash.rotate_left(32) | 1;
    (0..EACH).map(move |n| {
        let bit = hash.wrapping_add(step.wrapping_mul(n)) % BITS;
        (
            usize::try_from(bit / 64).unwrap_or_default(),
            1 << (bit % 64),
        )
    })
}
