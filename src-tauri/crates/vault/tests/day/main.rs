//! A working day with two hundred planted names and numbers, from the first client to the last backup, with every command of the program
//! that writes. Then every file that it wrote is searched; and the same day is watched for sockets.
//!
//! Where nobody may watch (no strace), that half is counted as skipped, by name.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

mod crash;
#[expect(dead_code, reason = "the other tests use more of it")]
#[path = "../it/made_up.rs"]
mod made_up;
mod office;
mod plants;

use std::fs;
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Trial};

use crate::office::{Office, work};
use crate::plants::Plants;

fn main() -> ExitCode {
    // The copies of this program that do a part of the day, or come to a bad end.
    if let Some(folder) = std::env::var_os("RELIEF_DAY") {
        vault::no_core_dumps();
        work(folder.as_ref());
        return ExitCode::SUCCESS;
    }
    if let Some(folder) = std::env::var_os("RELIEF_PANIC") {
        vault::no_core_dumps();
        crash::panics(folder.as_ref());
        return ExitCode::SUCCESS;
    }
    let watch = Trial::test("a_working_day_opens_no_socket", || {
        watched().map_err(Into::into)
    });
    let traces = Command::new("strace")
        .args(["-f", "-e", "trace=network", "-o", "/dev/null", "true"])
        .output()
        .is_ok_and(|said| said.status.success());
    let watch = if traces {
        watch
    } else {
        watch
            .with_kind("strace is missing or may not trace here")
            .with_ignored_flag(true)
    };
    let trials = vec![
        Trial::test(
            "two_hundred_planted_names_are_in_no_file_of_a_working_day",
            || {
                searched();
                Ok(())
            },
        ),
        watch,
        Trial::test("a_crash_says_nothing_and_leaves_nothing", || {
            crash::says_nothing();
            Ok(())
        }),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn searched() {
    let plants = Plants::new();
    plants::the_search_finds(&plants);
    let office = Office::new(None);
    office.day();
    let wrote = plants::files(&office.path("wrote"));
    for name in [
        "north/vault.db",
        "south/vault.db",
        "restored/vault.keys",
        "evening.backup",
        "parcel",
        "receipt",
        "card-north",
        "table.csv.age",
    ] {
        let path = office.path("wrote").join(name);
        assert!(wrote.contains(&path), "the day wrote no {name}: {wrote:?}");
    }
    assert_eq!(plants.found_below(&office.path("wrote")), []);
    // What somebody asked for in clear has them, so the search would have found them elsewhere too.
    let asked = fs::read(office.path("asked/table.csv")).unwrap();
    assert!(
        plants.within(&asked).len() > 100,
        "{}",
        plants.within(&asked).len()
    );
    for (what, said) in office.said.borrow().iter() {
        assert_eq!(
            plants.within(said),
            Vec::<&str>::new(),
            "{what} said so on standard error"
        );
    }
}

fn watched() -> Result<(), String> {
    let log = tempfile::tempdir().unwrap();
    let office = Office::new(Some(log.path()));
    office.day();
    let mut calls = 0;
    for path in plants::files(log.path()) {
        let log = fs::read_to_string(&path).unwrap();
        for line in log.lines() {
            calls += 1;
            let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let own =
                call.starts_with("+++") || call.starts_with("---") || call.contains("AF_UNIX");
            if !own {
                return Err(format!("{}: {line}", path.display()));
            }
        }
    }
    // Each command leaves at least the line that says how it ended.
    if calls < 20 {
        return Err(format!("nothing was watched: {calls} lines"));
    }
    Ok(())
}
