//! `relief-vault` killed at random moments: every id that was printed is there, whole, and the folder opens at once.
//!
//! `RELIEF_KILLS` gives the rounds (`cargo xtask crash`); `RELIEF_SEED` repeats the moments of an earlier run, which each run prints.
#![expect(clippy::print_stdout, reason = "the seed is told to whoever runs it")]

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::command::text;
use crate::made_up::{PASSPHRASE, record, reopen, vault};

/// Numbers that look random (splitmix64), from a seed that is told.
struct Moments(u64);

impl Moments {
    fn new() -> Self {
        let given = std::env::var("RELIEF_SEED")
            .ok()
            .and_then(|n| n.parse().ok());
        let seed = given.unwrap_or_else(|| RandomState::new().hash_one(std::process::id()));
        println!("RELIEF_SEED={seed}");
        Self(seed)
    }

    /// Any moment from at once to two seconds later; half of them within the first 50 ms, since much happens early.
    fn next(&mut self) -> Duration {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let part = ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        Duration::from_secs_f64(0.0002 * 10_f64.powf(4.0 * part))
    }
}

#[cfg(unix)]
#[test]
fn what_was_acknowledged_survives_a_kill() {
    let dir = tempfile::tempdir().unwrap();
    let (home, json) = (dir.path().join("home"), dir.path().join("r.json"));
    drop(vault(&home));
    let one = record("Rosa", "Quill", "05F01234");
    fs::write(&json, one.to_json()).unwrap();
    let mut kept = Vec::new();
    let mut cut_short = 0;
    let mut moments = Moments::new();
    let rounds: u64 = std::env::var("RELIEF_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(20);
    for round in 0..rounds {
        let mut child = Command::new(env!("CARGO_BIN_EXE_relief-vault"))
            .args(["add", text(&home)])
            .args(vec![text(&json); 2000])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{PASSPHRASE}").unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Each fourth at any moment from its start, in the middle of opening too; the others while it saves.
        if round % 4 != 3 {
            kept.push(lines.next().unwrap().unwrap());
        }
        std::thread::sleep(moments.next());
        child.kill().unwrap();
        cut_short += u64::from(!child.wait().unwrap().success());
        // What it had printed before it died was acknowledged. A line without its end was not.
        kept.extend(lines.map_while(Result::ok).filter(|line| line.len() == 16));
    }
    assert!(
        cut_short * 4 >= rounds * 3,
        "killed in the middle {cut_short} times of {rounds}"
    );
    let vault = reopen(&home).unwrap();
    let read = vault.read();
    for id in &kept {
        assert_eq!(read.record(&id.parse().unwrap()).unwrap(), one);
    }
    assert!(read.count().unwrap() >= kept.len() as u64);
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    println!(
        "{} saves were acknowledged in {rounds} rounds, and every one is there",
        kept.len()
    );
}
