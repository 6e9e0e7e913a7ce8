//! The readers of foreign bytes under changed, cut, swapped and lengthened input: they refuse in words, and never panic.
//!
//! `RELIEF_FUZZ` gives the rounds for each reader (`cargo xtask fuzz ROUNDS`); a test run does a few thousand.

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use crate::handover::Parcel;
use crate::keys::{Holder, KeyFile};
use crate::people::Role;
use crate::secret::Key;
use crate::{Backup, Card, Cost, Layout, Receipt, RecoveryCode, words};

/// Numbers that look random and are the same in every run (splitmix64).
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

fn rounds() -> u64 {
    std::env::var("RELIEF_FUZZ")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(3_000)
}

/// One to eight changes of a good input.
fn changed(good: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..=rng.below(8) {
        if bytes.is_empty() {
            return bytes;
        }
        let at = rng.below(bytes.len());
        match rng.below(7) {
            0 => bytes[at] ^= 1 << rng.below(8),
            1 => bytes[at] = [0, 0xff, b'"', b'{', b'9', 0x80][rng.below(6)],
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..(at + rng.below(40)).min(bytes.len()))),
            4 => {
                let end = (at + 1 + rng.below(40)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let to = rng.below(bytes.len());
                bytes.splice(to..to, part);
            }
            5 => {
                // A length that lies.
                let end = (at + 8).min(bytes.len());
                bytes[at..end].copy_from_slice(&rng.next().to_le_bytes()[..end - at]);
            }
            _ => bytes.extend((0..rng.below(64)).map(|n| n as u8)),
        }
    }
    bytes
}

/// Gives changed inputs to a reader; what it says does not matter, that it says it does.
fn every(name: &str, good: &[u8], mut reader: impl FnMut(&[u8]) -> bool) {
    let mut rng = Rng(name.len() as u64);
    assert!(reader(good), "{name}: the unchanged input is good");
    let taken = (0..rounds())
        .filter(|_| reader(&changed(good, &mut rng)))
        .count();
    assert!(
        (taken as u64) < rounds(),
        "{name}: nothing was ever refused"
    );
}

fn key_file() -> Vec<u8> {
    let data_key = Key::random().unwrap();
    let mut file = KeyFile::new("Harbor Clinic", Timestamp::UNIX_EPOCH).unwrap();
    let holder = Holder::Person {
        name: "Ana Lee".into(),
        roles: vec![Role::Administrator],
        must_change: false,
    };
    file.add(holder, b"x", Cost::weak_for_tests(), &data_key)
        .unwrap();
    file.sealed(&data_key)
}

#[test]
fn the_vaults_header() {
    every("vault.keys", &key_file(), |bytes| {
        KeyFile::parse(bytes).is_ok_and(|file| file.unlock(&file.people()[0].id, b"x").is_ok())
    });
}

#[test]
fn a_backups_header() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("b");
    let keys = key_file();
    let head = br#"{"made":"1970-01-01T00:00:00Z","audit_rows":0,"audit_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#;
    let mut good = b"relief-desk/backup/1\n".to_vec();
    for part in [head.as_slice(), &keys, b"pages"] {
        good.extend((part.len() as u64).to_le_bytes());
        good.extend(part);
    }
    good.extend([0; 32]);
    every("backup", &good, |bytes| {
        fs::write(&path, bytes).unwrap();
        Backup::open(Path::new(&path)).is_ok()
    });
}

#[test]
fn a_hand_over() {
    let good = crate::handover::sample();
    every("hand-over", &good, |bytes| {
        Parcel::open(bytes).is_ok_and(|parcel| parcel.tried().is_ok())
    });
    // The same inside its age file.
    let key = age::x25519::Identity::generate();
    let sealed = age::encrypt(&key.to_public(), &good).unwrap();
    let keys = [key];
    every("age file", &sealed, |bytes| {
        crate::handover::decrypted(bytes, bytes.len() as u64, &keys).is_ok()
    });
}

#[test]
fn small_texts() {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let layout = include_bytes!("../layouts/clio.toml");
    every("layout", layout, |bytes| {
        Layout::from_toml(&text(bytes)).is_ok()
    });
    let code = RecoveryCode::random().unwrap();
    every("code", code.to_string().as_bytes(), |bytes| {
        text(bytes).parse::<RecoveryCode>().is_ok()
    });
    every("words", code.words().as_bytes(), |bytes| {
        text(bytes).parse::<RecoveryCode>().is_ok()
    });
    let sheets = code.shares().unwrap();
    every("sheet", sheets[0].as_bytes(), |bytes| {
        RecoveryCode::from_shares(&text(bytes), &sheets[1]).is_ok()
    });
    every("aloud", b"abandon zoo bicycle", |bytes| {
        words::bytes(&text(bytes)).is_some()
    });
    let (card, receipt) = crate::handover::samples_of_texts();
    every("card", card.as_bytes(), |bytes| {
        Card::from_json(&text(bytes)).is_ok()
    });
    every("receipt", receipt.as_bytes(), |bytes| {
        Receipt::from_json(&text(bytes)).is_ok()
    });
}
