//! What is refused is refused in words: what it is about, what is the matter, what to do; the system's own word behind them.

use std::fs;

use vault::{Error, Operation, Vault};

use crate::command::{out, refused, relief_vault, text};
use crate::made_up::{PASSPHRASE, at, folder, passphrase, record, vault};

#[test]
fn what_the_disk_refuses_is_said_in_words_of_the_file_that_it_is_about() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    drop(vault(&home));
    let at = |name: &str| text(&dir.path().join(name)).to_owned();
    fs::write(at("empty"), " \n").unwrap();
    fs::write(
        at("cut"),
        "{\"schema\": \"relief-desk/record/1\",\n \"person\": {",
    )
    .unwrap();
    fs::write(at("there"), "").unwrap();
    let home = text(&home);
    let (nowhere, there, below) = (at("nodir/x"), at("there"), at("there/x"));
    let (missing, empty, cut, new) = (at("missing"), at("empty"), at("cut"), at("new"));
    for (args, about, words) in [
        (
            vec!["backup", home, &nowhere],
            &*nowhere,
            "there is no such file or folder (entity not found). Check",
        ),
        (
            vec!["backup", home, &below],
            &below,
            "a part of its path is a file, not a folder",
        ),
        (
            vec!["card", home, &nowhere],
            &nowhere,
            "writing the card failed: there is no such file or folder",
        ),
        (
            vec!["card", home, &there],
            &there,
            "already there. Choose another name",
        ),
        (
            vec!["backup", home, &there],
            &there,
            "already there. Choose another name",
        ),
        (
            vec!["table", home, &nowhere, "--in-clear", "test"],
            &nowhere,
            "writing the table failed: there is no such",
        ),
        (
            vec!["table", home, &new, "--layout", &missing],
            &missing,
            "there is no file of this name, and no layout of it comes with the program: legalserver and clio do. Check",
        ),
        (
            vec!["take-in", home, &missing, &new],
            &missing,
            "the hand-over cannot be read: there is no file of this name. Check",
        ),
        (
            vec!["receipt", home, &missing],
            &missing,
            "the receipt cannot be read: there is no file of this name. Check",
        ),
        (
            vec!["restore", &missing, &new],
            &missing,
            "the backup cannot be read: there is no file of this name. Check",
        ),
        (
            vec!["add", home, &missing],
            &missing,
            "the record cannot be read: there is no file of this name. Check",
        ),
        (
            vec!["add", home, &empty],
            &empty,
            "the file is empty. Choose",
        ),
        (
            vec!["verify", home, "--head", "5:abc"],
            "5:abc",
            "this is no head of a log. It is a number, a colon and 64",
        ),
        (
            vec!["verify", home, "--head", &missing],
            &missing,
            "there is no file of this name. Check",
        ),
        (
            vec!["verify", home, "--head", &there],
            &there,
            "neither a backup nor a receipt. Choose",
        ),
        (
            vec!["create", &there],
            &there,
            "already there. Choose another name",
        ),
        (
            vec!["list", home, "--person", "Bo"],
            home,
            "`relief-vault people` lists who has",
        ),
    ] {
        let said = refused(&relief_vault(PASSPHRASE, &args));
        assert!(
            said.starts_with(&format!("{about}:1: ")),
            "{args:?}: {said}"
        );
        assert!(
            said.contains(words) && said.lines().count() == 1,
            "{args:?}: {said}"
        );
    }
    if cfg!(unix) {
        let said = refused(&relief_vault(PASSPHRASE, &["list", &there]));
        let words = "vault.keys cannot be read: a part of its path is a file, not a folder";
        assert!(said.contains(words), "{said}");
    }
    let said = refused(&relief_vault(PASSPHRASE, &["add", home, &cut]));
    assert!(
        said.starts_with(&format!(
            "{cut}:2: this is no client's record, or was cut short: "
        )) && said.contains("EOF"),
        "{said}"
    );
    assert!(!dir.path().join("new").exists());
}

/// The number of a hand-over and the row of a table are not used up by a file that cannot be written.
#[test]
fn nothing_is_begun_for_a_file_that_has_no_place() {
    let dir = folder();
    let (mut vault, _) = vault(dir.path());
    let rows = vault.read().audit_head().unwrap().rows;
    let nowhere = dir.path().join("nodir").join("x");
    assert!(matches!(
        vault.backup(&nowhere, at(2)),
        Err(Error::Io {
            doing: "writing the backup",
            ..
        })
    ));
    assert_eq!(vault.read().audit_head().unwrap().rows, rows);
}

#[test]
fn two_known_vaults_of_one_name_are_told_apart_by_their_ids() {
    let dirs = [folder(), folder(), folder()];
    let [mut home, mut one, mut other] = dirs.each_ref().map(|dir| vault(dir.path()).0);
    let ids = [&mut one, &mut other].map(|vault| {
        let card = vault.card(at(2)).unwrap();
        home.trust(&card, &card.words(), at(3)).unwrap().id
    });
    drop(home);
    let place = dirs[1].path().join("out");
    let hand_over = |to: &str| {
        relief_vault(
            PASSPHRASE,
            &[
                "hand-over",
                text(dirs[0].path()),
                to,
                text(&place),
                "copy",
                "all",
            ],
        )
    };
    let said = refused(&hand_over("Harbor Clinic"));
    assert!(
        said.contains("several vaults are known here by this name. Give the id"),
        "{said}"
    );
    let lost = refused(&relief_vault(
        PASSPHRASE,
        &["lost", text(dirs[0].path()), "Harbor Clinic"],
    ));
    assert!(lost.contains("Give the id"), "{lost}");
    assert!(refused(&hand_over("Other Clinic")).contains("not known here"));
    out(&hand_over(&ids[1]));
}

#[test]
fn help_for_a_command_is_about_that_command() {
    let said = |args: &[&str]| {
        let output = relief_vault("", args);
        let both = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap(),
            String::from_utf8(both).unwrap(),
        )
    };
    for args in [
        &["verify", "--help"] as &[&str],
        &["--help", "verify"],
        &["verify", "-h"],
        &["help", "verify"],
        &["verify", "DIR", "--help"],
    ] {
        let (code, help) = said(args);
        assert!(
            code == 0
                && help.starts_with("usage: relief-vault verify DIR [--head FILE|ROWS:HASH] ")
                && help.lines().count() == 2,
            "{args:?}: {help}"
        );
    }
    for (args, wrong) in [
        (&["verify"] as &[&str], "verify was given too few arguments"),
        (&["verify", "a", "b"], "verify was given too many arguments"),
        (&["verify", "a", "--head"], "--head needs a value"),
        (
            &["verify", "a", "--clinic", "b"],
            "verify knows no option --clinic",
        ),
    ] {
        let (code, words) = said(args);
        assert!(
            code == 2
                && words.starts_with(&format!(
                    "relief-vault: {wrong}\nusage: relief-vault verify DIR "
                ))
                && words.lines().count() == 3,
            "{args:?}: {words}"
        );
    }
    let (code, words) = said(&["verfy", "a"]);
    assert!(code == 2 && words.contains("unknown command verfy") && words.lines().count() == 2);
    for args in [&["--help"] as &[&str], &["help"], &["-h"]] {
        let (code, help) = said(args);
        assert!(code == 0 && help.contains("  lost DIR VAULT") && help.contains("  create DIR"));
    }
    assert_eq!(said(&[]).0, 2);
}

/// Pages of two days: what SQLite says of them is behind words, and what to do comes last.
#[test]
fn what_verify_finds_is_said_in_words() {
    const PAGE: usize = 4096;
    let dir = folder();
    let (open, _) = vault(dir.path());
    let locked = open.lock(at(1)).unwrap();
    let file = dir.path().join("vault.db");
    let before = fs::read(&file).unwrap();
    let ana = locked.people().remove(0).id;
    let mut open = locked.unlock(&ana, &passphrase(), at(2)).unwrap();
    for n in 0..40 {
        open.transact(Operation::AddClient, at(3 + n), |tx| {
            let id = tx.add_client(&record("Rosa", &format!("Quill{n}"), "1"))?;
            tx.add_note(&id, "asked")
        })
        .unwrap();
    }
    open.lock(at(50)).unwrap();
    let after = fs::read(&file).unwrap();
    let mut found = 0;
    for page in 1..before.len() / PAGE {
        let bytes = page * PAGE..(page + 1) * PAGE;
        if before[bytes.clone()] == after[bytes.clone()] {
            continue;
        }
        let mut mixed = after.clone();
        mixed[bytes.clone()].copy_from_slice(&before[bytes]);
        fs::write(&file, &mixed).unwrap();
        let opened = Vault::open(dir.path())
            .unwrap()
            .unlock(&ana, &passphrase(), at(60));
        let Ok(opened) = opened else { continue };
        let Ok(verdict) = opened.verify() else {
            continue;
        };
        drop(opened);
        // Pages that hold nothing any more.
        if verdict.problems.is_empty() {
            continue;
        }
        for problem in &verdict.problems {
            let raw = ["***", "Page ", "Tree ", "row ", "wrong #", "NULL value"];
            assert!(
                !raw.iter().any(|start| problem.starts_with(start)) && !problem.contains('\n'),
                "page {page}: {problem}"
            );
            found += u32::from(problem.contains("does not fit"));
        }
        let said = refused(&relief_vault(PASSPHRASE, &["verify", text(dir.path())]));
        let last = said.lines().last().unwrap();
        assert!(
            last.contains("restore the newest good backup"),
            "page {page}: {said}"
        );
    }
    assert!(found > 0, "an index of another day than its table");
}
