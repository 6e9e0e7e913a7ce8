//! A working day in the window with two hundred planted names and numbers, then a bad end. Every file that the program wrote is searched
//! for them, and everything it said; and not one packet leaves.
//!
//! The names are letters and digits alone, so that UTF-8 and Latin-1 have the same bytes for them; UTF-16 of either order is searched too.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::{App, pictures};
use crate::dialog::Dialog;
use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, check, clearance, lock, program, signer, standing};
use crate::keyboard::within;
use crate::memory::children;
use crate::planted::{in_the_office, planted, searched};
use crate::plants::{self, Plants, names, numbers};
use crate::watch::{self, Counters};

/// What the day showed, about the names and about the network.
struct Found {
    names: Result<(), String>,
    network: Result<(), String>,
}

/// The day is lived once; two tests ask what it showed.
fn day() -> &'static Found {
    static DAY: OnceLock<Found> = OnceLock::new();
    DAY.get_or_init(|| {
        let start = Instant::now();
        let found = match watch::lacking() {
            None => watched(),
            Some(_) => lived(false),
        };
        println!(
            "a day in the window: {:.0} s",
            start.elapsed().as_secs_f64()
        );
        found.unwrap_or_else(|why| Found {
            names: Err(why.clone()),
            network: Err(why),
        })
    })
}

pub(crate) fn nothing_in_clear() -> Result<(), String> {
    day().names.clone()
}

pub(crate) fn nothing_sent() -> Result<(), String> {
    day().network.clone()
}

/// The day in a network of its own, by a copy of this program, which tells what it showed on its last line.
fn watched() -> Result<Found, String> {
    let said = watch::run()?;
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    let (before, last) = words.trim_end().rsplit_once('\n').unwrap_or(("", &words));
    println!("{before}");
    let found: Value = serde_json::from_str(last)
        .map_err(|_| format!("{words}\n{}", String::from_utf8_lossy(&said.stderr)))?;
    let told = |part: &str| match &found[part] {
        Value::String(why) => Err(why.clone()),
        _ => Ok(()),
    };
    Ok(Found {
        names: told("names"),
        network: told("network"),
    })
}

/// What that copy does.
pub(crate) fn inside() {
    let found = match lived(true) {
        Ok(found) => json!({"names": found.names.err(), "network": found.network.err()}),
        Err(why) => json!({"names": why, "network": why}),
    };
    println!("\n{found}");
}

fn lived(watched: bool) -> Result<Found, String> {
    let plants = Plants::new();
    plants::the_search_finds(&plants);
    let home = Home::new()?;
    let log = home.path("sockets");
    let app = match watched {
        true => watch::listed(&program(), &home.path("bin"), &log)?,
        false => program(),
    };
    let driver_log = pictures().join("driver.log");
    let said_before = fs::read(&driver_log).unwrap_or_default().len();
    let began = fs::metadata(home.path("bin")).and_then(|dir| dir.modified());
    let began = began.map_err(|error| error.to_string())?;
    for folder in ["before", "saved/stick"] {
        fs::create_dir(home.path(folder)).map_err(|error| error.to_string())?;
    }
    planted(&home.path("office/vault"))?;
    let display = Display::start()?;
    let sent_before = watched.then(Counters::now).transpose()?;
    let inspectors = worked(&app, &display, &home)?;
    let network = match sent_before {
        Some(before) => sent(&before, &log, &inspectors),
        None => Err("nobody watched".into()),
    };
    drop(display);
    let all = in_the_office(&home.path("office/vault"), &plants)?;
    check(all == 200, format!("{all} of 200 are in the office"))?;
    let said = fs::read(&driver_log).unwrap_or_default();
    let names = searched(
        &plants,
        &home,
        said.get(said_before..).unwrap_or_default(),
        began,
    );
    Ok(Found { names, network })
}

/// Not one packet, and no socket but the driver's. Had there been one, it would have been counted.
fn sent(before: &Counters, log: &Path, inspectors: &[String]) -> Result<(), String> {
    let after = Counters::now()?;
    check(
        *before == after,
        format!("something was sent: {before:?}, then {after:?}"),
    )?;
    Counters::count()?;
    watch::only_the_driver(log, inspectors)
}

/// The day, in two starts. Where each start's web view could be driven.
fn worked(app: &Path, display: &Display, home: &Home) -> Result<Vec<String>, String> {
    let data = home.path("office").display().to_string();
    let start = || App::open(app, &["--data", &data], display, home);
    let mut window = start()?;
    let mut inspectors = window.inspectors.clone();
    unlock(&window)?;
    taken_in(&window)?;
    sheet(&window, home)?;
    papers(&window, display, home)?;
    looked_up(&window)?;
    taken_out(&window, display, &home.path("saved/stick"))?;
    lock(&mut window)?;
    let page = window.script("return document.documentElement.outerHTML", &[])?;
    let page = page.as_str().unwrap_or_default();
    check(
        Plants::new().within(page.as_bytes()).is_empty(),
        "the locked window still holds a client",
    )?;
    unlock(&window)?;
    drop(window);
    let window = start()?;
    inspectors.extend_from_slice(&window.inspectors);
    unlock(&window)?;
    crashed(&window)?;
    Ok(inspectors)
}

fn unlock(window: &App) -> Result<(), String> {
    window.fill("Passphrase", PASSPHRASE)?;
    window.press("button", "Unlock*")?;
    window.find("testid", "client-row").map(drop)
}

/// A client by hand: name, address, telephone, another name, a note, and one that is typed and not yet kept.
fn taken_in(window: &App) -> Result<(), String> {
    let (names, numbers) = (names(), numbers());
    window.press("testid", "new-client")?;
    window.fill("Given name", "Hester")?;
    window.fill("Family name", &names[96])?;
    window.fill("Date of birth", "3/12/1976")?;
    window.press("button", "Add the client*")?;
    window.find("testid", "client-name")?;
    window.fill("Other names used", &format!("Hester {}", names[97]))?;
    window.fill("Address", &format!("7 {} Street", names[98]))?;
    window.fill("Telephone", &numbers[96])?;
    window.fill(
        "A new note",
        &format!("her brother {} has {}", names[99], numbers[97]),
    )?;
    window.press("button", "Add the note")?;
    window.see(&format!("her brother {}", names[99]))
}

/// Her sheet, in a file that is named after her, with two case numbers; then what it does not tell is asked.
fn sheet(window: &App, home: &Home) -> Result<(), String> {
    let (names, numbers) = (names(), numbers());
    let text = include_str!("../cases/first/sheet.txt")
        .replace("TARRAGON", &names[96].to_uppercase())
        .replace("03F06812", &numbers[98])
        .replace("BA330917", &numbers[99]);
    let file = home.path("before").join(format!("{}.txt", names[97]));
    fs::write(&file, text).map_err(|error| error.to_string())?;
    window.press("testid", "step-record")?;
    let field = window.find("testid", "sheet-file")?;
    window.send(&field, &file.display().to_string())?;
    window.see(&numbers[98])?;
    window.see(&numbers[99])?;
    window.press("testid", "step-results")?;
    window.find("testid", "first-question")?;
    check(
        standing(window)? > 0,
        "nothing about her standing was asked",
    )?;
    window.see(&numbers[98])
}

/// Cleared, signed for and signed off, looked at, printed and saved.
fn papers(window: &App, display: &Display, home: &Home) -> Result<(), String> {
    clearance(window)?;
    signer(window)?;
    window.press("testid", "sign-off-go")?;
    window.see("Signed off by Ada Lindqvist, SBN 999001")?;
    window.wait("papers that may be saved", || {
        Ok((window.count("css", "[data-testid=save]:enabled")? == 1).then_some(()))
    })?;
    window.press("testid", "save")?;
    chosen(window, display, &home.path("saved"))?;
    window.see("Saved: ")?;
    window.press("testid", "print")?;
    window.press("testid", "print-go")?;
    window.wait("the print job", || {
        Ok((!home.printed().is_empty()).then_some(()))
    })
}

/// A folder, in the system's dialog.
fn chosen(window: &App, display: &Display, folder: &Path) -> Result<(), String> {
    let dialog = Dialog::appears(display);
    let dialog = dialog.map_err(|why| format!("{why}; the page says:\n{:?}", window.text()))?;
    dialog.choose(folder)
}

/// As many searches as letters are typed; then the one who was looked for.
fn looked_up(window: &App) -> Result<(), String> {
    window.press("button", "Clients*")?;
    window.fill("Find by name or case number", &names()[5])?;
    window.wait("one client", || {
        Ok((window.count("testid", "client-row")? == 1).then_some(()))
    })?;
    window.press("testid", "client-row")?;
    window.see(&names()[5])?;
    window.press("button", "Clients*")
}

/// A backup, which is encrypted, and a table in clear, which somebody asked for.
fn taken_out(window: &App, display: &Display, stick: &Path) -> Result<(), String> {
    window.press("testid", "safe")?;
    window.press("testid", "backup-go")?;
    chosen(window, display, stick)?;
    window.see("was written, opened and compared: 49 clients")?;
    window.press("radio", "Tables and figures")?;
    window.press("radio", "In clear")?;
    window.fill("Why it leaves in clear", "the funder asked for it")?;
    window.press("testid", "export-go")?;
    chosen(window, display, stick)?;
    window.see(".csv was written, with 49 clients")
}

/// The page's process and the app are aborted with a client on the screen. Neither may leave a core, though the system allows any.
fn crashed(window: &App) -> Result<(), String> {
    window.press("testid", "client-row")?;
    window.find("testid", "client-name")?;
    let name = |pid: u32| fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    let mut all: Vec<u32> = children(window.pid())
        .into_iter()
        .filter(|pid| name(*pid).starts_with("WebKit"))
        .collect();
    check(!all.is_empty(), "the page has no process of its own")?;
    all.push(window.pid());
    for pid in &all {
        let limits = fs::read_to_string(format!("/proc/{pid}/limits")).unwrap_or_default();
        let cores = limits
            .lines()
            .find(|line| line.starts_with("Max core file"));
        let cores: Vec<&str> = cores.unwrap_or_default().split_whitespace().collect();
        check(
            // Of a core of one byte nobody learns anything; and unlike none it goes to no collector either.
            matches!(cores.get(4..6), Some(&["0" | "1", "0" | "1"])),
            format!("{} may leave a core: {cores:?}", name(*pid).trim()),
        )?;
    }
    for pid in &all {
        let _ = Command::new("kill")
            .args(["-s", "ABRT", &pid.to_string()])
            .status();
    }
    // Its memory goes first and the vault's lock after it: gone is what waits only to be asked how it ended.
    let gone = || {
        let stat = fs::read_to_string(format!("/proc/{}/stat", window.pid())).unwrap_or_default();
        let state = stat
            .rsplit(')')
            .next()
            .and_then(|rest| rest.trim_start().chars().next());
        matches!(state, None | Some('Z' | 'X')).then_some(())
    };
    within(Duration::from_secs(10), gone).ok_or("an aborted app goes on".into())
}
