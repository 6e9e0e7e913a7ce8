//! What one try at a passphrase costs: Argon2id (RFC 9106), its memory fitted to the machine that makes the slot.
//!
//! Three passes and four lanes, as RFC 9106's second recommendation; memory from its 64 MiB upwards, as much as fits in the
//! time wanted, at most 512 MiB so that an old laptop can still open the vault. The parameters stand in the slot: a vault made
//! on a fast machine opens on a slow one, only later.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::secret::Key;
use crate::{Error, Result};

const MIB: u32 = 1024;
const LEAST: u32 = 64 * MIB;
const MOST: u32 = 512 * MIB;
const PASSES: u32 = 3;
const LANES: u32 = 4;

/// The time one try at a passphrase should take on the machine that makes the slot.
pub const ABOUT_A_SECOND: Duration = Duration::from_millis(1000);

/// Argon2id parameters of a new slot. Only [`Cost::tuned`] makes them in a shipped program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// KiB of memory.
    memory_kib: u32,
    /// Passes over it.
    passes: u32,
    /// Lanes.
    lanes: u32,
}

impl Cost {
    /// The most memory, from 64 to 512 MiB, with which one try takes about `budget` here.
    ///
    /// Measures the least size several times (the best run counts: a busy moment must not weaken the slot), then takes time to grow with memory.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`] if not even the least size can be had.
    pub fn tuned(budget: Duration) -> Result<Self> {
        let least = Self::of(LEAST);
        let mut best = Duration::MAX;
        for _ in 0..5 {
            let start = Instant::now();
            least.derive(b"measure", &[0; 16])?;
            best = best.min(start.elapsed());
        }
        let fits = budget.as_micros() / best.as_micros().max(1);
        let times = u32::try_from(fits)
            .unwrap_or(u32::MAX)
            .clamp(1, MOST / LEAST);
        Ok(Self::of(LEAST * times))
    }

    /// The dearer of the two.
    pub(crate) fn at_least(self, other: Self) -> Self {
        if other.memory_kib > self.memory_kib {
            other
        } else {
            self
        }
    }

    const fn of(memory_kib: u32) -> Self {
        Self {
            memory_kib,
            passes: PASSES,
            lanes: LANES,
        }
    }

    /// A cost that protects nothing, so that tests are quick. Exists only with the feature `weak-cost`, which only
    /// `[dev-dependencies]` name.
    #[cfg(feature = "weak-cost")]
    #[must_use]
    pub const fn weak_for_tests() -> Self {
        Self {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        }
    }

    /// MiB of memory that one try takes.
    #[must_use]
    pub const fn memory_mib(&self) -> u32 {
        self.memory_kib / MIB
    }

    /// What the slot's seal binds: the parameters in a fixed order.
    pub(crate) fn bytes(&self) -> [u8; 12] {
        let mut bytes = [0; 12];
        for (place, value) in
            bytes
                .chunks_exact_mut(4)
                .zip([self.memory_kib, self.passes, self.lanes])
        {
            place.copy_from_slice(&value.to_le_bytes());
        }
        bytes
    }

    /// Whether this program would ever write it: a damaged or hostile file must not ask for all the memory there is.
    pub(crate) fn is_sane(&self) -> bool {
        self.memory_kib <= MOST
            && (1..=16).contains(&self.passes)
            && (1..=16).contains(&self.lanes)
            && self.memory_kib >= 8 * self.lanes
    }

    /// Argon2id version 0x13: passphrase and salt to a key. The working memory is wiped: it would make guessing cheap.
    pub(crate) fn derive(&self, passphrase: &[u8], salt: &[u8; 16]) -> Result<Key> {
        if !self.is_sane() {
            return Err(Error::KeysDamaged);
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| Error::KeysDamaged)?;
        let mut blocks: Zeroizing<Vec<Block>> = Zeroizing::new(Vec::new());
        blocks
            .try_reserve_exact(params.block_count())
            .map_err(|_| Error::OutOfMemory)?;
        blocks.resize(params.block_count(), Block::default());
        let mut key = Key::zero();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(
                passphrase,
                salt,
                key.bytes_mut(),
                blocks.as_mut_slice(),
            )
            .map_err(|_| Error::OutOfMemory)?;
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tuning_stays_within_its_bounds() {
        assert_eq!(Cost::tuned(Duration::ZERO).unwrap(), Cost::of(LEAST));
        assert_eq!(
            Cost::tuned(Duration::from_secs(3600)).unwrap(),
            Cost::of(MOST)
        );
    }

    #[test]
    fn a_hostile_file_cannot_ask_for_the_machine() {
        let greedy = Cost::of(u32::MAX);
        assert!(matches!(
            greedy.derive(b"x", &[0; 16]),
            Err(Error::KeysDamaged)
        ));
    }

    /// As the reference implementation answers (through Python's `argon2-cffi`), at the least cost a shipped slot has.
    #[test]
    fn derives_as_the_reference_does() {
        let salt = std::array::from_fn(|i| i as u8);
        let key = Cost::of(LEAST)
            .derive(b"a purple bicycle at noon", &salt)
            .unwrap();
        assert_eq!(
            crate::hex::encode(key.bytes()),
            "24e930359bc0b15f6bf3501c6e64b2078996e85df75b48ef271f6503e29196ab"
        );
    }
}
