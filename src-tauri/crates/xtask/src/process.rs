//! Running other programs: said before it is done, no standard input, output passed on as it comes.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Stop;

/// The repository's root: this file's crate lies three folders below it.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(3).unwrap_or(here).to_path_buf()
}

/// The cargo that started this program, so that one toolchain does everything.
pub(crate) fn cargo() -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_TERM_COLOR", "never");
    command
}

/// npm in the folder of the window's page. On Windows it is a script, which needs its full name.
pub(crate) fn npm() -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(root().join("ui")).env("NO_COLOR", "1");
    command
}

/// Any program, started in the root with nothing to read: nothing here may wait for an answer.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// The path of a program built in the development profile.
pub(crate) fn built(name: &str) -> PathBuf {
    target()
        .join("debug")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// What a finished command said: whether it succeeded, what it wrote on standard output, and how long it took.
pub(crate) struct Said {
    pub(crate) ok: bool,
    pub(crate) lines: Vec<String>,
    pub(crate) took: Duration,
}

/// Runs a command; its standard output is passed on line by line and kept. A program that is not there is a failure
/// in words, not a stop: the other checks go on.
pub(crate) fn follow(command: &mut Command) -> Said {
    announce(command);
    let start = Instant::now();
    let mut lines = Vec::new();
    let ok = match command.stdout(Stdio::piped()).spawn() {
        Ok(mut child) => {
            if let Some(out) = child.stdout.take() {
                // Lossy on purpose: a test may print a name in any encoding.
                for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
                    let line = String::from_utf8_lossy(&line).trim_end().to_string();
                    println!("{line}");
                    lines.push(line);
                }
            }
            child.wait().is_ok_and(|status| status.success())
        }
        Err(error) => {
            let words = format!(
                "cannot start {}: {error}",
                command.get_program().to_string_lossy()
            );
            eprintln!("{words}");
            lines.push(words);
            false
        }
    };
    Said {
        ok,
        lines,
        took: start.elapsed(),
    }
}

/// Runs a command to its end; anything but success stops the caller.
pub(crate) fn must(command: &mut Command) -> Result<(), Stop> {
    announce(command);
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Stop::Failed(format!("{name} ended with {status}"))),
        Err(error) => Err(Stop::Machine(format!("cannot start {name}: {error}"))),
    }
}

/// What a command writes on standard output, or nothing where it is missing or fails. Its errors are not shown.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn announce(command: &Command) {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    println!("$ {}", words.join(" "));
}
