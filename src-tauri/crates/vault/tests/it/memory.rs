//! What the program lets go of is overwritten: of a file that it read nothing is in its memory afterwards, wherever it lay.

#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::FileExt;
use std::process::{Child, Command, Stdio};

use crate::command::text;
use crate::made_up::{PASSPHRASE, record, vault};

/// As the file has it; nothing that is kept has these spaces.
const READ: &str = "\"family\" :   \"Quill\"";

/// So much is looked at in one piece.
const PIECE: usize = 1 << 16;

/// A program that ends with this value, also where a test stops before.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// How often some words stand in the writable memory of a process that waits.
fn copies(pid: u32, words: &str) -> usize {
    let memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let hex = |text| u64::from_str_radix(text, 16).unwrap();
    let mut found = 0;
    for line in fs::read_to_string(format!("/proc/{pid}/maps"))
        .unwrap()
        .lines()
    {
        let mut parts = line.split(' ');
        let (range, rights) = (parts.next().unwrap(), parts.next().unwrap());
        let (start, end) = range.split_once('-').unwrap();
        if !rights.starts_with("rw") {
            continue;
        }
        let (mut at, end) = (hex(start), hex(end));
        let mut piece = [0; PIECE];
        while at < end {
            // Some of the system's own cannot be read.
            let Ok(read @ 1..) = memory.read_at(&mut piece, at) else {
                break;
            };
            // Most of what an allocator holds in store was never touched.
            if piece != [0; PIECE] {
                let parts = piece[..read].windows(words.len());
                found += parts.filter(|part| *part == words.as_bytes()).count();
            }
            // Pieces overlap, so that nothing stands across two.
            at += read.saturating_sub(words.len() - 1).max(1) as u64;
        }
    }
    found
}

#[test]
fn nothing_of_what_was_let_go_of_stays_in_memory() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    drop(vault(&home));
    let mut files = Vec::new();
    for n in 0..20 {
        // Blocks of many sizes: an allocator gives some of them back to the system, and keeps others.
        let one = record("Rosa", "Quill", &format!("05F{n:05}")).to_json();
        let spread = one.replace("\"family\":\"Quill\"", READ);
        let spread = spread.replace("\"family\": \"Quill\"", READ);
        assert!(spread.contains(READ), "{spread}");
        let file = dir.path().join(format!("{n}.json"));
        fs::write(&file, " ".repeat(700 * n) + &spread).unwrap();
        files.push(file);
    }
    // At these the program waits, with the vault open and every record let go of: nobody reads what it says of them, until no more fits into
    // the pipe.
    let last = dir.path().join("a-file-that-is-not-there".repeat(8));
    let child = Command::new(env!("CARGO_BIN_EXE_relief-vault"))
        .arg("add")
        .arg(&home)
        .args(&files)
        .args(std::iter::repeat_n(&last, 1000))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut running = Running(child);
    writeln!(running.0.stdin.take().unwrap(), "{PASSPHRASE}").unwrap();
    let added = BufReader::new(running.0.stdout.take().unwrap()).lines();
    assert_eq!(added.take(files.len()).flatten().count(), files.len());
    let mut said = BufReader::new(running.0.stderr.take().unwrap()).lines();
    assert!(
        said.next()
            .unwrap()
            .unwrap()
            .contains("no file of this name")
    );
    let pid = running.0.id();
    assert!(
        copies(pid, text(&last)) > 0,
        "the search finds what is there"
    );
    assert_eq!(copies(pid, READ), 0, "of {} files", files.len());
    assert!(running.0.try_wait().unwrap().is_none(), "it still waits");
}
