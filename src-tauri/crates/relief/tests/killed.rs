//! `relief review` killed at random moments and started again: the tables are those of a run that nobody disturbed.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "../../review/benches/generate.rs"]
mod generate;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

fn relief(files: &[&Path], out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relief"));
    command.args(["review", "--county", "Sacramento", "--as-of", "2020-07-01"]);
    command.args(["--policy", "sacramento", "--what-if", "los-angeles"]);
    command.arg("--out").arg(out).args(files);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Everything in a folder, folders inside included.
fn all(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            (entry.file_name().into_string().unwrap(), bytes)
        })
        .collect()
}

fn killed_and_resumed(rows: u64, apart: bool) {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one.dat"), dir.path().join("two.dat"));
    let mut bytes = Vec::new();
    generate::generate(&mut bytes, rows, 11).unwrap();
    std::fs::write(&one, &bytes).unwrap();
    // With `apart`, the second file tells more of people of the first.
    let mut more = Vec::new();
    generate::generate(&mut more, if apart { 40 } else { 0 }, 12).unwrap();
    more.write_all(b"1,2,3\n").unwrap();
    std::fs::write(&two, &more).unwrap();
    let files = [one.as_path(), two.as_path()];
    let undisturbed = dir.path().join("undisturbed");
    let began = std::time::Instant::now();
    let output = relief(&files, &undisturbed).output().unwrap();
    let whole = began.elapsed();
    assert_eq!(
        output.status.code(),
        Some(1),
        "a row that cannot be used is told of"
    );

    let disturbed = dir.path().join("disturbed");
    let seed = RandomState::new().build_hasher().finish();
    let (mut dice, mut kills, mut went_on) = (seed, 0, 0);
    let last = loop {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mut child = relief(&files, &disturbed).spawn().unwrap();
        if kills < 6 {
            let most = u64::try_from(whole.as_millis()).unwrap();
            std::thread::sleep(Duration::from_millis((dice >> 33) % most));
            // It may have ended already.
            let _ = child.kill();
        }
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        went_on += u32::from(said.contains("went on where"));
        if output.status.code().is_some() {
            break said;
        }
        kills += 1;
    };
    let (whole, after) = (all(&undisturbed), all(&disturbed));
    let names: Vec<_> = whole.keys().collect();
    assert_eq!(
        after.keys().collect::<Vec<_>>(),
        names,
        "seed {seed}, {kills} kills: {last}"
    );
    for (name, bytes) in &whole {
        assert!(
            after[name] == *bytes,
            "seed {seed}, {kills} kills: {name} differs"
        );
    }
    // Killed late enough a run must have gone on; the dice decide when, so only a run of several kills can be held to it.
    assert!(
        kills < 4 || went_on > 0,
        "seed {seed}: {kills} kills, and each began anew"
    );
}

#[test]
fn persons_together() {
    killed_and_resumed(16_000, false);
}

#[test]
fn persons_apart() {
    killed_and_resumed(16_000, true);
}
