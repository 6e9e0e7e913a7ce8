//! `cargo xtask test`: every check there is, cheapest first; one failing part does not hide the next.
//!
//! Everything is built once, in the development profile, by one `cargo` call for the whole workspace with its tests, so
//! that features unify the same way each time. The real-window tests are among them: they start their own display.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::Stop;
use crate::headless::{Job, PLANTED, text};
use crate::process::{Said, built, cargo, follow, npm, program, root, target};
use crate::setup::{self, For};
use crate::tally::{Counts, Tally};
use crate::{notices, scan, ui};

/// Where the types that Rust generates for the window lie.
const TYPES: &str = "ui/src/host/types";

/// Runs all of it. Prints one line for each part and closes with the sums.
pub(crate) fn run() -> Result<(), Stop> {
    setup::install(For::Tests)?;
    ui::install()?;
    let mut tally = Tally::default();

    let said = follow(cargo().args(["fmt", "--all", "--", "--check"]));
    tally.add(
        "format",
        step(&said, "cargo fmt --all makes it right"),
        said.took,
    );

    for script in ["lint", "check"] {
        let said = follow(npm().args(["run", "--silent", script]));
        tally.add(
            &format!("page: {script}"),
            step(&said, &format!("npm run {script} in ui/ says why")),
            said.took,
        );
    }
    let said = follow(npm().args(["run", "--silent", "test"]));
    tally.add(
        "page: tests",
        whole(Counts::of_vitest(&said.lines), &said, "the page's tests"),
        said.took,
    );

    // The app takes the built page in, so everything after needs it.
    let start = Instant::now();
    let built_page = ui::build();
    let failed = built_page.is_err();
    tally.add(
        "page: build",
        Counts::one(built_page.map_err(|_| "npm run build in ui/ says why".into())),
        start.elapsed(),
    );
    if failed {
        tally.close();
        return Err(Stop::Failed(
            "the page does not build, and the app needs it".into(),
        ));
    }

    let said = follow(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]));
    tally.add("clippy", step(&said, "cargo clippy says why"), said.took);

    let types = root().join(TYPES);
    let before = contents(&types);
    let said = follow(cargo().args(["test", "--workspace", "--no-fail-fast"]));
    tally.add(
        "cargo test",
        whole(Counts::of_cargo(&said.lines), &said, "cargo test"),
        said.took,
    );
    tally.add(
        "generated types are current",
        current(&before, &contents(&types)),
        std::time::Duration::ZERO,
    );

    // A program without integration tests is not built by `cargo test`; with the tests named too, nothing builds twice.
    let said = follow(cargo().args(["build", "--workspace", "--bins", "--tests", "--quiet"]));
    tally.add(
        "programs build",
        step(&said, "cargo build says why"),
        said.took,
    );

    let start = Instant::now();
    let notices = match notices::unnamed() {
        Ok(missing) if missing.is_empty() => Ok(()),
        Ok(missing) => Err(format!(
            "cargo xtask notices writes them; not named: {}",
            missing.join(", ")
        )),
        Err(Stop::Failed(why) | Stop::Machine(why)) => Err(why),
    };
    tally.add(
        "third-party notices are complete",
        Counts::one(notices),
        start.elapsed(),
    );

    for (part, check) in [
        ("headless job", papers as fn() -> Counts),
        ("headless job opens no socket", sockets),
    ] {
        let start = Instant::now();
        let counts = check();
        tally.add(part, counts, start.elapsed());
    }
    if tally.close() {
        Ok(())
    } else {
        Err(Stop::Failed("not everything passed".into()))
    }
}

/// A part that is one check by its exit status.
fn step(said: &Said, hint: &str) -> Counts {
    Counts::one(if said.ok { Ok(()) } else { Err(hint.into()) })
}

/// The counts of a runner. One that failed without a failed test, or ran none, did not do its work: that is a failure too.
fn whole(mut counts: Counts, said: &Said, name: &str) -> Counts {
    if counts.failed == 0 && (!said.ok || counts.passed == 0) {
        counts.failed += 1;
        counts.notes.push(format!(
            "failed: {name} did not run to its end; its own words stand above"
        ));
    }
    counts
}

/// The files of a folder with their bytes; none where there is no such folder.
fn contents(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = dir.read_dir().into_iter().flatten().flatten();
    entries
        .filter_map(|entry| Some((entry.path(), fs::read(entry.path()).ok()?)))
        .collect()
}

/// The tests of the crates rewrite the generated types, so a difference means that they had not been generated again.
fn current(before: &BTreeMap<PathBuf, Vec<u8>>, after: &BTreeMap<PathBuf, Vec<u8>>) -> Counts {
    if after.is_empty() {
        return Counts::one(Err(format!("no generated types in {TYPES}")));
    }
    let stale: Vec<String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|(path, _)| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    Counts::one(if stale.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "written anew in {TYPES}, commit them: {}",
            stale.join(", ")
        ))
    })
}

/// The job of `cargo xtask run`, with a fresh home: its papers are PDFs that name the person and the case, and nothing of the
/// person lies outside the folder that was asked for.
fn papers() -> Counts {
    let dir = target().join("headless");
    let home = dir.join("home");
    let checked = || -> Result<Option<&str>, Stop> {
        fresh(&home)?;
        let job = Job {
            relief: built("relief"),
            out: dir.join("out"),
            wrap: Vec::new(),
            home: Some(home.clone()),
        };
        let papers = job.papers()?;
        for paper in &papers {
            if !fs::read(paper)?.starts_with(b"%PDF-") {
                return Err(Stop::Failed(format!("{} is no PDF", paper.display())));
            }
        }
        let left = scan::holding(&home, PLANTED)?;
        if !left.is_empty() {
            return Err(Stop::Failed(format!(
                "the made-up client's name was left in {left:?}"
            )));
        }
        let texts: Option<Vec<String>> = papers.iter().map(|paper| text(paper)).collect();
        let Some(texts) = texts else {
            return Ok(Some(
                "no pdftotext here, so the papers' words were not read",
            ));
        };
        for words in ["03F06812", "BA330917", "TARRAGON"] {
            if !texts.iter().any(|text| text.to_uppercase().contains(words)) {
                return Err(Stop::Failed(format!("no paper says {words}")));
            }
        }
        Ok(None)
    };
    match checked() {
        Ok(None) => Counts::one(Ok(())),
        Ok(Some(why)) => Counts::skip(why),
        Err(Stop::Failed(why) | Stop::Machine(why)) => Counts::one(Err(why)),
    }
}

/// The same job under strace: no socket but the machine's own (AF_UNIX).
fn sockets() -> Counts {
    let dir = target().join("headless");
    let probe = program("strace")
        .args(["-f", "-e", "trace=network", "-o", "/dev/null", "true"])
        .output();
    if !cfg!(target_os = "linux") || !probe.is_ok_and(|output| output.status.success()) {
        return Counts::skip("strace is missing or may not trace here");
    }
    let traced = || -> Result<Vec<String>, Stop> {
        let log = dir.join("network.log");
        fresh(&dir.join("home"))?;
        let _ = fs::remove_file(&log);
        let wrap = ["strace", "-f", "-A", "-e", "trace=network", "-o"]
            .iter()
            .map(Into::into)
            .chain([log.clone().into_os_string()]);
        let job = Job {
            relief: built("relief"),
            out: dir.join("out"),
            wrap: wrap.collect(),
            home: Some(dir.join("home")),
        };
        job.papers()?;
        Ok(fs::read_to_string(&log)?
            .lines()
            .filter(|line| foreign(line))
            .map(str::to_string)
            .collect())
    };
    Counts::one(match traced() {
        Ok(lines) if lines.is_empty() => Ok(()),
        Ok(lines) => Err(format!("the network was used:\n{}", lines.join("\n"))),
        Err(Stop::Failed(why) | Stop::Machine(why)) => Err(why),
    })
}

/// Whether a line of strace tells of a network call that is not the machine's own.
fn foreign(line: &str) -> bool {
    let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let ends = call.starts_with("+++") || call.starts_with("---");
    !ends
        && !["AF_UNIX", "AF_LOCAL"]
            .iter()
            .any(|family| call.contains(family))
}

fn fresh(dir: &Path) -> std::io::Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    fs::create_dir_all(dir.join("tmp"))
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn only_sockets_of_the_machine_itself_are_let_pass() {
        assert!(foreign(
            "77 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3"
        ));
        assert!(foreign(
            "77 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3"
        ));
        assert!(!foreign(
            "77 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3"
        ));
        assert!(!foreign("77 +++ exited with 0 +++"));
        assert!(!foreign("77 --- SIGCHLD {si_signo=SIGCHLD} ---"));
    }
}
