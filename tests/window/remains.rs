//! What the app and the processes of its page still hold in memory behind the lock, as people get it: no driver, a web view that keeps
//! nothing. A driver would carry names through the app's own process.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Command, Stdio};

use vault::{Passphrase, Vault};

use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, check, program};
use crate::keyboard::{CHANGED, Running, settled};
use crate::memory::family;
use crate::planted::planted;
use crate::plants::{names, numbers};

const PAGE: usize = 4096;
const NOTHING: [u8; PAGE] = [0; PAGE];

/// So many pages are looked up at once.
const PAGES: u64 = 4096;

pub(crate) fn after_lock() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    let office = home.path("office");
    planted(&office.join("vault"))?;
    let search = Search::of(&office.join("vault"))?;
    let data = ["--data".into(), office.display().to_string()];
    let running = Running::start(&program(), &data, &display, &home)?;
    let (door, _) = settled(&display, "the unlock screen", |_| true)?;
    display.xdotool(&["windowfocus", "--sync", &running.window()?]);
    running.words(PASSPHRASE);
    running.key("Return");
    let changed = |what, before| settled(&display, what, |now| now.differs(before) > CHANGED);
    let (clients, _) = changed("the list of clients", &door)?;
    // One is looked for and opened.
    running.words(&names()[5]);
    let (found, _) = changed("one client in the list", &clients)?;
    running.key("Return");
    let (client, _) = changed("the client", &found)?;
    let open = search.family(running.pid())?;
    check(
        open.names.len() > 100 && open.secrets.contains("data key"),
        format!("the search does not find what is there: {open:?}"),
    )?;
    running.key("F9");
    changed("the lock", &client)?;
    let shut = search.family(running.pid())?;
    println!(
        "behind the lock {} of {} planted names and numbers are in memory, {} keys; before it {}, {}",
        shut.names.len(),
        names().len() + numbers().len(),
        shut.secrets.len(),
        open.names.len(),
        open.secrets.len()
    );
    check(shut.secrets.is_empty(), format!("{:?}", shut.secrets))?;
    check(shut.names.is_empty(), format!("{:?}", shut.names))
}

/// What was found in an app and in all that it started.
#[derive(Debug, Default)]
struct Found {
    secrets: BTreeSet<String>,
    names: BTreeSet<String>,
}

/// What is looked for, as `grep` reads it, with what each line is called. Empty bytes are taken out of the memory and of what is looked for: so
/// UTF-16 becomes plain letters.
struct Search {
    lines: tempfile::NamedTempFile,
    called: BTreeMap<Vec<u8>, String>,
}

impl Search {
    /// The names and numbers of the planted office, its keys as bytes and as SQLCipher takes them, and the passphrase.
    fn of(folder: &Path) -> Result<Self, String> {
        let told = |error: vault::Error| error.to_string();
        let locked = Vault::open(folder).map_err(told)?;
        let person = locked.people().remove(0).id;
        let passphrase = Passphrase::new(PASSPHRASE).map_err(told)?;
        let keys = locked.every_key(&person, &passphrase).map_err(told)?;
        let mut all = vec![("passphrase".to_owned(), PASSPHRASE.as_bytes().to_vec())];
        let called = [
            "passphrase's key",
            "slot's secret",
            "signing seed",
            "data key",
        ];
        for (called, key) in called.into_iter().zip(keys) {
            let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
            all.push((format!("{called} in letters"), hex.into()));
            // A line for `grep` ends at a line feed; what is left of a key is long enough to be nothing else.
            let parts = key.split(|byte| *byte == b'\n');
            let part = parts.max_by_key(|part| part.len()).unwrap_or_default();
            let part = part.iter().copied().filter(|byte| *byte != 0).collect();
            all.push((called.to_owned(), part));
        }
        let planted = names().into_iter().chain(numbers());
        all.extend(planted.map(|name| (name.clone(), name.into_bytes())));
        let mut lines = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
        let mut called = BTreeMap::new();
        for (what, bytes) in all {
            let line = [&bytes, b"\n".as_slice()].concat();
            lines.write_all(&line).map_err(|error| error.to_string())?;
            called.insert(bytes.to_ascii_lowercase(), what);
        }
        Ok(Self { lines, called })
    }

    fn family(&self, pid: u32) -> Result<Found, String> {
        let mut found = Found::default();
        for pid in family(pid) {
            self.process(pid, &mut found)?;
        }
        Ok(found)
    }

    fn process(&self, pid: u32, found: &mut Found) -> Result<(), String> {
        let told = |error: std::io::Error| format!("memory cannot be searched: {error}");
        let mut grep = Command::new("sh")
            .args(["-c", "tr -d '\\000' | grep -aoiF -f \"$0\" | sort -u"])
            .arg(self.lines.path())
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(told)?;
        let mut to = grep.stdin.take().ok_or("no pipe")?;
        let searched = pages(pid, |page| to.write_all(page).map_err(told))?;
        check(searched > 0, format!("nothing of {pid} was searched"))?;
        drop(to);
        let said = grep.wait_with_output().map_err(told)?.stdout;
        let planted: BTreeSet<String> = names().into_iter().chain(numbers()).collect();
        for line in said
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
        {
            let what = self.called.get(&line.to_ascii_lowercase());
            let what = what.ok_or("grep found what nobody asked for")?.clone();
            if planted.contains(&what) {
                found.names.insert(what);
            } else {
                found.secrets.insert(what);
            }
        }
        Ok(())
    }
}

/// Calls `look` with every page that a process may have written, that is really there, and not empty. What was only reserved is never
/// touched: a web view reserves more than any machine has. How many there were.
fn pages(pid: u32, mut look: impl FnMut(&[u8]) -> Result<(), String>) -> Result<usize, String> {
    let told = |error: std::io::Error| format!("the memory of {pid} cannot be read: {error}");
    let open = |what: &str| File::open(format!("/proc/{pid}/{what}")).map_err(told);
    let (memory, there) = (open("mem")?, open("pagemap")?);
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).map_err(told)?;
    let (mut read, mut page) = (0, [0; PAGE]);
    for (start, end) in maps.lines().filter_map(written) {
        let mut at = start;
        while at < end {
            let pages = PAGES.min((end - at) / PAGE as u64);
            let mut entries = vec![0; pages as usize * 8];
            let from = at / PAGE as u64 * 8;
            if there.read_exact_at(&mut entries, from).is_err() {
                break;
            }
            for (n, entry) in entries.chunks_exact(8).enumerate() {
                // The highest bits tell what is in memory, or was swapped out.
                let is_there = entry[7] & 0xc0 != 0;
                let from = at + (n * PAGE) as u64;
                if is_there && memory.read_exact_at(&mut page, from).is_ok() && page != NOTHING {
                    read += 1;
                    look(&page)?;
                }
            }
            at += pages * PAGE as u64;
        }
    }
    Ok(read)
}

/// The bounds of a mapping that the process may have written, or shares with one that may.
fn written(line: &str) -> Option<(u64, u64)> {
    let mut parts = line.split_whitespace();
    let (range, rights) = (parts.next()?, parts.next()?);
    let shared = parts.nth(3).is_some_and(|name| name.starts_with("/memfd:"));
    let (start, end) = range.split_once('-')?;
    let hex = |text| u64::from_str_radix(text, 16).ok();
    (rights.starts_with("rw") || shared).then_some((hex(start)?, hex(end)?))
}
