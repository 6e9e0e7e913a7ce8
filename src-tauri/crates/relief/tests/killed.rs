//! `relief review` killed at random moments and started again: the tables are those of a run that nobody disturbed.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "../../review/benches/generate.rs"]
mod generate;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use age::secrecy::ExposeSecret;

/// Where the results are locked: the key, and the file that it lies in.
type Locked<'l> = Option<(&'l age::x25519::Identity, &'l Path)>;

fn relief(files: &[&Path], out: &Path, locked: Locked<'_>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relief"));
    command.args(["review", "--county", "Sacramento", "--as-of", "2020-07-01"]);
    command.args(["--policy", "sacramento", "--what-if", "los-angeles"]);
    if let Some((key, file)) = locked {
        command.args(["--encrypt-to", &key.to_public().to_string(), "--identity"]);
        command.arg(file);
    }
    command.arg("--out").arg(out).args(files);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// What a file holds, opened where it is locked.
fn opened(path: &Path, locked: Locked<'_>) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let Some((key, _)) = locked else { return bytes };
    let from = age::Decryptor::new(bytes.as_slice()).unwrap();
    let mut text = Vec::new();
    let mut from = from
        .decrypt(std::iter::once(key as &dyn age::Identity))
        .unwrap();
    from.read_to_end(&mut text).unwrap();
    text
}

/// Everything in a folder, folders inside included.
fn all(dir: &Path, locked: Locked<'_>) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let bytes = opened(&entry.path(), locked);
            (entry.file_name().into_string().unwrap(), bytes)
        })
        .collect()
}

fn killed_and_resumed(rows: u64, apart: bool, lock: bool) {
    let dir = tempfile::tempdir().unwrap();
    let (key, file) = (
        age::x25519::Identity::generate(),
        dir.path().join("key.txt"),
    );
    std::fs::write(
        &file,
        format!("# made up\n{}\n", key.to_string().expose_secret()),
    )
    .unwrap();
    let locked = lock.then_some((&key, file.as_path()));
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
    let output = relief(&files, &undisturbed, locked).output().unwrap();
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
        let mut child = relief(&files, &disturbed, locked).spawn().unwrap();
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
    let (whole, after) = (all(&undisturbed, locked), all(&disturbed, locked));
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
    killed_and_resumed(16_000, false, false);
}

#[test]
fn persons_apart() {
    killed_and_resumed(16_000, true, false);
}

#[test]
fn locked_and_persons_apart() {
    killed_and_resumed(16_000, true, true);
}
