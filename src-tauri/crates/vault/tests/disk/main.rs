//! Disks that fail: full, write-protected, pulled out while the vault is open. Real ones: small disks in memory that are mounted in a
//! mount namespace of this process's own, which nobody else sees and which ends with it.
//!
//! Where the system allows no such namespace (not Linux, or switched off), each of these is counted as skipped, by name.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

mod full;
#[expect(dead_code, reason = "the other tests use more of it")]
#[path = "../it/made_up.rs"]
mod made_up;
mod protected;
mod pulled;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Trial};

/// Set for the copy of this program that runs inside the namespace: which test, on which disk.
const INSIDE: &str = "RELIEF_DISK";

type Test = fn(&Path);

const TESTS: &[(&str, Test)] = &[
    (
        "a_disk_that_is_full_keeps_what_was_acknowledged",
        full::everything,
    ),
    (
        "a_disk_that_fills_while_somebody_works_loses_nothing",
        full::filling,
    ),
    (
        "a_file_larger_than_the_disk_takes_is_said_in_words",
        full::too_large,
    ),
    (
        "a_write_protected_disk_is_refused_in_words",
        protected::everything,
    ),
    (
        "a_disk_pulled_out_while_writing_has_every_acknowledged_save",
        pulled::writing,
    ),
    (
        "a_folder_moved_away_or_replaced_takes_no_save",
        pulled::replaced,
    ),
];

fn main() -> ExitCode {
    if let Some(disk) = std::env::var_os(INSIDE) {
        let name = std::env::args().nth(1).unwrap_or_default();
        let (_, test) = TESTS.iter().find(|(one, _)| *one == name).unwrap();
        test(&PathBuf::from(disk));
        return ExitCode::SUCCESS;
    }
    let args = Arguments::from_args();
    let lacking = lacking();
    let trials = TESTS
        .iter()
        .map(|(name, _)| {
            let trial = Trial::test(*name, move || inside(name).map_err(Into::into));
            match lacking {
                Some(why) => trial.with_kind(why).with_ignored_flag(true),
                None => trial,
            }
        })
        .collect();
    libtest_mimic::run(&args, trials).exit_code()
}

/// Why no disk can be mounted here, or nothing.
fn lacking() -> Option<&'static str> {
    let tried = namespace()
        .args(["mount", "-t", "tmpfs", "none", "/mnt"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match tried {
        Ok(status) if status.success() => None,
        _ => Some("needs a mount namespace of its own (unshare, mount)"),
    }
}

fn namespace() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "--"]);
    command
}

/// Runs one test in a namespace of its own, on a fresh disk of 4 MiB.
fn inside(name: &str) -> Result<(), String> {
    let disk = tempfile::tempdir().map_err(|error| error.to_string())?;
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let said = namespace()
        .args([
            "sh",
            "-c",
            "mount -t tmpfs -o size=4m none \"$1\" && exec \"$2\" \"$3\"",
            "sh",
        ])
        .arg(disk.path())
        .arg(this)
        .arg(name)
        .env(INSIDE, disk.path())
        .output()
        .map_err(|error| error.to_string())?;
    if said.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&said.stderr).into_owned())
    }
}

/// A command of the system's, inside the namespace.
fn system(program: &str, args: &[&str], path: &Path) {
    let done = Command::new(program).args(args).arg(path).status().unwrap();
    assert!(done.success(), "{program} {args:?}");
}
