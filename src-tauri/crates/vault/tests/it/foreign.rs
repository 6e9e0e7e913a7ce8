//! Something else under a file's name: a pipe, a device, a folder, nothing, a file larger than any of its kind. Each is refused in words, at
//! once, whatever asks for it.
#![cfg(unix)]

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use vault::{Card, Error, Foreign, Layout, Operation, Unread};

use crate::command::{out, refused, relief_vault, text};
use crate::made_up::{PASSPHRASE, at, folder, record, reopen, vault};

/// Far longer than any of these takes, and a test that waits for a pipe would wait for ever.
const AT_ONCE: Duration = Duration::from_secs(60);

/// Runs the program, and stops it where it hangs.
fn at_once(args: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_relief-vault"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = writeln!(child.stdin.take().unwrap(), "{PASSPHRASE}");
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > AT_ONCE {
            child.kill().unwrap();
            panic!("{args:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A file that takes no room on the disk.
fn sparse(path: &Path, length: u64) {
    File::create(path).unwrap().set_len(length).unwrap();
}

#[test]
fn whatever_is_no_file_or_too_large_is_refused_in_words_by_every_command() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    drop(vault(&home));
    let at = |name: &str| dir.path().join(name);
    pipe(&at("pipe"));
    symlink("/dev/zero", at("endless")).unwrap();
    fs::create_dir(at("folder")).unwrap();
    fs::write(at("bytes"), [0xff; 64]).unwrap();
    let (home, new) = (text(&home).to_owned(), at("new"));
    let commands: [(&[&str], Foreign); 8] = [
        (&["take-in", &home, "FILE", text(&new)], Foreign::HandOver),
        (&["trust", &home, "FILE"], Foreign::Card),
        (&["receipt", &home, "FILE"], Foreign::Receipt),
        (&["verify", &home, "--head", "FILE"], Foreign::Backup),
        (&["restore", "FILE", text(&new)], Foreign::Backup),
        (&["rehearse", "FILE"], Foreign::Backup),
        (&["lost", "--backup", "FILE"], Foreign::Backup),
        (&["add", &home, "FILE"], Foreign::Record),
    ];
    let table = [(
        &["table", &home, text(&new), "--layout", "FILE"] as &[&str],
        Foreign::Layout,
    )];
    for (args, kind) in commands.into_iter().chain(table) {
        sparse(&at("huge"), kind.largest() + 1);
        for (name, words) in [
            ("pipe", "no file"),
            ("endless", "no file"),
            ("folder", "folder"),
            ("missing", "no file of this name"),
            ("huge", "larger than"),
        ] {
            let file = at(name);
            let args: Vec<_> = (args.iter())
                .map(|word| if *word == "FILE" { text(&file) } else { word })
                .collect();
            let said = refused(&at_once(&args));
            let words = match args[0] {
                "verify" if name != "missing" => "neither a backup nor a receipt",
                "table" if name == "missing" => "legalserver and clio",
                _ => words,
            };
            assert!(
                said.starts_with(&format!("{}:1: ", file.display()))
                    && said.contains(words)
                    && said.lines().count() == 1,
                "{args:?}: {said}"
            );
        }
        assert!(!new.exists(), "{args:?}");
    }
    let bytes = at("bytes");
    for (args, words) in [
        (["trust", &home, text(&bytes)].as_slice(), "not the card"),
        (&["receipt", &home, text(&bytes)], "not a receipt"),
        (
            &["take-in", &home, text(&bytes), text(&new)],
            "not a hand-over",
        ),
        (&["restore", text(&bytes), text(&new)], "not a backup"),
        (&["add", &home, text(&bytes)], "not text (UTF-8)"),
        (
            &["table", &home, text(&new), "--layout", text(&bytes)],
            "not text (UTF-8)",
        ),
    ] {
        let said = refused(&at_once(args));
        assert!(
            said.contains(words) && said.contains(". Choose"),
            "{args:?}: {said}"
        );
    }
}

#[test]
fn a_link_to_a_file_is_the_file_and_the_largest_of_a_kind_is_still_looked_at() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    drop(vault(&home));
    let (real, link) = (dir.path().join("real"), dir.path().join("link"));
    fs::write(&real, record("Rosa", "Quill", "1").to_json()).unwrap();
    symlink(&real, &link).unwrap();
    out(&relief_vault(
        PASSPHRASE,
        &["add", text(&home), text(&link)],
    ));
    for kind in [Foreign::Card, Foreign::Layout] {
        sparse(&real, kind.largest());
        let looked_at = match kind {
            Foreign::Card => Card::read(&link).map(drop),
            _ => Layout::read(&link).map(drop),
        };
        assert!(
            matches!(looked_at, Err(Error::NotACard | Error::NotALayout { .. })),
            "{looked_at:?}"
        );
    }
}

/// The vault's own folder: SQLite would wait for a pipe, and a huge file would fill the memory before anybody typed anything.
#[test]
fn a_pipe_or_a_folder_under_the_name_of_a_file_of_the_vault_is_refused_by_its_name() {
    let dir = folder();
    let (mut open, _) = vault(dir.path());
    open.transact(Operation::AddClient, at(2), |tx| {
        tx.add_client(&record("Rosa", "Quill", "1"))
    })
    .unwrap();
    drop(open);
    for name in [
        "vault.keys",
        "vault.keys.new",
        "vault.db",
        "vault.db-journal",
        "vault.db-wal",
        "vault.db.new",
        "vault.db.new-journal",
        "vault.lock",
        "vault.tries",
        "vault.tries.new",
    ] {
        let (path, aside) = (dir.path().join(name), dir.path().join("aside"));
        let was = fs::rename(&path, &aside).is_ok();
        for (make, words) in [
            (pipe as fn(&Path), "no file"),
            (|path| fs::create_dir(path).unwrap(), "folder"),
        ] {
            make(&path);
            let said = refused(&at_once(&["list", text(dir.path())]));
            assert!(
                said.starts_with(&format!("{}:1: {name} cannot be read: ", path.display()))
                    && said.contains(words),
                "{name}: {said}"
            );
            fs::remove_file(&path)
                .or_else(|_| fs::remove_dir(&path))
                .unwrap();
        }
        if was {
            fs::rename(&aside, &path).unwrap();
        }
    }
    // Who could put a count of tries there could also remove it.
    sparse(&dir.path().join("vault.tries"), 3 << 30);
    assert!(reopen(dir.path()).is_ok());
    fs::remove_file(dir.path().join("vault.tries")).unwrap();
    sparse(&dir.path().join("vault.keys"), 3 << 30);
    assert!(matches!(reopen(dir.path()), Err(Error::KeysDamaged)));
    let gone = Foreign::Record.text(&dir.path().join("nowhere"));
    let missing = Unread::Missing;
    assert!(matches!(gone, Err(Error::Unread { why, .. }) if why == missing));
}

/// What is typed may come from a file that never ends.
#[test]
fn an_endless_line_is_refused() {
    let dir = folder();
    drop(vault(dir.path()));
    let output = Command::new(env!("CARGO_BIN_EXE_relief-vault"))
        .args(["list", text(dir.path())])
        .stdin(File::open("/dev/zero").unwrap())
        .output()
        .unwrap();
    let said = refused(&output);
    assert!(said.contains("longer than anybody types"), "{said}");
}
