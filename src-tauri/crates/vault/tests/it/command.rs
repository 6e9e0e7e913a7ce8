//! `relief-vault` as a person or a schedule runs it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use vault::Vault;

use crate::made_up::{PASSPHRASE, record, vault};

/// Runs the program with one line on standard input.
pub(crate) fn relief_vault(line: &str, args: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_relief-vault"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command refused for its usage does not read its input.
    let _ = writeln!(child.stdin.take().unwrap(), "{line}");
    child.wait_with_output().unwrap()
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub(crate) fn out(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// One line of standard error and exit status 1.
pub(crate) fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_day_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let (home, file, json) = (
        dir.path().join("home"),
        dir.path().join("b"),
        dir.path().join("r.json"),
    );
    let one = record("Rosa", "Quill", "05F01234");
    fs::write(&json, one.to_json()).unwrap();
    // The real cost, once: this vault is made by the program itself.
    let code = out(&relief_vault(
        PASSPHRASE,
        &[
            "create",
            text(&home),
            "--clinic",
            "Harbor Clinic",
            "--person",
            "Ana Lee",
        ],
    ));
    assert_eq!(code.trim().len(), 39, "the recovery code and nothing else");
    assert_eq!(Vault::open(&home).unwrap().people()[0].name, "Ana Lee");
    let keys = fs::read_to_string(home.join("vault.keys")).unwrap();
    let memory: u32 = keys
        .lines()
        .find_map(|line| {
            line.trim()
                .strip_prefix("\"memory_kib\": ")?
                .strip_suffix(',')?
                .parse()
                .ok()
        })
        .unwrap();
    assert!((64 * 1024..=512 * 1024).contains(&memory), "{memory} KiB");

    let id = out(&relief_vault(
        PASSPHRASE,
        &["add", text(&home), text(&json)],
    ));
    let listed: serde_json::Value =
        serde_json::from_str(&out(&relief_vault(PASSPHRASE, &["list", text(&home)]))).unwrap();
    assert_eq!(listed[0]["id"], id.trim());
    assert_eq!(listed[0]["name"], "Rosa Quill");
    let exported = out(&relief_vault(
        PASSPHRASE,
        &["export", text(&home), id.trim()],
    ));
    assert_eq!(record::Record::from_json(&exported).unwrap(), one);
    assert!(out(&relief_vault(PASSPHRASE, &["verify", text(&home)])).contains("checks passed"));
    out(&relief_vault(
        PASSPHRASE,
        &["backup", text(&home), text(&file)],
    ));
    fs::remove_dir_all(&home).unwrap();
    out(&relief_vault(
        code.trim(),
        &["restore", text(&file), text(&home)],
    ));
    let exported = out(&relief_vault(
        PASSPHRASE,
        &["export", text(&home), id.trim()],
    ));
    assert_eq!(
        record::Record::from_json(&exported).unwrap(),
        one,
        "the code alone restored it"
    );
}

#[test]
fn each_refusal_is_one_line_with_its_exit_status() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    drop(vault(&home));
    let (good, bad) = (dir.path().join("good.json"), dir.path().join("bad.json"));
    fs::write(&good, record("Rosa", "Quill", "1").to_json()).unwrap();
    fs::write(
        &bad,
        "{\"schema\": \"relief-desk/record/1\",\n \"person\": {\"name\": {\"gven\": \"Rosa\"}}}",
    )
    .unwrap();
    let missing = dir.path().join("missing.json");

    let mixed = relief_vault(
        PASSPHRASE,
        &["add", text(&home), text(&bad), text(&missing), text(&good)],
    );
    let said = refused(&mixed);
    let lines: Vec<_> = said.lines().collect();
    assert!(
        lines[0].starts_with(&format!("{}:2: ", bad.display())) && lines[0].contains("gven"),
        "{said}"
    );
    assert!(
        lines[1].starts_with(&format!("{}:1: ", missing.display())),
        "{said}"
    );
    assert!(
        !said.contains("Rosa"),
        "no client's data in an error: {said}"
    );
    assert_eq!(
        String::from_utf8(mixed.stdout).unwrap().lines().count(),
        1,
        "the good one is kept"
    );

    for (line, args, words) in [
        ("wrong", vec!["list", text(&home)], "passphrase is wrong"),
        ("", vec!["list", text(&home)], "passphrase is empty"),
        (
            PASSPHRASE,
            vec!["list", text(dir.path())],
            "no vault in this folder",
        ),
        (PASSPHRASE, vec!["create", text(&home)], "not empty"),
        (
            PASSPHRASE,
            vec!["export", text(&home), "0000000000000000"],
            "no client 0000000000000000",
        ),
        (
            PASSPHRASE,
            vec!["export", text(&home), "Rosa Quill"],
            "this client is not in the vault",
        ),
        (
            PASSPHRASE,
            vec!["restore", text(&good), text(&missing)],
            "not a backup",
        ),
        (
            PASSPHRASE,
            vec!["backup", text(&home), text(&good)],
            "already there",
        ),
        (
            PASSPHRASE,
            vec!["list", text(&home), "--person", "Bo"],
            "nobody of that name",
        ),
    ] {
        let said = refused(&relief_vault(line, &args));
        assert!(
            said.contains(words) && said.lines().count() == 1,
            "{args:?}: {said}"
        );
    }
    for args in [
        vec![],
        vec!["lst", text(&home)],
        vec!["list"],
        vec!["list", "a", "b"],
        vec!["list", "a", "--frob"],
        vec!["list", "a", "--clinic", "b"],
    ] {
        assert_eq!(
            relief_vault(PASSPHRASE, &args).status.code(),
            Some(2),
            "{args:?}"
        );
    }
    assert!(relief_vault("", &["--help"]).status.success());
}

#[test]
fn a_vault_open_elsewhere_is_refused_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let (open, _) = vault(dir.path());
    let said = refused(&relief_vault(PASSPHRASE, &["list", text(dir.path())]));
    assert!(
        said.contains("already open in another window or program"),
        "{said}"
    );
    drop(open);
    out(&relief_vault(PASSPHRASE, &["list", text(dir.path())]));
}

#[cfg(target_os = "linux")]
#[test]
fn the_program_leaves_no_core_dump() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    drop(vault(&home));
    let mut child = Command::new(env!("CARGO_BIN_EXE_relief-vault"))
        .args(["list", text(&home)])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // It waits for the passphrase meanwhile.
    let limits = (0..200).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).ok()?;
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))?;
        let words: Vec<_> = core
            .split_whitespace()
            .skip(4)
            .take(2)
            .map(str::to_owned)
            .collect();
        (words == ["1", "1"] || words == ["0", "0"]).then_some(words)
    });
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(limits.is_some(), "soft and hard limit");
}

/// A code that nobody saw: whoever asked for it is told that the sheet in the drawer is void.
#[cfg(target_os = "linux")]
#[test]
fn a_code_that_could_not_be_shown_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    drop(vault(&home));
    for command in ["code", "code-sheets"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_relief-vault"))
            .args([command, text(&home)])
            .stdin(Stdio::piped())
            .stdout(fs::File::options().write(true).open("/dev/full").unwrap())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{PASSPHRASE}").unwrap();
        let said = refused(&child.wait_with_output().unwrap());
        assert!(said.contains("run `relief-vault code` again"), "{said}");
    }
}
