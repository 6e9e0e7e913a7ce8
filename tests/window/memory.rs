//! What the app takes from the machine, itself and the processes of its page: memory at rest, and work.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Tells the memory of a process and of all it started: resident, and proportional, in which a page that several share is counted
/// in parts.
pub(crate) fn tell(pid: u32) {
    let all = sizes(pid);
    for (name, resident, proportional) in &all {
        println!(
            "memory at rest: {name} {} MiB resident, {} MiB proportional",
            resident / 1024,
            proportional / 1024
        );
    }
    println!(
        "memory at rest: {} MiB proportional in all",
        all.iter().map(|(_, _, pss)| pss).sum::<u64>() / 1024
    );
}

/// The processors' time that a process and all that it started have used so far, by program: the app itself, what runs its page, what
/// gives that its files.
pub(crate) fn worked_by(pid: u32) -> Vec<(String, Duration)> {
    sums(family(pid).into_iter().map(|pid| (name(pid), own(pid))))
}

/// The same by program and thread, of the threads that are still there.
pub(crate) fn worked_by_threads(pid: u32) -> Vec<(String, Duration)> {
    sums(family(pid).into_iter().flat_map(|pid| {
        tasks(pid).map(move |task| {
            let thread = fs::read_to_string(task.join("comm")).unwrap_or_default();
            (format!("{}: {}", name(pid), thread.trim()), used(&task))
        })
    }))
}

fn sums(all: impl Iterator<Item = (String, Duration)>) -> Vec<(String, Duration)> {
    let mut sums = BTreeMap::new();
    for (name, worked) in all {
        *sums.entry(name).or_default() += worked;
    }
    sums.into_iter().collect()
}

/// The processors' time that a process alone has used so far; none where it is gone.
fn own(pid: u32) -> Duration {
    used(Path::new(&format!("/proc/{pid}")))
}

/// The same, of a process or a thread by its folder.
fn used(folder: &Path) -> Duration {
    let ticks = || -> Option<u64> {
        let state = fs::read_to_string(folder.join("stat")).ok()?;
        // The program's name stands in brackets and may hold anything; the fourteenth and fifteenth fields are the time outside the
        // kernel and in it, in hundredths of a second (proc(5); Linux shows them so whatever its own clock is).
        let (_, fields) = state.rsplit_once(')')?;
        let mut fields = fields.split_whitespace().skip(11);
        Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
    };
    Duration::from_millis(ticks().unwrap_or(0) * 10)
}

/// The program that a process runs, as far as the system keeps its name.
fn name(pid: u32) -> String {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    name.trim().to_string()
}

/// A process and all that it started, and all that these started.
pub(crate) fn family(pid: u32) -> Vec<u32> {
    let mut all = vec![pid];
    let mut next = 0;
    while let Some(&pid) = all.get(next) {
        all.extend(children(pid));
        next += 1;
    }
    all
}

/// Name, resident and proportional memory of each process, in KiB.
fn sizes(pid: u32) -> Vec<(String, u64, u64)> {
    let field = |text: &str, name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name))
            .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
            .unwrap_or(0)
    };
    family(pid)
        .iter()
        .map(|pid| {
            let sums = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
            (name(*pid), field(&sums, "Rss:"), field(&sums, "Pss:"))
        })
        .collect()
}

/// The processes that a process started.
pub(crate) fn children(pid: u32) -> Vec<u32> {
    tasks(pid)
        .filter_map(|task| fs::read_to_string(task.join("children")).ok())
        .flat_map(|line| {
            line.split_whitespace()
                .filter_map(|word| word.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The folders of a process's threads.
fn tasks(pid: u32) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|task| task.path())
}
